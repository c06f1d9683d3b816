"""Addresses: a street with a house number, or a house number alone that is meant as a house."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from chatcode.anonymize.bare_numbers import find_bare_numbers
from chatcode.anonymize.context import Reading, Token, tokens_of
from chatcode.anonymize.cues import CALLED, RELATIVES
from chatcode.anonymize.folding import fold
from chatcode.anonymize.houses import END, MORE, NUMBER, OF_HOUSES, Place, counts, find_houses, value_of
from chatcode.anonymize.lexicon import STREET_ENDINGS, Lexicon
from chatcode.anonymize.named_streets import find_named_streets
from chatcode.anonymize.names import TITLES
from chatcode.anonymize.street_words import NUMBER_SIGN, begin_of, first_of, street_ending

# The last letters of a word rule most words out at once: four of them, three where the ending has no more.
_LAST = frozenset(ending[-4:] for ending in STREET_ENDINGS)
_SHORTEST = frozenset(ending for ending in STREET_ENDINGS if len(ending) == 3)
_SURE = ("straat", "laan", "str", "weg", "plein", "dreef", "singel", "gracht", "steeg", "plantsoen")
_SIDE = r"(?:[\s-](?:Oost|West|Noord|Zuid|(?:Oost|West|Noord|Zuid)zijde|[ONWZ]\.?Z\.?)(?=\s\d))?"
_ONE = rf"(?:\s?,?\s?{NUMBER_SIGN}|\s?){NUMBER}{END}"
_HOUSE_NUMBER = re.compile(f"{_SIDE}{_ONE}{MORE}", re.IGNORECASE)
_ONE_NUMBER = re.compile(rf"\s?,?\s?(?:{NUMBER_SIGN})?{NUMBER}{END}", re.IGNORECASE)
# Words that end as streets do and count, with a capital too: `Hoofdstuk 3`.
_NOT_STREETS = frozenset({"hoofdstuk", "weekend"})


def find_places(text: str, lexicon: Lexicon, words: Sequence[Token] | None = None) -> list[Place]:
    """Find addresses and bare streets.

    `Molenlaan 12b`, `Turkooisstraat 1 t/m 5`, `nr 14`, `3 hoog achter`, `voor 41a` are addresses;
    a number that counts something (`op de laan 3 auto's`) is no house number. A street without a
    number is of the kind "straat". Where two overlap the surer one is given. `words` are the words
    of the text, where the caller has them already.
    """
    found = find_written_places(text, lexicon, tokens_of(text) if words is None else words)
    places: list[Place] = []
    bare = find_bare_numbers(text, lexicon) if _DIGIT.search(text) is not None else ()
    for place in itertools.chain(found, bare):
        if all(place.start >= other.end or place.end <= other.start for other in places):
            places.append(place)
    return sorted(places, key=lambda place: place.start)


def find_written_places(text: str, lexicon: Lexicon, words: Sequence[Token]) -> Iterator[Place]:
    """Find what is written as an address or a street, the surest first; they may overlap."""
    ended = list(find_ended_streets(text, words, lexicon))
    yield from ended
    if _DIGIT.search(text) is None:
        return
    yield from find_named_streets(text, words, ended, lexicon)
    if any(word[1] in OF_HOUSES for word in words):
        yield from find_houses(text, lexicon)


def find_ended_streets(text: str, words: Sequence[Token], lexicon: Lexicon) -> Iterator[Place]:
    """Find what has a street's ending: with a number an address, without one a street."""
    # By number, since a named tuple's attribute costs twice as much, and this is asked of every word.
    ended = [place for place, word in enumerate(words) if word[1][-4:] in _LAST or word[1][-3:] in _SHORTEST]
    if ended:
        reading, shouted = Reading(text, words), text.isupper()
        for place in ended:
            yield from _at_street(reading, place, lexicon, shouted=shouted)


_SHORT = 4  # letters of a word that is too short for a name with an ending
_DIGIT = re.compile(r"\d")
# The first parts of a name with hyphens: `Al-Masoedilaan`.
_JOINED = re.compile(r"(?:[^\W\d_]+[-\u2011])+$")


