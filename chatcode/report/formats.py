"""The formats in which any document can be written, by the ending of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chatcode.report import docx, html, markdown, xlsx
from chatcode.report.document import Document

RENDERERS: Mapping[str, Callable[[Document], bytes]] = {
    ".docx": docx.render,
    ".html": html.render,
    ".md": markdown.render,
    ".xlsx": xlsx.render,
}
