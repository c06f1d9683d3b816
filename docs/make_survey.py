"""Make an export as SurveyMonkey writes it, of respondents who do not exist.

`python docs/make_survey.py FOLDER` writes voor.csv and na.csv into the folder.

Every answer is drawn at random (the seed is fixed); nothing of it comes from anybody. The names and
numbers in its contact columns are made up so that it can be seen that they are dropped. `MISTAKES`
are planted in the first file, in rows that `main` prints.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from chatcode.survey.questionnaire import Question, Questionnaire

RESPONDENTS = 600
# What people say in one of the groups more, or less, after the interventions: in steps of the answers.
EFFECT = 0.5
AROUND = ("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address")
PERSONAL = {
    "q22": "Synthetisch Persoon {n}",
    "q23": "Verzonnen plein {n}",
    "q24": "s{n}@example.invalid",
    "q25": "0000000{n:03}",
}
# The number of the respondent (from 1), the question, and what is put there in place of the answer.
MISTAKES: tuple[tuple[int, str, str], ...] = (
    (12, "q8", "11"),
    (12, "q9_3", "Misschien"),
    (31, "q3", "Vaak"),
    (47, "q7", "Ja"),
    (58, "q1", "Een buurt die niet op de lijst staat"),
    (77, "q19", "47"),
    (103, "q14", "Buurt Preventie Essenburg"),
)
# Who comes back: a copy of the row, and a row under the same respondent number with other answers.
COPY, CHANGED, SAME_ANSWERS = 150, 200, 250
WHO = ("Molièrebuurt", "Homerusbuurt", "Smeetsland of Karl Marx buurt", "Essenburgbuurt")

Answers = dict[str, list[str]]


def respondent(rng: random.Random, questionnaire: Questionnaire, number: int, after: bool) -> Answers:
    """One made-up respondent who keeps to the routing: members and neighbours in turn."""
    member = number % 2 == 0
    better = EFFECT if member and after else 0.0
    mood = rng.gauss(0, 1)
    given: Answers = {}
    next_id = ""
    for question in questionnaire.questions:
        if question.kind in ("open", "key") or question.id in ("wave", "group"):
            continue
        if next_id:
            if next_id not in (question.id, question.grid):
                continue
            next_id = ""
        if question.kind == "personal":
            given[question.id] = [PERSONAL[question.id].format(n=number)]
            continue
        chosen = _choose(rng, question, member, mood + better)
        given[question.id] = chosen
        next_id = next((a.skip_to for a in question.answers if a.text in chosen and a.skip_to), "")
    return given


def _choose(rng: random.Random, question: Question, member: bool, mood: float) -> list[str]:
    texts = [answer.text for answer in question.answers]
    if question.id == "q1":
        return [rng.choice(WHO)]
    if question.id in ("q12", "q13"):
        return ["Ja" if member else "Nee"]
    if question.id == "q14":
        return [texts[-1]]
    if question.kind == "many":
        return [text for text in texts if rng.random() < 0.4] or texts[:1]
    if question.id == "q8":
        return [str(min(10, max(1, round(6.5 + 1.2 * mood + rng.gauss(0, 1)))))]
    if question.grid:
        turned = -1 if question.id == "q9_1" else 1
        place = min(4, max(0, round(2 - turned * mood + rng.gauss(0, 0.9))))
        return [texts[place]]
    return [rng.choice(texts)]


def lines(
    questionnaire: Questionnaire, people: Sequence[tuple[str, Mapping[str, Sequence[str]]]]
) -> list[list[str]]:
    """The rows of an export: two rows of headings, then one row per respondent."""
    first, second = list(AROUND), [""] * len(AROUND)
    places: list[tuple[Question, str | None]] = []
    grids: set[str] = set()
    for question in questionnaire.questions:
        if question.kind == "key" or question.id in ("wave", "group"):
            continue
        if question.grid:
            first.append("" if question.grid in grids else question.grid_texts[0])
            second.append(question.texts[0])
            grids.add(question.grid)
            places.append((question, None))
        elif question.kind == "many":
            for place, answer in enumerate(question.answers):
                first.append("" if place else question.texts[0])
                second.append(answer.text)
                places.append((question, answer.text))
        else:
            first.append(question.texts[0])
            second.append("Open-Ended Response" if question.kind == "personal" else "Response")
            places.append((question, None))
    rows = [first, second]
    for identity, given in people:
        cells = [identity, "1", "09/01/2020 10:00", "09/01/2020 10:07", "192.0.2.1", ""]
        for question, option in places:
            answers = given.get(question.id, ())
            cells.append((option if option in answers else "") if option else (answers[0] if answers else ""))
        rows.append(cells)
    return rows


def survey(
    questionnaire: Questionnaire, *, after: bool, seed: int, mistakes: bool
) -> tuple[list[list[str]], dict[str, int]]:
    """The rows of one wave, and in which row each planted mistake stands (counted from 1)."""
    rng = random.Random(seed)
    people: list[tuple[str, Answers]] = [
        (f"{10_000_000 * (1 + after) + n}", respondent(rng, questionnaire, n, after))
        for n in range(1, RESPONDENTS + 1)
    ]
    where: dict[str, int] = {}
    if mistakes:
        for number, question, text in MISTAKES:
            given = people[number - 1][1]
            if question == "q3":
                given["q2"] = ["Nee"]
            if question == "q7":
                given["q4"] = ["Nooit"]
                for skipped in ("q5", "q6"):
                    given.pop(skipped, None)
            if question == "q14":
                given["q12"] = ["Nee"]
                for skipped in ("q13", "q15", "q16", "q17"):
                    given.pop(skipped, None)
            given[question] = [text]
            where[f"{question} {text}"] = number + 2
        people[COPY] = people[COPY - 1]
        where["copy"] = COPY + 3
        people[CHANGED] = (people[CHANGED - 1][0], people[CHANGED][1])
        where["changed"] = CHANGED + 3
        people[SAME_ANSWERS] = (people[SAME_ANSWERS][0], people[SAME_ANSWERS - 1][1])
        where["same answers"] = SAME_ANSWERS + 3
    return lines(questionnaire, people), where


def main(folder: Path) -> None:
    """Write voor.csv, with mistakes, and na.csv, without."""
    questionnaire = Questionnaire.load()
    for name, after in (("voor", False), ("na", True)):
        rows, where = survey(questionnaire, after=after, seed=2020 + after, mistakes=not after)
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        planted = "".join(f"\n  row {row}: {what}" for what, row in where.items())
        sys.stdout.write(f"{path}: {len(rows) - 2} respondents who do not exist{planted}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
