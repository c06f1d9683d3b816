from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatcode.domain import CODES, Choice, Decision, Link
from chatcode.errors import ChatcodeError
from chatcode.exchange import tables

KINDS = {"7-": frozenset({"insult", "privacy"})}


def read(study, data, coder="K1"):
    entries = {entry.id: entry for entry in study.entries()}
    return tables.read(
        data, "in.csv", entries=entries, groups=study.groups(),
        in_force=study.acts_in_force(list(entries), coder, 1), sub_reasons=KINDS,
    )  # fmt: skip


def confirm(study, decisions, coder="K1"):
    study.confirm(decisions, coder=coder, round_=1, codebook_hash="test-codebook")


def test_what_is_written_comes_back_equal_and_changes_nothing(study, filled):
    ids = filled(study)
    confirm(
        study,
        [
            Decision(ids[1], (Choice("M"), Choice("7-", "insult"))),
            Decision(ids[2]),
            Decision(ids[3], (Choice("1+"),), (Link("feedback", ids[1]),)),
        ],
    )
    data = tables.write(study.layer())
    again = read(study, data)
    assert (again.decisions, again.unchanged, again.not_reviewed) == ((), 3, 4)
    other = read(study, data, coder="K2")
    assert [(d.entry_id, d.choices, d.links) for d in other.decisions] == [
        (a.entry_id, a.choices, a.links) for a in study.layer().acts.values()
    ]


def test_the_role_in_a_row_is_that_of_the_day(study, filled):
    ids = filled(study)
    study.set_role("Noord-een", "professional", date(2020, 10, 2), None)
    study.execute("UPDATE entries SET sent_at = '2020-10-02T09:00:00' WHERE position > 3")
    rows = csv.DictReader(io.StringIO(tables.write(study.layer()).decode("utf-8")))
    told = {row["message_id"]: row["role"] for row in rows}
    assert (told[ids[1]], told[ids[4]]) == ("deelnemer", "deelnemer professional")


def test_a_file_in_which_nobody_is_named_is_all_reviewed(study, filled):
    filled(study)
    found = read(study, tables.write(study.layer()))
    assert len(found.decisions) == 7
    assert all(decision.choices == () for decision in found.decisions)


def test_a_spreadsheets_semicolons_and_mark_of_order_are_taken(study, filled):
    ids = filled(study)
    data = f"\ufeffmessage_id;codes\r\n{ids[1]};M 1+\r\n{ids[2]};\r\n".encode()
    first, second = read(study, data).decisions
    assert (first.choices, second.choices) == ((Choice("1+"), Choice("M")), ())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"id,codes\n", "in.csv:1: no column message_id"),
        (b"message_id,codes\nx,M\n", "in.csv:2: no such message"),
        (b"message_id,codes\nNoord-1,M\nNoord-1,M\n", "in.csv:3: this message stands twice"),
        (b"message_id,codes\nNoord-1,13+\n", "in.csv:2: there is no code"),
        (b"message_id,codes\n\xff\xfe", "not UTF-8"),
        (b"message_id,codes,links\nNoord-1,M,incident:Noord-2\n", "earlier message"),
        (b"message_id,codes,links\nNoord-2,M,odd:Noord-1\n", "names no message"),
    ],
)
def test_a_wrong_file_names_its_line(study, filled, data, words):
    filled(study)
    with pytest.raises(ChatcodeError, match=words):
        read(study, data)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1),
    codes=st.sets(st.sampled_from(CODES)),
)
def test_any_text_and_code_set_survives(study, filled, text, codes):
    if not study.groups():
        filled(study)
    layer = study.layer()
    odd = replace(layer, entries=[replace(entry, text=text) for entry in layer.entries])
    rows = list(csv.DictReader(io.StringIO(tables.write(odd).decode("utf-8"), newline="")))
    assert [row["text"] for row in rows] == [text] * len(rows)
    for row in rows:
        row["codes"] = " ".join(codes)
    out = io.StringIO()
    writer = csv.DictWriter(out, tables.COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    for decision in read(study, out.getvalue().encode()).decisions:
        assert {choice.code for choice in decision.choices} == codes
