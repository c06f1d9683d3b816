"""The figures of a report, gathered once: counts by stretch, what they rest on, and their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from chatcode.analysis.frequency import ENOUGH_REVIEWED, actors_of, counted_messages, frequencies, is_actor
from chatcode.analysis.incidents import Incident, incidents, untied
from chatcode.analysis.membership import flows
from chatcode.domain import Beside, Case, Group, Layer, OutsideEvent
from chatcode.report.document import Marked
from chatcode.report.stretches import Stretch, stretches
from chatcode.report.words import Words

if TYPE_CHECKING:
    from chatcode.codebook import Codebook

# Below this a percentage says more than the figures can bear.
FEW = 10


@dataclass(frozen=True, slots=True)
class Basis:
    """What the figures of one group in one stretch rest on."""

    group: Group
    stretch: Stretch
    messages: int
    reviewed: int

    @property
    def share(self) -> float | None:
        """The share of its messages that is reviewed."""
        return self.reviewed / self.messages if self.messages else None

    @property
    def covered(self) -> int:
        """Days that its exports cover."""
        return sum(
            {r.month: r.covered_days for r in self.stretch.rows if r.group == self.group.label}.values()
        )

    @property
    def whole(self) -> int | None:
        """All days of the stretch; None where it has no bounds."""
        return (self.stretch.days.end - self.stretch.days.start).days if self.stretch.days else None


class Figures:
    """Everything that the parts of a report share."""

    def __init__(self, layer: Layer, codebook: Codebook, w: Words, beside: Beside | None = None) -> None:
        self.layer, self.codebook, self.w, self.beside = layer, codebook, w, beside or Beside()
        self.rows = frequencies(layer, codebook)
        self.flow = flows(layer)
        self.happened = incidents(layer)

    @cached_property
    def by_case(self) -> dict[str, list[Stretch]]:
        """The stretches of every case, by its id."""
        return {case.id: stretches(case, self.layer, self.rows, self.codebook) for case in self.layer.cases}

    @cached_property
    def basis(self) -> list[Basis]:
        """What the figures rest on, per group and stretch."""
        total: Counter[tuple[str, str]] = Counter()
        reviewed: Counter[tuple[str, str]] = Counter()
        for group, case, entry in counted_messages(self.layer):
            for stretch in self.by_case[case.id]:
                if stretch.holds(entry.sent_at.date()):
                    total[group.id, stretch.name] += 1
                    reviewed[group.id, stretch.name] += entry.id in self.layer.acts
        return [
            Basis(group, stretch, total[group.id, stretch.name], reviewed[group.id, stretch.name])
            for group in self.layer.groups
            for stretch in self.by_case[group.case_id]
        ]

    @property
    def complete(self) -> bool:
        """Whether the period is covered and reviewed but for a twentieth: no interim result."""
        return bool(self.basis) and all(
            (b.whole is None or b.covered >= ENOUGH_REVIEWED * b.whole)
            and (b.share is None or b.share >= ENOUGH_REVIEWED)
            for b in self.basis
            if b.stretch.name == "period"
        )

    @property
    def untied(self) -> bool:
        """Whether the coding ties no answer to anything, so that nothing is known of answers."""
        return untied(self.layer, "feedback")

    def how_answered(self, incident: Incident) -> str:
        """By whom and when an incident got feedback: during, later, by others only, or not at all."""
        actors = actors_of("1+", self.codebook)
        told = [answer for answer in incident.answers if "1+" in answer.codes]
        by_actors = [answer for answer in told if is_actor(answer.roles, actors)]
        if by_actors:
            return "during" if any(answer.during for answer in by_actors) else "later"
        return "others" if told else "never"

    def period(self, case: Case) -> Stretch:
        """The stretch that conclusions are about: the period, or the only one there is."""
        return self.by_case[case.id][-1]

    def has(self, stretch: Stretch, month: str) -> bool:
        """Whether a stretch has a month."""
        return any(row.month == month for row in stretch.rows)

    def stretch_name(self, stretch: Stretch, *, short: bool = False) -> str:
        """What a stretch is called; short in the head of a column."""
        if stretch.name == "baseline":
            return self.w("Before") if short else self.w("Time before")
        return self.w("Period") if short else self.w("The period")

    def name(self, number: int) -> str:
        """An intervention with its number."""
        return f"{number}. {self.codebook.interventions[number].name[self.w.lang]}"

    def roles(self, roles: Iterable[str]) -> str:
        """The roles of a writer in words."""
        return role_names(roles, self.w)


def role_names(roles: Iterable[str], w: Words) -> str:
    """Roles in words: `administrator, professional`, or that there is none."""
    names = {
        "beheerder": w("administrator"),
        "professional": w("professional"),
        "deelnemer": w("member"),
        "onderzoeker": w("researcher"),
    }
    return ", ".join(names.get(role, role) for role in sorted(roles)) or w("without a role")


def marked(events: Iterable[OutsideEvent], case: Case | None, w: Words) -> tuple[Marked, ...]:
    """The events of one case, or of all, for under a chart."""
    found = []
    for event in events:
        if case is None or event.case_id in (None, case.id):
            days = (
                w.day(event.day) if event.day == event.until else f"{w.day(event.day)} – {w.day(event.until)}"
            )
            found.append(Marked(f"{event.day:%Y-%m}", f"{event.until:%Y-%m}", f"{days}: {event.text}"))
    return tuple(found)
