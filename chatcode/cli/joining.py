"""How a further export joins its group: what is there already, what is new, and who is who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chatcode.anonymize.identities import Key
    from chatcode.domain import Entry, Export, Ground, Member, Message, Tie
    from chatcode.study.store import Study
    from chatcode.whatsapp.merge import Alias, Fingerprint, Merge

# Two exports of one group share nearly all of the days that both cover; of two groups, next to nothing.
_OTHER_GROUP = 0.5
_ENOUGH = 5  # entries in common days before they can prove another group
_TELLING = 20  # messages shared with another group before they can prove the same


@dataclass(frozen=True, slots=True)
class Joined:
    """What an export adds to a group.

    `positions` are the places in the export that become entries, with their positions in the group;
    `moved` are entries that were there and take another position, all of the group or none.
    `fingerprints` go with the export's messages one by one.
    """

    positions: Mapping[int, int]
    moved: Mapping[str, int]
    fingerprints: Sequence[bytes]
    renewed: Mapping[str, bytes]
    shared: Mapping[str, Alias]
    merged: Merge | None
    shift: timedelta

    def told(self) -> dict[str, Any]:
        """What there is to say of it, ready for JSON."""
        merged = self.merged
        overlap = merged.overlap if merged else None
        return {
            "added": len(self.positions),
            "already": len(merged.same) + len(merged.changed) if merged else 0,
            "changed_since": len(merged.changed) if merged else 0,
            "overlap": _stretch(overlap.start, overlap.end) if overlap else None,
            "gaps": [_stretch(gap.start, gap.end) for gap in merged.gaps] if merged else [],
            "clock_minutes": round(self.shift / timedelta(minutes=1)),
        }


def join(study: Study, key: Key, group_id: str, label: str, export: Export) -> Joined:
    """Compare an export with what the study has, changing nothing.

    Raises:
        ChatcodeError: it is another group's, or the group is in the study under another label.
    """
    from chatcode.whatsapp.merge import Stretch, clock_shift, link_aliases, merge

    new = _fingerprints(key, export.messages)
    marks = [one.content for one in new]
    group, renewed = _known(study, key, group_id)
    stored = [_fingerprint(entry, mark) for entry, mark in group]
    if not stored:
        renewed = _not_elsewhere(study, key, new)
        every = {place: place for place in range(len(new))}
        return Joined(every, {}, marks, renewed, {}, None, timedelta(0))
    shift = clock_shift(stored, new)
    shifted = [_earlier(one, shift) for one in new]
    covered = [Stretch(start, end) for start, end in study.covered(group_id)]
    merged = merge(stored, shifted, covered)
    if merged.agreement < _OTHER_GROUP:
        within = [one for one in shifted if any(s.start <= one.sent_at <= s.end for s in covered)]
        if len(within) >= _ENOUGH:
            raise ChatcodeError(
                f"in the days that both cover only {merged.agreement:.0%} of its entries are in {label}:"
                " this is another group's export",
                "Give it a label of its own: --group LABEL; nothing was changed.",
            )
    positions: dict[int, int] = {}
    moved: dict[str, int] = {}
    for position, (is_new, place) in enumerate(merged.order(len(stored))):
        if is_new:
            positions[place] = position
        else:
            moved[group[place][0].id] = position
    if all(group[place][0].position == position for place, position in enumerate(moved.values())):
        moved = {}
    shared = {alias.new: alias for alias in link_aliases(stored, shifted, merged)}
    return Joined(positions, moved, marks, renewed, shared, merged, shift)


def ties_of(
    joined: Joined,
    key: Key,
    study: Study,
    group_id: str,
    messages: Sequence[Message],
    members: Mapping[str, Member],
) -> list[Tie]:
    """Who turned out to be one person, and who may be; `members` by the names of the export."""
    from chatcode.anonymize.joining import changed_numbers, likely, same

    before = study.members()
    persons = study.persons()
    ties: list[Tie] = []

    def person(member_id: str) -> str:
        while member_id in persons:
            member_id = persons[member_id]
        return member_id

    def tie(one: Member, other: Member, ground: Ground, share: float = 1.0, votes: int = 0) -> None:
        if person(one.id) != person(other.id):
            ties.append(same(one, other, ground, share, votes))
            persons[person(ties[-1].member_id)] = person(ties[-1].other_id)

    for name, alias in joined.shared.items():
        tie(members[name], before[alias.stored], "messages", alias.agreement, alias.votes)
    for new, old in changed_numbers(messages, members):
        tie(new, old, "number")
    present = {person(member.id) for member in members.values()}
    known = {*before, *study.persons()}
    fresh = [m.id for m in members.values() if m.id not in known and m.id not in persons]
    absent = [member_id for member_id in before if member_id not in present]
    return [*ties, *likely(key, group_id, dict.fromkeys(fresh), absent)]


def renew(study: Study, key: Key, group_id: str) -> dict[str, bytes]:
    """Work out the fingerprints of a group's entries that have none yet, while their words are there."""
    return _known(study, key, group_id)[1]


