"""The messages that coders differ on, with what was said around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chatcode.cli.output import next_step, print_json, print_lines, say

if TYPE_CHECKING:
    from chatcode.analysis.disagreement import Disagreement, Shared
    from chatcode.domain import Entry
    from chatcode.study.store import Study


def show_disagreements(
    study: Study, names: Sequence[str], shared: Sequence[Shared], context: int, as_json: bool
) -> None:
    """Print the messages that not everybody gave the same codes, what is mixed up most first."""
    from chatcode.analysis.disagreement import disagreements

    found = disagreements(shared, study.entries(), around=context)
    labels = {group.id: group.label for group in study.groups()}
    members = {member.id: member.label for member in study.members().values()}
    told = [_told(one, names, labels, members) for one in found]
    if as_json:
        who = dict(zip(("a", "b"), names, strict=True)) if len(names) == 2 else {"coders": list(names)}
        print_json({**who, "rows": told})
    else:
        _show(names, told)
    say(f"{len(found)} of {len(shared)} messages have other codes.")
    if found:
        next_step(f"chatcode adjudicate{_named(study, names)}", "settle them, with a memo each")


def _named(study: Study, names: Sequence[str]) -> str:
    """The coders behind a command, where they are not all that there are."""
    coders = set(study.coders()) - {study.adjudicator()}
    return "" if set(names) == coders or not coders.issuperset(names) else f" {' '.join(names)}"


def _told(
    one: Disagreement, names: Sequence[str], labels: Mapping[str, str], members: Mapping[str, str]
) -> dict[str, Any]:
    from chatcode.analysis.disagreement import written

    def said(entry: Entry) -> dict[str, str]:
        return {
            "sent_at": entry.sent_at.isoformat(sep=" "),
            "member": members.get(entry.member_id or "", "WhatsApp"),
            "text": entry.text,
        }

    codes = {name: written(codes) for name, codes in one.shared.codes.items()}
    return {
        "message_id": one.shared.entry.id,
        "area": one.shared.case,
        "group": labels[one.shared.entry.group_id],
        **said(one.shared.entry),
        **(dict(zip(("a", "b"), codes.values(), strict=True)) if len(names) == 2 else {"codes": codes}),
        "pattern": one.pattern,
        "before": [said(entry) for entry in one.before],
        "after": [said(entry) for entry in one.after],
    }


def _show(names: Sequence[str], told: Sequence[Mapping[str, Any]]) -> None:
    last = ""
    about = f"only {names[0]} / only {names[1]}" if len(names) == 2 else "some gave, others did not"
    for one in told:
        if one["pattern"] != last:
            last = one["pattern"]
            print_lines([f"== {about}: {last}", ""])
        codes = one.get("codes") or {names[0]: one["a"], names[1]: one["b"]}
        print_lines(
            [
                *(_line("  ", entry) for entry in one["before"]),
                f"{_line('->', one)}   [{one['group']}, {one['sent_at'][:10]}]",
                "   " + "   ".join(f"{name}: {given}" for name, given in codes.items()),
                *(_line("  ", entry) for entry in one["after"]),
                "",
            ]
        )


def _line(mark: str, entry: Mapping[str, str]) -> str:
    from chatcode.review.view import visible

    text = " / ".join(visible(entry["text"]).splitlines())
    return f"{mark} {entry['sent_at'][11:16]} {entry['member']}: {text}"
