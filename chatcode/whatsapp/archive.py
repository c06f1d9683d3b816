"""From a path to the bytes of a chat: a text file, or the right member of a zip archive."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from chatcode.errors import ExportError

# What WhatsApp puts before a group's name in a file name, in the languages of the notices.
_PREFIXES = (
    "WhatsApp-chat met ", "WhatsApp Chat with ", "WhatsApp Chat - ", "WhatsApp-Chat mit ",
    "Discussion WhatsApp avec ", "Chat de WhatsApp con ", "Conversa do WhatsApp com ", "Chat WhatsApp con ",
    "WhatsApp Sohbeti - ",
)  # fmt: skip
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_APPLE = "_chat.txt"
_COPY = re.compile(r" ?\(\d+\)$")  # "name (1)" is how browsers save a second copy
_LARGEST = 1 << 30  # bytes of text; the longest export WhatsApp makes has some 10 MB
_SMALL = 16 << 20  # below this size no ratio is suspicious
_HIGHEST_RATIO = 250
_HEADERS_LOOKED_AT = 1 << 16

_HOW = "In WhatsApp: open the group, Export chat, and give the .txt or .zip file that it makes."


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a chat, where they came from, and what was passed over."""

    data: bytes
    container: Literal["txt", "zip"]
    group_name: str | None
    repairs: tuple[str, ...] = ()


def read_source(path: Path) -> Source:
    """Read the chat of a text file or a zip archive into memory; nothing is unpacked to disk.

    Raises:
        ExportError: The file cannot be read, is empty, or the archive holds no chat.
    """
    try:
        if path.is_dir():
            raise ExportError(
                "this is a folder, not a file", "Give the .txt or .zip file that WhatsApp made."
            )
        with path.open("rb") as file:
            head = file.read(4)
            if head in _ZIP:
                return _from_zip(path)
            size = path.stat().st_size
            if size > _LARGEST:
                raise ExportError(f"the file is larger than any export: {size >> 20} MB", _HOW)
            file.seek(0)
            data = file.read(_LARGEST)
    except FileNotFoundError:
        raise ExportError("there is no such file", "Check the name and the folder.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable path"
        raise ExportError(
            f"the file cannot be read: {reason}", "Check the name and the rights on the file."
        ) from None
    if not data:
        raise ExportError("the file is empty", _HOW)
    return Source(data, "txt", _group_name(path.name))


def _from_zip(path: Path) -> Source:
    try:
        with zipfile.ZipFile(path) as archive:
            return _choose(archive, path)
    except ExportError:
        raise
    except Exception as error:  # a damaged archive makes its readers raise all there is
        if type(error) is RuntimeError:  # what zipfile raises for a member under a password
            raise ExportError(
                "the archive is locked with a password", "Unpack it and give the .txt file."
            ) from None
        raise ExportError(
            "the zip archive is damaged", "Export the chat again, or unpack it and give the .txt file."
        ) from error


def _choose(archive: zipfile.ZipFile, path: Path) -> Source:
    """Take `_chat.txt`, else a text named as WhatsApp names it, else the text with most headers."""
    members = [info for info in archive.infolist() if not info.is_dir()]
    inside = [info for info in members if _stays_inside(info.filename)]
    repairs = ("members of the archive that point outside it passed over",) * (len(inside) < len(members))
    texts = [
        info
        for info in inside
        if info.filename.casefold().endswith(".txt") and not _is_metadata(info.filename)
    ]
    if not texts:
        raise ExportError("the archive holds no chat: there is no .txt in it", _HOW)
    ranked = sorted(texts, key=lambda info: (_rank(info.filename), info.filename.count("/"), info.filename))
    best = [info for info in ranked if _rank(info.filename) == _rank(ranked[0].filename)]
    chosen = best[0] if len(best) == 1 else max(best, key=lambda info: _headers(archive, info))
    if len(texts) > 1:
        repairs += (f"one of {len(texts)} texts in the archive taken",)
    data = _read(archive, chosen)
    if not data:
        raise ExportError("the chat in the archive is empty", _HOW)
    name = _group_name(PurePosixPath(chosen.filename).name) or _group_name(path.name)
    return Source(data, "zip", name, repairs)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read one member, however much it claims: neither the claim nor the stream may run away."""
    limit = min(_LARGEST, max(_SMALL, _HIGHEST_RATIO * max(info.compress_size, 1)))
    if info.file_size <= limit:
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
        if len(data) <= limit:
            return data
    raise ExportError(
        "the archive unpacks to far more than a chat could hold",
        "Do not open this archive; export the chat again.",
    )


def _headers(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    with archive.open(info) as stream:
        head = stream.read(_HEADERS_LOOKED_AT)
    return len(re.findall(rb"(?m)^[^\d\n]{0,8}\d{1,4}[-/.]\s?\d{1,2}[-/.]\s?\d{1,4}", head))


def _stays_inside(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return bool(parts) and ".." not in parts and not parts[0].startswith("/") and ":" not in parts[0]


def _is_metadata(name: str) -> bool:
    """What macOS adds: a shadow of each file, in a folder of its own or with `._` before its name."""
    return name.startswith("__MACOSX/") or "/__MACOSX/" in name or PurePosixPath(name).name.startswith("._")


def _rank(name: str) -> int:
    base = PurePosixPath(name).name
    return 0 if base == _APPLE else 1 if base.startswith(_PREFIXES) else 2


def _group_name(file_name: str) -> str | None:
    stem = file_name.rsplit(".", 1)[0]
    for prefix in _PREFIXES:
        if stem.startswith(prefix):
            return _COPY.sub("", stem[len(prefix) :]).strip() or None
    return None
