"""The fast path's second half: sender and text of each entry, cut out of the bytes of a file.

All is done a block of entries at a time, so that what numpy makes on the way stays in the cache.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .attribution import Rough, is_doubtful
from .content import LONG, SHORT, may_stand_in, openings
from .marks import without_marks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Integers = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Words = NDArray[np.uint64]

_BLOCK = 1 << 14  # entries
_WORDS = 6  # of eight bytes: what is looked at of an entry to find its sender
_WIDTH = 8 * _WORDS
_BITS = 16  # of a hash
_MULTIPLIER = 0x9E3779B97F4A7C15
_MARK = b"\xe2\x80\x8e"
_RETURN, _COLON, _BLANK, _BRACKET_END, _ANGLE_END = b"\r: )>"
_SHORT_OPENING = 2


def cut_entries(
    data: bytes, head_end: Integers, line_end: Integers, stop: Integers, returns: Integers
) -> Rough:
    """Cut entries at the first colon.

    Args:
        data: The file.
        head_end: Per entry, where its header ends.
        line_end: Where its first line ends, and `stop` where it ends, before the line feed.
        stop: See above.
        returns: Where all carriage returns stand.

    Raises:
        UnicodeDecodeError: The file is not UTF-8 throughout.
    """
    import numpy as np

    buffer = np.frombuffer(data, np.uint8)
    padded = buffer if len(buffer) >= _WIDTH else np.pad(buffer, (0, _WIDTH - len(buffer)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WIDTH)
    rough = Rough([], [], [], {}, [], [], set())
    names = _Names(data)
    codes: list[Integers] = []
    starts: list[Integers] = []
    for first in range(0, len(stop), _BLOCK):
        block = slice(first, first + _BLOCK)
        end = head_end[block]
        close = _before_return(buffer, end, stop[block])
        line = _before_return(buffer, end, np.minimum(line_end[block], close))
        rows = windows[np.minimum(end, len(windows) - 1)]
        name, start = _cut(data, buffer, rows, end, line)
        code = names.numbers(rows, end, name)
        unsigned = names.nameless[code]
        start = np.where(unsigned, end, start)
        texts = [data[a:b].decode() for a, b in zip(start.tolist(), close.tolist(), strict=True)]
        odd, marked = _flags(buffer, start, line, close, unsigned)
        rough.texts.extend(texts)
        rough.unsigned.extend((np.flatnonzero(unsigned) + first).tolist())
        rough.marked.extend((np.flatnonzero(marked) + first).tolist())
        # Line ends inside a text are mended last; a stand-in is told by a first line without its return.
        rough.special.extend(
            first + place for place in odd.tolist() if may_stand_in(texts[place].replace("\r\n", "\n"))
        )
        for place in np.flatnonzero(names.doubtful[code]).tolist():
            whole = data[end[place] : close[place]].decode()
            rough.doubtful[first + place] = whole.replace("\r\n", "\n")
        rough.speakers.update(names.cleaned[number] or "" for number in np.unique(code[~marked & ~unsigned]))
        codes.append(code)
        starts.append(start)
    rough.senders.extend(np.array(names.cleaned, object)[np.concatenate(codes)].tolist())
    _mend_line_ends(rough, np.concatenate(starts), _before_return(buffer, head_end, stop), stop, returns)
    return rough


def _cut(data: bytes, buffer: Bytes, rows: Bytes, end: Integers, line: Integers) -> tuple[Integers, Integers]:
    """Length of the sender (0 for none) and start of the text, by the first colon and blank of the line.

    A colon that ends the line serves too. Where the row is too short to tell, bytes are searched.
    """
    import numpy as np

    size = line - end
    hit = (rows[:, :-1] == _COLON) & (rows[:, 1:] == _BLANK)
    colon = hit.argmax(axis=1)
    seen = hit[np.arange(len(hit)), colon]
    whole = end + _WIDTH <= len(buffer)
    colon = np.where(seen & (colon < size), colon, -1)
    for place in np.flatnonzero(~whole | (~seen & (size >= _WIDTH))).tolist():
        found = data.find(b": ", end[place], line[place])
        colon[place] = found - end[place] if found >= 0 else -1
    bare = (colon < 0) & (size > 1) & (buffer[line - 1] == _COLON)
    name = np.where(bare, size - 1, np.maximum(colon, 0))
    start = np.where(bare, line, end + np.where(colon > 0, colon + 2, 0))
    return name, start


class _Names:
    """The different senders, numbered as they come up.

    They are few and recur. They are compared as rows of eight-byte words: a hash of a row names
    a slot, and only what equals the first row of its slot, word by word, gets its number. The
    rest, and long senders, are looked up one by one.
    """

    def __init__(self, data: bytes) -> None:
        import numpy as np

        self._data = data
        self._numbers: dict[bytes, int] = {}
        self._slot_number = np.full(1 << _BITS, -1, np.int64)
        self._slot_words = np.zeros((1 << _BITS, _WORDS + 1), np.uint64)
        self.cleaned: list[str | None] = []
        self.nameless = np.zeros(0, np.bool_)
        self.doubtful = np.zeros(0, np.bool_)

    def numbers(self, rows: Bytes, start: Integers, length: Integers) -> Integers:
        """Number the senders that start the rows, of these lengths."""
        import numpy as np

        rows[np.arange(_WIDTH) >= length[:, None]] = 0
        words = np.column_stack((rows.view(np.uint64), length.astype(np.uint64)))
        slots = _hashed(words)
        fits = (length <= _WIDTH) & (start + _WIDTH <= len(self._data))
        fresh = np.flatnonzero(fits & (self._slot_number[slots] < 0))
        # Of several rows with one slot the last to be written stays; which one does not matter.
        self._slot_number[slots[fresh]] = fresh
        for place in fresh[self._slot_number[slots[fresh]] == fresh].tolist():
            self._slot_number[slots[place]] = self._number(start[place], length[place])
            self._slot_words[slots[place]] = words[place]
        same = fits & (self._slot_words[slots] == words).all(axis=1)
        numbers = np.where(same, self._slot_number[slots], -1)
        for place in np.flatnonzero(~same).tolist():
            numbers[place] = self._number(start[place], length[place])
        if len(self.nameless) < len(self.cleaned):
            self.nameless = np.array([name is None for name in self.cleaned])
            self.doubtful = np.array([is_doubtful(raw.decode()) for raw in self._numbers]) & ~self.nameless
        return numbers

    def _number(self, start: int, length: int) -> int:
        raw = self._data[start : start + length]
        if raw not in self._numbers:
            self._numbers[raw] = len(self._numbers)
            self.cleaned.append(without_marks(raw.decode()).strip() or None)
        return self._numbers[raw]


def _flags(
    buffer: Bytes, start: Integers, line: Integers, stop: Integers, unsigned: Flags
) -> tuple[Integers, Flags]:
    """Which texts may be a stand-in, and for each whether it starts with WhatsApp's mark."""
    import numpy as np

    last = len(buffer) - 1
    first, second = buffer[np.minimum(start, last)], buffer[np.minimum(start + 1, last)]
    marked = (first == _MARK[0]) & (second == _MARK[1]) & (stop - start >= len(_MARK)) & ~unsigned
    marked[marked] = buffer[start[marked] + 2] == _MARK[2]
    pairs, hashes = _opening_tables()
    kind = pairs[first.astype(np.uint16) << np.uint16(8) | second]
    places = np.flatnonzero(kind == 1)
    keys = np.zeros((len(places), 1), np.uint64)
    for offset in range(LONG):
        keys[:, 0] = keys[:, 0] << np.uint64(8) | buffer[np.minimum(start[places] + offset, last)]
    odd = kind == _SHORT_OPENING
    odd[places] = hashes[_hashed(keys)]
    line_last = buffer[line - 1]
    odd |= (line_last == _BRACKET_END) | (line_last == _COLON) | (buffer[stop - 1] == _ANGLE_END)
    low, high = int(start[0]), int(stop[-1])
    marks = np.flatnonzero(buffer[low:high] == _MARK[0]) + low
    marks = marks[marks <= high - len(_MARK)]
    marks = marks[(buffer[marks + 1] == _MARK[1]) & (buffer[marks + 2] == _MARK[2])]
    odd[_holding(marks, start, stop)] = True
    return np.flatnonzero(odd & ~unsigned), marked


