"""The second look: a person judges a random sample of the stored messages."""

from __future__ import annotations

import random
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from chatcode.cli.output import next_step, print_json, say
from chatcode.cli.terminal import Keyboard, has_terminal
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.domain import Entry, Look
    from chatcode.study.store import Study

SHARE = 0.05
LEAST = 50


def second_look(study: Study, *, seed: int | None, again: bool, plain: bool, as_json: bool) -> None:
    """Show the messages of the sample that nobody judged yet, and print what still leaks.

    A sample that was begun is gone on with; `again` draws a new one.

    Raises:
        ChatcodeError: there is nobody to look and nothing to print.
    """
    from chatcode.analysis.residual import residual

    look = study.look()
    interactive = plain or (has_terminal() and not as_json)
    if interactive and (look is None or again or (seed is not None and seed != look.seed)):
        look = _draw(study, secrets.randbelow(2**31) if seed is None else seed)
    if look is None:
        raise ChatcodeError(
            "nobody took a second look yet", "Open a terminal and run: chatcode names --sample"
        )
    if interactive:
        _judge(study, look, plain=plain)
        look = study.look() or look
    told = residual(look)
    if as_json:
        print_json(asdict(told) if told else {"seen": 0, "seed": look.seed})
    elif told is not None:
        say(f"{told.leaking} of {told.seen} messages still show something (seed {look.seed}):")
        say(f"{told.rate:.1f} per 100 messages ({told.low:.1f} to {told.high:.1f}, 95 %).")
    if told is not None and told.leaking:
        next_step("chatcode names", "take out what was seen, then: chatcode names --sample --again")


def _draw(study: Study, seed: int) -> Look:
    """Draw the sample: 5 %, at least 50 messages, of all that have words in them."""
    messages = [entry.id for entry in study.entries() if entry.kind == "message" and _has_words(entry)]
    if not messages:
        raise ChatcodeError("there are no messages with text", "Import a chat: chatcode import --help")
    size = min(len(messages), max(LEAST, round(SHARE * len(messages))))
    drawn = random.Random(seed).sample(messages, size)  # noqa: S311 a sample that can be drawn again, no secret
    study.start_look(drawn, seed=seed, population=len(messages))
    study.record("names", drawn=size, seed=seed)
    look = study.look()
    assert look is not None
    return look


def _judge(study: Study, look: Look, *, plain: bool) -> None:
    from chatcode.review.wordlist import look_again

    class Kept:
        def add(self, entry: Entry, leaks: Mapping[str, int]) -> None:
            study.add_finding(look.id, entry.id, leaks)

        def take_back(self) -> str | None:
            return study.undo_finding(look.id)

    entries = [study.entry(entry_id) for entry_id in look.entry_ids]
    look_again(entries, look.seen, Kept(), Keyboard(plain=plain))


def _has_words(entry: Entry) -> bool:
    return any(sign.isalnum() for sign in entry.text)
