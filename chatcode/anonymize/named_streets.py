"""Streets without a street's ending, at a house number: `op Wilgenborg 201`, `Hoge Beemd 118`, `saffier 63`.

Whether a word before a number is a street is told by the words around, by what the lists have it as and by
the number. What each of them says was learned from messages written for that and from the sets of the tests
(`benchmarks/weights.py`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from chatcode.anonymize import cues
from chatcode.anonymize.context import Reading, Token
from chatcode.anonymize.folding import word_set
from chatcode.anonymize.houses import DASH, MORE, NUMBER, OF_HOUSES, Place, counts, value_of
from chatcode.anonymize.lexicon import STREET_ENDINGS, Lexicon
from chatcode.anonymize.names import TITLES
from chatcode.anonymize.weighing import masked, odds, size_of, surroundings, weights, words_around

WEIGHTS = "named-streets"
_END = r"(?!\w|[.:]\d|,\d|%|€|\s?°)"
_CALLED = r"(?:nr\.?|nummer|huisnr\.?|huisnummer|no\.|#)\s?"
# What a number after a word looks like, and the same without further numbers behind it.
_TAIL = re.compile(rf",?\s(?:{_CALLED})?(?P<number>{NUMBER}){_END}{MORE}", re.IGNORECASE)
_ONE = re.compile(rf",?\s(?:{_CALLED})?(?P<number>{NUMBER}){_END}", re.IGNORECASE)
_NUMBER_NEXT = rf",?\s(?:{_CALLED})?[1-9]"
_NEXT = re.compile(_NUMBER_NEXT, re.IGNORECASE)
_WORD_AND_NUMBER = re.compile(rf"[^\W\d_]{_NUMBER_NEXT}", re.IGNORECASE)
_JOINTS = frozenset({" ", "-", " '", " \u2019", "' ", "\u2019 "})
_LINKS = word_set("van de den der het t it ten ter te la du des op aan in achter onder boven bij")
_PLACED = word_set("op aan in achter onder boven bij")
# What belongs to a street whatever is before it, in lower case too.
_PARTS = word_set(
    """
    oude nieuwe lange korte grote kleine groot klein eerste tweede derde hoge lage sint st burgemeester burg
    chr dokter dr doctor professor prof pastoor pater ds dominee koning koningin prins prinses graaf gravin
    hertog baron barones jonkheer jhr kapitein admiraal generaal minister president
    laan plein weg hof pad kade singel dreef park
    """
)
_DATE = re.compile(r"(?<!\d)\d{1,2}[/-]\d{1,2}[/-](?:\d{2}|\d{4})(?!\d)")
_EMERGENCY = frozenset({"112", "113", "144", "911"})
_WHERE = _PLACED | word_set("naar uit langs hoek van voor tegenover naast by bie verzamelen adres")
_BEFORE = re.compile(r"(?:['\u2019]|(?<!\w)\d{1,2}e\s(?:(?:van|de|den|der)\s)*)$")
# `om 9`, `van 3`, `ong 6`; but `De Kom 5`
_NEVER = cues.COMMON | _LINKS | word_set("ong ongev ongeveer plm ca circa max min")
_LONGEST = 5  # words of a street's name
_MOST_ENDS = max(map(len, STREET_ENDINGS))
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


def first_of(reading: Reading, head: int, lexicon: Lexicon) -> int:
    """Return the place of the first word of the name that ends with the word at `head`."""
    tokens = reading.tokens
    if reading.loud:
        return head
    first, linked = head, False
    for place in range(head - 1, max(-1, head - _LONGEST), -1):
        word = tokens[place]
        if reading.gap(place) not in _JOINTS and not (reading.gap(place) == ". " and word.folded in _PARTS):
            break
        if word.folded in _PLACED and word.text.islower():
            break  # `Cate aan de Hunzedrift 55`
        if word.folded in _LINKS:
            led = tokens[head].capital and (word.capital or _is_quoted(reading.text, word))
            # `Op de Bies 4`; `Op Wilgenborg 4` is a sentence's beginning.
            if led and (word.folded not in _PLACED or linked):
                first = place
            linked = True
        elif (
            word.capital
            and (tokens[head].capital or reading.gap(place) == "-")
            and not _apart(reading, place, head, lexicon)
        ):
            first, linked = place, False
        elif word.folded in _PARTS and not linked and (first == place + 1):
            first = place
        else:
            break
    return first


def _apart(reading: Reading, place: int, head: int, lexicon: Lexicon) -> bool:
    """Is a word with a capital before a street's something else: a sentence's beginning, a make, somebody?"""
    word = reading.tokens[place].folded
    links = [token.folded for token in itertools.takewhile(_is_link, reading.tokens[place + 1 : head])]
    if _is_titled(reading, place, lexicon, linked=bool(links)):
        return True
    if links and word in lexicon.given:
        placed = place > 0 and reading.tokens[place - 1].folded in _WHERE
        plain = lexicon.is_word(_stem(reading.tokens[head].folded))
        numbered = _NEXT.match(reading.text, reading.tokens[head].end) is not None
        # `Delano van de Eikstraat`, `Ria van Molenstraat 3`, `Petra de Heuvelstraat`; but `op Jan van
        # Galenstraat 4`, `Willem de Zwijgerplein 112`.
        return links == ["van", "de"] or (plain and not placed and not (numbered and links == ["de"]))
    if reading.opens(place):
        return lexicon.is_word(word) and word not in _PARTS
    return not links and (word in lexicon.given or (word in lexicon.keep and word not in _PARTS))


def _is_link(word: Token) -> bool:
    return word.folded in _LINKS


def _stem(word: str) -> str:
    ending = street_ending(word)
    return word.removesuffix(ending).removesuffix("s") if ending else word


def _is_titled(reading: Reading, place: int, lexicon: Lexicon, *, linked: bool) -> bool:
    """Is it a surname: `mevr. de Graaf van Smidsgang 3`, `A. ten Cate`, `Bertus ter Haar van Heuvelkamp`?"""
    before = place - 1
    while before >= 0 and _is_link(reading.tokens[before]):
        before -= 1
    if before < 0 or reading.gap(before) not in {" ", ". ", "."}:
        return False
    word = reading.tokens[before]
    return word.folded in TITLES or len(word.text) == 1 or (linked and word.folded in lexicon.given)


def _is_quoted(text: str, word: Token) -> bool:
    return word.folded == "t" and text[word.start - 1 : word.start] in {"'", "\u2019"}


@lru_cache(maxsize=20_000)
def street_ending(word: str) -> str:
    """The longest ending of streets that a word has; empty where it has none."""
    return next((word[-size:] for size in range(_MOST_ENDS, 2, -1) if word[-size:] in STREET_ENDINGS), "")


def begin_of(text: str, start: int) -> int:
    """Where a name begins of which the first word begins at `start`: `'t Hof`, `2e Molenstraat`."""
    sign = _BEFORE.search(text, max(0, start - 16), start)
    return start if sign is None else sign.start()


def signs(reading: Reading, numbered: Numbered, lexicon: Lexicon) -> set[str]:
    """Name what is around a word and its number and what they look like, as the weights know it."""
    tokens, text = reading.tokens, reading.text
    head, start = tokens[numbered.head], tokens[numbered.first].start
    word, end = head.folded, numbered.end
    before, after = words_around(text, start, end)
    last, first = ["", *before][-1], after[0] if after else ""
    form, kinds = _form(reading, numbered), list(_kinds(word, lexicon))
    found = surroundings(before, after)
    found |= {f"form {form}", f"last {last} {form}", f"first {first} {form}"}
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
    led = numbered.head - numbered.first
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


def _form(reading: Reading, numbered: Numbered) -> str:
    if reading.loud:
        return "loud"
    opening = "opens " if reading.opens(numbered.first) else ""
    led = " led" if numbered.first < numbered.head else ""
    return opening + ("capital" if reading.tokens[numbered.head].capital else "small") + led


def _kinds(word: str, lexicon: Lexicon) -> Iterator[str]:
    """What the lists have a word as."""
    known = False
    for name in _LISTS:
        if word in getattr(lexicon, name):
            known = True
            yield name
    if not known:
        yield "compound" if lexicon.is_compound(word) else "none"
    if lexicon.is_built(word):
        yield "built"


def _shape(tail: str, number: str, form: str) -> Iterator[str]:
    """How a number is written: its size, with a letter, with others behind it."""
    figures = re.match(r"\d+", number)
    size = size_of(int(figures.group())) if figures else ""
    yield from (f"size {size}", f"size {size} {form}")
    if number in _EMERGENCY:
        yield "emergency"
    if not number.isdigit():
        yield from ("addition", f"addition {form}")
    if re.search(_CALLED, tail, re.IGNORECASE):
        yield "called"
    if tail.startswith(","):
        yield "comma"
    if len(re.findall(r"\d+", tail)) > 1:
        yield "more" if not re.search(rf"\d[{DASH}]\d", tail) else "hyphen"
