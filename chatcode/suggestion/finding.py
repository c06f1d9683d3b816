"""New cues found in codings: words and pairs of words that tell a code, which a researcher may take over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chatcode.codebook import WEIGHTS, Codebook
from chatcode.domain import Message
from chatcode.errors import ChatcodeError
from chatcode.resampling import whole_folds
from chatcode.suggestion.roles import Roles
from chatcode.suggestion.suggester import cue_suggestions
from chatcode.suggestion.training import Chat
from chatcode.suggestion.trials import conversations
from chatcode.suggestion.words import TOKEN, normal, stemmer

if TYPE_CHECKING:
    from chatcode.anonymize.lexicon import Lexicon

LEAST = 10  # messages with the code below which nothing is proposed
_FOLDS = 5
_HITS = 3  # messages with the code, in two conversations or more, that a cue must find
_LEAST_RIGHT = 0.4  # share of right hits below which a cue is not worth a coder's time
_MORE_THAN_CHANCE = 2.0
_MOST = 10
_OFFICIALS = frozenset({"beheerder", "professional"})
_SHORT = 3
# Words that bind others together: alone they tell nothing of what somebody means.
_BINDING = frozenset({
    "de", "het", "een", "en", "of", "maar", "want", "dus", "als", "dan", "dat", "die", "dit", "deze",
    "er", "hier", "daar", "waar", "ik", "jij", "je", "u", "hij", "zij", "ze", "we", "wij", "jullie",
    "hun", "hem", "haar", "hen", "mij", "me", "mijn", "jouw", "uw", "zijn", "ons", "onze", "is", "ben",
    "bent", "was", "waren", "wordt", "worden", "werd", "heb", "hebt", "heeft", "hebben", "had",
    "hadden", "kan", "kunnen", "kon", "zal", "zullen", "zou", "zouden", "wil", "willen", "moet",
    "moeten", "mag", "mogen", "ga", "gaat", "gaan", "doe", "doet", "doen", "aan", "af", "bij", "door",
    "in", "met", "na", "naar", "om", "onder", "op", "over", "per", "te", "tegen", "ten", "ter", "tot",
    "tussen", "uit", "van", "vanaf", "via", "voor", "zonder", "niet", "geen", "wel", "ook", "nog", "al",
    "weer", "zo", "heel", "erg", "veel", "meer", "wat", "wie", "hoe", "wanneer", "welke", "iets",
    "niets", "iemand", "niemand", "alle", "alles", "allemaal", "ander", "andere", "zelf", "nu", "toen",
    "even", "toch", "ja", "nee",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A cue that is proposed, judged on conversations that it was not found in.

    `precision` is the share of its hits that have the code, `coverage` the share of messages with the code
    that it hits, `hits` how many hits that rests on (all out of fold); `new` counts messages with the code
    that no cue of the codebook finds. `examples` and `wrong` are ids, never texts.
    """

    term: str
    role: frozenset[str]
    weight: str
    precision: float
    coverage: float
    hits: int
    new: int
    examples: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(slots=True)
class _Read:
    """A reviewed message: what it is coded, the terms in it, and whether a cue finds the code already."""

    id: str
    block: int
    positive: bool
    official: bool
    known: bool
    terms: frozenset[tuple[str, ...]] = frozenset()


@dataclass(slots=True)
class _Texts:
    """How each stem is mostly written, over all messages."""

    forms: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


_Rule = tuple[tuple[str, ...], bool]  # stems in order, and whether only officials are meant


def find_cues(
    chats: Sequence[Chat], ids: Sequence[Sequence[str]], code: str, codebook: Codebook, *, most: int = _MOST
) -> list[Found]:
    """Cues for a code, the most useful first; `ids` names the entries of the chats.

    Words are Dutch words of the word list, so that no name, place, number or placeholder is ever in one.

    Raises:
        ChatcodeError: fewer than `LEAST` messages were coded so.
    """
    texts = _Texts()
    read = list(_read(chats, ids, code, codebook, texts))
    positives = sum(one.positive for one in read)
    if positives < LEAST:
        raise ChatcodeError(
            f"{positives} messages have the code {code}; {LEAST} or more are needed to find cues",
            "Review more, for instance: chatcode review --coder NAME --order uncertain",
        )
    folds = whole_folds(
        [one.block for one in read], [{"positive"} if one.positive else set() for one in read], _FOLDS
    )
    judged: dict[_Rule, list[_Read]] = defaultdict(list)
    tested: Counter[_Rule] = Counter()
    for fold in set(folds):
        train = [one for one, f in zip(read, folds, strict=True) if f != fold]
        test = [one for one, f in zip(read, folds, strict=True) if f == fold]
        for rule in _worthwhile(train):
            judged[rule] += [one for one in test if _hits(rule, one)]
            tested[rule] += sum(one.positive for one in test)
    chosen = [rule for rule in _worthwhile(read) if tested[rule]]
    found = [_found(rule, judged[rule], tested[rule], read, texts) for rule in _greedy(chosen, read, most)]
    return [one for one in found if one.hits > 1 and one.precision >= _LEAST_RIGHT]


