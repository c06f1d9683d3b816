"""How coders read messages before they heard of each other or of the machine."""

from __future__ import annotations

from collections.abc import Sequence

from chatcode.domain import Act, Memo, WiderMemo
from chatcode.study.suggested import Suggested


class Readings(Suggested):
    """The part of a study that holds several coders beside each other."""

    def first_readings(self, coder: str, round_: int) -> tuple[dict[str, Act], int]:
        """A coder's blind acts before discussion, by entry, and how many messages have none such.

        A message counts as it was read before the adjudicated layer settled it in that round, and
        before the machine was heard: what a coder then changed is no reading of their own. Messages that a
        coder only ever decided with suggestions shown, or in bulk, are those left out.
        """
        settled = dict(
            self.rows(
                "SELECT entry_id, min(at) FROM acts WHERE mode = 'adjudicated' AND round = ?"
                " GROUP BY entry_id",
                (round_,),
            )
        )
        heard: set[str] = set()
        found: dict[str, Act] = {}
        for act in self.acts_of(coder, round_):
            if act.at.isoformat(timespec="milliseconds") >= settled.get(act.entry_id, "~"):
                continue
            if not act.reviewed:
                found.pop(act.entry_id, None)
                heard.discard(act.entry_id)
            elif act.mode == "blind":
                found[act.entry_id] = act
                heard.discard(act.entry_id)
            else:
                heard.add(act.entry_id)
        return found, len(heard - set(found))

    def adjudicator(self) -> str | None:
        """Under which name the adjudicated layer stands, where there is one."""
        found = self.row("SELECT coder FROM acts WHERE mode = 'adjudicated' ORDER BY seq LIMIT 1")
        return str(found[0]) if found else None

    def unsettled(self) -> int:
        """Messages that two coders or more decided in one round and that the settled layer does not have."""
        settled = self.adjudicator() or ""
        return self.number(
            "SELECT count(DISTINCT entry_id) FROM (SELECT a.entry_id, a.round FROM acts_in_force a"
            " JOIN entries e ON e.id = a.entry_id"
            " WHERE a.reviewed = 1 AND a.coder <> ?1 AND e.kind = 'message'"
            " GROUP BY a.entry_id, a.round HAVING count(DISTINCT a.coder) > 1)"
            " WHERE entry_id NOT IN (SELECT entry_id FROM acts_in_force WHERE coder = ?1 AND reviewed = 1)",
            (settled,),
        )

    def put_memos(self, memos: Sequence[Memo]) -> int:
        """Keep memos that were written elsewhere, under their own ids; how many were not there yet."""
        return self._put("memos", memos)

    def put_media_notes(self, notes: Sequence[Memo]) -> int:
        """The same for what omitted media were."""
        return self._put("media_notes", notes)

    def put_wider_memos(self, memos: Sequence[WiderMemo]) -> int:
        """The same for memos on codes, cases, the method and the theory."""
        before = self.number("SELECT count(*) FROM wider_memos")
        self.execute_many(
            "INSERT OR IGNORE INTO wider_memos (id, kind, about, coder, text, codebook_hash, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    m.id,
                    m.kind,
                    m.about,
                    m.coder,
                    m.text,
                    m.codebook_hash,
                    m.at.isoformat(timespec="milliseconds"),
                )
                for m in memos
            ),
        )
        return self.number("SELECT count(*) FROM wider_memos") - before

    def _put(self, table: str, memos: Sequence[Memo]) -> int:
        before = self.number(f"SELECT count(*) FROM {table}")
        self.execute_many(
            f"INSERT OR IGNORE INTO {table} (id, entry_id, coder, text, at) SELECT ?1, ?2, ?3, ?4, ?5"
            # What was said there is gone for good: no memo may bring it back.
            " WHERE NOT EXISTS (SELECT 1 FROM entries WHERE id = ?2 AND purged_at IS NOT NULL)",
            (
                (memo.id, memo.entry_id, memo.coder, memo.text, memo.at.isoformat(timespec="milliseconds"))
                for memo in memos
            ),
        )
        return self.number(f"SELECT count(*) FROM {table}") - before
