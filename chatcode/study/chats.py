"""Cases, groups, exports and entries in the study file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from chatcode.domain import Case, Entry, Group, Period, member_label
from chatcode.errors import ChatcodeError
from chatcode.study.connection import marks_for, moment
from chatcode.study.people import People

# SQLite takes at least 999 values a statement on every build.
_PAGE = 900

ENTRY = """
    SELECT e.id, e.group_id, e.position, e.sent_at, e.kind, t.text, e.member_id, e.event, e.actor_id, e.edited
    FROM entries e JOIN texts t ON t.entry_id = e.id AND t.version = e.version
"""


class Chats(People):
    """The part of a study that holds who wrote what."""

    # ── cases and groups ──

    def cases(self) -> list[Case]:
        """All cases in the order in which they were added, with the periods that hold for them."""
        own = self.rows(
            "SELECT id, name, period_start, period_end, baseline_start, baseline_end FROM cases ORDER BY seq"
        )
        whole = self.row("SELECT period_start, period_end, baseline_start, baseline_end FROM study")
        assert whole is not None
        return [
            Case(
                id=row[0],
                name=row[1],
                period=_period(row[2], row[3]) or _period(whole[0], whole[1]),
                baseline=_period(row[4], row[5]) or _period(whole[2], whole[3]),
            )
            for row in own
        ]

    def add_case(self, name: str) -> str:
        """The id of the case of this name; it is made where it is not there."""
        found = self.row("SELECT id FROM cases WHERE name = ?", (name,))
        if found:
            return str(found[0])
        case_id = str(uuid4())
        self.execute("INSERT INTO cases (id, name) VALUES (?, ?)", (case_id, name))
        return case_id

    def set_case_period(self, name: str, period: Period | None, baseline: Period | None) -> None:
        """Give a case a period or baseline of its own; None leaves what is there."""
        if not self.row("SELECT id FROM cases WHERE name = ?", (name,)):
            raise ChatcodeError(f"there is no case {name!r}", "See the cases: chatcode cases")
        with self.transaction():
            for column, stretch in (("period", period), ("baseline", baseline)):
                if stretch:
                    self.execute(
                        f"UPDATE cases SET {column}_start = ?, {column}_end = ? WHERE name = ?",
                        (stretch.start.isoformat(), stretch.end.isoformat(), name),
                    )

    def groups(self) -> list[Group]:
        """All groups in the order in which they were added."""
        return [Group(*row) for row in self.rows("SELECT id, label, case_id FROM groups ORDER BY seq")]

    def add_group(self, label: str, case_name: str, group_id: str) -> None:
        """Add a group to a case, which is made where it is not there."""
        case_id = self.add_case(case_name)
        self.execute(
            "INSERT INTO groups (id, label, case_id) VALUES (?, ?, ?)",
            (group_id, label, case_id),
        )

    # ── exports and entries ──

    def has_export(self, group_id: str, fingerprint: bytes) -> bool:
        """Whether this very file was imported into the group before."""
        return bool(
            self.row("SELECT 1 FROM exports WHERE group_id = ? AND fingerprint = ?", (group_id, fingerprint))
        )

    def group_of_export(self, fingerprint: bytes) -> str | None:
        """The label of the group that this very file was imported into, if any."""
        found = self.row(
            "SELECT g.label FROM exports x JOIN groups g ON g.id = x.group_id WHERE x.fingerprint = ?",
            (fingerprint,),
        )
        return found[0] if found else None

    def member_count(self, group_id: str) -> int:
        """How many members a group's entries name."""
        return self.number(
            "SELECT count(DISTINCT coalesce(p.person_id, n.member_id)) FROM ("
            "SELECT member_id FROM entries WHERE group_id = ?1 AND member_id IS NOT NULL"
            " UNION SELECT actor_id FROM entries WHERE group_id = ?1 AND actor_id IS NOT NULL"
            " UNION SELECT t.member_id FROM entry_targets t JOIN entries e ON e.id = t.entry_id"
            " WHERE e.group_id = ?1) n LEFT JOIN persons p ON p.member_id = n.member_id",
            (group_id,),
        )

    def add_export(
        self, group_id: str, fingerprint: bytes, first: datetime, last: datetime, findings: Mapping[str, Any]
    ) -> None:
        """Note that an export was read: its first and last moment, and what was found."""
        self.execute(
            "INSERT INTO exports (id, group_id, imported_at, fingerprint, first_day, last_day, first_at,"
            " last_at, findings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                str(uuid4()),
                group_id,
                moment(),
                fingerprint,
                first.date().isoformat(),
                last.date().isoformat(),
                first.isoformat(),
                last.isoformat(),
                json.dumps(findings, ensure_ascii=False, sort_keys=True),
            ),
        )

    def exports(self) -> list[dict[str, Any]]:
        """What was imported: group, moment, days and findings, oldest first."""
        return [
            {
                "group": r[0],
                "imported_at": r[1],
                "first_day": r[2],
                "last_day": r[3],
                "findings": json.loads(r[4]),
            }
            for r in self.rows(
                "SELECT g.label, x.imported_at, x.first_day, x.last_day, x.findings"
                " FROM exports x JOIN groups g ON g.id = x.group_id ORDER BY x.seq"
            )
        ]

    def covered(self, group_id: str) -> list[tuple[datetime, datetime]]:
        """The first and last moment of each export of a group."""
        return [
            (datetime.fromisoformat(first), datetime.fromisoformat(last))
            for first, last in self.rows(
                "SELECT first_at, last_at FROM exports WHERE group_id = ? ORDER BY seq", (group_id,)
            )
        ]

    def coverage(self) -> dict[str, tuple[Period, ...]]:
        """Per group the days that its exports cover, as disjoint periods in order."""
        covered: dict[str, list[Period]] = {group.id: [] for group in self.groups()}
        for group_id, first, last in self.rows(
            "SELECT group_id, first_day, last_day FROM exports ORDER BY group_id, first_day"
        ):
            stretch = Period(date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1))
            before = covered[group_id]
            if before and stretch.start <= before[-1].end:
                before[-1] = Period(before[-1].start, max(before[-1].end, stretch.end))
            else:
                before.append(stretch)
        return {group_id: tuple(periods) for group_id, periods in covered.items()}

    def add_entries(self, entries: Sequence[Entry], fingerprints: Sequence[bytes]) -> None:
        """Add pseudonymised entries, each with its keyed fingerprint."""
        self.execute_many(
            "INSERT INTO entries (id, group_id, position, sent_at, kind, event, member_id, actor_id, edited,"
            " version, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
            (
                (
                    e.id,
                    e.group_id,
                    e.position,
                    e.sent_at.isoformat(),
                    e.kind,
                    e.event,
                    e.member_id,
                    e.actor_id,
                    int(e.edited),
                    mark,
                )
                for e, mark in zip(entries, fingerprints, strict=True)
            ),
        )
        self.execute_many(
            "INSERT INTO texts (entry_id, version, text) VALUES (?, 1, ?)", ((e.id, e.text) for e in entries)
        )
        self.execute_many(
            "INSERT INTO entry_targets (entry_id, place, member_id) VALUES (?, ?, ?)",
            ((e.id, place, target) for e in entries for place, target in enumerate(e.target_ids)),
        )

    def fingerprints(self, group_id: str) -> dict[str, bytes]:
        """The keyed fingerprint of every entry of a group; empty where it is not worked out yet."""
        return dict(self.rows("SELECT id, fingerprint FROM entries WHERE group_id = ?", (group_id,)))

    def set_fingerprints(self, fingerprints: Mapping[str, bytes]) -> None:
        """Give entries their fingerprints."""
        self.execute_many(
            "UPDATE entries SET fingerprint = ? WHERE id = ?",
            ((mark, entry_id) for entry_id, mark in fingerprints.items()),
        )

    def place_entries(self, group_id: str, positions: Mapping[str, int]) -> None:
        """Give every entry of a group its position."""
        # No two entries may share a position even for a moment, so all step aside first.
        self.execute("UPDATE entries SET position = -1 - position WHERE group_id = ?", (group_id,))
        self.execute_many(
            "UPDATE entries SET position = ? WHERE id = ?",
            ((place, entry_id) for entry_id, place in positions.items()),
        )

    def kinds(self, group_id: str) -> dict[str, int]:
        """How many messages and notices a group has."""
        found = dict(
            self.rows("SELECT kind, count(*) FROM entries WHERE group_id = ? GROUP BY kind", (group_id,))
        )
        return {"messages": found.get("message", 0), "notices": found.get("system", 0)}

    def entries(self, group_id: str | None = None, *, as_stored: bool = False) -> list[Entry]:
        """All entries in reading order: group by group, by position.

        `as_stored` leaves members and labels as they came in, whoever turned out to be one person:
        so the places that the key keeps fit the texts.
        """
        where = "WHERE e.group_id = ?" if group_id else ""
        return self._entries(
            f"{ENTRY} JOIN groups g ON g.id = e.group_id {where} ORDER BY g.seq, e.position",
            (group_id,) if group_id else (),
            as_stored=as_stored,
        )

    def entry(self, entry_id: str) -> Entry:
        """One entry; KeyError where there is none."""
        found = self._entries(f"{ENTRY} WHERE e.id = ?", (entry_id,))
        if not found:
            raise KeyError(entry_id)
        return found[0]

    def window(self, entry_id: str, before: int, after: int) -> list[Entry]:
        """The entry with up to `before` and `after` neighbours of its group, in file order."""
        place = self.row("SELECT group_id, position FROM entries WHERE id = ?", (entry_id,))
        if place is None:
            raise KeyError(entry_id)
        earlier = self._entries(
            f"{ENTRY} WHERE e.group_id = ? AND e.position < ? ORDER BY e.position DESC LIMIT ?",
            (*place, before),
        )
        later = self._entries(
            f"{ENTRY} WHERE e.group_id = ? AND e.position >= ? ORDER BY e.position LIMIT ?",
            (*place, after + 1),
        )
        return [*reversed(earlier), *later]

    def _entries(self, sql: str, values: Sequence[Any], *, as_stored: bool = False) -> list[Entry]:
        rows = self.rows(sql, values)
        persons = {} if as_stored else self.persons()
        relabel = self._relabel(persons)
        targets: dict[str, list[str]] = {}
        for ids in pages([row[0] for row in rows if row[4] == "system"]):
            for entry_id, member_id in self.rows(
                f"SELECT entry_id, member_id FROM entry_targets WHERE entry_id IN ({marks_for(ids)})"
                " ORDER BY entry_id, place",
                ids,
            ):
                targets.setdefault(entry_id, []).append(persons.get(member_id, member_id))
        return [
            Entry(
                id=r[0],
                group_id=r[1],
                position=r[2],
                sent_at=datetime.fromisoformat(r[3]),
                kind=r[4],
                text=relabel(r[5]),
                member_id=persons.get(r[6], r[6]),
                event=r[7],
                actor_id=persons.get(r[8], r[8]),
                target_ids=tuple(targets.get(r[0], ())),
                edited=bool(r[9]),
            )
            for r in rows
        ]

    def _relabel(self, persons: Mapping[str, str]) -> Callable[[str], str]:
        """Turn the label of somebody who is counted as another into the other's, in a text that is read."""
        if not persons:
            return str
        labels = {
            row[0]: member_label(row[1], row[2]) for row in self.rows("SELECT id, title, number FROM members")
        }
        other = {f"[{labels[one]}]": f"[{labels[person]}]" for one, person in persons.items()}
        pattern = re.compile("|".join(map(re.escape, sorted(other))))
        return lambda text: pattern.sub(lambda found: other[found[0]], text)


def pages(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    """Cut a long list of ids into lists that one statement takes."""
    return (ids[start : start + _PAGE] for start in range(0, len(ids), _PAGE))


def _period(start: str | None, end: str | None) -> Period | None:
    return Period(date.fromisoformat(start), date.fromisoformat(end)) if start and end else None
