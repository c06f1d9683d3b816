"""Quotes: drawn, checked, signed for; in the note only what stands."""

from __future__ import annotations

import json

import pytest

from chatcode.cli.options import codebook_of
from chatcode.domain import Choice, Decision
from chatcode.study.store import Study


@pytest.fixture
def coded(inside):
    """West with every message coded as a report by one coder and, where an official wrote it, as 1+."""
    with Study.open(inside.folder / "s.study") as study:
        members = study.members()
        official = (Choice("1+"), Choice("M"))
        said = [entry for entry in study.entries() if entry.kind == "message"]
        decisions = [
            Decision(e.id, official if "professional" in members[e.member_id].roles else official[1:])
            for e in said
        ]
        study.confirm(decisions, coder="K1", round_=1, codebook_hash=codebook_of(study).hash)
    return inside


def drawn(shell, code="M", *more):
    return json.loads(shell.run("quotes", "draw", "--code", code, "--json", *more).stdout)["rows"]


def fit(shell):
    """A message that may be quoted as it is."""
    return next(row for row in drawn(shell, "M", "--n", 60) if not row["hits"] and row["sharing"] >= 3)


def test_a_draw_can_be_done_again_and_shows_what_speaks_against_each(coded):
    first = drawn(coded, "M", "--seed", 4)
    assert first == drawn(coded, "M", "--seed", 4)
    assert first != drawn(coded, "M", "--seed", 5)
    assert set(first[0]) == {"message", "role", "place", "month", "sharing", "hits", "flags", "text"}
    with Study.open(coded.folder / "s.study") as study:
        assert study.log()[-1]["details"] == {"code": "M", "n": 6, "seed": 5, "case": None}


def test_a_verbatim_quote_is_kept_with_who_signed_and_stands_in_the_note(coded):
    with Study.open(coded.folder / "s.study") as study:
        entry = next(
            e for e in study.entries()
            if e.kind == "message" and "deelnemer" in study.members()[e.member_id].roles
        )  # fmt: skip
        study.execute(
            "UPDATE texts SET text = ? WHERE entry_id = ?",
            ("[persoon-3] staat te kijken in de Vinkenstraat", entry.id),
        )
        study.confirm(
            [Decision(entry.id, (Choice("8+"),))], coder="K1", round_=1,
            codebook_hash=codebook_of(study).hash,
        )  # fmt: skip
    coded.run("quotes", "add", entry.id, "--code", "8+", "--by", "M. Onderzoeker", "--verbatim")
    (quote,) = json.loads(coded.run("quotes", "list", "--json").stdout)["rows"]
    assert quote["text"] == "[persoon] staat te kijken in de [straat]"
    assert (quote["kind"], quote["by"], quote["sharing"] >= 3) == ("verbatim", "M. Onderzoeker", True)
    note = coded.run("note", "--json").stdout
    assert "staat te kijken" in note
    assert "in de woorden van de schrijver" in note
    assert "M. Onderzoeker" not in note
    coded.run("note", "--out", "n.docx", "--out", "n.html", key=True)
    coded.run("quotes", "list", "--out", "q.md", "--out", "q.html", key=True)
    assert "anoniem" not in (coded.folder / "q.md").read_text(encoding="utf-8")
    coded.run("quotes", "withdraw", quote["number"], "--by", "M. Onderzoeker")
    assert "staat te kijken" not in coded.run("note", "--json").stdout
    assert "no quote" in coded.run("quotes", "withdraw", quote["number"], "--by", "X", code=1).stderr


def test_a_sole_official_is_retold_or_has_agreed_in_writing(coded):
    row = drawn(coded, "1+", "--n", 60)[0]
    assert row["sharing"] < 3
    done = coded.run("quotes", "add", row["message"], "--code", "1+", "--by", "M", "--verbatim", code=1)
    assert "--approval" in done.stderr
    coded.run(
        "quotes", "add", row["message"], "--code", "1+", "--by", "M", "--paraphrase", "-",
        stdin="Een professional\nbedankt de melders.",
    )  # fmt: skip
    (quote,) = json.loads(coded.run("quotes", "list", "--json").stdout)["rows"]
    assert (quote["text"], quote["kind"]) == ("Een professional bedankt de melders.", "paraphrase")
    assert (quote["role"], quote["place"], quote["month"]) == ("", "", "")
    assert "naverteld" in coded.run("note", "--json").stdout
    clean = next(r for r in drawn(coded, "1+", "--n", 60) if not r["hits"])
    approved = ("--verbatim", "--approval", "brief in map 3")
    coded.run("quotes", "add", clean["message"], "--code", "1+", "--by", "M", *approved)
    (_, quote) = json.loads(coded.run("quotes", "list", "--json").stdout)["rows"]
    assert (quote["approval"], quote["place"], quote["month"]) == ("brief in map 3", "", "")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "whose words"),
        (("--verbatim", "--paraphrase", "-"), "not both"),
        (("--paraphrase", "weg.txt"), "cannot be read"),
        (("--code", "2+", "--verbatim"), "not coded 2+"),
        (("--code", "99+", "--verbatim"), "no code"),
        (("--by", " ", "--verbatim"), "must sign"),
        (("--approval", "bel 06-12345678", "--verbatim"), "--approval"),
    ],
)
def test_what_is_wrong_keeps_nothing(coded, more, said):
    row = fit(coded)
    given = {"--code": "M", "--by": "M"}
    extra = list(more)
    for name in ("--code", "--by"):
        if name in extra:
            place = extra.index(name)
            given[name] = extra[place + 1]
            del extra[place : place + 2]
    words = [word for pair in given.items() for word in pair]
    done = coded.run("quotes", "add", row["message"], *words, *extra, code=1)
    assert said in done.stderr
    assert "06-12345678" not in done.stderr
    assert json.loads(coded.run("quotes", "list", "--json").stdout)["rows"] == []


