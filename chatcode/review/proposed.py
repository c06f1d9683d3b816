"""Likely targets of the message on the table, for the screen to offer; the coder links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatcode.suggestion.links import Linkable, Proposal, propose_links

if TYPE_CHECKING:
    from chatcode.domain import Act, Entry
    from chatcode.review.session import Session

_AROUND = 120  # entries before the message in which targets are looked for, as in `Session.candidates`


def likely_links(session: Session) -> list[Proposal]:
    """What the codes on the table may be linked to, per kind the likeliest; nothing for a blind coder.

    It leans on the coder's own codes and links alone, so it tells nothing of what the machine suggests.
    Every target is one of `Session.candidates`.
    """
    here = session.entry
    if here is None or session.way == "blind" or not session.codes:
        return []
    before = [e for e in session.store.window(here.id, _AROUND, 0) if e.kind == "message"]
    acts = session.store.acts_in_force([e.id for e in before], session.coder, session.round)
    candidates = {entry.id for entry in session.candidates()}
    found = propose_links([_linkable(session, entry, acts.get(entry.id)) for entry in before])
    return [p for p in found if p.entry_id == here.id and p.link.target_id in candidates]


def _linkable(session: Session, entry: Entry, act: Act | None) -> Linkable:
    now = session.entry is not None and entry.id == session.entry.id
    member = session.members.get(entry.member_id or "")
    return Linkable(
        entry.id,
        entry.sent_at,
        member.label if member else "",
        entry.text,
        session.codes if now else act.codes if act else frozenset(),
        member.roles if member else frozenset(),
        () if now or act is None else act.links,
    )
