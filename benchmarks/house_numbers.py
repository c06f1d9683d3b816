"""How well houses named by their number alone are told from other numbers, and the learning of the weights.

    python benchmarks/house_numbers.py            each file by what was learned from the others
    python benchmarks/house_numbers.py build      write chatcode/anonymize/data/house-numbers.tsv

Needs the marked messages in benchmarks/house-numbers/ (README.md there). The houses of
tests/anonymize are never learned from.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from chatcode.anonymize.addresses import find_written_places
from chatcode.anonymize.bare_numbers import BIAS, WEIGHTS, numbers_of, signs
from chatcode.anonymize.context import tokens_of
from chatcode.anonymize.identifiers import find
from chatcode.anonymize.lexicon import load
from chatcode.anonymize.redactor import masked

FOLDER = Path(__file__).with_name("house-numbers")
MARK = re.compile(r"\{([hn]):([^}]*)\}")
FOLDS = 8
LEAST = 2  # numbers at which a sign must stand
# Log-odds from which a number is taken: at 0 more houses stay than other numbers go. Chosen on the folds.
SURE = 0.0
SMALLEST = 0.02  # a weight that is left out

Number = tuple[frozenset[str], bool]  # its signs, and whether it means a house


def main() -> None:
    """Read the arguments, and judge or build."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=("evaluate", "build"), default="evaluate")
    given = parser.parse_args()
    files = {path.stem: list(numbers(path)) for path in sorted(FOLDER.glob("*.txt"))}
    build(files.values()) if given.what == "build" else evaluate(files)


def numbers(path: Path) -> Iterator[Number]:
    """The marked numbers of a file that nothing else finds."""
    lexicon = load()
    for line in path.read_text(encoding="utf-8").splitlines():
        text, houses, place = "", {}, 0
        for mark in MARK.finditer(line):
            text += line[place : mark.start()]
            houses[len(text)] = mark[1] == "h"
            text, place = text + mark[2], mark.end()
        text = (text + line[place:]).replace("\\n", "\n")
        text = masked(text, [(hit.start, hit.end) for hit in find(text) if hit.kind != "handle"])
        found = list(find_written_places(text, lexicon, tokens_of(text)))
        text = masked(text, [(spot.start, spot.end) for spot in found if spot.kind == "adres"])
        for match in numbers_of(text):
            if match.start() in houses:
                yield frozenset(signs(text, match, lexicon)), houses[match.start()]


def learned(examples: Sequence[Number]) -> dict[str, float]:
    """Logistic regression over the signs, as weights by sign."""
    heard = Counter(sign for signs_, _ in examples for sign in signs_)
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform(
        [{sign: 1 for sign in signs_ if sign != BIAS and heard[sign] >= LEAST} for signs_, _ in examples]
    )
    model = LogisticRegression(max_iter=3000).fit(rows, [house for _, house in examples])
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    return {BIAS: float(model.intercept_[0]), **weights}


def evaluate(files: dict[str, list[Number]]) -> None:
    """Print what stays of the houses and what goes of the other numbers, by file, none of it learned from."""
    names = list(files)
    total: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        held = names[fold::FOLDS]
        weights = learned([one for name in names if name not in held for one in files[name]])
        for name in held:
            odds = [(sum(weights.get(sign, 0.0) for sign in found), house) for found, house in files[name]]
            print(f"{name:<10}{shares(odds, SURE)}")
            total += odds
    for sure in np.arange(-2, 1.1, 0.5):
        print(f"from log-odds of {sure:4.1f}: {shares(total, sure)}")


def shares(odds: Sequence[tuple[float, bool]], sure: float) -> str:
    """How many houses stay and how many other numbers go."""
    houses, others = ([odd for odd, house in odds if house is kind] for kind in (True, False))
    stay, gone = sum(odd <= sure for odd in houses), sum(odd > sure for odd in others)
    return (
        f"{stay:4} of {len(houses):4} houses stay ({stay / max(1, len(houses)):.1%}),"
        f" {gone:4} of {len(others):4} other numbers go ({gone / max(1, len(others)):.1%})"
    )


def build(files: Sequence[list[Number]]) -> None:
    """Learn from all files and write the weights."""
    weights = learned([one for file in files for one in file])
    weights[BIAS] -= SURE
    kept = sorted((sign, weight) for sign, weight in weights.items() if abs(weight) >= SMALLEST)
    WEIGHTS.write_text("".join(f"{sign}\t{weight:.2f}\n" for sign, weight in kept), encoding="utf-8")
    print(f"{WEIGHTS}: {len(kept)} signs, {WEIGHTS.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
