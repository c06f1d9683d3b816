"""Incidents: reports that belong together, and what answered them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chatcode.domain import REPORT, Entry, Layer

# An answer up to twelve hours after the first report is given during the incident.
DURING = timedelta(hours=12)
ANSWERS = ("1+", "8+", "10+")


@dataclass(frozen=True, slots=True)
class Answer:
    """A message that answers an incident: what it is, when, and by whom."""

    entry_id: str
    codes: frozenset[str]
    after: timedelta
    roles: frozenset[str]

    @property
    def during(self) -> bool:
        """Whether it came within twelve hours of the first report."""
        return self.after <= DURING


@dataclass(frozen=True, slots=True)
class Incident:
    """Reports of one thing that happened, under the id of the first of them."""

    id: str
    group_id: str
    first_at: datetime
    report_ids: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Impropriety:
    """A message of improper behaviour, and whether somebody called it to order."""

    entry_id: str
    group_id: str
    at: datetime
    corrected_by: tuple[frozenset[str], ...]


def incident_of(layer: Layer) -> dict[str, str]:
    """Per report the incident it belongs to, which has the id of its first report.

    Reports are joined by links of the kind "incident"; one without a link is an incident of
    its own. A link to a message that carries no M joins nothing.
    """
    reports = _reports(layer)
    order = {entry.id: place for place, entry in enumerate(reports)}
    root = {entry.id: entry.id for entry in reports}

    def find(entry_id: str) -> str:
        while root[entry_id] != entry_id:
            root[entry_id] = root[root[entry_id]]
            entry_id = root[entry_id]
        return entry_id

    for entry in reports:
        for link in layer.acts[entry.id].links:
            if link.kind == "incident" and link.target_id in root:
                first, later = sorted((find(entry.id), find(link.target_id)), key=order.__getitem__)
                root[later] = first
    return {entry.id: find(entry.id) for entry in reports}


def incidents(layer: Layer) -> list[Incident]:
    """All incidents in the order of their first report, with the messages that answer them."""
    entries = {entry.id: entry for entry in layer.entries}
    belongs = incident_of(layer)
    reports: dict[str, list[Entry]] = {}
    for entry_id, incident_id in belongs.items():
        reports.setdefault(incident_id, []).append(entries[entry_id])
    answers: dict[str, list[Answer]] = {incident_id: [] for incident_id in reports}
    for entry in layer.entries:
        act = layer.acts.get(entry.id)
        if act is None or not act.codes & set(ANSWERS):
            continue
        targets = {belongs[k.target_id] for k in act.links if k.kind == "feedback" and k.target_id in belongs}
        for incident_id in targets:
            answers[incident_id].append(
                Answer(
                    entry.id,
                    act.codes & set(ANSWERS),
                    entry.sent_at - reports[incident_id][0].sent_at,
                    _roles(layer, entry),
                )
            )
    return [
        Incident(
            incident_id,
            found[0].group_id,
            found[0].sent_at,
            tuple(e.id for e in found),
            tuple(answers[incident_id]),
        )
        for incident_id, found in reports.items()
    ]


def improprieties(layer: Layer) -> list[Impropriety]:
    """All messages coded 7-, with the roles of those whose 7+ is linked to them as a correction."""
    corrections: dict[str, list[frozenset[str]]] = {}
    for entry in layer.entries:
        act = layer.acts.get(entry.id)
        if act is not None and "7+" in act.codes:
            for link in act.links:
                if link.kind == "correction":
                    corrections.setdefault(link.target_id, []).append(_roles(layer, entry))
    return [
        Impropriety(entry.id, entry.group_id, entry.sent_at, tuple(corrections.get(entry.id, ())))
        for entry in layer.entries
        if entry.kind == "message" and entry.id in layer.acts and "7-" in layer.acts[entry.id].codes
    ]


def _reports(layer: Layer) -> Sequence[Entry]:
    return [
        entry
        for entry in layer.entries
        if entry.kind == "message" and entry.id in layer.acts and REPORT in layer.acts[entry.id].codes
    ]


def _roles(layer: Layer, entry: Entry) -> frozenset[str]:
    member = layer.members.get(entry.member_id or "")
    return member.roles if member else frozenset()
