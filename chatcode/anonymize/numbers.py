"""Numbers of people: telephone, bank account, citizen number, postcode, date of birth.

Facts of form: the Dutch numbering plan and E.164, ISO 13616 for the length of an IBAN, the eleven-test
of a BSN, postcodes without SA, SD and SS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatcode.anonymize.folding import word_set
from chatcode.anonymize.found import DASH, GAP, Found, compact, digits_of
from chatcode.anonymize.plates import PLATE_CUE

_PHONE = re.compile(
    rf"(?<![\w+])(?:\+|00(?=\d)|\(?[0Oo](?=[\s()\d.{DASH}/oO]))(?:[\s\u00a0()./{DASH}\u202c]{{0,4}}[\dO]|(?<=\d)[o](?=\d))+(?!\w)"
)
_SERVICE = re.compile(r"0(?:800|900|906|909)\d{4,6}$")
_DATE = re.compile(
    rf"[\s(]*\d{{1,2}}\s?[/.{DASH}]\s?\d{{1,2}}\s?[/.{DASH}]\s?['\u2019]?(?:\d{{4}}|\d{{2}})(?!\d)[\s)]*|[\s(]*\d{{1,2}}[.:]\d{{2}}\s?[{DASH}]\s?\d{{1,2}}[.:]\d{{2}}[\s)]*"
)


def find_phones(text: str) -> Iterator[Found]:
    """Find telephone numbers; those of the emergency and service lines only shield."""
    for match in _PHONE.finditer(text):
        raw = match.group()
        digits = digits_of(raw)
        start, end = match.span()
        if _DATE.fullmatch(raw):
            continue
        if _SERVICE.match(digits) and not raw.startswith(("+", "00")):
            yield Found(start, end, "", "", "service")
            continue
        value = e164(raw)
        if value is not None:
            yield Found(start, end, "telefoon", value, "phone")
    for match in _CUED_PHONE.finditer(text):
        value = e164("0" + match["number"])
        if value is not None:
            yield Found(match.start("number"), match.end("number"), "telefoon", value, "phone")


# A mobile number without its nought, where the words say that it is a number to call.
_CUED_PHONE = re.compile(
    rf"\b(?:bel(?:len)?|app(?:en)?|tel(?:efoon)?(?:nr|nummer)?|nummer|nr|mobiel|whatsapp)\b[^\d\n]{{0,20}}?(?P<number>6(?:{GAP}?\d){{8}})(?!\d)",
    re.IGNORECASE,
)


# `076 - 58 40 93 12`: the code of an area set apart, so that a figure too many is a slip.
_AREA = re.compile(rf"\(?0[1-578]\d{{1,2}}\)?\s?[{DASH}]\s?\d{{2}}")


def e164(raw: str) -> str | None:
    """Return a telephone number in E.164, or None where the digits are none.

    Dutch numbers have nine digits after the nought; one digit too few or too many is a slip and
    still tells whose it is, so a mobile number may have it, and one whose area is set apart. Abroad
    7 to 15 digits are allowed.
    """
    digits = digits_of(raw)
    lead = raw.lstrip("( \u202a")
    if lead.startswith("+") or digits.startswith("00"):
        digits = digits if lead.startswith("+") else digits[2:]
        if digits.startswith("310"):
            digits = "31" + digits[3:]
        low = 10 if digits.startswith("31") else 8
        return f"+{digits}" if low <= len(digits) <= 15 and digits[0] != "0" else None
    if digits.startswith("06"):
        return f"+31{digits[1:]}" if 9 <= len(digits) <= 11 else None
    slip = 9 <= len(digits) <= 11 and _AREA.match(lead) is not None
    if (len(digits) == 10 or slip) and digits[0] == "0" and digits[1] in "1234578":
        return f"+31{digits[1:]}"
    return None


_NUMERAL = {
    "nul": "0", "een": "1", "één": "1", "twee": "2", "drie": "3", "vier": "4", "vijf": "5", "zes": "6",
    "zeven": "7", "acht": "8", "negen": "9",
}  # fmt: skip
_SPELLED = re.compile(
    rf"\b(?:nul|0)[\s,.{DASH}]*(?:zes|6)(?:[\s,.{DASH}]*(?:{'|'.join(_NUMERAL)}|dubbel|tien|elf|twaalf|\w+tien|\w+tig|\d+)\b){{3,}}",
    re.IGNORECASE,
)


def find_spelled_phones(text: str) -> Iterator[Found]:
    """`nul zes 24 6…`: the start is unmistakable, so whatever numerals follow belong to it."""
    if "nul" not in text and "Nul" not in text and "zes" not in text:
        return
    for match in _SPELLED.finditer(text):
        words = re.findall(r"[^\W\d_]+|\d+", match.group().lower())
        yield Found(
            match.start(),
            match.end(),
            "telefoon",
            "".join(_NUMERAL.get(word, word) for word in words),
            "phone",
        )


_IBAN_LENGTH = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27,
    "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MA": 28, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25,
    "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24, "TN": 24, "TR": 26, "UA": 29,
}  # fmt: skip
_IBAN = re.compile(rf"(?<!\w)(?:{'|'.join(_IBAN_LENGTH)})\s?\d{{2}}(?=[\s.{DASH}]?[A-Z\d])", re.IGNORECASE)
_DUTCH_ACCOUNT = re.compile(
    rf"(?<!\w)NL\s?[\dO]{{2}}{GAP}?[A-Z]{{4}}(?:{GAP}?\d){{8,12}}(?!\w)", re.IGNORECASE
)
_OLD_ACCOUNT = re.compile(
    rf"\b(?:rek(?:ening)?(?:\.|nr|nummer)?|giro(?:nr|nummer)?|bankrek\w*)\b[^\d\n]{{0,15}}?(?P<number>\d(?:{GAP}?\d){{6,9}})(?!\d)",
    re.IGNORECASE,
)


def find_ibans(text: str) -> Iterator[Found]:
    """Find bank accounts: IBANs by their country's length (a slip still identifies), old numbers by cue."""
    for match in _DUTCH_ACCOUNT.finditer(text):
        yield Found(match.start(), match.end(), "rekening", compact(match.group()), "iban")
    for match in _IBAN.finditer(text):
        length = _IBAN_LENGTH[match.group()[:2].upper()]
        end, count, letters = match.start(), 0, 0
        for sign in text[match.start() :]:
            if count == length:
                break
            if sign.isascii() and sign.isalnum():
                count += 1
                letters += sign.isalpha()
            elif sign not in " .-\u00a0\u2011":
                break
            end += 1
        ended = end == len(text) or not text[end].isalnum()
        if count == length and ended and letters <= count // 2:
            yield Found(match.start(), end, "rekening", compact(text[match.start() : end]), "iban")
    for match in _OLD_ACCOUNT.finditer(text):
        yield Found(
            match.start("number"), match.end("number"), "rekening", digits_of(match["number"]), "account"
        )


