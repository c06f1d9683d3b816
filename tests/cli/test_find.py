"""From words and counts to messages, and to what was noted."""

from __future__ import annotations

import json

import pytest

from chatcode.study.store import Study


def rows(shell, *words):
    return json.loads(shell.run("find", *words, "--json").stdout)["rows"]


@pytest.fixture
def coded(shell):
    shell.start("noord")
    shell.run(
        "review", "--coder", "K1", "--way", "blind", "--plain",
        stdin="r k\nt koffie erbij\n6 9 k\ne poster van koffie\nx\nr k\n",
    )  # fmt: skip
    return shell


def test_every_message_with_the_word_is_found_and_no_other(coded):
    found = [row["id"] for row in rows(coded, "KOFFIE") if row["kind"] == "message"]
    with Study.open(coded.folder / "s.study") as study:
        assert found == [e.id for e in study.entries() if "koffie" in e.text.casefold()]
        assert found


def test_memos_and_media_notes_are_found_with_their_message(coded):
    notes = [row for row in rows(coded, "koffie") if row["kind"] not in ("message", "system")]
    assert [(row["kind"], row["text"], row["member"]) for row in notes] == [
        ("memo (message)", "koffie erbij", "K1"), ("media", "poster van koffie", "K1"),
    ]  # fmt: skip
    assert notes == [
        row for row in rows(coded, "koffie", "--group", "Noord") if row["kind"] not in ("message", "system")
    ]


def test_a_count_of_the_report_leads_to_its_messages(coded):
    report = json.loads(coded.run("report", "--json").stdout)["rows"]
    counted = [row for row in report if row["code"] == "M" and row["messages"]]
    assert counted
    for row in counted:
        found = rows(coded, "--code", "M", "--group", row["group"], "--month", row["month"])
        assert len(found) == row["messages"]
        assert all("M" in one["codes"].split() for one in found)


def test_the_layer_of_several_coders_must_be_named_where_codes_are_asked(coded):
    coded.run("review", "--coder", "K2", "--way", "blind", "--plain", stdin="9 k\n")
    assert "several coders" in coded.run("find", "--code", "M", code=1).stderr
    assert [row["codes"] for row in rows(coded, "--code", "9+", "--coder", "K2")] == ["9+"]
    assert rows(coded, "koffie")


@pytest.mark.parametrize(
    ("words", "said"),
    [([], "what is to be found"), (["--code", "13+"], "no code"), (["--month", "maart"], "2021-03"),
     (["--group", "Oost"], "no group"), (["--role", "baas"], "no role")],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(coded, words, said):
    assert said in coded.run("find", *words, code=1).stderr


def test_no_more_are_told_than_wanted(coded):
    assert len(rows(coded, "--role", "beheerder", "--most", "3")) == 3
