"""Words that are purged are in no byte of study or key; entries, acts and counts stay."""

from __future__ import annotations

import json
import re
import sqlite3

import pytest

from chatcode.analysis.frequency import frequencies
from chatcode.anonymize.folding import fold
from chatcode.anonymize.identities import Key
from chatcode.anonymize.rework import rework
from chatcode.anonymize.seal import unseal
from chatcode.anonymize.verdicts import Verdict
from chatcode.bundled import sample_path
from chatcode.cli.options import codebook_of
from chatcode.domain import Choice, Decision, Draft
from chatcode.study import purging
from chatcode.study.health import problems
from chatcode.study.purging import PURGED
from chatcode.study.store import Study

PASSPHRASE = "een-lange-zin-voor-de-test"


def opened_key(folder):
    return Key.open(folder / "s.key", PASSPHRASE)


def sealed(folder):
    """Everything the key holds, in the clear."""
    return unseal(folder / "s.key", PASSPHRASE)[1].decode("utf-8")


@pytest.fixture
def talker(inside):
    """The label of the member who writes most; there are codings, memos, drafts and suggestions on it."""
    inside.run("suggest")
    with Study.open(inside.folder / "s.study") as study:
        written = {}
        for entry in study.entries():
            if entry.kind == "message":
                written.setdefault(entry.member_id, []).append(entry)
        member_id, entries = max(written.items(), key=lambda one: len(one[1]))
        book = codebook_of(study)
        study.confirm(
            [Decision(entry.id, (Choice("M"),)) for entry in study.entries() if entry.kind == "message"],
            coder="K1", round_=1, codebook_hash=book.hash,
        )  # fmt: skip
        study.execute("INSERT INTO filters (coder, round, wanted) VALUES ('K1', 1, '{}')")
        for entry in entries[:5]:
            study.add_memo(entry.id, "K1", f"zegt: {entry.text}")
            study.save_draft(Draft(entry.id, (Choice("1+"),)), "K2", 1)
        return study.members()[member_id].label


def words_of(folder, label):
    """Their texts that nobody else wrote, long enough to look for."""
    with Study.open(folder / "s.study") as study:
        member_id = study.labels()[label]
        own = {e.text for e in study.entries() if e.member_id == member_id and e.kind == "message"}
        others = "\n".join(e.text for e in study.entries() if e.member_id != member_id)
    return [text for text in own if len(text) > 15 and text not in others]


def counted(folder):
    with Study.open(folder / "s.study") as study:
        layer = study.layer("K1")
        return frequencies(layer, codebook_of(study)), study.kinds(study.groups()[0].id)


def test_the_words_of_a_member_are_in_no_byte_and_the_counts_stay(inside, talker):
    folder = inside.folder
    words, before = words_of(folder, talker), counted(folder)
    with Study.open(folder / "s.study") as study:
        member_id = study.labels()[talker]
        acts = [(act.id, act.codes) for act in study.acts_of("K1", 1)]
    names = [name for _, name in opened_key(folder).persons[member_id].aliases]
    assert len(words) > 20
    assert names
    assert all(name in sealed(folder) for name in names)
    done = inside.run("purge", "--member", talker, "--yes", key=True)
    assert all(name not in done.stderr + done.stdout for name in names)
    data = (folder / "s.study").read_bytes()
    held = sealed(folder)
    assert [text for text in words if text.encode() in data] == []
    assert [name for name in names if name in held] == []
    assert counted(folder) == before
    with Study.open(folder / "s.study") as study:
        assert problems(study) == []
        assert [(act.id, act.codes) for act in study.acts_of("K1", 1)] == acts
        own = [e for e in study.entries() if e.member_id == member_id and e.kind == "message"]
        assert {e.text for e in own} == {PURGED}
        assert study.suggestions([e.id for e in own]) == {}
        assert {m.text for notes in study.memos([e.id for e in own]).values() for m in notes} == {PURGED}
        assert study.draft(own[0].id, "K2", 1) is None
        assert study.log()[-1]["command"] == "purge"
        assert study.number("SELECT count(*) FROM filters") == 0
    assert not [path for path in folder.iterdir() if "journal" in path.name]


