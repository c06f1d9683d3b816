"""`chatcode suggest`: let the machine propose codes, with reasons."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, progress, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatcode.domain import Entry, Member, Message, Suggestions
    from chatcode.study.store import Study
    from chatcode.suggestion.model import Model


def suggest(
    cues_only: Annotated[
        bool, typer.Option("--cues-only", help="Leave the model out: only the codebook's cues.")
    ] = False,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Propose codes for every message, by the codebook's cues and a model, with reasons.

    A proposal is never a coding: a coder confirms. The model is the newest that `train` made with the
    study's codebook, else the starter model, which learned from synthetic chats.

    Example: chatcode suggest
    """
    from chatcode.domain import CODES

    with options.open_study(study) as opened:
        suggested, source, codebook_hash = propose_for(opened, cues_only=cues_only)
        opened.put_suggestions(suggested, codebook_hash=codebook_hash, source=source)
        opened.record("suggest", entries=len(suggested), codebook=codebook_hash[:12], source=source)
        codebook = options.codebook_of(opened)
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


def propose_for(study: Study, *, cues_only: bool = False) -> tuple[dict[str, Suggestions], str, str]:
    """Suggestions for every entry of a study, what made them, and the hash of the codebook.

    The newest model that was trained with the study's codebook suggests, else the starter model.
    """
    from chatcode.cli.models import model_in_use
    from chatcode.suggestion.suggester import suggest as propose

    groups = study.groups()
    if not groups:
        raise ChatcodeError("there are no messages yet", "Import a chat: chatcode import --help")
    codebook = options.codebook_of(study)
    model: Model | Literal[False] | None = False
    source = "cues"
    if not cues_only:
        used, model, why = model_in_use(study, codebook)
        source = "cues and starter model" if used == "starter" else f"cues and model {used[:8]}"
        say(f"Suggesting by the {source}. {why}")
    members = study.members()
    roles = {member.label: member for member in members.values()}
    suggested: dict[str, Suggestions] = {}
    with progress("Suggesting", len(groups)) as advance:
        for done, group in enumerate(groups, 1):
            entries = study.entries(group.id)
            messages = [as_message(entry, members) for entry in entries]
            found = propose(messages, roles, codebook=codebook, model=model)
            suggested |= {entry.id: one for entry, one in zip(entries, found, strict=True)}
            advance(done)
    return suggested, source, codebook.hash


def as_message(entry: Entry, members: Mapping[str, Member]) -> Message:
    """A stored entry in the form in which suggestions are made: labels stand for people."""
    from chatcode.domain import Message

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
