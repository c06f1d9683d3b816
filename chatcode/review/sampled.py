"""A study of which a coder gets only what was drawn for them, in the order that was drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from chatcode.domain import Entry, Progress, Store

_PAGE = 200


class Sampled:
    """A store whose queue is a drawn sample; everything else, also the context around, is the study's.

    `units` are the messages of each unit, in the order in which the coder gets them.
    """

    def __init__(self, store: Store, units: Sequence[Sequence[Entry]]) -> None:
        self._store = store
        entries = [entry for unit in units for entry in unit]
        self._ids = [entry.id for entry in entries]
        self._place = {entry_id: place for place, entry_id in enumerate(self._ids)}
        self._where = {entry.id: (entry.group_id, f"{entry.sent_at:%Y-%m}") for entry in entries}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 whatever the store answers
        return getattr(self._store, name)

    def next_message(
        self, coder: str, round_: int, after: str | None, *, backward: bool = False, only_open: bool = True
    ) -> str | None:
        """The next message of the sample; from one that is not in it, the first (backward: the last)."""
        here = self._place.get(after or "")
        ids = self._ids[:here][::-1] if backward else self._ids[0 if here is None else here + 1 :]
        for start in range(0, len(ids), _PAGE):
            page = ids[start : start + _PAGE]
            done = self._store.acts_in_force(page, coder, round_) if only_open else {}
            for entry_id in page:
                if entry_id not in done:
                    return entry_id
        return None

    def progress(self, coder: str, round_: int) -> list[Progress]:
        """Reviewed and all messages of the sample per group and month."""
        done = self._store.acts_in_force(self._ids, coder, round_)
        every = Counter(self._where.values())
        reviewed = Counter(self._where[entry_id] for entry_id in done)
        order = {group.id: place for place, group in enumerate(self._store.groups())}
        return [
            Progress(group_id, month, reviewed[group_id, month], total)
            for (group_id, month), total in sorted(every.items(), key=lambda i: (order[i[0][0]], i[0][1]))
        ]
