"""Whatever the bytes: an export or one clear line, never another exception."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from rendering import render
from strategies import LOOK, chats

from chatcode.errors import ExportError
from chatcode.whatsapp import read_export

BYTES = st.one_of(
    st.binary(max_size=400),
    st.text(st.sampled_from("0123456789-/.:,[] \n\rapm\u200e\u202f٣上오AaPp"), max_size=300).map(str.encode),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A rendered chat, perhaps zipped, with bytes overwritten, inserted and cut off."""
    data = bytearray(
        render(draw(chats()), draw(LOOK)).encode(draw(st.sampled_from(["utf-8", "utf-16", "utf-8-sig"])))
    )
    if draw(st.booleans()):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(draw(st.sampled_from(["_chat.txt", "a/b.txt", "../c.txt"])), bytes(data))
        data = bytearray(packed.getvalue())
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.integers(0, 2)):
            case 0:
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=4))
            case 1:
                data[at:at] = draw(BYTES)
            case _:
                del data[at:]
    return bytes(data)


@settings(max_examples=250, deadline=None)
@given(st.one_of(BYTES, damaged()), st.sampled_from([None, "dmy", "mdy", "ymd"]))
def test_any_bytes_give_an_export_or_one_clear_line(data: bytes, date_order: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.txt"
        path.write_bytes(data)
        try:
            export = read_export(path, date_order=date_order)
        except ExportError as error:
            assert error.message.startswith("bestand.txt: ")
            assert "\n" not in error.message
            assert error.hint
        else:
            assert len(list(export.messages)) == len(export.messages) > 0
            for message in export.messages:
                assert (message.sender is None) == (message.kind == "system")
