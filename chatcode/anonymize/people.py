"""Find people in a text: members first, then other names by lists, cues and what was learnt before."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from chatcode.anonymize import cues
from chatcode.anonymize.announcing import (
    ANNOUNCERS,
    Announcing,
    calls,
    of_a_body,
    of_a_shop,
    speaks,
)
from chatcode.anonymize.composed import Composed
from chatcode.anonymize.context import Reading, Token, evidence
from chatcode.anonymize.impersonal import blooms, has_article, is_thing
from chatcode.anonymize.initials import Initials
from chatcode.anonymize.kinds import FOREIGN_LETTERS, Kind, Kinds
from chatcode.anonymize.lexicon import LONGEST_PHRASE, Lexicon
from chatcode.anonymize.names import PARTICLES
from chatcode.anonymize.namesakes import is_namesake
from chatcode.anonymize.roster import Hit, Roster
from chatcode.anonymize.stretch import LONG_INITIALS, Person, Stretch

# What a kind of word needs from its sentence before it counts as a name.
_NEED: dict[Kind, float] = {
    "heard": 0.5,
    "seldom": 0.5,
    "short": 0.5,
    "both": 1.25,
    "rare": 1.5,
    "family": 1.5,
    "trade": 2.0,
    "usual": 2.75,
    "unknown": 1.5,
    "tiny": 2.5,
    "spoken": 1.5,
    "place": 4.5,
}
_STRICT: dict[Kind, float] = {"both": 0.5, "rare": 0.5, "family": 0.5, "unknown": 0.5, "place": 3.5}
_UNLISTED = frozenset({"unknown", "tiny", "spoken", "family", "rare", "place"})
_SURNAMES = frozenset({"unknown", "family", "rare", "trade", "usual"})
_CALLABLE = frozenset({"spoken", "place", "trade", "usual"})
# A title, a word of kin or of naming before a word is worth this much.
_ANNOUNCED = 2.0
# A member's name that is a word of the language too, or a form that only may be theirs.
_DOUBT = 0.75
_HINT = 0.5
_INSIDE = 2.5
# An unlisted word with so much around it is taken for a name in every text of the group.
_CLEAR = 2.5
# Words of more letters are compounds, hardly ever names.
_LONG = 8
_LINKS = frozenset({"en", "and", "of"})
# How a name was found that no shop bears: `huisarts Van Vliet is dicht`.
_SURELY = frozenset({"member", "surname", "cue", "initials"})
_NAMED_AFTER = frozenset({"storm", "orkaan"})


class People:
    """Finds names in the texts of one group, and remembers those it was sure of."""

    def __init__(self, roster: Roster, lexicon: Lexicon, *, strict: bool = False) -> None:
        self._roster = roster
        self._lexicon = lexicon
        self._need = {**_NEED, **_STRICT} if strict else _NEED
        self._kinds = Kinds(roster, lexicon)
        self._announcing = Announcing(lexicon, self._kinds)
        self._stretch = Stretch(roster, lexicon, self._kinds)
        self._composed = Composed(roster, lexicon, self._kinds, self._stretch)
        self._initials = Initials(roster, lexicon, self._kinds, self._stretch)
        self._after_particles = (
            lexicon.led | lexicon.articled | {name[-1] for name in lexicon.borne if len(name) > 1}
        )

    def find(self, text: str, tokens: Sequence[Token]) -> list[Person]:
        """Find the names among the words of a text (those that are free to be one), in order."""
        known = self._kinds.begins.get
        begins = {
            place
            for place, token in enumerate(tokens)
            if (begin := known(token.text)) or (begin is None and self._may_begin(token))
        }
        if len(tokens) > 2 and tokens[0].folded == "van" and tokens[1].folded in self._lexicon.led:
            begins.add(0)
        folded = {token.folded for token in tokens}
        called = not folded.isdisjoint(ANNOUNCERS)
        if not begins and not called and folded.isdisjoint(_WAKING):
            return []
        cued = [place for place, token in enumerate(tokens) if called and token.folded in ANNOUNCERS]
        reading = Reading(text, tokens)
        announced = {
            named for place in cued if (named := self._announcing.announces(reading, place)) is not None
        }
        if not folded.isdisjoint(_LINKS):
            announced |= self._paired(reading)
        greeted, led = set[int](), set[int]()
        if not folded.isdisjoint(cues.GREETING):
            greeted = {place + 1 for place, token in enumerate(tokens[:-1]) if token.folded in cues.GREETING}
        if "van" in folded:
            led = {
                place
                for place in range(len(tokens) - 2)
                if tokens[place].folded == "van" and self._composed.is_surname_of_three(tokens, place)
            }
        begins |= announced | led | {place for place in greeted if self._kinds.may_be_greeted(tokens[place])}
        found: list[Person] = []
        done = 0
        passed = self._phrases(reading, begins)
        for place in sorted(begins):
            named = place in announced and self._announcing.is_titled(reading, place)
            if tokens[place].start < done or (place in passed and not named):
                continue
            person = self._at(reading, place, announced=place in announced)
            if person is None or person.start < done:
                continue
            done = person.end
            if not blooms(reading, person.end) and (
                person.rule in _SURELY or not is_thing(reading, person.end)
            ):
                found.append(person)
        return found

    def _paired(self, reading: Reading) -> set[int]:
        """`Petra en Wiel`: beside a name, with `en` between them, a word with a capital is one too."""
        tokens, found = reading.tokens, set[int]()
        for place in range(1, len(tokens) - 1):
            if tokens[place].folded not in _LINKS or not reading.gap(place - 1) == reading.gap(place) == " ":
                continue
            for one, other in ((place - 1, place + 1), (place + 1, place - 1)):
                marked = reading.marked(other) and not reading.opens(other)
                if marked and self._kinds.sure(tokens[one]) and self._kinds.may_be_greeted(tokens[other]):
                    found.add(other)
        return found

    def _may_begin(self, token: Token) -> bool:
        """May a name begin with this word? Most texts have none, and are done with here."""
        begins = self._kinds.begins.get(token.text)
        if begins is None:
            begins = self._kinds.begins[token.text] = self._begins(token)
        return begins

    def _begins(self, token: Token) -> bool:
        word = token.folded
        if self._kinds.of(token) is not None or word in self._roster.starts or word in self._roster.called:
            return True
        if word in cues.LEADING:
            return token.capital or word in {"v", "vd"} or bool(self._kinds.surnames)
        if word in cues.APOSTROPHED or (
            token.capital and (word in self._after_particles or word in cues.SYLLABLES)
        ):
            return True
        return token.capital and (len(token.text) == 1 or (len(token.text) < 4 and token.text.isupper()))

    def _phrases(self, reading: Reading, begins: Set[int]) -> Set[int]:
        """The places of words in phrases that name no person, though they hold a name."""
        places: set[int] = set()
        words = [token.folded for token in reading.tokens]
        firsts = self._lexicon.phrases
        for place in [place for place, word in enumerate(words) if word in firsts]:
            if begins.isdisjoint(range(place, place + LONGEST_PHRASE)):
                continue
            end = self._lexicon.phrase_end(words, place)
            if self._roster.sequence(tuple(words[place:end])):
                continue  # a member who is called so
            if all(reading.adjacent(step) or reading.gap(step) == " & " for step in range(place, end - 1)):
                places.update(range(place, end))
        return places

    # ── one place ─────────────────────────────────────────────────────────────

    def _at(self, reading: Reading, place: int, *, announced: bool) -> Person | None:
        token = reading.tokens[place]
        short = not reading.loud and token.text.isupper() and 1 < len(token.text) < 5
        if (len(token.text) < 4 or token.folded in self._roster.called) and _NUMBERED.search(
            reading.text[max(0, token.start - 2) : token.end + 1]
        ):
            return None
        if short and _COMPOUND.match(reading.text, token.end):
            return None  # `LAN-kabel`
        if short and (token.folded in self._lexicon.keep or token.folded in self._lexicon.shouts):
            return None
        if person := self._by_shape(reading, place):
            return person
        if len(token.text) == 1 or (token.text in LONG_INITIALS and reading.gap(place) == ". "):
            return self._initials.before(reading, place)
        if (short or token.folded in self._roster.called) and (
            person := self._initials.alone(reading, place)
        ):
            return person
        return self._composed.parted(reading, place) or self._by_word(reading, place, announced=announced)

    def _by_shape(self, reading: Reading, place: int) -> Person | None:
        """A display name, a surname that particles lead, a name with an apostrophe."""
        word = reading.tokens[place].folded
        person = self._composed.display_name(reading, place) if word in self._roster.starts else None
        if person is None and word in cues.LEADING:
            person = self._composed.led_surname(reading, place)
        if person is None and (
            self._composed.is_articled(reading, place) or self._composed.is_led(reading, place)
        ):
            hit = self._roster.find(word)
            person = self._stretch.person(reading, place - 1, place, hit.holders if hit else None, "surname")
        if person is None and word in cues.APOSTROPHED:
            person = self._composed.apostrophed(reading, place)
        if person is None and self._composed.is_of_syllables(reading, place):
            hit = self._roster.find(word)
            person = self._stretch.person(reading, place, place + 1, hit.holders if hit else None, "cue")
        return person

    def _by_word(self, reading: Reading, place: int, *, announced: bool) -> Person | None:
        """What the lists, the group's members and the sentence say of one word."""
        token = reading.tokens[place]
        if reading.dated(place) or _is_order(reading, place):
            return None
        found = self._kinds.of(token)
        kind, hit = found or (None, None)
        if hit is not None and self._is_member(reading, place, hit, announced=announced):
            return self._stretch.person(reading, place, place, hit.holders, "member")
        if announced and self._announcing.is_titled(reading, place):
            self._kinds.learn(token)
            return self._stretch.person(reading, place, place, hit.holders if hit else None, "cue")
        if found is None:
            if announced and not self._announcing.may_be_called(reading, place):
                return None
            if not announced and not self._announcing.is_greeted(reading, place):
                return None
            self._kinds.learn(token)
            return self._stretch.person(reading, place, place, None, "cue")
        if kind is None:
            return None
        called = kind in _CALLABLE and announced and self._announcing.may_be_called(reading, place)
        if not called and not self._is_name(reading, place, kind, announced=announced):
            return None
        if announced or (kind == "given" and token.capital) or self._is_clear(reading, place, kind):
            self._kinds.learn(token)
        return self._stretch.person(reading, place, place, None, kind)

    def _is_member(self, reading: Reading, place: int, hit: Hit, *, announced: bool) -> bool:
        word = reading.tokens[place].folded
        if has_article(reading, place) and word in self._lexicon.words:
            return False  # `in het riet`
        if hit.doubt == 0:
            return True
        if word in _HARDLY and reading.tokens[place].text.islower():
            return False  # a member may be called `ter Haar` or `Hoi Yan`
        score = evidence(reading, place) + _ANNOUNCED * announced + self._beside_name(reading, place)
        if word in cues.DETERMINERS and reading.tokens[place].text.islower() and score < 1:
            return False  # `helemaal wit van de hagel`
        if hit.doubt == 1:
            return is_namesake(reading, place, score, self._lexicon)
        if word not in cues.COMMON and calls(reading, place):
            return True
        if hit.doubt == 3 and _is_signed(reading, place):
            return True
        if hit.doubt == 3:
            if word in cues.COMMON or not reading.marked(place):
                return False
            inside = not reading.opens(place)
            return score >= _INSIDE if inside else score >= 2 * _DOUBT and word not in self._lexicon.common
        return score >= (2 * _DOUBT if self._is_plain(word) else _HINT)

    def _is_plain(self, word: str) -> bool:
        """Is a member's name so common a word, or so long a one, that a tie does not go to the name?"""
        lexicon = self._lexicon
        if word in lexicon.common or word in lexicon.keep:
            return True
        return word in lexicon.words and (word in lexicon.both or len(word) > _LONG)

    def _is_name(self, reading: Reading, place: int, kind: Kind, *, announced: bool) -> bool:
        if reading.tokens[place].text.islower() and place and reading.tokens[place - 1].folded == "te":
            return False  # `te lien`: a verb
        if place and reading.tokens[place - 1].folded in _NAMED_AFTER and reading.gap(place - 1) == " ":
            return False  # `storm Eunice`
        token = reading.tokens[place]
        if has_article(reading, place) and token.folded in self._lexicon.words:
            return False
        if not announced and _is_town(reading, place, kind):
            return False
        if kind not in self._need:
            return True
        if kind == "spoken" and not speaks(reading, place):
            # `sjoerd en tietsje`
            ends = reading.gap(place).startswith(".")
            beside = self._beside_name(reading, place) > 0 and not ends
            return beside and evidence(reading, place, known=False) >= -_HINT
        if kind in _UNLISTED and not announced and of_a_body(reading, place):
            return False
        score = evidence(reading, place, known=kind not in _UNLISTED) + _ANNOUNCED * announced
        score += self._beside_name(reading, place)
        if kind in _SURNAMES and self._of_relatives(reading, place):
            score += 3.0
        if kind == "place" and _is_spoken_of(reading, place):
            score += 2.5
        if kind in {"unknown", "family"} and self._before_given(reading, place):
            score += 2.0
        if kind in _UNLISTED and not announced and reading.foreign(self._lexicon.spelt):
            score -= 2.0
        if kind in _UNLISTED and not announced and of_a_shop(reading, place):
            score -= 2.0
        return score >= self._need[kind]

    def _is_clear(self, reading: Reading, place: int, kind: Kind) -> bool:
        """Is a word in no list, or in that of rare names, so clearly a name that it is one elsewhere too?"""
        if kind not in {"unknown", "rare", "family"} or not reading.marked(place):
            return False
        if FOREIGN_LETTERS.search(reading.tokens[place].text):
            return True
        score = evidence(reading, place, known=False) + self._beside_name(reading, place)
        return score >= _CLEAR

    def _beside_name(self, reading: Reading, place: int) -> float:
        """`Jelissa en Kees`, `Roos ik bedoel Rosita`: one name beside another."""
        tokens = reading.tokens
        if [token.folded for token in tokens[place + 1 : place + 3]] == ["ik", "bedoel"]:
            return 1.5 if place + 3 < len(tokens) and self._surely(reading, place + 3) else 0.0
        if reading.marked(place) and (self._is_listed(reading, place) or self._has_surname(reading, place)):
            return 1.0
        if place > 1 and tokens[place - 1].folded in _LINKS and self._surely(reading, place - 2):
            return 1.0 if reading.adjacent(place - 2) and reading.adjacent(place - 1) else 0.0
        following = place + 2 < len(tokens) and tokens[place + 1].folded in _LINKS
        if following and self._surely(reading, place + 2):
            return 1.0 if reading.adjacent(place) and reading.adjacent(place + 1) else 0.0
        return 0.0

    def _is_listed(self, reading: Reading, place: int) -> bool:
        """`Bas, Mo, Tonnie`: between commas beside a name."""
        tokens = reading.tokens
        after = place + 1 < len(tokens) and reading.gap(place) == ", " and self._kinds.sure(tokens[place + 1])
        before = place > 0 and reading.gap(place - 1) == ", " and self._kinds.sure(tokens[place - 1])
        return (after and tokens[place + 1].capital) or (before and tokens[place - 1].capital)

    def _has_surname(self, reading: Reading, place: int) -> bool:
        """`Kennen jullie Wil Starmans?`: inside a sentence, before a surname."""
        following = place + 1
        if following == len(reading.tokens) or reading.opens(place) or reading.gap(place) != " ":
            return False
        word = reading.tokens[following].folded
        named = word in self._lexicon.surnames and not self._lexicon.is_word(word)
        return named and reading.marked(following) and reading.tokens[place].folded not in PARTICLES

    def _surely(self, reading: Reading, place: int) -> bool:
        """Is it a name by itself, or one that may be a word and has a capital inside the sentence?"""
        token = reading.tokens[place]
        if self._kinds.sure(token):
            return True
        found = self._kinds.of(token)
        told = found is not None and (found[0] in {"both", "heard"} or found[1] is not None)
        return told and reading.marked(place) and not reading.opens(place)

    def _of_relatives(self, reading: Reading, place: int) -> bool:
        """`die Brandsma jongens`: a family's name before its children."""
        following = place + 1
        return (
            reading.marked(place)
            and following < len(reading.tokens)
            and reading.gap(place) == " "
            and reading.tokens[following].folded in cues.RELATIVES
        )

    def _before_given(self, reading: Reading, place: int) -> bool:
        """`Jansen, Piet`: as lists and letters write it."""
        following = place + 1
        if following >= len(reading.tokens) or reading.gap(place) != ", ":
            return False
        return reading.tokens[following].capital and self._kinds.sure(reading.tokens[following])