def cue_line(found: Found, code: str, taken: set[str]) -> str:
    """The cue in the form of the codebook, on one line; its example is its own words, never a message."""
    words = found.term.split()
    name = base = "-".join(["geleerd", code.replace("+", "p").replace("-", "m").lower(), *words])
    number = 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    role = f", role: [{', '.join(sorted(found.role))}]" if found.role else ""
    return f'- {{id: {name}, any: ["{found.term}"]{role}, weight: {found.weight}, yes: ["{found.term}"]}}'


def with_cues(codebook: Codebook, code: str, found: Sequence[Found]) -> str:
    """The text of the codebook with cues added to a code; everything else, remarks too, stays as it is.

    Raises:
        ChatcodeError: the code's cues are written in a way that cannot be added to.
    """
    import yaml
    from yaml import MappingNode, SequenceNode

    node = yaml.compose(codebook.text, Loader=yaml.SafeLoader)
    path = ["report", "seen"] if code == "M" else [
        "interventions", code[:-1], "seen" if code.endswith("+") else "opposite",
    ]  # fmt: skip
    for name in path:
        assert isinstance(node, MappingNode)
        node = next(value for key, value in node.value if key.value == name)
    assert isinstance(node, MappingNode)
    cues = next((value for key, value in node.value if key.value == "cues"), None)
    taken = {cue.id for cue in codebook.cues}
    lines = [cue_line(one, code, taken) for one in found]
    if node.flow_style or (cues is not None and (not isinstance(cues, SequenceNode) or cues.flow_style)):
        raise ChatcodeError(
            f"the cues of {code} are written on one line", "Write them one below the other, then try again."
        )
    if cues is None:
        place, indent = node.start_mark.line, node.start_mark.column
        added = [" " * indent + "cues:", *(" " * (indent + 2) + line for line in lines)]
    else:
        place, indent = cues.start_mark.line, cues.start_mark.column
        added = [" " * indent + line for line in lines]
    text = codebook.text.split("\n")
    made = "\n".join([*text[:place], *added, *text[place:]])
    Codebook.parse(made, codebook.origin)
    return made


def _read(
    chats: Sequence[Chat], ids: Sequence[Sequence[str]], code: str, codebook: Codebook, texts: _Texts
) -> Iterator[_Read]:
    from chatcode.anonymize.lexicon import load

    lexicon, usable = load(), dict[str, str | None]()
    for chat, names, blocks in zip(chats, ids, conversations(chats), strict=True):
        roles = Roles(chat.roles)
        cued = cue_suggestions(chat.messages, chat.roles, codebook)
        for i, (message, codes) in enumerate(zip(chat.messages, chat.codings, strict=True)):
            if codes is None or message.kind != "message":
                continue
            yield _Read(
                names[i],
                blocks[i],
                code in codes,
                bool(roles.of(message) & _OFFICIALS),
                code in cued[i].reasons,
                frozenset(_terms(message, lexicon, usable, texts)),
            )


def _terms(
    message: Message, lexicon: Lexicon, usable: dict[str, str | None], texts: _Texts
) -> Iterator[tuple[str, ...]]:
    """The words of a message by their stems, and pairs that stand next to each other in a sentence."""
    before: tuple[str, str] | None = None
    for token in TOKEN.finditer(message.text if message.event != "deleted" else ""):
        if token.lastgroup != "word":
            before = None
            continue
        written = token.group()
        word = normal(written)
        if word not in usable:
            usable[word] = _stem(word) if _plain(word, lexicon) else None
        stem = usable[word]
        if stem is None or (written[:1].isupper() and not _begins(message.text, token.start())):
            before = None
            continue
        texts.forms[stem][word] += 1
        if len(word) > _SHORT and word not in _BINDING:
            yield (stem,)
        if before and not {before[1], word} <= _BINDING:
            texts.forms[f"{before[0]} {stem}"][f"{before[1]} {word}"] += 1
            yield (before[0], stem)
        before = stem, word


