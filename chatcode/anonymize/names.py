"""The parts of a display name: which of its words are a person's name, and which only describe."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from chatcode.anonymize.folding import fold, word_set
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.numbers import e164

PartKind = Literal["given", "family", "particle", "initial", "other"]

LETTERS = r"[^\W\d_](?:[^\W\d_]+|[\u0300-\u036f])*"

TITLES = word_set(
    """
    dhr de_heer heer meneer mijnheer menheer mnr mevr mevrouw mw mvr juf juffrouw mej fam familie
    gezin oom ome tante tant opa oma opoe omi opi pake beppe heit mem muoike
    zuster zus broer broeder sister brother auntie aunt uncle miss mister mr mrs ms mama mamma papa pappa mam
    pap mts maatschap
    hanim bey pani pastor pastoor dominee ds dr drs ing
    ir prof imam abi abla amca teyze hoca buurman buurvrouw buuf buur buren buurtjes neef nicht
    vader moeder zoon dochter vrouw man vriend vriendin dj mc sensu omu tanta ma pa
    """
)
ROLE_WORDS = word_set(
    """
    wijkagent wijkagente wijkagenten buurtagent agent agente politie hoofdagent brigadier handhaver
    handhavers handhaving boa boas toezicht toezichthouder stadsmarinier stadsmariniers gemeente gem
    stadsdeel stadsbeheer gebied gebiedsmanager gebiedsnetwerker gebiedsregisseur wijkmanager
    wijkregisseur wijknetwerker wijkcoordinator wijkteam coordinator beheer beheerder beheerders
    admin moderator jongerenwerk jongerenwerker straatcoach jeugdwerk jongerencoach opbouwwerk
    opbouwwerker welzijn welzijnswerk welzijnswerker buurtwerk buurtwerker buurtvader buurtmoeder
    buurtpreventie preventie huismeester complexbeheerder woningcorporatie corporatie onderzoeker
    onderzoek stadswacht stadstoezicht bewoner bewoners bewonerscommissie buurthuis praktijk
    huisarts apotheek brandweer ambulance secretaris voorzitter penningmeester bestuur bestuurslid
    vve jr sr nr nummer huisnr hnr no huisnummer tel mobiel prive straat laan plein singel etage
    buurt wijk groep buurtapp
    """
)
# Words that describe in some display names and are family names in others (`Petra Blok`).
_DESCRIBING = word_set(
    """
    school kerk moskee winkel bakker slager kapper garage bakkerij slagerij kapperszaak restaurant
    cafe bar junior senior nieuw nieuwe oud oude werk thuis hoek flat blok portiek weg hof hoog
    links rechts achter voor boven beneden
    """
)
PARTICLES = word_set(
    """
    van de der den het t vd v ten ter te tot toe op aan in bij uit onder over voor von zu zum zur da
    das do dos di del della du la le les el al ul ould ben ait ibn abu bin bint af en y e i d l s m
    o bos vande vander vanden vdr vden
    """
) - {"bos"}
# `Els & Piet`, `Joost en Anouk`: two people on one telephone.
_AND = re.compile(r"\s*(?:&|\+|/|\ben\b|\band\b|\bund\b|\bve\b)\s*", re.IGNORECASE)
_STREETLIKE = re.compile(
    r".{2,}(?:straat|str|laan|weg|plein|dreef|singel|kade|gracht|steeg|plantsoen|pad|hof|park|flat|tocht|kamp|hoek|veld|akker|wijk|haven|erf|gaarde|burg|rode|brink|dijk)"
)
_CUT_SHORT = frozenset({"v", "d", "t"})
_RELATED = word_set(
    """
    mama mamma papa pappa moeder vader dochter zoon zus broer vrouw man oma opa ma pa mam pap
    """
)
_NUMBERED = re.compile(rf"({LETTERS})\.?\s\d")
_WORD = re.compile(rf"(?P<word>{LETTERS})|(?P<digits>\d+)|(?P<mark>[()\[\]])")


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a display name that belongs to a person's name."""

    text: str
    folded: str
    kind: PartKind


def phone_of(alias: str) -> str | None:
    """Return the E.164 number where a display name is nothing but a telephone number."""
    bare = alias.strip().lstrip("~ \u202a")
    if not re.fullmatch(r"\+?[\d\s().\u00a0\u202c\u2010-\u2013-]{8,24}", bare):
        return None
    return e164(bare)


