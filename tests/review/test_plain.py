from __future__ import annotations

import io

from chatcode.domain import Choice, Reason, Suggestions
from chatcode.review.plain import run_plain
from chatcode.review.session import Session


def review(study, codebook, *answers, way="blind"):
    out = io.StringIO()
    run_plain(Session(study, codebook, coder="K1", way=way), io.StringIO("\n".join(answers)), out)
    return out.getvalue()


def test_lines_become_acts(coded, codebook, in_force):
    study, ids = coded
    review(study, codebook, "r", "", "1 10", "k", "x", "-9 =", "", "q")
    assert in_force(study, ids[1]) == {"M"}
    assert in_force(study, ids[2]) == {"1+", "10+"}
    assert in_force(study, ids[3]) == set()
    assert in_force(study, ids[4]) == {"9-", "11+"}
    assert in_force(study, ids[5]) is None


def test_the_end_of_the_input_is_the_end_and_all_is_saved(coded, codebook, in_force):
    study, ids = coded
    review(study, codebook, "r k")
    assert in_force(study, ids[1]) == {"M"}


def test_kind_link_memo_and_undo(coded, codebook):
    study, ids = coded
    kind = codebook.manual("7-").sub_reasons[0]
    told = review(study, codebook, f"-7:{kind.key} r k", "1 l k", "t twijfel", "k", "u", "u", "q")
    acts = study.acts_in_force(ids, "K1", 1)
    assert acts[ids[1]].choices == (Choice("7-", kind.id), Choice("M"))
    assert ids[2] not in acts
    assert [memo.text for memo in study.memos(ids)[ids[3]]] == ["twijfel"]
    assert "Linked to" in told


def test_the_second_reader_speaks_in_a_line(coded, codebook, in_force):
    study, ids = coded
    told = review(study, codebook, "k", "k", "a", way="second-reader")
    assert "The machine would add M" in told
    assert in_force(study, ids[2]) == {"M"}


def test_what_is_no_answer_is_said_and_changes_nothing(coded, codebook):
    study, ids = coded
    told = review(study, codebook, "zz", "12", "-r", "l")
    assert told.count("is no answer here") == 3
    assert study.acts_in_force(ids, "K1", 1) == {}


def test_the_end_of_the_queue_is_said(study, filled, codebook):
    study.use_codebook(codebook.hash, codebook.text)
    filled(study, messages=1)
    assert "All messages are reviewed" in review(study, codebook, "k")


def test_a_link_is_taken_off_again(coded, codebook):
    study, ids = coded
    review(study, codebook, "r k", "1 l l0 k")
    assert study.acts_in_force(ids, "K1", 1)[ids[2]].links == ()


def test_undo_goes_on_after_a_restart(coded, codebook, in_force):
    study, ids = coded
    review(study, codebook, "r k", "4 k", "q")
    told = review(study, codebook, "u", "u", "u", "q")
    assert "Nothing left to undo" in told
    assert (in_force(study, ids[1]), in_force(study, ids[2])) == (None, None)


def test_a_chat_commands_no_terminal(study, filled, codebook):
    study.use_codebook(codebook.hash, codebook.text)
    ids = filled(study, messages=1)
    study.execute("UPDATE texts SET text = ? WHERE entry_id = ?", ("\x1b[2Jweg", ids[1]))
    told = review(study, codebook, "b", "q")
    assert "\x1b" not in told
    assert "weg" in told


def test_a_range_flags_notes_and_memos_line_by_line(coded, codebook, in_force):
    study, ids = coded
    told = review(
        study, codebook, "v 3 6 -9", "f", "e poster", "T theory weak ties", "T code 99 x", "v 2 zz", "u", "q"
    )
    assert "6+ 9- on 3 messages" in told
    assert all(in_force(study, i) is None for i in ids[1:4])
    assert len({act.batch for i in ids[1:4] for act in study.history(i)[:1]}) == 1
    assert study.flagged(ids, "K1") == {ids[4]}
    assert [note.text for note in study.media_notes(ids)[ids[4]]] == ["poster"]
    assert [(m.kind, m.text) for m in study.wider_memos()] == [("theory", "weak ties")]
    assert "a memo on a code names the code" in told
    assert "no code here; nothing was stored" in told


def test_going_about_line_by_line(coded, codebook):
    study, _ = coded
    told = review(
        study, codebook, "r k", "1 l k", "g 1", "o", "g nowhere", "/ code:1+", "/ role:x", "/", "queue",
        "months", "c", "q",
    )  # fmt: skip
    assert "bericht 1 [M]\n01 Oct 20:04 Deelnemer-02: bericht 2 [1+]" in told
    assert "names no place" in told
    assert "filter code:1+" in told
    assert "there is no role" in told
    assert "Noord 2020-10: reviewed 2 of 8" in told


def test_bulk_is_counted_and_then_done_line_by_line(coded, codebook, in_force):
    study, ids = coded
    told = review(study, codebook, "A yes", "A p>0.8", "A yes", "u", "q", way="assisted")
    assert "1 open messages (p>0.8)" in told
    assert "Saved: 1 messages" in told
    assert study.history(ids[2])[0].mode == "bulk"
    assert in_force(study, ids[2]) is None
    assert "suggestions are shown" in review(study, codebook, "A p>0.8", way="blind")


def test_what_two_rules_say_in_the_same_words_is_said_once(coded, codebook):
    study, ids = coded
    twice = (Reason("x", "bericht", 0, 7), Reason("y", "bericht", 0, 7), Reason("z", "1", 8, 9))
    study.put_suggestions(
        {ids[1]: Suggestions(frozenset({"M"}), {"M": 0.9}, {"M": twice})},
        codebook_hash=codebook.hash,
        source="cues",
    )
    told = review(study, codebook, "q", way="assisted")
    assert told.count("“bericht”") == 1
    assert "“1”" in told
