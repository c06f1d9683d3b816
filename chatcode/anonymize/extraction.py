"""The text inside documents: what a reader could find in html, docx, xlsx, zip or plain files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from chatcode.anonymize.folding import word_set

_PACKED = (".docx", ".xlsx", ".zip", ".qdpx", ".pptx", ".odt")
_MARKED = (".html", ".htm", ".svg")
_XML = (".xml", ".rels", ".qde")
_PICTURES = (".png", ".jpg", ".jpeg", ".emf", ".ttf", ".woff", ".woff2", ".bin", ".gif")
# Attributes that people wrote or read; the others are ids, measures and links inside the document.
_SHOWN = ("alt", "title", "descr", "aria-label", "placeholder", "content", "author")
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text of a document; `markup` where it is an attribute or a file's name."""

    place: str
    text: str
    markup: bool = False


def passages(data: bytes, suffix: str, place: str = "", depth: int = 0) -> Iterator[Passage]:
    """Give all text of a document, members of packed ones included, with the place of each."""
    kind = suffix.lower() if suffix.startswith(".") else f".{suffix.lower()}"
    where = place or "text"
    if kind in _PACKED and depth < _DEEPEST:
        yield from _packed(data, place, depth)
    elif kind in _MARKED:
        yield from _marked(data.decode("utf-8", "replace"), place)
    elif kind in _XML:
        yield from _xml(data.decode("utf-8", "replace"), where)
    elif kind in _PICTURES:
        return
    else:
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), start=1):
            yield Passage(f"{place}, line {number}" if place else f"line {number}", line)


def _packed(data: bytes, place: str, depth: int) -> Iterator[Passage]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        yield Passage(place or "text", data.decode("utf-8", "replace"))
        return
    with archive:
        for info in archive.infolist():
            inside = f"{place}/{info.filename}" if place else info.filename
            yield Passage(f"name of {inside}" if depth else "a file name inside", info.filename, markup=True)
            ending = f".{info.filename.rpartition('.')[2]}" if "." in info.filename else ".txt"
            yield from passages(archive.read(info), ending, inside, depth + 1)


class _Reader(HTMLParser):
    """Collects what a page shows; style and script are code, not text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Passage] = []
        self._silent = 0
        self._parts: list[str] = []
        self._line = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the attributes that are read; leave out style and script."""
        if tag in ("style", "script"):
            self._silent += 1
        if tag in _BLOCKS:
            self.flush()
        for name, value in attrs:
            if name in _SHOWN and value:
                self.found.append(Passage(f"line {self.getpos()[0]}, {name}", value, markup=True))

    def handle_endtag(self, tag: str) -> None:
        """End a stretch of text where a block ends."""
        if tag in ("style", "script"):
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCKS:
            self.flush()

    def handle_data(self, data: str) -> None:
        """Keep what is shown."""
        if not self._silent:
            if not self._parts:
                self._line = self.getpos()[0]
            self._parts.append(data)

    def handle_comment(self, data: str) -> None:
        """A comment leaves with the page as well."""
        self.found.append(Passage(f"line {self.getpos()[0]}, comment", data))

    def flush(self) -> None:
        """Close the stretch of text that is open."""
        text = " ".join("".join(self._parts).split())
        if text:
            self.found.append(Passage(f"line {self._line}", text))
        self._parts = []


_BLOCKS = word_set(
    """
    p div section article header footer li ul ol table tr td th h1 h2 h3 h4 h5 h6 figure figcaption
    caption title br option text tspan dt dd nav main summary details svg g blockquote
    """
)


def _marked(page: str, place: str) -> Iterator[Passage]:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    reader.flush()
    for passage in reader.found:
        yield Passage(f"{place}, {passage.place}" if place else passage.place, passage.text, passage.markup)


_PARAGRAPH = re.compile(
    r"</(?:w:p|a:p|si|is|row|c|t|dc:\w+|cp:\w+|vt:\w+|Description|PlainTextContent|\w+:p)>|<w:(?:br|tab)/>"
)
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(
    r"\s(?:name|title|descr|alt|author|creatingUser|modifyingUser|targetName)=\"([^\"]*)\"", re.IGNORECASE
)
_ENTITY = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


def _xml(document: str, place: str) -> Iterator[Passage]:
    """Paragraphs and cells one by one, runs inside them put together as a reader sees them."""
    for number, part in enumerate(_PARAGRAPH.split(document), start=1):
        text = _unescape(_TAG.sub("", part))
        if text.strip():
            yield Passage(f"{place}, part {number}", text)
    for match in _ATTRIBUTE.finditer(document):
        yield Passage(f"{place}, attribute", _unescape(match.group(1)), markup=True)


def _unescape(text: str) -> str:
    for entity, sign in _ENTITY.items():
        text = text.replace(entity, sign)
    return text
