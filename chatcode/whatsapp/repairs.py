"""What was passed over or mended while a file was read, as sentences without a word of the chat."""

from __future__ import annotations


def pasted(count: int) -> str:
    """Headers inside a message."""
    return f"headers inside a message, told by their line end, kept as text: {count}"


def strays(count: int) -> str:
    """Headers whose date or time there is not."""
    return f"lines with a date or time that does not exist kept as text: {count}"


def left_out(before: str) -> str | None:
    """What stands before the first entry; None where that is nothing."""
    before = before.strip("\r\n")
    return f"lines before the first entry left out: {before.count(chr(10)) + 1}" if before.strip() else None


HALVES_INFERRED = "before or after noon told by the order of the entries: the word for it is not known"
