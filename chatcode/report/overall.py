"""What a report tells over all areas: incidents and answers, members, months, and every count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from chatcode.analysis.feedback import feedback, open_reports
from chatcode.analysis.frequency import ENOUGH_REVIEWED, Frequency, actors_of, is_actor
from chatcode.analysis.incidents import improprieties
from chatcode.analysis.membership import Flow, arrivals, starts
from chatcode.domain import REPORT
from chatcode.report.document import Block, Box, Column, Heading, Paragraph, Row, Table
from chatcode.report.figures import FEW, Figures
from chatcode.report.stretches import usable

# A list longer than this is folded away on a page.
MANY = 25


def answers(f: Figures) -> Iterator[Block]:
    """Incidents and their feedback, improper messages and their correction."""
    w = f.w
    yield Heading(w("Incidents and what answered them"))
    yield Paragraph(
        w(
            "An incident is one or more reports that the coder tied together. During: within twelve "
            "hours of the first report, by an administrator or a professional; later: by them, but only "
            "after that."
        )
    )
    if not f.untied:
        yield _feedback(f)
        yield _by_whom(f)
        yield _corrections(f)
        yield from _open(f)
    if f.untied or not f.layer.entries:
        yield Paragraph(
            w("This coding does not tie answers to reports, so how many were answered cannot be said.")
        )


def _feedback(f: Figures) -> Table:
    w = f.w
    body: list[Row] = []
    for b in f.basis:
        own = Counter(
            f.how_answered(i)
            for i in f.happened
            if i.group_id == b.group.id and b.stretch.holds(i.first_at.date())
        )
        n, answered = own.total(), own["during"] + own["later"]
        enough = b.share is None or b.share >= ENOUGH_REVIEWED
        body.append(
            (
                b.group.label,
                f.stretch_name(b.stretch),
                n,
                own["during"],
                own["later"],
                own["others"],
                own["never"],
                answered / n if n >= FEW and enough else None,
            )
        )
    return Table(
        caption=w("Incidents with feedback"),
        columns=(
            Column(w("Group")),
            Column(w("Stretch")),
            Column(w("Incidents"), "number"),
            Column(w("Answered during"), "number"),
            Column(w("Answered later only"), "number"),
            Column(w("Answered by others only"), "number"),
            Column(w("Not answered"), "number"),
            Column(w("Share answered"), "share"),
        ),
        rows=tuple(body),
        notes=(
            w("The share counts what administrators and professionals answered."),
            w("No share is given over fewer than {n} incidents.", n=FEW),
            w("Nor where less than 95% of the messages is reviewed."),
        ),
        sheet=w("Incidents"),
    )


def _by_whom(f: Figures) -> Table:
    """Who gave the first feedback, and how long it took."""
    w = f.w
    found = feedback(f.layer, f.codebook)
    roles = sorted({role for row in found for role in row.by_role})
    spans = {"period": w("The period"), "baseline": w("Time before"), "all": w("The period")}
    return Table(
        caption=w("Who answered first, and after how long"),
        columns=(
            Column(w("Group")),
            Column(w("Stretch")),
            Column(w("Incidents with feedback"), "number"),
            *(Column(w("First by: {roles}", roles=f.roles(role.split(", "))), "number") for role in roles),
            Column(w("Hours to the first answer (half took less)"), "number"),
        ),
        rows=tuple(
            (
                row.group,
                spans[row.span],
                row.during + row.after,
                *(row.by_role.get(role, 0) for role in roles),
                None if row.median_hours is None else round(row.median_hours, 1),
            )
            for row in found
        ),
        notes=(w("Only answers by those whose part it is, as far as the coder tied them to a report."),),
        sheet=w("First answers"),
    )


def _open(f: Figures) -> Iterator[Block]:
    """The reports of the period that stand open, for whoever can still answer them."""
    w = f.w
    cases = {case.name: case for case in f.layer.cases}
    found = [
        one
        for one in open_reports(f.layer, f.codebook)
        if (period := cases[one.case].period) is None or one.first_at.date() in period
    ]
    enough = {
        (b.group.label): b.share is None or b.share >= ENOUGH_REVIEWED
        for b in f.basis
        if b.stretch.name == "period"
    }
    kept = [one for one in found if enough.get(one.group, False)]
    if len(kept) < len(found) or not f.layer.entries:
        yield Paragraph(
            w("Open reports are listed only for groups of which at least 95% of the messages is reviewed.")
        )
    yield Table(
        caption=w("Open reports: no word of what was done, by those whose part it is"),
        columns=(
            Column(w("Group")),
            Column(w("First report"), "date"),
            Column(w("Reports of it"), "number"),
            Column(w("Days open"), "number"),
            Column(w("Answers by others, or of another kind"), "number"),
        ),
        rows=tuple(
            (one.group, one.first_at.date().isoformat(), one.reports, one.days_open, one.others)
            for one in kept
        ),
        notes=(w("Days are counted to the last day that the exports cover."),),
        sheet=w("Open reports"),
        detail=len(kept) > MANY,
    )


def _corrections(f: Figures) -> Table:
    w = f.w
    actors = actors_of("7+", f.codebook)
    found = improprieties(f.layer)
    body: list[Row] = []
    for b in f.basis:
        own = [i for i in found if i.group_id == b.group.id and b.stretch.holds(i.at.date())]
        corrected = sum(any(is_actor(roles, actors) for roles in i.corrected_by) for i in own)
        body.append((b.group.label, f.stretch_name(b.stretch), len(own), corrected))
    return Table(
        caption=w("Improper messages called to order"),
        columns=(
            Column(w("Group")),
            Column(w("Stretch")),
            Column(w("Improper messages"), "number"),
            Column(w("Called to order"), "number"),
        ),
        rows=tuple(body),
        sheet=w("Called to order"),
    )


def members(f: Figures) -> Iterator[Block]:
    """Who came and went."""
    w = f.w
    yield Heading(w("Members"))
    known = [start for start in starts(f.layer) if start.members is not None]
    if known:
        yield Paragraph(
            w(
                "Members at the start of the group: {groups}.",
                groups="; ".join(f"{start.group} {w.number(start.members or 0)}" for start in known),
            )
        )
    totals: list[Row] = []
    moved = arrivals(f.layer)
    for b in f.basis:
        own = [flow for flow in f.flow if flow.group == b.group.label and f.has(b.stretch, flow.month)]
        heads = [one for one in f.beside.headcounts if one.group_id == b.group.id]
        ends = (b.stretch.days.start, b.stretch.days.end) if b.stretch.days else ()
        sizes = [moved[b.group.id].at(day, heads) for day in ends] or [None, None]
        totals.append((b.group.label, f.stretch_name(b.stretch), sizes[0], *_moves(own), sizes[1]))
    columns = (
        Column(w("Joined by link"), "number"),
        Column(w("Added"), "number"),
        Column(w("Left"), "number"),
        Column(w("Removed"), "number"),
        Column(w("Net"), "number"),
    )
    yield Table(
        caption=w("Members who came and went, by WhatsApp's own lines"),
        columns=(
            Column(w("Group")),
            Column(w("Stretch")),
            Column(w("Members at its start"), "number"),
            *columns,
            Column(w("Members at its end"), "number"),
        ),
        rows=tuple(totals),
        notes=(
            w("Leaving in silence is not in an export."),
            w(
                "Members at start and end follow from numbers that were entered, or from the group's making; "
                "without either they are not known."
            ),
        ),
        sheet=w("Members"),
    )
    labels = {group.id: group.label for group in f.layer.groups}
    if f.beside.headcounts or not f.layer.entries:
        yield Table(
            caption=w("Members counted in the app"),
            columns=(Column(w("Group")), Column(w("Day"), "date"), Column(w("Members"), "number")),
            rows=tuple(
                (labels[one.group_id], one.day.isoformat(), one.members) for one in f.beside.headcounts
            ),
            sheet=w("Headcounts"),
        )
    yield Table(
        caption=w("Members per month"),
        columns=(Column(w("Group")), Column(w("Month"), "month"), *columns),
        rows=tuple(
            (f.group, f.month, *_moves([f])) for f in f.flow if f.joined or f.added or f.left or f.removed
        ),
        notes=(w("Months without a change are left out."),),
        sheet=w("Members per month"),
    )


def reviewed(f: Figures) -> Iterator[Block]:
    """How far each month is reviewed and covered, and which months are not to be relied on."""
    w = f.w
    yield Heading(w("How much was reviewed"))
    months: dict[tuple[str, str], list[Frequency]] = {}
    for row in f.rows:
        months.setdefault((row.group, row.month), []).append(row)
    short = [(group, month) for (group, month), own in months.items() if not usable(own[0])]
    if short:
        yield Box(
            w("Too little reviewed"),
            (
                w(
                    "Of these months less than 95% of the messages is reviewed; they give no rates and no "
                    "proposals:"
                ),
                ", ".join(f"{group} {w.month(month, short=True)}" for group, month in short),
            ),
        )
    yield Table(
        caption=w("Covered days and reviewed share per month"),
        columns=(
            Column(w("Group")),
            Column(w("Month"), "month"),
            Column(w("Days covered"), "number"),
            Column(w("Share reviewed"), "share"),
            Column(w("Reports"), "number"),
            Column(w("Other codes"), "number"),
            Column(w("Remark")),
        ),
        rows=tuple(
            (
                group,
                month,
                own[0].covered_days,
                own[0].reviewed_share,
                sum(row.messages for row in own if row.code == REPORT),
                sum(row.messages for row in own if row.code != REPORT),
                w("no messages") if own[0].reviewed_share is None
                else "" if own[0].enough else w("too little reviewed: no rates"),
            )
            for (group, month), own in months.items()
        ),
        sheet=w("Months"),
    )  # fmt: skip


def every_row(f: Figures) -> Table:
    """Every group, month and code that was seen, for those who reckon further."""
    w = f.w
    return Table(
        caption=w("Every month and code that was seen"),
        columns=(
            Column(w("Area")),
            Column(w("Group")),
            Column(w("Month"), "month"),
            Column(w("Code")),
            Column(w("What")),
            Column(w("Messages"), "number"),
            Column(w("Days"), "number"),
            Column(w("Incidents"), "number"),
            Column(w("Messages by those whose part it is"), "number"),
            Column(w("Days by those whose part it is"), "number"),
            Column(w("Messages by others (climate)"), "number"),
            Column(w("Days by others (climate)"), "number"),
            Column(w("WhatsApp's lines"), "number"),
            Column(w("Share reviewed"), "share"),
            Column(w("Days covered"), "number"),
        ),
        rows=tuple(
            (
                row.case, row.group, row.month, row.code, f.codebook.name(row.code, w.lang),
                row.messages, row.days, row.incidents, row.actor_messages, row.actor_days,
                row.climate_messages, row.climate_days, row.notices, row.reviewed_share, row.covered_days,
            )
            for row in f.rows
            if row.messages or row.notices or row.incidents
        ),
        sheet=w("Per month"),
        detail=True,
    )  # fmt: skip


def _moves(own: Iterable[Flow]) -> tuple[int, int, int, int, int]:
    own = list(own)
    return (
        sum(f.joined for f in own),
        sum(f.added for f in own),
        sum(f.left for f in own),
        sum(f.removed for f in own),
        sum(f.net for f in own),
    )
