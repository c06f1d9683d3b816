"""Codings as csv in two more forms: one row a coding (long), and a column for every code (wide).

Both come back by the same road as the usual form: they are turned into its rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from chatcode.domain import CODES, Act, Entry, Group, Layer, Member
from chatcode.errors import ChatcodeError
from chatcode.exchange.tables import COLUMNS, joined

LONG = (
    "message_id", "group", "month", "sent_at", "member", "role", "kind", "coder", "round", "mode",
    "decided_at", "codebook", "code", "sub_reason", "links",
)  # fmt: skip
WIDE = ("message_id", "group", "month", "sent_at", "member", "role", "kind", "text", "coder")


def write_long(
    entries: Sequence[Entry],
    acts: Mapping[str, Mapping[str, Act]],
    *,
    groups: Sequence[Group],
    members: Mapping[str, Member],
) -> bytes:
    """Write one row a coding of every coder: acts in force; a reviewed message without a code has one row."""
    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow(LONG)
    labels = {group.id: group.label for group in groups}
    for entry in entries:
        for coder in sorted(acts):
            act = acts[coder].get(entry.id)
            if act is None:
                continue
            who = _who(entry, labels, members)
            links = joined((k.kind, k.target_id) for k in act.links)
            decided = (act.round, act.mode, act.at.isoformat(timespec="milliseconds"), act.codebook_hash)
            choices = sorted(act.choices, key=lambda choice: CODES.index(choice.code))
            for code, sub_reason in [(c.code, c.sub_reason) for c in choices] or [("", None)]:
                rows.writerow((*who, coder, *decided, code, sub_reason or "", links))
    return stream.getvalue().encode("utf-8")


def write_wide(layer: Layer) -> bytes:
    """Write one row an entry with a column a code: 1 or 0, and empty where it is not reviewed."""
    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow((*WIDE, *CODES, "sub_reasons", "links"))
    labels = {group.id: group.label for group in layer.groups}
    for entry in layer.entries:
        act = layer.acts.get(entry.id)
        rows.writerow(
            (
                *_who(entry, labels, layer.members),
                entry.text,
                act.coder if act else "",
                *(int(code in act.codes) if act else "" for code in CODES),
                joined((c.code, c.sub_reason) for c in act.choices if c.sub_reason) if act else "",
                joined((k.kind, k.target_id) for k in act.links) if act else "",
            )
        )
    return stream.getvalue().encode("utf-8")


def _who(entry: Entry, labels: Mapping[str, str], members: Mapping[str, Member]) -> tuple[str, ...]:
    member = members.get(entry.member_id or "")
    return (
        entry.id,
        labels[entry.group_id],
        f"{entry.sent_at:%Y-%m}",
        entry.sent_at.isoformat(sep=" "),
        member.label if member else "",
        " ".join(sorted(member.roles_on(entry.sent_at.date()))) if member else "",
        entry.kind,
    )


def as_usual(data: bytes, origin: str, coder: str) -> bytes:
    """Turn a long or wide csv into the usual form; anything else is given back as it is.

    Of a long one the rows of `coder` are taken.

    Raises:
        ChatcodeError: a long file has no codings by that coder, or a wide one another value than 0 and 1.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    names = {name.strip().strip('"') for name in head.split(delimiter)}
    if "message_id" not in names or "codes" in names:
        return data
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    if "code" in names:
        return _usual(_from_long(reader, origin, coder))
    if set(CODES) <= names:
        return _usual([_from_wide(row, f"{origin}:{reader.line_num}") for row in reader])
    return data


def _from_long(reader: csv.DictReader[str], origin: str, coder: str) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    others = set()
    for row in reader:
        if row["coder"] != coder:
            others.add(row["coder"])
            continue
        one = found.setdefault(
            row["message_id"], {**row, "codes": "", "sub_reasons": "", "links": row.get("links") or ""}
        )
        one["codes"] = f"{one['codes']} {row['code']}".strip()
        if row.get("sub_reason"):
            one["sub_reasons"] = f"{one['sub_reasons']} {row['code']}:{row['sub_reason']}".strip()
    if not found:
        raise ChatcodeError(
            f"{origin} has no codings by {coder}",
            f"There are codings by: {', '.join(sorted(others)) or 'nobody'}.",
        )
    return list(found.values())


def _from_wide(row: Mapping[str, str], where: str) -> dict[str, str]:
    told = {code: (row[code] or "").strip() for code in CODES}
    if set(told.values()) - {"0", "1", ""}:
        raise ChatcodeError(f"{where}: a code column holds something else than 0 or 1", "Write 0 or 1.")
    return {**row, "codes": " ".join(code for code, value in told.items() if value == "1")}


def _usual(rows: Sequence[Mapping[str, str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, extrasaction="ignore", restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8")
