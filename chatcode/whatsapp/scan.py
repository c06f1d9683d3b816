"""The plain path: headers found in text by the locked style, in any script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .attribution import Rough, cut_sender, is_doubtful
from .clock import PartOfDay, hour24, parts_of_day
from .content import may_stand_in
from .dates import DateOrder, decide, read
from .formats import Style
from .language import Language
from .line_ends import line_ends_tell
from .marks import LEFT_TO_RIGHT, without_marks
from .repairs import HALVES_INFERRED, left_out, pasted, strays

_MIDNIGHT, _LAST = 24, 59


@dataclass(frozen=True, slots=True)
class Scanned:
    """The entries of a file before they are attributed, and how its dates were read."""

    sent_at: Sequence[datetime]
    rough: Rough
    date_order: DateOrder
    repairs: tuple[str, ...]


def scan(text: str, style: Style, language: Language | None, asked: str | None) -> Scanned | None:
    """Cut a text into entries; None where no date of it exists under any reading.

    Raises:
        ExportError: The date order asked for does not fit the file.
    """
    text = "\n" + text  # so that every header follows a line feed
    heads = list(re.compile("\n" + style.pattern.pattern, re.MULTILINE).finditer(text))
    repairs: list[str] = []
    ends = [head for head in heads if head.start() == 0 or text[head.start() - 1] == "\r"]
    if line_ends_tell(text.count("\r\n"), text.count("\n") - 1, len(ends), len(heads)):
        repairs.append(pasted(len(heads) - len(ends)))
        heads = ends
    dates = [(int(head["a"]), int(head["b"]), int(head["c"])) for head in heads]
    changes = [parts for before, parts in zip([None, *dates], dates, strict=False) if parts != before]
    order = decide(changes, style, language.code if language else None, asked)
    found = {parts: read(parts, order.order) for parts in set(changes)}
    days = [found[parts] for parts in dates]
    meanings: dict[str, PartOfDay] = {}
    if style.twelve_hours:
        meanings, inferred = _meanings(heads, days)
        repairs += [HALVES_INFERRED] * inferred
    times = [
        _time(head, day, style, meanings.get(head["part"]) if meanings else None)
        for head, day in zip(heads, days, strict=True)
    ]
    kept = [head for head, time in zip(heads, times, strict=True) if time is not None]
    if not kept:
        return None
    if len(kept) < len(heads):
        repairs.append(strays(len(heads) - len(kept)))
    if (before := left_out(text[: kept[0].start()])) is not None:
        repairs.append(before)
    sent_at = [time for time in times if time is not None]
    return Scanned(sent_at, _rough(text, kept), order, tuple(repairs))


def _meanings(
    heads: Sequence[re.Match[str]], days: Sequence[date | None]
) -> tuple[dict[str, PartOfDay], bool]:
    """What the file's words for a part of the day mean, and whether that had to be inferred."""
    words = list(dict.fromkeys(head["part"] for head in heads))
    hours = [
        (day.toordinal(), int(head["h"]) * 60 + int(head["m"]), head["part"])
        for head, day in zip(heads, days, strict=True)
        if day is not None
    ]
    return parts_of_day(words, hours)


def _time(head: re.Match[str], day: date | None, style: Style, part: PartOfDay | None) -> datetime | None:
    """The time of a header; None where there is no such day or time. Some clocks write 24:05."""
    hour, minute = int(head["h"]), int(head["m"])
    second = int(head["s"]) if style.seconds else 0
    if day is None or hour > _MIDNIGHT or minute > _LAST or second > _LAST:
        return None
    return datetime(day.year, day.month, day.day, hour24(hour, part) % _MIDNIGHT, minute, second)


def _rough(text: str, heads: Sequence[re.Match[str]]) -> Rough:
    rough = Rough([], [], [], {}, [], [], set())
    names: dict[str, tuple[str | None, bool]] = {}
    stops = [*(head.start() for head in heads[1:]), len(text) - text.endswith("\n")]
    for place, (head, stop) in enumerate(zip(heads, stops, strict=True)):
        rest = text[head.end() : stop]
        if "\r" in rest:
            rest = rest.replace("\r\n", "\n").removesuffix("\r")
        name, start = cut_sender(rest)
        if name not in names:
            names[name] = (without_marks(name).strip() or None, is_doubtful(name))
        sender, doubtful = names[name]
        if sender is None:
            rough.unsigned.append(place)
            rough.senders.append(None)
            rough.texts.append(rest)
            continue
        words = rest[start:]
        if doubtful:
            rough.doubtful[place] = rest
        if words.startswith(LEFT_TO_RIGHT):
            rough.marked.append(place)
        else:
            rough.speakers.add(sender)
        if may_stand_in(words):
            rough.special.append(place)
        rough.senders.append(sender)
        rough.texts.append(words)
    return rough
