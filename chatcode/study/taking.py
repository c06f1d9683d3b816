"""Taking over what another file of a study keeps beside the acts: memos, samples, steps, codebooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from chatcode.errors import StudyError
from chatcode.study.connection import marks_for
from chatcode.study.store import Study

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that is kept in rows of a table and never changed, so that files can be compared by it.

    `key` is the column by which a row is the same in two files; without one the whole row is. `who`
    is the column that says whose it is.
    """

    name: str
    table: str
    who: str = ""
    key: str = "id"


# In this order: a change of the codebook points at the codebooks.
KINDS = (
    Kind("codebooks", "codebooks", key="hash"),
    Kind("codebook changes", "codebook_changes", "by"),
    Kind("memos on messages", "memos", "coder"),
    Kind("notes on media", "media_notes", "coder"),
    Kind("wider memos", "wider_memos", "coder"),
    Kind("flags", "flags", "coder"),
    Kind("practices", "practices", "coder"),
    Kind("steps passed over", "skipped_steps", "by"),
    Kind("deviations", "deviations", "by", key=""),
    Kind("samples", "samples"),
)
# What hangs on a sample: its units, what is in them, and who gets them when.
_OF_SAMPLE = (
    ("sample_units", "sample_id = ?"),
    ("sample_entries", "unit_id IN (SELECT id FROM sample_units WHERE sample_id = ?)"),
    ("sample_turns", "sample_id = ?"),
)
# What belongs to the one file in which the study is led, by what people call it.
_LED = {
    "marks": ("marks", "official_marks"),
    "intake": ("intake",),
    "evidence": ("evidence", "headcounts", "outside_events", "withdrawals"),
    "plan": ("actions", "action_states", "minutes"),
    "hearing": ("raters", "forms", "replies", "answers"),
    "quotes": ("quotes", "quotes_withdrawn"),
    "notes handed over": ("sealed_notes",),
    "survey figures": ("survey_figures",),
    "second looks": ("looks", "findings"),
    "who is one person": ("ties",),
    "choices not confirmed": ("drafts",),
}


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one file brings of one kind: the rows that are new here, and how many were here already.

    `differing` counts rows that are here under the same id with other contents: they come in under
    an id of their own. `people` are whose the new rows are, `known_people` whose the others.
    """

    kind: Kind
    columns: Sequence[str]
    rows: Sequence[Row]
    known: int
    differing: int = 0
    people: Sequence[str] = ()
    known_people: Sequence[str] = ()


class Held:
    """What a study keeps of every kind, growing as bundles are added to it."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self._of = {kind.name: dict(self._keyed(study, kind)) for kind in KINDS}

    def bundle(self, other: Study, kind: Kind, *, purged: Set[str]) -> Bundle:
        """What the other file has of a kind, but for what is on purged entries; from then on it is held.

        Raises:
            StudyError: a sample differs from the same sample here.
        """
        columns, ours = _columns(self.study, kind.table), self._of[kind.name]
        whose = columns.index(kind.who) if kind.who else None
        fresh: list[Row] = []
        known: list[Row] = []
        differing = 0
        for key, row in self._keyed(other, kind, without=purged):
            named, new = key, row
            if key in ours and not _same(kind, ours[key], row):
                if kind.table == "samples":
                    raise StudyError(
                        f"{other.path.name} is not sound: sample {str(key)[:8]} differs from it here",
                        "Nothing was merged; one of the files was changed outside chatcode.",
                    )
                differing += 1
                named, new = _beside(kind, columns, ours, row)
            if named in ours:
                known.append(new)
            else:
                ours[named] = new
                fresh.append(new)
        people, known_people = (
            [str(row[whose]) for row in some] if whose is not None else [] for some in (fresh, known)
        )
        return Bundle(kind, columns, fresh, len(known), differing, people, known_people)

    def _keyed(
        self, study: Study, kind: Kind, *, without: Set[str] = frozenset()
    ) -> Iterator[tuple[Any, Row]]:
        """The rows by what makes them the same in two files; not those on certain entries."""
        columns = _columns(self.study, kind.table)
        about = columns.index("entry_id") if "entry_id" in columns else None
        key = columns.index(kind.key) if kind.key else None
        order = "seq" if kind.table != "codebooks" else "taken_at, hash"
        for row in study.rows(f"SELECT {', '.join(columns)} FROM {kind.table} ORDER BY {order}"):
            if about is not None and row[about] in without:
                continue
            held = (*row, *_drawn(study, row[0])) if kind.table == "samples" else row
            yield row if key is None else row[key], held


def take(study: Study, other: Study, bundle: Bundle) -> None:
    """Store what is new of a bundle, with what hangs on it."""
    insert(study, bundle.kind.table, bundle.columns, [row[: len(bundle.columns)] for row in bundle.rows])
    if bundle.kind.table == "samples":
        for row in bundle.rows:
            for table, where in _OF_SAMPLE:
                copy(study, other, table, f"SELECT {{}} FROM {table} WHERE {where}", (row[0],))


def left_behind(study: Study, other: Study) -> list[tuple[str, int]]:
    """What another file has that is not taken over, for it is entered in one file only; and how much."""
    found = []
    for name, tables in _LED.items():
        count = 0
        for table in tables:
            columns = _columns(study, table)
            named = "id" if "id" in columns else ", ".join(columns)
            sql = f"SELECT {named} FROM {table}"
            count += len(set(other.rows(sql)) - set(study.rows(sql)))
        if count:
            found.append((name, count))
    gone = "SELECT id FROM entries WHERE purged_at IS NOT NULL"
    purged = len(set(other.rows(gone)) - set(study.rows(gone)))
    return [*found, ("purges of messages", purged)] if purged else found


# ── rows ──────────────────────────────────────────────────────────────────────


def copy(study: Study, other: Study, table: str, sql: str, values: Sequence[str]) -> None:
    """Copy rows with all their columns but `seq`, which every file counts for itself."""
    columns = _columns(study, table)
    insert(study, table, columns, other.rows(sql.format(", ".join(columns)), values))


def insert(study: Study, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Add rows as they are."""
    study.execute_many(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks_for(columns)})",
        rows,
    )


def _columns(study: Study, table: str) -> list[str]:
    return [row[1] for row in study.rows(f"PRAGMA table_info({table})") if row[1] != "seq"]


def _beside(kind: Kind, columns: Sequence[str], ours: Mapping[Any, Row], row: Row) -> tuple[str, Row]:
    """A row under an id that is free, or under which it is held already.

    The id follows from the one that is taken, never from what the row says: words can be purged.
    """
    place = columns.index(kind.key)
    while row[place] in ours and ours[row[place]] != row:
        row = (*row[:place], str(uuid5(NAMESPACE_OID, row[place])), *row[place + 1 :])
    return row[place], row


def _same(kind: Kind, ours: Row, theirs: Row) -> bool:
    # A codebook is its hash: when a file took it is of no account.
    return kind.table == "codebooks" or ours == theirs


def _drawn(study: Study, sample_id: str) -> Row:
    """All that hangs on a sample, to be compared."""
    found: Mapping[str, list[Row]] = {
        table: sorted(study.rows(f"SELECT * FROM {table} WHERE {where}", (sample_id,)))
        for table, where in _OF_SAMPLE
    }
    return tuple(map(tuple, found.values()))
