from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import date

import pytest

from chatcode.domain import Choice, Decision, Draft, Link
from chatcode.errors import ChatcodeError, StudyError
from chatcode.study.health import problems
from chatcode.study.merging import merge
from chatcode.study.samples import SampleUnit
from chatcode.study.store import Study


def decide(study, entry_id, *codes, coder, round_=1, links=(), proposed=None):
    decision = Decision(entry_id, tuple(Choice(c) for c in codes), links, proposed=proposed or {})
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
    """Every table but the indexes of SQLite itself."""
    names = study.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {table: study.rows(f"SELECT * FROM {table}") for (table,) in names}


def told(found):
    return [(m.coder, m.acts_new, m.acts_known, m.memos_new, m.memos_known) for m in found.coders]


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


def test_what_was_proposed_comes_along_with_the_act(study, filled):
    ids = filled(study)
    proposed = {Link("feedback", ids[1]): 0.82}
    with file_of(study, "K1") as one:
        act = decide(one, ids[2], "1+", coder="K1", proposed=proposed)
        merge(study, [one])
    assert study.proposed_links([act.id]) == {act.id: proposed}
    assert study.acts_in_force(ids, "K1", 1)[ids[2]].links == ()


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


def by_kind(found, file):
    return {
        one.kind: (one.new, one.known) for one in found.kinds if one.file == file and (one.new or one.known)
    }


def draw(study, coder, entry_ids, weight):
    unit = SampleUnit(f"unit-{coder}", "group-Noord", "2020-10", "period", 4, 2, weight, tuple(entry_ids))
    return study.add_sample([unit], {coder: [0]}, purpose="coding", kind="week", share=0.5, seed=7)


def test_samples_steps_codebooks_and_their_reasons_come_along_and_twice_changes_nothing(study, filled):
    ids = filled(study)
    with file_of(study, "K1") as one, file_of(study, "K2") as two:
        first = draw(one, "K1", ids[1:3], 2.0)
        second = draw(two, "K2", ids[2:5], 4 / 3)
        one.skip_step("practice", "coded before", "K1")
        two.use_codebook("newer", "other text")
        two.add_codebook_change("test-codebook", "newer", "1+ was too wide", "K2", None)
        two.add_deviation(date(2021, 3, 1), "one group less", "K2")
        found = merge(study, [one, two])
        assert by_kind(found, "K1.study") == {
            "codebooks": (0, 1), "steps passed over": (1, 0), "samples": (1, 0),
        }  # fmt: skip
        assert by_kind(found, "K2.study") == {
            "codebooks": (1, 1), "codebook changes": (1, 0), "deviations": (1, 0), "samples": (1, 0),
        }  # fmt: skip
        before = everything(study)
        assert merge(study, [two, one]).new == 0
        assert everything(study) == before
        for coder, sample, file in (("K1", first, one), ("K2", second, two)):
            assert study.sample_units(sample) == file.sample_units(sample)
            assert study.sample_turns(sample, coder) == [f"unit-{coder}"]
    assert [unit.weight for sheet in study.samples() for unit in study.sample_units(sheet.id)] == [2.0, 4 / 3]
    assert [(s.step, s.reason, s.by) for s in study.skipped_steps()] == [("practice", "coded before", "K1")]
    assert [(c.new_hash, c.reason, c.by) for c in study.codebook_changes()] == [
        ("newer", "1+ was too wide", "K2")
    ]
    assert study.codebook_texts()["newer"] == "other text"
    assert study.deviations() == [(date(2021, 3, 1), "one group less")]


