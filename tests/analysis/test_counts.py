"""Every figure of a cell equals an independent count with pandas over layers drawn at random."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from chatcode.analysis.counts import CaseCounts
from chatcode.analysis.material import Material
from chatcode.domain import Case, Entry, Evidence, Group, Headcount, Intake, Link, Period

SEEDS = range(4)


def frame_of(layer):
    """One row an entry that may count, with everything as plain columns."""
    rows = []
    for e in layer.entries:
        roles = layer.members[e.member_id].roles if e.member_id else set()
        if e.kind == "message" and "onderzoeker" not in roles:
            done = layer.acts.get(e.id)
            rows.append(
                {
                    "id": e.id, "group": e.group_id, "at": e.sent_at, "day": pd.Timestamp(e.sent_at.date()),
                    "month": f"{e.sent_at:%Y-%m}", "roles": set(roles), "reviewed": done is not None,
                    "codes": {c.code for c in done.choices} if done else set(),
                    "links": {(k.kind, k.target_id) for k in done.links} if done else set(),
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def covered_of(layer):
    return pd.DataFrame(
        [
            {"group": group_id, "day": day, "month": f"{day:%Y-%m}"}
            for group_id, stretches in layer.coverage.items()
            for s in stretches
            for day in pd.date_range(s.start, s.end, inclusive="left")
        ]
    )


def within(frame, stretch):
    return frame[(frame.day >= pd.Timestamp(stretch.start)) & (frame.day < pd.Timestamp(stretch.end))]


def case_frames(layer, case, stretch):
    """Messages and covered days of a stretch, in months of a group that are reviewed far enough."""
    groups = [g.id for g in layer.groups if g.case_id == case.id]
    frame, covered = frame_of(layer), covered_of(layer)
    counting = pd.concat([within(frame, p) for p in (case.period, case.baseline) if p])
    share = counting.groupby(["group", "month"]).reviewed.mean()
    poor = set(share[share < 0.95].index)

    def good(part):
        part = within(part[part.group.isin(groups)], stretch)
        return part[[key not in poor for key in zip(part.group, part.month, strict=True)]]

    return within(frame[frame.group.isin(groups)], stretch), good(frame), good(covered)


def having(frame, code):
    return frame[pd.Series([code in codes for codes in frame.codes], index=frame.index, dtype=bool)]


def days_of(part):
    return len(part[["group", "day"]].drop_duplicates())


def stretches(layer):
    for case in layer.cases:
        for name, stretch in (("period", case.period), ("baseline", case.baseline)):
            if stretch:
                yield case, name, stretch


def counted(layer, codebook, case, number):
    return CaseCounts.of(Material.of(layer), case).counts(codebook.interventions[number], codebook)


@pytest.mark.parametrize("seed", SEEDS)
def test_days_messages_and_exposure_equal_a_count_with_pandas(make, codebook, seed):
    layer = make.drawn(seed)
    for case, name, stretch in stretches(layer):
        every, frame, covered = case_frames(layer, case, stretch)
        lengths = covered.day.dt.days_in_month
        counts = CaseCounts.of(Material.of(layer), case)
        for number, intervention in codebook.interventions.items():
            got = counts.counts(intervention, codebook)[name]
            plus = having(frame, f"{number}+")
            minus = having(frame, f"{number}-")
            acting = pd.Series(
                [bool(roles & intervention.actors) for roles in plus.roles], index=plus.index, dtype=bool
            )
            assert got["messages"] == len(every)
            assert got["reviewed_share"] == pytest.approx(every.reviewed.mean())
            assert got["covered_days"] == len(covered)
            assert got["months"] == pytest.approx((1 / lengths).sum())
            assert got["seen_days"] == days_of(plus[acting])
            assert got["seen_messages"] == acting.sum()
            assert got["share_of_months"] == pytest.approx(
                plus[acting].month.nunique() / covered.month.nunique()
            )
            assert got["climate_days"] == days_of(plus[~acting])
            assert got["opposite_days"] == days_of(minus)
            assert got["opposite_messages"] == len(minus)
            monthly = plus[acting].drop_duplicates(["group", "day"]).groupby("month").size()
            assert {m["month"]: m["seen_days"] for m in got["monthly"]} == {
                month: monthly.get(month, 0) for month in sorted(set(covered.month))
            }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_months_compared_are_those_that_both_stretches_have(make, codebook, seed):
    layer = make.drawn(seed)
    case = layer.cases[0]
    parts = {name: case_frames(layer, case, stretch) for c, name, stretch in stretches(layer) if c is case}
    both = set.intersection(*({int(m[5:]) for m in covered.month} for _, _, covered in parts.values()))
    got = counted(layer, codebook, case, 11)
    assert got["compared_months"] == sorted(both)
    for name, (_, frame, covered) in parts.items():
        shared = frame[frame["at"].dt.month.isin(both)]
        plus = having(shared, "11+")
        assert got["compared"][name]["seen_messages"] == len(plus)
        assert got["compared"][name]["seen_days"] == days_of(plus)
        assert got["compared"][name]["covered_days"] == covered.day.dt.month.isin(both).sum()


def first_of_incident(layer, frame):
    """Per report the first report of its incident, by walking the links again and again."""
    reports = having(frame, "M")
    neighbours = {entry_id: {entry_id} for entry_id in reports.id}
    for row in reports.itertuples():
        for kind, target in row.links:
            if kind == "incident" and target in neighbours:
                neighbours[row.id].add(target)
                neighbours[target].add(row.id)
    order = {e.id: n for n, e in enumerate(layer.entries)}
    first = {}
    for start in neighbours:
        reached, edge = {start}, [start]
        while edge:
            edge = [n for at in edge for n in neighbours[at] if n not in reached]
            reached |= set(edge)
        first[start] = min(reached, key=order.get)
    return first


@pytest.mark.parametrize("seed", SEEDS)
def test_incidents_answered_equal_a_walk_along_the_links(make, codebook, seed):
    layer = make.drawn(seed)
    whole = frame_of(layer)
    first = first_of_incident(layer, whole)
    at = dict(zip(whole.id, whole["at"], strict=True))
    answered = 0
    for case, name, stretch in stretches(layer):
        _, frame, _ = case_frames(layer, case, stretch)
        begun = {i for i in first.values() if i in set(frame.id)}
        waits = {}
        for row in whole.itertuples():
            if "1+" in row.codes and row.roles & {"beheerder", "professional"}:
                for kind, target in row.links:
                    if kind == "feedback" and first.get(target) in begun:
                        waits.setdefault(first[target], []).append(row.at - at[first[target]])
        got = counted(layer, codebook, case, 1)[name]
        during = sum(min(found) <= timedelta(hours=12) for found in waits.values())
        assert got["occasions"] == len(begun)
        assert got["answered"] == len(waits)
        assert (got["answered_during"], got["answered_after"]) == (during, len(waits) - during)
        answered += len(waits)
        asked = Counter(f"{at[i]:%Y-%m}" for i in begun)
        told = Counter(f"{at[i]:%Y-%m}" for i in waits)
        assert {m["month"]: (m["occasions"], m["answered"]) for m in got["monthly"]} == {
            m["month"]: (asked[m["month"]], told[m["month"]]) for m in got["monthly"]
        }
        assert sum(m["followed"] for m in got["monthly"]) == got["followed"]
    assert answered


@pytest.mark.parametrize("seed", SEEDS)
def test_improprieties_corrected_equal_a_walk_along_the_links(make, codebook, seed):
    layer = make.drawn(seed)
    whole = frame_of(layer)
    corrected = {
        target
        for row in whole.itertuples()
        for kind, target in row.links
        if kind == "correction" and "7+" in row.codes
    }
    for case, name, stretch in stretches(layer):
        _, frame, _ = case_frames(layer, case, stretch)
        improper = set(having(frame, "7-").id)
        got = counted(layer, codebook, case, 7)[name]
        assert (got["occasions"], got["answered"]) == (len(improper), len(improper & corrected))
    assert corrected


@pytest.mark.parametrize("seed", SEEDS)
def test_what_follows_an_occasion_within_twelve_hours_is_counted_without_links(make, codebook, seed):
    layer = make.drawn(seed)
    whole = frame_of(layer)
    for case, name, stretch in stretches(layer):
        _, frame, _ = case_frames(layer, case, stretch)
        told = having(whole, "7+")
        followed = 0
        for row in having(frame, "7-").itertuples():
            later = told[(told.group == row.group) & (told["at"] >= row.at) & (told.id != row.id)]
            followed += bool((later["at"] - row.at <= pd.Timedelta(hours=12)).any())
        assert counted(layer, codebook, case, 7)[name]["followed"] == followed


# ── by hand ───────────────────────────────────────────────────────────────────


def message(n, day, member="m0", hour=12):
    return Entry(
        f"e{n}", "g", n, datetime(day.year, day.month, day.day, hour), "message", "t", member_id=member
    )


def test_a_film_of_october_does_not_count_for_a_year_that_ends_in_september(make, codebook):
    year = Case("c", "Noord", Period(date(2020, 9, 1), date(2021, 9, 1)), None)
    days = [date(2020, 8, 31), date(2020, 9, 1), date(2021, 8, 31), date(2021, 9, 1), date(2021, 10, 5)]
    entries = [message(n, day) for n, day in enumerate(days)]
    acts = [make.act(e.id, "4+") for e in entries]
    layer = make.layer(
        entries, acts, cases=[year], coverage={"g": (Period(date(2020, 8, 1), date(2021, 11, 1)),)}
    )
    got = counted(layer, codebook, year, 4)["period"]
    assert (got["seen_days"], got["messages"], got["span_months"]) == (2, 2, pytest.approx(12))


def test_a_day_counts_once_a_group_and_each_group_brings_its_own_exposure(make, codebook):
    groups = [Group("g", "een", "c"), Group("h", "twee", "c")]
    day = date(2020, 9, 3)
    entries = [message(1, day), message(2, day, hour=13), replace(message(3, day), id="h1", group_id="h")]
    acts = [make.act(e.id, "4+") for e in entries]
    whole, half = Period(date(2020, 9, 1), date(2020, 10, 1)), Period(date(2020, 9, 1), date(2020, 9, 16))
    case = Case("c", "Noord", whole, None)
    layer = make.layer(entries, acts, groups=groups, cases=[case], coverage={"g": (whole,), "h": (half,)})
    got = counted(layer, codebook, case, 4)["period"]
    assert (got["seen_days"], got["seen_messages"]) == (2, 3)
    assert (got["covered_days"], got["months"], got["span_months"]) == (45, 1.5, 1.0)
    without = CaseCounts.of(Material.of(layer), case, without="h").counts(codebook.interventions[4], codebook)
    assert (without["period"]["seen_days"], without["period"]["covered_days"]) == (1, 30)


def test_a_baseline_that_nobody_coded_is_none_and_one_coded_in_part_is_counted(make, codebook):
    entries = [message(n, date(2020, 2, 1) + timedelta(days=7 * n)) for n in range(50)]
    now = [make.act(e.id, "4+") for e in entries if e.sent_at.date() in make.period]
    case = Case("c", "Noord", make.period, make.baseline)
    none = counted(make.layer(entries, now), codebook, case, 4)
    assert (none["basis"], "baseline" in none) == ("none", False)
    part = counted(make.layer(entries, [*now, make.act("e0")]), codebook, case, 4)
    assert part["basis"] == "counted"
    assert part["baseline"]["reviewed_share"] < 0.95


def test_practice_before_the_start_is_a_declared_baseline_where_none_is_counted(make, codebook):
    case = Case("c", "Noord", make.period, None)
    entries = [message(1, date(2020, 9, 3))]
    layer = make.layer(entries, [make.act("e1", "4+")], cases=[case])
    known = Intake("c", 4, "practice", "al jaren", "R", datetime(2020, 8, 1))
    material = Material.of(layer, intake=[known])
    assert CaseCounts.of(material, case).counts(codebook.interventions[4], codebook)["basis"] == "declared"
    assert CaseCounts.of(material, case).counts(codebook.interventions[6], codebook)["basis"] == "none"


def test_evidence_counts_in_the_period_and_for_its_own_cell(make, codebook):
    case = Case("c", "Noord", make.period, make.baseline)

    def seen(number, day, done=True):
        return Evidence(
            f"v{number}{day}", "c", number, day, "gesprek", "koffie", "R", datetime(2021, 9, 1), done
        )

    evidence = [seen(3, date(2020, 10, 1)), seen(3, date(2020, 11, 1), done=False), seen(3, date(2019, 1, 1))]
    material = Material.of(make.layer([], []), evidence=evidence)
    three, five = (
        CaseCounts.of(material, case).counts(codebook.interventions[number], codebook) for number in (3, 5)
    )
    assert (three["evidence_done"], three["evidence_not_done"]) == (1, 1)
    assert (five["evidence_done"], five["evidence_not_done"]) == (0, 0)


def test_members_at_the_start_come_from_headcounts_and_leaving_in_silence_shows_between_two(make, codebook):
    case = Case("c", "Noord", make.period, make.baseline)
    joined = [
        Entry(f"n{n}", "g", n, datetime(2020, 9, 10 + n), "system", "t", event="joined", actor_id=f"m{n}")
        for n in range(3)
    ]
    layer = make.layer(joined, [])
    two = counted(layer, codebook, case, 2)["period"]
    assert (two["members_at_start"], two["members_net"]) == (None, 3)
    heads = [Headcount("g", date(2020, 9, 1), 100), Headcount("g", date(2021, 3, 1), 98)]
    material = Material.of(layer, headcounts=heads)
    two = CaseCounts.of(material, case).counts(codebook.interventions[2], codebook)["period"]
    assert (two["members_at_start"], two["members_net"]) == (100, -2)


def test_an_incident_belongs_to_the_stretch_in_which_its_first_report_came(make, codebook):
    case = Case("c", "Noord", make.period, make.baseline)
    entries = [
        message(1, date(2020, 8, 31), "m3"),
        message(2, date(2020, 9, 1), "m3"),
        message(3, date(2020, 9, 2)),
    ]
    acts = [
        make.act("e1", "M"),
        make.act("e2", "M", links=[Link("incident", "e1")]),
        make.act("e3", "1+", links=[Link("feedback", "e2")]),
    ]
    got = counted(make.layer(entries, acts), codebook, case, 1)
    assert (got["baseline"]["occasions"], got["baseline"]["answered_after"]) == (1, 1)
    assert (got["period"]["occasions"], got["period"]["linked_messages"]) == (0, 1)


def test_counts_are_plain_json_and_hold_no_member(make, codebook):
    layer = make.drawn(1)
    for case in layer.cases:
        counts = CaseCounts.of(Material.of(layer), case)
        for intervention in codebook.interventions.values():
            told = json.dumps(counts.counts(intervention, codebook))
            assert json.loads(told) == counts.counts(intervention, codebook)
            assert not any(f'"{member}"' in told for member in layer.members)
