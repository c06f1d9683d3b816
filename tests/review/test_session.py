from __future__ import annotations

import pytest

from chatcode.codebook import COMMAND_KEYS
from chatcode.domain import Choice, Suggestions
from chatcode.errors import CodebookError
from chatcode.review import bulk
from chatcode.review.keys import COMMANDS, keymap
from chatcode.review.session import Session
from chatcode.study.store import Study


def session_of(study, codebook, way="blind", **more):
    return Session(study, codebook, coder="K1", way=way, **more)


def test_it_opens_at_the_first_open_message_with_nothing_ticked(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook, "assisted")
    assert session.entry.id == ids[1]
    assert session.codes == set()


def test_every_key_is_kept_as_a_draft_that_survives(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook)
    session.toggle("M")
    session.toggle("8-")
    session.toggle("8-")
    again = session_of(study, codebook)
    assert (again.entry.id, again.codes) == (ids[1], {"M"})


def test_keep_stores_one_act_and_goes_on_also_without_a_code(coded, codebook, in_force):
    study, ids = coded
    session = session_of(study, codebook)
    session.toggle("1+")
    session.toggle("1-")
    session.keep()
    session.keep()
    assert in_force(study, ids[1]) == {"1+", "1-"}
    assert in_force(study, ids[2]) == set()
    assert session.entry.id == ids[3]
    assert (session.counts.reviewed, session.counts.total) == (2, 8)


def test_the_kind_of_an_opposite_is_kept(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook)
    kind = codebook.manual("7-").sub_reasons[0].id
    session.toggle("7-")
    session.set_sub_reason("7-", kind)
    session.keep()
    assert study.acts_in_force(ids, "K1", 1)[ids[1]].choices == (Choice("7-", kind),)


def test_a_second_reader_speaks_after_the_coder_and_only_where_it_strongly_differs(coded, codebook, in_force):
    study, ids = coded
    session = session_of(study, codebook, "second-reader")
    assert session.keep() is False
    assert session.suggested is None
    assert session.keep() is True
    assert session.objection == ("M",)
    assert in_force(study, ids[2]) == set()
    session.take_over()
    first, second = study.history(ids[2])
    assert (first.mode, first.shown, first.codes) == ("blind", (), set())
    assert (second.mode, second.shown, second.codes) == ("assisted", ("M",), {"M"})
    assert session.keep() is False


def test_keeping_ones_own_against_the_machine_is_kept_too(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook, "second-reader")
    session.keep()
    session.keep()
    session.keep()
    first, second = study.history(ids[2])
    assert (second.mode, second.shown, second.codes) == ("assisted", ("M",), first.codes)
    assert session.entry.id == ids[3]


def test_assisted_shows_beside_and_takes_over_on_a_key(coded, codebook, in_force):
    study, ids = coded
    session = session_of(study, codebook, "assisted")
    session.keep()
    assert session.suggested.codes == {"M"}
    session.toggle("6+")
    assert session.take_over() is True
    assert in_force(study, ids[2]) == {"6+", "M"}


def test_blind_sees_nothing_and_takes_nothing_over(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook)
    session.keep()
    assert session.suggested is None
    assert session.take_over() is False
    assert study.history(ids[2]) == []


def test_undo_goes_back_over_a_restart(coded, codebook, in_force):
    study, ids = coded
    session = session_of(study, codebook)
    session.toggle("M")
    session.keep()
    session.no_code()
    path = study.path
    study.close()
    with Study.open(path) as again:
        session = session_of(again, codebook)
        assert session.entry.id == ids[3]
        assert session.undo() == 1
        assert session.entry.id == ids[2]
        assert session.undo() == 1
        assert (session.entry.id, in_force(again, ids[1])) == (ids[1], None)
        assert session.undo() == 0


def test_a_link_goes_to_the_report_that_the_coder_saw(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook)
    session.toggle("M")
    session.keep()
    session.no_code()
    session.toggle("1+")
    (target,) = session.candidates()
    assert target.id == ids[1]
    session.link(target)
    session.keep()
    (link,) = study.acts_in_force(ids, "K1", 1)[ids[3]].links
    assert (link.kind, link.target_id) == ("feedback", ids[1])