def _plain(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is one of the language and nothing that may name a person, place or group."""
    if not word.isalpha() or word in lexicon.places or lexicon.is_street(word):
        return False
    if word in lexicon.common:
        return word not in lexicon.given or word in lexicon.keep
    named = (
        word in lexicon.given or word in lexicon.rare or word in lexicon.family or word in lexicon.surnames
    )
    return not named and lexicon.is_word(word)


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins here: a capital there tells nothing."""
    return text[:start].rstrip(" \"'“‘(")[-1:] in ("", ".", "!", "?", "\n", ":")


def _stem(word: str) -> str:
    return str(stemmer().stem(word)) if len(word) > _SHORT else word


def _worthwhile(read: Sequence[_Read]) -> list[_Rule]:
    """Rules that are right often enough, and more often than chance, in these messages."""
    share = sum(one.positive for one in read) / max(1, len(read))
    least = max(_LEAST_RIGHT, min(0.8, _MORE_THAN_CHANCE * share))
    right: Counter[_Rule] = Counter()
    hits: Counter[_Rule] = Counter()
    places: dict[_Rule, set[int]] = defaultdict(set)
    for one in read:
        for term in one.terms:
            for rule in ((term, False), (term, True)) if one.official else ((term, False),):
                hits[rule] += 1
                if one.positive:
                    right[rule] += 1
                    places[rule].add(one.block)
    good = [
        r for r, n in right.items() if n >= _HITS and len(places[r]) > 1 and _low(n, hits[r]) >= least / 2
    ]
    return sorted(
        (r for r in good if right[r] / hits[r] >= least and _adds(r, right, hits)),
        key=lambda r: (-_low(right[r], hits[r]) * right[r], r),
    )


def _adds(rule: _Rule, right: Counter[_Rule], hits: Counter[_Rule]) -> bool:
    """Whether the role, or the second word, makes the rule better than without it."""
    term, official = rule
    simpler = [(term, False)] if official else []
    simpler += [((stem,), official) for stem in term] if len(term) > 1 else []
    return all(
        _low(right[rule], hits[rule]) > _low(right[one], hits[one]) + 0.05 for one in simpler if hits[one]
    )


def _low(right: int, hits: int) -> float:
    """A cautious share of right hits: two more hits, of which none is right."""
    return right / (hits + 2)


def _greedy(rules: Sequence[_Rule], read: Sequence[_Read], most: int) -> list[_Rule]:
    """Of the rules those that find most that neither the codebook's cues nor earlier ones find."""
    left = {i for i, one in enumerate(read) if one.positive and not one.known}
    found = {rule: {i for i, one in enumerate(read) if _hits(rule, one)} for rule in rules}
    wrong = {rule: sum(not read[i].positive for i in hits) for rule, hits in found.items()}
    chosen: list[_Rule] = []
    while len(chosen) < most:
        gains = [(len(found[r] & left) - 0.5 * wrong[r], -n) for n, r in enumerate(rules) if r not in chosen]
        if not gains:
            break
        best = rules[-max(gains)[1]]
        if len(found[best] & left) < 2:
            break
        chosen.append(best)
        left -= found[best]
    return chosen


def _hits(rule: _Rule, one: _Read) -> bool:
    return rule[0] in one.terms and (one.official or not rule[1])


def _found(rule: _Rule, judged: Sequence[_Read], tested: int, read: Sequence[_Read], texts: _Texts) -> Found:
    right = sum(one.positive for one in judged)
    precision = right / len(judged) if judged else 0.0
    hit = [one for one in read if _hits(rule, one)]
    return Found(
        term=texts.forms[" ".join(rule[0])].most_common(1)[0][0],
        role=_OFFICIALS if rule[1] else frozenset(),
        weight=min(WEIGHTS, key=lambda name: abs(WEIGHTS[name] - precision)),
        precision=precision,
        coverage=right / tested if tested else 0.0,
        hits=len(judged),
        new=sum(one.positive and not one.known for one in hit),
        examples=tuple(one.id for one in hit if one.positive)[:3],
        wrong=tuple(one.id for one in hit if not one.positive)[:3],
    )
