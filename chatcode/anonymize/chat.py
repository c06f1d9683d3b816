"""Pseudonymise a chat: members become ids, texts lose what identifies, notices lose their names."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from datetime import timedelta

from chatcode.anonymize.identities import Key
from chatcode.anonymize.leaks import is_telling
from chatcode.anonymize.persons import alias_of
from chatcode.anonymize.redactor import Level, Scrubber, replace
from chatcode.anonymize.rework import removed_of, rework, widen
from chatcode.domain import Entry, Member, Message, Span, member_label

# Who exported the chat stands in its notices as "you"; no name, so no member.
_EXPORTER = frozenset({"je", "jij", "jou", "u", "you", "your", "du", "dir", "vous", "tu", "te", "sen", "ty"})
_QUOTED = re.compile(r"[\"“”„‟«»]([^\"“”„‟«»\n]+)[\"“”„‟«»]")
_NAMING = frozenset({"created", "subject", "description", "icon", "joined", "added"})
_STEP = 200


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """A chat without names.

    `entries` are those that were asked for. `members` are all people seen, by the name that the
    chat gives them, those who occur in notices only included.
    """

    entries: tuple[Entry, ...]
    members: Mapping[str, Member]


def pseudonymise(
    messages: Sequence[Message],
    *,
    group_id: str,
    group_name: str | None,
    roles: Mapping[str, frozenset[str]],
    key: Key,
    known: Mapping[str, str | None] | None = None,
    positions: Mapping[int, int] | None = None,
    shift: timedelta = timedelta(0),
    stored: Sequence[Entry] = (),
    level: Level = "zorgvuldig",
    progress: Callable[[int], None] | None = None,
) -> Pseudonymised:
    """Turn the entries of one group into entries of a study.

    `roles` are those that the researcher gave, by display name; `known` are names of which it was
    found out who they are (see `Persons.enrol`). `positions` are the places of `messages` that become
    entries, each with its position in the group; all, from 0, where it is None. `shift` is taken off
    every moment. `stored` are the entries that the group has already, as stored: what else is to be
    taken out of them, now that the group knows people by more names, is noted in the key, for
    `rework`. The key learns the new people and keeps what was taken out; it is changed in memory
    only, the caller saves it. `progress` is told now and then how many entries are done.
    """
    if group_name is not None:
        key.group_names.setdefault(group_id, group_name)
    names = names_of(messages)
    members = key.persons.enrol(group_id, names, roles, known)
    labels = {member.id: member.label for member in members.values()}
    placeholders = _KeyPlaceholders(key, group_id, labels)
    holders = {**key.persons.aliases(group_id), **{name: member.id for name, member in members.items()}}
    for person_id in holders.values():
        if person_id not in labels:
            person = key.persons[person_id]
            labels[person_id] = member_label(person.title, person.number)
    scrubber = Scrubber(holders, placeholders, level)
    scrubber.learn(message.text for message in messages if message.kind == "message")
    known_spans = _Known(messages, holders, labels, group_name)
    entries: list[Entry] = []
    places = {place: place for place in range(len(messages))} if positions is None else positions
    for done, (place, position) in enumerate(places.items(), start=1):
        message = messages[place]
        entry_id = str(uuid.uuid4())
        spans = scrubber.spans(message.text, known_spans.spans(message))
        text = replace(message.text, spans)
        key.keep_removed(entry_id, removed_of(message.text, spans))
        entries.append(
            Entry(
                id=entry_id,
                group_id=group_id,
                position=position,
                sent_at=message.sent_at - shift,
                kind=message.kind,
                text=text,
                member_id=_id_of(members, message.sender),
                event=message.event,
                actor_id=_id_in_notice(members, message.actor),
                target_ids=tuple(
                    found for target in message.targets if (found := _id_in_notice(members, target))
                ),
                edited=message.edited,
            )
        )
        if progress is not None and done % _STEP == 0:
            progress(done)
    if progress is not None:
        progress(len(places))
    titles = {person.id: member_label(person.title, person.number) for person in key.persons.values()}
    widen(key, stored, scrubber)
    decided = rework(key, group_id, entries, {**titles, **labels})
    key.settle(decided)
    final = tuple(replace_fields(entry, text=decided.get(entry.id, entry.text)) for entry in entries)
    return Pseudonymised(final, members)


def names_of(messages: Sequence[Message]) -> list[str]:
    """Everybody who writes, and those in notices who are named there: "you" is no name in a notice only."""
    found: dict[str, None] = {}
    for message in messages:
        if message.kind == "message" and message.sender:
            found[message.sender] = None
        for name in (message.actor, *message.targets):
            if name and alias_of(name).lower() not in _EXPORTER:
                found[name] = None
    return list(found)


def _id_of(members: Mapping[str, Member], name: str | None) -> str | None:
    member = members.get(name) if name else None
    return member.id if member is not None else None


def _id_in_notice(members: Mapping[str, Member], name: str | None) -> str | None:
    """Somebody may be called Ty; in a notice that word is still the one who exported."""
    if name is None or alias_of(name).lower() in _EXPORTER:
        return None
    return _id_of(members, name)


class _KeyPlaceholders:
    """Labels and numbers from the sealed table; persons, streets and houses are numbered per group."""

    def __init__(self, key: Key, group_id: str, labels: Mapping[str, str]) -> None:
        self._key = key
        self._group = group_id
        self._labels = labels

    def member(self, holder: str) -> str:
        return self._labels[holder]

    def number(self, kind: str, value: str) -> int:
        local = kind in {"persoon", "adres", "straat"}
        return self._key.number(kind, f"{self._group} {value}" if local else value)


class _Known:
    """What is known, not guessed: people in WhatsApp's own lines, in any language; the group's names."""

    def __init__(
        self,
        messages: Sequence[Message],
        holders: Mapping[str, str],
        labels: Mapping[str, str],
        group_name: str | None,
    ) -> None:
        self._labels = {name: labels[person] for name, person in holders.items()}
        names = {group_name} if group_name else set()
        for message in messages:
            if message.kind == "system" and message.event in _NAMING:
                names.update(match.group(1) for match in _QUOTED.finditer(message.text))
        self._groups = [
            re.compile(rf"(?<!\w){_loosely(name)}(?!\w)", re.IGNORECASE)
            for name in sorted(names, key=len, reverse=True)
            if is_telling(name)
        ]

    def spans(self, message: Message) -> list[Span]:
        """Find them in one entry."""
        text = message.text
        spans: list[Span] = []
        system = message.kind == "system"
        if system and message.event in _NAMING:
            spans = [Span(*match.span(1), "groep", "[groep]", "group") for match in _QUOTED.finditer(text)]
        for pattern in self._groups:
            found = [Span(*match.span(), "groep", "[groep]", "group") for match in pattern.finditer(text)]
            spans = _joined(spans, found)
        people = [name for name in (message.actor, *message.targets) if name] if system else []
        for name in sorted(people, key=len, reverse=True):
            label = self._labels.get(name)
            if label is not None:
                pattern = re.compile(rf"(?<!\w){_loosely(name)}(?!\w)")
                found = [
                    Span(*match.span(), "persoon", f"[{label}]", "notice") for match in pattern.finditer(text)
                ]
                spans = _joined(spans, found)
        return spans


def _loosely(name: str) -> str:
    """A pattern for a name in a notice: any blanks between its words, unseen signs between them too."""
    return r"[\s\u00a0\u202f\u200e\u200f\u202a-\u202e\u2066-\u2069]+".join(map(re.escape, name.split()))


def _joined(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """Both lists; where two overlap the first list wins."""
    spans = list(first)
    for span in second:
        if all(span.end <= other.start or span.start >= other.end for other in spans):
            spans.append(span)
    return sorted(spans)
