"""How well links are proposed, and the making of the weights.

    python benchmarks/links.py            the chats by what was learned from others
    python benchmarks/links.py build      write codebooks/starter/links.json

The marks are in benchmarks/links/ (D1, D4) and in exports/sample/ (noord, west). A proposal is right when it
names the matter that was marked; "none" is right where nothing was marked. Codes are the marked chats' own,
so that links are judged apart from codes. Beside it: always the latest matter of the same conversation.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from chatcode.domain import Link, LinkKind
from chatcode.suggestion.links import (
    FEATURES,
    KINDS,
    SOURCES,
    Linkable,
    examples,
    probabilities,
    propose_links,
)
from chatcode.suggestion.roles import Roles
from chatcode.whatsapp.reader import read_export

ROOT = Path(__file__).parent.parent
STARTER, SAMPLE, MARKS = (
    ROOT / "codebooks" / "starter",
    ROOT / "exports" / "sample",
    ROOT / "benchmarks" / "links",
)
HELD_BACK = 0.05  # what keeps weights small (ridge)

Marks = dict[tuple[str, LinkKind], str]  # target, empty: nothing to link to


def chat(name: str) -> tuple[list[Linkable], Marks]:
    """The messages of a marked chat with their codes, and the marks by message and kind."""
    folder = SAMPLE if name.islower() else STARTER
    lines = (folder / f"{name}.codes.jsonl").read_text(encoding="utf-8").splitlines()
    coded = [json.loads(line) for line in lines]
    members = (folder / f"{name}.members.tsv").read_text(encoding="utf-8").splitlines()
    roles = Roles(dict(line.split("\t")[:2] for line in members if "\t" in line)).ever
    marks = _own(name, coded) if folder == SAMPLE else _marks(name)
    messages = []
    for number, (message, row) in enumerate(
        zip(read_export(folder / f"{name}.txt").messages, coded, strict=True), 1
    ):
        if message.kind != "message":
            continue
        links = tuple(
            Link(kind, marks[str(number), kind]) for kind in KINDS if marks.get((str(number), kind))
        )
        messages.append(
            Linkable(
                str(number), message.sent_at, message.sender or "", message.text, frozenset(row["codes"]),
                roles.get(message.sender or "", frozenset()), links,
            )
        )  # fmt: skip
    return messages, marks


def _marks(name: str) -> Marks:
    rows = (MARKS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    kinds: dict[str, LinkKind] = {kind: kind for kind in KINDS}
    found: Marks = {}
    for row in rows:
        entry, kind, target = row.split("\t")
        found[entry, kinds[kind]] = target if target != "0" else ""
    return found


def _own(name: str, coded: Sequence[Mapping[str, object]]) -> Marks:
    """The sample's links: one a message, its kinds follow from the codes of both."""
    found: Marks = {}
    for row in coded:
        for kind in KINDS:
            if not SOURCES[kind] & set(row["codes"]):  # type: ignore[call-overload] # JSON's list
                continue
            target = row.get("link")
            there = set(coded[target - 1]["codes"]) if isinstance(target, int) else set()  # type: ignore[call-overload]
            wanted = "7-" if kind == "correction" else "M"
            found[str(row["i"]), kind] = str(target) if wanted in there else ""
    return _roots(found)


def _roots(marks: Marks) -> Marks:
    """A link to a further report is one to the first of its incident."""

    def root(entry: str) -> str:
        passed = set()
        while marks.get((entry, "incident")) and entry not in passed:
            passed.add(entry)
            entry = marks[entry, "incident"]
        return entry

    return {(e, k): root(t) if t and k != "correction" else t for (e, k), t in marks.items()}