def test_what_stands_against_each_other_is_said_and_nothing_is_overwritten(study, filled):
    ids = filled(study)
    with file_of(study, "K1") as one, file_of(study, "K2") as two:
        study.use_codebook("ours", "text of ours")
        study.skip_step("pilot", "one coder", "K1")
        two.use_codebook("theirs", "text of theirs")
        two.skip_step("pilot", "no time", "K2")
        draw(one, "K1", ids[1:3], 2.0)
        draw(two, "K2", ids[1:3], 2.0)
        found = merge(study, [one, two])
        told = [(c.file, c.about, c.here, c.there) for c in found.conflicts]
    samples = {c.about: (c.here[9:], c.there[9:]) for c in found.conflicts}["samples drawn apart"]
    assert samples == ("for K1", "for K2")
    assert [row for row in told if row[1] != "samples drawn apart"] == [
        ("K1.study", "codebook in use", "ours", "test-codeboo"),
        ("K2.study", "codebook in use", "ours", "theirs"),
        ("K2.study", "step passed over: pilot", "K1", "K2"),
    ]
    assert study.codebook_text() == ("ours", "text of ours")
    assert {s.reason for s in study.skipped_steps()} == {"one coder", "no time"}


def test_a_memo_that_reads_otherwise_under_the_same_id_is_kept_beside(study, filled):
    ids = filled(study)
    study.add_memo(ids[1], "K1", "as it was")
    for name, text in (("K1.study", "as it became"), ("K2.study", "as it is now")):
        path = copy_of(study, name)
        tamper(path, f"UPDATE memos SET text = '{text}' WHERE text = 'as it was'")
        with Study.open(path) as one:
            found = merge(study, [one])
            assert [c.about for c in found.conflicts] == ["memos on messages"]
            assert merge(study, [one]).new == 0
    texts = {memo.text for memo in study.memos(ids)[ids[1]]}
    assert texts == {"as it was", "as it became", "as it is now"}


def test_a_sample_with_other_weights_under_the_same_id_is_refused(study, filled):
    draw(study, "K1", filled(study)[1:3], 2.0)
    path = copy_of(study, "K1.study")
    tamper(path, "UPDATE sample_units SET weight = 9.0")
    with Study.open(path) as one, pytest.raises(StudyError, match=r"sample .* differs from it here"):
        merge(study, [one])


def test_two_settled_layers_are_said_and_the_first_goes_on_to_count(study, filled):
    ids = filled(study)
    with file_of(study, "J") as other:
        for file, layer in ((study, "consensus"), (other, "J")):
            file.confirm(
                [Decision(ids[1], (), (), "adjudicated")],
                coder=layer, round_=1, codebook_hash="test-codebook",
            )  # fmt: skip
        found = merge(study, [other])
    assert [(c.about, c.here, c.there) for c in found.conflicts] == [("settled layer", "consensus", "J")]
    assert study.counting_coder() == "consensus"


def test_what_is_led_in_one_file_only_is_named_and_not_taken(study, filled):
    ids = filled(study)
    with file_of(study, "K1") as one:
        one.save_draft(Draft(ids[1], (Choice("M"),)), coder="K1", round_=1)
        one.purge(ids[3:4])
        found = merge(study, [one])
        assert {(c.kind, c.new) for c in found.left} == {
            ("choices not confirmed", 1), ("purges of messages", 1),
        }  # fmt: skip
    assert study.number("SELECT count(*) FROM drafts") == 0


def test_notes_stand_by_the_day_on_which_they_were_made_whatever_came_in_first(study, filled):
    ids = filled(study)
    with file_of(study, "K1") as one:
        one.add_memo(ids[1], "K1", "the earlier")
        one.flag(ids[1], "K1", raised=True)
        one.execute("UPDATE memos SET at = '2021-01-01T00:00:00.000+00:00'")
        one.execute("UPDATE flags SET at = '2021-01-01T00:00:00.000+00:00'")
        study.add_memo(ids[1], "K2", "the later")
        study.flag(ids[1], "K1", raised=False)
        merge(study, [one])
    assert [memo.text for memo in study.memos(ids)[ids[1]]] == ["the earlier", "the later"]
    assert study.flagged(ids, "K1") == frozenset()


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


def test_what_was_purged_is_no_longer_put_before_a_coder(study, filled):
    ids = filled(study)
    decide(study, ids[2], "M", coder="K1")
    study.purge(ids[1:3])
    assert study.next_message("K1", 1, None) == ids[3]
    (month,) = study.progress("K1", 1)
    assert (month.reviewed, month.total) == (1, 5)
    (month,) = study.progress("K2", 1)
    assert (month.reviewed, month.total) == (0, 4)
