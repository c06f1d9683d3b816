"""Addresses: a street with a house number, or a house number alone that is meant as a house."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from chatcode.anonymize.bare_numbers import find_bare_numbers
from chatcode.anonymize.context import Token, tokens_of
from chatcode.anonymize.cues import CALLED, RELATIVES
from chatcode.anonymize.folding import fold, word_set
from chatcode.anonymize.houses import MORE, NUMBER, OF_HOUSES, YEAR, Place, counts, find_houses, value_of
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.names import TITLES

# Endings that make a word a street where a house number follows.
_ENDINGS = word_set(
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
# The last letters of a word rule most words out at once: four of them, three where the ending has no more.
_LAST = frozenset(ending[-4:] for ending in _ENDINGS)
_LONGEST = max(map(len, _ENDINGS))
_SHORTEST = frozenset(ending for ending in _ENDINGS if len(ending) == 3)
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
_NAMED_ADDRESS = re.compile(
    r"(?<![\w@])(?P<street>(?:(?:(?i:de|het|'t)|Laan|Plein|Weg|Hof|Pad|Kade|Singel|Boulevard|Dreef|Park|Den|De|Het|Ten|Ter|Op|Aan|'t|\u2019t|Oude|Nieuwe|Grote|Kleine|Lange|Korte|Van|St\.?|Sint)\s"
    rf"(?:van\s)?(?:de[nr]?\s|het\s|'t\s)?)*[A-ZÀ-Þ][^\W\d_]{{3,}}|(?:(?:Aan|Op|In|Achter|Onder|Boven)\s(?i:de|het|'t)|De|Het|It|'t)\s[A-ZÀ-Þ][^\W\d_]{{2}})(?P<tail>\s{NUMBER}(?!\w|[.:]\d|,\d|%|€|\s?°){MORE})"
)
# `Oude Gracht 12`, `De Hoge Weide 3`, `'t Hof 5`: what a street is, written as part of its name.
_PAIRED_ADDRESS = re.compile(
    r"(?<![\w@])(?:(?:De|Het|['\u2019]t)\s)?(?P<lead>[A-ZÀ-Þ][^\W\d_]{2,})\s"
    r"(?:Gracht|Markt|Haven|Poort|Weide|Water|Hof|Weg|Laan|Plein|Dijk|Kade|Dam|Pad|Brink|Singel|Wal|Dreef|Erf|Baan|"
    r"Park|Kamp|Veld|Meer|Zand|Steeg|Straat|Einde?|Zijde|Vaart|Sluis|Brug|Bos|Hoeve|Akker|Es|Oever|Werf|Molen)"
    rf"(?P<tail>\s{NUMBER}(?!\w|[.:]\d|,\d|%|€|\s?°){MORE})"
    r"|(?<!\w)(?:(?:(?:Op|Aan|In|Achter)\s)?['\u2019]t\s[A-ZÀ-Þ][^\W\d_]{2,}|(?:De|Het)\s(?:Steeg|Dijk|Plein|Brink|Markt|Kade|Gracht|Haven|Laan|Hof|Dam))"
    rf"(?P<short>\s{NUMBER}(?!\w|[.:]\d|,\d|%|€|\s?°))"
)
# `Hoge Beemd 118`: an adjective before what is a street's last word elsewhere.
_TWO_WORDS = re.compile(
    r"(?<![\w@])(?:Hoge|Lage|Hoog|Laag|Kromme|Brede|Smalle|Rode|Witte|Zwarte|Groene|Blauwe|Gouden|Diepe|Verre|Lange|Korte|Oude|Nieuwe"
    r"|Grote|Kleine|Groot|Klein|Voorste|Achterste|Middelste|Eerste|Tweede|Derde|Boven|Beneden|Noord|Oost|Zuid|West|Voor|Achter)"
    rf"\s(?P<noun>[A-ZÀ-Þ][^\W\d_]{{2,}})(?P<tail>\s{NUMBER}(?!\w|[.:]\d|,\d|%|€|\s?°){MORE})"
)
# `bij Lytse Finne 3`: two words with a capital between a preposition and a number.
_PLACED_PAIR = re.compile(
    r"(?<!\w)(?i:op|aan|in|bij|by|bie|naar|uit|van|voor|achter|tegenover|naast)\s"
    rf"(?P<place>(?P<lead>[A-ZÀ-Þ][^\W\d_]{{3,}})\s(?P<word>[A-ZÀ-Þ][^\W\d_]{{2,}})(?P<tail>\s{NUMBER}(?!\w|[.:]\d|,\d|%|€|\s?°){MORE}))"
)
# `Osdorper Ban 208-2`, `Utrechtse Heul 5`: an adjective of a town.
_TOWN_ADDRESS = re.compile(
    r"(?<![\w@])(?P<town>[A-ZÀ-Þ][^\W\d_]{3,}(?:er|se))\s[A-ZÀ-Þ][^\W\d_]{2,}"
    rf"(?P<tail>\s{NUMBER}(?!\w|[.:]\d|,\d|%|€|\s?°){MORE})"
)
# A word for a bird, a flower or a stone in lower case, at a number: `op saffier 63`.
_THEME_ADDRESS = re.compile(
    r"(?<!\w)(?:op|aan|van|naar|bij|voor|tegenover|naast|achter|uit)\s"
    rf"(?P<place>(?P<word>[a-z]{{3,}})(?P<tail>\s{NUMBER}(?!\w|[.:]\d|,\d|%|€|\s?°)))"
)
_PREPOSITION = re.compile(
    r"(?:\b(?:op|aan|in|bij|by|bie|yn|veur|van|naar|uit|achter|voor|tegenover|naast|langs|adres|wonen|woon|woont|"
    r"inbraak|insluiping|poging|brand|alarm|overlast|melding|pakketje|pakket|bewoners|"
    r"van de|van het|v/d)"
    r"|[(:\n]|^|[^\w\s.,!?'\"/&-])[\s:]*$",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:op|aan|in|bij|by|bie|naar|uit|langs|hoek|van|voor|achter|tegenover|naast|verzamelen|adres|de)\s$",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"(?<!\w)(?:de|het|een|'t|deze|die|dat|dit|geen|mijn|onze|ons) $", re.IGNORECASE)
_CLOSED = re.compile(r"\s*(?:[,.)!?\n]|$)")
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
    shouted = text.isupper()
    # By place, since a named tuple's attribute costs twice as much, and this is asked of every word.
    for word in [word for word in words if word[1][-4:] in _LAST or word[1][-3:] in _SHORTEST]:
        if len(word.folded) > 4:
            yield from _at_street(text, word, lexicon, shouted=shouted)
    if _DIGIT.search(text) is None:
        return
    if not shouted:
        yield from _named(text, lexicon)
    if any(word[1] in OF_HOUSES for word in words):
        yield from find_houses(text, lexicon)


def _named(text: str, lexicon: Lexicon) -> Iterator[Place]:
    """A name of its own before a number: `op Wilgenborg 201`, `Dwarsgouw 19`, `Wielewaal 113`."""
    before = [match[1] for match in _WORD_AND_NUMBER.finditer(text)]
    if any(word in lexicon.themes for word in before):
        yield from _themed(text, lexicon)
    if not any(word[0].isupper() for word in before):
        return
    for match in _PAIRED_ADDRESS.finditer(text):
        tail = match["tail"] or match["short"]
        lead = fold(match["lead"] or "")
        if lead not in _NO_LEADS and not counts(text, tail, match.end(), lexicon):
            yield Place(match.start(), match.end(), "adres", value_of(match.group()))
    for match in _NAMED_ADDRESS.finditer(text):
        word, tail = fold(match["street"].split()[-1]), match["tail"]
        placed = _AT_THE.match(match["street"]) is not None
        if (
            (word in _NOT_STREETS and not placed)
            or YEAR.fullmatch(tail.strip())
            or counts(text, tail, match.end(), lexicon)
        ):
            continue
        if placed or _is_named(text, match, word, lexicon):
            yield Place(match.start(), match.end(), "adres", value_of(match.group()))
    yield from _paired(text, lexicon)


def _paired(text: str, lexicon: Lexicon) -> Iterator[Place]:
    """Two words with a capital before a number: `Hoge Beemd 118`, `bij Lytse Finne 3`, `Osdorper Ban 5`."""
    for match in _TWO_WORDS.finditer(text):
        tail, noun = match["tail"], fold(match["noun"])
        if noun in _ENDINGS and noun not in _NOT_STREETS and not counts(text, tail, match.end(), lexicon):
            yield Place(match.start(), match.end(), "adres", value_of(match.group()))
    for match in _PLACED_PAIR.finditer(text):
        words = {fold(match["lead"]), fold(match["word"])}
        lead = fold(match["lead"])
        named = lead in lexicon.given or lead in lexicon.both or lead in lexicon.surnames
        if (
            not named
            and words.isdisjoint(lexicon.keep | _NOT_STREETS)
            and not counts(text, match["tail"], match.end(), lexicon)
        ):
            yield Place(match.start("place"), match.end("place"), "adres", value_of(match["place"]))
    for match in _TOWN_ADDRESS.finditer(text):
        lead = fold(match["town"])
        towns = {lead[:-2], lead[:-3], lead[:-1], lead[:-4]} & lexicon.places
        if towns and lead not in lexicon.given and not counts(text, match["tail"], match.end(), lexicon):
            yield Place(match.start(), match.end(), "adres", value_of(match.group()))


def _themed(text: str, lexicon: Lexicon) -> Iterator[Place]:
    """`op saffier 63`: what streets are named after, in lower case."""
    for match in _THEME_ADDRESS.finditer(text):
        if match["word"] in lexicon.themes and not counts(text, match["tail"], match.end(), lexicon):
            yield Place(match.start("place"), match.end("place"), "adres", value_of(match["place"]))


# `Aan de Pas 10`: no sentence has a capital there, but where it begins.
_AT_THE = re.compile(r"(?:Aan|Op|In|Achter|Onder|Boven)\s(?:de|het|'t)\s")
# What all patterns for a name before a number need.
_WORD_AND_NUMBER = re.compile(r"([^\W\d_]+)\s[1-9]")


def _is_named(text: str, match: re.Match[str], word: str, lexicon: Lexicon) -> bool:
    """Is a word with a capital before a number a street?"""
    if _POSTCODE_AFTER.match(text, match.end()):
        return True
    before = text[max(0, match.start() - 14) : match.start()]
    if word in lexicon.themes and " " not in match["street"]:
        return _DETERMINER.search(before) is None
    led = match["street"].startswith(("Op ", "Aan ", "De ", "Het "))
    if (word in lexicon.given and not led) or word in lexicon.keep:
        return False
    plain, bare = lexicon.is_word(word), match["tail"].strip().isdigit()
    if before and not plain and not _is_known(word, lexicon) and not _MAKE.search(before):
        return True
    inside = _INSIDE.search(before) is not None and word not in lexicon.common
    if plain and inside and len(word) > _LONG and not lexicon.is_built(word):
        return True  # `verzamelen Rietkraag 77`: inside a sentence no noun has a capital
    alone = re.search(r",\s$" if plain else r"[.?!,]\s$", before) is not None
    if _PREPOSITION.search(before) is not None and (before.strip(" (:") != "" or not plain or not bare):
        return True
    return alone and (not bare or _CLOSED.match(text, match.end()) is not None)


_INSIDE = re.compile(r"[a-z]\s$")
_LONG = 7
# `Hooiopper 27, 5503 ZM`; a postcode that was found before stands there as so many signs of no meaning.
_POSTCODE_AFTER = re.compile(r"[,\s]{1,2}(?:[1-9]\d{3}\s?[A-Z]{2}|\x00{6,7})(?![\w\x00])")


def _is_known(word: str, lexicon: Lexicon) -> bool:
    """Has a list the word, as something else than a street?"""
    return word in lexicon.both or word in lexicon.places or word in lexicon.family or word in lexicon.rare


# `Peugeot Partner 2`: a make and its type.
_MAKE = re.compile(r"(?<!\w)(?:[A-ZÀ-Þ][^\W\d_]+|type|model|merk|serie|maat|versie|nieuwe)\s$")
# A word of place with a capital at the beginning of a sentence is no part of the name: `Bij Haven 3`.
_NO_LEADS = word_set("op aan in bij van naar uit achter voor langs tegenover naast de het een die deze")


_DIGIT = re.compile(r"\d")
# The first parts of a name with hyphens: `Al-Masoedilaan`.
_JOINED = re.compile(r"(?:[^\W\d_]+[-\u2011])+$")


def _at_street(text: str, word: Token, lexicon: Lexicon, *, shouted: bool) -> Iterator[Place]:
    """Read a word with a street's ending: with a number an address, without one a street."""
    folded = word.folded
    ending = next((folded[-size:] for size in range(_LONGEST, 2, -1) if folded[-size:] in _ENDINGS), "")
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
