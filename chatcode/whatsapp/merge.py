"""Several exports of one group: which entries of a new one are already there, and where the others go.

WhatsApp cuts an export at 40,000 entries (10,000 with media), the oldest first, so a long group
needs exports kept over time; and members export the same group from phones that call people by
other names. Entries are therefore compared by what such exports have in common, and aligned in
order, by runs and not as a set: two equal messages within a minute are two messages.

How a caller uses it: `content_of` each message, put it under the keyed hash of the study, and
keep that with the entry. For a new export, `merge` the stored fingerprints with the new ones;
store the entries of `added`, in the order of `Merge.order`; show `overlap`, `gaps` and `agreement`
(a low one means another group). `link_aliases` then tells which new senders are known members.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chatcode.domain import Message

from .marks import without_marks

VOTES = 2  # shared messages that it takes to link two names
AGREEMENT = 0.9  # share of the messages of either name that must speak for the link
_LARGEST_TABLE = 4_000_000  # cells of a comparison of all with all
_SAME_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of an entry to know it again: no word of it, and of its sender an id.

    Attributes:
        content: The keyed hash of `content_of`.
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
    """Return what all exports of an entry share: the minute, and words that no phone changes.

    Android writes no seconds, iOS puts direction marks; stand-ins, notices and votes of a poll
    differ by language, contacts and time, so of these only the event counts.
    """
    minute = message.sent_at.strftime("%Y-%m-%dT%H:%M")
    if message.kind == "message" and message.event is None:
        return f"{minute}\n{without_marks(message.text).rstrip()}"
    return f"{minute}\t{message.kind}\t{message.event}"


def merge(stored: Sequence[Fingerprint], new: Sequence[Fingerprint]) -> Merge:
    """Align a new export with the stored entries of its group; both in file order."""
    same = _align([entry.content for entry in stored], [entry.content for entry in new])
    changed: list[tuple[int, int]] = []
    added: list[tuple[int, int]] = []
    for stored_part, new_part in _between(same, len(stored), len(new)):
        inside = stored_part.start > 0 and stored_part.stop < len(stored)
        pairs = _changed(stored, new, stored_part, new_part) if same and inside else []
        changed += pairs
        taken = {place for _, place in pairs}
        added += _placed(stored, new, stored_part, [place for place in new_part if place not in taken])
    overlap = Stretch(stored[same[0][0]].sent_at, stored[same[-1][0]].sent_at) if same else None
    return Merge(
        same=tuple(same),
        changed=tuple(changed),
        added=tuple(added),
        overlap=overlap,
        gaps=_gaps(stored, new, overlap),
        agreement=_agreement(stored, new, len(same) + len(changed)),
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


# ── alignment ─────────────────────────────────────────────────────────────────


def _align(stored: Sequence[bytes], new: Sequence[bytes]) -> list[tuple[int, int]]:
    """Pair equal entries in order, as many as may be.

    Entries that occur once on either side fix the alignment (their longest run in order holds);
    from there equal neighbours are taken, and what is left between two fixed pairs is compared
    all with all. This is the patience method of comparing files.
    """
    pairs: list[tuple[int, int]] = []
    start = (0, 0)
    for anchor in [*_anchors(stored, new), (len(stored), len(new))]:
        pairs += _fill(stored, new, start, anchor)
        if anchor[0] < len(stored):
            pairs.append(anchor)
        start = (anchor[0] + 1, anchor[1] + 1)
    return pairs


def _anchors(stored: Sequence[bytes], new: Sequence[bytes]) -> list[tuple[int, int]]:
    """Pairs of entries that occur once on either side, in order on both: the longest such run."""
    once_stored, once_new = _once(stored), _once(new)
    pairs = [(place, once_new[content]) for content, place in once_stored.items() if content in once_new]
    pairs.sort()
    tails: list[int] = []  # the smallest new position that ends a run of each length
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    run: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _once(contents: Sequence[bytes]) -> dict[bytes, int]:
    counts = Counter(contents)
    return {content: place for place, content in enumerate(contents) if counts[content] == 1}


def _fill(
    stored: Sequence[bytes], new: Sequence[bytes], start: tuple[int, int], stop: tuple[int, int]
) -> list[tuple[int, int]]:
    """Pair what lies between two fixed pairs: equal neighbours first, then all with all."""
    (a, b), (c, d) = start, stop
    head: list[tuple[int, int]] = []
    while a < c and b < d and stored[a] == new[b]:
        head.append((a, b))
        a, b = a + 1, b + 1
    tail: list[tuple[int, int]] = []
    while a < c and b < d and stored[c - 1] == new[d - 1]:
        c, d = c - 1, d - 1
        tail.append((c, d))
    return [*head, *_longest(stored, new, (a, b), (c, d)), *reversed(tail)]


def _longest(
    stored: Sequence[bytes], new: Sequence[bytes], start: tuple[int, int], stop: tuple[int, int]
) -> list[tuple[int, int]]:
    """The longest common subsequence of two short stretches; of long ones without anchors, nothing."""
    (a, b), (c, d) = start, stop
    if a == c or b == d or (c - a) * (d - b) > _LARGEST_TABLE or set(stored[a:c]).isdisjoint(new[b:d]):
        return []
    rows = [[0] * (d - b + 1)]
    for content in reversed(stored[a:c]):
        below, row = rows[-1], [0] * (d - b + 1)
        for place in range(d - b - 1, -1, -1):
            same = content == new[b + place]
            row[place] = below[place + 1] + 1 if same else max(below[place], row[place + 1])
        rows.append(row)
    rows.reverse()
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < c - a and j < d - b:
        if stored[a + i] == new[b + j]:
            pairs.append((a + i, b + j))
            i, j = i + 1, j + 1
        elif rows[i + 1][j] >= rows[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


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


def _gaps(
    stored: Sequence[Fingerprint], new: Sequence[Fingerprint], overlap: Stretch | None
) -> tuple[Stretch, ...]:
    if overlap is not None or not stored or not new:
        return ()
    first, second = sorted((_span(stored), _span(new)), key=lambda span: span.start)
    return (Stretch(first.end, second.start),) if first.end < second.start else ()


def _agreement(stored: Sequence[Fingerprint], new: Sequence[Fingerprint], shared: int) -> float:
    if not stored or not new:
        return 1.0
    span = _span(stored)
    common = sum(span.start - _SAME_MOMENT < entry.sent_at < span.end + _SAME_MOMENT for entry in new)
    return min(1.0, shared / common) if common else 1.0