def streets_of(aliases: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    """Return the words of display names that stand there with a house number and end as streets do.

    `Danny Noorderpad 4` tells that in `Priya Noorderpad` the second word is no name either.
    """
    found = {
        fold(match.group(1))
        for alias in aliases
        for match in _NUMBERED.finditer(alias)
        if _STREETLIKE.fullmatch(fold(match.group(1)))
    }
    return frozenset(word for word in found if word not in lexicon.given)


def parse(alias: str, lexicon: Lexicon, streets: frozenset[str] = frozenset()) -> tuple[Part, ...]:
    """Return the name parts of a display name, in order; `streets` are words known to be no name.

    `Wijkagent Tom` has the one part Tom, `Ria nr 12` Ria, `Marco Lepelaarstr 8` Marco,
    `Kees Dekker sloten` Kees and Dekker; of `Linda mama v Sem` Sem is an other person's name.
    """
    if phone_of(alias) is not None:
        return ()
    words = list(_WORD.finditer(alias))
    parts: list[Part] = []
    inside = related = False
    for place, match in enumerate(words):
        if match.lastgroup == "mark":
            inside = match.group() in "(["
        if match.lastgroup != "word":
            continue
        folded = fold(match.group())
        named = any(part.kind in ("given", "family") for part in parts)
        related = related or (named and folded in _RELATED)
        numbered = place + 1 < len(words) and words[place + 1].lastgroup == "digits"
        if folded in streets and named:
            continue
        kind = _kind(match.group(), parts, lexicon, inside=inside, numbered=numbered)
        if kind == "family" and (not named or _joined(alias, match.start(), parts)):
            kind = "given"
        if kind == "particle" and folded == "d" and parts and parts[-1].folded == "v":
            parts[-1] = Part("vd", "vd", "particle")  # `Henk v.d. Water`
        elif kind is not None:
            parts.append(Part(match.group(), folded, "other" if related and kind != "particle" else kind))
    while parts and parts[-1].kind == "particle":
        parts.pop()
    if any(part.kind in ("given", "family", "other") for part in parts):
        return tuple(parts)
    alone = [fold(match.group()) for match in words if match.lastgroup == "word"]
    if len(alone) == 1 and alone[0] in _DESCRIBING:
        return (Part(words[0].group(), alone[0], "family"),)
    return ()


def _kind(text: str, parts: list[Part], lexicon: Lexicon, *, inside: bool, numbered: bool) -> PartKind | None:
    """Tell what a word of a display name is ("family" for any name), None where it only describes."""
    folded = fold(text)
    named = any(part.kind in ("given", "family") for part in parts)
    written = text[0].isupper() and not numbered and not inside
    surname = named and written
    if written and parts and (*_last_particles(parts), folded) in lexicon.borne:
        return "family"  # `Henk van Wijk`
    if folded in ROLE_WORDS or ((folded in TITLES or folded in _DESCRIBING) and not surname):
        return None
    if len(folded) == 1 and text not in _CUT_SHORT:
        return "initial" if text.isupper() and not numbered else None
    first = not named and text[0].isupper() and (folded in lexicon.given or folded in lexicon.both)
    if folded in PARTICLES and not first:
        return "particle"
    if inside and folded not in lexicon.given:
        return None
    if named and _describes(text, folded, numbered, parts[-1].kind == "particle", lexicon):
        return None
    return "family"


def _last_particles(parts: list[Part]) -> tuple[str, ...]:
    """The particles with which the name so far ends."""
    last = len(parts)
    while last and parts[last - 1].kind == "particle":
        last -= 1
    return tuple(part.folded for part in parts[last:])


def _joined(alias: str, start: int, parts: list[Part]) -> bool:
    """Is this word the second of two given names: `Gerrit-Jan`, `Els & Piet`, but not `Carla Smit-Mol`?"""
    before = alias[:start]
    if before.endswith("-"):
        return parts[-1].kind == "given"
    return _AND.search(before) is not None and _AND.search(before[-4:]) is not None


def _describes(text: str, folded: str, numbered: bool, after_particle: bool, lexicon: Lexicon) -> bool:
    """Does a later word of a display name tell where or what, not who?"""
    if numbered and not after_particle and (_STREETLIKE.fullmatch(folded) or lexicon.is_word(folded)):
        return folded not in lexicon.family or _STREETLIKE.fullmatch(folded) is not None
    if lexicon.is_street(folded) and not after_particle:
        return True
    return text[0].islower() and lexicon.is_word(folded) and not after_particle


def stands_alone(part: Part, lexicon: Lexicon) -> bool:
    """Does the part name its bearer by itself, outside any name?

    Words of the language, of roles, streets and places do not: `Mark`, `Bakker`, `Breda` name
    somebody only within the whole name, or where the sentence says so.
    """
    folded = part.folded
    return (
        part.kind in ("given", "family")
        and len(folded) >= 3
        and not lexicon.is_word(folded)
        and folded not in lexicon.both
        and (folded not in lexicon.keep or folded in lexicon.things)
        and folded not in lexicon.places
        and folded not in ROLE_WORDS
        and folded not in TITLES
        and folded not in PARTICLES
        and not lexicon.is_street(folded)
    )
