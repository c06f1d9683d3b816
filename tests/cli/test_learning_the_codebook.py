"""How coders learn the codebook, and how it changes while they work."""

from __future__ import annotations

import json

import pytest

from chatcode.bundled import codebook_path
from chatcode.study.store import Study

BLIND = ("--way", "blind", "--plain")


def following(shell):
    return json.loads(shell.run("status", "--json").stdout)["next"]


def test_practice_leaves_the_score_and_nothing_else(shell):
    shell.run("init", "s.study")
    answers = "r\nk\nk\n" + "x\nk\n" * 12
    done = shell.run("practice", "--coder", "K1", "--messages", "10", "--json", stdin=answers)
    told = json.loads(done.stdout)
    assert 0 < told["messages"] <= 10
    assert set(told["rows"][0]) == {"code", "name", "both", "missed", "too_many"}
    shell.run("practice", "--coder", "K1", "--messages", "10", stdin="x\nk\n" * 11)
    with Study.open(shell.folder / "s.study") as study:
        first, second = study.practices()
        assert (first.coder, first.chat, first.messages, first.agreed) == (
            "K1", "D1", told["messages"], told["agreed"],
        )  # fmt: skip
        assert second.chat == "D2"
        assert study.entries() == []
        assert study.coders() == []


def test_without_an_answer_no_practice_was_done(shell):
    shell.run("init", "s.study")
    shell.run("practice", "--coder", "K1", stdin="q\n")
    assert "no practice chat" in shell.run("practice", "--coder", "K1", "--chat", "D9", code=1).stderr
    with Study.open(shell.folder / "s.study") as study:
        assert study.practices() == []


def test_status_leads_through_the_training_and_keeps_what_was_passed_over(shell):
    shell.start("noord")
    assert following(shell).startswith("chatcode practice")
    shell.run("practice", "--coder", "K1", "--messages", "5", stdin="x\nk\n" * 6)
    assert "--way blind" in following(shell)
    for coder in ("K1", "K2"):
        shell.run("review", "--coder", coder, *BLIND, stdin="x\n" * 55)
    assert "agree" in following(shell)
    shell.run("agree")
    assert "memo" in following(shell)
    shell.run("memo", "no code for thanks alone", "--code", "1+", "--coder", "K1")
    assert "codebook use" in following(shell)
    assert "for a reason" in shell.run("status", "--skip", "codebook", code=1).stderr
    shell.run("status", "--skip", "codebook", "--because", "nothing to change", "--by", "K1")
    shell.run("status", "--skip", "recode", "--because", "nothing changed", "--by", "K1")
    assert following(shell) == "chatcode suggest"
    steps = json.loads(shell.run("status", "--json").stdout)["training"]
    assert [step["state"] for step in steps] == ["done"] * 4 + ["skipped"] * 2
    told = shell.run("method", "--coder", "K1", "--json").stdout
    assert "K1 oefende op een synthetische chat" in told
    assert "overgeslagen: het in het codeboek zetten. Reden volgens K1: nothing to change" in told
    with Study.open(shell.folder / "s.study") as study:
        assert [(one.step, one.reason) for one in study.skipped_steps()] == [
            ("codebook", "nothing to change"), ("recode", "nothing changed"),
        ]  # fmt: skip


def test_suggestions_before_the_training_are_noted(shell):
    shell.start("noord")
    shell.run("suggest", "--cues-only")
    assert "before these steps of the training: practice" in shell.run("status").stderr
    assert following(shell).startswith("chatcode review")
    assert "no step" in shell.run("status", "--skip", "sleep", code=1).stderr


@pytest.fixture
def changed_book(shell):
    text = codebook_path().read_text(encoding="utf-8")
    old = "The writer brings something new that they noticed themselves"
    path = shell.folder / "new.yaml"
    path.write_text(text.replace(old, "The writer tells of something seen"), encoding="utf-8")
    return path


