"""Read a WhatsApp export: from a path to entries and findings."""

from __future__ import annotations

from pathlib import Path

from chatcode.domain import Export, Findings
from chatcode.errors import ExportError

from .archive import read_source
from .attribution import attribute
from .encoding import decode
from .entries import Entries
from .formats import lock
from .scan import scan

_NO_EXPORT = "this is no WhatsApp export: no line starts with a date and a time"
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
        return _read(path, date_order)
    except ExportError as error:
        raise ExportError(f"{path.name or path}: {error.message}", error.hint) from None


def _read(path: Path, date_order: str | None) -> Export:
    source = read_source(path)
    decoded = decode(source.data)
    style = lock(decoded.text)
    if style is None:
        raise ExportError(_NO_EXPORT, _HOW)
    scanned = scan(decoded.text, style, date_order)
    if scanned is None:
        raise ExportError(_NO_EXPORT, _HOW)
    found = attribute(scanned.rough, style.apple)
    findings = Findings(
        encoding=decoded.encoding,
        style=style.name,
        date_order=scanned.date_order.order,
        date_evidence=scanned.date_order.evidence,
        container=source.container,
        group_name=found.group_name or source.group_name,
        repairs=source.repairs + decoded.repairs + scanned.repairs,
    )
    return Export(Entries(scanned.sent_at, found.senders, scanned.rough.texts, found.remarks), findings)
