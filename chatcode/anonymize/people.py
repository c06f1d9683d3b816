"""Find people in a text: members first, then other names by lists, cues and what was learnt before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from chatcode.anonymize.context import (
    ABBREVIATED,
    CALLED,
    COMMON,
    KIN,
    Token,
    begins_sentence,
    evidence,
    shouted,
    tokens_of,
)
from chatcode.anonymize.folding import fold, word_set
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.names import PARTICLES, ROLE_WORDS, TITLES
from chatcode.anonymize.roster import Hit, Roster

# What a kind of word needs from its sentence before it counts as a name.
_NEED = {
    "given": -9.0,
    "seldom": 0.5,
    "short": 0.5,
    "both": 1.0,
    "rare": 1.5,
    "family": 1.5,
    "unknown": 2.5,
    "place": 3.5,
    "learnt": -9.0,
}
_STRICT = {"both": 0.5, "rare": 0.5, "family": 0.5, "unknown": 1.5, "place": 3.5}


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name in a text; `holder` is the member, None for somebody else or for several."""

    start: int
    end: int
    words: tuple[str, ...]
    holder: str | None
    rule: str


class People:
    """Finds names in the texts of one group, and remembers those it was sure of."""

    def __init__(self, roster: Roster, lexicon: Lexicon, *, strict: bool = False) -> None:
        self._roster = roster
        self._lexicon = lexicon
        self._need = {**_NEED, **_STRICT} if strict else _NEED
        self._learnt: set[str] = {name for name in roster.others if not lexicon.is_word(name)}
        self._short: set[str] = set()
        self._kinds: dict[str, tuple[str, Hit | None] | None] = {}

    def find(self, text: str, shields: Sequence[tuple[int, int]] = ()) -> list[Person]:
        """Find the names of a text outside the shielded stretches, in order."""
        tokens = tokens_of(text)
        free = (
            [token for token in tokens if all(token.end <= a or token.start >= b for a, b in shields)]
            if shields
            else tokens
        )
        places = [place for place, token in enumerate(free) if self._kind(token) is not None]
        announced = self._announced(text, free)
        if not places and not announced and not self._has_initials(free):
            return []
        loud = shouted(text, free)
        found: list[Person] = []
        place = 0
        while place < len(free):
            phrase = self._phrase(text, free, place)
            if phrase:
                place += phrase
                continue
            person = self._at(text, free, place, loud, place in announced)
            if person is None:
                place += 1
                continue
            found.append(person)
            while place < len(free) and free[place].start < person.end:
                place += 1
        return found

    def _phrase(self, text: str, tokens: list[Token], place: int) -> int:
        """Return how many words from here on are a phrase that names no person."""
        for phrase in self._lexicon.phrases.get(tokens[place].folded, ()):
            run = tokens[place : place + len(phrase)]
            if tuple(token.folded for token in run) == phrase and all(
                map(partial(_adjacent, text), run, run[1:])
            ):
                return len(phrase)
        return 0

    # ── one place ─────────────────────────────────────────────────────────────

    def _at(self, text: str, tokens: list[Token], place: int, loud: bool, announced: bool) -> Person | None:
        token = tokens[place]
        if (
            token.text.isupper()
            and not loud
            and 1 < len(token.text) < 5
            and token.folded in self._lexicon.keep
        ):
            return None
        whole = self._whole_name(text, tokens, place, loud)
        if whole is not None:
            return whole
        if len(token.text) == 1:
            return self._initials(text, tokens, place, loud)
        if token.text.isupper() and len(token.text) in (2, 3) and not loud:
            holders = self._roster.initials(token.folded)
            if holders and not self._lexicon.is_word(token.folded) and token.folded not in self._lexicon.keep:
                return self._person(text, tokens, place, place, holders, "initials", loud)
        kind = self._kind(token)
        if place + 1 < len(tokens) and text[token.end : tokens[place + 1].start] == " ":
            joined = (
                self._roster.find(token.folded + tokens[place + 1].folded) if len(token.text) > 2 else None
            )
            if (
                joined is not None
                and joined.doubt == 0
                and not (
                    self._lexicon.is_word(token.folded) and self._lexicon.is_word(tokens[place + 1].folded)
                )
            ):
                return self._person(text, tokens, place, place + 1, joined.holders, "member", loud)
        if kind is None:
            if announced and self._may_be_called(token, loud):
                self._learn(token)
                return self._person(text, tokens, place, place, None, "cue", loud)
            return None
        name, hit = kind
        if hit is not None:
            if hit.doubt == 0:
                return self._person(text, tokens, place, place, hit.holders, "member", loud)
            score = evidence(text, tokens, place, loud=loud) + (2.0 if announced else 0.0)
            if score >= self._doubtful(token, hit):
                return self._person(text, tokens, place, place, hit.holders, "member", loud)
            if name == "member":
                return None
        need = self._need[name]
        score = 9.0 if need < -5 else evidence(text, tokens, place, loud=loud) + (2.0 if announced else 0.0)
        if name in {"unknown", "family"} and self._before_given(text, tokens, place):
            score += 2.0
        if score < need:
            return None
        if announced or (name == "given" and token.capital):
            self._learn(token)
        return self._person(text, tokens, place, place, None, name, loud)

    def _before_given(self, text: str, tokens: list[Token], place: int) -> bool:
        """`Jansen, Piet`: as lists and letters write it."""
        if place + 1 >= len(tokens) or text[tokens[place].end : tokens[place + 1].start] != ", ":
            return False
        kind = self._kind(tokens[place + 1])
        return (
            kind is not None
            and tokens[place + 1].capital
            and (kind[0] == "given" or (kind[1] is not None and kind[1].doubt == 0))
        )

    def _doubtful(self, token: Token, hit: Hit) -> float:
        """What a member's name that is a word too needs; without a capital inside the sentence it needs some."""
        word = token.folded
        plain = self._lexicon.is_word(word) or word in self._lexicon.keep
        if hit.doubt == 2:
            return 0.75
        return 0.75 if plain else 0.0

    def _kind(self, token: Token) -> tuple[str, Hit | None] | None:
        """What the lists say of a word; None for the words of the language."""
        key = token.text
        if key in self._kinds:
            return self._kinds[key]
        kind = self._kind_of(token)
        self._kinds[key] = kind
        return kind

    def _kind_of(self, token: Token) -> tuple[str, Hit | None] | None:
        lexicon, word = self._lexicon, token.folded
        if len(word) < 2:
            return None
        hit = self._roster.find(word)
        kind = self._listed(token)
        if hit is not None:
            return (kind or "member"), hit
        return (kind, None) if kind else None

    def _listed(self, token: Token) -> str | None:
        lexicon, word = self._lexicon, token.folded
        if word in lexicon.keep or word in ROLE_WORDS or word in TITLES or word in PARTICLES:
            return None
        if word in self._learnt or (len(word) > 4 and not lexicon.is_word(word) and word in self._short):
            return "learnt"
        base = (
            word[:-1]
            if word.endswith("s")
            and len(word) > 4
            and word[:-1] in lexicon.given
            and not lexicon.is_word(word)
            else word
        )
        if base in lexicon.given:
            if token.capital:
                return "given"
            return "short" if len(word) < 4 else "given" if base in lexicon.spoken else "seldom"
        if word in lexicon.both:
            return "both"
        if lexicon.is_word(word):
            return None
        if word in lexicon.rare:
            return "rare"
        if not token.capital:
            return None
        if word in lexicon.places:
            return "place"
        if word in lexicon.family:
            return "family"
        if len(word) >= 3 and not token.text.isupper():
            return "unknown"
        return None

    def _learn(self, token: Token) -> None:
        word = token.folded
        if (
            len(word) >= 4
            and not self._lexicon.is_word(word)
            and word not in self._lexicon.both
            and word not in self._lexicon.places
        ):
            if word not in self._learnt:
                self._learnt.add(word)
                self._short.update(word[:length] for length in range(5, len(word)))
                self._kinds = {
                    known: kind for known, kind in self._kinds.items() if not fold(known).startswith(word[:5])
                }

    # ── names of more than one word ───────────────────────────────────────────

    def _whole_name(self, text: str, tokens: list[Token], place: int, loud: bool) -> Person | None:
        """Two or more words that stand in this order in a display name."""
        if tokens[place].folded not in self._roster.starts:
            return None
        best: tuple[int, frozenset[str]] | None = None
        words = [tokens[place].folded]
        for last in range(place + 1, min(place + 6, len(tokens))):
            if not _adjacent(text, tokens[last - 1], tokens[last]):
                break
            words.append(tokens[last].folded)
            holders = self._roster.sequence(tuple(words))
            if holders:
                best = (last, holders)
        if best is None:
            return None
        last, holders = best
        run = tokens[place : last + 1]
        names = [token for token in run if token.folded not in PARTICLES]
        plain = all(
            self._lexicon.is_word(token.folded) or token.folded in self._lexicon.both for token in names
        )
        if plain and (loud or not all(token.capital for token in names) or not run[0].capital):
            if evidence(text, tokens, place, loud=loud) < 1.0 or not names:
                return None
        if not names:
            return None
        return self._person(text, tokens, place, last, holders, "member", loud)

    def _initials(self, text: str, tokens: list[Token], place: int, loud: bool) -> Person | None:
        """`R.J. Postma`, `K.W.`: initials with a family name, or those of a member."""
        last = place
        letters = tokens[place].folded
        dotted = text[tokens[place].end : tokens[place].end + 1] == "."
        while (
            last + 1 < len(tokens)
            and len(tokens[last + 1].text) == 1
            and text[tokens[last].end : tokens[last + 1].start] in {".", ". ", ".-", "-"}
        ):
            last += 1
            letters += tokens[last].folded
        if not dotted and last == place:
            return None
        ended = text[tokens[last].end : tokens[last].end + 1] == "."
        following = last + 1
        if ended and tokens[place].capital and following < len(tokens):
            close = text[tokens[last].end + 1 : tokens[following].start] in {" ", ""}
            while close and following < len(tokens) - 1 and tokens[following].folded in _SURNAME_PARTICLES:
                close = _adjacent(text, tokens[following], tokens[following + 1])
                following += 1
            name = tokens[following]
            if close and len(name.text) > 2 and name.capital and self._nameable(name):
                self._learn(name)
                return self._person(text, tokens, place, following, None, "initials", loud)
        holders = self._roster.initials(letters)
        if len(letters) >= 2 and ended and holders:
            return self._person(text, tokens, place, last, holders, "initials", loud)
        return None

    def _nameable(self, token: Token) -> bool:
        word = token.folded
        return (
            word not in self._lexicon.keep
            and word not in TITLES
            and word not in PARTICLES
            and word not in ROLE_WORDS
        )

    def _announced(self, text: str, tokens: list[Token]) -> set[int]:
        """The places that a title, a word of kin or a word of naming announces."""
        places: set[int] = set()
        for place, token in enumerate(tokens):
            word = token.folded
            if word not in TITLES and word not in CALLED and word not in KIN and word not in _OFFICE:
                continue
            following = place + 1
            formal = word in TITLES or word in _OFFICE or word in CALLED
            while (
                formal
                and following < len(tokens) - 1
                and tokens[following].folded in _SURNAME_PARTICLES
                and following - place < 4
            ):
                following += 1
            if following >= len(tokens):
                continue
            gap = text[token.end : tokens[place + 1].start]
            if gap.strip(" :\"'“”‘’(*_") not in ("", "." if word in ABBREVIATED else ""):
                continue
            if "\n" in gap or not all(
                _adjacent(text, tokens[step], tokens[step + 1]) for step in range(place + 1, following)
            ):
                continue
            if following > place + 1 and word in _OFFICE and not tokens[place + 1].capital:
                continue
            if tokens[following].folded in self._lexicon.places and word not in TITLES:
                continue
            places.add(following)
        return places

    def _may_be_called(self, token: Token, loud: bool) -> bool:
        """After a cue a word counts as a name if it is written as one, or is no word at all."""
        word, lexicon = token.folded, self._lexicon
        if (
            len(word) < 2
            or (len(word) == 2 and not (token.capital and not loud))
            or word in COMMON
            or not self._nameable(token)
            or word in CALLED
            or word in KIN
        ):
            return False
        if token.capital and not loud:
            return True
        return not lexicon.is_word(word)

    def _has_initials(self, tokens: list[Token]) -> bool:
        return any(len(token.text) == 1 and token.capital for token in tokens) or any(
            token.text.isupper() and len(token.text) in (2, 3) for token in tokens
        )

    # ── the whole stretch ─────────────────────────────────────────────────────

    def _person(
        self,
        text: str,
        tokens: list[Token],
        first: int,
        last: int,
        holders: frozenset[str] | None,
        rule: str,
        loud: bool,
    ) -> Person:
        """Take in the words beside a name that belong to it, and say whose it is."""
        candidates = holders
        while last + 1 < len(tokens):
            step = self._further(text, tokens, last, loud, candidates)
            if step == last:
                break
            for token in tokens[last + 1 : step + 1]:
                hit = self._roster.find(token.folded)
                if hit is not None and candidates:
                    both = candidates & hit.holders
                    candidates = both or candidates
            last = step
        first = self._back(text, tokens, first, loud)
        start, end = tokens[first].start, tokens[last].end
        if end < len(text) and text[end] == "." and len(tokens[last].text) == 1:
            end += 1
        run = tokens[first : last + 1]
        if len(run) > 1 and rule in {"cue", "initials", "given", "learnt"} and not loud:
            for token in run:
                if token.capital:
                    self._learn(token)
        words = tuple(token.folded for token in run if len(token.text) > 1 and token.folded not in PARTICLES)
        holder = next(iter(candidates)) if candidates is not None and len(candidates) == 1 else None
        return Person(start, end, words or tuple(token.folded for token in run), holder, rule)

    def _further(
        self, text: str, tokens: list[Token], last: int, loud: bool, holders: frozenset[str] | None
    ) -> int:
        """Return the place up to which the name goes on to the right, or `last`."""
        here, following = tokens[last], tokens[last + 1]
        gap = text[here.end : following.start]
        if gap in {"-", "\u2011", "\u2010"}:
            return last + 1
        if gap in {"'", "\u2019"} and following.folded != "s" and following.capital:
            return last + 1
        if gap not in {" ", ". "} or (gap == ". " and len(here.text) > 1):
            return last
        if len(following.text) == 1:
            closing = text[following.end : following.end + 1]
            if (
                following.text.isupper()
                and following.folded not in "u"
                and (closing in {"", ".", ",", ")", "?", "!"} or closing == " ")
            ):
                return last + 1
            if (
                not loud
                and closing == "."
                and following.text not in "nt"
                and len(here.text) > 2
                and self._roster.find(here.folded) is None
            ):
                return last + 1
            if not (following.text.lower() == "v" and closing in {"/", ".", "d", " "}):
                return last
        step = last + 1
        while (
            step < len(tokens)
            and (tokens[step].folded in PARTICLES)
            and step - last <= 4
            and _adjacent(text, tokens[step - 1], tokens[step])
        ):
            step += 1
        if step >= len(tokens) or not _adjacent(text, tokens[step - 1], tokens[step]):
            return last
        name = tokens[step]
        particles = step > last + 1
        if not self._nameable(name) or len(name.text) < 2:
            return last
        word, lexicon = name.folded, self._lexicon
        same = self._roster.find(word)
        if same is not None and holders and same.holders & holders and same.doubt < 2 and word != here.folded:
            if same.doubt == 0 or name.capital or not self._lexicon.is_word(word):
                return step
        plain = lexicon.is_word(word)
        if name.capital and not loud:
            if particles and word in lexicon.places and word not in lexicon.family:
                return last
            if particles and any(token.folded not in _SURNAME_PARTICLES for token in tokens[last + 1 : step]):
                return last
            if word in COMMON:
                return last
            if len(word) == 2 and plain:
                return step if text[name.end : name.end + 1] in {"", ".", ",", "?", "!", ")"} else last
            return step if particles or not plain or word in lexicon.family or word in lexicon.both else last
        if plain or word in lexicon.places:
            return last
        if same is not None and same.doubt == 0 and not particles:
            return step
        if word in lexicon.family or (loud and word not in lexicon.words):
            return (
                step
                if not particles
                or all(token.folded in _SURNAME_PARTICLES for token in tokens[last + 1 : step])
                else last
            )
        return last

    def _back(self, text: str, tokens: list[Token], first: int, loud: bool) -> int:
        """Return where the name begins: particles with a capital, or between a title and the name."""
        start = first
        while (
            start > 0
            and tokens[start - 1].folded in _SURNAME_PARTICLES
            and _adjacent(text, tokens[start - 1], tokens[start])
        ):
            start -= 1
        if start == first:
            return first
        if tokens[start].capital and not loud and not begins_sentence(text, tokens[start]):
            return start
        if first - start > 1:
            return start
        if (
            start > 0
            and tokens[start - 1].folded in FORMAL
            and _adjacent(text, tokens[start - 1], tokens[start])
        ):
            return start
        return first


FORMAL = word_set("dhr heer meneer mijnheer mevr mevrouw mw fam familie agent dr mr drs")
_OFFICE = word_set(
    """
    wijkagent wijkagente agent agente boa handhaver jongerenwerker wijknetwerker stadsmarinier
    huismeester conciërge concierge beheerder
    """
)
_SURNAME_PARTICLES = word_set("van de der den het t vd ten ter te von la le el al da dos di v d")


def _adjacent(text: str, one: Token, other: Token) -> bool:
    return text[one.end : other.start] in {
        " ",
        "-",
        "\u2011",
        ". ",
        "'",
        "\u2019",
        " '",
        " \u2019",
        "/",
        ".",
        "  ",
    }