def _is_town(reading: Reading, place: int, kind: Kind) -> bool:
    """`nepagenten in Axel`; `in Hoogland`: a place that families are called after."""
    before = reading.tokens[place - 1].folded if place else ""
    trusted = place > 1 and reading.tokens[place - 2].folded in _TRUST
    if before in _IN_TOWNS and reading.marked(place) and not trusted and not _owns(reading, place):
        return True
    return before == "in" and kind in {"trade", "usual"}


def _owns(reading: Reading, place: int) -> bool:
    """`in Ria's tuin`, `in Bas zijn schuur`."""
    return reading.gap(place)[:1] in {"'", "\u2019"} or (
        place + 1 < len(reading.tokens) and reading.tokens[place + 1].folded in _THEIRS
    )


def _is_order(reading: Reading, place: int) -> bool:
    """`fleur de straat op`: the verb, where a sentence begins."""
    token, following = reading.tokens[place], place + 1
    if token.folded not in cues.VERB_NAMES or following == len(reading.tokens) or not reading.opens(place):
        return False
    return reading.gap(place) == " " and reading.tokens[following].folded in _ORDERED


def _is_signed(reading: Reading, place: int) -> bool:
    """`xx wen`: the last word, after one with which people sign."""
    last = place + 1 == len(reading.tokens)
    return last and place > 0 and reading.tokens[place - 1].folded in cues.SIGNING