_BSN = re.compile(rf"(?<![\w+])\d(?:{GAP}?\d){{7,8}}(?![\w]|{GAP}\d)")
_BSN_CUE = re.compile(
    r"\b(?:bsn|b\.s\.n|sofi|burgerservice\w*|persoonsnummer|persoonsnr|service ?nummer)", re.IGNORECASE
)
# `923456781 is mijn bsn`; where a number follows the word, the word is that one's.
_BSN_AFTER = re.compile(
    r"[\s(,=]*(?:(?:is|was)\s(?:(?:mijn|m'n|mn|zijn|haar|het|zn|hun|ons)\s)?)?(?:bsn|sofi\w*|burgerservice\w*)\b(?![\s:.=-]*\d)",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"meld|zaak|order|pakket|track|kenmerk|dossier|registratie|proces|factuur|ticket|referentie|kvk|klant|polis|incident|serie|frame|bestel|"
    r"artikel|vergunning|aangifte|case|code",
    re.IGNORECASE,
)


_NINE = re.compile(r"\d{9}|\d{3}([ .])\d{3}\1\d{3}|\d{4}([ .])\d{2}\2\d{3}")
_GOES_BEFORE = re.compile(r"[\d+][\s().-]*$")  # `+48 601 773 215`
_AMOUNT_AFTER = re.compile(
    r"\s?(?:euro|eur|\u20ac|x|keer|stuks|leden|volgers|views|km|meter)(?!\w)", re.IGNORECASE
)


