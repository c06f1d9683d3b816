from __future__ import annotations

from chatcode.domain import Choice, Decision


def decide(study, entry_id, *codes, coder="K1", mode="blind", round_=1):
    decision = Decision(entry_id, tuple(Choice(c) for c in codes), mode=mode)
    study.confirm([decision], coder=coder, round_=round_, codebook_hash="test-codebook")


def codes(study, coder="K1", round_=1):
    acts, left_out = study.first_readings(coder, round_)
    return {entry_id: set(act.codes) for entry_id, act in acts.items()}, left_out


def test_what_a_coder_thought_better_of_alone_is_still_their_own_reading(study, filled):
    ids = filled(study)
    decide(study, ids[1], "M")
    decide(study, ids[1], "M", "8+")
    assert codes(study) == ({ids[1]: {"M", "8+"}}, 0)


def test_the_word_before_the_machine_counts_and_a_message_without_one_is_left_out(study, filled):
    ids = filled(study)
    decide(study, ids[1])
    decide(study, ids[1], "M", mode="assisted")
    decide(study, ids[2], "M", mode="assisted")
    decide(study, ids[3], "M", mode="bulk")
    assert codes(study) == ({ids[1]: set()}, 2)


def test_what_was_changed_after_it_was_settled_is_no_first_reading(study, filled):
    ids = filled(study)
    decide(study, ids[1], "M")
    decide(study, ids[1], "8+", coder="consensus", mode="adjudicated")
    decide(study, ids[1], "8+")
    decide(study, ids[2], "1+")
    assert codes(study) == ({ids[1]: {"M"}, ids[2]: {"1+"}}, 0)
    assert study.adjudicator() == "consensus"


def test_what_was_undone_is_no_reading(study, filled):
    ids = filled(study)
    assert study.adjudicator() is None
    decide(study, ids[1], "M")
    decide(study, ids[1], "7-")
    study.undo("K1", 1)
    assert codes(study) == ({ids[1]: {"M"}}, 0)
    study.undo("K1", 1)
    assert codes(study) == ({}, 0)


def test_a_next_round_is_read_anew_whatever_was_settled_before(study, filled):
    ids = filled(study)
    decide(study, ids[1], "M")
    decide(study, ids[1], "8+", coder="consensus", mode="adjudicated")
    decide(study, ids[1], "8+", round_=2)
    assert codes(study, round_=2) == ({ids[1]: {"8+"}}, 0)
    assert codes(study) == ({ids[1]: {"M"}}, 0)
