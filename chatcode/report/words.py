"""The words of documents in Dutch and English: English in the code, Dutch in locale/nl.po."""

from __future__ import annotations

import math
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from chatcode.analysis.frequency import ENOUGH_REVIEWED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatcode.report.document import Align, CellValue

_LOCALES = {"nl": "nl_NL", "en": "en_GB"}
# 94.6 % reviewed is not enough, and 99.7 % is not everything.
_LIMITS = (ENOUGH_REVIEWED, 1.0)


class Words:
    """The wording of one language; call it with the English source string."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.locale = _LOCALES[lang]
        self._catalogue = _catalogue() if lang == "nl" else None

    def __call__(self, english: str, **values: object) -> str:
        """The string in this language, with its values filled in.

        Raises:
            KeyError: the catalogue lacks the string.
        """
        text = english if self._catalogue is None else self._catalogue[english]
        return text.format(**values) if values else text

    def every(self) -> tuple[str, ...]:
        """All sentences that the program has in this language, with their places to fill in."""
        catalogue = _catalogue()
        return tuple(catalogue if self._catalogue is None else catalogue.values())

    def month(self, month: str, *, short: bool = False) -> str:
        """A month given as YYYY-MM: `september 2020`, or short `sep 2020`."""
        from babel.dates import format_date

        first = date(int(month[:4]), int(month[5:]), 1)
        return format_date(first, "LLL yyyy" if short else "LLLL yyyy", locale=self.locale).replace(".", "")

    def day(self, day: date) -> str:
        """A day: `1 september 2020`."""
        from babel.dates import format_date

        return format_date(day, "d MMMM yyyy", locale=self.locale)

    def number(self, value: float) -> str:
        """A number with this language's signs, with one decimal at the most."""
        from babel.numbers import format_decimal

        return format_decimal(value, format="#,##0.#", locale=self.locale)

    def decimal(self, value: float, places: int = 2) -> str:
        """A number with as many decimals as asked, such as a mean: `2,91`; with a minus sign, no hyphen."""
        from babel.numbers import format_decimal

        told = format_decimal(value, format=f"#,##0.{'0' * places}", locale=self.locale)
        # At a hyphen a line may break, and -0.00 is nought.
        return told.replace("-", "−" if round(value, places) else "")

    def p(self, value: float) -> str:
        """A p value: `0,041`, and never nought but `<0,001`."""
        told = self.decimal(value, 3)
        return f"<{self.decimal(0.001, 3)}" if told == self.decimal(0, 3) else told

    def exact(self, value: float) -> str:
        """A number with two decimals at the most: a convention of 0.15 is not one of 0.2."""
        from babel.numbers import format_decimal

        return format_decimal(value, format="#,##0.##", locale=self.locale)

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """A sentence with a number in it: `one` where it is 1, else `many`, with `{n}` filled in."""
        return self(one if n == 1 else many, n=self.number(n), **values)

    def share(self, value: float) -> str:
        """A share between 0 and 1 as a whole percentage, never rounded up to a limit it does not reach."""
        rounded = round(value, 2)
        if any(value < limit <= rounded for limit in _LIMITS):
            rounded = math.floor(value * 100) / 100
        return f"{rounded * 100:.0f}%"

    def cell(self, value: CellValue, kind: Align = "text") -> str:
        """What stands in a cell of a table: a dash where there is nothing."""
        if value is None:
            return "–"
        if isinstance(value, str):
            if kind == "month":
                return self.month(value)
            return self.day(date.fromisoformat(value)) if kind == "date" else value
        match kind:
            case "share":
                return self.share(value)
            case "decimal":
                return self.decimal(value)
            case "p":
                return self.p(value)
        return self.number(value)


def own_words() -> list[str]:
    """The words that documents make up by themselves, in both languages: the names of months.

    A member may be called Jan or June; in a report that is a month, and no leak.
    """
    months = [f"2000-{month:02d}" for month in range(1, 13)]
    return [
        words.month(month, short=short)
        for words in (Words("nl"), Words("en"))
        for month in months
        for short in (False, True)
    ]


@cache
def _catalogue() -> Mapping[str, str]:
    from babel.messages.pofile import read_po

    with (resources.files("chatcode.report") / "locale" / "nl.po").open("rb") as file:
        catalogue = read_po(file, locale="nl")
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
