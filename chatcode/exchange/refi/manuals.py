"""Reading a codebook back from a REFI-QDA file: the names and manuals that it gives to our codes.

What the standard has no place for (keys, cues, measures, actors, advice) stays as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from chatcode.codebook import Codebook, Intervention, Manual, SubReason, Texts
from chatcode.domain import REPORT
from chatcode.errors import ChatcodeError
from chatcode.exchange.refi.check import local, opened, parsed
from chatcode.exchange.refi.codes import INCLUDE, SIDES, CodeEntry, Element, code_guid, tree
from chatcode.exchange.refi.guids import guid, same
from chatcode.exchange.refi.layout import writable

_PARTS = ("include", "exclude", "anchors", "boundary")


@dataclass(frozen=True, slots=True)
class Reread:
    """A codebook as a file has it, in the language of the file, otherwise as it was.

    `unknown` are names in the file that stand for nothing of ours, `missing` the codes that it lacks,
    `renamed` codes whose own name was changed: a codebook names the intervention, not its codes.
    """

    codebook: Codebook
    lang: str
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()


def read_codebook(data: bytes, origin: str, book: Codebook) -> Reread:
    """Read a .qdc, or the codebook in a .qdpx, beside the codebook whose codes they are.

    Raises:
        ChatcodeError: it is no such file, or holds none of our codes.
    """
    root = opened(data, origin)[0] if data[:2] == b"PK" else parsed(data, origin)
    if local(root) not in ("CodeBook", "Project"):
        raise ChatcodeError(f"{origin} holds no codebook", "Take a .qdc or .qdpx file.")
    lang = max(SIDES, key=lambda one: _likeness(root, book, one))
    return _Reading(root, origin, book, lang).found(data)


def _likeness(root: Element, book: Codebook, lang: str) -> int:
    """How many codes are called as in this language."""
    names = {one.name for top in tree(book, lang) for one in top.all}
    sides = tuple(f" - {side}" for side in SIDES[lang].values())
    found = [code.get("name") or "" for code in root.iter("{*}Code")]
    return sum(name in names or name.endswith(sides) for name in found)


class _Reading:
    def __init__(self, root: Element, origin: str, book: Codebook, lang: str) -> None:
        self.origin, self.book, self.lang = origin, book, lang
        ours = {one.guid: one for top in tree(book, lang) for one in top.all}
        by_name = {one.name: one for one in ours.values()}
        self.names: dict[str, str] = {}
        self.told: dict[str, str] = {}
        self.unknown: list[str] = []
        for code in root.iter("{*}Code"):
            name = (code.get("name") or "").strip()
            entry = ours.get(same(code.get("guid") or "")) or by_name.get(name)
            if entry is None:
                self.unknown.append(name)
                continue
            self.names[entry.guid] = name
            described = code.find("{*}Description")
            if described is not None and not _alike(described.text or "", entry.description):
                self.told[entry.guid] = _lines(described.text or "")
        self.ours = ours

    def found(self, data: bytes) -> Reread:
        if not self.names:
            raise ChatcodeError(
                f"{self.origin} holds none of the codes", "Take a file that was written by chatcode exchange."
            )
        made = replace(
            self.book,
            origin=self.origin,
            hash=hashlib.sha256(data).hexdigest()[:16],
            report=replace(
                self.book.report,
                name=self._named(self.book.report.name, code_guid(REPORT), REPORT),
                seen=self._manual(self.book.report.seen),
            ),
            interventions={n: self._intervention(one) for n, one in self.book.interventions.items()},
        )
        return Reread(
            made,
            self.lang,
            tuple(self.unknown),
            tuple(code for code in self.book.codes if code_guid(code) not in self.names),
            tuple(code for code in self.book.codes if code != REPORT and self._renamed(code, made)),
        )

    def _intervention(self, one: Intervention) -> Intervention:
        heading = guid("intervention", str(one.number))
        mechanism = self.told.get(heading)
        return replace(
            one,
            name=self._named(one.name, heading, str(one.number)),
            mechanism={**one.mechanism, self.lang: mechanism} if mechanism else one.mechanism,
            seen=self._manual(one.seen),
            opposite=self._manual(one.opposite),
        )

    def _named(self, names: Texts, identifier: str, number: str) -> Texts:
        """The names of a heading, with that of the file in its language; the number in front is ours."""
        name = self.names.get(identifier, "").removeprefix(f"{number} ").strip()
        return {**names, self.lang: name} if name else names

    def _renamed(self, code: str, made: Codebook) -> bool:
        """Whether a code is called otherwise than by its intervention, as it was or as it became."""
        name = self.names.get(code_guid(code))
        side = SIDES[self.lang][code[-1]]
        fits = {f"{code[:-1]} {book.name(code, self.lang)} - {side}" for book in (self.book, made)}
        return name is not None and name not in {writable(one) for one in fits}

    # ── manuals ──

    def _manual(self, manual: Manual) -> Manual:
        told = self.told.get(code_guid(manual.code))
        parts = dict(_sorted(told)) if told else {}
        return replace(
            manual,
            include=" ".join(parts["include"]) if "include" in parts else manual.include,
            exclude=" ".join(parts["exclude"]) if "exclude" in parts else manual.exclude,
            anchors=tuple(parts["anchors"]) if "anchors" in parts else manual.anchors,
            boundary=tuple(parts["boundary"]) if "boundary" in parts else manual.boundary,
            sub_reasons=tuple(self._sub_reason(manual.code, one) for one in manual.sub_reasons),
        )

    def _sub_reason(self, code: str, one: SubReason) -> SubReason:
        name = self.names.get(code_guid(code, one.id))
        if name is None or name == writable(self._entry(code, one).name):
            return one
        # What stands before it is the name of the code.
        own = re.sub(r"^.* - [^:]*: ", "", name).strip()
        return replace(one, name={**one.name, self.lang: own}) if own else one

    def _entry(self, code: str, one: SubReason) -> CodeEntry:
        return self.ours[code_guid(code, one.id)]


def _lines(text: str) -> str:
    return writable(text).replace("\r\n", "\n").replace("\r", "\n").strip()


def _alike(one: str, other: str) -> bool:
    """Whether two descriptions say the same: programs break lines and pad them as they like."""
    return _lines(one).split() == _lines(other).split()


def _sorted(told: str) -> Iterator[tuple[str, list[str]]]:
    """The parts of a description by the titles that it was given; what has none is what the code takes in."""
    titles: Mapping[str, str] = {
        title: part for some in INCLUDE.values() for title, part in zip(some, _PARTS, strict=True)
    }
    found: dict[str, list[str]] = {}
    part = "include"
    for line in filter(None, (line.strip() for line in told.split("\n"))):
        title, colon, rest = line.partition(":")
        if colon and title in titles:
            part = titles[title]
            found.setdefault(part, []).append(rest.strip())
        elif part in found:
            found[part][-1] += f" {line}"
        else:
            found[part] = [line]
    yield from found.items()
