"""The key from its state to its end; nothing is changed by what goes wrong."""

from __future__ import annotations

import json
import os
import re

import pytest

from chatcode.anonymize import seal
from chatcode.anonymize.identities import Key
from chatcode.bundled import sample_path
from chatcode.cli import key as commands
from chatcode.errors import StudyError
from chatcode.study.store import Study

OTHER = "een-heel-andere-zin"
PASSPHRASE = "een-lange-zin-voor-de-test"


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def with_new(shell, new, *words, key=True, code=0):
    return shell.run(*words, key=key, code=code, passphrases={"--new-passphrase-fd": new})


def test_show_tells_the_header_without_the_passphrase_and_counts_with_it(inside):
    told = json.loads(inside.run("key", "show", "--json").stdout)
    assert (told["fits"], told["there"], told["permissions"]) == (True, True, "0600")
    assert told["made"][:4] == told["sealed"][:4]
    assert "persons" not in told
    told = json.loads(inside.run("key", "show", "--json", key=True).stdout)
    assert told["persons"] == told["aliases"] > 5
    assert told["removed"] > 5


def test_show_says_what_is_amiss(empty):
    empty.run("init", "s.study")
    assert "no key yet" in empty.run("key", "show").stderr
    empty.run("init", "t.study", key=True)
    (empty.folder / "t.key").chmod(0o644)
    done = empty.run("key", "show", "--study", "t.study")
    assert "chmod 600 t.key" in done.stderr
    (empty.folder / "t.key").rename(empty.folder / "weg.key")
    assert "not there" in empty.run("key", "show", "--study", "t.study").stderr


def test_another_passphrase_opens_the_key_and_the_old_one_no_longer(inside):
    before = Key.open(inside.folder / "s.key", PASSPHRASE)
    made = seal.read_header(before.path).made
    with_new(inside, OTHER, "key", "passphrase")
    after = Key.open(inside.folder / "s.key", OTHER)
    assert (after.id, after.counts()) == (before.id, before.counts())
    assert seal.read_header(after.path).made == made
    with pytest.raises(StudyError):
        Key.open(inside.folder / "s.key", PASSPHRASE)


@pytest.mark.parametrize(("old", "new", "code"), [(OTHER, OTHER, 4), (PASSPHRASE, "kort", 1)])
def test_a_wrong_or_weak_passphrase_changes_nothing(inside, old, new, code):
    before = contents(inside.folder)
    done = with_new(inside, new, "key", "passphrase", key=old, code=code)
    assert done.stderr.count("Error:") == 1
    assert contents(inside.folder) == before


def test_nobody_is_waited_for(inside):
    before = contents(inside.folder)
    assert "--passphrase-fd" in inside.run("key", "passphrase", code=1).stderr
    assert "--yes" in inside.run("key", "destroy", code=1).stderr
    assert contents(inside.folder) == before


@pytest.mark.parametrize(
    "words", [("key", "show", "--open"), ("key", "passphrase"), ("key", "destroy", "--yes")]
)
@pytest.mark.parametrize("damage", ["missing", "cut off", "other"])
def test_a_missing_or_damaged_key_is_one_line_and_changes_nothing(inside, words, damage):
    path = inside.folder / "s.key"
    if damage == "missing":
        path.unlink()
    elif damage == "cut off":
        path.write_bytes(path.read_bytes()[:60])
    else:
        path.unlink()
        inside.run("init", "t.study", key=True)
        (inside.folder / "t.key").rename(path)
        (inside.folder / "t.study").unlink()
    before = contents(inside.folder)
    done = inside.run(*words, key=True, code=4)
    assert done.stderr.count("Error:") == 1
    assert "Traceback" not in done.stderr
    assert contents(inside.folder) == before


