"""Take what identifies people out of a text: spans over the text as it is, and typed placeholders."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from typing import Literal, Protocol

from chatcode.anonymize import lexicon as lists
from chatcode.anonymize.addresses import find_places
from chatcode.anonymize.context import Token, tokens_of
from chatcode.anonymize.cues import OFFSPRING
from chatcode.anonymize.folding import fold
from chatcode.anonymize.found import Found
from chatcode.anonymize.houses import Place, counts
from chatcode.anonymize.identifiers import find
from chatcode.anonymize.names import phone_of
from chatcode.anonymize.numbers import birth_date_beside, e164
from chatcode.anonymize.people import People
from chatcode.anonymize.roles import propose_roles, title_of
from chatcode.anonymize.roster import Roster
from chatcode.anonymize.stretch import Person
from chatcode.anonymize.weighing import masked
from chatcode.domain import Span, member_label

Level = Literal["zorgvuldig", "streng"]


class Placeholders(Protocol):
    """Says what stands in the place of a thing: the same thing gets the same words."""

    def member(self, holder: str) -> str:
        """Return the label of a member, without brackets."""
        ...

    def number(self, kind: str, value: str) -> int:
        """Return the number of a thing of this kind by its normalised value."""
        ...


class Scrubber:
    """The layers in their order, for the texts of one group.

    `aliases` gives every display name the holder whose label `placeholders` knows.
    """

    def __init__(
        self, aliases: dict[str, str], placeholders: Placeholders, level: Level = "zorgvuldig"
    ) -> None:
        self._lexicon = lists.load()
        self._roster = Roster(aliases, self._lexicon)
        self._shown = [name.lstrip("~ ") for name in aliases]
        self._people = People(self._roster, self._lexicon, strict=level == "streng")
        self._placeholders = placeholders
        self._streets = level == "streng"
        self._persons: dict[str, str] = {}

    def spans(self, text: str, known: Sequence[Span] = ()) -> list[Span]:
        """Find what identifies in a text; offsets are code points of the text as given.

        `known` are spans that are sure already: they come back with the others, which keep clear
        of them.
        """
        if known:
            text = masked(text, [(span.start, span.end) for span in known])
        words = tokens_of(text)
        identifiers, places, shields = self._without_people(text, words)
        shields += [(span.start, span.end) for span in known]
        spans = [
            Span(found.start, found.end, *self._identifier(found), found.rule)
            for found in identifiers
            if found.kind not in _NOT_YET
        ]
        for place in places:
            if place.kind == "adres" or self._streets:
                placeholder = self._numbered(place.kind, place.value)
                spans.append(Span(place.start, place.end, place.kind, placeholder, "address"))
        for person in self._people.find(text, _outside(words, shields)):
            start, end = person.start, person.end
            if start and text[start - 1] == "@":
                # `@Toon 63`: all of a display name, also what is no name in it.
                end = max([end, *(start + len(name) for name in self._shown if text.startswith(name, start))])
                start -= 1
            spans.append(Span(start, end, "persoon", self._person(person), person.rule))
            day = birth_date_beside(text, person.end)
            if day is not None and not any(day[0] < span.end and day[1] > span.start for span in spans):
                spans.append(Span(*day, "geboortedatum", "[geboortedatum]", "birth"))
            house = _HOUSE_OF.match(text, person.end)
            if house is not None:
                part = "number" if house["number"] else "last"
                if not _is_age(text, start, house[part]):
                    placeholder = self._numbered("adres", "nr" + house[part].lower())
                    spans.append(Span(*house.span(part), "adres", placeholder, "address"))
        for found in identifiers:
            if found.kind == "handle" and not any(
                found.start < span.end and found.end > span.start for span in spans
            ):
                spans.append(
                    Span(
                        found.start,
                        found.end,
                        "account",
                        self._numbered("account", found.value.lower()),
                        found.rule,
                    )
                )
        return sorted([*known, *spans])

    def redact(self, text: str) -> str:
        """Put the placeholders in place of what identifies."""
        return replace(text, self.spans(text))

    def learn(self, texts: Iterable[str]) -> None:
        """Go through texts beforehand, so that a name found in one is known in all."""
        for text in texts:
            words = tokens_of(text)
            self._people.find(text, _outside(words, self._without_people(text, words)[2]))

    def _without_people(
        self, text: str, words: Sequence[Token]
    ) -> tuple[list[Found], list[Place], list[tuple[int, int]]]:
        """Identifiers, addresses and streets, and the stretches in which no name is looked for."""
        identifiers = find(text)
        shields = [(found.start, found.end) for found in identifiers if found.kind != "handle"]
        places = [
            Place(*house.span("house"), "adres", "nr" + house["number"].lower())
            for found in identifiers
            if found.kind == "postcode"
            and (house := _AFTER_POSTCODE.match(text, found.end))
            and not counts(text, house["number"], house.end(), self._lexicon)
        ]
        shields += [(place.start, place.end) for place in places]
        free = _outside(words, shields)
        for place in find_places(masked(text, shields), self._lexicon, free):
            if all(place.start >= end or place.end <= start for start, end in shields):
                places.append(place)
                shields.append((place.start, place.end))
        return identifiers, places, shields

    def _numbered(self, kind: str, value: str) -> str:
        return f"[{kind}-{self._placeholders.number(kind, value)}]"

    def _identifier(self, found: Found) -> tuple[str, str]:
        if found.kind == "bsn":
            return "bsn", "[bsn]"
        if found.kind == "geboortedatum":
            return found.kind, "[geboortedatum]"
        if found.kind == "postcode":
            return found.kind, f"[postcode {found.value[:2]}xx]"
        if found.kind != "mention":
            return found.kind, self._numbered(found.kind, found.value)
        digits = found.value.lstrip("+")
        if digits.isdigit():
            phone = e164(found.value if found.value.startswith("+") else f"+{digits}") or f"+{digits}"
            holder = self._roster.phones.get(phone)
            if holder is None:
                return "telefoon", self._numbered("telefoon", phone)
        else:
            holder = self._roster.whole(found.value)
        if holder is not None:
            return "persoon", f"[{self._placeholders.member(holder)}]"
        inside = self._people.find(found.value, tokens_of(found.value))
        if inside and inside[0].holder is not None:
            return "persoon", self._person(inside[0])
        return "persoon", self._numbered("persoon", found.value.lower())

    def _person(self, person: Person) -> str:
        if person.holder is not None:
            return f"[{self._placeholders.member(person.holder)}]"
        value = " ".join(person.words)
        if value not in self._persons:
            single = next((self._persons[word] for word in person.words if word in self._persons), None)
            self._persons[value] = single or value
            for word in person.words:
                self._persons.setdefault(word, self._persons[value])
        return self._numbered("persoon", self._persons[value])


_GROWN = 25
# Kinds that are no span by themselves: what only shields, and an @ whose word may be a name.
_NOT_YET = frozenset({"", "handle"})
_AFTER_POSTCODE = re.compile(
    r"[\s,]{1,3}(?P<house>(?:nr\.?\s?|huisnummer\s)?(?P<number>\d{1,4}\s?(?:bis|hs|rood|zwart|rd|zw|[a-h])?))"
    r"(?!\w|[.:%]\d|,\d)",
    re.IGNORECASE,
)
_HOUSE_OF = re.compile(
    r"\s(?:van|op|uit)\s(?P<number>\d{1,3}(?:\s?[a-h])?)(?!\w|[.,:/]\d|-\d|%|\s?(?:jaar|jr|uur|euro|min|keer|x)\b)"
    r"|(?:,\s|\s\()(?:nr\.?\s)?(?P<last>\d{1,3}[a-h]?)\W*$",
    re.IGNORECASE,
)


_OFFSPRING = re.compile(r"([^\W\d_]+),? @?$")


def _is_age(text: str, start: int, number: str) -> bool:
    """`mijn dochter Femke van 16`: how old a child is, not where somebody lives."""
    kin = _OFFSPRING.search(text[max(0, start - 24) : start])
    return kin is not None and fold(kin.group(1)) in OFFSPRING and number.isdigit() and int(number) < _GROWN


def _outside(words: Sequence[Token], shields: Sequence[tuple[int, int]]) -> Sequence[Token]:
    """The words that no shield covers."""
    if not shields:
        return words
    return [word for word in words if all(word.end <= start or word.start >= end for start, end in shields)]


def replace(text: str, spans: Sequence[Span]) -> str:
    """Write a text with its spans replaced."""
    parts: list[str] = []
    place = 0
    for span in spans:
        parts.append(text[place : span.start])
        parts.append(span.placeholder)
        place = span.end
    parts.append(text[place:])
    return "".join(parts)


class Redactor:
    """Pseudonymise texts of one group, given the display names of its members.

    Things keep their placeholder within one redactor: `[Deelnemer-07]`, `[persoon-2]`,
    `[telefoon-1]`, `[kenteken-3]`. Members get random numbers, so two redactors differ. At the
    level "zorgvuldig" street names without a house number stay; "streng" takes them out too and
    asks for less evidence before a word counts as a name. Names met in earlier texts are
    recognised in later ones.
    """

    def __init__(self, members: Iterable[str], *, level: Level = "zorgvuldig") -> None:
        names = list(dict.fromkeys(members))
        self._scrubber = Scrubber({name: name for name in names}, _Labels(names), level)

    def spans(self, text: str) -> list[Span]:
        """Find what identifies in a text, in order; offsets are code points, end exclusive."""
        return self._scrubber.spans(text)

    def redact(self, text: str) -> str:
        """Return the text with placeholders in place of what identifies."""
        return self._scrubber.redact(text)


class _Labels:
    """Placeholders that live as long as their redactor."""

    def __init__(self, names: Sequence[str]) -> None:
        self._labels: dict[str, str] = {}
        by_title: dict[str, list[str]] = {}
        phones: dict[str, str] = {}
        for name in names:
            phone = phone_of(name)
            if phone is not None and phones.setdefault(phone, name) != name:
                continue
            by_title.setdefault(title_of(name, propose_roles(name)), []).append(name)
        for title, holders in by_title.items():
            secrets.SystemRandom().shuffle(holders)
            for number, name in enumerate(holders, start=1):
                self._labels[name] = member_label(title, number)
        for name in names:
            phone = phone_of(name)
            if name not in self._labels and phone is not None:
                self._labels[name] = self._labels[phones[phone]]
        self._numbers: dict[str, dict[str, int]] = {}

    def member(self, holder: str) -> str:
        return self._labels[holder]

    def number(self, kind: str, value: str) -> int:
        table = self._numbers.setdefault(kind, {})
        return table.setdefault(value, len(table) + 1)
