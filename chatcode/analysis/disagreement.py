"""Which messages codings have in common, and where they differ, in context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from chatcode.analysis.agreement import Pair
from chatcode.domain import CODES, Act, Case, Entry, Group, Member


@dataclass(frozen=True, slots=True)
class Shared:
    """One message with the codes of everybody who coded it; `block` is what it hangs together with."""

    entry: Entry
    codes: Mapping[str, frozenset[str]]
    block: Hashable
    case: str = ""
    period: str = ""

    @property
    def alike(self) -> bool:
        """Whether everybody gave the same codes."""
        return len(set(self.codes.values())) == 1


def shared_of(
    entries: Sequence[Entry],
    readings: Mapping[str, Mapping[str, frozenset[str]]],
    *,
    members: Mapping[str, Member],
    groups: Sequence[Group],
    cases: Sequence[Case],
) -> list[Shared]:
    """The messages that two codings or more hold, in reading order; not those of researchers, nor notices.

    `readings` are the codes per entry, by coder. A block is a day of a group. `period` is "period",
    "baseline", "outside" or, where the case has neither, empty.
    """
    case_of = {case.id: case for case in cases}
    of_group = {group.id: case_of[group.case_id] for group in groups}
    found = []
    for entry in entries:
        codes = {coder: some[entry.id] for coder, some in readings.items() if entry.id in some}
        if entry.kind != "message" or len(codes) < 2:
            continue
        member = members.get(entry.member_id or "")
        if member and "onderzoeker" in member.roles:
            continue
        case, day = of_group[entry.group_id], entry.sent_at.date()
        found.append(Shared(entry, codes, (entry.group_id, day), case.name, period_at(case, entry)))
    return found


def pairs_of(
    entries: Sequence[Entry],
    first: Mapping[str, frozenset[str]],
    second: Mapping[str, frozenset[str]],
    *,
    members: Mapping[str, Member],
    groups: Sequence[Group],
    cases: Sequence[Case],
) -> list[Pair]:
    """The messages that both codings hold; see `shared_of`."""
    shared = shared_of(
        entries, {"a": first, "b": second}, members=members, groups=groups, cases=cases
    )  # fmt: skip
    return pairs_within(shared, "a", "b")


def pairs_within(shared: Sequence[Shared], first: str, second: str) -> list[Pair]:
    """Of what several coders share, what these two do."""
    return [
        Pair(one.entry, one.codes[first], one.codes[second], one.block, one.case, one.period)
        for one in shared
        if first in one.codes and second in one.codes
    ]


def period_at(case: Case, entry: Entry) -> str:
    """In which of a case's stretches an entry was sent."""
    day = entry.sent_at.date()
    if case.period and day in case.period:
        return "period"
    if case.baseline and day in case.baseline:
        return "baseline"
    return "outside" if case.period or case.baseline else ""


def codes_of(acts: Mapping[str, Act]) -> dict[str, frozenset[str]]:
    """The codes alone, by entry."""
    return {entry_id: act.codes for entry_id, act in acts.items()}


# ── where they differ ─────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A message that codings differ on, with what was said around it.

    `pattern` is what stands against what: of two codings the codes that only the one and only the
    other gave, of more the codes that some gave and others did not.
    """

    shared: Shared
    pattern: str
    before: Sequence[Entry]
    after: Sequence[Entry]


def pattern(first: frozenset[str], second: frozenset[str]) -> str:
    """The codes that only the first gave against those that only the second gave."""
    return f"{written(first - second)} / {written(second - first)}"


def disputed(shared: Shared) -> str:
    """The codes of a message that some gave and others did not."""
    given = list(shared.codes.values())
    return written(frozenset.union(*given) - frozenset.intersection(*given))


def written(codes: frozenset[str]) -> str:
    """Codes in their fixed order; a dash for none."""
    return " ".join(sorted(codes, key=CODES.index)) or "–"


def disagreements(
    shared: Sequence[Shared], entries: Sequence[Entry], *, around: int = 3
) -> list[Disagreement]:
    """The messages that codings differ on, what is mixed up most first; then in reading order.

    `around` is how many entries of the group stand before and after it.
    """
    two = len({coder for one in shared for coder in one.codes}) == 2
    differing = [
        (pattern(*one.codes.values()) if two else disputed(one), one) for one in shared if not one.alike
    ]
    often = Counter(name for name, _ in differing)
    place = {entry.id: i for i, entry in enumerate(entries)}
    found = []
    for name, one in sorted(differing, key=lambda d: (-often[d[0]], d[0], place[d[1].entry.id])):
        here, group = place[one.entry.id], one.entry.group_id
        before = [e for e in entries[max(0, here - around) : here] if e.group_id == group]
        after = [e for e in entries[here + 1 : here + 1 + around] if e.group_id == group]
        found.append(Disagreement(one, name, before, after))
    return found


def mixed_up(pairs: Sequence[Pair]) -> list[tuple[str, int]]:
    """What stands against what, and how often; the most frequent first."""
    often = Counter(pattern(p.first, p.second) for p in pairs if p.first != p.second)
    return sorted(often.items(), key=lambda item: (-item[1], item[0]))
