"""The logbook: memos of every kind by date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from chatcode.report.document import Block, Document, Heading, Listing, Paragraph
from chatcode.report.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """A memo: its day, kind, what it is about, by whom, and its words."""

    day: date
    kind: str
    about: str
    by: str
    text: str


def logbook(lines: Iterable[Line], lang: str) -> Document:
    """All memos by date, oldest first, each with what it is about and who wrote it."""
    w = Words(lang)
    kinds = {
        "message": w("message"),
        "media": w("photo or film"),
        "code": w("code"),
        "case": w("area"),
        "method": w("method"),
        "theory": w("theory"),
        "codebook": w("codebook"),
    }
    blocks: list[Block] = []
    for day, some in groupby(sorted(lines, key=lambda line: line.day), key=lambda line: line.day):
        blocks.append(Heading(w.day(day)))
        blocks.append(
            Listing(
                tuple(
                    f"{' '.join((kinds[line.kind], line.about)).strip()} ({line.by}): {line.text}"
                    for line in some
                )
            )
        )
    if not blocks:
        blocks.append(Paragraph(w("Nothing was noted yet.")))
    return Document(
        title=w("Logbook"), status=w("Working document: it holds what coders thought."), blocks=tuple(blocks),
        lang=lang,
    )  # fmt: skip