def find_bsns(text: str) -> Iterator[Found]:
    """Find citizen numbers: eight or nine figures after the word; without it nine, if nothing else is said.

    Nine figures go whether they pass the eleven-test or not: people mistype, and who repeats a number does
    not say again what it is.
    """
    for match in _BSN.finditer(text):
        before = text[max(0, match.start() - 45) : match.start()]
        after = text[match.end() : match.end() + 25]
        named = _BSN_AFTER.match(after)
        cued = _BSN_CUE.search(before) is not None or named is not None
        if cued or (
            _NINE.fullmatch(match.group()) is not None
            and _GOES_BEFORE.search(before) is None
            and _AMOUNT_AFTER.match(after) is None
            and not _OTHER_NUMBER.search(before)
        ):
            yield Found(match.start(), match.end(), "bsn", "", "bsn")


_POSTCODE = re.compile(r"(?<![\w.,-])(?P<area>[1-9]\d{3})\s?(?P<letters>[A-Za-z]{2})(?![\w])(?!['\u2019]\w)")
_HOUSE_BEFORE = re.compile(r"\d\s?[a-z]?,\s$")
_TOWN_AFTER = re.compile(r"\s[A-ZÀ-Þ][^\W\d_]{2,}")
_NO_LETTERS = frozenset({"SA", "SD", "SS"})
# Two lower-case letters after four digits are mostly a word, a unit or a short form.
SHORT_WORDS = word_set(
    """
    aa ah al am as au be bv by ca ce cl cm ct da de di dl do dr du eh ei el en er et ex fa ff ga gb
    go gr ha he hm ho ie ik in is it ja je jr kb kg km kn ko kw la le li lo ma mb me mi ml mm mn mo
    mr mw na ne ni no nr nu of oh ok om on op os ov pa pc pk pm pp pu qr re ri se si so st su ta te
    ti to tv ui uu va vd ve vr wa wc we wh wo xl ze zg zm zn zo zs zu m2 eu us uk nl ns vs
    """
)


# `2026 WK`: a year and what is played then.
_GAMES = frozenset({"WK", "EK", "NK", "OS"})


_UNITS = frozenset({"ml", "cl", "mm", "cm", "km", "kg", "mg", "gr"})


def find_postcodes(text: str) -> Iterator[Found]:
    """Find postcodes; two small letters after four figures count unless they are a word or a unit."""
    for match in _POSTCODE.finditer(text):
        letters = match["letters"]
        before = text[max(0, match.start() - 12) : match.start()].lower()
        cued = "postcode" in before or "pc" in before.split()
        # `2034 ml`: nobody measures so exactly.
        cued = cued or (letters.lower() in _UNITS and int(match["area"]) % 10 > 0)
        # `Himpelfjild 6, 8734ha Easterein`
        cued = cued or (
            _HOUSE_BEFORE.search(before) is not None and _TOWN_AFTER.match(text, match.end()) is not None
        )
        plate = PLATE_CUE.search(text[max(0, match.start() - 30) : match.start()]) is not None
        if letters.upper() in _NO_LETTERS or (plate and not cued):
            continue
        if not cued and match["area"].startswith("20") and letters in _GAMES:
            continue
        if not cued and not letters.isupper() and letters.lower() in SHORT_WORDS:
            continue
        if not cued and letters.isupper() and letters.lower() in SHORT_WORDS and text.isupper():
            continue
        yield Found(match.start(), match.end(), "postcode", match["area"] + letters.upper(), "postcode")


