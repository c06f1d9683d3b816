"""`chatcode objectors`: people whose messages are not taken in; their names stay in the key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.anonymize.identities import Key
    from chatcode.study.store import Study

app = typer.Typer(
    help="People who object: what they write is left out of every import. Names stay in the key.",
    no_args_is_help=True,
)


@app.command()
def add(
    file: Annotated[
        Path | None,
        typer.Option(
            help="Read the names from this file, one a line (- is standard input); else they are asked."
        ),
    ] = None,
    group: Annotated[
        str | None, typer.Option(help="The objection holds in this group only; else in all.")
    ] = None,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
) -> None:
    """Put people on the list, by the name or number that the chat shows; names are never typed as options.

    Example: chatcode objectors add
    """
    from chatcode.anonymize import objectors

    with options.open_study(study) as opened:
        group_id = _group_id(opened, group)
        found = options.open_key(opened, key, passphrase_fd)
        names = _names(file)
        added = objectors.add(found, names, group_id)
        if added:
            found.save()
            opened.record("objectors add", added=added)
        present = _present(opened, found)
    say(f"{added} put on the list; {len(names) - added} stood there already.")
    say("What they write is left out of every import from now on.")
    if present:
        say(f"Messages of theirs are in the study already, as {', '.join(present)}.")
        next_step(f"chatcode purge --member {present[0]}", "take their words out of the study")


@app.command("list")
def list_(
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Show who objected, by name: the key is needed.

    Example: chatcode objectors list
    """
    with options.open_study(study) as opened:
        labels = {group.id: group.label for group in opened.groups()}
        own = {member_id: label for label, member_id in opened.labels().items()}
        found = options.open_key(opened, key, passphrase_fd)
    rows: list[dict[str, Any]] = [
        {
            "number": number,
            "name": one.name or f"purged: {own.get(one.person_id, 'a member')}",
            "group": labels.get(one.group_id, "one not imported yet") if one.group_id else "all",
        }
        for number, one in enumerate(found.objectors, start=1)
    ]
    if as_json:
        print_json({"rows": rows})
    else:
        print_rows(rows, ("number", "name", "group"), title="Objectors")


@app.command()
def remove(
    number: Annotated[int, typer.Argument(min=1, help="The number in `chatcode objectors list`.")],
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
) -> None:
    """Take somebody off the list; what was left out comes in with a further export of other days only.

    Example: chatcode objectors remove 2
    """
    with options.open_study(study) as opened:
        found = options.open_key(opened, key, passphrase_fd)
        if number > len(found.objectors):
            raise ChatcodeError(f"there is no number {number}", "See: chatcode objectors list")
        del found.objectors[number - 1]
        found.save()
        opened.record("objectors remove", removed=1)
    say(f"Number {number} is off the list; the numbers after it move up.")


def _names(file: Path | None) -> list[str]:
    from chatcode.anonymize import objectors

    if file is not None:
        if str(file) == "-":
            return objectors.read_names(typer.get_text_stream("stdin").read())
        return objectors.read_file(file)
    if not options.can_ask():
        raise ChatcodeError(
            "there is nobody to ask for the names", "Give --file FILE, or --file - and a pipe."
        )
    names: list[str] = []
    while said := typer.prompt("Name (Enter: done)", default="", show_default=False, err=True).strip():
        names.append(said)
    return names


def _group_id(study: Study, label: str | None) -> str:
    if label is None:
        return ""
    found = next((group.id for group in study.groups() if group.label == label), None)
    if found is None:
        raise ChatcodeError(f"there is no group {label!r}", "See: chatcode cases")
    return found


def _present(study: Study, key: Key) -> list[str]:
    """The labels of people on the list who have messages in the study."""
    from chatcode.anonymize.objectors import objecting

    persons, people = study.persons(), study.members()
    written = study.writers()
    found: dict[str, None] = {}
    for group in study.groups():
        names = key.persons.aliases(group.id)
        for name in objecting(key, group.id, names, persons):
            person = persons.get(names[name], names[name])
            if person in written:
                found[people[person].label] = None
    return list(found)
