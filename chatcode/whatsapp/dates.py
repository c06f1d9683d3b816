"""Day or month first: decided from the whole file, with the evidence kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from chatcode.errors import ExportError

from .formats import Style

ORDERS = ("dmy", "mdy", "ymd")
_BUDDHIST = 543  # years ahead of the common calendar; WhatsApp began in 2009, so no doubt arises
_FIRST_YEAR, _LAST_YEAR = 2009, 2200
_MONTHS = 12
# A few dates that fit no reading are pasted text or damage, not evidence.
_STRAY = 0.01
_DAYS_IN_A_ROW = 3
_FAR_LESS = 5


@dataclass(frozen=True, slots=True)
class DateOrder:
    """The reading of a file's dates, and what it rests on ("hard", "order", "prior", "given")."""

    order: str
    evidence: str


def decide(
    dates: Sequence[tuple[int, int, int]], style: Style, language: str | None, asked: str | None
) -> DateOrder:
    """Choose the reading of a file's dates.

    Args:
        dates: The numbers of the dates as written, in file order.
        style: The file's header style.
        language: The language of WhatsApp's own words in the file, where known.
        asked: The reading the caller asks for.

    Raises:
        ExportError: `asked` is no reading, or most dates of the file do not exist under it.
    """
    if asked is not None:
        return _given(dates, style, asked)
    if style.year_first:
        return DateOrder("ymd", "hard")
    if style.year_digits == 2 and (unusual := _year_first_after_all(dates)):
        return unusual
    impossible = {order: sum(read(parts, order) is None for parts in dates) for order in ("dmy", "mdy")}
    fitting = [order for order, count in impossible.items() if count <= _STRAY * len(dates)]
    if len(fitting) != len(impossible):
        return DateOrder(min(impossible, key=impossible.__getitem__), "hard")
    back = {order: _steps_back(dates, order) for order in fitting}
    if back["dmy"] != back["mdy"]:
        return DateOrder(min(back, key=back.__getitem__), "order")
    return DateOrder(_shorter(dates) or _prior(style, language), "prior")


@lru_cache(1 << 16)
def read(parts: tuple[int, int, int], order: str) -> date | None:
    """Return the date that three numbers give in an order; None where there is no such day."""
    a, b, c = parts
    year, month, day = {"dmy": (c, b, a), "mdy": (c, a, b), "ymd": (a, b, c)}[order]
    if year < 100:
        year += 2000
    elif year > _LAST_YEAR:
        year -= _BUDDHIST
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _given(dates: Sequence[tuple[int, int, int]], style: Style, asked: str) -> DateOrder:
    if asked not in ORDERS:
        raise ExportError(
            f"there is no date order {asked!r}",
            f"Give one of {', '.join(ORDERS)}, or none to let the file decide.",
        )
    fits = sum(read(parts, asked) is not None for parts in dates)
    if (style.year_first != (asked == "ymd") and style.year_digits == 4) or 2 * fits < len(dates):
        raise ExportError(
            f"the dates of this file cannot be read as {asked}: {fits} of {len(dates)} would exist",
            "Leave the date order out to let the file decide.",
        )
    return DateOrder(asked, "given")


def _year_first_after_all(dates: Sequence[tuple[int, int, int]]) -> DateOrder | None:
    """Tell a two-digit year in front, which is rare, by time.

    Only then does the first number never run back, or do the dates lie in WhatsApp's years.
    """
    if any(read(parts, "ymd") is None for parts in dates):
        return None
    others = [order for order in ("dmy", "mdy") if all(read(parts, order) is not None for parts in dates)]
    back = min((_steps_back(dates, order) for order in others), default=0)
    early = all(2 * _early(dates, order) > len(dates) for order in others) and not _early(dates, "ymd")
    mine = _steps_back(dates, "ymd")
    return DateOrder("ymd", "order") if mine < back or (early and mine <= back) else None


def _early(dates: Sequence[tuple[int, int, int]], order: str) -> int:
    """How many dates lie before WhatsApp began."""
    return sum(day is not None and day.year < _FIRST_YEAR for day in (read(parts, order) for parts in dates))


def _steps_back(dates: Sequence[tuple[int, int, int]], order: str) -> int:
    steps, before = 0, date.min
    for parts in dates:
        now = read(parts, order)
        if now is not None:
            steps += now < before
            before = now
    return steps


def _shorter(dates: Sequence[tuple[int, int, int]]) -> str | None:
    """The reading under which the chat spans far less time, as days in a row do; no proof."""
    if len(set(dates)) < _DAYS_IN_A_ROW:
        return None
    spans = {}
    for order in ("dmy", "mdy"):
        days = [day.toordinal() for parts in dates if (day := read(parts, order)) is not None]
        spans[order] = max(days) - min(days)
    short, long = sorted(spans, key=spans.__getitem__)
    return short if spans[short] * _FAR_LESS <= spans[long] else None


def _prior(style: Style, language: str | None) -> str:
    """The habit of the style: only the United States write the month first.

    Their phones write slashes, no zeros in front, a two-digit year with a comma after it, and
    AM or PM in capitals; people there who use a 24-hour clock keep the rest.
    """
    if style.sep != "/" or style.padded or style.part_before:
        return "dmy"
    if language not in (None, "en"):
        return "dmy"
    if style.part_after:
        return "mdy" if style.capitals else "dmy"
    return "mdy" if style.year_digits == 2 and style.lead.startswith(",") else "dmy"
