"""Addresses: a street with a house number, or a house number alone that is meant as a house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chatcode.anonymize.folding import fold, word_set
from chatcode.anonymize.lexicon import Lexicon

_DASH = r"\-" "\u2010\u2011\u2012\u2013"

# Endings that make a word a street, and those that do so only before a house number.
STREET = (
    "straat|straatje|str|laan|laantje|weg|weggetje|plein|pleintje|dreef|singel|kade|gracht|steeg|plantsoen|boulevard|allee|dwarsstraat|"
    "pad|hof|hofje|dijk|ring|baan|hoek|gaarde|gaard|passage|promenade|lei"
)
_PERHAPS = (
    "haven|wal|markt|poort|brug|donk|veld|akker|kamp|horst|erf|streek|borg|burg|berg|burcht|werf|oever|meent|tocht|vaart|wetering|stede|hage|rode|"
    "wijk|zijde|end|eind|einde|heide|bos|beemd|es|esch|brink|dal|slag|weide|waard|zoom|kant|tuin|hoeve|hoven|rak|sloot|sluis|spoor|dam|park|"
    "vliet|zand|duin|duinen|meer|lande|land|gras|riet|terp|wier|molen|schans|vest|graaf|goot|kamer|hout|woud|ven|plaat|stroom|kolk|stuk|kreek|gors"
)
_ADDITION = (
    rf"(?:\s?[{_DASH}/]?\s?(?:bis|hs|huis|zwart|zw|rood|rd|links|rechts|boven|beneden|achter|voor|[IVX]{{1,4}}|[a-hA-H])(?!\w)"
    rf"(?:\s?[{_DASH}]?\s?\d{{1,3}}(?!\w))?"
    rf"|[a-zA-Z]{{1,2}}(?!\w)|[a-zA-Z]?[{_DASH}/]\d{{1,4}}[a-z]?(?![\w.:])"
    rf"|,?\s\d{{1,2}}e\s(?:verdieping|etage|verd\.?|woonlaag)|,?\s\d{{1,2}}\s?hoog(?:\s(?:achter|voor))?)"
)
_NUMBER = rf"\d{{1,4}}{_ADDITION}{{0,2}}"
_MORE = (
    rf"(?:\s?(?:[{_DASH}/,&+]|t/m|tm|tot en met|tot|en|of)\s?(?:nr\.?\s)?{_NUMBER}(?![.:]\d|\w)"
    r"(?!\s?(?:uur|u|euro|min|jaar|x|keer)\b))*"
)
_TAIL = rf"(?:\s?,?\s?(?:nr\.?|nummer|huisnr\.?|huisnummer|no\.|#)\s?|\s?){_NUMBER}(?!\w|[.:]\d|,\d|%|€|\s?°){_MORE}"
_STREET_WORD = re.compile(
    rf"(?<![\w@])(?P<street>(?:[^\W\d_]+[{_DASH}])?[^\W\d_]*?(?P<suffix>{STREET}|{_PERHAPS}))(?:(?<=[sS][tT][rR])\.|(?!\w))(?P<tail>{_TAIL})?",
    re.IGNORECASE,
)
# The words before a street's last word that belong to its name.
_TITLE = (
    "burgemeester|burg\\.|admiraal|generaal|prof\\.|professor|dr\\.|ds\\.|pastoor|pater|meester|mr\\.|minister|president|kapitein|"
    "koning|koningin|prins|prinses|graaf|gravin|hertog|sint|st\\.?|heer|laan|den|ten|ter|oude|nieuwe|lange|korte|grote|kleine|eerste|tweede|derde|\\d?e"
)
_LEAD = re.compile(
    rf"(?:(?<!\w)(?:(?i:{_TITLE})\s)(?:(?:van|de|den|der|het|'t|la|du)\s){{0,2}}(?:[A-ZÀ-Þ][^\W\d_]+\s|[A-Z]\.\s?){{0,2}}(?:(?:van|de|den|der|ten|ter)\s){{0,2}}"
    rf"|(?<!\w)(?P<name>[A-ZÀ-Þ][^\W\d_]+)\s(?:(?:de|den|der|van|van der|van den|ten|ter)\s)?(?:[A-ZÀ-Þ][^\W\d_]+\s)?)$"
)
_NAMED_ADDRESS = re.compile(
    rf"(?<![\w@])(?P<street>(?:(?:Den|De|Het|Ten|Ter|Op|Aan|'t|\u2019t|Oude|Nieuwe|Grote|Kleine|Lange|Korte|Van|St\.?|Sint)\s(?:de[nr]?\s|het\s|'t\s)?)*[A-ZÀ-Þ][^\W\d_]{{3,}})(?P<tail>{_TAIL})"
)
_PREPOSITION = re.compile(
    r"(?:\b(?:op|aan|in|bij|van|naar|uit|achter|voor|tegenover|naast|langs|adres|wonen|woon|woont|van de|van het|v/d)|[(:\n]|^|[^\w\s.,!?'\"/&-])[\s:]*$",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    rf"(?<![\w/])(?:(?:huis)?(?:nrs?|nummers?)|huisnr|no|hnr)\b\.?\s?:?\s?(?P<tail>{_NUMBER}(?!\w|[.,:]\d|%){_MORE})",
    re.IGNORECASE,
)
_FLOOR = re.compile(
    r"(?<![\w,.:])\d{1,2}\s?(?:hoog|h)(?:\s?-?(?:achter|voor|links|rechts))?(?!\w|[-'])|(?<!\w)(?:een|één|twee|drie|vier|vijf)\s?hoog\s(?:achter|voor)(?!\w)",
    re.IGNORECASE,
)
_LETTERED = re.compile(
    r"\b(?:voor|van|bij|op|naast|achter|tegenover|boven|onder|tussen|naar|huis|woning|flat)\s(?P<tail>\d{1,3}\s?[a-hA-H]|[A-D]-\d{2,4})(?![\w'\u2019]|[.:]\d)"
)
_OWNED = re.compile(
    rf"\b(?:buren|buurman|buurvrouw|mensen|lui|bewoners?|fam\.?|familie|die|dat|gezin|huis|woning|tuin|deur|poort|schuur|oprit|stoep)\s(?:van|op|bij)\s(?P<tail>\d{{1,3}}{_ADDITION}{{0,1}})(?!\w|[.,:]\d|%|\s?(?:jaar|jr|uur|euro|cent|kilo|m\b))",
    re.IGNORECASE,
)
_NOT_HOUSES = re.compile(
    r"\b(?:container|lijn|bus|tram|metro|trein|perron|kamer|paal|mast|lantaarn\w*|baan|bushalte|halte|paragraaf|artikel|pagina|blz|regel|punt|stap|groep|"
    r"wagen|rugnummer|plaats|ronde|poging|vraag|foto|telefoon|tel|meld\w*|zaak\w*|serie|versie|team|speler|staat op|komt op|stond op|eindigt op|wint|won|win|winnaar|"
    r"afslag|knooppunt|vak|veld|loket|balie|afrit|cel|optie|keuze|agenda\w*|klas|lokaal|unit|uitgang|slachtoffer|verdachte|aflevering|deel|kaart|zitting|track)[\s:.#-]*$",
    re.IGNORECASE,
)
_STACKED = re.compile(r"\s*(?:op)?ge?stapeld|\s*gestapel|\s*opgestapeld|\s*liggen|\s*water", re.IGNORECASE)
_UNIT = word_set(
    """
    keer x uur u minuten min maanden maand weken week dagen dag jaar jaren man mannen vrouwen
    jongens meisjes gasten mensen personen kinderen kids honden katten stuks euro meter m km
    kilometer kilo kg gram liter graden procent % pers politieauto's politiewagens auto's scooters
    fietsen fatbikes busjes brommers agenten brandweerwagens ambulances auto fiets scooter wagens
    huizen woningen deuren bomen lantaarnpalen koffers dozen zakken maten knallen klappen schoten
    bussen boa's tellen seconden sec uurtjes jochies gastjes knullen vent kerels dames heren figuren
    inbraken dodelijke verschillende nieuwe grote kleine hoog onbekende verdachte oude jonge donkere
    witte zwarte lege volle halve hele rijstroken appartementen
    """
)
_VERBS = word_set(
    """
    staan zijn hebben gaan liggen willen kunnen moeten zitten komen lopen wonen worden zagen zien
    hadden waren stonden kwamen gingen lagen hoorden horen even binnen buiten tegen samen allen
    alleen open boven beneden morgen gisteren vandaag eens als is dus was ons anders thans trouwens
    soms ergens nergens en door heen tussen inmiddels sinds steeds net mensen
    """
) - {"mensen"}
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
    """
)


