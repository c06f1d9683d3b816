"""The document of the survey: tables, charts, a paragraph per indicator, and the synthesis with the marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from chatcode.report import survey_changes
from chatcode.report import survey_tables as tables
from chatcode.report.document import (
    Block,
    Box,
    CellValue,
    Column,
    Document,
    Heading,
    Listing,
    Paragraph,
    Table,
)
from chatcode.report.words import Words
from chatcode.survey.comparison import side_of
from chatcode.survey.power import smallest_found
from chatcode.survey.samples import ALPHA
from chatcode.survey.synthesis import Explanation, explain, without_change

if TYPE_CHECKING:
    from chatcode.codebook import Codebook
    from chatcode.survey.comparison import Changes, Compared
    from chatcode.survey.figures import Figures, Measure

Marks = Mapping[tuple[str, int], str]


def survey_report(
    figures: Figures | None, *, lang: str, codebook: Codebook | None = None, marks: Marks | None = None
) -> Document:
    """Lay out all figures of a survey; without any, the document holds the program's own words only.

    `marks` are people's last marks per case and intervention; without them there is no synthesis.
    """
    w = Words(lang)
    blocks: list[Block] = []
    if figures is not None:
        blocks += _summary(figures, w)
        blocks += _who(figures, w)
        blocks += _means(figures, w)
        blocks += _indicators(figures, w)
        if codebook is not None:
            blocks += _synthesis(figures, codebook, marks or {}, w)
        blocks += _detail(figures, w)
        blocks += _method(figures, w)
    return Document(
        title=w("The survey: before and after") + (f" · {figures.name[lang]}" if figures else ""),
        lang=lang,
        status=w("figures of a sample: each with what is unsure about it"),
        blocks=tuple(blocks),
    )


def survey_section(figures: Figures, *, lang: str, codebook: Codebook, marks: Marks) -> tuple[Block, ...]:
    """The survey as a part of another document: in short, the changes, and the synthesis."""
    w = Words(lang)
    changes = survey_changes.changes_table(figures, w)
    return (
        Heading(w("The survey")),
        *list(_summary(figures, w))[1:],
        *([changes] if changes else []),
        *_synthesis(figures, codebook, marks, w, level=3),
    )


# ── in short ──────────────────────────────────────────────────────────────────


def _summary(figures: Figures, w: Words) -> Iterator[Block]:
    yield Heading(w("In short"))
    changes = survey_changes.changes_that_count(figures)
    if changes:
        below, held = _below(changes), sum(c.p_holm < ALPHA for c in changes)
        yield Paragraph(
            w.count(
                "The change of the members differs from that of their neighbours in {below} of {n} "
                "comparison.",
                "The change of the members differs from that of their neighbours in {below} of {n} "
                "comparisons.",
                len(changes),
                below=w.number(below),
            ),
            strong=True,
        )
        yield Paragraph(
            w(
                "“Differs” means: p below 0.05. If nothing had changed anywhere, about {chance} of {n} "
                "would come "
                "out so by chance alone. After correction for their number {held} of them {remains}.",
                chance=w.number(len(changes) * ALPHA),
                n=w.number(len(changes)),
                held=w.number(held),
                remains=w("remains") if held == 1 else w("remain"),
            )
        )
    if figures.adjusted:
        yield Paragraph(
            w(
                "These changes are adjusted for the background of who answered: {covariates}.",
                covariates=survey_changes.covariates(figures, w),
            )
        )
    baseline = [row for row in figures.rows if row.kind == "baseline"]
    if baseline:
        below = sum(row.result.p_student < ALPHA for row in baseline)
        yield Paragraph(
            w.count(
                "At the start members and neighbours differed in {below} of {n} comparison.",
                "At the start members and neighbours differed in {below} of {n} comparisons.",
                len(baseline),
                below=w.number(below),
            )
        )
    if not changes:
        yield Paragraph(
            w(
                "Whether members changed otherwise than their neighbours cannot be told from these "
                "figures: that "
                "takes both groups, before and after."
            )
        )


def _below(changes: Sequence[Changes]) -> int:
    return sum(change.p < ALPHA for change in changes)


def _who(figures: Figures, w: Words) -> Iterator[Block]:
    responses = tables.responses(figures, w)
    if responses:
        yield Heading(w("Who answered"))
        yield responses


def _means(figures: Figures, w: Words) -> Iterator[Block]:
    yield Heading(w("The means"))
    yield from tables.comparisons(figures, w)
    chart = tables.chart(figures, w)
    if chart:
        yield chart
    for table in (survey_changes.changes_table(figures, w), survey_changes.plain_changes_table(figures, w)):
        if table:
            yield table


# ── a paragraph per indicator ─────────────────────────────────────────────────


def _indicators(figures: Figures, w: Words) -> Iterator[Block]:
    changes = {(c.indicator, c.area): c for c in survey_changes.changes_that_count(figures)}
    yield Heading(w("Indicator by indicator"))
    for measure in figures.measures:
        told = []
        for area in figures.cases:
            rows = [row for row in figures.rows if (row.indicator, row.area) == (measure.id, area)]
            sentences = " ".join(_told(measure, rows, changes.get((measure.id, area)), w))
            if sentences:
                told.append(Paragraph(f"{area}. {sentences}" if area else sentences))
        if told:
            yield Heading(tables.measure_name(measure, w), level=3)
            yield from told


def _told(measure: Measure, rows: Sequence[Compared], change: Changes | None, w: Words) -> Iterator[str]:
    """What the figures say of one indicator in one area, and no more."""
    for row in rows:
        values = {
            "first": w.decimal(row.first.mean),
            "second": w.decimal(row.second.mean),
            "p": tables.p_words(row.result.p_student, w),
        }
        clear = row.result.p_student < ALPHA
        if row.kind == "baseline" and clear:
            yield w(
                "At the start the mean of the members was {first} and that of the neighbours {second}, a "
                "difference that chance alone seldom gives ({p}).",
                **values,
            )
        elif row.kind == "baseline":
            yield w(
                "At the start the mean of the members was {first} and that of the neighbours {second}; that "
                "difference may be chance ({p}).",
                **values,
            )
        elif row.kind == "followup":
            values["who"] = {"E": w("The members"), "C": w("The neighbours")}[side_of(row.group)]
            yield (
                w(
                    "{who} went from {first} to {second}, more than chance alone usually gives ({p}).",
                    **values,
                )
                if clear
                else w("{who} went from {first} to {second}, which may be chance ({p}).", **values)
            )
    if change is not None:
        yield from _design(measure, rows, change, w)


def _design(measure: Measure, rows: Sequence[Compared], change: Changes, w: Words) -> Iterator[str]:
    values = {"difference": w.decimal(change.difference), "interval": survey_changes.interval(change, w)}
    if change.covariates:
        values["interval"] += w("; adjusted for the background of who answered")
    if change.p < ALPHA:
        yield w(
            "The change of the members less that of the neighbours is {difference} (95% interval "
            "{interval}); "
            "the interval does not hold nought.",
            **values,
        )
        if measure.wanted is not None:
            better = (change.difference > 0) == (measure.wanted == "up")
            yield w("That is the wanted direction.") if better else w("That is against the wanted direction.")
        yield (
            w("It also stands after correction for the number of comparisons.")
            if change.p_holm < ALPHA
            else w("It does not stand after correction for the number of comparisons.")
        )
        return
    yield w(
        "The change of the members less that of the neighbours is {difference} (95% interval {interval}); "
        "the "
        "interval holds nought, so no difference between the changes has been shown.",
        **values,
    )
    samples = [sample for row in rows if row.kind == "followup" for sample in (row.first, row.second)]
    if len(samples) == 4:
        within = sum((s.n - 1) * s.sd**2 for s in samples) / sum(s.n - 1 for s in samples)
        smallest = smallest_found(tuple(s.n for s in samples)) * within**0.5
        yield w(
            "A true difference smaller than {smallest} would more often than once in five have been missed.",
            smallest=w.decimal(smallest),
        )


# ── the synthesis ─────────────────────────────────────────────────────────────


def _synthesis(
    figures: Figures, codebook: Codebook, marks: Marks, w: Words, *, level: int = 2
) -> Iterator[Block]:
    explanations = explain(figures, marks)
    if not explanations or not any(measure.interventions for measure in figures.measures):
        return
    yield Heading(w("Changes and strengthened factors beside each other"), level=2 if level == 2 else 3)
    cases = {figures.cases[e.area] for e in explanations}
    if not any(case in cases for case, _ in marks):
        yield Paragraph(
            w(
                "There are no marks yet for these areas, so nothing can be put beside the changes. Marks "
                "are set "
                "with `chatcode table --rate`."
            )
        )
        return
    yield Paragraph(
        w(
            "A factor counts as strengthened where people gave its intervention the mark ✓. The "
            "questionnaire says "
            "which interventions could move which indicator by the theory behind the chats. Beside each "
            "other is "
            "not one by the other: no mark says anything of an effect."
        )
    )
    yield Table(
        w("Which strengthened factor could explain which change"),
        (
            Column(w("Indicator")),
            Column(w("Area")),
            Column(w("What changed")),
            Column(w("Strengthened (✓) of those that could")),
            Column(w("Reading")),
        ),
        tuple(_explained(e, figures, codebook, w) for e in explanations),
        sheet=w("Synthesis"),
    )
    better = [e for e in explanations if e.outcome == "better"]
    explained = sum(bool(e.strengthened) for e in better)
    yield Paragraph(
        w.count(
            "{n} change is in the wanted direction; for {explained} a strengthened factor could explain "
            "it, for "
            "{none} none was strengthened as far as it is marked.",
            "{n} changes are in the wanted direction; for {explained} a strengthened factor could explain "
            "it, for "
            "{none} none was strengthened as far as it is marked.",
            len(better),
            explained=w.number(explained),
            none=w.number(len(better) - explained),
        ),
        strong=True,
    )
    idle = without_change(figures, explanations, marks)
    if idle:
        yield Paragraph(w("Strengthened, while nothing that they could move changed for the better:"))
        yield Listing(tuple(f"{area}: {_names(numbers, codebook, w)}" for area, numbers in idle.items()))


def _explained(e: Explanation, figures: Figures, codebook: Codebook, w: Words) -> tuple[CellValue, ...]:
    return (
        tables.measure_name(figures.measure(e.indicator), w),
        e.area,
        _outcome(e, w),
        _names(e.strengthened, codebook, w) or "–",
        _reading(e, w),
    )


def _outcome(e: Explanation, w: Words) -> str:
    if e.outcome in ("better", "worse", "other") and e.difference is not None and e.p is not None:
        told = {"better": w("for the better"), "worse": w("for the worse"), "other": w("changed")}[e.outcome]
        return f"{told}: {w.decimal(e.difference)} ({tables.p_words(e.p, w)})"
    if e.outcome == "one":
        return w("one group alone: {who}", who=", ".join(tables.side_name(side, w) for side in e.alone))
    return w("cannot be told") if e.outcome == "unknown" else w("no change shown")


def _reading(e: Explanation, w: Words) -> str:
    if e.outcome == "none":
        return w("Nothing to explain.")
    if e.outcome == "one":
        return w("Not shown to differ from the other group: nothing that the interventions must explain.")
    if e.outcome == "unknown":
        return w("Both groups, before and after, are needed.")
    if e.outcome == "worse":
        return w("Not what the interventions were meant to bring; no mark explains it.")
    doubt = "" if e.holds else " " + w("The change itself is unsure: it does not stand after correction.")
    if e.strengthened:
        return w("Could go together; this study cannot show that it does.") + doubt
    if e.unrated:
        return w("None that is marked; {n} not marked yet.", n=w.number(len(e.unrated))) + doubt
    return w("No strengthened factor explains it.") + doubt


def _names(numbers: Sequence[int], codebook: Codebook, w: Words) -> str:
    return "; ".join(f"{n}. {codebook.interventions[n].name[w.lang]}" for n in numbers)


# ── behind the figures ────────────────────────────────────────────────────────


def _detail(figures: Figures, w: Words) -> Iterator[Block]:
    yield Heading(w("Behind the figures"))
    yield from tables.demographics(figures, w)
    yield from tables.scales(figures, w)
    for table in (survey_changes.paired_table(figures, w), survey_changes.power_table(figures, w)):
        if table:
            yield table


def _method(figures: Figures, w: Words) -> Iterator[Block]:
    yield Heading(w("How the figures were made"))
    if figures.from_answers:
        told = {
            "duplicate": w("there twice"),
            "stopped": w("living elsewhere"),
            "area": w("area not known"),
            "group": w("group not known"),
            "wave": w("wave not known"),
        }
        apart = ", ".join(
            f"{told.get(reason, reason)} {w.number(n)}" for reason, n in (figures.apart or {}).items()
        )
        yield Paragraph(
            w(
                "The answers were read by the questionnaire file. What was none of the listed answers, or "
                "against "
                "the routing, was left out and told by row, not mended. Left out as a whole: {apart}.",
                apart=apart or w("nobody"),
            )
        )
        yield Paragraph(
            w("“Don't know” counts as the middle of the scale, as in the study.")
            if figures.dont_know_scored
            else w("“Don't know” was left out of the scores.")
        )
        yield Paragraph(
            w(
                "The answers themselves are not kept by the program; names and addresses were dropped "
                "while reading."
            )
        )
    else:
        yield Paragraph(
            w(
                "The figures were worked out from published n, means and standard deviations, with the "
                "rounding "
                "that these have."
            )
        )
    yield Box(
        w("What this survey cannot say"),
        (
            w("Members chose to be members. They differ from their neighbours in more than the chat."),
            w("Before and after are mostly other people: a difference may be one of who answered."),
            w("Whether something else changed in one area and not in the other cannot be seen from here."),
            w("“No difference shown” is not “no difference”: small ones are missed with these numbers."),
        ),
    )


def own_words(figures: Figures) -> list[str]:
    """What the researcher wrote in the questionnaire and documents repeat: no leak of anybody's answers."""
    if not figures.from_answers:
        return []
    return [
        *figures.name.values(),
        *figures.cases,
        *(name for measure in figures.measures for name in measure.name.values()),
        *(text for share in figures.shares for text in (share.question, share.answer)),
        *(item.question for scale in figures.scales for item in scale.found.items),
        *(name for covariate in figures.covariates for name in covariate.values()),
    ]
