"""A command that the machine kills at any moment leaves a sound study, and can be given again."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from chatcode.anonymize.identities import Key
from chatcode.bundled import sample_path
from chatcode.study.health import problems
from chatcode.study.store import Study

PASSPHRASE = "een-lange-zin-voor-de-test"
# A passphrase is stretched little here, and by nobody guessed.
_PROGRAM = """
import sys
from chatcode.anonymize import seal
seal.SCRYPT_N = 2**4
from chatcode.cli.app import run
sys.argv[0] = "chatcode"
print("begun", flush=True)
run()
"""
MOMENTS = [0.05, 0.3, 0.5, 0.7, 0.9, 1.2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


def killed(folder, words, after):
    """Run a command with the key open and kill it that many seconds after it began; was it still at work?"""
    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE.encode() + b"\n")
    os.close(writing)
    command = [sys.executable, "-c", _PROGRAM, *words, "--passphrase-fd", str(reading)]
    try:
        with subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=[reading]
        ) as working:
            assert working.stdout is not None
            assert working.stdout.readline() == b"begun\n"
            time.sleep(after)
            working.kill()
            return working.wait() < 0
    finally:
        os.close(reading)


def texts(folder):
    with Study.open(folder / "s.study") as study:
        assert problems(study) == []
        return [entry.text for entry in study.entries()]


@pytest.mark.parametrize("after", MOMENTS)
def test_an_import_is_there_whole_or_not_at_all(shell, after):
    shell.start("noord")
    before = texts(shell.folder)
    export = str(sample_path() / "west.txt")
    words = ["import", export, "--group", "West", "--case", "West"]
    killed(shell.folder, words, after)
    found = texts(shell.folder)
    if len(found) == len(before):
        shell.run(*words, key=True)
    whole = texts(shell.folder)
    assert len(whole) > len(before)
    assert found in (before, whole)
    assert whole[: len(before)] == before


@pytest.mark.parametrize("after", MOMENTS)
def test_a_purge_can_be_given_again_and_ends_as_one_that_was_not_cut_off(shell, after):
    shell.start("noord")
    with Study.open(shell.folder / "s.study") as study:
        member = next(entry.member_id for entry in study.entries() if entry.kind == "message")
        label = study.members()[member].label
        theirs = {entry.id for entry in study.entries() if entry.member_id == member}
    before = dict(zip_texts(shell.folder))
    killed(shell.folder, ["purge", "--member", label, "--yes"], after)
    found = dict(zip_texts(shell.folder))
    assert {id_ for id_ in before if found[id_] != before[id_]} <= theirs
    shell.run("purge", "--member", label, "--yes", key=True)
    after_all = dict(zip_texts(shell.folder))
    assert all(after_all[id_] != before[id_] for id_ in theirs)
    assert all(after_all[id_] == before[id_] for id_ in before.keys() - theirs)


@pytest.mark.parametrize("after", MOMENTS)
def test_words_that_are_denied_go_whole_or_can_be_denied_again(shell, after):
    shell.start("noord")
    before = texts(shell.folder)
    (shell.folder / "weg.txt").write_text("fiets\nscooter\n", encoding="utf-8")
    words = ["names", "--deny", "weg.txt"]
    killed(shell.folder, words, after)
    texts(shell.folder)
    Key.open(shell.folder / "s.key", PASSPHRASE)
    shell.run(*words, key=True)
    found = texts(shell.folder)
    assert found != before
    assert not any(word in text.lower().split() for text in found for word in ("fiets", "scooter"))


def zip_texts(folder):
    with Study.open(folder / "s.study") as study:
        assert problems(study) == []
        return [(entry.id, entry.text) for entry in study.entries()]
