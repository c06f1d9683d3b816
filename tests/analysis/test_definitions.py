from __future__ import annotations

import pytest

from chatcode.analysis.definitions import Reading, changes, redefined, to_recode
from chatcode.bundled import codebook_path
from chatcode.codebook import Codebook

TEXT = codebook_path().read_text(encoding="utf-8")
BOOK = Codebook.parse(TEXT, "old")


def changed(old: str, new: str) -> Codebook:
    assert TEXT.count(old) == 1
    return Codebook.parse(TEXT.replace(old, new), "new")


INCLUDE = "The writer brings something new that they noticed themselves"


def test_a_codebook_differs_from_itself_in_nothing():
    assert changes(BOOK, BOOK) == []


def test_a_definition_that_changed_is_told_and_touches_its_code_alone():
    new = changed(INCLUDE, "The writer tells of something that they saw")
    (change,) = changes(BOOK, new)
    assert (change.code, change.part, change.defines) == ("M", "include", True)
    assert change.old.startswith(INCLUDE)
    assert change.new.startswith("The writer tells")
    assert redefined(BOOK, new) == {"M"}


def test_another_name_key_or_cue_changes_no_definition():
    new = changed("name: {nl: Melding, en: Report}", "name: {nl: Melding, en: Notice}")
    assert [(c.part, c.defines) for c in changes(BOOK, new)] == [("name", False)]
    assert redefined(BOOK, new) == frozenset()


NEW = changed(INCLUDE, "The writer tells of something that they saw")


@pytest.mark.parametrize(
    ("codes", "proposed", "hash_", "touching"),
    [
        ({"M", "9-"}, set(), BOOK.hash, {"M"}),
        ({"1+"}, {"M"}, BOOK.hash, {"M"}),
        ({"1+"}, {"6+"}, BOOK.hash, None),
        (set(), set(), BOOK.hash, None),
        ({"M"}, set(), NEW.hash, None),
        ({"1+"}, set(), "lost", {"1+"}),
    ],
)
def test_what_a_changed_definition_touches(codes, proposed, hash_, touching):
    reading = Reading("K1", "e", 1, hash_, frozenset(codes))
    found = to_recode([reading], {BOOK.hash: BOOK}, NEW, {"e": frozenset(proposed)})
    assert found == ([(reading, frozenset(touching))] if touching else [])
