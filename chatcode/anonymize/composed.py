"""Names of more than one word: display names, surnames that particles lead, names with an apostrophe."""

from __future__ import annotations

from collections.abc import Sequence

from chatcode.anonymize import cues
from chatcode.anonymize.announcing import of_a_shop, past_particles
from chatcode.anonymize.context import Reading, Token, evidence
from chatcode.anonymize.kinds import Kinds
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.names import PARTICLES
from chatcode.anonymize.roster import Roster
from chatcode.anonymize.stretch import Person, Stretch

_APOSTROPHES = frozenset({"'", "\u2019", "\u02bc", "`"})
# `we komen van den bosch`.
_TOWN = ("van", "den", "bosch")
_CUT_SHORT = frozenset({("vd",), ("v", "d")})


class Composed:
    """Finds names of several words, at a place where one may begin."""

    def __init__(self, roster: Roster, lexicon: Lexicon, kinds: Kinds, stretch: Stretch) -> None:
        self._roster = roster
        self._lexicon = lexicon
        self._kinds = kinds
        self._stretch = stretch

    def display_name(self, reading: Reading, place: int) -> Person | None:
        """Two or more words that stand in this order in a display name."""
        tokens, lexicon = reading.tokens, self._lexicon
        first = place
        while (
            first > 0
            and place - first < 3
            and tokens[first - 1].folded in PARTICLES
            and reading.adjacent(first - 1)
        ):
            first -= 1
        last, holders = self._in_order(reading, first)
        while last < place and first < place:
            first += 1
            last, holders = self._in_order(reading, first)
        if last < place or last == first:
            return None
        names = [token for token in tokens[first : last + 1] if token.folded not in PARTICLES]
        plain = all(lexicon.is_word(token.folded) or token.folded in lexicon.both for token in names)
        inside = tokens[first].capital or not reading.opens(first)
        written = not reading.loud and inside and all(token.capital for token in names)
        old = last - first > 1 and any(token.folded in cues.OLD for token in tokens[first : last + 1])
        need = 1.0 if len(names) < 2 else -1.0
        if plain and not written and not old and evidence(reading, first) < need:
            return None
        return self._stretch.person(reading, first, last, holders, "member")

    def _in_order(self, reading: Reading, first: int) -> tuple[int, frozenset[str]]:
        """Return up to where the words from `first` on stand so in a display name, and whose."""
        last, holders = first, frozenset[str]()
        words = [reading.tokens[first].folded]
        for step in range(first + 1, min(first + 6, len(reading.tokens))):
            if not reading.adjacent(step - 1):
                break
            words.append(reading.tokens[step].folded)
            named = self._roster.sequence(tuple(words))
            if named:
                last, holders = step, named
        return last, holders

    def parted(self, reading: Reading, place: int) -> Person | None:
        """`abdel hak` for Abdelhak: a member's name written as two words."""
        token = reading.tokens[place]
        if len(token.text) < 3 or place + 1 >= len(reading.tokens) or reading.gap(place) != " ":
            return None
        after = reading.tokens[place + 1]
        hit = self._roster.find(token.folded + after.folded) if len(after.text) > 2 else None
        first = self._roster.find(token.folded)
        if hit is None or hit.doubt > 0 or (first is not None and first.doubt == 0):
            return None
        if self._lexicon.is_word(token.folded) and self._lexicon.is_word(after.folded):
            return None
        return self._stretch.person(reading, place, place + 1, hit.holders, "member")

    def led_surname(self, reading: Reading, place: int) -> Person | None:
        """`Van der Molen`, `Ten Cate`: particles, the first with a capital, before a name; or learnt so."""
        tokens, lexicon = reading.tokens, self._lexicon
        last = past_particles(reading, place + 1)
        if last >= len(tokens) or not reading.adjacent(last - 1) or len(tokens[last].text) < 3:
            return None
        run = tuple(token.folded for token in tokens[place : last + 1])
        holders = self._roster.sequence(run)
        if holders and (len(run) > 2 or reading.marked(place) or reading.tokens[last].capital):
            return self._stretch.person(reading, place, last, holders, "member")
        if run in self._kinds.surnames:
            return self._stretch.person(reading, place, last, None, "learnt")
        if self._is_sure(reading, place, last):
            self._kinds.add_surname(run)
            return self._stretch.person(reading, place, last, None, "surname")
        name = tokens[last]
        word = name.folded
        if not reading.marked(place) or not name.capital or not self._kinds.nameable(name):
            return None
        if word in cues.COMMON or lexicon.is_street(word):
            return None
        if word in lexicon.places and reading.opens(place):
            return None  # `Van Utrecht naar Tiel`; inside a sentence no town has particles with a capital
        if lexicon.is_word(word) and tokens[place].text.isupper() and name.text.isupper():
            return None  # `vergeet niet TE STEMMEN`
        plain = lexicon.is_word(word) and word not in lexicon.family
        if reading.opens(place) and (plain or (last == place + 1 and tokens[place].folded not in cues.ALIEN)):
            return None
        hit = self._roster.find(word)
        if hit is None:
            self._kinds.add_surname(run)
        return self._stretch.person(reading, place, last, hit.holders if hit is not None else None, "surname")

    def _is_sure(self, reading: Reading, place: int, last: int) -> bool:
        """Is it a surname wherever it stands, by the list, by old particles or by what it does?"""
        tokens, lexicon = reading.tokens, self._lexicon
        name, particles = tokens[last], tuple(token.folded for token in tokens[place:last])
        word = name.folded
        if (
            last == place + 2
            and (*particles, word) in lexicon.borne
            and self.is_surname_of_three(tokens, place)
        ):
            return True
        if name.capital and not reading.loud:
            if particles in _CUT_SHORT and self._is_borne_in_full(word):
                return True
            short = tokens[place].folded == "v" and reading.gap(place) in {".", ". "}
            if tokens[place + 1].folded in cues.OLD or short:
                return not (word in lexicon.common or word in lexicon.keep or lexicon.is_street(word))
        return self._is_subject(reading, place, last)

    def is_surname_of_three(self, tokens: Sequence[Token], place: int) -> bool:
        """`van der Kolk`; `van der meer`, `van de Ven`: such as many bear, and no plain phrase."""
        particle, last = tokens[place + 1].folded, tokens[place + 2]
        if particle in cues.OLD and last.capital:
            return True
        name = (tokens[place].folded, particle, last.folded)
        return name in self._lexicon.borne and name != _TOWN and (particle in cues.OLD or last.capital)

    def _is_borne_in_full(self, word: str) -> bool:
        """`vd Water`: with the particles written out, a surname that many bear."""
        return any(("van", article, word) in self._lexicon.borne for article in ("de", "den", "der"))

    def _is_subject(self, reading: Reading, place: int, last: int) -> bool:
        """`van dijk ontkent`: no article, and it does what people do."""
        return (
            last == place + 1
            and reading.opens(place)
            and reading.tokens[last].folded in self._lexicon.led
            and last + 1 < len(reading.tokens)
            and reading.gap(last) == " "
            and reading.tokens[last + 1].folded in cues.VERBS | cues.SPEECH | cues.STATES
        )

    def is_of_syllables(self, reading: Reading, place: int) -> bool:
        """`Li Na`, `Mei-Lin`: two names of one syllable, each a word or hardly known by itself."""
        if place + 1 >= len(reading.tokens) or reading.gap(place) not in {" ", "-"}:
            return False
        pair = reading.tokens[place : place + 2]
        return all(token.text.istitle() and token.folded in cues.SYLLABLES for token in pair) and (
            pair[0].folded not in {"na", "pan"}
        )

    def is_articled(self, reading: Reading, place: int) -> bool:
        """`voor de Vries`: a plain word has no capital there."""
        return (
            place > 0
            and reading.tokens[place].folded in self._lexicon.articled
            and reading.marked(place)
            and not reading.opens(place - 1)
            and reading.tokens[place - 1].text in {"de", "De"}
            and reading.gap(place - 1) == " "
            and not (place > 1 and of_a_shop(reading, place - 1))
        )

    def is_led(self, reading: Reading, place: int) -> bool:
        """`bij van Dijk`: a plain word has no capital there, and no town is called so."""
        return (
            place > 1
            and reading.tokens[place].folded in self._lexicon.led
            and reading.tokens[place].folded not in self._lexicon.places
            and reading.marked(place)
            and reading.tokens[place - 1].text == "van"
            and reading.gap(place - 1) == " "
        )

    def apostrophed(self, reading: Reading, place: int) -> Person | None:
        """`O'Grady`, `D'Souza`: one letter, an apostrophe, and what is no word of the language."""
        following = place + 1
        if following >= len(reading.tokens) or reading.gap(place) not in _APOSTROPHES:
            return None
        name = reading.tokens[following]
        written = reading.tokens[place].capital and name.capital and len(name.text) > 2
        if len(name.text) < 4 and not written:
            return None
        listed = reading.tokens[place].folded + name.folded in self._lexicon.family
        if not (listed or (written and name.folded not in cues.COMMON)):
            return None
        hit = self._roster.find(name.folded)
        return self._stretch.person(reading, place, following, hit.holders if hit else None, "surname")
