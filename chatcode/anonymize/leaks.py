"""The leak gate: an independent look at the bytes of what would leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chatcode.anonymize import lexicon as lists
from chatcode.anonymize.addresses import find_places
from chatcode.anonymize.context import is_month
from chatcode.anonymize.extraction import passages
from chatcode.anonymize.folding import fold
from chatcode.anonymize.found import Found, digits_of
from chatcode.anonymize.identifiers import find
from chatcode.anonymize.names import parse, phone_of, stands_alone, streets_of
from chatcode.anonymize.numbers import SHORT_WORDS

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*|\d+")
_PLACEHOLDER = re.compile(
    r"\[(?:[A-Z][a-zé]+-\d+|(?:persoon|telefoon|kenteken|adres|straat|link|account|rekening|e-mail|contact)-\d+|"
    r"postcode \d\dxx|bsn|geboortedatum|groep)\]"
)
_UUID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b[0-9a-f]{16,}\b", re.IGNORECASE)
# What the redactor takes on the word of its sentence is too little to stop a document.
_CERTAIN = frozenset({"e-mail", "telefoon", "rekening", "bsn", "postcode", "kenteken"})
# A value of fewer signs is too common to look for: `nr 14`, `41a`.
_SHORTEST = 5
_SHORTEST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Leak:
    """Where something was found and of what kind; never what."""

    place: str
    kind: str


class Gate:
    """Knows what must not leave: names, values that were removed, and identifiers by their form.

    `names` are display names; `others` are names that were found in texts, of which only those
    count by themselves that are nothing but a name. Words in `spared` are none by themselves: a person
    said so. Without any, only forms are looked for.
    """

    def __init__(
        self,
        names: Iterable[str] = (),
        values: Iterable[str] = (),
        *,
        others: Iterable[str] = (),
        spared: Iterable[str] = (),
    ) -> None:
        self._lexicon = lists.load()
        self._sequences: dict[str, set[tuple[str, ...]]] = {}
        self._single: set[str] = set()
        self._digits: set[str] = set()
        names = list(names)
        self._streets = streets_of(names, self._lexicon)
        for name in names:
            self._add_name(name, any_part=True)
        for name in others:
            self._add_name(name, any_part=False)
        self._single -= set(spared)
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
        known = {hit for text in (*excused, *allowed) for hit in self._hits(text)}
        leaks: dict[Leak, None] = {}
        for passage in passages(data, suffix):
            for hit in self._hits(passage.text, forms=not passage.markup):
                if hit not in known:
                    leaks[Leak(passage.place, hit[0])] = None
        return list(leaks)

    def _hits(self, text: str, *, forms: bool = True) -> Iterator[tuple[str, str]]:
        """Kind and normalised value of everything in a text that should not be there."""
        text = _UUID.sub(" ", _PLACEHOLDER.sub(" ¶ ", text))
        if self._sequences or self._single:
            yield from self._known_words(text)
        if self._digits:
            yield from self._known_numbers(text)
        if forms:
            for line in text.splitlines():
                for found in find(line):
                    if found.kind in _CERTAIN and _looks_certain(found, line[found.start : found.end]):
                        yield found.kind, found.value

    def _known_words(self, text: str) -> Iterator[tuple[str, str]]:
        matches = list(_WORD.finditer(text))
        words = [fold(match.group()) for match in matches]
        shielded: set[int] | None = None
        for place, word in enumerate(words):
            for sequence in self._sequences.get(word, ()):
                if tuple(words[place : place + len(sequence)]) == sequence:
                    yield "name or value", " ".join(sequence)
            written = matches[place].group()
            if word in self._single and not (written.isupper() and word in self._lexicon.shouts):
                if shielded is None:
                    shielded = self._shielded(text, words, [match.start() for match in matches])
                if place not in shielded:
                    yield "name", word

    def _shielded(self, text: str, words: list[str], starts: list[int]) -> set[int]:
        """Words that the redactor leaves where they are: in dates, in names of streets, shops and sayings."""
        places = {
            place
            for place, (start, word) in enumerate(zip(starts, words, strict=True))
            if is_month(text, start, text[start : start + len(word)])
        }
        for street in find_places(text, self._lexicon):
            if street.kind == "straat":
                places.update(
                    place for place, start in enumerate(starts) if street.start <= start < street.end
                )
        for place in range(len(words)):
            places.update(range(place, self._lexicon.phrase_end(words, place)))
        return places

    def _known_numbers(self, text: str) -> Iterator[tuple[str, str]]:
        for match in _NUMBERS.finditer(text):
            digits = digits_of(match.group())
            for known in self._digits:
                if known in digits:
                    yield "number", known

    def _add_name(self, name: str, *, any_part: bool) -> None:
        phone = phone_of(name)
        if phone is not None:
            self._add_value(phone)
            return
        parts = parse(name, self._lexicon, self._streets)
        for part in parts:
            if stands_alone(part, self._lexicon) and (any_part or part.folded in self._lexicon.spoken):
                self._single.add(part.folded)
        written = tuple(fold(match.group()) for match in _WORD.finditer(name))
        for sequence in {tuple(part.folded for part in parts), written}:
            plain = all(self._lexicon.is_word(word) or word.isdigit() for word in sequence)
            if len(sequence) > 1 and not plain:
                self._sequences.setdefault(sequence[0], set()).add(sequence)

    def _add_value(self, value: str) -> None:
        digits = digits_of(value) if _DIGIT.search(value) else ""
        if len(digits) >= 8 and sum(sign.isalpha() for sign in value) < 3:
            self._digits.add(digits[-9:])
            return
        words = tuple(fold(match.group()) for match in _WORD.finditer(value))
        if is_telling(value):
            self._sequences.setdefault(words[0], set()).add(words)


def is_telling(value: str) -> bool:
    """Is a removed value, or the name of a group, more than what any document may say by chance?"""
    words = _WORD.findall(value)
    shortest = _SHORTEST if _DIGIT.search(value) else _SHORTEST_WORDS
    return len(words) > 1 and sum(map(len, words)) >= shortest


_DIGIT = re.compile(r"\d")
_NUMBERS = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s().\-/\u00a0\u2010-\u2013]{0,3}\d){7,16}")


def _looks_certain(found: Found, raw: str) -> bool:
    """A report is full of figures: here a number is an identifier only in its full form."""
    if found.kind == "postcode":
        return raw[-2:].isupper() and raw[-2:].lower() not in SHORT_WORDS
    if found.kind == "kenteken":
        return "-" in raw and raw == raw.upper()
    if found.kind == "telefoon":
        return raw.lstrip("(").startswith(("+", "0")) and len(digits_of(raw)) >= 10
    return True
