"""Page one of the note: what this is, what goes well, three priorities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from chatcode.report.advice import advice_on
from chatcode.report.document import Block, Heading, Listing, Paragraph
from chatcode.report.findings import Finding
from chatcode.report.note_basis import Basis

PRIORITIES = 3
# What goes against an intervention comes first, then what is absent, then what is rare.
_URGENCY = ("opposite", "not_seen", "seen_little")
WHY = {
    "opposite": "Why: messages went against it {days}.",
    "not_seen": "Why: we did not see this in the chat.",
    "judged_absent": "Why: the researcher judged that this was not really done.",
    "seen_little": "Why: we saw this now and then, not regularly.",
}
JUDGED = (
    "So the researcher judged it; “strengthened”: more or better than before. Where a number of days stands, "
    "we only counted. What is not named need not be wrong."
)
AREAS = "Look at your own area ({areas}); areas are not compared."
UNJUDGED = "Nobody has judged yet; here we only count on how many days we saw it."
WELL_BY_MARK = {
    "✓": "carried out and strengthened",
    "=": "continued as it was already practice",
}


def front(basis: Basis, until: date | None) -> Iterable[Block]:
    """What this is, what goes well, three priorities."""
    w = basis.w
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
    areas = [case.name for case in basis.layer.cases]
    if len(areas) > 1:
        yield Paragraph(w(AREAS, areas=", ".join(areas)))
    if until is not None:
        yield Paragraph(_until(basis, until))
    yield Heading(w("What goes well"))
    well = _well(basis)
    if well:
        yield Paragraph(w(JUDGED if any(f.mark in WELL_BY_MARK for f in basis.found) else UNJUDGED))
    yield Listing(well) if well else Paragraph(w("We cannot say yet: too little is reviewed or seen."))
    yield Heading(w("Three priorities"))
    yield Paragraph(
        w(
            "Choose what suits your chat, and write down who does it and when. One of these is enough "
            "to start."
        )
    )
    yield from _priorities(basis)


def _until(basis: Basis, until: date) -> str:
    last = basis.w.day(until - timedelta(days=1))
    return basis.w("The note looks at messages up to and including {day}.", day=last)


def _well(basis: Basis) -> tuple[str, ...]:
    """People's ✓ and =; where those are fewer than three, also what was seen regularly, as counts."""
    marked: dict[int, list[str]] = {number: [] for number in basis.codebook.interventions}
    seen: dict[int, list[str]] = {number: [] for number in basis.codebook.interventions}
    for f in basis.found:
        if f.mark in WELL_BY_MARK:
            marked[f.intervention.number].append(basis.of_case(f, basis.w(WELL_BY_MARK[f.mark])))
        elif f.mark is None and f.situation == "seen_well":
            seen[f.intervention.number].append(basis.of_case(f, _seen_on(basis, f)))
    chosen = {number for number, told in marked.items() if told}
    for number, told in seen.items():
        if len(chosen) < PRIORITIES and told:
            chosen.add(number)
    names = {number: i.name[basis.lang] for number, i in basis.codebook.interventions.items()}
    return tuple(f"{names[n]}: {'; '.join(marked[n] + seen[n])}." for n in sorted(chosen))


def _seen_on(basis: Basis, f: Finding) -> str:
    days, months = basis.number_of("days", f.seen.days), basis.number_of("months", f.seen.months)
    return basis.w("seen {days}, {months}", days=days, months=months)


def _priorities(basis: Basis) -> Iterable[Block]:
    chosen = _chosen(basis)
    if not chosen:
        yield Paragraph(basis.w("There are no priorities to name yet."))
    for place, (situation, group) in enumerate(chosen, 1):
        intervention = group[0].intervention
        name = intervention.name[basis.lang]
        yield Heading(basis.w("Priority {n}: {name}", n=basis.w.number(place), name=name), level=3)
        why = _why(basis, situation, group)
        if basis.several:
            why = f"{basis.w('Holds for {cases}.', cases=basis.cases(group))} {why}"
        yield Paragraph(why)
        yield Paragraph(advice_on(basis.lang, situation, group))
        agreed = _agreed(basis, group)
        if agreed:
            yield Paragraph(basis.w("Already agreed:"), strong=True)
            yield Listing(agreed)
        else:
            yield to_fill_in(basis)


def _agreed(basis: Basis, group: Sequence[Finding]) -> tuple[str, ...]:
    """The actions of the plan that belong to a priority and are still to be done: who and when."""
    names = {case.id: case.name for case in basis.layer.cases}
    told = {(f.case, f.intervention.number) for f in group}
    return tuple(
        basis.w("{what}: {who}, by {day}.", what=a.what, who=a.who, day=basis.w.day(a.due))
        for a in basis.beside.actions
        if (names.get(a.case_id), a.intervention) in told
        and a.state == "open"
        and a.agreed_on <= basis.made_on
    )


def _why(basis: Basis, situation: str, group: Sequence[Finding]) -> str:
    # A person may judge X although a trace was seen: then "not seen" would deny the counts below.
    if situation == "not_seen" and any(f.seen.days for f in group):
        situation = "judged_absent"
    return basis.w(WHY[situation], days=basis.number_of("days", sum(f.opposite.days for f in group)))


def to_fill_in(basis: Basis) -> Paragraph:
    """A line to write on: who does it, and when."""
    return Paragraph(basis.w("Who: ……………………………………   When: ……………………………………"), strong=True)


def _chosen(basis: Basis) -> list[tuple[str, list[Finding]]]:
    """At most three interventions, the most urgent situation of each with the cases it holds for.

    Order: see `_URGENCY`; within it the most opposite days, then the order of the codebook. What
    rests on another intervention waits for that one.
    """
    by_number: dict[int, dict[str, list[Finding]]] = {}
    for f in basis.found:
        if f.situation in _URGENCY:
            by_number.setdefault(f.intervention.number, {}).setdefault(f.situation, []).append(f)
    candidates = []
    for number, situations in by_number.items():
        worst = min(situations, key=_URGENCY.index)
        days = sum(f.opposite.days for f in situations[worst])
        candidates.append((_URGENCY.index(worst), -days, number, worst))
    first = [number for *_, number, _ in sorted(candidates)[:PRIORITIES]]
    waiting = {n for n in by_number if basis.codebook.interventions[n].depends_on in first}
    kept = [c for c in sorted(candidates) if c[2] not in waiting][:PRIORITIES]
    return [(worst, by_number[number][worst]) for *_, number, worst in kept]
