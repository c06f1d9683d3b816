"""House numbers that are called so, and what tells a number that means a house from one that counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chatcode.anonymize.folding import fold, word_set
from chatcode.anonymize.lexicon import Lexicon

DASH = r"\-" "\u2010\u2011\u2012\u2013"

ADDITION = (
    rf"(?:\s?[{DASH}/]?\s?(?:bis|bs|hs|zw|rd|[IVX]{{1,4}}|[a-hA-H])(?!\w)(?:\s?[{DASH}]?\s?\d{{1,3}}(?!\w))?"
    rf"|\s?[{DASH}/]?\s?(?:huis|zwart|rood|links|rechts|boven|beneden|achter|voor)(?=\s*(?:[^\w\s]|$))"
    r"|\s(?:zwart|rood)(?=\s(?:te|is|was|en|of|op|in|bij|aan|om|voor|van|over|naar|uit|staat|ligt|heeft|woont)\b)"
    rf"|[{DASH}/]\d{{1,2}}\s?hoog(?!\w)|[a-lA-Zn-tvwyz](?!\w)|[a-zA-Z]?[{DASH}/]\d{{1,4}}[a-z]?(?!\w|[.:]\d)"
    rf"|,?\s(?:kamer|appartement|app\.?|unit|bus)\s\d{{1,4}}[a-z]?(?!\w)"
    rf"|,?\s(?:\d{{1,2}}e|eerste|tweede|derde|vierde|vijfde|bovenste)\s(?:verdieping|etage|verd\.?|woonlaag)"
    rf"|,?\s(?:\d{{1,2}}|een|één|twee|drie|vier|vijf|zes)[\s{DASH}]?hoog(?:\s(?:achter|voor))?)"
)
# No letter, time, sum or share goes on from a house number.
END = r"(?!\w|[.:]\d|,\d|%|€|\s?°)"
EMERGENCY = frozenset({"112", "113", "144", "911"})
NUMBER = rf"[1-9]\d{{0,3}}{ADDITION}{{0,2}}"
_CALLS = "|".join(sorted(EMERGENCY))
_AND = rf"[{DASH}/,&+]|t/m|t/o|tm|tot en met|tegenover|tot|en|of"
# `Punter 14 18`: block and door.
_DOOR = r"\s(?!11[23]\b|144\b)[1-9]\d{0,2}(?!\w|[.,:/-]\d|\s\d)"
MORE = (
    rf"(?:(?:\s?(?:{_AND})\s?(?:nr\.?\s)?(?!(?:{_CALLS})\b){NUMBER}(?![.:]\d|\w)|{_DOOR})"
    r"(?!\s?(?:uur|u|euro|min|jaar|x|keer)\b))*"
)
YEAR = re.compile(r"(?:19|20)\d\d")
_HOUSE = re.compile(
    r"(?<![\w/])(?:(?:(?:huis)?nrs?|hnr|no)\b\.?|(?:huis)?nummers?\b|number\b|app\.|appartement\b)"
    rf"\s?:?\s?(?P<tail>{NUMBER}(?!\w|[.,:]\d|%){MORE})",
    re.IGNORECASE,
)
# One of these is in every text with such a house; most have none and are spared the search.
OF_HOUSES = word_set(
    """
    nr nrs huisnr huisnrs hnr no nummer nummers huisnummer huisnummers number app appartement
    hoog h hoogachter hoogvoor hoogrechts hooglinks
    """
)
_FLOOR = re.compile(
    r"(?<![\w,.:])\d{1,2}\s?(?:hoog|h)(?:\s?-?(?:achter|voor|links|rechts))?(?!\w|[-'])|(?<!\w)(?:een|één|twee|drie|vier|vijf)\s?hoog\s(?:achter|voor)(?!\w)",
    re.IGNORECASE,
)
NOT_HOUSES = re.compile(
    r"\b(?:container|lijn|bus|tram|metro|trein|perron|kamer|paal|mast|lantaarn\w*|baan|bushalte|halte|\w*paragraaf|"
    r"\w*artikel|pagina|blz|\w*regel|\w*punt|\w*stap|\w*groep|\w*wagen|rugnummer|plaats|\w*ronde|poging|\w*vraag|\w*foto|telefoon|tel|"
    r"meld\w*|"
    r"zaak\w*|serie|versie|team|speler|staat op|komt op|stond op|eindigt op|wint|won|win|winnaar|afslag|"
    r"knooppunt|"
    r"vak|veld|loket|balie|afrit|cel|optie|keuze|agenda\w*|klas|lokaal|unit|uitgang|slachtoffer|verdachte|"
    r"aflevering|deel|kaart|zitting|track)[\s:.#-]*$",
    re.IGNORECASE,
)
_OF_MANY = re.compile(r"\s(?:dit jaar|deze|van dit|van de week|op rij|sinds|in een|in de rij)")
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
    januari februari maart april mei juni juli augustus september oktober november december
    """
)
_QUALITIES = word_set("witte zwarte donkere lege volle halve hele nieuwe oude grote kleine onbekende")
MOST_THINGS = 20
_VERBS = word_set(
    """
    maken geven krijgen zeggen roepen schreeuwen klagen bellen slapen feesten bonken vieren doen houden
    staan zijn hebben gaan liggen willen kunnen moeten zitten komen lopen wonen worden zagen zien
    hadden waren stonden kwamen gingen lagen hoorden horen even binnen buiten tegen samen allen
    alleen open boven beneden morgen gisteren vandaag eens als is dus was ons anders thans trouwens
    langs soms ergens nergens en door heen tussen inmiddels sinds steeds net mensen zoeken zochten melden
    meldden vragen vroegen rijden reden spelen werken praten kopen koken dansen roken blaffen schieten breken
    branden kijken keken letten helpen draaien danken hopen leven weten denken laten zetten leggen sluiten
    stoppen bouwen hangen hingen vinden vonden nemen namen sturen stuurden lezen lazen blijven bleven
    """
) - {"mensen"}


