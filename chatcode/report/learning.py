"""How coders learned the codebook, what of that was passed over, and why the codebook changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chatcode.report.document import Block, Heading, Listing, Paragraph
from chatcode.report.words import Words


@dataclass(frozen=True, slots=True)
class Practised:
    """A practice on a shipped chat: how many of its messages were coded as its own coders did."""

    day: date
    coder: str
    agreed: int
    messages: int


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A step of the training that was left out on purpose: which, why, and who decided that."""

    day: date
    step: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Another codebook taken into use: its hash, why, and who decided that."""

    day: date
    codebook: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Learning:
    """All of that, oldest first."""

    practised: Sequence[Practised] = ()
    passed_over: Sequence[PassedOver] = ()
    changed: Sequence[Changed] = ()


def learning(told: Learning, w: Words) -> Iterator[Block]:
    """The section of the appendix on method."""
    steps = {
        "practice": w("practice on coded chats"),
        "pilot": w("a blind pilot by two coders"),
        "agree": w("comparing the two"),
        "discuss": w("talking over where they differ"),
        "codebook": w("writing it into the codebook"),
        "recode": w("coding anew what that touches"),
    }
    points = [
        w(
            "{day}: {coder} practised on a synthetic chat; {agreed} of {messages} messages as its coders "
            "had them.",
            day=w.day(one.day),
            coder=one.coder,
            agreed=one.agreed,
            messages=one.messages,
        )
        for one in told.practised
    ]
    points += [
        w(
            "{day}: passed over: {step}. Reason given by {by}: {reason}",
            day=w.day(one.day),
            step=steps.get(one.step, one.step),
            by=one.by,
            reason=one.reason,
        )
        for one in told.passed_over
    ]
    points += [
        w(
            "{day}: codebook {hash} taken into use ({by}). Reason: {reason}",
            day=w.day(one.day),
            hash=one.codebook,
            by=one.by or w("not told"),
            reason=one.reason or w("not told"),
        )
        for one in told.changed
    ]
    yield Heading(w("How the codebook was learned and changed"))
    if points:
        yield Listing(tuple(points))
    else:
        yield Paragraph(w("Nothing of this was recorded."))
