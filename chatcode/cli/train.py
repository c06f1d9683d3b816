"""`chatcode train`: let the machine learn from the coder's own codings."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, progress, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chatcode.cli.coded import Coded
    from chatcode.study.store import Study
    from chatcode.suggestion.model import Model


def train(
    coder: options.CoderOption = None,
    renew: Annotated[
        bool, typer.Option("--suggest", help="Then suggest anew for the messages that are still open.")
    ] = False,
    in_passing: Annotated[
        bool, typer.Option("--in-passing", help="What `review` does between batches: keep few such models.")
    ] = False,
    sentences: Annotated[
        str,
        typer.Option(
            help="With sentence embeddings: `use` (pip install 'chatcode[sentences]'), or a model2vec folder."
        ),
    ] = "",
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Learn from the codings of this study, going on from the starter model; takes seconds.

    What was learned is stored in the study as data with a card; nothing in it runs. It counts for the
    codebook that the study uses now.

    Example: chatcode train
    """
    from chatcode.cli.coded import coded_groups
    from chatcode.suggestion.training import train_on

    began = time.monotonic()
    if in_passing:
        _step_back()
    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        layer = opened.layer(coder)
        if not layer.acts:
            raise ChatcodeError("nothing is reviewed yet", "Review first: chatcode review --coder NAME")
        groups = coded_groups(opened, layer.acts)
        learned = sum(codes is not None for one in groups for codes in one.chat.codings)
        say(f"Learning from {learned} messages that {layer.coder} reviewed one by one …")
        with progress("Learning", 2) as advance:
            start = _starter(sentences or (_as_before(opened) if in_passing else ""))
            advance(1)
            model = train_on([one.chat for one in groups], codebook=codebook, start=start)
            advance(2)
        model = _with_card(model, groups, layer.coder, codebook.hash)
        kept = opened.add_model(
            model.to_bytes(),
            model.card,
            coder=layer.coder,
            codebook_hash=codebook.hash,
            messages=learned,
            by_hand=not in_passing,
        )
        opened.record("train", model=kept.short, messages=learned, coder=layer.coder)
        choice = opened.model_choice()
        if renew:
            _renew(opened, layer.coder)
    seconds = time.monotonic() - began
    if as_json:
        print_json({"id": kept.id, "seconds": round(seconds, 1), "card": dict(kept.card)})
    say(f"Model {kept.short}: learned from {learned} messages in {seconds:.0f} s, stored in the study.")
    if choice != "newest":
        say(f"Note: the study was told to use {choice[:8]}; to use this one: chatcode models use newest")
    if renew:
        next_step("chatcode evaluate", "see how far its suggestions can be trusted")
    else:
        next_step("chatcode suggest", "propose codes with what was learned")


def _step_back() -> None:
    """Leave the computer to the coder, and when asked to end, take back what was being written."""
    import contextlib
    import os
    import signal

    if os.name == "posix":
        with contextlib.suppress(OSError):
            os.nice(10)
    with contextlib.suppress(ValueError):  # only a process of its own may be told how to end
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))


def _starter(sentences: str) -> Model:
    if sentences:
        from chatcode.suggestion.starting import starter_with

        return starter_with(sentences)
    from chatcode.suggestion.suggester import starter

    return starter()


def _as_before(study: Study) -> str:
    """The sentence embeddings of the model that somebody trained last: training in passing keeps to them."""
    mine = [model.card for model in study.models() if model.by_hand]
    return str(mine[-1].get("sentences", "")) if mine else ""


def _with_card(model: Model, groups: Sequence[Coded], coder: str, codebook_hash: str) -> Model:
    """Write down what the model saw, in counts, and with what it was made."""
    import platform
    from collections import Counter
    from dataclasses import replace
    from hashlib import sha256
    from importlib.metadata import version

    from chatcode.bundled import starter_path
    from chatcode.cli.coded import digest
    from chatcode.domain import CODES

    counts = Counter(code for one in groups for codes in one.chat.codings for code in codes or ())
    free = sum(codes is not None and not codes for one in groups for codes in one.chat.codings)
    card: dict[str, Any] = {
        **model.card,
        "coder": coder,
        "groups": [one.group.label for one in groups],
        "codes": {code: counts[code] for code in CODES},
        "without_code": free,
        "codebook": codebook_hash,
        "codings": digest(groups),
        "start": sha256(starter_path().read_bytes()).hexdigest(),
        "seed": 0,
        "versions": {
            "chatcode": version("chatcode"),
            "python": platform.python_version(),
            **{name: version(name) for name in ("numpy", "scikit-learn", "scipy")},
        },
    }
    return replace(model, card=card)


def _renew(opened: Any, coder: str) -> None:  # noqa: ANN401 a Study, imported late
    """Suggest anew for open messages, a little at a time, so that a review beside it never waits."""
    from chatcode.cli.suggest import propose_for

    proposed, source, codebook_hash = propose_for(opened)
    reviewed = opened.layer_acts(coder).keys()
    opened.renew_suggestions(
        {entry_id: one for entry_id, one in proposed.items() if entry_id not in reviewed},
        codebook_hash=codebook_hash,
        source=source,
        entries=len(proposed),
    )
