"""How good and how fast suggestions are, and the making of the starter model.

    python benchmarks/suggest.py evaluate         each starter chat by what was learned from the others
    python benchmarks/suggest.py evaluate --anew  the same with networks learned anew (pip install torch)
    python benchmarks/suggest.py evaluate --rules the cues alone
    python benchmarks/suggest.py evaluate --sentences use   with the extra
    python benchmarks/suggest.py transfer         what 40 % of a chat's codings add on the rest of it
    python benchmarks/suggest.py speed            messages per second, and seconds of training
    python benchmarks/suggest.py casino --data FOLDER   a public set of English negotiations as a stand-in
    python benchmarks/suggest.py peers --data FOLDER --python PYTHON   beside spaCy and fastText
    python benchmarks/suggest.py build            write codebooks/starter/model.npz, its network as it is
    python benchmarks/suggest.py net              the same with a new network (pip install torch)

The network of the starter model has learned from chats that were written in the manner of some of the six
(codebooks/starter/further/after.tsv), though from none of the six: for these only `--anew` judges by
strangers alone.

Run with OPENBLAS_NUM_THREADS=1 on few or busy cores.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from chatcode.anonymize.lexicon import load as lists
from chatcode.codebook import Codebook
from chatcode.domain import CODES, Message, Suggestions
from chatcode.suggestion.classifier import Lesson, fit
from chatcode.suggestion.evaluation import Quality, judge
from chatcode.suggestion.features import features
from chatcode.suggestion.model import Model
from chatcode.suggestion.net import Net
from chatcode.suggestion.starting import aids, chat
from chatcode.suggestion.starting import build as starter_of
from chatcode.suggestion.suggester import cue_suggestions, starter, suggest
from chatcode.suggestion.training import Chat, left_out, train, train_on

STARTER = Path(__file__).parent.parent / "codebooks" / "starter"


def chats(names: Sequence[str]) -> list[Chat]:
    """The starter chats by name."""
    return [chat(name) for name in names]


def show(title: str, quality: Quality, *, full: bool = False) -> None:
    """Print figures, in full with a row per code."""
    if full:
        for row in quality.rows:
            print(
                f"  {row.code:4} n {row.n:4}  precision {row.precision:.2f}  recall {row.recall:.2f}"
                f"  F1 {row.f1:.2f}  AP {row.ap:.2f}"
            )
    print(
        f"{title}: micro F1 {quality.micro_f1:.3f}  macro F1 {quality.macro_f1:.3f}"
        f"  opposite {quality.opposite_f1:.3f}  macro AP {quality.macro_ap:.3f}"
        f"  calibration error {quality.calibration_error:.4f}  false per 100 free {quality.false_per_100:.0f}"
    )


def evaluate(
    names: Sequence[str], report: Sequence[str], rules: bool, sentences: str = "", anew: bool = False
) -> None:
    """Judge each chat by what was learned from the others; print those in `report`."""
    held = chats(names)
    found: list[list[Suggestions]]
    if rules:
        codebook = Codebook.load()
        found = [cue_suggestions(one.messages, one.roles, codebook) for one in held]
    else:
        nets = strangers(names) if anew else dict.fromkeys(names, starter().net)
        found = left_out(held, aids=aids(), sentences=sentences, nets=nets)
    gold = [one.codings for one in held]
    pooled = [i for i, name in enumerate(names) if name in report]
    show(
        "pooled " + " ".join(report), judge([gold[i] for i in pooled], [found[i] for i in pooled]), full=True
    )
    for i in pooled:
        show(names[i], judge([gold[i]], [found[i]]))


def strangers(names: Sequence[str]) -> dict[str, Net]:
    """A network for each chat that learned from no chat in its manner; half of the chats share one."""
    from starter_net import learned  # torch is needed for nothing else

    further, half, nets = aids(), len(names) // 2, {}
    for some in (names[:half], names[half:]):
        nets.update(dict.fromkeys(some, learned([aid for aid in further if aid.after not in some])))
    return nets


def net(names: Sequence[str]) -> None:
    """Learn the network from the further chats, then all else anew with it."""
    from starter_net import learned  # torch is needed for nothing else

    write(starter_of(names, net=learned(aids())))


def transfer(names: Sequence[str]) -> None:
    """What a coder's first 40 % add to the starter on the remaining 60 %."""
    held = chats(names)
    for one, name in zip(held, names, strict=True):
        start = train_on([other for other in held if other is not one], aids=aids())
        cut = int(len(one.messages) * 0.4)
        reviewed = [codes if i < cut else None for i, codes in enumerate(one.codings)]
        own = train(one.messages, one.roles, reviewed, start=start)
        for title, model in (("starter", start), ("own", own)):
            found = suggest(one.messages, one.roles, model=model)
            show(f"{name} {title}", judge([one.codings[cut:]], [found[cut:]]))


