"""Each line of notices.tsv is a notice as a phone in that language writes it, and what it says."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from chatcode.domain import NOTICE_EVENTS
from chatcode.whatsapp.languages import LANGUAGES
from chatcode.whatsapp.names import split_names
from chatcode.whatsapp.notices import read_notice


class Row(NamedTuple):
    code: str
    event: str
    actor: str | None
    targets: tuple[str, ...]
    text: str


def said() -> list[Row]:
    """Notices and what they say; one a line, targets separated by a bar."""
    lines = (Path(__file__).parent / "notices.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [
        Row(code, event, actor or None, tuple(filter(None, targets.split("|"))), text)
        for code, event, actor, targets, text in rows
    ]


ROWS = said()


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.code}: {row.text[:50]}" for row in ROWS])
def test_notice_is_read(row: Row) -> None:
    for line in (row.text, "\u200e" + row.text, row.text + "\u200e"):
        notice = read_notice(line)
        assert notice is not None
        assert notice.language.code == row.code
        assert (notice.event, notice.actor) == (row.event, row.actor)
        assert split_names(notice.whom, notice.language, frozenset()) == row.targets


@pytest.mark.parametrize("code", [language.code for language in LANGUAGES])
def test_every_language_knows_the_events_that_count_members(code: str) -> None:
    assert {"created", "added", "joined", "left", "removed", "subject", "number_changed"} <= {
        row.event for row in ROWS if row.code == code
    }


def test_languages_speak_of_events_of_the_domain_only() -> None:
    assert {event for language in LANGUAGES for event, _ in language.notices} <= set(NOTICE_EVENTS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('Marga heeft het onderwerp gewijzigd van "A" naar "Wijk: Noord"', "Wijk: Noord"),
        ("Ann created group “Watch”", "Watch"),
        ("Anne a créé le groupe «\u00a0Quartier\u00a0»", "Quartier"),
        ('Ayşe, "Mahalle" grubunu oluşturdu', "Mahalle"),
        ("Ann left", None),
    ],
)
def test_the_new_name_of_the_group_is_read(text: str, name: str | None) -> None:
    notice = read_notice(text)
    assert notice is not None
    assert notice.name == name


@pytest.mark.parametrize(
    "text",
    [
        "Jan: heeft Piet toegevoegd",
        "Jan: Je hebt Piet verwijderd",
        "een regel die niemand kent",
        "Ларс покинул группу",
    ],
)
def test_what_no_language_says_is_no_notice(text: str) -> None:
    assert read_notice(text) is None


DUTCH = LANGUAGES[0]


@pytest.mark.parametrize(
    ("whom", "known", "names"),
    [
        ("Jan", (), ("Jan",)),
        ("Jan en Piet", (), ("Jan", "Piet")),
        ("Els en Piet", ("Els en Piet",), ("Els en Piet",)),
        ("Jan, Els en Piet", (), ("Jan", "Els", "Piet")),
        ("Jan, Els en Piet", ("Els en Piet",), ("Jan", "Els en Piet")),
        ("Els en Piet en Jan", (), ("Els en Piet", "Jan")),
        ("Jan en Els en Piet", ("Jan",), ("Jan", "Els en Piet")),
        ("Wim en Joke, Fatma en Hassan", (), ("Wim en Joke", "Fatma", "Hassan")),
        ("Jansen, Piet en Els", ("Jansen, Piet",), ("Jansen, Piet", "Els")),
        ("Jan, Els en 31 anderen", (), ("Jan", "Els")),
        ("Wim en Joke en 3 anderen", (), ("Wim en Joke",)),
        ("Jan en jou", (), ("Jan",)),
        ("", (), ()),
    ],
)
def test_a_list_of_names_is_cut_where_known_names_allow(
    whom: str, known: tuple[str, ...], names: tuple[str, ...]
) -> None:
    assert split_names(whom, DUTCH, frozenset(known)) == names
