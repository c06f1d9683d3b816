"""House numbers alone, and what tells a number that means a house from one that counts something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chatcode.anonymize.folding import fold, word_set
from chatcode.anonymize.lexicon import Lexicon

DASH = r"\-" "\u2010\u2011\u2012\u2013"

_ADDITION = (
    rf"(?:\s?[{DASH}/]?\s?(?:bis|hs|zw|rd|[IVX]{{1,4}}|[a-hA-H])(?!\w)(?:\s?[{DASH}]?\s?\d{{1,3}}(?!\w))?"
    rf"|\s?[{DASH}/]?\s?(?:huis|zwart|rood|links|rechts|boven|beneden|achter|voor)(?=\s*(?:[^\w\s]|$))"
    rf"|[a-lA-Zn-tvwyz](?!\w)|[a-zA-Z]?[{DASH}/]\d{{1,4}}[a-z]?(?![\w.:])"
    rf"|,?\s(?:kamer|appartement|app\.?|unit)\s\d{{1,4}}[a-z]?(?!\w)"
    rf"|,?\s(?:\d{{1,2}}e|eerste|tweede|derde|vierde|vijfde|bovenste)\s(?:verdieping|etage|verd\.?|woonlaag)|,?\s\d{{1,2}}\s?hoog(?:\s(?:achter|voor))?)"
)
NUMBER = rf"[1-9]\d{{0,3}}{_ADDITION}{{0,2}}"
MORE = (
    rf"(?:\s?(?:[{DASH}/,&+]|t/m|t/o|tm|tot en met|tegenover|tot|en|of)\s?(?:nr\.?\s)?{NUMBER}(?![.:]\d|\w)"
    r"(?!\s?(?:uur|u|euro|min|jaar|x|keer)\b))*"
)
YEAR = re.compile(r"(?:19|20)\d\d")
_HOUSE = re.compile(
    rf"(?<![\w/])(?:(?:(?:huis)?nrs?|hnr|no)\b\.?|(?:huis)?nummers?\b|number\b)\s?:?\s?(?P<tail>{NUMBER}(?!\w|[.,:]\d|%){MORE})",
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
# `jongen van 212`: what may be an age has three figures, and a thing may count.
_OF_HOUSE = re.compile(
    r"\b(?:jongens?|meisjes?|man|vrouw|gozer|gasten?|kinderen|kids|zoon|dochter|hond|kat|auto|fiets|kliko|container|camera)"
    r"\s(?:van|op|bij)\s(?:nr\.?\s)?(?P<tail>[1-9]\d\d[a-z]?)(?!\w|[.,:]\d|%)",
    re.IGNORECASE,
)
_AT_HOUSE = re.compile(
    r"\b(?:ligt|staat|afgegeven|afgeleverd|bezorgd|aangenomen|aanbellen|aangebeld|belt? aan|belde aan|"
    r"woont|wonen|woon|inbraak|ingebroken|lekkage|brandt?|overlast|feest|feestje)\s(?:bij|op|in|van)\s"
    r"(?P<tail>\d{1,3}[a-z]?)(?=\s*(?:$|[!?)\n]|[.,](?!\d)|\s(?:en|of|dus|maar|want)\b))",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:achter|naast|tegenover)\s(?:nr\.?\s)?(?P<tail>\d{1,4}[a-z]?)(?!\w|[.,:]\d|-\d|%|\s?(?:jaar|jr|uur|euro|m\b))",
    re.IGNORECASE,
)
# `ligt hier, 14b.`: between two signs.
_ALONE = re.compile(r"[,.!?(]\s(?P<tail>[1-9]\d{0,2}[a-d])(?=[.,!?)]\s|[.,!?)]?$)", re.MULTILINE)
# `op 14 woont die student`, `lag bij mij op 5,`
_LIVED_AT = re.compile(
    r"\b(?:op|van|bij)\s(?P<tail>[1-9]\d{0,2}[a-h]?)(?=\s(?:woont|wonen|woonde|woonden)\b)"
    r"|\b(?:bij (?:mij|ons|hen|haar|hem)|(?:woon|woont|wonen|woonde|woonden|zit|zitten|zat)"
    r"(?: (?:eerst|vroeger|nu|al|toen|hier|daar|ook|zelf|nog|toch)){0,2}) (?:op|van) "
    r"(?P<other>[1-9]\d{0,2}[a-h]?)(?=[!?)]|[,.](?!\d)|$|\s(?:ook|nog|al|weer|geweest|net|is|was|zijn|hebben|heeft|en|maar|die|dat|dus|want)\b)",
    re.IGNORECASE,
)
# `zaten net bij 31.`, `bij 33 lag alles vol`: at a number that counts nothing; `bij 112` is no house.
_NEAR = re.compile(
    r"(?<!\d\s)(?<!\w)(?:bij|by)\s(?!11[23]\b|144\b)(?P<tail>[1-9]\d{0,2}[a-h]?)"
    r"(?=[!?)\n]|[.,](?!\d)|\s*$|\s(?!van\b|ervan\b|daarvan\b|of meer\b|op de\b|tot\b|per\b)[a-zà-þ])",
    re.IGNORECASE,
)
# `de meneer van 17`, `die puber v 31`: of a number that nobody of that kind has years of.
_GENTRY = re.compile(
    r"(?<!een )(?<!'n )\b(?:meneer|mijnheer|mevrouw|mevr|mw|dhr|opa|oma|dame|(?:over|boven|onder|beneden)"
    r"bu(?:ren|urman|urvrouw)|buurtjes)\.?\s(?:van|v\.?|op)\s(?:nr\.?\s)?"
    r"(?!11[23]\b)(?P<tail>[1-9]\d{0,2}[a-h]?)(?!\w|[.,:]\d|%|\s?(?:jaar|jr))"
    r"|\b(?:pubers?|tieners?|jongens?|jochies?|meisjes?|kinderen|kids|kleuters?|peuters?|scholieren|zoon|dochter)\s(?:van|v\.?|op)\s(?:nr\.?\s)?"
    r"(?P<young>[3-9]\d[a-h]?)(?!\w|[.,:]\d|%|\s?(?:jaar|jr))",
    re.IGNORECASE,
)
_IN_HOUSE = re.compile(
    r"\b(?P<tail>(?:(?:huis|woning|huisje|bungalow|chalet|appartement)\s\d{1,3}[a-z]?|(?:app\.|appartement)\s\d{1,4}))(?!\w|[.,:]\d|%)",
    re.IGNORECASE,
)
# `1207 is leeg sinds`, `38 doet niet open`
_OPENING = re.compile(
    r"(?:^|[.!?]\s)(?!11[23]\b|144\b)(?P<tail>[1-9]\d{0,3}[a-h]?)(?=\s(?:"
    r"is (?:nu |weer |ook |al )?(?:leeg|thuis|weg|dicht|verhuisd|verkocht|op vakantie)"
    r"|staat (?:leeg|te koop)|doet (?:niet )?open|brandt|woont)\b)",
    re.IGNORECASE | re.MULTILINE,
)
# `dat hij bij mij ligt, 18`
_AFTER_ME = re.compile(
    r"\b(?:mij|ons|hier)(?:\s\w+)?,\s(?P<tail>[1-9]\d{0,2}[a-h]?)(?=[.!?]*\s*$)", re.IGNORECASE
)
_FURTHER = re.compile(
    r"(?:,\s?|\s?/\s?|,?\s(?:en|of)\s|\s?&\s?)(?:(?:op|bij|van|nr\.?)\s)?(?P<number>[1-9]\d{0,2}[a-h]?)"
    r"(?!\w|[.:,]\d|-\d|%|\s?(?:uur|u|euro|min|jaar|jr|x|keer|januari|februari|maart|april|mei|juni|juli|augustus"
    r"|september|oktober|november|december)\b)",
    re.IGNORECASE,
)
# `stond weer voor 33 snap jij`: above the hours of a day, before whatever is not counted.
_HIGH = re.compile(
    r"\b(?:bij|naast|tegenover|(?:staat|staan|stond|stonden|stil|geparkeerd|stoep|deur)"
    r"\s(?:(?:nu|nog|weer|al|altijd|net)\s){0,2}voor)\s(?!11[23]\b|144\b|100\b|1000\b)(?P<tail>(?:2[5-9]|[3-9]\d|[1-9]\d\d)[a-h]?)(?=\s[^\W\d_])"
    r"(?!\s?(?:uur|u|euro|cent|eur|procent|graden|km|jaar|jr|x|keer"
    r"|ct|plus|plussers|min|m|cm|per|en meer|of meer)\b)",
    re.IGNORECASE,
)
# `wij op 39 hebben het gehoord`, `kom maar langs op 8,`; a day of the month has no such word before it.
_ON = re.compile(
    r"\b(?:wij|ons|mij|me|hen|hun|haar|hem|zij|jou|jullie|langs|tegenover|buurman|buurvrouw|buren|fam|familie"
    r"|bus|brievenbus|los|open|vast|kapot"
    r"|afgeven|afgegeven|afhalen|ophalen|halen|terecht|bezorgd|bezorgen|brengen|gebracht|koffie|sleutel|pakketje|bel),?\sop\s"
    r"(?P<tail>[1-9]\d{0,2}[a-h]?)(?=[!?)]|[,.](?!\d)|\s*$|\s[\U0001f300-\U0001faff\u2600-\u27bf]"
    r"|\s(?:voor|hebben|heeft|is|zijn|was|staat|ligt|en|of|want|maar|dus|als|aub|svp|graag|kan|mag)\b)"
    r"|\bop\s(?P<high>(?:3[2-9]|[4-9]\d|[1-9]\d\d)[a-h]?)(?!\w|[.,:/]\d|-\d|%|€)"
    r"(?!\s?(?:graden|procent|km|na|meter|m|cm|uur|euro|kilometer|jarige|punten|keer|van de|plaatsen|volt"
    r"|watt)\b)",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:stand|staat|stond|stonden|teller|thermometer|graden|kachel|verwarming|thermostaat|score|kanaal|zender|niveau|komt|kwam"
    r"|rijdt|rijden|reed|reden|uit|zet|zetten|gezet|gok|schat|max|maximaal|snelheid|hartslag|batterij|accu|volume|plek|plaats|lijst|rekening)"
    r"(?:\s\w+){0,2}\s$",
    re.IGNORECASE,
)
# `groet Aga 14b`
_LAST = re.compile(r"(?<=[^\W\d_]\s)(?P<tail>[1-9]\d{0,2}[a-d])(?=[.!?]*\s*$)")
# `staan aan voor 23`, `op de stoep voor 17`: where something stands or somebody looks, at the end.
_BEFORE_HOUSE = re.compile(
    r"\b(?:paal|paaltje|lantaarnpaal|boom|put|goot|drempel|bloembak|parkeervak|tegels|stoep|oprit|deur|poort|tuin|hek|heg|muur|raam|ramen|lamp|lampen|licht|kliko|container|auto|busje|scooter|fiets|bankje"
    r"|geparkeerd|parkeert|parkeren|staan|staat|stond|stonden|ligt|liggen|lag|lagen|aan|hangt|hing)\s"
    r"(?:(?:nog|weer|steeds|al|hier|daar|er|net|altijd)\s){0,2}(?:voor|achter|bij|naast|van|tot aan)\s"
    r"(?!11[23]\b|144\b)(?P<tail>[1-9]\d{0,2}[a-h]?)(?=[!?)]|[,.](?!\d)|\s*$|\s(?:(?:en|maar|want|dus|of)\s|ge\w{3}))",
    re.IGNORECASE,
)
# `hij zoekt 41 want`, `tot aan 67.`, `ook van 33 en 35 want`, `33 bis`.
_SOUGHT = re.compile(
    r"\b(?:zoekt|zoek|zocht|zoeken|tot aan|richting)\s(?P<tail>[1-9]\d{0,2}[a-h]?)"
    r"(?=[!?)]|[,.](?!\d)|\s*$|\s(?:en|maar|want|dus|of|die|dat)\s)"
    r"|\bhier\s(?:nr\.?\s)?(?P<here>[1-9]\d{0,2}[a-h]?)(?=[!?]|[,.](?!\d)|\s*$)"
    r"|(?:^|[.!?,]\s|\b(?:ook|camera|camera's|beelden|eieren|stenen|gooien|gooide|gooiden|spelen|trapt|trappen|dan|die|of|en)\s)(?:bij|van|op|tegen)\s(?P<listed>[1-9]\d{0,2}[a-h]?)"
    r"(?=\s(?:en|of)\s[1-9]\d{0,2}[a-h]?(?:[.,!?)](?!\d)|\s(?:want|die|dat|hebben|zijn|is|ook|maar|dus)\b|\s*$))"
    r"|\btussen\s(?P<between>(?:2[5-9]|[3-9]\d|[1-9]\d\d)[a-h]?)(?=\sen\s[1-9]\d{1,2}[a-h]?(?:[!?)]|[,.](?!\d)|\s*$|\s(?:in|op|is|staat|ligt|die|dat)\b))"
    r"|(?<![\w.,:])(?P<added>[1-9]\d{0,3}\s?(?:bis|hs))(?!\w)",
    re.IGNORECASE,
)
# What one of the patterns below needs; most numbers are times, sums and counts without it.
_CANDIDATE = re.compile(
    r"(?:\b(?:bij|by|op|van|v|voor|naast|achter|tegenover|aan|in|tussen|richting|tegen|hier|huisje|bungalow|chalet|appartement|app|zoekt?|zoeken|zocht|boven|onder|naar|huis"
    r"|woning|huisje|flat)\.?\s(?:nr\.?\s)?(?:[A-D]-)?[1-9]\d{0,3}\s?[a-h]?(?![\w:/%]|[.,]\d|\s?(?:uur|euro|min|jaar|km)\b))"
    r"|(?<![\w.,:])[1-9]\d{0,3}(?:[a-d]|\s?bis|\s?hs)(?!\w)|(?:^|[.!?]\s)[1-9]\d{0,3}[a-h]?\s[a-z]|,\s[1-9]\d{0,2}[a-h]?[.!?]*\s*$",
    re.IGNORECASE,
)
_BARE = (
    _LIVED_AT,
    _BEFORE_HOUSE,
    _HIGH,
    _ON,
    _LAST,
    _SOUGHT,
    _LETTERED,
    _OWNED,
    _GENTRY,
    _OF_HOUSE,
    _AT_HOUSE,
    _NEAR,
    _BESIDE,
    _IN_HOUSE,
    _OPENING,
    _AFTER_ME,
    _ALONE,
)
_NOT_HOUSES = re.compile(
    r"\b(?:container|lijn|bus|tram|metro|trein|perron|kamer|paal|mast|lantaarn\w*|baan|bushalte|halte|paragraaf|"
    r"artikel|pagina|blz|regel|punt|stap|groep|wagen|rugnummer|plaats|ronde|poging|vraag|foto|telefoon|tel|"
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
    """
)
_QUALITIES = word_set("witte zwarte donkere lege volle halve hele nieuwe oude grote kleine onbekende")
_MOST_THINGS, _MOST_HOUSES = 20, 999
_VERBS = word_set(
    """
    maken geven krijgen zeggen roepen schreeuwen klagen bellen slapen feesten bonken vieren doen houden
    staan zijn hebben gaan liggen willen kunnen moeten zitten komen lopen wonen worden zagen zien
    hadden waren stonden kwamen gingen lagen hoorden horen even binnen buiten tegen samen allen
    alleen open boven beneden morgen gisteren vandaag eens als is dus was ons anders thans trouwens
    soms ergens nergens en door heen tussen inmiddels sinds steeds net mensen
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
    """Find house numbers that stand without a street: `nr 14`, `3 hoog achter`, `bij 33 brandt`."""
    for match in _HOUSE.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        ranked = match["tail"] == "1" and before.rstrip().lower().endswith(("op", "de", "absoluut"))
        counted = counts(text, match["tail"], match.end(), lexicon) or _OF_MANY.match(text, match.end())
        if not ranked and not counted and not _NOT_HOUSES.search(before) and not YEAR.match(match["tail"]):
            yield Place(match.start(), match.end(), "adres", "nr" + value_of(match["tail"]))
    for match in _FLOOR.finditer(text):
        if not _STACKED.match(text, match.end()):
            yield Place(match.start(), match.end(), "adres", value_of(match.group()))
    if _CANDIDATE.search(text) is None:
        return
    for pattern in _BARE:
        for match in pattern.finditer(text):
            start, end = match.span(match.lastgroup or 0)
            while start < end:
                number = text[start:end]
                most = _MOST_HOUSES if pattern in (_HIGH, _ON, _NEAR) else _MOST_THINGS
                if counts(text, number, end, lexicon, most=most) or YEAR.fullmatch(number):
                    break
                before = text[max(0, start - 24) : start]
                if pattern in (_LAST, _HIGH) and _NOT_HOUSES.search(before):
                    break
                if pattern is _ON and _MEASURED.search(before.removesuffix("op ")):
                    break
                yield Place(start, end, "adres", "nr" + value_of(number))
                start, end = _another(text, end)


def _another(text: str, end: int) -> tuple[int, int]:
    """`bij 15, 17 en 21`: where the next number of a list of houses stands."""
    further = _FURTHER.match(text, end)
    return further.span("number") if further else (end, end)


def counts(text: str, tail: str, end: int, lexicon: Lexicon, *, most: int = _MOST_THINGS) -> bool:
    """Does the number count what follows it? Then it is no house number.

    Above `most` only a unit is counted, not whatever a plural may tell of.
    """
    following = re.match(r"\s+([^\W\d_]+(?:['\u2019]s)?)", text[end:])
    if following is None or not tail.rstrip()[-1:].isdigit():
        return False
    word = following.group(1).lower().replace("\u2019", "'")
    if word in _QUALITIES and int(re.findall(r"\d+", tail)[-1]) > _MOST_THINGS:
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
