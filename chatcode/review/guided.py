"""A study as the review session sees it: some messages kept apart, perhaps in another order than the chat.

Of messages kept apart the machine tells nothing, whatever is asked, and a decision on one is stored as blind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from chatcode.domain import Act, Decision, Store, Suggestions
from chatcode.suggestion.ordering import BATCH


def guided(
    store: Store,
    *,
    apart: Callable[[str], bool],
    in_order: Callable[[], Sequence[str]] | None = None,
    after_batch: Callable[[int], bool] | None = None,
) -> Store:
    """The study with messages kept apart, perhaps in another order.

    `apart` tells of a message's id whether it is kept apart. `in_order` gives the ids of the open messages
    in the order wanted (None: that of the chat); it is asked again when `after_batch` says that suggestions
    were renewed. `after_batch` is told how many acts were stored so far, after each decision.
    """
    return cast("Store", _Guided(store, apart, in_order, after_batch))


class _Guided:
    """Everything else is answered by the study itself."""

    def __init__(
        self,
        store: Store,
        apart: Callable[[str], bool],
        in_order: Callable[[], Sequence[str]] | None,
        after_batch: Callable[[int], bool] | None,
    ) -> None:
        self._store, self._apart = store, apart
        self._in_order, self._after_batch = in_order, after_batch
        self._queue: list[str] = []
        self._places: dict[str, int] = {}
        self._acts = 0
        self._sort()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 whatever the study has
        return getattr(self._store, name)

    # ── what the machine tells ──

    def suggestions(self, entry_ids: Sequence[str]) -> Mapping[str, Suggestions]:
        """Those of messages kept apart are absent."""
        found = self._store.suggestions(entry_ids)
        return {i: one for i, one in found.items() if not self.kept_apart(i)}

    def suggested_open(self, *given: Any, **asked: Any) -> Sequence[str]:  # noqa: ANN401 as the study takes it
        """Messages that may be confirmed together, without those kept apart."""
        found: Sequence[str] = cast("Any", self._store).suggested_open(*given, **asked)
        return [i for i in found if not self.kept_apart(i)]

    def queue(self, *given: Any, **asked: Any) -> Sequence[str]:  # noqa: ANN401 as the study takes it
        """A list of messages; where it tells what the machine proposes, without those kept apart."""
        found: Sequence[str] = cast("Any", self._store).queue(*given, **asked)
        wanted = asked.get("where", given[2] if len(given) > 2 else None)
        return [i for i in found if not (_tells(wanted) and self.kept_apart(i))]

    def kept_apart(self, entry_id: str) -> bool:
        """Whether the machine keeps silent on this message."""
        # WhatsApp's own lines are confirmed as a class: nothing of them is kept apart.
        return self._apart(entry_id) and self._store.entry(entry_id).kind == "message"

    # ── in which order ──

    def next_message(
        self,
        coder: str,
        round_: int,
        after: str | None,
        *,
        backward: bool = False,
        only_open: bool = True,
        **more: Any,  # noqa: ANN401 as the study takes it
    ) -> str | None:
        """The next message in the order wanted; a filter, or going back, keeps to that of the chat."""
        wanted = more.get("where")
        filtered = wanted is not None and wanted != type(wanted)()
        if self._queue and only_open and not backward and not filtered:
            return self._next_in_order(coder, round_, after)
        while True:
            after = self._store.next_message(
                coder, round_, after, backward=backward, only_open=only_open, **more
            )
            if after is None or not (_tells(wanted) and self.kept_apart(after)):
                return after

    def _next_in_order(self, coder: str, round_: int, after: str | None) -> str | None:
        start = self._places.get(after or "", -1) + 1
        for begin in range(start, len(self._queue), BATCH):
            some = self._queue[begin : begin + BATCH]
            done = self._store.acts_in_force(some, coder, round_)
            for entry_id in some:
                if entry_id not in done:
                    return entry_id
        if after is None:  # what is left over was no part of the order
            return self._store.next_message(coder, round_, None)
        return None

    def _sort(self) -> None:
        self._queue = list(self._in_order()) if self._in_order else []
        self._places = {entry_id: place for place, entry_id in enumerate(self._queue)}

    # ── decisions ──

    def confirm(
        self, decisions: Sequence[Decision], *, coder: str, round_: int, codebook_hash: str
    ) -> Sequence[Act]:
        """Store decisions; one on a message of which nothing was told is a blind one."""
        ids = [one.entry_id for one in decisions if one.mode == "assisted" and not one.shown]
        before = self._store.acts_in_force(ids, coder, round_)
        blind = {i for i in ids if self.kept_apart(i) and (i not in before or before[i].mode == "blind")}
        acts = self._store.confirm(
            [replace(one, mode="blind") if one.entry_id in blind else one for one in decisions],
            coder=coder,
            round_=round_,
            codebook_hash=codebook_hash,
        )
        self._acts += len(acts)
        if self._after_batch and self._after_batch(self._acts):
            self._sort()
        return acts


def _tells(wanted: object) -> bool:
    """Whether a filter's answer tells what the machine proposes."""
    return bool(getattr(wanted, "asks_machine", False))
