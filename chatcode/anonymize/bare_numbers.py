"""House numbers that stand by themselves: `bij 33 brandt licht`, `wij op 39`.

Whether a number means a house is told by the words around it. What each of them says was learned from
messages written for that (`benchmarks/weights.py`). On a list that nothing was made from, patterns made
by hand left 60 of 100 such houses, these weights leave 21; of the other numbers they take 6 in 100, the
patterns took 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatcode.anonymize.houses import EMERGENCY, NOT_HOUSES, Place, counts, value_of
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.weighing import odds, size_of, surroundings, weights, words_around, words_of

WEIGHTS = "house-numbers"
_NUMBER = re.compile(
    r"(?<![\w\u20ac%'\u2019])(?<!\u20ac\s)(?<!\d[.,:])(?<!\w[/-])(?P<block>[a-d]-(?=\d{2}))?(?P<figures>[1-9]\d{0,3})"
    r"(?P<addition>\s?(?:bis|hs|[a-df-h])(?!\w)|-\d{1,3}(?!\w)|-[ivx]{1,3}(?!\w))?"
    r"(?![\w%\u20ac+])(?![.,:/-]\d|\s0\d|-[^\W\d_]{2})"
    r"(?!\s(?:uur|u|euro|eur|cent|procent|graden|km|meter|m|cm|kg|kilo|liter|jaar|jr|jarige?n?|minuten|min|seconden|sec"
    r"|dagen|weken|maanden|keer|x|stuks|personen|per)(?!\w))",
    re.IGNORECASE,
)
# `24 t/m 27 december`
_OF_MONTH = re.compile(
    r"(?:\s?(?:t/m|tm|tot|en|of|[-,&+])\s?\d{1,2})*\s(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?"
    r"|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?!\w)",
    re.IGNORECASE,
)
# `briefje van 50`, `een man van 80`, `hij rijdt hier op 80`: sums, ages and speeds whatever else is said.
_AMOUNT = re.compile(
    r"\b(?:(?:klein)?(?:zoon|dochter|kind)(?:tje|je)?\svan|(?:nep)?(?:briefjes?|biljet(?:ten)?)\svan|(?:een|'n|n)\s(?:oude\s|oudere\s|jonge\s)?(?:man|vrouw|meneer|mevrouw"
    r"|heer|dame|oma|opa|persoon|jongen|meisje|kind)\s(?:ruim\s|bijna\s)?van|(?:zo)?iets\svan|ongeveer|ruim|zo'n|maximaal"
    r"|(?:rijdt|rijden|reed|reden|gereden)\s(?:\w+\s){0,2}op"
    r"|(?:je|jij|u|hij|zij|ze|ie|moeder|vader|oma|opa|man|vrouw)\s(?:bent|is|was|wordt|werd)"
    r"(?:\s(?:al|pas|net|nu|ook|toch|bijna|ruim))?"
    r"|(?:is|wordt|werd)\s(?:hij|ie|zij|ze))\s$",
    re.IGNORECASE,
)
_LINKS = frozenset({",", "/", "en", "of", "tot", "t", "tm", "naar", "met", "&", "+", "-"})
_LINK = (
    r"(?:,\s?|\s?/\s?|,?\s(?:en|of|tot|tot en met|t/m|tm|t/o|naar|met)\s|\s?&\s?|\s?\+\s?|\s-\s|\s)"
    r"(?:(?:op|bij|van|voor|nr\.?|de)\s)?"
)
_ONE_BEFORE = re.compile(rf"(?<![\w.,:/-])(\d{{1,4}}[a-h]?){_LINK}$", re.IGNORECASE)
_ONE_AFTER = re.compile(rf"{_LINK}(\d{{1,4}}[a-h]?)(?![\w.:/-]|,\d)", re.IGNORECASE)
_LONGEST_LIST = 6
_DATE = re.compile(r"(?P<day>[12]?\d|3[01])-(?P<month>0[1-9]|1[012])")
_ANY = 9999


def find_bare_numbers(text: str, lexicon: Lexicon) -> Iterator[Place]:
    """Find house numbers without a street or a word for number."""
    for match in numbers_of(text):
        before = text[max(0, match.start() - 40) : match.start()]
        said = odds(signs(text, match, lexicon), weights(WEIGHTS))
        if said > 0 and not _AMOUNT.search(before) and not NOT_HOUSES.search(before):
            yield Place(match.start(), match.end(), "adres", "nr" + value_of(match.group()))


def numbers_of(text: str) -> Iterator[re.Match[str]]:
    """The numbers of a text that may mean a house: no times, dates, sums, telephone or emergency numbers."""
    for match in _NUMBER.finditer(text):
        day = _DATE.fullmatch(match.group())
        # `24-10`; `8-10` and `10-12` may be houses side by side.
        dated = day is not None and int(day["day"]) > int(day["month"])
        if match.group() not in EMERGENCY and not dated and not _OF_MONTH.match(text, match.end()):
            yield match


def signs(text: str, match: re.Match[str], lexicon: Lexicon) -> set[str]:
    """Name what is around a number and what it looks like, as the weights know it."""
    start, end = match.span()
    before, after = words_around(text, start, end)
    second, last = ["", "", *before][-2:]
    first = after[0] if after else ""
    size = size_of(int(match["figures"]))
    found = surroundings(before, after)
    found |= {f"size {size}", f"last {last} {size}", f"second {second} {size}", f"first {first} {size}"}
    found.update(_shape(match, last))
    if not _LINKS.isdisjoint((second, last, first)) or last.isdigit() or first.isdigit():
        found.update(_list_around(text, start, end))
    if counts(text, match.group(), end, lexicon, most=_ANY):
        found.add("counts")
    return found


def _shape(match: re.Match[str], last: str) -> Iterator[str]:
    """How a number is written: round, with a letter, as a range or a date."""
    number, addition = int(match["figures"]), match["addition"]
    if number >= 10 and number % 10 == 0:
        yield "round"
        yield f"last {last} round"
    elif number >= 10 and number % 5 == 0:
        yield "five"
    if match["block"]:
        yield "block"
    if addition:
        yield "hyphen" if addition[0] == "-" else "apart" if addition[0].isspace() else "letter"
        if addition[1:].isdigit():
            yield "range" if int(addition[1:]) > number else "part"


def _list_around(text: str, start: int, end: int) -> Iterator[str]:
    """`bij 15, 17 en 21 woont`: what stands before and after a list counts for all of it."""
    begin, stop, length = start, end, 1
    while length < _LONGEST_LIST and (one := _ONE_BEFORE.search(text, max(0, begin - 24), begin)):
        begin, length = one.start(1), length + 1
    while length < 2 * _LONGEST_LIST and (one := _ONE_AFTER.match(text, stop)):
        stop, length = one.end(1), length + 1
    if length == 1:
        return
    second, last = ["", "^", *words_of(text[max(0, begin - 24) : begin])][-2:]
    first, next_ = [*words_of(text[stop : stop + 24]), "$", ""][:2]
    yield from ("list", f"list after {last}", f"list after {second} {last}")
    yield from (f"list before {first}", f"list before {first} {next_}")
    if begin < start:
        yield from ("later in list", f"last {last}")
    if stop > end:
        yield from ("earlier in list", f"first {first}")
