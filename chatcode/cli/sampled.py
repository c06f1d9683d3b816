"""The study as a coder gets it who codes a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from chatcode.cli.output import say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.domain import Store
    from chatcode.study.store import Study


def sampled_store(study: Study, start: str, coder: str, round_: int, way: str) -> tuple[Store, str]:
    """The study with the queue of a sample, and the way of working: a re-test is always blind.

    Raises:
        ChatcodeError: there is no such sample, it is not for this coder, or a re-test would be
            coded in a round in which it was coded already.
    """
    from chatcode.review.sampled import Sampled

    sheet = study.sample(start)
    turns = study.sample_turns(sheet.id, coder) or study.sample_turns(sheet.id, "anybody")
    if not turns:
        raise ChatcodeError(
            f"sample {start} is not for {coder}", f"It was drawn for: {', '.join(sheet.coders)}."
        )
    if sheet.purpose == "retest":
        if round_ == 1:
            raise ChatcodeError("a re-test is a pass of its own", "Say which: --round 2")
        if way != "blind":
            say("Note: a re-test is coded blind.")
        way = "blind"
    entries = {entry.id: entry for entry in study.entries()}
    units = {unit.id: [entries[i] for i in unit.entry_ids] for unit in study.sample_units(sheet.id)}
    return cast("Store", Sampled(study, [units[unit_id] for unit_id in turns])), way