def learn(chats: Sequence[tuple[list[Linkable], Marks]]) -> dict[str, list[float]]:
    """Weights per kind by maximum likelihood, held back a little."""
    cases: dict[str, list[tuple[np.ndarray, int]]] = {kind: [] for kind in KINDS}
    for messages, marks in chats:
        for message, kind, targets, rows in examples(messages):
            target = marks.get((message.id, kind))
            if target is None or (target and target not in targets):
                continue
            cases[kind].append((np.asarray(rows), targets.index(target) + 1 if target else 0))
    found = {}
    for kind, some in cases.items():

        def loss(w: np.ndarray, some: list[tuple[np.ndarray, int]] = some) -> float:
            told = -sum(np.log(probabilities(rows, w)[right] + 1e-12) for rows, right in some)
            return float(told + HELD_BACK * len(FEATURES) * (w @ w))

        found[kind] = minimize(loss, np.zeros(len(FEATURES)), method="L-BFGS-B").x.round(3).tolist()
    return found


def judge(
    messages: list[Linkable], marks: Marks, weights: Mapping[str, Sequence[float]]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Per kind: marked links, proposed, right among them, and how many had nothing and got nothing."""
    bare = [replace(message, links=()) for message in messages]
    # Where the proposals name another message of the same matter, that is the matter.
    proposed = {(p.entry_id, p.link.kind): p.link.target_id for p in propose_links(bare, weights=weights)}
    matter = {e: t for (e, k), t in marks.items() if k == "incident" and t}
    talks = _talks(messages)
    for kind in KINDS:
        keys = [key for key in marks if key[1] == kind]
        linked = [key for key in keys if marks[key]]
        given = [key for key in keys if key in proposed]
        right = sum(
            matter.get(proposed[key], proposed[key]) == marks[key]
            if kind != "correction"
            else talks.get(proposed[key]) == talks.get(marks[key])
            for key in given
            if marks[key]
        )
        yield (
            kind,
            len(linked),
            len(given),
            right,
            sum(not marks[key] and key not in proposed for key in keys),
        )


def _talks(messages: Sequence[Linkable]) -> dict[str, int]:
    """A correction is right when it goes to what was said in the conversation that was marked."""
    number, before, found = 0, None, {}
    for message in messages:
        number += before is not None and (message.sent_at - before).total_seconds() > 3600
        before = message.sent_at
        found[message.id] = number
    return found


def main() -> None:
    """Print the figures, or write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=("evaluate", "build"), default="evaluate")
    what = parser.parse_args().what
    marked = ("D1", "D4")
    # The sample is what a new user sees suggestions on: it is tested on, and never learned from.
    chats = {name: chat(name) for name in (*marked, "noord", "west")}
    weights = learn([chats[name] for name in marked])
    if what == "build":
        kept = {
            "learned_from": "links marked by hand in two synthetic chats: D1, D4",
            "weights": {kind: dict(zip(FEATURES, weights[kind], strict=True)) for kind in KINDS},
        }
        (STARTER / "links.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    show("D1 by D4", ["D1"], chats, learn([chats["D4"]]))
    show("D4 by D1", ["D4"], chats, learn([chats["D1"]]))
    show("the sample by D1 and D4", ["noord", "west"], chats, weights)
    simple = {"nothing": 6.0, "same conversation": 5.0, "latest": 2.0}
    row = [simple.get(name, 0.0) for name in FEATURES]
    show("D1 and D4 by the latest matter of the conversation", ["D1", "D4"], chats, dict.fromkeys(KINDS, row))


def show(
    title: str,
    tested: Sequence[str],
    chats: Mapping[str, tuple[list[Linkable], Marks]],
    weights: Mapping[str, Sequence[float]],
) -> None:
    """Print precision and recall of the likeliest target per kind."""
    print(title)
    for kind in KINDS:
        rows = [row for name in tested for row in judge(*chats[name], weights) if row[0] == kind]
        linked, given, right, rest = (sum(row[i] for row in rows) for i in range(1, 5))
        total = sum(k[1] == kind for name in tested for k in chats[name][1])
        print(
            f"  {kind:11} links {linked:4}  precision {right / max(1, given):.2f}"
            f"  recall {right / max(1, linked):.2f}"
            f"  right or rightly none {(right + rest) / max(1, total):.2f} of {total}"
        )


if __name__ == "__main__":
    main()
