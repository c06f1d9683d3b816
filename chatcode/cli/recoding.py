"""Which decisions a changed definition touches, and the study as a coder gets it who recodes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.analysis.definitions import Reading
    from chatcode.codebook import Codebook
    from chatcode.domain import Store
    from chatcode.study.store import Study


def needing_recode(study: Study, current: Codebook | None = None) -> list[tuple[Reading, frozenset[str]]]:
    """Decisions in force under another codebook that its changed definitions touch; see `to_recode`."""
    from chatcode.analysis.definitions import Reading, to_recode
    from chatcode.cli.options import codebook_of
    from chatcode.codebook import Codebook

    current = current or codebook_of(study)
    readings = [Reading(*row) for row in study.acts_by_codebook()]
    older = [reading for reading in readings if reading.codebook_hash != current.hash]
    if not older:
        return []
    used = {reading.codebook_hash for reading in older}
    texts = study.codebook_texts()
    books = {known: Codebook.parse(texts[known], "an earlier codebook") for known in used if known in texts}
    suggested = study.suggestions([reading.entry_id for reading in older])
    proposed = {entry_id: one.codes for entry_id, one in suggested.items()}
    return to_recode(older, books, current, proposed)


def recoding_store(study: Study, coder: str, round_: int) -> Store:
    """The study with the queue of what this coder is to recode in this round.

    Raises:
        ChatcodeError: nothing of this coder is touched.
    """
    from chatcode.cli.options import codebook_of
    from chatcode.review.sampled import Recoding

    current = codebook_of(study)
    ids = [
        reading.entry_id
        for reading, _ in needing_recode(study, current)
        if (reading.coder, reading.round) == (coder, round_)
    ]
    if not ids:
        raise ChatcodeError(
            f"no decision of {coder} in round {round_} is touched by a changed definition",
            "See what changed: chatcode codebook diff",
        )
    return cast("Store", Recoding(study, study.some_entries(ids), current.hash))
