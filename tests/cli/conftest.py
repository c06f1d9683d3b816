"""The command line as people use it, in a folder of its own."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chatcode.anonymize import seal
from chatcode.bundled import sample_path
from chatcode.cli.app import app, run
from chatcode.codebook import Codebook
from chatcode.errors import ChatcodeError

PASSPHRASE = "een-lange-zin-voor-de-test"


@dataclass
class Shell:
    """A folder in which commands are run, in this process; passphrases come over file descriptors.

    Further descriptors are given as `passphrases={"--new-passphrase-fd": "..."}`.
    """

    folder: Path

    def run(self, *words, key=False, stdin="", env=None, code=0, passphrases=()):
        given = dict(passphrases)
        if key:
            given["--passphrase-fd"] = PASSPHRASE if key is True else key
        readers, extra = [], []
        for option, passphrase in given.items():
            reading, writing = os.pipe()
            os.write(writing, passphrase.encode() + b"\n")
            os.close(writing)
            readers.append(reading)
            extra += [option, str(reading)]
        around = {"COLUMNS": "120", "CHATCODE_CONFIG": str(self.folder / "none.toml"), **(env or {})}
        try:
            done = self._done([*map(str, words), *extra], stdin, around, readers)
        finally:
            for reading in readers:
                os.close(reading)
        assert done.returncode == code, done.stderr
        return done

    def _done(self, words, stdin, around, readers):
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        before, at_interrupt = Path.cwd(), signal.getsignal(signal.SIGINT)
        os.chdir(self.folder)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(sys, "argv", ["chatcode", *words])
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", err)
            for name, value in around.items():
                patched.setenv(name, value)
            try:
                run()
                ended = 0
            except SystemExit as error:
                ended = error.code or 0
            finally:
                os.chdir(before)
                signal.signal(signal.SIGINT, at_interrupt)
        said = [stream.buffer.getvalue().decode() for stream in (out, err)]
        return subprocess.CompletedProcess(words, ended, *said)

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


class Process(Shell):
    """The same in a process of its own, for what only that shows; it pays the full price of a passphrase."""

    def _done(self, words, stdin, around, readers):
        return subprocess.run(
            [sys.executable, "-m", "chatcode", *words],
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            pass_fds=readers,
            env={**os.environ, **around},
            timeout=120,
            check=False,
        )


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path)


@pytest.fixture
def process(tmp_path):
    return Process(tmp_path)


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


@pytest.fixture(autouse=True)
def cheap_scrypt(monkeypatch):
    """Passphrases are guessed by nobody here; a process of its own still pays the full price."""
    monkeypatch.setattr(seal, "SCRYPT_N", 2**4)


@pytest.fixture(scope="session")
def west(tmp_path_factory):
    """A folder with a study of the sample group West, and its key."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(seal, "SCRYPT_N", 2**4)
        made = Shell(tmp_path_factory.mktemp("west"))
        made.start("west")
    return made.folder


@pytest.fixture
def inside(tmp_path, west):
    """Commands in this process, in a folder with a study of West."""
    shutil.copytree(west, tmp_path / "study")
    return Shell(tmp_path / "study")


@pytest.fixture
def empty(tmp_path):
    """Commands in this process, in an empty folder."""
    return Shell(tmp_path)
