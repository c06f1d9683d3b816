from __future__ import annotations

import sqlite3

import pytest

from chatcode.domain import Choice, Decision, Reason, Suggestions
from chatcode.errors import ChatcodeError, StudyError
from chatcode.study.health import problems


def add(study, data=b"data", **more):
    return study.add_model(
        data, {"codes": {"M": 3}}, coder="K1", codebook_hash="test-codebook", messages=30, **more
    )


def decide(study, entry_id, *codes, mode="blind", shown=()):
    decision = Decision(entry_id, tuple(Choice(c) for c in codes), (), mode, shown)
    study.confirm([decision], coder="K1", round_=1, codebook_hash="test-codebook")


@pytest.fixture
def ids(study, filled):
    return filled(study)


def test_a_model_comes_back_as_it_was_stored_with_its_card(study, ids):
    kept = add(study)
    assert study.model_data(kept.id) == b"data"
    assert [(m.id, m.messages, m.size, m.card) for m in study.models()] == [
        (kept.id, 30, 4, {"codes": {"M": 3}})
    ]
    assert study.model(kept.short) == kept


def test_a_model_that_is_not_there_is_refused(study, ids):
    with pytest.raises(ChatcodeError, match="no model begins"):
        study.model("abc")


def test_a_model_that_was_changed_behind_the_program_is_refused(study, ids):
    kept = add(study)
    with sqlite3.connect(study.path) as raw:
        raw.execute("UPDATE models SET data = x'00'")
    with pytest.raises(StudyError, match="not what was stored"):
        study.model_data(kept.id)


def test_of_models_made_in_passing_only_the_latest_keep_their_data_and_every_card_stays(study, ids):
    mine = add(study)
    passing = [add(study, by_hand=False) for _ in range(2)]
    study.choose_model(passing[0].id)
    passing += [add(study, by_hand=False) for _ in range(3)]
    sizes = {m.id: m.size for m in study.models()}
    assert len(sizes) == 6
    assert sizes[mine.id] and sizes[passing[0].id]
    assert [bool(sizes[m.id]) for m in passing[1:]] == [False, False, True, True]
    with pytest.raises(ChatcodeError, match="dropped"):
        study.model_data(passing[1].id)


def test_the_last_choice_holds_and_newest_is_where_nobody_chose(study, ids):
    assert study.model_choice() == "newest"
    study.choose_model("starter")
    study.choose_model("newest")
    study.choose_model("starter")
    assert study.model_choice() == "starter"


def test_bulk_and_notices_teach_nothing(study, ids):
    decide(study, ids[1], "M")
    decide(study, ids[2])
    decide(study, ids[3], "1+", mode="bulk", shown=("1+",))
    decide(study, ids[0], "2+")
    assert study.taught("K1") == 2


def test_suggestions_are_renewed_for_some_entries_and_the_others_stay(study, ids):
    def one(code):
        return Suggestions(frozenset({code}), {code: 0.9}, {code: (Reason("x", "y"),)})

    study.put_suggestions({ids[1]: one("M"), ids[2]: one("M")}, codebook_hash="test-codebook", source="cues")
    study.renew_suggestions(
        {ids[2]: one("1+")}, codebook_hash="test-codebook", source="cues and model x", entries=7
    )
    assert {i: set(s.codes) for i, s in study.suggestions(ids).items()} == {ids[1]: {"M"}, ids[2]: {"1+"}}
    run = study.suggestion_run()
    assert (run["source"], run["entries"]) == ("cues and model x", 7)


def test_the_share_kept_apart_can_be_changed_and_the_study_stays_sound(study, ids):
    assert study.audit_share() == 0.05
    study.set_audit_share(0.2)
    study.set_audit_share(0.2)
    assert study.audit_share() == 0.2
    assert study.number("SELECT count(*) FROM audit_shares") == 1
    assert problems(study) == []
