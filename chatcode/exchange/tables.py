"""Codings as csv: one row a message, out and in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from chatcode.domain import CODES, Act, Choice, Decision, Entry, Group, Layer, Link, LinkKind
from chatcode.errors import ChatcodeError

COLUMNS = (
    "message_id", "group", "sent_at", "member", "role", "kind", "text", "coder", "codes",
    "sub_reasons", "links",
)  # fmt: skip


def write(layer: Layer) -> bytes:
    """Write every entry with the codes of the layer that counts, as csv in UTF-8.

    `coder` is empty where the message is not reviewed. `codes` are separated by blanks;
    `sub_reasons` are `code:sub_reason` and `links` are `kind:message_id`, separated likewise.
    """
    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    labels = {group.id: group.label for group in layer.groups}
    for entry in layer.entries:
        member = layer.members.get(entry.member_id or "")
        act = layer.acts.get(entry.id)
        rows.writerow(
            (
                entry.id,
                labels[entry.group_id],
                entry.sent_at.isoformat(sep=" "),
                member.label if member else "",
                " ".join(sorted(member.roles_on(entry.sent_at.date()))) if member else "",
                entry.kind,
                entry.text,
                act.coder if act else "",
                " ".join(sorted(act.codes, key=CODES.index)) if act else "",
                joined((c.code, c.sub_reason) for c in act.choices if c.sub_reason) if act else "",
                joined((k.kind, k.target_id) for k in act.links) if act else "",
            )
        )
    return stream.getvalue().encode("utf-8")


def joined(pairs: Iterable[tuple[str, str | None]]) -> str:
    """Write pairs as `a:b`, separated by blanks."""
    return " ".join(f"{a}:{b}" for a, b in pairs)


@dataclass(frozen=True, slots=True)
class Read:
    """What a csv of codings holds: the decisions that change something, and how many do not."""

    decisions: tuple[Decision, ...]
    unchanged: int
    not_reviewed: int


def read(
    data: bytes,
    origin: str,
    *,
    entries: Mapping[str, Entry],
    groups: Sequence[Group],
    in_force: Mapping[str, Act],
    sub_reasons: Mapping[str, frozenset[str]],
) -> Read:
    """Read codings that were made elsewhere: one row a message, `message_id` and `codes` at least.

    A row is a coding, also with no code. Where some rows of the file name a coder, those that
    name none are messages which that coder did not review, and are left out: so what `write`
    gave comes back equal. Rows that say what is in force already change nothing.

    Raises:
        ChatcodeError: a column is missing, a message unknown or named twice, a code or link
            unknown; it names file and line, and nothing is to be stored.
    """
    known = {group.id: group.label for group in groups}
    table = rows_of(data, origin)
    some_coder = any((row.get("coder") or "").strip() for _, row in table)
    decisions: list[Decision] = []
    seen: set[str] = set()
    unchanged = not_reviewed = 0
    for line, row in table:
        where = f"{origin}:{line}"
        entry = entries.get((row["message_id"] or "").strip())
        if entry is None:
            raise ChatcodeError(
                f"{where}: no such message in this study",
                "Take the message_id of: chatcode exchange --csv FILE",
            )
        if entry.id in seen:
            raise ChatcodeError(f"{where}: this message stands twice in the file", "One row a message.")
        seen.add(entry.id)
        if row.get("group") and row["group"] != known[entry.group_id]:
            raise ChatcodeError(
                f"{where}: the message is of another group", "Do not change the group column."
            )
        if some_coder and not (row.get("coder") or "").strip():
            not_reviewed += 1
            continue
        decision = Decision(
            entry.id,
            choices=choices_of(row, where, sub_reasons),
            links=links_of(row, where, entry, entries),
        )
        before = in_force.get(entry.id)
        if before and (before.choices, before.links) == (decision.choices, decision.links):
            unchanged += 1
            continue
        decisions.append(decision)
    return Read(tuple(decisions), unchanged, not_reviewed)


def rows_of(data: bytes, origin: str) -> list[tuple[int, dict[str, str | None]]]:
    """The rows of a csv with their lines; commas, semicolons or tabs, `message_id` and `codes` at least.

    Raises:
        ChatcodeError: it is no UTF-8 or no csv, or one of the two columns is missing.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ChatcodeError(f"{origin} is not UTF-8", "Save it as CSV UTF-8.") from None
    # Spreadsheets in Dutch write semicolons.
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    missing = {"message_id", "codes"} - set(reader.fieldnames or ())
    if missing:
        raise ChatcodeError(
            f"{origin}:1: no column {' and '.join(sorted(missing))}",
            "The first line names the columns, as in: chatcode exchange --csv FILE",
        )
    rows = []
    try:
        for row in reader:
            rows.append((reader.line_num, row))
    except csv.Error:
        raise ChatcodeError(
            f"{origin}:{reader.line_num}: not readable as csv", "Save it as CSV UTF-8."
        ) from None
    return rows


def choices_of(
    row: Mapping[str, str | None], where: str, sub_reasons: Mapping[str, frozenset[str]]
) -> tuple[Choice, ...]:
    """The codes and sub-reasons of a row; a ChatcodeError names what there is not."""
    codes = (row["codes"] or "").replace(",", " ").split()
    for code in codes:
        if code not in CODES:
            raise ChatcodeError(
                f"{where}: there is no code {code[:12]!r}", "Codes are M and 1+ 1- to 11+ 11-."
            )
    chosen: dict[str, str | None] = dict.fromkeys(codes)
    for pair in (row.get("sub_reasons") or "").split():
        code, _, reason = pair.partition(":")
        if code not in chosen or reason not in sub_reasons.get(code, frozenset()):
            raise ChatcodeError(
                f"{where}: {code[:12]!r} has no such sub-reason here",
                "Write code:sub_reason as in the codebook.",
            )
        chosen[code] = reason
    return tuple(
        sorted((Choice(c, r) for c, r in chosen.items()), key=lambda c: (c.code, c.sub_reason or ""))
    )


def links_of(
    row: Mapping[str, str | None], where: str, entry: Entry, entries: Mapping[str, Entry]
) -> tuple[Link, ...]:
    """The links of a row; a ChatcodeError where one goes to no earlier message of the group."""
    links = set()
    for pair in (row.get("links") or "").split():
        kind, _, target_id = pair.partition(":")
        target = entries.get(target_id)
        if kind not in get_args(LinkKind) or target is None:
            raise ChatcodeError(
                f"{where}: a link names no message of this study",
                "Write feedback:ID, correction:ID or incident:ID.",
            )
        if target.group_id != entry.group_id or target.position >= entry.position:
            raise ChatcodeError(
                f"{where}: a link goes to an earlier message of the same group", "Mend or leave out the link."
            )
        links.add(Link(cast("LinkKind", kind), target_id))
    return tuple(sorted(links))
