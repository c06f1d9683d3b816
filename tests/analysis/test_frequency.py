"""Every figure equals an independent count with pandas over layers drawn at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

from chatcode.analysis.frequency import OF_INCIDENTS, frequencies
from chatcode.analysis.incidents import incident_of
from chatcode.domain import CODES, Case, Entry, Link, Period


def in_stretch(case, day):
    return any(p is not None and p.start <= day < p.end for p in (case.period, case.baseline))


def frame_of(layer):
    """One row an entry on a day that counts; researchers' messages are not among them."""
    cases = {case.id: case for case in layer.cases}
    groups = {group.id: group for group in layer.groups}
    rows = []
    for e in layer.entries:
        roles = set(layer.members[e.member_id].roles) if e.member_id else set()
        if "onderzoeker" in roles or not in_stretch(cases[groups[e.group_id].case_id], e.sent_at.date()):
            continue
        done = layer.acts.get(e.id)
        rows.append(
            {
                "id": e.id, "group": groups[e.group_id].label, "day": e.sent_at.date(),
                "month": e.sent_at.strftime("%Y-%m"), "kind": e.kind, "roles": roles,
                "reviewed": done is not None, "code": [c.code for c in done.choices] if done else [],
                "targets": [k.target_id for k in done.links] if done else [],
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_equals_a_count_with_pandas(make, codebook, seed):
    layer = make.drawn(seed)
    rows = {(r.group, r.month, r.code): r for r in frequencies(layer, codebook)}
    frame = frame_of(layer)
    messages = frame[frame.kind == "message"]
    shares = messages.groupby(["group", "month"]).reviewed.mean()
    coded = messages.explode("code").dropna(subset="code")
    counted = coded.groupby(["group", "month", "code"]).size()
    days = coded.groupby(["group", "month", "code"]).day.nunique()
    notices = frame[frame.kind == "system"].explode("code").groupby(["group", "month", "code"]).size()
    incident = incident_of(layer)
    for key, row in rows.items():
        assert row.messages == counted.get(key, 0)
        assert row.days == days.get(key, 0)
        assert row.notices == notices.get(key, 0)
        assert row.reviewed_share == (pytest.approx(shares[key[:2]]) if key[:2] in shares else None)
        mine = coded[(coded.group == key[0]) & (coded.month == key[1]) & (coded.code == key[2])]
        if key[2] == "M":
            assert row.incidents == sum(incident[entry_id] == entry_id for entry_id in mine.id)
            assert (row.actor_messages, row.climate_messages) == (row.messages, 0)
            continue
        tied = {t for targets in mine.targets for t in targets} | set(mine.id)
        expected = len({incident[t] for t in tied if t in incident})
        assert row.incidents == (expected if key[2] in OF_INCIDENTS else None)
        actors = codebook.interventions[int(key[2][:-1])].actors
        acting = pd.Series([bool(roles & actors) for roles in mine.roles], index=mine.index, dtype=bool)
        assert (row.actor_messages, row.climate_messages) == (acting.sum(), (~acting).sum())
        assert (row.actor_days, row.climate_days) == (mine[acting].day.nunique(), mine[~acting].day.nunique())
    assert set(counted.index) <= set(rows)
    assert sum(row.incidents or 0 for row in rows.values()) > 20


def test_there_is_a_row_for_every_covered_month_and_code_also_without_a_sighting(make, codebook):
    rows = frequencies(make.layer([], []), codebook)
    months = sorted({row.month for row in rows})
    assert (months[0], months[-1], len(months)) == ("2020-01", "2021-02", 14)
    assert len(rows) == 14 * len(CODES)
    assert {row.reviewed_share for row in rows} == {None}
    assert not any(row.enough for row in rows)


def test_months_can_be_chosen(make, codebook):
    rows = frequencies(make.layer([], []), codebook, months={"2020-10", "2021-04"})
    assert {row.month for row in rows} == {"2020-10"}


def test_covered_days_are_those_of_exports_and_of_the_stretches(make, codebook):
    covered = {r.month: r.covered_days for r in frequencies(make.layer([], []), codebook)}
    assert (covered["2020-01"], covered["2020-09"], covered["2021-02"]) == (22, 30, 28)
    assert "2021-03" not in covered


def test_a_case_without_period_and_baseline_counts_all_that_is_covered(make, codebook):
    week = Period(date(2021, 5, 1), date(2021, 5, 8))
    layer = make.layer([], [], cases=[Case("c", "Noord", None, None)], coverage={"g": (week,)})
    assert {(r.month, r.covered_days) for r in frequencies(layer, codebook)} == {("2021-05", 7)}


def message(n, day, member="m3", hour=12):
    return Entry(f"e{n}", "g", n, datetime(2020, 10, day, hour), "message", "t", member_id=member)


def october(layer, codebook):
    return {row.code: row for row in frequencies(layer, codebook, months={"2020-10"})}


def test_days_writers_and_notices_by_hand(make, codebook):
    notice = replace(message(9, 4), kind="system", member_id=None, event="joined")
    entries = [message(1, 1, "m0"), message(2, 1, "m3", 13), message(3, 2, "m3"), message(4, 3, "m5"), notice]
    acts = [make.act(e.id, "4+") for e in entries[:4]] + [make.act("e9", "2+")]
    rows = october(make.layer(entries, acts), codebook)
    four = rows["4+"]
    assert (four.messages, four.days) == (3, 2)
    assert (four.actor_messages, four.actor_days, four.climate_messages, four.climate_days) == (1, 1, 2, 2)
    assert (rows["2+"].messages, rows["2+"].notices) == (0, 1)


def test_a_notice_that_nobody_confirmed_is_no_coding(make, codebook):
    notice = replace(message(9, 4), kind="system", member_id=None, event="left")
    assert october(make.layer([notice], []), codebook)["2-"].notices == 0


def test_a_message_without_a_code_counts_as_reviewed(make, codebook):
    layer = make.layer([message(1, 1), message(2, 2), message(3, 3, "m5")], [make.act("e1")])
    assert october(layer, codebook)["M"].reviewed_share == 0.5


def test_feedback_a_month_later_counts_the_incident_that_it_answers(make, codebook):
    late = replace(message(3, 1, "m0"), sent_at=datetime(2020, 11, 5))
    entries = [message(1, 30), message(2, 31), late]
    acts = [
        make.act("e1", "M"),
        make.act("e2", "M", links=[Link("incident", "e1")]),
        make.act("e3", "1+", links=[Link("feedback", "e2")]),
    ]
    rows = {(r.month, r.code): r for r in frequencies(make.layer(entries, acts), codebook)}
    assert (rows["2020-10", "M"].messages, rows["2020-10", "M"].incidents) == (2, 1)
    assert (rows["2020-11", "M"].incidents, rows["2020-11", "1+"].incidents) == (0, 1)
    assert rows["2020-11", "11+"].incidents is None


def test_a_second_report_begins_no_incident_in_its_own_month(make, codebook):
    later = replace(message(2, 1), sent_at=datetime(2020, 11, 1, 0, 5))
    acts = [make.act("e1", "M"), make.act("e2", "M", links=[Link("incident", "e1")])]
    rows = {(r.month, r.code): r for r in frequencies(make.layer([message(1, 31), later], acts), codebook)}
    assert [rows[month, "M"].incidents for month in ("2020-10", "2020-11")] == [1, 0]
