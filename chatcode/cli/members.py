"""`chatcode members`: who there are, which roles they have, and who is one person under two names."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from chatcode.cli import options
from chatcode.cli.output import print_json, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.anonymize.identities import Key
    from chatcode.domain import Entry, Member, Tie
    from chatcode.study.store import Study

app = typer.Typer(
    help="Who there are, which roles they have, and who is one person under two names.",
    invoke_without_command=True,
)

NamesOption = Annotated[
    bool, typer.Option("--names", help="Show the real names beside the labels; the key is needed.")
]
_Label = Annotated[str, typer.Argument(help="A label, such as Deelnemer-07.")]
_DAY = options.DAY


@app.callback()
def members(
    context: typer.Context,
    study: options.StudyOption = None,
    names: NamesOption = False,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """List the members with their roles; the commands below say who is who.

    Example: chatcode members --names
    """
    if context.invoked_subcommand is not None:
        return
    with options.open_study(study) as opened:
        real = _names(options.open_key(opened, key, passphrase_fd)) if names else {}
        people = opened.members()
        persons = opened.persons()
        for own, person in persons.items():
            real[person] = [*real.get(person, []), *real.get(own, [])]
        written = _written(opened)
        waiting = sum(tie.verdict == "likely" for tie in opened.ties())
        labels = {group.id: group.label for group in opened.groups()}
    rows: list[dict[str, Any]] = []
    for member in people.values():
        entries = written.get(member.id, [])
        row: dict[str, Any] = {
            "label": member.label,
            "roles": " ".join(_role(member, role) for role in sorted(member.roles)),
            "groups": ", ".join(dict.fromkeys(labels[entry.group_id] for entry in entries)),
            "messages": len(entries),
            "first": min((e.sent_at for e in entries), default=None),
            "last": max((e.sent_at for e in entries), default=None),
            "also": ", ".join(member.also),
        }
        row["first"], row["last"] = (row[c].date().isoformat() if row[c] else None for c in ("first", "last"))
        if names:
            row["names"] = " · ".join(dict.fromkeys(real.get(member.id, ())))
        rows.append(row)
    columns = (
        "label",
        "roles",
        "groups",
        "messages",
        "first",
        "last",
        "also",
        *(("names",) if names else ()),
    )
    if as_json:
        print_json({"rows": rows})
    else:
        print_rows(rows, columns, title="Members")
    proposed = sum(1 for member in people.values() if member.proposed)
    if proposed:
        say(f"{proposed} roles rest on a display name only (?): chatcode members confirm-roles, or: role")
    if waiting:
        say(f"{waiting} pairs look like one person: chatcode members likely")


@app.command()
def likely(
    study: options.StudyOption = None,
    names: NamesOption = False,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """List the pairs whose names are alike and who may be one person.

    Example: chatcode members likely --names
    """
    with options.open_study(study) as opened:
        real = _names(options.open_key(opened, key, passphrase_fd)) if names else {}
        labels = {member_id: label for label, member_id in opened.labels().items()}
        written = _written(opened)
        persons = opened.persons()
        rows: list[dict[str, Any]] = []
        for tie in _waiting(opened):
            row: dict[str, Any] = {
                "one": labels[tie.member_id],
                "other": labels[tie.other_id],
                "likeness": tie.share,
                "messages_one": len(written.get(persons.get(tie.member_id, tie.member_id), ())),
                "messages_other": len(written.get(persons.get(tie.other_id, tie.other_id), ())),
            }
            if names:
                row["names_one"] = " · ".join(dict.fromkeys(real.get(tie.member_id, ())))
                row["names_other"] = " · ".join(dict.fromkeys(real.get(tie.other_id, ())))
            rows.append(row)
    columns = ("one", "other", "likeness", "messages_one", "messages_other")
    if as_json:
        print_json({"rows": rows})
    else:
        shown = (*columns, *(("names_one", "names_other") if names else ()))
        print_rows(rows, shown, title="Perhaps one person")
    if rows:
        say("One person: chatcode members same ONE OTHER. Two people: chatcode members different ONE OTHER")


@app.command()
def same(one: _Label, other: _Label, study: options.StudyOption = None) -> None:
    """Count a member as another from now on: both are one person.

    Example: chatcode members same Deelnemer-12 Deelnemer-07
    """
    _say_of(one, other, "same", study)
    say(f"{one} and {other} are one person now. Not so? chatcode members undo")


@app.command()
def different(one: _Label, other: _Label, study: options.StudyOption = None) -> None:
    """Say that two members are two people: splits what was joined, drops what was proposed.

    Example: chatcode members different Deelnemer-12 Deelnemer-07
    """
    _say_of(one, other, "different", study)
    say(f"{one} and {other} are two people. Not so? chatcode members undo")


@app.command()
def undo(study: options.StudyOption = None) -> None:
    """Take back the latest word on who is one person, an import's too; again takes back the one before.

    Example: chatcode members undo
    """
    with options.open_study(study) as opened, opened.transaction():
        tie = opened.undo_tie()
        if tie is None:
            raise ChatcodeError("nothing was said of two members that still stands", "See: chatcode members")
        labels = {member_id: label for label, member_id in opened.labels().items()}
        one, other = labels[tie.member_id], labels[tie.other_id]
        opened.record("members undo", one=one, other=other, verdict=tie.verdict)
    say(f"Taken back: {one} and {other} are {'one person' if tie.verdict == 'same' else 'two people'}.")


@app.command()
def role(
    label: _Label,
    name: Annotated[str, typer.Argument(help="beheerder, professional, deelnemer or onderzoeker.")],
    since: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="The first day of the role; else from the start.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="The day after its last; else until now.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the role away.")] = False,
    study: options.StudyOption = None,
) -> None:
    """Give a member a role, perhaps for some days only, or take one away.

    Example: chatcode members role Deelnemer-07 beheerder --since 2020-11-01
    """
    from chatcode.domain import ROLES

    if name not in ROLES:
        raise ChatcodeError(f"there is no role {name[:20]!r}", f"Known roles: {', '.join(ROLES)}")
    if since and until and until <= since:
        raise ChatcodeError(
            "the role ends before it starts", "Give its first day and the day after its last."
        )
    with options.open_study(study) as opened, opened.transaction():
        member_id = _member_id(opened, label)
        member_id = opened.persons().get(member_id, member_id)
        if remove:
            if name not in opened.members()[member_id].roles:
                raise ChatcodeError(f"{label} is no {name}", "See: chatcode members")
            opened.drop_role(member_id, name)
        else:
            opened.set_role(member_id, name, since.date() if since else None, until.date() if until else None)
        opened.record(
            "members role",
            member=label,
            role=name,
            removed=remove,
            since=since.date().isoformat() if since else None,
            until=until.date().isoformat() if until else None,
        )
    say(f"{label} is {'no longer ' if remove else ''}{name}.")


@app.command("confirm-roles")
def confirm_roles(study: options.StudyOption = None) -> None:
    """Confirm all roles that display names proposed, once you have looked at the list.

    Example: chatcode members confirm-roles
    """
    with options.open_study(study) as opened, opened.transaction():
        count = opened.confirm_roles()
        if count:
            opened.record("members confirm-roles", roles=count)
    say(f"{count} roles confirmed." if count else "No role waits for confirmation.")


def _say_of(one: str, other: str, verdict: str, study: Any) -> None:  # noqa: ANN401 the option's own type
    from chatcode.domain import Tie

    assert verdict in ("same", "different")
    with options.open_study(study) as opened, opened.transaction():
        first, second = _member_id(opened, one), _member_id(opened, other)
        if first == second:
            raise ChatcodeError("that is one label twice", "See: chatcode members")
        opened.add_tie(
            Tie(str(uuid4()), first, second, "same" if verdict == "same" else "different", "person")
        )
        opened.record(f"members {verdict}", one=one, other=other)


def _member_id(study: Study, label: str) -> str:
    found = study.labels().get(label)
    if found is None:
        raise ChatcodeError(f"there is no member {label[:30]!r}", "See the labels: chatcode members")
    return found


def _role(member: Member, role: str) -> str:
    days = [f"{t.since or ''}..{t.until or ''}" for t in member.terms if t.role == role]
    return role + "".join(f"({d})" for d in days) + ("?" if role in member.proposed else "")


def _names(key: Key) -> dict[str, list[str]]:
    return {person.id: [name for _, name in person.aliases] for person in key.persons.values()}


def _written(study: Study) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in study.entries():
        if entry.kind == "message" and entry.member_id is not None:
            found.setdefault(entry.member_id, []).append(entry)
    return found


def _waiting(study: Study) -> list[Tie]:
    persons = study.persons()
    return [
        tie
        for tie in study.ties()
        if tie.verdict == "likely"
        and persons.get(tie.member_id, tie.member_id) != persons.get(tie.other_id, tie.other_id)
    ]
