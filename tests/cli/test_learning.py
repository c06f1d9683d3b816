"""The loop by its commands, in this process: a made-up coder's habit that no cue knows is learned."""

from __future__ import annotations

import json
import os
import random
import time
from datetime import datetime, timedelta

import pytest
from typer.testing import CliRunner

from chatcode.bundled import codebook_path
from chatcode.cli.app import app
from chatcode.cli.guidance import Trainer
from chatcode.codebook import Codebook
from chatcode.domain import Choice, Decision, Entry, Member
from chatcode.errors import ChatcodeError
from chatcode.study.health import problems
from chatcode.study.store import Study
from chatcode.suggestion.audit import kept_apart

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

KINDS = {"M": ["paars", "groen", "turkoois"], "11+": ["peer", "mango", "kiwi"], "": ["lamp", "raam", "kast"]}
ALL, CODED = 90, 60


def entries(n, seed=1):
    """Messages of three words, eight to a conversation, with the code that the coder gives them."""
    draw = random.Random(seed)
    at = datetime(2020, 10, 1, 9)
    for i in range(n):
        code = draw.choice(["M", "11+", "", ""])
        text = f"{draw.choice(KINDS[''])} {draw.choice(KINDS[code])} {draw.choice(KINDS[''])}"
        at += timedelta(minutes=2 if i % 8 else 90)
        yield Entry(f"e{i:03}", "g", i, at, "message", text, member_id=f"m{i % 3}"), code


def make(path, n=ALL, coded=CODED):
    codebook = Codebook.load()
    made = list(entries(n))
    with Study.create(path) as study:
        study.use_codebook(codebook.hash, codebook.text)
        study.add_group("Noord", "Noord", "g")
        study.put_members([Member(f"m{i}", "Deelnemer", i + 1, frozenset({"deelnemer"})) for i in range(3)])
        study.add_entries([entry for entry, _ in made], [entry.id.encode() for entry, _ in made])
        review(study, made[:coded], codebook)
    return made


def review(study, made, codebook):
    study.confirm(
        [Decision(entry.id, (Choice(code),) if code else ()) for entry, code in made],
        coder="K1",
        round_=1,
        codebook_hash=codebook.hash,
    )


