"""People who do not want to take part: their messages are not taken into a study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from pathlib import Path

    from chatcode.anonymize.identities import Key
    from chatcode.domain import Message


@dataclass(frozen=True, slots=True)
class Objector:
    """Somebody who objected, by name or, once purged, by nothing but a mark.

    `group_id` is empty where the objection holds for every group. `mark` is the keyed hash of the
    name, by which it is known again; `person_id` is who a purged one was.
    """

    group_id: str
    name: str
    mark: str
    person_id: str = ""

    def __repr__(self) -> str:
        return f"Objector({self.mark[:8]})"


def read_names(text: str) -> list[str]:
    """Take names from lines: one a line, empty lines and lines that start with # passed over."""
    lines = (line.strip() for line in text.lstrip("\ufeff").splitlines())
    return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def read_file(path: Path) -> list[str]:
    """Read a file of names.

    Raises:
        ChatcodeError: it cannot be read; the names are not repeated.
    """
    try:
        return read_names(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise ChatcodeError(
            f"{path.name} cannot be read", "Save it as text (UTF-8), a name a line."
        ) from None


def add(key: Key, names: Iterable[str], group_id: str = "") -> int:
    """Put names on the list, in memory only; how many were new."""
    there = {(one.group_id, one.mark) for one in key.objectors}
    before = len(key.objectors)
    for name in names:
        mark = key.mark(name)
        if (group_id, mark) not in there and ("", mark) not in there:
            there.add((group_id, mark))
            key.objectors.append(Objector(group_id, name, mark))
    return len(key.objectors) - before


def objecting(key: Key, group_id: str, names: Iterable[str], persons: Mapping[str, str]) -> set[str]:
    """Which of these names of a group are those of people who objected.

    By the name itself, by an equal number, or by another name of the same person; `persons` are
    members who are counted as somebody else.
    """
    held = [one for one in key.objectors if one.group_id in ("", group_id)]
    if not held:
        return set()
    marks = {one.mark for one in held}
    people = {persons.get(one.person_id, one.person_id) for one in held if one.person_id}
    for one in held:
        if one.name:
            people.update(persons.get(found, found) for found in key.persons.candidates(group_id, one.name))
    return {
        name
        for name in names
        if key.mark(name) in marks
        or any(persons.get(found, found) in people for found in key.persons.candidates(group_id, name))
    }


def kept_places(messages: Sequence[Message], names: set[str]) -> list[int]:
    """The places of the entries that are not messages of these people.

    WhatsApp's own lines stay: they are counted as members who come and go, and hold no words of theirs.
    """
    return [
        place
        for place, message in enumerate(messages)
        if message.kind != "message" or message.sender not in names
    ]
