"""The plan in documents: what was agreed, by whom and when, beside what was seen; minutes of meetings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chatcode.analysis.frequency import actors_of, is_actor, sightings
from chatcode.domain import Action, Beside, Layer
from chatcode.report.document import Block, Box, Column, Heading, Table
from chatcode.report.words import Words

if TYPE_CHECKING:
    from chatcode.codebook import Codebook

STANDINGS: Mapping[str, str] = {
    "open": "still to come",
    "due": "due within a fortnight",
    "missed": "day has passed, not told as done",
    "done": "done",
    "late": "done after its day",
    "dropped": "dropped",
}


def plan(beside: Beside, layer: Layer, codebook: Codebook, w: Words, on: date) -> Iterator[Block]:
    """What was agreed and how it stands on a day; nothing where nothing was agreed."""
    named = {case.id: case.name for case in layer.cases}
    actions = [action for action in beside.actions if action.case_id in named and action.agreed_on <= on]
    minutes = [one for one in beside.minutes if one.case_id in (None, *named) and one.day <= on]
    if not actions and not minutes and named:
        return
    yield Heading(w("The plan, and what was seen"))
    if actions or not named:
        yield Table(
            caption=w("What was agreed"),
            columns=(
                Column(w("What")),
                Column(w("Area")),
                Column(w("Intervention")),
                Column(w("Who")),
                Column(w("Agreed on"), "date"),
                Column(w("By when"), "date"),
                Column(w("How it stands")),
                Column(w("Days seen in the chat since"), "number"),
            ),
            rows=tuple(
                (
                    action.what,
                    named[action.case_id],
                    str(action.intervention or ""),
                    action.who,
                    action.agreed_on.isoformat(),
                    action.due.isoformat(),
                    _standing(action, on, w),
                    seen_since(action, layer, codebook, on),
                )
                for action in actions
            ),
            notes=(
                w("As it stands on {day}.", day=w.day(on)),
                w(
                    "Seen: days on which those whose part it is did it in the chat, from the day of the "
                    "agreement on."
                ),
            ),
            sheet=w("Plan"),
        )
    for one in minutes:
        where = f"{named[one.case_id]} · " if one.case_id else ""
        yield Box(f"{where}{w('Meeting of {day}', day=w.day(one.day))}", (one.text,))


def standing_words(w: Words) -> Mapping[str, str]:
    """How an action can stand, in words."""
    return {name: w(told) for name, told in STANDINGS.items()}


def _standing(action: Action, on: date, w: Words) -> str:
    # What was told after this day was not known on it.
    told = w(STANDINGS[action.standing(on)])
    return f"{told}: {action.note}" if action.note else told


def seen_since(action: Action, layer: Layer, codebook: Codebook, on: date) -> int | None:
    """Days, once per group, on which the actors did it in the chat from the day it was agreed up to a day.

    None where it belongs to no intervention, or where no export covers a day of that time.
    """
    if action.intervention is None:
        return None
    groups = {group.id for group in layer.groups if group.case_id == action.case_id}
    reach = on + timedelta(days=1)
    covered = any(
        stretch.start < reach and stretch.end > action.agreed_on
        for group in groups
        for stretch in layer.coverage.get(group, ())
    )
    if not covered:
        return None
    code = f"{action.intervention}+"
    actors = actors_of(code, codebook)
    return len(
        {
            (group, s.day)
            for group, found in sightings(layer).items()
            if group in groups
            for s in found
            if code in s.act.codes and is_actor(s.roles, actors) and action.agreed_on <= s.day <= on
        }
    )