def test_a_message_without_a_code_that_links_has_no_candidates(coded, codebook):
    study, _ = coded
    session = session_of(study, codebook)
    session.toggle("M")
    session.keep()
    session.toggle("11+")
    assert session.candidates() == []


def test_the_same_again_repeats_the_last_decision(coded, codebook, in_force):
    study, ids = coded
    session = session_of(study, codebook)
    session.toggle("11+")
    session.keep()
    session.same_again()
    session.keep()
    assert in_force(study, ids[2]) == {"11+"}


def test_passing_a_decided_message_unchanged_is_no_new_decision(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook)
    session.toggle("M")
    session.keep()
    session.move(backward=True)
    assert (session.entry.id, session.codes) == (ids[1], {"M"})
    session.keep()
    assert len(study.history(ids[1])) == 1


def test_notices_are_confirmed_as_a_class_in_one_batch(coded, codebook, in_force):
    study, ids = coded
    session = session_of(study, codebook)
    assert bulk.confirm_notices(session) == 1
    assert in_force(study, ids[0]) == {"2+"}
    assert study.history(ids[0])[0].mode == "bulk"
    assert bulk.confirm_notices(session) == 0


def test_a_memo_with_a_number_is_refused(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook)
    assert session.add_memo("bel 06-12345678 even terug") is False
    assert session.add_memo("  ") is False
    assert session.add_memo("twijfel tussen 1+ en 8+") is True
    assert [m.text for m in study.memos(ids)[ids[1]]] == ["twijfel tussen 1+ en 8+"]


def test_skipped_messages_come_back_after_the_last(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook)
    session.next_open()
    for _ in range(7):
        session.keep()
    assert session.entry.id == ids[1]
    session.keep()
    assert session.finished


def test_an_empty_study_has_nothing_on_the_table(study, codebook):
    session = session_of(study, codebook)
    assert session.entry is None
    assert session.keep() is False
    assert session.undo() == 0


@pytest.mark.parametrize("command", ["undo", "take_over"])
def test_a_key_that_would_do_two_things_is_refused(codebook, command):
    with pytest.raises(CodebookError, match="'r' of M is taken by"):
        keymap(codebook, {command: "r"})
    with pytest.raises(
        CodebookError, match=f"'x' of none is taken by {command}|'x' of {command} is taken by none"
    ):
        keymap(codebook, {command: "x"})


def test_a_command_moves_to_another_key_and_help_says_so(codebook):
    keys = keymap(codebook, {"undo": "u", "keep": "space", "skip": "s"})
    assert (keys.commands["u"], keys.commands["space"], keys.commands["s"]) == ("undo", "keep", "skip")
    assert "backspace" not in keys.commands
    assert ("Space", "keep my codes, also if there are none, and go on") in keys.help()


def test_help_tells_every_command(codebook):
    keys = keymap(codebook)
    told = " ".join(key for key, _ in keys.help())
    assert all(keys.named(command) in told for command in COMMANDS.values() if command != "help")


def test_a_command_that_does_not_exist_is_named(codebook):
    with pytest.raises(CodebookError, match="'dance'"):
        keymap(codebook, {"dance": "z"})


def test_a_further_report_is_offered_the_first_of_its_incident(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook)
    for _ in range(3):
        session.toggle("M")
        for first in session.candidates()[:1]:
            session.link(first)
        session.keep()
    session.toggle("M")
    assert [entry.id for entry in session.candidates()] == [ids[1]]
    session.toggle("M")
    session.toggle("1+")
    assert [entry.id for entry in session.candidates()] == [ids[3], ids[2], ids[1]]


def test_a_link_goes_when_the_code_goes_that_asked_for_it(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook)
    session.toggle("M")
    session.keep()
    session.toggle("1+")
    session.toggle("M")
    session.link(session.candidates()[0])
    assert {link.kind for link in session.draft.links} == {"feedback", "incident"}
    session.toggle("1+")
    assert {link.kind for link in session.draft.links} == {"incident"}
    session.unlink()
    assert study.draft(ids[2], "K1", 1).links == ()


def test_what_the_machine_was_heard_on_is_never_stored_as_blind_again(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook, "second-reader")
    session.keep()
    session.keep()
    session.keep()
    session.move(backward=True)
    session.toggle("M")
    assert session.keep() is False
    last = study.history(ids[2])[-1]
    assert (last.mode, last.shown, last.codes) == ("assisted", ("M",), {"M"})
    again = session_of(study, codebook, "blind")
    again.go(ids[2])
    again.toggle("M")
    again.keep()
    assert study.history(ids[2])[-1].mode == "assisted"


