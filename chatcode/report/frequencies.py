"""The report of frequencies: conclusions first, then areas, months, incidents, members, limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from chatcode.analysis.frequency import Frequency, frequencies
from chatcode.analysis.incidents import Incident, incidents
from chatcode.analysis.membership import Flow, flows
from chatcode.domain import CODES, REPORT, Case, Layer
from chatcode.report.document import (
    Block,
    Box,
    CellValue,
    Chart,
    Column,
    Document,
    Heading,
    Listing,
    Panel,
    Paragraph,
    Table,
)
from chatcode.report.words import Words

if TYPE_CHECKING:
    from chatcode.codebook import Codebook

# Below this a percentage says more than the figures can bear.
_FEW = 10


def frequency_report(
    layer: Layer, codebook: Codebook, *, lang: str, study: str, long: bool = False
) -> Document:
    """Build the report; `long` adds the table of every month and code, which is for workbooks."""
    w = Words(lang)
    rows = frequencies(layer, codebook)
    flow = flows(layer)
    happened = incidents(layer)
    blocks: list[Block] = [*_headline(layer, rows, w)]
    for case in layer.cases:
        blocks += _case(case, layer, [row for row in rows if row.case == case.name], codebook, w)
    blocks += [
        Heading(w("Incidents and what answered them")),
        Paragraph(
            w("An incident is one or more reports that the coder tied together. During: within twelve hours.")
        ),
        _feedback(layer, happened, w),
        Heading(w("Members")),
        _members(flow, w),
        Heading(w("How much was reviewed")),
        _months(rows, w),
        *_unsure(rows, w),
        _cannot_show(w),
        _limits(layer, w),
    ]
    if long:
        blocks.append(_every_row(rows, codebook, w))
    title = w("Frequencies per month") + (f" · {study}" if study else "")
    return Document(title, lang, w("pseudonymised – counts of reviewed messages only"), tuple(blocks))


def _headline(layer: Layer, rows: Sequence[Frequency], w: Words) -> list[Block]:
    every = sum(entry.kind == "message" for entry in layer.entries)
    reviewed = sum(entry.kind == "message" and entry.id in layer.acts for entry in layer.entries)
    seen = sum(row.days for row in rows if row.code.endswith("+"))
    opposite = sum(row.days for row in rows if row.code.endswith("-"))
    reports = sum(row.messages for row in rows if row.code == REPORT)
    return [
        Paragraph(
            w(
                "{reviewed} of {messages} messages in {groups} groups were reviewed by coder {coder}.",
                reviewed=w.number(reviewed),
                messages=w.number(every),
                groups=len(layer.groups),
                coder=layer.coder or "–",
            ),
            strong=True,
        ),
        Listing(
            (
                w("{n} messages report something in the neighbourhood.", n=w.number(reports)),
                w("Days on which an intervention was seen, added up over groups: {n}.", n=w.number(seen)),
                w("Days on which the opposite was seen: {n}.", n=w.number(opposite)),
            )
        ),
        Paragraph(
            w("A code counts at most once per group and day in the column of days; messages are counted all.")
        ),
    ]


# ── one area ──────────────────────────────────────────────────────────────────


def _case(case: Case, layer: Layer, rows: Sequence[Frequency], codebook: Codebook, w: Words) -> list[Block]:
    labels = [group.label for group in layer.groups if group.case_id == case.id]
    stretches = [
        w("{name}: {start} up to {end}", name=name, start=w.day(period.start), end=w.day(period.end))
        for name, period in ((w("baseline"), case.baseline), (w("period"), case.period))
        if period
    ]
    return [
        Heading(w("Area {name}", name=case.name)),
        Paragraph(w("Groups: {groups}.", groups=", ".join(labels)) + " " + "; ".join(stretches)),
        *_most(rows, codebook, w),
        *_chart(case, rows, codebook, w),
        _codes(case, rows, codebook, w),
    ]


def _most(rows: Sequence[Frequency], codebook: Codebook, w: Words) -> list[Block]:
    days: Counter[str] = Counter()
    for row in rows:
        days[row.code] += row.days
    lines = []
    for sign, words in (
        ("+", "Seen on most days: {name} ({n} days)."),
        ("-", "The opposite was seen on most days of: {name} ({n} days)."),
    ):
        code, most = max(((c, days[c]) for c in CODES if c.endswith(sign)), key=lambda pair: pair[1])
        if most:
            lines.append(w(words, name=codebook.name(code, w.lang).lower(), n=most))
    return [Paragraph(" ".join(lines))] if lines else []


def _codes(case: Case, rows: Sequence[Frequency], codebook: Codebook, w: Words) -> Table:
    before = {row.month for row in rows if _in(case, row.month) == "baseline"}
    body: list[tuple[CellValue, ...]] = []
    for code in CODES:
        own = [row for row in rows if row.code == code]
        kind = w("seen") if code.endswith("+") else w("opposite")
        name = w("report") if code == REPORT else f"{codebook.name(code, w.lang)}: {kind}"
        cells: list[CellValue] = [f"{code} {name}"]
        for months in (
            (row for row in own if row.month in before),
            (row for row in own if row.month not in before),
        ):
            part = list(months)
            cells += [sum(row.messages for row in part), sum(row.days for row in part), _incidents(part)]
        cells += [sum(row.actor_days for row in own), sum(row.climate_days for row in own)]
        body.append(tuple(cells))
    return Table(
        caption=w("Codes in {name}", name=case.name),
        columns=(
            Column(w("Code")),
            *(
                Column(f"{stretch}: {unit}", "number")
                for stretch in (w("Baseline"), w("Period"))
                for unit in (w("messages"), w("days"), w("incidents"))
            ),
            Column(w("Days by those whose part it is"), "number"),
            Column(w("Days by others (climate)"), "number"),
        ),
        rows=tuple(body),
        notes=(
            w(
                "Incidents: only for reports and what answers them."
                " WhatsApp's own lines are not in this table."
            ),
        ),
        sheet=case.name,
    )


def _incidents(rows: Iterable[Frequency]) -> int | None:
    known = [row.incidents for row in rows if row.incidents is not None]
    return sum(known) if known else None


def _chart(case: Case, rows: Sequence[Frequency], codebook: Codebook, w: Words) -> list[Block]:
    months = sorted({row.month for row in rows})
    if not months:
        return []
    cells = {
        (row.month, row.code): [r for r in rows if r.month == row.month and r.code == row.code]
        for row in rows
    }

    def days(code: str) -> tuple[float | None, ...]:
        return tuple(
            float(sum(r.days for r in cells[month, code]))
            if all(r.enough or r.reviewed_share is None for r in cells[month, code])
            else None
            for month in months
        )

    panels = tuple(
        Panel(f"{number} {one.name[w.lang]}", days(f"{number}+"), days(f"{number}-"))
        for number, one in codebook.interventions.items()
    )
    alt = "; ".join(
        w(
            "{name}: seen on {seen} days, opposite on {opposite} days",
            name=p.title,
            seen=_total(p.seen),
            opposite=_total(p.opposite),
        )
        for p in panels
    )
    return [
        Chart(
            caption=w("Days per month in {name}: seen above the line, the opposite below", name=case.name),
            months=tuple(months),
            baseline=sum(_in(case, month) == "baseline" for month in months),
            panels=panels,
            unit=w("days"),
            alt=alt,
        ),
        Paragraph(
            w("The dashed line is the start of the period. × marks a month of which too little is reviewed.")
        ),
    ]


def _total(values: Iterable[float | None]) -> int:
    return int(sum(value for value in values if value))


def _in(case: Case, month: str) -> str:
    """Whether a month lies before the period or in it; a month that both share counts as period."""
    if case.period and month >= f"{case.period.start:%Y-%m}" and month <= f"{case.period.end:%Y-%m}":
        return "period"
    return "baseline" if case.baseline else "period"


# ── over all areas ────────────────────────────────────────────────────────────


def _feedback(layer: Layer, happened: Sequence[Incident], w: Words) -> Table:
    labels = {group.id: group for group in layer.groups}
    body: list[tuple[CellValue, ...]] = []
    for group in layer.groups:
        case = next(case for case in layer.cases if case.id == group.case_id)
        for name, stretch in ((w("baseline"), case.baseline), (w("period"), case.period)):
            own = [
                i
                for i in happened
                if labels[i.group_id] is group and stretch is not None and i.first_at.date() in stretch
            ]
            told = [[a for a in i.answers if "1+" in a.codes] for i in own]
            during = sum(any(a.during for a in answers) for answers in told)
            answered = sum(bool(answers) for answers in told)
            share = answered / len(own) if len(own) >= _FEW else None
            body.append((group.label, name, len(own), during, answered - during, len(own) - answered, share))
    return Table(
        caption=w("Incidents with feedback"),
        columns=(
            Column(w("Group")),
            Column(w("Stretch")),
            Column(w("Incidents"), "number"),
            Column(w("Answered during"), "number"),
            Column(w("Answered later only"), "number"),
            Column(w("Not answered"), "number"),
            Column(w("Share answered"), "share"),
        ),
        rows=tuple(body),
        notes=(w("No share is given over fewer than {n} incidents.", n=_FEW),),
        sheet=w("Incidents"),
    )


def _members(flow: Sequence[Flow], w: Words) -> Table:
    body = tuple(
        (f.group, w.month(f.month), f.joined, f.added, f.left, f.removed, f.net)
        for f in flow
        if f.joined or f.added or f.left or f.removed
    )
    return Table(
        caption=w("Members who came and went, by WhatsApp's own lines"),
        columns=(
            Column(w("Group")),
            Column(w("Month")),
            Column(w("Joined by link"), "number"),
            Column(w("Added"), "number"),
            Column(w("Left"), "number"),
            Column(w("Removed"), "number"),
            Column(w("Net"), "number"),
        ),
        rows=body,
        notes=(w("Months without a change are left out. Leaving in silence is not in an export."),),
        sheet=w("Members"),
    )


def _months(rows: Sequence[Frequency], w: Words) -> Table:
    months: dict[tuple[str, str], list[Frequency]] = {}
    for row in rows:
        months.setdefault((row.group, row.month), []).append(row)
    body = tuple(
        (
            group,
            w.month(month),
            own[0].covered_days,
            own[0].reviewed_share,
            sum(row.messages for row in own if row.code == REPORT),
            sum(row.messages for row in own if row.code != REPORT),
        )
        for (group, month), own in months.items()
    )
    return Table(
        caption=w("Covered days and reviewed share per month"),
        columns=(
            Column(w("Group")),
            Column(w("Month")),
            Column(w("Covered days"), "number"),
            Column(w("Reviewed"), "share"),
            Column(w("Reports"), "number"),
            Column(w("Other codes"), "number"),
        ),
        rows=body,
        sheet=w("Months"),
    )


def _unsure(rows: Sequence[Frequency], w: Words) -> list[Block]:
    short = dict.fromkeys(
        f"{row.group} {w.month(row.month, short=True)}"
        for row in rows
        if row.reviewed_share is not None and not row.enough
    )
    if not short:
        return []
    return [
        Box(
            w("Too little reviewed"),
            (
                w(
                    "Of these months less than 95% of the messages is reviewed;"
                    " they give no rates and no proposals:"
                ),
                ", ".join(short),
            ),
        )
    ]


def _cannot_show(w: Words) -> Box:
    return Box(
        w("What an export cannot show"),
        (
            w(
                "Thumbs and other reactions, which message a reply answers, photos and films, and members"
                " who leave in silence are not in an export of WhatsApp."
            ),
            w("What happens offline leaves traces here at the most."),
        ),
    )


def _limits(layer: Layer, w: Words) -> Box:
    return Box(
        w("How to read this"),
        (
            w(
                "Only messages that coder {coder} reviewed are counted;"
                " suggestions of the machine never are.",
                coder=layer.coder or "–",
            ),
            w(
                "Messages of the researchers are part of no count."
                " Months count by the days that exports cover."
            ),
            w("The chats are pseudonymised. That is not anonymous: insiders may recognise events."),
        ),
    )


def _every_row(rows: Sequence[Frequency], codebook: Codebook, w: Words) -> Table:
    return Table(
        caption=w("Every month and code that was seen"),
        columns=(
            Column(w("Area")),
            Column(w("Group")),
            Column(w("Month")),
            Column(w("Code")),
            Column(w("What")),
            Column(w("Messages"), "number"),
            Column(w("Days"), "number"),
            Column(w("Incidents"), "number"),
            Column(w("Days by those whose part it is"), "number"),
            Column(w("Days by others (climate)"), "number"),
            Column(w("WhatsApp's lines"), "number"),
            Column(w("Reviewed"), "share"),
            Column(w("Covered days"), "number"),
        ),
        rows=tuple(
            (
                row.case,
                row.group,
                row.month,
                row.code,
                codebook.name(row.code, w.lang),
                row.messages,
                row.days,
                row.incidents,
                row.actor_days,
                row.climate_days,
                row.notices,
                row.reviewed_share,
                row.covered_days,
            )
            for row in rows
            if row.messages or row.notices
        ),
        sheet=w("Per month"),
    )