def speed() -> None:
    """Messages per second and seconds of training."""
    one = chats(["D1", "D2", "D4", "D5"])
    messages = [message for chat_ in one for message in chat_.messages]
    codings = [codes for chat_ in one for codes in chat_.codings]
    roles = {sender: role for chat_ in one for sender, role in chat_.roles.items()}
    codebook, model = Codebook.load(), starter()
    suggest(messages[:50], roles, codebook=codebook, model=model)
    lists()  # the lists of words are read once a run
    many = [replace(m, text=f"{m.text} {k}") for k in range(5) for m in messages]
    small = few_terms(codebook, 150)
    for title, run in (
        ("cues of 150 terms, cold", lambda: cue_suggestions(messages, roles, small)),
        ("cues, cold", lambda: cue_suggestions(messages, roles, codebook)),
        ("cues, long chat", lambda: cue_suggestions(many, roles, codebook)),
        ("cues and model", lambda: suggest(many, roles, codebook=codebook, model=model)),
    ):
        gc.collect()  # else a collection of all that was loaded may fall into a run of a tenth of a second
        start = time.perf_counter()
        done = len(run())
        print(f"{title}: {done / (time.perf_counter() - start):,.0f} messages/s")
    start = time.perf_counter()
    train(messages[:2000], roles, codings[:2000])
    print(f"training on 2,000 messages with folds: {time.perf_counter() - start:.1f} s")


def few_terms(codebook: Codebook, most: int) -> Codebook:
    """The codebook with no more cues than hold so many terms, taken from all codes in turn."""
    manuals, terms = {}, 0
    turns = itertools.zip_longest(*(manual.cues for manual in codebook.manuals.values()))
    kept = []
    for cue in itertools.chain.from_iterable(turns):
        if cue is None:
            continue
        asked = len({*cue.any, *cue.all, *cue.without, *cue.not_before})
        if terms + asked <= most:
            kept.append(cue)
            terms += asked
    for code, manual in codebook.manuals.items():
        manuals[code] = replace(manual, cues=tuple(cue for cue in kept if cue.code == code))
    small = replace(codebook)
    small.__dict__["manuals"] = manuals
    print(f"{len(kept)} cues with {terms} terms are the small codebook")
    return small


def casino(folder: Path) -> None:
    """CaSiNo (Chawla et al. 2021), English negotiations: the classifier alone, without cues and roles.

    Its labels take the places of our first codes, so that the very same classifier is measured.
    """
    read = {part: list(_dialogues(folder / f"casino-{part}.jsonl.gz")) for part in ("train", "test")}
    labels = sorted({label for lines in read.values() for line in lines for label in line["labels"]})
    code_of = dict(zip(labels, CODES, strict=False))
    test, pool = (_casino_lesson(read[part], code_of) for part in ("test", "train"))
    gold = [frozenset(code_of[label] for label in line["labels"]) for line in read["test"]]
    groups: dict[str, list[int]] = {}
    for row, line in enumerate(read["train"]):
        groups.setdefault(line["conv"], []).append(row)
    for size, draws in ((200, 20), (1000, 8), (len(pool.known), 1)):
        qualities = []
        for seed in range(draws):
            order = list(groups.values())
            random.Random(seed).shuffle(order)
            known = np.zeros(len(pool.known), dtype=bool)
            known[list(itertools.chain.from_iterable(order))[:size]] = True
            # As in a study: all messages are there, so many of them reviewed.
            model = fit([replace(pool, known=known)], card={})
            qualities.append(judge([gold], [model.suggest(test.seen, test.cued)]))
        shares = [quality.macro_ap for quality in qualities]
        print(
            f"CaSiNo {size}: macro AP {np.mean(shares):.3f}"
            f" (mean of {draws}, {min(shares):.3f} to {max(shares):.3f})"
            f"  calibration error at most {max(q.calibration_error for q in qualities):.4f}"
            f"  false per 100 free at most {max(q.false_per_100 for q in qualities):.0f}"
        )


