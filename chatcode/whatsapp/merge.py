"""Several exports of one group: which entries of a new one are already there, and where the others go.

WhatsApp cuts an export at 40,000 entries (10,000 with media), the oldest first, so a long group
needs exports kept over time; and members export the same group from phones that call people by
other names and may keep another time zone. Entries are therefore compared by what such exports
have in common, and aligned in order, by runs and not as a set: two equal messages within a minute
are two messages.

How a caller uses it: `content_of` each message, put it under the keyed hash of the study, and
keep that with the entry. For a new export, take off `clock_shift`, `merge` the stored fingerprints
with the new ones; store the entries of `added`, in the order of `Merge.order`; show `overlap`,
`gaps` and `agreement` (a low one means another group). `link_aliases` then tells which new senders
are known members.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import normalize

from chatcode.domain import Message

from .alignment import align
from .marks import without_marks

VOTES = 2  # shared messages that it takes to link two names
AGREEMENT = 0.9  # share of the messages of either name that must speak for the link
_SAME_MOMENT = timedelta(minutes=1)
_ZONE_STEP = 15  # minutes: every time zone in use is a multiple of it (IANA tz database)
_WIDEST_SHIFT = 26 * 60  # minutes between the two zones that are farthest apart


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of an entry to know it again: no word of it, and of its sender an id.

    Attributes:
        content: The keyed hash of `content_of`; with the minute it tells the entry.
        sent_at: When the entry was sent.
        sender: What the caller calls the sender: a member's id, or a name not yet known.
        words: Whether it is a message of words; only these are votes for a link.
    """

    content: bytes
    sent_at: datetime
    sender: str | None = None
    words: bool = True


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time, both ends included."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Merge:
    """How a new export fits the stored one. Positions count from 0 in the sequences given.

    Attributes:
        same: Pairs (stored, new) of one entry, in order.
        changed: Pairs (stored, new) that stand in one place at one moment but differ: edited or
            deleted between the exports. The stored one is the earlier and should stay.
        added: Pairs (after, new): a new entry and the stored one after which it belongs, -1 for
            the head; several with the same place come in order.
        overlap: From the first to the last shared entry; None where nothing is shared.
        gaps: Time between the exports in which entries may be missing from both.
        agreement: Of the new entries in the time that both cover, the share that is stored
            already; 1.0 where they have no time in common.
    """

    same: tuple[tuple[int, int], ...]
    changed: tuple[tuple[int, int], ...]
    added: tuple[tuple[int, int], ...]
    overlap: Stretch | None
    gaps: tuple[Stretch, ...]
    agreement: float

    def order(self, stored: int) -> Iterator[tuple[bool, int]]:
        """Walk the merged chat of so many `stored` entries: (is new, position)."""
        after: defaultdict[int, list[int]] = defaultdict(list)
        for place, new in self.added:
            after[place].append(new)
        for place in range(-1, stored):
            if place >= 0:
                yield False, place
            for new in after[place]:
                yield True, new


@dataclass(frozen=True, slots=True)
class Alias:
    """Two names that shared messages show to be one person's."""

    new: str
    stored: str
    votes: int
    agreement: float


def content_of(message: Message) -> str:
    """Return what all exports of an entry share beside its minute: words that no phone changes.

    iOS puts direction marks and may take accents apart; stand-ins, notices and votes of a poll
    differ by language, contacts and time, so of these only the event counts.
    """
    if message.kind == "message" and message.event is None:
        return f"\n{normalize('NFC', without_marks(message.text)).rstrip()}"
    return f"{message.kind}\t{message.event}"


def clock_shift(stored: Sequence[Fingerprint], new: Sequence[Fingerprint]) -> timedelta:
    """Return how far the clock of a new export runs ahead of the stored one: whole quarters of an hour.

    A phone writes every moment in the time zone that it is in at the export. The messages of words
    that occur once on either side vote; without `VOTES` of them, or without `AGREEMENT`, the clocks
    are taken for equal.
    """
    once_stored, once_new = _once(stored), _once(new)
    votes = Counter(
        round((once_new[content] - at) / _SAME_MOMENT)
        for content, at in once_stored.items()
        if content in once_new
    )
    near = Counter({step: count for step, count in votes.items() if abs(step) <= _WIDEST_SHIFT})
    if not near:
        return timedelta(0)
    step, count = near.most_common(1)[0]
    sure = count >= VOTES and count >= AGREEMENT * near.total() and step % _ZONE_STEP == 0
    return step * _SAME_MOMENT if sure else timedelta(0)


def merge(
    stored: Sequence[Fingerprint], new: Sequence[Fingerprint], covered: Sequence[Stretch] | None = None
) -> Merge:
    """Align a new export with the stored entries of its group; both in file order.

    `covered` are the stretches of the exports that were stored, where there are several: between
    them nothing can be shared.
    """
    same = align([_moment_and_content(entry) for entry in stored], [_moment_and_content(e) for e in new])
    stretches = covered if covered is not None else [_span(stored)] if stored else []
    changed: list[tuple[int, int]] = []
    added: list[tuple[int, int]] = []
    for stored_part, new_part in _between(same, len(stored), len(new)):
        pairs = _changed(stored, new, stored_part, new_part) if same else []
        changed += pairs
        taken = {place for _, place in pairs}
        added += _placed(stored, new, stored_part, [place for place in new_part if place not in taken])
    overlap = Stretch(stored[same[0][0]].sent_at, stored[same[-1][0]].sent_at) if same else None
    return Merge(
        same=tuple(same),
        changed=tuple(changed),
        added=tuple(added),
        overlap=overlap,
        gaps=_gaps(stretches, new) if overlap is None else (),
        agreement=_agreement(stretches, new, [place for _, place in (*same, *changed)]),
    )


