"""Layers drawn at random, and made by hand, for tests that count them again in another way."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest

from chatcode.codebook import Codebook
from chatcode.domain import CODES, Act, Case, Choice, Entry, Group, Layer, Link, Member, Period

PERIOD, BASELINE = Period(date(2020, 9, 1), date(2021, 3, 1)), Period(date(2020, 1, 10), date(2020, 9, 1))
ROLES = (
    {"beheerder"}, {"professional"}, {"beheerder", "professional"}, {"deelnemer"}, {"deelnemer"},
    {"onderzoeker"}, {"beheerder", "onderzoeker"},
)  # fmt: skip


def act(entry_id, *codes, links=()):
    return Act(
        id=f"act-{entry_id}", entry_id=entry_id, coder="K", round=1, mode="blind",
        choices=tuple(Choice(c) for c in codes), links=tuple(links), shown=(), codebook_hash="h",
        at=datetime(2021, 9, 2), batch="b",
    )  # fmt: skip


def layer_of(entries, acts, *, members=None, groups=None, cases=None, coverage=None):
    cases = cases or [Case("c", "Noord", PERIOD, BASELINE)]
    groups = groups or [Group("g", "groep 1", "c")]
    members = members or [Member(f"m{n}", "Deelnemer", n, frozenset(roles)) for n, roles in enumerate(ROLES)]
    return Layer(
        coder="K", cases=cases, groups=groups, members={m.id: m for m in members}, entries=entries,
        acts={a.entry_id: a for a in acts},
        coverage=coverage or {g.id: (Period(date(2020, 1, 5), date(2021, 6, 1)),) for g in groups},
    )  # fmt: skip


def drawn(seed):
    """Two cases and three groups: gaps in the exports, months half reviewed, links to and fro."""
    draw = random.Random(seed)
    cases = [Case("c1", "Noord", PERIOD, BASELINE), Case("c2", "West", PERIOD, None)]
    groups = [Group("g1", "N1", "c1"), Group("g2", "N2", "c1"), Group("g3", "W1", "c2")]
    entries, acts = [], []
    for group in groups:
        at = datetime(2020, 1, 20, 12)
        lazy = draw.choice(["2020-07", "2020-11", "2021-05"])
        for n in range(400):
            at += timedelta(minutes=draw.choice([2, 10, 60, 600, 4000]))
            entry_id = f"{group.id}-{n}"
            system = draw.random() < 0.1
            entries.append(
                Entry(
                    entry_id, group.id, n, at, "system" if system else "message", "t",
                    member_id=None if system else f"m{draw.randrange(len(ROLES))}",
                    event="joined" if system else None,
                )
            )  # fmt: skip
            if draw.random() < (0.5 if at.strftime("%Y-%m") == lazy else 0.998):
                codes = draw.sample(CODES, draw.choice([0, 0, 1, 1, 2, 3]))
                codes += [c for c in (draw.choice(("M", "1+", "7-", "7+")),) if c not in codes]
                acts.append(act(entry_id, *codes, links=linked(draw, acts, group.id, codes)))
    gap = Period(date(2020, 1, 5), date(2020, 10, 10)), Period(date(2020, 10, 21), date(2021, 6, 1))
    coverage = {"g1": (Period(date(2020, 1, 5), date(2021, 6, 1)),), "g2": gap, "g3": gap}
    return layer_of(
        [e for e in entries if any(e.sent_at.date() in p for p in coverage[e.group_id])],
        acts,
        groups=groups,
        cases=cases,
        coverage=coverage,
    )


def linked(draw, acts, group_id, codes):
    """Ties to what they should go to, and now and then to something else."""
    links = set()
    for kind, when, to in (("feedback", "1+", "M"), ("correction", "7+", "7-"), ("incident", "M", "M")):
        before = [a for a in acts[-8:] if a.entry_id.startswith(f"{group_id}-")]
        fitting = [a for a in before if to in a.codes] if draw.random() < 0.9 else before
        if when in codes and fitting and draw.random() < 0.6:
            links.add(Link(kind, draw.choice(fitting).entry_id))
    return sorted(links)


class Make:
    """What the tests make layers with."""

    act = staticmethod(act)
    layer = staticmethod(layer_of)
    drawn = staticmethod(drawn)
    period, baseline = PERIOD, BASELINE


@pytest.fixture(scope="session")
def make():
    return Make


@pytest.fixture(scope="session")
def codebook():
    return Codebook.load()