def peers(folder: Path, python: str) -> None:
    """Ours beside spaCy and fastText on the same 1,000 messages of CaSiNo, where `python` has them."""
    read = {part: list(_dialogues(folder / f"casino-{part}.jsonl.gz")) for part in ("train", "test")}
    labels = sorted({label for lines in read.values() for line in lines for label in line["labels"]})
    code_of = dict(zip(labels, CODES, strict=False))
    gold = [frozenset(code_of[label] for label in line["labels"]) for line in read["test"]]
    order = list(dict.fromkeys(line["conv"] for line in read["train"]))
    random.Random(0).shuffle(order)
    place = {conv: number for number, conv in enumerate(order)}
    drawn = sorted(read["train"], key=lambda line: (place[line["conv"]], line["turn"]))[:1000]
    start = time.perf_counter()
    model = fit([_casino_lesson(drawn, code_of)], card={})
    print(f"chatcode: trained with folds in {time.perf_counter() - start:.1f} s")
    test = _casino_lesson(read["test"], code_of)
    start = time.perf_counter()
    found = model.suggest(test.seen, test.cued)
    print(f"chatcode: {len(gold) / (time.perf_counter() - start):,.0f} messages/s")
    show("chatcode", judge([gold], [found]))
    with tempfile.TemporaryDirectory() as place_:
        path = Path(place_) / "data.json"
        texts = [line["text"] for line in read["test"]]
        given = {"labels": labels, "train": [[x["text"], x["labels"]] for x in drawn], "test": texts}
        path.write_text(json.dumps(given), encoding="utf-8")
        for peer in ("spacy", "fasttext"):
            script = str(Path(__file__).with_name("suggest_peers.py"))
            done = subprocess.run(
                [python, script, peer, str(path)], capture_output=True, text=True, check=False
            )
            if done.returncode:
                print(f"{peer}: not run ({(done.stderr.strip().splitlines() or ['?'])[-1]})")
                continue
            trained, used, scores = json.loads(done.stdout.splitlines()[-1])
            said = [
                Suggestions(
                    frozenset(code_of[name] for name, p in zip(labels, row, strict=True) if p >= 0.5),
                    {code_of[name]: p for name, p in zip(labels, row, strict=True)},
                    {},
                )
                for row in scores
            ]
            print(f"{peer}: trained in {trained:.1f} s, {len(gold) / used:,.0f} messages/s")
            show(peer, judge([gold], [said]))


def _dialogues(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _casino_lesson(lines: Sequence[dict[str, Any]], code_of: dict[str, str]) -> Lesson:
    day = datetime(2020, 1, 1)
    order = {conv: number for number, conv in enumerate(dict.fromkeys(line["conv"] for line in lines))}
    messages = [
        Message(
            day + timedelta(days=order[x["conv"]], minutes=x["turn"]),
            f"{x['conv']} {x['role']}",  # other people in every dialogue
            "message",
            x["text"],
        )
        for x in lines
    ]
    cued = [Suggestions()] * len(messages)
    gold = np.array([[code in {code_of[label] for label in x["labels"]} for code in CODES] for x in lines])
    folds = np.array([order[x["conv"]] % 5 for x in lines])
    return Lesson(features(messages, {}, cued), cued, gold, np.ones(len(lines), dtype=bool), folds)


def build(names: Sequence[str]) -> None:
    """Learn the starter model anew, its network as it is."""
    write(starter_of(names))


def write(model: Model) -> None:
    """Keep it as the starter model."""
    path = STARTER / "model.npz"
    model.save(path)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, {model.card}")


def main() -> None:
    """Read the arguments and run one of the above."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("evaluate", "transfer", "speed", "casino", "peers", "net", "build"))
    parser.add_argument("--chats", nargs="+", default=["D1", "D2", "D3", "D4", "D5", "D6"])
    parser.add_argument("--report", nargs="+", help="show figures of these only")
    parser.add_argument("--sentences", default="", help="with sentence embeddings: use, or a folder")
    parser.add_argument("--anew", action="store_true", help="with networks learned anew for each chat")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--python", default=sys.executable, help="a Python that has spacy and fasttext")
    given = parser.parse_args()
    if given.what == "evaluate":
        evaluate(given.chats, given.report or given.chats, given.rules, given.sentences, given.anew)
    elif given.what == "transfer":
        transfer(given.report or given.chats)
    elif given.what == "speed":
        speed()
    elif given.what == "peers":
        peers(given.data, given.python)
    elif given.what == "net":
        net(given.chats)
    elif given.what == "build":
        build(given.chats)
    else:
        casino(given.data)


if __name__ == "__main__":
    main()
