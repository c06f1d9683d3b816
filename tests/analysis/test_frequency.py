"""Every figure equals an independent count with pandas over layers drawn at random."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from chatcode.analysis.frequency import frequencies
from chatcode.analysis.incidents import improprieties, incidents
from chatcode.analysis.membership import flows, starts
from chatcode.codebook import Codebook
from chatcode.domain import CODES, Act, Case, Choice, Entry, Group, Layer, Link, Member, Period

CODEBOOK = Codebook.load()
PERIOD, BASELINE = Period(date(2020, 9, 1), date(2021, 3, 1)), Period(date(2020, 3, 10), date(2020, 9, 1))
ROLES = ("beheerder", "professional", "deelnemer", "deelnemer", "deelnemer", "onderzoeker")


def act(entry_id, *codes, links=()):
    return Act(
        id=f"act-{entry_id}", entry_id=entry_id, coder="K", round=1, mode="blind",
        choices=tuple(Choice(c) for c in codes), links=tuple(links), shown=(), codebook_hash="h",
        at=datetime(2021, 1, 1), batch="b",
    )  # fmt: skip


def layer_of(entries, acts, *, members, groups=None, cases=None, coverage=None):
    cases = cases or [Case("c", "Noord", PERIOD, BASELINE)]
    groups = groups or [Group("g", "groep 1", "c")]
    return Layer(
        coder="K", cases=cases, groups=groups, members={m.id: m for m in members}, entries=entries,
        acts={a.entry_id: a for a in acts},
        coverage=coverage or {g.id: (Period(date(2020, 1, 15), date(2021, 6, 1)),) for g in groups},
    )  # fmt: skip


def drawn(seed):
    """Two cases, three groups, messages by all roles over months in and out of the stretches."""
    draw = random.Random(seed)
    cases = [Case("c1", "Noord", PERIOD, BASELINE), Case("c2", "West", PERIOD, None)]
    groups = [Group("g1", "N1", "c1"), Group("g2", "N2", "c1"), Group("g3", "W1", "c2")]
    members = [Member(f"m{n}", "Deelnemer", n, frozenset({role})) for n, role in enumerate(ROLES)]
    entries, acts = [], []
    for group in groups:
        at = datetime(2020, 1, 20, 12)
        for n in range(400):
            at += timedelta(minutes=draw.randint(1, 2400))
            entry_id = f"{group.id}-{n}"
            system = draw.random() < 0.1
            entries.append(
                Entry(
                    entry_id, group.id, n, at, "system" if system else "message", "t",
                    member_id=None if system else draw.choice(members).id, event="joined" if system else None,
                )
            )  # fmt: skip
            if draw.random() < 0.9:
                codes = draw.sample(CODES, draw.choice([0, 0, 1, 1, 2, 3]))
                links = (
                    [Link("feedback", f"{group.id}-{draw.randrange(n)}")] if n and draw.random() < 0.3 else []
                )
                acts.append(act(entry_id, *codes, links=links))
    return layer_of(entries, acts, members=members, groups=groups, cases=cases)


def in_stretch(case, day):
    return any(p is not None and p.start <= day < p.end for p in (case.period, case.baseline))


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_equals_a_count_with_pandas(seed):
    layer = drawn(seed)
    rows = {(r.group, r.month, r.code): r for r in frequencies(layer, CODEBOOK)}
    case_of = {"g1": layer.cases[0], "g2": layer.cases[0], "g3": layer.cases[1]}
    label = {g.id: g.label for g in layer.groups}
    frame = pd.DataFrame(
        [
            {
                "group": label[e.group_id], "day": e.sent_at.date(), "month": e.sent_at.strftime("%Y-%m"),
                "kind": e.kind, "role": next(iter(layer.members[e.member_id].roles)) if e.member_id else "",
                "reviewed": e.id in layer.acts,
                "counts": in_stretch(case_of[e.group_id], e.sent_at.date()),
                "code": sorted(layer.acts[e.id].codes) if e.id in layer.acts else [],
            }
            for e in layer.entries
        ]
    )  # fmt: skip
    frame = frame[frame.counts]
    messages = frame[(frame.kind == "message") & (frame.role != "onderzoeker")]
    shares = messages.groupby(["group", "month"]).reviewed.mean()
    coded = messages.explode("code").dropna(subset="code")
    counted = coded.groupby(["group", "month", "code"]).size()
    days = coded.groupby(["group", "month", "code"]).day.nunique()
    notices = frame[frame.kind == "system"].explode("code").groupby(["group", "month", "code"]).size()
    for key, row in rows.items():
        assert row.messages == counted.get(key, 0)
        assert row.days == days.get(key, 0)
        assert row.notices == notices.get(key, 0)
        assert row.reviewed_share == (pytest.approx(shares[key[:2]]) if key[:2] in shares else None)
        if key[2] != "M":
            actors = CODEBOOK.interventions[int(key[2][:-1])].actors
            mine = coded[(coded.group == key[0]) & (coded.month == key[1]) & (coded.code == key[2])]
            assert row.actor_messages == mine.role.isin(actors).sum()
            assert row.climate_messages == (~mine.role.isin(actors)).sum()
            assert row.actor_days == mine[mine.role.isin(actors)].day.nunique()
    assert set(counted.index) <= set(rows)


def test_covered_days_are_those_of_exports_and_of_the_stretches():
    layer = layer_of([], [], members=[])
    covered = {r.month: r.covered_days for r in frequencies(layer, CODEBOOK)}
    assert covered["2020-03"] == 22
    assert covered["2020-09"] == 30
    assert covered["2021-02"] == 28
    assert "2020-02" not in covered
    assert "2021-03" not in covered


def message(n, day, member="m2", hour=12, group="g"):
    return Entry(f"e{n}", group, n, datetime(2020, 10, day, hour), "message", "t", member_id=member)


MEMBERS = [Member(f"m{n}", "Deelnemer", n, frozenset({role})) for n, role in enumerate(ROLES)]


def test_reports_that_are_linked_are_one_incident_and_feedback_answers_it():
    entries = [
        message(1, 1),
        message(2, 1, hour=13),
        message(3, 3),
        message(4, 1, "m0", 15),
        message(5, 4, "m0"),
    ]
    acts = [
        act("e1", "M"),
        act("e2", "M", links=[Link("incident", "e1")]),
        act("e3", "M"),
        act("e4", "1+", links=[Link("feedback", "e2")]),
        act("e5", "1+", links=[Link("feedback", "e2")]),
    ]
    layer = layer_of(entries, acts, members=MEMBERS)
    first, second = incidents(layer)
    assert (first.report_ids, [a.during for a in first.answers]) == (("e1", "e2"), [True, False])
    assert (second.report_ids, second.answers) == (("e3",), ())
    rows = {r.code: r for r in frequencies(layer, CODEBOOK) if r.month == "2020-10"}
    assert (rows["M"].messages, rows["M"].incidents) == (3, 2)
    assert (rows["1+"].messages, rows["1+"].incidents, rows["1+"].actor_messages) == (2, 1, 2)
    assert rows["11+"].incidents is None


def test_a_correction_is_tied_to_the_message_that_it_corrects():
    layer = layer_of(
        [message(1, 1), message(2, 1, "m0", 13), message(3, 2)],
        [act("e1", "7-"), act("e2", "7+", links=[Link("correction", "e1")]), act("e3", "7-")],
        members=MEMBERS,
    )
    first, second = improprieties(layer)
    assert first.corrected_by == (frozenset({"beheerder"}),)
    assert second.corrected_by == ()


def test_adds_on_the_day_of_creation_are_the_start_and_later_ones_flow():
    def notice(n, day, event, targets=()):
        return Entry(f"n{n}", "g", n, datetime(2020, 9, day), "system", "t", event=event, target_ids=targets)

    layer = layer_of(
        [
            notice(0, 1, "created"),
            notice(1, 1, "added", ("m1", "m2")),
            notice(2, 2, "added", ("m3",)),
            notice(3, 3, "joined", ("m4",)),
            notice(4, 4, "left", ("m1",)),
        ],
        [],
        members=MEMBERS,
    )
    assert starts(layer)[0].members == 3
    september = next(f for f in flows(layer) if f.month == "2020-09")
    assert (september.added, september.joined, september.left, september.net) == (1, 1, 1, 1)
