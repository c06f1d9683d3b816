"""What announces a name, or speaks against one: the words right before and after it."""

from __future__ import annotations

from chatcode.anonymize import cues
from chatcode.anonymize.context import Reading
from chatcode.anonymize.kinds import Kinds
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.names import TITLES

_QUOTES = " :\"'“”‘’(*_"
_NOBODY = -1
# Titles after which nothing but a name comes: `dhr kip`, where `meneer wist het niet`.
_ALWAYS_NAMED = frozenset({"dhr", "mevr", "mw", "mnr"})
ANNOUNCERS = TITLES | cues.CALLED | cues.KIN | cues.RELATIVES | cues.OFFICES | cues.GREETS


class Announcing:
    """Says which place a word announces, and whether what stands there may be called so."""

    def __init__(self, lexicon: Lexicon, kinds: Kinds) -> None:
        self._lexicon = lexicon
        self._kinds = kinds

    def announces(self, reading: Reading, place: int) -> int | None:
        """Return the place of the name that the word at `place` announces."""
        tokens = reading.tokens
        told = self._by_pattern(reading, place)
        if told is not None:
            return None if told == _NOBODY else told
        if place + 1 >= len(tokens):
            return None
        word, following = tokens[place].folded, place + 1
        if word in cues.NAMING and tokens[following].folded in cues.THEM and following + 1 < len(tokens):
            following += 1  # `ze noemen hem Swa`
        gap = reading.gap(following - 1)
        if word in cues.OFFSPRING and gap == ", ":
            gap = ""  # `zijn broertje, Djairo`
        if "\n" in gap or gap.strip(_QUOTES) not in ("", "." if word in cues.ABBREVIATED else ""):
            return None
        first = following
        if word in TITLES or word in cues.OFFICES or word in cues.CALLED:
            following = past_particles(reading, following)
        if following > first and word in cues.OFFICES and not tokens[first].capital:
            return None
        if word in cues.RELATIVES and not reading.marked(following):
            return None
        if _is_nicknamed(reading, following):
            following += 1
        if tokens[following].folded in self._lexicon.places and word not in TITLES | cues.NAMED | cues.NAMING:
            return None
        return following

    def _by_pattern(self, reading: Reading, place: int) -> int | None:
        """The place of a name that does not come right after its cue; `_NOBODY` where it names a thing."""
        tokens, word = reading.tokens, reading.tokens[place].folded
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        further = place + 2 < len(tokens) and reading.gap(place) == reading.gap(place + 1) == " "
        if word in cues.NAMING and place > 1 and tokens[place - 2].folded in cues.SUBJECTS:
            # `hij zei dat ie ulfert heette`
            return place - 1 if reading.gap(place - 1) == reading.gap(place - 2) == " " else _NOBODY
        if word == "genoemd" and place > 1 and tokens[place - 1].folded in cues.IS_NAMED:
            # `eentje die Momo wordt genoemd`
            named = reading.marked(place - 2) and not reading.opens(place - 2)
            return place - 2 if named and reading.gap(place - 2).strip(_QUOTES) == "" else _NOBODY
        if after is None:
            return None
        if word in cues.NAMING and after.folded in cues.NAMERS:
            # `Swa noemen ze hem`; `noaberschap noemen we dat`
            if place + 2 < len(tokens) and tokens[place + 2].folded in cues.THINGS:
                return _NOBODY
            return place - 1 if place and reading.gap(place - 1).strip(_QUOTES) == "" else _NOBODY
        if word in cues.NAMING and place and tokens[place - 1].folded in cues.THINGS and not after.capital:
            return _NOBODY  # `het heet spoofing`
        if word in cues.GREETS and after.folded in cues.TO:
            return place + 2 if further else _NOBODY  # `de groeten aan Sjirk`
        if word in cues.KIN | cues.RELATIVES and after.folded == "van" and further:
            name = tokens[place + 2]  # `die jongen van dijkstra`
            town = name.folded in self._lexicon.places and ("van", name.folded) not in self._lexicon.borne
            if len(name.text) > 3 and not town and not self._lexicon.is_word(name.folded):
                return place + 2
        return None

    def may_be_called(self, reading: Reading, place: int) -> bool:
        """After a cue a word counts as a name if it is written as one, or is no word at all."""
        token = reading.tokens[place]
        word = token.folded
        if word in cues.COMMON or word in cues.CALLED or word in cues.KIN or not self._kinds.nameable(token):
            return False
        if token.text.isupper() and self._lexicon.is_word(word) and not self._may_be_shouted(reading, place):
            return False  # `huisarts BELLEN`
        if reading.marked(place):
            return len(word) > 1
        lexicon = self._lexicon
        if lexicon.is_compound(word) and word not in lexicon.family:
            return False  # `die mevrouw van de huurdersclub`
        return len(word) > 2 and not lexicon.is_word(word)

    def _may_be_shouted(self, reading: Reading, place: int) -> bool:
        """`dhr. BAKKER`, `huisarts VISSER`: a word in capitals after a title, or one that families bear."""
        lexicon, word = self._lexicon, reading.tokens[place].folded
        before = reading.tokens[place - 1].folded if place else ""
        told = before in TITLES or before not in cues.KIN | cues.OFFICES
        return told or len(word) < 3 or word in lexicon.family or word in lexicon.plain_surnames

    def is_titled(self, reading: Reading, place: int) -> bool:
        """`dhr de vries`, `MEVR. BAKKER`: right after a title a surname that many bear, in any writing."""
        first = place
        while (
            first
            and reading.tokens[first - 1].folded in cues.SURNAME_PARTICLES
            and reading.adjacent(first - 1)
        ):
            first -= 1
        if first == 0 or reading.tokens[first - 1].folded not in cues.FORMAL:
            return False
        if reading.tokens[place].text.islower() and reading.tokens[place].folded in TITLES:
            return False  # `meneer pastoor`
        if tuple(token.folded for token in reading.tokens[first : place + 1]) in self._lexicon.borne:
            return True
        word = reading.tokens[place].folded
        return (
            first == place
            and len(word) > 2
            and reading.tokens[first - 1].folded in _ALWAYS_NAMED
            and word not in self._lexicon.common
            and word not in cues.COMMON
            and self._kinds.nameable(reading.tokens[place])
        )

    def is_greeted(self, reading: Reading, place: int) -> bool:
        """`groet, Ank`: a word that chats hardly use, with a capital, after a greeting."""
        if not place or reading.opens(place) or not reading.marked(place):
            return False
        greeting = reading.tokens[place - 1].folded in cues.GREETING and reading.gap(place - 1) in {" ", ", "}
        return greeting and self._kinds.may_be_greeted(reading.tokens[place])


