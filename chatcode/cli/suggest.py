"""`chatcode suggest`: let the machine propose codes, with reasons."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, progress, say
from chatcode.domain import CODES, Message
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatcode.domain import Entry, Member, Suggestions


def suggest(
    cues_only: Annotated[
        bool, typer.Option("--cues-only", help="Leave the starter model out: only the codebook's cues.")
    ] = False,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Propose codes for every message, by the codebook's cues and a starter model, with reasons.

    A proposal is never a coding: a coder confirms. The starter model learned from synthetic chats.

    Example: chatcode suggest
    """
    from chatcode.suggestion.suggester import suggest as propose

    with options.open_study(study) as opened:
        groups = opened.groups()
        if not groups:
            raise ChatcodeError("there are no messages yet", "Import a chat: chatcode import --help")
        codebook = options.codebook_of(opened)
        members = opened.members()
        roles = {member.label: member.roles for member in members.values()}
        model: Literal[False] | None = False if cues_only else None
        suggested: dict[str, Suggestions] = {}
        with progress("Suggesting", len(groups)) as advance:
            for done, group in enumerate(groups, 1):
                entries = opened.entries(group.id)
                messages = [as_message(entry, members) for entry in entries]
                for entry, one in zip(
                    entries, propose(messages, roles, codebook=codebook, model=model), strict=True
                ):
                    suggested[entry.id] = one
                advance(done)
        opened.put_suggestions(
            suggested, codebook_hash=codebook.hash, source="cues" if cues_only else "cues and starter model"
        )
        opened.record("suggest", entries=len(suggested), codebook=codebook.hash[:12])
    counts = Counter(code for one in suggested.values() for code in one.codes)
    rows = [{"code": code, "name": codebook.name(code, "en"), "suggested": counts[code]} for code in CODES]
    if as_json:
        print_json({"rows": rows})
    else:
        print_rows(
            rows, ("code", "name", "suggested"), title="Suggestions: proposals of the machine, not codings"
        )
    coded = sum(bool(one.codes) for one in suggested.values())
    say(f"Proposed codes for {coded} of {len(suggested)} entries.")
    next_step("chatcode review --coder NAME", "confirm codes, message by message")


def as_message(entry: Entry, members: Mapping[str, Member]) -> Message:
    """A stored entry in the form in which suggestions are made: labels stand for people."""

    def label(member_id: str | None) -> str | None:
        return members[member_id].label if member_id else None

    return Message(
        sent_at=entry.sent_at,
        sender=label(entry.member_id),
        kind=entry.kind,
        text=entry.text,
        event=entry.event,
        actor=label(entry.actor_id),
        targets=tuple(members[target].label for target in entry.target_ids),
        edited=entry.edited,
    )
