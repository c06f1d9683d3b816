"""The proposal of a mark from counts: conventions in a stated order.

Nothing here knows of people's marks. Whoever shows a proposal takes it from
`chatcode.analysis.assessment.cells`, which withholds it until a person has rated the cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from chatcode.analysis.frequency import ENOUGH_REVIEWED
from chatcode.analysis.intervals import (
    Monthly,
    difference_interval,
    dispersion,
    dispersion_of_shares,
    rate_ratio_interval,
    widened,
)

Unit = Literal["days", "messages"]

CARRIED_OUT, CONTINUED, PARTLY, NOT_SEEN = "✓", "=", "~", "X"
# Regular, but with nothing to compare with: a person must say which of the two it is.
REGULAR = "✓ or ="


@dataclass(frozen=True, slots=True)
class Constants:
    """The conventions of the proposal. None of them is a law; each may be changed and is printed.

    `MEANING` says of each what it is.
    """

    confidence: float = 0.90
    ratio: float = 1.5
    decline_ratio: float = 2 / 3
    regular: float = 1 / 2
    opposite: float = 1 / 3
    coverage: float = 1 / 2
    coverage_rise: float = 0.15
    least_incidents: float = 5
    growth: float = 0.10
    least_baseline_months: float = 6
    least_expected: float = 6


CONVENTIONS = Constants()
MEANING: Mapping[str, str] = {
    "confidence": "confidence of the intervals",
    "ratio": "least ratio of the rates for ✓",
    "decline_ratio": "ratio of the rates below which a credible fall is a decline",
    "regular": "least share of months with at least one sighting to be called regular",
    "opposite": "share of opposite days from which a practice is not called regular",
    "coverage": "least share of incidents answered to be called regular",
    "coverage_rise": "least rise of the share answered for ✓",
    "least_incidents": "least number of incidents, now and before, to be judged",
    "growth": "least growth of members, beyond that of the baseline, for ✓",
    "least_baseline_months": "least number of covered months before, to tell ✓ from =",
    "least_expected": "least number of days to be expected from the rate before, to tell ✓ from =",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was seen in one stretch of time.

    `seen` and `opposite` are days (or messages), `months` is the exposure summed over groups,
    `with_seen` the share of months with at least one, `monthly` pairs each month's count with
    its exposure. `span` is the number of calendar months covered, by default the exposure.
    """

    seen: int = 0
    months: float = 0.0
    with_seen: float = 0.0
    opposite: int = 0
    monthly: Monthly = ()
    span: float | None = None


@dataclass(frozen=True, slots=True)
class Occasions:
    """Incidents (for 7: improprieties) and those of them that were answered by the actors.

    `monthly` pairs each month's number answered with its number of occasions.
    """

    all: int = 0
    answered: int = 0
    monthly: Sequence[tuple[int, int]] = ()

    @property
    def share(self) -> float:
        """The share answered; 0 where nothing occurred."""
        return self.answered / self.all if self.all else 0.0


