"""Deciding on names by the commands: files, keys, undo, and the second look."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chatcode.anonymize import seal
from chatcode.cli.app import app
from chatcode.errors import ChatcodeError
from chatcode.study.store import Study

PASSPHRASE = "een-lange-zin-voor-de-test"
CHAT = """\
4-3-2021 12:00 - Ria Butter: die zwarte golf is van Zwirbelkamp
4-3-2021 12:01 - Klaas Wiersma: zwirbelkamp was dat inderdaad, vraag wiersmaa maar
4-3-2021 12:02 - Ria Butter: er hangt een jas aan het hek
4-3-2021 12:03 - Klaas Wiersma: xhobrak ook gezien
4-3-2021 12:04 - Ria Butter: de zwoerp lag weer op straat
"""


@dataclass
class Told:
    stdout: str
    stderr: str


@dataclass
class Desk:
    """Commands in this process: a passphrase is stretched little here, and by nobody guessed."""

    folder: Path

    def run(self, *words, key=False, stdin="", code=0):
        reading, writing = os.pipe()
        os.write(writing, (PASSPHRASE if key is True else str(key)).encode() + b"\n")
        os.close(writing)
        extra = ["--passphrase-fd", str(reading)] if key else []
        try:
            done = CliRunner().invoke(app, [*map(str, words), *extra], input=stdin)
        finally:
            os.close(reading)
        error = done.exception
        stderr = done.stderr
        if isinstance(error, ChatcodeError):
            assert error.exit_code == code
            stderr += f"Error: {error.message}\n"
        else:
            assert done.exit_code == code, (done.stderr, error)
        return Told(done.stdout, stderr)


@pytest.fixture
def started(tmp_path, monkeypatch):
    monkeypatch.setattr(seal, "SCRYPT_N", 2**4)
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path)
    (tmp_path / "chat.txt").write_text(CHAT * 20, encoding="utf-8")
    desk.run("init", "s.study")
    desk.run("import", "chat.txt", "--group", "Noord", "--case", "Noord", key=True)
    return desk


def texts(shell):
    with Study.open(shell.folder / "s.study") as study:
        return [entry.text for entry in study.entries()]


def listed(shell, *words):
    rows = json.loads(shell.run("names", "--list", "--json", *words, key=True).stdout)["rows"]
    return {row["form"]: row for row in rows}


def in_file(shell, name, text):
    (shell.folder / name).write_text(text, encoding="utf-8")
    return name


def test_the_list_tells_forms_and_shows_their_surroundings_on_request_only(started):
    rows = listed(started)
    assert rows["xhobrak"]["count"] == 20
    assert "contexts" not in rows["xhobrak"]
    assert listed(started, "--contexts")["xhobrak"]["contexts"][0] == "»xhobrak« ook gezien"


def test_a_list_to_deny_redacts_and_is_taken_back_by_undo(started):
    before = texts(started)
    started.run("suggest")
    in_file(started, "weg.txt", "# gezien bij nalezen\nxhobrak\n")
    done = started.run("names", "--deny", "weg.txt", key=True)
    assert "20 entries" in done.stderr
    assert "xhobrak" not in "".join(texts(started))
    assert b"xhobrak" not in (started.folder / "s.study").read_bytes()
    assert "xhobrak" not in listed(started)
    status = json.loads(started.run("status", "--json").stdout)
    assert any("20 entries" in line for line in status["stale"])
    assert status["next"] == "chatcode suggest"
    started.run("names", "--undo", key=True)
    assert texts(started) == before
    assert "xhobrak" in listed(started)


def test_what_was_decided_before_changes_nothing_again(started):
    in_file(started, "weg.txt", "xhobrak\n")
    started.run("names", "--deny", "weg.txt", key=True)
    again = started.run("names", "--deny", "weg.txt", "--json", key=True)
    assert json.loads(again.stdout)["changed"] == 0


def test_a_word_can_be_said_to_be_a_member(started):
    with Study.open(started.folder / "s.study") as study:
        label = study.members()[study.entries()[1].member_id].label
    in_file(started, "weg.txt", f"xhobrak = {label}\n")
    started.run("names", "--deny", "weg.txt", "--group", "Noord", key=True)
    assert f"[{label}] ook gezien" in texts(started)


@pytest.mark.parametrize(
    ("name", "content"), [("weg.txt", "xhobrak = Deelnemer-99\n"), ("weg.bin", "\udcff")]
)
def test_a_list_that_cannot_be_read_changes_nothing_and_tells_no_word(started, name, content):
    before = texts(started)
    (started.folder / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    failed = started.run("names", "--deny", name, key=True, code=1)
    assert "xhobrak" not in failed.stderr
    assert failed.stderr.count("Error:") == 1
    assert texts(started) == before


def test_by_keys_a_word_goes_stays_or_is_taken_back(started):
    forms = list(listed(started))
    assert len(forms) > 1
    keys = "y\nu\nn\n" + "y\n" * (len(forms) - 1) + "u\ny\n"
    started.run("names", "--plain", key=True, stdin=keys)
    assert listed(started) == {}
    text = "".join(texts(started)).lower()
    assert forms[0] in text
    assert not any(form in text for form in forms[1:])


def test_keys_that_end_early_lose_nothing(started):
    forms = list(listed(started))
    started.run("names", "--plain", key=True, stdin="y\n")
    assert list(listed(started)) == forms[1:]
    assert forms[0] not in "".join(texts(started)).lower()


def test_without_a_terminal_the_words_are_listed_and_nothing_waits(started):
    assert "xhobrak" in started.run("names", key=True).stdout


def test_without_the_key_there_is_one_line(started):
    failed = started.run("names", "--list", code=1)
    assert "passphrase" in failed.stderr
    failed = started.run("names", "--list", key="verkeerd woord hier", code=4)
    assert "passphrase does not open" in failed.stderr


def test_a_second_look_is_gone_on_with_and_estimates_what_still_shows(started):
    assert "not looked at" in started.run("status").stdout
    first = started.run("names", "--sample", "--seed", "5", "--plain", stdin="n\no\no\nq\n")
    assert "1 of 50" in first.stdout
    again = started.run("names", "--sample", "--plain", stdin="u\nn\nt\no\n" + "o\n" * 48)
    assert "3 of 50" in again.stdout
    told = json.loads(started.run("names", "--sample", "--json").stdout)
    assert (told["seed"], told["drawn"], told["seen"], told["leaking"]) == (5, 50, 50, 2)
    assert told["leaks"] == {"name": 2, "telephone": 1}
    assert told["low"] < 4.0 < told["high"]
    assert "50 looked at" in started.run("status").stdout


def test_nobody_looked_is_said_and_nothing_waits(started):
    failed = started.run("names", "--sample", "--json", code=1)
    assert "nobody" in failed.stderr


# ── the gate ──


def leaking(desk):
    """A study in whose texts a name stands that the key knows: of somebody who writes in another group."""
    (desk.folder / "zuid.txt").write_text(
        "5-3-2021 12:00 - Xhobrak: goedemorgen\n5-3-2021 12:01 - Ine: dag\n", encoding="utf-8"
    )
    desk.run("import", "zuid.txt", "--group", "Zuid", "--case", "Zuid", key=True)
    return desk


def test_a_leak_stops_the_file_naming_place_and_kind_and_never_what(started):
    leaking(started)
    with Study.open(started.folder / "s.study") as study:
        assert "xhobrak ook gezien" in [entry.text for entry in study.entries()]
    stopped = started.run("exchange", "--csv", "out.csv", key=True, code=3)
    assert "line " in stopped.stderr
    assert "name" in stopped.stderr
    assert "xhobrak" not in stopped.stderr.lower()
    assert not (started.folder / "out.csv").exists()


def test_what_names_takes_out_lets_the_file_pass(started):
    leaking(started)
    in_file(started, "weg.txt", "xhobrak\n")
    started.run("names", "--deny", "weg.txt", key=True)
    started.run("exchange", "--csv", "out.csv", key=True)
    assert "xhobrak" not in (started.folder / "out.csv").read_text(encoding="utf-8").lower()


def test_a_file_passes_for_a_reason_that_is_kept_in_the_log(started):
    leaking(started)
    why = "het woord is hier de naam van een winkel"
    done = started.run("--despite-leaks", why, "exchange", "--csv", "out.csv", key=True)
    assert "despite" in done.stderr
    assert (started.folder / "out.csv").is_file()
    with Study.open(started.folder / "s.study") as study:
        passed = [row["details"] for row in study.log() if row["command"] == "leaks passed"]
    assert [(row["file"], row["kinds"], row["reason"]) for row in passed] == [("out.csv", ["name"], why)]


@pytest.mark.parametrize(
    ("reason", "code"),
    [("omdat", 1), ("bel 06-51732806 voor uitleg", 1), ("dat is Xhobrak maar, die vindt het goed", 3)],
)
def test_a_reason_that_says_nothing_or_names_somebody_lets_nothing_pass(started, reason, code):
    leaking(started)
    failed = started.run("--despite-leaks", reason, "exchange", "--csv", "out.csv", key=True, code=code)
    assert reason not in failed.stderr
    assert not (started.folder / "out.csv").exists()


def test_the_name_of_the_file_itself_is_looked_at(started):
    stopped = started.run("report", "--out", "verslag wiersma.html", key=True, code=3)
    assert "wiersma" not in stopped.stderr.lower()
    assert list(started.folder.glob("*.html")) == []


def test_words_in_doubt_are_told_and_stop_nothing(started):
    told = started.run("report", "--out", "een.html", key=True).stderr
    assert "nobody went through" in told
    in_file(started, "weg.txt", "xhobrak\n")
    started.run("names", "--deny", "weg.txt", key=True)
    left = len(listed(started))
    told = started.run("report", "--out", "twee.html", key=True).stderr
    assert "nobody went through" not in told
    assert (f"{left} words may still be names" in told) == bool(left)
