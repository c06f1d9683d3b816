"""The tables of the survey, laid out as the study printed them, and the charts of its means."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from chatcode.report.document import (
    Block,
    CellValue,
    Column,
    Estimate,
    Line,
    MeansChart,
    MeansPanel,
    Row,
    Table,
)
from chatcode.report.means import told as in_words
from chatcode.survey.comparison import side_of
from chatcode.survey.figures import LEAST_SHOWN

if TYPE_CHECKING:
    from chatcode.report.words import Words
    from chatcode.survey.comparison import Compared
    from chatcode.survey.figures import Figures, Measure
    from chatcode.survey.samples import Sample


def side_name(side: str, w: Words) -> str:
    """What a group is called: E are the members of the chat groups, C their neighbours."""
    return {"E": w("members of the chat"), "C": w("neighbours outside it")}.get(side, side)


def p_words(value: float, w: Words) -> str:
    """A p with its sign, as one word: `p = 0.041`, `p <0.001`."""
    told = w.p(value)
    space = "\N{NO-BREAK SPACE}"
    return f"p{space}{told}" if told.startswith("<") else f"p{space}={space}{told}"


def measure_name(measure: Measure, w: Words) -> str:
    """An indicator with its scale, as in `Alertness (1-4)`."""
    name = measure.name[w.lang]
    if measure.low is None or measure.high is None:
        return name
    return f"{name} ({w.number(measure.low)}–{w.number(measure.high)})"


def comparisons(figures: Figures, w: Words) -> Iterator[Table]:
    """The table of the start, that of before and after, and further ones that were published."""
    for kind, name in dict.fromkeys((row.kind, row.table) for row in figures.rows):
        held = [row for row in figures.rows if (row.kind, row.table) == (kind, name)]
        if kind == "baseline":
            caption, sides = w("At the start: members and neighbours"), ("E", "C")
        elif kind == "followup":
            caption, sides = w("Before and after, per group"), ("1", "2")
        else:
            caption, sides = w("Two samples each"), ("1", "2")
        of = "" if figures.from_answers or not name else f" ({w('table {name}', name=name)})"
        yield _means_table(f"{caption}{of}", sides, held, figures, w, sheet=caption)
        yield _tests_table(f"{caption}{of}: {w('all tests')}", held, figures, w)


def _place(row: Compared) -> str:
    """The area, with the group behind it where the row is of one group: `Lombardijen-E`."""
    if row.kind == "baseline":
        return row.area
    return "-".join(filter(None, (row.area, side_of(row.group))))


def _means_table(
    caption: str, sides: tuple[str, str], rows: Sequence[Compared], figures: Figures, w: Words, *, sheet: str
) -> Table:
    """The layout of the study: n, M and SD of two samples, and a p."""
    printed = any(row.verdict is not None for row in rows)
    columns = [Column(w("Indicator")), Column(w("Area"))]
    for side in sides:
        columns += [
            Column(f"{side}: n", "number"),
            Column(f"{side}: M", "decimal"),
            Column(f"{side}: SD", "decimal"),
        ]
    columns.append(Column("p", "p"))
    if printed:
        columns.append(Column(w("p as printed")))
    cells: list[Row] = []
    for row in rows:
        line: list[CellValue] = [measure_name(figures.measure(row.indicator), w), _place(row)]
        for sample in (row.first, row.second):
            line += [sample.n, sample.mean, sample.sd]
        line.append(row.result.p_student)
        if printed:
            fits = row.verdict is None or row.verdict.student_fits
            claim = "–" if row.verdict is None else row.verdict.claim
            line.append(f"{claim}{'' if fits else ' ≠'}{' †' if row.welch_differs else ''}")
        cells.append(tuple(line))
    notes = [
        w(
            "E: members of the chat groups; C: neighbours outside them. n: respondents, M: mean, SD: "
            "standard "
            "deviation; p by Student's t."
        )
    ]
    if rows[0].kind == "followup":
        notes.append(w("1: before, 2: after."))
    if printed:
        notes.append(w("≠ beside a printed p: it does not follow from these figures, also not by rounding."))
    differ = [row for row in rows if row.welch_differs]
    if differ:
        told = "; ".join(
            f"{figures.measure(row.indicator).name[w.lang]}, {_place(row)}: {w.p(row.result.p_welch)}"
            for row in differ
        )
        notes.append(
            w("† Welch's test, which does not take the SDs as equal, says otherwise: {told}.", told=told)
        )
    else:
        notes.append(w("Welch's test, which does not take the SDs as equal, says the same in every row."))
    if figures.hidden:
        notes.append(
            w.count(
                "{n} mean of fewer than five respondents is not shown.",
                "{n} means of fewer than five respondents are not shown.",
                figures.hidden,
            )
        )
    return Table(caption, tuple(columns), tuple(cells), tuple(notes), sheet=sheet)


def _tests_table(caption: str, rows: Sequence[Compared], figures: Figures, w: Words) -> Table:
    """Everything that was worked out of two samples."""

    def between(low: float, high: float) -> str:
        return w("{low} to {high}", low=w.decimal(low), high=w.decimal(high))

    return Table(
        caption,
        (
            Column(w("Indicator")),
            Column(w("Area")),
            Column(w("Difference"), "decimal"),
            Column(w("95% interval")),
            Column("t", "decimal"),
            Column("p (Student)", "p"),
            Column("p (Welch)", "p"),
            Column("p (Holm)", "p"),
            Column("d", "decimal"),
            Column(w("d, 95% interval")),
            Column("g", "decimal"),
            Column(w("g, 95% interval")),
        ),
        tuple(
            (
                measure_name(figures.measure(row.indicator), w), _place(row), row.result.difference,
                between(row.result.low, row.result.high), row.result.t, row.result.p_student,
                row.result.p_welch, row.p_holm, row.result.d, between(row.result.d_low, row.result.d_high),
                row.result.g, between(row.result.g_low, row.result.g_high),
            )
            for row in rows
        ),
        (
            w(
                "The first sample less the second. d: the difference in standard deviations (Cohen), g: "
                "the same "
                "corrected for small samples (Hedges). p (Holm): Student's p corrected over this table."
            ),
        ),
        detail=True,
    )  # fmt: skip


def chart(figures: Figures, w: Words) -> MeansChart | None:
    """Means with intervals: before and after, members and neighbours, per indicator and area."""
    means = _means(figures.rows)
    panels = []
    for (indicator, area), found in means.items():
        moments = {moment for side in found.values() for moment in side}
        if moments == {0, 1}:
            lines = tuple(
                Line(side, tuple(_estimate(found[side].get(moment)) for moment in (0, 1)))
                for side in ("E", "C")
                if side in found
            )
            panels.append(
                MeansPanel(f"{figures.measure(indicator).name[w.lang]} · {area}".rstrip(" ·"), lines)
            )
    if not panels:
        return None
    return MeansChart(
        w("Means before and after: E members, C neighbours"),
        (w("before"), w("after")),
        tuple(panels),
        " ".join(f"{in_words(panel, w)}." for panel in panels),
    )


def _means(rows: Iterable[Compared]) -> Mapping[tuple[str, str], dict[str, dict[int, Sample]]]:
    found: dict[tuple[str, str], dict[str, dict[int, Sample]]] = {}
    for row in rows:
        if row.kind == "followup":
            held = found.setdefault((row.indicator, row.area), {})
            held.setdefault(side_of(row.group), {}).update({0: row.first, 1: row.second})
    return found


def _estimate(sample: Sample | None) -> Estimate | None:
    return None if sample is None else Estimate(sample.mean, *sample.interval())


def responses(figures: Figures, w: Words) -> Table | None:
    """Who answered, against how many could have."""
    if not figures.counts:
        return None
    rows: list[Row] = [
        (
            count.area,
            side_name(count.group, w),
            w(count.wave),
            count.n,
            count.of,
            None if not count.of or count.n > count.of else count.n / count.of,
        )
        for count in figures.counts
    ]
    return Table(
        w("Who answered"),
        (
            Column(w("Area")),
            Column(w("Group")),
            Column(w("Wave")),
            Column("n", "number"),
            Column(w("Of how many"), "number"),
            Column(w("Response"), "share"),
        ),
        tuple(rows),
        (
            w(
                "Of the members: how many the chat groups had then. Of the neighbours: the addresses or "
                "people "
                "that the questionnaire file gives. A dash: not known."
            ),
        ),
        sheet=w("Response"),
    )


def demographics(figures: Figures, w: Words) -> Iterator[Table]:
    """Who they are; where a handful gave an answer, only that it was a handful."""
    places = list(dict.fromkeys((s.area, s.group, s.wave) for s in figures.shares))
    for question in dict.fromkeys(share.question for share in figures.shares):
        held = {(s.answer, s.area, s.group, s.wave): s for s in figures.shares if s.question == question}
        answers = list(dict.fromkeys(answer for answer, *_ in held))
        rows: list[Row] = []
        for place in places:
            told = [held.get((answer, *place)) for answer in answers]
            total = next((share.of for share in told if share is not None), None)
            # A handful is not in the figures: that it was one is all that is shown.
            shares = [f"< {LEAST_SHOWN}" if s is None else s.n / s.of if s.of else None for s in told]
            rows.append((" ".join((place[0], place[1], w(place[2]))), total, *shares))
        columns = [Column(w("Group")), Column("n", "number"), *(Column(a, "share") for a in answers)]
        differ = [
            w("{area}, {wave}: {p}", area=b.area, wave=w(b.wave), p=p_words(b.p, w))
            for b in figures.balances
            if b.question == question
        ]
        notes = (
            (w("Members against neighbours (chi squared): {told}.", told="; ".join(differ)),)
            if differ
            else ()
        )
        yield Table(question, tuple(columns), tuple(rows), notes, sheet=question[:31], detail=True)


def scales(figures: Figures, w: Words) -> Iterator[Block]:
    """Whether the statements of a scale measure one thing."""
    if not figures.scales:
        return
    yield Table(
        w("Do the statements of a scale measure one thing?"),
        (
            Column(w("Indicator")),
            Column(w("Wave")),
            Column("n", "number"),
            Column(w("Alpha"), "decimal"),
            Column(w("95% interval")),
        ),
        tuple(
            (
                figures.measure(scale.indicator).name[w.lang],
                w(scale.wave),
                scale.found.n,
                scale.found.alpha,
                w("{low} to {high}", low=w.decimal(scale.found.low), high=w.decimal(scale.found.high)),
            )
            for scale in figures.scales
        ),
        (w("Cronbach's alpha over who answered every statement; above 0.7 is usually held to be enough."),),
        sheet=w("Scales"),
    )
    yield Table(
        w("Statement by statement"),
        (
            Column(w("Statement")),
            Column(w("Indicator")),
            Column(w("Wave")),
            Column(w("With the others"), "decimal"),
            Column(w("Alpha without it"), "decimal"),
        ),
        tuple(
            (
                item.question,
                figures.measure(scale.indicator).name[w.lang],
                w(scale.wave),
                _number(item.item_rest),
                _number(item.alpha_without),
            )
            for scale in figures.scales
            for item in scale.found.items
        ),
        (w("With the others: the correlation of the statement with the sum of the others."),),
        sheet=w("Statements"),
        detail=True,
    )


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
