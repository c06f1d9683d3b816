"""The advice of the note: what the codebook says in the situation that was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chatcode.report.document import Block, Box
from chatcode.report.findings import Finding
from chatcode.report.note_basis import Basis

NO_ADVICE = {
    "unknown": "Too little is reviewed to advise on this.",
    "not_agreed": "It was agreed beforehand that this would not be done here, so we give no advice on it.",
    "no_occasion": "There was no occasion for this in the period, so there is nothing to advise.",
}


def advice(basis: Basis, found: Sequence[Finding]) -> Iterable[Block]:
    """A box with the advice, areas of one advice together."""
    by_text: dict[str, list[Finding]] = {}
    for f in found:
        by_text.setdefault(_advice_text(basis, f), []).append(f)
    for text, group in by_text.items():
        label = (
            basis.w("Advice for {cases}", cases=basis.cases(group)) if basis.several else basis.w("Advice")
        )
        yield Box(label, (text,))


def _advice_text(basis: Basis, f: Finding) -> str:
    if f.situation is None:
        return basis.w(NO_ADVICE["not_agreed" if f.flag == "not_agreed" else "unknown"])
    if f.situation in f.intervention.advice:
        return advice_on(basis.lang, f.situation, [f])
    return basis.w(NO_ADVICE["no_occasion"])


def advice_on(lang: str, situation: str, group: Sequence[Finding]) -> str:
    """The codebook's advice; where a person judged X though it was seen, not that it was unseen."""
    if situation == "not_seen" and any(f.seen.days for f in group):
        situation = "seen_little"
    return group[0].intervention.advice[situation][lang]
