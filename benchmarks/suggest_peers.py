"""Other classifiers on the same messages; run by `suggest.py peers` with a Python that has them.

    python suggest_peers.py PEER FILE

FILE holds JSON: labels, train (pairs of text and labels), test (texts). Prints JSON: seconds of training,
seconds of use, and a row of scores per test message. PEER is spacy or fasttext.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def spacy(labels: list[str], train: list[Any], test: list[str]) -> tuple[float, float, list[list[float]]]:
    """The default multi-label text categorizer on a blank pipeline, ten rounds."""
    import spacy as library
    from spacy.training import Example
    from spacy.util import minibatch

    nlp = library.blank("en")
    pipe = nlp.add_pipe("textcat_multilabel")
    for label in labels:
        pipe.add_label(label)
    examples = [
        Example.from_dict(nlp.make_doc(text), {"cats": {label: float(label in given) for label in labels}})
        for text, given in train
    ]
    start = time.perf_counter()
    optimizer = nlp.initialize(lambda: examples)
    draw = random.Random(0)
    for _ in range(10):
        draw.shuffle(examples)
        for batch in minibatch(examples, 32):
            nlp.update(batch, sgd=optimizer)
    trained = time.perf_counter()
    scores = [[doc.cats[label] for label in labels] for doc in nlp.pipe(test)]
    return trained - start, time.perf_counter() - trained, scores


def fasttext(labels: list[str], train: list[Any], test: list[str]) -> tuple[float, float, list[list[float]]]:
    """One-versus-all with word pairs and parts of words, twenty-five rounds."""
    import fasttext as library

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        lines = (
            " ".join([*(f"__label__{labels.index(one)}" for one in given), text.replace("\n", " ").lower()])
            for text, given in train
            if given
        )
        path.write_text("\n".join(lines), encoding="utf-8")
        start = time.perf_counter()
        model = library.train_supervised(
            str(path), loss="ova", epoch=25, lr=0.5, wordNgrams=2, minn=2, maxn=5, bucket=50_000, thread=1
        )
        trained = time.perf_counter()
    rows = []
    for text in test:
        # The binding's own predict asks numpy for a copy it may not refuse since numpy 2.
        found = {
            label: p for p, label in model.f.predict(text.replace("\n", " ").lower() + "\n", -1, 0.0, "")
        }
        rows.append([float(found.get(f"__label__{number}", 0.0)) for number in range(len(labels))])
    return trained - start, time.perf_counter() - trained, rows


def main() -> None:
    """Train one peer and print what it says of the test messages."""
    given = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    run = {"spacy": spacy, "fasttext": fasttext}[sys.argv[1]]
    print(json.dumps(run(given["labels"], given["train"], given["test"])))


if __name__ == "__main__":
    main()
