"""Names in a notice: a list such as "A, B en C" cut into its names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from .language import Language
from .marks import BLANKS

_B = f"[{BLANKS}]"
_CUTS_TRIED = 8  # conjunctions, from the last on
_LONGEST_NAME = 8  # pieces between commas and conjunctions in one name


def is_you(name: str, language: Language) -> bool:
    """Whether this is how WhatsApp calls the owner of the phone."""
    return name.casefold() in language.you


def split_names(whom: str, language: Language, known: Collection[str | None]) -> tuple[str, ...]:
    """Cut a list into names; `known` are names of the chat, which settle doubtful cuts.

    WhatsApp writes commas, and one conjunction before the last name. But names may hold both
    ("Els en Piet", "Jansen, Piet"), so each conjunction is tried as the one WhatsApp wrote, and
    the cut that yields most known names holds; without any, the last conjunction. "31 others"
    are nobody by name and are left out, and so is "you".
    """
    if not whom or is_you(whom, language):
        return ()
    if _separator(language).search(whom) is None:
        return (whom,)
    listed = _others(language).sub("", whom)
    pieces = _pieces(listed, language)
    cuts: list[int | None] = [None]
    if listed == whom and not any(piece.closes for piece in pieces):
        conjunctions = [place for place, piece in enumerate(pieces[:-1]) if piece.conjunction]
        cuts += conjunctions[-_CUTS_TRIED:]
    readings = [_reading(pieces, cut, known) for cut in cuts]
    best = max(readings, key=lambda reading: reading.merit)
    return tuple(name for name in best.names if name and not is_you(name, language))


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    after: str  # the separator that follows
    conjunction: bool = False  # it is a conjunction alone
    closes: bool = False  # it is a comma with a conjunction: ", and"


@dataclass(frozen=True, slots=True)
class _Reading:
    names: list[str]
    merit: tuple[int, int, int, int]


def _pieces(whom: str, language: Language) -> list[_Piece]:
    pieces: list[_Piece] = []
    start = 0
    for match in _separator(language).finditer(whom):
        pieces.append(
            _Piece(
                whom[start : match.start()], match[0], match["comma"] is None, match["closing"] is not None
            )
        )
        start = match.end()
    return [*pieces, _Piece(whom[start:], "")]


def _reading(pieces: Sequence[_Piece], cut: int | None, known: Collection[str | None]) -> _Reading:
    """Read the list with one conjunction as a separator, or with none.

    Merit: first the pieces that known names cover, then the longest known name, then that the
    list was cut at all, as late as may be. A list with commas after the cut is no list.
    """
    groups = [pieces] if cut is None else [[*pieces[:cut], _Piece(pieces[cut].text, "")], pieces[cut + 1 :]]
    names: list[str] = []
    covered = longest = 0
    for group in groups:
        start = 0
        while start < len(group):
            stop = _known_stop(group, start, known) or _comma_stop(group, start)
            name = _join(group[start:stop])
            names.append(name)
            if name in known:
                covered += stop - start
                longest = max(longest, stop - start)
            start = stop
    late = cut is not None and not any("," in piece.after for piece in pieces[cut + 1 : -1])
    return _Reading(names, (covered, longest, int(late), -1 if cut is None else cut))


def _known_stop(group: Sequence[_Piece], start: int, known: Collection[str | None]) -> int | None:
    """Only a comma or the end closes a name here: the one conjunction that separates is cut already."""
    furthest = min(len(group), start + _LONGEST_NAME)
    stops = (stop for stop in range(furthest, start, -1) if not group[stop - 1].conjunction)
    return next((stop for stop in stops if _join(group[start:stop]) in known), None)


def _comma_stop(group: Sequence[_Piece], start: int) -> int:
    """A conjunction that is not the cut is part of a name."""
    stop = start + 1
    while stop < len(group) and group[stop - 1].conjunction:
        stop += 1
    return stop


def _join(group: Sequence[_Piece]) -> str:
    return "".join(piece.text + piece.after for piece in group[:-1]) + group[-1].text


@cache
def _separator(language: Language) -> re.Pattern[str]:
    words = _words(language)
    return re.compile(rf"(?P<comma>,{_B}+|،{_B}*)(?P<closing>(?:{words}){_B}+)?|{_B}(?:{words}){_B}+")


@cache
def _others(language: Language) -> re.Pattern[str]:
    return re.compile(rf",?{_B}(?:{_words(language)}){_B}{language.others}$")


def _words(language: Language) -> str:
    return "|".join(map(re.escape, language.conjunctions))
