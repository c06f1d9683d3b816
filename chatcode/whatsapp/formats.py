"""Header styles: how a file writes date and time in front of each entry.

Date order and separators follow a phone's region, words its language, the clock a setting, and
they mix freely. So no list of locales is kept: headers are found loosely at the start of a file,
the commonest way to write them is locked, and from then on only that way opens an entry. A
header of another style that somebody pasted stays text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from .clock import part_of_day
from .marks import BLANKS, DIRECTIONS, without_marks

CANDIDATES = 2_000

_FIRST_EAST_ASIAN = "\u2e80"

_M = f"[{DIRECTIONS}]{{0,4}}"  # bounded: a line of nothing but marks must not take for ever
_B = f"[{BLANKS}]"
# A part of the day is one or two words ("p. m."). Its letters may need marks that \w does not
# know (Hindi vowel signs), hence: no digit, no blank, no sign of a header.
_PART = rf"{_B}?{_M}[^\W\d_][^\s\d\[\]:;,\-–]{{0,11}}(?:{_B}[^\W\d_][^\s\d\[\]:;,\-–]{{0,11}})?"
_SEP = rf"(?:[-/年月]|\.{_B}?)"
_CANDIDATE = re.compile(
    rf"^{_M}(?P<open>\[?){_M}"
    rf"(?P<a>\d{{1,4}}){_M}(?P<sep>{_SEP}){_M}(?P<b>\d{{1,2}}){_M}(?P<sep2>{_SEP}){_M}(?P<c>\d{{1,4}})"
    rf"(?P<gap>[^\d\[\]:\n]{{1,14}})"
    rf"(?P<h>\d{{1,2}}){_M}(?P<colon>[:.]|{_B}?h{_B}?){_M}(?P<m>\d\d)(?P<seconds>{_M}[:.]{_M}\d\d)?"
    rf"(?P<after>{_PART})?{_M}"
    rf"(?P<close>\]|{_B}[-–](?={_B}|$)|[:;](?={_B}))",
    re.MULTILINE,
)
_GAP = re.compile(r"(?P<lead>\W*)(?P<word>\w(?:.*[^\s,،])?)?(?P<trail>[\s,،]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What headers of one style have in common; the vote is over these."""

    bracket: bool
    year_first: bool
    year_digits: int
    sep: str
    sep2: str
    lead: str
    word: bool
    trail: str
    colon: str
    seconds: bool
    after: bool
    close: str


@dataclass(frozen=True)
class Style:
    """The header style that was locked for a file.

    Attributes:
        bracket: iOS puts `[` and `]` around date and time.
        year_first: The year stands in front.
        year_digits: 2 or 4.
        sep: What stands between day, month and year; `sep2` the second time.
        lead: What follows the date, up to the time or to `word`; `trail` what follows the word.
        word: A fixed word between date and time ("klo", "à"); empty where there is none.
        part_before: A part of the day stands in front of the time.
        colon: What stands between hour and minute.
        seconds: Seconds are written.
        part_after: A part of the day follows the time.
        parts: The words for the parts of the day if all are known, else empty: any word will do.
        close: `]`, `-` or `:` (iOS before 2018).
        marks: Direction marks stand inside the header.
        padded: No day or month below ten was seen without its zero.
        capitals: The part of the day is written AM and PM.
    """

    bracket: bool
    year_first: bool
    year_digits: int
    sep: str
    sep2: str
    lead: str
    word: str
    part_before: bool
    trail: str
    colon: str
    seconds: bool
    part_after: bool
    parts: tuple[str, ...]
    close: str
    marks: bool
    padded: bool
    capitals: bool

    @property
    def twelve_hours(self) -> bool:
        """Whether a part of the day stands beside the hour."""
        return self.part_before or self.part_after

    @property
    def apple(self) -> bool:
        """Whether the style is one of iOS: in brackets, or with a colon before 2018."""
        return self.bracket or self.close in ":;"

    @property
    def name(self) -> str:
        """The style in letters for date and time, e.g. `[dd-mm-yyyy hh:mm:ss] `."""
        year = "y" * self.year_digits
        date = ["nn", "nn"]
        date.insert(0 if self.year_first else 2, year)
        part = "am "
        return "".join(
            (
                "[" * self.bracket,
                date[0] + self.sep + date[1] + self.sep2 + date[2],
                self.lead + self.word + part.strip() * self.part_before + self.trail,
                f"hh{self.colon}mm" + f"{self.colon.strip()}ss" * self.seconds,
                " am" * self.part_after,
                {"]": "] ", "-": " - "}.get(self.close, f"{self.close} "),
            )
        )

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What opens an entry; groups a, b, c (date), h, m, s, part. To be used from a line's start."""
        gap = _M if self.marks else ""
        year, number = rf"\d{{{self.year_digits}}}", r"\d{1,2}"
        first, last = (year, number) if self.year_first else (number, year)
        words = "|".join(map(_blanks, self.parts))
        word = re.escape(self.word)
        if self.part_before:
            word = rf"(?P<part>{words})" if words else r"(?P<part>[^\d\[\]:,\n]{1,14}?)"
        part = rf"{_B}?{_M}(?P<part>{words})" if words else rf"(?P<part>{_PART})"
        pieces = [
            r"\[" * self.bracket,
            rf"(?P<a>{first})", _blanks(self.sep), rf"(?P<b>{number})", _blanks(self.sep2), rf"(?P<c>{last})",
            _blanks(self.lead), word, _blanks(self.trail),
            r"(?P<h>\d{1,2})", _blanks(self.colon), r"(?P<m>\d\d)",
            r"[:.](?P<s>\d\d)" if self.seconds else "",
            part if self.part_after else "",
        ]  # fmt: skip
        close = {
            "]": rf"\]{_M}{_B}?",
            "-": rf"{_B}{_M}[-–](?:{_M}{_B}|$)",
        }.get(self.close, rf"{re.escape(self.close)}{_B}")
        body = gap.join(piece for piece in pieces if piece)
        return re.compile(_M + body + gap + close, re.MULTILINE)


