"""Read a WhatsApp export: from a path to entries and findings."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path

from chatcode.domain import Export, Findings
from chatcode.errors import ExportError

from .archive import read_source
from .attribution import attribute
from .collector import collector_at_rest
from .encoding import decode, may_be_utf8
from .entries import Entries
from .formats import Style, lock
from .languages import guess_language
from .scan import Scanned, scan

_HEAD = 1 << 19  # code points in which the style is looked for
_LARGE = 2 << 20  # bytes from which on the fast path saves more than loading numpy costs

_NO_EXPORT = "this is no WhatsApp export: no line starts with a date and a time"
# A file of notices alone has about as many lines as entries.
_LINES_AN_ENTRY = 10
_NOBODY = "this is no WhatsApp export: lines start with dates, but nobody writes in them"
_HOW = "In WhatsApp: open the group, Export chat, and give the .txt or .zip file that it makes."


def read_export(path: str | Path, *, date_order: str | None = None) -> Export:
    """Read what WhatsApp's "Export chat" wrote, as .txt or as .zip, from Android or iOS.

    Args:
        path: The file.
        date_order: "dmy", "mdy" or "ymd" where the file should not decide by itself.

    Raises:
        ExportError: The file is no export, cannot be read, or does not fit `date_order`.
    """
    path = Path(path)
    try:
        with collector_at_rest():
            return _read(path, date_order)
    except ExportError as error:
        raise ExportError(f"{path.name or path}: {error.message}", error.hint) from None


def _read(path: Path, date_order: str | None) -> Export:
    source = read_source(path)
    text = _Text.fast(source.data, date_order) or _Text.plain(source.data, date_order)
    if text is None:
        raise ExportError(_NO_EXPORT, _HOW)
    found = attribute(text.scanned.rough, text.style.apple)
    findings = Findings(
        encoding=text.encoding,
        style=text.style.name,
        date_order=text.scanned.date_order.order,
        date_evidence=text.scanned.date_order.evidence,
        container=source.container,
        group_name=found.group_name or source.group_name,
        repairs=source.repairs + text.repairs + text.scanned.repairs,
    )
    entries = Entries(text.scanned.sent_at, found.senders, text.scanned.rough.texts, found.remarks)
    if source.data.count(b"\n") > _LINES_AN_ENTRY * len(entries) and not any(
        entry.kind == "message" or entry.event not in (None, "other") for entry in entries
    ):
        # Some line with a date is in many files; in this one nobody writes, and most lines are none.
        raise ExportError(_NOBODY, _HOW)
    return Export(entries, findings)


@dataclass(frozen=True, slots=True)
class _Text:
    """A file whose text was cut into entries, by either path."""

    encoding: str
    style: Style
    scanned: Scanned
    repairs: tuple[str, ...] = ()

    @classmethod
    def plain(cls, data: bytes, date_order: str | None) -> _Text | None:
        decoded = decode(data)
        head = decoded.text[:_HEAD]
        style = lock(head)
        if style is None:
            return None
        scanned = scan(decoded.text, style, guess_language(head), date_order)
        return None if scanned is None else cls(decoded.encoding, style, scanned, decoded.repairs)

    @classmethod
    def fast(cls, data: bytes, date_order: str | None) -> _Text | None:
        """Return None where the plain path must do the work: a small file, another encoding, bad bytes."""
        if len(data) < _LARGE or not may_be_utf8(data):
            return None
        from .bytescan import scan_bytes

        body = data.removeprefix(BOM_UTF8)
        head = body[: 4 * _HEAD].decode("utf-8", "ignore")[:_HEAD]
        style = lock(head)
        if style is None:
            return None
        try:
            scanned = scan_bytes(body, style, guess_language(head), date_order)
        except UnicodeDecodeError:
            return None
        encoding = "utf-8-sig" if data.startswith(BOM_UTF8) else "utf-8"
        return None if scanned is None else cls(encoding, style, scanned)
