"""Which column of an export holds which question: one heading row, or the two of SurveyMonkey."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatcode.survey.questionnaire import Answer, Question, Questionnaire, fold

if TYPE_CHECKING:
    from chatcode.survey.sheets import Line, Sheet

# What the second heading row says over the one column of a question.
_GENERIC = frozenset(
    ("", "response", "open-ended response", "antwoord", "antwoorden", "reactie", "respons", "open antwoord",
     "open reactie")
)  # fmt: skip
_RESPONDENT = frozenset(("respondent id", "respondentid", "respondent-id", "response id", "antwoord-id"))
# Columns that survey tools add of themselves and that hold nobody's answer.
_AROUND = frozenset(
    ("collector id", "collectorid", "verzamelaar-id", "start date", "startdatum", "begindatum", "end date",
     "einddatum", "date created", "date modified", "timestamp", "tijdstempel", "submitted", "language",
     "taal", "status", "progress", "duration", "finished")
)  # fmt: skip
_PERSONAL = frozenset(
    ("ip address", "ip-adres", "ipadres", "email address", "email", "e-mail", "e-mailadres", "emailadres",
     "first name", "voornaam", "last name", "achternaam", "name", "naam", "phone", "telefoon",
     "telefoonnummer", "address", "adres", "custom data 1", "custom data", "aangepaste gegevens 1")
)  # fmt: skip
_JOINS = (" - ", ": ", " | ", " / ", " > ")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that holds a question, or one answer of a question that takes several."""

    place: int
    question: Question
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a file are. Places count from 0; what is not known is `ignored`."""

    found: tuple[Column, ...]
    respondent: int | None
    personal: tuple[int, ...]
    ignored: tuple[int, ...]
    twice: tuple[int, ...]
    missing: tuple[str, ...]
    headings: int


def letter(place: int) -> str:
    """The letters of a column as a spreadsheet shows them: A to Z, then AA."""
    told = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        told = chr(65 + rest) + told
    return told


def find_columns(sheet: Sheet, questionnaire: Questionnaire) -> Columns:
    """Tell what each column holds by its heading; a heading that is not known is never guessed at."""
    index = _Index(questionnaire)
    two = len(sheet.lines) > 1 and _has_two_headings(sheet.lines[0], sheet.lines[1], index)
    width = max(len(line.cells) for line in sheet.lines[: 1 + two])
    found: dict[int, tuple[Question, Answer | None]] = {}
    respondent, personal, ignored = None, [], []
    for place, (head, sub) in enumerate(_headings(sheet, two, width)):
        told = (fold(head), fold(sheet.headings.get(place, "")))
        target = index.find(head, sub) or index.find(sheet.headings.get(place, ""), "")
        if target is not None and target[0].kind == "personal":
            personal.append(place)
        elif target is not None:
            found[place] = target
        elif respondent is None and _RESPONDENT & {*told}:
            respondent = place
        elif _PERSONAL & {*told}:
            personal.append(place)
        elif any(told) and not _AROUND & {*told}:
            ignored.append(place)
    targets = [(q.id, a and a.text) for q, a in found.values()]
    twice = [p for p, (q, a) in found.items() if targets.count((q.id, a and a.text)) > 1]
    columns = tuple(Column(p, q, a) for p, (q, a) in found.items() if p not in twice)
    there = {column.question.id for column in columns}
    missing = tuple(
        q.id
        for q in questionnaire.questions
        if not (q.optional or q.id in there or q.kind in ("open", "personal"))
    )
    return Columns(columns, respondent, tuple(personal), tuple(ignored), tuple(twice), missing, 1 + two)


class _Index:
    """Questions by their headings."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.single: dict[str, tuple[Question, Answer | None]] = {}
        self.pairs: dict[tuple[str, str], tuple[Question, Answer | None]] = {}
        for question in questionnaire.questions:
            names = (question.id, *question.texts)
            for name in names:
                self.single.setdefault(fold(name), (question, None))
            for head in question.grid_texts and (question.grid or "", *question.grid_texts):
                for name in names:
                    self.pairs[fold(head), fold(name)] = question, None
            if question.kind == "many":
                for place, answer in enumerate(question.answers, 1):
                    self.single.setdefault(f"{fold(question.id)}_{place}", (question, answer))
                    for head in names:
                        for name in (answer.text, *answer.also):
                            self.pairs[fold(head), fold(name)] = question, answer

    def find(self, head: str, sub: str) -> tuple[Question, Answer | None] | None:
        """What a heading with the one below it means; None where that is not known for certain."""
        pair = self.pairs.get((fold(head), fold(sub)))
        if pair is not None:
            return pair
        single = self.single.get(fold(head))
        if single is not None and (fold(sub) in _GENERIC or single[0].kind == "personal"):
            return single
        if fold(sub) in _GENERIC:
            return next((self.pairs[p] for p in _parted(head) if p in self.pairs), None)
        return None

    def knows(self, head: str, sub: str) -> bool:
        """Whether a heading and the one below it belong together."""
        return (fold(head), fold(sub)) in self.pairs


def _parted(head: str) -> Iterator[tuple[str, str]]:
    """A heading that holds question and statement, as `question [statement]` or `question - statement`."""
    bracketed = re.fullmatch(r"(.+?)\s*\[(.+)\]", head, re.DOTALL)
    if bracketed:
        yield fold(bracketed[1]), fold(bracketed[2])
    for join in _JOINS:
        for at in (found.start() for found in re.finditer(re.escape(join), head)):
            yield fold(head[:at]), fold(head[at + len(join) :])


def _headings(sheet: Sheet, two: bool, width: int) -> list[tuple[str, str]]:
    """Per column its heading and the one below it; a question stands over its first column only."""
    first = sheet.lines[0]
    found: list[tuple[str, str]] = []
    last = ""
    for place in range(width):
        sub = sheet.lines[1].cell(place) if two else ""
        head = first.cell(place) or (last if sub else "")
        last = head
        found.append((head, sub))
    return found


def _has_two_headings(first: Line, second: Line, index: _Index) -> bool:
    head = ""
    for place in range(max(len(first.cells), len(second.cells))):
        head, sub = first.cell(place) or head, second.cell(place)
        if not sub:
            continue
        if index.knows(head, sub) or (fold(sub) in _GENERIC and head):
            # A row of answers names its respondent; the second row of headings does not.
            return not any(
                fold(first.cell(p)) in _RESPONDENT and second.cell(p) for p in range(len(first.cells))
            )
    return False
