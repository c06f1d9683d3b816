"""What is made of codings: marks and what people know beside the chat, quotes, and the layer that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from .chat import Case, Entry, Group, Member, Period
from .coding import Act

# Days before an action's day in which it is called due.
SOON = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """A person's mark on one cell of the table; superseded by a later one, never edited.

    `mark` is one of ✓ = ~ X, or empty where only a flag is given: the final flag "no_agreement" says
    that all marks stand beside each other. `prose` tells how it was carried out.
    """

    case_id: str
    intervention: int
    stage: Literal["researcher", "administrator", "official", "final"]
    mark: str
    reason: str
    flag: str | None
    by: str
    at: datetime
    prose: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that went out to one administrator or official, to be answered by `until`.

    `commissioner` is whether the addressee also commissioned the study; `fixed` is the hash of what
    is not to be changed in it; `marks` are the researcher's marks that it showed.
    """

    number: int
    id: str
    case_id: str
    kind: Literal["administrator", "official"]
    addressee: str
    commissioner: bool
    until: date
    lang: str
    fixed: str
    marks: Mapping[int, str]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """What an addressee wrote on one intervention: facts apart from opinion.

    `mark` is "agree", another mark, or empty where none was given; `offline` is what was done outside
    the chat.
    """

    form: int
    intervention: int
    mark: str
    facts: str
    offline: str
    opinion: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Intake:
    """What was known of one cell before the start; a later one holds over an earlier one.

    `state` is "agreed" (to be carried out), "practice" (was done already: the declared
    baseline) or "not_agreed" (not agreed, or does not apply here).
    """

    case_id: str
    intervention: int
    state: Literal["agreed", "practice", "not_agreed"]
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """A dated observation from outside the chat, with its source: a talk, a document, a flyer round.

    `done` is False where it shows that the intervention was not carried out.
    """

    id: str
    case_id: str
    intervention: int
    day: date
    source: str
    text: str
    by: str
    at: datetime
    done: bool = True
    number: int = 0

    @property
    def cited(self) -> str:
        """How documents name it: `[E3]`."""
        return f"[E{self.number}]"


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many members a group had at the start of a day, as somebody read it off the app."""

    group_id: str
    day: date
    members: int


@dataclass(frozen=True, slots=True)
class OutsideEvent:
    """Something outside the chats that may explain figures, such as a shooting or a curfew.

    `case_id` is None where it concerns all cases; `until` is its last day, `day` itself for one day.
    """

    number: int
    case_id: str | None
    day: date
    until: date
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Action:
    """What was agreed to be done, by whom (a role, never a name) and by when.

    `intervention` is None for an action that belongs to none of them. `state` is the last that was
    told, `state_day` and `note` what was told with it.
    """

    number: int
    case_id: str
    intervention: int | None
    what: str
    who: str
    due: date
    agreed_on: date
    by: str
    at: datetime
    state: Literal["open", "done", "dropped"] = "open"
    state_day: date | None = None
    note: str = ""

    def standing(self, on: date) -> Literal["open", "due", "missed", "done", "late", "dropped"]:
        """How it stands on a day: `due` within a fortnight, `missed` after its day, `late` if done then."""
        if self.state == "done":
            return "late" if self.state_day and self.state_day > self.due else "done"
        if self.state == "dropped":
            return "dropped"
        if on > self.due:
            return "missed"
        return "due" if (self.due - on).days <= SOON else "open"


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was said at a meeting; `case_id` is None where it concerned all cases."""

    number: int
    case_id: str | None
    day: date
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """All that people entered beside the chat, as it holds."""

    intake: Sequence[Intake] = ()
    evidence: Sequence[Evidence] = ()
    headcounts: Sequence[Headcount] = ()
    events: Sequence[OutsideEvent] = ()
    actions: Sequence[Action] = ()
    minutes: Sequence[Minutes] = ()
    raters: Sequence[str] = ()

    def counted(self) -> dict[str, Any]:
        """What cells are counted with, by the names of the arguments."""
        return {
            "intake": self.intake,
            "evidence": self.evidence,
            "headcounts": self.headcounts,
            "raters": self.raters,
        }


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a message that a person signed for, verbatim or retold.

    `role`, `place` and `month` are all that is told of the writer, empty where it is not told;
    `sharing` is how many people share that, `least` how many were asked for. `approval` says where
    the writer's written approval is kept.
    """

    number: int
    entry_id: str
    code: str
    kind: Literal["verbatim", "paraphrase"]
    text: str
    role: str
    place: str
    month: str
    sharing: int
    least: int
    flags: tuple[str, ...]
    approval: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Accountability:
    """What the researcher answers for, in their own words; empty where it was not told.

    `retain_until` is the last day of the term for which the data are kept (bewaartermijn);
    `left_out` counts messages of people who objected; `quotes_least` is how many people must share what
    a quote tells of its writer.
    """

    data_plan: str = ""
    legal_basis: str = ""
    informed: str = ""
    retain_until: date | None = None
    left_out: int = 0
    quotes_least: int = 0

    def missing(self) -> tuple[str, ...]:
        """What was not told yet."""
        told = (
            ("data plan", self.data_plan),
            ("legal basis", self.legal_basis),
            ("how members were informed", self.informed),
            ("until when the data are kept", self.retain_until),
        )
        return tuple(name for name, value in told if not value)


@dataclass(frozen=True, slots=True)
class Look:
    """A second look at a random sample of messages, for what pseudonymising missed.

    `entry_ids` were drawn with `seed` out of `population` messages. `findings` tell of those that
    somebody looked at how many leaks of each kind they show; never what.
    """

    id: str
    at: datetime
    seed: int
    population: int
    entry_ids: tuple[str, ...]
    findings: Mapping[str, Mapping[str, int]]

    @property
    def seen(self) -> int:
        """How many messages were looked at."""
        return len(self.findings)

    @property
    def leaking(self) -> int:
        """How many of those still show something."""
        return sum(any(leaks.values()) for leaks in self.findings.values())


@dataclass(frozen=True, slots=True)
class Layer:
    """What counts: everything that frequencies, table and note are worked out from.

    `acts` are the acts in force of the layer that counts (adjudicated, else the one named
    coder), by entry id; an entry that is not in it is not reviewed. `coverage` gives per
    group the days that its exports cover, as disjoint periods in order. `entries` are in
    reading order: group by group, by position. `look` is the latest second look at what
    pseudonymising missed.
    """

    coder: str
    cases: Sequence[Case]
    groups: Sequence[Group]
    members: Mapping[str, Member]
    entries: Sequence[Entry]
    acts: Mapping[str, Act]
    coverage: Mapping[str, Sequence[Period]]
    interim: date | None = None
    look: Look | None = None
