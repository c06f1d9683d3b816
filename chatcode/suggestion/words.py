"""Chat text cut into tokens, and each distinct token looked up once in the words that cues ask for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nltk.stem.snowball import DutchStemmer

# A placeholder of a pseudonymised chat ([telefoon-3]) and a link are one token each; so is an emoji with its
# skin tone, variation selector and joiners. A full stop inside digits (23.15) ends no sentence.
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u231a-\u23ff\u25aa-\u27bf\u2934\u2935"
    "\u2b00-\u2bff\u3030\u303d\U0001f000-\U0001faff"
)
_JOINED = "\ufe0f\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
TOKEN = re.compile(
    r"(?P<placeholder>\[[^\W\d_]+-[\w-]+\]|<[^<>\n]{3,40}>)"
    r"|(?P<link>(?:https?://|www\.)\S+)"
    r"|(?P<word>\d+(?:[.:,/-]\d+)*[^\W\d_]*|[^\W_]+(?:['’\-][^\W_]+)*)"
    rf"|(?P<emoji>[#*\d]\ufe0f?\u20e3|[{_EMOJI}](?:[{_JOINED}]|(?<=\u200d)[{_EMOJI}])*|[:;]-?[)(DPp](?!\w))"
    r"|(?P<end>[.!?…\n]+)"
)
_SHORT = 3  # words up to this length have no inflection worth a stem
_EXACT = 4  # words up to this length allow no typing error, ...
_ONE_ERROR = 8  # ... up to this one, longer ones two


@cache
def stemmer() -> DutchStemmer:
    """The Dutch Snowball stemmer (Porter 2001, snowballstem.org/algorithms/dutch)."""
    from nltk.stem.snowball import DutchStemmer

    return DutchStemmer()


def normal(word: str) -> str:
    """A word without capitals, accents, typographic quotes, skin tones: as terms are compared."""
    word = word.lower().replace("’", "'")
    if word.isascii():
        return word
    word = re.sub(f"[{_JOINED}]", "", word)
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


class Lexicon:
    """The words that cues ask for, each with a number (its atom), and what tokens they were found in.

    An atom is a word by its stem, `=exact`, `begin*`, `*end`, `*inside*` or `@list`. A token that is no
    Dutch word, name or place may be a mistyped one; `=exact` allows no mistakes.
    """

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._lists = lists
        self._atoms: dict[str, int] = {}
        self._exact: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        self._begins: dict[str, list[int]] = {}
        self._parts: list[tuple[str, bool, int]] = []
        self._written: dict[str, dict[str, list[int]]] = {}
        self._seen: dict[str, tuple[int, ...]] = {}

    def atom(self, word: str) -> int:
        """The number of a word as it is written in a term."""
        if word not in self._atoms:
            number = self._atoms[word] = len(self._atoms)
            for form in self._lists[word[1:]] if word.startswith("@") else (word,):
                self._add(form, number)
            self._seen.clear()
        return self._atoms[word]

    def atoms(self, token: str) -> tuple[int, ...]:
        """The atoms that a token of a text satisfies; each distinct token is looked up once."""
        found = self._seen.get(token)
        if found is None:
            found = self._seen[token] = self._look_up(normal(token))
        return found

    def _add(self, form: str, number: int) -> None:
        inner = normal(form.strip("*="))
        if form.startswith("*"):
            self._parts.append((inner, form.endswith("*"), number))
        elif form.endswith("*"):
            self._begins.setdefault(inner, []).append(number)
        elif form.startswith("=") or len(inner) <= _SHORT or not inner.isalpha():
            self._exact.setdefault(inner, []).append(number)
        else:
            self._stems.setdefault(stemmer().stem(inner), []).append(number)
            if len(inner) > _EXACT:
                self._written.setdefault(inner[0], {}).setdefault(inner, []).append(number)

    def _look_up(self, word: str) -> tuple[int, ...]:
        found = list(self._exact.get(word, ()))
        for length in range(1, len(word) + 1):
            found += self._begins.get(word[:length], ())
        found += [n for part, inside, n in self._parts if (part in word if inside else word.endswith(part))]
        if len(word) > _SHORT and word[0].isalpha():
            found += self._stems.get(stemmer().stem(word), ())
        return tuple(dict.fromkeys(found or self._mistyped(word)))

    def _mistyped(self, word: str) -> list[int]:
        """The atoms of the written word that is one slip away (two in a long word); a swap is one slip."""
        from rapidfuzz.distance import OSA

        written = self._written.get(word[:1])
        if not written or len(word) <= _EXACT or not word.isalpha() or _is_known(word):
            return []
        slips = 1 if len(word) <= _ONE_ERROR else 2
        near = [(OSA.distance(word, other, score_cutoff=slips), other) for other in written]
        best = min(near)
        return written[best[1]] if best[0] <= slips else []


def _is_known(word: str) -> bool:
    """Whether somebody may have meant just this: `inspraak` is no mistyped `inbraak`."""
    from chatcode.anonymize.lexicon import load

    lexicon = load()
    named = word in lexicon.given or word in lexicon.family or word in lexicon.places
    plain = word in lexicon.words and word not in lexicon.dialect
    return named or plain or lexicon.is_compound(word)
