"""Streets without a street's ending, at a house number: `op Wilgenborg 201`, `Hoge Beemd 118`, `saffier 63`.

Whether a word before a number is a street is told by the words around, by what the lists have it as and by
the number. What each of them says was learned from messages written for that and from the sets of the tests
(`benchmarks/weights.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chatcode.anonymize import cues
from chatcode.anonymize.context import Reading, Token
from chatcode.anonymize.folding import word_set
from chatcode.anonymize.houses import DASH, EMERGENCY, END, MORE, NUMBER, OF_HOUSES, Place, counts, value_of
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.street_words import LINKS, NUMBER_NEXT, NUMBER_SIGN, begin_of, first_of, street_ending
from chatcode.anonymize.weighing import (
    form_of,
    formed,
    listed,
    masked,
    odds,
    size_of,
    surroundings,
    weights,
    words_around,
)

WEIGHTS = "named-streets"
# What a number after a word looks like, and the same without further numbers behind it.
_TAIL = re.compile(rf",?\s(?:{NUMBER_SIGN})?(?P<number>{NUMBER}){END}{MORE}", re.IGNORECASE)
_ONE = re.compile(rf",?\s(?:{NUMBER_SIGN})?(?P<number>{NUMBER}){END}", re.IGNORECASE)
_WORD_AND_NUMBER = re.compile(rf"[^\W\d_]{NUMBER_NEXT}", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)\d{1,2}[/-]\d{1,2}[/-](?:\d{2}|\d{4})(?!\d)")
# `om 9`, `van 3`, `ong 6`; but `De Kom 5`
_NEVER = cues.COMMON | LINKS | word_set("ong ongev ongeveer plm ca circa max min")
_LONG = 7  # letters from which on a word is simply long
_SHORTEST = 3  # letters of its only word
_LISTS = (
    "common", "words", "dialect", "given", "both", "rare", "family", "surnames", "places", "towns", "themes",
    "keep",
)  # fmt: skip


class Numbered(NamedTuple):
    """A word before a number: its place and that of the first of its name, and where the number ends."""

    head: int
    first: int
    end: int
    number: str


def find_named_streets(
    text: str, words: Sequence[Token], ended: Sequence[Place], lexicon: Lexicon
) -> Iterator[Place]:
    """Find a street by what is around it and its number, beside those that were found by their ending."""
    if _WORD_AND_NUMBER.search(text) is None:
        return
    reading = reading_of(text, words, ended)
    for numbered in numbered_words(reading, lexicon):
        if odds(signs(reading, numbered, lexicon), weights(WEIGHTS)) > 0:
            start = begin_of(text, reading.tokens[numbered.first].start)
            yield Place(start, numbered.end, "adres", value_of(text[start : numbered.end]))


def reading_of(text: str, words: Sequence[Token], ended: Sequence[Place]) -> Reading:
    """The text without the addresses that were found by a street's ending."""
    spans = [(place.start, place.end) for place in ended if place.kind == "adres"]
    free = [word for word in words if all(word.end <= start or end <= word.start for start, end in spans)]
    return Reading(masked(text, spans), free)


def numbered_words(reading: Reading, lexicon: Lexicon) -> Iterator[Numbered]:
    """The words before a number that may be a house, each with the words before it that may be its name's."""
    text = reading.text
    ends = {match.start() + 1 for match in _WORD_AND_NUMBER.finditer(text)}
    for head, word in enumerate(reading.tokens if ends else ()):
        end = word.end
        if end not in ends or len(word.text) < 2 or word.folded in OF_HOUSES:
            continue
        if word.folded in _NEVER and word.text.islower():
            continue
        first = first_of(reading, head, lexicon)
        if first == head and len(word.text) < _SHORTEST:
            continue  # `Hoge Es 6`, and no `ik 2`
        tail = _TAIL.match(text, end)
        if tail is not None and counts(text, tail.group(), tail.end(), lexicon):
            tail = _ONE.match(text, end)  # `Garde 118, 2 mannen`: the last number counts, the first does not
        if tail is not None and not _DATE.search(tail.group()):
            yield Numbered(head, first, tail.end(), tail["number"])


def signs(reading: Reading, numbered: Numbered, lexicon: Lexicon) -> set[str]:
    """Name what is around a word and its number and what they look like, as the weights know it."""
    tokens, text = reading.tokens, reading.text
    head, start = tokens[numbered.head], tokens[numbered.first].start
    word, end = head.folded, numbered.end
    before, after = words_around(text, start, end)
    last, kinds = ["", *before][-1], _kinds(word, lexicon)
    led = numbered.head - numbered.first
    form = form_of(reading, numbered.first, numbered.head) + (" led" if led and not reading.loud else "")
    found = surroundings(before, after) | formed(before, after, form)
    found |= {
        f"letters {min(len(word), _LONG)} {form}",
        f"word {word}",
        f"ends {word[-3:]}",
        f"ends {word[-4:]}",
        f"ends {word[-3:]} {form}",
    }
    ending = street_ending(word)
    if ending and ending != word:
        found |= {"street", f"street {ending}", f"street {form}"}
    for kind in kinds:
        found |= {f"list {kind}", f"list {kind} {form}", f"list {kind} last {last}"}
    found |= {f"led {min(led, 3)}"}
    parts = [part.folded for part in tokens[numbered.first : numbered.head]]
    found.update(f"part {part}" for part in parts)
    found.update(f"part in {kind}" for part in parts for kind in _kinds(part, lexicon))
    if last in lexicon.keep or last in lexicon.given or last in lexicon.places:
        found |= {"last a name", f"last a name {form}"}
    found.update(_shape(text[head.end : end], numbered.number, form))
    if counts(text, text[head.end : end], end, lexicon):
        found |= {"counts", f"counts {form}"}
    if reading.text.islower():
        found |= {"small", f"small {form}"}
    return found


def _kinds(word: str, lexicon: Lexicon) -> list[str]:
    """What the lists have a word as."""
    kinds = listed(word, _LISTS, lexicon) or ["compound" if lexicon.is_compound(word) else "none"]
    return [*kinds, "built"] if lexicon.is_built(word) else kinds


def _shape(tail: str, number: str, form: str) -> Iterator[str]:
    """How a number is written: its size, with a letter, with others behind it."""
    figures = re.match(r"\d+", number)
    size = size_of(int(figures.group())) if figures else ""
    yield from (f"size {size}", f"size {size} {form}")
    if number in EMERGENCY:
        yield "emergency"
    if not number.isdigit():
        yield from ("addition", f"addition {form}")
    if re.search(NUMBER_SIGN, tail, re.IGNORECASE):
        yield "called"
    if tail.startswith(","):
        yield "comma"
    if len(re.findall(r"\d+", tail)) > 1:
        yield "more" if not re.search(rf"\d[{DASH}]\d", tail) else "hyphen"
