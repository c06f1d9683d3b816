"""Number plates: the fourteen Dutch sidecodes, plates of the countries around, and parts of a plate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatcode.anonymize.found import DASH, Found, compact

_SHAPES = (
    "LL 99 99", "99 99 LL", "99 LL 99", "LL 99 LL", "LL LL 99", "99 LL LL", "99 LLL 9", "9 LLL 99",
    "LL 999 L", "L 999 LL", "LLL 99 L", "L 99 LLL", "9 LL 999", "999 LL 9",
)  # fmt: skip


def _shape(shape: str) -> str:
    gap = rf"(?:\s?[{DASH}.\u00b7]\s?|\s?)"
    groups = [
        f"[A-Za-z]{{{len(part)}}}" if part[0] == "L" else f"\\d{{{len(part)}}}" for part in shape.split()
    ]
    return gap.join(groups)


# How every sidecode begins, which rules out most words before all fourteen are tried.
_BEGINNING = "|".join(map(_shape, ("L 9", "LL 9", "LLL 9", "LL LL 9", "9 L", "99 L", "999 L", "99 99 L")))
_PLATE = re.compile(
    rf"(?<![\w@#/.,€$+:])(?<!\d[{DASH}.:/])(?={_BEGINNING})"
    rf"(?:{'|'.join(map(_shape, _SHAPES))})(?![\w€%]|[{DASH}.,:/]\d)"
)
PLATE_CUE = re.compile(
    r"kentek|\bken?tk|\bplaat\b|platen\b|nummerb?or|nummerplaat|\bkent\.|\bplate\b|\bkt\b|scooterplaat",
    re.IGNORECASE,
)
# One of these is in every word for a plate; most texts have none and are spared the search.
_IN_CUES = ("kent", "kt", "tk", "plaat", "plate", "nummerb", "nummero")
_BELGIAN = re.compile(
    rf"(?<!\w)[1-9][{DASH}\s][A-Z]{{3}}[{DASH}\s]\d{{3}}(?!\w)|(?<!\w)[12][A-Z]{{3}}\d{{3}}(?!\w)"
)
# What a plate of another country has somewhere; most texts have none and are spared the search.
_CAPITAL = re.compile(rf"[A-ZÄÖÜ][A-ZÄÖÜ\d:\s{DASH}]")
_GERMAN = re.compile(
    rf"(?<![\w{DASH}])[A-ZÄÖÜ]{{1,3}}[{DASH}:][A-Z]{{1,2}}\s?\d{{1,4}}[EH]?(?!\w|[{DASH}]\w)"
)
# `BMW R1200`
_MAKES = "(?:BMW|KTM|DAF|KIA|VW) "
# Poland; Bulgaria and Ukraine; Denmark; France and Italy; the United Kingdom; Romania.
_ABROAD = re.compile(
    rf"(?<![\w{DASH}])(?:(?!{_MAKES})[A-Z]{{2,3}} (?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{{4,5}}"
    rf"|[A-Z]{{1,2}}[ {DASH}]?\d{{4}}[ {DASH}]?[A-Z]{{2}}"
    rf"|[A-Z]{{2}} \d{{2}} \d{{3}}(?! ?\d)"
    rf"|[A-Z]{{2}}[ {DASH}]\d{{3}}[ {DASH}][A-Z]{{2}}|[A-Z]{{2}}\d{{2}} ?[A-Z]{{3}}"
    rf"|(?:B[ {DASH}]\d{{2,3}}|[A-Z]{{2}}[ {DASH}]\d{{2}})[ {DASH}]"
    r"(?!UUR|JAN|FEB|MRT|APR|MEI|JU[NL]|AUG|SEP|OKT|NOV|DEC)[A-Z]{3})(?!\w)"
)
_FOREIGN = re.compile(
    rf"(?<!\w)(?!{_MAKES})(?=[A-Z\d\s{DASH}]*\d)(?=[A-Z\d\s{DASH}]*[A-Z])[A-Z\d]{{1,4}}(?:[\s{DASH}.]?[A-Z\d]{{1,5}}){{0,2}}(?!\w)"
)
# The Polish form as it is typed, `wgm 7k204`; `om 20u30` is a time.
_FOREIGN_SMALL = re.compile(r"(?<!\w)[a-z]{2,3} (?!\d+u)(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{4,5}(?!\w)")
_FOREIGN_CUE = re.compile(
    r"\b(?:buitenlands|du[iu]?tse?r?\b|pools?e?\b|pool\b|belgisch|belg\b|roemeens|bulgaars|litouws|lets|turks|frans|engels|"
    r"hongaars|tsjechisch|slowaaks|oekraïens|spaans|italiaans)",
    re.IGNORECASE,
)
# One of these is in every such word.
_IN_FOREIGN = (
    "buitenl", "duit", "duut", "duts", "pool", "belg", "roeme", "bulg", "litou", "lets", "turks", "frans",
    "engels", "hongaar", "tsjech", "slowaak", "oekra", "spaans", "italia",
)  # fmt: skip
_PARTIAL = re.compile(
    rf"(?:^\w*\s?:?\s?|\b(?:beg(?:int|on)|eindigt|eindigde|start|iets|deel|stukje|laatste|eerste|cijfers|letters|met|op|is|was|van)\s+(?:(?:met|op|is|was|als|cijfers|letters|gezien|zag)\s+)*)[.\u2026\s]*[{DASH}]?"
    rf"(?P<part>(?=[a-zA-Z\d{DASH}]*\d)(?=[a-zA-Z\d{DASH}]*[a-zA-Z])[a-zA-Z\d]{{1,4}}(?:[{DASH}][a-zA-Z\d]{{1,3}}){{0,2}})(?!\w)"
)
# `BT-..-KR`: what could not be read is left open.
_HALF = re.compile(
    rf"(?<!\w)(?=[A-Z\d]*[A-Z\d]{{2}})[A-Z\d]{{1,3}}[{DASH}][.?*x_\u2026]{{1,3}}[{DASH}][A-Z\d]{{1,3}}(?!\w)"
)
# `ik heb alleen GV-8 kunnen lezen`, `begint met ZB-88`
_SEEN = re.compile(
    r"\b(?:lezen|gelezen|leesbaar|letters|cijfers|onthouden|genoteerd|opgeschreven|zag alleen"
    r"|(?:eerste|laatste) stuk(?:je)?|(?:begint|begon|beginnend|iets) met"
    r"|(?:eindigt|eindigde|eindigend) (?:op|met|in))\b",
    re.IGNORECASE,
)
_SEEN_PART = re.compile(
    rf"(?<![\w{DASH}])(?:[A-Z]{{1,3}}[{DASH}]\d{{2,3}}|[A-Z]{{2,3}}[{DASH}]\d|\d{{2,3}}[{DASH}][A-Z]{{1,3}}|\d[{DASH}][A-Z]{{2,3}})(?![\w{DASH}])"
)
# `zag alleen ZN-88`: plates have no vowels; numbers of files and flights are announced. WD-40 is an oil.
_LETTER = "[BDFGHJ-NPR-TV-XZ]"
_PLATE_PART = re.compile(
    rf"(?<![\w{DASH}])(?!WD-40|MH-17)(?:(?<=met )\d{{3}}[{DASH}]{_LETTER}"
    rf"|\d[{DASH}]{_LETTER}{{3}}|{_LETTER}{{3}}[{DASH}]\d"
    rf"|{_LETTER}{{2,3}}[{DASH}]\d{{2,3}}|\d{{2,3}}[{DASH}]{_LETTER}{{2,3}})(?![\w{DASH}])"
)
# `zwarte Polo met TL-6`: beside a vehicle one figure is enough; `N-348` is a road.
_SHORT_PART = re.compile(
    rf"(?<![\w{DASH}])(?:[A-Z]{{2,3}}[{DASH}]\d|\d[{DASH}][A-Z]{{2,3}}|(?!N){_LETTER}[{DASH}]\d{{3}})(?![\w{DASH}])"
)
_VEHICLE = re.compile(
    r"\b(?:\w*auto|\w*bus(?:je)?|\w*wagen|scooter|brommer|motor|snorfiets|fatbike|aanhanger|caravan|camper|trekker|bestel\w*"
    r"|kenteken\w*|nummerplaat|plaat|plaatje|bestuurder|reed|rijdt|rijden|geparkeerd|audi|bmw|citro[eë]n|fiat|ford|honda"
    r"|hyundai|kia|mazda|mercedes|mini|nissan|opel|peugeot|renault|seat|skoda|suzuki|tesla|toyota|volkswagen|volvo|vw"
    r"|astra|caddy|clio|corsa|fiesta|focus|golf|kangoo|megane|passat|picanto|polo|transit|transporter|twingo|vespa|vito)\b",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"\b(?:zaak|zaaknummer|kenmerk|nummer|nr|code|ref|dossier|melding|meldnummer|model|type|versie|serie|vlucht|toestel|kamer"
    r"|artikel|bon|order|factuur|kavel|perceel)\W{0,3}$",
    re.IGNORECASE,
)
# `kenteken begint met LTK`
_BEGINS = re.compile(
    r"\b(?i:(?:begint|begon|beginnend|eindigt|eindigde|eindigend)\s(?:met|op|in)|iets\s(?:met|als)"
    r"|(?:laatste|eerste)\s(?:letters|cijfers)(?:\svan\s(?:het|de|zijn|die|dat)\s\w+)?(?:\s(?:zijn|waren|is|was))?)"
    r"(?:\s(?i:misschien|iets|mogelijk|vermoedelijk|waarschijnlijk|dacht ik|denk ik|volgens mij))?\s"
    r"(?:(?i:de|letters?|cijfers?)\s)*(?P<part>[A-Z]{1,3}(?:\s\d{1,3}(?!\w))?|\d{1,3}|[bcdfghjklmnpqrstvwxz]{2,3})(?!\w)"
)
# `met NX in het kenteken`, `ik heb alleen VTX kunnen lezen`
_INSIDE = re.compile(
    r"(?<!\w)(?i:alleen)\s(?:(?i:de)\s(?i:letters|cijfers)\s)?(?P<read>[A-Z]{2,3}|\d{2,3})\s(?i:kunnen|te|nog)?\s?"
    r"(?i:lezen|gelezen|zien|onthouden|genoteerd)(?!\w)|"
    r"(?<!\w)(?P<part>[A-Z]{2,3}|\d{2,3}|[A-Z\d]{2,5})\s(?i:in|op)\s(?i:het|zijn|de|haar)\s(?i:kenteken|nummerplaat|plaat)(?!\w)"
)
# `alleen het begin, VNB-, de rest zat onder de modder`
_OPEN = re.compile(rf"(?<![\w{DASH}])(?=[A-Z\d]*[A-Z])[A-Z\d]{{2,3}}[{DASH}](?=[\s,.?!)]|$)")
_REST = re.compile(r"\b(?:begin|rest|eind)\b", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiouAEIOU]")


def find_plates(text: str) -> Iterator[Found]:
    """Find number plates; in small letters only without vowels or after a word for plate."""
    lowered = text.lower()
    hinted = any(part in lowered for part in _IN_CUES)
    cues = [match.end() for match in PLATE_CUE.finditer(text)] if hinted else []
    shouted = text.isupper()
    if not shouted and _CAPITAL.search(text):
        for pattern in (_BELGIAN, _GERMAN, _ABROAD):
            for match in pattern.finditer(text):
                yield Found(match.start(), match.end(), "kenteken", compact(match.group()), "plate")
    yield from _dutch(text, cues, shouted=shouted)
    abroad = any(part in lowered for part in _IN_FOREIGN)
    for cue in [*cues, *((match.end() for match in _FOREIGN_CUE.finditer(text)) if abroad else ())]:
        near = text[cue : cue + 45]
        for match in _FOREIGN.finditer(near):
            raw = match.group()
            if 5 <= len(compact(raw)) <= 8 and sum(sign.isalpha() for sign in raw) > 1:
                yield Found(cue + match.start(), cue + match.end(), "kenteken", compact(raw), "plate")
    for cue in cues:
        for match in _FOREIGN_SMALL.finditer(text[cue : cue + 45]):
            value = compact(match.group())
            yield Found(cue + match.start(), cue + match.end(), "kenteken", value, "plate")
        for match in _PARTIAL.finditer(text[cue : cue + 60]):
            part = match["part"]
            if len(compact(part)) >= 2 and not _measure(part, spaced=False):
                yield Found(
                    cue + match.start("part"), cue + match.end("part"), "kenteken", compact(part), "plate"
                )


def find_half_plates(text: str) -> Iterator[Found]:
    """Find plates of which only a part was read: with a dash where the rest would be, or told as such."""
    if "-" in text:
        parts = list(_HALF.finditer(text))
        if _SEEN.search(text):
            parts += _SEEN_PART.finditer(text)
        parts += (
            part
            for part in _PLATE_PART.finditer(text)
            if not _OTHER_NUMBER.search(text[: part.start()][-24:])
        )
        if _VEHICLE.search(text):
            parts += _SHORT_PART.finditer(text)
        if _REST.search(text):
            parts += _OPEN.finditer(text)
        for match in parts:
            yield Found(match.start(), match.end(), "kenteken", compact(match.group()), "plate")
    begun = list(_BEGINS.finditer(text)) if PLATE_CUE.search(text) else []
    for match in (*begun, *_INSIDE.finditer(text)):
        part = match.lastgroup or "part"
        yield Found(*match.span(part), "kenteken", compact(match[part]), "plate")


# `CR123A`: round batteries.
_CELLS = ("CR", "LR", "BR")


def _dutch(text: str, cues: list[int], *, shouted: bool) -> Iterator[Found]:
    """Tried from every sign on, since a wrong beginning may hide a right one."""
    place = 0
    while (match := _PLATE.search(text, place)) is not None:
        raw = match.group()
        place = match.start() + 1
        letters = re.findall(r"[A-Za-z]+", raw)
        cued = any(0 <= match.start() - cue <= 60 or 0 <= cue - match.end() <= 25 for cue in cues)
        spaced = " " in raw
        vowels = _VOWEL.search("".join(letters)) is not None
        upper = all(part.isupper() for part in letters) and not shouted
        wordy = spaced and not upper and any(len(part) > 2 and _VOWEL.search(part) for part in letters)
        # Three groups of a sidecode with a dash between each are a plate, also where all is shouted.
        capitals = sum(sign.isupper() for sign in raw)
        dashed = (
            len(re.findall(f"[{DASH}]", raw)) == 2 and not spaced and (raw == raw.upper() or capitals > 1)
        )
        mixed = not "".join(letters).isupper() and not "".join(letters).islower() and not dashed
        # `CR2032`, `2026 WK`: of the two oldest sidecodes only the dashes tell them from types and years.
        loose = upper and len(letters) == 1 and re.search(r"\d{4}", raw) is not None
        sure = not mixed and (
            (cued and not wordy)
            or dashed
            or (not loose and upper and not (spaced and vowels))
            or (not loose and not vowels and not _measure(raw, spaced))
        )
        if raw.startswith(_CELLS) and "batterij" in text.lower():
            continue
        if sure and "\n" not in raw:
            place = match.end()
            yield Found(match.start(), match.end(), "kenteken", compact(raw), "plate")


_UNIT = re.compile(
    r"(?:kg|km|cm|mm|ml|cl|dl|gr|st|pk|kw|gb|mb|wh|pp|nr|ff|jr|dgn|min|mtr|x|m|e|k|u|h|uur|jaar|keer|man|[a-z]?de|ste|th|mrt|jan|feb|apr|mei|jun|jul|aug|sep|okt|nov|dec|rd|nd)",
)


def _measure(raw: str, spaced: bool) -> bool:
    """`19 30 km`, `3 dgn 12`: figures with a unit, or words that stand between figures."""
    letters = re.findall(r"[A-Za-z]+", raw)
    if letters[-1:] == ["x"] and re.search(r"\d{3}\s?x$", raw):
        letters.pop()  # `ks 902 x`: nothing is told of nine hundred times
    return any(_UNIT.fullmatch(part) for part in letters) and (spaced or len(compact(raw)) < 6)
