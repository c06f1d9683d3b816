"""What words are: Dutch words, given names, family names, places; loaded once, when first asked for."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chatcode.anonymize.folding import fold

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Sets of folded words; `data/README.md` tells where they come from.

    `given` are names, `spoken` those of them that are names in lower case too, `both` may be a name
    or a word as the sentence has it, `rare` and `family` count only with a capital or beside other
    evidence, `keep` is no name, `phrases` are no people though they hold a name.
    """

    words: frozenset[str]
    given: frozenset[str]
    spoken: frozenset[str]
    both: frozenset[str]
    rare: frozenset[str]
    family: frozenset[str]
    places: frozenset[str]
    keep: frozenset[str]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]

    def is_word(self, folded: str) -> bool:
        """Tell whether it is a plain Dutch word, one that is hardly ever a name."""
        return folded in self.words and folded not in self.given

    def is_name(self, folded: str) -> bool:
        """Tell whether some list knows it as a given or a family name."""
        return folded in self.given or folded in self.both or folded in self.family or folded in self.rare


@cache
def load() -> Lexicon:
    """Read the lists of the package."""
    words = frozenset(_packed("words"))
    usage = {line.split()[0]: frozenset(line.split()[1:]) for line in _lines("usage.txt")}
    not_names = frozenset(_listed("not-names.txt")) - usage["both"] - usage["name"]
    keep = frozenset(_listed("keep.txt"))
    own = frozenset(_listed("given-own.txt"))
    both = usage["both"] - usage["name"]
    spoken = ((frozenset(_packed("given")) - words - not_names) | usage["name"] | own) - both - keep
    given = spoken | (frozenset(_packed("given-more")) - words - not_names - both - keep)
    places = frozenset(_packed("places")) - given
    rare = frozenset(_packed("given-rare")) - words - not_names - given - both
    family = frozenset(_packed("family"))
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for line in _lines("keep-phrases.txt"):
        phrase = tuple(fold(word) for word in line.split())
        phrases.setdefault(phrase[0], []).append(phrase)
    return Lexicon(
        words, given, spoken, both, rare - keep, family - keep, places, keep,
        {first: tuple(found) for first, found in phrases.items()},
    )  # fmt: skip


def _packed(name: str) -> list[str]:
    return gzip.decompress((_DATA / f"{name}.txt.gz").read_bytes()).decode("ascii").split("\n")


def _lines(name: str) -> Iterator[str]:
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def _listed(name: str) -> Iterator[str]:
    for line in _lines(name):
        for word in line.split():
            yield fold(word)
