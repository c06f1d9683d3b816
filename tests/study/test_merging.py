from __future__ import annotations

import sqlite3
from contextlib import contextmanager

import pytest

from chatcode.domain import Choice, Decision, Link
from chatcode.errors import ChatcodeError, StudyError
from chatcode.study.health import problems
from chatcode.study.merging import merge
from chatcode.study.store import Study


def decide(study, entry_id, *codes, coder, round_=1, links=()):
    decision = Decision(entry_id, tuple(Choice(c) for c in codes), links)
    return study.confirm([decision], coder=coder, round_=round_, codebook_hash="test-codebook")[0]


def copy_of(study, name):
    path = study.path.with_name(name)
    study.copy_to(path)
    return path


@contextmanager
def file_of(study, coder):
    with Study.open(copy_of(study, f"{coder}.study")) as other:
        yield other


def everything(study):
    return {
        table: study.rows(f"SELECT * FROM {table}")
        for table in ("acts", "act_codes", "act_links", "memos", "log", "codebooks")
    }


def told(found):
    return [(m.coder, m.acts_new, m.acts_known, m.memos_new, m.memos_known) for m in found]


def test_two_coders_files_come_together_by_ids_and_twice_changes_nothing(study, filled):
    ids = filled(study)
    with file_of(study, "K1") as one, file_of(study, "K2") as two:
        decide(one, ids[1], "M", coder="K1")
        decide(one, ids[2], "1+", coder="K1", links=(Link("feedback", ids[1]),))
        one.undo("K1", 1)
        one.add_memo(ids[1], "K1", "is dit een melding")
        decide(two, ids[1], "8+", coder="K2")
        assert told(merge(study, [one, two])) == [("K1", 3, 0, 1, 0), ("K2", 1, 0, 0, 0)]
        before = everything(study)
        assert told(merge(study, [one, two])) == [("K1", 0, 3, 0, 1), ("K2", 0, 1, 0, 0)]
        assert everything(study) == before
    assert problems(study) == []
    assert study.acts_in_force(ids, "K1", 1)[ids[1]].codes == {"M"}
    assert ids[2] not in study.acts_in_force(ids, "K1", 1)
    assert study.acts_in_force(ids, "K2", 1)[ids[1]].codes == {"8+"}
    assert [memo.text for memo in study.memos(ids)[ids[1]]] == ["is dit een melding"]


def test_a_coder_who_went_on_brings_only_what_is_new(study, filled):
    ids = filled(study)
    decide(study, ids[1], "M", coder="K1")
    with file_of(study, "K1") as one:
        decide(one, ids[2], coder="K1")
        assert told(merge(study, [one])) == [("K1", 1, 1, 0, 0)]
        decide(study, ids[3], coder="K1")
        assert told(merge(study, [one])) == [("K1", 0, 2, 0, 0)]
    assert len(study.layer_acts("K1")) == 3
    assert problems(study) == []


def test_a_dry_run_tells_the_same_and_changes_nothing(study, filled):
    ids = filled(study)
    with file_of(study, "K2") as two:
        decide(two, ids[1], "M", coder="K2")
        before = everything(study)
        assert told(merge(study, [two], dry_run=True)) == [("K2", 1, 0, 0, 0)]
        assert everything(study) == before


def test_one_coder_in_two_files_is_refused(study, filled):
    ids = filled(study)
    with file_of(study, "K1") as one:
        decide(one, ids[1], "M", coder="K1")
        decide(study, ids[2], "M", coder="K1")
        before = everything(study)
        with pytest.raises(ChatcodeError, match="K1 has coded in both files"):
            merge(study, [one])
        assert everything(study) == before


def test_two_files_in_which_the_same_coder_went_on_are_refused_together(study, filled):
    ids = filled(study)
    with file_of(study, "a") as one, file_of(study, "b") as two:
        decide(one, ids[1], "M", coder="K1")
        decide(two, ids[2], "M", coder="K1")
        with pytest.raises(ChatcodeError, match="both files"):
            merge(study, [one, two])
    assert study.coders() == []


def test_another_study_and_other_messages_are_refused(study, filled, tmp_path):
    filled(study)
    with Study.create(tmp_path / "other.study") as other:
        filled(other)
        with pytest.raises(ChatcodeError, match=r"other\.study is another study"):
            merge(study, [other])
    with file_of(study, "K1") as one:
        filled(one, label="Zuid", case="Zuid")
        with pytest.raises(ChatcodeError, match="7 messages that test"):
            merge(study, [one])
    with pytest.raises(ChatcodeError, match="this very study"):
        merge(study, [study])


def test_messages_that_came_later_are_no_hindrance(study, filled):
    ids = filled(study)
    with file_of(study, "K1") as one:
        decide(one, ids[1], "M", coder="K1")
        filled(study, label="Zuid", case="Zuid")
        assert told(merge(study, [one])) == [("K1", 1, 0, 0, 0)]


def tamper(path, *statements):
    db = sqlite3.connect(path)
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


@pytest.mark.parametrize(
    "statement", ["UPDATE act_codes SET code = '7-'", "DELETE FROM act_codes", "UPDATE acts SET coder = 'K9'"]
)
def test_a_chain_that_was_tampered_with_is_refused(study, filled, statement):
    ids = filled(study)
    path = copy_of(study, "K1.study")
    with Study.open(path) as one:
        decide(one, ids[1], "M", coder="K1")
        decide(one, ids[2], "8+", coder="K1")
    tamper(path, statement)
    with (
        Study.open(path) as one,
        pytest.raises(StudyError, match=r"K1\.study is not sound: acts of K\d were changed"),
    ):
        merge(study, [one])
    assert study.coders() == []


def test_flags_and_notes_of_every_kind_come_along_once(study, filled):
    ids = filled(study)
    with file_of(study, "K1") as file:
        file.add_memo(ids[1], "K1", "doubt")
        file.add_media_note(ids[2], "K1", "a poster")
        file.add_wider_memo("code", "1+", "K1", "too wide")
        file.flag(ids[3], "K1", raised=True)
        file.add_practice("K1", "D1", 30, 21, "hash")
        merge(study, [file])
        merge(study, [file])
    assert [noted.text for noted in study.logbook()] == ["doubt", "a poster", "too wide"]
    assert study.flagged(ids, "K1") == {ids[3]}
    assert len(study.practices()) == 1


def test_a_memo_on_words_that_were_purged_here_does_not_come_back(study, filled):
    ids = filled(study)
    with file_of(study, "K1") as one:
        one.add_memo(ids[1], "K1", "hier stond een naam")
        one.add_memo(ids[2], "K1", "gewoon een memo")
        decide(one, ids[1], "M", coder="K1")
        study.execute("UPDATE entries SET purged_at = '2021-09-02' WHERE id = ?", (ids[1],))
        assert told(merge(study, [one])) == [("K1", 1, 0, 1, 0)]
        assert told(merge(study, [one])) == [("K1", 0, 1, 0, 1)]
        assert study.put_memos(one.memos(ids)[ids[1]]) == 0
    assert set(study.memos(ids)) == {ids[2]}
