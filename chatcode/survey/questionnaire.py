"""The questionnaire: questions, routing, scales, indicators, areas and groups, from a file.

The form of the file is explained at its own top (`codebooks/survey.yaml`). A mistake in it is answered
with file and line.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from chatcode.bundled import questionnaire_path
from chatcode.domain import INTERVENTIONS
from chatcode.errors import CodebookError

if TYPE_CHECKING:
    from chatcode.form import Form

QuestionKind = Literal["one", "many", "open", "personal", "key"]
Side = Literal["experimental", "control"]
Wave = Literal["before", "after"]
Texts = Mapping[str, str]

LANGUAGES = ("nl", "en")
WAVES: tuple[Wave, Wave] = ("before", "after")
# The kind of a question; None is a grid, whose statements are questions of one answer each.
_KINDS: dict[str, QuestionKind | None] = {
    "one": "one", "many": "many", "open": "open", "personal": "personal", "key": "key", "grid": None,
}  # fmt: skip
_SIDES: dict[str, Side] = {"experimental": "experimental", "control": "control"}
_CHOSEN = frozenset(("one", "many"))


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that a question offers; `code` is the number that a coded file has for it."""

    text: str
    also: tuple[str, ...]
    code: int
    score: float | None = None
    dont_know: bool = False
    skip_to: str | None = None
    stop: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question, or one statement of a grid: then `grid` is the grid's id and `grid_texts` its wordings."""

    id: str
    texts: tuple[str, ...]
    kind: QuestionKind
    optional: bool = False
    answers: tuple[Answer, ...] = ()
    grid: str | None = None
    grid_texts: tuple[str, ...] = ()
    label: Texts | None = None
    _by_word: Mapping[str, Answer] = field(default_factory=dict, repr=False, compare=False)

    def name(self, lang: str) -> str:
        """What documents call it: its label where it has one, else its wording."""
        return self.label[lang] if self.label else self.texts[0]

    def answer(self, text: str) -> Answer | None:
        """The answer that a cell means: by its words, else by its code; None where it is none of them."""
        return self._by_word.get(fold(text))


@dataclass(frozen=True, slots=True)
class Area:
    """An area; `case` is its name in the study, `control` of how many the control group was drawn."""

    name: str
    answers: frozenset[str]
    case: str
    control: int | None


