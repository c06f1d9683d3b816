"""A text read word by word, and what a sentence says about a word that may be a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import NamedTuple

from chatcode.anonymize import cues
from chatcode.anonymize.folding import FOLDED, word_set
from chatcode.anonymize.names import LETTERS, PARTICLES, ROLE_WORDS, TITLES

_TOKEN = re.compile(LETTERS)
# The same where there are no other letters, in a third of the time.
_PLAIN_TOKEN = re.compile(r"[A-Za-z]+")
_OPENING = re.compile(r"[.!?:;\n…\"“”(]\s*\W*$|^\W*$")
_JOINTS = frozenset({" ", "  ", "-", "\u2011", ". ", ".", "'", "\u2019", " '", " \u2019", "/"})
_SIGNED = re.compile(r"\W*$")
_SIGNS = re.compile(r"[.!?\n(]\s*$")
_OWNS = re.compile(r"['\u2019]s\s")
_OF_MONTH = re.compile(r"(?<![\w.,:])(?:[12]?\d|3[01]|begin|eind|half|medio)\.?\s$", re.IGNORECASE)
_LIVES = re.compile(
    r"\s(?:van|op|uit|v)\s(?:nr\.?\s?|nummer\s)?\d{1,3}[a-z]?(?!\w|[.,:]\d|\s?(?:jaar|uur|jr))"
)
_COUNTED = re.compile(r"\s\d")
_AGED = re.compile(r",?\s\(?\d{1,2}\s?(?:jr|jaar|j)\b|\s\(\d{1,2}\)|,\s\d{1,2}\)")


class Token(NamedTuple):
    """A word of a text with its place and its folded form."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Does it begin with a capital?"""
        return self.text[0].isupper()


_new = tuple.__new__


def tokens_of(text: str) -> list[Token]:
    """Split a text into its words."""
    folded = FOLDED
    return [
        # What a named tuple does by itself, without its detour over a function in Python: a fifth less.
        _new(Token, (word := match[0], folded[word], match.start(), match.end()))
        for match in (_PLAIN_TOKEN if text.isascii() else _TOKEN).finditer(text)
    ]


class Reading:
    """A text with its words (those that are free to be names) and how it is written."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = tokens

    @cached_property
    def loud(self) -> bool:
        """Is (nearly) everything in capitals, so that a capital says nothing?"""
        letters = capitals = 0
        for token in self.tokens:
            if len(token.text) > 1:
                letters += len(token.text)
                capitals += len(token.text) if token.text.isupper() else 0
        return letters > 0 and capitals * 2 > letters

    def adjacent(self, place: int) -> bool:
        """Does the word after `place` follow at once, as the next part of a name would?"""
        return self.gap(place) in _JOINTS

    def gap(self, place: int) -> str:
        """Return what stands between the word at `place` and the next; the rest of the text at the last."""
        if place + 1 < len(self.tokens):
            return self.text[self.tokens[place].end : self.tokens[place + 1].start]
        return self.text[self.tokens[place].end :]

    def marked(self, place: int) -> bool:
        """Has the word a capital that means something?"""
        return not self.loud and self.tokens[place].capital

    def opens(self, place: int) -> bool:
        """Is the word the first of its sentence, where a capital says little?"""
        start = self.tokens[place].start
        return _OPENING.search(self.text[max(0, start - 8) : start]) is not None

    def dated(self, place: int) -> bool:
        """Is the word a month's name cut short?"""
        return is_month(self.text, self.tokens[place].start, self.tokens[place].text)

    def foreign(self, words: AbstractSet[str]) -> bool:
        """Is the text in another language than the one of `words`?"""
        plain = [token.folded for token in self.tokens if token.text.islower() and len(token.text) > 2]
        return len(plain) > 3 and sum(word in words for word in plain) * 5 < len(plain) * 3


def is_month(text: str, start: int, word: str) -> bool:
    """Is the word of the text a month's name cut short: `31 jan`, `eind jan`?"""
    return word in {"jan", "sep"} and _OF_MONTH.search(text[max(0, start - 8) : start]) is not None


def evidence(reading: Reading, place: int, *, known: bool = True) -> float:
    """Weigh what stands around a word: above 0 it speaks for a name, below 0 for a plain word.

    `known` is False for a word that no list has as a given name: it may be a place as well.
    """
    text, token = reading.text, reading.tokens[place]
    opening = reading.opens(place)
    left = text[reading.tokens[place - 1].end : token.start] if place else text[: token.start]
    score = 0.0
    if reading.marked(place):
        score += 0.5 if opening else 2.0
    elif not reading.loud and text[:1].isupper() and not _towards(reading, place):
        score -= 0.5
    if place:
        score += _before(reading, place, left, opening=opening, known=known)
    if place + 1 < len(reading.tokens):
        score += _after(reading, place, opening=opening, known=known)
        score += _comma(reading, place, left, opening=opening, known=known)
    return score + _shape(reading, place, left)


