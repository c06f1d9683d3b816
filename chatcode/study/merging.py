"""Bringing coders' files of one study together: by ids, chain by chain, nothing overwritten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chatcode.errors import ChatcodeError, StudyError
from chatcode.study.chats import pages
from chatcode.study.connection import marks_for
from chatcode.study.health import problems
from chatcode.study.store import Study
from chatcode.study.taking import KINDS, Bundle, Held, copy, left_behind, take

# What must be the same of a message in both files: text may have been redacted anew, positions shift where
# an export was joined in, and fingerprints are worked out when they are needed.
_SAME = "id, group_id, sent_at, kind"
# What is told per coder beside the acts, under the one word memos.
_NOTES = frozenset({"memos on messages", "notes on media", "wider memos", "flags", "practices"})

Chain = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Merged:
    """What one file brings of one coder: acts and memos that are new here, and that were here already.

    Flags, notes on media and practices count among the memos.
    """

    file: str
    coder: str
    acts_new: int
    acts_known: int
    memos_new: int
    memos_known: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How much one file brings of one kind, and how much of it was here already."""

    file: str
    kind: str
    new: int
    known: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where a file says something else than the study: both are kept, and what holds here goes on to hold."""

    file: str
    about: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a merge brings: per coder, per kind, what is told otherwise there, and what is not taken over."""

    coders: Sequence[Merged] = ()
    kinds: Sequence[Counted] = ()
    conflicts: Sequence[Conflict] = ()
    left: Sequence[Counted] = ()

    @property
    def new(self) -> int:
        """Everything that is new here."""
        return sum(one.new for one in self.kinds)


@dataclass(frozen=True, slots=True)
class _Brought:
    """What one file adds: per coder the rest of the chain and its whole length, and what is beside acts."""

    other: Study
    acts: Mapping[str, tuple[Chain, int]]
    bundles: Sequence[Bundle]

    @property
    def act_ids(self) -> list[str]:
        """The acts that are new, coder by coder in the order of their chains."""
        return [act_id for rest, _ in self.acts.values() for act_id, _ in rest]

    def coders(self) -> Iterator[Merged]:
        """What is told per coder."""
        notes = [bundle for bundle in self.bundles if bundle.kind.name in _NOTES]
        new = Counter(coder for bundle in notes for coder in bundle.people)
        known = Counter(coder for bundle in notes for coder in bundle.known_people)
        for coder in sorted({*self.acts, *new, *known}):
            rest, length = self.acts.get(coder, ([], 0))
            yield Merged(self.other.path.name, coder, len(rest), length - len(rest), new[coder], known[coder])

    def kinds(self) -> Iterator[Counted]:
        """What is told per kind."""
        name, new = self.other.path.name, len(self.act_ids)
        yield Counted(name, "acts", new, sum(length for _, length in self.acts.values()) - new)
        for one in self.bundles:
            yield Counted(name, one.kind.name, len(one.rows), one.known)

    def differing(self) -> Iterator[Conflict]:
        """The kinds of which something reads otherwise under the same id."""
        for one in self.bundles:
            if one.differing:
                yield Conflict(
                    self.other.path.name,
                    one.kind.name,
                    f"{one.differing} in their own words",
                    "the same in other words",
                )


def merge(study: Study, others: Sequence[Study], *, dry_run: bool = False) -> Outcome:
    """Take over what other files of the same study hold of each coder; all of it or nothing.

    A coder's acts form a chain. Where one file's chain goes on from the other's, the rest is
    added as it is, with its hashes; so merging again finds nothing new. Memos, samples, steps that
    were passed over and changes of the codebook come by their ids.

    Raises:
        ChatcodeError: a file is of another study, holds other messages, or a coder went on in
            both files; nothing is changed.
        StudyError: acts or samples were changed outside chatcode, here or there; nothing is changed.
    """
    _sound(study)
    chains, held = _chains(study), Held(study)
    # What was said there is gone for good: no copy may bring it back by a note.
    purged = study.purged_entries()
    brought: list[_Brought] = []
    conflicts: list[Conflict] = []
    for place, other in enumerate(others):
        _same_study(study, other)
        _sound(other)
        acts = {
            coder: (_rest(chains.setdefault(coder, []), chain, coder, other.path.name), len(chain))
            for coder, chain in _chains(other).items()
        }
        for coder, (rest, _) in acts.items():
            chains[coder] += rest
        without = purged | other.purged_entries()
        one = _Brought(other, acts, [held.bundle(other, kind, purged=without) for kind in KINDS])
        conflicts += [*dict.fromkeys(_conflicts([study, *others[:place]], other)), *one.differing()]
        brought.append(one)
    found = Outcome(
        [told for one in brought for told in one.coders()],
        [told for one in brought for told in one.kinds()],
        conflicts,
        [
            Counted(other.path.name, what, count, 0)
            for other in others
            for what, count in left_behind(study, other)
        ],
    )
    if found.new and not dry_run:
        _take(study, brought)
    return found


