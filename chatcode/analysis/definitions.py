"""Two codebooks beside each other: what changed, and which codings a changed definition touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chatcode.codebook import Codebook, Manual
from chatcode.domain import CODES, REPORT

# These say what a code takes in; the rest is help, order or advice.
_DEFINING = ("include", "exclude", "boundary", "sub_reasons")


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a code that differs; `defines` where it says what the code takes in."""

    code: str
    part: str
    old: str
    new: str
    defines: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A decision in force, as far as a changed definition may touch it."""

    coder: str
    entry_id: str
    round: int
    codebook_hash: str
    codes: frozenset[str]


def changes(old: Codebook, new: Codebook) -> list[Change]:
    """What differs between two codebooks, code by code."""
    found: list[Change] = []
    for code in CODES:
        before, after = dict(_parts(old, code)), dict(_parts(new, code))
        found += [
            Change(code, part, before[part], after[part], part in _DEFINING)
            for part in before
            if before[part] != after[part]
        ]
    return found


def redefined(old: Codebook, new: Codebook) -> frozenset[str]:
    """The codes that take in other messages now, by what the codebooks say."""
    return frozenset(change.code for change in changes(old, new) if change.defines)


def to_recode(
    readings: Iterable[Reading],
    codebooks: Mapping[str, Codebook],
    current: Codebook,
    proposed: Mapping[str, frozenset[str]],
) -> list[tuple[Reading, frozenset[str]]]:
    """The decisions that a changed definition touches, each with the codes that do.

    Touched is a decision made under another codebook that has a redefined code, or lacks one that
    the machine proposes for the message (`proposed`, by entry). Where an older codebook is not
    known, every code of the decision counts as redefined.
    """
    other = {known: redefined(book, current) for known, book in codebooks.items() if known != current.hash}
    found = []
    for reading in readings:
        if reading.codebook_hash == current.hash:
            continue
        changed = other.get(reading.codebook_hash, frozenset(CODES))
        touching = changed & (reading.codes | proposed.get(reading.entry_id, frozenset()))
        if touching:
            found.append((reading, touching))
    return found


def _parts(book: Codebook, code: str) -> Iterator[tuple[str, str]]:
    manual = book.manual(code)
    yield "name", f"{book.name(code, 'nl')} / {book.name(code, 'en')}"
    yield from _manual(manual)
    if code == REPORT:
        yield "key", book.report.key
        return
    one = book.interventions[int(code[:-1])]
    yield "key", one.key
    yield "mechanism", f"{one.mechanism['nl']} / {one.mechanism['en']}"
    yield "actors", ", ".join(sorted(one.actors))
    yield "measure", one.measure
    yield "depends_on", str(one.depends_on or "")


def _manual(manual: Manual) -> Iterator[tuple[str, str]]:
    yield "include", manual.include
    yield "exclude", manual.exclude
    yield "boundary", " | ".join(manual.boundary)
    yield (
        "sub_reasons",
        " | ".join(f"{sub.id}: {sub.name['nl']} / {sub.name['en']}" for sub in manual.sub_reasons),
    )
    yield "anchors", " | ".join(manual.anchors)
    cues = sorted((cue.id, repr((cue.weight, cue.any, cue.all, cue.without))) for cue in manual.cues)
    yield "cues", " | ".join(f"{name} {content}" for name, content in cues)
