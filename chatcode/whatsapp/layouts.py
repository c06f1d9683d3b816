"""A header style as fixed places of bytes, for the fast path.

A day, a month or an hour has one digit or two, a part of the day a few spellings; each way to
choose them is one layout, in which every character has its place. What fits no layout is left
to the pattern of the style.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from .formats import Style

_BLANKS_BEFORE_PART = (b"\xe2\x80\xaf", b" ", b"\xc2\xa0", b"")


@dataclass(frozen=True, slots=True)
class Layout:
    """One fixed spelling of a header.

    Attributes:
        length: In bytes.
        digits: Places of all digits.
        literals: Places and values of all other bytes.
        numbers: Per field (a, b, c, h, m, s) the places of its digits, highest first.
        part: Number of the word for the part of the day in `Style.parts`; -1 for none.
    """

    length: int
    digits: tuple[int, ...]
    literals: tuple[tuple[int, int], ...]
    numbers: dict[str, tuple[int, ...]]
    part: int


def layouts(style: Style) -> list[Layout]:
    """List the layouts of a style, two digits first; none where the fast path cannot serve it."""
    if style.marks or style.part_before or (style.part_after and not style.parts):
        return []
    tails: list[tuple[bytes, int]] = [(b"", -1)]
    if style.part_after:
        words = [word.encode() for word in style.parts]
        tails = [(blank + word, n) for blank in _BLANKS_BEFORE_PART for n, word in enumerate(words)]
    close = {"]": b"] ", "-": b" - "}.get(style.close, style.close.encode() + b" ")
    between = (style.lead + style.word + style.trail).encode()
    found = []
    for (first, second, hour), (tail, part) in product(product((2, 1), repeat=3), tails):
        numbers = [(style.year_digits, first, second), (first, second, style.year_digits)][
            not style.year_first
        ]
        pieces: list[bytes | tuple[str, int]] = [
            b"[" * style.bracket,
            ("a", numbers[0]),
            style.sep.encode(),
            ("b", numbers[1]),
            style.sep2.encode(),
            ("c", numbers[2]),
            between,
            ("h", hour),
            style.colon.encode(),
            ("m", 2),
        ]
        if style.seconds:
            pieces += [style.colon.strip().encode(), ("s", 2)]
        found.append(_layout([*pieces, tail, close], part))
    return found


def _layout(pieces: list[bytes | tuple[str, int]], part: int) -> Layout:
    place = 0
    literals: list[tuple[int, int]] = []
    numbers: dict[str, tuple[int, ...]] = {}
    for piece in pieces:
        if isinstance(piece, bytes):
            literals += [(place + offset, byte) for offset, byte in enumerate(piece)]
            place += len(piece)
        else:
            name, size = piece
            numbers[name] = tuple(range(place, place + size))
            place += size
    digits = tuple(digit for places in numbers.values() for digit in places)
    return Layout(place, digits, tuple(literals), numbers, part)
