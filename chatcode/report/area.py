"""One area of a report: what its figures rest on, its months, codes, rates and kinds of the opposite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from chatcode.analysis.frequency import Frequency
from chatcode.domain import CODES, INTERVENTIONS, REPORT, Case
from chatcode.report.document import Block, CellValue, Chart, Column, Heading, Panel, Paragraph, Row, Table
from chatcode.report.figures import Figures, marked
from chatcode.report.stretches import Stretch, kinds_of_opposite, rate, shared_months, usable


def area(f: Figures, case: Case) -> Iterator[Block]:
    """What was seen in one area: the basis, the months, the codes, the rates."""
    w = f.w
    yield Heading(w("Area {name}", name=case.name))
    own = [row for row in f.rows if row.case == case.name]
    if not own:
        yield Paragraph(w("There is nothing to count yet."))
        return
    yield _basis(f, case)
    yield _chart(f, case, own)
    yield _codes(f, case)
    yield _rates(f, case)
    yield from _kinds(f, case)


def _basis(f: Figures, case: Case) -> Table:
    w = f.w
    own = [b for b in f.basis if b.group.case_id == case.id]
    return Table(
        caption=w("What the figures of {name} rest on", name=case.name),
        columns=(
            Column(w("Group")),
            Column(w("Stretch")),
            Column(w("First day"), "date"),
            Column(w("Last day"), "date"),
            Column(w("Messages"), "number"),
            Column(w("Reviewed"), "number"),
            Column(w("Share reviewed"), "share"),
            Column(w("Days"), "number"),
            Column(w("Days covered"), "number"),
        ),
        rows=tuple(
            (
                b.group.label,
                f.stretch_name(b.stretch),
                b.stretch.days.start.isoformat() if b.stretch.days else None,
                _last(b.stretch),
                b.messages,
                b.reviewed,
                b.share,
                b.whole,
                b.covered,
            )
            for b in own
        ),
        notes=(w("Messages of researchers are left out."),),
        sheet=w("{name} basis", name=case.name),
    )


def _chart(f: Figures, case: Case, rows: Sequence[Frequency]) -> Chart:
    w = f.w
    months = sorted({row.month for row in rows})
    found: dict[tuple[str, str], list[Frequency]] = {}
    for row in rows:
        found.setdefault((row.code, row.month), []).append(row)

    def days(code: str) -> tuple[float | None, ...]:
        return tuple(
            float(sum(r.actor_days if code.endswith("+") else r.days for r in found[code, month]))
            if all(usable(r) for r in found[code, month])
            else None
            for month in months
        )

    panels = tuple(Panel(f.name(n), days(f"{n}+"), days(f"{n}-")) for n in INTERVENTIONS)
    period = f.period(case)
    told = "; ".join(
        w(
            "{name}: {seen} and {opposite}",
            name=panel.title,
            seen=w.number(_total(panel.seen)),
            opposite=w.number(_total(panel.opposite)),
        )
        for panel in panels
    )
    return Chart(
        caption=w("Days per month in {name}", name=case.name),
        months=tuple(months),
        baseline=sum(not f.has(period, month) for month in months) if case.baseline else 0,
        panels=panels,
        unit=w("days"),
        alt=w("Days seen and days of the opposite: {figures}.", figures=told),
        events=marked(f.beside.events, case, w),
    )


def _codes(f: Figures, case: Case) -> Table:
    w = f.w
    found = f.by_case[case.id]
    body: list[Row] = []
    for code in CODES:
        cells: list[CellValue] = [_code_name(f, code)]
        for stretch in found:
            rows = stretch.of(code)
            counted: list[CellValue] = [
                sum(r.messages for r in rows),
                sum(r.days for r in rows),
                _incidents(rows),
            ]
            cells += counted if stretch.covered_days else [None] * len(counted)
        rows = f.period(case).of(code)
        cells += [None, None] if code == REPORT else [
            sum(r.actor_days for r in rows), sum(r.climate_days for r in rows)
        ]  # fmt: skip
        body.append(tuple(cells))
    return Table(
        caption=w("Codes in {name}", name=case.name),
        columns=(
            Column(w("Code")),
            *(
                Column(f"{f.stretch_name(stretch, short=True)}: {unit}", "number")
                for stretch in found
                for unit in (w("messages"), w("days"), w("incidents"))
            ),
            Column(w("Period: days by those whose part it is"), "number"),
            Column(w("Period: days by others (climate)"), "number"),
        ),
        rows=tuple(body),
        notes=(
            w("A code counts at most once per group and day among the days; every message is counted."),
            w("Incidents: for reports, and for what answers them or is about them; the others have none."),
            w("WhatsApp's own lines are not in this table."),
        ),
        sheet=case.name,
    )


def _rates(f: Figures, case: Case) -> Table:
    w = f.w
    found = f.by_case[case.id]
    months = shared_months(found)
    body: list[Row] = []
    for number in INTERVENTIONS:
        rates = [rate(stretch, number, months or None) for stretch in found]
        body.append((f.name(number), *(r.seen for r in rates), *(r.opposite for r in rates)))
    notes = [
        w(
            "Only months of which at least 95% of the messages is reviewed. Seen: by those whose part it "
            "is; opposite: by anybody. A month is 30.4 covered days of one group."
        )
    ]
    if months is not None:
        notes.append(
            w("The two stretches have no months of the year in common: mind the seasons when comparing.")
            if not months
            else w("Compared over the same months of the year: {months}.", months=_calendar(f, months))
        )
    return Table(
        caption=w("Days per month in {name}, to compare", name=case.name),
        columns=(
            Column(w("Intervention")),
            *(
                Column(w("Seen: {stretch}", stretch=f.stretch_name(s, short=True).lower()), "number")
                for s in found
            ),
            *(
                Column(w("Opposite: {stretch}", stretch=f.stretch_name(s, short=True).lower()), "number")
                for s in found
            ),
        ),
        rows=tuple(body),
        notes=tuple(notes),
        sheet=w("{name} rates", name=case.name),
    )


def _calendar(f: Figures, months: Iterable[int]) -> str:
    from babel.dates import get_month_names

    names = get_month_names("abbreviated", "stand-alone", locale=f.w.locale)
    return ", ".join(names[month].rstrip(".") for month in sorted(months))


def _kinds(f: Figures, case: Case) -> Iterator[Table]:
    """The kinds in which the opposite came; only where coders chose any."""
    w = f.w
    found = f.by_case[case.id]
    counted = kinds_of_opposite(case, f.layer, found)
    if not any(kind for _, kind in counted):
        return
    body: list[Row] = []
    for number, intervention in f.codebook.interventions.items():
        names = {sub.id: sub.name[w.lang] for sub in intervention.opposite.sub_reasons}
        for kind in (
            *names,
            *(k for c, k in counted if c == f"{number}-" and k and k not in names),
            None,
        ):
            by_stretch = counted.get((f"{number}-", kind))
            if by_stretch:
                told = (by_stretch.get(stretch.name, (0, 0)) for stretch in found)
                body.append(
                    (
                        f.name(number),
                        names.get(kind, kind) if kind else w("no kind chosen"),
                        *(count for pair in told for count in pair),
                    )
                )
    yield Table(
        caption=w("Kinds of the opposite in {name}", name=case.name),
        columns=(
            Column(w("Intervention")),
            Column(w("Kind")),
            *(
                Column(f"{f.stretch_name(stretch, short=True)}: {unit}", "number")
                for stretch in found
                for unit in (w("messages"), w("days"))
            ),
        ),
        rows=tuple(body),
        notes=(w("A message can show several kinds, so these are not added up."),),
        sheet=w("{name} kinds", name=case.name),
    )


def _code_name(f: Figures, code: str) -> str:
    if code == REPORT:
        return f"{code} {f.codebook.name(code, f.w.lang)}"
    kind = f.w("seen") if code.endswith("+") else f.w("opposite")
    return f"{code} {f.codebook.name(code, f.w.lang)}: {kind}"


def _last(stretch: Stretch) -> str | None:
    """The last day that counts; a stretch ends before its end."""
    return (stretch.days.end - timedelta(days=1)).isoformat() if stretch.days else None


def _incidents(rows: Iterable[Frequency]) -> int | None:
    known = [row.incidents for row in rows if row.incidents is not None]
    return sum(known) if known else None


def _total(values: Iterable[float | None]) -> float:
    return sum(value for value in values if value)
