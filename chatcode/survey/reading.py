"""Reading a survey export: answers by the questionnaire, and by row what does not fit; nothing guessed."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from chatcode.errors import ChatcodeError
from chatcode.survey.columns import Column, Columns, find_columns, letter
from chatcode.survey.questionnaire import WAVES, Answer, Question, Questionnaire, Side, Wave, fold
from chatcode.survey.sheets import read_sheet

if TYPE_CHECKING:
    from chatcode.survey.sheets import Line, Sheet

# answer: none of the list. routing: answered though another answer leads past it. duplicate: the same
# respondent twice. same_answers, same_code: perhaps the same respondent. area, group, wave: cannot be told.
ProblemKind = Literal[
    "answer", "routing", "duplicate", "same_answers", "same_code", "area", "group", "wave", "column"
]
_CHOSEN = frozenset(("1", "x", "ja", "yes", "true", "waar"))
_NOT_CHOSEN = frozenset(("0", "nee", "no", "false", "onwaar"))
# Fewer answers than this may well be the same by chance.
_ENOUGH_TO_COMPARE = 12


@dataclass(frozen=True, slots=True)
class Problem:
    """What does not fit, and where; never what stands in the cell."""

    file: str
    row: int | None
    column: str
    question: str
    kind: ProblemKind
    what: str


@dataclass(frozen=True, slots=True)
class Response:
    """One respondent's answers that fit, by question; contact answers were dropped while reading.

    `person` is the same for who answered in both waves with the same code. `apart` says why a
    response takes no part in comparisons: empty where it does.
    """

    file: str
    row: int
    wave: Wave | None
    area: str | None
    group: Side | None
    person: str = field(repr=False)
    answers: Mapping[str, tuple[Answer, ...]] = field(repr=False)
    apart: str = ""

    def one(self, question_id: str) -> Answer | None:
        """The one answer to a question; None where there is none."""
        found = self.answers.get(question_id, ())
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one or more files."""

    questionnaire: Questionnaire
    responses: tuple[Response, ...] = field(repr=False)
    problems: tuple[Problem, ...]
    # Per file: rows with answers, rows without any, columns that were dropped or not known.
    files: tuple[Mapping[str, object], ...]

    @property
    def counted(self) -> list[Response]:
        """The responses that take part in comparisons."""
        return [response for response in self.responses if not response.apart]


def read_survey(files: Sequence[tuple[Path, Wave | None]], questionnaire: Questionnaire) -> Reading:
    """Read exports; the wave of a file is given, or None where a question tells it.

    Raises:
        ChatcodeError: a file cannot be read, or none of its columns is a question.
    """
    # Codes of respondents are compared by a fingerprint whose secret ends with this call.
    secret = secrets.token_bytes(32)
    rows: list[_Row] = []
    problems: list[Problem] = []
    told: list[Mapping[str, object]] = []
    for path, wave in files:
        sheet = read_sheet(path)
        columns = find_columns(sheet, questionnaire)
        if not columns.found:
            raise ChatcodeError(
                f"{path.name}: none of its columns is a question of the questionnaire",
                "Look at the wordings: chatcode survey questions",
            )
        problems += _column_problems(sheet, columns)
        lines = sheet.lines[columns.headings :]
        reader = _Reader(sheet.name, questionnaire, columns, secret, problems, wave)
        found = [row for line in lines if (row := reader.row(line)) is not None]
        rows += found
        told.append(
            {
                "file": sheet.name,
                "responses": len(found),
                "empty": len(lines) - len(found),
                "personal_columns_dropped": len(columns.personal),
                "unknown_columns": [letter(place) for place in columns.ignored],
                "tells_wave": wave is not None or reader.tells_wave,
            }
        )
    _mark_duplicates(rows, problems)
    _mark_codes(rows, problems)
    order = {name: place for place, name in enumerate(str(f["file"]) for f in told)}
    problems.sort(key=lambda p: (order[p.file], p.row or 0, p.column))
    responses = tuple(row.response(questionnaire, problems) for row in rows)
    problems.sort(key=lambda p: (order[p.file], p.row or 0))
    return Reading(questionnaire, responses, tuple(problems), tuple(told))


