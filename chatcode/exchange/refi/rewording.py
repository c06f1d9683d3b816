"""A codebook's text with other names and manuals in it, and everything else as its writer left it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from chatcode.codebook import LANGUAGES, Codebook, Manual
from chatcode.errors import CodebookError
from chatcode.form import Form

Path: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = str | Sequence[str]


def reworded(text: str, new: Codebook) -> str:
    """The text of a codebook with the names, mechanisms and manuals of another one of the same codes.

    Remarks, order, cues and whatever else stands in the text stay as they are.

    Raises:
        CodebookError: what was made does not hold together, for instance for lack of an anchor.
    """
    old = Codebook.parse(text, new.origin)
    top = Form.read(text, new.origin).node
    values = dict(_values(new))
    differing = [(path, values[path]) for path, value in _values(old) if values[path] != value]
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    changes = sorted((_change(_at(top, path), value, starts) for path, value in differing), reverse=True)
    for start, end, words in changes:
        # A text over several lines ends with its line's end, which stays.
        held = text[start:end]
        text = text[:start] + words + held[len(held.rstrip()) :] + text[end:]
    if dict(_values(Codebook.parse(text, new.origin))) != values:
        raise CodebookError(
            f"{new.origin}: its words do not fit into the text of the codebook", "Change them there by hand."
        )
    return text


def _values(book: Codebook) -> Iterator[tuple[Path, Value]]:
    """What a REFI-QDA codebook can say, by where it stands in the text."""
    for lang in LANGUAGES:
        yield ("report", "name", lang), book.report.name[lang]
    yield from _of_manual(("report", "seen"), book.report.seen)
    for number, one in book.interventions.items():
        at = ("interventions", str(number))
        for lang in LANGUAGES:
            yield (*at, "name", lang), one.name[lang]
            yield (*at, "mechanism", lang), one.mechanism[lang]
        yield from _of_manual((*at, "seen"), one.seen)
        yield from _of_manual((*at, "opposite"), one.opposite)


def _of_manual(at: Path, manual: Manual) -> Iterator[tuple[Path, Value]]:
    yield (*at, "include"), manual.include
    yield (*at, "exclude"), manual.exclude
    yield (*at, "anchors"), manual.anchors
    yield (*at, "boundary"), manual.boundary
    for place, sub in enumerate(manual.sub_reasons):
        for lang in LANGUAGES:
            yield (*at, "sub_reasons", place, "name", lang), sub.name[lang]


def _at(node: Node, path: Path) -> Node:
    for step in path:
        if isinstance(node, MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        else:
            node = node.value[step]
    return node


def _change(node: Node, value: Value, starts: Sequence[int]) -> tuple[int, int, str]:
    """From where to where the text of a value stands, and what comes in its place."""

    def offset(mark: object) -> int:
        return starts[mark.line] + int(mark.column)  # type: ignore[attr-defined] # PyYAML's mark has no types

    start = offset(node.start_mark)
    if isinstance(value, str):
        assert isinstance(node, ScalarNode)
        return start, offset(node.end_mark), _quoted(value)
    if not isinstance(node, SequenceNode) or node.flow_style:
        return start, offset(node.end_mark), f"[{', '.join(map(_quoted, value))}]"
    lines = f"\n{' ' * node.start_mark.column}".join(f"- {_quoted(one)}" for one in value)
    return start, offset(node.value[-1].end_mark), lines


def _quoted(words: str) -> str:
    return yaml.safe_dump(words, default_style='"', allow_unicode=True, width=math.inf).strip()
