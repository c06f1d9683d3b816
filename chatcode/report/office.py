"""Word files turned into PDF or OpenDocument by LibreOffice, where that is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from chatcode.errors import ChatcodeError

# Tagged, so that a screen reader can follow it.
_FILTERS = {
    ".pdf": 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}',
    ".odt": "odt",
}
ENDINGS = tuple(_FILTERS)
_PATIENCE = 120


def turn(word: bytes, ending: str) -> bytes:
    """Turn a .docx file into one of `ENDINGS`.

    LibreOffice works on files: they lie in a folder that only this user can read, and are removed.

    Raises:
        ChatcodeError: LibreOffice is not there, or fails.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise ChatcodeError(
            f"a {ending} file needs LibreOffice, which is not installed",
            "Write .docx and save it as PDF in Word, or install LibreOffice.",
        )
    with tempfile.TemporaryDirectory(prefix="chatcode-") as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(word)
        command = [
            office, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", _FILTERS[ending], "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603 the program found above, with our own words
            return source.with_suffix(ending).read_bytes()
        except (subprocess.SubprocessError, OSError):
            raise ChatcodeError(
                "LibreOffice could not turn the document", "Close LibreOffice and try again, or write .docx."
            ) from None
