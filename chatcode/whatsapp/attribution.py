"""Who an entry is from: a member, or WhatsApp itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from .content import cut_edited, event_of
from .entries import Remark
from .language import Language
from .marks import LEFT_TO_RIGHT, without_marks
from .names import split_names
from .notices import Notice, read_notice

_QUOTES = frozenset('"“”„«»')
_LONGEST_NAME = 100
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
    """Whether a sender may be the first half of a notice: one that quotes a name with a colon."""
    return len(sender) > _LONGEST_NAME or not _QUOTES.isdisjoint(sender)


def attribute(rough: Rough, apple: bool) -> Attribution:
    """Tell notices from messages, and read what both say beside words."""
    found = Attribution(rough.senders)
    notices: dict[int, Notice] = {}
    reader = _Reader(notices)
    for place in rough.unsigned:
        found.remarks[place] = reader.read(place, rough.texts[place]) or _OTHER
    _settle_doubtful(rough, found, reader)
    heading = None
    if apple:
        if any(LEFT_TO_RIGHT in rough.texts[place] for place in rough.marked):
            heading = _settle_marked(rough, found, reader)
        else:
            heading = _settle_unmarked(rough, found, reader)
    for place in rough.special:
        if place not in found.remarks and (remark := reader.special(rough.texts[place])) is not None:
            found.remarks[place] = remark
    _name_targets(found, notices)
    named = [notice.name for _, notice in sorted(notices.items()) if notice.name]
    found.group_name = named[-1] if named else heading
    return found


class _Reader:
    """Reads notices and keeps them, trying first the language that last fitted.

    Stand-ins recur by the thousand, so each text is looked at once.
    """

    __slots__ = ("_language", "_notices", "_special")

    def __init__(self, notices: dict[int, Notice]) -> None:
        self._notices = notices
        self._language: Language | None = None
        self._special: dict[str, Remark | None] = {}

    def special(self, text: str) -> Remark | None:
        if text not in self._special:
            self._special[text] = _special(text)
        return self._special[text]

    def read(self, place: int, text: str) -> Remark | None:
        notice = read_notice(text, self._language)
        if notice is None:
            return None
        self._language = notice.language
        self._notices[place] = notice
        return Remark(kind="system", event=notice.event, actor=notice.actor)


def _settle_doubtful(rough: Rough, found: Attribution, reader: _Reader) -> None:
    if not rough.doubtful:
        return
    count = Counter(rough.senders)
    for place, whole in rough.doubtful.items():
        sender = rough.senders[place] or ""
        remark = reader.read(place, whole)
        if remark is None and count[sender] == 1 and (len(sender) > _LONGEST_NAME or _is_open(sender)):
            remark = _OTHER
        if remark is not None:
            found.remarks[place] = replace(remark, text=whole)
            found.senders[place] = None


def _settle_marked(rough: Rough, found: Attribution, reader: _Reader) -> str | None:
    """An iPhone puts a name before WhatsApp's own words, the group's or the actor's.

    The group speaks first (the notice on encryption) and never in words of its own. In a chat
    of two the other person's name stands there, who does speak.
    """
    heading = None
    for place in rough.marked:
        sender, text = found.senders[place], rough.texts[place]
        if sender is None or place in found.remarks:
            continue
        remark = reader.special(text)
        if remark is None:
            remark = reader.read(place, text)
            if remark is not None and place == 0 and sender not in rough.speakers:
                heading = sender
            if remark is None and sender == heading:
                remark = _OTHER
            if remark is None and without_marks(text).startswith(f"{sender} "):
                remark = replace(_OTHER, actor=sender)
        if remark is not None:
            found.remarks[place] = remark
            if remark.kind == "system":
                found.senders[place] = None
    return heading


def _settle_unmarked(rough: Rough, found: Attribution, reader: _Reader) -> str | None:
    """Do the same for a file that has lost its direction marks, say by copying.

    Then only words that a notice fits are taken for one, and only under the group's name or
    where they start with the name that stands before them.
    """
    first = found.senders[0]
    heading = first if first is not None and read_notice(rough.texts[0]) is not None else None
    for place, sender in enumerate(found.senders):
        if sender is None:
            continue
        text = rough.texts[place]
        if sender == heading or text.startswith(f"{sender} "):
            remark = reader.read(place, text)
            if remark is not None:
                found.remarks[place] = remark
                found.senders[place] = None
    return heading if heading not in found.senders else None


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
            found.remarks[place] = replace(found.remarks[place], targets=targets)


def _is_open(sender: str) -> bool:
    """Whether a quotation was opened and not closed, so that the colon stands inside it."""
    straight = sender.count('"') % 2 == 1
    return straight or _count(sender, "“„«") > _count(sender, "”»") + sender.count("“") * ("„" in sender)


def _count(text: str, letters: Iterable[str]) -> int:
    return sum(map(text.count, letters))
