"""What people decided about words that may be names: the allow and deny lists, and what they do to spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from chatcode.anonymize.context import Token, tokens_of
from chatcode.domain import Span

Say = Literal["deny", "allow"]

_BETWEEN = re.compile(r"[ \u00a0\-\u2010\u2011.'\u2019]{0,3}")
_MENTION = ("@", "\u2068")


@dataclass(frozen=True, slots=True, repr=False)
class Verdict:
    """One decision on one word form: folded words with blanks between them.

    `say` "deny" takes the form out wherever it stands, "allow" lets it stay. `group_id` None is for
    all groups. `target` says who is meant: a member's id, or `persoon-12`. Decisions made at one go
    share a `batch`; one that was taken back stays, `undone`.
    """

    form: str
    say: Say
    group_id: str | None
    target: str | None
    batch: int
    at: str
    undone: bool = False


class Verdicts:
    """The decisions in force for one group: the last one on a form counts, and deny wins over allow."""

    def __init__(self, verdicts: Iterable[Verdict], group_id: str) -> None:
        self._own: dict[str, Verdict] = {}
        self._all: dict[str, Verdict] = {}
        for verdict in verdicts:
            if not verdict.undone and verdict.group_id in (None, group_id):
                (self._all if verdict.group_id is None else self._own)[verdict.form] = verdict
        self._denied: dict[str, list[tuple[str, ...]]] = {}
        for form in {*self._own, *self._all}:
            if self.of(form) == "deny":
                words = tuple(form.split())
                self._denied.setdefault(words[0], []).append(words)

    def __bool__(self) -> bool:
        return bool(self._own or self._all)

    def of(self, form: str) -> Say | None:
        """Return what was decided of a form, None where nothing was."""
        said = {table[form].say for table in (self._own, self._all) if form in table}
        return "deny" if "deny" in said else "allow" if said else None

    def target(self, form: str) -> str | None:
        """Return who is meant by a denied form; the group's own decision goes before that for all."""
        for table in (self._own, self._all):
            if form in table and table[form].say == "deny" and table[form].target:
                return table[form].target
        return None

    def apply(
        self, text: str, spans: Sequence[Span], placeholder: Callable[[str, str | None], str]
    ) -> list[Span]:
        """Give the spans of a text as they are after the decisions.

        Denied forms outside any span become spans; where one runs together with a name that was
        found, both become one. Of the names that were found, those that are nothing but allowed
        words go, and those that were said to be somebody get that placeholder. `placeholder` is
        asked with the form and its target.
        """
        kept = [span for span in (self._renamed(text, span, placeholder) for span in spans) if span]
        for start, end, form in self._occurrences(text):
            inside = [span for span in kept if span.start < end and span.end > start]
            if any(span.start <= start and span.end >= end for span in inside):
                continue
            if all(span.kind == "persoon" for span in inside):
                kept = [span for span in kept if span not in inside]
                first = min([start, *(span.start for span in inside)])
                pieces = [(first, max([end, *(span.end for span in inside)]))]
            else:
                pieces = _outside(start, end, inside)
            shown = placeholder(form, self.target(form))
            kept += [Span(*piece, "persoon", shown, "decided") for piece in pieces]
        return sorted(kept)

    def _renamed(self, text: str, span: Span, placeholder: Callable[[str, str | None], str]) -> Span | None:
        original = text[span.start : span.end]
        if span.kind != "persoon" or original.startswith(_MENTION):
            return span
        form = form_of(original)
        said = self.of(form)
        if said == "deny" and (target := self.target(form)) is not None:
            return Span(span.start, span.end, span.kind, placeholder(form, target), span.rule)
        if said == "allow" or (form and all(self.of(word) == "allow" for word in form.split())):
            return None
        return span

    def _occurrences(self, text: str) -> Iterator[tuple[int, int, str]]:
        if not self._denied:
            return
        tokens = tokens_of(text)
        for place, token in enumerate(tokens):
            for words in self._denied.get(token.folded, ()):
                run = tokens[place : place + len(words)]
                if tuple(one.folded for one in run) == words and _together(text, run):
                    yield run[0].start, run[-1].end, " ".join(words)


def form_of(text: str) -> str:
    """Write words as a form is compared: folded, one blank between them."""
    return " ".join(token.folded for token in tokens_of(text))


def read_forms(text: str) -> list[tuple[int, str, str]]:
    """Read a list of words: one form a line, `form = label` where it is said who is meant, # for comments.

    Returns the number of the line, the form and the label, which is empty where there is none.
    """
    found: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        words, _, label = line.partition("#")[0].partition("=")
        if form := form_of(words):
            found.append((number, form, label.strip()))
    return found


def _together(text: str, run: Sequence[Token]) -> bool:
    return all(_BETWEEN.fullmatch(text[one.end : other.start]) for one, other in pairwise(run))


def _outside(start: int, end: int, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The stretches between start and end that no span covers."""
    pieces = []
    for span in sorted(spans):
        if span.start > start:
            pieces.append((start, span.start))
        start = max(start, span.end)
    if start < end:
        pieces.append((start, end))
    return pieces