@cache
def _opening_tables() -> tuple[Bytes, Flags]:
    """Which pairs of bytes a stand-in may start with, and which hashes of four bytes."""
    import numpy as np

    long, short = openings()
    pairs = np.zeros(1 << 16, np.uint8)
    for words, kind in ((long, 1), (short, _SHORT_OPENING)):
        for word in words:
            pairs[int.from_bytes(word.encode()[:SHORT], "big")] = kind
    hashes = np.zeros(1 << _BITS, np.bool_)
    keys = [[int.from_bytes(word.encode()[:LONG], "big")] for word in long]
    hashes[_hashed(np.array(keys, np.uint64))] = True
    return pairs, hashes


def _hashed(rows: Words) -> Integers:
    """A hash of each row of words."""
    import numpy as np

    hashes = np.zeros(len(rows), np.uint64)
    for word in rows.T:
        hashes = (hashes ^ word) * np.uint64(_MULTIPLIER)
        hashes ^= hashes >> np.uint64(29)
    found: Integers = (hashes >> np.uint64(64 - _BITS)).astype(np.int64)
    return found


def _before_return(buffer: Bytes, floor: Integers, stop: Integers) -> Integers:
    """Move a line's end before a carriage return, if there is one."""
    moved: Integers = stop - ((buffer[stop - 1] == _RETURN) & (stop > floor))
    return moved


def _holding(places: Integers, start: Integers, stop: Integers) -> Integers:
    """Which texts hold one of the places."""
    import numpy as np

    text = np.searchsorted(start, places, side="right") - 1
    inside = text >= 0
    text, places = text[inside], places[inside]
    return text[places < stop[text]]


def _mend_line_ends(
    rough: Rough, start: Integers, close: Integers, stop: Integers, returns: Integers
) -> None:
    """Turn CR LF inside a text into LF; nearly always all of them end an entry, and there are none."""
    if len(returns) > int((close < stop).sum()):
        for place in set(_holding(returns, start, close).tolist()):
            rough.texts[place] = rough.texts[place].replace("\r\n", "\n")
