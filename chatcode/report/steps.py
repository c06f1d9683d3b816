"""Beside the table of marks: what each rests on, how it came about, and what the proposals hang on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chatcode.analysis.proposal import CONVENTIONS, MEANING, REGULAR
from chatcode.domain import Beside, Form, Layer, Mark, Reply
from chatcode.report.document import Block, CellValue, Column, Heading, Listing, Paragraph, Row, Table
from chatcode.report.words import Words

if TYPE_CHECKING:
    from chatcode.analysis.assessment import Cell
    from chatcode.analysis.sensitivity import Line
    from chatcode.codebook import Codebook

BASIS = {
    "counted": "counted",
    "declared": "declared",
    "none": "none",
}
INTAKE = {"agreed": "agreed", "practice": "done already", "not_agreed": "not agreed or not applicable"}
STAGES = {
    "researcher": "researcher",
    "administrator": "administrator",
    "official": "official",
    "final": "final",
}
_SOURCE = "convention"


@dataclass(frozen=True, slots=True)
class Heard:
    """How the marks came about: every mark that was given, the forms that went out, and the replies."""

    marks: Sequence[Mark] = ()
    forms: Sequence[Form] = ()
    replies: Sequence[Reply] = ()
    answers: Mapping[tuple[int, int], str] = field(default_factory=dict)


def facts(counts: Mapping[str, Any], w: Words) -> str:
    """What was counted for a cell, in a sentence or three; nothing of what follows from it."""
    told = [_stretch(counts["period"], w, w("In the period"))]
    if "baseline" in counts:
        told.append(_stretch(counts["baseline"], w, w("In the time before")))
    return " ".join(told)


def _stretch(stretch: Mapping[str, Any], w: Words, name: str) -> str:
    share = stretch["reviewed_share"]
    told = [
        w(
            "{name} ({messages} messages, {share} reviewed): seen on {days}, in {months} of {of} "
            "months; the opposite on {opposite}.",
            name=name,
            messages=w.number(stretch["messages"]),
            share="–" if share is None else w.share(share),
            days=w.count("{n} day", "{n} days", stretch["seen_days"]),
            months=w.number(sum(month["seen_days"] > 0 for month in stretch["monthly"])),
            of=w.number(len(stretch["monthly"])),
            opposite=w.count("{n} day", "{n} days", stretch["opposite_days"]),
        )
    ]
    if stretch.get("occasions") and not (stretch["seen_messages"] and not stretch["linked_messages"]):
        told.append(
            w(
                "Of {occasions} occasions {answered} were answered.",
                occasions=w.number(stretch["occasions"]),
                answered=w.number(stretch["answered"]),
            )
        )
    if stretch.get("members_at_start") is not None:
        told.append(
            w(
                "Members at its start: {start}; at its end {net} more or fewer.",
                start=w.number(stretch["members_at_start"]),
                net=f"{stretch['members_net']:+d}",
            )
        )
    return " ".join(told)


def grounds(rated: Sequence[Cell], layer: Layer, beside: Beside, w: Words) -> Iterator[Block]:
    """What each rated cell rests on: basis, days and messages of both stretches, intake, evidence."""
    cases = {case.id: case.name for case in layer.cases}
    cited: dict[tuple[str, int], list[str]] = {}
    for one in beside.evidence:
        if one.case_id in cases:
            cited.setdefault((cases[one.case_id], one.intervention), []).append(one.cited)
    counted = [cell for cell in rated if "monthly" in cell.counts.get("period", {})]
    yield Table(
        caption=w("What the rated cells rest on"),
        columns=(
            Column(w("Area and intervention")),
            Column(w("Time before")),
            Column(w("Agreed beforehand")),
            Column(w("Days seen"), "number"),
            Column(w("Messages seen"), "number"),
            Column(w("Opposite days"), "number"),
            Column(w("Messages in all"), "number"),
            Column(w("Days seen before"), "number"),
            Column(w("Messages seen before"), "number"),
            Column(w("Messages in all before"), "number"),
            Column(w("Evidence")),
        ),
        rows=tuple(_ground(cell, cited, w) for cell in counted),
        notes=(
            w("Days and messages seen: by those whose part it is, in months of which enough is reviewed."),
            w("The time before: counted from exports, declared at the intake (done already), or none."),
        ),
        sheet=w("Grounds"),
    )
    if beside.evidence or not cases:
        yield Table(
            caption=w("Evidence from outside the chat"),
            columns=(
                Column(w("Number")),
                Column(w("Area and intervention")),
                Column(w("Day"), "date"),
                Column(w("Source")),
                Column(w("What was observed")),
                Column(w("Carried out")),
                Column(w("Who")),
            ),
            rows=tuple(
                (
                    one.cited,
                    f"{cases[one.case_id]} · {one.intervention}",
                    one.day.isoformat(),
                    one.source,
                    one.text,
                    w("yes") if one.done else w("no"),
                    one.by,
                )
                for one in beside.evidence
                if one.case_id in cases
            ),
            sheet=w("Evidence"),
        )


def _ground(cell: Cell, cited: Mapping[tuple[str, int], list[str]], w: Words) -> Row:
    now, before = cell.counts["period"], cell.counts.get("baseline")
    numbers: list[CellValue] = [
        now["seen_days"], now["seen_messages"], now["opposite_days"], now["messages"],
        *((before["seen_days"], before["seen_messages"], before["messages"]) if before else (None,) * 3),
    ]  # fmt: skip
    return (
        f"{cell.case} · {cell.intervention}",
        w(BASIS[cell.counts["basis"]]),
        w(INTAKE[cell.counts["intake"]]) if cell.counts["intake"] else None,
        *numbers,
        " ".join(cited.get((cell.case, cell.intervention), ())),
    )


def how_they_came(
    rated: Sequence[Cell], codebook: Codebook, layer: Layer, heard: Heard, w: Words
) -> Iterator[Block]:
    """Every mark with who gave it and when, how many cells each step changed, and what was replied."""
    cases = {case.id: case.name for case in layer.cases}
    open_cells = {(cell.case, cell.intervention) for cell in rated}
    marks = [m for m in heard.marks if (cases.get(m.case_id), m.intervention) in open_cells]
    if marks or not cases:
        yield Heading(w("How the marks came about"))
        yield Table(
            caption=w("Every mark that was given, in order"),
            columns=(
                Column(w("Area and intervention")),
                Column(w("Step")),
                Column(w("Mark")),
                Column(w("Who")),
                Column(w("Day"), "date"),
                Column(w("Reason")),
            ),
            rows=tuple(
                (
                    _cell_name(cases[m.case_id], m.intervention, codebook, w),
                    w(STAGES[m.stage]),
                    m.mark or (w("no agreement") if m.flag == "no_agreement" else "–"),
                    m.by,
                    m.at.date().isoformat(),
                    m.reason,
                )
                for m in sorted(marks, key=lambda m: (list(cases).index(m.case_id), m.intervention))
            ),
            sheet=w("Steps"),
            detail=len(marks) > 2 * len(rated),
        )
        yield from _crossed(rated, w)
    yield from _heard(codebook, cases, heard, w)


def _crossed(rated: Sequence[Cell], w: Words) -> Iterator[Block]:
    """How the researcher's mark and the one that stands go together: a cross-table, no coefficient."""
    judged = [cell for cell in rated if cell.final or cell.administrator or cell.official]
    if judged:
        steps = {
            w("The administrator's mark differs from the researcher's"): [
                c.administrator != c.researcher for c in judged if c.administrator
            ],
            w("The official's mark differs from the researcher's"): [
                c.official != c.researcher for c in judged if c.official
            ],
            w("The final mark differs from the researcher's"): [
                c.final != c.researcher for c in judged if c.final
            ],
        }
        yield Listing(
            tuple(
                w("{what}: {n} of {cells} cells.", what=what, n=sum(told), cells=len(told))
                for what, told in steps.items()
                if told
            )
        )
    signs = ("✓", "=", "~", "X")
    pairs = Counter((c.researcher, c.final or c.administrator or c.official) for c in judged)
    if pairs:
        yield Table(
            caption=w("The researcher's marks (rows) and those that were given after (columns)"),
            columns=(Column(w("Researcher")), *(Column(sign, "number") for sign in signs)),
            rows=tuple((row, *(pairs[row, column] for column in signs)) for row in signs),
            sheet=w("Crossed"),
        )


