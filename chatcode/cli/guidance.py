"""What `review` puts around a study: the share kept apart, the order, and training in passing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chatcode.codebook import Codebook
    from chatcode.domain import Store
    from chatcode.study.store import Study
    from chatcode.suggestion.ordering import Open, Order

# An order that asks the machine looks at so many open messages at most: more would be waited for.
_POOL = 5000
_PATIENCE = 120  # seconds


def guide(
    store: Store,
    study: Study,
    codebook: Codebook,
    *,
    coder: str,
    round_: int,
    order: str,
    trainer: Trainer | None,
) -> Store:
    """The store as the session is to see it: some messages kept apart, in the order wanted."""
    from chatcode.review.guided import guided
    from chatcode.suggestion.audit import kept_apart

    share, seed = study.audit_share(), study.settings().id

    def in_order() -> Sequence[str]:
        from chatcode.suggestion.ordering import put_in_order

        counts = Counter(code for act in study.layer_acts(coder).values() for code in act.codes)
        messages = _open(study, codebook, coder, round_, share, seed)
        return put_in_order(cast("Order", order), messages, counts, seed=seed)

    return guided(
        store,
        apart=lambda entry_id: kept_apart(entry_id, share, seed),
        in_order=in_order if order != "sequential" else None,
        after_batch=trainer.after if trainer else None,
    )


def _open(
    study: Study, codebook: Codebook, coder: str, round_: int, share: float, seed: str
) -> Sequence[Open]:
    """The open messages in reading order, at most a pool of them, those kept apart first in the pool."""
    from chatcode.domain import Suggestions
    from chatcode.suggestion.audit import kept_apart
    from chatcode.suggestion.ordering import Open, cue_scores

    members = study.members()
    texts = {
        entry.id: entry.text
        for entry in study.entries()
        if entry.kind == "message"
        and not (entry.member_id and "onderzoeker" in members[entry.member_id].roles)
    }
    done = study.acts_in_force(list(texts), coder, round_)
    apart = {i: kept_apart(i, share, seed) for i in texts if i not in done}
    pool = set(sorted(apart, key=lambda i: not apart[i])[:_POOL])
    suggested = study.suggestions(list(pool))
    weights = {cue.id: cue.weight for cue in codebook.cues}
    none = Suggestions()
    return [
        Open(i, texts[i], one := suggested.get(i, none), cue_scores(one, weights), apart[i])
        for i in apart
        if i in pool
    ]


class Trainer:
    """Trains beside the review, in a process of its own, each time that enough acts were stored.

    The review never waits for it; what it learned is read as the next messages come up.
    """

    def __init__(self, study: Path, coder: str, every: int) -> None:
        self._command = [
            sys.executable, "-m", "chatcode", "--quiet", "train", "--study", str(study.resolve()),
            "--coder", coder, "--suggest", "--in-passing",
        ]  # fmt: skip
        self._every = every
        self._last = 0
        self._process: subprocess.Popen[bytes] | None = None

    def after(self, acts: int) -> bool:
        """Start where it is time; whether new suggestions have come since the last time."""
        ended = False
        if self._process and self._process.poll() is not None:
            ended = self._process.returncode == 0
            self._process = None
        if self._process is None and acts - self._last >= self._every:
            self._last = acts
            self._process = subprocess.Popen(  # noqa: S603 the program itself
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # Several threads on a busy laptop slow both this and the screen down.
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
                start_new_session=os.name == "posix",
            )
        return ended

    def stop(self) -> None:
        """End what is still learning; what it has not stored is not missed.

        Asked to end, it takes back what it was writing. Windows cannot ask, so there it is waited for.
        """
        if self._process is None:
            return
        if os.name == "posix":
            self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None
