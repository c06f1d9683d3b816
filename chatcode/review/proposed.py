"""Likely targets of the message on the table, for the screen to offer; the coder links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatcode.suggestion.links import Linkable, Proposal, propose_links

if TYPE_CHECKING:
    from collections.abc import Collection

    from chatcode.domain import Entry, Link
    from chatcode.review.linking import Linking


def likely_links(session: Linking) -> list[Proposal]:
    """What the codes on the table may be linked to, per kind the likeliest; nothing for a blind coder.

    It leans on the coder's own codes and links alone, so it tells nothing of what the machine suggests.
    Every target is one of `Session.candidates`.
    """
    here = session.entry
    if here is None or session.way == "blind" or not session.codes or session.store.kept_apart(here.id):
        return []
    before, acts = session.earlier()
    messages = [
        _linkable(session, entry, act.codes, act.links)
        if (act := acts.get(entry.id))
        else _linkable(session, entry)
        for entry in before
        if entry.kind == "message"
    ]
    candidates = {entry.id for entry in session.candidates()}
    found = propose_links([*messages, _linkable(session, here, session.codes)])
    return [p for p in found if p.entry_id == here.id and p.link.target_id in candidates]


def _linkable(
    session: Linking, entry: Entry, codes: Collection[str] = (), links: tuple[Link, ...] = ()
) -> Linkable:
    member = session.members.get(entry.member_id or "")
    return Linkable(
        entry.id,
        entry.sent_at,
        member.label if member else "",
        entry.text,
        frozenset(codes),
        member.roles_on(entry.sent_at.date()) if member else frozenset(),
        links,
    )