def test_what_was_taken_out_of_their_messages_goes_where_nobody_else_used_it(inside, talker):
    folder = inside.folder
    with Study.open(folder / "s.study") as study:
        member_id = study.labels()[talker]
        own = [e.id for e in study.entries() if e.member_id == member_id and e.kind == "message"]
        left = "\n".join(e.text for e in study.entries() if e.id not in own)
        key = opened_key(folder)
        entry = next(e for e in study.entries() if e.id == own[0])
        study.execute("UPDATE texts SET text = ? WHERE entry_id = ?", ("[kenteken-90] rijdt", entry.id))
    # A plate that only this member named.
    for _ in range(89):
        key.number("kenteken", f"vul {_}")
    number = key.number("kenteken", "99XXZ9")
    with Study.open(folder / "s.study") as study:
        study.execute("UPDATE texts SET text = ? WHERE entry_id = ?", (f"[kenteken-{number}] rijdt", own[0]))
    key.save()
    assert "99XXZ9" in sealed(folder)
    inside.run("purge", "--member", talker, "--yes", key=True)
    assert "99XXZ9" not in sealed(folder)
    after = opened_key(folder)
    assert after.number("kenteken", "10NEW1") == number + 1
    assert not set(own) & set(after.removed)
    # What others' texts point at is still known.
    for kind, seen in re.findall(r"\[(telefoon|kenteken|adres)-(\d+)\]", left):
        assert any(
            value == int(seen) and not name.startswith("\0") for name, value in after._things[kind].items()
        )
    with Study.open(folder / "s.study") as study:
        label = f"[{talker}]"
        for entry in study.entries():
            if label in entry.text and entry.kind == "message":
                assert label in after.restore(entry.id, entry.text)


def test_a_further_export_brings_nothing_back(inside, talker):
    folder = inside.folder
    names = [name for _, name in opened_key(folder).persons[label_id(folder, talker)].aliases]
    words = words_of(folder, talker)
    inside.run("purge", "--member", talker, "--yes", key=True)
    before = (sample_path() / "west.txt").read_text(encoding="utf-8")
    later = "[31-08-2021 22:10:00] Buur Nieuw: tot morgen\n"
    (folder / "later.txt").write_text(before + later, encoding="utf-8")
    told = json.loads(
        inside.run("import", "later.txt", "--group", "West", "--case", "West", "--json", key=True).stdout
    )
    assert told["added"] == 1
    assert told["left_out_new"] == 0
    data, held = (folder / "s.study").read_bytes(), sealed(folder)
    assert [text for text in words if text.encode() in data] == []
    assert [name for name in names if name in held] == []
    with Study.open(folder / "s.study") as study:
        assert problems(study) == []
        assert talker in study.labels()


def label_id(folder, label):
    with Study.open(folder / "s.study") as study:
        return study.labels()[label]


@pytest.mark.parametrize("scope", ["--group", "--case"])
def test_a_whole_group_goes_with_its_name_and_takes_no_further_export(inside, talker, scope):
    folder = inside.folder
    words, before = words_of(folder, talker), counted(folder)
    aliases = [name for person in opened_key(folder).persons.values() for _, name in person.aliases]
    inside.run("purge", scope, "West", "--yes", key=True)
    data, held = (folder / "s.study").read_bytes(), sealed(folder)
    assert [text for text in words if text.encode() in data] == []
    assert [name for name in aliases if name in held] == []
    assert opened_key(folder).counts() | {"persons": 0} == dict.fromkeys(
        ("persons", "aliases", "removed", "objectors"), 0
    )
    assert counted(folder) == before
    done = inside.run(
        "import", sample_path() / "noord.txt", "--group", "West", "--case", "West", key=True, code=1
    )
    assert "were purged on" in done.stderr