def calls(reading: Reading, place: int) -> bool:
    """`sas wil jij`, `pat bel even`: a message that begins by calling somebody."""
    if place + 2 >= len(reading.tokens) or not reading.opens(place):
        return False
    verb, third = reading.tokens[place + 1].folded, reading.tokens[place + 2].folded
    if reading.gap(place) not in {" ", ", "} or reading.gap(place + 1) != " ":
        return False
    if verb in cues.TOLD and third in cues.TELLING and reading.tokens[place].folded not in cues.VERB_NAMES:
        return True  # `prins je moet bezwaar maken`
    asks = verb in cues.VERBS | cues.QUESTIONS and third in cues.ASKED
    return asks or (verb in cues.QUESTIONS and third in cues.SOON)


def of_a_shop(reading: Reading, place: int) -> bool:
    """`kapper Hair & Zo`: what a business is called, where no list has it as a name."""
    return (
        place > 0
        and reading.tokens[place - 1].folded in cues.SHOPS
        and reading.gap(place - 1) in {" ", ' "', " '"}
    )


def of_a_body(reading: Reading, place: int) -> bool:
    """`gemeente Rotterdam`: the town of a body, whatever it does."""
    return place > 0 and reading.tokens[place - 1].folded in cues.BODIES and reading.gap(place - 1) == " "


def speaks(reading: Reading, place: int) -> bool:
    """Does the word after an unknown word in lower case say that it speaks, calls or lives?"""
    following = place + 1
    return (
        following < len(reading.tokens)
        and reading.tokens[following].folded in cues.SPEECH
        and reading.gap(place) == " "
    )


def past_particles(reading: Reading, place: int) -> int:
    """Return the first place from here on that is no particle of a surname."""
    while (
        place < len(reading.tokens) - 1
        and reading.tokens[place].folded in cues.SURNAME_PARTICLES
        and reading.adjacent(place)
    ):
        place += 1
    return place


def _is_nicknamed(reading: Reading, place: int) -> bool:
    """`Kleine Mo`: a plain word with a capital before the name."""
    return (
        place + 1 < len(reading.tokens)
        and reading.tokens[place].folded in cues.DETERMINERS
        and reading.marked(place)
        and reading.marked(place + 1)
        and reading.gap(place) == " "
    )
