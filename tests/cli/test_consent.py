"""On what ground, how told, until when, and who does not take part."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from chatcode.anonymize.identities import Key
from chatcode.bundled import sample_path
from chatcode.cli import init as command
from chatcode.study.health import problems
from chatcode.study.store import Study

PASSPHRASE = "een-lange-zin-voor-de-test"
WEST = sample_path() / "west.txt"
TOLD = {
    "--data-plan": "DMP in de map van het onderzoek",
    "--legal-basis": "publieke taak",
    "--informed": "brief in de groep",
    "--retain-until": "2090-09-01",
}


def words(told):
    return [word for pair in told.items() for word in pair]


def in_import(shell, path=WEST, **more):
    return shell.run("import", path, "--group", "West", "--case", "West", key=True, **more)


def test_what_was_told_stands_in_the_note_and_what_was_not_stands_there_too(inside):
    before = inside.run("note").stdout
    assert before.count("niet vastgelegd") == 4
    inside.run("init", "--update", *words(TOLD))
    note = json.dumps(json.loads(inside.run("note", "--json").stdout), ensure_ascii=False)
    for said in ("DMP in de map", "publieke taak", "brief in de groep", "1 september 2090"):
        assert said in note
    assert "anoniem" not in note
    inside.run("note", "--out", "n.docx", key=True)


def test_an_import_warns_while_something_is_not_told_and_status_says_what(empty):
    empty.run("init", "s.study")
    assert "not told yet" in in_import(empty).stderr
    assert "legal basis" in empty.run("status").stderr
    empty.run("init", "--update", *words(TOLD))
    assert "not told" not in empty.run("status").stderr
    assert json.loads(empty.run("status", "--json").stdout)["retain_until"] == "2090-09-01"
    with Study.open(empty.folder / "s.study") as study:
        assert study.log()[-1]["details"] == {
            "told": sorted(["data_plan", "informed", "legal_basis", "retain_until"])
        }


def test_what_is_told_later_leaves_the_rest_as_it_was(empty):
    empty.run("init", "s.study", *words(TOLD))
    empty.run("init", "s.study", "--update", "--informed", "bijeenkomst")
    with Study.open(empty.folder / "s.study") as study:
        told = study.accountability()
    assert (told.informed, told.legal_basis) == ("bijeenkomst", "publieke taak")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "nothing was told"),
        (("--informed", "bel 06-12345678"), "--informed"),
        (("--period", "2020-09-01", "2021-09-01", "--informed", "brief"), "--update tells"),
    ],
)
def test_a_wrong_update_changes_nothing(empty, more, said):
    empty.run("init", "s.study")
    before = (empty.folder / "s.study").read_bytes()
    done = empty.run("init", "--update", *more, code=1)
    assert said in done.stderr
    assert "06-12345678" not in done.stderr
    assert (empty.folder / "s.study").read_bytes() == before


def test_at_a_terminal_it_is_asked_and_asked_again_where_the_answer_cannot_be(empty, monkeypatch):
    monkeypatch.setattr(command.options, "can_ask", lambda: True)
    answers = "DMP\npublieke taak\nbel 06-12345678\nbrief\n1 september\n2031-09-01\n"
    empty.run("init", "s.study", stdin=answers)
    with Study.open(empty.folder / "s.study") as study:
        told = study.accountability()
    assert (told.data_plan, told.legal_basis, told.informed) == ("DMP", "publieke taak", "brief")
    assert told.retain_until == date(2031, 9, 1)


@pytest.mark.parametrize(
    ("days", "said"), [(-1, "no longer"), (0, "0 days left"), (30, "30 days left"), (200, None)]
)
def test_the_end_of_the_term_is_told_beforehand_and_after(empty, days, said):
    until = date.today() + timedelta(days=days)  # noqa: DTZ011 the day where the researcher is
    empty.run("init", "s.study", "--retain-until", until.isoformat())
    told = empty.run("status").stderr
    assert (said or "") in told
    assert (until.isoformat() in told) == (said is not None)


# ── those who object ──


def whose(study, entry, name):
    """Whether somebody of this name wrote it."""
    key = Key.open(study.path.with_suffix(".key"), PASSPHRASE)
    return (entry.group_id, name) in key.persons[entry.member_id].aliases


def writers(path, key):
    """Names of the group with how many messages each wrote."""
    names = {person.id: person.aliases[0][1] for person in Key.open(key, PASSPHRASE).persons.values()}
    found = {}
    with Study.open(path) as study:
        for entry in study.entries():
            if entry.kind == "message":
                found[names[entry.member_id]] = found.get(names[entry.member_id], 0) + 1
    return found


def test_what_an_objector_writes_is_left_out_counted_and_never_named(inside, empty):
    counts = writers(inside.folder / "s.study", inside.folder / "s.key")
    name, messages = max(counts.items(), key=lambda one: one[1])
    empty.run("init", "n.study", key=True)
    done = empty.run(
        "objectors", "add", "--file", "-", "--study", "n.study", key=True, stdin=f"# een\n{name}\n"
    )
    assert name not in done.stderr + done.stdout
    told = json.loads(
        empty.run(
            "import", WEST, "--group", "West", "--case", "West", "--study", "n.study", "--json", key=True
        ).stdout
    )
    assert (told["left_out"], told["left_out_new"]) == (messages, messages)
    with Study.open(inside.folder / "s.study") as whole, Study.open(empty.folder / "n.study") as study:
        group, other = study.groups()[0], whole.groups()[0]
        assert study.coverage()[group.id] == whole.coverage()[other.id]
        assert study.kinds(group.id)["messages"] == whole.kinds(other.id)["messages"] - messages
        assert study.kinds(group.id)["notices"] == whole.kinds(other.id)["notices"]
        assert [entry.position for entry in study.entries()] == list(range(len(study.entries())))
        assert study.accountability().left_out == messages
        assert problems(study) == []
        assert name not in json.dumps(study.log(), ensure_ascii=False)
        kept = [entry for entry in whole.entries() if entry.kind == "system" or not whose(whole, entry, name)]
        assert [(e.sent_at, e.kind) for e in study.entries()] == [(e.sent_at, e.kind) for e in kept]
    for part in name.split():
        assert part.encode() not in (empty.folder / "n.study").read_bytes()
    note = empty.run("note", "--study", "n.study").stdout
    assert f"bezwaar maakten: {messages}" in note


def test_a_further_export_leaves_them_out_too_and_counts_only_what_is_new(empty):
    lines = WEST.read_text(encoding="utf-8").splitlines(keepends=True)
    (empty.folder / "first.txt").write_text("".join(lines[: len(lines) // 2]), encoding="utf-8")
    empty.run("init", "s.study", key=True)
    (empty.folder / "namen.txt").write_text("Ruud Hollander\n", encoding="utf-8")
    empty.run("objectors", "add", "--file", "namen.txt", key=True)
    first = json.loads(in_import_json(empty, "first.txt"))
    preview = json.loads(empty.run("import", WEST, "--group", "West", "--dry-run", "--json", key=True).stdout)
    second = json.loads(in_import_json(empty, WEST))
    assert first["left_out"] > 0
    assert second["left_out"] == first["left_out"] + second["left_out_new"]
    assert (preview["left_out"], preview["added"]) == (second["left_out"], second["added"])
    with Study.open(empty.folder / "s.study") as study:
        assert study.accountability().left_out == second["left_out"]
        assert problems(study) == []


def in_import_json(shell, path):
    return shell.run("import", path, "--group", "West", "--case", "West", "--json", key=True).stdout


def test_who_is_in_the_study_already_is_told_by_label(inside):
    (inside.folder / "namen.txt").write_text("Ruud Hollander\n", encoding="utf-8")
    done = inside.run("objectors", "add", "--file", "namen.txt", key=True)
    assert "chatcode purge --member" in done.stderr
    assert "Hollander" not in done.stderr


def test_the_list_needs_the_key_and_somebody_can_be_taken_off(inside):
    (inside.folder / "namen.txt").write_text("Jan\nEls\n", encoding="utf-8")
    inside.run("objectors", "add", "--file", "namen.txt", "--group", "West", key=True)
    assert "--passphrase-fd" in inside.run("objectors", "list", code=1).stderr
    rows = json.loads(inside.run("objectors", "list", "--json", key=True).stdout)["rows"]
    assert [(row["name"], row["group"]) for row in rows] == [("Jan", "West"), ("Els", "West")]
    assert "no number" in inside.run("objectors", "remove", "3", key=True, code=1).stderr
    inside.run("objectors", "remove", "1", key=True)
    rows = json.loads(inside.run("objectors", "list", "--json", key=True).stdout)["rows"]
    assert [row["name"] for row in rows] == ["Els"]


def test_names_are_not_waited_for_and_a_wrong_group_is_told(inside):
    before = (inside.folder / "s.key").read_bytes()
    assert "--file" in inside.run("objectors", "add", key=True, code=1).stderr
    assert (
        "no group" in inside.run("objectors", "add", "--group", "X", "--file", "-", key=True, code=1).stderr
    )
    assert (inside.folder / "s.key").read_bytes() == before
