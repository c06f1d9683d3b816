from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from chatcode.bundled import sample_path
from chatcode.domain import Export, Message
from chatcode.whatsapp import read_export, reader, to_frame

AT = datetime(2021, 1, 31, 10, 0)


@pytest.fixture(params=["plain path", "fast path"])
def export(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Export:
    if request.param == "fast path":
        monkeypatch.setattr(reader, "_LARGE", 0)
    return read_export(sample_path() / "west.txt")


def test_entries_are_a_sequence_of_messages(export: Export) -> None:
    messages = list(export.messages)
    assert len(export.messages) == len(messages)
    assert all(type(message) is Message for message in messages)
    assert [export.messages[place] for place in range(len(messages))] == messages
    assert export.messages[-1] == messages[-1]
    assert export.messages[3:9:2] == messages[3:9:2]
    assert messages[5] in export.messages
    assert list(reversed(export.messages)) == messages[::-1]
    with pytest.raises(IndexError):
        export.messages[len(messages)]


def test_messages_are_whole_and_frozen(export: Export) -> None:
    for message in export.messages:
        assert message == Message(*(getattr(message, name) for name in Message.__slots__))
        assert hash(message) == hash(message)
        assert type(message.sent_at) is datetime
    with pytest.raises(AttributeError):
        message.text = "anders"  # type: ignore[misc]


def test_nothing_of_a_chat_is_printed_by_accident(export: Export) -> None:
    assert export.messages[1].text not in repr(export)
    assert export.messages[1].text not in str(export.messages)


def test_the_frame_holds_every_field_of_every_message(export: Export) -> None:
    frame = to_frame(export)
    assert list(frame.columns) == list(Message.__slots__)
    assert str(frame.sent_at.dtype) == "datetime64[s]"
    assert frame.edited.dtype == bool
    rows = [Message(row.sent_at.to_pydatetime(), *row[2:]) for row in frame.itertuples()]
    assert rows == list(export.messages)


def test_a_frame_is_made_of_any_messages() -> None:
    messages = [
        Message(AT, "Els", "message", "hoi", edited=True),
        Message(AT, None, "system", "Je hebt Jan toegevoegd", "added", None, ("Jan",)),
    ]
    findings = read_export(sample_path() / "west.txt").findings
    frame = to_frame(Export(messages, findings))
    assert frame.text.tolist() == ["hoi", "Je hebt Jan toegevoegd"]
    assert frame.sender.tolist() == ["Els", None]
    assert frame.targets.tolist() == [(), ("Jan",)]
    assert frame.edited.tolist() == [True, False]


def test_an_import_of_a_small_file_loads_neither_numpy_nor_pandas(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from chatcode.whatsapp import read_export, to_frame;"
        f"read_export({str(sample_path() / 'noord.txt')!r});"
        "print([name for name in ('numpy', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
