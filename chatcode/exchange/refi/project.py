"""A study as a REFI-QDA project (.qdpx): sources, coders, codes, members as cases, memos, links."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from chatcode.codebook import Codebook
from chatcode.domain import CODES, ROLES, Act, Case, Choice, Entry, Group, Member, Memo, WiderMemo
from chatcode.exchange.refi.codes import NO_CODE, Element, Maker, code_element, code_guid, grouped, tree
from chatcode.exchange.refi.guids import guid, own
from chatcode.exchange.refi.layout import LineEnds, Source, plain, replaced, sources, writable

PROJECT_SPACE = "urn:QDA-XML:project:1.0"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_WHERE = f"{PROJECT_SPACE} http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd"
# Zip keeps a moment of each file; the same project gives the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Contents:
    """What of a study goes into a project: `acts` per coder, in force, and the memos.

    `memos` are those on messages, among them notes on media, whose ids are in `media`; `wider` are those
    on codes, cases, the method and the theory.
    """

    study_id: str
    name: str
    lang: str
    codebook: Codebook
    cases: Sequence[Case]
    groups: Sequence[Group]
    members: Mapping[str, Member]
    entries: Sequence[Entry]
    acts: Mapping[str, Mapping[str, Act]]
    memos: Mapping[str, Sequence[Memo]] = field(default_factory=dict)
    media: frozenset[str] = frozenset()
    wider: Sequence[WiderMemo] = ()


def user_guid(study_id: str, coder: str) -> str:
    """The identifier of a coder in a study."""
    return guid("user", study_id, coder)


def user_id(coder: str, *, settled: bool) -> str:
    """The id of a user: it tells the settled layer from a coder, for which the standard has no place."""
    return writable(f"{coder} (adjudicated)" if settled else coder)


def link_name(kind: str, coder: str) -> str:
    """A link has no author in the standard, so its name tells kind and coder."""
    return f"{kind} ({coder})"


def memo_name(kind: str, about: str, coder: str) -> str:
    """What a note is called: what it is on and whose it is, for programs that drop where it hangs."""
    return " ".join(filter(None, (kind, about, coder)))


def about_codebook(codebook_hash: str) -> str:
    """How a note tells under which codebook it was written."""
    return f"codebook {codebook_hash}"


def write_project(contents: Contents, *, line_ends: LineEnds = "lf") -> bytes:
    """Write a project: `project.qde` and a text per group and month in `sources/`."""
    from lxml import etree

    laid_out = sources(
        contents.entries, groups=contents.groups, members=contents.members, line_ends=line_ends
    )
    root = _Writing(contents, laid_out).project()
    document = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "project.qde", document)
        for source in laid_out:
            _add(archive, f"sources/{source_guid(contents, source)}.txt", source.text.encode("utf-8"))
    return stream.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def source_guid(contents: Contents, source: Source) -> str:
    """The identifier of the source of a group and month."""
    return guid("source", contents.study_id, source.group.id, source.month)


def lost(contents: Contents) -> list[str]:
    """What a project of the standard has no place for, one line each."""
    acts = [act for per_coder in contents.acts.values() for act in per_coder.values()]
    signs = sum(replaced(entry.text) for entry in contents.entries)
    found = [
        "suggestions, their probabilities and reasons, what was shown, and the way of working",
        "acts that were replaced or undone, and earlier rounds: of each message the last act stands",
        "days covered, periods, marks, and the codebook's cues, measures and actors",
    ]
    if any(choice.sub_reason for act in acts for choice in act.choices):
        found.append("sub-reasons as such: they are codes below the opposite code")
    if any(act.links for act in acts):
        found.append("who made a link: its name says so")
    if signs:
        found.append(
            f"{signs} emoji and the like as signs: they are written by their names, so that places hold"
        )
    return found


class _Writing:
    """The elements of one project, in the order in which the schema wants them."""

    def __init__(self, contents: Contents, laid_out: Sequence[Source]) -> None:
        from lxml.builder import ElementMaker

        self.of = contents
        self.sources = laid_out
        self.make: Maker = ElementMaker(namespace=PROJECT_SPACE, nsmap={None: PROJECT_SPACE, "xsi": _XSI})
        self.users = {
            name: user_guid(contents.study_id, name)
            for name in sorted(
                {
                    *contents.acts,
                    *(memo.coder for some in contents.memos.values() for memo in some),
                    *(memo.coder for memo in contents.wider),
                }
            )
        }
        self.selected = {
            entry.id
            for entry in contents.entries
            if entry.kind == "message"
            or entry.id in contents.memos
            or any(entry.id in acts for acts in contents.acts.values())
        }

    def project(self) -> Element:
        on_codes, on_cases, on_all = self._about()
        self.on_cases = on_cases
        parts = [
            self._holder("Users", self._users()),
            self.make.CodeBook(
                self.make.Codes(
                    *(code_element(self.make, one, on_codes) for one in tree(self.of.codebook, self.of.lang))
                )
            ),
            self._holder("Variables", self._variables()),
            self._holder("Cases", self._cases()),
            self._holder("Sources", [self._source(source) for source in self.sources]),
            self._holder("Notes", self._notes()),
            self._holder("Links", self._links()),
            self._holder("Sets", self._sets()),
        ]
        root = self.make.Project(
            *(part for part in parts if part is not None),
            *(self.make.NoteRef(targetGUID=note) for note in on_all),
            name=writable(self.of.name),
            origin="chatcode",
        )
        root.set(f"{{{_XSI}}}schemaLocation", _WHERE)
        return root

    def _holder(self, name: str, children: Sequence[Element]) -> Element | None:
        """A container, which the standard does not allow to be empty."""
        return getattr(self.make, name)(*children) if children else None

    def _about(self) -> tuple[dict[str, list[str]], dict[str, list[str]], list[str]]:
        """The wider memos: by the code they are on, by the case, and those on the whole."""
        cases = {case.name: guid("case", self.of.study_id, case.id) for case in self.of.cases}
        numbers = {str(number) for number in self.of.codebook.interventions}
        on_codes: dict[str, list[str]] = defaultdict(list)
        on_cases: dict[str, list[str]] = defaultdict(list)
        on_all = []
        for memo in self.of.wider:
            note = own(memo.id, "memo")
            if memo.kind == "code" and memo.about in CODES:
                on_codes[code_guid(memo.about)].append(note)
            elif memo.kind == "code" and memo.about in numbers:
                on_codes[guid("intervention", memo.about)].append(note)
            elif memo.kind == "case" and memo.about in cases:
                on_cases[cases[memo.about]].append(note)
            else:
                on_all.append(note)
        return on_codes, on_cases, on_all

    def _users(self) -> list[Element]:
        settled = {
            name
            for name, acts in self.of.acts.items()
            if any(act.mode == "adjudicated" for act in acts.values())
        }
        return [
            self.make.User(guid=identifier, name=writable(name), id=user_id(name, settled=name in settled))
            for name, identifier in self.users.items()
        ]

    # ── members ──

    def _variables(self) -> list[Element]:
        if not self.of.members:
            return []
        return [
            self.make.Variable(guid=guid("variable", "role"), name="role", typeOfVariable="Text"),
            *(
                self.make.Variable(guid=guid("variable", role), name=role, typeOfVariable="Boolean")
                for role in ROLES
            ),
        ]

    def _cases(self) -> list[Element]:
        wrote: dict[str, list[str]] = defaultdict(list)
        for entry in self.of.entries:
            if entry.member_id and entry.id in self.selected:
                wrote[entry.member_id].append(own(entry.id, "entry"))
        make = self.make
        return [
            make.Case(
                make.VariableValue(
                    make.VariableRef(targetGUID=guid("variable", "role")),
                    make.TextValue(", ".join(sorted(member.roles))),
                ),
                *(
                    make.VariableValue(
                        make.VariableRef(targetGUID=guid("variable", role)),
                        make.BooleanValue("true" if role in member.roles else "false"),
                    )
                    for role in ROLES
                ),
                *(make.SelectionRef(targetGUID=selection) for selection in wrote[member.id]),
                guid=guid("member", self.of.study_id, member.id),
                name=writable(member.label),
            )
            for member in self.of.members.values()
        ]

    # ── messages ──

    def _source(self, source: Source) -> Element:
        identifier = source_guid(self.of, source)
        return self.make.TextSource(
            *(
                self._selection(place.entry, place.start, place.end)
                for place in source.places
                if place.entry.id in self.selected
            ),
            guid=identifier,
            name=writable(source.name),
            plainTextPath=f"internal://{identifier}.txt",
        )

    def _selection(self, entry: Entry, start: int, end: int) -> Element:
        codings = [
            self._coding(act, choice)
            for acts in self.of.acts.values()
            if (act := acts.get(entry.id)) is not None
            for choice in (act.choices or (Choice(NO_CODE),))
        ]
        notes = [
            self.make.NoteRef(targetGUID=own(memo.id, "memo")) for memo in self.of.memos.get(entry.id, ())
        ]
        return self.make.PlainTextSelection(
            *codings,
            *notes,
            guid=own(entry.id, "entry"),
            name=plain(entry.text),
            startPosition=str(start),
            endPosition=str(end),
        )

    def _coding(self, act: Act, choice: Choice) -> Element:
        return self.make.Coding(
            self.make.CodeRef(targetGUID=code_guid(choice.code, choice.sub_reason)),
            guid=guid("coding", act.id, choice.code),
            creatingUser=self.users[act.coder],
            creationDateTime=_moment(act.at),
        )

    # ── what hangs on them ──

    def _notes(self) -> list[Element]:
        named: list[tuple[str, Memo | WiderMemo]] = [
            (memo_name("media" if memo.id in self.of.media else "memo", "", memo.coder), memo)
            for entry in self.of.entries
            for memo in self.of.memos.get(entry.id, ())
        ]
        named += [(memo_name(m.kind, m.about, m.coder), m) for m in self.of.wider]
        return [
            self.make.Note(
                *self._under(memo),
                self.make.PlainTextContent(writable(memo.text)),
                guid=own(memo.id, "memo"),
                name=writable(name),
                creatingUser=self.users[memo.coder],
                creationDateTime=_moment(memo.at),
            )
            for name, memo in named
        ]

    def _under(self, memo: Memo | WiderMemo) -> list[Element]:
        """Under which codebook a memo was written, where that is known."""
        known = memo.codebook_hash if isinstance(memo, WiderMemo) else None
        return [self.make.Description(about_codebook(known))] if known else []

    def _links(self) -> list[Element]:
        return [
            self.make.Link(
                guid=guid("link", act.id, link.kind, link.target_id),
                name=link_name(link.kind, writable(act.coder)),
                direction="OneWay",
                originGUID=own(act.entry_id, "entry"),
                targetGUID=own(link.target_id, "entry"),
            )
            for acts in self.of.acts.values()
            for act in acts.values()
            for link in act.links
        ]

    def _sets(self) -> list[Element]:
        make = self.make
        found = [
            make.Set(*(make.MemberCode(targetGUID=code) for code in members), guid=identifier, name=name)
            for identifier, name, members in grouped(self.of.codebook, self.of.lang)
        ]
        wholes = [
            (
                guid("case", self.of.study_id, case.id),
                case.name,
                {g.id for g in self.of.groups if g.case_id == case.id},
            )
            for case in self.of.cases
        ]
        wholes += [(guid("group", self.of.study_id, g.id), g.label, {g.id}) for g in self.of.groups]
        for identifier, name, inside in wholes:
            held = [source for source in self.sources if source.group.id in inside]
            noted = self.on_cases.get(identifier, ())
            if held or noted:
                found.append(
                    make.Set(
                        *(make.MemberSource(targetGUID=source_guid(self.of, source)) for source in held),
                        *(make.MemberNote(targetGUID=note) for note in noted),
                        guid=identifier,
                        name=writable(name),
                    )
                )
        return found


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
