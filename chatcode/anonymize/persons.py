"""Who is who: the people of a study, and every name and number by which its groups know them."""

from __future__ import annotations

import secrets
import unicodedata
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from chatcode.anonymize.names import phone_of
from chatcode.anonymize.roles import propose_roles, title_of
from chatcode.domain import Member

_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)


def alias_of(name: str) -> str:
    """Write a display name in the one form in which it is compared: NFC, plain spaces, nothing unseen.

    WhatsApp puts a tilde before the name of somebody who is in no address book, and not everywhere.
    """
    plain = " ".join(unicodedata.normalize("NFC", name.translate(_INVISIBLE)).split())
    # A name of nothing but such signs is still somebody's.
    return plain.removeprefix("~").lstrip() or plain or name


@dataclass(slots=True)
class Person:
    """One person of the study and every name by which the groups know them."""

    id: str
    title: str
    number: int
    aliases: list[tuple[str, str]] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"Person({self.id})"


class Persons(Mapping[str, Person]):
    """The people of a study by their ids."""

    def __init__(self, persons: Iterable[Person] = ()) -> None:
        self._by_id = {person.id: person for person in persons}
        # Two phones may call two people by one name, so a name may be several persons'; the first counts.
        self._by_alias: dict[tuple[str, str], list[str]] = {}
        for person in self.values():
            for alias in person.aliases:
                self._by_alias.setdefault(alias, []).append(person.id)
        self._by_phone = {phone: person.id for person in self.values() for phone in person.phones}

    def __getitem__(self, person_id: str) -> Person:
        return self._by_id[person_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    @property
    def names(self) -> Collection[tuple[str, str]]:
        """Every name with the group that uses it."""
        return self._by_alias.keys()

    @property
    def phones(self) -> Collection[str]:
        """Every number by which somebody is known."""
        return self._by_phone.keys()

    def find(self, group_id: str, name: str) -> str | None:
        """Return the id of the person whom this group knows by that name, or who has that number."""
        return next(iter(self.candidates(group_id, name)), None)

    def candidates(self, group_id: str, name: str) -> list[str]:
        """Return the ids of all whom this group knows by that name, or else of who has that number."""
        alias = alias_of(name)
        found = self._by_alias.get((group_id, alias))
        if found is None and (phone := phone_of(alias)) is not None and phone in self._by_phone:
            found = [self._by_phone[phone]]
        return list(found or ())

    def enrol(
        self,
        group_id: str,
        names: Iterable[str],
        roles: Mapping[str, frozenset[str]],
        known: Mapping[str, str | None] | None = None,
    ) -> dict[str, Member]:
        """Give every name of a group its person; those who are new get shuffled numbers.

        A name is looked up within its group only; an equal telephone number is one person in the
        whole study. `known` says of names who they are, None for somebody new, whoever else is called
        so. Returns one member per name as given.
        """
        said = {alias_of(name): given for name, given in roles.items()}
        decided = {alias_of(name): person_id for name, person_id in (known or {}).items()}
        members: dict[str, str] = {}
        seen: dict[str, str] = {}
        new: dict[str, list[Person]] = {}
        chosen: dict[str, frozenset[str]] = {}
        for name in dict.fromkeys(names):
            alias = alias_of(name)
            person_id = seen.get(alias)
            if person_id is None:
                person_id = decided[alias] if alias in decided else self.find(group_id, alias)
            given = said.get(alias) or propose_roles(alias)
            if person_id is None:
                person = Person(str(uuid.uuid4()), title_of(alias, given), 0)
                self._by_id[person.id] = person
                new.setdefault(person.title, []).append(person)
                person_id = person.id
            seen[alias] = person_id
            self._know(self[person_id], group_id, alias)
            chosen[person_id] = chosen.get(person_id, frozenset()) | given
            members[name] = person_id
        for title, added in new.items():
            self._number(title, added)
        return {name: self.member(person_id, chosen[person_id]) for name, person_id in members.items()}

    def member(self, person_id: str, roles: frozenset[str]) -> Member:
        """Return the person as a study knows them: without a name."""
        person = self[person_id]
        return Member(person.id, person.title, person.number, roles)

    def aliases(self, group_id: str) -> dict[str, str]:
        """Return the names by which a group knows people, each with the person's id."""
        return {name: persons[0] for (group, name), persons in self._by_alias.items() if group == group_id}

    def forget(self, person_id: str, group_ids: Collection[str] | None = None) -> list[tuple[str, str]]:
        """Forget the names of a person, in these groups or in all; which they were.

        The person keeps id, title and number, so that no label is given out twice.
        """
        person = self.get(person_id)
        if person is None:
            return []
        gone = [alias for alias in person.aliases if group_ids is None or alias[0] in group_ids]
        person.aliases = [alias for alias in person.aliases if alias not in gone]
        for alias in gone:
            called_so = [one for one in self._by_alias.get(alias, ()) if one != person_id]
            if called_so:
                self._by_alias[alias] = called_so
            else:
                self._by_alias.pop(alias, None)
        if not person.aliases:
            for phone in person.phones:
                self._by_phone.pop(phone, None)
            person.phones = []
        return gone

    def _know(self, person: Person, group_id: str, alias: str) -> None:
        called_so = self._by_alias.setdefault((group_id, alias), [])
        if person.id not in called_so:
            called_so.append(person.id)
            person.aliases.append((group_id, alias))
        phone = phone_of(alias)
        if phone is not None and phone not in self._by_phone:
            self._by_phone[phone] = person.id
            person.phones.append(phone)

    def _number(self, title: str, added: list[Person]) -> None:
        """Numbers follow no order that an outsider could know: not arrival, nor alphabet, nor file."""
        highest = max((person.number for person in self.values() if person.title == title), default=0)
        secrets.SystemRandom().shuffle(added)
        for step, person in enumerate(added, start=1):
            person.number = highest + step
