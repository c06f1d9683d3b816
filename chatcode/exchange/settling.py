"""Disagreements as a csv in which they are settled: one row a message, out and in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatcode.analysis.settlement import Issue, as_coded, ruling
from chatcode.domain import CODES, Act, Decision, Entry, Group, Member
from chatcode.errors import ChatcodeError
from chatcode.exchange.tables import choices_of, joined, links_of, rows_of

_ABOUT = ("message_id", "group", "sent_at", "member", "before", "text", "after", "about")
# One of each for every coder.
_CODED = ("coder", "codes", "sub_reasons", "links")
_RULED = ("codes", "sub_reasons", "links", "memo")
_NONE = "none"


def write(
    issues: Sequence[Issue],
    *,
    entries: Sequence[Entry],
    groups: Sequence[Group],
    members: Mapping[str, Member],
    around: int = 3,
) -> bytes:
    """Write what is to be settled, with columns for each coder, at least `_a` and `_b`.

    `codes`, `sub_reasons`, `links` and `memo` are empty, to be filled in.
    """
    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\r\n")
    sides = sorted({"a", "b"}.union(*(issue.sides for issue in issues)))
    rows.writerow((*_ABOUT, *(f"{part}_{side}" for side in sides for part in _CODED), *_RULED))
    labels = {group.id: group.label for group in groups}
    place = {entry.id: i for i, entry in enumerate(entries)}

    def said(some: Sequence[Entry], group_id: str) -> str:
        return "\n".join(
            f"{entry.sent_at:%H:%M} {_label(entry, members)}: {entry.text}"
            for entry in some
            if entry.group_id == group_id
        )

    for issue in issues:
        entry = issue.entry
        here = place[entry.id]
        rows.writerow(
            (
                entry.id,
                labels[entry.group_id],
                entry.sent_at.isoformat(sep=" "),
                _label(entry, members),
                said(entries[max(0, here - around) : here], entry.group_id),
                entry.text,
                said(entries[here + 1 : here + 1 + around], entry.group_id),
                issue.about,
                *(part for side in sides for part in _coded(issue.sides.get(side))),
                "", "", "", "",
            )
        )  # fmt: skip
    return stream.getvalue().encode("utf-8")


def _label(entry: Entry, members: Mapping[str, Member]) -> str:
    member = members.get(entry.member_id or "")
    return member.label if member else "WhatsApp"


def _coded(act: Act | None) -> tuple[str, str, str, str]:
    if act is None:
        return ("", "", "", "")
    return (
        act.coder,
        " ".join(sorted(act.codes, key=CODES.index)),
        joined((c.code, c.sub_reason) for c in act.choices if c.sub_reason),
        joined((k.kind, k.target_id) for k in act.links),
    )


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a csv settles: rulings that change something with their memos, the same again, left open."""

    rulings: tuple[tuple[Decision, str], ...]
    unchanged: int
    left_open: int


def read(
    data: bytes,
    origin: str,
    *,
    issues: Mapping[str, Issue],
    settled: Mapping[str, Act],
    entries: Mapping[str, Entry],
    sub_reasons: Mapping[str, frozenset[str]],
) -> Ruled:
    """Read rulings: `message_id`, `codes` and `memo` at least.

    `codes` are codes, `none`, or the letter of a coder who was right in everything; a row with
    neither codes nor memo is left open. A row with codes needs a memo. `links` may be such a letter,
    `none` or written out.

    Raises:
        ChatcodeError: a row is wrong; it names file and line, and nothing is to be stored.
    """
    found: list[tuple[Decision, str]] = []
    seen: set[str] = set()
    unchanged = left_open = 0
    for line, row in rows_of(data, origin):
        where = f"{origin}:{line}"
        issue = issues.get((row["message_id"] or "").strip())
        if issue is None:
            raise ChatcodeError(
                f"{where}: no message that two coders decided",
                "Take the rows of: chatcode adjudicate --out FILE",
            )
        if issue.entry.id in seen:
            raise ChatcodeError(f"{where}: this message stands twice in the file", "One row a message.")
        seen.add(issue.entry.id)
        codes, memo = (row["codes"] or "").strip(), (row.get("memo") or "").strip()
        if not codes and not memo:
            left_open += 1
            continue
        if not codes or not memo:
            missing = "codes" if not codes else "memo"
            raise ChatcodeError(
                f"{where}: a ruling needs codes and a memo, and here is no {missing}",
                "For no code write: none. The memo says why.",
            )
        decision = _decision(row, where, codes, issue, entries, sub_reasons)
        before = settled.get(issue.entry.id)
        if before and (before.choices, before.links) == (decision.choices, decision.links):
            unchanged += 1
            continue
        found.append((decision, memo))
    return Ruled(tuple(found), unchanged, left_open)


def _decision(
    row: Mapping[str, str | None],
    where: str,
    codes: str,
    issue: Issue,
    entries: Mapping[str, Entry],
    sub_reasons: Mapping[str, frozenset[str]],
) -> Decision:
    if codes.lower() in issue.sides:
        return as_coded(issue.sides[codes.lower()])
    choices = choices_of({**row, "codes": "" if codes == _NONE else codes}, where, sub_reasons)
    said = (row.get("links") or "").strip()
    links = None
    if said.lower() in issue.sides:
        links = issue.sides[said.lower()].links
    elif said:
        links = () if said == _NONE else links_of(row, where, issue.entry, entries)
    decision, open_ = ruling(issue, choices, links)
    if decision is None:
        raise ChatcodeError(
            f"{where}: the coders differ, so say {open_}",
            f"Fill in sub_reasons (code:kind) or links ({', '.join(issue.sides)} or none);"
            f" or write {' or '.join(issue.sides)} under codes.",
        )
    return decision
