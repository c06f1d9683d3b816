"""Words: two languages, and not a sentence without its Dutch."""

from __future__ import annotations

import ast
import re
import string
from importlib import resources
from pathlib import Path

import pytest

import chatcode.analysis.proposal
import chatcode.report
from chatcode.report.words import Words, _catalogue, own_words

SOURCES = sorted(Path(chatcode.report.__file__).parent.glob("*.py"))
# What each convention means stands beside its value.
CONVENTIONS = Path(chatcode.analysis.proposal.__file__)


def asked():
    """Every string that a module hands to `w(…)` or `w.count(…)`."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            wanted = node.args[:1] if name in ("w", "words") else node.args[:2] if name == "count" else []
            yield from (arg.value for arg in wanted if isinstance(arg, ast.Constant))


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_sentence_of_the_code_has_its_dutch():
    assert {text for text in asked() if isinstance(text, str)} - set(_catalogue()) == set()


def test_no_dutch_is_kept_that_no_code_asks_for():
    written = {
        node.value
        for path in (*SOURCES, CONVENTIONS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(_catalogue()) - written == set()


@pytest.mark.parametrize("english", sorted(_catalogue()))
def test_a_translation_has_the_same_places_to_fill_in(english):
    assert fields(_catalogue()[english]) == fields(english)


def test_the_catalogue_says_everything_once():
    lines = (resources.files("chatcode.report") / "locale" / "nl.po").read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if line.startswith("msgid")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("lang", "month", "short", "day"),
    [
        ("nl", "maart 2024", "mrt 2024", "5 maart 2024"),
        ("en", "March 2024", "Mar 2024", "5 March 2024"),
    ],
)
def test_months_and_days_are_written_as_the_language_does(lang, month, short, day):
    from datetime import date

    w = Words(lang)
    assert (w.month("2024-03"), w.month("2024-03", short=True)) == (month, short)
    assert w.day(date(2024, 3, 5)) == day


def test_numbers_have_the_signs_of_the_language():
    assert (Words("nl").number(1234.56), Words("en").number(1234.56)) == ("1.234,6", "1,234.6")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0%"), (0.354, "35%"), (0.9499, "94%"), (0.95, "95%"), (0.999, "99%"), (1, "100%")],
)
def test_a_share_is_not_rounded_up_to_enough_or_to_everything(value, shown):
    assert Words("nl").share(value) == shown


def test_one_has_its_own_sentence():
    w = Words("nl")
    assert [w.count("{n} day", "{n} days", n) for n in (0, 1, 1200)] == ["0 dagen", "1 dag", "1.200 dagen"]


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (None, "number", "–"),
        ("=", "text", "="),
        ("2020-09", "month", "september 2020"),
        ("2020-09-01", "date", "1 september 2020"),
        (0.5, "share", "50%"),
        (0.5, "number", "0,5"),
    ],
)
def test_a_cell_is_written_by_its_kind(value, kind, shown):
    assert Words("nl").cell(value, kind) == shown


def test_a_sentence_that_has_no_dutch_is_an_error_and_not_english():
    with pytest.raises(KeyError):
        Words("nl")("nobody ever says this")


def test_months_are_the_programs_own_words():
    assert {"mei 2000", "April 2000"} <= set(own_words())


def test_nothing_is_called_anonymous():
    for english, dutch in _catalogue().items():
        assert not re.search(r"(?<!\bnot )\banonym", english.lower())
        assert not re.search(r"(?<!\bniet )\banoniem|geanonimiseerd", dutch.lower())