@dataclass(frozen=True, slots=True)
class Place:
    """An address or a bare street in a text."""

    start: int
    end: int
    kind: str
    value: str


def find_places(text: str, lexicon: Lexicon) -> Iterator[Place]:
    """Find addresses and bare streets.

    `Molenlaan 12b`, `Turkooisstraat 1 t/m 5`, `nr 14`, `3 hoog achter`, `voor 41a` are addresses;
    a number that counts something (`op de laan 3 auto's`) is no house number. A street without a
    number is of the kind "straat".
    """
    shouted = text.isupper()
    for match in _STREET_WORD.finditer(text):
        kind = _street(match, lexicon, shouted)
        if not kind:
            continue
        start = match.start() if shouted else _lead(text, match, lexicon)
        if match["tail"] and not _counts(text, match):
            yield Place(start, match.end(), "adres", _value(text[start : match.end()]))
        elif kind == "sure" and not _surname(text, match, lexicon):
            yield Place(start, match.end("street"), "straat", _value(text[start : match.end("street")]))
    if _DIGIT.search(text) is None:
        return
    if not shouted:
        yield from _named(text, lexicon)
    for match in _HOUSE.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        ranked = match["tail"] == "1" and before.rstrip().lower().endswith(("op", "de", "absoluut"))
        if not ranked and not _NOT_HOUSES.search(before):
            yield Place(match.start(), match.end(), "adres", "nr" + _value(match["tail"]))
    for match in _FLOOR.finditer(text):
        if not _STACKED.match(text, match.end()):
            yield Place(match.start(), match.end(), "adres", _value(match.group()))
    for pattern in (_LETTERED, _OWNED):
        for match in pattern.finditer(text):
            if not _counts(text, match):
                yield Place(match.start("tail"), match.end("tail"), "adres", "nr" + _value(match["tail"]))


