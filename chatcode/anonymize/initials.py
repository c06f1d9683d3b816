"""Names with initials: before a surname, or those of a member alone."""

from __future__ import annotations

from chatcode.anonymize import cues
from chatcode.anonymize.announcing import past_particles
from chatcode.anonymize.context import Reading
from chatcode.anonymize.kinds import Kinds
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.numbers import SHORT_WORDS
from chatcode.anonymize.roster import Roster
from chatcode.anonymize.stretch import Person, Stretch

_MOST_INITIALS = 6


class Initials:
    """Finds names that begin with, or are, the first letters of names."""

    def __init__(self, roster: Roster, lexicon: Lexicon, kinds: Kinds, stretch: Stretch) -> None:
        self._roster = roster
        self._lexicon = lexicon
        self._kinds = kinds
        self._stretch = stretch

    def before(self, reading: Reading, place: int) -> Person | None:
        """`R.J. Postma`, `K.W.`: initials with a family name, or those of a member."""
        tokens = reading.tokens
        last = place
        while (
            last + 1 < len(tokens)
            and last - place < _MOST_INITIALS
            and len(tokens[last + 1].text) == 1
            and (reading.gap(last) in {".", ". ", ".-", "-"} or self._bare_letters(reading, last))
        ):
            last += 1
        if not reading.text.startswith(".", tokens[last].end):
            return self._bare_initials(reading, place, last)
        following = last + 1
        if tokens[place].capital and reading.gap(last) in {".", ". "} and following < len(tokens):
            end = past_particles(reading, following)
            if end < len(tokens) and self._has_initials(reading, last, end):
                self._kinds.learn(tokens[end])
                if end > following:
                    self._kinds.add_surname(tuple(token.folded for token in tokens[following : end + 1]))
                return self._stretch.person(
                    reading, place, end, self._signed(reading, place, end), "initials"
                )
        letters = "".join(token.folded for token in tokens[place : last + 1])
        holders = self._roster.initials(letters)
        return self._stretch.person(reading, place, last, holders, "initials") if holders else None

    def _bare_letters(self, reading: Reading, place: int) -> bool:
        """`J J`: two capitals side by side."""
        pair = reading.tokens[place : place + 2]
        return reading.gap(place) == " " and not reading.loud and all(one.text.isupper() for one in pair)

    def _bare_initials(self, reading: Reading, place: int, last: int) -> Person | None:
        """`J van der Velde`, `JJ Postma` without full stops: with particles, or where a name is announced."""
        tokens = reading.tokens
        end = past_particles(reading, last + 1)
        if not tokens[place].capital or reading.loud or end >= len(tokens) or reading.gap(last) != " ":
            return None
        announced = place > 0 and tokens[place - 1].folded in cues.CALLED
        if end == last + 1 and not announced and last == place:
            return None
        if not self._has_initials(reading, place, end):
            return None
        return self._stretch.person(reading, place, end, self._signed(reading, place, end), "initials")

    def _signed(self, reading: Reading, place: int, end: int) -> frozenset[str] | None:
        """The members of the surname at `end` whose initials stand before it."""
        hit = self._roster.find(reading.tokens[end].folded)
        if hit is None:
            return None
        letters = "".join(token.folded for token in reading.tokens[place:end] if len(token.text) == 1)
        own = self._roster.initials(letters + reading.tokens[end].folded[0]) | self._roster.initials(letters)
        return (own & hit.holders) or None

    def _has_initials(self, reading: Reading, last: int, end: int) -> bool:
        """Is the word at `end` a name that the initials up to `last` belong to, and no new sentence?"""
        name = reading.tokens[end]
        if last == 0 and end == 1 and self._lexicon.is_word(name.folded):
            return False  # `C. Vragen` is the third point of a list
        return (
            (end == last + 1 or reading.adjacent(end - 1))
            and len(name.text) > 2
            and name.capital
            and self._kinds.nameable(name)
            and (name.folded not in cues.COMMON or end > last + 1 or (name.folded,) in self._lexicon.borne)
        )

    def alone(self, reading: Reading, place: int) -> Person | None:
        """`GJ`, `KW`, `gj`: a member by initials without full stops."""
        word, lexicon = reading.tokens[place].folded, self._lexicon
        holders = self._roster.initials(word)
        if not holders or word in lexicon.common:
            return None
        if not reading.tokens[place].text.isupper() and any(
            word in plain for plain in (lexicon.words, lexicon.keep, lexicon.shouts, cues.COMMON, SHORT_WORDS)
        ):
            return None
        return self._stretch.person(reading, place, place, holders, "initials")