def _at_street(reading: Reading, place: int, lexicon: Lexicon, *, shouted: bool) -> Iterator[Place]:
    """Read a word with a street's ending: with a number an address, without one a street."""
    text, word = reading.text, reading.tokens[place]
    folded = word.folded
    ending = street_ending(folded) if len(folded) > _SHORT else ""
    if not ending or folded == ending or (text[: word.start].endswith("@")):
        return
    end = word.end
    if ending == "str" and text[end : end + 1] == ".":
        end += 1
    capital = word.capital and not shouted
    plain = lexicon.is_word(folded)
    if plain and not capital and ending not in {"straat", "laan", "str"}:
        return
    street = lexicon.may_be_street(folded)
    placed = not plain and _AT.search(text[max(0, word.start - 12) : word.start]) is not None
    named = (capital or placed) and not plain and folded not in lexicon.given
    begun = _BEGUN.search(text[max(0, word.start - 2) : word.start]) is not None
    inside = capital and begun and folded not in lexicon.places and folded not in _NOT_STREETS
    numbered = street or ending in _SURE or named or inside
    tail = _HOUSE_NUMBER.match(text, end) if numbered else None
    if tail is not None and counts(text, tail.group(), tail.end(), lexicon):
        tail = _ONE_NUMBER.match(
            text, end
        )  # `Parkweg 118, 2 mannen`: the last number counts, the first does not
    start = begin_of(text, reading.tokens[first_of(reading, place, lexicon)].start)
    if start == word.start and (joined := _JOINED.search(text[max(0, start - 24) : start])):
        start -= len(joined.group())
    if tail is not None and not counts(text, tail.group(), tail.end(), lexicon):
        yield Place(start, tail.end(), "adres", value_of(text[start : tail.end()]))
    elif street and not (plain and not capital) and not _surname(text, word, ending, lexicon):
        yield Place(start, end, "straat", value_of(text[start:end]))


def _surname(text: str, word: Token, ending: str, lexicon: Lexicon) -> bool:
    """`Petra Noordhof`, `dhr. Hulshof`: there an ending that surnames have as well makes no street."""
    if ending in {"straat", "laan", "plein", "gracht", "steeg", "dreef", "plantsoen", "str", "singel"}:
        return False
    before = text[max(0, word.start - 24) : word.start]
    if word.folded in lexicon.surnames and _ARTICLED.search(before) is None:
        return True
    if _INITIALS.search(before) or _TITLED.search(before):
        return True
    led = _GIVEN_BEFORE.search(before)
    if led is not None and not lexicon.is_word(fold(led.group(1))):
        return True
    named = _WORD_BEFORE.search(before)
    return named is not None and (
        fold(named.group(1)) in lexicon.given or fold(named.group(1)) in TITLES | CALLED | RELATIVES
    )


# `op de Hoogendijk` is the street, `bij Hoogendijk` are the people.
_ARTICLED = re.compile(
    r"(?<!\w)(?:(?:op|in|aan|langs|over) )?(?:de|het|'t|den) $|(?<!\w)(?:op|langs|hoek) $", re.IGNORECASE
)
_BEGUN = re.compile(r"[^\s.?!] $")
_AT = re.compile(r"(?<!\w)(?:op|in|aan|van|naar|bij|uit|voor|naast|achter|langs|tegenover) $", re.IGNORECASE)
_INITIALS = re.compile(r"(?<!\w)(?:[A-Z]\.\s?)+(?:(?:van|de|den|der|ter|ten|vd|v\.d\.|'t)\s)*$")
# `Driek van de Kerkhof`; `Hoek van de Meerhof` begins with a plain word.
_GIVEN_BEFORE = re.compile(r"(?:^|[a-z,] )([A-ZÀ-Þ][^\W\d_]+) (?:(?:van|de|den|der|het|ter|ten|'t) )+$")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.? $")


_TITLED = re.compile(
    r"\b(?:mevr|mevrouw|mw|dhr|heer|meneer|mijnheer|fam|familie)\.?\s(?:(?:van|de|den|der|het|'t|vd|v\.d\.)\s)*$",
    re.IGNORECASE,
)