def run(path, *words):
    done = CliRunner().invoke(app, [*words, "--study", str(path)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def data(path, *words):
    return json.loads(run(path, *words, "--json").stdout)


@pytest.fixture(scope="module")
def learned(tmp_path_factory):
    """A study of 90 messages, 60 of them coded, in which was trained and suggested."""
    path = tmp_path_factory.mktemp("learned") / "s.study"
    made = make(path)
    trained = data(path, "train")
    run(path, "suggest")
    return path, made, trained


@pytest.fixture
def copied(learned, tmp_path):
    path = tmp_path / "s.study"
    path.write_bytes(learned[0].read_bytes())
    return path, learned[1], learned[2]


def test_what_the_coder_did_is_suggested_for_what_is_still_open(learned):
    path, made, trained = learned
    assert trained["card"]["messages"] == CODED
    assert trained["card"]["codes"]["M"] == sum(code == "M" for _, code in made[:CODED])
    with Study.open(path) as study:
        found = study.suggestions([entry.id for entry, _ in made[CODED:]])
        right = sum((code in found[entry.id].codes) for entry, code in made[CODED:] if code)
        assert right > 0.8 * sum(bool(code) for _, code in made[CODED:])
        assert study.suggestion_run()["source"] == f"cues and model {trained['id'][:8]}"


def test_a_model_is_listed_with_its_card_and_nothing_of_the_messages(learned):
    path, _, trained = learned
    listed = data(path, "models")
    assert listed["in_use"] == trained["id"]
    assert [(row["messages"], row["fits"]) for row in listed["rows"]] == [(CODED, True)]
    card = data(path, "models", "show", trained["id"][:8])
    assert {"hash", "codebook", "codings", "start", "seed", "versions", "codes"} <= card.keys()
    assert "paars" not in json.dumps(card)
    assert data(path, "models", "show", "starter")["id"] == "starter"


def test_the_starter_can_be_chosen_and_the_newest_again(copied):
    path, _, trained = copied
    run(path, "models", "use", "starter")
    assert data(path, "models")["in_use"] == "starter"
    run(path, "suggest")
    with Study.open(path) as study:
        assert study.suggestion_run()["source"] == "cues and starter model"
    run(path, "models", "use", trained["id"][:8])
    assert data(path, "models")["in_use"] == trained["id"]


def test_another_codebook_falls_back_to_the_starter_and_status_says_so(copied, tmp_path):
    path, _, trained = copied
    other = tmp_path / "other.yaml"
    text = codebook_path().read_text(encoding="utf-8")
    other.write_text(text.replace("words:\n", "words:\n  nieuw: [nieuw]\n", 1), encoding="utf-8")
    run(path, "codebook", "use", str(other))
    listed = data(path, "models")
    assert (listed["in_use"], listed["rows"][0]["fits"]) == ("starter", False)
    assert "another codebook" in listed["why"]
    assert any("trained with another codebook" in line for line in data(path, "status")["stale"])
    with pytest.raises(ChatcodeError, match="another codebook"):
        run(path, "models", "use", trained["id"])


def test_status_says_when_much_was_reviewed_since(copied):
    path, _, _ = copied

    def old():
        return [line for line in data(path, "status")["stale"] if "since the model" in line]

    more = list(entries(200, seed=1))
    assert old() == []
    with Study.open(path) as study:
        study.add_entries([e for e, _ in more[ALL:]], [e.id.encode() for e, _ in more[ALL:]])
        review(study, more[CODED : CODED + 51], Codebook.load())
    assert old() == ["51 messages were reviewed since the model was trained: chatcode train"]


def test_train_can_suggest_anew_and_leaves_reviewed_messages_alone(copied, monkeypatch):
    # What it does to its own process (priority, how it ends) is not for the one that tests.
    monkeypatch.setattr("chatcode.cli.train._step_back", lambda: None)
    path, made, _ = copied
    with Study.open(path) as study:
        before = study.suggestions([made[0][0].id])
        study.execute("DELETE FROM suggestions WHERE entry_id <> ?", (made[0][0].id,))
    run(path, "train", "--suggest", "--in-passing")
    with Study.open(path) as study:
        found = study.suggestions([entry.id for entry, _ in made])
        renewed = set(found) - {made[0][0].id}
        assert {entry.id for entry, code in made[CODED:] if code} <= renewed
        assert renewed <= {entry.id for entry, _ in made[CODED:]}
        assert found[made[0][0].id] == before[made[0][0].id]
        assert [model.by_hand for model in study.models()] == [True, False]


def test_nothing_reviewed_is_told_and_nothing_stored(tmp_path):
    path = tmp_path / "s.study"
    make(path, n=10, coded=0)
    with pytest.raises(ChatcodeError, match="nothing is reviewed"):
        run(path, "train")
    with Study.open(path) as study:
        assert study.models() == []


# ── judging ──


def test_evaluate_judges_out_of_sample_with_intervals_and_baselines(learned):
    path, made, _ = learned
    found = data(path, "evaluate", "--least", "8")
    assert (found["scheme"], found["messages"]) == ("grouped", CODED)
    rows = {row["code"]: row for row in found["rows"]}
    assert len(rows) == 23
    report = rows["M"]
    assert {"code", "n", "precision", "recall", "f1", "ap"} <= report.keys()
    assert report["n"] == sum(code == "M" for _, code in made[:CODED])
    assert report["f1_low"] <= report["f1"] <= report["f1_high"]
    assert report["f1"] > report["rules_f1"] + 0.3
    assert report["ap"] > report["prior"] + 0.3
    assert (rows["7-"]["n"], rows["7-"]["f1"], rows["7-"]["note"]) == (0, None, "too few examples")
    assert found["micro_f1"] > found["starter"]["micro_f1"]


def test_only_blind_readings_of_the_share_kept_apart_carry_the_claim(copied):
    path, made, _ = copied
    with Study.open(path) as study:
        study.set_audit_share(0.5)
        seed = study.settings().id
        apart = [entry for entry, _ in made[:CODED] if kept_apart(entry.id, 0.5, seed)]
        # The coder was talked round on one of them, and saw the machine first on another.
        for entry, mode in ((apart[0], "assisted"), (apart[1], "assisted")):
            study.confirm(
                [Decision(entry.id, (Choice("9-"),), (), mode, ("9-",))],
                coder="K1",
                round_=1,
                codebook_hash=Codebook.load().hash,
            )
    claim = data(path, "evaluate", "--scheme", "time", "--least", "3")["claim"]
    assert claim["share"] == 0.5
    rows = {row["code"]: row for row in claim["rows"]}
    assert 0 < claim["messages"] <= len(apart)
    assert rows["9-"]["n"] == 0
    with Study.open(path) as study:
        study.set_audit_share(0)
    assert data(path, "evaluate", "--scheme", "time")["claim"]["messages"] == 0


def test_one_group_cannot_be_judged_by_the_others(learned):
    with pytest.raises(ChatcodeError, match="one group only"):
        run(learned[0], "evaluate", "--scheme", "chat")


# ── beside the review ──


def plain_review(path, *words, keys="\n" * 3):
    done = CliRunner().invoke(
        app, ["review", "--coder", "K1", "--plain", "--study", str(path), *words], input=keys
    )
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_review_takes_the_order_and_the_share_that_are_asked(copied):
    path, made, _ = copied
    plain_review(path, "--order", "audit", "--audit-share", "0.5", "--way", "assisted", "--no-train")
    with Study.open(path) as study:
        assert study.audit_share() == 0.5
        seed = study.settings().id
        acts = study.acts_in_force([entry.id for entry, _ in made[CODED:]], "K1", 1)
        assert acts
        assert all(kept_apart(i, 0.5, seed) and act.mode == "blind" for i, act in acts.items())
    with pytest.raises(ChatcodeError, match="no order"):
        plain_review(path, "--order", "alphabet")
    with pytest.raises(ChatcodeError, match="order of their own"):
        plain_review(path, "--order", "uncertain", "--recode")


def test_training_beside_the_review_waits_for_enough_acts_and_loses_none(copied):
    path, made, _ = copied
    trainer = Trainer(path, "K1", 5)
    assert [trainer.after(acts) for acts in range(5)] == [False] * 5
    with Study.open(path) as study:
        assert len(study.models()) == 1
        assert trainer.after(5) is False
        # The coder goes on while it learns; nothing waits and nothing is lost.
        came = False
        for entry, code in made[CODED:]:
            review(study, [(entry, code)], Codebook.load())
        while not came:
            time.sleep(0.2)
            came = trainer.after(5)
        assert len(study.acts_in_force([entry.id for entry, _ in made], "K1", 1)) == ALL
        assert [model.by_hand for model in study.models()] == [True, False]
        assert study.suggestion_run()["source"] == f"cues and model {study.models()[-1].short}"
        assert problems(study) == []


def test_leaving_the_review_ends_the_training_and_leaves_a_sound_study(copied):
    path, _, _ = copied
    trainer = Trainer(path, "K1", 1)
    trainer.after(1)
    time.sleep(0.5)
    trainer.stop()
    trainer.stop()
    assert [p.name for p in path.parent.iterdir()] == ["s.study"]
    with Study.open(path) as study:
        assert problems(study) == []
        assert trainer.after(1) is False


# ── rules from codings ──


def test_rules_are_proposed_by_ids_and_texts_come_only_when_asked(learned):
    path, made, _ = learned
    rows = data(path, "codebook", "suggest-rules", "11+")["rows"]
    assert {row["rule"] for row in rows} & set(KINDS["11+"])
    assert all("texts" not in row for row in rows)
    ids = {entry.id for entry, code in made if code == "11+"}
    assert all(set(row["examples"]) <= ids and row["precision"] >= 0.4 for row in rows)
    assert data(path, "codebook", "suggest-rules", "11+", "--texts")["rows"][0]["texts"]


def test_accepted_rules_are_written_to_a_new_codebook_that_is_sound(copied, tmp_path):
    path, _, _ = copied
    new = tmp_path / "new.yaml"
    rule = data(path, "codebook", "suggest-rules", "11+")["rows"][0]["rule"]
    run(path, "codebook", "suggest-rules", "11+", "--accept", "1", "--out", str(new))
    assert (rule,) in [cue.any for cue in Codebook.load(new).manual("11+").cues]
    run(path, "codebook", "use", str(new))
    with pytest.raises(ChatcodeError, match="there already"):
        run(path, "codebook", "suggest-rules", "11+", "--accept", "1", "--out", str(new))
    with pytest.raises(ChatcodeError, match="no rule number 99"):
        run(path, "codebook", "suggest-rules", "11+", "--accept", "99", "--out", str(tmp_path / "x.yaml"))
    with pytest.raises(ChatcodeError, match="belong together"):
        run(path, "codebook", "suggest-rules", "11+", "--accept", "1")
    with pytest.raises(ChatcodeError, match="needed to find"):
        run(path, "codebook", "suggest-rules", "9-")


def test_embeddings_that_are_not_there_are_told_and_nothing_is_stored(copied):
    path = copied[0]
    with Study.open(path) as study:
        before = len(study.models())
    with pytest.raises(ChatcodeError, match="nergens: there is no folder with sentence embeddings"):
        run(path, "train", "--sentences", "nergens")
    with Study.open(path) as study:
        assert len(study.models()) == before