def test_a_retold_quote_that_is_the_message_or_holds_a_number_is_refused(coded):
    row = fit(coded)
    for said, told in ((row["text"], "the message itself"), ("bel 06-12345678", "the paraphrase")):
        done = coded.run(
            "quotes",
            "add",
            row["message"],
            "--code",
            "M",
            "--by",
            "M",
            "--paraphrase",
            "-",
            stdin=said,
            code=1,
        )
        assert told in done.stderr


def test_a_message_with_what_looks_like_a_number_is_not_quoted_as_it_is(coded):
    row = fit(coded)
    with Study.open(coded.folder / "s.study") as study:
        (entry,) = (e for e in study.entries() if e.id.startswith(row["message"]))
        study.execute("UPDATE texts SET text = 'bel 06-12345678 snel' WHERE entry_id = ?", (entry.id,))
    done = coded.run("quotes", "add", row["message"], "--code", "M", "--by", "M", "--verbatim", code=1)
    assert "telefoon" in done.stderr
    assert "12345678" not in done.stderr


def test_a_name_in_a_retold_quote_is_stopped_at_the_door(coded):
    row = fit(coded)
    coded.run(
        "quotes", "add", row["message"], "--code", "M", "--by", "M", "--paraphrase", "-",
        stdin="Ruud Hollander vertelt het.",
    )  # fmt: skip
    done = coded.run("quotes", "list", "--out", "q.md", key=True, code=3)
    assert "Hollander" not in done.stderr
    assert not (coded.folder / "q.md").exists()


def test_a_purge_takes_quotes_too(coded):
    row = fit(coded)
    coded.run("quotes", "add", row["message"], "--code", "M", "--by", "M", "--verbatim")
    coded.run("purge", "--group", "West", "--yes", key=True)
    assert json.loads(coded.run("quotes", "list", "--json").stdout)["rows"] == []
    assert row["text"].encode() not in (coded.folder / "s.study").read_bytes()


def test_quotes_are_never_changed(coded):
    row = fit(coded)
    coded.run("quotes", "add", row["message"], "--code", "M", "--by", "M", "--verbatim")
    with Study.open(coded.folder / "s.study") as study:
        for statement in ("UPDATE quotes SET by = 'X'", "UPDATE quotes SET text = 'X'", "DELETE FROM quotes"):
            with pytest.raises(Exception, match="append-only"):
                study.execute(statement)


def test_the_study_says_how_many_must_share_and_a_call_may_only_ask_for_more(coded):
    few = drawn(coded, "M", "--n", 60)
    coded.run("init", "s.study", "--update", "--quotes-least", 40)
    assert drawn(coded, "M", "--n", 60) != few
    assert drawn(coded, "M", "--n", 60) == drawn(coded, "M", "--n", 60, "--least", 40)
    done = coded.run("quotes", "draw", "--code", "M", "--least", 3, code=1)
    assert "this study asks for 40 people, not 3" in done.stderr
    assert drawn(coded, "M", "--least", 50)
    with Study.open(coded.folder / "s.study") as study:
        assert study.accountability().quotes_least == 40


def test_the_report_says_how_the_data_are_dealt_with(coded):
    coded.run("init", "s.study", "--update", "--legal-basis", "AVG 6 lid 1 onder e", "--quotes-least", 4)
    coded.run("report", "--out", "r.md", "--lang", "en")
    said = (coded.folder / "r.md").read_text(encoding="utf-8")
    assert "AVG 6 lid 1 onder e" in said
    assert "at least 4 people share" in said
    assert "Nobody looked at a sample" in said
