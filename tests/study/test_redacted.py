from __future__ import annotations

import time

from chatcode.domain import Choice, Decision, Reason, Suggestions


def suggested(study, ids):
    reason = Reason("cue", "Bolle gezien")
    one = Suggestions(frozenset({"M"}), {"M": 0.9}, {"M": (reason,)})
    study.put_suggestions(dict.fromkeys(ids, one), codebook_hash="test-codebook", source="cues")


def test_a_new_text_is_a_new_version_and_the_old_words_are_nowhere_in_the_file(study, filled):
    ids = filled(study)
    study.renew_texts({ids[1]: "Zwirbelkamp liep langs"})
    study.renew_texts({ids[1]: "[persoon-1] liep langs"})
    assert study.entry(ids[1]).text == "[persoon-1] liep langs"
    rows = study.rows("SELECT version, text FROM texts WHERE entry_id = ? ORDER BY version", (ids[1],))
    assert rows == [(1, ""), (2, ""), (3, "[persoon-1] liep langs")]
    study.close()
    assert b"Zwirbelkamp" not in study.path.read_bytes()


def test_models_lose_what_they_learned_from_the_old_words(study, filled):
    ids = filled(study)
    study.add_model(b"Zwirbelkamp", {}, coder="K1", codebook_hash="test-codebook", messages=9)
    study.renew_texts({})
    assert study.models()[0].size
    study.renew_texts({ids[1]: "[persoon-1] liep langs"})
    assert not study.models()[0].size
    study.close()
    assert b"Zwirbelkamp" not in study.path.read_bytes()


def test_acts_stay_and_the_suggestions_of_what_changed_go(study, filled):
    ids = filled(study)
    study.confirm([Decision(ids[1], (Choice("M"),))], coder="K1", round_=1, codebook_hash="test-codebook")
    suggested(study, ids)
    assert study.renewed_since_suggested() == 0
    time.sleep(0.002)  # moments are kept to the millisecond, and commands come further apart
    study.renew_texts({ids[1]: "iets anders"})
    assert study.renewed_since_suggested() == 1
    assert set(study.suggestions(ids)) == set(ids) - {ids[1]}
    assert study.acts_in_force([ids[1]], "K1", 1)[ids[1]].codes == {"M"}
    suggested(study, ids)
    assert study.renewed_since_suggested() == 0


def test_a_second_look_keeps_counts_and_the_latest_one_is_told(study, filled):
    ids = filled(study)
    assert study.look() is None
    look = study.start_look([ids[2], ids[1]], seed=7, population=3)
    study.add_finding(look, ids[2], {})
    study.add_finding(look, ids[1], {"name": 2})
    told = study.look()
    assert (told.seed, told.population, told.entry_ids) == (7, 3, (ids[2], ids[1]))
    assert (told.seen, told.leaking) == (2, 1)
    study.start_look([ids[1]], seed=8, population=3)
    assert study.look().seen == 0


def test_a_finding_is_taken_back_one_by_one_and_can_be_made_again(study, filled):
    ids = filled(study)
    look = study.start_look(ids[1:3], seed=7, population=3)
    study.add_finding(look, ids[1], {"name": 1})
    study.add_finding(look, ids[2], {"plate": 1})
    assert study.undo_finding(look) == ids[2]
    assert study.look().findings == {ids[1]: {"name": 1}}
    study.add_finding(look, ids[2], {})
    assert study.look().leaking == 1
    assert [study.undo_finding(look) for _ in range(3)] == [ids[2], ids[1], None]
