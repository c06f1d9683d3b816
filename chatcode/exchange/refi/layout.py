"""The text of a REFI-QDA source and where each message stands in it.

Programs count places in a text differently: code points or UTF-16, a line's end as one or two. So
the text is made such that they agree: no character above U+FFFF, no line's end inside a message, LF
alone and no mark at its start.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from chatcode.domain import Entry, Group, Member

LineEnds = Literal["lf", "crlf", "crlf-as-one"]

_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# What XML 1.0 cannot hold, and lone halves of a character.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_EMPTY = "–"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text of an entry stands in its source: from `start` to before `end`."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """One group and month as a text of its own."""

    group: Group
    month: str
    text: str
    places: Sequence[Place]

    @property
    def name(self) -> str:
        """What it is called."""
        return f"{self.group.label} {self.month}"


def plain(text: str) -> str:
    """A message as it is written into a source: one line, each sign one place in every way of counting.

    Signs above U+FFFF, most emoji, become their Unicode name between colons, as `:emojiThumbsUpSign:`; the
    sign itself stays in the study and in csv.
    """
    text = _BREAKS.sub(" / ", text)
    text = _BEYOND.sub(_named, text)
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text) or _EMPTY


def _named(match: re.Match[str]) -> str:
    sign = match.group()
    name = unicodedata.name(sign, f"u{ord(sign)}").lower().removeprefix("emoji ")
    # In one word: a rose or a jack-o'-lantern must not read as somebody's name.
    return f":emoji{re.sub(r'[^a-z0-9]+', ' ', name).title().replace(' ', '')}:"


def replaced(text: str) -> int:
    """How many signs of a text are written by name."""
    return len(_BEYOND.findall(text))


def writable(text: str) -> str:
    """A text that XML can hold, otherwise as it is."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def sources(
    entries: Sequence[Entry],
    *,
    groups: Sequence[Group],
    members: Mapping[str, Member],
    line_ends: LineEnds = "lf",
) -> list[Source]:
    """One source per group and month, each entry on a line with its moment and writer.

    `line_ends` is for receivers that need CR LF: "crlf" counts it as two places, "crlf-as-one" as one.
    """
    of_group = {group.id: group for group in groups}
    parts: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        parts.setdefault((entry.group_id, f"{entry.sent_at:%Y-%m}"), []).append(entry)
    end = "\n" if line_ends == "lf" else "\r\n"
    width = 1 if line_ends == "crlf-as-one" else len(end)
    found = []
    for (group_id, month), some in parts.items():
        at, lines, places = 0, [], []
        for entry in some:
            # The year comes first: a day and a month in front look like a telephone number.
            head, text = f"{entry.sent_at:%Y-%m-%d %H:%M} {_writer(entry, members)} ", plain(entry.text)
            places.append(Place(entry, at + len(head), at + len(head) + len(text)))
            lines.append(head + text + end)
            at += len(head) + len(text) + width
        found.append(Source(of_group[group_id], month, "".join(lines), places))
    return found


def _writer(entry: Entry, members: Mapping[str, Member]) -> str:
    member = members.get(entry.member_id or "")
    return f"{plain(member.label)}:" if member else "*"
