"""Comparisons of two samples, and of two changes: from published figures or from answers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from chatcode.survey.published import AFTER, BEFORE, CONTROL, EXPERIMENTAL, Claim, Entry
from chatcode.survey.samples import (
    ALPHA,
    Difference,
    Rounded,
    Sample,
    compare,
    holm,
    student_bounds,
    two_sided,
    welch_bounds,
)

# baseline: experimental against control at one time; followup: before against after in one group.
Kind = Literal["baseline", "followup", "other"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a printed p fits: per test the p that rounding of the figures allows, and whether it fits."""

    claim: str
    significant: bool
    student: tuple[float, float]
    student_fits: bool
    welch: tuple[float, float]
    welch_fits: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Two samples of one indicator; `p_holm` is Student's p corrected over all rows of its table."""

    table: str
    indicator: str
    area: str
    group: str
    kind: Kind
    first: Sample
    second: Sample
    result: Difference
    p_holm: float = math.nan
    verdict: Verdict | None = None

    @property
    def welch_differs(self) -> bool:
        """Whether Welch says otherwise than Student, or fits the printed p otherwise."""
        otherwise = (self.result.p_student < ALPHA) != (self.result.p_welch < ALPHA)
        return otherwise or (
            self.verdict is not None and self.verdict.student_fits != self.verdict.welch_fits
        )

    @property
    def remark(self) -> str:
        """What a reader of the row must know, in plain English; empty where nothing."""
        told = []
        if self.verdict is not None:
            fits = [
                name
                for name, fit in (
                    ("Student", self.verdict.student_fits),
                    ("Welch", self.verdict.welch_fits),
                )
                if fit
            ]
            if len(fits) == 1:
                other = "Welch" if fits == ["Student"] else "Student"
                told.append(f"Welch differs: the published p fits {fits[0]}, not {other}")
            elif not fits:
                told.append("the published p fits neither Student nor Welch")
        if (self.result.p_student < ALPHA) != (self.result.p_welch < ALPHA):
            low, high = ("Student", "Welch") if self.result.p_student < ALPHA else ("Welch", "Student")
            told.append(f"Welch differs: below {ALPHA} by {low}, not by {high}")
        return "; ".join(told)


@dataclass(frozen=True, slots=True)
class Changes:
    """A difference-in-differences: the change of the experimental group less that of the control group.

    `d` is that difference in sds within the four samples. `covariates` names what it was adjusted
    for, `errors` how its error was reckoned; `n` is who is in it.
    """

    table: str
    indicator: str
    area: str
    change_experimental: float
    change_control: float
    difference: float
    error: float
    low: float
    high: float
    t: float
    df: float
    p: float
    d: float
    n: int
    covariates: tuple[str, ...] = ()
    errors: str = "Welch"
    p_holm: float = math.nan


def compared(entries: Iterable[Entry]) -> list[Compared]:
    """Compare every pair of published samples, and correct over each table."""
    return corrected(
        [
            Compared(
                entry.table,
                entry.indicator,
                entry.area,
                entry.group,
                kind_of(entry.group),
                entry.first.sample,
                entry.second.sample,
                compare(entry.first.sample, entry.second.sample),
                verdict=_verdict(entry.first, entry.second, entry.claim),
            )
            for entry in entries
        ]
    )


def corrected(rows: Sequence[Compared]) -> list[Compared]:
    """The same rows with p values corrected by Holm, each table being one family."""
    by_table: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        by_table.setdefault(row.table, []).append(place)
    found = list(rows)
    for places in by_table.values():
        for place, p in zip(places, holm([rows[i].result.p_student for i in places]), strict=True):
            found[place] = replace(rows[place], p_holm=p)
    return found


def corrected_changes(rows: Sequence[Changes]) -> list[Changes]:
    """The same changes with p values corrected by Holm: all of them are one family."""
    return [replace(row, p_holm=p) for row, p in zip(rows, holm([row.p for row in rows]), strict=True)]


def changes(rows: Sequence[Compared]) -> list[Changes]:
    """What the design asks, from the figures alone: where a table has E and C, before and after.

    The four samples are taken as independent; degrees of freedom by Welch and Satterthwaite.
    """
    found: dict[tuple[str, str, str], dict[str, Compared]] = {}
    for row in rows:
        if row.kind == "followup":
            found.setdefault((row.table, row.indicator, row.area), {})[side_of(row.group)] = row
    return corrected_changes(
        [
            difference_in_differences(
                one["E"].first, one["E"].second, one["C"].first, one["C"].second,
                table=table, indicator=indicator, area=area,
            )
            for (table, indicator, area), one in found.items()
            if {"E", "C"} <= one.keys()
        ]
    )  # fmt: skip