def lock(text: str) -> Style | None:
    """Find the header style of a file; None where no line looks like a header.

    The first line of an export is a header, so its style holds, unless another one is fifty
    times as common (a line that somebody put on top). A file whose start was cut off is judged
    by the commonest style.
    """
    crlf_ends = "\r\n" in text
    found: list[tuple[_Shape, re.Match[str]]] = []
    loose: list[tuple[_Shape, re.Match[str]]] = []
    for match in islice(_CANDIDATE.finditer(text), 2 * CANDIDATES):
        if (shape := _shape(match)) is None:
            continue
        start = match.start()
        after_line_feed = crlf_ends and start > 1 and text[start - 2] != "\r"
        (loose if after_line_feed else found).append((shape, match))
        if len(found) == CANDIDATES:
            break
    found = found or loose
    if not found:
        return None
    votes = Counter(shape for shape, _ in found)
    first_shape, first_match = found[0]
    commonest, count = votes.most_common(1)[0]
    on_top = not text[: first_match.start()].strip(DIRECTIONS + BLANKS + "\r\n")
    shape = first_shape if on_top and votes[first_shape] * 50 >= count else commonest
    return _style(shape, [match for own, match in found if own == shape])


def _shape(match: re.Match[str]) -> _Shape | None:
    a, c = len(match["a"]), len(match["c"])
    bracket = match["open"] == "["
    close = match["close"].strip(BLANKS).replace("–", "-")
    if bracket != (close == "]") or int(match["h"]) > 24 or int(match["m"]) > 59:
        return None
    if not (a in (1, 2) and c in (2, 4)) and not (a == 4 and c in (1, 2)):
        return None
    gap = _GAP.fullmatch(without_marks(match["gap"]))
    if gap is None or not (gap["lead"] or gap["trail"]):
        return None
    return _Shape(
        bracket=bracket,
        year_first=a == 4,
        year_digits=max(a, c) if a == 4 else c,
        sep=_one_blank(match["sep"]),
        sep2=_one_blank(match["sep2"]),
        lead=_one_blank(gap["lead"]),
        word=gap["word"] is not None,
        trail=_one_blank(gap["trail"]),
        colon=_one_blank(match["colon"]),
        seconds=match["seconds"] is not None,
        after=match["after"] is not None,
        close=close,
    )


def _style(shape: _Shape, matches: list[re.Match[str]]) -> Style:
    words = [(_GAP.fullmatch(without_marks(m["gap"])) or m)["word"] or "" for m in matches]
    part_before = shape.word and (len(set(words)) > 1 or part_of_day(words[0]) is not None)
    if shape.after:
        words = [without_marks(m["after"]).strip(BLANKS) for m in matches]
    parts = tuple(sorted({_one_blank(word) for word in words}, key=len, reverse=True))
    return Style(
        bracket=shape.bracket,
        year_first=shape.year_first,
        year_digits=shape.year_digits,
        sep=shape.sep,
        sep2=shape.sep2,
        lead=shape.lead,
        word="" if part_before or shape.after else words[0],
        part_before=part_before,
        trail=shape.trail,
        colon=shape.colon,
        seconds=shape.seconds,
        part_after=shape.after,
        parts=parts if (part_before or shape.after) and _all_parts(parts) else (),
        close=shape.close,
        marks=any(without_marks(m[0].strip(DIRECTIONS)) != m[0].strip(DIRECTIONS) for m in matches),
        padded=all(len(m["b"]) == 2 and (shape.year_first or len(m["a"]) == 2) for m in matches),
        capitals=shape.after and set(words) <= {"AM", "PM"},
    )


def _all_parts(words: tuple[str, ...]) -> bool:
    """Whether these are all words there can be: both halves of the day, in a script that has just two.

    Chinese has words for the small hours, noon and the evening, which may come late in a file.
    """
    halves = {part_of_day(word) for word in words}
    return halves == {"am", "pm"} and not any(
        letter >= _FIRST_EAST_ASIAN for word in words for letter in word
    )


def _one_blank(text: str) -> str:
    return "".join(" " if letter in BLANKS else letter for letter in text)


def _blanks(text: str) -> str:
    return re.escape(text).replace(r"\ ", _B)