def _named(text: str, lexicon: Lexicon) -> Iterator[Place]:
    """A name of its own before a number, after a word of place: `op Wilgenborg 201`."""
    for match in _NAMED_ADDRESS.finditer(text):
        word = fold(match["street"].split()[-1])
        if word in _NOT_STREETS or _counts(text, match):
            continue
        before = text[max(0, match.start() - 14) : match.start()]
        if word in lexicon.given or word in lexicon.keep:
            continue
        if _PREPOSITION.search(before) and (
            before.strip(" (:") or not lexicon.is_word(word) or not match["tail"].strip().isdigit()
        ):
            yield Place(match.start(), match.end(), "adres", _value(match.group()))


def _value(raw: str) -> str:
    return re.sub(r"[^\w]+", " ", fold(raw)).strip()


_ENDS = frozenset(STREET.split("|"))
_DIGIT = re.compile(r"\d")


def _street(match: re.Match[str], lexicon: Lexicon, shouted: bool) -> str:
    """Tell whether the word is a street: "sure", "numbered" (only with a house number), or not."""
    word = fold(match["street"])
    suffix = fold(match["suffix"])
    capital = match["street"][:1].isupper() and not shouted
    if word == suffix:
        return ""
    plain = lexicon.is_word(word)
    if suffix in _ENDS and (
        not plain or suffix in {"straat", "laan", "str"} or (capital and suffix in {"weg", "plein", "dreef"})
    ):
        return "sure" if not plain or capital else "numbered"
    if suffix in _ENDS and capital:
        return "numbered"
    return "numbered" if capital and not plain and word not in lexicon.given else ""


def _surname(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """`Petra Noordhof`: after a given name an ending that surnames have as well makes no street."""
    if fold(match["suffix"]) not in {"hof", "hoek", "dijk", "baan", "ring", "pad", "kade", "gaarde", "weg"}:
        return False
    before = re.search(r"([^\W\d_]+) $", text[max(0, match.start() - 24) : match.start()])
    return before is not None and fold(before.group(1)) in lexicon.given


def _lead(text: str, match: re.Match[str], lexicon: Lexicon) -> int:
    """Return where the street's name begins, the words before its last one taken in."""
    window = max(0, match.start() - 48)
    lead = _LEAD.search(text[window : match.start()])
    if lead is None:
        return match.start()
    name = lead["name"]
    if name is not None:
        first = fold(name)
        inside = text[window + lead.end("name") : match.start()]
        own = name[0].isupper() and (first in lexicon.given or not lexicon.is_word(first))
        between = inside.split()
        if not own or not match["street"][0].isupper() or len(between) > 2:
            return match.start()
        if between == ["van"] and lexicon.is_word(fold(match["street"])[: -len(match["suffix"])]):
            return (
                match.start()
            )  # `Ria van Molenstraat 3` is Ria, of a street; `Jan van Galenstraat` is a street
    return window + lead.start()


def _counts(text: str, match: re.Match[str]) -> bool:
    """Does the number count what follows it? Then it is no house number."""
    tail = match["tail"]
    numbers = re.findall(r"\d+", tail)
    following = re.match(r"\s+([^\W\d_]+(?:['\u2019]s)?)", text[match.end() :])
    if following is None or not tail.rstrip()[-1:].isdigit():
        return False
    word = following.group(1).lower().replace("\u2019", "'")
    if word in _UNIT:
        return True
    return (
        int(numbers[-1]) <= 20
        and word not in _VERBS
        and (
            word.endswith("'s")
            or (word.endswith(("en", "s")) and len(word) > 4 and word.isalpha() and word.islower())
        )
    )