def _take(study: Study, brought: Sequence[_Brought]) -> None:
    with study.transaction():
        for one in brought:
            # An act names its codebook, so those come first.
            take(study, one.other, one.bundles[0])
            _take_acts(study, one.other, one.act_ids)
            for bundle in one.bundles[1:]:
                take(study, one.other, bundle)
        study.keep_purged()
        _sound(study)


# ── what stands against each other ────────────────────────────────────────────


def _conflicts(before: Sequence[Study], other: Study) -> Iterator[Conflict]:
    """Where a file says something else than the study, or than the files that come in before it."""
    name = other.path.name
    here, there = before[0].codebook_text(), other.codebook_text()
    if here and there and here[0] != there[0]:
        yield Conflict(name, "codebook in use", here[0][:12], there[0][:12])
    for one in before:
        settled, elsewhere = one.adjudicator(), other.adjudicator()
        if settled and elsewhere and settled != elsewhere:
            yield Conflict(name, "settled layer", settled, elsewhere)
        yield from _steps_apart(one, other)
        yield from _samples_apart(one, other)


def _steps_apart(one: Study, other: Study) -> Iterator[Conflict]:
    ours, theirs = ({(s.step, s.by, s.reason) for s in some.skipped_steps()} for some in (one, other))
    for step in sorted({step for step, _, _ in ours - theirs} & {step for step, _, _ in theirs - ours}):
        here, there = (
            ", ".join(sorted({by for named, by, _ in some if named == step})) for some in (ours, theirs)
        )
        yield Conflict(other.path.name, f"step passed over: {step}", here, there)


def _samples_apart(one: Study, other: Study) -> Iterator[Conflict]:
    """Samples that each file drew for itself: what the coders got in common is chance."""
    ours, theirs = (
        {sheet.id: ", ".join(sheet.coders) for sheet in some.samples() if sheet.purpose == "coding"}
        for some in (one, other)
    )
    here, there = (
        "; ".join(f"{i[:8]} for {who}" for i, who in some.items() if i not in beside)
        for some, beside in ((ours, theirs), (theirs, ours))
    )
    if here and there:
        yield Conflict(other.path.name, "samples drawn apart", here, there)


# ── what is refused ───────────────────────────────────────────────────────────


def _same_study(study: Study, other: Study) -> None:
    name = other.path.name
    if other.path.resolve() == study.path.resolve():
        raise ChatcodeError(f"{name} is this very study", "Name the files of the other coders.")
    if other.settings().id != study.settings().id:
        raise ChatcodeError(
            f"{name} is another study than {study.path.name}",
            "Coders work in copies of one study file: chatcode backup --out NAME.study",
        )
    ours = set(study.rows(f"SELECT {_SAME} FROM entries"))
    strange = sum(row not in ours for row in other.rows(f"SELECT {_SAME} FROM entries"))
    if strange:
        raise ChatcodeError(
            f"{name} holds {strange} messages that {study.path.name} does not have, or has otherwise",
            "Import in one file only, and hand out copies of that.",
        )


def _sound(study: Study) -> None:
    found = problems(study)
    if found:
        raise StudyError(
            f"{study.path.name} is not sound: {found[0]}", "Nothing was merged; take a backup of it."
        )


def _rest(ours: Chain, theirs: Chain, coder: str, name: str) -> Chain:
    """What their chain of a coder has after ours; nothing where ours is the longer one."""
    shared = min(len(ours), len(theirs))
    if ours[:shared] != theirs[:shared]:
        if {act_id for act_id, _ in ours[:shared]} == {act_id for act_id, _ in theirs[:shared]}:
            raise StudyError(
                f"{name} is not sound: acts of {coder} differ from the same acts here",
                "Nothing was merged; one of the files was changed outside chatcode.",
            )
        raise ChatcodeError(
            f"{coder} has coded in both files since they were parted, so {name} cannot be merged",
            "One coder, one file: go on in one of them, and take what is missing from the other as csv"
            " (chatcode exchange --csv, then --read).",
        )
    return theirs[shared:]


# ── reading ───────────────────────────────────────────────────────────────────


def _chains(study: Study) -> dict[str, Chain]:
    found: dict[str, Chain] = {}
    for coder, act_id, chain in study.rows("SELECT coder, id, chain FROM acts ORDER BY seq"):
        found.setdefault(coder, []).append((act_id, chain))
    return found


# ── taking over ───────────────────────────────────────────────────────────────


def _take_acts(study: Study, other: Study, act_ids: Sequence[str]) -> None:
    for ids in pages(act_ids):
        listed = marks_for(ids)
        copy(study, other, "acts", f"SELECT {{}} FROM acts WHERE id IN ({listed}) ORDER BY seq", ids)
        for table in ("act_codes", "act_links", "proposed_links"):
            copy(study, other, table, f"SELECT {{}} FROM {table} WHERE act_id IN ({listed})", ids)
