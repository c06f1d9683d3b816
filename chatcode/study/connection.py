"""A connection to a study file: pragmas, transactions, and SQLite's errors as ours."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chatcode.errors import StudyError

# "ccod": tells a study from any other SQLite file.
APPLICATION_ID = 0x63636F64
# STRICT tables came with 3.37; some long-lived Linux systems still carry 3.34.
NEEDED_SQLITE = (3, 37)


class Connection:
    """A study file that is open.

    The journal is DELETE with FULL sync: 7 ms a commit, which nobody notices at the speed of
    reading, and the study stays one file that survives a power cut and a network drive.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if sqlite3.sqlite_version_info < NEEDED_SQLITE:
            raise StudyError(
                f"this Python carries SQLite {sqlite3.sqlite_version}; a study needs 3.37 or newer",
                "Install a newer Python, for instance with uv or conda.",
            )
        try:
            self._db = sqlite3.connect(path, isolation_level=None)
            # SQLite's own lower() and LIKE know the letters of English only.
            self._db.create_function("folded", 1, folded, deterministic=True)
            for pragma in (
                "foreign_keys = ON",
                "trusted_schema = OFF",
                "cell_size_check = ON",
                "busy_timeout = 5000",
                "journal_mode = DELETE",
                "synchronous = FULL",
                "secure_delete = ON",
            ):
                self._db.execute(f"PRAGMA {pragma}")
        except sqlite3.Error as error:
            raise _unusable(path, error) from None

    def close(self) -> None:
        """Close the file; safe to call twice."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a transaction inside another is part of it."""
        if self._db.in_transaction:
            yield
            return
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.rollback()
            raise
        self.execute("COMMIT")

    def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""
        try:
            self._db.execute(sql, values)
        except sqlite3.OperationalError as error:
            raise _unusable(self.path, error) from None

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row."""
        try:
            self._db.executemany(sql, rows)
        except sqlite3.OperationalError as error:
            raise _unusable(self.path, error) from None

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _unusable(self.path, error) from None

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, if any."""
        try:
            found: tuple[Any, ...] | None = self._db.execute(sql, values).fetchone()
        except sqlite3.DatabaseError as error:
            raise _unusable(self.path, error) from None
        return found

    def number(self, sql: str, values: Sequence[Any] = ()) -> int:
        """The one number that a query gives."""
        found = self.row(sql, values)
        return int(found[0]) if found and found[0] is not None else 0

    def script(self, sql: str) -> None:
        """Run several statements inside the transaction that is open."""
        statement = ""
        for line in sql.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                self.execute(statement)
                statement = ""

    def copy_to(self, path: Path) -> None:
        """Copy the whole study into a new file, consistent even while it is in use."""
        target = sqlite3.connect(path)
        try:
            self._db.backup(target)
        except sqlite3.Error as error:
            raise _unusable(path, error) from None
        finally:
            target.close()


def study_id(path: Path) -> str | None:
    """The id of the study in a file, which is only read; None where it cannot be told."""
    try:
        # Opening to write would bring an older file to this program's version.
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return None
    try:
        row = db.execute("SELECT id FROM study").fetchone()
    except sqlite3.Error:
        return None
    finally:
        db.close()
    return str(row[0]) if row else None


def folded(text: str) -> str:
    """A text as it is searched: one form per letter, capitals and small letters alike."""
    return unicodedata.normalize("NFC", text).casefold()


def moment() -> str:
    """Now, in UTC, as it is stored."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def marks_for(values: Sequence[Any]) -> str:
    """As many question marks as there are values, for an IN list."""
    return ",".join("?" * len(values))


def _unusable(path: Path, error: sqlite3.Error) -> StudyError:
    """Name SQLite's trouble in one line; its own words hold no values of the study."""
    words = str(error)
    if "locked" in words or "busy" in words:
        return StudyError(f"{path.name} is in use by another program", "Close it there and try again.")
    if "not a database" in words or "malformed" in words:
        return StudyError(
            f"{path.name} is damaged or is no study", "Restore a backup: chatcode restore --help"
        )
    if "readonly" in words:
        return StudyError(f"{path.name} cannot be written to", "Check the rights on the file and its folder.")
    if "full" in words:
        return StudyError(f"no room left on the disk of {path.name}", "Free some space; nothing was changed.")
    return StudyError(f"{path.name} cannot be used: {words}", "Run: chatcode check")