def difference_in_differences(
    e_before: Sample,
    e_after: Sample,
    c_before: Sample,
    c_after: Sample,
    *,
    table: str = "",
    indicator: str = "",
    area: str = "",
) -> Changes:
    """The change of E less the change of C, of four independent samples.

    Raises:
        ValueError: none of the samples varies.
    """
    from scipy.special import stdtrit

    samples = (e_before, e_after, c_before, c_after)
    parts = [sample.sd**2 / sample.n for sample in samples]
    error = math.sqrt(sum(parts))
    if error == 0:
        raise ValueError("no sample varies")
    df = error**4 / sum(part**2 / (sample.n - 1) for part, sample in zip(parts, samples, strict=True))
    of_e, of_c = e_after.mean - e_before.mean, c_after.mean - c_before.mean
    difference = of_e - of_c
    within = math.sqrt(sum((s.n - 1) * s.sd**2 for s in samples) / sum(s.n - 1 for s in samples))
    reach = float(stdtrit(df, 1 - ALPHA / 2)) * error
    return Changes(
        table, indicator, area, of_e, of_c, difference, error, difference - reach, difference + reach,
        difference / error, df, two_sided(difference / error, df), difference / within,
        sum(s.n for s in samples),
    )  # fmt: skip


def kind_of(group: str) -> Kind:
    """What a row compares, by the name of its group: `E-vs-C`, or `E`, `C-before-vs-after`."""
    words = _words(group)
    if words & EXPERIMENTAL and words & CONTROL:
        return "baseline"
    if words & (EXPERIMENTAL | CONTROL):
        return "followup"
    return "other"


def side_of(group: str) -> str:
    """E or C; what the group is called where it is neither."""
    words = _words(group)
    return "E" if words & EXPERIMENTAL else "C" if words & CONTROL else group


def as_row(row: Compared) -> dict[str, Any]:
    """A comparison as flat data; its first nine fields are a contract."""
    result = row.result
    told: dict[str, Any] = {
        "table": row.table,
        "indicator": row.indicator,
        "area": row.area,
        "group": row.group,
        "t": result.t,
        "p_student": result.p_student,
        "p_welch": result.p_welch,
        "d": result.d,
        "g": result.g,
        "n1": row.first.n,
        "m1": row.first.mean,
        "sd1": row.first.sd,
        "n2": row.second.n,
        "m2": row.second.mean,
        "sd2": row.second.sd,
        "difference": result.difference,
        "low": result.low,
        "high": result.high,
        "df": result.df,
        "t_welch": result.t_welch,
        "df_welch": result.df_welch,
        "d_low": result.d_low,
        "d_high": result.d_high,
        "g_low": result.g_low,
        "g_high": result.g_high,
        "p_holm": row.p_holm,
        "significant": result.p_student < ALPHA,
        "significant_welch": result.p_welch < ALPHA,
        "welch_differs": row.welch_differs,
        "remark": row.remark,
    }
    verdict = row.verdict
    told["published"] = None if verdict is None else verdict.claim
    if verdict is not None:
        told |= {
            "published_significant": verdict.significant,
            "p_student_low": verdict.student[0],
            "p_student_high": verdict.student[1],
            "student_fits": verdict.student_fits,
            "p_welch_low": verdict.welch[0],
            "p_welch_high": verdict.welch[1],
            "welch_fits": verdict.welch_fits,
        }
    return told


def _verdict(first: Rounded, second: Rounded, claim: Claim | None) -> Verdict | None:
    if claim is None:
        return None
    student, welch = student_bounds(first, second), welch_bounds(first, second)
    return Verdict(
        claim.text,
        claim.high <= ALPHA or (claim.low + claim.high) / 2 < ALPHA,
        student,
        claim.allows(*student),
        welch,
        claim.allows(*welch),
    )


def _words(text: str) -> frozenset[str]:
    """The words of a group's name that say something of its side; the waves in it are left out."""
    return frozenset(re.findall(r"[a-z]+", text.casefold())) - BEFORE - AFTER
