"""Addresses: a street with a house number, or a house number alone that is meant as a house."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from chatcode.anonymize.bare_numbers import find_bare_numbers
from chatcode.anonymize.context import Token, tokens_of
from chatcode.anonymize.cues import CALLED, RELATIVES
from chatcode.anonymize.folding import fold, word_set
from chatcode.anonymize.houses import MORE, NUMBER, OF_HOUSES, Place, counts, find_houses, value_of
from chatcode.anonymize.lexicon import STREET_ENDINGS, Lexicon
from chatcode.anonymize.named_streets import find_named_streets
from chatcode.anonymize.names import TITLES

# The last letters of a word rule most words out at once: four of them, three where the ending has no more.
_LAST = frozenset(ending[-4:] for ending in STREET_ENDINGS)
_LONGEST = max(map(len, STREET_ENDINGS))
_SHORTEST = frozenset(ending for ending in STREET_ENDINGS if len(ending) == 3)
_SURE = ("straat", "laan", "str", "weg", "plein", "dreef", "singel", "gracht", "steeg", "plantsoen")
_TAIL = (
    r"(?:[\s-](?:Oost|West|Noord|Zuid|(?:Oost|West|Noord|Zuid)zijde|[ONWZ]\.?Z\.?)(?=\s\d))?(?:\s?,?\s?(?:nr\.?|nummer|huisnr\.?|huisnummer|no\.|#)\s?|\s?)"
    rf"{NUMBER}(?!\w|[.:]\d|,\d|%|€|\s?°){MORE}"
)
_ONE_NUMBER = re.compile(rf"\s?,?\s?(?:nr\.?|nummer)?\s?{NUMBER}(?!\w|[.:]\d|,\d|%|€|\s?°)", re.IGNORECASE)
_HOUSE_NUMBER = re.compile(_TAIL, re.IGNORECASE)
# The words before a street's last word that belong to its name.
_TITLE = (
    "sir|lady|lord|baron|barones|ridder|jonkheer|jhr\\.?|burgemeester|burg\\.|doctor|dokter|ingenieur|koningin|admiraal|generaal|prof\\.|professor|dr\\.|ds\\.|pastoor|pater|meester|mr\\.|minister|president|kapitein|"
    "koning|koningin|prins|prinses|graaf|gravin|hertog|sint|st\\.?|heer|laan|den|ten|ter|oude|nieuwe|lange|korte|grote|kleine|eerste|tweede|derde|\\d?e"
)
_LEAD = re.compile(
    rf"(?:(?<!\w)(?:(?i:{_TITLE})\s|(?:Kanaal|Kromme|Hoge|Lage|Brede|Smalle|Hoofd|Voorste|Middelste|Achterste|Verlengde|Van|Aan)\s)(?:(?:van|de|den|der|het|'t|la|du)\s){{0,2}}"
    r"(?:[A-ZÀ-Þ][^\W\d_]+\s|[A-Z]\.\s?){0,2}(?:(?:van|de|den|der|ten|ter)\s){0,2}"
    r"|(?<!\w)(?P<name>[A-ZÀ-Þ][^\W\d_]+)\s"
    r"(?:(?:de|den|der|van|van der|van den|ten|ter)\s)?(?:[A-ZÀ-Þ][^\W\d_]+\s)?)$"
)
_WHERE = re.compile(
    r"\b(?:op|aan|in|bij|by|bie|naar|uit|langs|hoek|van|voor|achter|tegenover|naast|verzamelen|adres|de)\s$",
    re.IGNORECASE,
)
_NOT_STREETS = word_set(
    """
    januari februari maart april mei juni juli augustus september oktober november december maandag
    dinsdag woensdag donderdag vrijdag zaterdag zondag lijn bus tram metro perron code fase groep
    kamer zone artikel seizoen oranje windows iphone samsung covid top route rond circa ongeveer
    minimaal maximaal max nog maar over alle deze die dat dit er nu wel niet geen meer minder hier
    daar toen dan met zonder zeker vanaf tot tussen sinds pas al ook zo even weer wij ze hij zij
    jullie iedereen iemand totaal samen iets meldnummer zaaknummer nummer prio bel gebeld spoed ik
    heb hebben je we peugeot renault volkswagen mercedes audi bmw ford fiat opel citroen mazda volvo
    android tikkie psalm hoofdstuk deel model type serie formule klas level unit loods hal poort vak
    playstation xbox team ongeval brand grip ajax feyenoord psv
    weekend week dag zaal hal etappe
    ronde verdieping etage plek tafel kraam stap punt regel vraag optie bijlage
    """
)


def find_places(text: str, lexicon: Lexicon, words: Sequence[Token] | None = None) -> list[Place]:
    """Find addresses and bare streets.

    `Molenlaan 12b`, `Turkooisstraat 1 t/m 5`, `nr 14`, `3 hoog achter`, `voor 41a` are addresses;
    a number that counts something (`op de laan 3 auto's`) is no house number. A street without a
    number is of the kind "straat". Where two overlap the surer one is given. `words` are the words
    of the text, where the caller has them already.
    """
    found = find_written_places(text, lexicon, tokens_of(text) if words is None else words)
    places: list[Place] = []
    bare = find_bare_numbers(text, lexicon) if _DIGIT.search(text) is not None else ()
    for place in itertools.chain(found, bare):
        if all(place.start >= other.end or place.end <= other.start for other in places):
            places.append(place)
    return sorted(places, key=lambda place: place.start)


def find_written_places(text: str, lexicon: Lexicon, words: Sequence[Token]) -> Iterator[Place]:
    """Find what is written as an address or a street, the surest first; they may overlap."""
    ended = list(find_ended_streets(text, words, lexicon))
    yield from ended
    if _DIGIT.search(text) is None:
        return
    yield from find_named_streets(text, words, ended, lexicon)
    if any(word[1] in OF_HOUSES for word in words):
        yield from find_houses(text, lexicon)


def find_ended_streets(text: str, words: Sequence[Token], lexicon: Lexicon) -> Iterator[Place]:
    """Find what has a street's ending: with a number an address, without one a street."""
    shouted = text.isupper()
    # By place, since a named tuple's attribute costs twice as much, and this is asked of every word.
    for word in [word for word in words if word[1][-4:] in _LAST or word[1][-3:] in _SHORTEST]:
        if len(word.folded) > 4:
            yield from _at_street(text, word, lexicon, shouted=shouted)


