"""What a note is made from, and how it names and counts things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chatcode.domain import Beside
from chatcode.report.findings import Finding
from chatcode.report.words import Words

if TYPE_CHECKING:
    from chatcode.codebook import Codebook
    from chatcode.domain import Layer, Quote

ONE_OR_MORE = {
    "days": ("on one day", "on {n} days"),
    "months": ("in one month", "in {n} months"),
    "messages": ("one message", "{n} messages"),
    "reports": ("one incident", "{n} incidents"),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """The layer of a note with its findings, what people entered beside it, and the words it is told in."""

    layer: Layer
    codebook: Codebook
    found: Sequence[Finding]
    w: Words
    lang: str
    beside: Beside
    made_on: date
    quotes: Sequence[Quote] = ()

    @property
    def several(self) -> bool:
        """Is the note about more than one area?"""
        return len(self.layer.cases) > 1

    def name(self, number: int) -> str:
        """Number and name of an intervention."""
        return f"{number}. {self.codebook.interventions[number].name[self.lang]}"

    def in_case(self, f: Finding, told: str) -> str:
        """What is told, led by its area where the note is about more than one."""
        return f"{f.case} · {told}" if self.several else told

    def of_case(self, f: Finding, told: str) -> str:
        """What is told, with its area behind it where the note is about more than one."""
        return f"{told} ({f.case})" if self.several else told

    def cases(self, found: Sequence[Finding]) -> str:
        """The areas of some findings."""
        return ", ".join(f.case for f in found)

    def number_of(self, what: str, n: int) -> str:
        """A number of days, months, messages or incidents in words."""
        one, many = ONE_OR_MORE[what]
        return self.w(one) if n == 1 else self.w(many, n=self.w.number(n))
