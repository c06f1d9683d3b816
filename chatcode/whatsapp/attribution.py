"""Who an entry is from: a member, or WhatsApp itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .content import cut_edited, event_of
from .entries import Remark
from .language import Language
from .marks import without_marks
from .names import split_names
from .notices import Notice, read_notice

_QUOTES = frozenset('"“”„«»')
_LONGEST_NAME = 100
_RARE = 3  # how often the first half of a notice may recur; who speaks more is somebody
_SENTENCE = 4  # blanks from which on a name is worth a second look
_FIRST_EVENTS = ("encryption", "created")
_OTHER = Remark(kind="system", event="other")


@dataclass(frozen=True, slots=True)
class Rough:
    """Entries cut at the first colon, before notices are told from messages.

    Attributes:
        senders: What stands before the colon, without direction marks; None where there is none.
        texts: What follows, or all of it.
        unsigned: Entries without a sender.
        doubtful: The whole of entries whose sender may be the first half of a notice.
        marked: Entries whose text starts with WhatsApp's mark (iOS).
        special: Entries whose text may be a stand-in or end with the marker of an edit.
        speakers: Senders with at least one entry that is not marked.
    """

    senders: list[str | None]
    texts: list[str]
    unsigned: list[int]
    doubtful: dict[int, str]
    marked: list[int]
    special: list[int]
    speakers: set[str]


@dataclass(slots=True)
class Attribution:
    """What is known of a chat's entries after notices were read."""

    senders: list[str | None]
    remarks: dict[int, Remark] = field(default_factory=dict)
    group_name: str | None = None


def cut_sender(rest: str) -> tuple[str, int]:
    """Return the sender and where the text starts; ("", 0) where there is no sender.

    The sender ends at the first colon with a blank after it, or at a colon that ends the line:
    a bare colon is part of a name or of an address.
    """
    colon = rest.find(": ")
    end = rest.find("\n", 0, colon if colon >= 0 else len(rest))
    if colon >= 0 and end < 0:
        return rest[:colon], colon + 2
    line = rest if end < 0 else rest[:end]
    if line.endswith(":"):
        return line[:-1], len(line)
    return "", 0


def is_doubtful(sender: str) -> bool:
    """Whether a sender may be the first half of a notice: it quotes a name, or is a sentence."""
    return sender.count(" ") >= _SENTENCE or len(sender) > _LONGEST_NAME or not _QUOTES.isdisjoint(sender)


def attribute(rough: Rough, apple: bool) -> Attribution:
    """Tell notices from messages, and read what both say beside words."""
    found = Attribution(rough.senders)
    notices: dict[int, Notice] = {}
    reader = _Reader(notices)
    for place in rough.unsigned:
        found.remarks[place] = reader.read(place, rough.texts[place]) or _OTHER
    _settle_doubtful(rough, found, reader)
    if len(rough.unsigned) == len(rough.senders):
        _settle_bare(rough, found)
    heading = None
    if apple:
        heading = _settle_marked(rough, found, reader) or _settle_unmarked(rough, found, reader)
    for place in rough.special:
        if place not in found.remarks and (remark := reader.special(rough.texts[place])) is not None:
            found.remarks[place] = remark
    _name_targets(found, notices)
    named = [notice.name for _, notice in sorted(notices.items()) if notice.name]
    found.group_name = named[-1] if named else heading
    return found


class _Reader:
    """Reads notices and keeps them, trying first the language that last fitted.

    Stand-ins recur by the thousand, notices too, also those of a language that is not known, so each
    text is looked at once.
    """

    __slots__ = ("_language", "_notices", "_read", "_special")

    def __init__(self, notices: dict[int, Notice]) -> None:
        self._notices = notices
        self._language: Language | None = None
        self._special: dict[str, Remark | None] = {}
        self._read: dict[str, Notice | None] = {}

    def special(self, text: str) -> Remark | None:
        if text not in self._special:
            self._special[text] = _special(text)
        return self._special[text]

    def read(self, place: int, text: str) -> Remark | None:
        if text not in self._read:
            self._read[text] = read_notice(text, self._language)
        notice = self._read[text]
        if notice is None:
            return None
        self._language = notice.language
        self._notices[place] = notice
        return Remark(kind="system", event=notice.event, actor=notice.actor)


