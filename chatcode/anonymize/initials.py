"""Names with initials: before a surname, or those of a member alone."""

from __future__ import annotations

import re

from chatcode.anonymize import cues
from chatcode.anonymize.announcing import past_particles
from chatcode.anonymize.context import Reading
from chatcode.anonymize.kinds import Kinds
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.numbers import SHORT_WORDS
from chatcode.anonymize.roster import Roster
from chatcode.anonymize.stretch import Person, Stretch

_MOST_INITIALS = 6
_LONGEST = 16
_BETWEEN_LETTERS = frozenset({".", "-", " ", ". "})
_LINKS = frozenset({"en", "and"})
_END = re.compile(r"\.?[^\w?!.]*")


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
        if place == last and self._is_signature(reading, place):
            holders = self._of_letter(tokens[place].folded)
            if holders or tokens[place - 1].folded in cues.SIGNING:
                return self._stretch.person(reading, place, place, holders or None, "initials")
        if last - place > 2 and (spelt := self._spelt(reading, place)) is not None:
            return spelt
        if (end := self._shortened(reading, place)) is not None:
            return self._stretch.person(reading, place, end, None, "initials")
        if place == last and place and self._stretch.is_turned(reading, place - 1):
            return self._stretch.person(reading, place - 1, place - 1, None, "initials")
        if place == last and (holders := self._acting(reading, place)):
            return self._stretch.person(reading, place, place, holders, "initials")
        if not reading.text.startswith(".", tokens[last].end):
            return self._bare_initials(reading, place, last)
        if place == last and self._paired(reading, place):
            return self._stretch.person(reading, place, place, None, "initials")
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

    def _of_letter(self, letter: str) -> frozenset[str]:
        """The members of whom a name begins with a letter."""
        hits = [self._roster.find(name) for name in self._roster.names(letter)]
        return frozenset[str]().union(*(hit.holders for hit in hits if hit is not None))

    def _acting(self, reading: Reading, place: int) -> frozenset[str]:
        """`G. was boos`: a member by a letter, where a sentence begins."""
        tokens = reading.tokens
        verb = tokens[place + 1] if place + 1 < len(tokens) and reading.gap(place) == ". " else None
        if verb is None or not tokens[place].capital or not reading.opens(place):
            return frozenset()
        told = verb.text.islower() and verb.folded in cues.VERBS | cues.STATES
        return self._of_letter(tokens[place].folded) if told else frozenset()

    def _shortened(self, reading: Reading, place: int) -> int | None:
        """Where a whole name ends of which only letters are left: `F. v. D.`."""
        tokens, end = reading.tokens, place + 1
        while (
            end < len(tokens)
            and tokens[end].text in {"v", "t", "d", "vd"}
            and reading.gap(end - 1) in {". ", " ", "."}
        ):
            end += 1
        if end == place + 1 or end == len(tokens) or reading.gap(place) != ". ":
            return None
        closed = (
            len(tokens[end].text) == 1
            and tokens[end].capital
            and reading.text.startswith(".", tokens[end].end)
        )
        return end if closed else None

    def _spelt(self, reading: Reading, place: int) -> Person | None:
        """`Z.I.E.L.I.N.S.K.I`: a name letter by letter."""
        tokens, last = reading.tokens, place
        most = min(len(tokens) - 1, place + _LONGEST)
        while last < most and len(tokens[last + 1].text) == 1 and reading.gap(last) in _BETWEEN_LETTERS:
            last += 1
        word = "".join(token.folded for token in tokens[place : last + 1])
        hit = self._roster.find(word)
        known = hit is not None or word in self._lexicon.spoken or word in self._lexicon.surnames
        if len(word) < 4 or not known:
            return None
        return self._stretch.person(reading, place, last, hit.holders if hit else None, "initials")

    def _is_signature(self, reading: Reading, place: int) -> bool:
        """`Gr T.`, `... aan de koffie. F.`: one capital at the end, after a greeting or a sentence."""
        token = reading.tokens[place]
        if place == 0 or not token.capital or _END.fullmatch(reading.text, token.end) is None:
            return False
        greeted = reading.tokens[place - 1].folded in cues.SIGNING
        closed = reading.gap(place - 1).rstrip(" ").endswith((".", "!", "?", "\n"))
        return not reading.loud and (greeted or (closed and len(reading.tokens[place - 1].text) > 1))

    def _paired(self, reading: Reading, place: int) -> bool:
        """`Y. en D. Faber`: two of one surname."""
        tokens = reading.tokens
        if place + 3 >= len(tokens) or not tokens[place].capital or tokens[place + 1].folded not in _LINKS:
            return False
        other = tokens[place + 2]
        return (
            reading.gap(place) == ". "
            and len(other.text) == 1
            and other.capital
            and reading.gap(place + 2) in {". ", "."}
            and tokens[place + 3].capital
        )

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
        name, led = reading.tokens[end], end > last + 1
        if last == 0 and end == 1 and self._lexicon.is_word(name.folded):
            return False  # `C. Vragen` is the third point of a list
        return (
            (end == last + 1 or reading.adjacent(end - 1))
            and len(name.text) > 1
            and (len(name.text) > 2 or led or reading.text.startswith(".", name.end))
            and name.capital
            and self._kinds.nameable(name)
            and (name.folded not in cues.COMMON or led or (name.folded,) in self._lexicon.borne)
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
