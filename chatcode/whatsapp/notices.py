"""Notices: lines of WhatsApp's own, in the words of each language, as event, actor and targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count
from typing import NamedTuple

from .language import Language
from .languages import LANGUAGES
from .marks import BLANKS, without_marks
from .names import is_you

_B = f"[{BLANKS}]"
_QUOTES = '"“”„«»‟″'
_LONGEST = 1_000  # code points; more than WhatsApp ever says, and few enough for any template
_SLOTS = {
    "who": r"(?P<who{number}>[^\n]+?)",
    "whom": r"(?P<whom{number}>[^\n]+?)",
    "name": rf"[{_QUOTES}]{_B}?(?P<name{{number}}>[^\n]*?){_B}?[{_QUOTES}]",
}
_UNSURE = re.compile(r"<\w*>|\[[^\]]*\][?*+]?|\\.|.[?*+]|[.^$ ]")
_SLOT = re.compile(r"<(who|whom|name)>")


class Notice(NamedTuple):
    """What a notice says.

    `actor` is None where the notice names none or means the owner of the phone ("You", "Je"),
    who has no name in an export. `whom` are the targets as written, in one string, for
    `names.split_names`; empty under the same conditions. `name` is the new name of the group.
    """

    event: str
    actor: str | None
    whom: str
    name: str | None
    language: Language


def read_notice(text: str, expected: Language | None = None) -> Notice | None:
    """Read a line of WhatsApp's own; None where no language knows it.

    `expected` is the language that is tried first. A quoted name may hold anything, also a
    colon; a line is not taken for a notice where actor or targets would hold ": ", for then
    somebody sent these words.
    """
    if len(text) > _LONGEST:
        return None
    line = without_marks(text).strip()
    for language in _expected_first(expected):
        for template in _templates(language):
            for words in template.words:
                if words in line:
                    match = template.pattern.fullmatch(line)
                    if match is not None and (notice := _notice(template, match)) is not None:
                        return notice
                    break
    return None


def _notice(template: _Template, match: re.Match[str]) -> Notice | None:
    groups_who, groups_whom, groups_name = template.groups
    who, whom = _captured(match, groups_who), _captured(match, groups_whom)
    if ": " in who or ": " in whom or who.endswith(":") or whom.endswith(":"):
        return None
    name = _captured(match, groups_name)
    language = template.language
    return Notice(
        event=template.event,
        actor=None if not who or is_you(who, language) else who,
        whom="" if is_you(whom, language) else whom,
        name=name or None,
        language=language,
    )


def _captured(match: re.Match[str], groups: tuple[str, ...]) -> str:
    """What the last of these groups holds; some stand in branches that were not taken."""
    for group in groups:
        if text := match[group]:
            return text
    return ""


def _expected_first(expected: Language | None) -> Iterator[Language]:
    if expected is not None:
        yield expected
    yield from (language for language in LANGUAGES if language is not expected)


@dataclass(frozen=True)
class _Template:
    """A template of a language, compiled when a line first holds its words: most files use one language."""

    event: str
    text: str
    language: Language

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Stretches of which a line must hold one for the template to fit; found much faster."""
        return _needed(self.text)

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The groups of the pattern per kind of slot, the last first."""
        groups = list(self.pattern.groupindex)[::-1]
        return tuple(
            tuple(group for group in groups if group.rstrip("0123456789") == slot) for slot in _SLOTS
        )

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The template as a regular expression for a whole line."""
        numbers = count(1)
        pattern = _SLOT.sub(
            lambda slot: _SLOTS[slot[1]].replace("{number}", str(next(numbers))), self.text.replace(" ", _B)
        )
        return re.compile(rf"{pattern}[.。]?(?:{_B}{self.language.tap}.*)?", re.DOTALL)


@cache
def _templates(language: Language) -> tuple[_Template, ...]:
    return tuple(_Template(event, text, language) for event, text in language.notices)


def _needed(pattern: str) -> tuple[str, ...]:
    """Stretches of text of which any match of a pattern holds at least one.

    A stretch outside of groups serves by itself; the alternatives of a group that must occur
    serve together. Of all such sets the one whose shortest stretch is longest is taken.
    """
    outside, groups = _outer_groups(pattern)
    sets: list[tuple[str, ...]] = [(stretch,) for stretch in _UNSURE.split(outside)]
    for group in groups:
        sets.append(tuple(word for alternative in _alternatives(group) for word in _needed(alternative)))
    return max(sets, key=lambda words: min(map(len, words)))


def _outer_groups(pattern: str) -> tuple[str, list[str]]:
    """What a pattern holds outside of groups, and its outermost groups that must occur."""
    outside, groups, depth, start = "", [], 0, 0
    for place, letter in enumerate(pattern):
        if letter == "(" and pattern[place - 1 : place] != "\\":
            depth += 1
            if depth == 1:
                start = place
        elif letter == ")" and pattern[place - 1] != "\\":
            depth -= 1
            if depth == 0:
                outside += "<>"
                if pattern[place + 1 : place + 2] not in ("?", "*"):
                    groups.append(pattern[start:place].removeprefix("(?:"))
        elif depth == 0:
            outside += letter
    return outside.replace("<>?", "<>").replace("<>*", "<>"), groups


def _alternatives(group: str) -> list[str]:
    """Cut a group at its own bars, not at those of groups inside it."""
    cut, depth = [""], 0
    for letter in group:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            cut.append("")
        else:
            cut[-1] += letter
    return cut