def _settle_doubtful(rough: Rough, found: Attribution, reader: _Reader) -> None:
    """Read entries whole where the colon may stand inside a notice, and not before one or before words."""
    if not rough.doubtful:
        return
    count = Counter(rough.senders)
    marked = set(rough.marked)
    for place, whole in rough.doubtful.items():
        sender = rough.senders[place] or ""
        if count[sender] > _RARE or place in marked or read_notice(rough.texts[place]) is not None:
            continue
        remark = reader.read(place, whole)
        if remark is None and count[sender] == 1 and (len(sender) > _LONGEST_NAME or _is_open(sender)):
            remark = _OTHER
        if remark is not None:
            found.remarks[place] = remark._replace(text=whole)
            found.senders[place] = None


def _settle_bare(rough: Rough, found: Attribution) -> None:
    """Cut at a bare colon where no entry of a file has a colon with a blank: some apps write it so."""
    for place in rough.unsigned:
        name, colon, text = rough.texts[place].partition(":")
        if found.remarks[place] == _OTHER and colon and name and "\n" not in name and not is_doubtful(name):
            found.senders[place] = without_marks(name).strip()
            found.remarks[place] = (_special(text) or Remark())._replace(text=text)


def _settle_marked(rough: Rough, found: Attribution, reader: _Reader) -> str | None:
    """An iPhone puts a name before WhatsApp's own words, the group's or the actor's.

    The group is who has notices, mostly of others' doings, and never a word of its own. In a
    chat of two the other person's name stands there, who does speak.
    """
    unread: list[int] = []
    speakers = set(rough.speakers)
    headings: Counter[str] = Counter()
    for place in rough.marked:
        sender, text = found.senders[place], rough.texts[place]
        if sender is None or place in found.remarks:
            continue
        remark = reader.special(text)
        if remark is not None:
            speakers.add(sender)
        elif (remark := reader.read(place, text)) is not None:
            found.senders[place] = None
            headings[sender] += remark.actor != sender
        else:
            unread.append(place)
            continue
        found.remarks[place] = remark
    for speaker in speakers:
        del headings[speaker]
    heading = next((name for name, count in headings.most_common(1) if count), None)
    for place in unread:
        sender = found.senders[place]
        if sender == heading:
            found.remarks[place] = _OTHER
        elif without_marks(rough.texts[place]).startswith(f"{sender} "):
            found.remarks[place] = _OTHER._replace(actor=sender)
        else:
            continue
        found.senders[place] = None
    return heading


def _settle_unmarked(rough: Rough, found: Attribution, reader: _Reader) -> str | None:
    """Do the same for a file without WhatsApp's marks, which copying may lose.

    Such a file must start with what WhatsApp says first of all. Then words that a notice fits are
    taken for one under the name at the head of the file, if nothing else stands under it, and
    where they start with the name that stands before them.
    """
    first = found.senders[0]
    if first is None or 0 in found.remarks:
        return None
    opening = read_notice(rough.texts[0])
    if opening is None or opening.event not in _FIRST_EVENTS:
        return None
    mine = [place for place, sender in enumerate(found.senders) if sender == first]
    speaks = any(read_notice(rough.texts[place]) is None for place in mine)
    actors = () if rough.marked else enumerate(found.senders)
    own = [place for place, sender in actors if sender and rough.texts[place].startswith(f"{sender} ")]
    for place in sorted({0, *own} if speaks else {*mine, *own}):
        if (remark := reader.read(place, rough.texts[place])) is not None:
            found.remarks[place] = remark
            found.senders[place] = None
    return None if speaks else first


def _special(text: str) -> Remark | None:
    words, edited = cut_edited(text)
    event = event_of(words)
    if event is None and not edited:
        return None
    return Remark(event=event, edited=edited, text=words if edited else None)


def _name_targets(found: Attribution, notices: Mapping[int, Notice]) -> None:
    known = {*found.senders, *(notice.actor for notice in notices.values())}
    for place, notice in notices.items():
        if notice.whom:
            targets = split_names(notice.whom, notice.language, known)
            found.remarks[place] = found.remarks[place]._replace(targets=targets)


def _is_open(sender: str) -> bool:
    """Whether a quotation was opened and not closed, so that the colon stands inside it."""
    straight = sender.count('"') % 2 == 1
    return straight or _count(sender, "“„«") > _count(sender, "”»") + sender.count("“") * ("„" in sender)


def _count(text: str, letters: Iterable[str]) -> int:
    return sum(map(text.count, letters))
