"""Who an entry is from, in the cases where the first colon does not tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatcode.domain import Message
from chatcode.whatsapp import read_export

MARK = "\u200e"
ENCRYPTED = "Berichten en gesprekken worden end-to-end versleuteld."


@pytest.fixture
def android(tmp_path: Path):
    """Read entries as an Android phone writes them, one a minute."""

    def read(*entries: str) -> list[Message]:
        text = "".join(f"31-01-2021 10:{n:02d} - {entry}\n" for n, entry in enumerate(entries))
        (tmp_path / "chat.txt").write_text(text, encoding="utf-8", newline="")
        return list(read_export(tmp_path / "chat.txt").messages)

    return read


@pytest.fixture
def iphone(tmp_path: Path):
    """Read entries as an iPhone writes them, one a minute."""

    def read(*entries: str) -> list[Message]:
        text = "".join(f"[31-01-2021 10:{n:02d}:00] {entry}\r\n" for n, entry in enumerate(entries))
        (tmp_path / "chat.txt").write_text(text, encoding="utf-8", newline="")
        return list(read_export(tmp_path / "chat.txt").messages)

    return read


def seen(messages: list[Message]) -> list[tuple[str | None, str | None, str]]:
    return [(m.sender, m.event, m.text.replace(MARK, "")) for m in messages]


def test_a_colon_in_the_name_of_a_group_is_no_end_of_a_sender(android) -> None:
    notice = 'Els heeft het onderwerp gewijzigd van "Wijk: oud" naar "Wijk: nieuw"'
    (message,) = android(notice)
    assert (message.kind, message.sender, message.event, message.actor) == ("system", None, "subject", "Els")
    assert message.text == notice


def test_a_quotation_in_an_unknown_language_is_no_sender_either(android) -> None:
    (message,) = android("Пётр изменил(а) название группы с «а: б» на «в: г»")
    assert (message.kind, message.sender, message.event) == ("system", None, "other")


def test_a_sentence_with_a_colon_is_a_notice_if_a_language_says_it(android) -> None:
    (message,) = android("Ann added this group to the community: Town")
    assert (message.sender, message.event, message.actor) == (None, "other", "Ann")


@pytest.mark.parametrize(
    "text", ["heeft de groep verlaten", f"las: {ENCRYPTED}", ENCRYPTED, "Piet is toegevoegd"]
)
def test_a_long_name_is_a_sender(android, text: str) -> None:
    name = "Jan van der Berg van de bakker"
    assert seen(android(f"{name}: {text}")) == [(name, None, text)]


def test_a_group_with_a_long_name_is_not_part_of_what_it_says(iphone) -> None:
    (message,) = iphone(f"Buurtpreventie voor de hele Kastanjelaan en omgeving: {MARK}{ENCRYPTED}")
    assert (message.kind, message.event, message.text) == ("system", "encryption", MARK + ENCRYPTED)


def test_a_nickname_in_quotation_marks_is_a_sender(android) -> None:
    assert seen(android('Jan "de kok": soep: lekker')) == [('Jan "de kok"', None, "soep: lekker")]


def test_a_sentence_is_no_sender(android) -> None:
    (message,) = android(
        "Deze chat is nu met een bedrijf dat een dienst van derden gebruikt " * 3 + "en dit: meer"
    )
    assert (message.kind, message.sender) == ("system", None)


@pytest.mark.parametrize(
    ("entry", "sender", "text"),
    [
        ("Jan: ", "Jan", ""),
        ("Jan:", "Jan", ""),
        ("Jan:\nop de regel erna: dit", "Jan", "\nop de regel erna: dit"),
        ("a:b: c", "a:b", "c"),
        ("Jan: 12:30: nu", "Jan", "12:30: nu"),
        ("\u202a+31 6 00112233\u202c: hoi", "+31 6 00112233", "hoi"),
        ("~\u202fNoor: hoi", "~\u202fNoor", "hoi"),
        ("+1 (555)\u2011010\u20110199: hi", "+1 (555)\u2011010\u20110199", "hi"),
    ],
)
def test_the_sender_ends_at_a_colon_with_a_blank_or_at_the_line_end(
    android, entry: str, sender: str, text: str
) -> None:
    assert seen(android(entry)) == [(sender, None, text)]


def test_words_that_could_be_a_notice_stay_a_message_when_somebody_sends_them(android, iphone) -> None:
    words = ["Jan heeft de groep verlaten", "Je hebt Piet verwijderd", "Els left", "heeft Jan toegevoegd"]
    for read in (android, iphone):
        messages = read(*(f"Piet: {text}" for text in words))
        assert [(m.kind, m.sender, m.text) for m in messages] == [("message", "Piet", text) for text in words]


def test_iphone_notices_stand_under_the_name_of_the_group_or_of_who_acts(iphone) -> None:
    messages = iphone(
        f"Buurt: {MARK}{ENCRYPTED}",
        f"Buurt: {MARK}Je hebt Jan en Els toegevoegd",
        f"Jan: {MARK}Jan heeft Piet toegevoegd",
        "Jan: welkom Piet",
        f"Buurt: {MARK}Iets wat geen taal kent",
        f"Jan: {MARK}Jan deed iets wat geen taal kent",
        f"Jan: {MARK}afbeelding weggelaten",
        f"Jan: {MARK}Wachten op dit bericht. Dit kan even duren.",
    )
    assert seen(messages) == [
        (None, "encryption", ENCRYPTED),
        (None, "added", "Je hebt Jan en Els toegevoegd"),
        (None, "added", "Jan heeft Piet toegevoegd"),
        ("Jan", None, "welkom Piet"),
        (None, "other", "Iets wat geen taal kent"),
        (None, "other", "Jan deed iets wat geen taal kent"),
        ("Jan", "media", "afbeelding weggelaten"),
        ("Jan", None, "Wachten op dit bericht. Dit kan even duren."),
    ]
    assert messages[1].targets == ("Jan", "Els")
    assert (messages[2].actor, messages[2].targets) == ("Jan", ("Piet",))
    assert messages[5].actor == "Jan"


def test_the_group_is_known_also_when_the_oldest_entries_are_gone(iphone) -> None:
    messages = iphone(
        "Jan: hoi", f"Buurt: {MARK}Els heeft de groep verlaten", f"Buurt: {MARK}Iets wat geen taal kent"
    )
    assert [m.kind for m in messages] == ["message", "system", "system"]


def test_in_a_chat_of_two_the_other_person_speaks_under_the_name_of_the_notice(iphone) -> None:
    messages = iphone(f"Jan: {MARK}{ENCRYPTED}", "Jan: hoi", f"Jan: {MARK}Gemist spraakgesprek", "Els: dag")
    assert [(m.kind, m.sender, m.event) for m in messages] == [
        ("system", None, "encryption"),
        ("message", "Jan", None),
        ("message", "Jan", "call"),
        ("message", "Els", None),
    ]


def test_a_file_that_lost_its_marks_is_still_read(iphone) -> None:
    messages = iphone(
        f"Buurt: {ENCRYPTED}",
        "Buurt: Els heeft de groep verlaten",
        "Jan: Jan heeft Piet toegevoegd",
        "Jan: Els heeft de groep verlaten",
    )
    assert [(m.kind, m.sender) for m in messages] == [
        ("system", None),
        ("system", None),
        ("system", None),
        ("message", "Jan"),
    ]


def test_known_senders_settle_what_a_list_of_names_means(android) -> None:
    messages = android(
        "Els en Piet: hoi", "Marga heeft Jan, Els en Piet toegevoegd", "Je hebt Els en Piet verwijderd"
    )
    assert [m.targets for m in messages] == [(), ("Jan", "Els en Piet"), ("Els en Piet",)]


def test_a_name_that_left_is_known_too(android) -> None:
    messages = android("Je hebt Jan en Wim en Joke toegevoegd", "Wim en Joke heeft de groep verlaten")
    assert messages[0].targets == ("Jan", "Wim en Joke")


def test_a_colon_without_a_blank_is_cut_where_a_file_has_no_other(iphone) -> None:
    assert seen(iphone("Jan:hoi", "Els:12:30", f"{ENCRYPTED}")) == [
        ("Jan", None, "hoi"),
        ("Els", None, "12:30"),
        (None, "encryption", ENCRYPTED),
    ]


def test_a_notice_before_2018_has_no_name_in_front(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(
        b"30-01-16 12:29:41: Jan heeft u toegevoegd\r\n30-01-16 12:51:20: Jan: <afbeelding weggelaten>\r\n"
    )
    notice, picture = read_export(path).messages
    assert (notice.sender, notice.event, notice.actor) == (None, "added", "Jan")
    assert (picture.sender, picture.event) == ("Jan", "media")
