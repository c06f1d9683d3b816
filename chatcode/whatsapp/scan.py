"""The plain path: headers found in text by the locked style, in any script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .attribution import Rough, cut_sender, is_doubtful
from .clock import hour24, parts_of_day
from .dates import DateOrder, decide, read
from .formats import Style
from .languages import guess_language
from .marks import LEFT_TO_RIGHT, without_marks

_CRLF_EXCEPTIONS = 0.05


@dataclass(frozen=True, slots=True)
class Scanned:
    """The entries of a file before they are attributed, and how its dates were read."""

    sent_at: Sequence[datetime]
    rough: Rough
    date_order: DateOrder
    repairs: tuple[str, ...]


def scan(text: str, style: Style, asked: str | None) -> Scanned | None:
    """Cut a text into entries; None where no date of it exists under any reading.

    Raises:
        ExportError: The date order asked for does not fit the file.
    """
    text = "\n" + text
    heads = list(re.compile("\n" + style.pattern.pattern, re.MULTILINE).finditer(text))
    heads, repairs = after_message_ends(text, heads)
    dates = [(int(head["a"]), int(head["b"]), int(head["c"])) for head in heads]
    changes = [parts for before, parts in zip([None, *dates], dates, strict=False) if parts != before]
    language = guess_language(text) if not style.year_first else None
    order = decide(changes, style, language.code if language else None, asked)
    days = {parts: read(parts, order.order) for parts in set(changes)}
    parts_of = [head["part"] if style.twelve_hours else "" for head in heads]
    words, inferred = (
        parts_of_day(
            list(dict.fromkeys(parts_of)),
            [
                (day.toordinal(), int(head["h"]) * 60 + int(head["m"]), part)
                for head, parts, part in zip(heads, dates, parts_of, strict=True)
                if (day := days[parts]) is not None
            ],
        )
        if style.twelve_hours
        else ({}, False)
    )
    if inferred:
        repairs.append("before or after noon told by the order of the entries: the word for it is not known")
    sent_at: list[datetime] = []
    kept: list[re.Match[str]] = []
    for head, parts, part in zip(heads, dates, parts_of, strict=True):
        day = days[parts]
        hour, minute = int(head["h"]), int(head["m"])
        second = int(head["s"]) if style.seconds else 0
        if day is None or hour > 24 or minute > 59 or second > 59:
            continue
        hour = hour24(hour, words.get(part)) % 24
        sent_at.append(datetime(day.year, day.month, day.day, hour, minute, second))
        kept.append(head)
    if not kept:
        return None
    if len(kept) < len(heads):
        repairs.append(
            f"lines with a date or time that does not exist kept as text: {len(heads) - len(kept)}"
        )
    before = text[: kept[0].start()].strip("\r\n")
    if before.strip():
        repairs.append(f"lines before the first entry left out: {before.count(chr(10)) + 1}")
    return Scanned(sent_at, _rough(text, kept), order, tuple(repairs))


def after_message_ends(text: str, heads: list[re.Match[str]]) -> tuple[list[re.Match[str]], list[str]]:
    """Leave out headers inside a message where line ends tell.

    iOS ends an entry with CR LF and a line inside it with LF alone, so a header after a bare LF
    was pasted. This holds only if nearly every CR LF is followed by a header; a file whose line
    ends were changed on the way tells nothing.
    """
    crlf = text.count("\r\n")
    if not crlf or crlf == text.count("\n") - 1:
        return heads, []
    ends = [head for head in heads if head.start() == 0 or text[head.start() - 1] == "\r"]
    pasted = len(heads) - len(ends)
    if pasted == 0 or pasted >= len(ends) or crlf - len(ends) > 1 + _CRLF_EXCEPTIONS * crlf:
        return heads, []
    return ends, [f"headers inside a message, told by their line end, kept as text: {pasted}"]


def _rough(text: str, heads: Sequence[re.Match[str]]) -> Rough:
    senders: list[str | None] = []
    texts: list[str] = []
    doubtful: dict[int, str] = {}
    marked: list[int] = []
    special: list[int] = []
    names: dict[str, tuple[str, bool]] = {}
    speakers: set[str | None] = set()
    stops = [
        *(head.start() for head in heads[1:]),
        len(text.rstrip("\r\n")) if text.endswith("\n") else len(text),
    ]
    for place, (head, stop) in enumerate(zip(heads, stops, strict=True)):
        rest = text[head.end() : stop]
        if "\r" in rest:
            rest = rest.replace("\r\n", "\n").removesuffix("\r")
        name, start = cut_sender(rest)
        if name is None:
            senders.append(None)
            texts.append(rest)
            continue
        known = names.get(name)
        if known is None:
            known = names[name] = (without_marks(name).strip(), is_doubtful(name))
        sender, doubt = known
        words = rest[start:]
        if doubt:
            doubtful[place] = rest
        if words.startswith(LEFT_TO_RIGHT):
            marked.append(place)
        else:
            speakers.add(sender)
        special.append(place)
        senders.append(sender)
        texts.append(words)
    return Rough(senders, texts, doubtful, marked, special, speakers)
