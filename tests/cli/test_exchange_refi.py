from __future__ import annotations

import csv
import json
import zipfile

import pytest

from chatcode.codebook import Codebook
from chatcode.domain import Choice, Decision, Entry, Link
from chatcode.exchange.refi.check import project_faults
from chatcode.study.store import Study


@pytest.fixture
def coded(shell, filled):
    """A study in which somebody wrote with emoji, coded by two."""
    with Study.create(shell.folder / "s.study") as study, study.transaction():
        codebook = Codebook.load()
        ids = filled(study, messages=5)
        study.use_codebook(codebook.hash, codebook.text)
        last = study.entry(ids[-1])
        more = [
            Entry(f"meer-{n}", last.group_id, 6 + n, last.sent_at, "message", text, member_id=last.member_id)
            for n, text in enumerate(("wit busje 🚐 hier", "dank 👍🏽\ngroet"))
        ]
        study.add_entries(more, [b"x", b"y"])
        ids += [entry.id for entry in more]
        for coder in ("K1", "K2"):
            study.confirm(
                [
                    Decision(ids[6], (Choice("M"),)),
                    Decision(ids[7], (Choice("1+"),), (Link("feedback", ids[6]),)),
                    Decision(ids[1]),
                ],
                coder=coder, round_=1, codebook_hash=codebook.hash,
            )  # fmt: skip
        study.add_memo(ids[7], "K1", "hoort bij het busje")
    return ids


def test_a_project_goes_out_checked_with_what_it_cannot_hold_and_comes_back_equal(shell, coded):
    done = shell.run("exchange", "--refi", "uit.qdpx", "--qdc", "codes.qdc")
    assert "What REFI-QDA has no place for" in done.stderr and "3 emoji" in done.stderr
    data = (shell.folder / "uit.qdpx").read_bytes()
    assert project_faults(data, "uit.qdpx") == []
    with zipfile.ZipFile(shell.folder / "uit.qdpx") as archive:
        text = archive.read(archive.namelist()[1]).decode()
    assert ":emojiMinibus: hier" in text and "/ groet" in text
    told = json.loads(shell.run("exchange", "--read", "uit.qdpx", "--json").stdout)
    assert told["rows"] == [
        {"coder": "K1", "read": 0, "unchanged": 3}, {"coder": "K2", "read": 0, "unchanged": 3},
    ]  # fmt: skip
    assert (told["memos"], told["wider_memos"], told["changed"]) == (0, 0, 0)
    assert told["not_recognised"] == {}


def test_codings_and_memos_of_a_project_come_into_a_study_that_lacks_them(shell, coded):
    with Study.open(shell.folder / "s.study") as study:
        study.copy_to(shell.folder / "vol.study")
        study.undo("K2", 1)
    shell.run("exchange", "--refi", "vol.qdpx", "--study", "vol.study")
    told = json.loads(
        shell.run("exchange", "--read", "vol.qdpx", "--coder", "K2", "--study", "s.study", "--json").stdout
    )
    assert told["rows"] == [{"coder": "K2", "read": 3, "unchanged": 0}]
    with Study.open(shell.folder / "s.study") as study:
        acts = study.layer_acts("K2")
        assert {i: (act.codes, act.links) for i, act in acts.items()} == {
            coded[6]: ({"M"}, ()),
            coded[7]: ({"1+"}, (Link("feedback", coded[6]),)),
            coded[1]: (frozenset(), ()),
        }
    refused = shell.run("exchange", "--read", "vol.qdpx", "--coder", "K9", "--study", "s.study", code=1)
    assert "has no codings by K9" in refused.stderr