def _known(study: Study, key: Key, group_id: str) -> tuple[list[tuple[Entry, bytes]], dict[str, bytes]]:
    """The entries of a group with their fingerprints, and those fingerprints that were not there yet."""
    from chatcode.domain import Message
    from chatcode.whatsapp.merge import content_of

    marks = study.fingerprints(group_id)
    entries = study.entries(group_id)
    stored = study.entries(group_id, as_stored=True) if not all(marks.values()) else []
    renewed: dict[str, bytes] = {}
    for entry in stored:
        if not marks[entry.id]:
            text = key.restore(entry.id, entry.text)
            content = content_of(Message(entry.sent_at, None, entry.kind, text, entry.event))
            renewed[entry.id] = key.fingerprint(content)
    marks |= renewed
    return [(entry, marks[entry.id]) for entry in entries], renewed


def _fingerprints(key: Key, messages: Sequence[Message]) -> list[Fingerprint]:
    from chatcode.whatsapp.merge import Fingerprint, content_of

    return [
        Fingerprint(
            key.fingerprint(content_of(one)),
            one.sent_at,
            one.sender,
            one.kind == "message" and one.event is None,
        )
        for one in messages
    ]


def _fingerprint(entry: Entry, mark: bytes) -> Fingerprint:
    from chatcode.whatsapp.merge import Fingerprint

    return Fingerprint(mark, entry.sent_at, entry.member_id, entry.kind == "message" and entry.event is None)


def _earlier(one: Fingerprint, shift: timedelta) -> Fingerprint:
    from dataclasses import replace

    return replace(one, sent_at=one.sent_at - shift) if shift else one


def _not_elsewhere(study: Study, key: Key, new: Sequence[Fingerprint]) -> dict[str, bytes]:
    """Refuse a group under a second label, which would count twice; fingerprints worked out on the way."""
    said = [(_minute(one.sent_at), one.content) for one in new if one.words]
    found: dict[str, bytes] = {}
    for group in study.groups():
        entries, renewed = _known(study, key, group.id)
        found |= renewed
        there = {(_minute(e.sent_at), mark) for e, mark in entries if e.kind == "message" and e.event is None}
        shared = sum(one in there for one in said)
        if shared >= _TELLING and shared >= _OTHER_GROUP * min(len(said), len(there)):
            raise ChatcodeError(
                f"{shared} of its messages are in the study already, in the group {group.label}",
                f"It would count twice. To join it to that group: --group {group.label!r}",
            )
    return found


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _stretch(start: datetime, end: datetime) -> dict[str, str]:
    return {
        "from": start.isoformat(sep=" ", timespec="minutes"),
        "to": end.isoformat(sep=" ", timespec="minutes"),
    }
