from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from rendering import LOOKS, Line, Look, render

from chatcode.domain import Message
from chatcode.whatsapp import read_export
from chatcode.whatsapp.formats import lock

START = datetime(2021, 2, 26, 21, 58, 9)
TEXTS = ["hoi: jij daar", "één\ntwee", "", "3/4/21, 9:00 AM - Piet: geplakt", "[x] 12:30: - ok", "👍🏽\u200d"]
LINES = [
    Line(START + timedelta(hours=5 * n, seconds=7 * n), f"Lid {n % 3}", text)
    for n, text in enumerate(TEXTS * 4)
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_style_is_read_to_the_last_field(tmp_path: Path, look: Look) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(render(LINES, look).encode())
    export = read_export(path)
    assert list(export.messages) == [
        Message(
            line.sent_at if look.seconds else line.sent_at.replace(second=0),
            line.sender,
            "message",
            line.text,
        )
        for line in LINES
    ]
    assert (export.findings.date_order, export.findings.repairs) == (look.order, ())


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_pasted_header_of_another_style_opens_nothing(look: Look) -> None:
    style = lock(render(LINES, look))
    assert style is not None
    for pasted in LOOKS:
        if how(pasted) != how(look):
            assert not any(style.pattern.match(pasted.header(line.sent_at) + "Jan: hoi") for line in LINES)


def how(look: Look) -> str:
    """The style's name and its words, without what is allowed to vary: padding and the kind of blank."""
    style = lock(render(LINES, look))
    assert style is not None
    return f"{style.name} {style.parts}"


def test_the_first_line_rules_over_a_longer_paste() -> None:
    style = lock("01-02-2021 10:00 - Els: kijk\n" + "[2/1/21, 9:00:00 AM] Jan: hoi\n" * 5)
    assert style is not None
    assert style.name == "nn-nn-yyyy hh:mm - "


def test_a_start_that_was_cut_off_is_judged_by_the_commonest_style() -> None:
    style = lock(
        "het eind van een bericht\n[2/1/21, 9:00:00 AM] Jan: hoi\n" + "01-02-2021 10:00 - Els: ja\n" * 3
    )
    assert style is not None
    assert style.name == "nn-nn-yyyy hh:mm - "


@pytest.mark.parametrize(
    "text", ["", "melk\nbrood", "12:30 - vergadering", "1-2-3 go - nee", "2021-02-30T10:00"]
)
def test_what_holds_no_header_has_no_style(text: str) -> None:
    assert lock(text) is None