def test_memos_of_every_kind_go_from_one_copy_of_a_study_to_another_once(shell, coded):
    with Study.open(shell.folder / "s.study") as study:
        study.copy_to(shell.folder / "ander.study")
        study.add_media_note(coded[2], "K1", "een affiche")
    memo = ("memo", "--coder", "K1", "--study", "s.study")
    shell.run(*memo, "vraagt om een uitkomst", "--code", "1+")
    shell.run(*memo, "stille groep", "--case", "Noord")
    shell.run(*memo, "per week gecodeerd", "--method")
    shell.run(*memo, "hoort bij toezicht", "--theory")
    shell.run("exchange", "--refi", "uit.qdpx", "--study", "s.study")
    read = ("exchange", "--read", "uit.qdpx", "--study", "ander.study")
    told = json.loads(shell.run(*read, "--json").stdout)
    assert (told["memos"], told["media_notes"], told["wider_memos"]) == (0, 1, 4)
    again = shell.run(*read)
    assert "No new memo." in again.stderr
    with Study.open(shell.folder / "s.study") as one, Study.open(shell.folder / "ander.study") as other:
        assert other.logbook() == one.logbook()
        assert other.wider_memos() == one.wider_memos()


def test_a_memo_on_purged_words_does_not_come_back_by_a_project(shell, coded):
    shell.run("exchange", "--refi", "uit.qdpx")
    with Study.open(shell.folder / "s.study") as study:
        study.execute("UPDATE entries SET purged_at = '2021-09-02' WHERE id = ?", (coded[7],))
        study.keep_purged()
    shell.run("exchange", "--read", "uit.qdpx")
    with Study.open(shell.folder / "s.study") as study:
        assert [memo.text for memo in study.memos(coded)[coded[7]]] == ["[gewist]"]


def test_a_project_passes_the_leak_gate_like_all_that_leaves(shell, coded):
    with Study.open(shell.folder / "s.study") as study:
        study.add_memo(coded[1], "K1", "bel 06-12345678 of mail jan@example.org")
    stopped = shell.run("exchange", "--refi", "uit.qdpx", code=3)
    assert "was not written" in stopped.stderr
    assert not (shell.folder / "uit.qdpx").exists()


@pytest.fixture
def elsewhere(shell, coded):
    """The study's codebook as another program saved it after somebody changed a name and a manual."""
    shell.run("exchange", "--qdc", "codes.qdc")
    path = shell.folder / "codes.qdc"
    text = path.read_text(encoding="utf-8").replace('name="M Melding"', 'name="M Waarneming"')
    path.write_text(
        text.replace("Wel: The writer brings something new", "Wel: Iemand zag iets"), encoding="utf-8"
    )
    return path


def test_a_codebook_that_was_changed_elsewhere_is_compared_and_taken_over(shell, elsewhere):
    done = shell.run("codebook", "diff", "codes.qdc", "--json")
    told = json.loads(done.stdout)
    assert [(row["code"], row["part"], row["recode"]) for row in told["rows"]] == [
        ("M", "name", False), ("M", "include", True),
    ]  # fmt: skip
    assert (told["unknown"], told["missing"], told["renamed"]) == ([], [], [])
    assert "Next: chatcode codebook take codes.qdc --out mybook.yaml" in done.stderr
    turned = json.loads(shell.run("codebook", "diff", "codes.qdc", "bundled", "--json").stdout)
    assert turned["rows"][0]["new"] == told["rows"][0]["old"]
    taken = json.loads(shell.run("codebook", "take", "codes.qdc", "--out", "mijn.yaml", "--json").stdout)
    assert (taken["rows"], taken["lang"]) == (told["rows"], "nl")
    assert shell.run("codebook", "check", "mijn.yaml")
    with Study.open(shell.folder / "s.study") as study:
        assert study.codebook_text()[0] == Codebook.load().hash
    made = Codebook.load(shell.folder / "mijn.yaml")
    assert made.report.name == {"nl": "Waarneming", "en": "Report"}
    assert made.report.seen.include.startswith("Iemand zag iets")
    assert (
        "is there already" in shell.run("codebook", "take", "codes.qdc", "--out", "mijn.yaml", code=1).stderr
    )


def test_words_that_could_name_somebody_do_not_come_into_a_codebook(shell, elsewhere):
    text = elsewhere.read_text(encoding="utf-8").replace("Iemand zag iets", "Bel 06-12345678")
    elsewhere.write_text(text, encoding="utf-8")
    assert "was not written" in shell.run("codebook", "take", "codes.qdc", "--out", "m.yaml", code=3).stderr
    assert not (shell.folder / "m.yaml").exists()


