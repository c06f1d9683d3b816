"""A person's name in a text, and how far it goes: the words beside it that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatcode.anonymize import cues
from chatcode.anonymize.context import Reading, Token
from chatcode.anonymize.kinds import Kinds
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.names import PARTICLES
from chatcode.anonymize.roster import Roster

LONG_INITIALS = frozenset({"Th", "Chr", "Ch", "Ph", "IJ"})
# Articles that hardly anything but a surname has left.
_OF_NAMES = frozenset({"der", "den", "ter", "ten"})
_HYPHENS = frozenset({"-", "\u2010", "\u2011"})
_LED = frozenset({"van", "vd", "de", "den", "ten", "ter", "el"})
_TEACHING = frozenset({"cue", "initials", "given", "learnt"})
_MOST_INITIALS = 6
_BY_AGE = frozenset({"jr", "sr", "junior", "senior"})
_CLOSING = frozenset({"", " ", ".", ",", ")", "?", "!", "\n"})


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name in a text; `holder` is the member, None for somebody else or for several."""

    start: int
    end: int
    words: tuple[str, ...]
    holder: str | None
    rule: str


class Stretch:
    """Extends a name over initials, particles and further names, to the right and to the left."""

    def __init__(self, roster: Roster, lexicon: Lexicon, kinds: Kinds) -> None:
        self._roster = roster
        self._lexicon = lexicon
        self._kinds = kinds

    def person(
        self, reading: Reading, first: int, last: int, holders: frozenset[str] | None, rule: str
    ) -> Person:
        """Take in the words beside a name that belong to it, and say whose it is."""
        first, last, candidates = self.extend(reading, first, last, holders)
        run = reading.tokens[first : last + 1]
        end = run[-1].end
        if len(run[-1].text) == 1 and reading.text.startswith(".", end):
            end += 1
        if len(run) > 1 and rule in _TEACHING and not reading.loud:
            for token in run:
                if token.capital and len(token.text) > 2:
                    self._kinds.hear(token)
        if candidates is None and len(run) > 2 and run[1].folded in _LED and run[-1].folded not in PARTICLES:
            self._kinds.add_surname(tuple(token.folded for token in run[1:]))
        words = tuple(token.folded for token in run if len(token.text) > 1 and token.folded not in PARTICLES)
        holder = next(iter(candidates)) if candidates is not None and len(candidates) == 1 else None
        return Person(run[0].start, end, words or tuple(token.folded for token in run), holder, rule)

    def extend(
        self, reading: Reading, first: int, last: int, holders: frozenset[str] | None
    ) -> tuple[int, int, frozenset[str] | None]:
        """Return the first and the last place of the whole name, and whose it can be then."""
        while last + 1 < len(reading.tokens):
            step = self._further(reading, last, holders)
            if step == last:
                break
            for token in reading.tokens[last + 1 : step + 1]:
                hit = self._roster.find(token.folded)
                if hit is not None and holders:
                    holders = (holders & hit.holders) or holders
            last = step
        return self._back(reading, first, member=holders is not None), last, holders

    def _further(self, reading: Reading, last: int, holders: frozenset[str] | None) -> int:
        """Return the place up to which the name goes on to the right, or `last`."""
        here, following = reading.tokens[last], reading.tokens[last + 1]
        gap = reading.gap(last)
        if gap in _HYPHENS:
            return self._past_particles(reading, last + 1)  # `Dielissen-de Wit`
        if self.is_turned(reading, last):
            return last + 2
        if gap in {"'", "\u2019"} and following.folded != "s" and following.capital:
            return last + 1
        if gap != " " and not (gap == ". " and len(here.text) == 1):
            return last
        if len(following.text) == 1 and not self._of_the(reading, last + 1):
            return last + self._initials(reading, last)
        if following.folded in _BY_AGE:
            return last + 1
        step = last + 1
        while (
            step < len(reading.tokens) - 1
            and step - last <= 4
            and reading.tokens[step].folded in PARTICLES
            and not (len(reading.tokens[step].text) == 1 and reading.tokens[step].capital)
            and reading.adjacent(step)
        ):
            step += 1
        return step if self._goes_on(reading, last, step, holders) else last

    def _past_particles(self, reading: Reading, place: int) -> int:
        """The place of the word with a capital that particles from `place` on lead to, or `place`."""
        step = place
        while (
            step + 1 < len(reading.tokens)
            and reading.tokens[step].folded in cues.SURNAME_PARTICLES
            and reading.adjacent(step)
        ):
            step += 1
        return step if reading.tokens[step].capital else place

    def is_turned(self, reading: Reading, place: int) -> bool:
        """`Denderen, L. van`: as lists and letters write it."""
        if place + 2 >= len(reading.tokens) or reading.gap(place) != ", " or not reading.marked(place):
            return False
        name, letter, particle = reading.tokens[place : place + 3]
        if len(letter.text) != 1 or not letter.capital or particle.text not in cues.SURNAME_PARTICLES:
            return False
        if reading.gap(place + 1) != ". " or len(name.text) < 3 or name.folded in cues.COMMON:
            return False
        after = next((t for t in reading.tokens[place + 3 :] if t.folded not in cues.SURNAME_PARTICLES), None)
        return self._kinds.nameable(name) and (after is None or not after.capital)

    def _of_the(self, reading: Reading, place: int) -> bool:
        """`v/d`, `v.d.`, `v d`, `Henk v Rooijen`: a particle cut short, where a single v is an initial."""
        if reading.tokens[place].text not in {"v", "d", "V", "D"} or place + 1 == len(reading.tokens):
            return False
        following = reading.tokens[place + 1]
        apart = reading.gap(place) in {" ", ". "}
        leads = reading.tokens[place].text.islower() and apart and len(following.text) > 2
        borne = ("van", following.folded) in self._lexicon.borne or self._roster.knows(following.folded)
        return following.folded in cues.SURNAME_PARTICLES or (leads and (reading.marked(place + 1) or borne))

    def _initials(self, reading: Reading, last: int) -> int:
        """How many initials follow: `Phan T.H.`, `Ayoub E.`."""
        run = last + 1
        while (
            run < min(len(reading.tokens), last + _MOST_INITIALS)
            and len(reading.tokens[run].text) == 1
            and reading.tokens[run].capital
            and reading.text.startswith(".", reading.tokens[run].end)
            and (run == last + 1 or reading.gap(run - 1) == ".")
        ):
            run += 1
        if run - last > 2:
            return run - last - 1
        return 1 if self._initial(reading, last) else 0

    def _initial(self, reading: Reading, last: int) -> bool:
        """`Ayoub E.`, `Kim B`, `soufiane a.`: the first letter of a surname."""
        here, letter = reading.tokens[last], reading.tokens[last + 1]
        closing = reading.text[letter.end : letter.end + 1]
        if letter.text.isupper():
            return letter.text != "U" and closing in _CLOSING
        dotted = closing == "." and not reading.loud and letter.text not in {"n", "t"}
        last_sign = not reading.text[letter.end :].strip(" .")
        return dotted and len(here.text) > 2 and (last_sign or self._roster.find(here.folded) is None)

    def _goes_on(self, reading: Reading, last: int, step: int, holders: frozenset[str] | None) -> bool:
        """Is the word at `step` the surname of the name that ends at `last`, particles between them?"""
        here, name = reading.tokens[last], reading.tokens[step]
        word, lexicon = name.folded, self._lexicon
        between = reading.tokens[last + 1 : step]
        if len(name.text) == 1:
            closing = reading.text[name.end : name.end + 1]
            return bool(between) and name.text.isupper() and closing in _CLOSING - {" "}
        led = ("van" if token.folded == "v" else token.folded for token in between)
        borne = (*led, word) in lexicon.borne
        if not (self._kinds.nameable(name) or (between and borne)):
            return False
        hit = self._roster.find(word)
        plain = lexicon.is_word(word)
        same = hit is not None and holders is not None and bool(hit.holders & holders) and hit.doubt < 2
        if same and word != here.folded and (between or name.capital or not plain):
            return True
        if any(token.folded not in cues.SURNAME_PARTICLES for token in between):
            return False
        if reading.marked(step):
            return self._capital_goes_on(reading, last, step)
        if (
            reading.loud
            and between
            and (borne or (word not in lexicon.common and word not in lexicon.places))
        ):
            return True
        if self._led(between, word):
            return True
        if borne and not _OF_NAMES.isdisjoint(token.folded for token in between):
            return True  # `jeroen van der linden`
        if plain or word in lexicon.places:
            return False
        if hit is not None and hit.doubt == 0 and not between:
            return True
        if between and len(word) > 3 and word not in cues.COMMON and not lexicon.is_built(word):
            return True  # `khadija el khattabi`: what follows a particle and is no word
        return word in lexicon.family or (reading.loud and word not in lexicon.words)

    def _led(self, between: Sequence[Token], word: str) -> bool:
        """`jan van dijk`: without an article a plain noun after `van` is hardly anything but a surname."""
        return word in self._lexicon.led and [token.folded for token in between] in (["van"], ["v"])

    def _capital_goes_on(self, reading: Reading, last: int, step: int) -> bool:
        name, lexicon = reading.tokens[step], self._lexicon
        word = name.folded
        between = step > last + 1
        if (word in cues.COMMON and not between) or (
            between
            and word in lexicon.places
            and word not in lexicon.family | lexicon.towns
            and reading.tokens[step - 1].folded not in {"der", "den"}
        ):
            # `Ans van Stedin`; but `Yaron van der Sleen`, for no town has an article, and `Nel van Boxtel`,
            # who would be from Boxtel with another word.
            return False
        if between or reading.tokens[last].folded in cues.SURNAME_PARTICLES or not lexicon.is_word(word):
            return True
        if len(word) == 2:
            return reading.text[name.end : name.end + 1] in _CLOSING - {" "}
        if word in lexicon.family or word in lexicon.both or (word,) in lexicon.borne:
            return True  # `Bep Groot`
        if name.text.istitle() and word not in lexicon.keep and self._acts(reading, last, step):
            return True
        # Two words in a row with a capital inside a sentence: the second is hardly ever a plain one.
        if not reading.opens(last) and reading.text[name.end : name.end + 1] in {".", ",", "!", "?"}:
            return word not in lexicon.keep  # `over van Gerrit Trap.`
        return reading.tokens[last].capital and word not in lexicon.common and word not in lexicon.keep

    def _acts(self, reading: Reading, last: int, step: int) -> bool:
        """`huismeester Ruud Kat is vrij`: a plain noun with a capital after a name, and before a verb."""
        if reading.opens(last) or step + 1 >= len(reading.tokens) or reading.gap(step) != " ":
            return False
        verb = reading.tokens[step + 1]
        return verb.text.islower() and verb.folded in cues.STATES | cues.SPEECH | cues.PERSONAL | {
            "van",
            "uit",
        }

    def _is_first_name(self, reading: Reading, place: int) -> bool:
        """`Wai Ling`: a word with a capital that is in no list, right before a name with one."""
        if (
            place < 0
            or reading.gap(place) != " "
            or not reading.marked(place)
            or not reading.marked(place + 1)
        ):
            return False
        if reading.opens(place) and reading.tokens[place + 1].folded in self._lexicon.given:
            return False  # `Sure James`: any word may open a sentence
        word = reading.tokens[place].folded
        found = self._kinds.of(reading.tokens[place])
        if found is not None and found[0] in {"unknown", "rare"}:
            return True
        if word in self._lexicon.both and word not in cues.VERB_NAMES | cues.COMMON:
            return True  # `Bas Timmers`, where a sentence begins too
        return self._is_short_first(reading, place)

    def _is_double(self, reading: Reading, place: int) -> bool:
        """`Mei-Ling`: what is before the hyphen may be any word, but no part of a town's name."""
        token = reading.tokens[place]
        if token.folded in self._lexicon.capital:
            return token.capital
        return token.capital and token.folded not in self._lexicon.keep and self._kinds.nameable(token)

    def _is_short_first(self, reading: Reading, place: int) -> bool:
        """`fan Germ Bouma`: a short word with a capital inside the sentence, before a surname."""
        word, lexicon = reading.tokens[place].folded, self._lexicon
        surname = reading.tokens[place + 1].folded
        return (
            2 < len(word) < 7
            and not reading.opens(place)
            and surname in lexicon.family
            and surname not in lexicon.given
            and word not in lexicon.common
            and word not in lexicon.places
            and word not in cues.SHOPS | cues.BODIES | cues.COMMON
            and self._kinds.nameable(reading.tokens[place])
        )

    def _of_a_farm(self, reading: Reading, place: int) -> bool:
        """`fam. Oude Lenferink`, `A.G. Klein Gunnewiek`."""
        before = reading.tokens[place - 1] if place else None
        shortened = before is not None and (len(before.text) == 1 or before.folded in cues.ABBREVIATED)
        return (
            reading.tokens[place].folded in cues.FARMS
            and reading.gap(place) == " "
            and (shortened or (reading.marked(place) and not reading.opens(place)))
            and reading.marked(place + 1)
        )

    def _leads(self, reading: Reading, place: int) -> bool:
        """Is the word an initial of the name after it: `F Bakker`, `m. jansen`?"""
        token = reading.tokens[place]
        if token.text in LONG_INITIALS:
            return reading.gap(place) == ". "
        if len(token.text) != 1 or token.text in {"U", "u", "n", "t", "s"}:
            return False
        after = reading.tokens[place + 1].text
        if token.text.islower() and len(after) == 1 and after.isupper():
            return False  # `t.a.v. J.P. Postma`
        gap = reading.gap(place)
        if gap == " " and not reading.loud:
            return token.text.isupper()
        return gap in {". ", "."}

    def _back(self, reading: Reading, first: int, *, member: bool) -> int:
        """Return where the name begins: particles with a capital, or between a title and the name."""
        start = first
        led = len(reading.tokens) > start + 1 and reading.tokens[start].folded in cues.SURNAME_PARTICLES
        if (member or led) and start > 0 and reading.gap(start - 1) == " " and not reading.opens(start):
            before = reading.tokens[start - 1].folded
            named = before in self._lexicon.given or before in self._lexicon.both
            named = named and (before not in self._lexicon.capital or reading.tokens[start - 1].capital)
            if named and before not in cues.COMMON and before not in self._lexicon.keep:
                start -= 1  # `mo chaouki`, `isa van der molen`: a name that may be a word, before a surname
        if start > 0 and self._of_a_farm(reading, start - 1):
            start -= 1
        while start > 0 and self._leads(reading, start - 1):
            start -= 1
        if start < first:
            return start
        if self._is_first_name(reading, start - 1):
            return start - 1
        if start > 0 and reading.gap(start - 1) in _HYPHENS and self._is_double(reading, start - 1):
            return start - 1
        while (
            start > 0
            and reading.tokens[start - 1].folded in cues.SURNAME_PARTICLES
            and reading.adjacent(start - 1)
        ):
            start -= 1
        if start == first or first - start > 1:
            return start
        if reading.marked(start) and not reading.opens(start):
            return start
        if tuple(token.folded for token in reading.tokens[start : first + 1]) in self._lexicon.borne:
            return start  # `collega van Lieshout`
        titled = start > 0 and reading.tokens[start - 1].folded in cues.FORMAL and reading.adjacent(start - 1)
        return start if titled else first