@dataclass(frozen=True, slots=True)
class Place:
    """An address or a bare street in a text."""

    start: int
    end: int
    kind: str
    value: str


def find_houses(text: str, lexicon: Lexicon) -> Iterator[Place]:
    """Find house numbers that are called so, and floors: `nr 14`, `3 hoog achter`."""
    for match in _HOUSE.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        ranked = match["tail"] == "1" and before.rstrip().lower().endswith(("op", "de", "absoluut"))
        # What is called a number counts nothing: `op nr 12 jongen, dat weet je`.
        end = match.end()
        counted = counts(text, match["tail"], end, lexicon, most=0) or _OF_MANY.match(text, end)
        if not ranked and not counted and not NOT_HOUSES.search(before) and not YEAR.match(match["tail"]):
            yield Place(match.start(), match.end(), "adres", "nr" + value_of(match["tail"]))
    for match in _FLOOR.finditer(text):
        if not _STACKED.match(text, match.end()):
            yield Place(match.start(), match.end(), "adres", value_of(match.group()))


def counts(text: str, tail: str, end: int, lexicon: Lexicon, *, most: int = MOST_THINGS) -> bool:
    """Does the number count what follows it? Then it is no house number.

    Above `most` only a unit is counted, not whatever a plural may tell of.
    """
    following = re.match(r"\s+([^\W\d_]+(?:['\u2019]s)?)", text[end:])
    if following is None or not tail.rstrip()[-1:].isdigit():
        return False
    word = following.group(1).lower().replace("\u2019", "'")
    if word in _QUALITIES and int(re.findall(r"\d+", tail)[-1]) > MOST_THINGS:
        return False
    if word in _UNIT:
        return True
    if int(re.findall(r"\d+", tail)[-1]) > most or word in _VERBS:
        return False
    if not (word.islower() or "'" in word):
        return False
    return word.endswith("'s") or any(single in lexicon.words for single in _singles(word))


def _singles(word: str) -> Iterator[str]:
    """What a plural may be the plural of: `fietsen`, `mannen`, `bomen`, `huizen`."""
    if word.endswith("s"):
        yield word[:-1]
    if word.endswith("en") and len(word) > 4:
        stem, last = word[:-2], word[-3]
        last = {"z": "s", "v": "f"}.get(last, last)
        yield stem
        yield stem[:-1] + last
        yield stem[:-2] + 2 * stem[-2] + last
        if stem[-1] == stem[-2]:
            yield stem[:-1]


def value_of(raw: str) -> str:
    """What two writings of one address have in common."""
    return re.sub(r"[^\w]+", " ", fold(raw)).strip()