@dataclass(frozen=True, slots=True)
class Members:
    """A group's size at the start of a stretch, None where not known, and how it moved."""

    start: int | None
    net: int
    months: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the counts suggest: a mark or None, a flag, and the ground in one line."""

    mark: str | None
    flag: str | None
    why: str


def propose(
    counts: Mapping[str, Any], constants: Constants = CONVENTIONS, *, unit: Unit = "days"
) -> Proposal | None:
    """Propose a mark from a cell's counts, as `chatcode.analysis.counts` makes them.

    Where nobody linked any answer, an occasion counts as answered by time, and is flagged so.
    None where less than 95 % of the messages of the period or of the baseline is reviewed, or
    where there are no messages. `unit` says what flow is counted in.
    """
    period, before = counts["period"], counts.get("baseline")
    if not period["messages"] or not all(_enough(stretch) for stretch in (period, before) if stretch):
        return None
    measure = counts["measure"]
    compared = counts.get("compared") or {"period": period, "baseline": before}
    done = counts["evidence_done"]
    if measure == "coverage":
        by_time = any(_unlinked(stretch) for stretch in (period, before) if stretch)
        found = coverage(
            _occasions(period, by_time),
            _occasions(compared["baseline"], by_time) if before else None,
            constants,
            compared=_occasions(compared["period"], by_time),
        )
        return _by_time(found) if by_time else found
    if measure == "stock":
        return stock(
            _members(period), _members(before) if before else None, period["seen_days"] + done, constants
        )
    if measure == "outside":
        return outside(period["seen_days"], done, counts["evidence_not_done"])
    if not before:
        return flow(_stretch(period, unit), None, constants, evidence=done)
    return flow(
        _stretch(period, unit),
        _stretch(before, unit),
        constants,
        compared=(_stretch(compared["period"], unit), _stretch(compared["baseline"], unit)),
        evidence=done,
    )


# ── the kinds of measure ──────────────────────────────────────────────────────


def flow(
    period: Stretch,
    baseline: Stretch | None,
    constants: Constants = CONVENTIONS,
    *,
    compared: tuple[Stretch, Stretch] | None = None,
    evidence: int = 0,
) -> Proposal:
    """Propose a mark for what should happen regularly: days per month, against the time before.

    `compared` are the parts of period and baseline that the rates are taken from (the same
    months of the year), by default the whole of both. How regular it was and whether it was seen
    at all is judged over the whole. `evidence` counts observations from outside the chat.
    """
    c = constants
    if period.seen == 0:
        if evidence:
            return Proposal(PARTLY, "ask", f"not seen in the chat; observed outside it {evidence} times")
        return Proposal(NOT_SEEN, None, "not seen in the chat")
    regular = period.with_seen >= c.regular and period.opposite / (period.seen + period.opposite) < c.opposite
    if baseline is None or baseline.months == 0:
        if regular:
            return Proposal(REGULAR, "too_little", "regular; nothing to compare with")
        return Proposal(PARTLY, None, "irregular; nothing to compare with")
    now, before = compared or (period, baseline)
    ratio, low, high = rate_ratio(now, before, c.confidence)
    told = f"rate ratio {ratio:.2f}, interval {low:.2f} to {high:.2f}"
    was_regular = baseline.with_seen >= c.regular
    if high < 1 and ratio < c.decline_ratio:
        return Proposal(PARTLY, "decline" if was_regular else None, told)
    if not regular:
        return Proposal(PARTLY, None, told)
    span = before.months if before.span is None else before.span
    if span < c.least_baseline_months:
        return Proposal(REGULAR, "too_little", f"{told}; too few months before to tell ✓ from =")
    if low > 1 and ratio >= c.ratio:
        # A rise from next to nothing is taken for one where the interval says so, however little
        # was to be expected: the interval knows of the small number.
        return Proposal(CARRIED_OUT, None, told)
    few = before.seen / before.months * now.months < c.least_expected
    if was_regular:
        if few:
            return Proposal(REGULAR, "too_little", f"{told}; too few days before to tell ✓ from =")
        return Proposal(CONTINUED, None, told)
    return Proposal(PARTLY, "too_little" if few else None, told)


def rate_ratio(now: Stretch, before: Stretch, confidence: float) -> tuple[float, float, float]:
    """The ratio of two rates per month, with half an occurrence added to both, and its interval.

    The interval is the mid-p one, widened by the dispersion of the monthly counts.
    """
    ratio = ((now.seen + 0.5) / now.months) / ((before.seen + 0.5) / before.months)
    interval = rate_ratio_interval(now.seen, now.months, before.seen, before.months, confidence)
    return ratio, *widened(ratio, interval, dispersion(now.monthly, before.monthly).factor(confidence))


def coverage(
    period: Occasions,
    baseline: Occasions | None,
    constants: Constants = CONVENTIONS,
    *,
    compared: Occasions | None = None,
) -> Proposal:
    """Propose a mark for what should follow on an occasion: the share of incidents answered.

    `compared` is the part of the period that is set against the baseline (the same months of
    the year), by default the whole. With fewer incidents before than can be judged there is
    nothing to compare with.
    """
    c = constants
    told = f"{period.answered} of {period.all} answered"
    if baseline:
        told += f", before {baseline.answered} of {baseline.all}"
    if period.all < c.least_incidents:
        mark = CONTINUED if period.answered == period.all else PARTLY
        return Proposal(mark, "no_occasion", f"{told}; no or little occasion")
    if period.answered == 0:
        return Proposal(NOT_SEEN, None, told)
    enough = period.share >= c.coverage
    now = compared or period
    if baseline is None or min(baseline.all, now.all) < c.least_incidents:
        if enough:
            return Proposal(REGULAR, "too_little", f"{told}; too little to compare with")
        return Proposal(PARTLY, None, f"{told}; too little to compare with")
    rise = now.share - baseline.share
    low, high = share_difference(now, baseline, c.confidence)
    told = f"{told}; difference {rise:+.2f}, interval {low:+.2f} to {high:+.2f}"
    if low > 0 and rise >= c.coverage_rise and enough:
        return Proposal(CARRIED_OUT, None, told)
    if enough and baseline.share >= c.coverage and high >= 0:
        return Proposal(CONTINUED, None, told)
    return Proposal(PARTLY, "decline" if high < 0 else None, told)


def share_difference(now: Occasions, before: Occasions, confidence: float) -> tuple[float, float]:
    """The interval of the difference of two shares: Newcombe's, widened by the dispersion over months."""
    low, high = difference_interval(now.answered, now.all, before.answered, before.all, confidence)
    difference = now.share - before.share
    factor = dispersion_of_shares(now.monthly, before.monthly).factor(confidence)
    return (
        max(-1.0, difference - (difference - low) * factor),
        min(1.0, difference + (high - difference) * factor),
    )