@dataclass(slots=True)
class _Row:
    """A row while it is being read."""

    file: str
    row: int
    wave: Wave | None
    respondent: str | None
    code: str | None
    answers: dict[str, tuple[Answer, ...]]
    # Everything that was answered, also what was left out again: for finding duplicates.
    signature: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stopped: bool = False
    apart: str = ""
    linked: bool = True
    # A file that never tells its wave is told of as a whole, not by row.
    tells_wave: bool = True

    def response(self, questionnaire: Questionnaire, problems: list[Problem]) -> Response:
        """The row as a response: where it belongs, or why it is set apart."""
        area, group = _area_of(self.answers, questionnaire), _group_of(self.answers, questionnaire)
        apart = self.apart or ("stopped" if self.stopped else "")
        if not apart:
            places: tuple[tuple[ProblemKind, str | None, str], ...] = (
                ("wave", self.wave, "before or after cannot be told"),
                ("area", area, "the area cannot be told"),
                ("group", group, "experimental or control cannot be told"),
            )
            for kind, known, what in places:
                if known is None:
                    apart = apart or kind
                if known is None and (kind != "wave" or self.tells_wave):
                    problems.append(Problem(self.file, self.row, "", "", kind, what))
        person = self.code if self.code and self.linked else f"{self.file}:{self.row}"
        return Response(self.file, self.row, self.wave, area, group, person, self.answers, apart)


class _Reader:
    """Reads the rows of one file."""

    def __init__(
        self,
        file: str,
        questionnaire: Questionnaire,
        columns: Columns,
        secret: bytes,
        problems: list[Problem],
        wave: Wave | None,
    ) -> None:
        self.file, self.questionnaire, self.columns = file, questionnaire, columns
        self.secret, self.problems, self.wave = secret, problems, wave

    @property
    def tells_wave(self) -> bool:
        """Whether a column of the file tells before from after."""
        return any(column.question.id == self.questionnaire.wave for column in self.columns.found)

    def row(self, line: Line) -> _Row | None:
        """One row; None where nothing was answered."""
        answers: dict[str, tuple[Answer, ...]] = {}
        code, wrong = None, False
        for column in self.columns.found:
            cell = line.cell(column.place)
            if not cell or column.question.kind == "open":
                continue
            if column.question.kind == "key":
                code = self._fingerprint(cell)
                continue
            chosen = self._chosen(column, cell)
            if chosen is None:
                wrong = True
                self._tell(line, "answer", column, "the answer is none of the list")
            elif chosen:
                answers[column.question.id] = (*answers.get(column.question.id, ()), *chosen)
        if not answers and not wrong:
            return None
        respondent = line.cell(self.columns.respondent) if self.columns.respondent is not None else ""
        row = _Row(
            self.file,
            line.number,
            self._wave_of(answers),
            self._fingerprint(respondent) if respondent else None,
            code,
            answers,
            tuple((q, tuple(a.text for a in chosen)) for q, chosen in sorted(answers.items())),
        )
        row.tells_wave = self.tells_wave
        row.stopped = any(answer.stop for chosen in answers.values() for answer in chosen)
        self._check_routing(line, row)
        return row

    def _chosen(self, column: Column, cell: str) -> tuple[Answer, ...] | None:
        """The answers that a cell means: none where it says not chosen; None where it cannot be told."""
        if column.answer is not None:
            told = fold(cell)
            if told in _NOT_CHOSEN:
                return ()
            meant = column.question.answer(cell)
            return (column.answer,) if told in _CHOSEN or meant == column.answer else None
        if column.question.kind == "many":
            return _several(column.question, cell)
        answer = column.question.answer(cell)
        return None if answer is None else (answer,)

    def _wave_of(self, answers: Mapping[str, tuple[Answer, ...]]) -> Wave | None:
        if self.wave is not None or self.questionnaire.wave is None:
            return self.wave
        question = self.questionnaire.question(self.questionnaire.wave)
        chosen = answers.get(question.id, ())
        return WAVES[question.answers.index(chosen[0])] if len(chosen) == 1 else None

    def _check_routing(self, line: Line, row: _Row) -> None:
        """Tell answers that another answer leads past; neither of the two is used, for one is wrong."""
        ids = [question.id for question in self.questionnaire.questions]
        doubtful: set[str] = set()
        for place, question_id in enumerate(ids):
            for answer in row.answers.get(question_id, ()):
                if answer.stop:
                    skipped = ids[place + 1 :]
                    what = f"answered, though the form ends at {question_id}"
                elif answer.skip_to:
                    skipped = ids[place + 1 : self.questionnaire.place(answer.skip_to)]
                    what = f"answered, though the answer to {question_id} leads to {answer.skip_to}"
                else:
                    continue
                against = [other for other in skipped if other in row.answers]
                if against:
                    doubtful |= {question_id, *against}
                    self._tell(line, "routing", self._column_of(against[0]), what)
        for question_id in doubtful:
            del row.answers[question_id]

    def _column_of(self, question_id: str) -> Column:
        return next(column for column in self.columns.found if column.question.id == question_id)

    def _fingerprint(self, cell: str) -> str:
        return hmac.new(self.secret, fold(cell).encode(), hashlib.sha256).hexdigest()

    def _tell(self, line: Line, kind: ProblemKind, column: Column, what: str) -> None:
        self.problems.append(
            Problem(self.file, line.number, letter(column.place), column.question.id, kind, what)
        )


