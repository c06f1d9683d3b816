"""A stretch of text that identifies, and the signs by which people part figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

# For use inside a character class: the hyphen and the dashes that telephones put in its place.
DASH = r"\-" "\u2010\u2011\u2012\u2013\u2014"
# Within a line: figures on the next one are another thing.
GAP = rf"(?:[^\S\r\n]|[./{DASH}])"
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that identifies: its kind, its normalised value, and the rule that saw it.

    Without a kind it identifies nobody and only shields what it covers from other rules.
    """

    start: int
    end: int
    kind: str
    value: str
    rule: str


def digits_of(text: str) -> str:
    """Return the digits alone, the letter O counted as the zero that it stands for."""
    return "".join("0" if sign in "oO" else sign for sign in text if sign.isdigit() or sign in "oO")


def compact(raw: str) -> str:
    """Return letters and digits alone, in capitals."""
    return "".join(sign for sign in raw if sign.isalnum()).upper()
