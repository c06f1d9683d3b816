"""The report of frequencies: conclusions first, then areas, reports and answers, members, limits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chatcode.analysis.frequency import ENOUGH_REVIEWED
from chatcode.domain import INTERVENTIONS, Beside, Case, Group, Layer, Period
from chatcode.report import apart, overall
from chatcode.report.accountability import answered_for, second_look
from chatcode.report.area import area
from chatcode.report.document import Block, Box, Document, Heading, Listing, Paragraph
from chatcode.report.drawn import drawn
from chatcode.report.figures import Figures
from chatcode.report.planned import plan
from chatcode.report.stretches import Stretch
from chatcode.report.words import Words

if TYPE_CHECKING:
    from chatcode.analysis.estimation import Drawing
    from chatcode.codebook import Codebook
    from chatcode.domain import Accountability

_MOST, _MOST_OPPOSITE = 3, 2


def frequency_report(
    layer: Layer,
    codebook: Codebook,
    *,
    lang: str,
    study: str,
    long: bool = False,
    beside: Beside | None = None,
    by: Collection[str] = (),
    split: date | None = None,
    on: date | None = None,
    told: Accountability | None = None,
    drawings: Sequence[Drawing] = (),
) -> Document:
    """Build the report; `long` adds the table of every month and code, for files.

    `beside` is what people entered; `by` takes the counts apart by "role" or "sub-reason"; `split`
    sets what came before a day, such as that of the interim meeting, beside what came after it. `on`
    is the day on which the plan stands, by default the last that exports cover; `told` is what the
    researcher answers for; `drawings` are the samples by which a part of the messages stands for all.

    The long report of an empty layer holds the names of all codes and every sentence that a
    report can say, so that the leak gate knows which words are the program's.
    """
    w = Words(lang)
    f = Figures(layer, codebook, w, beside)
    blocks: list[Block] = [*_conclusions_of_all(f)]
    blocks += drawn(drawings, codebook, w)
    for case in layer.cases:
        blocks += area(f, case)
        if split is not None:
            blocks += apart.before_and_after(f, case, split)
    blocks += [*overall.answers(f), *overall.members(f), *apart.together(f), *apart.taken_apart(f, by)]
    blocks += [*plan(f.beside, layer, codebook, w, on or _last_day(layer)), *overall.reviewed(f), *_limits(f)]
    blocks += _data(layer, w, told)
    if long:
        blocks.append(overall.every_row(f))
        if not layer.cases:
            blocks += _wording(codebook, w)
    standing = [] if f.complete else [w("interim – not for citation")]
    standing += [w("pseudonymised"), w("only reviewed messages are counted")]
    title = w("What was seen in the chats") + (f" · {study}" if study else "")
    return Document(title, lang, " · ".join(standing), tuple(blocks))


def _data(layer: Layer, w: Words, told: Accountability | None) -> Iterator[Block]:
    """How the data are dealt with, and how much pseudonymising missed."""
    if told is None:
        return
    yield Heading(w("The data"))
    yield Paragraph(second_look(layer, w))
    yield Listing(tuple(answered_for(told, w)))


def _last_day(layer: Layer) -> date:
    """The last day that exports cover."""
    ends = [stretch.end for stretches in layer.coverage.values() for stretch in stretches]
    return max(ends) - timedelta(days=1) if ends else date(2000, 1, 1)


def _wording(codebook: Codebook, w: Words) -> Iterator[Block]:
    """What a report can say of an area, for a study that has none."""
    days = Period(date(2000, 2, 1), date(2000, 3, 1))
    case = Case("–", "–", days, Period(date(2000, 1, 1), date(2000, 2, 1)))
    blank = Layer(
        coder="",
        cases=(case,),
        groups=(Group("–", "–", "–"),),
        members={},
        entries=(),
        acts={},
        coverage={"–": (Period(date(2000, 1, 1), days.end),)},
    )
    yield Heading(w("All wording of this report"))
    yield from area(Figures(blank, codebook, w), case)
    every = codebook.interventions.values()
    yield Listing(tuple(sub.name[w.lang] for one in every for sub in one.opposite.sub_reasons))
    # Most sentences depend on what was counted; here all of them stand.
    yield Listing(w.every())


def _conclusions_of_all(f: Figures) -> Iterator[Block]:
    """What a reader in a hurry should know, area by area."""
    w = f.w
    yield Heading(w("In short"))
    if not f.rows:
        yield Paragraph(w("There is nothing to count yet."))
    for case in f.layer.cases:
        if not any(row.case == case.name for row in f.rows):
            continue
        if len(f.layer.cases) > 1:
            yield Heading(case.name, level=3)
        yield Listing(tuple(_conclusions(f, case)))
    yield Paragraph(
        w(
            "The figures say how often something was seen in the chat. They do not say whether the "
            "neighbourhood became safer, and they are not meant to rank areas."
        )
    )


def _conclusions(f: Figures, case: Case) -> Iterator[str]:
    w = f.w
    period = f.period(case)
    own = [b for b in f.basis if b.group.case_id == case.id and b.stretch.name == "period"]
    seen = {n: sum(row.actor_days for row in period.of(f"{n}+")) for n in INTERVENTIONS}
    against = {n: sum(row.days for row in period.of(f"{n}-")) for n in INTERVENTIONS}
    enough = all(b.share is None or b.share >= ENOUGH_REVIEWED for b in own)
    if not period.covered_days:
        yield w("No export covers the period yet.")
    elif not enough:
        yield w(
            "Too little is reviewed to say what was not seen or not answered. What was seen is the least "
            "that there is."
        )
    if any(seen.values()):
        yield w("Seen on most days: {names}.", names=_listed(f, seen, _MOST))
    never = [f.name(n) for n in INTERVENTIONS if not seen[n]]
    if never and enough and period.covered_days:
        yield w(
            "Not seen in the chat by those whose part it is: {names}. It may have been done elsewhere.",
            names="; ".join(never),
        )
    if any(against.values()):
        yield w("The opposite was seen on most days of: {names}.", names=_listed(f, against, _MOST_OPPOSITE))
    if enough:
        yield from _answered(f, case, period)
    changes = [flow for flow in f.flow if flow.case == case.name and f.has(period, flow.month)]
    if any(flow.joined or flow.added or flow.left or flow.removed for flow in changes):
        yield w(
            "Members: {came} came and {went} left, as far as WhatsApp's own lines tell.",
            came=w.number(sum(flow.joined + flow.added for flow in changes)),
            went=w.number(sum(flow.left + flow.removed for flow in changes)),
        )
    yield w(
        "Reviewed: {reviewed} of {messages} messages in the period.",
        reviewed=w.number(sum(b.reviewed for b in own)),
        messages=w.number(sum(b.messages for b in own)),
    )
    if period.days is not None:
        yield w(
            "Days that the exports cover: {covered} of {days}.",
            covered=w.number(sum(b.covered for b in own)),
            days=w.number(sum(b.whole or 0 for b in own)),
        )


def _answered(f: Figures, case: Case, period: Stretch) -> Iterator[str]:
    groups = {group.id for group in f.layer.groups if group.case_id == case.id}
    begun = [i for i in f.happened if i.group_id in groups and period.holds(i.first_at.date())]
    if begun and not f.untied:
        yield f.w(
            "Incidents: {incidents}; answered by an administrator or a professional: {answered}.",
            incidents=f.w.number(len(begun)),
            answered=f.w.number(sum(f.how_answered(i) in ("during", "later") for i in begun)),
        )


def _listed(f: Figures, days: dict[int, int], most: int) -> str:
    """The interventions seen on most days, with the days."""
    order = sorted((n for n in days if days[n]), key=lambda n: (-days[n], n))[:most]
    return "; ".join(f"{f.name(n)} ({f.w.count('{n} day', '{n} days', days[n])})" for n in order)


def _limits(f: Figures) -> Iterator[Block]:
    """What an export cannot show, and how to read the figures."""
    w = f.w
    yield Box(
        w("What an export cannot show"),
        (
            w(
                "Thumbs and other reactions, which message a reply answers, photos and films, and members"
                " who leave in silence are not in an export of WhatsApp."
            ),
            w("What happens outside the chat leaves traces here at the most."),
        ),
    )
    yield Box(
        w("How to read this"),
        (
            w(
                "Only messages that coder {coder} reviewed are counted; suggestions of the machine never "
                "are.",
                coder=f.layer.coder or "–",
            ),
            w("A message that was reviewed and carries no code counts as reviewed."),
            w("Small numbers vary by chance: a few days more or less mean little here."),
            w("The chats are pseudonymised. That is not anonymous: insiders may recognise events."),
        ),
    )