def _heard(codebook: Codebook, cases: Mapping[str, str], heard: Heard, w: Words) -> Iterator[Block]:
    """What those concerned replied, facts apart from opinion, and what is answered to it."""
    forms = {form.number: form for form in heard.forms if form.case_id in cases}
    if not forms and cases:
        return
    held = {(reply.form, reply.intervention): reply for reply in heard.replies if reply.form in forms}
    yield Heading(w("What those concerned replied"))
    for form in forms.values():
        on = [number for number, _ in held if number == form.number]
        told = w(
            "{who} ({case}) was asked until {day}; replied on {n} points.",
            who=form.addressee,
            case=cases[form.case_id],
            day=w.day(form.until),
            n=len(on),
        )
        also = w("The addressee also commissioned this study.") if form.commissioner else ""
        yield Paragraph(f"{told} {also}".strip())
    yield Table(
        caption=w("Replies"),
        columns=(
            Column(w("Area and intervention")),
            Column(w("Who")),
            Column(w("Mark")),
            Column(w("On the facts")),
            Column(w("Done outside the chat")),
            Column(w("Opinion")),
            Column(w("Our answer")),
        ),
        rows=tuple(
            (
                _cell_name(cases[forms[number].case_id], intervention, codebook, w),
                forms[number].addressee,
                w("agrees") if reply.mark == "agree" else reply.mark,
                reply.facts,
                reply.offline,
                reply.opinion,
                heard.answers.get((number, intervention), ""),
            )
            for (number, intervention), reply in held.items()
        ),
        sheet=w("Replies"),
    )


