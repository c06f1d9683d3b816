from __future__ import annotations

import codecs

import pytest

from chatcode.whatsapp.encoding import decode

TEXT = "31-01-2021 10:00 - Zoë: één café “x” – 5 €\n" * 4


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_every_encoding_of_an_export_is_read(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)
    assert bool(decoded.repairs) == (encoding == "cp1252")


def test_a_few_bad_bytes_are_replaced_and_reported() -> None:
    decoded = decode(TEXT.encode() + b"a\xffb\n" + TEXT.encode())
    assert decoded.text == TEXT + "a\ufffdb\n" + TEXT
    assert decoded.encoding == "utf-8"
    assert decoded.repairs == ("bytes that are no UTF-8 replaced in 1 line",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_file_cut_in_the_middle_of_a_character_is_read_up_to_there(encoding: str) -> None:
    bom = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else b""
    decoded = decode((bom + (TEXT + "🚓").encode(encoding))[:-1])
    assert decoded.text == TEXT
    assert decoded.repairs == ("cut off in the middle of a character",)


def test_text_is_not_normalised() -> None:
    text = "e\u0301 \u00e9 \ufb01 👩\u200d👧 \u200e\u200f\u2028 \u0085\n"
    assert decode(text.encode()).text == text


def test_line_ends_of_an_old_mac_become_line_feeds() -> None:
    decoded = decode(b"31-01-2021 10:00 - Els: hoi\r31-01-2021 10:01 - Jan: dag\r")
    assert decoded.text.count("\n") == 2
    assert decoded.repairs
