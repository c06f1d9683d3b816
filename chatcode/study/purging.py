"""Taking words out of the study file for good: entries and acts stay, what was said does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from chatcode.study.chats import pages
from chatcode.study.connection import Connection, marks_for, moment

# What stands in the place of words that were purged.
PURGED = "[gewist]"
# Every table that may hold words of an entry, with what happens to its rows there.
_EMPTIED = ("memos", "media_notes", "quotes")
_DROPPED = ("drafts", "suggestions")


class Purging(Connection):
    """The part of a study that forgets."""

    def written_by(self, member_ids: Sequence[str]) -> list[str]:
        """The messages of these members."""
        return [
            row[0]
            for row in self.rows(
                "SELECT id FROM entries WHERE kind = 'message'"
                f" AND member_id IN ({marks_for(member_ids)}) ORDER BY seq",
                member_ids,
            )
        ]

    def within(self, group_ids: Sequence[str]) -> list[str]:
        """All entries of these groups."""
        return [
            row[0]
            for row in self.rows(
                f"SELECT id FROM entries WHERE group_id IN ({marks_for(group_ids)}) ORDER BY seq", group_ids
            )
        ]

    def purgeable(self, entry_ids: Sequence[str]) -> dict[str, int]:
        """How many entries still have words, and how many memos, drafts, suggestions and acts they have."""
        found = dict.fromkeys(("entries", "acts", "versions", *_EMPTIED, *_DROPPED), 0)
        for ids in pages(entry_ids):
            among = f"({marks_for(ids)})"
            found["entries"] += self.number(
                f"SELECT count(*) FROM entries WHERE purged_at IS NULL AND id IN {among}", ids
            )
            found["versions"] += self.number(f"SELECT count(*) FROM texts WHERE entry_id IN {among}", ids)
            for table in ("acts", *self._there(_EMPTIED), *_DROPPED):
                found[table] += self.number(f"SELECT count(*) FROM {table} WHERE entry_id IN {among}", ids)
        found["models"] = self.number("SELECT count(*) FROM models WHERE data IS NOT NULL")
        return found

    def purge(self, entry_ids: Sequence[str], group_ids: Sequence[str] = ()) -> None:
        """Take the words of these entries out of every table; mark entries, and groups that go whole."""
        at = moment()
        with self.transaction():
            for ids in pages(entry_ids):
                among = f"({marks_for(ids)})"
                self.execute(
                    f"DELETE FROM texts WHERE entry_id IN {among}"
                    " AND version <> (SELECT e.version FROM entries e WHERE e.id = texts.entry_id)",
                    ids,
                )
                self.execute(f"UPDATE texts SET text = ? WHERE entry_id IN {among}", (PURGED, *ids))
                self.execute(f"UPDATE entries SET purged_at = ? WHERE id IN {among}", (at, *ids))
                for table in self._there(_EMPTIED):
                    self.execute(f"UPDATE {table} SET text = ? WHERE entry_id IN {among}", (PURGED, *ids))
                for table in _DROPPED:
                    self.execute(f"DELETE FROM {table} WHERE entry_id IN {among}", ids)
            # What a model learned from may be told from it; the card stays. A filter holds words looked for.
            self.execute("UPDATE models SET data = NULL")
            self.execute("DELETE FROM filters")
            for group_id in group_ids:
                self.execute("UPDATE groups SET purged_at = ? WHERE id = ?", (at, group_id))

    def keep_purged(self) -> None:
        """Empty what came in later on entries that were purged, from a file that did not know."""
        for table in self._there(_EMPTIED):
            self.execute(
                f"UPDATE {table} SET text = ? WHERE text <> ? AND entry_id IN"
                " (SELECT id FROM entries WHERE purged_at IS NOT NULL)",
                (PURGED, PURGED),
            )

    def squeeze(self) -> None:
        """Write the file anew, so that no free page holds what was there."""
        self.execute("VACUUM")

    def purged_entries(self) -> frozenset[str]:
        """The entries whose words are gone; there is nothing to learn from them."""
        return frozenset(row[0] for row in self.rows("SELECT id FROM entries WHERE purged_at IS NOT NULL"))

    def purged_on(self, group_id: str) -> date | None:
        """The day on which the words of a whole group were purged, if they were."""
        row = self.row("SELECT purged_at FROM groups WHERE id = ?", (group_id,))
        return date.fromisoformat(row[0][:10]) if row and row[0] else None

    def _there(self, tables: Iterable[str]) -> list[str]:
        known = {row[0] for row in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        return [table for table in tables if table in known]
