"""`chatcode find`: messages by their words and codes, and what was noted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.domain import Act
    from chatcode.study.store import Study

_COLUMNS = ("kind", "id", "group", "sent_at", "member", "codes", "text")


def find(
    words: Annotated[
        str | None, typer.Argument(help="Words to look for in messages, memos and media notes.")
    ] = None,
    code: Annotated[
        str | None, typer.Option("--code", help="Only messages with this code in force, as reports count.")
    ] = None,
    group: Annotated[str | None, typer.Option("--group", help="Only this chat group.")] = None,
    month: Annotated[str | None, typer.Option("--month", help="Only this month, as 2021-03.")] = None,
    role: Annotated[
        str | None, typer.Option("--role", help="Only messages by somebody of this role.")
    ] = None,
    coder: options.CoderOption = None,
    most: Annotated[int, typer.Option("--most", min=1, help="At most so many messages.")] = 1000,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Find messages and notes by words, code, group and month; from a count in a report to its messages.

    Example: chatcode find --code 1+ --group Noord --month 2021-03
    """
    from chatcode.domain import CODES, ROLES

    if not any((words, code, group, month, role)):
        raise ChatcodeError("what is to be found?", "Give words, --code, --group, --month or --role.")
    if code is not None and code not in CODES:
        raise ChatcodeError(f"there is no code {code[:12]!r}", "See the codes: chatcode codebook show")
    if month is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise ChatcodeError("a month is written as 2021-03", "For instance: --month 2021-03")
    if role is not None and role not in ROLES:
        raise ChatcodeError(f"there is no role {role[:20]!r}", f"The roles are {', '.join(ROLES)}.")
    with options.open_study(study) as opened:
        labels = [one.label for one in opened.groups()]
        if group is not None and group not in labels:
            raise ChatcodeError(f"there is no group {group[:20]!r}", f"The groups are {', '.join(labels)}.")
        counting = _coder(opened, coder, needed=code is not None)
        rows = _messages(opened, counting, words or "", code, group or "", month or "", role or "", most)
        counted = len(rows)
        if words and not (code or role):
            rows += _notes(opened, words, group or "", month or "", coder or "")
    if as_json:
        print_json({"rows": rows})
    else:
        print_rows(rows, _COLUMNS, title="Found")
    cut = f" (the first {most}; --most shows more)" if counted == most else ""
    say(f"Found {counted} messages{cut} and {len(rows) - counted} notes.")
    next_step("chatcode review --coder NAME", "g and a message's id goes there")


def _coder(study: Study, coder: str | None, *, needed: bool) -> str | None:
    """Whose codes are told; where several coded and none is named, nobody's unless codes are asked for."""
    if needed or coder is not None:
        return study.counting_coder(coder)
    coders = study.coders()
    return coders[0] if len(coders) == 1 else study.adjudicator()


def _messages(
    study: Study,
    coder: str | None,
    words: str,
    code: str | None,
    group: str,
    month: str,
    role: str,
    most: int,
) -> list[dict[str, Any]]:
    only = None if code is None or coder is None else study.coded_with(code, coder)
    entries = study.find_entries(words, group=group, month=month, role=role, only=only, most=most)
    acts = study.last_acts([entry.id for entry in entries], coder) if coder else {}
    labels = {one.id: one.label for one in study.groups()}
    members = study.members()
    return [
        {
            "kind": entry.kind,
            "id": entry.id,
            "group": labels[entry.group_id],
            "sent_at": entry.sent_at.isoformat(timespec="minutes"),
            "member": members[entry.member_id].label if entry.member_id else None,
            "codes": _codes(acts.get(entry.id)),
            "text": entry.text,
        }
        for entry in entries
    ]


def _codes(act: Act | None) -> str | None:
    """The codes with blanks between them; None where the message is not reviewed."""
    from chatcode.domain import CODES

    return " ".join(sorted(act.codes, key=CODES.index)) if act else None


def _notes(study: Study, words: str, group: str, month: str, coder: str) -> list[dict[str, Any]]:
    from chatcode.study.connection import folded

    wanted = folded(words)
    groups = {entry.id: entry for entry in study.groups()}
    noted = [one for one in study.logbook() if wanted in folded(one.text)]
    places = {
        entry.id: entry for entry in study.some_entries([one.entry_id for one in noted if one.entry_id])
    }
    rows = []
    for one in noted:
        place = places.get(one.entry_id or "")
        label = groups[place.group_id].label if place else None
        at = place.sent_at if place else one.at
        if (group and label != group) or (month and f"{at:%Y-%m}" != month) or (coder and one.by != coder):
            continue
        rows.append(
            {
                "kind": f"memo ({one.kind})" if one.kind not in ("media", "codebook") else one.kind,
                "id": one.entry_id or one.id,
                "group": label,
                "sent_at": at.isoformat(timespec="minutes"),
                "member": one.by,
                "codes": one.about if one.kind == "code" else None,
                "text": one.text,
            }
        )
    return rows
