from __future__ import annotations

import re

import pytest

from chatcode.domain import MESSAGE_EVENTS
from chatcode.whatsapp.content import cut_edited, event_of, may_stand_in, openings
from chatcode.whatsapp.language import Language
from chatcode.whatsapp.languages import LANGUAGES

MARK = "\u200e"


def stand_ins(language: Language) -> list[tuple[str, str]]:
    return [
        *((phrase, "media") for phrase in language.omitted),
        *((MARK + phrase, "media") for phrase in language.omitted),
        *((f"<{phrase.strip('<>')}>", "media") for phrase in language.omitted),
        *((phrase, "contact") for phrase in language.contacts),
        *((phrase, "location") for phrase in language.live_locations),
        *((f"{word}: https://maps.google.com/?q=52.0,-4.3", "location") for word in language.locations),
        *((f"{MARK}{word} : https://maps.google.com/?q=52.0,4.3", "location") for word in language.locations),
        *((f"IMG-20210314-WA0001.jpg ({words})", "media") for words in language.files),
        *((f"{MARK}IMG 1.jpg ({words})\nmet een bijschrift", "media") for words in language.files),
        *((f"Jan.vcf ({words})", "contact") for words in language.files),
        *((f"{MARK}<{word}: 0014-PHOTO-2022.jpg>", "media") for word in language.attached),
        *((f"lijst.pdf • {MARK}3 p {MARK}<{word}: 0015-lijst.pdf>", "media") for word in language.attached),
        *((f"{MARK}<{word}: 0016-Jan.vcf>", "contact") for word in language.attached),
        *((f"{title}:\nWelke?\n{answer}: a (2 x)\n", "poll") for title, answer in language.polls),
        *((f"{MARK}{phrase}, {MARK}12 min", "call") for phrase in language.calls),
        *((phrase, "call") for phrase in language.calls),
    ]


CASES = [(language.code, *case) for language in LANGUAGES for case in stand_ins(language)]


@pytest.mark.parametrize(("code", "text", "event"), CASES)
def test_stand_ins_of_every_language(code: str, text: str, event: str) -> None:
    assert event_of(text) == event


@pytest.mark.parametrize(
    "text",
    [
        "Dit bericht is verwijderd",
        "Dit bericht is verwijderd.",
        "U hebt dit bericht verwijderd",
        "Je hebt dit bericht verwijderd.",
        "This message was deleted",
        "You deleted this message",
        "This message was deleted by admin Ann.",
        MARK + "Dit bericht is verwijderd.",
        "Diese Nachricht wurde gelöscht.",
        "Du hast diese Nachricht gelöscht.",
        "Ce message a été supprimé",
        "Vous avez supprimé ce message",
        "Se eliminó este mensaje",
        "Eliminaste este mensaje.",
        "Mensagem apagada",
        "Você apagou esta mensagem",
        "Apagou esta mensagem",
        "Esta mensagem foi apagada",
        "Questo messaggio è stato eliminato",
        "Hai eliminato questo messaggio",
        "Bu mesaj silindi",
        "Bu mesajı sildiniz",
    ],
)
def test_a_message_that_was_deleted(text: str) -> None:
    assert event_of(text) == "deleted"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hoi",
        "Locatie: de schuur van Vlaar",
        "Location: see https://maps.google.com/?q=1,2 near the pond",
        "de afbeelding weggelaten",
        "Dit bericht is verwijderd door mij",
        "dit was alles :)",
        "Regels:\n1. bel 112",
        "Jij: bel (nu)",
        "Videogesprek morgen om 8 uur?",
        "Wachten op dit bericht. Dit kan even duren.",
        "nulletje",
        "This message was deleted\nsaid the phone",
        "a < b en c > d",
    ],
)
def test_words_are_no_event(text: str) -> None:
    assert event_of(text) is None


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
@pytest.mark.parametrize("before", ["", "hoi", "twee\nregels", "IMG-1.jpg (file attached)"])
@pytest.mark.parametrize("marker", [" {}", MARK + "{}", " " + MARK + "{}", MARK + "{}" + MARK])
def test_the_marker_of_an_edit_is_cut_off(language: Language, before: str, marker: str) -> None:
    for words in language.edited:
        for end in ("", "."):
            assert cut_edited(before + marker.format(f"<{words}{end}>")) == (before, True)


@pytest.mark.parametrize("text", ["hoi", "<bewerkt>", "ik schreef <Dit bericht is bewerkt> en meer", "a > b"])
def test_other_words_are_not_cut(text: str) -> None:
    assert cut_edited(text) == (text, False)


def test_events_are_those_of_the_domain() -> None:
    assert {event for *_, event in CASES} | {"deleted"} == set(MESSAGE_EVENTS)


def test_whatever_has_an_event_is_worth_a_look() -> None:
    assert all(may_stand_in(text) for _, text, _ in CASES)


def test_openings_are_plain_letters() -> None:
    long, short = openings()
    assert all(re.fullmatch(r"[\w<][\w .\-]+", opening) for opening in long | short)
