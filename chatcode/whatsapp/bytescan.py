"""The fast path: usual headers found by numpy in the bytes of a file, with the result of `scan`.

Whatever fits no layout but might be a header goes through the pattern of the style, line by
line, so that the two paths cannot differ. Where that happens often, the plain path is left to
do the work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import compress
from typing import TYPE_CHECKING

from .attribution import Rough, is_doubtful
from .clock import part_of_day
from .content import LONG, SHORT, may_stand_in, openings
from .dates import DateOrder, decide, read
from .entries import Times
from .formats import Style
from .language import Language
from .layouts import Layout, layouts
from .line_ends import line_ends_tell
from .marks import without_marks
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
_NEWLINE, _RETURN, _COLON, _BRACKET_END, _ANGLE_END = b"\n\r:)>"
_FIELDS = ("a", "b", "c", "h", "m", "s")
_WORD, _WORDS = 8, 4  # bytes in a word, words of a sender that are compared at once
_BITS = 16  # of a hash; two senders in one slot are told apart one by one
_MULTIPLIER = 0x9E3779B97F4A7C15
_HALVES = {None: 0, "am": 1, "pm": 2}
_EPOCH = date(1970, 1, 1).toordinal()
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60


@dataclass(frozen=True, slots=True)
class _Heads:
    """Headers as columns.

    Attributes:
        start: Where the line starts.
        end: Where the header ends.
        fields: The numbers of date and time, one row per name of `_FIELDS`.
        half: 1 before noon, 2 after, 0 on a 24-hour clock.
    """

    start: Integers
    end: Integers
    fields: Small
    half: Small

    def __len__(self) -> int:
        return len(self.start)

    def chosen(self, which: Flags | Integers) -> _Heads:
        return _Heads(self.start[which], self.end[which], self.fields[:, which], self.half[which])


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
    return Scanned(Times(seconds), _rough(data, buffer, newlines, returns, heads), order, tuple(repairs))


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
    whole = starts[starts + width + len(_MARK) <= len(buffer)]
    windows = np.lib.stride_tricks.sliding_window_view(buffer, width)
    halves = np.array([_HALVES[part_of_day(word)] for word in style.parts] or [0], np.int16)
    found: list[_Heads] = []
    odd: list[Integers] = [starts[len(whole) :]]
    odd_lines = 0
    for first in range(0, len(whole), _LINES):
        lines = whole[first : first + _LINES]
        marked = buffer[lines] == _MARK[0]
        marked &= (buffer[lines + 1] == _MARK[1]) & (buffer[lines + 2] == _MARK[2])
        bodies = lines + len(_MARK) * marked
        columns = np.ascontiguousarray(windows[bodies].T)
        heads, todo = _match(columns, lines, bodies, plans, halves)
        found.append(heads)
        opening = buffer[lines]
        maybe = todo & ((opening - ord("0") <= 9) | (opening == ord("[")) | (opening >= 0x80))
        odd.append(lines[maybe])
        odd_lines += int(maybe.sum())
        if odd_lines > _FEW + _ODD * (first + len(lines)):
            return None
    found.append(_by_pattern(data, np.concatenate(odd), style))
    heads = _joined(found)
    return heads.chosen(np.argsort(heads.start, kind="stable"))


def _match(
    columns: Bytes, lines: Integers, bodies: Integers, plans: list[Layout], halves: Small
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
        found.append(_Heads(lines[which], bodies[which] + layout.length, fields, half))
        todo &= ~fits
        if not todo.any():
            break
    return _joined(found), todo


def _by_pattern(data: bytes, starts: Integers, style: Style) -> _Heads:
    """Match single lines by the pattern of the style."""
    import numpy as np

    rows: list[tuple[int, ...]] = []
    for start in starts.tolist():
        stop = data.find(b"\n", start)
        line = data[start : stop if stop >= 0 else len(data)].decode()
        head = style.pattern.match(line)
        if head is not None:
            numbers = [int(head[name]) if name != "s" or style.seconds else 0 for name in _FIELDS]
            half = _HALVES[part_of_day(head["part"])] if style.part_after else 0
            rows.append((start, start + len(head[0].encode()), *numbers, half))
    table = np.array(rows, np.int64).reshape(len(rows), len(_FIELDS) + 3)
    return _Heads(table[:, 0], table[:, 1], table[:, 2:-1].T.astype(np.int16), table[:, -1].astype(np.int16))


def _joined(heads: list[_Heads]) -> _Heads:
    import numpy as np

    if not heads:
        return _Heads(
            np.empty(0, np.int64),
            np.empty(0, np.int64),
            np.empty((len(_FIELDS), 0), np.int16),
            np.empty(0, np.int16),
        )
    return _Heads(
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


def _rough(data: bytes, buffer: Bytes, newlines: Integers, returns: Integers, heads: _Heads) -> Rough:
    import numpy as np

    last = len(data) - 1
    end = heads.end
    stop = _before_return(buffer, end, np.append(heads.start[1:] - 1, len(data) - data.endswith(b"\n")))
    line_end = np.append(newlines, len(data))[np.searchsorted(newlines, end)]
    line_end = _before_return(buffer, end, np.minimum(line_end, stop))
    colons = np.append(_places(buffer, b": "), len(data))
    colon = colons[np.searchsorted(colons, end)]
    signed = (colon < line_end) & (colon > end)
    bare = (colon >= line_end) & (line_end - 1 > end) & (buffer[line_end - 1] == _COLON)
    name_end = np.where(signed, colon, np.where(bare, line_end - 1, end))
    start = np.where(signed, colon + 2, np.where(bare, line_end, end))

    raws, codes = _distinct(data, buffer, end, name_end)
    names = np.array([without_marks(raw.decode()).strip() or None for raw in raws], object)
    senders: list[str | None] = names[codes].tolist()
    unsigned = np.flatnonzero(np.array([name is None for name in names])[codes])
    start[unsigned] = end[unsigned]
    texts = [
        data[a:b].decode()
        for block in _blocks(start)
        for a, b in zip(start[block].tolist(), stop[block].tolist(), strict=True)
    ]
    for place in set(_holding(returns, start, stop).tolist()):
        texts[place] = texts[place].replace("\r\n", "\n")

    marks = _places(buffer, _MARK)
    odd = np.zeros(len(texts), np.bool_)
    odd[_holding(marks, start, stop)] = True
    marked = buffer[np.minimum(start, last)] == _MARK[0]
    marked[marked] = np.isin(start[marked], marks)
    marked[unsigned] = False
    first, second = buffer[np.minimum(start, last)], buffer[np.minimum(start + 1, last)]
    opening = np.flatnonzero(_opening_table()[first.astype(np.int64) << 8 | second])
    odd[opening[_opens(buffer, start[opening])]] = True
    line_last = buffer[line_end - 1]
    odd |= (line_last == _BRACKET_END) | (line_last == _COLON) | (buffer[stop - 1] == _ANGLE_END)
    odd[unsigned] = False
    speakers = {sender for sender in set(compress(senders, (~marked).tolist())) if sender is not None}
    return Rough(
        senders=senders,
        texts=texts,
        unsigned=unsigned.tolist(),
        doubtful={
            place: data[end[place] : stop[place]].decode().replace("\r\n", "\n")
            for place in np.flatnonzero(np.array([is_doubtful(raw.decode()) for raw in raws])[codes]).tolist()
        },
        marked=np.flatnonzero(marked).tolist(),
        special=[place for place in np.flatnonzero(odd).tolist() if may_stand_in(texts[place])],
        speakers=speakers,
    )


def _distinct(data: bytes, buffer: Bytes, start: Integers, stop: Integers) -> tuple[list[bytes], Integers]:
    """The different stretches of bytes among many, and the number of each in that list.

    Senders are few and recur. They are compared as rows of eight-byte words: a hash of a row
    names a slot, and only what equals the first row of its slot, word by word, gets its number.
    The rest, and long senders, are looked up one by one.
    """
    import numpy as np

    width = _WORDS * _WORD
    codes = np.full(len(start), -1, np.int64)
    numbers: dict[bytes, int] = {}
    slot_number = np.full(1 << _BITS, -1, np.int64)
    slot_words = np.zeros((1 << _BITS, _WORDS + 1), np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(buffer, min(width, len(buffer)))
    for block in _blocks(start) if len(buffer) >= width else []:
        first, length = start[block], stop[block] - start[block]
        fits = (length <= width) & (first + width <= len(buffer))
        rows = windows[np.minimum(first, len(windows) - 1)]
        rows[np.arange(width) >= length[:, None]] = 0
        words = np.column_stack((rows.view(np.uint64), length.astype(np.uint64)))
        hashes = np.zeros(len(words), np.uint64)
        for word in words.T:
            hashes = (hashes ^ word) * np.uint64(_MULTIPLIER)
            hashes ^= hashes >> np.uint64(29)
        slots = (hashes >> np.uint64(64 - _BITS)).astype(np.int64)
        fresh = np.flatnonzero(fits & (slot_number[slots] < 0))
        # Of several rows with one slot the last to be written stays; which one does not matter.
        slot_number[slots[fresh]] = fresh
        for place in fresh[slot_number[slots[fresh]] == fresh].tolist():
            raw = data[first[place] : first[place] + length[place]]
            slot_number[slots[place]] = numbers.setdefault(raw, len(numbers))
            slot_words[slots[place]] = words[place]
        same = fits & (slot_words[slots] == words).all(axis=1)
        codes[block] = np.where(same, slot_number[slots], -1)
    for place in np.flatnonzero(codes < 0).tolist():
        codes[place] = numbers.setdefault(data[start[place] : stop[place]], len(numbers))
    return list(numbers), codes


def _blocks(column: Integers) -> list[slice]:
    """Cut a column into blocks: as Python integers, all of it at once would take 40 bytes each."""
    return [slice(first, first + _LINES) for first in range(0, len(column), _LINES)]


def _before_return(buffer: Bytes, floor: Integers, stop: Integers) -> Integers:
    """Move a line's end before a carriage return, if there is one."""
    returns: Integers = stop - ((buffer[stop - 1] == _RETURN) & (stop > floor))
    return returns


