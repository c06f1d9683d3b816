"""Who the people of a further export are: by shared messages, by numbers, and perhaps by their names."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from chatcode.anonymize.identities import Key
from chatcode.anonymize.names import phone_of
from chatcode.anonymize.persons import alias_of
from chatcode.domain import Ground, Member, Message, Tie

LIKE = 85.0  # of 100: from here two names of one group are worth a look
ALIKE = 95.0  # of 100: from here two names of different groups are; two of one first name are normal
_PROPOSALS = 3  # a name that is like everybody's is like nobody's


def known_names(
    names: Iterable[str], shared: Mapping[str, str], key: Key, group_id: str, persons: Mapping[str, str]
) -> dict[str, str | None]:
    """Say of every name of an export who it is; None is somebody new.

    `shared` gives for names the person whose messages they share; that outweighs an equal name, for
    two phones may call two people alike. `persons` are members who are counted as somebody else.
    A telephone number is one person, whatever it shares.
    """
    by_person = {person: name for name, person in shared.items()}
    known: dict[str, str | None] = {}
    for name in names:
        candidates = key.persons.candidates(group_id, name)
        person = shared.get(name)
        if person is not None:
            known[name] = next((one for one in candidates if persons.get(one, one) == person), None)
        else:
            known[name] = next(
                (one for one in candidates if by_person.get(persons.get(one, one), name) == name), None
            )
        if known[name] is None and candidates and phone_of(alias_of(name)) is not None:
            known[name] = candidates[0]
    return known


def same(one: Member, other: Member, ground: Ground, share: float = 1.0, votes: int = 0) -> Tie:
    """Tie a member to the one who was there before; an official keeps the title of the two."""
    if other.title == "Deelnemer" and one.title != "Deelnemer":
        one, other = other, one
    return Tie(str(uuid.uuid4()), one.id, other.id, "same", ground, share, votes)


def changed_numbers(
    messages: Sequence[Message], members: Mapping[str, Member]
) -> list[tuple[Member, Member]]:
    """Pairs (new, old) of names that a notice of a changed number says to be one person's."""
    found: dict[tuple[str, str], tuple[Member, Member]] = {}
    for message in messages:
        if message.event != "number_changed" or message.actor is None or len(message.targets) != 1:
            continue
        old, new = members.get(message.actor), members.get(message.targets[0])
        if old is not None and new is not None and old.id != new.id:
            found.setdefault((new.id, old.id), (new, old))
    return list(found.values())


def likely(key: Key, group_id: str, new: Iterable[str], absent: Iterable[str]) -> list[Tie]:
    """Propose who of the `new` persons may be one of those who are `absent` from the export.

    Only likeness of names speaks for it, so it is for a person to decide: in one group names that
    share their words (`LIKE`), over groups names that are nearly equal (`ALIKE`). Likeness is the
    token set ratio of rapidfuzz.
    """
    from rapidfuzz import fuzz

    ties: list[Tie] = []
    others = list(absent)
    for person_id in new:
        ranked = []
        for other_id in others:
            within = any(group == group_id for group, _ in key.persons[other_id].aliases)
            measure = fuzz.token_set_ratio if within else fuzz.token_sort_ratio
            pairs = product(_spoken(key, person_id), _spoken(key, other_id))
            likeness = max((measure(a, b) for a, b in pairs), default=0.0)
            if likeness >= (LIKE if within else ALIKE):
                ranked.append((likeness, other_id))
        for likeness, other_id in sorted(ranked, reverse=True)[:_PROPOSALS]:
            ties.append(
                Tie(str(uuid.uuid4()), person_id, other_id, "likely", "name", round(likeness / 100, 2))
            )
    return ties


def _spoken(key: Key, person_id: str) -> set[str]:
    """A person's names that have letters, as they are compared: lower case, words only."""
    names = {name.lower() for _, name in key.persons[person_id].aliases if phone_of(name) is None}
    words = {" ".join("".join(c if c.isalnum() else " " for c in name).split()) for name in names}
    return {name for name in words if sum(c.isalpha() for c in name) >= 3}
