"""Notes that were handed over: read back as they were, and two of them side by side."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chatcode.report import document as parts
from chatcode.report import findings as counted
from chatcode.report.document import Block, Column, Document, Heading, Paragraph, Row, Table
from chatcode.report.words import Words

if TYPE_CHECKING:
    from datetime import date

    from chatcode.analysis.assessment import Cell
    from chatcode.codebook import Codebook
    from chatcode.domain import Layer

_KINDS: Mapping[str, Callable[..., Block]] = {
    kind.__name__.lower(): kind
    for kind in (parts.Heading, parts.Paragraph, parts.Listing, parts.Box, parts.Table, parts.Chart)
}
_INSIDE: Mapping[str, Callable[..., object]] = {
    "columns": parts.Column,
    "panels": parts.Panel,
    "events": parts.Marked,
}
SITUATIONS = {
    "seen_well": "seen regularly",
    "seen_little": "seen now and then",
    "not_seen": "not seen",
    "opposite": "messages went against it",
    "no_occasion": "no occasion",
}


def figures(layer: Layer, codebook: Codebook, cells: Sequence[Cell]) -> list[dict[str, Any]]:
    """The figures that a note rests on, one row per area and intervention."""
    return [
        {
            "case": f.case,
            "intervention": f.intervention.number,
            "seen_days": f.seen.days,
            "seen_messages": f.seen.messages,
            "climate_messages": f.climate.messages,
            "opposite_days": f.opposite.days,
            "occasions": f.occasions,
            "answered": f.answered,
            "covered_months": f.covered_months,
            "enough": f.enough,
            "mark": f.mark,
            "situation": f.situation,
        }
        for f in counted.findings(layer, codebook, cells)
    ]


def text_hash(data: Mapping[str, Any]) -> str:
    """The hash of all that a document says, whatever it looks like."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def from_data(data: Mapping[str, Any]) -> Document:
    """A document from its data, as `cli.documents.as_data` gives it."""
    return Document(data["title"], data["lang"], data["status"], tuple(_block(b) for b in data["blocks"]))


def _block(data: Mapping[str, Any]) -> Block:
    values = {name: _value(name, value) for name, value in data.items() if name != "kind"}
    return _KINDS[data["kind"]](**values)


def _value(name: str, value: object) -> object:
    if name in _INSIDE and isinstance(value, list):
        return tuple(_INSIDE[name](**{n: _value(n, v) for n, v in one.items()}) for one in value)
    if isinstance(value, list):
        return tuple(_value("", one) for one in value)
    return value


def called(number: int, made_on: date | None, lang: str) -> str:
    """What a sealed note is called; the one of now has no day."""
    w = Words(lang)
    return w("Note {n} of {day}", n=number, day=w.day(made_on)) if made_on else w("Now")


def side_by_side(
    first: tuple[str, Sequence[Mapping[str, Any]]],
    second: tuple[str, Sequence[Mapping[str, Any]]],
    codebook: Codebook,
    *,
    lang: str,
) -> Document:
    """Two notes by their figures, each given with what it is called."""
    w = Words(lang)
    (name, before), (later, after) = first, second
    held = [{(row["case"], row["intervention"]): row for row in rows} for rows in (before, after)]
    keys = list(dict.fromkeys([*held[0], *held[1]]))
    body: list[Row] = []
    changed = 0
    for case, number in keys:
        one, two = (rows.get((case, number)) for rows in held)
        differs = one != two
        changed += differs
        body.append(
            (
                f"{case} · {number}. {codebook.interventions[number].name[lang]}",
                *(row["seen_days"] if row else None for row in (one, two)),
                *(row["opposite_days"] if row else None for row in (one, two)),
                *(_answered(row) for row in (one, two)),
                *((row["mark"] if row else None) for row in (one, two)),
                *(_situation(row, w) for row in (one, two)),
                w("yes") if differs else w("no"),
            )
        )
    pairs = (
        (w("days seen"), "number"), (w("opposite days"), "number"), (w("answered"), "text"),
        (w("mark"), "text"), (w("situation"), "text"),
    )  # fmt: skip
    columns = [Column(w("Area and intervention"))]
    for told, kind in pairs:
        columns += [Column(f"{which}: {told}", kind) for which in (name, later)]  # type: ignore[arg-type] # "number" or "text"
    return Document(
        w("Two notes side by side"),
        lang,
        w("interim – not for citation"),
        (
            Paragraph(
                w("{n} of {all} cells have other figures, marks or situations.", n=changed, all=len(keys)),
                strong=True,
            ),
            Paragraph(
                w(
                    "The two can rest on stretches of other lengths, and on other codings: what differs here "
                    "need not have changed in the chat."
                )
            ),
            Heading(w("{first} and {second}", first=name, second=later)),
            Table(
                caption=w("{first} and {second}", first=name, second=later),
                columns=(*columns, Column(w("Differs"))),
                rows=tuple(body),
                sheet=w("Compared"),
            ),
        ),
    )


def _answered(row: Mapping[str, Any] | None) -> str | None:
    return f"{row['answered']}/{row['occasions']}" if row and row["occasions"] is not None else None


def _situation(row: Mapping[str, Any] | None, w: Words) -> str | None:
    situation = row["situation"] if row else None
    return w(SITUATIONS[situation]) if situation else None
