"""The fast path: usual headers found by numpy in the bytes of a file, with the result of `scan`.

Whatever fits no layout but might be a header goes through the pattern of the style, line by
line, so that the two paths cannot differ. Where that happens often, the plain path is left to
do the work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .bytecut import cut_entries
from .clock import part_of_day
from .dates import DateOrder, decide, read
from .entries import Times
from .formats import Style
from .language import Language
from .layouts import Layout, layouts
from .line_ends import line_ends_tell
from .repairs import left_out, pasted, strays
from .scan import Scanned

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Integers = NDArray[np.int64]
    Small = NDArray[np.int16]
    Flags = NDArray[np.bool_]

_CHUNK = 1 << 22  # bytes that are searched at a time; they stay in the cache
_LINES = 1 << 15  # lines that are compared at a time
_ODD = 0.1  # share of lines that may need the pattern before the plain path takes over
_FEW = 1_000
_MARK = b"\xe2\x80\x8e"
_NEWLINE, _RETURN = b"\n\r"
_FIELDS = ("a", "b", "c", "h", "m", "s")
_HALVES = {None: 0, "am": 1, "pm": 2}
_EPOCH = date(1970, 1, 1).toordinal()
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60


@dataclass(frozen=True, slots=True)
class _Heads:
    """Headers as columns.

    Attributes:
        line: The number of the line in the file.
        start: Where the line starts.
        end: Where the header ends.
        fields: The numbers of date and time, one row per name of `_FIELDS`.
        half: 1 before noon, 2 after, 0 on a 24-hour clock.
    """

    line: Integers
    start: Integers
    end: Integers
    fields: Small
    half: Small

    def __len__(self) -> int:
        return len(self.start)

    def chosen(self, which: Flags | Integers) -> _Heads:
        return _Heads(
            self.line[which], self.start[which], self.end[which], self.fields[:, which], self.half[which]
        )


def scan_bytes(data: bytes, style: Style, language: Language | None, asked: str | None) -> Scanned | None:
    """Cut the bytes of a UTF-8 file into entries; None where the plain path must do it.

    Raises:
        ExportError: The date order asked for does not fit the file.
        UnicodeDecodeError: The file is not UTF-8 throughout.
    """
    import numpy as np

    plans = layouts(style)
    if not plans:
        return None
    buffer = np.frombuffer(data, np.uint8)
    newlines = _places(buffer, b"\n")
    heads = _heads(data, buffer, newlines, style, plans)
    if heads is None or not len(heads):
        return None
    repairs: list[str] = []
    after_crlf = (heads.start == 0) | (buffer[np.maximum(heads.start - 2, 0)] == _RETURN)
    ends = int(after_crlf.sum())
    returns = _places(buffer, b"\r")
    crlf = int((buffer[np.minimum(returns + 1, len(buffer) - 1)] == _NEWLINE).sum())
    if line_ends_tell(crlf, len(newlines), ends, len(heads)):
        repairs.append(pasted(len(heads) - ends))
        heads = heads.chosen(after_crlf)
    order, seconds, exists = _times(heads, style, language, asked)
    if not exists.all():
        repairs.append(strays(int((~exists).sum())))
        heads, seconds = heads.chosen(exists), seconds[exists]
    if not len(heads):
        return None
    if (before := left_out(data[: heads.start[0]].decode())) is not None:
        repairs.append(before)
    whole = np.append(heads.start[1:] - 1, len(data) - data.endswith(b"\n"))
    lines = np.minimum(np.append(newlines, len(data))[heads.line], whole)
    rough = cut_entries(data, heads.end, lines, whole, returns)
    return Scanned(Times(seconds), rough, order, tuple(repairs))


def _places(buffer: Bytes, what: bytes) -> Integers:
    """Where these bytes stand."""
    import numpy as np

    found = [np.empty(0, np.int64)]
    for start in range(0, len(buffer), _CHUNK):
        found.append(np.flatnonzero(buffer[start : start + _CHUNK] == what[0]) + start)
    places = np.concatenate(found)
    places = places[: np.searchsorted(places, len(buffer) - len(what), side="right")]
    for offset in range(1, len(what)):
        places = places[buffer[places + offset] == what[offset]]
    return places


def _heads(
    data: bytes, buffer: Bytes, newlines: Integers, style: Style, plans: list[Layout]
) -> _Heads | None:
    """Find the headers, by layout where possible; None where too many lines need the pattern."""
    import numpy as np

    starts = np.concatenate((np.zeros(1, np.int64), newlines + 1))
    starts = starts[starts < len(buffer)]
    width = max(layout.length for layout in plans)
    whole = int(np.searchsorted(starts, len(buffer) - width - len(_MARK), side="right"))
    windows = np.lib.stride_tricks.sliding_window_view(buffer, min(width, len(buffer)))
    halves = np.array([_HALVES[part_of_day(word)] for word in style.parts] or [0], np.int16)
    found: list[_Heads] = []
    odd: list[Integers] = [np.arange(whole, len(starts))]
    odd_lines = 0
    for first in range(0, whole, _LINES):
        lines = np.arange(first, min(first + _LINES, whole))
        opening = buffer[starts[lines]]
        bodies = starts[lines]
        marked = np.flatnonzero(opening == _MARK[0])
        marked = marked[(buffer[bodies[marked] + 1] == _MARK[1]) & (buffer[bodies[marked] + 2] == _MARK[2])]
        bodies[marked] += len(_MARK)
        heads, todo = _match(np.ascontiguousarray(windows[bodies].T), lines, starts, bodies, plans, halves)
        found.append(heads)
        maybe = todo & ((opening - ord("0") <= 9) | (opening == ord("[")) | (opening >= 0x80))
        odd.append(lines[maybe])
        odd_lines += int(maybe.sum())
        if odd_lines > _FEW + _ODD * (first + len(lines)):
            return None
    found.append(_by_pattern(data, starts, np.concatenate(odd), style))
    heads = _joined(found)
    in_order = bool((heads.line[1:] > heads.line[:-1]).all())
    return heads if in_order else heads.chosen(np.argsort(heads.line))


def _match(
    columns: Bytes, lines: Integers, starts: Integers, bodies: Integers, plans: list[Layout], halves: Small
) -> tuple[_Heads, Flags]:
    """Match a block of lines, one column of bytes at a time; also what no layout fits."""
    import numpy as np

    todo = np.ones(len(lines), np.bool_)
    found = []
    for layout in plans:
        fits = todo.copy()
        for place, byte in layout.literals:
            fits &= columns[place] == byte
        if not fits.any():
            continue
        for place in layout.digits:
            fits &= (columns[place] - ord("0")) <= 9
        which = np.flatnonzero(fits)
        if not len(which):
            continue
        fields = np.zeros((len(_FIELDS), len(which)), np.int16)
        for row, name in enumerate(_FIELDS):
            for place in layout.numbers.get(name, ()):
                fields[row] = fields[row] * 10 + (columns[place][which] - ord("0"))
        half = np.full(len(which), halves[layout.part] if layout.part >= 0 else 0, np.int16)
        end = bodies[which] + layout.length
        found.append(_Heads(lines[which], starts[lines[which]], end, fields, half))
        todo &= ~fits
        if not todo.any():
            break
    return _joined(found), todo


def _by_pattern(data: bytes, starts: Integers, lines: Integers, style: Style) -> _Heads:
    """Match single lines by the pattern of the style."""
    import numpy as np

    rows: list[tuple[int, ...]] = []
    for line, start in zip(lines.tolist(), starts[lines].tolist(), strict=True):
        stop = data.find(b"\n", start)
        head = style.pattern.match(data[start : stop if stop >= 0 else len(data)].decode())
        if head is not None:
            numbers = [int(head[name]) if name != "s" or style.seconds else 0 for name in _FIELDS]
            half = _HALVES[part_of_day(head["part"])] if style.part_after else 0
            rows.append((line, start, start + len(head[0].encode()), *numbers, half))
    table = np.array(rows, np.int64).reshape(len(rows), len(_FIELDS) + 4)
    small = table.astype(np.int16)
    return _Heads(table[:, 0], table[:, 1], table[:, 2], small[:, 3:-1].T, small[:, -1])


def _joined(heads: list[_Heads]) -> _Heads:
    import numpy as np

    none = np.empty(0, np.int64)
    heads = heads or [_Heads(none, none, none, np.empty((len(_FIELDS), 0), np.int16), none.astype(np.int16))]
    return _Heads(
        np.concatenate([block.line for block in heads]),
        np.concatenate([block.start for block in heads]),
        np.concatenate([block.end for block in heads]),
        np.concatenate([block.fields for block in heads], axis=1),
        np.concatenate([block.half for block in heads]),
    )


def _times(
    heads: _Heads, style: Style, language: Language | None, asked: str | None
) -> tuple[DateOrder, Integers, Flags]:
    """Seconds since 1970 per header, and whether there is such a day and time at all."""
    import numpy as np

    dates = heads.fields[:3]
    changed = np.ones(len(heads), np.bool_)
    changed[1:] = (dates[:, 1:] != dates[:, :-1]).any(axis=0)
    changes: list[tuple[int, int, int]] = [(a, b, c) for a, b, c in dates[:, changed].T.tolist()]
    order = decide(changes, style, language.code if language else None, asked)
    days = [read(parts, order.order) for parts in changes]
    numbers = np.array([day.toordinal() - _EPOCH if day else 0 for day in days], np.int64)
    known = np.array([day is not None for day in days], np.bool_)
    run = np.cumsum(changed) - 1
    hour, minute, second = (row.astype(np.int64) for row in heads.fields[3:])
    exists = known[run] & (hour <= 24) & (minute <= 59) & (second <= 59)
    twelve = (heads.half > 0) & (hour <= 12)
    hour = np.where(twelve, hour % 12 + 12 * (heads.half == 2), hour) % 24
    return order, numbers[run] * _DAY + hour * _HOUR + minute * _MINUTE + second, exists
