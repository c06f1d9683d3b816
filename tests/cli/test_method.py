"""The appendix on method, and the package that works the table out again."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from chatcode.codebook import Codebook
from chatcode.domain import Choice, Decision, Link
from chatcode.study.store import Study

CELLS = "\n".join(
    f"Noord\t{n}\t{mark}\tgeheime reden {n}" for n, mark in ((3, "X"), (4, "="), (9, "X"), (10, "~"))
)


def code(study, coder, codes, *, mode="blind", shown=()):
    study.confirm(
        [
            Decision(e.id, tuple(Choice(c) for c in codes), mode=mode, shown=shown)
            for e in study.entries()
            if e.kind == "message"
        ],
        coder=coder, round_=1, codebook_hash=Codebook.load().hash,
    )  # fmt: skip


@pytest.fixture
def rated(desk):
    with Study.open(desk.study) as study:
        code(study, "K", ("4+",), mode="assisted", shown=("4+", "6+"))
    (desk.folder / "m.tsv").write_text(CELLS, encoding="utf-8")
    desk.run("table", "--marks", "m.tsv", "--json")
    return desk


def test_the_package_works_the_table_out_again(rated):
    rated.run("method", "--package", "p.zip")
    found = json.loads(rated.run("table", "--json").stdout)["rows"]
    again = json.loads(rated.run("method", "--recompute", "p.zip", "--json").stdout)["rows"]
    assert [(r["intervention"], r["again"]) for r in again] == [
        (r["intervention"], r["proposed"]) for r in found
    ]
    assert sum(r["again"] is not None for r in again) == 4


def test_the_package_holds_counts_and_no_text(rated):
    rated.run("method", "--package", "p.zip")
    with zipfile.ZipFile(rated.folder / "p.zip") as archive:
        texts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    assert set(texts) == {
        "README.txt", "cells.csv", "monthly.csv", "frequencies.csv", "conventions.csv", "codebook.yaml",
    }  # fmt: skip
    assert not any("geheime reden" in text or "bericht 1" in text for text in texts.values())
    counted = [text for name, text in texts.items() if name != "codebook.yaml"]
    assert not any("Beheerder-" in text or "Deelnemer-" in text for text in counted)
    rows = list(csv.DictReader(io.StringIO(texts["frequencies.csv"])))
    report = json.loads(rated.run("report", "--json").stdout)["rows"]
    assert [(r["month"], r["code"], int(r["messages"])) for r in rows] == [
        (r["month"], r["code"], r["messages"]) for r in report
    ]


def test_a_package_that_was_changed_is_told(rated):
    rated.run("method", "--package", "p.zip")
    with zipfile.ZipFile(rated.folder / "p.zip") as archive:
        texts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    rows = list(csv.DictReader(io.StringIO(texts["cells.csv"], newline="")))
    rows[2]["proposed"] = "✓"
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    with zipfile.ZipFile(rated.folder / "q.zip", "w") as archive:
        for name, text in {**texts, "cells.csv": stream.getvalue()}.items():
            archive.writestr(name, text)
    assert "1 of 11 proposals" in rated.run("method", "--recompute", "q.zip", code=3).stderr
    (rated.folder / "r.zip").write_text("no zip", encoding="utf-8")
    assert "no package" in rated.run("method", "--recompute", "r.zip", code=1).stderr


def test_the_appendix_tells_what_is_on_record_and_what_is_not(rated):
    rated.run("method", "--deviation", "De nameting kwam een maand later.", "--day", "2021-10-01")
    rated.run("method", "--out", "m.md", "--lang", "en")
    told = (rated.folder / "m.md").read_text(encoding="utf-8")
    for words in (
        "De nameting kwam een maand later.",
        "No two coders have read the same messages independently",
        "No suggestions were made.",
        "Noord: there is no counted time before to compare with.",
        "The intake has 0 of 11 cells.",
        "| 4+ | 6 | 6 | 0 |",
        "| 6+ | 6 | 0 | 0 |",
        "to be written by the researchers",
    ):
        assert words in told, words
    assert "geheime reden" not in told


def test_links_that_were_proposed_are_told_apart_from_those_that_were_taken(rated):
    with Study.open(rated.study) as study:
        report, answer, other = [e.id for e in study.entries() if e.kind == "message"][:3]
        link = Link("feedback", report)
        decisions = [
            Decision(report, (Choice("M"),)),
            Decision(answer, (Choice("1+"),), (link,), "assisted", proposed={link: 0.9}),
            Decision(other, (Choice("1+"),), (), "assisted", proposed={link: 0.6}),
        ]
        study.confirm(decisions, coder="K", round_=1, codebook_hash=Codebook.load().hash)
    rated.run("method", "--out", "m.md", "--lang", "en")
    assert "2 links to an earlier message were proposed; coders took 1 of them." in (
        rated.folder / "m.md"
    ).read_text(encoding="utf-8")
    rated.run("method", "--out", "m.md", "--lang", "nl", "--overwrite")
    assert "2 koppelingen met een eerder bericht voorgesteld; codeurs namen er 1 over" in (
        rated.folder / "m.md"
    ).read_text(encoding="utf-8")


def test_two_blind_coders_are_set_beside_each_other(rated):
    with Study.open(rated.study) as study:
        code(study, "A", ("4+",))
        code(study, "B", ("4+", "6+"))
    rated.run("method", "--coder", "A", "--out", "m.md", "--lang", "en")
    told = (rated.folder / "m.md").read_text(encoding="utf-8")
    assert "A and B, before they talked" in told
    assert "| 6+ | 6 | 0 | 0 | 6 |" in told
    # K saw suggestions first, so what K chose is no independent reading.
    assert "A and K" not in told and "all at once" not in told


def test_three_blind_coders_are_also_compared_all_at_once(rated):
    with Study.open(rated.study) as study:
        for coder, codes in (("A", ("4+",)), ("B", ("4+", "6+")), ("C", ("6+",))):
            code(study, coder, codes)
    rated.run("method", "--coder", "A", "--out", "m.md", "--lang", "en")
    told = (rated.folder / "m.md").read_text(encoding="utf-8")
    assert "A, B, C, all at once, before they talked" in told
    assert "| 6+ | 6 | 18 | 12 |" in told
    assert "A and C, before they talked" in told
    rated.run("method", "--coder", "A", "--out", "nl.md", "--lang", "nl")
    told = (rated.folder / "nl.md").read_text(encoding="utf-8")
    assert "A, B, C, allen tegelijk" in told and "hele codereeksen (alle berichten)" in told
