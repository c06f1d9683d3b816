from __future__ import annotations

import csv
import io

import pytest

from chatcode.domain import CODES, Choice, Decision, Link
from chatcode.errors import ChatcodeError
from chatcode.exchange import forms, tables

KINDS = {"7-": frozenset({"insult", "privacy"})}


@pytest.fixture
def coded(study, filled):
    ids = filled(study)
    decisions = [
        Decision(ids[1], (Choice("M"), Choice("7-", "insult"))),
        Decision(ids[2]),
        Decision(ids[3], (Choice("1+"),), (Link("feedback", ids[1]),)),
    ]
    study.confirm(decisions, coder="K1", round_=1, codebook_hash="test-codebook")
    study.confirm([Decision(ids[4], (Choice("8+"),))], coder="K2", round_=1, codebook_hash="test-codebook")
    return ids


def long(study):
    acts = {coder: study.layer_acts(coder) for coder in study.coders()}
    return forms.write_long(study.entries(), acts, groups=study.groups(), members=study.members())


def rows(data, delimiter=","):
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))


def read(study, data, coder="K1", as_coder=None):
    entries = {entry.id: entry for entry in study.entries()}
    return tables.read(
        forms.as_usual(data, "in.csv", coder), "in.csv", entries=entries, groups=study.groups(),
        in_force=study.acts_in_force(list(entries), as_coder or coder, 1), sub_reasons=KINDS,
    )  # fmt: skip


def test_long_has_a_row_for_each_coding_of_each_coder(study, coded):
    found = rows(long(study))
    assert [(row["coder"], row["message_id"], row["code"], row["sub_reason"]) for row in found] == [
        ("K1", coded[1], "M", ""), ("K1", coded[1], "7-", "insult"), ("K1", coded[2], "", ""),
        ("K1", coded[3], "1+", ""), ("K2", coded[4], "8+", ""),
    ]  # fmt: skip
    assert {(row["round"], row["mode"], row["month"]) for row in found} == {("1", "blind", "2020-10")}


def test_wide_has_noughts_and_ones_where_a_message_is_reviewed(study, coded):
    found = {row["message_id"]: row for row in rows(forms.write_wide(study.layer("K1")))}
    assert [code for code in CODES if found[coded[1]][code] == "1"] == ["M", "7-"]
    assert {found[coded[2]][code] for code in CODES} == {"0"}
    assert {found[coded[4]][code] for code in CODES} == {""}


@pytest.mark.parametrize("form", ["long", "wide"])
def test_both_come_back_equal_and_change_nothing(study, coded, form):
    data = long(study) if form == "long" else forms.write_wide(study.layer("K1"))
    again = read(study, data)
    assert (again.decisions, again.unchanged) == ((), 3)
    fresh = read(study, data, as_coder="K3")
    assert [(d.entry_id, d.choices, d.links) for d in fresh.decisions] == [
        (a.entry_id, a.choices, a.links) for a in study.layer("K1").acts.values()
    ]


def test_semicolons_of_a_spreadsheet_are_read_too(study, coded):
    stream = io.StringIO()
    table = rows(forms.write_wide(study.layer("K1")))
    writer = csv.DictWriter(stream, table[0], delimiter=";")
    writer.writeheader()
    writer.writerows(table)
    assert read(study, stream.getvalue().encode("utf-8-sig")).unchanged == 3


def test_what_is_wrong_is_said(study, coded):
    with pytest.raises(ChatcodeError, match=r"in\.csv has no codings by K9"):
        read(study, long(study), coder="K9")
    bad = forms.write_wide(study.layer("K1")).decode().replace(",1,", ",ja,", 1)
    with pytest.raises(ChatcodeError, match="something else than 0 or 1"):
        read(study, bad.encode())
