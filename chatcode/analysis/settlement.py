"""What coders agreed on, what is to be settled, and a ruling on it.

Unlike agreement, which looks at first readings, settling looks at what the coders decided in the
end: codes, sub-reasons and links.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase

from chatcode.domain import REPORT, Act, Choice, Decision, Entry, Link, LinkKind

# The codes that a link of each kind belongs to.
TIED: Mapping[LinkKind, frozenset[str]] = {
    "feedback": frozenset({"1+", "8+", "10+"}),
    "correction": frozenset({"7+"}),
    "incident": frozenset({REPORT}),
}


@dataclass(frozen=True, slots=True)
class Issue:
    """An entry that coders decided differently, with the acts of all who decided it.

    A side is a letter that stands for one coder in every issue: a, b, and so on.
    """

    entry: Entry
    sides: Mapping[str, Act]

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts, in the order of the coders."""
        return tuple(self.sides.values())

    @property
    def about(self) -> str:
        """What they differ in: codes, sub-reasons or links."""
        if len({act.codes for act in self.acts}) > 1:
            return "codes"
        return "sub-reasons" if len({act.choices for act in self.acts}) > 1 else "links"


@dataclass(frozen=True, slots=True)
class Settlement:
    """How codings stand to each other, and what is settled of it already.

    `agreed` are decisions that only have to be taken over; `single` are those that one of the coders
    made alone; `issues` wait for a ruling; `settled` counts what the adjudicated layer has.
    """

    agreed: Sequence[Decision] = ()
    issues: Sequence[Issue] = ()
    single: Sequence[Decision] = ()
    settled: int = 0
    every: Mapping[str, Issue] = field(default_factory=dict)


def settlement(
    entries: Iterable[Entry], codings: Sequence[Mapping[str, Act]], settled: Container[str]
) -> Settlement:
    """Compare coders' acts in force, in reading order; `settled` are the entries that were ruled on.

    `codings` has the acts by entry, a mapping for each coder; of each entry those who decided it are
    compared. `every` of the result holds all that two or more decided, also what is settled or
    agreed: a ruling may be changed by a later one.
    """
    agreed, issues, single, every = [], [], [], {}
    done = 0
    for entry in entries:
        sides = {
            side: acts[entry.id]
            for side, acts in zip(ascii_lowercase, codings, strict=False)
            if entry.id in acts
        }
        if not sides:
            continue
        one, *others = sides.values()
        if others:
            every[entry.id] = Issue(entry, sides)
        if entry.id in settled:
            done += 1
        elif not others:
            # Nobody compared anything here, so it may not be called settled.
            single.append(Decision(entry.id, one.choices, one.links, "bulk"))
        elif all((act.choices, act.links) == (one.choices, one.links) for act in others):
            agreed.append(Decision(entry.id, one.choices, one.links, "adjudicated"))
        else:
            issues.append(every[entry.id])
    return Settlement(agreed, issues, single, done, every)


def as_coded(act: Act) -> Decision:
    """The ruling that one coder was right, in everything."""
    return Decision(act.entry_id, act.choices, act.links, "adjudicated")


def ruling(
    issue: Issue, choices: Sequence[Choice], links: Sequence[Link] | None = None
) -> tuple[Decision | None, str]:
    """The ruling for these codes; or None, and what is still to be said.

    Sub-reasons and links that were not said are those of the coders, where they do not stand
    against each other: of the coder whose very codes these are, else what all or some of them gave.
    """
    codes = frozenset(choice.code for choice in choices)
    acts = [act for act in issue.acts if act.codes == codes] or list(issue.acts)
    filled = []
    for choice in choices:
        given = {c.sub_reason for act in acts for c in act.choices if c.code == choice.code and c.sub_reason}
        if choice.sub_reason is None and len(given) > 1:
            return None, f"which kind of {choice.code}"
        filled.append(Choice(choice.code, choice.sub_reason or next(iter(given), None)))
    if links is None:
        found: list[Link] = []
        for kind, tied in TIED.items():
            if not codes & tied:
                continue
            offered = {frozenset(link for link in act.links if link.kind == kind) for act in acts}
            if len(offered - {frozenset()}) > 1:
                return None, f"which {kind} link"
            if len(offered) > 1 and len({act.codes for act in acts}) == 1:
                return None, f"whether there is a {kind} link"
            found += sorted(frozenset().union(*offered))
        links = found
    kept = tuple(sorted(link for link in links if codes & TIED[link.kind]))
    return Decision(issue.entry.id, tuple(sorted(filled, key=_order)), kept, "adjudicated"), ""


def _order(choice: Choice) -> tuple[str, str]:
    return choice.code, choice.sub_reason or ""
