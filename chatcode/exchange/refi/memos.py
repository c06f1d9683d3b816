"""Reading the memos of a REFI-QDA project back, wherever they hang: on messages, codes, areas, the whole.

A memo that the study has is that memo. Where another program changed its words, the changed words are
a memo of their own: what was written first is never overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast, get_args

from chatcode.domain import CODES, Choice, Memo, MemoKind, WiderMemo
from chatcode.exchange.refi.codes import NO_CODE, Element, tree
from chatcode.exchange.refi.guids import guid, own, same
from chatcode.exchange.refi.layout import writable
from chatcode.exchange.refi.project import Contents, about_codebook, memo_name

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Notes:
    """The memos of a project: on messages, with the ids of those that are notes on media, and wider ones.

    `changed` counts those whose words differ from the study's, `unknown` those of nobody or on nothing
    of ours.
    """

    memos: Sequence[Memo]
    media: frozenset[str]
    wider: Sequence[WiderMemo]
    changed: int
    unknown: int


class Reading:
    """The notes of a project, `coders`, `codes` and `on` being what else was recognised in it.

    `on` has the entries on which each selection lies; `text_of` gives what a note says.
    """

    def __init__(
        self,
        root: Element,
        contents: Contents,
        *,
        coders: Mapping[str, str],
        codes: Mapping[str, Choice],
        on: Mapping[str, Sequence[str]],
        text_of: Callable[[Element], str],
    ) -> None:
        self.root, self.of = root, contents
        self.coders, self.codes, self.on, self.text_of = coders, codes, on, text_of
        self.cases = {guid("case", contents.study_id, case.id): case.name for case in contents.cases}
        self.numbers = {str(number) for number in contents.codebook.interventions}
        self.places = dict(reversed(list(self._places())))

    def notes(self) -> Notes:
        """All notes that can be recognised."""
        kept: dict[str, Memo | WiderMemo] = {own(memo.id, "memo"): memo for memo in self.of.wider}
        kept |= {own(memo.id, "memo"): memo for some in self.of.memos.values() for memo in some}
        memos: list[Memo] = []
        wider: list[WiderMemo] = []
        media: set[str] = set()
        changed = unknown = 0
        for note in self.root.iterfind("{*}Notes/{*}Note"):
            identifier = same(note.get("guid") or "")
            coder = self.coders.get(same(note.get("creatingUser") or ""))
            text = _plain(self.text_of(note))
            known = kept.get(identifier)
            if known is not None:
                found = known
                if text and text != _plain(known.text):
                    found = self._changed(note, kept, known, text)
                    changed += 1
                if known.id in self.of.media:
                    media.add(found.id)
            elif coder is None or not text:
                unknown += 1
                continue
            else:
                new = self._new(note, identifier, coder, text)
                if new is None:
                    unknown += 1
                    continue
                found = new
                if isinstance(found, Memo) and note.get("name") == memo_name("media", "", writable(coder)):
                    media.add(found.id)
            if isinstance(found, Memo):
                memos.append(found)
            else:
                wider.append(found)
        return Notes(memos, frozenset(media), wider, changed, unknown)

    def _changed(
        self, note: Element, kept: Mapping[str, Memo | WiderMemo], known: Memo | WiderMemo, text: str
    ) -> Memo | WiderMemo:
        """A known memo in other words: whose they are and when, where the file tells.

        Its id follows from that of the memo, never from the words: they can be purged.
        """
        identifier = own(known.id, "memo")
        while identifier in kept and text != _plain(kept[identifier].text):
            identifier = guid("memo", identifier)
        if identifier in kept:
            return kept[identifier]
        who = self.coders.get(same(note.get("modifyingUser") or "")) or known.coder
        at = _moment(note, "modifiedDateTime") or known.at
        return replace(known, id=identifier, text=text, coder=who, at=at)

    def _new(self, note: Element, identifier: str, coder: str, text: str) -> Memo | WiderMemo | None:
        kind, about = self.places.get(identifier) or self._named(note, coder) or ("", "")
        at = _moment(note, "creationDateTime") or datetime.now(UTC)
        if kind == "message":
            return Memo(identifier, about, coder, text, at)
        if not kind:
            return None
        told = (note.findtext("{*}Description") or "").strip()
        codebook_hash = told.removeprefix(about_codebook("")) if told.startswith(about_codebook("")) else None
        return WiderMemo(identifier, cast("MemoKind", kind), about, coder, text, at, codebook_hash)

    # ── where a note hangs ──

    def _places(self) -> Iterator[tuple[str, Place]]:
        """By identifier of a note what it hangs on; the first that is told counts."""
        for selection in self.root.iter("{*}PlainTextSelection"):
            ids = self.on.get(same(selection.get("guid") or ""), ())
            for reference in selection.iter("{*}NoteRef"):
                if ids:
                    yield _target(reference), ("message", ids[0])
        headings = {
            one.guid: str(number)
            for number, one in zip(
                self.of.codebook.interventions, tree(self.of.codebook, self.of.lang)[1:], strict=False
            )
        }
        for code in self.root.iter("{*}Code"):
            identifier = same(code.get("guid") or "")
            choice = self.codes.get(identifier)
            about = choice.code if choice else headings.get(identifier)
            for reference in code.iterchildren("{*}NoteRef"):
                if about and about != NO_CODE:
                    yield _target(reference), ("code", about)
        names = set(self.cases.values())
        for one in self.root.iterfind("{*}Sets/{*}Set"):
            name = one.get("name") or ""
            case = self.cases.get(same(one.get("guid") or "")) or (name if name in names else None)
            for reference in one.iterchildren("{*}MemberNote"):
                if case:
                    yield _target(reference), ("case", case)

    def _named(self, note: Element, coder: str) -> Place | None:
        """What the name of a note says that it is on: it holds where a program dropped what it hung on."""
        name = (note.get("name") or "").removesuffix(f" {writable(coder)}")
        kind, _, about = name.partition(" ")
        fits = {
            "code": about in CODES or about in self.numbers,
            "case": about in self.cases.values(),
            "method": not about,
            "theory": not about,
        }
        return (kind, about) if kind in get_args(MemoKind) and fits[kind] else None


def _target(reference: Element) -> str:
    return same(reference.get("targetGUID") or "")


def _plain(text: str) -> str:
    """A text as it comes back from a file: XML knows one kind of line's end."""
    return writable(text).replace("\r\n", "\n").replace("\r", "\n").strip()


def _moment(note: Element, attribute: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(note.get(attribute) or "")
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