def _several(question: Question, cell: str) -> tuple[Answer, ...] | None:
    """Several answers in one cell, parted by `;`, `|`, a line end or a comma (which answers may hold too)."""
    found: list[Answer] = []
    for part in re.split(r"[;|\n]", cell):
        pieces = part.split(",")
        while any(piece.strip() for piece in pieces):
            for many in range(len(pieces), 0, -1):
                answer = question.answer(",".join(pieces[:many]).strip())
                if answer is not None:
                    break
            else:
                return None
            found.append(answer)
            pieces = pieces[many:]
    return tuple(dict.fromkeys(found))


def _area_of(answers: Mapping[str, tuple[Answer, ...]], questionnaire: Questionnaire) -> str | None:
    told = {answer.text for answer in answers.get(questionnaire.area, ())}
    found = [area.name for area in questionnaire.areas if told & area.answers]
    return found[0] if len(found) == 1 else None


def _group_of(answers: Mapping[str, tuple[Answer, ...]], questionnaire: Questionnaire) -> Side | None:
    for rule in questionnaire.groups:
        told = {answer.text for answer in answers.get(rule.question, ())}
        if told and (not rule.answers or told & rule.answers):
            return rule.group
    return None


def _column_problems(sheet: Sheet, columns: Columns) -> Iterable[Problem]:
    for question_id in columns.missing:
        yield Problem(sheet.name, None, "", question_id, "column", "there is no column for this question")
    for place in columns.twice:
        yield Problem(
            sheet.name, None, letter(place), "", "column", "two columns are the same question: none is used"
        )


def _mark_duplicates(rows: Sequence[_Row], problems: list[Problem]) -> None:
    """Tell who is there twice in a wave.

    The same respondent with the same answers: the first row stays. With other answers: none stays,
    for which one holds cannot be told. The same answers of another respondent, or of one who has no
    number, may be chance or may be a copy: told, and kept.
    """
    by_respondent: dict[tuple[Wave | None, str], list[_Row]] = {}
    by_answers: dict[object, list[_Row]] = {}
    for row in rows:
        if row.respondent:
            by_respondent.setdefault((row.wave, row.respondent), []).append(row)
        if len(row.signature) >= _ENOUGH_TO_COMPARE:
            by_answers.setdefault((row.wave, row.signature), []).append(row)
    for same in by_respondent.values():
        first, *others = same
        agree = all(row.signature == first.signature for row in others)
        for row in others if agree else same if others else []:
            row.apart = "duplicate"
            other = first if row is not first else others[0]
            how = "with the same answers: left out" if agree else "with other answers: both are left out"
            what = f"the same respondent as in {_where(other, row)}, {how}"
            problems.append(Problem(row.file, row.row, "", "", "duplicate", what))
    for same in by_answers.values():
        first, *others = same
        for row in others:
            if not row.apart:
                what = f"the same answers as in {_where(first, row)}: kept"
                problems.append(Problem(row.file, row.row, "", "", "same_answers", what))


def _mark_codes(rows: Sequence[_Row], problems: list[Problem]) -> None:
    """A code that stands twice in one wave is that of two people, or of one who answered twice: no tie."""
    by_code: dict[tuple[Wave | None, str], list[_Row]] = {}
    for row in rows:
        if row.code and not row.apart:
            by_code.setdefault((row.wave, row.code), []).append(row)
    shared = {code for (_, code), same in by_code.items() if len(same) > 1}
    for (_, code), same in by_code.items():
        for row in same:
            if code in shared:
                row.linked = False
            if len(same) > 1:
                other = next(one for one in same if one is not row)
                what = f"the same code as in {_where(other, row)}: not tied to the other wave"
                problems.append(Problem(row.file, row.row, "", "", "same_code", what))


def _where(other: _Row, row: _Row) -> str:
    return f"row {other.row}" if other.file == row.file else f"row {other.row} of {other.file}"
