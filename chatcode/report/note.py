"""The interim advisory note: one page for an administrator who knows nothing of research, and what follows.

It quotes nobody but in examples that a person signed for, ranks no areas, and says in counts what was seen.
Which advice is given follows from a person's mark where there is one, else from the counts;
`findings.Finding.situation` is that rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chatcode.analysis import feedback, frequency
from chatcode.analysis.incidents import untied
from chatcode.codebook import SITUATIONS
from chatcode.domain import Accountability, Beside
from chatcode.report import findings as counted
from chatcode.report.accountability import method, reply
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
from chatcode.report.figures import marked
from chatcode.report.findings import Finding
from chatcode.report.planned import plan
from chatcode.report.quotes import example, fixed_words
from chatcode.report.words import Words

if TYPE_CHECKING:
    from chatcode.analysis.assessment import Cell
    from chatcode.analysis.estimation import Drawing
    from chatcode.analysis.frequency import Frequency
    from chatcode.codebook import Codebook, Intervention
    from chatcode.domain import Layer, Quote

PRIORITIES = 3
_OPEN_SHOWN = 10
# What goes against an intervention comes first, then what is absent, then what is rare.
_URGENCY = ("opposite", "not_seen", "seen_little")
_WHY = {
    "opposite": "Why: messages went against it {days}.",
    "not_seen": "Why: we did not see this in the chat.",
    "judged_absent": "Why: the researcher judged that this was not really done.",
    "seen_little": "Why: we saw this now and then, not regularly.",
}
_JUDGED = (
    "So the researcher judged it; “strengthened”: more or better than before. Where a number of days stands, "
    "we only counted. What is not named need not be wrong."
)
_AREAS = "Look at your own area ({areas}); areas are not compared."
_UNJUDGED = "Nobody has judged yet; here we only count on how many days we saw it."
_WELL_BY_MARK = {
    "✓": "carried out and strengthened",
    "=": "continued as it was already practice",
}
_NO_ADVICE = {
    "unknown": "Too little is reviewed to advise on this.",
    "not_agreed": "It was agreed beforehand that this would not be done here, so we give no advice on it.",
    "no_occasion": "There was no occasion for this in the period, so there is nothing to advise.",
}
_ONE_OR_MORE = {
    "days": ("on one day", "on {n} days"),
    "months": ("in one month", "in {n} months"),
    "messages": ("one message", "{n} messages"),
    "reports": ("one incident", "{n} incidents"),
}
_OPEN = {
    "none": "No reports were coded in this period.",
    "some": "We saw reports of {reports} in this period. Nobody in the chat came back to {open} of them.",
    "untied": "We saw reports of {reports} in this period. This coding does not tie answers to reports,"
    " so how many were answered cannot be said.",
    "closed": "We saw reports of {reports} in this period. Each time somebody in the chat came back to it.",
}
_ANSWERED = {
    1: "Incidents that an administrator or a professional came back to: {answered} of {occasions}.",
    7: "Improper messages that were called to order: {answered} of {occasions}.",
}


def interim_note(
    layer: Layer,
    frequencies: Sequence[Frequency],
    cells: Sequence[Cell],
    codebook: Codebook,
    *,
    lang: str,
    study: str,
    made_on: date,
    until: date | None = None,
    told: Accountability | None = None,
    beside: Beside | None = None,
    quotes: Sequence[Quote] = (),
    drawings: Sequence[Drawing] = (),
) -> Document:
    """Write the note; `until` leaves out the messages from that day on, whatever `frequencies` holds.

    `beside` is what people entered: evidence, events, the plan; `told` is what the researcher
    answers for, `quotes` are examples that somebody signed for, `drawings` what samples say of all
    messages. `study` is the name that the note shows beside its standing. The note of an empty layer
    holds all wording that a note can hold, so that the leak gate knows which words are the program's.
    """
    if until is not None:
        layer = counted.until(layer, until)
        # A day within a month cuts that month's rows too, so they are counted anew.
        frequencies = frequency.frequencies(layer, codebook)
    shown = [quote for quote in quotes if any(entry.id == quote.entry_id for entry in layer.entries)]
    note = _Note(
        layer,
        codebook,
        counted.findings(layer, codebook, cells),
        Words(lang),
        lang,
        beside or Beside(),
        made_on,
        shown,
    )
    standing = (note.w("interim – not for citation"), study, note.w.day(made_on))
    return Document(
        title=note.w("Interim advice for your neighbourhood watch chat"),
        lang=lang,
        status=" · ".join(filter(None, standing)),
        blocks=(
            *note.front(until),
            *note.open_reports(),
            *plan(note.beside, layer, codebook, note.w, made_on),
            *note.per_intervention(frequencies),
            *method(layer, note.w, told or Accountability(), codebook, drawings),
            *reply(note.w),
            *(() if layer.groups else note.wording()),
        ),
    )


class _Note:
    """The parts of a note; every method gives blocks."""

    def __init__(
        self,
        layer: Layer,
        codebook: Codebook,
        found: Sequence[Finding],
        w: Words,
        lang: str,
        beside: Beside,
        made_on: date,
        quotes: Sequence[Quote] = (),
    ) -> None:
        self.beside, self.made_on, self.quotes = beside, made_on, quotes
        self.layer, self.codebook, self.found, self.w, self.lang = layer, codebook, found, w, lang
        self.several = len(layer.cases) > 1

    # ── page one ──

    def front(self, until: date | None) -> Iterable[Block]:
        """What this is, what goes well, three priorities."""
        w = self.w
        yield Paragraph(
            w(
                "You look after a chat in which neighbours report to each other what happens in the street. "
                "We, the researchers, read what was written in it, without names and numbers. Here you read "
                "what we saw, and what you could do with it."
            )
        )
        yield Paragraph(
            w(
                "We looked for eleven things (interventions) that help such a chat work. The note is for you "
                "and those you run the chat with; it is an interim result and no final verdict."
            )
        )
        areas = [case.name for case in self.layer.cases]
        if len(areas) > 1:
            yield Paragraph(w(_AREAS, areas=", ".join(areas)))
        if until is not None:
            yield Paragraph(self._until(until))
        yield Heading(w("What goes well"))
        well = self._well()
        if well:
            yield Paragraph(w(_JUDGED if any(f.mark in _WELL_BY_MARK for f in self.found) else _UNJUDGED))
        yield Listing(well) if well else Paragraph(w("We cannot say yet: too little is reviewed or seen."))
        yield Heading(w("Three priorities"))
        yield Paragraph(
            w(
                "Choose what suits your chat, and write down who does it and when. One of these is enough "
                "to start."
            )
        )
        yield from self._priorities()

    def _until(self, until: date) -> str:
        last = self.w.day(until - timedelta(days=1))
        return self.w("The note looks at messages up to and including {day}.", day=last)

    def _well(self) -> tuple[str, ...]:
        """People's ✓ and =; where those are fewer than three, also what was seen regularly, as counts."""
        marked: dict[int, list[str]] = {number: [] for number in self.codebook.interventions}
        seen: dict[int, list[str]] = {number: [] for number in self.codebook.interventions}
        for f in self.found:
            if f.mark in _WELL_BY_MARK:
                marked[f.intervention.number].append(self._of_case(f, self.w(_WELL_BY_MARK[f.mark])))
            elif f.mark is None and f.situation == "seen_well":
                seen[f.intervention.number].append(self._of_case(f, self._seen_on(f)))
        chosen = {number for number, told in marked.items() if told}
        for number, told in seen.items():
            if len(chosen) < PRIORITIES and told:
                chosen.add(number)
        names = {number: i.name[self.lang] for number, i in self.codebook.interventions.items()}
        return tuple(f"{names[n]}: {'; '.join(marked[n] + seen[n])}." for n in sorted(chosen))

    def _seen_on(self, f: Finding) -> str:
        days, months = self._count("days", f.seen.days), self._count("months", f.seen.months)
        return self.w("seen {days}, {months}", days=days, months=months)

    def _priorities(self) -> Iterable[Block]:
        chosen = self._chosen()
        if not chosen:
            yield Paragraph(self.w("There are no priorities to name yet."))
        for place, (situation, group) in enumerate(chosen, 1):
            intervention = group[0].intervention
            name = intervention.name[self.lang]
            yield Heading(self.w("Priority {n}: {name}", n=self.w.number(place), name=name), level=3)
            why = self._why(situation, group)
            if self.several:
                why = f"{self.w('Holds for {cases}.', cases=self._cases(group))} {why}"
            yield Paragraph(why)
            yield Paragraph(self._advice_on(situation, group))
            agreed = self._agreed(group)
            if agreed:
                yield Paragraph(self.w("Already agreed:"), strong=True)
                yield Listing(agreed)
            else:
                yield self._to_fill_in()

    def _agreed(self, group: Sequence[Finding]) -> tuple[str, ...]:
        """The actions of the plan that belong to a priority and are still to be done: who and when."""
        names = {case.id: case.name for case in self.layer.cases}
        told = {(f.case, f.intervention.number) for f in group}
        return tuple(
            self.w("{what}: {who}, by {day}.", what=a.what, who=a.who, day=self.w.day(a.due))
            for a in self.beside.actions
            if (names.get(a.case_id), a.intervention) in told
            and a.state == "open"
            and a.agreed_on <= self.made_on
        )

    def _why(self, situation: str, group: Sequence[Finding]) -> str:
        # A person may judge X although a trace was seen: then "not seen" would deny the counts below.
        if situation == "not_seen" and any(f.seen.days for f in group):
            situation = "judged_absent"
        return self.w(_WHY[situation], days=self._count("days", sum(f.opposite.days for f in group)))

    def _to_fill_in(self) -> Paragraph:
        return Paragraph(self.w("Who: ……………………………………   When: ……………………………………"), strong=True)

    def _chosen(self) -> list[tuple[str, list[Finding]]]:
        """At most three interventions, the most urgent situation of each with the cases it holds for.

        Order: see `_URGENCY`; within it the most opposite days, then the order of the codebook. What
        rests on another intervention waits for that one.
        """
        by_number: dict[int, dict[str, list[Finding]]] = {}
        for f in self.found:
            if f.situation in _URGENCY:
                by_number.setdefault(f.intervention.number, {}).setdefault(f.situation, []).append(f)
        candidates = []
        for number, situations in by_number.items():
            worst = min(situations, key=_URGENCY.index)
            days = sum(f.opposite.days for f in situations[worst])
            candidates.append((_URGENCY.index(worst), -days, number, worst))
        first = [number for *_, number, _ in sorted(candidates)[:PRIORITIES]]
        waiting = {n for n in by_number if self.codebook.interventions[n].depends_on in first}
        kept = [c for c in sorted(candidates) if c[2] not in waiting][:PRIORITIES]
        return [(worst, by_number[number][worst]) for *_, number, worst in kept]

    # ── open reports ──

    def open_reports(self) -> Iterable[Block]:
        """The reports of the period without word of what was done, which can still be answered."""
        w = self.w
        if untied(self.layer, "feedback"):
            return
        cases = {case.name: case for case in self.layer.cases}
        enough = {f.case for f in self.found if f.enough}
        found = [
            one
            for one in feedback.open_reports(self.layer, self.codebook)
            if one.case in enough and counted.in_period(cases[one.case], one.first_at.date())
        ]
        if not found and self.layer.groups:
            return
        yield Heading(w("Reports that wait for word"))
        yield Paragraph(
            w(
                "We found no word on these of what was done, by an administrator or a professional. A late "
                "answer is an answer too. If it was given elsewhere, tell us."
            )
        )
        shown = found[-_OPEN_SHOWN:]
        yield Table(
            caption=w("Open reports"),
            columns=(
                Column(w("Chat group")),
                Column(w("First report"), "date"),
                Column(w("Reports of it"), "number"),
                Column(w("Answers by others, or of another kind"), "number"),
            ),
            rows=tuple((o.group, o.first_at.date().isoformat(), o.reports, o.others) for o in shown),
            notes=(w("The latest {shown} of {n}.", shown=len(shown), n=len(found)),)
            if len(found) > len(shown) or not self.layer.groups
            else (),
            sheet=w("Open reports"),
        )

    # ── per intervention ──

    def per_intervention(self, frequencies: Sequence[Frequency]) -> Iterable[Block]:
        """What was seen of each intervention, what went against it, and the advice."""
        w = self.w
        yield Heading(w("What we saw, per intervention"))
        yield Paragraph(
            w(
                "We count messages, and days on which there was at least one. An intervention has people "
                "whose part it is, for instance the administrator or the community officer; what others did "
                "in the same spirit stands beside it, as the climate in the chat."
            )
        )
        reports = counted.reports(self.layer)
        told = "none" if not reports.begun else "some" if reports.open else "closed"
        if reports.begun and untied(self.layer, "feedback"):
            told = "untied"
        yield Paragraph(
            w(_OPEN[told], reports=self._count("reports", reports.begun), open=w.number(reports.open))
        )
        chart = self._chart(frequencies)
        if chart is not None:
            yield chart
        for number, intervention in self.codebook.interventions.items():
            yield Heading(self._name(number), level=3)
            yield Paragraph(intervention.mechanism[self.lang])
            found = [f for f in self.found if f.intervention.number == number]
            yield self._seen(found, intervention)
            yield from self._details(found)
            yield from self._examples(number)
            yield from self._advice(found)

    def _examples(self, number: int) -> Iterable[Block]:
        """What somebody signed for; of the opposite too, so each says its code."""
        told = tuple(
            f"{quote.code} {example(quote, self.w)}"
            for quote in self.quotes
            if quote.code.rstrip("+-") == str(number)
        )
        if told:
            yield Paragraph(self.w("Examples, none of them chosen because it speaks for or against anybody:"))
            yield Listing(told)

    def _seen(self, found: Sequence[Finding], intervention: Intervention) -> Table:
        w = self.w
        rows: list[tuple[CellValue, ...]] = []
        for f in found:
            # Nothing among messages that were not reviewed is no nought.
            seen = (f.seen.messages, f.seen.days, f.seen.months)
            before = f.before.days if f.before else None
            others = (f.climate.messages, f.opposite.days)
            rows.append(
                (
                    f.case,
                    *(n if n or f.enough else None for n in seen),
                    before,
                    *(n if n or f.enough else None for n in others),
                )
            )
        return Table(
            caption=w("Seen in the chat: {name}", name=intervention.name[self.lang]),
            columns=(
                Column(w("Area")),
                Column(w("Messages"), "number"),
                Column(w("Days"), "number"),
                Column(w("Months"), "number"),
                Column(w("Days in the time before"), "number"),
                Column(w("Messages by others (climate)"), "number"),
                Column(w("Days with messages against it"), "number"),
            ),
            rows=tuple(rows),
            notes=(w("Messages, days and months: by {actors}.", actors=self._actors(intervention)),),
            sheet=f"{intervention.number}",
        )

    def _actors(self, intervention: Intervention) -> str:
        names = {
            "beheerder": self.w("administrators"),
            "professional": self.w("professionals"),
            "deelnemer": self.w("members"),
            "onderzoeker": self.w("researchers"),
        }
        return ", ".join(name for role, name in names.items() if role in intervention.actors)

    def _details(self, found: Sequence[Finding]) -> Iterable[Block]:
        """Answered occasions, and the sub-reasons of what went against the intervention."""
        points = []
        for f in found:
            if f.occasions and f.intervention.number in _ANSWERED:
                told = self.w(
                    _ANSWERED[f.intervention.number],
                    answered=self.w.number(f.answered or 0),
                    occasions=self.w.number(f.occasions),
                )
                points.append(self._in_case(f, told))
            if f.opposite.messages:
                points.append(self._in_case(f, self._against(f)))
            points += [self._in_case(f, told) for told in self._evidence(f)]
        if points:
            yield Listing(tuple(points))

    def _evidence(self, f: Finding) -> Iterable[str]:
        """What was seen of it outside the chat, with its number and source."""
        case_ids = {case.id for case in self.layer.cases if case.name == f.case}
        for one in self.beside.evidence:
            if (
                one.case_id in case_ids
                and one.intervention == f.intervention.number
                and one.day <= self.made_on
            ):
                told = self.w("Outside the chat {number}", number=one.cited)
                not_done = "" if one.done else f" ({self.w('not carried out')})"
                yield f"{told}: {self.w.day(one.day)}, {one.source}: {one.text}{not_done}"

    def _against(self, f: Finding) -> str:
        told = self.w(
            "Against it: {messages} {days}.",
            messages=self._count("messages", f.opposite.messages),
            days=self._count("days", f.opposite.days),
        )
        names = {sub.id: sub.name[self.lang] for sub in f.intervention.opposite.sub_reasons}
        kinds = ", ".join(
            f"{names[key]} ({self.w.number(f.sub_reasons[key])})" for key in names if f.sub_reasons.get(key)
        )
        return self.w("{told} Of these: {kinds}.", told=told, kinds=kinds) if kinds else told

    def _advice(self, found: Sequence[Finding]) -> Iterable[Block]:
        by_text: dict[str, list[Finding]] = {}
        for f in found:
            by_text.setdefault(self._advice_text(f), []).append(f)
        for text, group in by_text.items():
            label = (
                self.w("Advice for {cases}", cases=self._cases(group)) if self.several else self.w("Advice")
            )
            yield Box(label, (text,))

    def _advice_text(self, f: Finding) -> str:
        if f.situation is None:
            return self.w(_NO_ADVICE["not_agreed" if f.flag == "not_agreed" else "unknown"])
        if f.situation in f.intervention.advice:
            return self._advice_on(f.situation, [f])
        return self.w(_NO_ADVICE["no_occasion"])

    def _advice_on(self, situation: str, group: Sequence[Finding]) -> str:
        """The codebook's advice; where a person judged X though it was seen, not that it was unseen."""
        if situation == "not_seen" and any(f.seen.days for f in group):
            situation = "seen_little"
        return group[0].intervention.advice[situation][self.lang]

    def _chart(self, frequencies: Sequence[Frequency]) -> Chart | None:
        """Days per month, all groups together; a month without figures is one in which none is enough."""
        months = tuple(sorted({row.month for row in frequencies}))
        if not months:
            return None
        starts = [case.period.start for case in self.layer.cases if case.period]
        baseline = sum(month < f"{min(starts):%Y-%m}" for month in months) if starts else 0
        days: dict[tuple[str, str], list[int]] = {}
        for row in frequencies:
            if row.enough:
                told = row.days if row.code.endswith("-") else row.actor_days
                days.setdefault((row.code, row.month), []).append(told)
        return self._drawn(months, baseline, days)

    def _drawn(
        self, months: tuple[str, ...], baseline: int, days: Mapping[tuple[str, str], Sequence[int]]
    ) -> Chart:
        panels = tuple(
            Panel(
                self._name(number),
                tuple(_total(days, f"{number}+", month) for month in months),
                tuple(_total(days, f"{number}-", month) for month in months),
            )
            for number in self.codebook.interventions
        )
        return Chart(
            caption=self.w("Days per month on which each intervention was seen; below the line, against it"),
            months=months,
            baseline=baseline,
            panels=panels,
            unit=self.w("days"),
            alt=self.w(
                "Eleven small charts with the days per month on which an intervention was seen. The counts "
                "over the whole period are in the tables below."
            ),
            events=marked(self.beside.events, None, self.w),
        )

    # ── an empty note ──

    def wording(self) -> Iterable[Block]:
        """All that a note can say, for a study in which nothing is yet."""
        w, blank = self.w, "–"
        yield Heading(w("All wording of this note"))
        yield Paragraph(w("Nothing has been imported yet. This is the text that a note can hold."))
        fixed = (*_WELL_BY_MARK.values(), *_NO_ADVICE.values())
        filled = [
            *(w(text) for text in (_JUDGED, _UNJUDGED, *fixed)),
            w(_AREAS, areas=blank),
            *(w(text, days=blank) for text in _WHY.values()),
            *(w(text, reports=blank, open=blank) for text in _OPEN.values()),
            *(w(text, answered=blank, occasions=blank) for text in _ANSWERED.values()),
            *(w(one) for one, _ in _ONE_OR_MORE.values()),
            *(w(many, n=blank) for _, many in _ONE_OR_MORE.values()),
            w("The note looks at messages up to and including {day}.", day=blank),
            w("seen {days}, {months}", days=blank, months=blank),
            w("Priority {n}: {name}", n=blank, name=blank),
            w("Against it: {messages} {days}.", messages=blank, days=blank),
            w("{told} Of these: {kinds}.", told=blank, kinds=blank),
            w("Holds for {cases}.", cases=blank),
            w("Advice for {cases}", cases=blank),
            w("Coder: {coder}.", coder=blank),
            w("Examples, none of them chosen because it speaks for or against anybody:"),
            *fixed_words(w),
            w("Period: {start} to {end}.", start=blank, end=blank),
            w("Time before, to compare with: {start} to {end}.", start=blank, end=blank),
            w("Days per month on which each intervention was seen; below the line, against it"),
            w("days"),
            w(
                "Eleven small charts with the days per month on which an intervention was seen. The counts "
                "over the whole period are in the tables below."
            ),
            *w.every(),
            *(w.day(date(2020, month, 1)) for month in range(1, 13)),
            *(w.month(f"2020-{month:02}") for month in range(1, 13)),
        ]
        yield Listing(tuple(filled))
        yield self._to_fill_in()
        # Months before and after the start, and one without figures: the signs of a chart are words too.
        months = tuple(f"2020-{month:02}" for month in range(1, 13))
        codes = [f"{number}{sign}" for number in self.codebook.interventions for sign in "+-"]
        yield self._drawn(months, 6, {(code, month): [1] for code in codes for month in months[1:]})
        for number, intervention in self.codebook.interventions.items():
            yield Heading(self._name(number), level=3)
            advised = [s for s in SITUATIONS if s in intervention.advice]
            yield Listing(
                (
                    *(intervention.advice[situation][self.lang] for situation in advised),
                    *(sub.name[self.lang] for sub in intervention.opposite.sub_reasons),
                )
            )

    # ── words ──

    def _name(self, number: int) -> str:
        return f"{number}. {self.codebook.interventions[number].name[self.lang]}"

    def _in_case(self, f: Finding, told: str) -> str:
        return f"{f.case} · {told}" if self.several else told

    def _of_case(self, f: Finding, told: str) -> str:
        return f"{told} ({f.case})" if self.several else told

    def _cases(self, found: Sequence[Finding]) -> str:
        return ", ".join(f.case for f in found)

    def _count(self, what: str, n: int) -> str:
        one, many = _ONE_OR_MORE[what]
        return self.w(one) if n == 1 else self.w(many, n=self.w.number(n))


def _total(days: Mapping[tuple[str, str], Sequence[int]], code: str, month: str) -> float | None:
    found = days.get((code, month))
    return None if found is None else float(sum(found))
