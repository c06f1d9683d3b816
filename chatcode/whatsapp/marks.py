"""Invisible characters that WhatsApp writes around its own words and around names."""

from __future__ import annotations

import re

LEFT_TO_RIGHT = "\u200e"  # before WhatsApp's own words and before attachment names
DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
BLANKS = " \t\u00a0\u2009\u202f\u3000"

_OTHERS = re.compile(f"[{DIRECTIONS}]+")


def without_marks(text: str) -> str:
    """Return the text without direction marks; joiners (U+200C, U+200D) stay."""
    text = text.replace(LEFT_TO_RIGHT, "")
    return text if text.isascii() else _OTHERS.sub("", text)