_DIGIT = re.compile(r"\d")
# The first parts of a name with hyphens: `Al-Masoedilaan`.
_JOINED = re.compile(r"(?:[^\W\d_]+[-\u2011])+$")


def _at_street(text: str, word: Token, lexicon: Lexicon, *, shouted: bool) -> Iterator[Place]:
    """Read a word with a street's ending: with a number an address, without one a street."""
    folded = word.folded
    ending = next((folded[-size:] for size in range(_LONGEST, 2, -1) if folded[-size:] in STREET_ENDINGS), "")
    if not ending or folded == ending or (text[: word.start].endswith("@")):
        return
    end = word.end
    if ending == "str" and text[end : end + 1] == ".":
        end += 1
    capital = word.capital and not shouted
    street = lexicon.may_be_street(folded)
    plain = lexicon.is_word(folded)
    placed = not plain and _AT.search(text[max(0, word.start - 12) : word.start]) is not None
    named = (capital or placed) and not plain and folded not in lexicon.given
    begun = _BEGUN.search(text[max(0, word.start - 2) : word.start]) is not None
    inside = capital and begun and folded not in lexicon.places and folded not in _NOT_STREETS
    numbered = street or ending in _SURE or named or inside
    if plain and not capital and ending not in {"straat", "laan", "str"}:
        return
    tail = _HOUSE_NUMBER.match(text, end) if numbered else None
    if tail is not None and counts(text, tail.group(), tail.end(), lexicon):
        tail = _ONE_NUMBER.match(
            text, end
        )  # `Parkweg 118, 2 mannen`: the last number counts, the first does not
    start = word.start if shouted else _lead(text, word, ending, lexicon, numbered=tail is not None)
    if start == word.start and (joined := _JOINED.search(text[max(0, start - 24) : start])):
        start -= len(joined.group())
    if tail is not None and not counts(text, tail.group(), tail.end(), lexicon):
        yield Place(start, tail.end(), "adres", value_of(text[start : tail.end()]))
    elif street and not (plain and not capital) and not _surname(text, word, ending, lexicon):
        yield Place(start, end, "straat", value_of(text[start:end]))


