"""The plan: agreed, told, due, missed, and in the documents."""

from __future__ import annotations

import json


def rows_of(done):
    return json.loads(done.stdout)["rows"]


def add(desk, *more, what="word after each report"):
    desk.run(
        "plan", "add", "--case", "Noord", "--what", what, "--who", "beheerder", "--due", "2021-06-01",
        "--on", "2021-05-12", *more,
    )  # fmt: skip


def test_an_action_goes_from_open_to_missed_to_done_and_nothing_is_lost(desk):
    add(desk, "-i", "1")
    for on, standing in (("2021-05-13", "open"), ("2021-05-20", "due"), ("2021-06-02", "missed")):
        assert [r["standing"] for r in rows_of(desk.run("plan", "show", "--on", on, "--json"))] == [standing]
    desk.run("plan", "done", "1", "--on", "2021-06-03", "--note", "elke week")
    (row,) = rows_of(desk.run("plan", "show", "--json"))
    assert (row["standing"], row["told_on"], row["note"]) == ("late", "2021-06-03", "elke week")
    desk.run("plan", "reopen", "1")
    add(desk, "--instead-of", "1", "-i", "1", what="word within a day")
    assert [(r["number"], r["what"]) for r in rows_of(desk.run("plan", "show", "--json"))] == [
        (1, "word within a day")
    ]
    desk.run("plan", "drop", "1", "--note", "nobody has time")
    assert rows_of(desk.run("plan", "show", "--json"))[0]["standing"] == "dropped"
    assert "no action 7" in desk.run("plan", "done", "7", code=1).stderr


def test_the_actions_of_a_meeting_come_in_by_sheet_once(desk):
    (desk.folder / "a.csv").write_text(
        "case;intervention;what;who;due\nNoord;1;terugkoppelen;beheerder;2021-06-01\n"
        "Noord;;koffie;professional;2021-07-01\n",
        encoding="utf-8",
    )
    desk.run("plan", "read", "a.csv", "--on", "2021-05-12")
    desk.run("plan", "read", "a.csv", "--on", "2021-05-12")
    found = rows_of(desk.run("plan", "show", "--json"))
    assert [(r["intervention"], r["what"], r["agreed_on"]) for r in found] == [
        (1, "terugkoppelen", "2021-05-12"), (None, "koffie", "2021-05-12"),
    ]  # fmt: skip
    (desk.folder / "b.csv").write_text(
        "case,what,who,due\nNoord,iets,beheerder,2021-06-01\nNoord,nog iets,beheerder,juni\n",
        encoding="utf-8",
    )
    assert "b.csv:3" in desk.run("plan", "read", "b.csv", code=1).stderr
    assert len(rows_of(desk.run("plan", "show", "--json"))) == 2


def test_status_report_and_note_tell_what_is_missed_and_what_was_said(desk):
    add(desk)
    desk.run(
        "plan", "minutes", "--case", "Noord", "--on", "2021-05-12", "--text", "Zij willen vaker antwoorden."
    )
    status = json.loads(desk.run("status", "--json").stdout)
    assert status["plan"] == {"actions": 1, "done": 0, "due": 0, "missed": 1}
    for command in ("report", "note"):
        desk.run(command, "--out", f"{command}.md")
        told = (desk.folder / f"{command}.md").read_text(encoding="utf-8")
        assert "Zij willen vaker antwoorden." in told, command
        assert "de dag is voorbij" in told, command
    desk.run("plan", "minutes", "--withdraw", "1", "--text", "wrong meeting")
    desk.run("report", "--out", "r2.md")
    assert "vaker antwoorden" not in (desk.folder / "r2.md").read_text(encoding="utf-8")
