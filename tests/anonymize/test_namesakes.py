import pytest

from chatcode.anonymize.context import Reading, tokens_of
from chatcode.anonymize.namesakes import signs
from chatcode.anonymize.redactor import Redactor


@pytest.mark.parametrize(
    ("member", "text"),
    [
        ("Mees", "heb jij mees nog gesproken?"),
        ("Roos", "dank je wel roos, lief van je"),
        ("Storm", "Storm zegt dat hij het ook zag"),
        ("Mark", "volgens mark is het een busje"),
        ("Bas", "groetjes bas"),
    ],
)
def test_a_member_who_is_called_as_a_word_is_goes(member, text):
    assert member.lower() not in Redactor([member]).redact(text).lower().replace(",", " ").split()


@pytest.mark.parametrize(
    ("member", "text"),
    [
        ("Mees", "er zit een mees in het vogelhuisje"),
        ("Roos", "de roos in de voortuin bloeit weer"),
        ("Storm", "er komt storm, zet alles vast"),
        ("Wil", "wie wil er koffie, ik wil best zetten"),
        ("Bas", "die bas dreunt door de muur"),
    ],
)
def test_the_word_stays(member, text):
    assert Redactor([member]).redact(text) == text


def test_the_same_words_tell_more_where_the_capital_does(lexicon):
    small, capital = (
        signs(Reading(text, tokens_of(text)), 1, 0.0, lexicon)
        for text in ("vraag mees eens", "vraag Mees eens")
    )
    assert {"last vraag", "form small", "last vraag small", "small"} <= small
    assert {"last vraag", "form capital", "last vraag capital"} <= capital
    assert "small" not in capital
