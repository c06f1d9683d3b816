"""What coders made of suggestions that they were shown: kept, dropped, added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chatcode.domain import CODES, Act, Link


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One code over the messages that were coded with suggestions shown.

    `kept` of the `shown` were confirmed; `added` is what coders chose without it being shown.
    """

    code: str
    shown: int
    kept: int
    added: int


def acceptance(acts: Iterable[Act]) -> list[Acceptance]:
    """The codes that were shown or chosen, in the order of the codebook; blind acts are left out."""
    shown: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    added: Counter[str] = Counter()
    for act in acts:
        if act.mode not in ("assisted", "bulk"):
            continue
        told = frozenset(act.shown)
        shown.update(told)
        kept.update(told & act.codes)
        added.update(act.codes - told)
    return [
        Acceptance(code, shown[code], kept[code], added[code]) for code in CODES if shown[code] or added[code]
    ]


def links_taken(acts: Iterable[Act], proposed: Mapping[str, Mapping[Link, float]]) -> tuple[int, int]:
    """How many links were proposed beside these acts, and how many of them they have; `proposed` by act."""
    pairs = [(link, act) for act in acts for link in proposed.get(act.id, ())]
    return len(pairs), sum(link in act.links for link, act in pairs)
