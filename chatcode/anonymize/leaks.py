"""The leak gate: an independent look at the bytes of what would leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chatcode.anonymize import lexicon as lists
from chatcode.anonymize.extraction import passages
from chatcode.anonymize.folding import fold
from chatcode.anonymize.found import Found, digits_of
from chatcode.anonymize.identifiers import find
from chatcode.anonymize.names import parse, phone_of, stands_alone

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*|\d+")
_PLACEHOLDER = re.compile(
    r"\[(?:[A-Z][a-zé]+-\d+|(?:persoon|telefoon|kenteken|adres|straat|link|account|rekening|e-mail|contact)-\d+|"
    r"postcode \d\dxx|bsn|geboortedatum|groep)\]"
)
_UUID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b[0-9a-f]{16,}\b", re.IGNORECASE)
# What the redactor takes on the word of its sentence is too little to stop a document.
_CERTAIN = frozenset({"e-mail", "telefoon", "rekening", "bsn", "postcode", "kenteken"})
_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Leak:
    """Where something was found and of what kind; never what."""

    place: str
    kind: str


class Gate:
    """Knows what must not leave: names, values that were removed, and identifiers by their form."""

    def __init__(self, names: Iterable[str] = (), values: Iterable[str] = ()) -> None:
        lexicon = lists.load()
        self._sequences: dict[str, set[tuple[str, ...]]] = {}
        self._single: set[str] = set()
        self._digits: set[str] = set()
        self._compact: set[str] = set()
        self._lexicon = lexicon
        for name in names:
            self._add_name(name)
        for value in values:
            self._add_value(value)

    def check(
        self, data: bytes, suffix: str, *, empty: bytes | None = None, allowed: Iterable[str] = ()
    ) -> list[Leak]:
        """Look through a document for what must not leave.

        `suffix` tells its kind (".html", ".docx", ".xlsx", ".zip", ".md", ".csv", ".json", ".txt").
        What the same document of an empty study (`empty`) holds is no leak, nor is what the
        researcher chose as a label (`allowed`). Returns one leak per place and kind.
        """
        excused = [passage.text for passage in passages(empty, suffix)] if empty is not None else []
        excused += list(allowed)
        known = {hit for text in excused for hit in self._hits(text)}
        leaks: dict[Leak, None] = {}
        for passage in passages(data, suffix):
            for kind, value in self._hits(passage.text, attributes=passage.markup):
                if (kind, value) not in known:
                    leaks[Leak(passage.place, kind)] = None
        return list(leaks)

    def _hits(self, text: str, *, attributes: bool = False) -> Iterator[tuple[str, str]]:
        text = _UUID.sub(" ", _PLACEHOLDER.sub(" ¶ ", text))
        yield from self._names(text)
        yield from self._values(text)
        if not attributes:
            yield from self._patterns(text)

    def _names(self, text: str) -> Iterator[tuple[str, str]]:
        if not self._sequences and not self._single:
            return
        words = [fold(match.group()) for match in _WORD.finditer(text)]
        for place, word in enumerate(words):
            if word in self._single:
                yield "name", word
            for sequence in self._sequences.get(word, ()):
                if tuple(words[place : place + len(sequence)]) == sequence:
                    yield "name", " ".join(sequence)

    def _values(self, text: str) -> Iterator[tuple[str, str]]:
        if self._digits:
            for match in _NUMBERS.finditer(text):
                digits = digits_of(match.group())
                for known in self._digits:
                    if known in digits and len(known) * 2 > len(digits):
                        yield "number", known
        if self._compact:
            for match in _COMPACT.finditer(text):
                value = _squeeze(match.group())
                if value in self._compact:
                    yield "value", value

    def _patterns(self, text: str) -> Iterator[tuple[str, str]]:
        for line in text.splitlines():
            for found in find(line):
                if found.kind in _CERTAIN and _looks_certain(found, line[found.start : found.end]):
                    yield found.kind, found.value

    def _add_name(self, name: str) -> None:
        phone = phone_of(name)
        if phone is not None:
            self._add_value(phone)
            return
        parts = [part for part in parse(name, self._lexicon) if part.kind != "initial"]
        for part in parts:
            if stands_alone(part, self._lexicon) and len(part.folded) > 3:
                self._single.add(part.folded)
        words = tuple(part.folded for part in parts)
        whole = tuple(fold(match.group()) for match in _WORD.finditer(name))
        for sequence in {words, whole}:
            if len(sequence) > 1 and any(
                not self._lexicon.is_word(word) for word in sequence if word.isalpha()
            ):
                self._sequences.setdefault(sequence[0], set()).add(sequence)

    def _add_value(self, value: str) -> None:
        digits = digits_of(value) if any(sign.isdigit() for sign in value) else ""
        letters = sum(sign.isalpha() for sign in value)
        if len(digits) >= 8 and letters < 3:
            self._digits.add(digits[-9:])
            return
        compact = _squeeze(value)
        if len(compact) >= _SHORTEST and (digits or len(compact) >= 8) and " " not in value.strip():
            self._compact.add(compact)
        words = tuple(fold(match.group()) for match in _WORD.finditer(value))
        if len(words) > 1 and len(compact) >= 8:
            self._sequences.setdefault(words[0], set()).add(words)


_NUMBERS = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s().\-/\u00a0\u2010-\u2013]{0,3}\d){7,16}")
_COMPACT = re.compile(r"[\w](?:[\w@.:/?=&%+-]*\w)?", re.UNICODE)


def _squeeze(value: str) -> str:
    return "".join(sign for sign in value.casefold() if sign.isalnum())


def _looks_certain(found: Found, raw: str) -> bool:
    """A report is full of figures: here a number is an identifier only in its full form."""
    if found.kind == "postcode":
        return raw[-2:].isupper()
    if found.kind == "kenteken":
        return "-" in raw and raw == raw.upper()
    if found.kind == "telefoon":
        return raw.lstrip("(").startswith(("+", "0")) and len(digits_of(raw)) >= 10
    return True