def test_wrong_files_for_a_codebook_are_said_in_one_line(shell, elsewhere):
    assert "there is no file weg.qdc" in shell.run("codebook", "diff", "weg.qdc", code=1).stderr
    assert "two REFI-QDA files" in shell.run("codebook", "diff", "codes.qdc", "codes.qdc", code=1).stderr
    assert "is a codebook" in shell.run("exchange", "--read", "codes.qdc", code=1).stderr
    assert "no REFI-QDA file" in shell.run("codebook", "take", "a.yaml", "--out", "m.yaml", code=1).stderr
    shell.run("exchange", "--qdc", "gelijk.qdc")
    same = shell.run("codebook", "take", "gelijk.qdc", "--out", "m.yaml")
    assert "says the same" in same.stderr and not (shell.folder / "m.yaml").exists()


def test_the_settled_layer_stays_the_settled_layer_in_another_copy(shell, coded):
    with Study.open(shell.folder / "s.study") as study:
        study.copy_to(shell.folder / "ander.study")
        study.confirm(
            [Decision(coded[1], (Choice("M"),), (), "adjudicated")],
            coder="consensus", round_=1, codebook_hash=study.codebook_text()[0],
        )  # fmt: skip
    wrote = shell.run("exchange", "--refi", "uit.qdpx", "--study", "s.study", "--json")
    assert json.loads(wrote.stdout)["rows"] == [{"file": "uit.qdpx", "entries": 8}]
    assert "Next: chatcode exchange --read uit.qdpx    (" in wrote.stderr
    read = shell.run("exchange", "--read", "uit.qdpx", "--study", "ander.study")
    assert "Next: chatcode report" in read.stderr
    with Study.open(shell.folder / "ander.study") as study:
        assert study.adjudicator() == study.counting_coder() == "consensus"
        assert {act.mode for act in study.layer_acts("K1").values()} == {"blind"}


def test_after_codings_of_a_second_coder_came_in_the_two_are_to_be_compared(shell, coded):
    shell.run("exchange", "--csv", "uit.csv", "--coder", "K1")
    read = shell.run("exchange", "--read", "uit.csv", "--coder", "K1")
    assert "Next: chatcode agree" in read.stderr
    assert "not both" in shell.run("exchange", "--csv", "a.csv", "--read", "uit.csv", code=1).stderr


def test_long_and_wide_go_out_and_come_back(shell, coded):
    shell.run("exchange", "--long", "lang.csv", "--wide", "breed.csv", "--coder", "K1")
    with (shell.folder / "breed.csv").open(encoding="utf-8", newline="") as file:
        found = {row["message_id"]: row for row in csv.DictReader(file)}
    assert (found[coded[6]]["M"], found[coded[1]]["M"], found[coded[2]]["M"]) == ("1", "0", "")
    for name in ("lang.csv", "breed.csv"):
        told = json.loads(shell.run("exchange", "--read", name, "--coder", "K1", "--json").stdout)
        assert (told["read"], told["unchanged"]) == (0, 3)


def test_one_coder_goes_out_alone_where_one_is_named(shell, coded):
    shell.run("exchange", "--refi", "k2.qdpx", "--coder", "K2")
    told = json.loads(shell.run("exchange", "--read", "k2.qdpx", "--json").stdout)
    assert [row["coder"] for row in told["rows"]] == ["K2"]
    assert "no codings by K9" in shell.run("exchange", "--refi", "k9.qdpx", "--coder", "K9", code=1).stderr


def test_wrong_wishes_are_said_in_one_line(shell, coded):
    assert "does not end in .qdpx" in shell.run("exchange", "--refi", "uit.zip", code=1).stderr
    assert (
        "no line endings" in shell.run("exchange", "--refi", "u.qdpx", "--line-endings", "cr", code=1).stderr
    )
