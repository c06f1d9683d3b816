"""`chatcode review`: a coder confirms, message by message."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, cast

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, say
from chatcode.cli.recoding import recoding_store
from chatcode.cli.sampled import sampled_store
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.cli.guidance import Trainer
    from chatcode.domain import Store
    from chatcode.review.keys import Keymap
    from chatcode.review.session import Session
    from chatcode.review.table import Way

ORDERS = ("sequential", "uncertain", "disagreement", "audit")
_EVERY = 50  # acts after which there is enough new to learn
WAYS = ("second-reader", "assisted", "blind")


def review(
    coder: Annotated[
        str | None, typer.Option("--coder", help="Who is coding: a short name; else that of your settings.")
    ] = None,
    round_: Annotated[int, typer.Option("--round", min=1, help="Which pass over the messages this is.")] = 1,
    way: Annotated[
        str,
        typer.Option(
            help="second-reader: you first, then the machine where it differs; assisted: suggestions beside;"
            " blind: none."
        ),
    ] = "second-reader",
    order: Annotated[
        str,
        typer.Option(
            help="sequential: as in the chat; uncertain: where the machine is in doubt, rare codes first;"
            " disagreement: where cues and model differ; audit: the share without suggestions first."
        ),
    ] = "sequential",
    audit_share: Annotated[
        float | None,
        typer.Option(
            "--audit-share",
            min=0.0,
            max=1.0,
            help="The share of messages without any suggestion, to judge the machine by; 0.05 at first.",
        ),
    ] = None,
    train: Annotated[
        bool, typer.Option("--train/--no-train", help="Train beside the review after every 50 messages.")
    ] = True,
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line, for screen readers and pipes.")
    ] = False,
    sample: Annotated[
        str | None, typer.Option("--sample", help="Only what was drawn, in its order: see `chatcode sample`.")
    ] = None,
    recode: Annotated[
        bool, typer.Option("--recode", help="Only what a changed definition of the codebook touches.")
    ] = False,
    study: options.StudyOption = None,
) -> None:
    """Review messages, as in the chat or in another order: codes by one key, every decision saved at once.

    A share of the messages is always reviewed without suggestions, so that suggestions can be judged.

    Example: chatcode review --coder K1
    """
    from chatcode import settings
    from chatcode.cli.guidance import Trainer, guide
    from chatcode.review.keys import THEMES, keymap
    from chatcode.review.session import Session

    mine = settings.load()
    coder = (mine.coder if coder is None else coder).strip()
    _refuse_nonsense(coder, way, order, narrowed=bool(sample) or recode)
    if mine.theme and mine.theme not in THEMES:
        raise ChatcodeError(f"there is no theme {mine.theme!r}", f"Choose one of: {', '.join(THEMES)}.")
    with options.open_study(study) as opened:
        if not opened.groups():
            raise ChatcodeError("there are no messages yet", "Import a chat: chatcode import --help")
        codebook = options.codebook_of(opened)
        store: Store = opened
        if recode:
            store = recoding_store(opened, coder, round_)
            say(
                "Decisions made under another codebook come back; they stay as they were beside the new ones."
            )
        if sample:
            store, way = sampled_store(opened, sample, coder, round_, way)
        if way != "blind" and opened.suggestion_run() is None:
            say("Note: there are no suggestions yet, so the machine keeps silent: chatcode suggest")
        if audit_share is not None:
            opened.set_audit_share(audit_share)
        trains = train and way != "blind" and opened.model_choice() == "newest"
        trainer = Trainer(opened.path, coder, _EVERY) if trains else None
        store = guide(store, opened, codebook, coder=coder, round_=round_, order=order, trainer=trainer)
        keys = keymap(codebook, mine.keys)
        session = Session(
            store,
            codebook,
            coder=coder,
            round_=round_,
            way=cast("Way", way),
            study=opened.path.stem,
            lang=mine.language or "en",
        )
        _run(session, trainer, None if plain or not options.has_screen() else keys, mine.theme)
        months = store.progress(coder, round_)
    done, total = sum(m.reviewed for m in months), sum(m.total for m in months)
    say(f"{coder}, round {round_}: {done} of {total} messages reviewed; everything is saved.")
    if done < total:
        again = f" --sample {sample}" if sample else ""
        next_step(f"chatcode review --coder {coder}{again}", "go on where you were")
    else:
        next_step("chatcode report", "see the frequencies per month")


def _refuse_nonsense(coder: str, way: str, order: str, *, narrowed: bool) -> None:
    if not coder:
        raise ChatcodeError("a coder needs a name", "For instance: --coder K1")
    if way not in WAYS:
        raise ChatcodeError(f"there is no way {way!r}", f"Choose one of: {', '.join(WAYS)}.")
    if order not in ORDERS:
        raise ChatcodeError(f"there is no order {order!r}", f"Choose one of: {', '.join(ORDERS)}.")
    if narrowed and order != "sequential":
        raise ChatcodeError(
            "a sample, and what is recoded, have an order of their own", "Leave out --order, or the other."
        )


def _run(session: Session, trainer: Trainer | None, keys: Keymap | None, theme: str) -> None:
    """Run the screen with these keys, or line by line where there are none."""
    try:
        if keys is None:
            from chatcode.review.plain import run_plain

            run_plain(session, sys.stdin, sys.stdout)
        else:
            from chatcode.review.app import run_screen

            run_screen(session, keys, theme=theme)
    finally:
        if trainer:
            trainer.stop()
