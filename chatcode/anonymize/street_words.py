"""Which words belong to a street's name: `Op de Bies`, `Oude Gracht`, `Willem de Zwijgerplein`."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from chatcode.anonymize.context import Reading, Token
from chatcode.anonymize.folding import word_set
from chatcode.anonymize.lexicon import STREET_ENDINGS, Lexicon
from chatcode.anonymize.names import TITLES

NUMBER_SIGN = r"(?:nr\.?|nummer|huisnr\.?|huisnummer|no\.|#)\s?"
# What follows a word that a number belongs to.
NUMBER_NEXT = rf",?\s(?:{NUMBER_SIGN})?[1-9]"
_NUMBER = re.compile(NUMBER_NEXT, re.IGNORECASE)
_JOINTS = frozenset({" ", "-", " '", " \u2019", "' ", "\u2019 "})
_PLACED = word_set("op aan in achter onder boven bij")
LINKS = _PLACED | word_set("van de den der het t it ten ter te la du des")
# What belongs to a street whatever is before it, in lower case too.
_PARTS = word_set(
    """
    oude nieuwe lange korte grote kleine groot klein eerste tweede derde hoge lage sint st burgemeester burg
    chr dokter dr doctor professor prof pastoor pater ds dominee koning koningin prins prinses graaf gravin
    hertog baron barones jonkheer jhr kapitein admiraal generaal minister president
    laan plein weg hof pad kade singel dreef park
    """
)
_WHERE = _PLACED | word_set("naar uit langs hoek van voor tegenover naast by bie verzamelen adres")
_BEFORE = re.compile(r"(?:['\u2019]|(?<!\w)\d{1,2}e\s(?:(?:van|de|den|der)\s)*)$")
_LONGEST = 5  # words of a street's name
_MOST_ENDS = max(map(len, STREET_ENDINGS))


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
        if word.folded in LINKS:
            led = tokens[head].capital and (word.capital or _is_quoted(reading.text, word))
            # `Op de Bies 4`; `Op Wilgenborg 4` is a sentence's beginning.
            if led and (word.folded not in _PLACED or linked):
                first = place
            linked = True
        elif (
            word.capital
            and (reading.gap(place) == "-" or tokens[head].capital)
            and (reading.gap(place) == "-" or not _apart(reading, place, head, lexicon))
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
        numbered = _NUMBER.match(reading.text, reading.tokens[head].end) is not None
        # `Delano van de Eikstraat`, `Ria van Molenstraat 3`, `Petra de Heuvelstraat`; but `op Jan van
        # Galenstraat 4`, `Willem de Zwijgerplein 112`.
        return links == ["van", "de"] or (plain and not placed and not (numbered and links == ["de"]))
    if reading.opens(place):
        return lexicon.is_word(word) and word not in _PARTS
    return not links and (word in lexicon.given or (word in lexicon.keep and word not in _PARTS))


def _is_link(word: Token) -> bool:
    return word.folded in LINKS


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
