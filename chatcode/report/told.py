"""What a study told for the appendix on method: its record as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from chatcode.domain import Mark, Period
from chatcode.report.learning import Learning

if TYPE_CHECKING:
    from chatcode.analysis.agreement import Agreement, Overall
    from chatcode.analysis.panel import Joint


@dataclass(frozen=True, slots=True)
class Told:
    """What a study told at its start and its log: the appendix prints it as it is."""

    started: date | None = None
    period: Period | None = None
    baseline: Period | None = None
    interim: date | None = None
    data_plan: str = ""
    legal_basis: str = ""
    informed: str = ""
    exports: Sequence[Mapping[str, Any]] = ()
    codebooks: Sequence[Mapping[str, Any]] = ()
    work: Sequence[Mapping[str, Any]] = ()
    log: Sequence[Mapping[str, Any]] = ()
    suggestions: Mapping[str, Any] | None = None
    deviations: Sequence[tuple[date, str]] = ()
    agreed: Sequence[Agreed] = ()
    jointly: Sequence[Jointly] = ()
    marks: Sequence[Mark] = ()
    version: str = ""
    learning: Learning = field(default_factory=Learning)
    # How many links were proposed beside the decisions that count, and how many of these were taken.
    links: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far two coders agreed, before they talked."""

    first: str
    second: str
    codes: Sequence[Agreement] = field(default_factory=tuple)
    overall: Sequence[Overall] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Jointly:
    """How far three coders or more agreed, all at once, before they talked."""

    names: Sequence[str]
    codes: Sequence[Joint] = field(default_factory=tuple)
    overall: Sequence[Overall] = field(default_factory=tuple)
