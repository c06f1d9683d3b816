"""The table of marks ✓ = ~ X: people's marks per intervention and case, and why they were given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chatcode.analysis.proposal import CARRIED_OUT, CONTINUED, NOT_SEEN, PARTLY, REGULAR
from chatcode.domain import Beside
from chatcode.report import steps
from chatcode.report.document import Block, Column, Document, Heading, Listing, Paragraph, Table
from chatcode.report.steps import Heard
from chatcode.report.words import Words

if TYPE_CHECKING:
    from chatcode.analysis.assessment import Cell
    from chatcode.analysis.sensitivity import Line
    from chatcode.codebook import Codebook
    from chatcode.domain import Layer

MARKS = {
    CARRIED_OUT: "carried out and strengthened",
    CONTINUED: "continued, already practice",
    PARTLY: "partly, little change",
    NOT_SEEN: "not seen",
}
FLAGS = {
    "decline": "declined: seen less than before",
    "no_occasion": "no or little occasion",
    "too_little": "too little to compare with",
    "not_agreed": "not agreed beforehand",
    "depends": "rests on another intervention",
    "ask": "happens outside the chat: ask",
    "not_reviewed": "too little reviewed",
    "not_linked": "answers are not tied: taken by time",
    "no_agreement": "no agreement: all marks stand",
}
UNRATED = "–"


def assessment_table(
    cells: Sequence[Cell],
    codebook: Codebook,
    *,
    lang: str,
    layer: Layer,
    beside: Beside | None = None,
    heard: Heard | None = None,
    moved: Sequence[Line] = (),
    long: bool = True,
) -> Document:
    """Lay out the cells: a table of marks, the reasons beside it, and what the signs mean.

    A cell that no researcher has rated shows a dash and nothing that was worked out for it. `heard` is
    how the marks came about, `moved` what becomes of the proposals when conventions are moved. Without
    `long` what the cells rest on, the steps and the conventions are left out, for the terminal.
    """
    w = Words(lang)
    rated = [cell for cell in cells if cell.researcher is not None]
    blocks: list[Block] = [
        Paragraph(w("{rated} of {cells} cells are rated.", rated=len(rated), cells=len(cells)), strong=True),
        Paragraph(
            w(
                "A mark says how an intervention was carried out, as seen in the chat. No mark says anything "
                "about the effect on safety."
            )
        ),
        *_narratives(cells, codebook, layer, w),
        Heading(w("All marks")),
        _marks(cells, codebook, [case.name for case in layer.cases], w, lang),
        _reasons(rated, codebook, w, lang),
        *(steps.grounds(rated, layer, beside or Beside(), w) if long else ()),
        *(steps.how_they_came(rated, codebook, layer, heard or Heard(), w) if long else ()),
        Heading(w("What the signs mean")),
        Listing(tuple(f"{mark}  {w(meaning)}" for mark, meaning in MARKS.items())),
        Paragraph(
            w(
                "X means: not seen in the chat. It may have happened elsewhere; whoever knows of it can say "
                "so to the researcher."
            )
        ),
        Paragraph(
            w(
                "An arrow joins the researcher's mark, the administrator's, the official's and the final "
                "one, in this order; where nobody has changed it, one sign stands there. A dash is a cell "
                "that is not rated yet."
            )
        ),
        Paragraph(
            w(
                "The proposal follows from the counts by fixed conventions. It is shown only after the "
                "researcher's own mark, and it never replaces it."
            )
        ),
        Heading(w("Remarks that can stand beside a mark"), level=3),
        Listing(tuple(w(meaning) for meaning in FLAGS.values())),
        *(steps.method(moved, codebook, w) if long else ()),
    ]
    if not layer.cases:
        blocks += [Heading(w("All wording of this report")), Listing(w.every())]
    return Document(
        title=w("Marks per intervention and area"),
        lang=lang,
        status=w("interim – not for citation"),
        blocks=tuple(blocks),
    )


def mark_words(mark: str, w: Words) -> str:
    """A mark with its words, as in `✓ carried out and strengthened`."""
    return f"{mark} {w(MARKS[mark])}" if mark in MARKS else mark


def _marks(cells: Sequence[Cell], codebook: Codebook, cases: Sequence[str], w: Words, lang: str) -> Table:
    held = {(cell.case, cell.intervention): cell for cell in cells}
    rows = [
        (
            f"{number}. {intervention.name[lang]}",
            *(_standing(held.get((case, number)), w) for case in cases),
        )
        for number, intervention in codebook.interventions.items()
    ]
    return Table(
        caption=w("Marks per intervention"),
        columns=(Column(w("Intervention")), *(Column(case) for case in cases)),
        rows=tuple(rows),
        sheet=w("Marks"),
    )


def _narratives(cells: Sequence[Cell], codebook: Codebook, layer: Layer, w: Words) -> Iterator[Block]:
    """Per area, before the table: which marks its interventions have, in words."""
    if any(cell.researcher is not None for cell in cells):
        yield Heading(w("Area by area"))
    for case in layer.cases:
        own = [cell for cell in cells if cell.case == case.name and cell.researcher is not None]
        if not own:
            continue
        by_words: dict[str, list[int]] = {}
        for cell in own:
            mark = "" if cell.flag == "no_agreement" else (_given(cell) or [""])[-1]
            by_words.setdefault(_words_of(mark, cell, w), []).append(cell.intervention)
        order = {sign: place for place, sign in enumerate(MARKS)}
        points = [
            f"{words}: {_named(numbers, codebook, w)}."
            for words, numbers in sorted(
                by_words.items(), key=lambda item: (order.get(item[0][:1], len(order)), item[0])
            )
        ]
        yield Heading(case.name, level=3)
        yield Listing(tuple(points))


def _words_of(mark: str, cell: Cell, w: Words) -> str:
    """A mark of a cell with its words; without one, that there is none."""
    if not mark:
        return w("No mark, or no agreement")
    if mark == NOT_SEEN and cell.counts.get("period", {}).get("seen_days"):
        # A person judged so although traces were seen; "not seen" would deny the counts beside it.
        return f"{mark} {w('not carried out')}"
    return mark_words(mark, w)


def _named(numbers: Sequence[int], codebook: Codebook, w: Words) -> str:
    return "; ".join(f"{n}. {codebook.interventions[n].name[w.lang]}" for n in sorted(numbers))


def _standing(cell: Cell | None, w: Words) -> str:
    """The marks of a cell in the order in which they were given, the words of the last, its remark."""
    if cell is None or cell.researcher is None:
        return UNRATED
    *earlier, last = _given(cell) or [""]
    words = _words_of(last, cell, w) if last else ""
    told = " → ".join(filter(None, (*earlier, words)))
    remark = _remark(cell.flag, w)
    if remark:
        return f"{told} ({remark})" if told else remark
    return told or UNRATED


def _given(cell: Cell) -> list[str]:
    """The marks in the order in which they were given, where each differs from the last."""
    found: list[str] = []
    for mark in (cell.researcher, cell.administrator, cell.official, cell.final):
        if mark and mark != (found[-1] if found else None):
            found.append(mark)
    return found


def _remark(flag: str | None, w: Words) -> str:
    """The words of a flag; a flag that a researcher made up is shown as it is."""
    return w(FLAGS[flag]) if flag in FLAGS else (flag or "")


def _reasons(rated: Sequence[Cell], codebook: Codebook, w: Words, lang: str) -> Table:
    rows = [
        (
            f"{cell.case} · {cell.intervention}. {codebook.interventions[cell.intervention].name[lang]}",
            " → ".join(_given(cell)) or UNRATED,
            _proposal(cell, w),
            _remark(cell.flag, w),
            cell.reason or "",
            cell.prose or "",
        )
        for cell in rated
    ]
    return Table(
        caption=w("Reasons of the rated cells"),
        columns=(
            Column(w("Area and intervention")),
            Column(w("Mark")),
            Column(w("Proposal")),
            Column(w("Remark")),
            Column(w("Reason of the researcher")),
            Column(w("How it was carried out")),
        ),
        rows=tuple(rows),
        notes=(
            w("≠ beside a proposal: it differs from the researcher's mark."),
            w("No proposal: the counts alone do not decide, or too little is reviewed."),
        ),
        sheet=w("Reasons"),
    )


def _proposal(cell: Cell, w: Words) -> str:
    if cell.proposed is None:
        return UNRATED
    if cell.proposed == REGULAR:
        agrees = cell.researcher in (CARRIED_OUT, CONTINUED)
        told = w("✓ or =")
    else:
        agrees, told = cell.proposed == cell.researcher, cell.proposed
    return told if agrees else f"{told} ≠"
