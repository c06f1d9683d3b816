"""What words are: Dutch words, given names, family names, places; loaded once, when first asked for."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chatcode.anonymize.folding import fold, word_set

_STREETS = (
    "straat", "straatje", "str", "laan", "laantje", "weg", "weggetje", "plein", "pleintje", "dreef", "singel",
    "kade", "gracht", "steeg", "plantsoen", "boulevard", "allee",
)  # fmt: skip
_STREETS_AND_NAMES = (
    "hofje",
    "hof",
    "pad",
    "ring",
    "baan",
    "gaarde",
    "passage",
    "promenade",
    "hoek",
    "dijk",
    "kamp",
)
# Endings that make a word a street where a house number follows.
STREET_ENDINGS = word_set(
    """
    straat straatje str laan laantje weg weggetje plein pleintje dreef singel kade gracht steeg
    plantsoen boulevard allee pad hof hofje dijk ring baan hoek gaarde gaard passage promenade lei
    wei buorren strjitte dyk leane paed reed stee haven wal markt poort brug donk veld akker kamp
    horst erf streek borg burg berg burcht werf oever
    meent tocht vaart wetering stede hage rode wijk zijde end eind einde heide bos beemd esch brink
    dal slag weide waard zoom kant tuin hoeve hoven rak sloot sluis spoor dam park vliet zand duin
    duinen meer lande land gras riet terp wier molen schans vest graaf goot kamer hout woud ven plaat
    stroom kolk stuk kreek gors paal flat huizen borch daal hei diep gouw wiek wieken bloem lelie akkers
    weiden velden bossen tuinen donk zwaag fjild fjilden hiem hoeke bergje dijkje hofke straotje
    """
)
# What is built, founded or thought of, and may be named after somebody or something: `Martinuskerk`. No
# ending of which families are named by the dozen: `Oldenhuis`, `Westphal`.
_BUILT = (
    "kerk", "kapel", "school", "college", "lyceum", "kwartier", "festival", "stadion", "polder", "fabriek",
    "tunnel", "flat", "plas", "park", "toren", "garage", "centrum", "gebouw", "viaduct", "schap", "heid",
    "dienst", "desk", "fonds", "zorg", "team", "lijn", "bond", "groep", "wacht",
)  # fmt: skip
LONGEST_PHRASE = 6
_SHORT_STEM = 3
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, repr=False)
class Lexicon:
    """Sets of folded words; `data/README.md` tells where they come from.

    `spelt` is what Dutch text is made of, words and given names. `words` are Dutch, `dialect` those of
    them that only chats spell so, `common` those that chats use often. `given` are names, `spoken` those
    of them that are names in lower case too, `both` may be a name or a word as the sentence has it
    (`capital`: with a capital only, `likely`: a name first of all in lower case too). `rare` and `family`
    count only with a capital or beside other evidence; `surnames` are those of them that are attested,
    `borne` are whole surnames, word by word, that many bear. `led` are plain words with which surnames
    are made after a bare `van`, `articled` after `de`, `plain_surnames` without either. `places` are
    towns, and things after which nobody or not only people are called, `themes` words that are streets
    where a number follows. `keep` is no name, `things` those of it that are one where a member bears it,
    `shouts` is none where it is in capitals, `phrases` are no people though they hold a name. `towns`
    are places by the map, `sites` those of public bodies and large shops.
    """

    spelt: frozenset[str]
    words: frozenset[str]
    dialect: frozenset[str]
    common: frozenset[str]
    given: frozenset[str]
    spoken: frozenset[str]
    both: frozenset[str]
    capital: frozenset[str]
    likely: frozenset[str]
    rare: frozenset[str]
    family: frozenset[str]
    surnames: frozenset[str]
    borne: frozenset[tuple[str, ...]]
    led: frozenset[str]
    articled: frozenset[str]
    plain_surnames: frozenset[str]
    places: frozenset[str]
    themes: frozenset[str]
    keep: frozenset[str]
    things: frozenset[str]
    shouts: frozenset[str]
    sites: frozenset[str]
    towns: frozenset[str]
    phrases: Mapping[str, frozenset[tuple[str, ...]]]

    def is_word(self, folded: str) -> bool:
        """Tell whether it is a plain Dutch word, one that is hardly ever a name."""
        return folded in self.words and folded not in self.given

    def is_compound(self, folded: str) -> bool:
        """Tell whether a word that the list lacks is put together from words that it has."""
        return 7 < len(folded) < 48 and any(
            folded[:cut] in self.words
            and (folded[cut:] in self.words or folded[cut:].removeprefix("s") in self.words)
            for cut in range(3, len(folded) - 2)
        )

    def phrase_end(self, words: Sequence[str], place: int) -> int:
        """Return where the longest phrase from `place` on ends (exclusive); `place` where none begins."""
        phrases = self.phrases.get(words[place])
        if phrases is not None:
            for end in range(min(len(words), place + LONGEST_PHRASE), place + 1, -1):
                if tuple(words[place:end]) in phrases:
                    return end
        return place

    def is_built(self, folded: str) -> bool:
        """Tell whether a word names a building or a part of a town by its ending, and no family."""
        return (
            folded.endswith(_BUILT)
            and folded not in self.family
            and len(folded) - max(len(ending) for ending in _BUILT if folded.endswith(ending)) > 3
        )

    def is_street(self, folded: str) -> bool:
        """Tell whether a word is the name of a street by its ending, and not a family name."""
        return folded not in self.surnames and self.may_be_street(folded)

    def may_be_street(self, folded: str) -> bool:
        """Tell whether a word ends as streets do.

        `Sperwerhof` is a bird's street, `Olthof` is a family: where families bear the ending too,
        what is before it must be a word.
        """
        if folded.endswith(_STREETS):
            return len(folded) > 6
        for ending in _STREETS_AND_NAMES:
            if folded.endswith(ending) and len(folded) - len(ending) > 2:
                stem = folded[: -len(ending)]
                stems = (stem, stem.removesuffix("s"), stem.removesuffix("en"), stem.removesuffix("e"))
                return any(
                    stem in self.words or stem in self.given or self.is_compound(stem) for stem in stems
                )
        return False


@cache
def load() -> Lexicon:
    """Read the lists of the package."""
    dialect = frozenset(_lines("dialect.txt"))
    words = frozenset(_packed("words")) | dialect
    usage = {line.split()[0]: frozenset(line.split()[1:]) for line in _lines("usage.txt")}
    not_names = frozenset(_listed("not-names.txt")) - usage["both"] - usage["name"]
    kept = [word for line in _lines("keep.txt") for word in line.split()]
    keep = frozenset(fold(word) for word in kept if not word.isupper())
    shouts = frozenset(fold(word) for word in kept if word.isupper())
    own = frozenset(_listed("given-own.txt")) | frozenset(_listed("given-origins.txt"))
    capital = usage["capital"]
    both = (usage["both"] | capital) - usage["name"]
    spoken = ((frozenset(_packed("given")) - words - not_names) | usage["name"] | own) - both - keep
    given = spoken | (frozenset(_packed("given-more")) - words - not_names - both - keep)
    things, places_own = list(_lines("things.txt")), list(_lines("places-own.txt"))
    named = {fold(line) for line in things if " " not in line} - given - both - keep - words
    keep |= named
    borne_too = {fold(line.removesuffix(" +")) for line in things if line.endswith(" +")} - keep - words
    surnames_own = frozenset(_listed("surnames-own.txt"))
    surnames = frozenset(_packed("surnames")) | surnames_own
    towns = frozenset(_packed("towns"))
    listed = frozenset(_packed("places"))
    places = listed | (towns - surnames) | (frozenset(_packed("nobody")) - surnames_own)
    rare = frozenset(_packed("given-rare")) - words - not_names - given - both
    family = frozenset(_packed("family")) | surnames
    many = {tuple(fold(line.replace("'", "")).split()) for line in _lines("surnames-nl.txt")}
    of_towns = {form for town in towns for form in _of_town(town)} - family - rare
    of_towns -= {word for name in many for word in name}
    places = (places | of_towns | {line for line in places_own if " " not in line} | borne_too) - given
    after = {name for name in many if len(name) == 2 and name[1] not in towns | usage["thing"]}
    led = frozenset(_listed("surnames-led.txt")) | {word for particle, word in after if particle == "van"}
    articled = frozenset(_listed("surnames-de.txt")) | {word for particle, word in after if particle == "de"}
    alone = {name[0] for name in many if len(name) == 1 and name[0] in words}
    plain_surnames = (frozenset(_listed("surnames-plain.txt")) | alone) - usage["thing"]
    phrases: dict[str, set[tuple[str, ...]]] = {}
    for line in (*things, *places_own):
        phrase = tuple(fold(word) for word in line.removesuffix(" +").split())
        if len(phrase) > 1:
            phrases.setdefault(phrase[0], set()).add(phrase)
    return Lexicon(
        spelt=words | given,
        words=words,
        dialect=dialect,
        common=frozenset(_packed("common")),
        given=given,
        spoken=spoken,
        both=both,
        capital=capital,
        likely=usage["likely"] & both,
        rare=rare - keep,
        family=family - keep,
        surnames=surnames,
        borne=frozenset(
            many
            | {("van", word) for word in led}
            | {("de", word) for word in articled}
            | {(word,) for word in plain_surnames}
        ),
        led=led,
        articled=articled,
        plain_surnames=plain_surnames,
        places=places,
        themes=frozenset(_listed("street-themes.txt")),
        keep=keep,
        things=frozenset(named),
        shouts=shouts,
        towns=towns | listed,
        sites=frozenset(word for line in _lines("public-sites.txt") for word in line.split()),
        phrases={first: frozenset(found) for first, found in phrases.items()},
    )


def _of_town(town: str) -> tuple[str, ...]:
    """What is of a town: `Haarlems`, `Leidse`, `Zwolse`; of a short name too much else would be."""
    stem = town[:-2] if town.endswith("en") else town[:-1] if town.endswith("e") else town
    return (stem + "s", stem + "se") if len(stem) > _SHORT_STEM else ()


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