def method(moved: Sequence[Line], codebook: Codebook, w: Words) -> Iterator[Block]:
    """The conventions that proposals follow, and which cells would change where one is moved."""
    yield Heading(w("The conventions, and what hangs on them"))
    yield Table(
        caption=w("Conventions of the proposal"),
        columns=(Column(w("What")), Column(w("Value")), Column(w("Source"))),
        rows=tuple(
            (w(told), w.exact(getattr(CONVENTIONS, name)), w(_SOURCE)) for name, told in MEANING.items()
        ),
        sheet=w("Conventions"),
    )
    if not moved:
        return
    names = {
        "unit": w("counted in messages, not days"),
        "months": w("all months compared, not the same ones"),
    }
    rows = []
    for line in moved:
        if line.what == "without":
            what = w("without the group {group}", group=line.value)
        elif line.what in names:
            what = names[line.what]
        else:
            value = w.exact(float(line.value))
            what = w("{what}: {value}", what=w(MEANING[line.what]), value=value)
        changed = "; ".join(
            f"{c.case} {c.intervention}: {_sign(c.proposed, w)} → {_sign(c.instead, w)}" for c in line.changes
        )
        rows.append((what, len(line.changes), changed))
    steady = sum(not line.changes for line in moved)
    yield Paragraph(
        w(
            "Of {n} changes that were tried, one at a time, {steady} change no proposal. Cells that nobody "
            "has rated are left out.",
            n=len(moved),
            steady=steady,
        )
    )
    yield Table(
        caption=w("What becomes of the proposals when a convention is moved"),
        columns=(Column(w("Moved")), Column(w("Cells that change"), "number"), Column(w("Which"))),
        rows=tuple(rows),
        sheet=w("Sensitivity"),
    )
    yield Listing(
        (
            w("With eleven interventions per area a few ✓ in a hundred come up though nothing changed."),
            w("A doubling from two days a month is found in about half of the cases."),
        )
    )


def _cell_name(case: str, number: int, codebook: Codebook, w: Words) -> str:
    return f"{case} · {number}. {codebook.interventions[number].name[w.lang]}"


def _sign(proposed: str | None, w: Words) -> str:
    """What was proposed, as it stands in a table; what leaves two marks open is said in words."""
    return w("✓ or =") if proposed == REGULAR else proposed or "–"