def link_aliases(
    stored: Sequence[Fingerprint], new: Sequence[Fingerprint], merged: Merge
) -> tuple[Alias, ...]:
    """Link senders of a new export to stored ones by the messages they share.

    A link takes `VOTES` messages of words, and `AGREEMENT` of the shared messages of the new
    name as well as of the stored one. What rests on less, or on likeness of names, is for a
    person to decide. Names that are equal already are not listed.
    """
    votes: Counter[tuple[str, str]] = Counter()
    for place, other in merged.same:
        old_name, new_name = stored[place].sender, new[other].sender
        if old_name is not None and new_name is not None and stored[place].words and new[other].words:
            votes[new_name, old_name] += 1
    of_new: Counter[str] = Counter()
    of_stored: Counter[str] = Counter()
    for (new_name, old_name), count in votes.items():
        of_new[new_name] += count
        of_stored[old_name] += count
    found = []
    for (new_name, old_name), count in votes.items():
        share = count / max(of_new[new_name], of_stored[old_name])
        if new_name != old_name and count >= VOTES and share >= AGREEMENT:
            found.append(Alias(new_name, old_name, count, share))
    return tuple(sorted(found, key=lambda alias: (-alias.votes, alias.new)))


# ── what lies between ─────────────────────────────────────────────────────────


def _between(same: list[tuple[int, int]], stored: int, new: int) -> Iterator[tuple[range, list[int]]]:
    """The stretches that have no partner, stored and new, in order; each with its neighbours left out."""
    before = (-1, -1)
    for pair in [*same, (stored, new)]:
        yield range(before[0] + 1, pair[0]), list(range(before[1] + 1, pair[1]))
        before = pair


def _changed(
    stored: Sequence[Fingerprint], new: Sequence[Fingerprint], old_part: range, new_part: list[int]
) -> list[tuple[int, int]]:
    """Pair entries that differ but stand between the same neighbours at the same moment.

    Only where each minute has as many on both sides is it certain that none was added.
    """
    if not old_part or not new_part:
        return []
    old_minutes: defaultdict[datetime, list[int]] = defaultdict(list)
    new_minutes: defaultdict[datetime, list[int]] = defaultdict(list)
    for place in old_part:
        old_minutes[_minute(stored[place].sent_at)].append(place)
    for place in new_part:
        new_minutes[_minute(new[place].sent_at)].append(place)
    pairs = [
        pair
        for minute, places in old_minutes.items()
        if len(new_minutes.get(minute, ())) == len(places)
        for pair in zip(places, new_minutes[minute], strict=True)
    ]
    return sorted(pairs)


def _placed(
    stored: Sequence[Fingerprint], new: Sequence[Fingerprint], old_part: range, places: list[int]
) -> list[tuple[int, int]]:
    """Put new entries among the stored ones of their stretch by time; stored ones come first."""
    found = []
    after = old_part.start - 1
    for place in places:
        while after + 1 < old_part.stop and _minute(stored[after + 1].sent_at) <= _minute(new[place].sent_at):
            after += 1
        found.append((after, place))
    return found


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _span(entries: Sequence[Fingerprint]) -> Stretch:
    return Stretch(min(entry.sent_at for entry in entries), max(entry.sent_at for entry in entries))


def _gaps(covered: Sequence[Stretch], new: Sequence[Fingerprint]) -> tuple[Stretch, ...]:
    """The time between a new export and its stored neighbours on either side."""
    if not covered or not new:
        return ()
    span = _span(new)
    before = max((one.end for one in covered if one.end < span.start), default=None)
    after = min((one.start for one in covered if one.start > span.end), default=None)
    if any(one.start <= span.end and span.start <= one.end for one in covered):
        return ()
    found = [Stretch(before, span.start)] if before is not None else []
    return (*found, Stretch(span.end, after)) if after is not None else tuple(found)


def _agreement(covered: Sequence[Stretch], new: Sequence[Fingerprint], shared: Sequence[int]) -> float:
    within = {place for place, entry in enumerate(new) if any(_holds(one, entry) for one in covered)}
    return len(within.intersection(shared)) / len(within) if within else 1.0


def _holds(stretch: Stretch, entry: Fingerprint) -> bool:
    return stretch.start - _SAME_MOMENT < entry.sent_at < stretch.end + _SAME_MOMENT


def _moment_and_content(entry: Fingerprint) -> tuple[datetime, bytes]:
    return _minute(entry.sent_at), entry.content


def _once(entries: Sequence[Fingerprint]) -> dict[bytes, datetime]:
    """The minute of every message of words that occurs once."""
    counts = Counter(entry.content for entry in entries)
    return {
        entry.content: _minute(entry.sent_at)
        for entry in entries
        if entry.words and counts[entry.content] == 1
    }
