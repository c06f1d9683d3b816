"""Incidents: reports that belong together, and what answered them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from chatcode.domain import REPORT, Act, Entry, Layer, LinkKind

# An answer up to twelve hours after the first report is given during the incident.
DURING = timedelta(hours=12)
ANSWERS = frozenset({"1+", "8+", "10+"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A message that answers an incident: what it is, how long after the first report, and by whom."""

    entry_id: str
    codes: frozenset[str]
    after: timedelta
    roles: frozenset[str]

    @property
    def during(self) -> bool:
        """Whether it came within twelve hours of the first report."""
        return self.after <= DURING

    @property
    def hours(self) -> float:
        """Hours after the first report; 0 where the clocks say that the answer came before it."""
        return max(0.0, self.after / timedelta(hours=1))


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
    """A message of improper behaviour, and the 7+ that call it to order.

    A message that tells of behaviour left uncorrected counts as one too: it stands for the
    behaviour that it tells of, and nobody corrected that.
    """

    entry_id: str
    group_id: str
    at: datetime
    answers: tuple[Answer, ...]

    @property
    def corrected_by(self) -> tuple[frozenset[str], ...]:
        """The roles of each who called it to order."""
        return tuple(answer.roles for answer in self.answers)


def untied(layer: Layer, kind: LinkKind) -> bool:
    """Whether answers were coded and none is tied to what it answers, as in codings made elsewhere.

    Then nothing can be said of what was answered: neither that it was nor that it was not.
    """
    codes = ANSWERS if kind == "feedback" else frozenset({"7+"})
    answers = [act for act in layer.acts.values() if act.codes & codes]
    return bool(answers) and not any(link.kind == kind for act in answers for link in act.links)


def incident_of(layer: Layer) -> dict[str, str]:
    """Per report the incident it belongs to, which has the id of its first report.

    Reports are joined by links of the kind "incident"; one without a link is an incident of
    its own. A link to a message that carries no M joins nothing. Researchers' messages are
    no reports.
    """
    reports = [(entry, act) for entry, act in coded(layer) if REPORT in _codes(act)]
    order = {entry.id: place for place, (entry, _) in enumerate(reports)}
    root = {entry.id: entry.id for entry, _ in reports}

    def find(entry_id: str) -> str:
        while root[entry_id] != entry_id:
            root[entry_id] = root[root[entry_id]]
            entry_id = root[entry_id]
        return entry_id

    for entry, act in reports:
        for link in act.links:
            if link.kind == "incident" and link.target_id in root:
                first, later = sorted((find(entry.id), find(link.target_id)), key=order.__getitem__)
                root[later] = first
    return {entry_id: find(entry_id) for entry_id in root}


def incidents(layer: Layer) -> list[Incident]:
    """All incidents in the order of their first report, with the messages that answer them.

    An answer carries 1+, 8+ or 10+ and is linked as feedback to any report of the incident.
    """
    belongs = incident_of(layer)
    reports: dict[str, list[Entry]] = {}
    answering: list[tuple[str, Entry, frozenset[str]]] = []
    for entry, act in coded(layer):
        if entry.id in belongs:
            reports.setdefault(belongs[entry.id], []).append(entry)
        if not act.links:
            continue
        codes = act.codes & ANSWERS
        if codes:
            told = {
                belongs[k.target_id] for k in act.links if k.kind == "feedback" and k.target_id in belongs
            }
            answering.extend((incident_id, entry, codes) for incident_id in told)
    answers: dict[str, list[Answer]] = {incident_id: [] for incident_id in reports}
    for incident_id, entry, codes in answering:
        after = entry.sent_at - reports[incident_id][0].sent_at
        answers[incident_id].append(Answer(entry.id, codes, after, _roles(layer, entry)))
    return [
        Incident(
            incident_id,
            found[0].group_id,
            found[0].sent_at,
            tuple(entry.id for entry in found),
            tuple(answers[incident_id]),
        )
        for incident_id, found in reports.items()
    ]


def improprieties(layer: Layer) -> list[Impropriety]:
    """All messages coded 7-, with the messages coded 7+ that are linked to them as a correction."""
    improper: dict[str, Entry] = {}
    answers: dict[str, list[Answer]] = {}
    for entry, act in coded(layer):
        codes = _codes(act)
        if "7-" in codes:
            improper[entry.id] = entry
            answers[entry.id] = []
        if "7+" in codes:
            for target in {
                link.target_id for link in act.links if link.kind == "correction"
            } & answers.keys():
                after = entry.sent_at - improper[target].sent_at
                answers[target].append(Answer(entry.id, frozenset({"7+"}), after, _roles(layer, entry)))
    return [
        Impropriety(entry.id, entry.group_id, entry.sent_at, tuple(answers[entry.id]))
        for entry in improper.values()
    ]


def coded(layer: Layer) -> Iterator[tuple[Entry, Act]]:
    """The messages that carry a code, with their acts; those of researchers are left out."""
    researchers = {member.id for member in layer.members.values() if "onderzoeker" in member.roles}
    for entry in layer.entries:
        act = layer.acts.get(entry.id)
        if act is not None and act.choices and entry.kind == "message" and entry.member_id not in researchers:
            yield entry, act


def _codes(act: Act) -> list[str]:
    return [choice.code for choice in act.choices]


def _roles(layer: Layer, entry: Entry) -> frozenset[str]:
    member = layer.members.get(entry.member_id or "")
    return member.roles_on(entry.sent_at.date()) if member else frozenset()