def _towards(reading: Reading, place: int) -> bool:
    return place > 0 and reading.tokens[place - 1].folded in cues.TOWARDS and reading.gap(place - 1) == " "


def _before(reading: Reading, place: int, left: str, *, opening: bool, known: bool) -> float:
    """What the word before says: `hoi X`, `mevrouw X`, `de x`, `ik x`, `in X`."""
    token, word = reading.tokens[place], reading.tokens[place - 1].folded
    if place > 1 and reading.tokens[place - 2].folded == "er" and word in cues.THERE and not token.capital:
        return -1.5
    bare = left.strip()
    close = not opening and (not bare or (bare == "." and word in cues.ABBREVIATED))
    if word in cues.GREETING and (close or bare == ","):
        return 1.5
    if not close:
        return 0.0
    spoken_to = _spoken_to(reading, place)
    if spoken_to is not None:
        return spoken_to
    weight = _WEIGHTS.get(word, 0.0)
    if word in _BESIDE_PEOPLE and reading.marked(place):
        return 0.0  # `onze Noor wordt acht`, `kleine Mees is zijn knuffel kwijt`
    if known and word in _BEFORE_CAPITALS and reading.marked(place):
        return -0.5  # `ik vind dat Mees`, `ze kennen geen Vink`: inside a sentence no noun has a capital
    if word in cues.KIN and word not in TITLES:
        weight = 1.0 if token.capital else 0.5
    elif (word in cues.WHERE and known) or (
        word in cues.SUBJECTS and word not in cues.DETERMINERS and token.capital
    ):
        weight = 0.0
    if weight == 0.0 and _is_described(reading, place):
        return -1.5
    if weight == 0.0 and word in cues.ASKING and not opening and place == 1:
        return 0.5  # `weet ingrid dat al`
    if word in {"is", "was"} and place > 1 and reading.tokens[place - 2].folded in _HE and not token.capital:
        return -0.5  # `hij is sterk`
    if weight <= 0.75 and word in {"ben", "zijn", "is"} and place > 1:
        return 1.0 if reading.tokens[place - 2].folded in {"ik", "wij", "we", "dit"} else weight
    return weight


def _spoken_to(reading: Reading, place: int) -> float | None:
    """`dank je wel joy`, `tot zo Jo`, `schaam je Joke`: after what is said to somebody."""
    word = reading.tokens[place - 1].folded
    earlier = reading.tokens[place - 2].folded if place > 1 else ""
    if word == "wel" and place > 2 and reading.tokens[place - 3].folded in _THANKED:
        return 1.5
    if word == "naar" and any(
        token.folded in cues.SENT for token in reading.tokens[max(0, place - 4) : place]
    ):
        return 1.0  # `app even naar Bas`
    if earlier == "tot" and word in cues.LATER and reading.gap(place).strip(" ") in {"", "!", "."}:
        return 1.5
    if word in {"je", "u"} and (earlier in _THANKED or earlier in cues.SCOLDING):
        return 1.5 if reading.gap(place).strip(" ") != "" or place + 1 == len(reading.tokens) else 0.0
    return None


def _is_described(reading: Reading, place: int) -> bool:
    """`de gehele laan`: an article and an adjective before a word in lower case."""
    if place < 2 or not reading.tokens[place].text.islower() or reading.gap(place - 2) != " ":
        return False
    article, adjective = reading.tokens[place - 2].folded, reading.tokens[place - 1].folded
    return article in _ARTICLES and adjective.endswith("e") and adjective not in cues.EPITHETS


_BESIDE_PEOPLE = cues.OURS | cues.EPITHETS
_BEFORE_CAPITALS = word_set("dat die geen elke elk iedere ieder welke jullie jouw nieuwe oude goeie goede")
_ARTICLES = frozenset({"de", "het", "een"})
_HE = frozenset({"hij", "zij", "ze", "ie", "het"})
_THANKED = frozenset({"dank", "bedankt"})
_OF_PLACE = word_set("straat laan plein singel etage buurt wijk groep buurtapp tel mobiel prive")
_WEIGHTS = {
    **dict.fromkeys(cues.WHERE, -1.0),
    **dict.fromkeys(cues.BEFORE, 0.75),
    **dict.fromkeys(cues.TOWARDS, 1.0),
    **dict.fromkeys(cues.SUBJECTS, -1.5),
    **dict.fromkeys(cues.DETERMINERS, -2.5),
    **dict.fromkeys(cues.CALLED, 2.0),
    **dict.fromkeys(TITLES | ROLE_WORDS - _OF_PLACE, 1.5),
}


