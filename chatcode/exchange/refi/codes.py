"""The codebook in REFI-QDA: as part of a project, and as a codebook file (.qdc)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from chatcode.codebook import Codebook, Manual
from chatcode.domain import REPORT, Choice
from chatcode.exchange.refi.guids import guid
from chatcode.exchange.refi.layout import writable

# What lxml makes elements with, and its elements, carry no types.
Maker: TypeAlias = Any
Element: TypeAlias = Any

CODEBOOK_SPACE = "urn:QDA-XML:codebook:1.0"
# A message that a coder decided to have no code: without it nobody could tell it from one not seen.
NO_CODE = "none"
_NO_CODE_NAME = {"nl": "Geen code", "en": "No code"}
SIDES = {"nl": {"+": "gezien", "-": "tegengesteld"}, "en": {"+": "seen", "-": "opposite"}}
INCLUDE = {"nl": ("Wel", "Niet", "Typisch", "Twijfel"), "en": ("Include", "Exclude", "Typical", "Doubtful")}
# Told apart by people who see few colours too: the palette of Okabe and Ito (2008), then darker.
_COLOURS = (
    "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#8a5f00", "#2a6a8c",
    "#00543d", "#7f3800",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code of the file: what it stands for, or nothing where it is only a heading."""

    guid: str
    name: str
    description: str
    colour: str
    stands_for: str | None
    sub_reason: str | None
    children: tuple[CodeEntry, ...] = ()

    @property
    def all(self) -> Iterator[CodeEntry]:
        """Itself and all below it."""
        yield self
        for child in self.children:
            yield from child.all


def code_guid(code: str, sub_reason: str | None = None) -> str:
    """The identifier of a code, or of one of its sub-reasons; the same in every study."""
    return guid("code", code, sub_reason) if sub_reason else guid("code", code)


def tree(codebook: Codebook, lang: str) -> list[CodeEntry]:
    """All codes of a codebook: M, each intervention with its two codes, and "no code"."""
    sides = SIDES[lang]
    report = codebook.report
    found = [
        CodeEntry(
            code_guid(REPORT), f"M {report.name[lang]}", _told(report.seen, lang), "#666666", REPORT, None
        )
    ]
    for number, one in codebook.interventions.items():
        colour = _COLOURS[(number - 1) % len(_COLOURS)]
        title = f"{number} {one.name[lang]}"
        children = []
        for sign, manual in (("+", one.seen), ("-", one.opposite)):
            code = f"{number}{sign}"
            kinds = tuple(
                CodeEntry(
                    code_guid(code, kind.id),
                    f"{title} - {sides[sign]}: {kind.name[lang]}",
                    "",
                    colour,
                    code,
                    kind.id,
                )
                for kind in manual.sub_reasons
            )
            children.append(
                CodeEntry(
                    code_guid(code),
                    f"{title} - {sides[sign]}",
                    _told(manual, lang),
                    colour,
                    code,
                    None,
                    kinds,
                )
            )
        found.append(
            CodeEntry(
                guid("intervention", str(number)),
                title,
                one.mechanism[lang],
                colour,
                None,
                None,
                tuple(children),
            )
        )
    found.append(CodeEntry(code_guid(NO_CODE), _NO_CODE_NAME[lang], "", "#bbbbbb", NO_CODE, None))
    return found


def choices_by_guid(entries: list[CodeEntry]) -> dict[str, Choice]:
    """What each codable code stands for; "no code" is a choice of that name."""
    return {
        one.guid: Choice(one.stands_for, one.sub_reason)
        for top in entries
        for one in top.all
        if one.stands_for is not None
    }


def grouped(codebook: Codebook, lang: str) -> list[tuple[str, str, list[str]]]:
    """The sets of codes: identifier, name and members of all that was seen, and of all opposite ones."""
    return [
        (guid("codes", sign), name, [code_guid(f"{number}{sign}") for number in codebook.interventions])
        for sign, name in SIDES[lang].items()
    ]


def code_element(make: Maker, entry: CodeEntry, notes: Mapping[str, Sequence[str]]) -> Element:
    """A code with all below it; `notes` are the memos on codes, by the code's identifier."""
    parts = [make.Description(writable(entry.description))] if entry.description else []
    parts += [make.NoteRef(targetGUID=note) for note in notes.get(entry.guid, ())]
    parts += [code_element(make, child, notes) for child in entry.children]
    return make.Code(
        *parts,
        guid=entry.guid,
        name=writable(entry.name),
        isCodable="false" if entry.stands_for is None else "true",
        color=entry.colour,
    )


def write_codebook(codebook: Codebook, *, lang: str) -> bytes:
    """Write the codebook as .qdc; cues, measures and actors have no place there."""
    from lxml import etree
    from lxml.builder import ElementMaker

    make = ElementMaker(namespace=CODEBOOK_SPACE, nsmap={None: CODEBOOK_SPACE})
    root = make.CodeBook(
        make.Codes(*(code_element(make, entry, {}) for entry in tree(codebook, lang))),
        make.Sets(
            *(
                make.Set(*(make.MemberCode(guid=member) for member in members), guid=identifier, name=name)
                for identifier, name, members in grouped(codebook, lang)
            )
        ),
        origin="chatcode",
    )
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data


def _told(manual: Manual, lang: str) -> str:
    """The manual of a code in the words of the codebook."""
    include, exclude, typical, doubtful = INCLUDE[lang]
    lines = [
        f"{title}: {words}"
        for title, words in ((include, manual.include), (exclude, manual.exclude))
        if words
    ]
    lines += [f"{typical}: {example}" for example in manual.anchors]
    lines += [f"{doubtful}: {example}" for example in manual.boundary]
    return "\n".join(lines)
