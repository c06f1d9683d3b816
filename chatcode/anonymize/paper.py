"""A key on paper: lines that can be typed back, each with letters that tell a slip of the finger.

The bytes of the key file are packed (zlib) and written in base32 (RFC 4648), which has neither 0 nor
1, nor capitals that matter. It stays sealed: who has the paper needs the passphrase as well.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib

from chatcode.errors import ChatcodeError

_FIRST = "chatcode key on paper, version 1"
_GROUP = 5
_GROUPS = 10
_CHECK = 4
_LINE = re.compile(r"\s*(\d+)[\s.:)]+(.+)")
# Signs that are no letters of base32 and look like one.
_LOOK_ALIKE = str.maketrans("018", "OIB")
_MOST_TOLD = 5
_PAGE = 55


def to_paper(data: bytes, key_id: str) -> str:
    """Write the bytes of a key file as numbered lines; the same bytes give the same text."""
    letters = base64.b32encode(zlib.compress(data, 9)).decode("ascii").rstrip("=")
    width = _GROUP * _GROUPS
    rows = [letters[place : place + width] for place in range(0, len(letters), width)]
    numbered = [f"{number:04d}  {_grouped(row)}  {_check(number, row)}" for number, row in enumerate(rows, 1)]
    head = [
        _FIRST,
        f"key: {key_id}",
        f"lines: {len(rows)}",
        f"whole: {_whole(data)}",
        "back to a file: chatcode key restore-paper THIS.txt",
        "",
    ]
    return "\n".join([*head, *numbered, ""])


def pages(text: str) -> int:
    """How many sheets of paper it takes."""
    return -(-text.count("\n") // _PAGE)


def from_paper(text: str, name: str) -> bytes:
    """Read the bytes of a key file back; blanks, capitals and the order of lines do not matter.

    Raises:
        ChatcodeError: when it is no key on paper, or lines are wrong or missing; it names the lines.
    """
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines()]
    fields = {key.strip(): "".join(said.split()) for key, _, said in (line.partition(":") for line in lines)}
    whole = fields.get("whole", "").lower()
    if _FIRST not in (line.lower() for line in lines) or not fields.get("lines", "").isdecimal() or not whole:
        raise ChatcodeError(
            f"{name} is no key on paper, or its first lines are damaged",
            "It begins with `key:`, `lines:` and `whole:`; type those too.",
        )
    wanted = int(fields["lines"])
    rows: dict[int, str] = {}
    wrong: list[int] = []
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        number, letters = int(found[1]), "".join(found[2].split()).upper().translate(_LOOK_ALIKE)
        row, check = letters[:-_CHECK], letters[-_CHECK:]
        if 1 <= number <= wanted and check == _check(number, row):
            rows[number] = row
        else:
            wrong.append(number)
    bad = sorted({number for number in wrong if number not in rows})
    missing = [number for number in range(1, wanted + 1) if number not in rows and number not in bad]
    if bad or missing:
        raise ChatcodeError(
            f"{name}: " + "; ".join(filter(None, (_told("wrong", bad), _told("missing", missing)))),
            "Compare these lines with the paper; nothing was made.",
        )
    letters = "".join(rows[number] for number in range(1, wanted + 1))
    try:
        data = zlib.decompress(base64.b32decode(letters + "=" * (-len(letters) % 8)))
    except (binascii.Error, zlib.error):
        data = b""
    if _whole(data) != whole:
        raise ChatcodeError(
            f"{name}: every line is right and the whole is not", "Is each line of the same paper?"
        )
    return data


def _grouped(row: str) -> str:
    return " ".join(row[place : place + _GROUP] for place in range(0, len(row), _GROUP))


def _check(number: int, row: str) -> str:
    digest = hashlib.sha256(f"{number}:{row}".encode()).digest()
    return base64.b32encode(digest).decode("ascii")[:_CHECK]


def _whole(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _told(what: str, numbers: list[int]) -> str:
    if not numbers:
        return ""
    shown = ", ".join(str(number) for number in numbers[:_MOST_TOLD])
    more = f" and {len(numbers) - _MOST_TOLD} more" if len(numbers) > _MOST_TOLD else ""
    return f"line{'s' if len(numbers) > 1 else ''} {shown}{more} {what}"
