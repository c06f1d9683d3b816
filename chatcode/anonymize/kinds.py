"""What the lists, the group's own names and earlier texts say of a word."""

from __future__ import annotations

import re
from typing import Literal

from chatcode.anonymize.context import Token
from chatcode.anonymize.cues import COMMON
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.names import PARTICLES, ROLE_WORDS, TITLES
from chatcode.anonymize.roster import Hit, Roster

# given: a name however written; seldom, short: in lower case with some evidence; both: a word too;
# rare, family, unknown: with a capital, or evidence; tiny: of two letters, with much evidence;
# trade: a plain word that is a surname too, inside a sentence only; usual: one that chats use often;
# spoken: in lower case, where it speaks; learnt: met in an earlier text; heard: a word that was a
# surname there; place: a town or country, or a thing that families are called after.
Kind = Literal[
    "given",
    "seldom",
    "short",
    "both",
    "rare",
    "family",
    "trade",
    "usual",
    "unknown",
    "tiny",
    "spoken",
    "learnt",
    "heard",
    "place",
]

FOREIGN_LETTERS = re.compile("[şğıçłńśźżćčšžřąęåøæñãõţșőűŞĞİÇŁŚŹŻĆČŠŽŘÅØÆÑÕŐŰ]")
# `Popma`, `Hiemstra`: so many surnames of Friesland end that no list has them all.
_FRISIAN = re.compile(r".(?:[bdfgklmnprst]ma|stra|inga|[aeiou]nga|[ij]nia)$")
_CAMEL = re.compile(r"[a-z][A-Z]|(?!IJ)[A-Z]{2}[a-z]")
_DRAWN = re.compile(r"(.)\1\1")
_INFLECTED = ("en", "s", "er", "ing", "heid", "je", "lijk", "ig", "iteit", "de", "te", "dt")
_SMALL = ("tje", "je", "pje", "etje", "ke", "eke", "ske", "ie")
_ARABIC = ("abdul", "abdel", "abdou", "mohamm", "muhamm")