def _is_spoken_of(reading: Reading, place: int) -> bool:
    """`ik sprak Rozendaal`, `Rozendaal belt net`: no town."""
    tokens = reading.tokens
    before = tokens[place - 1].folded if place and reading.gap(place - 1) == " " else ""
    if before in cues.WHERE:
        return False  # `mijn zus in Rotterdam belt`
    acts = place + 1 < len(tokens) and tokens[place + 1].folded in cues.PERSONAL and reading.gap(place) == " "
    return before in cues.SPOKEN_TO or acts


_COMPOUND = re.compile(r"-[a-z]{3}")
_ORDERED = frozenset({"de", "het", "een", "je", "jouw", "jullie", "dat", "die"})
# `2025-118-AB`, `Rd4`: a part of what something is numbered by.
_NUMBERED = re.compile(r"^\d-|^.?\d(?=[^\W\d_])|(?<=[^\W\d_])\d$")
_THEIRS = frozenset({"zijn", "zn", "haar", "dr", "hun", "s"})
# `vertrouwen in Xhevahir`: with these `in` is said of people too.
_TRUST = frozenset({"vertrouwen", "vertrouw", "geloof", "geloofde", "teleurgesteld", "vergist", "vergiste"})
_IN_TOWNS = frozenset({"in", "te", "gemeente"})
_WAKING = cues.GREETING | cues.OLD
_HARDLY = cues.PRONOUNS | cues.GREETING
