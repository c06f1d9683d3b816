"""Frequencies taken apart: by the role of the writer and by sub-reason, down to the messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from chatcode.analysis.frequency import Sighting, actors_of, is_actor, sightings
from chatcode.domain import CODES, Layer

if TYPE_CHECKING:
    from chatcode.codebook import Codebook

Part = Literal["all", "actors", "climate"]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One code in one group and month, for one kind of writer or one sub-reason.

    `value` is "beheerder", "beheerder, professional", or the id of a sub-reason; None where the
    writer has no role, or the coder chose no sub-reason.
    """

    case: str
    group: str
    month: str
    code: str
    value: str | None
    messages: int
    days: int


def by_role(layer: Layer) -> list[Breakdown]:
    """Messages and days per code and the roles of the writer; rows without a message are left out."""
    return _broken_down(layer, lambda sighting, _: ", ".join(sorted(sighting.roles)) or None)


def by_sub_reason(layer: Layer) -> list[Breakdown]:
    """Messages and days per opposite code and sub-reason; never to be summed over interventions."""
    found = _broken_down(layer, _sub_reason)
    return [row for row in found if row.code.endswith("-")]


def behind(
    layer: Layer, codebook: Codebook, *, group: str, month: str, code: str, part: Part = "all"
) -> list[str]:
    """The ids of the messages that a figure counts, in order: of everybody, the actors or the others."""
    actors = actors_of(code, codebook)
    ids = [one.id for one in layer.groups if one.label == group]
    return [
        sighting.entry.id
        for group_id, found in sightings(layer).items()
        if group_id in ids
        for sighting in found
        if sighting.month == month
        and code in sighting.act.codes
        and (part == "all" or is_actor(sighting.roles, actors) == (part == "actors"))
    ]


def _sub_reason(sighting: Sighting, code: str) -> str | None:
    return next((choice.sub_reason for choice in sighting.act.choices if choice.code == code), None)


def _broken_down(layer: Layer, value_of: Callable[[Sighting, str], str | None]) -> list[Breakdown]:
    cases = {case.id: case.name for case in layer.cases}
    by_group = sightings(layer)
    rows = []
    for group in layer.groups:
        found: dict[tuple[str, int, str | None], list[date]] = {}
        for sighting, code in _codings(by_group[group.id]):
            key = sighting.month, CODES.index(code), value_of(sighting, code)
            found.setdefault(key, []).append(sighting.day)
        for (month, place, value), days in sorted(
            found.items(), key=lambda item: (*item[0][:2], item[0][2] or "")
        ):
            rows.append(
                Breakdown(
                    cases[group.case_id], group.label, month, CODES[place], value, len(days), len(set(days))
                )
            )
    return rows


def _order(item: tuple[tuple[str, int, str | None], list[date]]) -> tuple[str, int, str]:
    (month, place, value), _ = item
    return month, place, value or ""


def _codings(found: list[Sighting]) -> Iterator[tuple[Sighting, str]]:
    return ((sighting, code) for sighting in found for code in sighting.act.codes)
