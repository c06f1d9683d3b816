"""Messages without words of their own (media, deleted, polls, places ...), and the edited marker."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from .language import Language
from .languages import LANGUAGES
from .marks import BLANKS, DIRECTIONS, LEFT_TO_RIGHT, without_marks

_B = f"[{BLANKS}]"
_CONTACT_CARD = ".vcf"
_LONGEST_STAND_IN = 200  # in code points; a deleted message may name an administrator
_SEEN_ONCE = "null"  # what Android writes for some media that could be seen once
LONG, SHORT = 4, 2
_LINE_ENDS = (")", ":")
_TEXT_END = ">"


def event_of(text: str) -> str | None:
    """Return the event of a message ("media", "deleted", ...); None for words."""
    if not may_stand_in(text):
        return None
    first, _, rest = text.partition("\n")
    line = without_marks(first).strip()
    marked = LEFT_TO_RIGHT in text
    if not rest and (event := _exact().get(line.removesuffix("."))):
        return event
    if line.endswith(")") and (match := _file().search(line)):
        return "contact" if match["name"].casefold().endswith(_CONTACT_CARD) else "media"
    if marked or text.endswith(_TEXT_END):
        if match := _attached().search(without_marks(text)):
            return "contact" if match["name"].casefold().endswith(_CONTACT_CARD) else "media"
        # iOS puts a caption, or a document's name and pages, before its own words.
        last = without_marks(text.rpartition(LEFT_TO_RIGHT)[2]).strip()
        if marked and (event := _exact().get(last.removesuffix("."))):
            return event
    if rest and line.endswith(":") and _poll().match(without_marks(text)):
        return "poll"
    if _location().match(line):
        return "location"
    if marked and _call().match(line):
        return "call"
    if not rest and len(line) <= _LONGEST_STAND_IN and _deleted().fullmatch(line):
        return "deleted"
    return None


def may_stand_in(text: str) -> bool:
    """Whether a message is worth a closer look; True wherever `event_of` or `cut_edited` find something."""
    long, short = openings()
    if LEFT_TO_RIGHT in text or text[:LONG] in long or text[:SHORT] in short or text.endswith(_TEXT_END):
        return True
    return text.partition("\n")[0].endswith(_LINE_ENDS)


def cut_edited(text: str) -> tuple[str, bool]:
    """Return the text without the marker of an edited message, and whether there was one."""
    if not text.endswith((_TEXT_END, LEFT_TO_RIGHT)):
        return text, False
    match = _edited().search(text)
    return (text, False) if match is None else (text[: match.start()], True)


@cache
def openings() -> tuple[frozenset[str], frozenset[str]]:
    """The first `LONG` letters of stand-ins, and the first `SHORT` of those that vary early on."""
    phrases = set(_exact())
    for language in LANGUAGES:
        phrases.update(form for word in language.locations for form in _forms(word))
        phrases.update(start for pattern in language.deleted for start in _starts(pattern))
    firm = {phrase for phrase in phrases if "(" not in phrase[:LONG]}
    return (
        frozenset(phrase[:LONG] for phrase in firm),
        frozenset(phrase[:SHORT] for phrase in phrases - firm),
    )


def _starts(pattern: str) -> list[str]:
    """What a pattern can start with: its own first letters, or those of its first alternatives."""
    group = re.match(r"\(\?:([^()]*)\)(.*)", pattern)
    return [start + group[2] for start in group[1].split("|")] if group else [pattern]


def _words(pick: Callable[[Language], Iterable[str]]) -> str:
    """Alternatives of all languages, longest first, in either case of the first letter."""
    words = {form for language in LANGUAGES for word in pick(language) for form in _forms(word)}
    return "|".join(re.escape(word).replace(r"\ ", _B) for word in sorted(words, key=len, reverse=True))


def _forms(word: str) -> set[str]:
    return {word, word[:1].lower() + word[1:], word[:1].upper() + word[1:]}


@cache
def _exact() -> dict[str, str]:
    """Stand-ins that are a whole message; iOS before 2018 put them in angle brackets."""
    found = {_SEEN_ONCE: "media"}
    for language in LANGUAGES:
        for event, phrases in (
            ("media", language.omitted),
            ("contact", language.contacts),
            ("location", language.live_locations),
            ("call", language.calls),
        ):
            for phrase in phrases:
                bare = phrase.strip("<>")
                for form in _forms(bare):
                    if phrase == bare:
                        found[form] = event
                    found[f"<{form}>"] = event
    return found


@cache
def _file() -> re.Pattern[str]:
    return re.compile(rf"^(?P<name>.+?){_B}\((?:{_words(lambda language: language.files)})\)$")


@cache
def _attached() -> re.Pattern[str]:
    words = _words(lambda language: language.attached)
    return re.compile(rf"<{_B}?(?:{words}){_B}?:{_B}(?P<name>[^<>\n]+?){_B}?>\s*$")


@cache
def _deleted() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(p for language in LANGUAGES for p in language.deleted) + r")\.?")


@cache
def _edited() -> re.Pattern[str]:
    words = _words(lambda language: language.edited)
    return re.compile(rf"{_B}?[{DIRECTIONS}]{{0,4}}<(?:{words})\.?>[{DIRECTIONS}]{{0,4}}$")


@cache
def _location() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words(lambda language: language.locations)}){_B}?:{_B}https?://\S+$")


@cache
def _poll() -> re.Pattern[str]:
    """The word over a poll on a line of its own, further down an answer after its word.

    Where no language knows the words, two answers with their votes in brackets tell.
    """
    known = "|".join(
        rf"{title}:{_B}?\n(?:.*\n)+?{answer}:{_B}"
        for language in LANGUAGES
        for title, answer in language.polls
    )
    unknown = rf"\w+:{_B}?\n(?:.*\n)+?(?P<answer>\w+):{_B}.*\(\d.*\)\n(?P=answer):{_B}"
    return re.compile(rf"(?:{known}|{unknown})")


@cache
def _call() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words(lambda language: language.calls)})(?:[,.]|{_B}|$)")
