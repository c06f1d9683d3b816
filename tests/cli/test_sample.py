from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

import pytest

from chatcode.codebook import Codebook
from chatcode.domain import Choice, Decision, Entry, Member
from chatcode.study.store import Study


@pytest.fixture
def whole(shell):
    """A group of four months, two of them the baseline: forty conversations of three messages."""
    shell.run(
        "init", "s.study", "--period", "2020-11-01", "2021-01-01", "--baseline", "2020-09-01", "2020-11-01"
    )
    with Study.open(shell.folder / "s.study") as study, study.transaction():
        codebook = Codebook.load()
        study.use_codebook(codebook.hash, codebook.text)
        study.add_group("Noord", "Noord", "g")
        study.put_members([Member("m", "Deelnemer", 1, frozenset({"deelnemer"}))])
        start = datetime(2020, 9, 1, 12)
        entries = [
            Entry(
                f"e{n}", "g", n, start + timedelta(days=3 * (n // 3), minutes=n % 3), "message", f"tekst {n}",
                member_id="m",
            )
            for n in range(120)
        ]  # fmt: skip
        study.add_entries(entries, [entry.id.encode() for entry in entries])
        study.add_export("g", b"x", datetime(2020, 9, 1), datetime(2020, 12, 31), {"style": "test"})
    return [entry.id for entry in entries]


def code(shell, coder, ids, codes="", round_=1):
    with Study.open(shell.folder / "s.study") as study:
        choices = tuple(Choice(c) for c in codes.split())
        study.confirm(
            [Decision(i, choices) for i in ids], coder=coder, round_=round_,
            codebook_hash=study.codebook_text()[0],
        )  # fmt: skip


def drawn(shell, *words):
    return json.loads(shell.run("sample", *words, "--json").stdout)


def test_a_sample_is_drawn_reviewed_in_its_order_and_stands_for_everything(shell, whole):
    told = drawn(shell, "--share", "0.1", "--coder", "K1", "--coder", "K2", "--double", "0.5", "--seed", "3")
    assert (told["of_units"], told["of_messages"]) == (40, 120)
    assert told["messages"] == 3 * told["units"]
    short = told["sample"][:8]
    weights = drawn(shell, "--weights", short)["rows"]
    assert sum(row["weight"] for row in weights) == pytest.approx(40)
    assert {row["phase"] for row in weights} == {"baseline", "period"}
    refused = shell.run("review", "--coder", "K3", "--sample", short, "--plain", code=1)
    assert "is not for K3" in refused.stderr
    for coder in ("K1", "K2"):
        mine = told["coders"][coder]["messages"]
        done = shell.run(
            "review", "--coder", coder, "--way", "blind", "--sample", short, "--plain",
            stdin="r\nk\n" * mine + "q\n",
        )  # fmt: skip
        assert f"{mine} of {mine} messages reviewed" in done.stderr
    rows = drawn(shell, "--estimates", short)["rows"]
    reports = {row["phase"]: row for row in rows if row["code"] == "M"}
    for phase, row in reports.items():
        units = [u for u in weights if u["phase"] == phase]
        assert row["seen"] == 3 * len(units)
        # Every message is a report, so every conversation has three: nothing is unsure.
        assert row["messages"] == pytest.approx(3 * sum(u["weight"] for u in units))
        assert row["messages_low"] == pytest.approx(row["messages_high"])
    told_again = json.loads(shell.run("report", "--coder", "K1", "--json").stdout)["estimates"]
    assert {row["phase"]: row["messages"] for row in told_again if row["code"] == "M"} == {
        phase: row["messages"] for phase, row in reports.items()
    }
    listed = drawn(shell)["rows"]
    assert [(row["reviewed"], row["messages"]) for row in listed] == [(told["messages"], told["messages"])]


def test_what_is_not_reviewed_is_not_estimated(shell, whole):
    short = drawn(shell, "--share", "0.3", "--unit", "week")["sample"][:8]
    done = shell.run("sample", "--estimates", short)
    assert "nothing is estimated for Noord baseline: less than 95 %" in done.stderr


def test_earlier_conversations_come_back_blind_in_a_pass_of_their_own(shell, whole):
    assert "no codings by K1" in shell.run("sample", "--retest", "K1", "--share", "0.2", code=1).stderr
    code(shell, "K1", whole[:60], "M")
    told = drawn(shell, "--retest", "K1", "--share", "0.1")
    assert told["of_units"] == 20
    short = told["sample"][:8]
    assert "--round 2" in shell.run("review", "--coder", "K1", "--sample", short, "--plain", code=1).stderr
    shell.run(
        "review", "--coder", "K1", "--round", "2", "--sample", short, "--plain",
        stdin="r\nk\n" * told["messages"] + "q\n",
    )  # fmt: skip
    agreed = json.loads(shell.run("agree", "--retest", "K1", "--json").stdout)
    assert agreed["messages"] == told["messages"]
    assert "says nothing of all messages" in shell.run("sample", "--estimates", short, code=1).stderr


def test_hours_are_told_at_the_coders_own_pace(shell, whole):
    short = drawn(shell, "--share", "0.3", "--coder", "K1")["sample"][:8]
    assert "nobody has coded yet" in shell.run("plan", "coding").stderr
    for entry_id in whole[:25]:
        code(shell, "K1", [entry_id])
    code(shell, "K1", whole[25:30])
    rows = json.loads(shell.run("plan", "coding", "--share", "0.5", "--json").stdout)["rows"]
    assert [row["what"] for row in rows] == ["everything", "a share of 0.5", f"sample {short}"]
    assert (rows[1]["messages"], rows[1]["open"]) == (60, 60)
    assert (rows[0]["messages"], rows[0]["open"]) == (120, 90)
    assert rows[0]["hours"] == pytest.approx(90 * rows[0]["seconds"] / 3600)
    assert rows[0]["decisions"] == 25


def test_wrong_wishes_are_said_in_one_line(shell, whole):
    assert re.search(
        "no 'day' can be drawn", shell.run("sample", "--share", "1", "--unit", "day", code=1).stderr
    )
    assert "there is no sample 'zz'" in shell.run("sample", "--weights", "zz", code=1).stderr
    assert "one thing at a time" in shell.run("sample", "--weights", "a", "--share", "1", code=1).stderr


def test_report_and_note_tell_estimates_apart_and_nothing_is_proposed(shell, whole):
    short = drawn(shell, "--share", "0.5", "--unit", "week", "--coder", "K1", "--seed", "2")["sample"][:8]
    units = drawn(shell, "--weights", short)["rows"]
    with Study.open(shell.folder / "s.study") as study:
        ids = [i for unit in study.sample_units(study.sample(short).id) for i in unit.entry_ids]
    code(shell, "K1", ids, "4+")
    for name in ("r.md", "n.md"):
        command = "report" if name == "r.md" else "note"
        shell.run(command, "--coder", "K1", "--out", name, "--lang", "en")
        said = (shell.folder / name).read_text(encoding="utf-8")
        assert "Estimated from a sample" in said
        assert f"{len(units)} were drawn by chance" in said
        assert "no mark is proposed" in said
    table = json.loads(shell.run("table", "--coder", "K1", "--json").stdout)
    assert {row["code"] for row in table["estimates"] if row["seen"]} == {"4+"}
    assert all(row["proposed"] is None for row in table["rows"])


def test_where_everything_is_reviewed_the_count_stands_alone(shell, whole):
    drawn(shell, "--share", "0.5", "--coder", "K1")
    code(shell, "K1", whole, "M")
    assert "estimates" not in json.loads(shell.run("report", "--coder", "K1", "--json").stdout)
    shell.run("report", "--coder", "K1", "--out", "r.md", "--lang", "en")
    assert "Estimated from a sample" not in (shell.folder / "r.md").read_text(encoding="utf-8")
