"""A layer made by hand: one area or more, with a coded message a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

import pytest

from chatcode.domain import Act, Case, Choice, Entry, Group, Layer, Link, Member, Period

PERIOD = Period(date(2020, 9, 1), date(2021, 9, 1))
BASELINE = Period(date(2019, 9, 1), date(2020, 9, 1))
MEMBERS = {
    "b": Member("b", "Beheerder", 1, frozenset({"beheerder"})),
    "p": Member("p", "Wijkagent", 1, frozenset({"professional"})),
    "d": Member("d", "Deelnemer", 1, frozenset({"deelnemer"})),
}

# Day, writer, codes (`7-:sub-reason` where there is one), and the number of the message answered.
Line = tuple[str, str, str] | tuple[str, str, str, int]


def build(lines: Iterable[Line], *, cases: Iterable[str] = ("Noord",), open_: int = 0) -> Layer:
    """The same lines in every area; `open_` messages more are not reviewed."""
    entries, acts = [], {}
    names = tuple(cases)
    for name in names:
        ids: list[str] = []
        for place, (day, writer, codes, *answered) in enumerate(lines):
            sent_at = datetime.fromisoformat(day) + timedelta(hours=12, minutes=place)
            entry = Entry(f"{name}-{place}", name, place, sent_at, "message", "Zwaluwnest", member_id=writer)
            ids.append(entry.id)
            kind = "correction" if "7+" in codes else "feedback"
            links = (Link(kind, ids[answered[0]]),) if answered else ()
            chosen = [code.partition(":") for code in codes.split()]
            choices = tuple(Choice(code, sub or None) for code, _, sub in chosen)
            entries.append(entry)
            acts[entry.id] = Act(
                f"act-{entry.id}", entry.id, "anna", 1, "blind", choices, links, (), "", sent_at, "batch"
            )
        for place in range(open_):
            late = datetime(2021, 8, 1, 12, place)
            entries.append(
                Entry(f"{name}-open-{place}", name, 900 + place, late, "message", "Zwaluwnest", member_id="d")
            )
    return Layer(
        coder="anna",
        cases=[Case(name, name, PERIOD, BASELINE) for name in names],
        groups=[Group(name, name, name) for name in names],
        members=MEMBERS,
        entries=entries,
        acts=acts,
        coverage={name: [Period(BASELINE.start, PERIOD.end)] for name in names},
    )


@pytest.fixture
def chat() -> Callable[..., Layer]:
    """The function that makes a layer of coded lines."""
    return build
