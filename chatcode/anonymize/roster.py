"""The people of one group by every form in which a chat may write their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chatcode.anonymize.cues import COMMON
from chatcode.anonymize.folding import fold
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.names import PARTICLES, Part, parse, phone_of, stands_alone, streets_of

_VOWELS = "aeiouy"
_LONGEST = 32
_LONG_SLIP = 8  # a word that no list has, one letter off so long a name, is no other word by chance
_INITIALS = re.compile(r"(?:[A-Z]\.? ?){2,4}")
# A nickname may be the end of a name too (`Nouk`); shorter ends are too common.
_SHORTEST_END = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that may name members: whom, and whether the sentence has to confirm it.

    `doubt` 0: the form says it all; 1: it may be a word of the language too (a tie goes to the
    name); 2: a nickname or a slip of the pen that needs some evidence; 3: a word of the language with
    which a name begins, so that a capital inside the sentence has to tell.
    """

    holders: frozenset[str]
    doubt: int


_LINKS = frozenset({"en", "and", "und", "ve"})


class Roster:
    """Look-up from a folded word to the members whom it may name."""

    def __init__(self, aliases: Mapping[str, str], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._exact: dict[str, set[str]] = {}
        self._derived: dict[str, set[str]] = {}
        self._prefix: dict[str, set[str]] = {}
        self._suffix: dict[str, set[str]] = {}
        self._slips: dict[str, set[str]] = {}
        self._drawn: dict[str, set[str]] = {}
        self._initials: dict[str, set[str]] = {}
        self._whole: dict[str, str | None] = {}
        self._sequences: dict[tuple[str, ...], set[str]] = {}
        self.phones: dict[str, str] = {}
        self.others: set[str] = set()
        self.called: set[str] = set()  # initials of two given names: `gj` for Gert-Jan
        self._sure: set[str] = set()
        self._streets = streets_of(aliases, lexicon)
        for alias, holder in aliases.items():
            self._add(alias, holder)
        self.starts = {
            next((word for word in sequence if word not in PARTICLES), sequence[0])
            for sequence in self._sequences
        } - PARTICLES
        self._cache: dict[str, Hit | None] = {}

    def whole(self, name: str) -> str | None:
        """Return the member with exactly this display name."""
        folded = _bare(name)
        return self._whole.get(folded)

    def sequence(self, words: tuple[str, ...]) -> frozenset[str]:
        """Return the members whose name has these words in this order."""
        return frozenset(self._sequences.get(words, ()))

    def initials(self, letters: str) -> frozenset[str]:
        """Return the members with these initials (lower case, two letters or more)."""
        return frozenset(self._initials.get(letters, ()))

    def knows(self, word: str) -> bool:
        """Tell whether a folded word is a part of somebody's name as it is."""
        return word in self._exact

    def names(self, letter: str) -> list[str]:
        """Return the parts of members' names that begin with a letter."""
        return [name for name in self._exact if name.startswith(letter)]

    def find(self, word: str) -> Hit | None:
        """Look a folded word up: exact, possessive, diminutive, drawn out, shortened, misspelt."""
        if word in self._cache:
            return self._cache[word]
        hit = self._find(word)
        self._cache[word] = hit
        return hit

    def _find(self, word: str) -> Hit | None:
        lexicon = self._lexicon
        if word in self._exact:
            return Hit(frozenset(self._exact[word]), 0 if word in self._sure else 1)
        if len(word) < 3:
            return None
        plain = self._is_plain(word)
        if word in self._derived:
            return Hit(frozenset(self._derived[word]), 2 if plain else 0)
        if plain:
            return self._plain_word(word)
        begins = self._prefix.get(word)
        if word in lexicon.given:
            return Hit(frozenset(begins), 1) if begins is not None else None
        drawn_in = _drawn_in(word)
        if drawn_in != word and drawn_in in self._drawn:
            return Hit(frozenset(self._drawn[drawn_in]), 0 if len(word) > 3 else 2)
        if begins is not None:
            return Hit(frozenset(begins), 2 if word in COMMON or word in lexicon.places else 1)
        if word in self._suffix:
            return Hit(frozenset(self._suffix[word]), 2)
        return self._slip(word)

    def _is_plain(self, word: str) -> bool:
        lexicon = self._lexicon
        if word in lexicon.keep or word in lexicon.both or lexicon.is_word(word):
            return True
        # `rije`, `lope`: as the west says it.
        return word.endswith("e") and word + "n" in lexicon.words and word not in lexicon.given

    def _slip(self, word: str) -> Hit | None:
        lexicon = self._lexicon
        if 5 <= len(word) <= _LONGEST and word not in lexicon.places and word not in lexicon.family:
            for shorter in (word, *_without_one(word)):
                if shorter in self._slips:
                    sure = len(word) >= _LONG_SLIP and not lexicon.is_compound(word)
                    return Hit(frozenset(self._slips[shorter]), 0 if sure else 2)
        return None

    def _plain_word(self, word: str) -> Hit | None:
        """A word of the language as a member's name: `hub` for Huub, `kas` for Kasper."""
        lexicon, drawn_in = self._lexicon, _drawn_in(word)
        if word not in lexicon.common and drawn_in in self._drawn:
            return Hit(frozenset(self._drawn[drawn_in]), 2)
        begins = self._prefix.get(word)
        if begins is None or (word in lexicon.keep and word not in lexicon.given):
            return None
        told = word in lexicon.keep or (word in lexicon.both and word not in lexicon.common)
        return Hit(frozenset(begins), 2 if told else 3)

    def _add(self, alias: str, holder: str) -> None:
        whole = _bare(alias)
        known = self._whole.get(whole, holder)
        self._whole[whole] = holder if known == holder else None
        phone = phone_of(alias)
        if phone is not None:
            self.phones[phone] = holder
            return
        parts = parse(alias, self._lexicon, self._streets)
        self.others.update(part.folded for part in parts if part.kind == "other")
        named = [part for part in parts if part.kind in ("given", "family")]
        for part in named:
            self._add_part(part, holder, nicked=part.kind == "given" or len(named) == 1)
        for one, other in pairwise(named):
            # `jaapjan` for Jaap-Jan: both names written as one word.
            self._derived.setdefault(one.folded + other.folded, set()).add(holder)
        words = tuple(part.folded for part in parts if part.kind in ("given", "family", "particle"))
        for written in _particles_of(words):
            for start in range(len(written) - 1):
                for end in range(start + 2, len(written) + 1):
                    # Of `Hennie en Jan` the words `en Jan` are no name: `Bennie en Jan` are others.
                    if _LINKS.isdisjoint((written[start], written[end - 1])):
                        self._sequences.setdefault(written[start:end], set()).add(holder)
        if not parts and _INITIALS.fullmatch(alias.strip(" ~")):
            # A member who shows nothing else: `R.S.`
            self._initials.setdefault("".join(filter(str.isalpha, fold(alias))), set()).add(holder)
        letters = "".join(part.folded[0] for part in parts if part.kind in ("given", "family", "initial"))
        given = "".join(part.folded[0] for part in named if part.kind == "given")
        firsts = named[0].folded[0] + named[1].folded[0] if self._has_two_firsts(named) else given
        for initials in {letters, given, firsts}:
            if len(initials) >= 2:
                self._initials.setdefault(initials, set()).add(holder)
        if len(firsts) == 2:
            self.called.add(firsts)

    def _has_two_firsts(self, named: Sequence[Part]) -> bool:
        """`Bart Jan Hollander`: a second given name before the surname."""
        return len(named) > 2 and named[1].folded in self._lexicon.given

    def _add_part(self, part: Part, holder: str, *, nicked: bool) -> None:
        name = part.folded
        self._exact.setdefault(name, set()).add(holder)
        if stands_alone(part, self._lexicon):
            self._sure.add(name)
        self._drawn.setdefault(_drawn_in(name), set()).add(holder)
        for form in _derived_forms(part):
            self._derived.setdefault(form, set()).add(holder)
        if len(name) >= 5:
            for form in (name, *_without_one(name)):
                self._slips.setdefault(form, set()).add(holder)
        if nicked:
            for length in range(3, len(name)):
                self._prefix.setdefault(name[:length], set()).add(holder)
            for length in range(_SHORTEST_END, len(name)):
                self._suffix.setdefault(name[-length:], set()).add(holder)


def _particles_of(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """The words of a name, with `vd` and `v` in full in every way that they may stand for."""
    yield words
    if "v" in words:
        words = tuple("van" if word == "v" else word for word in words)
        yield words
    if "vd" in words:
        place = words.index("vd")
        for article in ("de", "den", "der"):
            yield (*words[:place], "van", article, *words[place + 1 :])
    elif any(pair[0] == "van" and pair[1] in {"de", "den", "der"} for pair in pairwise(words)):
        place = words.index("van")
        yield (*words[:place], "vd", *words[place + 2 :])


def _bare(name: str) -> str:
    return " ".join(fold(name).replace("~", " ").split())


def _derived_forms(part: Part) -> Iterable[str]:
    """Possessive for all; for given names also the diminutives and pet forms of Dutch."""
    name = part.folded
    if len(name) < 2:
        return
    if len(name) >= 3:
        yield name + "s"
    if part.kind != "given":
        return
    stems = {name}
    if name[-1] in _VOWELS and len(name) > 2:
        stems.add(name[:-1])
    if name[-1] not in _VOWELS or len(name) == 3:
        single = len(name) >= 3 and name[-2] in _VOWELS and name[-3] not in _VOWELS
        if single or (len(name) > 3 and name[-3:-1] in {"ij", "ei", "ui"}):
            stems.add(name + name[-1])  # `jannie`, `thijssie`
    for stem in stems:
        for ending in (
            "je",
            "tje",
            "etje",
            "ie",
            "ke",
            "ske",
            "y",
            "i",
            "tie",
            "pie",
            "kie",
            "lief",
            "jes",
            "tjes",
            "ies",
            # Polish and Turkish.
            "unia",
            "usia",
            "cia",
            "cim",
            "cigim",
        ):
            form = stem + ending
            if len(form) >= 4:
                yield form


def _drawn_in(word: str) -> str:
    """`ikraam` and `tommmm` without their repeated letters."""
    return "".join(sign for place, sign in enumerate(word) if not place or sign != word[place - 1])


def _without_one(word: str) -> Iterable[str]:
    """Every form with one letter left out, never the first: people seldom get that one wrong."""
    return (word[:place] + word[place + 1 :] for place in range(1, len(word)))
