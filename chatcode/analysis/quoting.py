"""What may be quoted: who could have written it, what in it points to somebody, and which examples are drawn.

The number of members who share role, group and month is a help and no proof: any member of a group finds a
verbatim quote with the search box.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatcode.domain import Entry, Layer

LEAST = 3

_NUMBERED = re.compile(r"\[([^\[\]]*?)(?:-\d+| \d\dxx)\]")
_PLACEHOLDER = re.compile(r"\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W\d_]{4,}")
_FEWEST_WORDS = 3
_ROLES = ("onderzoeker", "professional", "beheerder", "deelnemer")
_FLAGS = {
    "age": re.compile(r"\b\d{1,3}\s?-?\s?(?:jaar|jarige?|jr)\b", re.IGNORECASE),
    "time": re.compile(r"\b(?:[01]?\d|2[0-3])[:.][0-5]\d\b"),
    "illness": re.compile(
        r"\b(?:ziek\w*|kanker|dement\w*|alzheimer|hartaanval|beroerte|epilep\w*|diabetes|suikerziekte|depress\w*"
        r"|psych\w*|verslaa?f\w*|operatie|rolstoel|rollator|zwanger|handicap\w*|gehandicapt\w*|autis\w*|overleden)\b",
        re.IGNORECASE,
    ),
    "family": re.compile(
        r"\b(?:moeder|vader|zoon|zoontje|dochter|dochtertje|zus|zusje|broer|broertje|oma|opa|tante|oom|man"
        r"|vrouw|echtgeno(?:ot|te)|weduwe|weduwnaar|schoon\w+|kleinkind\w*|neef|nicht|vriendin|ex)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a quote may say of its writer, and how many people it could then be.

    An empty `role`, `place` or `month` is not to be told.
    """

    role: str
    place: str
    month: str
    sharing: int


def role_of(layer: Layer, entry: Entry) -> str:
    """The role of the writer on that day, the one that tells most; empty where there is none."""
    member = layer.members.get(entry.member_id or "")
    held = member.roles_on(entry.sent_at.date()) if member else frozenset[str]()
    return next((role for role in _ROLES if role in held), "")


def setting(layer: Layer, entry: Entry, least: int = LEAST) -> Setting:
    """The most that can be told of a writer so that at least so many people share it.

    Title, then the month, then the group, then the area are left out, in that order. Where even the
    role alone is shared by fewer, nothing but it is told and `sharing` says by how many.
    """
    member = layer.members[entry.member_id or ""]
    role, month = role_of(layer, entry), f"{entry.sent_at:%Y-%m}"
    group = next(group for group in layer.groups if group.id == entry.group_id)
    area = next(case for case in layer.cases if case.id == group.case_id)
    own, in_area = {group.id}, {one.id for one in layer.groups if one.case_id == area.id}
    every = {one.id for one in layer.groups}

    def sharing(groups: set[str], months: str, title: str = "") -> int:
        return len(
            {
                one.member_id
                for one in layer.entries
                if one.kind == "message"
                and one.group_id in groups
                and months in ("", f"{one.sent_at:%Y-%m}")
                and role_of(layer, one) == role
                and (not title or layer.members[one.member_id or ""].title == title)
            }
        )

    steps = (
        (member.title, group.label, month, own, member.title),
        (role, group.label, month, own, ""),
        (role, group.label, "", own, ""),
        (role, area.name, month, in_area, ""),
        (role, area.name, "", in_area, ""),
        (role, "", "", every, ""),
    )
    found = Setting(role, "", "", 1)
    for told, place, when, groups, title in steps:
        found = Setting(told, place, when, sharing(groups, when, title))
        if found.sharing >= least:
            return found
    return found


def masked(text: str) -> str:
    """The text as it may be quoted: streets taken out, placeholders without their numbers."""
    from chatcode.anonymize.addresses import find_places
    from chatcode.anonymize.lexicon import load

    for place in reversed(find_places(text, load())):
        text = f"{text[: place.start]}[{place.kind}]{text[place.end :]}"
    return _NUMBERED.sub(r"[\1]", text)


def hits(text: str) -> tuple[str, ...]:
    """Kinds of what still identifies in a text that was pseudonymised; never the words."""
    from chatcode.anonymize.redactor import Redactor

    bare = _PLACEHOLDER.sub("…", text)
    return tuple(sorted({span.kind for span in Redactor(()).spans(bare) if span.kind != "straat"}))


def flagger(entries: Iterable[Entry]) -> Callable[[str], tuple[str, ...]]:
    """Make what tells which rare or telling content a text has, against all words of these entries.

    "rare": a word of four letters or more that only one entry has; "age", "time", "illness", "family",
    "place"; "name": under the strict rules something may be a name.
    """
    from chatcode.anonymize.lexicon import load
    from chatcode.anonymize.redactor import Redactor

    met = Counter(word for entry in entries for word in set(_words(entry.text)))
    places, strict = load().places, Redactor((), level="streng")

    def flags(text: str) -> tuple[str, ...]:
        bare = _PLACEHOLDER.sub("…", text)
        words = set(_words(text))
        found = [name for name, pattern in _FLAGS.items() if pattern.search(bare)]
        if any(met[word] <= 1 for word in words):
            found.append("rare")
        if words & places:
            found.append("place")
        if any(span.kind == "persoon" for span in strict.spans(bare)):
            found.append("name")
        return tuple(sorted(found))

    return flags


def draw(
    layer: Layer, code: str, *, n: int, seed: int, case_id: str | None = None, purged: str = ""
) -> list[Entry]:
    """Draw reviewed messages with a code, spread over the months: by chance, never by score.

    Every month gives one before any gives a second. Messages of researchers, those whose words are
    `purged`, and those of fewer than three words are left out. The same seed draws the same.
    """
    groups = {group.id for group in layer.groups if case_id in (None, group.case_id)}
    months: dict[str, list[Entry]] = {}
    for entry in layer.entries:
        act = layer.acts.get(entry.id)
        if (
            act is not None
            and code in act.codes
            and entry.kind == "message"
            and entry.group_id in groups
            and entry.text != purged
            and len(entry.text.split()) >= _FEWEST_WORDS
            and role_of(layer, entry) not in ("", "onderzoeker")
        ):
            months.setdefault(f"{entry.sent_at:%Y-%m}", []).append(entry)
    chance = random.Random(f"{seed} {code}")  # noqa: S311 a sample that can be drawn again, no secret
    order = sorted(months)
    chance.shuffle(order)
    for month in order:
        chance.shuffle(months[month])
    rounds = max(map(len, months.values()), default=0)
    drawn = [months[month][turn] for turn in range(rounds) for month in order if turn < len(months[month])]
    return drawn[:n]


def _words(text: str) -> Sequence[str]:
    return [word.casefold() for word in _WORD.findall(_PLACEHOLDER.sub(" ", text))]