@dataclass(frozen=True, slots=True)
class GroupRule:
    """Who answered this belongs to that group; `answers` empty means any answer."""

    group: Side
    question: str
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, from which questions and how; `wanted` is the better way."""

    id: str
    name: Texts
    questions: tuple[str, ...]
    rule: Literal["mean", "first"]
    at_least: int
    reverse: frozenset[str]
    low: float
    high: float
    wanted: Literal["up", "down"]
    interventions: tuple[int, ...]

    @property
    def is_scale(self) -> bool:
        """Whether it has items that should measure one thing."""
        return self.rule == "mean" and len(self.questions) > 1


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire that was read and holds together; grids are taken apart into their statements."""

    name: Texts
    questions: tuple[Question, ...]
    areas: tuple[Area, ...]
    area: str
    wave: str | None
    groups: tuple[GroupRule, ...]
    demographics: tuple[str, ...]
    covariates: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    text: str = field(repr=False)
    hash: str

    @classmethod
    def load(cls, path: Path | None = None) -> Questionnaire:
        """Read a questionnaire; the bundled one by default.

        Raises:
            CodebookError: the file cannot be read or does not hold together.
        """
        path = path or questionnaire_path()
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise CodebookError(f"{path.name} cannot be read", "It should be a YAML file in UTF-8.") from None
        return cls.parse(text, path.name)

    @classmethod
    def parse(cls, text: str, origin: str) -> Questionnaire:
        """Read the text of a questionnaire.

        Raises:
            CodebookError: it does not hold together.
        """
        from chatcode.form import Form

        return _questionnaire(Form.read(text, origin), text)

    def question(self, question_id: str) -> Question:
        """A question or statement by its id; KeyError where there is none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def place(self, question_id: str) -> int:
        """Where a question stands; that of a grid where its first statement does."""
        return next(i for i, q in enumerate(self.questions) if question_id in (q.id, q.grid))


def fold(text: str) -> str:
    """A wording without what differs between exports: case, blanks, quotes, markup, number, end sign."""
    text = html.unescape(re.sub(r"<[^>]{1,200}>", " ", text))
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[‘’´`]", "'", re.sub(r"[–—−]", "-", text))
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"^(?:vraag |question |q)?\d{1,3}[.):] (?=\S)", "", text)
    return text.strip(" *") if len(text) < 2 else text.rstrip(" *.:?!")


# ── reading ───────────────────────────────────────────────────────────────────


def _questionnaire(form: Form, text: str) -> Questionnaire:
    name = _texts(form.form("name"))
    lists = {}
    if form.has("answer_lists"):
        held = form.form("answer_lists")
        lists = {word: _answers(held.forms(word)) for word in held.fields}
        held.finish()
    questions: list[Question] = []
    grids: set[str] = set()
    skips: list[tuple[Form, str, str]] = []
    for one in form.forms("questions"):
        for question in _questions(one, lists):
            if question.id in {q.id for q in questions} | grids:
                one.refuse(f"there are two questions `{question.id}`")
            questions.append(question)
            skips += [(one, question.id, a.skip_to) for a in question.answers if a.skip_to]
        if questions and questions[-1].grid:
            grids.add(questions[-1].grid)
    if not questions:
        form.refuse("`questions` is empty")
    found = _Known({question.id: question for question in questions})
    found.check_skips(skips)
    area = form.text("area")
    found.chosen(form, "area", [area])
    wave = form.text("wave") if form.has("wave") else None
    if wave is not None:
        found.chosen(form, "wave", [wave])
        if len(found.questions[wave].answers) != len(WAVES):
            form.refuse_field("wave", f"`{wave}` must have two answers: before, then after")
    areas = tuple(_area(one, found.questions[area]) for one in form.forms("areas"))
    if not areas:
        form.refuse("`areas` is empty")
    groups = tuple(_group(one, found) for one in form.forms("groups"))
    demographics, covariates = form.texts("demographics"), form.texts("covariates")
    found.chosen(form, "demographics", demographics)
    found.chosen(form, "covariates", covariates)
    indicators = tuple(_indicator(one, found) for one in form.forms("indicators"))
    if len({i.id for i in indicators}) < len(indicators):
        form.refuse_field("indicators", "two indicators have the same id")
    form.finish()
    digest = hashlib.sha256(json.dumps(form.plain(), ensure_ascii=False).encode()).hexdigest()
    return Questionnaire(
        name, tuple(questions), areas, area, wave, groups, demographics, covariates, indicators, text, digest
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """The questions by id, and the refusal of names that are none or cannot be used."""

    questions: Mapping[str, Question]

    def chosen(self, form: Form, name: str, ids: Sequence[str]) -> None:
        """Refuse ids that are no question with a list of answers; contact answers are never used."""
        for question_id in ids:
            if question_id not in self.questions:
                form.refuse_field(name, f"`{question_id}` is no question")
            if self.questions[question_id].kind not in _CHOSEN:
                form.refuse_field(name, f"`{question_id}` has no answers to choose from")

    def check_skips(self, skips: Sequence[tuple[Form, str, str]]) -> None:
        """Refuse a way through the form that leads nowhere, or back."""
        ids = list(self.questions)
        for form, at, target in skips:
            place = next((i for i, q in enumerate(self.questions.values()) if target in (q.id, q.grid)), None)
            if place is None:
                form.refuse(f"`skip_to` names `{target}`, which is no question")
            if place <= ids.index(at):
                form.refuse(f"`skip_to` goes back to `{target}`: it must go on")


def _questions(form: Form, lists: Mapping[str, tuple[Answer, ...]]) -> list[Question]:
    form.where = f"question {form.text('id')}"
    question_id, kind = form.text("id"), form.choice("kind", _KINDS) if form.has("kind") else "one"
    texts = (form.text("text"), *form.texts("also"))
    optional = bool(form.flag("optional"))
    label = _texts(form.form("label")) if form.has("label") else None
    answers: tuple[Answer, ...] = ()
    if form.has("answers_from"):
        answers = form.choice("answers_from", lists)
    elif kind in ("one", "many", None):
        answers = _answers(form.forms("answers"))
        if not answers:
            form.refuse("`answers` is missing")
    by_word = _by_word(form, answers)
    items = form.forms("items")
    form.finish()
    if kind is not None:
        return [Question(question_id, texts, kind, optional, answers, label=label, _by_word=by_word)]
    found = []
    for item in items:
        told = (item.text("text"), *item.texts("also"))
        found.append(
            Question(item.text("id"), told, "one", optional, answers, question_id, texts, _by_word=by_word)
        )
        item.finish()
    if not found:
        form.refuse("a grid needs `items`")
    return found


def _answers(forms: Sequence[Form]) -> tuple[Answer, ...]:
    found = []
    for place, one in enumerate(forms, 1):
        code = one.number("code")
        found.append(
            Answer(
                one.text("text"),
                one.texts("also"),
                place if code is None else code,
                _decimal(one, "score") if one.has("score") else None,
                bool(one.flag("dont_know")),
                one.text("skip_to") if one.has("skip_to") else None,
                bool(one.flag("stop")),
            )
        )
        one.finish()
    return tuple(found)


def _by_word(form: Form, answers: Sequence[Answer]) -> dict[str, Answer]:
    """Answers by their wordings, and by their codes where no wording is that number."""
    found: dict[str, Answer] = {}
    for answer in answers:
        for text in {fold(t) for t in (answer.text, *answer.also)}:
            if text in found:
                form.refuse(f"two answers are both called {answer.text!r}")
            found[text] = answer
    codes = [answer.code for answer in answers]
    if len(set(codes)) < len(codes):
        form.refuse("two answers have the same code")
    # Where wordings are numbers themselves, as in a mark from 1 to 10, a place in the list is no answer.
    if not any(text.isdecimal() for text in found):
        found |= {str(answer.code): answer for answer in answers}
    return found


def _area(form: Form, question: Question) -> Area:
    name = form.text("name")
    answers = form.texts("answers", 1)
    _offered(form, answers, question)
    case = form.text("case") if form.has("case") else name
    area = Area(name, frozenset(answers), case, form.number("control"))
    form.finish()
    return area


def _group(form: Form, known: _Known) -> GroupRule:
    question = form.text("question")
    known.chosen(form, "question", [question])
    answers = form.texts("answers")
    _offered(form, answers, known.questions[question])
    rule = GroupRule(form.choice("group", _SIDES), question, frozenset(answers))
    form.finish()
    return rule


def _offered(form: Form, answers: Sequence[str], question: Question) -> None:
    for text in answers:
        if text not in {answer.text for answer in question.answers}:
            form.refuse_field("answers", f"`{question.id}` has no answer {text!r}")


def _indicator(form: Form, known: _Known) -> Indicator:
    form.where = f"indicator {form.text('id')}"
    questions = form.texts("from", 1)
    known.chosen(form, "from", questions)
    scale = form.texts("scale", 2)
    try:
        low, high = map(float, scale)
    except ValueError:
        form.refuse_field("scale", "`scale` must be the lowest and the highest value")
    if low >= high:
        form.refuse_field("scale", "`scale` must be the lowest and the highest value")
    reverse = frozenset(form.texts("reverse"))
    if not reverse <= set(questions):
        form.refuse_field("reverse", "`reverse` names what is not in `from`")
    scores = [a.score for q in questions for a in known.questions[q].answers if a.score is not None]
    if not scores or min(scores) < low or max(scores) > high:
        form.refuse_field("scale", "its questions have scores outside the scale, or none")
    if any(known.questions[q].kind == "many" for q in questions):
        form.refuse_field("from", "a question with several answers has no one score")
    rule: Literal["mean", "first"] = "mean"
    if form.has("rule"):
        rules: dict[str, Literal["mean", "first"]] = {"mean": "mean", "first": "first"}
        rule = form.choice("rule", rules)
    at_least = form.number("at_least")
    told = form.texts("interventions")
    if not {*told} <= {str(n) for n in INTERVENTIONS}:
        form.refuse_field("interventions", "interventions are numbered 1 to 11")
    ways: dict[str, Literal["up", "down"]] = {"up": "up", "down": "down"}
    indicator = Indicator(
        form.text("id"),
        _texts(form.form("name")),
        questions,
        rule,
        # Half of the items and one more, where the file does not say.
        at_least if at_least is not None else len(questions) // 2 + 1,
        reverse,
        low,
        high,
        form.choice("wanted", ways),
        tuple(map(int, told)),
    )
    if not 1 <= indicator.at_least <= len(questions):
        form.refuse_field("at_least", "`at_least` is more than there are items")
    form.finish()
    return indicator


def _texts(form: Form) -> Texts:
    found = {"nl": form.text("nl"), "en": form.text("en")}
    form.finish()
    return found


def _decimal(form: Form, name: str) -> float:
    text = form.text(name)
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        form.refuse_field(name, f"`{name}` must be a number")
    return float(text)
