"""Notices: lines of WhatsApp's own, in the words of each language, as event, actor and targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count

from .language import Language
from .languages import LANGUAGES
from .marks import BLANKS, without_marks
from .names import is_you

_B = f"[{BLANKS}]"
_QUOTES = '"“”„«»‟″'
_SLOTS = {
    "who": r"(?P<who{number}>[^\n]+?)",
    "whom": r"(?P<whom{number}>[^\n]+?)",
    "name": rf"[{_QUOTES}]{_B}?(?P<name{{number}}>[^\n]*?){_B}?[{_QUOTES}]",
}
_SLOT = re.compile(r"<(who|whom|name)>")


@dataclass(frozen=True, slots=True)
class Notice:
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
    line = without_marks(text).strip()
    for language in _expected_first(expected):
        for event, pattern in _patterns(language):
            match = pattern().fullmatch(line)
            if match is not None and (notice := _notice(event, match, language)) is not None:
                return notice
    return None


def _notice(event: str, match: re.Match[str], language: Language) -> Notice | None:
    who, whom, name = (_captured(match, slot) for slot in _SLOTS)
    if any(": " in person or person.endswith(":") for person in (who, whom)):
        return None
    return Notice(
        event=event,
        actor=None if not who or is_you(who, language) else who,
        whom="" if is_you(whom, language) else whom,
        name=name or None,
        language=language,
    )


def _captured(match: re.Match[str], slot: str) -> str:
    """What the last slot of a kind holds; a template may have several, some in branches not taken."""
    found = [
        text
        for group, text in match.groupdict().items()
        if text is not None and group.rstrip("0123456789") == slot
    ]
    return found[-1] if found else ""


def _expected_first(expected: Language | None) -> Iterator[Language]:
    if expected is not None:
        yield expected
    yield from (language for language in LANGUAGES if language is not expected)


class _Lazy:
    """A template that is compiled when it is first needed: most files use one language."""

    __slots__ = ("_language", "_pattern", "_template")

    def __init__(self, template: str, language: Language) -> None:
        self._template = template
        self._language = language
        self._pattern: re.Pattern[str] | None = None

    def __call__(self) -> re.Pattern[str]:
        if self._pattern is None:
            self._pattern = _compile(self._template, self._language)
        return self._pattern


@cache
def _patterns(language: Language) -> tuple[tuple[str, _Lazy], ...]:
    return tuple((event, _Lazy(template, language)) for event, template in language.notices)


def _compile(template: str, language: Language) -> re.Pattern[str]:
    numbers = count(1)
    pattern = _SLOT.sub(
        lambda slot: _SLOTS[slot[1]].replace("{number}", str(next(numbers))), template.replace(" ", _B)
    )
    return re.compile(rf"{pattern}[.。]?(?:{_B}{language.tap}.*)?", re.DOTALL)
