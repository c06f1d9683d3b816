"""Reading a REFI-QDA project back: codings, memos and links of the messages of a study.

Other programs keep, shift or renew what they were given. So a selection is recognised by its
identifier, else by its place in a text that is still that of the study; codes and coders by
identifier, else by name. What cannot be recognised is counted, never guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast, get_args

from chatcode.analysis.settlement import TIED
from chatcode.domain import Act, Choice, Decision, Link, LinkKind
from chatcode.errors import ChatcodeError
from chatcode.exchange.refi import memos
from chatcode.exchange.refi.check import opened
from chatcode.exchange.refi.codes import NO_CODE, Element, choices_by_guid, tree
from chatcode.exchange.refi.guids import own, same
from chatcode.exchange.refi.layout import Place, Source, sources, writable
from chatcode.exchange.refi.memos import Notes
from chatcode.exchange.refi.project import Contents, link_name, source_guid, user_guid, user_id


@dataclass(frozen=True, slots=True)
class Found:
    """What a project holds of a study: decisions per coder, memos, and what was not recognised.

    `settled` are the coders whose layer is the adjudicated one. `linked` says whether the file has any
    links of ours: where a program has dropped them all, those in force stay.
    """

    choices: Mapping[str, Mapping[str, tuple[Choice, ...]]]
    links: Mapping[str, Mapping[str, tuple[Link, ...]]]
    notes: Notes
    linked: bool
    settled: frozenset[str] = frozenset()
    unknown: Mapping[str, int] = field(default_factory=dict)

    def decisions(self, coder: str, in_force: Mapping[str, Act]) -> tuple[list[Decision], int]:
        """What of a coder differs from the acts in force, and how many are the same."""
        found: list[Decision] = []
        unchanged = 0
        links = self.links.get(coder, {})
        for entry_id, choices in self.choices.get(coder, {}).items():
            before = in_force.get(entry_id)
            tied = links.get(entry_id, ()) if self.linked else before.links if before else ()
            codes = {choice.code for choice in choices}
            kept = tuple(link for link in tied if codes & TIED[link.kind])
            if before and (set(before.choices), set(before.links)) == (set(choices), set(kept)):
                unchanged += 1
                continue
            is_settled = coder in self.settled or (before is not None and before.mode == "adjudicated")
            found.append(Decision(entry_id, choices, kept, "adjudicated" if is_settled else "blind"))
        return found, unchanged


def read_project(data: bytes, origin: str, contents: Contents) -> Found:
    """Read a .qdpx; `contents` is the study as it is now, whose texts it must be.

    Raises:
        ChatcodeError: it is no project, none of this study, or a text of it was changed.
    """
    root, inside = opened(data, origin)
    return _Reading(root, inside, origin, contents).found()


class _Reading:
    def __init__(self, root: Element, inside: Mapping[str, bytes], origin: str, contents: Contents) -> None:
        self.root, self.inside, self.origin, self.of = root, inside, origin, contents
        self.unknown: Counter[str] = Counter()
        self.entries = {own(entry.id, "entry"): entry.id for entry in contents.entries}
        self.coders = self._coders()
        self.codes = self._codes()
        # Selections by identifier: the entries that they lie on.
        self.on: dict[str, list[str]] = {}

    def found(self) -> Found:
        choices: dict[str, dict[str, dict[Choice, None]]] = {}
        recognised = 0
        for source, element in self._sources():
            recognised += 1
            place = self._places(source, element)
            for selection in element.iterchildren("{*}PlainTextSelection"):
                ids = place(selection)
                self.on[same(selection.get("guid") or "")] = ids
                if not ids:
                    self.unknown["selections that lie on no message"] += 1
                for coding in selection.iterchildren("{*}Coding"):
                    self._take(coding, ids, choices)
            self.unknown["codings of a whole text"] += len(list(element.iterchildren("{*}Coding")))
        if not recognised:
            raise ChatcodeError(
                f"{self.origin} holds no text of this study", "Read a project that was written from it."
            )
        links = self._links()
        notes = memos.Reading(
            self.root, self.of, coders=self.coders, codes=self.codes, on=self.on, text_of=self._words
        ).notes()
        self.unknown["memos of nobody, or on nothing of ours"] += notes.unknown
        return Found(
            {
                coder: {entry_id: _final(some) for entry_id, some in per_entry.items()}
                for coder, per_entry in choices.items()
            },
            links,
            notes,
            bool(links),
            frozenset(self.settled),
            {what: count for what, count in self.unknown.items() if count},
        )

    def _take(
        self, coding: Element, ids: Sequence[str], choices: dict[str, dict[str, dict[Choice, None]]]
    ) -> None:
        reference = coding.find("{*}CodeRef")
        choice = self.codes.get(same(reference.get("targetGUID") or "")) if reference is not None else None
        coder = self.coders.get(same(coding.get("creatingUser") or ""))
        if choice is None:
            self.unknown["codings with other codes"] += 1
        elif coder is None:
            self.unknown["codings by nobody"] += 1
        else:
            for entry_id in ids:
                choices.setdefault(coder, {}).setdefault(entry_id, {})[choice] = None

    # ── who and what ──

    def _coders(self) -> dict[str, str]:
        ours = {user_guid(self.of.study_id, coder): coder for coder in self.of.acts}
        found = {}
        self.settled: set[str] = set()
        for user in self.root.iterfind("{*}Users/{*}User"):
            identifier = same(user.get("guid") or "")
            name = ours.get(identifier) or (user.get("name") or user.get("id") or "").strip()
            if name:
                found[identifier] = name
            if name and user.get("id") == user_id(name, settled=True):
                self.settled.add(name)
        return found

    def _codes(self) -> dict[str, Choice]:
        found: dict[str, Choice] = {}
        by_name: dict[str, Choice] = {}
        for lang in ("nl", "en"):
            listed = tree(self.of.codebook, lang)
            found |= choices_by_guid(listed)
            for top in listed:
                for one in top.all:
                    if one.stands_for:
                        by_name[one.name] = Choice(one.stands_for, one.sub_reason)
        for code in self.root.iter("{*}Code"):
            identifier = same(code.get("guid") or "")
            choice = by_name.get((code.get("name") or "").strip())
            if identifier not in found and choice is not None:
                found[identifier] = choice
        return found

    # ── where ──

    def _sources(self) -> list[tuple[Source, Element]]:
        ours = sources(self.of.entries, groups=self.of.groups, members=self.of.members)
        by_guid = {source_guid(self.of, source): source for source in ours}
        by_name = {source.name: source for source in ours}
        found = []
        for element in self.root.iterfind("{*}Sources/{*}TextSource"):
            source = by_guid.get(same(element.get("guid") or "")) or by_name.get(element.get("name") or "")
            if source is None:
                self.unknown["texts of something else"] += 1
                continue
            found.append((source, element))
        return found

    def _places(self, source: Source, element: Element) -> _Counting:
        """How places in this text are counted: the way in which most selections hold what they should."""
        raw = self._text(element)
        text = raw.replace("\r\n", "\n").replace("\r", "\n")
        if text.removesuffix("\n") != source.text.removesuffix("\n"):
            raise ChatcodeError(
                f"{self.origin}: the text of {source.name} is not that of this study",
                "It was changed elsewhere, or messages came in since: places in it say nothing.",
            )
        ways = [_Counting(self.entries, source, 1)]
        if raw != text:
            ways.append(_Counting(self.entries, source, 2))
        # Our texts have no sign above U+FFFF: counting UTF-16 and counting code points are the same.
        selections = list(element.iterchildren("{*}PlainTextSelection"))
        scores = [sum(way.fits(selection) for selection in selections) for way in ways]
        best = max(range(len(ways)), key=lambda i: scores[i])
        if selections and not scores[best] and any(selection.get("name") for selection in selections):
            raise ChatcodeError(
                f"{self.origin}: the places in {source.name} fit in no way of counting",
                "Export the project anew, and let the program leave the texts as they are.",
            )
        return ways[best]

    def _text(self, element: Element) -> str:
        held = element.find("{*}PlainTextContent")
        if held is not None and held.text:
            return str(held.text)
        path = (element.get("plainTextPath") or "").lower().rpartition("/")[2]
        if path not in self.inside:
            raise ChatcodeError(
                f"{self.origin}:{element.sourceline}: the text of a source is not there", "Export it anew."
            )
        try:
            return self.inside[path].decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ChatcodeError(f"{self.origin}: a text in it is not UTF-8", "Export it anew.") from None

    def _words(self, note: Element) -> str:
        """What a note says; programs also write notes in which nothing stands."""
        held, path = note.findtext("{*}PlainTextContent"), note.get("plainTextPath")
        return self._text(note) if held or path else ""

    # ── what hangs on them ──

    def _links(self) -> dict[str, dict[str, tuple[Link, ...]]]:
        names = {
            link_name(kind, writable(coder)): (cast("LinkKind", kind), coder)
            for kind in get_args(LinkKind)
            for coder in {*self.of.acts, *self.coders.values()}
        }
        place = {entry.id: (entry.group_id, entry.position) for entry in self.of.entries}
        found: dict[str, dict[str, tuple[Link, ...]]] = {}
        for element in self.root.iterfind("{*}Links/{*}Link"):
            named = names.get(element.get("name") or "")
            origins = self.on.get(same(element.get("originGUID") or ""), [])
            targets = self.on.get(same(element.get("targetGUID") or ""), [])
            if named is None or len(origins) != 1 or len(targets) != 1:
                self.unknown["links of another kind"] += 1
                continue
            (origin,), (target,) = origins, targets
            if place[origin][0] != place[target][0] or place[target][1] >= place[origin][1]:
                self.unknown["links that go to no earlier message of the group"] += 1
                continue
            kind, coder = named
            per_entry = found.setdefault(coder, {})
            per_entry[origin] = tuple(sorted({*per_entry.get(origin, ()), Link(kind, target)}))
        return found


class _Counting:
    """Places in a text of which a line's end counts as one or two."""

    def __init__(self, entries: Mapping[str, str], source: Source, width: int) -> None:
        self.entries, self.source = entries, source
        ends = [match.end() for match in re.finditer("\n", source.text)]
        passed = 0
        # In order, for they are the lines of the text.
        self.spans: list[tuple[int, int, Place]] = []
        for place in source.places:
            while passed < len(ends) and ends[passed] <= place.start:
                passed += 1
            shift = passed * (width - 1)
            self.spans.append((place.start + shift, place.end + shift, place))
        self.starts = [first for first, _, _ in self.spans]
        self.of_entry = {place.entry.id: (first, last) for first, last, place in self.spans}

    def fits(self, selection: Element) -> bool:
        """Whether a selection is where its identifier or its name says that it is."""
        start, end = _bounds(selection)
        known = self.entries.get(same(selection.get("guid") or ""))
        if known is not None:
            return self.of_entry.get(known) == (start, end)
        name = (selection.get("name") or "").strip()[: end - start].strip()
        for first, _, place in self._touched(start, end)[:1]:
            text = self.source.text[place.start : place.end]
            return bool(name) and text[max(0, start - first) :].startswith(name)
        return False

    def __call__(self, selection: Element) -> list[str]:
        """The entries that a selection lies on: its own, else those of which it holds over half.

        A shorter selection lies on the message that it touches most.
        """
        known = self.entries.get(same(selection.get("guid") or ""))
        if known is not None:
            return [known]
        start, end = _bounds(selection)
        touched = [
            (min(end, last) - max(start, first), last - first, place.entry.id)
            for first, last, place in self._touched(start, end)
        ]
        held = [entry_id for length, whole, entry_id in touched if 2 * length > whole]
        return held or [entry_id for _, _, entry_id in sorted(touched, key=lambda one: -one[0])[:1]]

    def _touched(self, start: int, end: int) -> list[tuple[int, int, Place]]:
        """The messages that have something of this stretch, in order."""
        at = max(0, bisect_right(self.starts, start) - 1)
        return [span for span in self.spans[at : bisect_left(self.starts, end)] if start < span[1]]


def _bounds(selection: Element) -> tuple[int, int]:
    try:
        return int(selection.get("startPosition")), int(selection.get("endPosition"))
    except (TypeError, ValueError):
        return 0, 0


def _final(some: Mapping[Choice, None]) -> tuple[Choice, ...]:
    """The codes of a message; with a sub-reason beside the bare code, the one that says more."""
    codes = [choice for choice in some if choice.code != NO_CODE]
    told = {choice.code for choice in codes if choice.sub_reason}
    kept: dict[str, Choice] = {}
    for choice in codes:
        if choice.sub_reason or choice.code not in told:
            kept.setdefault(choice.code, choice)
    return tuple(sorted(kept.values(), key=lambda choice: (choice.code, choice.sub_reason or "")))
