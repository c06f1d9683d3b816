"""What two coders agreed on, what is to be settled, and a ruling on it.

Unlike agreement, which looks at first readings, settling looks at what the coders decided in the
end: codes, sub-reasons and links.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from chatcode.domain import REPORT, Act, Choice, Decision, Entry, Link, LinkKind

# The codes that a link of each kind belongs to.
TIED: Mapping[LinkKind, frozenset[str]] = {
    "feedback": frozenset({"1+", "8+", "10+"}),
    "correction": frozenset({"7+"}),
    "incident": frozenset({REPORT}),
}


@dataclass(frozen=True, slots=True)
class Issue:
    """An entry that two coders decided differently."""

    entry: Entry
    first: Act
    second: Act

    @property
    def about(self) -> str:
        """What they differ in: codes, sub-reasons or links."""
        if self.first.codes != self.second.codes:
            return "codes"
        return "sub-reasons" if self.first.choices != self.second.choices else "links"


@dataclass(frozen=True, slots=True)
class Settlement:
    """How two codings stand to each other, and what is settled of it already.

    `agreed` are decisions that only have to be taken over; `single` are those that one of both
    made alone; `issues` wait for a ruling; `settled` counts what the adjudicated layer has.
    """

    agreed: Sequence[Decision] = ()
    issues: Sequence[Issue] = ()
    single: Sequence[Decision] = ()
    settled: int = 0
    every: Mapping[str, Issue] = field(default_factory=dict)


def settlement(
    entries: Iterable[Entry],
    first: Mapping[str, Act],
    second: Mapping[str, Act],
    settled: Container[str],
) -> Settlement:
    """Compare two coders' acts in force, in reading order; `settled` are the entries that were ruled on.

    `every` of the result holds all that both decided, also what is settled or agreed: a ruling may
    be changed by a later one.
    """
    agreed, issues, single, every = [], [], [], {}
    done = 0
    for entry in entries:
        one, other = first.get(entry.id), second.get(entry.id)
        if one and other:
            every[entry.id] = Issue(entry, one, other)
        if not one and not other:
            continue
        if entry.id in settled:
            done += 1
        elif one and other:
            if (one.choices, one.links) == (other.choices, other.links):
                agreed.append(Decision(entry.id, one.choices, one.links, "adjudicated"))
            else:
                issues.append(every[entry.id])
        else:
            alone = one or other
            assert alone is not None
            # Nobody compared anything here, so it may not be called settled.
            single.append(Decision(entry.id, alone.choices, alone.links, "bulk"))
    return Settlement(agreed, issues, single, done, every)


def as_coded(act: Act) -> Decision:
    """The ruling that one coder was right, in everything."""
    return Decision(act.entry_id, act.choices, act.links, "adjudicated")


def ruling(
    issue: Issue, choices: Sequence[Choice], links: Sequence[Link] | None = None
) -> tuple[Decision | None, str]:
    """The ruling for these codes; or None, and what is still to be said.

    Sub-reasons and links that were not said are those of the coders, where they do not stand
    against each other: of the coder whose very codes these are, else what both or one of them gave.
    """
    codes = frozenset(choice.code for choice in choices)
    acts = [act for act in (issue.first, issue.second) if act.codes == codes] or [issue.first, issue.second]
    filled = []
    for choice in choices:
        given = {c.sub_reason for act in acts for c in act.choices if c.code == choice.code and c.sub_reason}
        if choice.sub_reason is None and len(given) > 1:
            return None, f"which kind of {choice.code}"
        filled.append(Choice(choice.code, choice.sub_reason or next(iter(given), None)))
    if links is None:
        found: list[Link] = []
        for kind, tied in TIED.items():
            offered = [{k for k in act.links if k.kind == kind} for act in acts]
            if not codes & tied:
                continue
            differing = [ties for ties in offered if ties != offered[0]]
            if differing and len(acts) > 1 and all(offered):
                return None, f"which {kind} link"
            if differing and acts[0].codes == acts[1].codes:
                return None, f"whether there is a {kind} link"
            found += sorted(set().union(*offered))
        links = found
    kept = tuple(sorted(link for link in links if codes & TIED[link.kind]))
    return Decision(issue.entry.id, tuple(sorted(filled, key=_order)), kept, "adjudicated"), ""


def _order(choice: Choice) -> tuple[str, str]:
    return choice.code, choice.sub_reason or ""
