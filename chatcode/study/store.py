"""The study: everything that is known of one research project, in one file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from chatcode.domain import Layer, Period
from chatcode.errors import ChatcodeError, StudyError
from chatcode.study.account import Account
from chatcode.study.connection import moment
from chatcode.study.custody import Custody
from chatcode.study.migrate import migrate
from chatcode.study.models import Models
from chatcode.study.purging import Purging
from chatcode.study.quotes import Quotes
from chatcode.study.redacted import Redacted
from chatcode.study.samples import Samples
from chatcode.study.surveys import Surveys


@dataclass(frozen=True, slots=True)
class Settings:
    """What was told when the study was started."""

    id: str
    created_at: str
    language: str
    period: Period | None
    baseline: Period | None
    interim: date | None
    data_plan: str
    legal_basis: str
    informed: str
    key_id: str | None


class Study(Samples, Account, Custody, Purging, Quotes, Redacted, Surveys, Models):
    """A study file that is open; it answers `domain.Store`.

    Make one with `create` or `open` and use it as a context manager.
    """

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        period: Period | None = None,
        baseline: Period | None = None,
        interim: date | None = None,
        language: str = "nl",
        data_plan: str = "",
        legal_basis: str = "",
        informed: str = "",
    ) -> Self:
        """Start a study in a new file.

        Raises:
            StudyError: the file is there already.
        """
        if path.exists():
            raise StudyError(f"{path.name} is there already", "Choose another name; nothing was changed.")
        if not path.parent.is_dir():
            raise StudyError(f"there is no folder for {path.name}", "Make the folder first.")
        study = cls(path)
        migrate(study)
        study.execute(
            "INSERT INTO study (one, id, created_at, language, period_start, period_end, baseline_start,"
            " baseline_end, interim, data_plan, legal_basis, informed)"
            " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                str(uuid4()),
                moment(),
                language,
                *_days(period),
                *_days(baseline),
                interim.isoformat() if interim else None,
                data_plan,
                legal_basis,
                informed,
            ),
        )
        return study

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a study, bringing it to this program's version first.

        Raises:
            StudyError: there is no such file, it is no study, damaged, locked or newer.
        """
        if not path.is_file():
            raise StudyError(f"there is no study {path.name}", "Start one: chatcode init NAME.study")
        study = cls(path)
        try:
            migrate(study)
            if study.row("SELECT 1 FROM study") is None:
                raise StudyError(f"{path.name} is empty: it was never finished", "Remove it and start anew.")
        except BaseException:
            study.close()
            raise
        return study

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ── settings ──

    def settings(self) -> Settings:
        """What was told when the study was started."""
        row = self.row(
            "SELECT id, created_at, language, period_start, period_end, baseline_start, baseline_end,"
            " interim, data_plan, legal_basis, informed, key_id FROM study"
        )
        assert row is not None
        return Settings(
            id=row[0],
            created_at=row[1],
            language=row[2],
            period=_period(row[3], row[4]),
            baseline=_period(row[5], row[6]),
            interim=date.fromisoformat(row[7]) if row[7] else None,
            data_plan=row[8],
            legal_basis=row[9],
            informed=row[10],
            key_id=row[11],
        )

    def set_key(self, key_id: str) -> None:
        """Tie the study to its key, once."""
        known = self.settings().key_id
        if known not in (None, key_id):
            raise StudyError("this key belongs to another study", "Give the right one with --key PATH.")
        self.execute("UPDATE study SET key_id = ?", (key_id,))

    # ── codebook ──

    def codebook_text(self) -> tuple[str, str] | None:
        """The codebook in use as (hash, YAML), or None where none was taken yet."""
        row = self.row("SELECT c.hash, c.text FROM study s JOIN codebooks c ON c.hash = s.codebook_hash")
        return (row[0], row[1]) if row else None

    def use_codebook(self, codebook_hash: str, text: str) -> None:
        """Take a codebook into use; earlier ones stay, for the acts that were made under them."""
        with self.transaction():
            self.execute(
                "INSERT OR IGNORE INTO codebooks (hash, text, taken_at) VALUES (?, ?, ?)",
                (codebook_hash, text, moment()),
            )
            self.execute("UPDATE study SET codebook_hash = ?", (codebook_hash,))

    # ── what counts ──

    def counting_coder(self, coder: str | None = None) -> str:
        """Whose codings count: the adjudicated ones, else the named coder's, else the only coder's.

        Raises:
            ChatcodeError: several coders and none named, or nobody of that name.
        """
        coders = self.coders()
        if coder is None:
            adjudicated = self.row(
                "SELECT coder FROM acts_in_force WHERE mode = 'adjudicated' AND reviewed = 1"
                " ORDER BY seq LIMIT 1"
            )
            if adjudicated:
                coder = str(adjudicated[0])
            elif len(coders) > 1:
                raise ChatcodeError(
                    f"several coders have coded: {', '.join(coders)}",
                    "Settle it: chatcode adjudicate; or say whose codings count: --coder NAME",
                )
            else:
                coder = coders[0] if coders else ""
        elif coder not in coders:
            raise ChatcodeError(
                f"no codings by {coder}", f"There are codings by: {', '.join(coders) or 'nobody yet'}."
            )
        return coder

    def layer(self, coder: str | None = None) -> Layer:
        """The layer that counts, of the coder whose codings do; see `counting_coder`."""
        coder = self.counting_coder(coder)
        return Layer(
            coder=coder,
            cases=self.cases(),
            groups=self.groups(),
            members=self.members(),
            entries=self.entries(),
            acts=self.layer_acts(coder) if coder else {},
            coverage=self.coverage(),
            interim=self.settings().interim,
            look=self.look(),
        )

    def empty_layer(self) -> Layer:
        """The layer of a study in which nothing is: what a document of it says is the program's own."""
        return Layer(coder="", cases=(), groups=(), members={}, entries=(), acts={}, coverage={})

    # ── log ──

    def record(self, command: str, **details: object) -> None:
        """Note in the study's own log what was done; details are counts and labels, never text."""
        self.execute(
            "INSERT INTO log (at, command, details) VALUES (?, ?, ?)",
            (moment(), command, json.dumps(details, ensure_ascii=False, sort_keys=True)),
        )

    def log(self) -> list[dict[str, Any]]:
        """What was done to the study, oldest first."""
        return [
            {"at": at, "command": command, "details": json.loads(details)}
            for at, command, details in self.rows("SELECT at, command, details FROM log ORDER BY seq")
        ]


def _days(period: Period | None) -> tuple[str | None, str | None]:
    return (period.start.isoformat(), period.end.isoformat()) if period else (None, None)


def _period(start: str | None, end: str | None) -> Period | None:
    return Period(date.fromisoformat(start), date.fromisoformat(end)) if start and end else None
