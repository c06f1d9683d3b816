"""What the machine learned from codings, in the study file: data that never runs, each with its card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

from chatcode.errors import ChatcodeError, StudyError
from chatcode.study.connection import moment
from chatcode.study.readings import Readings

NEWEST, STARTER = "newest", "starter"
AUDIT_SHARE = 0.05
# Models made in passing that keep their data; older ones can be trained again.
_KEPT = 2


@dataclass(frozen=True, slots=True)
class Trained:
    """The card of a model in the study; `messages` were learned from, `size` is in bytes (0: dropped)."""

    id: str
    at: str
    coder: str
    codebook_hash: str
    messages: int
    by_hand: bool
    hash: str
    card: Mapping[str, Any]
    size: int

    @property
    def short(self) -> str:
        """The beginning of the id, as people name it."""
        return self.id[:8]


class Models(Readings):
    """The part of a study that holds models, and how much is kept apart to judge them."""

    def add_model(
        self,
        data: bytes,
        card: Mapping[str, Any],
        *,
        coder: str,
        codebook_hash: str,
        messages: int,
        by_hand: bool = True,
    ) -> Trained:
        """Keep a model; of those made in passing only the latest keep their data."""
        model_id, digest = str(uuid4()), sha256(data).hexdigest()
        with self.transaction():
            self.execute(
                "INSERT INTO models (id, at, coder, codebook_hash, messages, by_hand, hash, card, data)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    model_id,
                    moment(),
                    coder,
                    codebook_hash,
                    messages,
                    int(by_hand),
                    digest,
                    json.dumps(card, ensure_ascii=False, sort_keys=True),
                    data,
                ),
            )
            self.execute(
                "UPDATE models SET data = NULL WHERE by_hand = 0 AND data IS NOT NULL AND id <> ?"
                " AND seq NOT IN (SELECT seq FROM models WHERE by_hand = 0 ORDER BY seq DESC LIMIT ?)",
                (self.model_choice(), _KEPT),
            )
        return self.model(model_id)

    def models(self) -> list[Trained]:
        """The cards of all models, oldest first."""
        return [
            Trained(r[0], r[1], r[2], r[3], r[4], bool(r[5]), r[6], json.loads(r[7]), r[8])
            for r in self.rows(
                "SELECT id, at, coder, codebook_hash, messages, by_hand, hash, card,"
                " coalesce(length(data), 0) FROM models ORDER BY seq"
            )
        ]

    def model(self, beginning: str) -> Trained:
        """The model whose id begins so.

        Raises:
            ChatcodeError: there is none, or several.
        """
        found = [model for model in self.models() if beginning and model.id.startswith(beginning)]
        if len(found) != 1:
            what = "several models begin" if found else "no model begins"
            raise ChatcodeError(f"{what} with {beginning!r}", "See them: chatcode models")
        return found[0]

    def model_data(self, model_id: str) -> bytes:
        """The data of a model.

        Raises:
            StudyError: it was changed behind the program's back.
            ChatcodeError: it was dropped.
        """
        row = self.row("SELECT data, hash FROM models WHERE id = ?", (model_id,))
        if row is None or row[0] is None:
            raise ChatcodeError("the data of this model was dropped", "Train again: chatcode train")
        if sha256(row[0]).hexdigest() != row[1]:
            raise StudyError(f"model {model_id[:8]} is not what was stored", "Train again: chatcode train")
        data: bytes = row[0]
        return data

    def choose_model(self, choice: str) -> None:
        """Say which model suggests from now on: `starter`, `newest`, or an id."""
        self.execute("INSERT INTO model_choices (choice, at) VALUES (?, ?)", (choice, moment()))

    def model_choice(self) -> str:
        """Which model was chosen: `newest` where nobody chose."""
        row = self.row("SELECT choice FROM model_choices ORDER BY seq DESC LIMIT 1")
        return str(row[0]) if row else NEWEST

    def taught(self, coder: str) -> int:
        """How many messages the coder has decided one by one: what a model may learn from."""
        return self.number(
            "SELECT count(DISTINCT a.entry_id) FROM acts_in_force a JOIN entries e ON e.id = a.entry_id"
            " WHERE a.coder = ? AND a.reviewed = 1 AND a.mode <> 'bulk' AND e.kind = 'message'",
            (coder,),
        )

    # ── the share kept apart ──

    def audit_share(self) -> float:
        """The share of messages in which no suggestion is shown."""
        row = self.row("SELECT share FROM audit_shares ORDER BY seq DESC LIMIT 1")
        return float(row[0]) if row else AUDIT_SHARE

    def set_audit_share(self, share: float) -> None:
        """Change the share; a larger one holds the messages of a smaller one."""
        if share != self.audit_share():
            self.execute("INSERT INTO audit_shares (share, at) VALUES (?, ?)", (share, moment()))
