"""Ask people for marks, cell by cell: what was counted first, the proposal never before their own mark."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from chatcode.cli import options
from chatcode.cli.output import say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.analysis.assessment import Cell
    from chatcode.analysis.frequency import Sighting
    from chatcode.codebook import Codebook
    from chatcode.domain import Beside, Layer
    from chatcode.study.store import Study

MARKS = ("✓", "=", "~", "X")
# ✓ is on no keyboard.
TYPED = {"v": "✓", "V": "✓", "x": "X"}
_TYPICAL, _CONTRARY, _LONGEST = 5, 3, 160
_STRIP = " ▁▂▃▄▅▆▇█"


def rate(study: Study, codebook: Codebook, layer: Layer, found: Sequence[Cell], by: str) -> None:
    """Ask a mark, a reason and how it was carried out for every cell that this rater has not rated.

    Each is stored as it is given.
    """
    own = {(m.case_id, m.intervention) for m in study.marks() if m.stage == "researcher" and m.by == by}
    cases = {case.name: case.id for case in layer.cases}
    waiting = [cell for cell in found if (cases[cell.case], cell.intervention) not in own]
    beside = study.beside()
    say(f"{len(waiting)} cells to rate. Mark: v (✓), =, ~ or X; Enter skips; q stops. Each is saved at once.")
    for cell in waiting:
        _show(cell, codebook, layer, beside)
        mark = _ask_mark()
        if mark == "q":
            break
        if not mark:
            continue
        reason = _ask_reason()
        prose = _ask("  How it was carried out, in two to four sentences (Enter: none): ").strip()
        stop = prose == "q"
        _store(study, cases[cell.case], cell, mark, reason, "" if stop else prose, by)
        if stop:
            break


def look_again(study: Study, codebook: Codebook, layer: Layer, found: Sequence[Cell], by: str) -> None:
    """Show each rated cell whose proposal differs, and ask whether the mark stays; both marks are kept."""
    from chatcode.analysis.proposal import CARRIED_OUT, CONTINUED, REGULAR

    cases = {case.name: case.id for case in layer.cases}
    beside = study.beside()
    differing = [
        cell
        for cell in found
        if cell.researcher
        and cell.proposed
        and cell.proposed != cell.researcher
        and not (cell.proposed == REGULAR and cell.researcher in (CARRIED_OUT, CONTINUED))
    ]
    say(f"{len(differing)} cells whose proposal differs. A new mark, or Enter to leave yours; q stops.")
    for cell in differing:
        _show(cell, codebook, layer, beside)
        say(f"  yours     {cell.researcher}  {cell.reason}")
        say(f"  proposal  {cell.proposed}  ({cell.ground})")
        mark = _ask_mark()
        if mark == "q":
            break
        if mark:
            _store(study, cases[cell.case], cell, mark, _ask_reason(), cell.prose or "", by)


def _store(study: Study, case_id: str, cell: Cell, mark: str, reason: str, prose: str, by: str) -> None:
    from chatcode.domain import Mark

    options.free_of_identifiers(reason, "the reason")
    options.free_of_identifiers(prose, "how it was carried out")
    with study.transaction():
        study.add_mark(
            Mark(
                case_id, cell.intervention, "researcher", mark, reason, None, by, datetime.now(UTC), prose,
            )
        )  # fmt: skip
        study.record("table", marks=1)


# ── what a rater sees ─────────────────────────────────────────────────────────


def _show(cell: Cell, codebook: Codebook, layer: Layer, beside: Beside) -> None:
    intervention = codebook.interventions[cell.intervention]
    say(f"\n{cell.case} · {cell.intervention} {intervention.name['en']}")
    for name in ("baseline", "period"):
        if name in cell.counts:
            told = cell.counts[name]
            say(
                f"  {name:9} seen on {told['seen_days']} days in {told['months']:.1f} group-months"
                f" ({told['share_of_months']:.0%} of months), opposite on {told['opposite_days']} days,"
                f" {told['messages']} messages"
            )
            if told["monthly"]:
                say(
                    f"  {'':9} {_strip([m['seen_days'] for m in told['monthly']])}  days seen, month by month"
                )
            if told.get("occasions"):
                tied = told["linked_messages"] or not told["seen_messages"]
                answered = told["answered" if tied else "followed"]
                how = "" if tied else ", by time: the coding ties none"
                say(f"  {'':9} answered {answered} of {told['occasions']} occasions{how}")
    case_id = next(case.id for case in layer.cases if case.name == cell.case)
    if cell.counts["intake"]:
        say(f"  intake    {cell.counts['intake']}")
    for one in beside.evidence:
        if (one.case_id, one.intervention) == (case_id, cell.intervention):
            say(f"  {one.cited:9} {one.day} {one.source}: {one.text}{'' if one.done else ' (not done)'}")
    typical, contrary, kinds = _messages(cell, codebook, layer, case_id)
    if kinds:
        say(f"  against   {', '.join(f'{name} {n}' for name, n in kinds.items())}")
    for sign, found in (("+", typical), ("−", contrary)):
        for sighting in found:
            say(f"  {sign} {sighting.day} {' '.join(sighting.entry.text.split())[:_LONGEST]}")


def _strip(days: Sequence[int]) -> str:
    top = max([*days, 1])
    return "".join(_STRIP[-(-n * (len(_STRIP) - 1) // top)] for n in days)


def _messages(
    cell: Cell, codebook: Codebook, layer: Layer, case_id: str
) -> tuple[list[Sighting], list[Sighting], Counter[str]]:
    """Messages of the period that show the intervention and its opposite, spread over time, and the kinds."""
    from chatcode.analysis.frequency import actors_of, is_actor, sightings

    case = next(case for case in layer.cases if case.id == case_id)
    groups = {group.id for group in layer.groups if group.case_id == case_id}
    plus, minus = f"{cell.intervention}+", f"{cell.intervention}-"
    actors = actors_of(plus, codebook)
    own = [
        sighting
        for group, found in sightings(layer).items()
        if group in groups
        for sighting in found
        if case.period is None or sighting.day in case.period
    ]
    typical = [s for s in own if plus in s.act.codes and is_actor(s.roles, actors)]
    contrary = [s for s in own if minus in s.act.codes]
    names = {sub.id: sub.name["en"] for sub in codebook.interventions[cell.intervention].opposite.sub_reasons}
    kinds = Counter(
        names.get(choice.sub_reason or "", choice.sub_reason or "no kind chosen")
        for s in contrary
        for choice in s.act.choices
        if choice.code == minus
    )
    return _spread(typical, _TYPICAL), _spread(contrary, _CONTRARY), kinds


def _spread(found: list[Sighting], most: int) -> list[Sighting]:
    """A few of them at even distances, so that no month speaks for all."""
    if len(found) <= most:
        return found
    return [found[place * (len(found) - 1) // (most - 1)] for place in range(most)]


# ── asking ────────────────────────────────────────────────────────────────────


def _ask_mark() -> str:
    while True:
        typed = _ask("  Mark: ").strip()
        mark = TYPED.get(typed, typed)
        if mark in ("", "q", *MARKS):
            return mark
        if not sys.stdin.isatty():
            raise ChatcodeError(f"{typed[:3]!r} is no mark", "Marks are v (✓), =, ~ and X.")
        say("  Marks are v (✓), =, ~ and X.")


def _ask_reason() -> str:
    while True:
        reason = _ask("  Reason, in a sentence or two: ").strip()
        if reason:
            return reason
        if not sys.stdin.isatty():
            raise ChatcodeError("a mark needs a reason", "Nothing was stored for this cell.")


def _ask(question: str) -> str:
    say(question)
    line = sys.stdin.readline()
    return line if line else "q"
