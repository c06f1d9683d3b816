"""`chatcode models`: what the machine has learned in this study, and which of it suggests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_lines, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.codebook import Codebook
    from chatcode.study.store import Study
    from chatcode.suggestion.model import Model

app = typer.Typer(
    name="models",
    help="The models that were trained in this study: their cards, and which one suggests.",
    rich_markup_mode=None,
    invoke_without_command=True,
)


@app.callback()
def models(
    context: typer.Context, study: options.StudyOption = None, as_json: options.JsonOption = False
) -> None:
    """List the models of this study and say which one suggests.

    Example: chatcode models
    """
    if context.invoked_subcommand:
        return
    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        used, _, why = model_in_use(opened, codebook)
        rows = [_row(one, codebook.hash, used) for one in opened.models()]
    if as_json:
        print_json({"in_use": used, "why": why, "rows": rows})
    else:
        print_rows(rows, ("id", "trained", "messages", "coder", "codes", "fits", "in_use"), title="Models")
    say(f"In use: {used[:8]}. {why}")
    next_step("chatcode evaluate", "see how far suggestions can be trusted")


@app.command()
def show(
    which: Annotated[str, typer.Argument(metavar="ID", help="The beginning of a model's id, or `starter`.")],
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Show the card of a model: what it saw, with what it was made, and its hashes.

    Example: chatcode models show starter
    """
    with options.open_study(study) as opened:
        card = _starter_card() if which == "starter" else _card(opened, which)
    if as_json:
        print_json(card)
    else:
        print_lines([f"{name:14} {_plain(value)}" for name, value in card.items()])


@app.command()
def use(
    which: Annotated[
        str,
        typer.Argument(
            metavar="ID|starter|newest", help="A model's id, the shipped starter, or always the newest."
        ),
    ],
    study: options.StudyOption = None,
) -> None:
    """Choose the model that suggests from now on.

    Example: chatcode models use starter
    """
    with options.open_study(study) as opened:
        choice = which
        if which not in ("starter", "newest"):
            one = opened.model(which)
            if not one.size:
                raise ChatcodeError(
                    f"the data of model {one.short} was dropped", "Train again: chatcode train"
                )
            if one.codebook_hash != options.codebook_of(opened).hash:
                raise ChatcodeError(
                    f"model {one.short} was trained with another codebook", "Train again: chatcode train"
                )
            choice = one.id
        opened.choose_model(choice)
        opened.record("models", use=choice[:8])
    say(f"Suggestions come from {choice[:8]} from now on.")
    next_step("chatcode suggest", "propose codes with it")


def model_in_use(study: Study, codebook: Codebook) -> tuple[str, Model | None, str]:
    """The id of the model that suggests (`starter`), the model (None: the starter), and why in a sentence."""
    from chatcode.suggestion.model import Model

    choice, known = study.model_choice(), study.models()
    if choice == "starter":
        return "starter", None, "The starter model was chosen."
    wanted = [m for m in reversed(known) if m.size and choice in ("newest", m.id)]
    if not wanted:
        return "starter", None, "The starter model: nothing was trained in this study yet."
    fitting = [m for m in wanted if m.codebook_hash == codebook.hash]
    if not fitting:
        return (
            "starter",
            None,
            "The starter model: what was trained belongs to another codebook (chatcode train).",
        )
    for one in fitting:
        try:
            model = Model.from_bytes(study.model_data(one.id), f"model {one.short}")
        except ChatcodeError as error:
            if error.exit_code != 1:
                raise
            continue
        chosen = "It was chosen." if choice == one.id else "The newest that fits the codebook."
        return one.id, model, chosen
    return "starter", None, "The starter model: those in the study are of another version (chatcode train)."


def stale(study: Study, codebook_hash: str | None) -> list[str]:
    """What `status` says of the models: trained with another codebook, or long ago in acts."""
    known = [model for model in study.models() if model.size]
    if not known:
        return []
    last = known[-1]
    if codebook_hash and last.codebook_hash != codebook_hash:
        return ["the model was trained with another codebook: chatcode train"]
    lines = []
    more = study.taught(last.coder) - last.messages
    if more >= max(_MANY, last.messages * _PART):
        lines.append(f"{more} messages were reviewed since the model was trained: chatcode train")
    run = study.suggestion_run()
    if run and study.model_choice() == "newest" and run["at"] < last.at:
        lines.append("the suggestions are older than the newest model: chatcode suggest")
    return lines


# A model is old when so many messages, and this part of what it saw, came after it.
_MANY, _PART = 50, 0.2


def _row(one: Any, codebook_hash: str, used: str) -> dict[str, Any]:  # noqa: ANN401 a Trained, imported late
    return {
        "id": one.short,
        "trained": one.at,
        "messages": one.messages,
        "coder": one.coder,
        "codes": sum(n > 0 for n in one.card.get("codes", {}).values()),
        "by_hand": one.by_hand,
        "size": one.size,
        "fits": one.codebook_hash == codebook_hash and one.size > 0,
        "in_use": one.id == used,
    }


def _card(study: Study, which: str) -> dict[str, Any]:
    one = study.model(which)
    return {"id": one.id, "trained": one.at, "hash": one.hash, "size": one.size, **one.card}


def _starter_card() -> dict[str, Any]:
    from hashlib import sha256

    from chatcode.bundled import starter_path
    from chatcode.suggestion.suggester import starter

    data = starter_path().read_bytes()
    return {
        "id": "starter",
        "hash": sha256(data).hexdigest(),
        "size": len(data),
        "learned_from": "synthetic chats that are shipped with the program, no real ones",
        **starter().card,
    }


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {one}" for name, one in value.items() if one)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