def test_an_objection_that_was_left_unanswered_waits_on_the_message(coded, codebook, in_force):
    study, ids = coded
    session = session_of(study, codebook, "second-reader")
    session.keep()
    assert session.keep() is True
    session.next_open()
    assert session.objection == ()
    session.move(backward=True)
    assert session.objection == ("M",)
    session.take_over()
    assert in_force(study, ids[2]) == {"M"}
    session.go(ids[2])
    assert session.keep() is False
    assert len(study.history(ids[2])) == 2


def test_after_undo_the_machine_was_still_heard(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook, "second-reader")
    session.keep()
    session.keep()
    session.undo()
    assert (session.entry.id, session.objection) == (ids[2], ())
    session.toggle("M")
    assert session.keep() is False
    last = study.history(ids[2])[-1]
    assert (last.mode, last.shown) == ("assisted", ("M",))


def test_passing_an_assisted_decision_unchanged_is_no_new_decision(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook, "assisted")
    session.keep()
    session.keep()
    session.go(ids[2])
    session.keep()
    assert len(study.history(ids[2])) == 1


def test_a_draft_is_gone_once_the_decision_stands_as_it_was(coded, codebook):
    study, ids = coded
    session = session_of(study, codebook)
    session.no_code()
    session.go(ids[1])
    session.toggle("M")
    session.no_code()
    assert study.draft(ids[1], "K1", 1) is None
    session.go(ids[1])
    assert session.codes == set()


def test_the_same_again_without_a_decision_leaves_what_is_on_the_table(coded, codebook):
    study, _ = coded
    session = session_of(study, codebook)
    session.toggle("4+")
    assert session.same_again() is False
    assert session.codes == {"4+"}
    session.no_code()
    session.toggle("4+")
    assert session.same_again() is True
    assert session.codes == set()


def test_undoing_the_notices_leaves_the_coder_at_the_message(coded, codebook, in_force):
    study, ids = coded
    session = session_of(study, codebook)
    bulk.confirm_notices(session)
    assert session.undo() == 1
    assert session.entry.id == ids[1]
    assert in_force(study, ids[0]) is None


def test_a_group_of_notices_alone_has_nothing_to_decide(study, filled, codebook):
    study.use_codebook(codebook.hash, codebook.text)
    filled(study, messages=0)
    session = session_of(study, codebook)
    assert session.entry is None
    assert session.toggle("M") is False
    assert session.same_again() is False
    assert session.keep() is False


def test_a_busy_conversation_is_read_anew_only_near_its_edge(study, filled, codebook):
    study.use_codebook(codebook.hash, codebook.text)
    with study.transaction():
        ids = filled(study, messages=400)
    session = session_of(study, codebook)
    seen = set()
    for entry_id in ids[1:]:
        session.go(entry_id)
        assert session.entry.id == entry_id
        here = session.conversation
        assert any(entry.id == entry_id for entry in here)
        place = [entry.id for entry in here].index(entry_id)
        at_start, at_end = here[0].id == ids[0], here[-1].id == ids[-1]
        assert at_start or place >= 20
        assert at_end or len(here) - 1 - place >= 20
        seen.add((here[0].id, here[-1].id))
    assert len(seen) < 8


@pytest.mark.parametrize("way", ["blind", "second-reader", "assisted"])
def test_the_last_message_is_decided_once_and_counted_once(study, filled, codebook, way):
    study.use_codebook(codebook.hash, codebook.text)
    ids = filled(study, messages=1)
    study.put_suggestions(
        {ids[1]: Suggestions(frozenset({"M"}), {"M": 0.9})}, codebook_hash=codebook.hash, source="cues"
    )
    session = session_of(study, codebook, way)
    for _ in range(4):
        session.keep()
    assert session.finished
    assert session.objection == ()
    assert session.act is not None
    assert session.counts.reviewed == 1
    assert len(study.history(ids[1])) == (2 if way == "second-reader" else 1)


def test_a_codebook_may_use_no_key_of_a_command():
    assert {key for key in COMMANDS if len(key) == 1} <= COMMAND_KEYS
