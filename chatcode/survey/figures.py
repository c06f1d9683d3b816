"""Everything that is worked out from the answers to a survey: figures, and nobody's answers any more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from chatcode.survey.comparison import (
    Changes,
    Compared,
    Kind,
    compared,
    corrected,
    corrected_changes,
    difference_in_differences,
)
from chatcode.survey.comparison import changes as published_changes
from chatcode.survey.paired import Paired, paired
from chatcode.survey.power import Power, power_for
from chatcode.survey.published import Entry
from chatcode.survey.questionnaire import LANGUAGES, WAVES, Indicator, Questionnaire, Side, Wave
from chatcode.survey.reading import Reading, Response
from chatcode.survey.regression import Observation, adjusted_changes
from chatcode.survey.samples import Sample, compare
from chatcode.survey.scales import Reliability, reliability, reversed_score, score

LETTERS: Mapping[Side, str] = {"experimental": "E", "control": "C"}
EXPECTED_D = 0.3
# Of fewer people than this no figure is made: who knows the area might know them.
LEAST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator as documents need it; figures that were published have no scale and no interventions."""

    id: str
    name: Mapping[str, str]
    low: float | None = None
    high: float | None = None
    wanted: str | None = None
    interventions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """Responses of one group in one wave; `of` is how many could have answered, None where not known."""

    area: str
    group: str
    wave: str
    n: int
    of: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a group's `of` answers to a question were this one; never of a handful."""

    question: str
    answer: str
    area: str
    group: str
    wave: str
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Whether experimental and control differ in a background question (chi squared)."""

    question: str
    area: str
    wave: str
    chi2: float
    df: int
    p: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The reliability of an indicator's items in one wave, all groups together."""

    indicator: str
    wave: str
    found: Reliability


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a survey.

    `changes` are those of the means alone; `adjusted` the same by regression with `covariates`.
    `apart` counts responses that take no part, by reason; `problems` what was told while reading.
    `cases` gives the name of each area in the study; `hidden` counts means of too few respondents, of
    which nothing is shown.
    """

    name: Mapping[str, str]
    measures: tuple[Measure, ...]
    cases: Mapping[str, str]
    counts: tuple[Count, ...] = ()
    apart: Mapping[str, int] | None = None
    problems: Mapping[str, int] | None = None
    shares: tuple[Share, ...] = ()
    balances: tuple[Balance, ...] = ()
    scales: tuple[Scale, ...] = ()
    rows: tuple[Compared, ...] = ()
    changes: tuple[Changes, ...] = ()
    adjusted: tuple[Changes, ...] = ()
    paired: tuple[Paired, ...] = ()
    power: tuple[Power, ...] = ()
    covariates: tuple[Mapping[str, str], ...] = ()
    dont_know_scored: bool = True
    hidden: int = 0
    from_answers: bool = True

    def measure(self, indicator: str) -> Measure:
        """An indicator by its id; KeyError where there is none."""
        for measure in self.measures:
            if measure.id == indicator:
                return measure
        raise KeyError(indicator)


def indicator_score(
    response: Response, indicator: Indicator, questionnaire: Questionnaire, *, dont_know: bool = True
) -> float | None:
    """A respondent's score on an indicator; `dont_know` False leaves out the scores of "don't know"."""
    items = item_scores(response, indicator, questionnaire, dont_know=dont_know)
    if indicator.rule == "first":
        return next((value for value in items if value is not None), None)
    return score(items, indicator.at_least)


def item_scores(
    response: Response, indicator: Indicator, questionnaire: Questionnaire, *, dont_know: bool = True
) -> list[float | None]:
    """The scores of the items in their order, those that are worded the other way turned round."""
    found: list[float | None] = []
    for question_id in indicator.questions:
        answer = response.one(question_id)
        value = None if answer is None or (answer.dont_know and not dont_know) else answer.score
        if value is not None and question_id in indicator.reverse:
            value = reversed_score(value, indicator.low, indicator.high)
        found.append(value)
    return found