def stock(
    period: Members, baseline: Members | None, recruiting_days: int, constants: Constants = CONVENTIONS
) -> Proposal:
    """Propose a mark for what should grow: members, against the growth before.

    Growth before is taken per month, for as many months as the period has. `recruiting_days`
    counts days on which recruiting was seen, in the chat or outside it.
    """
    flag = None
    if not period.start:
        told, flag = "the number of members at the start is not known", "too_little"
    else:
        told = f"members {period.net:+d} on {period.start}"
        growth = period.net / period.start
        if baseline is not None and baseline.start and baseline.months:
            told += f", before {baseline.net:+d} on {baseline.start}"
            before = baseline.net / baseline.start * period.months / baseline.months
            # Shares of whole people: a tenth that is a tenth but for its binary digits is one.
            if growth - before >= constants.growth - 1e-9:
                return Proposal(CARRIED_OUT, None, told)
        elif growth >= constants.growth - 1e-9:
            return Proposal(REGULAR, "too_little", f"{told}; growth before is not known")
    if recruiting_days:
        return Proposal(PARTLY, flag, f"{told}; {recruiting_days} days with recruiting")
    return Proposal(NOT_SEEN, flag, f"{told}; no recruiting seen in the chat")


def outside(seen: int, done: int = 0, not_done: int = 0) -> Proposal:
    """Propose X where nothing is known of what happens offline; else ask, and conclude nothing.

    `done` and `not_done` count the observations from outside the chat that say so.
    """
    if seen == 0 and done == 0:
        told = "not seen in the chat; not done, says evidence" if not_done else "not seen in the chat"
        return Proposal(NOT_SEEN, None, told)
    return Proposal(None, "ask", f"traces on {seen} days, evidence {done}; what happened offline decides")


# ── from a cell's counts ──────────────────────────────────────────────────────


def _enough(stretch: Mapping[str, Any]) -> bool:
    share = stretch["reviewed_share"]
    return share is None or share >= ENOUGH_REVIEWED


def _unlinked(stretch: Mapping[str, Any]) -> bool:
    """Whether answers were given and none was tied to what it answers, as in codings made elsewhere."""
    return bool(stretch["occasions"] and stretch["seen_messages"] and not stretch["linked_messages"])


def _by_time(found: Proposal) -> Proposal:
    return Proposal(
        found.mark, found.flag or "not_linked", f"{found.why}; answers are not linked, taken by time (12 h)"
    )


def _occasions(stretch: Mapping[str, Any], by_time: bool) -> Occasions:
    answered = "followed" if by_time else "answered"
    return Occasions(
        stretch["occasions"],
        stretch[answered],
        tuple((month[answered], month["occasions"]) for month in stretch["monthly"]),
    )


def _members(stretch: Mapping[str, Any]) -> Members:
    return Members(stretch["members_at_start"], stretch["members_net"], stretch["span_months"])


def _stretch(stretch: Mapping[str, Any], unit: Unit) -> Stretch:
    return Stretch(
        seen=stretch[f"seen_{unit}"],
        months=stretch["months"],
        with_seen=stretch["share_of_months"],
        opposite=stretch[f"opposite_{unit}"],
        monthly=tuple((month[f"seen_{unit}"], month["months"]) for month in stretch["monthly"]),
        span=stretch["span_months"],
    )