def test_a_changed_definition_brings_back_what_it_touches_and_keeps_what_was(shell, changed_book):
    shell.start("noord")
    shell.run("review", "--coder", "K1", *BLIND, stdin="r k\n6 k\nr 9 k\nx\n")
    kept = json.loads(shell.run("memo", "M is too wide", "--code", "M", "--coder", "K1", "--json").stdout)[
        "rows"
    ][0]["id"]
    done = shell.run("codebook", "use", changed_book, "--memo", kept, "--json")
    rows = json.loads(done.stdout)["rows"]
    assert [(row["codes"], row["touched_by"]) for row in rows] == [("M", "M"), ("9+ M", "M")]
    assert "review --recode --coder K1" in done.stderr
    diff = json.loads(shell.run("codebook", "diff", "--json").stdout)["rows"]
    assert [(row["code"], row["part"], row["recode"]) for row in diff] == [("M", "include", True)]
    shell.run("review", "--coder", "K1", "--recode", *BLIND, stdin="k\nr k\n")
    with Study.open(shell.folder / "s.study") as study:
        current = study.codebook_text()[0]
        first, second = study.history(rows[0]["message_id"])
        assert (first.codes, second.codes) == ({"M"}, {"M"})
        assert first.codebook_hash != second.codebook_hash == current
        assert study.history(rows[1]["message_id"])[-1].codes == {"9+"}
        (change,) = study.codebook_changes()
        assert (change.reason, change.by) == ("M is too wide", "K1")
        assert change.memo_id.startswith(kept)
    assert "no decision of K1" in shell.run("review", "--coder", "K1", "--recode", *BLIND, code=1).stderr
    kinds = [row["kind"] for row in json.loads(shell.run("memo", "--json").stdout)["rows"]]
    assert kinds == ["code", "codebook"]


def test_a_codebook_is_changed_by_somebody_and_compared_with_what_is_there(shell, changed_book):
    shell.start("noord")
    shell.run("review", "--coder", "K1", *BLIND, stdin="x\n")
    assert "one codebook only" in shell.run("codebook", "diff", code=1).stderr
    assert "who changes" in shell.run("codebook", "use", changed_book, "--reason", "why", code=1).stderr
    assert "no codebook" in shell.run("codebook", "diff", "nothing", code=1).stderr
    assert "memos" in shell.run("codebook", "use", changed_book, "--memo", "zz", code=1).stderr
    rows = json.loads(shell.run("codebook", "diff", "bundled", changed_book, "--json").stdout)["rows"]
    assert len(rows) == 1
    assert "no reason" in shell.run("codebook", "use", changed_book).stderr


def test_the_logbook_is_kept_by_date_and_leaves_by_the_door(shell):
    shell.start("noord")
    for words in (["--method"], ["--theory"], ["--case", "Noord"], ["--code", "7-"]):
        shell.run("memo", "een gedachte", *words, "--coder", "K1")
    found = json.loads(shell.run("find", "koffie", "--json").stdout)["rows"]
    shell.run("memo", "bij dit bericht", "--message", found[0]["id"], "--coder", "K2")
    rows = json.loads(shell.run("memo", "--json").stdout)["rows"]
    assert [(row["kind"], row["about"]) for row in rows[:4]] == [
        ("method", ""), ("theory", ""), ("case", "Noord"), ("code", "7-"),
    ]  # fmt: skip
    assert rows[4]["message_id"] == found[0]["id"]
    only = json.loads(shell.run("memo", "--coder", "K2", "--json").stdout)["rows"]
    assert [row["text"] for row in only] == ["bij dit bericht"]
    shell.run("memo", "--out", "logboek.md", key=True)
    text = (shell.folder / "logboek.md").read_text(encoding="utf-8")
    assert "een gedachte" in text
    assert "methode (K1)" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [(["bel 0612345678", "--method"], "looks like"), (["x"], "on one thing"),
     (["x", "--code", "12+"], "no code"), (["x", "--case", "Oost"], "no case"),
     (["x", "--message", "zz"], "no message"), ([" ", "--theory"], "empty"),
     (["x", "--theory", "--method"], "on one thing")],
)  # fmt: skip
def test_a_memo_that_cannot_be_kept_changes_nothing(shell, words, said):
    shell.run("init", "s.study")
    assert said in shell.run("memo", *words, "--coder", "K1", code=1).stderr
    with Study.open(shell.folder / "s.study") as study:
        assert study.logbook() == []
