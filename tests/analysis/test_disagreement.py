from __future__ import annotations

from datetime import date, datetime, timedelta

from chatcode.analysis.disagreement import disagreements, mixed_up, pairs_of, pairs_within, shared_of
from chatcode.domain import Case, Entry, Group, Member, Period

CASES = [
    Case("c", "Noord", Period(date(2020, 9, 1), date(2021, 9, 1)), Period(date(2019, 9, 1), date(2020, 9, 1)))
]
GROUPS = [Group("g1", "N1", "c"), Group("g2", "N2", "c")]
MEMBERS = {
    "m": Member("m", "Deelnemer", 1, frozenset({"deelnemer"})),
    "r": Member("r", "Onderzoeker", 1, frozenset({"onderzoeker"})),
}


def entry(name, group="g1", at=datetime(2020, 10, 1, 12), kind="message", member="m"):
    return Entry(name, group, int(name[1:]), at, kind, f"tekst {name}", member_id=member)


def compared(entries, first, second):
    return pairs_of(
        entries,
        {i: frozenset(codes.split()) for i, codes in first.items()},
        {i: frozenset(codes.split()) for i, codes in second.items()},
        members=MEMBERS, groups=GROUPS, cases=CASES,
    )  # fmt: skip


def read(entries, readings):
    return shared_of(
        entries,
        {
            coder: {i: frozenset(codes.split()) for i, codes in some.items()}
            for coder, some in readings.items()
        },
        members=MEMBERS, groups=GROUPS, cases=CASES,
    )  # fmt: skip


def test_of_three_coders_what_two_or_more_coded_is_shared_and_what_is_disputed_is_told():
    entries = [entry(f"e{n}") for n in range(5)]
    shared = read(
        entries,
        {
            "K1": {"e0": "M", "e1": "M 7-", "e3": "1+"},
            "K2": {"e0": "M", "e1": "M", "e2": "", "e4": ""},
            "K3": {"e1": "M 8+", "e2": "M", "e4": ""},
        },
    )
    assert [(one.entry.id, sorted(one.codes), one.alike) for one in shared] == [
        ("e0", ["K1", "K2"], True), ("e1", ["K1", "K2", "K3"], False),
        ("e2", ["K2", "K3"], False), ("e4", ["K2", "K3"], True),
    ]  # fmt: skip
    found = disagreements(shared, entries)
    assert [(one.shared.entry.id, one.pattern) for one in found] == [("e1", "7- 8+"), ("e2", "M")]
    assert [pair.entry.id for pair in pairs_within(shared, "K2", "K3")] == ["e1", "e2", "e4"]


def test_only_messages_that_both_coded_are_compared_no_notices_and_none_of_researchers():
    entries = [entry("e1"), entry("e2"), entry("e3", kind="system"), entry("e4", member="r"), entry("e5")]
    every = {e.id: "M" for e in entries}
    found = compared(entries, every, dict.fromkeys(("e1", "e3", "e4", "e5"), "M"))
    assert [pair.entry.id for pair in found] == ["e1", "e5"]


def test_a_pair_knows_its_area_its_stretch_and_its_day():
    entries = [
        entry("e1", at=datetime(2020, 8, 31, 23, 59)),
        entry("e2", at=datetime(2020, 9, 1)),
        entry("e3", at=datetime(2021, 9, 1)),
        entry("e4", group="g2", at=datetime(2020, 9, 1, 4)),
    ]
    found = compared(entries, {e.id: "" for e in entries}, {e.id: "" for e in entries})
    assert [(pair.case, pair.period) for pair in found] == [
        ("Noord", "baseline"), ("Noord", "period"), ("Noord", "outside"), ("Noord", "period"),
    ]  # fmt: skip
    assert len({pair.block for pair in found}) == 4


def test_what_is_mixed_up_most_comes_first_with_its_neighbours_of_the_same_group():
    entries = [entry(f"e{n}", at=datetime(2020, 10, 1, 12) + timedelta(minutes=n)) for n in range(8)]
    entries.append(entry("e8", group="g2"))
    first = {"e0": "1+", "e2": "M", "e4": "", "e5": "M 7-", "e8": ""}
    second = {"e0": "", "e2": "M", "e4": "8+", "e5": "M", "e8": "8+"}
    pairs = compared(entries, first, second)
    assert mixed_up(pairs) == [("– / 8+", 2), ("1+ / –", 1), ("7- / –", 1)]
    readings = {"K1": first, "K2": second}
    found = disagreements(read(entries, readings), entries, around=2)
    assert [one.pattern for one in found] == ["– / 8+", "– / 8+", "1+ / –", "7- / –"]
    assert [one.shared.entry.id for one in found] == ["e4", "e8", "e0", "e5"]
    assert [e.id for e in found[0].before] == ["e2", "e3"]
    assert [e.id for e in found[0].after] == ["e5", "e6"]
    assert (found[1].before, found[1].after, found[2].before) == ([], [], [])
