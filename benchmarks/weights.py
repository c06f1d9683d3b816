"""How well houses and members are told by the words around, and the learning of the weights for that.

    python benchmarks/weights.py houses          numbers that mean a house, each file by the others
    python benchmarks/weights.py namesakes       members who are called as a word is, likewise
    python benchmarks/weights.py streets         words before a number that are a street, likewise
    python benchmarks/weights.py houses build    write chatcode/anonymize/data/house-numbers.tsv

Houses are learned from benchmarks/house-numbers, never from tests/anonymize; namesakes from
benchmarks/namesakes and the sets of tests/anonymize; streets from benchmarks/named-streets and those sets.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from chatcode.anonymize import bare_numbers, named_streets, namesakes, people
from chatcode.anonymize.addresses import find_ended_streets, find_written_places
from chatcode.anonymize.context import Reading, tokens_of
from chatcode.anonymize.identifiers import find
from chatcode.anonymize.lexicon import Lexicon, load
from chatcode.anonymize.redactor import Redactor
from chatcode.anonymize.weighing import BIAS, DATA, masked

HERE = Path(__file__).parent
TESTS = HERE.parent / "tests" / "anonymize"
MARK = re.compile(r"\{([hn]):([^}]*)\}")
FOLDS = 8
LEAST = 2  # places at which a sign must stand
SMALLEST = 0.02  # a weight that is left out
# Log-odds from which a thing is taken: what goes wrongly against what stays wrongly, seen on the folds.
SURE = {"houses": 0.0, "namesakes": -0.5, "streets": -0.5}
WEIGHTS = {
    "houses": bare_numbers.WEIGHTS,
    "namesakes": namesakes.WEIGHTS,
    "streets": named_streets.WEIGHTS,
}

Example = tuple[frozenset[str], bool]  # the signs, and whether it is a house or a member


def main() -> None:
    """Read the arguments, and judge or build."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=tuple(SURE))
    parser.add_argument("how", nargs="?", choices=("evaluate", "build"), default="evaluate")
    given = parser.parse_args()
    files = examples(given.what)
    if given.how == "build":
        build(given.what, [example for file in files.values() for example in file])
    else:
        evaluate(files, SURE[given.what])


def examples(what: str) -> dict[str, list[Example]]:
    """What there is to learn from, by file."""
    read, folders = {
        "houses": (houses, [HERE / "house-numbers"]),
        "namesakes": (members, [HERE / "namesakes", TESTS / "sets"]),
        "streets": (streets, [HERE / "named-streets", TESTS / "sets"]),
    }[what]
    paths = sorted(path for folder in folders for path in folder.glob("*.txt"))
    return {path.stem: list(read(path)) for path in paths}


def identified(text: str) -> str:
    """Mask what is found before a house."""
    return masked(text, [(hit.start, hit.end) for hit in find(text) if hit.kind != "handle"])


def houses(path: Path) -> Iterator[Example]:
    """The marked numbers of a file that nothing else finds."""
    lexicon = load()
    for line in path.read_text(encoding="utf-8").splitlines():
        text, marks, place = "", {}, 0
        for mark in MARK.finditer(line):
            text += line[place : mark.start()]
            marks[len(text)] = mark[1] == "h"
            text, place = text + mark[2], mark.end()
        text = identified((text + line[place:]).replace("\\n", "\n"))
        found = list(find_written_places(text, lexicon, tokens_of(text)))
        free = masked(text, [(spot.start, spot.end) for spot in found if spot.kind == "adres"])
        for match in bare_numbers.numbers_of(free):
            if match.start() in marks:
                yield frozenset(bare_numbers.signs(free, match, lexicon)), marks[match.start()]


def members(path: Path) -> Iterator[Example]:
    """The words of a file that may be a member, as the redactor comes upon them."""
    sys.path.insert(0, str(TESTS))
    from conftest import read_marked  # the form of the tests' messages

    asked: dict[int, frozenset[str]] = {}

    def ask(reading: Reading, place: int, score: float, lexicon: Lexicon) -> bool:
        asked[reading.tokens[place].start] = frozenset(namesakes.signs(reading, place, score, lexicon))
        return namesakes.is_namesake(reading, place, score, lexicon)

    people.is_namesake = ask
    redactors: dict[tuple[str, ...], Redactor] = {}
    for row in read_marked(path):
        asked.clear()
        redactors.setdefault(row.members, Redactor(row.members)).spans(row.text)
        for start, signs in asked.items():
            yield signs, any(begin <= start < end and kind in "PH" for begin, end, kind in row.spans)


def streets(path: Path) -> Iterator[Example]:
    """The words of a file before a number that no street's ending tells."""
    sys.path.insert(0, str(TESTS))
    from conftest import read_marked  # the form of the tests' messages

    lexicon = load()
    for row in read_marked(path):
        text = identified(row.text)
        words = tokens_of(text)
        ended = list(find_ended_streets(text, words, lexicon))
        reading = named_streets.reading_of(text, words, ended)
        for numbered in named_streets.numbered_words(reading, lexicon):
            head = reading.tokens[numbered.head]
            meant = any(
                kind == "A" and begin <= head.start and head.end < end for begin, end, kind in row.spans
            )
            yield frozenset(named_streets.signs(reading, numbered, lexicon)), meant


def learned(examples: Sequence[Example]) -> dict[str, float]:
    """Logistic regression over the signs, as weights by sign."""
    heard = Counter(sign for signs, _ in examples for sign in signs)
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform(
        [{sign: 1 for sign in signs if sign != BIAS and heard[sign] >= LEAST} for signs, _ in examples]
    )
    model = LogisticRegression(max_iter=3000).fit(rows, [meant for _, meant in examples])
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    return {BIAS: float(model.intercept_[0]), **weights}


def evaluate(files: Mapping[str, list[Example]], sure: float) -> None:
    """Print what stays of what is meant and what goes of the rest, by file, none of it learned from."""
    names = list(files)
    total: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        held = names[fold::FOLDS]
        weights = learned([one for name in names if name not in held for one in files[name]])
        for name in held:
            said = [(sum(weights.get(sign, 0.0) for sign in signs), meant) for signs, meant in files[name]]
            print(f"{name:<10}{shares(said, sure)}")
            total += said
    for odds in np.arange(-2, 1.1, 0.5):
        print(f"from log-odds of {odds:4.1f}: {shares(total, odds)}")


def shares(said: Sequence[tuple[float, bool]], sure: float) -> str:
    """How many of those meant stay and how many of the others go."""
    meant, others = ([odds for odds, is_meant in said if is_meant is kind] for kind in (True, False))
    stay, gone = sum(odds <= sure for odds in meant), sum(odds > sure for odds in others)
    return (
        f"{stay:4} of {len(meant):4} that are meant stay ({stay / max(1, len(meant)):.1%}),"
        f" {gone:4} of {len(others):4} others go ({gone / max(1, len(others)):.1%})"
    )


def kept(what: str, examples: Sequence[Example]) -> dict[str, float]:
    """The weights that all examples teach, less what one must be sure of and those that hardly count."""
    weights = learned(examples)
    weights[BIAS] -= SURE[what]
    return {sign: weight for sign, weight in sorted(weights.items()) if abs(weight) >= SMALLEST}


def build(what: str, examples: Sequence[Example]) -> None:
    """Write the weights."""
    weights = kept(what, examples)
    path = DATA / f"{WEIGHTS[what]}.tsv"
    path.write_text("".join(f"{sign}\t{weight:.2f}\n" for sign, weight in weights.items()), encoding="utf-8")
    print(f"{path}: {len(weights)} signs of {len(examples)} examples, {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
