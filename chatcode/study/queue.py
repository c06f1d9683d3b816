"""The queue of a coder: which messages come, in reading order, under which filter, and how far it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from chatcode.domain import Entry, Filter, Progress
from chatcode.study.acts import Acts
from chatcode.study.chats import ENTRY, pages
from chatcode.study.connection import folded, marks_for
from chatcode.study.people import HAD_ROLE

# Messages of the researchers are part of no count, so nobody need review them.
_WANTED = """e.kind = 'message' AND (
    e.member_id IS NULL
    OR e.member_id NOT IN (SELECT member_id FROM researchers))"""
_IN_FORCE = """a.coder = ? AND a.round = ? AND a.reviewed = 1
    AND NOT EXISTS (SELECT 1 FROM acts n WHERE n.supersedes = a.id)"""
_REVIEWED = f"EXISTS (SELECT 1 FROM acts a WHERE a.entry_id = e.id AND {_IN_FORCE})"
# What was purged has no words to review any more.
_OPEN = f"e.purged_at IS NULL AND NOT {_REVIEWED}"
_GONE = f"e.purged_at IS NOT NULL AND {_WANTED} AND NOT {_REVIEWED}"
# A row of `proposed` and one of act_codes that have no counterpart on the other side.
_DIFFERS = f"""EXISTS (SELECT 1 FROM acts a WHERE a.entry_id = e.id AND {_IN_FORCE} AND (
    EXISTS (SELECT 1 FROM act_codes c WHERE c.act_id = a.id AND c.code NOT IN (
        SELECT s.code FROM suggestions s WHERE s.entry_id = e.id AND s.proposed = 1))
    OR EXISTS (SELECT 1 FROM suggestions s WHERE s.entry_id = e.id AND s.proposed = 1 AND s.code NOT IN (
        SELECT c.code FROM act_codes c WHERE c.act_id = a.id))))"""


class Queue(Acts):
    """The part of a study that says which message a coder sees next."""

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
        """The next message in reading order; skips what the coder reviewed where `only_open`."""
        asked, values = _asked(where, coder, round_)
        if only_open:
            asked, values = f"{asked} AND {_OPEN}", [*values, coder, round_]
        found = self._onward(after, asked, values, 1, backward=backward)
        return found[0] if found else None

    def queue(
        self,
        coder: str,
        round_: int,
        where: Filter | None = None,
        *,
        after: str | None = None,
        most: int = 200,
        backward: bool = False,
    ) -> list[str]:
        """A page of the messages that are asked for, from the one that is named on (or back)."""
        return self._onward(after, *_asked(where, coder, round_), most, backward=backward)

    def some_entries(self, entry_ids: Sequence[str]) -> list[Entry]:
        """These entries in reading order."""
        found: list[Entry] = []
        for ids in pages(entry_ids):
            found += self._entries(f"{ENTRY} WHERE e.id IN ({marks_for(ids)})", ids)
        place = {group.id: number for number, group in enumerate(self.groups())}
        return sorted(found, key=lambda entry: (place[entry.group_id], entry.position))

    def tally(self, coder: str, round_: int) -> tuple[int, int]:
        """How many messages the coder reviewed, of how many; without the months it is told at once."""
        total = self.number(f"SELECT count(*) FROM entries e INDEXED BY entries_by_month WHERE {_WANTED}")
        # Each chain of acts on an entry has one act in force, so what was replaced is taken off.
        acts = "SELECT count(*) FROM acts a WHERE a.coder = ? AND a.round = ? AND a.reviewed = 1"
        reviewed = self.number(acts, (coder, round_)) - self.number(
            "SELECT count(*) FROM acts n JOIN acts a ON a.id = n.supersedes"
            " WHERE n.coder = ? AND n.round = ? AND n.supersedes IS NOT NULL AND a.reviewed = 1",
            (coder, round_),
        )
        beside = self.number(
            "SELECT count(*) FROM entries e INDEXED BY entries_by_month"
            f" WHERE NOT ({_WANTED}) AND {_REVIEWED}",
            (coder, round_),
        )
        gone = self.number(f"SELECT count(*) FROM entries e WHERE {_GONE}", (coder, round_))
        return reviewed - beside, total - gone

    def message_at(
        self, number: int | None = None, *, group_id: str | None = None, since: str = ""
    ) -> str | None:
        """The message of that number in reading order (from 1), or the first of a group since a moment."""
        if number is not None:
            return self._nth(number)
        found = self.row(
            f"SELECT e.id FROM entries e WHERE e.group_id = ? AND e.sent_at >= ? AND {_WANTED}"
            " ORDER BY e.position LIMIT 1",
            (group_id, since),
        )
        return found[0] if found else None

    def suggested_open(
        self, coder: str, round_: int, where: Filter | None = None, *, at_least: float = 0.0, rule: str = ""
    ) -> list[str]:
        """Open messages whose proposed codes are all that likely, or all lean on that rule."""
        asked, values = _asked(where, coder, round_)
        short = "s.score < ?"
        if rule:
            short += (
                " OR NOT EXISTS (SELECT 1 FROM json_each(s.reasons) r"
                " WHERE json_extract(r.value, '$.rule') = ?)"
            )
        mine = "FROM suggestions s WHERE s.entry_id = e.id AND s.proposed = 1"
        asked += f" AND {_OPEN} AND EXISTS (SELECT 1 {mine})"
        asked += f" AND NOT EXISTS (SELECT 1 {mine} AND ({short}))"
        return self._onward(None, asked, [*values, coder, round_, at_least, *([rule] if rule else [])], -1)

    def kept_apart(self, entry_id: str) -> bool:
        """Whether the machine keeps silent on this message: a study alone keeps none apart."""
        return False

    def linked_to(self, entry_ids: Sequence[str], coder: str, round_: int) -> list[str]:
        """The entries whose act in force has a link to one of these."""
        return [
            row[0]
            for ids in pages(entry_ids)
            for row in self.rows(
                "SELECT DISTINCT a.entry_id FROM act_links k JOIN acts a ON a.id = k.act_id"
                f" WHERE k.target_id IN ({marks_for(ids)}) AND {_IN_FORCE}",
                (*ids, coder, round_),
            )
        ]

    def progress(self, coder: str, round_: int) -> list[Progress]:
        """Reviewed and all messages per group and month; what was purged before its review is left out."""
        done = {
            (row[0], row[1]): row[2]
            for row in self.rows(
                "SELECT e.group_id, substr(e.sent_at, 1, 7), count(*)"
                f" FROM acts a JOIN entries e ON e.id = a.entry_id WHERE {_IN_FORCE} AND {_WANTED}"
                " GROUP BY 1, 2",
                (coder, round_),
            )
        }
        gone = {
            (row[0], row[1]): row[2]
            for row in self.rows(
                "SELECT e.group_id, substr(e.sent_at, 1, 7), count(*) FROM entries e"
                f" WHERE {_GONE} GROUP BY 1, 2",
                (coder, round_),
            )
        }
        return [
            Progress(group_id, month, done.get((group_id, month), 0), total - gone.get((group_id, month), 0))
            for group_id, month, total in self.rows(
                "SELECT g.id, substr(e.sent_at, 1, 7) AS month, count(*)"
                f" FROM groups g JOIN entries e ON e.group_id = g.id WHERE {_WANTED}"
                " GROUP BY g.seq, month ORDER BY g.seq, month"
            )
        ]

    # ── the filter ──

    def kept_filter(self, coder: str, round_: int) -> Filter:
        """The filter that the coder had on last."""
        found = self.row("SELECT wanted FROM filters WHERE coder = ? AND round = ?", (coder, round_))
        return Filter(**json.loads(found[0])) if found else Filter()

    def keep_filter(self, wanted: Filter, coder: str, round_: int) -> None:
        """Remember the filter that the coder has on."""
        self.execute(
            "INSERT OR REPLACE INTO filters (coder, round, wanted) VALUES (?, ?, ?)",
            (coder, round_, json.dumps(asdict(wanted), ensure_ascii=False)),
        )

    # ── inside ──

    def _onward(
        self, after: str | None, asked: str, values: Sequence[Any], most: int, *, backward: bool = False
    ) -> list[str]:
        """Ids in reading order: first the rest of the group that `after` is in, then the other groups.

        Group by group, the index on position is read from where the coder is; one statement over
        all groups would read every entry before it at each key.
        """
        order, beyond = ("DESC", "<") if backward else ("ASC", ">")
        found: list[str] = []
        place = None
        if after is not None:
            place = self.row(
                "SELECT g.seq, g.id, e.position FROM entries e JOIN groups g ON g.id = e.group_id"
                " WHERE e.id = ?",
                (after,),
            )
            if place is None:
                raise KeyError(after)
        others = self.rows(
            f"SELECT id FROM groups WHERE ?1 IS NULL OR seq {beyond} ?1 ORDER BY seq {order}",
            (place[0] if place else None,),
        )
        parts: list[tuple[str, tuple[Any, ...]]] = [("", (row[0],)) for row in others]
        if place:
            parts.insert(0, (f" AND e.position {beyond} ?", (place[1], place[2])))
        for beside, at in parts:
            if 0 <= most <= len(found):
                break
            found += [
                row[0]
                for row in self.rows(
                    f"SELECT e.id FROM entries e WHERE e.group_id = ?{beside} AND {_WANTED}{asked}"
                    f" ORDER BY e.position {order} LIMIT ?",
                    (*at, *values, most - len(found) if most >= 0 else -1),
                )
            ]
        return found

    def _nth(self, number: int) -> str | None:
        left = number
        for (group_id,) in self.rows("SELECT id FROM groups ORDER BY seq"):
            here = self.number(
                f"SELECT count(*) FROM entries e WHERE e.group_id = ? AND {_WANTED}", (group_id,)
            )
            if 1 <= left <= here:
                found = self.row(
                    f"SELECT e.id FROM entries e WHERE e.group_id = ? AND {_WANTED}"
                    " ORDER BY e.position LIMIT 1 OFFSET ?",
                    (group_id, left - 1),
                )
                return found[0] if found else None
            left -= here
        return None


def _asked(where: Filter | None, coder: str, round_: int) -> tuple[str, list[Any]]:
    """What a filter asks of an entry `e`, as a condition and its values."""
    if where is None:
        return "", []
    who = (coder, round_)
    parts: list[tuple[str, tuple[Any, ...]]] = []
    if where.group:
        parts.append(("e.group_id = (SELECT id FROM groups WHERE label = ?)", (where.group,)))
    if where.month:
        parts.append(("substr(e.sent_at, 1, 7) = ?", (where.month,)))
    if where.role:
        parts.append((HAD_ROLE, (where.role,)))
    if where.open:
        parts.append((f"NOT {_REVIEWED}", who))
    if where.flagged:
        parts.append(
            (
                "coalesce((SELECT f.raised FROM flags f WHERE f.entry_id = e.id AND f.coder = ?"
                " ORDER BY f.at DESC, f.seq DESC LIMIT 1), 0) = 1",
                (coder,),
            )
        )
    if where.code == "none":
        without = "NOT EXISTS (SELECT 1 FROM act_codes c WHERE c.act_id = a.id)"
        parts.append(
            (f"EXISTS (SELECT 1 FROM acts a WHERE a.entry_id = e.id AND {_IN_FORCE} AND {without})", who)
        )
    elif where.code:
        has = "EXISTS (SELECT 1 FROM act_codes c WHERE c.act_id = a.id AND c.code = ?)"
        parts.append(
            (
                f"EXISTS (SELECT 1 FROM acts a WHERE a.entry_id = e.id AND {_IN_FORCE} AND {has})",
                (*who, where.code),
            )
        )
    if where.suggested or where.at_least is not None:
        parts.append(
            (
                "EXISTS (SELECT 1 FROM suggestions s WHERE s.entry_id = e.id AND s.proposed = 1"
                " AND s.score >= ? AND (? = '' OR s.code = ?))",
                (where.at_least or 0.0, where.suggested, where.suggested),
            )
        )
    if where.differs:
        parts.append((_DIFFERS, who))
    if where.text:
        parts.append(
            (
                "EXISTS (SELECT 1 FROM texts t WHERE t.entry_id = e.id AND t.version = e.version"
                " AND instr(folded(t.text), ?) > 0)",
                (folded(where.text),),
            )
        )
    return "".join(f" AND {part}" for part, _ in parts), [v for _, some in parts for v in some]
