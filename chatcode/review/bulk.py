"""Several messages at one go, with one undo: a range, what the machine is sure of, WhatsApp's own lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatcode.domain import Choice, Decision, Entry, Mode
from chatcode.errors import ChatcodeError
from chatcode.review.session import Session

# More than this is no run of thanks, and nobody has read it.
MOST = 200
_PAGE = 500
HELP = "p>0.9 takes all that are at least so probable; rule NAME those that lean on that rule of the codebook"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a bulk decision would take over: the messages, and what was asked."""

    ids: tuple[str, ...]
    asked: str


def marked(session: Session, anchor: str) -> list[Entry]:
    """The messages from where the range was begun to the one on the table, in order.

    Raises:
        ChatcodeError: they are of two groups, or too many.
    """
    if session.entry is None:
        return []
    ends = session.store.some_entries([anchor, session.entry.id])
    if len({entry.group_id for entry in ends}) > 1:
        raise ChatcodeError("a range stays within one group", "Mark another one.")
    first, last = ends[0], ends[-1]
    if first.id == last.id:
        return [first]
    # In the order of the queue: of a sample, what was not drawn is no part of the range.
    ids = session.store.queue(session.coder, session.round, after=first.id, most=MOST - 1)
    if last.id not in ids:
        raise ChatcodeError(f"a range holds at most {MOST} messages on end", "Mark fewer at a time.")
    return list(session.store.some_entries([first.id, *ids[: list(ids).index(last.id) + 1]]))


def code_range(session: Session, anchor: str, choices: Sequence[Choice]) -> int:
    """Decide for the same codes on every message of the range; how many messages.

    Each becomes an act of its own, of the kind that it would be alone: blind where the machine was
    silent on it. A tie stays where the new codes still ask for it.
    """
    entries = marked(session, anchor)
    ids = [entry.id for entry in entries]
    before = session.store.acts_in_force(ids, session.coder, session.round)
    suggested = session.store.suggestions(ids) if session.way == "assisted" else {}
    decisions = []
    for entry_id in ids:
        act = before.get(entry_id)
        shown = session.heard(entry_id) or (act.shown if act else ())
        if session.way == "assisted" and entry_id in suggested:
            shown = tuple(sorted(suggested[entry_id].codes))
        mode: Mode = "assisted" if session.way == "assisted" or shown else "blind"
        links = session.tied(act.links if act else (), choices)
        if entry_id == session.draft.entry_id:
            links = session.draft.links
        decisions.append(Decision(entry_id, tuple(choices), links, mode, shown))
    session.store_batch(decisions)
    return len(decisions)


def offer(session: Session, line: str) -> Offer:
    """What would be taken over for `p>0.9` or `rule NAME`, within the filter that is on.

    Only messages that are open, and only where everything that the machine proposes for them
    meets what is asked: an act decides a message whole.

    Raises:
        ChatcodeError: the machine keeps silent in this way of working, or the line asks nothing.
    """
    if session.way != "assisted":
        raise ChatcodeError("in bulk only where suggestions are shown", "Start with --way assisted.")
    found = re.fullmatch(r"\s*(?:p\s*>\s*)?([01](?:[.,]\d+)?)\s*", line)
    rule = re.fullmatch(r"\s*rule\s+(\S+)\s*", line)
    if found and 0 < float(found[1].replace(",", ".")) <= 1:
        least = float(found[1].replace(",", "."))
        ids = session.store.suggested_open(session.coder, session.round, session.filter, at_least=least)
        return Offer(tuple(ids), f"p>{least:g}")
    if rule:
        ids = session.store.suggested_open(session.coder, session.round, session.filter, rule=rule[1])
        return Offer(tuple(ids), f"rule {rule[1]}")
    raise ChatcodeError("in bulk by probability or rule", f"Type {HELP}.")


def take_over_all(session: Session, offered: Offer) -> int:
    """Take over what was offered; how many messages."""
    suggested = session.store.suggestions(offered.ids)
    decisions = []
    for entry_id in offered.ids:
        codes = tuple(sorted(suggested[entry_id].codes))
        decisions.append(Decision(entry_id, tuple(Choice(code) for code in codes), (), "bulk", codes))
    if decisions:
        session.store_batch(decisions)
        session.next_open()
    return len(decisions)


def confirm_notices(session: Session) -> int:
    """Confirm what WhatsApp's own lines of this group are suggested to be, as one class; how many."""
    if session.entry is None:
        return 0
    ids = [e.id for page in _pages(session, session.entry) for e in page if e.kind == "system"]
    done = session.store.acts_in_force(ids, session.coder, session.round)
    suggested = session.store.suggestions(ids)
    decisions = [
        Decision(
            i,
            tuple(Choice(c) for c in sorted(suggested[i].codes)),
            (),
            "bulk",
            tuple(sorted(suggested[i].codes)),
        )
        for i in ids
        if i in suggested and suggested[i].codes and i not in done
    ]
    if decisions:
        session.store.confirm(
            decisions, coder=session.coder, round_=session.round, codebook_hash=session.codebook.hash
        )
        session.refresh()
    return len(decisions)


def _pages(session: Session, entry: Entry) -> Iterator[Sequence[Entry]]:
    """The other entries of a group, a page at a time: those before, then those after."""
    at = entry.id
    while page := session.store.window(at, _PAGE, 0)[:-1]:
        yield page
        at = page[0].id
    at = entry.id
    while page := session.store.window(at, 0, _PAGE)[1:]:
        yield page
        at = page[-1].id
