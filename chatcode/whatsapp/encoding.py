"""Bytes to text: the encoding of an export, and what had to be mended."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 4_096
_RARE = 0.001  # share of lines with bad bytes up to which a file still is UTF-8
_LONGEST_CHARACTER = 4


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the name of its encoding, and what had to be mended."""

    text: str
    encoding: str
    repairs: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode a file without ever failing; what cannot be decoded becomes U+FFFD and is reported."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            decoded = _unicode(data[len(mark) :], encoding)
            break
    else:
        decoded = _unicode(data, _utf16_without_mark(data) or "utf-8")
    if "\n" not in decoded.text and "\r" in decoded.text:
        text = decoded.text.replace("\r", "\n")
        return Decoded(text, decoded.encoding, (*decoded.repairs, "line ends of an old Mac changed"))
    return decoded


def may_be_utf8(data: bytes) -> bool:
    """Whether nothing at the start of a file tells of another encoding."""
    return not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" not in data[:_HEAD]


def _unicode(data: bytes, encoding: str) -> Decoded:
    codec = encoding.removesuffix("-sig")
    try:
        return Decoded(data.decode(codec), encoding)
    except UnicodeDecodeError as error:
        if error.start >= len(data) - _LONGEST_CHARACTER and error.reason.startswith(
            ("unexpected end", "truncated")
        ):
            return Decoded(
                data[: error.start].decode(codec), encoding, ("cut off in the middle of a character",)
            )
    text = data.decode(codec, "replace")
    bad_lines = sum("\ufffd" in line for line in text.split("\n"))
    if codec == "utf-8" and encoding == codec and not _mostly_utf8(data, bad_lines):
        return Decoded(data.decode("cp1252", "replace"), "cp1252", ("not Unicode: read as Windows-1252",))
    return Decoded(text, encoding, (f"bytes that are no {codec.upper()} replaced in {_lines(bad_lines)}",))


def _mostly_utf8(data: bytes, bad_lines: int) -> bool:
    """Letters of two bytes and more hardly ever arise by chance in another encoding."""
    if bad_lines <= _RARE * (data.count(b"\n") + 1):
        return True
    good = len(
        re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", data)
    )
    return good >= bad_lines


def _utf16_without_mark(data: bytes) -> str | None:
    """Tell UTF-16 by its zero bytes: a header is ASCII, so every other byte of it is zero."""
    head = data[:_HEAD]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    enough = len(head) // 4
    if odd > enough and even <= odd // 8:
        return "utf-16-le"
    if even > enough and odd <= even // 8:
        return "utf-16-be"
    return None


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"
