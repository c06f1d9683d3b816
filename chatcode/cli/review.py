"""`chatcode review`: a coder confirms, message by message."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, cast

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, say
from chatcode.cli.sampled import sampled_store
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.domain import Store
    from chatcode.review.session import Way

WAYS = ("second-reader", "assisted", "blind")


def review(
    coder: Annotated[str, typer.Option("--coder", help="Who is coding: a short name or initials.")],
    round_: Annotated[int, typer.Option("--round", min=1, help="Which pass over the messages this is.")] = 1,
    way: Annotated[
        str,
        typer.Option(
            help="second-reader: you first, then the machine where it differs; assisted: suggestions beside;"
            " blind: none."
        ),
    ] = "second-reader",
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line, for screen readers and pipes.")
    ] = False,
    sample: Annotated[
        str | None, typer.Option("--sample", help="Only what was drawn, in its order: see `chatcode sample`.")
    ] = None,
    study: options.StudyOption = None,
) -> None:
    """Review messages in the order of the chat: codes by one key, every decision saved as it is made.

    Example: chatcode review --coder K1
    """
    from chatcode.review.session import Session

    if not coder.strip():
        raise ChatcodeError("a coder needs a name", "For instance: --coder K1")
    if way not in WAYS:
        raise ChatcodeError(f"there is no way {way!r}", f"Choose one of: {', '.join(WAYS)}.")
    with options.open_study(study) as opened:
        if not opened.groups():
            raise ChatcodeError("there are no messages yet", "Import a chat: chatcode import --help")
        codebook = options.codebook_of(opened)
        store: Store = opened
        if sample:
            store, way = sampled_store(opened, sample, coder.strip(), round_, way)
        if way != "blind" and opened.suggestion_run() is None:
            say("Note: there are no suggestions yet, so the machine keeps silent: chatcode suggest")
        session = Session(
            store, codebook, coder=coder.strip(), round_=round_, way=cast("Way", way), study=opened.path.stem
        )
        if plain or not options.has_screen():
            from chatcode.review.plain import run_plain

            run_plain(session, sys.stdin, sys.stdout)
        else:
            from chatcode.review.app import run_screen

            run_screen(session)
        months = store.progress(coder.strip(), round_)
    done, total = sum(m.reviewed for m in months), sum(m.total for m in months)
    say(f"{coder.strip()}, round {round_}: {done} of {total} messages reviewed; everything is saved.")
    if done < total:
        again = f" --sample {sample}" if sample else ""
        next_step(f"chatcode review --coder {coder.strip()}{again}", "go on where you were")
    else:
        next_step("chatcode report", "see the frequencies per month")
