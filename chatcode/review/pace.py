"""How fast a sitting goes, and how long its group-month still takes; told to who asks for progress."""

from __future__ import annotations

from collections.abc import Sequence

from chatcode.analysis.workload import pace_of
from chatcode.domain import Progress
from chatcode.review.session import Session


def told(session: Session, months: Sequence[Progress]) -> str:
    """The pace of this sitting, and the time left for the group and month on the table at that pace.

    The pace is that of `chatcode plan coding`, from the decisions since the session began: the same breaks
    are left out, and as many decisions are asked.
    """
    pace = pace_of(session.moments)
    if pace is None or pace.seconds <= 0:
        return "The pace of this sitting is told after some twenty decisions."
    said = f"This sitting: {round(3600 / pace.seconds)} messages an hour, breaks left out."
    here = session.entry
    if here is None:
        return said
    month = f"{here.sent_at:%Y-%m}"
    left = sum(m.total - m.reviewed for m in months if (m.group_id, m.month) == (here.group_id, month))
    place = f"{session.groups[here.group_id].label} {month}"
    if not left:
        return f"{said} Nothing is left of {place}."
    return f"{said} {left} left of {place}, {_duration(pace.hours(left)[0])} at this pace."


def _duration(hours: float) -> str:
    minutes = max(round(hours * 60), 1)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
