from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatcode.domain import Choice, Decision, Draft, Link
from chatcode.study.health import problems
from chatcode.study.store import Study


def decide(study, entry_id, *codes, coder="K1", round_=1, **more):
    decision = Decision(entry_id, tuple(Choice(c) for c in codes), **more)
    return study.confirm([decision], coder=coder, round_=round_, codebook_hash="test-codebook")[0]


def codes(study, entry_id, coder="K1"):
    act = study.acts_in_force([entry_id], coder, 1).get(entry_id)
    return None if act is None else set(act.codes)


def test_a_decision_is_an_act_with_its_codes_links_and_what_was_shown(study, filled):
    ids = filled(study)
    study.confirm(
        [
            Decision(
                ids[2],
                (Choice("1+"), Choice("7-", "insult")),
                (Link("feedback", ids[1]),),
                "assisted",
                ("1+",),
            )
        ],
        coder="K1",
        round_=1,
        codebook_hash="test-codebook",
    )
    act = study.acts_in_force(ids, "K1", 1)[ids[2]]
    assert act.choices == (Choice("1+"), Choice("7-", "insult"))
    assert act.links == (Link("feedback", ids[1]),)
    assert (act.mode, act.shown, act.reviewed) == ("assisted", ("1+",), True)


def test_a_message_without_a_code_is_reviewed(study, filled):
    ids = filled(study)
    decide(study, ids[1])
    assert codes(study, ids[1]) == set()
    assert codes(study, ids[2]) is None


def test_a_second_decision_supersedes_the_first_and_both_stay(study, filled):
    ids = filled(study)
    first = decide(study, ids[1], "M")
    second = decide(study, ids[1], "M", "8-")
    assert second.supersedes == first.id
    assert codes(study, ids[1]) == {"M", "8-"}
    assert len(study.history(ids[1])) == 2


def test_undo_restores_what_was_in_force_step_by_step_and_over_a_reopening(study, filled):
    ids = filled(study)
    decide(study, ids[1], "M")
    decide(study, ids[2], "1+")
    decide(study, ids[1], "4+")
    path = study.path
    study.close()
    with Study.open(path) as again:
        again.undo("K1", 1)
        assert codes(again, ids[1]) == {"M"}
        again.undo("K1", 1)
        assert codes(again, ids[2]) is None
        again.undo("K1", 1)
        assert codes(again, ids[1]) is None
        assert again.undo("K1", 1) == []
        assert problems(again) == []


def test_a_batch_is_undone_at_one_go(study, filled):
    ids = filled(study)
    study.confirm(
        [Decision(i, (Choice("11+"),)) for i in ids[1:5]], coder="K1", round_=1, codebook_hash="test-codebook"
    )
    assert len(study.undo("K1", 1)) == 4
    assert study.acts_in_force(ids, "K1", 1) == {}


def test_undo_takes_back_own_acts_only(study, filled):
    ids = filled(study)
    decide(study, ids[1], "M", coder="K1")
    decide(study, ids[1], "1+", coder="K2")
    study.undo("K1", 1)
    assert codes(study, ids[1], "K1") is None
    assert codes(study, ids[1], "K2") == {"1+"}


@pytest.mark.parametrize("table", ["acts", "act_codes", "act_links"])
def test_acts_can_be_neither_changed_nor_taken_away(study, filled, table):
    ids = filled(study)
    study.confirm(
        [Decision(ids[2], (Choice("1+"),), (Link("feedback", ids[1]),))],
        coder="K1", round_=1, codebook_hash="test-codebook",
    )  # fmt: skip
    column = {"acts": "coder", "act_codes": "code", "act_links": "kind"}[table]
    outside = sqlite3.connect(study.path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        outside.execute(f"UPDATE {table} SET {column} = 'x'")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        outside.execute(f"DELETE FROM {table}")
    outside.close()


def test_an_edit_behind_the_programs_back_breaks_the_chain(study, filled):
    ids = filled(study)
    decide(study, ids[1], "M")
    decide(study, ids[2], "1+")
    assert study.broken_chains() == []
    outside = sqlite3.connect(study.path)
    outside.execute("DROP TRIGGER act_codes_keep_update")
    outside.execute("UPDATE act_codes SET code = '1-' WHERE code = '1+'")
    outside.commit()
    outside.close()
    assert study.broken_chains() == ["K1"]


def test_drafts_are_kept_until_the_message_is_confirmed(study, filled):
    ids = filled(study)
    draft = Draft(ids[1], (Choice("M"), Choice("5-", "looks")), ())
    study.save_draft(draft, "K1", 1)
    assert study.draft(ids[1], "K1", 1) == draft
    decide(study, ids[1], "M")
    assert study.draft(ids[1], "K1", 1) is None


def test_the_queue_follows_the_chat_and_skips_notices_and_what_is_reviewed(study, filled):
    north, west = filled(study), filled(study, label="West", case="West")
    assert study.next_message("K1", 1, None) == north[1]
    decide(study, north[1])
    assert study.next_message("K1", 1, None) == north[2]
    assert study.next_message("K1", 1, north[2], backward=True) is None
    assert study.next_message("K1", 1, north[2], backward=True, only_open=False) == north[1]
    assert study.next_message("K1", 1, north[-1]) == west[1]
    assert study.next_message("K2", 1, None) == north[1]


def test_progress_counts_messages_per_group_and_month(study, filled):
    ids = filled(study)
    decide(study, ids[1])
    decide(study, ids[3], "M")
    (only,) = study.progress("K1", 1)
    assert (only.month, only.reviewed, only.total) == ("2020-10", 2, 6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.one_of(st.none(), st.tuples(st.integers(1, 4), st.sets(st.sampled_from(["M", "1+", "2-"])))),
        max_size=12,
    )
)
def test_any_run_of_decisions_and_undos_equals_a_stack(tmp_path_factory, filled, steps):
    path = tmp_path_factory.mktemp("stack") / "s.study"
    with Study.create(path) as study:
        ids = filled(study)
        states: list[dict[str, set[str]]] = [{}]
        for step in steps:
            if step is None:
                study.undo("K1", 1)
                if len(states) > 1:
                    states.pop()
            else:
                decide(study, ids[step[0]], *step[1])
                states.append({**states[-1], ids[step[0]]: set(step[1])})
            got = {i: set(a.codes) for i, a in study.acts_in_force(ids, "K1", 1).items()}
            assert got == states[-1]
        assert problems(study) == []


def test_a_message_of_nobody_is_still_in_the_queue_beside_researchers(study, filled):
    ids = filled(study)
    member = study.members()["Noord-een"]
    study.put_members([replace(member, roles=frozenset({"onderzoeker"}))], told={member.id})
    study.execute("UPDATE entries SET member_id = NULL WHERE id = ?", (ids[2],))
    assert study.next_message("K1", 1, None) == ids[2]
    assert sum(month.total for month in study.progress("K1", 1)) == 4