def _holding(places: Integers, start: Integers, stop: Integers) -> Integers:
    """Which texts hold one of the places."""
    import numpy as np

    text = np.searchsorted(start, places, side="right") - 1
    inside = text >= 0
    text, places = text[inside], places[inside]
    return text[places < stop[text]]


@cache
def _opening_table() -> Flags:
    """Which pairs of bytes a stand-in may start with."""
    import numpy as np

    table = np.zeros(1 << 16, np.bool_)
    for opening in frozenset().union(*openings()):
        raw = opening.encode()
        table[raw[0] << 8 | raw[1]] = True
    return table


def _opens(buffer: Bytes, start: Integers) -> Flags:
    """Whether the first letters are those of a stand-in, as far as four bytes can tell."""
    import numpy as np

    long, short = openings()
    places = np.minimum(start[:, None] + np.arange(LONG), len(buffer) - 1)
    keys = buffer[places].astype(np.int64) @ (256 ** np.arange(LONG)[::-1])
    whole = [int.from_bytes(opening.encode()[:LONG], "big") for opening in long]
    halves = [int.from_bytes(opening.encode()[:SHORT], "big") for opening in short]
    opens: Flags = np.isin(keys, whole) | np.isin(keys >> 8 * (LONG - SHORT), halves)
    return opens
