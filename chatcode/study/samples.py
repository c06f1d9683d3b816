"""Drawn samples in the study file: what was drawn, with which weight, and who gets it in which order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from chatcode.errors import ChatcodeError
from chatcode.study.connection import moment
from chatcode.study.readings import Readings


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """A unit of a sample as it is stored; `weight` is how many units it stands for."""

    id: str
    group_id: str
    month: str
    phase: str
    stratum_units: int
    drawn: int
    weight: float
    entry_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """How a sample was drawn."""

    id: str
    at: datetime
    purpose: str
    kind: str
    share: float
    seed: int
    coders: tuple[str, ...]


class Samples(Readings):
    """The part of a study that holds drawn samples."""

    def add_sample(
        self,
        units: Sequence[SampleUnit],
        turns: Mapping[str, Sequence[int]],
        *,
        purpose: str,
        kind: str,
        share: float,
        seed: int,
    ) -> str:
        """Keep a sample, with per coder the places of the units in the order in which they come; its id."""
        sample_id = str(uuid4())
        with self.transaction():
            self.execute(
                "INSERT INTO samples (id, at, purpose, kind, share, seed, coders)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (sample_id, moment(), purpose, kind, share, seed, json.dumps(list(turns))),
            )
            self.execute_many(
                "INSERT INTO sample_units"
                " (id, sample_id, group_id, month, phase, stratum_units, drawn, weight)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (u.id, sample_id, u.group_id, u.month, u.phase, u.stratum_units, u.drawn, u.weight)
                    for u in units
                ),
            )
            self.execute_many(
                "INSERT INTO sample_entries (unit_id, entry_id) VALUES (?, ?)",
                ((unit.id, entry_id) for unit in units for entry_id in unit.entry_ids),
            )
            self.execute_many(
                "INSERT INTO sample_turns (sample_id, coder, turn, unit_id) VALUES (?, ?, ?, ?)",
                (
                    (sample_id, coder, turn, units[place].id)
                    for coder, places in turns.items()
                    for turn, place in enumerate(places)
                ),
            )
        return sample_id

    def samples(self) -> list[SampleSheet]:
        """All samples, oldest first."""
        return [
            SampleSheet(r[0], datetime.fromisoformat(r[1]), r[2], r[3], r[4], r[5], tuple(json.loads(r[6])))
            for r in self.rows(
                "SELECT id, at, purpose, kind, share, seed, coders FROM samples ORDER BY at, seq"
            )
        ]

    def sample(self, start: str) -> SampleSheet:
        """The sample whose id begins so.

        Raises:
            ChatcodeError: there is none, or there are several.
        """
        found = [sheet for sheet in self.samples() if start and sheet.id.startswith(start)]
        if len(found) != 1:
            raise ChatcodeError(
                f"there {'are several samples' if found else 'is no sample'} {start[:40]!r}",
                "See the samples: chatcode sample",
            )
        return found[0]

    def sample_units(self, sample_id: str) -> list[SampleUnit]:
        """The units of a sample with their messages in order, by group and month."""
        entries: dict[str, list[str]] = {}
        for unit_id, entry_id in self.rows(
            "SELECT s.unit_id, s.entry_id FROM sample_units u JOIN sample_entries s ON s.unit_id = u.id"
            " JOIN entries e ON e.id = s.entry_id WHERE u.sample_id = ? ORDER BY e.position",
            (sample_id,),
        ):
            entries.setdefault(unit_id, []).append(entry_id)
        return [
            SampleUnit(r[0], r[1], r[2], r[3], r[4], r[5], r[6], tuple(entries.get(r[0], ())))
            for r in self.rows(
                "SELECT u.id, u.group_id, u.month, u.phase, u.stratum_units, u.drawn, u.weight"
                " FROM sample_units u JOIN groups g ON g.id = u.group_id WHERE u.sample_id = ?"
                " ORDER BY g.seq, u.month, u.id",
                (sample_id,),
            )
        ]

    def sample_turns(self, sample_id: str, coder: str) -> list[str]:
        """The ids of the units that a coder gets, in the order in which they come."""
        return [
            row[0]
            for row in self.rows(
                "SELECT unit_id FROM sample_turns WHERE sample_id = ? AND coder = ? ORDER BY turn",
                (sample_id, coder),
            )
        ]

    def decision_moments(self, coder: str) -> list[datetime]:
        """When a coder first decided on messages one by one; what was done in bulk counts once."""
        return [
            datetime.fromisoformat(row[0])
            for row in self.rows(
                "SELECT min(at) FROM acts WHERE coder = ? AND supersedes IS NULL"
                " AND mode IN ('blind', 'assisted') GROUP BY batch ORDER BY 1",
                (coder,),
            )
        ]
