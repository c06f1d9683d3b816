"""House numbers that stand by themselves, told by what is around them: `bij 33 brandt licht`, `wij op 39`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatcode.anonymize.houses import ADDITION, MOST_THINGS, NOT_HOUSES, YEAR, Place, counts, value_of
from chatcode.anonymize.lexicon import Lexicon

_LETTERED = re.compile(
    r"\b(?:voor|van|bij|op|naast|achter|tegenover|boven|onder|tussen|naar|huis|woning|flat)\s(?P<tail>\d{1,3}\s?[a-hA-H]|[A-D]-\d{2,4})(?![\w'\u2019]|[.:]\d)"
)
_OWNED = re.compile(
    rf"\b(?:buren|buurman|buurvrouw|mensen|lui|bewoners?|fam\.?|familie|die|dat|gezin|huis|woning|tuin|deur|poort|schuur|oprit|stoep)\s(?:van|op|bij)\s(?P<tail>\d{{1,3}}{ADDITION}{{0,1}})(?!\w|[.,:]\d|%|\s?(?:jaar|jr|uur|euro|cent|kilo|m\b))",
    re.IGNORECASE,
)
# `jongen van 212`: what may be an age has three figures, and a thing may count.
_OF_HOUSE = re.compile(
    r"\b(?:jongens?|meisjes?|man|vrouw|gozer|gasten?|kinderen|kids|zoon|dochter|hond|kat|auto|fiets|kliko|container|camera)"
    r"\s(?:van|op|bij)\s(?:nr\.?\s)?(?P<tail>[1-9]\d\d[a-z]?)(?!\w|[.,:]\d|%)",
)
_AT_HOUSE = re.compile(
    r"\b(?:ligt|staat|afgegeven|afgeleverd|bezorgd|aangenomen|aanbellen|aangebeld|belt? aan|belde aan|"
    r"woont|wonen|woon|inbraak|ingebroken|lekkage|brandt?|overlast|feest|feestje)\s(?:bij|op|in|van)\s"
    r"(?P<tail>\d{1,3}[a-z]?)(?=\s*(?:$|[!?)\n]|[.,](?!\d)|\s(?:en|of|dus|maar|want)\b))",
)
_BESIDE = re.compile(
    r"\b(?:achter|naast|tegenover)\s(?:nr\.?\s)?(?P<tail>\d{1,4}[a-z]?)(?!\w|[.,:]\d|-\d|%|\s?(?:jaar|jr|uur|euro|m\b))",
)
# `ligt hier, 14b.`: between two signs.
_ALONE = re.compile(r"[,.!?(]\s(?P<tail>[1-9]\d{0,2}[a-d])(?=[.,!?)]\s|[.,!?)]?$)", re.MULTILINE)
# `op 14 woont die student`, `lag bij mij op 5,`
_LIVED_AT = re.compile(
    r"\b(?:op|van|bij)\s(?P<tail>[1-9]\d{0,2}[a-h]?)(?=\s(?:woont|wonen|woonde|woonden)\b)"
    r"|\bbij (?:mij|ons) op (?P<ours>[1-9]\d{0,2}[a-h]?)(?=\s[a-zà-þ])"
    r"|\b(?:bij (?:mij|ons|hen|haar|hem)|(?:woon|woont|wonen|woonde|woonden|zit|zitten|zat)"
    r"(?: (?:eerst|vroeger|nu|al|toen|hier|daar|ook|zelf|nog|toch)){0,2}) (?:op|van) "
    r"(?P<other>[1-9]\d{0,2}[a-h]?)(?=[!?)]|[,.](?!\d)|$|\s(?:ook|nog|al|weer|geweest|net|is|was|zijn|hebben|heeft|en|maar|die|dat|dus|want)\b)",
)
# `zaten net bij 31.`, `bij 33 lag alles vol`: at a number that counts nothing; `bij 112` is no house.
_NEAR = re.compile(
    r"(?<!\d\s)(?<!\w)(?:bij|by)\s(?!11[23]\b|144\b)(?P<tail>[1-9]\d{0,2}[a-h]?)"
    r"(?=[!?)\n]|[.,](?!\d)|\s*$|\s(?!van\b|ervan\b|daarvan\b|of meer\b|op de\b|tot\b|per\b)[a-zà-þ])",
)
# `de meneer van 17`, `die puber v 31`: of a number that nobody of that kind has years of.
_GENTRY = re.compile(
    r"(?<!een )(?<!'n )\b(?:meneer|mijnheer|mevrouw|mevr|mw|dhr|opa|oma|dame|(?:over|boven|onder|beneden)"
    r"bu(?:ren|urman|urvrouw)|buurtjes)\.?\s(?:van|v\.?|op)\s(?:nr\.?\s)?"
    r"(?!11[23]\b)(?P<tail>[1-9]\d{0,2}[a-h]?)(?!\w|[.,:]\d|%|\s?(?:jaar|jr))"
    r"|\b(?:pubers?|tieners?|jongens?|jochies?|meisjes?|kinderen|kids|kleuters?|peuters?|scholieren|zoon|dochter)\s(?:van|v\.?|op)\s(?:nr\.?\s)?"
    r"(?P<young>[3-9]\d[a-h]?)(?!\w|[.,:]\d|%|\s?(?:jaar|jr))",
)
_IN_HOUSE = re.compile(
    r"\b(?P<tail>(?:(?:huis|woning|huisje|bungalow|chalet|appartement)\s\d{1,3}[a-z]?|(?:app\.|appartement)\s\d{1,4}))(?!\w|[.,:]\d|%)",
)
# `1207 is leeg sinds`, `38 doet niet open`
_OPENING = re.compile(
    r"(?:^|[.!?]\s)(?!11[23]\b|144\b)(?P<tail>[1-9]\d{0,3}[a-h]?)(?=\s(?:"
    r"is (?:nu |weer |ook |al )?(?:leeg|thuis|weg|dicht|verhuisd|verkocht|op vakantie)"
    r"|staat (?:leeg|te koop)|doet (?:niet )?open|brandt|woont)\b)",
    re.MULTILINE,
)
# `dat hij bij mij ligt, 18`
_AFTER_ME = re.compile(
    r"\b(?:(?:mij|ons|hier)(?:\s\w+)?,|(?:groet|groeten|groetjes|gr|grt|grtz|mvg|liefs)\.?,?(?:\svan)?)\s(?:nr\.?\s)?"
    r"(?P<tail>[1-9]\d{0,2}[a-h]?)(?=\W*$)",
)
_FURTHER = re.compile(
    r"(?:,\s?|\s?/\s?|,?\s(?:en|of)\s|\s?&\s?)(?:(?:op|bij|van|nr\.?)\s)?(?P<number>[1-9]\d{0,2}[a-h]?)"
    r"(?!\w|[.:,]\d|-\d|%|\s?(?:uur|u|euro|min|jaar|jr|x|keer|januari|februari|maart|april|mei|juni|juli|augustus"
    r"|september|oktober|november|december)\b)",
)
# `stond weer voor 33 snap jij`: above the hours of a day, before whatever is not counted.
_HIGH = re.compile(
    r"\b(?:bij|naast|tegenover|(?:staat|staan|stond|stonden|stil|geparkeerd|stoep|deur)"
    r"\s(?:(?:nu|nog|weer|al|altijd|net)\s){0,2}voor)\s(?!11[23]\b|144\b|100\b|1000\b)(?P<tail>(?:2[5-9]|[3-9]\d|[1-9]\d\d)[a-h]?)(?=\s[^\W\d_])"
    r"(?!\s?(?:uur|u|euro|cent|eur|procent|graden|km|jaar|jr|x|keer"
    r"|ct|plus|plussers|min|m|cm|per|en meer|of meer)\b)",
)
# `wij op 39 hebben het gehoord`, `kom maar langs op 8,`; a day of the month has no such word before it.
_ON = re.compile(
    r"\b(?:wij|ons|mij|me|hen|hun|haar|hem|zij|jou|jullie|langs|tegenover|buurman|buurvrouw|buren|fam|familie"
    r"|bus|brievenbus|los|open|vast|kapot|thuis|over|feest|feestje|bbq|borrel"
    r"|afgeven|afgegeven|afhalen|ophalen|halen|terecht|bezorgd|bezorgen|brengen|gebracht|koffie|sleutel|pakketje|bel),?\sop\s"
    r"(?P<tail>[1-9]\d{0,2}[a-h]?)(?=[!?)]|[,.](?!\d)|\s*$|\s[\U0001f300-\U0001faff\u2600-\u27bf]"
    r"|\s(?:voor|hebben|heeft|is|zijn|was|staat|ligt|en|of|want|maar|dus|als|aub|svp|graag|kan|mag)\b)"
    r"|\bop\s(?P<high>(?:3[2-9]|[4-9]\d|[1-9]\d\d)[a-h]?)(?!\w|[.,:/]\d|-\d|%|€)"
    r"(?!\s?(?:graden|procent|km|na|meter|m|cm|uur|euro|kilometer|jarige|punten|keer|van de|plaatsen|volt"
    r"|watt)\b)",
)
_MEASURED = re.compile(
    r"\b(?:stand|staat|stond|stonden|teller|thermometer|graden|kachel|verwarming|thermostaat|score|kanaal|zender|niveau|komt|kwam"
    r"|rijdt|rijden|reed|reden|uit|zet|zetten|gezet|gok|schat|max|maximaal|snelheid|hartslag|batterij|accu|volume|plek|plaats|lijst|rekening)"
    r"(?:\s\w+){0,2}\s$",
)
# `groet Aga 14b`
_LAST = re.compile(r"(?<=[^\W\d_]\s)(?P<tail>[1-9]\d{0,2}[a-d])(?=[.!?]*\s*$)")
# `staan aan voor 23`, `op de stoep voor 17`: where something stands or somebody looks, at the end.
_BEFORE_HOUSE = re.compile(
    r"\b(?:paal|paaltje|lantaarnpaal|boom|put|goot|drempel|bloembak|parkeervak|tegels|stoep|oprit|deur|poort|tuin|hek|heg|muur|raam|ramen|lamp|lampen|licht|kliko|container|auto|busje|scooter|fiets|bankje"
    r"|geparkeerd|parkeert|parkeren|staan|staat|stond|stonden|ligt|liggen|lag|lagen|aan|hangt|hing)\s"
    r"(?:(?:nog|weer|steeds|al|hier|daar|er|net|altijd)\s){0,2}(?:voor|achter|bij|naast|van|tot aan)\s"
    r"(?!11[23]\b|144\b)(?P<tail>[1-9]\d{0,2}[a-h]?)(?=[!?)]|[,.](?!\d)|\s*$|\s(?:(?:en|maar|want|dus|of)\s|ge\w{3}))",
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
)
# `brievenbus van 118 puilt uit`, `rook uit 49!!!`: above the days of a month, where nothing is counted.
_ABOVE = re.compile(
    r"\b(?:van|boven|onder|naar|aan|vanaf|via|uit|thv|volgens|portiek|balkon|gevel|brievenbus|label|sleutel|reservesleutel"
    r"|buren|hoek|post|pakket|pakketje)\s(?!11[23]\b|144\b|[1-9]00\b)"
    r"(?P<tail>(?:3[2-9]|[4-9]\d|[1-9]\d\d)[a-h]?)(?![\w%€]|[.,:/]\d|-\d|\s?[€%])",
)
# `een meneer van 80`, `iets van 50`
_AGED = re.compile(
    r"\b(?:man|vrouw|meneer|mijnheer|mevrouw|oma|opa|dame|heer|moeder|vader|iemand|persoon|mens|verdachte|dader|gast|kerel|vent"
    r"|vriend|vriendin|tante|oom|weduwe|broer|zus|leeftijd|eentje|ouder|jonger|die|iets|zoiets)\s(?:ruim\s|bijna\s)?van\s$",
)
_SUM = re.compile(
    r"€|euro|\bkm|\bkg|kilo|graden|procent|%|korting|prijs|kost|betaal|tikkie|\bbod\b|snelheid|rijdt|rijden|reed|stemm|punten"
    r"|watt|volt|meter|liter|leden|mensen|maat|jaar|\bjr\b|plus|uur|decibel|\bdb\b|koorts|hartslag|pagina|kanaal|keer|stuks|biljet|briefje",
)
# `14 zegt nee`, `heeft 75 al gereageerd`: a number that does what people do; one of few may be one of them.
_ACTING = re.compile(
    r"(?:^|[.!?,]\s|\b(?:dus|want|maar|ook|nee|nou|hier|heeft|is|mag|kan|weet|doet|gaat|wil)\s)(?!11[23]\b|144\b)"
    r"(?P<tail>(?:[5-9]|[1-9]\d{1,2})[a-h]?)(?=\s(?:ook\s|al\s|weer\s|nog\s|wel\s|niet\s|gewoon\s)?(?:zegt|heeft|had|doet|deed|betaalt"
    r"|mag|kan|wil|moet|reageert|weet|woont|belt|klaagt|vraagt|geeft|komt|gaat|rookt|stinkt|lekt|brandt|reageerde|gereageerd|puilt|slaapt|snapt"
    r"|verbouwt|verhuist|klust|feest|blaft|gooit|zet|parkeert)\b)",
    re.MULTILINE,
)
# `dakgoot van 21 zit dicht`, `post voor 18`, `wij van 26`: what a house has and nobody is old of.
_THING_OF = re.compile(
    r"\b(?:camera|deurbel|bel|dakgoot|goot|dak|schoorsteen|inrit|oprit|stoep|schutting|heg|haag|hek|tuin|kelder|garage|schuur|balkon|raam|muur"
    r"|kliko|container|brievenbus|post|brief|pakketje|pakket|sleutel|reservesleutel|bezoek|schilder|loodgieter|bewoners?|buren|wij|alarm"
    r"|rook|lekkage|herrie|geluid|vuurwerk|kat|poes|katten|parkeerplaats|voordeur|achterdeur|poort|achterom|gordijnen|zonnescherm|dakkapel)"
    r"\s(?:van|voor|bij)\s(?:nr\.?\s)?(?!11[23]\b|144\b)(?P<tail>[1-9]\d{0,2}[a-h]?)(?![\w%€]|[.,:/]\d|-\d"
    r"|\s?(?:uur|u|mm|cm|m|meter|km|watt|volt|euro|eur|cent|jaar|jr|kilo|kg|gram|liter|inch|weken|maanden|dagen|tot|procent|graden"
    r"|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb|mrt|apr|jun|jul|aug|sep|okt|nov|dec)\b)",
)
# `op 4 is de bel kapot`, `ergens tussen 9 en 11 ligt een want`, `31 hier`, `44 en 48 weten van niks`
_STANDING = re.compile(
    r"(?:^|[.!?]\s)op\s(?P<at>[1-9]\d{0,2}[a-h]?)(?=\s(?:is|staat|ligt|zit|brandt|hangt)\s(?:de|het|'?t|een|er|iemand|alles|niemand)\b)"
    r"|\btussen\s(?P<between>[1-9]\d{0,2}[a-h]?)(?=\sen\s[1-9]\d{0,2}[a-h]?\s(?:ligt|staat|zit|lag|stond|zat|hangt|liggen|staan|loopt)\b)"
    r"|(?:^|[.!?,]\s|\bhier\s)(?P<speaking>(?:[5-9]|[1-9]\d{1,2})[a-h]?)"
    r"(?=\s(?:hier\b(?!\svoor)|aan het woord))"
    r"|(?:^|[.!?,]\s|\b(?:maar|want|dus|ook|alleen|hebben|zijn|weten)\s)(?P<both>(?:[5-9]|[1-9]\d{1,2})[a-h]?)(?=\sen\s(?:[5-9]|[1-9]\d{1,2})[a-h]?"
    r"\s(?:weten|delen|hebben|moeten|mogen|willen|doen|gaan|kunnen|nog|ook|wonen|klagen)\b)",
    re.MULTILINE,
)
# What one of the patterns needs; most numbers are times, sums and counts without it, and are spared them all.
_CANDIDATE = re.compile(
    r"(?:^|[.!?,(]\s|\b(?:bij|by|op|van|v|voor|naast|achter|tegenover|aan|in|tussen|richting|tegen|hier|vanaf|via|uit|thv|volgens"
    r"|boven|onder|naar|zoekt?|zoeken|zocht|huis|woning|huisje|flat|bungalow|chalet|appartement|app|portiek|balkon|gevel|brievenbus|label"
    r"|sleutel|reservesleutel|buren|hoek|post|pakket|pakketje|dus|want|maar|ook|nee|nou|alleen|heeft|hebben|is|zijn|mag|kan|weet|weten|doet"
    r"|gaat|wil|groet|groeten|groetjes|gr|grt|grtz|mvg|liefs)\.?,?\s)(?:nr\.?\s)?(?:[a-d]-)?[1-9]\d{0,3}\s?[a-h]?(?![\w:/%€]|[.,]\d|\s?(?:uur|euro|min|minuten|jaar|km|keer)\b)"
    r"|(?<![\w.,:])[1-9]\d{0,3}(?:[a-d]|\s?bis|\s?hs)(?!\w)",
    re.MULTILINE,
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
    _ABOVE,
    _THING_OF,
    _STANDING,
    _ACTING,
    _ALONE,
)
# Those that ask how something is written.
_WRITTEN = (_LETTERED, _OWNED, _LAST, _ALONE)
# Where any number may count what a plural tells of, not only a small one.
_COUNTING = (_HIGH, _ON, _NEAR, _ABOVE, _THING_OF)
_ANY = 999


def find_bare_numbers(text: str, lexicon: Lexicon) -> Iterator[Place]:
    """Find house numbers without a street or a word for number."""
    # Searched in small letters: half the time of a search that takes both.
    small = text.lower()
    if len(small) != len(text):
        small = text  # a letter that is two in lower case would shift what comes after it
    if _CANDIDATE.search(small) is None:
        return
    for pattern in _BARE:
        for match in pattern.finditer(text if pattern in _WRITTEN else small):
            start, end = match.span(match.lastgroup or 0)
            while start < end:
                number = text[start:end]
                most = _ANY if pattern in _COUNTING else MOST_THINGS
                if counts(text, number, end, lexicon, most=most) or YEAR.fullmatch(number):
                    break
                if not _is_house(pattern, small, start, end):
                    break
                yield Place(start, end, "adres", "nr" + value_of(number))
                start, end = _another(small, end)


def _is_house(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Is a number in a text in small letters no age, sum or measure?"""
    before = text[max(0, start - 24) : start]
    if pattern in (_LAST, _HIGH):
        return NOT_HOUSES.search(before) is None
    if pattern is _ON:
        return _MEASURED.search(before.removesuffix("op ")) is None
    if pattern is _ABOVE and _AGED.search(before):
        return False
    return pattern not in (_ABOVE, _ACTING) or _SUM.search(text[max(0, start - 30) : end + 20]) is None


def _another(text: str, end: int) -> tuple[int, int]:
    """`bij 15, 17 en 21`: where the next number of a list of houses stands."""
    further = _FURTHER.match(text, end)
    return further.span("number") if further else (end, end)
