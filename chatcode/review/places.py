"""Where a coder may go: a day, a month, a message by its number or id, another group."""

from __future__ import annotations

import re

from chatcode.domain import Entry
from chatcode.errors import ChatcodeError
from chatcode.review.session import Session

HELP = "a day or month (2021-03-18, 18-3-2021, 2021-03), a message's number, its id, or a group before these"
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[ T](\d{1,2}):(\d{2}))?")
_DUTCH = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})(?:[ T](\d{1,2}):(\d{2}))?")


def go_to(session: Session, line: str) -> bool:
    """Go to what the line names; False where there is no message there.

    Raises:
        ChatcodeError: the line names no place.
    """
    words = line.strip()
    try:
        entry = session.store.entry(words)
    except KeyError:
        entry = None
    if entry is not None:
        # A notice is confirmed as one of its class, never put on the table.
        return entry.kind == "message" and session.go(entry.id)
    group = session.entry.group_id if session.entry else None
    named = [g for g in session.groups.values() if f"{words.lower()} ".startswith(f"{g.label.lower()} ")]
    if named:
        label = max((g.label for g in named), key=len)
        group = next(g.id for g in named if g.label == label)
        words = words[len(label) :].strip()
    elif words.isdecimal():
        return session.go(session.store.message_at(int(words)))
    since = "" if named and not words else _moment(words)
    if since is None:
        raise ChatcodeError("that names no place", f"Type {HELP}.")
    return session.go(session.store.message_at(group_id=group, since=since))


def _moment(words: str) -> str | None:
    """The moment as entries store it, as far as it was told."""
    found = _ISO.fullmatch(words)
    if found:
        year, month, day, hour, minute = found.groups()
    else:
        found = _DUTCH.fullmatch(words)
        if not found:
            return None
        day, month, year, hour, minute = found.groups()
    told = f"{year}-{int(month):02d}"
    if day:
        told += f"-{int(day):02d}"
    return f"{told}T{int(hour):02d}:{minute}" if hour else told


def thread(session: Session) -> list[Entry]:
    """The whole thread of the report that the message on the table belongs to, in order.

    From the message back over its ties to the first report, and from there to everything that is
    tied to it, as the coder coded it; the message alone where nothing is tied.
    """
    if session.entry is None:
        return []
    store = session.store
    found = {session.entry.id}
    back = [link.target_id for link in session.draft.links]
    while back:
        found.update(back)
        acts = store.acts_in_force(back, session.coder, session.round)
        back = [link.target_id for act in acts.values() for link in act.links if link.target_id not in found]
    onward = list(found)
    while onward:
        onward = [i for i in store.linked_to(onward, session.coder, session.round) if i not in found]
        found.update(onward)
    return list(store.some_entries(sorted(found)))