# Dutch, with the Frisian, English and German names beside it.
_MONTH = (
    r"(?:jan(?:uari|uary|uar|newaris)?|feb(?:ruari|ruary|ruar|rewaris)?|mrt|maart|march|märz|apr(?:il)?|mei|maaie|may|mai|"
    r"jun[iey]?|jul[iy]?|aug(?:ustus|ust)?|sept?(?:ember|imber)?|[oe][kc]t(?:ober)?|nov(?:ember|imber)?|de[czs](?:ember|imber)?)\.?"
)
_FULL_DATE = re.compile(
    rf"(?<![\w/{DASH}])(?:\d{{1,2}}\s?[/.{DASH}]\s?(?:\d{{1,2}}|{_MONTH})\s?[/.{DASH}]\s?"
    rf"|\d{{1,2}}e?\s+(?:{_MONTH}|\d{{1,2}})\s+)"
    rf"['\u2019]?(?P<year>(?:19|20)\d{{2}}|\d{{2}})(?![\w:]|[{DASH}/.]\d)"
    rf"|(?<![\w/{DASH}])(?P<iso>(?:19|20)\d{{2}})[{DASH}/.]\d{{1,2}}[{DASH}/.]\d{{1,2}}(?![\w{DASH}/])",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(
    rf"(?<![\w/{DASH}])\d{{1,2}}(?:\s?[/{DASH}]\s?\d{{1,2}}|\s+{_MONTH})(?![\w{DASH}/])", re.IGNORECASE
)
_BIRTH = re.compile(
    r"\bgeb(?:\.|oren|oorte\w*)?(?=[\s.:(]|$)|\bgeb\.? ?dat(?:um|\.)?|\bverjaar(?:dag|t)\b|\bjarig\b|\bdob\b|"
    r"\bgeboortedag\b|\bbirthday\b|\bborn\b|\bter wereld\b|\bbevallen van\b|"
    r"\b(?:zoon|dochter|baby|kindje|tweeling|jongetje|meisje) gekregen\b",
    re.IGNORECASE,
)
# One of these is in every such word; most texts have none and are spared the search.
_IN_BIRTH = ("geb", "verjaar", "jarig", "dob", "birth", "born", "wereld", "bevallen", "gekregen")
# `wordt dan net 8 (09-10-2016)`
_TURNS = re.compile(r"\bword(?:t|en)\b[^.!?\d]{0,15}\d{1,2}\b(?=\s?\(| op | jaar)", re.IGNORECASE)
# `wordt op 12-03-2021 al twee`
_TURNING = re.compile(r"\bword(?:t|en)\b[^.!?\d]{0,12}$", re.IGNORECASE)
_AGE = re.compile(
    r"\s(?:al|alweer|net|pas)?\s?(?:\d{1,2}|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)\b(?!\s?uur|:)",
    re.IGNORECASE,
)
# `zij is van 4 juni 2010`: people are of a day; a photo or a letter is too, but has another subject.
_OF_A_DAY = re.compile(
    r"\b(?:ik ben|(?:hij|zij|ze|ie|die|kleine|jongste|oudste|baby|kind|kleinkind|(?:klein)?zoon(?:tje)?|"
    r"(?:klein)?dochter(?:tje)?|zusje|broertje|jongen|meisje|puber|tweeling) (?:is|zijn))"
    r"(?: (?:ook|al|nog|pas|toch|er een|eentje))* (?:van|uit)\s*$"
    r"|\b(?:jongen|meisje|kind|zoon(?:tje)?|dochter(?:tje)?|jongeman|verdachte|vermiste) (?:van|uit)\s*$",
    re.IGNORECASE,
)
_BORN_AFTER = re.compile(r"\)?\s(?:(?:is|was|ben|zijn|ook|dus) )*(?:geboren|jarig)\b", re.IGNORECASE)
# `9 jaar (14-03-2016)`
_AGE_BEFORE = re.compile(r"\d\s?(?:jaar|jr|jarig)\.?,?\s?\($", re.IGNORECASE)
_LOOK_BACK = 50
# `geb.dat. 12112010`
_DATE_RUN = re.compile(r"\W{0,3}(?P<date>(?:[0-2]\d|3[01])(?:0\d|1[0-2])(?:19|20)?\d{2})(?!\w)")
# What happened on a day that everybody remembers, said right beside the date.
_EVENT = re.compile(
    r"herden|herdach|ramp\b|watersnood|oorlog|bevrijd|opgericht|geopend|gebouwd|bouwjaar|monument|jubileum",
    re.IGNORECASE,
)
_BESIDE_DATE = 25
# WhatsApp began in 2009: a full date before it, in a chat, is hardly ever anything but a birth date.
_FIRST_YEAR = 2009


def find_birth_dates(text: str) -> Iterator[Found]:
    """Find dates of birth: a date after a word of birth, or a full date before WhatsApp's time."""
    lowered = text.lower()
    told = any(part in lowered for part in _IN_BIRTH)
    cues = [match.end() for match in _BIRTH.finditer(text)] if told else []
    for match in _FULL_DATE.finditer(text):
        given = match["year"] or match["iso"]
        if match["year"] and not _is_day(match.group()):
            continue
        apostrophe = match.group()[: match.end() - match.start() - len(given)].endswith(("'", "\u2019"))
        year = (
            int(given)
            if len(given) == 4
            else (2000 if int(given) < 9 and not apostrophe else 1900) + int(given)
        )
        if len(given) == 2 and int(given) < 40 and not apostrophe:
            year = 2000 + int(given)
        cued = any(0 <= match.start() - cue <= 40 for cue in cues)
        cued = cued or any(0 <= match.start() - turn.end() <= 8 for turn in _TURNS.finditer(text))
        cued = cued or _of_somebody(text, match.start(), match.end())
        cued = cued or _BORN_AFTER.match(text, match.end()) is not None
        cued = cued or _AGE_BEFORE.search(text[max(0, match.start() - 14) : match.start()]) is not None
        if cued or (year < _FIRST_YEAR and not _of_event(text, match.start(), match.end())):
            yield Found(match.start(), match.end(), "geboortedatum", compact(match.group()), "birth")
    for cue in cues:
        run = _DATE_RUN.match(text, cue)
        if run is not None:
            yield Found(*run.span("date"), "geboortedatum", run["date"], "birth")
        short = _SHORT_DATE.search(text, cue, cue + 30)
        if short is not None and not text[max(0, cue - 12) : cue].lower().endswith(("jarig", "verjaart")):
            yield Found(short.start(), short.end(), "geboortedatum", compact(short.group()), "birth")


def birth_date_beside(text: str, end: int) -> tuple[int, int] | None:
    """Where a full date stands that belongs to the name ending at `end`: `Ties (12-03-2014)`."""
    led = _BESIDE_NAME.match(text, end)
    date = _FULL_DATE.match(text, led.end()) if led is not None else None
    if led is None or date is None or (date["year"] and not _is_day(date.group())):
        return None
    told = led.group().strip(" ,") or _GOES_ON.match(text, date.end())
    whole = "," in led.group() and _FULL_NAME.search(text, max(0, end - _LOOK_BACK), end)
    return date.span() if told or (whole and len(date["year"] or "") == 4) else None


_BESIDE_NAME = re.compile(r",?\s\(?(?:(?:van|v\.?|geb\.?|\*)\s?)?", re.IGNORECASE)
# `op naam van Quinten Mulder, 8-5-2011.`
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][^\W\d_]+\s(?:[a-z']{1,4}\s){0,3}[A-ZÀ-Þ][^\W\d_]+$")
_GOES_ON = re.compile(r",\s|\s(?:uit|te|wonende?|vermist)\b")


def _of_somebody(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _LOOK_BACK) : start]
    if _OF_A_DAY.search(before):
        return True
    return _TURNING.search(before) is not None and _AGE.match(text, end) is not None


def _of_event(text: str, start: int, end: int) -> bool:
    """`de ramp van 1-2-1953`; in brackets after a name a date is that person's."""
    bracketed = text[:start].rstrip().endswith("(")
    return not bracketed and _EVENT.search(text, max(0, start - _BESIDE_DATE), end + _BESIDE_DATE) is not None


def _is_day(raw: str) -> bool:
    """Three bare numbers with spaces between them are a date only if the year has four digits."""
    numbers = re.findall(r"\d+", raw)
    months = numbers[1:2] if len(numbers) == 3 else ["1"]
    plain = re.fullmatch(r"\d+\s+\d+\s+\d{2}", raw) is not None
    return 1 <= int(numbers[0]) <= 31 and 1 <= int(months[0]) <= 12 and not plain
