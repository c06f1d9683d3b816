from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest

from chatcode.analysis.breakdown import behind, by_role, by_sub_reason
from chatcode.analysis.cooccurrence import cooccurrence
from chatcode.analysis.frequency import frequencies
from chatcode.domain import CODES, Choice, Entry


def message(n, member="m3", day=1):
    return Entry(f"e{n}", "g", n, datetime(2020, 10, day, 12), "message", "t", member_id=member)


@pytest.mark.parametrize("seed", range(2))
def test_the_parts_by_role_add_up_to_the_frequencies(make, codebook, seed):
    layer = make.drawn(seed)
    parts = Counter()
    for row in by_role(layer):
        parts[row.group, row.month, row.code] += row.messages
    assert parts == Counter(
        {(r.group, r.month, r.code): r.messages for r in frequencies(layer, codebook) if r.messages}
    )


@pytest.mark.parametrize("seed", range(2))
def test_every_figure_leads_back_to_as_many_messages(make, codebook, seed):
    layer = make.drawn(seed)
    entries = {entry.id: entry for entry in layer.entries}
    for row in frequencies(layer, codebook)[::17]:
        for part, expected in (
            ("all", row.messages), ("actors", row.actor_messages), ("climate", row.climate_messages),
        ):  # fmt: skip
            ids = behind(layer, codebook, group=row.group, month=row.month, code=row.code, part=part)
            assert len(ids) == expected
            assert all(row.code in layer.acts[i].codes and entries[i].kind == "message" for i in ids)


def test_writers_with_two_roles_are_a_kind_of_their_own(make):
    acts = [make.act(f"e{n}", "1+") for n in (1, 2, 3)]
    rows = by_role(make.layer([message(1, "m0"), message(2, "m2"), message(3, "m2", 2)], acts))
    assert [(r.value, r.messages, r.days) for r in rows] == [
        ("beheerder", 1, 1),
        ("beheerder, professional", 2, 2),
    ]


def test_sub_reasons_are_told_apart_and_their_absence_too(make):
    acts = [
        replace(make.act("e1"), choices=(Choice("7-", "insult"), Choice("11+"))),
        replace(make.act("e2"), choices=(Choice("7-"),)),
    ]
    rows = by_sub_reason(make.layer([message(1), message(2)], acts))
    assert [(r.code, r.value, r.messages) for r in rows] == [("7-", None, 1), ("7-", "insult", 1)]


def test_pairs_count_messages_with_both_codes(make):
    entries = [message(n) for n in range(1, 6)]
    acts = [make.act("e1", "1+", "8+"), make.act("e2", "8+", "1+", "M"), make.act("e3", "1+"), make.act("e4")]
    pairs = {(p.first, p.second): p for p in cooccurrence(make.layer(entries, acts))}
    both = pairs["1+", "8+"]
    assert (both.both, both.of_first, both.of_second, both.reviewed) == (2, 3, 2, 4)
    assert both.lift == pytest.approx((2 / 4) / (3 / 4 * 2 / 4))
    assert set(pairs) == {("1+", "8+"), ("M", "1+"), ("M", "8+")}


def test_pairs_stand_in_the_order_of_the_codebook_and_case_by_case(make):
    rows = cooccurrence(make.drawn(1))
    assert all(CODES.index(row.first) < CODES.index(row.second) for row in rows)
    assert [row.case for row in rows] == sorted(row.case for row in rows)