def figures_of(
    reading: Reading,
    *,
    members: Mapping[tuple[str, Wave], int] | None = None,
    dont_know: bool = True,
    d: float = EXPECTED_D,
) -> Figures:
    """Work out everything from answers; `members` gives per area and wave how many the chat groups had."""
    book, responses = reading.questionnaire, reading.counted
    held: dict[tuple[str, Side, Wave], list[Response]] = {}
    for response in responses:
        if response.area and response.group and response.wave:
            held.setdefault((response.area, response.group, response.wave), []).append(response)
    rows: list[Compared] = []
    plain: list[Changes] = []
    adjusted: list[Changes] = []
    pairs: list[Paired] = []
    hidden = 0
    for indicator, area in product(book.indicators, (area.name for area in book.areas)):
        scored = {
            (side, wave): [
                (response, value)
                for response in held.get((area, side, wave), ())
                if (value := indicator_score(response, indicator, book, dont_know=dont_know)) is not None
            ]
            for side, wave in product(LETTERS, WAVES)
        }
        samples = {key: _sample([value for _, value in found]) for key, found in scored.items()}
        hidden += sum(0 < len(found) < LEAST_SHOWN for found in scored.values())
        rows += _rows(indicator.id, area, samples)
        cells = [samples[side, wave] for side in LETTERS for wave in WAVES]
        whole = [cell for cell in cells if cell is not None]
        if len(whole) == len(cells) and any(cell.sd for cell in whole):
            plain.append(
                difference_in_differences(*whole, table="changes", indicator=indicator.id, area=area)
            )
            adjusted += _adjusted(scored, indicator, area, book)
        for side in LETTERS:
            waves = [{r.person: v for r, v in scored[side, wave]} for wave in WAVES]
            found = paired(indicator.id, area, LETTERS[side], *waves)
            if found is not None and found.n >= LEAST_SHOWN:
                pairs.append(found)
    return Figures(
        name=dict(book.name),
        measures=tuple(
            Measure(i.id, dict(i.name), i.low, i.high, i.wanted, i.interventions) for i in book.indicators
        ),
        cases={area.name: area.case for area in book.areas},
        counts=tuple(_counts(held, book, members or {})),
        apart=dict(Counter(response.apart for response in reading.responses if response.apart)),
        problems=dict(Counter(problem.kind for problem in reading.problems)),
        shares=tuple(_shares(held, book)),
        balances=tuple(_balances(held, book)),
        scales=tuple(_scales(responses, book, dont_know)),
        rows=tuple(sorted(corrected(rows), key=lambda row: row.kind != "baseline")),
        changes=tuple(corrected_changes(plain)),
        adjusted=tuple(corrected_changes(adjusted)),
        paired=tuple(pairs),
        power=tuple(_powers(held, book, d)),
        covariates=tuple(
            {lang: book.question(name).name(lang) for lang in LANGUAGES} for name in book.covariates
        ),
        dont_know_scored=dont_know,
        hidden=hidden,
    )


def figures_from_published(entries: Sequence[Entry], *, name: str, d: float = EXPECTED_D) -> Figures:
    """The same from published n, mean and sd: what they cannot tell stays empty."""
    rows = compared(entries)
    indicators = dict.fromkeys(row.indicator for row in rows)
    areas = dict.fromkeys(row.area for row in rows)
    largest = {
        (row.area, row.group): (row.first.n, row.second.n)
        for row in sorted(rows, key=lambda row: row.first.n + row.second.n)
    }
    return Figures(
        name={"nl": name, "en": name},
        measures=tuple(Measure(i, {"nl": i, "en": i}) for i in indicators),
        cases={area: area for area in areas},
        rows=tuple(rows),
        changes=tuple(published_changes(rows)),
        power=tuple(power_for(" · ".join(filter(None, place)), sizes, d) for place, sizes in largest.items()),
        from_answers=False,
    )


# ── the parts ─────────────────────────────────────────────────────────────────


def _sample(values: Sequence[float]) -> Sample | None:
    return Sample.of(values) if len(values) >= LEAST_SHOWN else None


def _rows(indicator: str, area: str, samples: Mapping[tuple[Side, Wave], Sample | None]) -> list[Compared]:
    """The baseline row, and a row per group of before against after; those that can be tested."""
    asked: list[tuple[Kind, str, tuple[Side, Wave], tuple[Side, Wave]]] = [
        ("baseline", "E-vs-C", ("experimental", "before"), ("control", "before")),
        ("followup", "E", ("experimental", "before"), ("experimental", "after")),
        ("followup", "C", ("control", "before"), ("control", "after")),
    ]
    found: list[Compared] = []
    for kind, group, one, other in asked:
        first, second = samples[one], samples[other]
        if first is not None and second is not None and (first.sd or second.sd):
            found.append(Compared(kind, indicator, area, group, kind, first, second, compare(first, second)))
    return found


Scored = Mapping[tuple[Side, Wave], Sequence[tuple[Response, float]]]


