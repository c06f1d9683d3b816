"""Likely links: what feedback, a correction or a further report belongs to, each with a probability."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from operator import mul

from chatcode.bundled import links_path
from chatcode.conversation import GAP
from chatcode.domain import REPORT, Link, LinkKind
from chatcode.suggestion.words import TOKEN, normal

# The codes that ask for a link, and what it goes to.
SOURCES: Mapping[LinkKind, frozenset[str]] = {
    "incident": frozenset({REPORT}),
    "feedback": frozenset({"1+", "8+", "10+"}),
    "correction": frozenset({"7+"}),
}
TARGETS: Mapping[LinkKind, str] = {"incident": REPORT, "feedback": REPORT, "correction": "7-"}
KINDS: tuple[LinkKind, ...] = ("incident", "feedback", "correction")
FEATURES = (
    "nothing", "nothing, and none is near", "time since", "messages since", "same conversation",
    "latest", "one later", "writer is in it", "writer began it", "answered already", "same words",
    "names somebody in it", "by a professional", "a professional, next day",
    "question just before", "right after",
)  # fmt: skip
_CANDIDATES = 12  # the latest ones; who goes further back chooses by hand
_NEAR = GAP.total_seconds() / 60
_NEXT_DAY = 48 * 60
# A stretch of a chat counts as if it were this long: a word is not common because little was read.
_USUAL = 500
_PLACEHOLDER_TELLS = math.log(_USUAL)  # a number plate tells as much as a word that nobody else used
_SHORT = 4  # words up to this length tell little of what a message is about
_PLACEHOLDER = re.compile(r"\[([^\W\d_]+-[\w-]+)\]")
_PERSONS = ("deelnemer", "beheerder", "wijkagent", "professional", "persoon", "naam")


@dataclass(frozen=True, slots=True)
class Linkable:
    """A message as far as links ask for it: its codes are the coder's where reviewed, else suggested.

    `links` are what the coder linked it to; they are never doubted.
    """

    id: str
    sent_at: datetime
    sender: str
    text: str
    codes: frozenset[str]
    roles: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link that the machine proposes; `others` are the next likeliest targets with their probabilities."""

    entry_id: str
    link: Link
    probability: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(slots=True)
class _Matter:
    """A report with what belongs to it, or improper behaviour: what later messages may link to."""

    id: str
    begun_by: str
    last_at: datetime
    last_place: int
    people: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    placeholders: set[str] = field(default_factory=set)
    answered: bool = False


def propose_links(
    messages: Sequence[Linkable], *, weights: Mapping[str, Sequence[float]] | None = None
) -> list[Proposal]:
    """The likely links of one group's messages, in their order: at most one a message and kind.

    A message without a likely target has none. `weights` are those that were learned from marked chats
    (`benchmarks/links.py`); without them the shipped ones.
    """
    weights = weights or shipped()
    found = []
    for message, kind, matters, rows in _choices(messages, weights):
        p = probabilities(rows, weights[kind])
        order = sorted(range(len(matters)), key=lambda i: -p[i + 1])
        best = order[0] if order else None
        if best is None or p[best + 1] < p[0]:
            continue
        others = tuple((matters[i].id, round(p[i + 1], 3)) for i in order[1:4])
        found.append(Proposal(message.id, Link(kind, matters[best].id), round(p[best + 1], 3), others))
    return found


def examples(
    messages: Sequence[Linkable],
) -> Iterator[tuple[Linkable, LinkKind, list[str], list[list[float]]]]:
    """What weights are learned from: per message and kind the ids of the targets, and a row of figures each.

    The first row stands for no target at all. Earlier links are taken from the messages.
    """
    for message, kind, matters, rows in _choices(messages, None):
        yield message, kind, [matter.id for matter in matters], rows


def probabilities(rows: Sequence[Sequence[float]], weights: Sequence[float]) -> list[float]:
    """How likely each row is the right one: a conditional logit (McFadden 1974)."""
    scores = [sum(map(mul, row, weights)) for row in rows]
    most = max(scores)
    raised = [math.exp(score - most) for score in scores]
    total = sum(raised)
    return [one / total for one in raised]


@cache
def shipped() -> Mapping[str, Sequence[float]]:
    """The weights that were learned from synthetic chats."""
    kept = json.loads(links_path().read_text(encoding="utf-8"))
    return {kind: [kept["weights"][kind][name] for name in FEATURES] for kind in KINDS}


def _choices(
    messages: Sequence[Linkable], weights: Mapping[str, Sequence[float]] | None
) -> Iterator[tuple[Linkable, LinkKind, list[_Matter], list[list[float]]]]:
    """Walk through a group: at each message and kind the matters that it may belong to, with figures.

    A matter grows by what the coder linked to it, else by what is likely linked.
    """
    reports: list[_Matter] = []
    improper: list[_Matter] = []
    rare = _Rarity(messages)
    talk_began, before = 0, None
    for place, message in enumerate(messages):
        if before is not None and message.sent_at - before.sent_at > GAP:
            talk_began = place
        about = _About(message, place, talk_began, before, rare)
        joined: _Matter | None = None
        for kind in KINDS:
            if not SOURCES[kind] & message.codes:
                continue
            matters = (improper if kind == "correction" else reports)[-_CANDIDATES:]
            rows = [about.nothing(matters), *(about.row(m, matters) for m in matters)]
            yield message, kind, matters, rows
            chosen = _chosen(message, kind, matters, rows, weights)
            if chosen is not None:
                chosen.answered |= kind != "incident"
                joined = chosen if kind != "correction" else joined
                about.grow(chosen)
                (improper if kind == "correction" else reports).sort(key=lambda m: m.last_place)
        if REPORT in message.codes and joined is None:
            reports.append(about.begin())
        if "7-" in message.codes:
            improper.append(about.begin())
        before = message


