"""What a phone would write comes back whole, in every style, with any text."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import assume, given, settings
from rendering import Line, Look, render
from strategies import LOOK, chats

from chatcode.domain import Export
from chatcode.whatsapp import read_export
from chatcode.whatsapp.formats import lock

EXAMPLES = 150


def read(data: bytes) -> Export:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chat.txt"
        path.write_bytes(data)
        return read_export(path)


def opens(look: Look, lines: list[Line]) -> bool:
    """Whether a line inside a message looks like a header of the style: then only line ends can tell."""
    style = lock(render(lines[:1], look))
    assert style is not None
    return any(style.pattern.match(part) for line in lines for part in line.text.split("\n")[1:])


@settings(max_examples=EXAMPLES, deadline=None)
@given(chats(), LOOK)
def test_what_is_rendered_is_read_back(lines: list[Line], look: Look) -> None:
    assume(not opens(look, lines))
    export = read(render(lines, look).encode())
    read_back = [(m.sent_at, m.sender, m.kind, m.text) for m in export.messages]
    seconds = {} if look.seconds else {"second": 0}
    assert read_back == [
        (line.sent_at.replace(**seconds), line.sender, "message", line.text) for line in lines
    ]
    assert export.findings.repairs == ()


@settings(max_examples=EXAMPLES // 3, deadline=None)
@given(chats(), LOOK)
def test_the_encoding_makes_no_difference(lines: list[Line], look: Look) -> None:
    text = render(lines, look)
    first = list(read(text.encode()).messages)
    assert list(read(text.encode("utf-8-sig")).messages) == first
    assert list(read(text.encode("utf-16")).messages) == first
