"""What identifies a person by its form, whoever that is: numbers, plates, accounts, mail and web."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from chatcode.anonymize.found import DIGIT, Found
from chatcode.anonymize.numbers import (
    find_birth_dates,
    find_bsns,
    find_ibans,
    find_phones,
    find_postcodes,
    find_spelled_phones,
)
from chatcode.anonymize.online import (
    find_emails,
    find_files,
    find_handles,
    find_links,
    find_mentions,
    has_link,
)
from chatcode.anonymize.plates import find_half_plates, find_plates

# Every such number has seven figures or more; two of them may be written as the letter O.
_FEWEST = 5


def find(text: str) -> list[Found]:
    """Find every identifier of the text, in order; where two overlap the surer rule wins.

    Those without a kind identify nobody and are to stay as they are: numbers of the emergency
    services, public sites, file names of a camera.
    """
    found: list[Found] = []
    taken: list[tuple[int, int]] = []
    for hit in _search(text):
        if all(hit.end <= start or hit.start >= end for start, end in taken):
            taken.append((hit.start, hit.end))
            found.append(hit)
    return sorted(found, key=lambda hit: hit.start)


def _search(text: str) -> Iterator[Found]:
    """The surest first."""
    linked = has_link(text)
    digits = DIGIT.search(text) is not None
    if linked:
        yield from find_files(text)
        yield from find_emails(text)
        yield from find_links(text)
    if "@" in text:
        yield from find_mentions(text)
    if digits:
        numbered = _has_long_number(text)
        if numbered:
            yield from find_ibans(text)
            yield from find_bsns(text)
        yield from find_spelled_phones(text)
        if numbered:
            yield from _line_by_line(find_phones, text)
        yield from find_birth_dates(text)
        yield from find_postcodes(text)
        yield from find_plates(text)
    else:
        yield from find_spelled_phones(text)
    if "-" in text or any(part in text for part in _OF_HALF_PLATES):
        yield from find_half_plates(text)
    if linked or digits or "_" in text:
        yield from find_handles(text)


# `kenteken begint met LTK`, `alleen VTX kunnen lezen`; without the letter that may be a capital.
_OF_HALF_PLATES = ("enteken", "plaat", "alleen")


def _has_long_number(text: str) -> bool:
    """Are there figures enough for a telephone, account or citizen number, some of them written as O?"""
    return len(DIGIT.findall(text)) >= _FEWEST


def _line_by_line(finder: Callable[[str], Iterator[Found]], text: str) -> Iterator[Found]:
    """What is found within a line: a number ends with its line, and one below it is another thing."""
    start = 0
    for line in text.splitlines(keepends=True):
        for hit in finder(line):
            yield replace(hit, start=hit.start + start, end=hit.end + start)
        start += len(line)
