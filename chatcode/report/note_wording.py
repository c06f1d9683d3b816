"""All that a note can say, for a study in which nothing is yet.

By it the leak gate knows which words are the program's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from chatcode.codebook import SITUATIONS
from chatcode.report import advice, interventions
from chatcode.report import note_front as front
from chatcode.report.document import Block, Heading, Listing, Paragraph
from chatcode.report.note_basis import ONE_OR_MORE, Basis
from chatcode.report.quotes import fixed_words


def wording(basis: Basis) -> Iterable[Block]:
    """All that a note can say, for a study in which nothing is yet."""
    w, blank = basis.w, "–"
    yield Heading(w("All wording of this note"))
    yield Paragraph(w("Nothing has been imported yet. This is the text that a note can hold."))
    fixed = (*front.WELL_BY_MARK.values(), *advice.NO_ADVICE.values())
    filled = [
        *(w(text) for text in (front.JUDGED, front.UNJUDGED, *fixed)),
        w(front.AREAS, areas=blank),
        *(w(text, days=blank) for text in front.WHY.values()),
        *(w(text, reports=blank, open=blank) for text in interventions.OPEN.values()),
        *(w(text, answered=blank, occasions=blank) for text in interventions.ANSWERED.values()),
        *(w(one) for one, _ in ONE_OR_MORE.values()),
        *(w(many, n=blank) for _, many in ONE_OR_MORE.values()),
        w("The note looks at messages up to and including {day}.", day=blank),
        w("seen {days}, {months}", days=blank, months=blank),
        w("Priority {n}: {name}", n=blank, name=blank),
        w("Against it: {messages} {days}.", messages=blank, days=blank),
        w("{told} Of these: {kinds}.", told=blank, kinds=blank),
        w("Holds for {cases}.", cases=blank),
        w("Advice for {cases}", cases=blank),
        w("Coder: {coder}.", coder=blank),
        w("Examples, none of them chosen because it speaks for or against anybody:"),
        *fixed_words(w),
        w("Period: {start} to {end}.", start=blank, end=blank),
        w("Time before, to compare with: {start} to {end}.", start=blank, end=blank),
        w("Days per month on which each intervention was seen; below the line, against it"),
        w("days"),
        w(
            "Eleven small charts with the days per month on which an intervention was seen. The counts "
            "over the whole period are in the tables below."
        ),
        *w.every(),
        *(w.day(date(2020, month, 1)) for month in range(1, 13)),
        *(w.month(f"2020-{month:02}") for month in range(1, 13)),
    ]
    yield Listing(tuple(filled))
    yield front.to_fill_in(basis)
    # Months before and after the start, and one without figures: the signs of a chart are words too.
    months = tuple(f"2020-{month:02}" for month in range(1, 13))
    codes = [f"{number}{sign}" for number in basis.codebook.interventions for sign in "+-"]
    yield interventions.drawn(
        basis, months, 6, {(code, month): [1] for code in codes for month in months[1:]}
    )
    for number, intervention in basis.codebook.interventions.items():
        yield Heading(basis.name(number), level=3)
        advised = [s for s in SITUATIONS if s in intervention.advice]
        yield Listing(
            (
                *(intervention.advice[situation][basis.lang] for situation in advised),
                *(sub.name[basis.lang] for sub in intervention.opposite.sub_reasons),
            )
        )
