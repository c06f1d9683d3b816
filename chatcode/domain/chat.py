"""What a chat holds: what an export says, and who wrote what in a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Kind = Literal["message", "system"]
Ground = Literal["messages", "number", "name", "person"]
ROLES = ("beheerder", "professional", "deelnemer", "onderzoeker")
# Events of an entry with a sender; every other event belongs to a line of WhatsApp's own.
MESSAGE_EVENTS = ("deleted", "media", "poll", "location", "contact", "call")
NOTICE_EVENTS = (
    "created", "added", "joined", "left", "removed", "subject", "icon", "description",
    "number_changed", "admin", "encryption", "call", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a chat: a message with a sender, or a line of WhatsApp's own.

    `sent_at` is naive local time as the phone wrote it; `text` is as written, without the
    edited marker, which becomes the flag `edited`. `actor` and `targets` are filled for
    system entries only.
    """

    sent_at: datetime
    sender: str | None
    kind: Kind
    text: str
    event: str | None = None
    actor: str | None = None
    targets: tuple[str, ...] = ()
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found out while reading an export, so that no guess stays hidden.

    `date_order` is "dmy", "mdy" or "ymd"; `date_evidence` is "hard" (a part over 12, or a
    four-digit year in front), "order" (the reading under which time does not run back),
    "prior" (only the habit of the style: warn) or "given" (asked for by the caller).
    """

    encoding: str
    style: str
    date_order: str
    date_evidence: str
    container: Literal["txt", "zip"] = "txt"
    group_name: str | None = None
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """An export that was read: its entries in file order and the findings."""

    messages: Sequence[Message]
    findings: Findings


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text that identifies somebody: code points, end exclusive."""

    start: int
    end: int
    kind: str = field(compare=False)
    placeholder: str = field(compare=False)
    rule: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, half-open: `start` counts, `end` does not."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"a period ends after it starts: {self.start} to {self.end}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end


@dataclass(frozen=True, slots=True)
class Case:
    """One column of the table: an area with one or more groups.

    `period` and `baseline` are those that hold for this case, its own or the study's.
    """

    id: str
    name: str
    period: Period | None
    baseline: Period | None


@dataclass(frozen=True, slots=True)
class Group:
    """One WhatsApp group under the label that the researcher gave it."""

    id: str
    label: str
    case_id: str


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """The days on which a member has a role; None: from the start, until now. `until` does not count."""

    role: str
    since: date | None = None
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a study, without a name: the label is all that is ever shown.

    `roles` are all that the person has or had; `terms` are the days of those that have any.
    `proposed` are the roles for which only the display name speaks. `also` are the labels of those
    who turned out to be the same person.
    """

    id: str
    title: str
    number: int
    roles: frozenset[str]
    terms: tuple[Term, ...] = ()
    proposed: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()

    def roles_on(self, day: date) -> frozenset[str]:
        """The roles of one day; a role without days is had on every day."""
        dated = {term.role for term in self.terms}
        return frozenset(
            role
            for role in self.roles
            if role not in dated or any(term.role == role and day in term for term in self.terms)
        )

    @property
    def label(self) -> str:
        """`Deelnemer-07` or `Wijkagent-1`; officials are few, so their number is not padded."""
        return member_label(self.title, self.number)


def member_label(title: str, number: int) -> str:
    """Write a member's label from its title and number."""
    return f"{title}-{number:02d}" if title == "Deelnemer" else f"{title}-{number}"


@dataclass(frozen=True, slots=True)
class Tie:
    """A word on whether two members are one person; the latest of a pair holds.

    `verdict` is "same" (`member_id` is then counted as `other_id`), "different", or "likely" (a
    proposal that waits for a person). `ground` says what it rests on: "messages" (shared by two
    exports), "number" (a notice of a changed number), "name" (likeness only) or "person" (somebody
    said so). `share` is the agreement or likeness, from 0 to 1.
    """

    id: str
    member_id: str
    other_id: str
    verdict: Literal["same", "different", "likely"]
    ground: Ground
    share: float = 1.0
    votes: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One pseudonymised entry of a group in a study; order is `position`, never the minute."""

    id: str
    group_id: str
    position: int
    sent_at: datetime
    kind: Kind
    text: str
    member_id: str | None = None
    event: str | None = None
    actor_id: str | None = None
    target_ids: tuple[str, ...] = ()
    edited: bool = False
