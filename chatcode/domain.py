"""The nouns of chatcode, and what the review screen asks of a study.

Only the standard library is imported here, so every layer may import this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

Kind = Literal["message", "system"]
Mode = Literal["blind", "assisted", "bulk", "adjudicated"]
LinkKind = Literal["feedback", "correction", "incident"]
Ground = Literal["messages", "number", "name", "person"]
MemoKind = Literal["code", "case", "method", "theory"]

ROLES = ("beheerder", "professional", "deelnemer", "onderzoeker")
INTERVENTIONS = tuple(range(1, 12))
REPORT = "M"
# Days before an action's day in which it is called due.
SOON = 14
CODES = (REPORT, *(f"{n}{sign}" for n in INTERVENTIONS for sign in "+-"))

# Events of an entry with a sender; every other event belongs to a line of WhatsApp's own.
MESSAGE_EVENTS = ("deleted", "media", "poll", "location", "contact", "call")
NOTICE_EVENTS = (
    "created", "added", "joined", "left", "removed", "subject", "icon", "description",
    "number_changed", "admin", "encryption", "call", "other",
)  # fmt: skip


# ── what an export holds ──────────────────────────────────────────────────────


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


# ── what a study holds ────────────────────────────────────────────────────────


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


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a code is suggested: the rule, what it saw, and the earlier entry it leans on.

    `words` is what the rule matched in the text, `start` and `end` its place (code points,
    -1 where the reason is no stretch of text), `context` counts back from the message to
    the earlier one (0: none).
    """

    rule: str
    words: str
    start: int = -1
    end: int = -1
    context: int = 0


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the machine would code a message with; never a coding."""

    codes: frozenset[str] = frozenset()
    scores: Mapping[str, float] = field(default_factory=dict)
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """A code that a coder chose, with the sub-reason where the codebook asks one."""

    code: str
    sub_reason: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A tie from a message to an earlier one of the same group."""

    kind: LinkKind
    target_id: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a coder has keyed on a message and not yet confirmed."""

    entry_id: str
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A coder's word on one message: its whole code set, possibly empty.

    `shown` are the codes that the machine had shown when the coder decided.
    """

    entry_id: str
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()
    mode: Mode = "blind"
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """A decision as it was stored; append-only.

    An act is in force while no other act supersedes it. `undoes` names the act that this
    one takes back; `reviewed` is False where an undo leaves the message open again.
    """

    id: str
    entry_id: str
    coder: str
    round: int
    mode: Mode
    choices: tuple[Choice, ...]
    links: tuple[Link, ...]
    shown: tuple[str, ...]
    codebook_hash: str
    at: datetime
    batch: str
    supersedes: str | None = None
    undoes: str | None = None
    reviewed: bool = True

    @property
    def codes(self) -> frozenset[str]:
        """The codes alone."""
        return frozenset(choice.code for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Memo:
    """A coder's note on a message."""

    id: str
    entry_id: str
    coder: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WiderMemo:
    """A note on a code, a case, the method or the theory; `about` names the code or case.

    `codebook_hash` is the codebook in use when it was written, where there was one.
    """

    id: str
    kind: MemoKind
    about: str
    coder: str
    text: str
    at: datetime
    codebook_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which messages a coder wants to see; what is empty or False asks nothing.

    `code` is one that the coder decided for ("none": decided to have none), `suggested` one that
    the machine proposes, `at_least` a probability that some proposed code (or `suggested`) reaches,
    `differs` asks that coder and machine decided otherwise. `month` is YYYY-MM, `group` a label.
    """

    code: str = ""
    role: str = ""
    group: str = ""
    month: str = ""
    text: str = ""
    suggested: str = ""
    at_least: float | None = None
    open: bool = False
    flagged: bool = False
    differs: bool = False

    @property
    def asks_machine(self) -> bool:
        """Whether the answer tells what the machine proposes."""
        return bool(self.suggested or self.at_least is not None or self.differs)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a coder is: messages reviewed of all messages, in one group and month."""

    group_id: str
    month: str
    reviewed: int
    total: int


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
class Accountability:
    """What the researcher answers for, in their own words; empty where it was not told.

    `retain_until` is the last day of the term for which the data are kept (bewaartermijn);
    `left_out` counts messages of people who objected.
    """

    data_plan: str = ""
    legal_basis: str = ""
    informed: str = ""
    retain_until: date | None = None
    left_out: int = 0

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


class Store(Protocol):
    """What the review session asks of a study; `study.store.Study` answers it with SQLite."""

    def cases(self) -> Sequence[Case]:
        """All cases in the order in which they were added."""
        ...

    def groups(self) -> Sequence[Group]:
        """All groups in the order in which they were added."""
        ...

    def members(self) -> Mapping[str, Member]:
        """All members by id."""
        ...

    def entry(self, entry_id: str) -> Entry:
        """One entry; KeyError where there is none."""
        ...

    def window(self, entry_id: str, before: int, after: int) -> Sequence[Entry]:
        """The entry with up to `before` and `after` neighbours of its group, in file order."""
        ...

    def next_message(
        self,
        coder: str,
        round_: int,
        after: str | None,
        *,
        backward: bool = False,
        only_open: bool = True,
        where: Filter | None = None,
    ) -> str | None:
        """The next message in reading order (group by group), skipping what the coder reviewed.

        Messages only: notices are no part of the queue, nor are messages of researchers.
        `after=None` starts at the first (backward: at the last); `where` asks for more.
        """
        ...

    def queue(
        self,
        coder: str,
        round_: int,
        where: Filter | None = None,
        *,
        after: str | None = None,
        most: int = 200,
        backward: bool = False,
    ) -> Sequence[str]:
        """A page of the messages that are asked for, from the one that is named on (or back)."""
        ...

    def some_entries(self, entry_ids: Sequence[str]) -> Sequence[Entry]:
        """These entries in reading order."""
        ...

    def tally(self, coder: str, round_: int) -> tuple[int, int]:
        """How many messages the coder reviewed, of how many."""
        ...

    def message_at(
        self, number: int | None = None, *, group_id: str | None = None, since: str = ""
    ) -> str | None:
        """The message of that number in reading order (from 1), or the first of a group since a moment."""
        ...

    def suggested_open(
        self, coder: str, round_: int, where: Filter | None = None, *, at_least: float = 0.0, rule: str = ""
    ) -> Sequence[str]:
        """Open messages whose proposed codes are all that likely, or all lean on that rule."""
        ...

    def linked_to(self, entry_ids: Sequence[str], coder: str, round_: int) -> Sequence[str]:
        """The entries whose act in force has a link to one of these."""
        ...

    def kept_filter(self, coder: str, round_: int) -> Filter:
        """The filter that the coder had on last."""
        ...

    def keep_filter(self, wanted: Filter, coder: str, round_: int) -> None:
        """Remember the filter that the coder has on."""
        ...

    def acts_in_force(self, entry_ids: Sequence[str], coder: str, round_: int) -> Mapping[str, Act]:
        """The coder's act in force per entry; entries that are open are absent."""
        ...

    def suggestions(self, entry_ids: Sequence[str]) -> Mapping[str, Suggestions]:
        """The latest suggestions per entry; entries without are absent."""
        ...

    def confirm(
        self, decisions: Sequence[Decision], *, coder: str, round_: int, codebook_hash: str
    ) -> Sequence[Act]:
        """Store decisions as acts of one batch in one transaction and drop their drafts."""
        ...

    def undo(self, coder: str, round_: int) -> Sequence[Act]:
        """Take back the coder's latest batch that still stands; the acts written, or none."""
        ...

    def draft(self, entry_id: str, coder: str, round_: int) -> Draft | None:
        """What the coder had keyed on the message."""
        ...

    def save_draft(self, draft: Draft, coder: str, round_: int) -> None:
        """Keep what the coder has keyed so far; an empty draft is dropped."""
        ...

    def add_memo(self, entry_id: str, coder: str, text: str) -> Memo:
        """Keep a note on a message."""
        ...

    def memos(self, entry_ids: Sequence[str]) -> Mapping[str, Sequence[Memo]]:
        """The notes per entry, oldest first; entries without are absent."""
        ...

    def flag(self, entry_id: str, coder: str, *, raised: bool) -> None:
        """Raise or lower the coder's flag on a message, for the team's meeting."""
        ...

    def flagged(self, entry_ids: Sequence[str], coder: str) -> frozenset[str]:
        """Those of the entries on which the coder's flag is up."""
        ...

    def add_media_note(self, entry_id: str, coder: str, text: str) -> Memo:
        """Keep what an omitted photo, film or voice message was."""
        ...

    def media_notes(self, entry_ids: Sequence[str]) -> Mapping[str, Sequence[Memo]]:
        """The media notes per entry, oldest first; entries without are absent."""
        ...

    def add_wider_memo(self, kind: MemoKind, about: str, coder: str, text: str) -> WiderMemo:
        """Keep a note on a code, a case, the method or the theory."""
        ...

    def progress(self, coder: str, round_: int) -> Sequence[Progress]:
        """Reviewed and all messages per group and month."""
        ...
