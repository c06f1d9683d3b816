"""Exports of respondents who do not exist, made by docs/make_survey.py."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

import pytest

from chatcode.survey.questionnaire import Questionnaire

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def questionnaire():
    return Questionnaire.load()


@pytest.fixture(scope="session")
def maker():
    spec = importlib.util.spec_from_file_location("make_survey", ROOT / "docs" / "make_survey.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def planted(maker, questionnaire, tmp_path_factory):
    """voor.csv with mistakes, na.csv without, and the rows in which the mistakes stand."""
    folder = tmp_path_factory.mktemp("survey")
    where = {}
    for name, after in (("voor", False), ("na", True)):
        rows, found = maker.survey(questionnaire, after=after, seed=2020 + after, mistakes=not after)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        where |= found
    return folder, where


@pytest.fixture
def write(tmp_path):
    """Write rows as a .csv file."""

    def written(rows, name="s.csv", delimiter=","):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return path

    return written
