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
# A message is looked at closely only if it is short, marked or ends like a stand-in.
_LONGEST_STAND_IN = 60


def event_of(text: str) -> str | None:
    """Return the event of a message ("media", "deleted", ...); None for words and for "waiting"."""
    first, _, rest = text.partition("\n")
    marked = LEFT_TO_RIGHT in text
    line = without_marks(first).strip() if marked or len(first) <= _LONGEST_STAND_IN else first
    if not rest and len(line) <= _LONGEST_STAND_IN and (event := _exact().get(line.removesuffix("."))):
        return event
    if line.endswith(")") and (match := _file().search(line)):
        return "contact" if match["name"].casefold().endswith(_CONTACT_CARD) else "media"
    if marked or text.endswith(">") or line.startswith("<"):
        if match := _attached().search(without_marks(text)):
            return "contact" if match["name"].casefold().endswith(_CONTACT_CARD) else "media"
        # iOS puts a caption, or a document's name and pages, before its own words.
        last = without_marks(text.rpartition(LEFT_TO_RIGHT)[2]).strip()
        if marked and (event := _exact().get(last)):
            return event
    if rest and line.endswith(":") and _poll().match(without_marks(text)):
        return "poll"
    if _location().match(line):
        return "location"
    if marked and _call().match(line):
        return "call"
    return "deleted" if _deleted().fullmatch(without_marks(text).strip()) else None


def cut_edited(text: str) -> tuple[str, bool]:
    """Return the text without the marker of an edited message, and whether there was one."""
    if not text.endswith((">", *DIRECTIONS)):
        return text, False
    match = _edited().search(text)
    return (text, False) if match is None else (text[: match.start()], True)


def _words(pick: Callable[[Language], Iterable[str]]) -> str:
    """Alternatives of all languages, longest first, in either case of the first letter."""
    words = {form for language in LANGUAGES for word in pick(language) for form in _forms(word)}
    return "|".join(re.escape(word).replace(r"\ ", _B) for word in sorted(words, key=len, reverse=True))


def _forms(word: str) -> set[str]:
    return {word, word[:1].lower() + word[1:], word[:1].upper() + word[1:]}


@cache
def _exact() -> dict[str, str]:
    """Stand-ins that are a whole message: "null" is what Android leaves of media seen once."""
    found = {"null": "media"}
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
    return re.compile(rf"<(?:{_words(lambda language: language.attached)}){_B}?:{_B}(?P<name>[^<>\n]+)>\s*$")


@cache
def _deleted() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(p for language in LANGUAGES for p in language.deleted) + r")\.?")


@cache
def _edited() -> re.Pattern[str]:
    return re.compile(
        rf"{_B}?[{DIRECTIONS}]*<(?:{_words(lambda language: language.edited)})\.?>[{DIRECTIONS}]*$"
    )


@cache
def _location() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words(lambda language: language.locations)}){_B}?:{_B}https?://\S+$")


@cache
def _poll() -> re.Pattern[str]:
    """The word over a poll on a line of its own, further down an answer after its word.

    Where no language knows the words, two answers and their votes in brackets tell.
    """
    known = "|".join(
        rf"{title}:{_B}?\n(?:.*\n)+?{answer}:{_B}"
        for language in LANGUAGES
        for title, answer in language.polls
    )
    return re.compile(
        rf"(?:{known}|[^\W\d_]+:{_B}?\n(?:.*\n)+?(?P<answer>[^\W\d_]+):{_B}.*\(\d.*\)\n(?P=answer):{_B})"
    )


@cache
def _call() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words(lambda language: language.calls)})(?:[,.]|{_B}|$)")
