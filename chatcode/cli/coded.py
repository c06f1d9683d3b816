"""The groups of a study in the form in which the machine learns from them and is judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from chatcode.cli.suggest import as_message

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from chatcode.domain import Act, Entry, Group, Message
    from chatcode.study.store import Study
    from chatcode.suggestion.training import Chat

# How far a cue may look for an answer that did not come; longer waits are rare.
_AHEAD = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Coded:
    """One group: the entries that matter, and the same as a chat with codings."""

    group: Group
    entries: Sequence[Entry]
    chat: Chat


def coded_groups(study: Study, acts: Mapping[str, Act]) -> list[Coded]:
    """The groups in which messages were decided one by one, each cut down to where that was.

    What was confirmed in bulk is the machine's own word, and what was purged has none, so nothing is
    learned from either. Conversations far from any reviewed message are left out: a large chat with
    little coding trains in seconds.
    """
    from chatcode.suggestion.training import Chat

    members = study.members()
    wordless = study.purged_entries()
    acts = {entry_id: act for entry_id, act in acts.items() if entry_id not in wordless}
    roles = {member.label: member for member in members.values()}
    found = []
    for group in study.groups():
        entries = study.entries(group.id)
        codings = [_codes(entry, acts) for entry in entries]
        if not any(codes is not None for codes in codings):
            continue
        kept = _near_reviewed(entries, codings)
        messages: list[Message] = [as_message(entries[i], members) for i in kept]
        chat = Chat(messages, roles, [codings[i] for i in kept])
        found.append(Coded(group, [entries[i] for i in kept], chat))
    return found


def digest(groups: Sequence[Coded]) -> str:
    """A hash of which entries were coded how: the same codings give the same."""
    lines = [
        f"{entry.id} {' '.join(sorted(codes))}"
        for one in groups
        for entry, codes in zip(one.entries, one.chat.codings, strict=True)
        if codes is not None
    ]
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _codes(entry: Entry, acts: Mapping[str, Act]) -> Collection[str] | None:
    act = acts.get(entry.id)
    return act.codes if act and entry.kind == "message" and act.mode != "bulk" else None


def _near_reviewed(entries: Sequence[Entry], codings: Sequence[Collection[str] | None]) -> list[int]:
    """The places of conversations that hold a reviewed message, of the one before, and of a day after."""
    from chatcode.conversation import split

    kept: list[int] = []
    start, before, until = 0, range(0), None
    for conversation in split(entries):
        here = range(start, start + len(conversation))
        start += len(conversation)
        if any(codings[i] is not None for i in here):
            kept += [*before, *here]
            before, until = range(0), conversation[-1].sent_at + _AHEAD
        elif until is not None and conversation[0].sent_at <= until:
            kept += here
            before = range(0)
        else:
            before = here
    return kept
