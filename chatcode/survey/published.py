"""Published figures (n, mean, sd) from a file, whatever its columns are called.

Two layouts are read. Wide: a row holds two samples, as `n1 m1 sd1 n2 m2 sd2` or under the other names
in `_SIDES`. Long: a row holds one sample (`n mean sd`) and says its group and wave.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from chatcode.errors import ChatcodeError
from chatcode.survey.samples import Rounded, Sample
from chatcode.survey.sheets import read_sheet

if TYPE_CHECKING:
    from chatcode.survey.sheets import Line

_LABELS = {
    "table": ("table", "tabel", "tab"),
    "indicator": ("indicator", "variable", "variabele", "measure", "outcome", "uitkomst", "maat", "scale",
                  "schaal"),
    "area": ("area", "gebied", "buurt", "wijk", "neighbourhood", "neighborhood", "district", "case", "site"),
    "group": ("group", "groep", "comparison", "vergelijking", "contrast", "condition", "conditie", "sample"),
    "wave": ("wave", "meting", "moment", "measurement", "time", "tijd"),
    "published": ("published", "gepubliceerd", "p", "pvalue", "pwaarde", "sig", "significance",
                  "significantie", "ttest", "ttoets", "toets", "reported", "printed"),
}  # fmt: skip
_FIGURES = {
    "n": ("n", "aantal", "count", "respondents", "respondenten"),
    "m": ("m", "mean", "gem", "gemiddelde", "average", "avg"),
    "sd": ("sd", "stdev", "stddev", "std", "standaarddeviatie", "standarddeviation", "s"),
}
# What the two samples of a row may be called, and what the row then compares.
_SIDES = (
    ("1", "2", ""),
    ("a", "b", ""),
    ("first", "second", ""),
    *((e, c, "E-vs-C") for e in ("e", "exp", "experimental", "experimenteel", "experimentele", "treatment",
                                 "treated") for c in ("c", "con", "ctrl", "control", "controle")),
    *((b, a, "before-vs-after") for b in ("before", "pre", "voor", "voormeting", "t0", "baseline", "wave1")
      for a in ("after", "post", "na", "nameting", "t1", "followup", "wave2")),
    ("t1", "t2", "before-vs-after"),
)  # fmt: skip
EXPERIMENTAL = frozenset(
    ("e", "exp", "experiment", "experimental", "experimenteel", "experimentele", "treatment", "treated",
     "deelnemers", "members", "participants")
)  # fmt: skip
CONTROL = frozenset(("c", "con", "ctrl", "control", "controle", "controlegroep", "controls", "comparison"))
BEFORE = frozenset(("before", "pre", "voor", "voormeting", "baseline", "nulmeting", "t0"))
AFTER = frozenset(("after", "post", "na", "nameting", "followup", "eindmeting"))
_NOT_SIGNIFICANT = frozenset(("ns", "notsignificant", "nietsignificant", "nonsignificant"))
_STARS = {1: 0.05, 2: 0.01, 3: 0.001}
_PRINTED_P = re.compile(r"p?\s*([<>=≤≥]?)\s*(0?[.,]\d+|[01](?:[.,]0+)?)\s*\**", re.IGNORECASE)
_LETTERED_AREA = re.compile(r"(.+?)\s*[-–_/(,]\s*([EC])\)?")


@dataclass(frozen=True, slots=True)
class Claim:
    """A p as it was printed, as the stretch in which the p must then lie."""

    text: str
    low: float
    high: float

    def allows(self, low: float, high: float) -> bool:
        """Whether a p between these bounds may have been printed so."""
        return low <= self.high and high >= self.low


@dataclass(frozen=True, slots=True)
class Entry:
    """One comparison that was published."""

    table: str
    indicator: str
    area: str
    group: str
    first: Rounded
    second: Rounded
    claim: Claim | None


def read_published(path: Path, *, alpha: float = 0.05) -> list[Entry]:
    """Read the comparisons of a table.

    Raises:
        ChatcodeError: a column is missing, or a row holds what cannot be: which line, and what.
    """
    sheet = read_sheet(path)
    head, *lines = (line for line in sheet.lines if not line.cell(0).startswith("#"))
    columns = _columns(head)
    labels = {name: _first(columns, names) for name, names in _LABELS.items()}
    if labels["indicator"] is None:
        raise ChatcodeError(
            f"{path.name}:{head.number}: there is no column `indicator`",
            "Columns: table, indicator, area, group, n1, m1, sd1, n2, m2, sd2, published.",
        )
    if not lines:
        raise ChatcodeError(f"{path.name} holds a heading and no rows", "Add the rows.")
    for one, other, compared in _SIDES:
        sides = [_places(columns, side) for side in (one, other)]
        if all(sides):
            first, second = (side for side in sides if side)
            table = _Table(path.name, labels, [first, second], alpha, lines)
            return table.wide(compared)
    single = _places(columns, "")
    if single:
        return _Table(path.name, labels, [single], alpha, lines).long()
    raise ChatcodeError(
        f"{path.name}:{head.number}: the columns n, mean and sd of two samples are not there",
        "Name them n1, m1, sd1, n2, m2, sd2; or n, mean, sd with the columns group and wave.",
    )


class _Table:
    def __init__(
        self,
        name: str,
        labels: Mapping[str, int | None],
        samples: Sequence[Mapping[str, int]],
        alpha: float,
        lines: Sequence[Line],
    ) -> None:
        self.name, self.labels, self.samples, self.alpha, self.lines = name, labels, samples, alpha, lines
        figures = [line.cell(s[f]) for line in lines for s in samples for f in ("m", "sd")]
        # Where no number ends in a nought, the noughts have been cut off: the longest tells the rounding.
        cut = not any(re.fullmatch(r".*[.,]\d*0", text) for text in figures)
        self.least = {
            f: max((_decimals(line.cell(s[f])) for line in lines for s in samples), default=0) if cut else 0
            for f in ("m", "sd")
        }

    def wide(self, compared: str) -> list[Entry]:
        entries = []
        for line in self.lines:
            area, group = self._place(line, compared)
            first, second = (self._sample(line, side) for side in self.samples)
            if first.sample.sd == second.sample.sd == 0:
                self._refuse(line, "both sds are 0: there is nothing to test against")
            entries.append(
                Entry(
                    self._label(line, "table"), self._label(line, "indicator"), area, group, first, second,
                    self._claim(line),
                )
            )  # fmt: skip
        return entries

    def long(self) -> list[Entry]:
        """Put the samples of an indicator and area together: E against C, and before against after."""
        held: dict[tuple[str, str, str], dict[tuple[str, str], tuple[Line, Rounded]]] = {}
        for line in self.lines:
            area, group = self._place(line, "")
            words = _words(f"{group} {self._label(line, 'wave')}")
            side = "E" if words & EXPERIMENTAL else "C" if words & CONTROL else group
            wave = "after" if words & AFTER else "before" if words & BEFORE else self._label(line, "wave")
            found = held.setdefault((self._label(line, "table"), self._label(line, "indicator"), area), {})
            if (side, wave) in found:
                self._refuse(line, "this group and wave stand here twice")
            found[side, wave] = line, self._sample(line, self.samples[0])
        entries: list[Entry] = []
        for (table, indicator, area), found in held.items():
            waves = list(dict.fromkeys(wave for _, wave in found))
            sides = list(dict.fromkeys(side for side, _ in found))
            start = "before" if "before" in waves else waves[0]
            pairs = [(("E", start), ("C", start), "E-vs-C", start)]
            pairs += [((side, "before"), (side, "after"), side, "") for side in sides]
            for one, other, group, wave in pairs:
                if one in found and other in found:
                    line, first = found[one]
                    second = found[other][1]
                    if first.sample.sd == second.sample.sd == 0:
                        self._refuse(line, "both sds are 0: there is nothing to test against")
                    name = f"{group} {wave}" if wave and wave != "before" else group
                    entries.append(Entry(table, indicator, area, name, first, second, None))
        if not entries:
            raise ChatcodeError(
                f"{self.name}: no two rows can be compared",
                "The column group tells E and C, the column wave before and after.",
            )
        return entries

    def _place(self, line: Line, compared: str) -> tuple[str, str]:
        """The area and group; a table may write both in one, as in `Lombardijen-E`."""
        area, group = self._label(line, "area"), self._label(line, "group")
        lettered = _LETTERED_AREA.fullmatch(area)
        if not group and lettered:
            return lettered[1], lettered[2]
        return area, group or compared

    def _sample(self, line: Line, places: Mapping[str, int]) -> Rounded:
        cells = {figure: line.cell(place) for figure, place in places.items()}
        for figure, text in cells.items():
            if not text:
                self._refuse(line, f"{self._called(figure, places)} is missing")
        n = self._number(line, cells["n"], self._called("n", places))
        mean = self._number(line, cells["m"], self._called("m", places))
        sd = self._number(line, cells["sd"], self._called("sd", places))
        if n != int(n) or n < 2:
            self._refuse(line, f"{self._called('n', places)} must be a whole number of at least 2")
        if sd < 0:
            self._refuse(line, f"{self._called('sd', places)} is below 0")
        half = {f: 0.5 * 10.0 ** -max(_decimals(cells[f]), self.least[f]) for f in ("m", "sd")}
        return Rounded(Sample(int(n), mean, sd), half["m"], half["sd"])

    def _number(self, line: Line, text: str, called: str) -> float:
        if not re.fullmatch(r"[-+−]?(\d+([.,]\d*)?|[.,]\d+)", text):
            self._refuse(line, f"{called} is no number")
        value = float(text.replace(",", ".").replace("−", "-"))
        if not math.isfinite(value):
            self._refuse(line, f"{called} is no number")
        return value

    def _claim(self, line: Line) -> Claim | None:
        text = self._label(line, "published", needed=False)
        if not text or text in "-–—":
            return None
        if _folded(text) in _NOT_SIGNIFICANT:
            return Claim(text, self.alpha, 1)
        if set(text) == {"*"} and len(text) in _STARS:
            return Claim(text, 0, _STARS[len(text)])
        found = _PRINTED_P.fullmatch(text)
        if not found:
            self._refuse(line, "the published p cannot be read: write 0.026, <0.001 or n.s.")
        value = float(found[2].replace(",", "."))
        if found[1] in ("<", "≤"):
            return Claim(text, 0, value)
        if found[1] in (">", "≥"):
            return Claim(text, value, 1)
        half = 0.5 * 10.0 ** -_decimals(found[2])
        return Claim(text, max(0, value - half), min(1, value + half))

    def _label(self, line: Line, name: str, *, needed: bool | None = None) -> str:
        place = self.labels[name]
        text = line.cell(place) if place is not None else ""
        if not text and (name == "indicator" if needed is None else needed):
            self._refuse(line, f"{name} is missing")
        return text

    def _called(self, figure: str, places: Mapping[str, int]) -> str:
        """The name of a column in an error: sample 1 or 2 where there are two."""
        if len(self.samples) == 1:
            return {"m": "mean"}.get(figure, figure)
        return f"{figure}{1 if places is self.samples[0] else 2}"

    def _refuse(self, line: Line, what: str) -> NoReturn:
        raise ChatcodeError(f"{self.name}:{line.number}: {what}", "Mend this row and try again.")


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+\d?", text.casefold()))


def _columns(head: Line) -> dict[str, int]:
    """The places of the titles; of a title that stands there twice, as in `N M SD N M SD`, both."""
    titles = [_folded(title) for title in head.cells]
    found: dict[str, int] = {}
    for place, title in enumerate(titles):
        if titles.count(title) == 2:
            found[f"{title}{1 + titles[:place].count(title)}"] = place
        found.setdefault(title, place)
    return found


def _first(columns: Mapping[str, int], names: Sequence[str]) -> int | None:
    return next((columns[name] for name in names if name in columns), None)


def _places(columns: Mapping[str, int], side: str) -> dict[str, int] | None:
    """The columns n, mean and sd of one side, where all three are there: `n1`, `n_e`, `pre n`."""
    found = {}
    for figure, names in _FIGURES.items():
        place = _first(columns, [key for name in names for key in (name + side, side + name)])
        if place is None:
            return None
        found[figure] = place
    return found


def _decimals(text: str) -> int:
    return len(re.split("[.,]", text)[1]) if re.search("[.,]", text) else 0
