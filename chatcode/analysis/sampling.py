"""Drawing what is coded where not everything can be: whole conversations or weeks, with their weights.

Units are drawn at random within each group and month (a stratified cluster sample), so a unit
stands for as many as its stratum has for each one drawn. Coders get them in a random order in which
baseline and period are mixed evenly: what changes in a coder over time cannot pass for a change
in the neighbourhood.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Literal

from chatcode.analysis.disagreement import period_at
from chatcode.conversation import split
from chatcode.domain import Case, Entry, Group, Member

UnitKind = Literal["conversation", "week"]
# With one unit of a stratum nothing is known of how units differ.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of one group that is coded as a whole; `entry_ids` are its messages, in order.

    It belongs to the group's month in which its first message was sent; `phase` is "period",
    "baseline", or empty where the case has neither.
    """

    group_id: str
    month: str
    phase: str
    entry_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A unit that was drawn: `drawn` of the `stratum_units` of its group, month and phase."""

    unit: Unit
    stratum_units: int
    drawn: int

    @property
    def weight(self) -> float:
        """How many units it stands for."""
        return self.stratum_units / self.drawn


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, and per coder the order in which the units come, as places in `units`."""

    units: Sequence[Drawn]
    turns: Mapping[str, Sequence[int]]


def units_of(
    entries: Sequence[Entry],
    *,
    groups: Sequence[Group],
    cases: Sequence[Case],
    members: Mapping[str, Member],
    kind: UnitKind,
) -> list[Unit]:
    """Cut what is to be coded into units: messages on days that count, not by researchers.

    A week ends with its month, so that it belongs to one month only.
    """
    case_of = {case.id: case for case in cases}
    of_group = {group.id: case_of[group.case_id] for group in groups}
    by_group: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_group[entry.group_id].append(entry)
    units = []
    for group_id, every in by_group.items():
        for stretch in split(every) if kind == "conversation" else _weeks(every):
            messages = [entry for entry in stretch if _is_coded(entry, members)]
            if messages:
                phase = period_at(of_group[group_id], messages[0])
                if phase != "outside":
                    units.append(
                        Unit(group_id, f"{messages[0].sent_at:%Y-%m}", phase, tuple(e.id for e in messages))
                    )
    return units


def _weeks(entries: Sequence[Entry]) -> list[Sequence[Entry]]:
    # A week is told by its Monday; exports that overlap may not be in order of time.
    found: dict[tuple[int, int, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        year, week, _ = entry.sent_at.isocalendar()
        found[year, week, entry.sent_at.month].append(entry)
    return [found[key] for key in found]


def _is_coded(entry: Entry, members: Mapping[str, Member]) -> bool:
    member = members.get(entry.member_id or "")
    return entry.kind == "message" and not (member and "onderzoeker" in member.roles)


def draw(
    units: Sequence[Unit], *, share: float, coders: Sequence[str], double: float = 1.0, seed: int
) -> Sample:
    """Draw a share of the units of every group, month and phase; at least two of each, where there are.

    `double` is the share of the drawn units that every coder gets; the others are dealt out. The
    same seed gives the same sample of the same units.
    """
    dice = random.Random(seed)  # noqa: S311 a sample must be repeatable, not secret
    strata: dict[tuple[str, str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        strata[unit.group_id, unit.month, unit.phase].append(unit)
    drawn = []
    for members in strata.values():
        # Rounding up or down by chance keeps the share over many small strata.
        wanted = floor(share * len(members) + dice.random())
        taken = min(len(members), max(_FEWEST, wanted))
        places = sorted(dice.sample(range(len(members)), taken))
        drawn += [Drawn(members[place], len(members), taken) for place in places]
    return Sample(drawn, _turns(drawn, coders, double, dice))


def _turns(
    drawn: Sequence[Drawn], coders: Sequence[str], double: float, dice: random.Random
) -> dict[str, list[int]]:
    mine: dict[str, list[int]] = {coder: [] for coder in coders}
    phases: dict[str, list[int]] = defaultdict(list)
    for place in _mixed(range(len(drawn)), drawn, dice):
        phases[drawn[place].unit.phase].append(place)
    for places in phases.values():
        shared = round(double * len(places)) if len(coders) > 1 else len(places)
        for place in places[:shared]:
            for coder in coders:
                mine[coder].append(place)
        dealt = list(coders)
        dice.shuffle(dealt)
        for number, place in enumerate(places[shared:]):
            mine[dealt[number % len(dealt)]].append(place)
    return {coder: _mixed(places, drawn, dice) for coder, places in mine.items()}


def _mixed(places: Sequence[int], drawn: Sequence[Drawn], dice: random.Random) -> list[int]:
    """A random order in which every stretch holds baseline and period in their proportion."""
    shuffled = list(places)
    dice.shuffle(shuffled)
    total = Counter(drawn[place].unit.phase for place in shuffled)
    passed: Counter[str] = Counter()
    keyed = []
    for place in shuffled:
        phase = drawn[place].unit.phase
        keyed.append(((passed[phase] + dice.random()) / total[phase], place))
        passed[phase] += 1
    return [place for _, place in sorted(keyed)]