class Kinds:
    """Looks words up, and remembers the names that earlier texts of the group were sure of.

    `begins` is room for the caller to keep, per word as written, whether a name may begin with it;
    what is learnt is taken out of it.
    """

    def __init__(self, roster: Roster, lexicon: Lexicon) -> None:
        self._roster = roster
        self._lexicon = lexicon
        self._learnt: set[str] = {name for name in roster.others if not lexicon.is_word(name)}
        self._beginnings: set[str] = set()
        self._heard: set[str] = set()
        self._known: dict[str, tuple[Kind | None, Hit | None] | None] = {}
        self.surnames: set[tuple[str, ...]] = set()
        self.begins: dict[str, bool] = {}

    def of(self, token: Token) -> tuple[Kind | None, Hit | None] | None:
        """Return kind and members of a word; None for a word that is no name."""
        key = token.text
        if key in self._known:
            return self._known[key]
        hit = self._roster.find(token.folded) if len(token.folded) > 1 else None
        kind = self._listed(token) if len(token.folded) > 1 else None
        self._known[key] = (kind, hit) if kind is not None or hit is not None else None
        return self._known[key]

    def sure(self, token: Token) -> bool:
        """Is it a name by itself?"""
        found = self.of(token)
        return found is not None and (
            found[0] in {"given", "learnt"} or (found[1] is not None and found[1].doubt == 0)
        )

    def nameable(self, token: Token) -> bool:
        """May it be (a part of) a name at all?"""
        word = token.folded
        particle = word in PARTICLES and not (token.capital and word in self._lexicon.both)  # `Ben`
        return not (word in self._lexicon.keep or word in TITLES or particle or word in ROLE_WORDS)

    def learn(self, token: Token) -> None:
        """Remember a name, so that it is known in every text of the group, in any writing."""
        word, lexicon = token.folded, self._lexicon
        if len(word) < 3 or word in self._learnt or lexicon.is_word(word):
            return
        if word in lexicon.both or word in lexicon.places:
            return
        self._learnt.add(word)
        self._forget(token.text, word)
        for length in range(3, len(word)):
            (self._beginnings if length > 4 else self._heard).add(word[:length])
            self._forget(word[:length])

    def hear(self, token: Token) -> None:
        """Remember a part of a name that may be a word of the language elsewhere."""
        self.learn(token)
        word, lexicon = token.folded, self._lexicon
        if lexicon.is_word(word) and word not in lexicon.family and word not in lexicon.both:
            return
        if word in lexicon.places:
            return  # `F. Castricum` makes no person of the town
        if token.folded not in self._heard:
            self._heard.add(token.folded)
            self._forget(token.text, token.folded)

    def add_surname(self, words: tuple[str, ...]) -> None:
        """Remember a surname with its particles."""
        if not self.surnames:
            self.begins.clear()  # particles in lower case may begin a name from now on
        self.surnames.add(words)

    def _forget(self, *words: str) -> None:
        for word in words:
            for known in (word, word.lower(), word.upper(), word.capitalize()):
                self._known.pop(known, None)
                self.begins.pop(known, None)

    def _listed(self, token: Token) -> Kind | None:
        lexicon, word = self._lexicon, token.folded
        if not self.nameable(token):
            return None
        if word in self._learnt or (word in self._beginnings and not lexicon.is_word(word)):
            return "learnt"
        given = self._given(token)
        if given is not None:
            return given
        if word in self._heard and token.capital and (len(word) > 4 or not lexicon.is_word(word)):
            return "heard"
        if word in lexicon.both:
            if token.text.islower() and word in lexicon.likely:
                return "seldom"
            return "both" if token.capital or word not in lexicon.capital else None
        if lexicon.is_word(word):
            if word not in lexicon.plain_surnames or not token.text.istitle():
                return None
            return "usual" if word in lexicon.common else "trade"
        if word in lexicon.rare:
            return "rare"
        if word in COMMON or _DRAWN.search(word):
            return None
        return self._unlisted(token)

    def may_be_greeted(self, token: Token) -> bool:
        """May it be a name after all: `Ank`, `Drost`? No form of a verb, plural or compound."""
        word = token.folded
        if not token.capital or word in self._lexicon.common or word in COMMON or not 1 < len(word) < 9:
            return False
        if not self.nameable(token) or word in self._lexicon.places:
            return False  # `ja DigiD`
        if len(word) == 2:
            return token.text[-1].islower()
        return not word.endswith(_INFLECTED)

    def _given(self, token: Token) -> Kind | None:
        lexicon, word = self._lexicon, token.folded
        if len(word) > 4 and word.endswith("s") and word[:-1] in lexicon.given and not lexicon.is_word(word):
            word = word[:-1]
        if word in lexicon.given:
            if token.capital:
                return "given"
            return "short" if len(token.folded) < 4 else "given" if word in lexicon.spoken else "seldom"
        if len(word) > 6 and word.startswith(_ARABIC):
            return "given"
        if self._is_double(word):
            return "given"
        if token.capital and not lexicon.is_word(word):
            # `Toontje`, `Jelmertje`
            stems = [word.removesuffix(ending) for ending in _SMALL if word.endswith(ending)]
            if any(len(stem) > 2 and (stem in lexicon.given or stem in lexicon.both) for stem in stems):
                return "given"
        return None

    def _is_double(self, word: str) -> bool:
        """`henkjan`: two first names in one, and no word."""
        spoken = self._lexicon.spoken
        return (
            5 < len(word) < 16
            and word not in self._lexicon.words
            and any(word[:cut] in spoken and word[cut:] in spoken for cut in range(3, len(word) - 2))
        )

    def _unlisted(self, token: Token) -> Kind | None:
        lexicon, word = self._lexicon, token.folded
        if not token.capital:
            told = len(word) < 4 or word in lexicon.places or lexicon.is_compound(word)
            return None if told else "seldom" if _FRISIAN.search(word) else "spoken"
        if word in lexicon.places:
            return "place"
        if word in lexicon.family or _FRISIAN.search(word):
            return "family"
        if FOREIGN_LETTERS.search(token.text):
            return "rare"
        if len(token.text) == 2 and token.text[1].islower():
            return "tiny"
        odd = len(word) < 3 or token.text.isupper() or _CAMEL.search(token.text) is not None
        return None if odd or lexicon.is_compound(word) or lexicon.is_built(word) else "unknown"
