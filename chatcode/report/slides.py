"""Slides for the meeting with administrators: one intervention a page, facts and a question, no marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from chatcode.domain import Beside, Layer
from chatcode.report import findings as counted
from chatcode.report import html
from chatcode.report.document import Block, Chart, Document, Heading, Listing, Panel, Paragraph
from chatcode.report.figures import Figures, marked
from chatcode.report.findings import Finding
from chatcode.report.stretches import usable
from chatcode.report.words import Words

if TYPE_CHECKING:
    from chatcode.analysis.frequency import Frequency
    from chatcode.codebook import Codebook


def slides(
    layer: Layer, codebook: Codebook, *, lang: str, study: str, on: date, beside: Beside | None = None
) -> Document:
    """What was seen of each intervention, a page each; a heading of level 2 opens a page.

    The slides of an empty layer hold every sentence that slides can say.
    """
    w = Words(lang)
    f = Figures(layer, codebook, w, beside)
    found = counted.findings(layer, codebook, ())
    blocks: list[Block] = [
        Paragraph(w("What we saw in the chat, to talk about together: facts first, what they mean after.")),
        Listing(
            (
                w("We count days on which something was seen, by those whose part it is."),
                w("What happened outside the chat is not in it: please tell us."),
                w("Nothing here says whether the neighbourhood became safer, and areas are not compared."),
            )
        ),
    ]
    for number, intervention in codebook.interventions.items():
        blocks += [Heading(f.name(number)), Paragraph(intervention.mechanism[lang])]
        blocks.append(Listing(tuple(_facts([one for one in found if one.intervention.number == number], f))))
        chart = _chart(f, number)
        if chart:
            blocks.append(chart)
        blocks += _agreed(f, number, on)
    blocks += [
        Heading(w("What now?")),
        Listing((w("What goes well and stays?"), w("What is picked up, by whom and when?"))),
    ]
    if not layer.cases:
        blocks += [Heading(w("All wording of this report")), Listing(w.every())]
    standing = " · ".join(filter(None, (w("interim – not for citation"), study, w.day(on))))
    return Document(w("What we saw, and what you can do with it"), lang, standing, tuple(blocks))


def render(document: Document) -> bytes:
    """Write slides as a self-contained page that shows and prints one slide a page."""
    return html.render(document, deck=True)


def _facts(found: Sequence[Finding], f: Figures) -> Iterator[str]:
    w = f.w
    for one in found:
        name = f"{one.case}: " if len(found) > 1 else ""
        if not one.enough:
            yield name + w("too little is reviewed to say")
            continue
        told = w(
            "seen on {days}, in {months} of {of} months",
            days=w.count("{n} day", "{n} days", one.seen.days),
            months=w.number(one.seen.months),
            of=w.number(one.covered_months),
        )
        if one.before is not None:
            told += w("; in the time before on {days}", days=w.count("{n} day", "{n} days", one.before.days))
        if one.opposite.days:
            told += w("; against it on {days}", days=w.count("{n} day", "{n} days", one.opposite.days))
        if one.occasions:
            told += w("; answered {n} of {of}", n=w.number(one.answered or 0), of=w.number(one.occasions))
        yield f"{name}{told}."


def _chart(f: Figures, number: int) -> Chart | None:
    """Days per month of one intervention, a panel per area over the same months."""
    w = f.w
    months = tuple(sorted({row.month for row in f.rows}))
    if not months:
        return None
    panels = [
        Panel(
            case.name,
            *(
                tuple(
                    _days([row for row in f.rows if row.case == case.name], code, month) for month in months
                )
                for code in (f"{number}+", f"{number}-")
            ),
        )
        for case in f.layer.cases
    ]
    starts = [case.period.start for case in f.layer.cases if case.period]
    return Chart(
        caption=w("Days per month"),
        months=months,
        baseline=sum(month < f"{min(starts):%Y-%m}" for month in months) if starts else 0,
        panels=tuple(panels),
        unit=w("days"),
        alt=w("The days are named above."),
        events=marked(f.beside.events, None, w),
    )


def _days(rows: Sequence[Frequency], code: str, month: str) -> float | None:
    """Days of a month, all groups of an area together; None where one of them gives no figure."""
    own = [row for row in rows if row.code == code and row.month == month]
    if not own or not all(usable(row) for row in own):
        return None
    return float(sum(row.actor_days if code.endswith("+") else row.days for row in own))


def _agreed(f: Figures, number: int, on: date) -> Iterator[Block]:
    """What was agreed on it so far, and the question for the table."""
    w = f.w
    own = [
        a for a in f.beside.actions if a.intervention == number and a.agreed_on <= on and a.state == "open"
    ]
    if own:
        yield Paragraph(w("Already agreed:"), strong=True)
        yield Listing(
            tuple(w("{what}: {who}, by {day}.", what=a.what, who=a.who, day=w.day(a.due)) for a in own)
        )
    yield Paragraph(w("Do you recognise this? What would you do, who, and when?"), strong=True)
