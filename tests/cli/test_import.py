"""Several exports of one group: kept over time, and made by phones that call people by other names."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta

import pytest

from chatcode.study.store import Study

START = datetime(2021, 1, 4, 8, 0)
ON_ANDROID = {"a": "Wilma Kraan", "b": "Joost Terpstra", "c": "+31 6 00112233", "d": "Ans"}
ON_IPHONE = {"a": "Buuf Wilma", "b": "~ joost", "c": "Mo van de hoek", "d": "+31 6 00445566"}
WORDS = ("fiets", "straat", "bus", "jongens", "scooter", "gezien", "gebeld", "poort", "licht", "hond", "deur")


def chat(count, seed=7, start=START):
    """Who says what when, a few minutes apart: some of it twice, some of it pictures."""
    draw = random.Random(seed)
    found, at = [], start
    for _ in range(count):
        at += timedelta(minutes=draw.choice([0, 0, 1, 7, 40]))
        dice = draw.random()
        text = (
            "ok"
            if dice < 0.15
            else None
            if dice < 0.2
            else " ".join(draw.choices(WORDS, k=draw.randint(2, 9)))
        )
        found.append((at, draw.choice("abcd"), text))
    return found


def android(path, entries, names=ON_ANDROID):
    lines = [
        f"{at:%d-%m-%Y %H:%M} - {names[who]}: {'<Media weggelaten>' if text is None else text}"
        for at, who, text in entries
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def iphone(path, entries, names=ON_IPHONE, ahead=0):
    draw = random.Random(1)
    lines = []
    for at, who, text in entries:
        moment = at + timedelta(minutes=ahead, seconds=draw.randrange(60))
        mark, said = ("\u200e", "\u200eafbeelding weggelaten") if text is None else ("", text)
        lines.append(f"{mark}[{moment:%d-%m-%Y %H:%M:%S}] {names[who]}: {said}")
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
    return path


@pytest.fixture
def group(shell):
    """Import an export into the group Noord; what the command says of it as data."""
    shell.run("init", "s.study", "--period", "2020-09-01", "2021-09-01")

    def bring_in(path, label="Noord", code=0):
        done = shell.run("import", path, "--group", label, "--case", "Noord", "--json", key=True, code=code)
        return json.loads(done.stdout) if code == 0 else done.stderr

    return bring_in


def stored(shell):
    with Study.open(shell.folder / "s.study") as study:
        return [(e.sent_at.replace(second=0), e.member_id, e.text) for e in study.entries()]


def same_chat(kept, entries):
    """Whether the study holds these entries in this order, each person under one id."""
    people = {}
    for (at, member, text), (sent, who, said) in zip(kept, entries, strict=True):
        assert at == sent
        assert people.setdefault(who, member) == member
        assert said is None or text == said
    assert len(set(people.values())) == len(people)
    return True


def test_an_export_of_a_month_later_adds_only_what_is_new(shell, group, tmp_path):
    whole = chat(120)
    first = group(android(tmp_path / "een.txt", whole[:80]))
    assert (first["added"], first["already"], first["gaps"]) == (80, 0, [])
    ids = [entry.id for entry in Study.open(shell.folder / "s.study").entries()]
    told = group(android(tmp_path / "twee.txt", whole[30:]))
    assert (told["added"], told["already"], told["linked"], told["look_alike"]) == (40, 50, 0, 0)
    assert told["overlap"]["to"] == whole[79][0].isoformat(sep=" ", timespec="minutes")
    assert same_chat(stored(shell), whole)
    with Study.open(shell.folder / "s.study") as study:
        assert [entry.id for entry in study.entries()][:80] == ids
        assert len(study.exports()) == 2


def test_an_older_export_goes_in_front(shell, group, tmp_path):
    whole = chat(100)
    group(android(tmp_path / "een.txt", whole[40:]))
    assert group(android(tmp_path / "twee.txt", whole[:60]))["added"] == 40
    assert same_chat(stored(shell), whole)


@pytest.mark.parametrize("ahead", [0, 60])
def test_another_phone_adds_what_it_alone_has_and_its_names_are_known_people(shell, group, tmp_path, ahead):
    whole = chat(150)
    group(android(tmp_path / "een.txt", whole[:110]))
    told = group(iphone(tmp_path / "_chat.txt", whole[20:], ahead=ahead))
    assert (told["added"], told["already"], told["linked"], told["clock_minutes"]) == (40, 90, 4, ahead)
    assert told["members"] == 4
    assert same_chat(stored(shell), whole)


def test_one_name_on_two_phones_may_be_two_people(shell, group, tmp_path):
    whole = chat(120)
    group(android(tmp_path / "een.txt", whole))
    swapped = {**ON_ANDROID, "a": "Ans", "d": "Wilma Kraan"}
    told = group(iphone(tmp_path / "_chat.txt", [*whole, (whole[-1][0], "a", "nieuw")], swapped))
    assert told["members"] == 4
    assert same_chat(stored(shell), [*whole, (whole[-1][0], "a", "nieuw")])


def test_a_hole_between_exports_is_told(shell, group, tmp_path):
    early, late = chat(30), chat(30, seed=8, start=START + timedelta(days=60))
    group(android(tmp_path / "een.txt", early))
    told = group(android(tmp_path / "twee.txt", late))
    assert [gap["from"][:10] for gap in told["gaps"]] == [early[-1][0].date().isoformat()]
    between = chat(30, seed=9, start=START + timedelta(days=30))
    assert len(group(android(tmp_path / "drie.txt", between))["gaps"]) == 2
    assert same_chat(stored(shell), early + between + late)


def test_what_was_edited_or_deleted_since_stays_as_it_was_read_first(shell, group, tmp_path):
    whole = chat(60)
    group(android(tmp_path / "een.txt", whole))
    edited = list(whole)
    at = next(n for n in range(20, 60) if whole[n - 1][0] < whole[n][0] < whole[n + 1][0] and whole[n][2])
    edited[at] = (whole[at][0], whole[at][1], "Dit bericht is verwijderd")
    told = group(android(tmp_path / "twee.txt", edited))
    assert (told["added"], told["changed_since"]) == (0, 1)
    assert same_chat(stored(shell), whole)


def test_another_group_s_export_is_refused_and_nothing_changes(shell, group, tmp_path):
    group(android(tmp_path / "een.txt", chat(60)))
    before = (shell.folder / "s.study").read_bytes()
    said = group(android(tmp_path / "twee.txt", chat(60, seed=99)), code=1)
    assert "another group" in said
    assert "--group LABEL" in said
    assert (shell.folder / "s.study").read_bytes() == before


def test_a_group_under_a_second_label_is_refused(shell, group, tmp_path):
    whole = chat(90)
    group(android(tmp_path / "een.txt", whole[:70]))
    said = group(iphone(tmp_path / "_chat.txt", whole[10:]), label="Anders", code=1)
    assert "in the group Noord" in said


def test_a_changed_number_links_the_two_senders(shell, group, tmp_path):
    path = tmp_path / "een.txt"
    path.write_text(
        "04-01-2021 08:00 - +31 6 00112233: hoi allemaal\n"
        "05-01-2021 08:00 - +31 6 00112233 is gewijzigd naar +31 6 00998877\n"
        "06-01-2021 08:00 - +31 6 00998877: ik heb een nieuw nummer\n",
        encoding="utf-8",
    )
    told = group(path)
    assert (told["linked"], told["members"]) == (1, 1)
    assert len({member for _, member, _ in stored(shell) if member}) == 1


def test_a_name_that_a_later_export_makes_known_goes_from_earlier_texts_too(shell, group, tmp_path):
    names = {"a": "+31 6 00112233", "b": "Joost Terpstra", "c": "Mo", "d": "Ans"}
    whole = [*chat(30), (START + timedelta(days=9), "b", "ik zag roosmarijntje vanochtend bij de poort")]
    group(android(tmp_path / "een.txt", whole, names))
    assert "roosmarijntje" in stored(shell)[-1][2]
    more = (START + timedelta(days=10), "b", "dank")
    told = group(iphone(tmp_path / "_chat.txt", [*whole, more], {**names, "a": "Roosmarijntje"}))
    assert (told["added"], told["redacted_anew"]) == (1, 1)
    texts = [text for _, _, text in stored(shell)]
    assert "roosmarijntje" not in " ".join(texts).lower()
    assert texts[-2].startswith("ik zag [Deelnemer-")
    assert b"roosmarijntje" not in (shell.folder / "s.study").read_bytes()


def test_likeness_of_names_is_only_proposed_and_a_person_decides(shell, group, tmp_path):
    early, late = chat(40), chat(40, seed=3, start=START + timedelta(days=50))
    group(android(tmp_path / "een.txt", early))
    told = group(
        android(tmp_path / "twee.txt", late, {**ON_ANDROID, "a": "Wilma Kraan (nr. 4)", "d": "Nico"})
    )
    assert (told["linked"], told["look_alike"], told["members"]) == (0, 1, 6)
    (pair,) = json.loads(shell.run("members", "likely", "--json").stdout)["rows"]
    assert "names_one" not in pair
    (named,) = json.loads(shell.run("members", "likely", "--names", "--json", key=True).stdout)["rows"]
    assert {named["names_one"], named["names_other"]} == {"Wilma Kraan", "Wilma Kraan (nr. 4)"}

    shell.run("members", "same", pair["one"], pair["other"])
    rows = json.loads(shell.run("members", "--json").stdout)["rows"]
    assert [row["also"] for row in rows if row["label"] == pair["other"]] == [pair["one"]]
    assert json.loads(shell.run("members", "likely", "--json").stdout)["rows"] == []
    shell.run("members", "undo")
    assert len(json.loads(shell.run("members", "--json").stdout)["rows"]) == 6
    assert len(json.loads(shell.run("members", "likely", "--json").stdout)["rows"]) == 1
    shell.run("members", "different", pair["one"], pair["other"])
    assert json.loads(shell.run("members", "likely", "--json").stdout)["rows"] == []


def test_a_wrong_link_is_split_and_an_undo_joins_again(shell, group, tmp_path):
    whole = chat(80)
    group(android(tmp_path / "een.txt", whole))
    group(iphone(tmp_path / "_chat.txt", [*whole[1:], (whole[-1][0] + timedelta(minutes=5), "b", "later")]))
    rows = json.loads(shell.run("members", "--json").stdout)["rows"]
    joined = next(row for row in rows if row["also"] and row["messages"])
    shell.run("members", "different", joined["also"], joined["label"])
    assert len(json.loads(shell.run("members", "--json").stdout)["rows"]) == len(rows) + 1
    shell.run("members", "undo")
    assert json.loads(shell.run("members", "--json").stdout)["rows"] == rows


def test_no_name_or_number_is_said_by_import_or_members(shell, group, tmp_path):
    whole = chat(60)
    shell.run("import", android(tmp_path / "een.txt", whole), "--group", "N", "--case", "N", key=True)
    done = [
        shell.run(
            "import", iphone(tmp_path / "_chat.txt", whole[9:]), "--group", "N", "--case", "N", key=True
        ),
        shell.run("members"),
        shell.run("log"),
    ]
    text = "".join(one.stdout + one.stderr for one in done)
    for name in ("Wilma", "Kraan", "Joost", "joost", "00112233", "00445566", "Ans"):
        assert name not in text


def test_roles_may_have_days_and_are_taken_away_again(shell, group, tmp_path):
    group(android(tmp_path / "een.txt", chat(30), {**ON_ANDROID, "b": "Wijkagent Joost"}))
    rows = json.loads(shell.run("members", "--json").stdout)["rows"]
    assert {row["roles"] for row in rows if row["label"] == "Wijkagent-1"} == {"professional?"}
    assert "display name" in shell.run("members").stderr
    shell.run("members", "confirm-roles")
    shell.run("members", "role", "Wijkagent-1", "beheerder", "--since", "2021-02-01")
    roles = {row["label"]: row["roles"] for row in json.loads(shell.run("members", "--json").stdout)["rows"]}
    assert roles["Wijkagent-1"] == "beheerder(2021-02-01..) professional"
    shell.run("members", "role", "Wijkagent-1", "beheerder", "--remove")
    shell.run("members", "role", "Wijkagent-1", "beheerder", "--remove", code=1)
    shell.run("members", "role", "Wijkagent-9", "beheerder", code=1)


def test_suggestions_lean_on_the_role_of_the_day_and_status_tells_when_roles_changed(shell, group, tmp_path):
    said = [
        ("a", "Er staat een man met een zaklamp in mijn tuin!"),
        ("b", "Ik neem het op met mijn collega's"),
    ]
    days = [START, START + timedelta(days=30)]
    entries = [
        (day + timedelta(minutes=5 * n), who, text) for day in days for n, (who, text) in enumerate(said)
    ]
    group(android(tmp_path / "een.txt", entries, {**ON_ANDROID, "b": "Wijkagent Joost"}))

    def told():
        shell.run("suggest", "--cues-only")
        with Study.open(shell.folder / "s.study") as study:
            answers = [e.id for e in study.entries() if e.text.startswith("Ik neem")]
            found = study.suggestions(answers)
        return [
            any(r.rule == "melding-professional" for code in found[i].reasons.values() for r in code)
            for i in answers
        ]

    def stale():
        lines = json.loads(shell.run("status", "--json").stdout)["stale"]
        return [line for line in lines if line.startswith("roles changed")]

    assert told() == [True, True]
    assert stale() == []
    shell.run("members", "role", "Wijkagent-1", "professional", "--since", "2021-01-20")
    assert len(stale()) == 1
    assert told() == [False, True]
    assert stale() == []
