"""Quotes in documents: each says whether it is verbatim, and no more of its writer than many share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from chatcode.report.document import Box, Column, Document, Paragraph, Table
from chatcode.report.words import Words

if TYPE_CHECKING:
    from chatcode.codebook import Codebook
    from chatcode.domain import Quote

_KINDS = {"verbatim": "in the writer's words", "paraphrase": "retold by the researcher"}
_ROLES = {"beheerder": "administrator", "professional": "professional", "deelnemer": "member"}


def example(quote: Quote, w: Words) -> str:
    """One line: the words, how they came about, and what is told of the writer."""
    told = (w(_KINDS[quote.kind]), writer(quote, w), quote.place, _month(quote, w))
    return f"“{quote.text}” ({', '.join(filter(None, told))})"


def writer(quote: Quote, w: Words) -> str:
    """The role in words; a title such as Wijkagent as it is."""
    return w(_ROLES[quote.role]) if quote.role in _ROLES else quote.role


def fixed_words(w: Words) -> tuple[str, ...]:
    """All that an example can say of itself."""
    return (*map(w, _KINDS.values()), *map(w, _ROLES.values()))


def quotes_document(quotes: Sequence[Quote], codebook: Codebook, *, lang: str, study: str) -> Document:
    """The quotes that stand, by code; who signed for them stays in the study."""
    w = Words(lang)
    by_code: Mapping[str, list[Quote]] = {code: [] for code in codebook.codes}
    for quote in quotes:
        by_code[quote.code].append(quote)
    rows = tuple(
        (
            quote.code,
            quote.text,
            w(_KINDS[quote.kind]),
            writer(quote, w),
            quote.place,
            _month(quote, w),
            quote.sharing,
            quote.at.date().isoformat(),
        )
        for found in by_code.values()
        for quote in found
    )
    columns = (
        Column(w("Code")),
        Column(w("Quote")),
        Column(w("How")),
        Column(w("Role")),
        Column(w("Area or group")),
        Column(w("Month")),
        Column(w("People who share this"), "number"),
        Column(w("Signed for on"), "date"),
    )
    warning = w(
        "Members of a group can find a quote in their chat, also a retold one. These are pseudonymised and "
        "stay personal data."
    )
    return Document(
        title=w("Quotes"),
        lang=lang,
        status=study,
        blocks=(
            Box(w("Handle with care"), (warning,)),
            Table(w("Quotes that somebody signed for"), columns, rows, sheet=w("Quotes")),
            *(() if quotes else (Paragraph(", ".join(fixed_words(w))),)),
        ),
    )


def _month(quote: Quote, w: Words) -> str:
    return w.month(quote.month) if quote.month else ""