def _after(reading: Reading, place: int, *, opening: bool, known: bool) -> float:
    """What the words after say: `X zegt`, `X jij`, `X en`, `X is`, `x eens`."""
    if reading.gap(place) != " ":
        return 1.0 if reading.gap(place).strip() == "&" else 0.0
    token, after = reading.tokens[place], reading.tokens[place + 1]
    third = reading.tokens[place + 2] if place + 2 < len(reading.tokens) else None
    verb = token.folded in cues.VERB_NAMES
    score = 0.0
    if after.folded in _THEIR and third is not None and third.folded in cues.KIN:
        score += 1.5  # `brouwers zn zoon`
    if verb and (after.folded in cues.YOU or after.folded in cues.SHOW):
        score -= 1.5
    elif after.folded in cues.STATES and third is not None and third.folded in cues.FEELINGS:
        score += 1.5
    elif opening and after.folded == "en" and third is not None and third.folded in _WE:
        score += 1.5  # `jan en ik lopen`
    elif after.folded in _TELLS:
        score += _TELLS[after.folded]
    elif any(later.folded in cues.DONE for later in reading.tokens[place + 2 : place + 4]):
        score += 1.0
    elif after.folded in PARTICLES and third is not None and reading.marked(place + 2):
        score += 0.5
    if opening and not verb:
        score += _asked(reading, place)
    if opening and not known and token.capital and after.folded in {"van", "uit"}:
        score += 1.0
    return score


_THEIR = frozenset({"zn", "zijn", "haar", "dr", "der"})
_WE = frozenset({"ik", "wij"})


def _asked(reading: Reading, place: int) -> float:
    """`X heb jij`, `X wat was dat`: a sentence that begins by calling somebody."""
    if reading.tokens[place + 1].folded in cues.QUESTIONS and reading.tokens[place].folded not in cues.SHOW:
        return 1.0
    for step in range(place + 2, min(place + 6, len(reading.tokens))):
        if reading.gap(step - 1) != " ":
            break
        if reading.tokens[step].folded in cues.ASKED:
            return 1.0 if step == place + 2 else 0.5
    return 0.0


_TELLS = {
    **dict.fromkeys(cues.VERBS | cues.YOU | cues.DONE | cues.WISHES, 1.0),
    **dict.fromkeys(cues.STATES | cues.HINTS, 0.5),
    **dict.fromkeys(cues.SPEECH, 1.5),
}


def _comma(reading: Reading, place: int, left: str, *, opening: bool, known: bool) -> float:
    """`X, kun jij` calls somebody; `Roos, lavendel, ...` is a list."""
    gap, after = reading.gap(place), reading.tokens[place + 1]
    score = 1.5 if gap.strip() == ":" and after.folded in cues.WISHES else 0.0
    if gap.startswith(",") and (opening or left.rstrip().endswith(",")):
        listed = reading.text[after.end : after.end + 1] == ","
        score += 0.0 if listed else 1.0 if known else 0.5
    called = reading.tokens[place].capital and reading.tokens[place].folded not in cues.GREETING
    if gap.startswith("!") and opening and known and called:
        score += 0.5  # `Bas! Je fiets ligt daar`
    if gap.startswith(", ") and not opening and reading.marked(place + 1):
        score += 0.5
    return score


def _shape(reading: Reading, place: int, left: str) -> float:
    """What signs around the word say: a signature, a possessive, a house of somebody's, a mention."""
    text, token = reading.text, reading.tokens[place]
    score = 0.0
    if _AGED.match(text, token.end):
        score += 1.5  # `Temi (8 jr)`
    elif _COUNTED.match(text, token.end):
        score -= 1.5
    if left.endswith("(") and text.startswith(")", token.end) and reading.marked(place):
        score += 1.0  # `een lange met blond haar (Djesley)`
    if _OWNS.match(text, token.end):
        score += 1.5
    if _LIVES.match(text, token.end):
        score += 1.5
    if _SIGNED.match(text, token.end) and _SIGNS.search(text[max(0, token.start - 8) : token.start]):
        score += 1.0 if reading.marked(place) else 0.75
    if left.rstrip().endswith(",") and reading.gap(place).lstrip()[:1] in {"?", "!", ""}:
        score += 1.0
    if "@" in left[-2:]:
        score += 3.0
    if left.endswith("~ ") and _SIGNED.match(text, token.end):
        score += 2.0  # `helm was rood. ~ Mees`
    return score
