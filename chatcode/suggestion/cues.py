"""The cues of a codebook, made ready to find their words in messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chatcode.codebook import Codebook, Cue, is_regex
from chatcode.suggestion.words import TOKEN, Lexicon

_PHRASE_GAP = 2  # words that may stand between the words of a phrase
_BEFORE = 3  # words before a hit in which `not_before` looks

Stretch = tuple[int, int]  # first and last token
Rest = tuple[tuple[int, int], ...]  # atoms that follow, each with the words that may stand before it
_Phrase = tuple[int, int, Rest]  # term, words that may stand before the second word, what follows it


@dataclass(slots=True)
class Scan:
    """What was found in one text.

    `hits` gives per term the stretches of tokens it was found in; `places` per token where it stands in
    the text; `sentences` per token the sentence it belongs to; `questions` the sentences that ask;
    `searched` are the regular expressions that were tried.
    """

    text: str
    places: list[Stretch] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    questions: set[int] = field(default_factory=set)
    hits: dict[int, list[Stretch]] = field(default_factory=dict)
    searched: set[int] = field(default_factory=set)
    words: int = 0
    emoji: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a cue was found: code points of the text; -1 where it asks for no words."""

    words: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class _Ready:
    """A cue with its terms as numbers."""

    cue: Cue
    any: tuple[int, ...]
    all: tuple[int, ...]
    without: tuple[int, ...]
    not_before: tuple[int, ...]


class Cues:
    """The cues of one codebook, ready to run. Texts are scanned once for all cues together."""

    def __init__(self, codebook: Codebook) -> None:
        self._lexicon = Lexicon(codebook.words)
        self._terms: dict[str, int] = {}
        self._single: dict[int, int] = {}
        self._phrases: dict[int, dict[int, list[_Phrase]]] = {}
        self._regexes: dict[int, re.Pattern[str]] = {}
        self._ready = [self._prepare(cue) for cue in codebook.cues]
        self._by_term: dict[int, list[int]] = {}
        for place, ready in enumerate(self._ready):
            for term in ready.any or ready.all[:1]:
                self._by_term.setdefault(term, []).append(place)
        # Regular expressions are slow: those that cannot start a cue wait until some cue asks for them.
        self._eager = [term for term in self._regexes if term in self._by_term]
        self._wordless = [i for i, ready in enumerate(self._ready) if not (ready.any or ready.all)]

    def scan(self, text: str) -> Scan:
        """Find all terms in a text."""
        scan = Scan(text)
        atoms = self._tokens(scan)
        for place, here in enumerate(atoms):
            for atom in here:
                if atom in self._single:
                    scan.hits.setdefault(self._single[atom], []).append((place, place))
                if atom in self._phrases:
                    self._follow(atoms, scan, place, self._phrases[atom])
        for term in self._eager:
            self._search(scan, term)
        return scan

    def found(self, scan: Scan, roles: frozenset[str] | None, media: bool) -> Iterator[tuple[Cue, Hit]]:
        """The cues whose conditions on text and writer are met; `roles` None leaves the writer open."""
        candidates = {place for term in scan.hits for place in self._by_term.get(term, ())}
        if media or scan.emoji:
            candidates.update(self._wordless)
        for place in sorted(candidates):
            ready = self._ready[place]
            if roles is not None and ready.cue.role and not ready.cue.role & roles:
                continue
            for term in (*ready.all, *ready.without, *ready.not_before):
                if term in self._regexes and term not in scan.searched:
                    self._search(scan, term)
            hit = _meets(ready, scan, media)
            if hit is not None:
                yield ready.cue, hit

    def _search(self, scan: Scan, term: int) -> None:
        scan.searched.add(term)
        for found in self._regexes[term].finditer(scan.text):
            inside = [i for i, (s, e) in enumerate(scan.places) if s < found.end() and e > found.start()]
            if inside:
                scan.hits.setdefault(term, []).append((inside[0], inside[-1]))

    def _tokens(self, scan: Scan) -> list[tuple[int, ...]]:
        atoms: list[tuple[int, ...]] = []
        look_up, sentence = self._lexicon.atoms, 0
        for found in TOKEN.finditer(scan.text):
            kind = found.lastgroup
            if kind == "end":
                if "?" in found.group():
                    scan.questions.add(sentence)
                sentence += 1
                continue
            if kind == "emoji":
                scan.emoji += 1
            else:
                scan.words += 1
            scan.places.append(found.span())
            scan.sentences.append(sentence)
            atoms.append(look_up(found.group()))
        return atoms

    def _prepare(self, cue: Cue) -> _Ready:
        def numbers(terms: tuple[str, ...]) -> tuple[int, ...]:
            return tuple(self._term(term) for term in terms)

        return _Ready(cue, numbers(cue.any), numbers(cue.all), numbers(cue.without), numbers(cue.not_before))

    def _term(self, term: str) -> int:
        if term in self._terms:
            return self._terms[term]
        number = self._terms[term] = len(self._terms)
        if is_regex(term):
            self._regexes[number] = re.compile(term[1:-1], re.IGNORECASE)
            return number
        words = [(word, gap) for part in term.split() for word, gap in _adjacent(part)]
        first, *rest = ((self._lexicon.atom(word), gap) for word, gap in words)
        if rest:
            seconds = self._phrases.setdefault(first[0], {})
            seconds.setdefault(rest[0][0], []).append((number, rest[0][1], tuple(rest[1:])))
        else:
            self._single[first[0]] = number
        return number

    def _follow(
        self, atoms: list[tuple[int, ...]], scan: Scan, place: int, seconds: dict[int, list[_Phrase]]
    ) -> None:
        """Find the phrases that begin at `place`; only second words that are there cost anything."""
        sentence = scan.sentences[place]
        for here in range(place + 1, min(place + _PHRASE_GAP + 2, len(atoms))):
            if scan.sentences[here] != sentence:
                return
            for atom in atoms[here]:
                for term, gap, rest in seconds.get(atom, ()):
                    if here - place > gap + 1:
                        continue
                    last = _walk(atoms, scan.sentences, here, rest) if rest else here
                    if last >= 0:
                        scan.hits.setdefault(term, []).append((place, last))