def _adjusted(scored: Scored, indicator: Indicator, area: str, book: Questionnaire) -> list[Changes]:
    """The difference of the changes by regression; none where the answers cannot carry it."""
    observations = [
        Observation(
            value, side == "experimental", wave == "after", response.person, _covariates(response, book)
        )
        for (side, wave), found in scored.items()
        for response, value in found
    ]
    model = adjusted_changes(observations, book.covariates, indicator=indicator.id, area=area)
    return [] if model is None else [replace(model, table="adjusted")]


def _covariates(response: Response, book: Questionnaire) -> dict[str, float | str | None]:
    """What a comparison is adjusted for: the score of an answer where it has one, else its words."""
    found: dict[str, float | str | None] = {}
    for name in book.covariates:
        answer = response.one(name)
        found[name] = None if answer is None else answer.text if answer.score is None else answer.score
    return found


def _counts(
    held: Mapping[tuple[str, Side, Wave], Sequence[Response]],
    book: Questionnaire,
    members: Mapping[tuple[str, Wave], int],
) -> list[Count]:
    found = []
    for area, side, wave in product(book.areas, LETTERS, WAVES):
        n = len(held.get((area.name, side, wave), ()))
        of = members.get((area.name, wave)) if side == "experimental" else area.control
        if n:
            found.append(Count(area.name, LETTERS[side], wave, n, of))
    return found


def _shares(held: Mapping[tuple[str, Side, Wave], Sequence[Response]], book: Questionnaire) -> list[Share]:
    found = []
    for name in book.demographics:
        question = book.question(name)
        for (area, side, wave), responses in sorted(held.items(), key=lambda item: _order(item[0], book)):
            told = Counter(answer.text for r in responses if (answer := r.one(name)) is not None)
            found += [
                Share(question.texts[0], a.text, area, LETTERS[side], wave, told[a.text], told.total())
                for a in question.answers
                if not 0 < told[a.text] < LEAST_SHOWN
            ]
    return found


def _order(key: tuple[str, Side, Wave], book: Questionnaire) -> tuple[int, int, int]:
    area, side, wave = key
    return [a.name for a in book.areas].index(area), list(LETTERS).index(side), WAVES.index(wave)


def _balances(
    held: Mapping[tuple[str, Side, Wave], Sequence[Response]], book: Questionnaire
) -> list[Balance]:
    from scipy.stats import chi2_contingency

    found = []
    for name, area, wave in product(book.demographics, book.areas, WAVES):
        told = [
            Counter(a.text for r in held.get((area.name, side, wave), ()) if (a := r.one(name)) is not None)
            for side in LETTERS
        ]
        answers = [a.text for a in book.question(name).answers if any(t[a.text] for t in told)]
        if len(answers) > 1 and all(t.total() for t in told):
            result = chi2_contingency([[t[text] for text in answers] for t in told], correction=False)
            found.append(
                Balance(
                    book.question(name).texts[0], area.name, wave, float(result.statistic),
                    int(result.dof), float(result.pvalue),
                )
            )  # fmt: skip
    return found


def _scales(responses: Sequence[Response], book: Questionnaire, dont_know: bool) -> list[Scale]:
    found = []
    for indicator, wave in product((i for i in book.indicators if i.is_scale), WAVES):
        rows = [item_scores(r, indicator, book, dont_know=dont_know) for r in responses if r.wave == wave]
        told = reliability(rows, [book.question(q).texts[0] for q in indicator.questions])
        if math.isfinite(told.alpha):
            found.append(Scale(indicator.id, wave, told))
    return found


def _powers(
    held: Mapping[tuple[str, Side, Wave], Sequence[Response]], book: Questionnaire, d: float
) -> list[Power]:
    """What the numbers at hand can find: at the start, per group, and in the difference of changes."""
    found = []
    for area in book.areas:
        n = {(s, w): len(held.get((area.name, s, w), ())) for s in LETTERS for w in WAVES}
        asked: list[tuple[str, list[tuple[Side, Wave]]]] = [
            ("E-vs-C", [("experimental", "before"), ("control", "before")]),
            ("E", [("experimental", "before"), ("experimental", "after")]),
            ("C", [("control", "before"), ("control", "after")]),
            ("changes", [(s, w) for s in LETTERS for w in WAVES]),
        ]
        for what, cells in asked:
            sizes = tuple(n[cell] for cell in cells)
            if min(sizes) > 1:
                found.append(power_for(f"{area.name} · {what}", sizes, d))
    return found
