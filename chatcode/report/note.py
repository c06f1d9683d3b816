"""The interim advisory note: one page for an administrator who knows nothing of research, and what follows.

It quotes nobody but in examples that a person signed for, ranks no areas, and says in counts what was seen.
Which advice is given follows from a person's mark where there is one, else from the counts;
`findings.Finding.situation` is that rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from chatcode.analysis import frequency
from chatcode.domain import Accountability, Beside
from chatcode.report import findings as counted
from chatcode.report.accountability import method, reply
from chatcode.report.document import Document
from chatcode.report.interventions import per_intervention
from chatcode.report.note_basis import Basis
from chatcode.report.note_front import front
from chatcode.report.note_wording import wording
from chatcode.report.open_reports import open_reports
from chatcode.report.planned import plan
from chatcode.report.words import Words

if TYPE_CHECKING:
    from chatcode.analysis.assessment import Cell
    from chatcode.analysis.estimation import Drawing
    from chatcode.analysis.frequency import Frequency
    from chatcode.codebook import Codebook
    from chatcode.domain import Layer, Quote


def interim_note(
    layer: Layer,
    frequencies: Sequence[Frequency],
    cells: Sequence[Cell],
    codebook: Codebook,
    *,
    lang: str,
    study: str,
    made_on: date,
    until: date | None = None,
    told: Accountability | None = None,
    beside: Beside | None = None,
    quotes: Sequence[Quote] = (),
    drawings: Sequence[Drawing] = (),
) -> Document:
    """Write the note; `until` leaves out the messages from that day on, whatever `frequencies` holds.

    `beside` is what people entered: evidence, events, the plan; `told` is what the researcher
    answers for, `quotes` are examples that somebody signed for, `drawings` what samples say of all
    messages. `study` is the name that the note shows beside its standing. The note of an empty layer
    holds all wording that a note can hold, so that the leak gate knows which words are the program's.
    """
    if until is not None:
        layer = counted.until(layer, until)
        # A day within a month cuts that month's rows too, so they are counted anew.
        frequencies = frequency.frequencies(layer, codebook)
    shown = [quote for quote in quotes if any(entry.id == quote.entry_id for entry in layer.entries)]
    basis = Basis(
        layer,
        codebook,
        counted.findings(layer, codebook, cells),
        Words(lang),
        lang,
        beside or Beside(),
        made_on,
        shown,
    )
    standing = (basis.w("interim – not for citation"), study, basis.w.day(made_on))
    return Document(
        title=basis.w("Interim advice for your neighbourhood watch chat"),
        lang=lang,
        status=" · ".join(filter(None, standing)),
        blocks=(
            *front(basis, until),
            *open_reports(basis),
            *plan(basis.beside, layer, codebook, basis.w, made_on),
            *per_intervention(basis, frequencies),
            *method(layer, basis.w, told or Accountability(), codebook, drawings),
            *reply(basis.w),
            *(() if layer.groups else wording(basis)),
        ),
    )
