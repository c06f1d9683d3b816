"""What was estimated from a drawn sample, told apart from what was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chatcode.report.document import Block, CellValue, Column, Heading, Paragraph, Table

if TYPE_CHECKING:
    from chatcode.analysis.estimation import Drawing, Estimate, Total
    from chatcode.codebook import Codebook
    from chatcode.report.words import Words


def drawn(drawings: Sequence[Drawing], codebook: Codebook, w: Words) -> Iterator[Block]:
    """How each sample was drawn, and what it says of all messages, with what drawing leaves unsure."""
    if not drawings:
        return
    yield Heading(w("Estimated from a sample"))
    for drawing in drawings:
        yield Paragraph(_how(drawing, w))
        yield Paragraph(w("Coded by: {coders}.", coders=", ".join(drawing.coders)))
        if drawing.too_little:
            yield Paragraph(
                w(
                    "Less than 95% of what was drawn is reviewed for: {areas}. Nothing is estimated there.",
                    areas=", ".join(sorted(drawing.too_little)),
                )
            )
        shown = [one for one in drawing.estimates if one.seen and one.messages]
        for place in dict.fromkeys((one.case, one.phase) for one in shown):
            yield _table([one for one in shown if (one.case, one.phase) == place], drawing.kind, codebook, w)
    yield Paragraph(
        w(
            "These are estimates: the other figures of this document count only what was reviewed. From a "
            "sample no mark is proposed, for whether something was seen in half of the months cannot be "
            "told from a part of them."
        )
    )


def _how(drawing: Drawing, w: Words) -> str:
    told = {
        "units": w.number(drawing.units),
        "of_units": w.number(drawing.of_units),
        "messages": w.number(drawing.messages),
        "seed": str(drawing.seed),
    }
    if drawing.kind == "week":
        return w(
            "Of {of_units} weeks {units} were drawn by chance within every group and month, with "
            "{messages} messages (seed {seed}).",
            **told,
        )
    return w(
        "Of {of_units} conversations {units} were drawn by chance within every group and month, with "
        "{messages} messages (seed {seed}). Days are not estimated: a day may hold more conversations.",
        **told,
    )


def _table(estimates: Sequence[Estimate], kind: str, codebook: Codebook, w: Words) -> Table:
    """What is estimated in one area and stretch."""
    weeks = kind == "week"
    rows: list[tuple[CellValue, ...]] = [
        (
            f"{one.code} {codebook.name(one.code, w.lang)}",
            one.seen,
            *_figures(one.messages, w),
            # An opposite is nobody's part.
            *(_figures(None if one.code.endswith("-") else one.actor_days, w) if weeks else ()),
        )
        for one in estimates
    ]
    days = (Column(w("Days"), "number"), Column(w("95% interval"))) if weeks else ()
    case = estimates[0].case
    phase = w("time before") if estimates[0].phase == "baseline" else w("period")
    return Table(
        caption=w("Estimated for all messages: {case}, {phase}", case=case, phase=phase),
        columns=(
            Column(w("Code")),
            Column(w("Counted"), "number"),
            Column(w("Messages"), "number"),
            Column(w("95% interval")),
            *days,
        ),
        rows=tuple(rows),
        notes=(
            w("Counted: in the sample. Days: those on which it was seen by those whose part it is."),
            w("What is not in the table was not seen in what was drawn; it may be in the rest."),
            w("The interval tells what drawing leaves unsure, not how coders may differ."),
        ),
        sheet=w("Estimated {case} {phase}", case=case, phase=phase),
    )


def _figures(total: Total | None, w: Words) -> tuple[CellValue, CellValue]:
    if total is None:
        return None, None
    if total.low is None or total.high is None:
        return round(total.value), w("not known")
    return round(total.value), w(
        "{low} to {high}", low=w.number(round(total.low)), high=w.number(round(total.high))
    )