def test_a_dry_run_tells_and_changes_nothing(inside, talker):
    before = {path.name: path.read_bytes() for path in inside.folder.iterdir()}
    told = json.loads(inside.run("purge", "--member", talker, "--dry-run", "--json").stdout)
    assert told["entries"] == told["acts"] > 20
    assert (told["memos"], told["drafts"]) == (5, 5)
    assert told["suggestions"] > 0
    assert {path.name: path.read_bytes() for path in inside.folder.iterdir()} == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 1, "whose words"),
        (("--member", "Deelnemer-999", "--yes"), 1, "no member"),
        (("--group", "X", "--yes"), 1, "no group"),
        (("--case", "X", "--yes"), 1, "no case"),
        (("--member", "Deelnemer-01", "--case", "West"), 1, "whose words"),
        (("--group", "West"), 1, "--yes"),
    ],
)
def test_what_is_wrong_or_not_confirmed_changes_nothing(inside, words, code, said):
    before = {path.name: path.read_bytes() for path in inside.folder.iterdir()}
    assert said in inside.run("purge", *words, key=True, code=code).stderr
    assert {path.name: path.read_bytes() for path in inside.folder.iterdir()} == before


def test_without_the_passphrase_nothing_goes_and_without_a_key_the_study_alone(inside):
    before = (inside.folder / "s.study").read_bytes()
    assert "--passphrase-fd" in inside.run("purge", "--group", "West", "--yes", code=1).stderr
    inside.run("purge", "--group", "West", "--yes", key="een-andere-zin", code=4)
    assert (inside.folder / "s.study").read_bytes() == before
    inside.run("key", "destroy", "--yes")
    inside.run("purge", "--group", "West", "--yes")
    with Study.open(inside.folder / "s.study") as study:
        assert {entry.text for entry in study.entries()} == {PURGED}


def test_copies_that_it_knows_of_are_named(inside):
    inside.run("backup")
    inside.run("backup", "--out", "elders.bak")
    done = inside.run("purge", "--group", "West", "--yes", key=True)
    assert "elders.bak" in done.stderr
    assert re.search(r"s\.study\.\d{8}-\d{6}\.bak", done.stderr)


def test_every_table_with_words_on_an_entry_is_one_that_purge_knows(study):
    """Who adds a table of texts, memos or quotes on entries must say here what a purge does to it."""
    known = {"texts", *purging._EMPTIED, *purging._DROPPED}
    # Codes, links and lists of entries: no words of a chat.
    wordless = {"acts", "entry_targets", "sample_entries", "look_entries", "findings", "flags"}
    found = set()
    for (table,) in study.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ):
        columns = {row[1] for row in study.rows(f"PRAGMA table_info({table})")}
        if "entry_id" in columns:
            found.add(table)
    assert found - wordless <= known
    assert not study.rows("SELECT name FROM sqlite_schema WHERE sql LIKE '%fts5%'")


def test_secure_delete_is_on_so_that_emptied_pages_are_zeroed(study):
    assert study.number("PRAGMA secure_delete") == 1
    assert sqlite3.sqlite_version_info >= (3, 37)


def test_decisions_on_words_still_work_after_a_purge_and_bring_no_name_back(inside, talker):
    folder = inside.folder
    before = opened_key(folder)
    member_id = label_id(folder, talker)
    names = [name for _, name in before.persons[member_id].aliases]
    before.decide([Verdict(fold(names[0]), "deny", None, member_id, 1, "2021-01-01")])
    before.save()
    inside.run("purge", "--member", talker, "--yes", key=True)
    key = opened_key(folder)
    assert key.verdicts == []
    with Study.open(folder / "s.study") as study:
        (group,) = study.groups()
        entries = study.entries(as_stored=True)
        labels = {one: label for label, one in study.labels().items()}
    key.decide([Verdict("iedereen", "deny", None, None, 2, "2021-01-01")])
    changed = rework(key, group.id, entries, labels)
    assert changed
    for entry in entries:
        if entry.id in changed:
            assert not re.search(r"(?i)\biedereen\b", changed[entry.id])
            assert all(name not in changed[entry.id] for name in names)
            assert entry.text.count(f"[{talker}]") == changed[entry.id].count(f"[{talker}]")
