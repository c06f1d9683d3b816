"""The end of a note: how it was made, what it cannot say, and a room to answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from chatcode.analysis.frequency import counted_messages
from chatcode.report import findings as counted
from chatcode.report.document import Block, CellValue, Column, Heading, Listing, Paragraph, Table
from chatcode.report.drawn import drawn

if TYPE_CHECKING:
    from chatcode.analysis.estimation import Drawing
    from chatcode.codebook import Codebook
    from chatcode.domain import Accountability, Layer, Period
    from chatcode.report.words import Words

# Below this many messages a share says more than there is.
LEAST_FOR_SHARE = 10


def method(
    layer: Layer,
    w: Words,
    told: Accountability,
    codebook: Codebook,
    drawings: Sequence[Drawing] = (),
) -> Iterable[Block]:
    """How the note was made, over what, and what it cannot say."""
    yield Heading(w("How this was made"))
    yield Paragraph(
        w(
            "The messages come from exports that the administrators handed over. Before anybody read "
            "them, names, telephone numbers and addresses were replaced (pseudonymised). A coder then "
            "went through the messages one by one and noted which of the eleven interventions each of "
            "them shows. Where a computer made a suggestion, only what the coder confirmed counts."
        )
    )
    yield Paragraph(second_look(layer, w))
    if layer.coder:
        yield Paragraph(w("Coder: {coder}.", coder=layer.coder))
    stretches: dict[str, list[str]] = {}
    for case in layer.cases:
        if case.period:
            stretches.setdefault(_stretches(case.period, case.baseline, w), []).append(case.name)
    for stretch, names in stretches.items():
        yield Paragraph(f"{', '.join(names)}. {stretch}" if len(layer.cases) > 1 else stretch)
    yield _exposure(layer, w)
    yield from drawn(drawings, codebook, w)
    yield Paragraph(w("With the data we deal as follows."))
    yield Listing(tuple(answered_for(told, w)))
    yield Paragraph(
        w(
            "The advice is chosen by the researcher's mark where there is one. Elsewhere it follows "
            "from the counts: seen in at least half of the months, seen less often, or not seen; "
            "“against it” where on at least three days, and a third of all days, messages went against "
            "it. These limits are conventions."
        )
    )
    yield Heading(w("What this note cannot say"))
    yield Listing(
        (
            w("It says nothing about whether the neighbourhood became safer."),
            w("It sees only the chat. What you said or did elsewhere is not in it: tell us."),
            w("“Not seen” means: not seen in the messages that we have. Deleted messages are missing."),
            w("Small numbers vary by chance; a few days more or less mean little."),
            w("Areas differ in size and in what happens there. The figures are not meant to compare them."),
            w("Coding is the work of people; another coder would decide some messages otherwise."),
        )
    )


def answered_for(told: Accountability, w: Words) -> Iterable[str]:
    """What the researcher told of plan, ground, information and term; what is missing is said too."""
    nothing = w("not recorded")
    yield w("Data-management plan: {told}", told=told.data_plan or nothing)
    yield w("Legal basis: {told}", told=told.legal_basis or nothing)
    yield w("How the members were informed: {told}", told=told.informed or nothing)
    until = w.day(told.retain_until) if told.retain_until else nothing
    yield w("The messages are kept until: {told}", told=until)
    yield w("Messages left out because their writers objected: {n}", n=w.number(told.left_out))
    if told.quotes_least:
        yield w.count(
            "A quote tells of its writer only what {n} person shares.",
            "A quote tells of its writer only what at least {n} people share, unless the writer "
            "agreed in writing.",
            told.quotes_least,
        )
    yield w("What remains is pseudonymised and stays personal data.")


def second_look(layer: Layer, w: Words) -> str:
    """How much pseudonymising missed, as a person saw it in a random sample; or that nobody looked."""
    from chatcode.analysis.residual import residual

    told = residual(layer.look)
    if told is None:
        return w("Nobody looked at a sample of the messages for names that were missed.")
    return w.count(
        "In a random sample one message was looked at again for what was missed; {leaking} still told "
        "who somebody is: {rate} per 100 messages (95% interval {low} to {high}).",
        "In a random sample {n} messages were looked at again for what was missed; {leaking} still told "
        "who somebody is: {rate} per 100 messages (95% interval {low} to {high}).",
        told.seen,
        leaking=w.number(told.leaking),
        rate=w.number(told.rate),
        low=w.number(told.low),
        high=w.number(told.high),
    )


def _stretches(period: Period, baseline: Period | None, w: Words) -> str:
    told = w("Period: {start} to {end}.", **_days(period, w))
    if baseline is not None:
        before = w("Time before, to compare with: {start} to {end}.", **_days(baseline, w))
        told = f"{told} {before}"
    return told


def _days(stretch: Period, w: Words) -> Mapping[str, str]:
    return {
        "start": w.day(stretch.start),
        "end": w.day(stretch.end - timedelta(days=1)),
    }


def _exposure(layer: Layer, w: Words) -> Table:
    cases = {case.id: case for case in layer.cases}
    total = dict.fromkeys((group.id for group in layer.groups), 0)
    reviewed = dict(total)
    for group, case, entry in counted_messages(layer):
        if counted.in_period(case, entry.sent_at.date()):
            total[group.id] += 1
            reviewed[group.id] += entry.id in layer.acts
    rows: list[tuple[CellValue, ...]] = []
    for group in layer.groups:
        case = cases[group.case_id]
        before = counted.covered(layer, [group], case.baseline)[0] if case.baseline else None
        n = total[group.id]
        share = reviewed[group.id] / n if n >= LEAST_FOR_SHARE else None
        now = counted.covered(layer, [group], case.period)[0]
        rows.append((group.label, case.name, n, reviewed[group.id], share, now, before))
    return Table(
        caption=w("What the counts rest on"),
        columns=(
            Column(w("Chat group")),
            Column(w("Area")),
            Column(w("Messages in the period"), "number"),
            Column(w("Reviewed"), "number"),
            Column(w("Share reviewed"), "share"),
            Column(w("Days covered"), "number"),
            Column(w("Days covered before"), "number"),
        ),
        rows=tuple(rows),
        notes=(
            w("A share is given from ten messages on. Messages by researchers are left out."),
            w("Days covered: days that lie within the exports we have."),
        ),
        sheet=w("Basis"),
    )


def reply(w: Words) -> Iterable[Block]:
    """A room to answer: the administrator knows what the chat does not show."""
    yield Heading(w("Your reaction"))
    yield Paragraph(
        w("You know your chat better than we do. Please let us know what is right and what is missing.")
    )
    for question in (
        w("Do you recognise this picture? What is not right?"),
        w("What did you do outside the chat that we could not see?"),
        w("Which priority do you choose, and what do you need for it?"),
    ):
        yield Paragraph(question, strong=True)
        yield Paragraph("…" * 36)
        yield Paragraph("…" * 36)
