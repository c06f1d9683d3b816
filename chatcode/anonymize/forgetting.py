"""What the key forgets when words are purged: names, and what was taken out of messages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from chatcode.anonymize.folding import fold
from chatcode.anonymize.identities import FORGOTTEN, Removed
from chatcode.anonymize.objectors import Objector
from chatcode.anonymize.persons import alias_of

if TYPE_CHECKING:
    from chatcode.anonymize.identities import Key

_NUMBERED = re.compile(r"\[([a-z][a-z-]*)-(\d+)\]")


def forget_people(key: Key, labels: Mapping[str, str], texts: Mapping[str, str]) -> int:
    """Forget the names of people, and their names where others' messages held them; how many names.

    `labels` gives each person's id the label that stands in texts. Whoever is forgotten counts as one
    who objected: a keyed hash of each name is kept, so that a further export brings nothing back.
    """
    forgotten = {person_id: key.persons.forget(person_id) for person_id in labels}
    marks = {
        (group_id, key.mark(name)): person_id
        for person_id, aliases in forgotten.items()
        for group_id, name in aliases
    }
    whose = {mark: person_id for (_, mark), person_id in marks.items()}
    # An objection that holds in every group goes on to do so, without its name.
    key.objectors = [
        Objector(one.group_id, "", one.mark, whose[one.mark]) if one.mark in whose else one
        for one in key.objectors
    ]
    there = {(one.group_id, one.mark) for one in key.objectors}
    key.objectors += [
        Objector(group_id, "", mark, person_id)
        for (group_id, mark), person_id in marks.items()
        if (group_id, mark) not in there
    ]
    names = {_form(name) for aliases in forgotten.values() for _, name in aliases}
    key.deny = [form for form in key.deny if _form(form) not in names]
    key.verdicts = [one for one in key.verdicts if one.target not in labels and one.form not in names]
    _forget_spans(key, {f"[{label}]" for label in labels.values()}, names, texts)
    return sum(map(len, forgotten.values()))


def forget_groups(key: Key, group_ids: Collection[str]) -> int:
    """Forget the names of groups and of everybody in them, as those groups know them; how many names."""
    for group_id in group_ids:
        key.group_names.pop(group_id, None)
    return sum(len(key.persons.forget(person_id, group_ids)) for person_id in list(key.persons))


def forget_entries(key: Key, entry_ids: Iterable[str]) -> int:
    """Forget what was taken out of these entries; how many values."""
    values = 0
    for entry_id in entry_ids:
        values += len(key.removed.pop(entry_id, ()))
        key.base.pop(entry_id, None)
        key.pending.pop(entry_id, None)
    return values


def forget_things(key: Key, texts: Iterable[str]) -> int:
    """Forget every plate, number, address and the like that none of the texts that are left points at."""
    used: dict[str, set[int]] = {}
    for text in texts:
        for kind, number in _NUMBERED.findall(text):
            used.setdefault(kind, set()).add(int(number))
    return key.drop_things(used)


def known_again(key: Key, group_id: str, names: Iterable[str]) -> dict[str, str]:
    """Names of a further export that are those of people who were forgotten, with who they were."""
    held = {
        one.mark: one.person_id for one in key.objectors if one.person_id and one.group_id in ("", group_id)
    }
    return {name: held[mark] for name in names if (mark := key.mark(name)) in held} if held else {}


def _forget_spans(
    key: Key, placeholders: Collection[str], names: Collection[str], texts: Mapping[str, str]
) -> None:
    """Put the placeholder in the place of every original that was one of these people's names.

    The span itself stays, so that places in the text go on to fit; what a decision changed before
    cannot be taken back there any more.
    """
    for entry_id, spans in key.removed.items():
        text = texts.get(entry_id)
        if text is None:
            continue
        kept = []
        for span in spans:
            shown = text[span.start : span.end]
            named = shown in placeholders or _form(span.original) in names
            kept.append(Removed(span.start, span.end, FORGOTTEN, shown) if named else span)
        if kept != spans:
            key.removed[entry_id] = kept
            key.base.pop(entry_id, None)


def _form(name: str) -> str:
    """A name as decisions write it: folded words with blanks between them."""
    return " ".join(fold(word) for word in alias_of(name).split())
