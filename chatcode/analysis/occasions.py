"""Occasions: what asks for an answer, a report or improper behaviour, and whether it got one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from chatcode.analysis.frequency import is_actor, month_of
from chatcode.analysis.incidents import DURING
from chatcode.analysis.material import Material, Seen
from chatcode.analysis.window import Window


@dataclass(frozen=True, slots=True)
class Occasion:
    """An incident or an impropriety, and whether the actors answered it by a link.

    `during` is whether that was within twelve hours; `followed`, whether a message of the
    actors with the code came within twelve hours, linked or not.
    """

    group_id: str
    at: datetime
    entry_ids: tuple[str, ...]
    answered: bool
    during: bool
    followed: bool

    @property
    def month(self) -> str:
        """The month in which it began."""
        return month_of(self.at.date())


def occasions(material: Material, window: Window, number: int, actors: frozenset[str]) -> list[Occasion]:
    """For 7 the improprieties, else the incidents, that begin in a stretch."""
    plus = f"{number}+"
    every = (
        ((i, i.at, (i.entry_id,)) for i in material.improprieties)
        if number == 7
        else ((i, i.first_at, i.report_ids) for i in material.incidents)
    )
    found = []
    for one, at, entry_ids in every:
        if window.holds(one.group_id, at.date(), month_of(at.date())):
            told = [
                answer for answer in one.answers if plus in answer.codes and is_actor(answer.roles, actors)
            ]
            found.append(
                Occasion(
                    group_id=one.group_id,
                    at=at,
                    entry_ids=entry_ids,
                    answered=bool(told),
                    during=any(answer.during for answer in told),
                    followed=any(
                        is_actor(seen.roles, actors) and seen.entry_id not in entry_ids
                        for seen in _soon_after(material, one.group_id, at, plus)
                    ),
                )
            )
    return found


def _soon_after(material: Material, group_id: str, at: datetime, code: str) -> Iterator[Seen]:
    told = material.seen.get((group_id, code), ())
    for place in range(bisect_left(told, at, key=lambda seen: seen.at), len(told)):
        if told[place].at - at > DURING:
            return
        yield told[place]
