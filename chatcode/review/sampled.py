"""A study of which a coder gets only what was drawn for them, in the order that was drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from chatcode.domain import Entry, Filter, Progress, Store

_PAGE = 200


class Sampled:
    """A store whose queue is a drawn sample; everything else, also the context around, is the study's.

    `units` are the messages of each unit, in the order in which the coder gets them.
    """

    def __init__(self, store: Store, units: Sequence[Sequence[Entry]]) -> None:
        self._store = store
        entries = [entry for unit in units for entry in unit]
        self._entries = entries
        self._ids = [entry.id for entry in entries]
        self._place = {entry_id: place for place, entry_id in enumerate(self._ids)}
        self._where = {entry.id: (entry.group_id, f"{entry.sent_at:%Y-%m}") for entry in entries}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 whatever the store answers
        return getattr(self._store, name)

    def next_message(
        self,
        coder: str,
        round_: int,
        after: str | None,
        *,
        backward: bool = False,
        only_open: bool = True,
        where: Filter | None = None,
    ) -> str | None:
        """The next message of the sample; from one that is not in it, the first (backward: the last)."""
        ids = self._asked(coder, round_, where, after, backward=backward)
        for start in range(0, len(ids), _PAGE):
            page = ids[start : start + _PAGE]
            done = self._done(page, coder, round_) if only_open else ()
            for entry_id in page:
                if entry_id not in done:
                    return entry_id
        return None

    def queue(
        self,
        coder: str,
        round_: int,
        where: Filter | None = None,
        *,
        after: str | None = None,
        most: int = _PAGE,
        backward: bool = False,
    ) -> list[str]:
        """A page of the sample in its order, from the one that is named on (or back)."""
        ids = self._asked(coder, round_, where, after, backward=backward)
        return ids if most < 0 else ids[:most]

    def message_at(
        self, number: int | None = None, *, group_id: str | None = None, since: str = ""
    ) -> str | None:
        """The message of that number in the sample, or its first of a group since a moment."""
        if number is not None:
            return self._ids[number - 1] if 1 <= number <= len(self._ids) else None
        known = [entry for entry in self._entries if entry.group_id == group_id]
        later = [entry for entry in known if entry.sent_at.isoformat() >= since]
        return min(later, key=lambda entry: entry.position).id if later else None

    def suggested_open(
        self, coder: str, round_: int, where: Filter | None = None, *, at_least: float = 0.0, rule: str = ""
    ) -> list[str]:
        """As the study's, of the sample alone."""
        found = self._store.suggested_open(coder, round_, where, at_least=at_least, rule=rule)
        return [entry_id for entry_id in found if entry_id in self._place]

    def tally(self, coder: str, round_: int) -> tuple[int, int]:
        """How many messages of the sample the coder reviewed, of how many."""
        return len(self._done(self._ids, coder, round_)), len(self._ids)

    def _done(self, ids: Sequence[str], coder: str, round_: int) -> Collection[str]:
        """Those of the messages that need not come any more."""
        return self._store.acts_in_force(ids, coder, round_)

    def _asked(
        self, coder: str, round_: int, where: Filter | None, after: str | None, *, backward: bool
    ) -> list[str]:
        here = self._place.get(after or "")
        ids = self._ids[:here][::-1] if backward else self._ids[0 if here is None else here + 1 :]
        if where is None or where == Filter():
            return ids
        wanted = set(self._store.queue(coder, round_, where, most=-1))
        return [entry_id for entry_id in ids if entry_id in wanted]

    def progress(self, coder: str, round_: int) -> list[Progress]:
        """Reviewed and all messages of the sample per group and month."""
        done = self._done(self._ids, coder, round_)
        every = Counter(self._where.values())
        reviewed = Counter(self._where[entry_id] for entry_id in done)
        order = {group.id: place for place, group in enumerate(self._store.groups())}
        return [
            Progress(group_id, month, reviewed[group_id, month], total)
            for (group_id, month), total in sorted(every.items(), key=lambda i: (order[i[0][0]], i[0][1]))
        ]


class Recoding(Sampled):
    """The messages that another codebook touches: each comes until it is decided under that one."""

    def __init__(self, store: Store, entries: Sequence[Entry], codebook_hash: str) -> None:
        super().__init__(store, [entries])
        self._hash = codebook_hash

    def _done(self, ids: Sequence[str], coder: str, round_: int) -> Collection[str]:
        acts = self._store.acts_in_force(ids, coder, round_)
        return {entry_id for entry_id, act in acts.items() if act.codebook_hash == self._hash}
