"""Suggestions in the study file."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from chatcode.domain import Reason, Suggestions
from chatcode.study.chats import pages
from chatcode.study.connection import marks_for, moment
from chatcode.study.finding import Finding

_GAP = 0.02  # seconds


class Suggested(Finding):
    """The part of a study that holds what the machine proposed."""

    def put_suggestions(
        self, suggested: Mapping[str, Suggestions], *, codebook_hash: str, source: str
    ) -> None:
        """Replace the suggestions by those of a new run; acts keep what their coder was shown."""
        with self.transaction():
            self._add_run(codebook_hash, source, len(suggested))
            self.execute("DELETE FROM suggestions")
            self._add_suggestions(suggested)

    def renew_suggestions(
        self, suggested: Mapping[str, Suggestions], *, codebook_hash: str, source: str, entries: int
    ) -> None:
        """Replace the suggestions of these entries a page at a time: nobody beside waits for long.

        `entries` is how many the study has suggestions for, as `put_suggestions` notes it.
        """
        for ids in pages(list(suggested)):
            with self.transaction():
                self.execute(f"DELETE FROM suggestions WHERE entry_id IN ({marks_for(ids)})", ids)
                self._add_suggestions({entry_id: suggested[entry_id] for entry_id in ids})
            # Who waits for the file asks for it now and then only: leave a gap to get in.
            time.sleep(_GAP)
        self._add_run(codebook_hash, source, entries)

    def _add_run(self, codebook_hash: str, source: str, entries: int) -> None:
        self.execute(
            "INSERT INTO suggestion_runs (id, at, codebook_hash, source, entries) VALUES (?, ?, ?, ?, ?)",
            (str(uuid4()), moment(), codebook_hash, source, entries),
        )

    def _add_suggestions(self, suggested: Mapping[str, Suggestions]) -> None:
        self.execute_many(
            "INSERT INTO suggestions (entry_id, code, score, proposed, reasons) VALUES (?, ?, ?, ?, ?)",
            (
                (
                    entry_id,
                    code,
                    float(score),
                    int(code in one.codes),
                    json.dumps([asdict(r) for r in one.reasons.get(code, ())], ensure_ascii=False),
                )
                for entry_id, one in suggested.items()
                for code, score in one.scores.items()
            ),
        )

    def suggestions(self, entry_ids: Sequence[str]) -> dict[str, Suggestions]:
        """The latest suggestions per entry; entries without are absent."""
        found: dict[str, list[tuple[Any, ...]]] = {}
        for ids in pages(entry_ids):
            for row in self.rows(
                "SELECT entry_id, code, score, proposed, reasons FROM suggestions"
                f" WHERE entry_id IN ({marks_for(ids)})",
                ids,
            ):
                found.setdefault(row[0], []).append(row[1:])
        return {
            entry_id: Suggestions(
                codes=frozenset(code for code, _, proposed, _ in rows if proposed),
                scores={code: score for code, score, _, _ in rows},
                reasons={
                    code: tuple(Reason(**r) for r in json.loads(reasons)) for code, _, _, reasons in rows
                },
            )
            for entry_id, rows in found.items()
        }

    def suggestion_run(self) -> dict[str, Any] | None:
        """When the latest suggestions were made, with which codebook, for how many entries."""
        row = self.row(
            "SELECT at, codebook_hash, source, entries FROM suggestion_runs ORDER BY seq DESC LIMIT 1"
        )
        return dict(zip(("at", "codebook_hash", "source", "entries"), row, strict=True)) if row else None
