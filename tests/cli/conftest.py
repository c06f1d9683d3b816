"""The command line as people use it: a process of its own, in a folder of its own."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chatcode.anonymize import seal
from chatcode.bundled import sample_path
from chatcode.cli.app import app
from chatcode.codebook import Codebook
from chatcode.errors import ChatcodeError

PASSPHRASE = "een-lange-zin-voor-de-test"


@dataclass
class Shell:
    """A folder in which commands are run; the passphrase comes over a file descriptor."""

    folder: Path

    def run(self, *words, key=False, stdin="", env=None, code=0):
        extra = []
        reading = None
        if key:
            reading, writing = os.pipe()
            os.write(writing, (PASSPHRASE if key is True else key).encode() + b"\n")
            os.close(writing)
            extra = ["--passphrase-fd", str(reading)]
        try:
            done = subprocess.run(
                [sys.executable, "-m", "chatcode", *map(str, words), *extra],
                cwd=self.folder,
                input=stdin,
                capture_output=True,
                text=True,
                pass_fds=[reading] if reading is not None else [],
                env={
                    **os.environ,
                    "COLUMNS": "120",
                    "CHATCODE_CONFIG": str(self.folder / "none.toml"),
                    **(env or {}),
                },
                timeout=120,
                check=False,
            )
        finally:
            if reading is not None:
                os.close(reading)
        assert done.returncode == code, done.stderr
        return done

    def start(self, *groups):
        """A study with these sample groups imported."""
        self.run(
            "init",
            "s.study",
            "--period",
            "2020-09-01",
            "2021-09-01",
            "--baseline",
            "2019-09-01",
            "2020-09-01",
        )
        for name in groups:
            self.run(
                "import", sample_path() / f"{name}.txt", "--group", name.title(), "--case", name.title(),
                "--roles", sample_path() / f"{name}.members.tsv", key=True,
            )  # fmt: skip


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path)


@pytest.fixture(scope="session")
def shell_in():
    """The function that gives a shell in a folder, for what several tests share."""
    return Shell


@dataclass
class Desk:
    """A small study, and commands run on it within this process: what a ChatcodeError says is on stderr."""

    folder: Path
    study: Path

    def run(self, *words, code=0, stdin=""):
        result = CliRunner().invoke(app, [*map(str, words), "--study", str(self.study)], input=stdin)
        error = result.exception
        if isinstance(error, ChatcodeError):
            found = Done(result.stdout, f"{result.stderr}Error: {error.message}\n", error.exit_code)
        else:
            assert error is None or isinstance(error, SystemExit), error
            found = Done(result.stdout, result.stderr, result.exit_code)
        assert found.code == code, found.stderr
        return found


@dataclass
class Done:
    stdout: str
    stderr: str
    code: int


@pytest.fixture
def desk(study, filled, tmp_path, monkeypatch):
    filled(study)
    study.use_codebook(Codebook.load().hash, Codebook.load().text)
    study.close()
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, study.path)


class Inside(Shell):
    """The same commands in this process, for tests of which the process is no part: much quicker.

    Further descriptors are given as `passphrases={"--new-passphrase-fd": "..."}`.
    """

    def run(self, *words, key=False, stdin="", code=0, passphrases=()):
        given = dict(passphrases)
        if key:
            given["--passphrase-fd"] = PASSPHRASE if key is True else key
        readers = []
        extra = []
        for option, passphrase in given.items():
            reading, writing = os.pipe()
            os.write(writing, passphrase.encode() + b"\n")
            os.close(writing)
            readers.append(reading)
            extra += [option, str(reading)]
        out, err = io.StringIO(), io.StringIO()
        before, typed = Path.cwd(), sys.stdin
        os.chdir(self.folder)
        sys.stdin = io.StringIO(stdin)
        try:
            with redirect_stdout(out), redirect_stderr(err):
                ended = self._call([*map(str, words), *extra])
        finally:
            sys.stdin = typed
            os.chdir(before)
            for reading in readers:
                os.close(reading)
        assert ended == code, err.getvalue()
        return subprocess.CompletedProcess(words, ended, out.getvalue(), err.getvalue())

    def _call(self, words):
        try:
            return app(words, standalone_mode=False) or 0
        except ChatcodeError as error:
            sys.stderr.write(f"Error: {error.message}\nHint: {error.hint}\n")
            return error.exit_code


@pytest.fixture(autouse=True)
def cheap_scrypt(monkeypatch):
    """Passphrases are guessed by nobody here; a process of its own still pays the full price."""
    monkeypatch.setattr(seal, "SCRYPT_N", 2**4)


@pytest.fixture(scope="session")
def west(tmp_path_factory):
    """A folder with a study of the sample group West, and its key."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(seal, "SCRYPT_N", 2**4)
        made = Inside(tmp_path_factory.mktemp("west"))
        made.start("west")
    return made.folder


@pytest.fixture
def inside(tmp_path, west):
    """Commands in this process, in a folder with a study of West."""
    shutil.copytree(west, tmp_path / "study")
    return Inside(tmp_path / "study")


@pytest.fixture
def empty(tmp_path):
    """Commands in this process, in an empty folder."""
    return Inside(tmp_path)