@pytest.mark.parametrize("trouble", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_is_cut_off_leaves_the_key_as_it_was(inside, monkeypatch, trouble):
    path = inside.folder / "s.key"
    key = Key.open(path, PASSPHRASE)
    before = contents(inside.folder)

    def fails(*_):
        raise trouble

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises((StudyError, KeyboardInterrupt)):
        key.change_passphrase(OTHER)
    assert contents(inside.folder) == before


def test_a_paper_copy_gives_the_same_file_back(inside):
    before = (inside.folder / "s.key").read_bytes()
    inside.run("key", "paper", "--out", "papier.txt")
    assert (inside.folder / "papier.txt").stat().st_mode & 0o777 == 0o600
    assert "there already" in inside.run("key", "restore-paper", "papier.txt", code=1).stderr
    (inside.folder / "s.key").unlink()
    typed = (inside.folder / "papier.txt").read_text(encoding="ascii").lower()
    (inside.folder / "typed.txt").write_text(typed, encoding="ascii")
    inside.run("key", "restore-paper", "typed.txt")
    assert (inside.folder / "s.key").read_bytes() == before
    assert (inside.folder / "s.key").stat().st_mode & 0o777 == 0o600


def test_a_slip_on_paper_makes_no_key(inside):
    inside.run("key", "paper", "--out", "papier.txt")
    (inside.folder / "s.key").unlink()
    text = (inside.folder / "papier.txt").read_text(encoding="ascii")
    (inside.folder / "papier.txt").write_text(re.sub(r"(0002  )\w{3}", r"\1XYZ", text), encoding="ascii")
    assert "line 2 wrong" in inside.run("key", "restore-paper", "papier.txt", code=1).stderr
    assert not (inside.folder / "s.key").exists()


def test_a_paper_of_another_key_is_refused(inside):
    inside.run("init", "t.study", key=True)
    inside.run("key", "paper", "--study", "t.study", "--out", "papier.txt")
    done = inside.run("key", "restore-paper", "papier.txt", "--study", "s.study", "--key", "x.key", code=4)
    assert "another study" in done.stderr
    assert not (inside.folder / "x.key").exists()


def test_no_key_is_made_where_others_see_it_unless_told(empty):
    cloud = empty.folder / "Dropbox"
    cloud.mkdir()
    done = empty.run("init", "s.study", "--key", cloud / "s.key", key=True, code=1)
    assert "--allow-shared" in done.stderr
    assert not (empty.folder / "s.study").exists()
    empty.run("init", "s.study")
    args = ("import", sample_path() / "west.txt", "--group", "W", "--case", "W", "--key", cloud / "s.key")
    assert "cloud" in empty.run(*args, key=True, code=1).stderr
    assert list(cloud.iterdir()) == []
    empty.run(*args, "--allow-shared", key=True)
    empty.run("key", "show", "--key", cloud / "s.key")
    assert (
        "--allow-shared"
        in empty.run("key", "paper", "--key", cloud / "s.key", "--out", cloud / "p.txt", code=1).stderr
    )


def test_a_document_beside_the_key_is_told(inside):
    assert "key lies in the same folder" in inside.run("report", "--out", "r.md", key=True).stderr
    (inside.folder / "uit").mkdir()
    assert "key lies" not in inside.run("report", "--out", "uit/r.md", key=True).stderr


# ── the end of the key ──


@pytest.fixture
def ended(inside):
    """A study with a coding, whose key was destroyed."""
    inside.run("suggest")
    inside.run("review", "--coder", "K1", "--plain", stdin="r k\nx\n")
    inside.run("key", "paper", "--out", "papier.txt")
    inside.run("key", "destroy", "--yes", key=True)
    return inside


def test_destroying_leaves_a_certificate_without_names_and_says_so_in_the_study(ended):
    assert not (ended.folder / "s.key").exists()
    (path,) = ended.folder.glob("s.key-destroyed-*.txt")
    text = path.read_text(encoding="utf-8")
    with Study.open(ended.folder / "s.study") as study:
        assert study.key_destroyed() is not None
        assert study.settings().key_id in text
        assert study.log()[-1]["command"] == "key destroy"
    assert "gepseudonimiseerd" in text
    assert "anoniem" not in text
    assert "Kopieën op papier die met dit programma zijn gemaakt: 1." in text
    assert re.search(r"Namen van personen in de sleutel: \d\d", text)
    assert "Hollander" not in text


def test_after_the_end_everything_works_or_says_in_one_line_what_cannot_be(ended):
    for words in (
        ("status",), ("members",), ("cases",), ("check",), ("log",), ("suggest",), ("report",),
        ("table",), ("note",), ("key", "show"), ("backup", "--out", "b.bak"), ("codebook", "check"),
        ("members", "likely"),
    ):  # fmt: skip
        ended.run(*words)
    ended.run("review", "--coder", "K1", "--plain", stdin="k\n")
    for words in (("report", "--out", "r.html"), ("exchange", "--csv", "o.csv"), ("note", "--out", "n.docx")):
        assert "patterns only" in ended.run(*words, key=True).stderr
    before = contents(ended.folder)
    for words in (
        ("import", sample_path() / "noord.txt", "--group", "N", "--case", "N"),
        ("import", sample_path() / "west.txt", "--group", "West", "--case", "West"),
        ("members", "--names"),
        ("key", "passphrase"),
        ("key", "destroy", "--yes"),
    ):
        done = ended.run(*words, key=True, code=4)
        assert done.stderr.count("Error:") == 1
        assert "destroyed on" in done.stderr
    assert "destroyed on" in ended.run("key", "restore-paper", "papier.txt", code=4).stderr
    assert "destroyed on" in ended.run("key", "paper", "--out", "q.txt", code=4).stderr
    assert contents(ended.folder) == before


def test_a_lost_key_can_be_recorded_as_gone(inside):
    assert "is there" in inside.run("key", "destroy", "--gone", "--yes", code=1).stderr
    (inside.folder / "s.key").unlink()
    inside.run("key", "destroy", "--gone", "--yes")
    (path,) = inside.folder.glob("s.key-destroyed-*.txt")
    assert "was al weg" in path.read_text(encoding="utf-8")


def test_a_key_that_cannot_be_removed_is_not_said_to_be_destroyed(inside, monkeypatch):

    def fails(self, **_):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(commands.Path, "unlink", fails)
        with pytest.raises(StudyError, match="cannot be removed"):
            commands.destroy(study=inside.folder / "s.study", yes=True)
    assert (inside.folder / "s.key").exists()
    with Study.open(inside.folder / "s.study") as study:
        assert study.key_destroyed() is None
        assert study.log()[-1]["command"] == "import"
