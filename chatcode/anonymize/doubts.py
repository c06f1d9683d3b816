"""Word forms that may be names or not, of which the program is not sure: for a person to decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from chatcode.anonymize.context import Reading, Token, evidence, tokens_of
from chatcode.anonymize.cues import COMMON
from chatcode.anonymize.identifiers import find
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.names import PARTICLES, ROLE_WORDS, TITLES
from chatcode.anonymize.rework import Original
from chatcode.anonymize.roster import Roster
from chatcode.anonymize.verdicts import Verdicts, form_of

Why = Literal["member", "lexicon", "elsewhere", "unknown", "capital", "typo", "word"]

# What each ground adds to the rank; a slip of a common word is the least likely name.
_WEIGHT: dict[Why, float] = {
    "member": 3.0, "lexicon": 2.5, "elsewhere": 2.5, "capital": 2.0, "word": 1.5, "unknown": 1.0,
    "typo": -1.5,
}  # fmt: skip
_LIKE = 80.0  # of 100, rapidfuzz's ratio: the form may be a member's name written otherwise
_SHORTEST_LIKE = 4
_CONTEXTS = 3
_AROUND = 40
_DRAWN = re.compile(r"(.)\1\1")


@dataclass(frozen=True, slots=True, repr=False)
class Doubt:
    """A word form with why it is doubted, how often it occurs, and whether it stands or was taken out.

    `contexts` are up to three stretches of original text with the form in them: not redacted.
    """

    form: str
    state: Literal["kept", "taken out", "both"]
    why: tuple[Why, ...]
    score: float
    count: int
    entry_ids: frozenset[str]
    contexts: tuple[str, ...]

    @property
    def likely_slip(self) -> bool:
        """Is there nothing to it but a word that is one letter away from a common one?"""
        return self.score < 0


@dataclass(slots=True)
class _Seen:
    """What was gathered on one form."""

    kept: int = 0
    taken: int = 0
    capitals: int = 0
    native: int = 0
    most: float = -9.0
    entries: dict[str, None] = field(default_factory=dict)
    contexts: list[str] = field(default_factory=list)


def doubts(
    originals: Iterable[Original], roster: Roster, lexicon: Lexicon, verdicts: Verdicts
) -> list[Doubt]:
    """Gather the doubtful word forms of one group, the likeliest names first.

    Messages only: in system lines WhatsApp itself says where the names are. Forms on which
    somebody decided are no longer in doubt.
    """
    gathered: dict[str, _Seen] = {}
    for original in originals:
        if original.entry.kind == "message":
            _read(original, lexicon, gathered)
    judged = _Judge(roster, lexicon)
    found = []
    for form, seen in gathered.items():
        if verdicts.of(form) is not None:
            continue
        why = judged.taken_out(form) if seen.taken and not seen.kept else judged.kept(form, seen)
        if not why:
            continue
        found.append(
            Doubt(
                form=form,
                state="both" if seen.kept and seen.taken else "kept" if seen.kept else "taken out",
                why=why,
                score=sum(_WEIGHT[one] for one in why),
                count=seen.kept + seen.taken,
                entry_ids=frozenset(seen.entries),
                contexts=tuple(seen.contexts),
            )
        )
    return sorted(found, key=lambda one: (-one.score, -one.count, one.form))


def _read(original: Original, lexicon: Lexicon, gathered: dict[str, _Seen]) -> None:
    """Take in the words of one text that stand, and the single words that were taken out as names."""
    text = original.text
    taken = [(span.start, span.end) for span in original.spans]
    # Links, plates and file names hold letters that are nobody's name; here they only shield.
    taken += [(found.start, found.end) for found in find(text)]
    free = [
        token
        for token in tokens_of(text)
        if all(token.end <= start or token.start >= end for start, end in taken)
    ]
    reading = Reading(text, free)
    native = not reading.foreign(lexicon.spelt)
    for place, token in enumerate(free):
        if not _may_be_doubted(token, lexicon):
            continue
        seen = gathered.setdefault(token.folded, _Seen())
        seen.kept += 1
        seen.native += native
        if reading.marked(place) and not reading.opens(place):
            seen.capitals += 1
        if token.folded in lexicon.both:
            seen.most = max(seen.most, evidence(reading, place))
        _note(seen, original, token.start, token.end)
    for span in original.spans:
        form = form_of(text[span.start : span.end])
        if span.kind == "persoon" and form and not text[span.start :].startswith(("@", "\u2068")):
            seen = gathered.setdefault(form, _Seen())
            seen.taken += 1
            _note(seen, original, span.start, span.end)


def _may_be_doubted(token: Token, lexicon: Lexicon) -> bool:
    word = token.folded
    if len(word) < 2 or word in lexicon.keep or word in PARTICLES or word in TITLES or word in ROLE_WORDS:
        return False
    return not (word in lexicon.common and token.text.islower())


def _note(seen: _Seen, original: Original, start: int, end: int) -> None:
    seen.entries[original.entry.id] = None
    if len(seen.contexts) < _CONTEXTS:
        before, after = original.text[max(0, start - _AROUND) : start], original.text[end : end + _AROUND]
        context = f"{before}»{original.text[start:end]}«{after}"
        seen.contexts.append(" ".join(context.split()))


class _Judge:
    """Says why a form is doubted, if it is."""

    def __init__(self, roster: Roster, lexicon: Lexicon) -> None:
        self._roster = roster
        self._lexicon = lexicon
        self._slips = {short for word in lexicon.common if len(word) > 3 for short in _shorter(word)}

    def kept(self, form: str, seen: _Seen) -> tuple[Why, ...]:
        """Why a word that stands may be a name."""
        lexicon = self._lexicon
        capital = seen.capitals > 0
        word = lexicon.is_word(form) or lexicon.is_compound(form) or lexicon.is_street(form)
        listed = form in lexicon.given or form in lexicon.both
        listed = listed or (capital and (form in lexicon.rare or form in lexicon.family))
        unknown = not word and not listed and form not in lexicon.places and form not in COMMON
        why: list[Why] = []
        if form in lexicon.both and form in lexicon.words:
            # A word that is a name too is in doubt where some sentence speaks for the name.
            listed = seen.most >= 0.0 and (capital or form not in lexicon.common)
        near = self._roster.find(form) is not None if not word else capital and self._roster.knows(form)
        if near or (unknown and self._is_like_a_member(form)):
            why.append("member")
        if listed:
            why.append("lexicon")
        if seen.taken and not self._is_plain(form):
            why.append("elsewhere")
        if capital and (unknown or listed):
            why.append("capital")
        if unknown and (why or (seen.native and len(form) > 2 and not _DRAWN.search(form))):
            if not why and self._is_slip(form):
                why.append("typo")
            why.append("unknown")
        return tuple(why)

    def taken_out(self, form: str) -> tuple[Why, ...]:
        """Why what was taken out as a name may be a word after all: every part of it is one."""
        parts = [part for part in form.split() if part not in PARTICLES]
        return ("word",) if parts and all(map(self._is_plain, parts)) else ()

    def _is_plain(self, word: str) -> bool:
        return self._lexicon.is_word(word) or word in self._lexicon.both

    def _is_like_a_member(self, form: str) -> bool:
        from rapidfuzz import fuzz, process

        if len(form) < _SHORTEST_LIKE:
            return False
        names = self._roster.names(form[0])
        return process.extractOne(form, names, scorer=fuzz.ratio, score_cutoff=_LIKE) is not None

    def _is_slip(self, form: str) -> bool:
        """Is it one letter away from a word that chats use?"""
        return form in self._slips or any(
            short in self._slips or short in self._lexicon.common for short in _shorter(form)
        )


def _shorter(word: str) -> Sequence[str]:
    """Every form with one letter left out."""
    return [word[:place] + word[place + 1 :] for place in range(len(word))]
