"""What a message is coded with: codes, suggestions, acts, memos, and the queue of a coder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Mode = Literal["blind", "assisted", "bulk", "adjudicated"]
LinkKind = Literal["feedback", "correction", "incident"]
MemoKind = Literal["code", "case", "method", "theory"]
INTERVENTIONS = tuple(range(1, 12))
REPORT = "M"
CODES = (REPORT, *(f"{n}{sign}" for n in INTERVENTIONS for sign in "+-"))


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

    `shown` are the codes that the machine had shown when the coder decided, `proposed` the links that it
    had proposed, with their probabilities; a link counts only where it is among `links`.
    """

    entry_id: str
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()
    mode: Mode = "blind"
    shown: tuple[str, ...] = ()
    proposed: Mapping[Link, float] = field(default_factory=dict)


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