def _adjacent(part: str) -> Iterator[tuple[str, int]]:
    """The words of `nog_niet`: the first may follow after a gap, the others directly."""
    for place, word in enumerate(part.split("_")):
        yield word, 0 if place else _PHRASE_GAP


def _walk(atoms: list[tuple[int, ...]], sentences: list[int], place: int, rest: Rest) -> int:
    """The place of a phrase's last word when its first stands at `place`; -1 where it breaks off."""
    atom, gap = rest[0]
    for here in range(place + 1, min(place + gap + 2, len(atoms))):
        if sentences[here] != sentences[place]:
            return -1
        if atom in atoms[here]:
            last = _walk(atoms, sentences, here, rest[1:]) if rest[1:] else here
            if last >= 0:
                return last
    return -1


def _meets(ready: _Ready, scan: Scan, media: bool) -> Hit | None:
    cue = ready.cue
    if scan.words < cue.min_words or (cue.max_words is not None and scan.words > cue.max_words):
        return None
    if cue.media is not None and cue.media != media:
        return None
    if cue.emoji and (
        (cue.emoji == "none") == bool(scan.emoji) or (cue.emoji == "only" and (scan.words or media))
    ):
        return None
    if any(term in scan.hits for term in ready.without):
        return None
    if not all(term in scan.hits for term in ready.all):
        return None
    if not (ready.any or ready.all):
        return Hit()
    for term in ready.any or ready.all[:1]:
        for stretch in scan.hits.get(term, ()):
            if cue.question is not None and (scan.sentences[stretch[0]] in scan.questions) != cue.question:
                continue
            if not _negated(ready, scan, stretch):
                start, end = scan.places[stretch[0]][0], scan.places[stretch[1]][1]
                return Hit(scan.text[start:end], start, end)
    return None


def _negated(ready: _Ready, scan: Scan, stretch: Stretch) -> bool:
    first = stretch[0]
    return any(
        first - _BEFORE <= last < first and scan.sentences[last] == scan.sentences[first]
        for term in ready.not_before
        for _, last in scan.hits.get(term, ())
    )
