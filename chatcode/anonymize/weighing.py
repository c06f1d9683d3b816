"""What the words around a place in a text say of it: signs by name, and the weights learned for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import repeat
from pathlib import Path

from chatcode.anonymize.context import Reading
from chatcode.anonymize.lexicon import Lexicon

DATA = Path(__file__).parent / "data"
BIAS = "always"
_WORDS = re.compile(r"[^\W\d_]+(?:['\u2019][a-z]+)?|\d+|\0+|[^\w\s]")
_FOUND = "[]"  # what was found before, and is masked
# Numbers of one size mean the same things: hours, days of a month, ages, flats.
_SIZES = (
    (3, "to 3"),
    (12, "to 12"),
    (24, "to 24"),
    (31, "to 31"),
    (59, "to 59"),
    (99, "to 99"),
    (199, "to 199"),
)
# How far is looked around: words and signs, and the stretch of text that holds them.
_BEFORE, _AFTER = 5, 4
_STRETCH = 48


def masked(text: str, shields: Sequence[tuple[int, int]]) -> str:
    """The text with what was found already made into signs that no pattern knows."""
    for start, end in shields:
        text = f"{text[:start]}{chr(0) * (end - start)}{text[end:]}"
    return text


def words_of(text: str) -> list[str]:
    """Split into words and signs in small letters; what is masked is one sign."""
    return [_FOUND if word[0] == "\0" else word for word in _WORDS.findall(text.lower())]


def words_around(text: str, start: int, end: int) -> tuple[list[str], list[str]]:
    """The words before and after a place, with a sign for where the text begins or ends."""
    before = words_of(text[max(0, start - _STRETCH) : start])[-_BEFORE:]
    after = words_of(text[end : end + _STRETCH])[:_AFTER]
    if start < _STRETCH:
        before.insert(0, "^")
    if end + _STRETCH > len(text):
        after.append("$")
    return before, after


def surroundings(before: list[str], after: list[str]) -> set[str]:
    """The signs that the words before and after a place make, by themselves and together."""
    third, second, last = ["", "", "", *before][-3:]
    first, following = [*after, "", ""][:2]
    return {
        BIAS,
        f"last {last}", f"second {second}", f"two {second} {last}", f"three {third} {second} {last}",
        f"first {first}", f"next {following}", f"first two {first} {following}", f"around {last} # {first}",
        f"last ends {last[-3:]}", f"second ends {second[-3:]}", f"first ends {first[-3:]}",
        *(f"before {word}" for word in before),
        *(f"after {word}" for word in after),
    }  # fmt: skip


def form_of(reading: Reading, first: int, last: int) -> str:
    """How the words from `first` to `last` are written: loud, else with a capital or not, opening or not."""
    if reading.loud:
        return "loud"
    opening = "opens " if reading.opens(first) else ""
    return opening + ("capital" if reading.tokens[last].capital else "small")


def formed(before: list[str], after: list[str], form: str) -> set[str]:
    """The signs that the form makes, by itself and with the words beside the place."""
    last, first = ["", *before][-1], [*after, ""][0]
    return {f"form {form}", f"last {last} {form}", f"first {first} {form}"}


def listed(word: str, names: Iterable[str], lexicon: Lexicon) -> list[str]:
    """Those of the lists of the lexicon, by name, that have the word."""
    return [name for name in names if word in getattr(lexicon, name)]


def size_of(number: int) -> str:
    """Name the size of a number."""
    if 1900 <= number < 2100:
        return "year"
    return next((size for most, size in _SIZES if number <= most), "to 999" if number < 1000 else "above")


def odds(signs: set[str], weights: dict[str, float]) -> float:
    """Log-odds, less what one must be sure of: above 0 it is taken."""
    return sum(map(weights.get, signs, repeat(0.0)))


@cache
def weights(name: str) -> dict[str, float]:
    """Read the weights of this name in `data`: a sign and its part of the log-odds on a line."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return {sign: float(weight) for sign, weight in (line.split("\t") for line in lines)}
