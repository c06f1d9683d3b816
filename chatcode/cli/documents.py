"""Deliver a document: to the terminal, or as files past the leak gate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatcode.cli import options
from chatcode.cli.door import send
from chatcode.cli.output import say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.report.document import Document
    from chatcode.study.store import Study

Renderer = Callable[["Document"], bytes]


def deliver(
    study: Study,
    document: Document,
    *,
    empty: Document,
    out: list[Path] | None,
    key: Path | None,
    descriptor: int | None,
    overwrite: bool,
    more: Mapping[str, Renderer] | None = None,
    kept: Mapping[Path, bytes] | None = None,
    own_words: Iterable[str] = (),
    along: Mapping[Path, tuple[bytes, bytes]] | None = None,
) -> dict[Path, bytes]:
    """Print a document in the terminal, or write it to files whose endings say the format.

    `more` are formats that this kind of document has beside the usual ones. `kept` are files that
    were handed over before and are written as they were; `own_words` is what the researcher wrote
    that the document repeats, beside the codebook. `along` are files that go with them, each
    with what it holds in an empty study: all are written, or none. Returns what was written.

    Raises:
        ChatcodeError: a file has an ending that is no format, or is there already.
        LeakError: a file would have held what identifies a person; none is written.
    """
    out, along = out or [], along or {}
    if not out and not along:
        from chatcode.report.terminal import show

        show(document)
        return {}
    from chatcode.report import office
    from chatcode.report.formats import RENDERERS
    from chatcode.report.words import own_words as program_words

    renderers = {**RENDERERS, **(more or {})}
    # What LibreOffice makes of a Word file holds what that holds: the gate looks at the Word file.
    renderers |= dict.fromkeys(office.ENDINGS, renderers[".docx"])
    for path in out:
        if path.suffix not in renderers:
            raise ChatcodeError(
                f"{path.name}: no such format", f"A file may end in {', '.join(sorted(renderers))}."
            )
    turned: dict[Path, Callable[[bytes], bytes]] = {
        path: partial(office.turn, ending=path.suffix) for path in out if path.suffix in office.ENDINGS
    }
    turned |= {path: partial(_instead, content) for path, content in (kept or {}).items()}
    written = send(
        study,
        {path: renderers[path.suffix](document) for path in out}
        | {p: full for p, (full, _) in along.items()},
        empty={path: renderers[path.suffix](empty) for path in out}
        | {p: blank for p, (_, blank) in along.items()},
        key=key,
        descriptor=descriptor,
        overwrite=overwrite,
        own_words=(*program_words(), *own_words, options.codebook_of(study).text),
        turned=turned,
    )
    for path in written:
        say(f"Wrote {path}.")
    return written


def _instead(content: bytes, _: bytes) -> bytes:
    return content


def as_data(document: Document) -> dict[str, Any]:
    """A document in JSON's types: title, status, and its blocks in order, each with its kind."""
    return {
        "title": document.title,
        "lang": document.lang,
        "status": document.status,
        "blocks": [{"kind": type(block).__name__.lower(), **asdict(block)} for block in document.blocks],
    }