def _surname(text: str, word: Token, ending: str, lexicon: Lexicon) -> bool:
    """`Petra Noordhof`, `dhr. Hulshof`: there an ending that surnames have as well makes no street."""
    if ending in {"straat", "laan", "plein", "gracht", "steeg", "dreef", "plantsoen", "str", "singel"}:
        return False
    before = text[max(0, word.start - 24) : word.start]
    if word.folded in lexicon.surnames and _ARTICLED.search(before) is None:
        return True
    if _INITIALS.search(before) or _TITLED.search(before):
        return True
    led = _GIVEN_BEFORE.search(before)
    if led is not None and not lexicon.is_word(fold(led.group(1))):
        return True
    named = _WORD_BEFORE.search(before)
    return named is not None and (
        fold(named.group(1)) in lexicon.given or fold(named.group(1)) in TITLES | CALLED | RELATIVES
    )


# `op de Hoogendijk` is the street, `bij Hoogendijk` are the people.
_ARTICLED = re.compile(
    r"(?<!\w)(?:(?:op|in|aan|langs|over) )?(?:de|het|'t|den) $|(?<!\w)(?:op|langs|hoek) $", re.IGNORECASE
)
_BEGUN = re.compile(r"[^\s.?!] $")
_AT = re.compile(r"(?<!\w)(?:op|in|aan|van|naar|bij|uit|voor|naast|achter|langs|tegenover) $", re.IGNORECASE)
_INITIALS = re.compile(r"(?<!\w)(?:[A-Z]\.\s?)+(?:(?:van|de|den|der|ter|ten|vd|v\.d\.|'t)\s)*$")
# `Driek van de Kerkhof`; `Hoek van de Meerhof` begins with a plain word.
_GIVEN_BEFORE = re.compile(r"(?:^|[a-z,] )([A-ZÀ-Þ][^\W\d_]+) (?:(?:van|de|den|der|het|ter|ten|'t) )+$")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.? $")


_TITLED = re.compile(
    r"\b(?:mevr|mevrouw|mw|dhr|heer|meneer|mijnheer|fam|familie)\.?\s(?:(?:van|de|den|der|het|'t|vd|v\.d\.)\s)*$",
    re.IGNORECASE,
)


# `Verzamelen Oude Schoolpad 4`: what belongs to a street whatever is before it.
_ADJECTIVE = re.compile(
    r"(?<!\w)(?:Oude|Nieuwe|Lange|Korte|Grote|Kleine|Eerste|Tweede|Derde|Hoge|Lage|Sint|St\.?|Sir|Lady|Lord)\s$"
)


def _lead(text: str, word: Token, ending: str, lexicon: Lexicon, *, numbered: bool) -> int:
    """Return where the street's name begins, the words before its last one taken in."""
    window = max(0, word.start - 48)
    lead = _LEAD.search(text[window : word.start])
    if lead is None:
        return word.start
    # `Iets van Grauwe Polderhof 88`: a plain word that a sentence begins with leads nothing.
    while lead["name"] is not None and lexicon.is_word(fold(lead["name"])):
        further = _LEAD.search(text[window : word.start], lead.start("name") + 1)
        if further is None:
            break
        lead = further
    described = _ADJECTIVE.search(text[window : word.start])
    alone = word.start if described is None else window + described.start()
    name = lead["name"]
    if name is not None and _INITIALS.search(text[window : window + lead.start("name")]):
        return alone  # `D. Kaplan Limbrichterdreef 5`
    if name is not None:
        first = fold(name)
        inside = text[window + lead.end("name") : word.start]
        placed = _WHERE.search(text[: window + lead.start()]) is not None
        # `bij Baden Powellweg 305`: inside a sentence a word with a capital before a street's is part of it.
        inner = placed and first not in lexicon.keep and first not in lexicon.places
        unlike = not lexicon.is_word(first) and first not in lexicon.places
        own = name[0].isupper() and (first in lexicon.given or unlike or inner)
        between = inside.split()
        if not own or not word.capital or len(between) > 2:
            return alone
        if _TITLED.search(text[: window + lead.start()]):
            return alone  # `mevrouw de Graaff van Esdoornstraat 12`
        apart = between[:1] == ["van"] or (between == ["de"] and not numbered)
        if apart and not placed and lexicon.is_word(word.folded[: -len(ending)]):
            # `Ria van Molenstraat 3`, `Petra de Heuvelstraat` begin with somebody;
            # `op Jan van Galenstraat 4`, `Willem de Zwijgerplein 112` are streets.
            return alone
    return window + lead.start()