def _chosen(
    message: Linkable,
    kind: LinkKind,
    matters: Sequence[_Matter],
    rows: Sequence[Sequence[float]],
    weights: Mapping[str, Sequence[float]] | None,
) -> _Matter | None:
    said = [link.target_id for link in message.links if link.kind == kind]
    if said or weights is None:
        return next((m for m in matters if m.id in said), None)
    p = probabilities(rows, weights[kind])
    best = p.index(max(p))
    return matters[best - 1] if best else None


class _Rarity:
    """How much a word tells of what a message is about: the more, the fewer messages of the group have it."""

    def __init__(self, messages: Sequence[Linkable]) -> None:
        self._total = max(_USUAL, len(messages))
        self._counts = Counter(word for message in messages for word in content(message.text))

    def __call__(self, word: str) -> float:
        return math.log((self._total + 1) / self._counts[word]) if self._counts[word] else 0.0


class _About:
    """One message beside the matters that it may belong to."""

    def __init__(
        self, message: Linkable, place: int, talk_began: int, before: Linkable | None, rare: _Rarity
    ) -> None:
        self._message, self._place, self._talk_began, self._rare = message, place, talk_began, rare
        self._words = content(message.text)
        self._placeholders = _placeholders(message.text)
        self._named = _folded(message.text)
        self._asked = before is not None and "?" in before.text and before.sender != message.sender
        self._professional = bool(message.roles & {"professional", "beheerder"})

    def nothing(self, matters: Sequence[_Matter]) -> list[float]:
        near = any(self._minutes(matter) <= _NEAR for matter in matters)
        return [1.0, float(not near), *(0.0 for _ in FEATURES[2:])]

    def row(self, matter: _Matter, matters: Sequence[_Matter]) -> list[float]:
        minutes = self._minutes(matter)
        since = self._place - matter.last_place
        later = len(matters) - 1 - next(i for i, one in enumerate(matters) if one is matter)
        shared = sum(self._rare(word) for word in self._words & matter.words)
        shared += _PLACEHOLDER_TELLS * len(self._placeholders & matter.placeholders)
        return [
            0.0,
            0.0,
            math.log1p(minutes) / 5,
            math.log1p(since) / 3,
            float(matter.last_place >= self._talk_began),
            float(later == 0),
            float(later == 1),
            float(self._message.sender in matter.people),
            float(self._message.sender == matter.begun_by),
            float(matter.answered),
            math.log1p(shared),
            float(any(_is_named(person, self._named) for person in matter.people)),
            float(self._professional),
            float(self._professional and _NEAR < minutes <= _NEXT_DAY),
            float(self._asked and since <= 2),
            float(since == 1),
        ]

    def grow(self, matter: _Matter) -> None:
        matter.last_at, matter.last_place = self._message.sent_at, self._place
        matter.people.add(self._message.sender)
        matter.words |= self._words
        matter.placeholders |= self._placeholders

    def begin(self) -> _Matter:
        made = _Matter(self._message.id, self._message.sender, self._message.sent_at, self._place)
        self.grow(made)
        return made

    def _minutes(self, matter: _Matter) -> float:
        return max(0.0, (self._message.sent_at - matter.last_at).total_seconds() / 60)


@lru_cache(maxsize=5_000)
def content(text: str) -> frozenset[str]:
    """The longer words of a text: places and descriptions are among them.

    Whole words find as many targets as stems do (`benchmarks/links.py`), and the review screen need not wait
    for a stemmer to load.
    """
    text = _PLACEHOLDER.sub(" ", text)
    return frozenset(
        normal(found.group())
        for found in TOKEN.finditer(text)
        if found.lastgroup == "word" and len(found.group()) > _SHORT and not found.group()[0].isdigit()
    )


@lru_cache(maxsize=5_000)
def _folded(text: str) -> str:
    return normal(text)


def _placeholders(text: str) -> set[str]:
    """Things that were pseudonymised alike: a number plate, an address; persons are named apart."""
    found = {place.lower() for place in _PLACEHOLDER.findall(text)}
    return {place for place in found if not place.startswith(_PERSONS)}


def _is_named(person: str, text: str) -> bool:
    """Whether a text names a member, by label or by the first word of a name."""
    label = normal(person)
    if f"[{label}]" in text:
        return True
    first = label.split()[0] if label.split() else ""
    return len(first) > 2 and bool(re.search(rf"\b{re.escape(first)}\b", text)) and "-" not in first
