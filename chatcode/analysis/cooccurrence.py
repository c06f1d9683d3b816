"""Co-occurrence: which codes stand together on one message."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from chatcode.analysis.frequency import sightings
from chatcode.domain import CODES, Layer


@dataclass(frozen=True, slots=True)
class Pair:
    """Two codes in one case: messages with both, with each, and reviewed messages in all."""

    case: str
    first: str
    second: str
    both: int
    of_first: int
    of_second: int
    reviewed: int

    @property
    def lift(self) -> float:
        """How many times more often they stand together than if they had nothing to do with each other."""
        return self.both * self.reviewed / (self.of_first * self.of_second)


def cooccurrence(layer: Layer) -> list[Pair]:
    """The pairs of codes that occur together, case by case, in the order of the codebook."""
    by_group = sightings(layer)
    rows = []
    for case in layer.cases:
        single: Counter[str] = Counter()
        double: Counter[tuple[str, str]] = Counter()
        reviewed = 0
        for group in layer.groups:
            if group.case_id == case.id:
                for sighting in by_group[group.id]:
                    reviewed += 1
                    codes = sorted(sighting.act.codes, key=CODES.index)
                    single.update(codes)
                    double.update(combinations(codes, 2))
        rows += [
            Pair(case.name, first, second, double[first, second], single[first], single[second], reviewed)
            for first, second in combinations(CODES, 2)
            if double[first, second]
        ]
    return rows
