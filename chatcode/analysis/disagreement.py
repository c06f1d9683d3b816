"""Which messages two codings have in common, and where they differ, in context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatcode.analysis.agreement import Pair
from chatcode.domain import CODES, Act, Case, Entry, Group, Member


def pairs_of(
    entries: Sequence[Entry],
    first: Mapping[str, frozenset[str]],
    second: Mapping[str, frozenset[str]],
    *,
    members: Mapping[str, Member],
    groups: Sequence[Group],
    cases: Sequence[Case],
) -> list[Pair]:
    """The messages that both codings hold, in reading order; not those of researchers, nor notices.

    A block is a day of a group. `period` is "period", "baseline", "outside" or, where the case has
    neither, empty.
    """
    case_of = {case.id: case for case in cases}
    of_group = {group.id: case_of[group.case_id] for group in groups}
    found = []
    for entry in entries:
        if entry.kind != "message" or entry.id not in first or entry.id not in second:
            continue
        member = members.get(entry.member_id or "")
        if member and "onderzoeker" in member.roles:
            continue
        case, day = of_group[entry.group_id], entry.sent_at.date()
        found.append(
            Pair(
                entry,
                first[entry.id],
                second[entry.id],
                (entry.group_id, day),
                case.name,
                period_at(case, entry),
            )
        )
    return found


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
    """A message that two codings differ on, with what was said around it."""

    pair: Pair
    before: Sequence[Entry]
    after: Sequence[Entry]

    @property
    def pattern(self) -> str:
        """What stands against what: the codes that only one of both gave."""
        return pattern(self.pair)


def pattern(pair: Pair) -> str:
    """The codes that only the first gave against those that only the second gave."""
    return f"{written(pair.first - pair.second)} / {written(pair.second - pair.first)}"


def written(codes: frozenset[str]) -> str:
    """Codes in their fixed order; a dash for none."""
    return " ".join(sorted(codes, key=CODES.index)) or "–"


def disagreements(pairs: Sequence[Pair], entries: Sequence[Entry], *, around: int = 3) -> list[Disagreement]:
    """The messages that two codings differ on, what is mixed up most first; then in reading order.

    `around` is how many entries of the group stand before and after it.
    """
    differing = [pair for pair in pairs if pair.first != pair.second]
    often = Counter(pattern(pair) for pair in differing)
    place = {entry.id: i for i, entry in enumerate(entries)}
    found = []
    for pair in sorted(differing, key=lambda p: (-often[pattern(p)], pattern(p), place[p.entry.id])):
        here, group = place[pair.entry.id], pair.entry.group_id
        before = [e for e in entries[max(0, here - around) : here] if e.group_id == group]
        after = [e for e in entries[here + 1 : here + 1 + around] if e.group_id == group]
        found.append(Disagreement(pair, before, after))
    return found


def mixed_up(pairs: Sequence[Pair]) -> list[tuple[str, int]]:
    """What stands against what, and how often; the most frequent first."""
    often = Counter(pattern(pair) for pair in pairs if pair.first != pair.second)
    return sorted(often.items(), key=lambda item: (-item[1], item[0]))
