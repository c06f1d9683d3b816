from __future__ import annotations

from datetime import date, datetime

import pytest

from chatcode.domain import Mark, Period, Reason, Suggestions
from chatcode.errors import ChatcodeError, StudyError
from chatcode.study import migrate as ladder
from chatcode.study.backup import back_up, restore
from chatcode.study.connection import Connection
from chatcode.study.health import problems
from chatcode.study.store import Study

NOW = datetime(2021, 9, 2, 10, 0)


def test_entries_come_back_as_they_went_in(study, filled):
    ids = filled(study)
    notice, first, *_ = study.entries()
    assert notice.event == "added"
    assert notice.target_ids == ("Noord-een",)
    assert (first.text, first.sent_at, first.member_id) == (
        "bericht 1",
        datetime(2020, 10, 1, 20, 2),
        "Noord-een",
    )
    assert [e.id for e in study.window(ids[3], 1, 2)] == ids[2:6]
    with pytest.raises(KeyError):
        study.entry("nobody")


def test_coverage_joins_exports_that_meet_and_keeps_gaps(study, filled):
    filled(study)
    study.add_export("group-Noord", b"b", datetime(2020, 11, 1), datetime(2020, 11, 5), {})
    study.add_export("group-Noord", b"c", datetime(2021, 1, 1), datetime(2021, 1, 2), {})
    assert study.coverage()["group-Noord"] == (
        Period(date(2020, 10, 1), date(2020, 11, 6)),
        Period(date(2021, 1, 1), date(2021, 1, 3)),
    )


def test_a_case_may_have_a_period_of_its_own(study, filled):
    filled(study)
    own = Period(date(2020, 10, 1), date(2021, 3, 1))
    study.set_case_period("Noord", own, None)
    (case,) = study.cases()
    assert (case.period, case.baseline) == (own, Period(date(2019, 9, 1), date(2020, 9, 1)))
    with pytest.raises(ChatcodeError, match="no case"):
        study.set_case_period("Zuid", own, None)


def test_messages_of_researchers_are_no_part_of_the_queue(study, filled):
    ids = filled(study)
    member = study.members()["Noord-een"]
    study.put_members(
        [type(member)(member.id, member.title, member.number, frozenset({"onderzoeker"}))], told={member.id}
    )
    assert study.next_message("K1", 1, None) == ids[2]


def test_suggestions_are_replaced_by_a_new_run(study, filled):
    ids = filled(study)
    reasons = {"M": (Reason("melding", "witte bus", 5, 14),)}
    first = Suggestions(frozenset({"M"}), {"M": 0.8, "8-": 0.2}, reasons)
    study.put_suggestions({ids[1]: first}, codebook_hash="test-codebook", source="rules")
    got = study.suggestions(ids)[ids[1]]
    assert (got.codes, got.scores, got.reasons["M"]) == (first.codes, first.scores, reasons["M"])
    study.put_suggestions({}, codebook_hash="test-codebook", source="rules")
    assert study.suggestions(ids) == {}


def test_the_layer_that_counts_must_be_named_when_two_have_coded(study, filled):
    ids = filled(study)
    from chatcode.domain import Choice, Decision

    for coder, code in (("K1", "M"), ("K2", "1+")):
        study.confirm(
            [Decision(ids[1], (Choice(code),))], coder=coder, round_=1, codebook_hash="test-codebook"
        )
    with pytest.raises(ChatcodeError, match="several coders"):
        study.layer()
    assert study.layer("K2").acts[ids[1]].codes == {"1+"}
    study.confirm(
        [Decision(ids[1], (Choice("M"),), mode="adjudicated")],
        coder="consensus", round_=1, codebook_hash="test-codebook",
    )  # fmt: skip
    assert study.layer().coder == "consensus"


def test_marks_are_kept_all(study, filled):
    filled(study)
    (case,) = study.cases()
    for mark in ("~", "✓"):
        study.add_mark(Mark(case.id, 4, "researcher", mark, "reden", None, "R", NOW))
    assert [m.mark for m in study.marks()] == ["~", "✓"]


def test_a_failure_in_the_middle_of_a_transaction_leaves_nothing(study, filled):
    with pytest.raises(RuntimeError), study.transaction():
        filled(study)
        raise RuntimeError
    assert (study.groups(), study.members(), study.entries()) == ([], {}, [])


def test_nothing_is_created_over_a_file_that_is_there(study):
    with pytest.raises(StudyError, match="there already"):
        Study.create(study.path)


@pytest.mark.parametrize(
    "content", [b"", b"not a database, just some text that is long enough", b"SQLite format 3\0"]
)
def test_a_file_that_is_no_study_gets_one_clear_line(tmp_path, content):
    path = tmp_path / "x.study"
    path.write_bytes(content)
    with pytest.raises(StudyError) as caught:
        Study.open(path)
    assert "x.study" in caught.value.message
    assert caught.value.exit_code == 4


def test_a_newer_study_is_refused_unchanged(study):
    study.execute("PRAGMA user_version = 99")
    study.close()
    before = study.path.read_bytes()
    with pytest.raises(StudyError, match="newer chatcode"):
        Study.open(study.path)
    assert study.path.read_bytes() == before


def test_an_older_study_is_copied_before_it_is_brought_up(study, filled, monkeypatch):
    filled(study)
    study.close()
    steps = [*ladder.steps(), "CREATE TABLE more (x INTEGER) STRICT;"]
    connection = Connection(study.path)
    backup = ladder.migrate(connection, steps)
    assert connection.number("PRAGMA user_version") == len(steps)
    assert connection.rows("SELECT * FROM more") == []
    connection.close()
    with Study.open(study.path.with_name(backup)) as old:
        assert len(old.entries()) == 7


def test_a_step_that_fails_is_taken_back(study):
    study.close()
    connection = Connection(study.path)
    with pytest.raises(StudyError):
        ladder.migrate(
            connection, [*ladder.steps(), "CREATE TABLE a (x INTEGER) STRICT;\nSELECT * FROM nowhere;"]
        )
    assert connection.number("PRAGMA user_version") == len(ladder.steps())
    assert connection.row("SELECT 1 FROM sqlite_schema WHERE name = 'a'") is None
    connection.close()


def test_a_backup_restores_the_study_and_keeps_what_was_there(study, filled):
    ids = filled(study)
    copy = back_up(study, NOW)
    with pytest.raises(ChatcodeError, match="there already"):
        back_up(study, NOW)
    study.add_memo(ids[1], "K1", "later")
    study.close()
    aside = restore(copy, study.path, NOW)
    with Study.open(study.path) as restored, Study.open(aside) as former:
        assert restored.memos(ids) == {}
        assert len(former.memos(ids)[ids[1]]) == 1
        assert problems(restored) == []


def test_a_damaged_backup_changes_nothing(study, filled, tmp_path):
    filled(study)
    study.close()
    bad = tmp_path / "bad.bak"
    bad.write_bytes(study.path.read_bytes()[:5000])
    before = study.path.read_bytes()
    with pytest.raises(StudyError):
        restore(bad, study.path, NOW)
    assert study.path.read_bytes() == before


def test_the_log_keeps_what_was_done(study):
    study.record("import", group="Noord", added=3)
    (line,) = study.log()
    assert (line["command"], line["details"]) == ("import", {"group": "Noord", "added": 3})
