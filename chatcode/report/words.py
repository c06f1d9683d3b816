"""The words of documents in Dutch and English: English in the code, Dutch in locale/nl.po."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatcode.report.document import Align, CellValue

_LOCALES = {"nl": "nl_NL", "en": "en_GB"}


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

    def share(self, value: float) -> str:
        """A share between 0 and 1 as a whole percentage."""
        return f"{value * 100:.0f} %" if self.lang == "nl" else f"{value * 100:.0f}%"

    def cell(self, value: CellValue, kind: Align = "text") -> str:
        """What stands in a cell of a table: a dash where there is nothing."""
        if value is None:
            return "–"
        if isinstance(value, str):
            return value
        return self.share(value) if kind == "share" else self.number(value)


@cache
def _catalogue() -> Mapping[str, str]:
    from babel.messages.pofile import read_po

    with (resources.files("chatcode.report") / "locale" / "nl.po").open("rb") as file:
        catalogue = read_po(file, locale="nl")
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
