"""`chatcode purge`: take the words of a member, a group or a case out of study and key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chatcode.anonymize.identities import Key
    from chatcode.study.store import Study


def purge(
    member: Annotated[str | None, typer.Option(help="A member's label, such as Deelnemer-07.")] = None,
    case: Annotated[str | None, typer.Option(help="A case, with all its groups.")] = None,
    group: Annotated[str | None, typer.Option(help="A group's label.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would go; change nothing.")] = False,
    yes: options.YesOption = False,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Take the words of a member, group or case out for good; entries, codes and counts stay.

    Example: chatcode purge --member Deelnemer-07
    """
    with options.open_study(study) as opened:
        scope = _scope(opened, member, case, group)
        told: dict[str, Any] = {scope.what: scope.name, **opened.purgeable(scope.entry_ids)}
        if dry_run:
            _print({**told, "dry_run": True}, as_json)
            say("Nothing was changed.")
            return
        sealed = None
        if opened.key_destroyed() is None and opened.settings().key_id is not None:
            sealed = options.open_key(opened, key, passphrase_fd)
        options.confirm(
            scope.name, f"The words of {told['entries']} entries of {scope.name} will be gone", yes=yes
        )
        # The key first: words without a name are less than a name without words.
        if sealed is not None:
            told |= _forget(opened, sealed, scope)
        with opened.transaction():
            opened.purge(scope.entry_ids, scope.group_ids)
            opened.record("purge", **told)
        opened.squeeze()
        copies = _copies(opened)
    _print({**told, "not_reached": copies}, as_json)
    say(f"The words of {scope.name} are gone from the study" + (" and the key." if sealed else "."))
    say("Not reached, and yours to remove:")
    for name in copies:
        say(f"  {name} holds the study as it was")
    for line in _OUT_OF_REACH:
        say(f"  {line}")
    if told["models"]:
        next_step("chatcode train", "models hold words of what they learned from, so they were emptied")


_OUT_OF_REACH = (
    "other backups, coders' copies of the study (purge them too), and backups and paper copies of the key",
    "the exported chat itself, documents and csv files handed out, and quotes in notes that were sealed",
    "what others wrote about them, and what people typed in elsewhere: reasons, evidence, minutes",
    "models that were handed out",
    "traces on the disk itself, which only an encrypted disk guards",
)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Whose words go: entries, and of whom or of which groups the key forgets."""

    what: str
    name: str
    entry_ids: Sequence[str]
    labels: Mapping[str, str]
    group_ids: Sequence[str] = ()


def _scope(study: Study, member: str | None, case: str | None, group: str | None) -> _Scope:
    if sum(given is not None for given in (member, case, group)) != 1:
        raise ChatcodeError("whose words?", "Give one of --member LABEL, --group LABEL and --case NAME.")
    if member is not None:
        labels = study.labels()
        if member not in labels:
            raise ChatcodeError(f"there is no member {member[:30]!r}", "See the labels: chatcode members")
        persons = study.persons()
        person = persons.get(labels[member], labels[member])
        own = {one: label for label, one in labels.items() if persons.get(one, one) == person}
        return _Scope("member", member, study.written_by(list(own)), own)
    cases = {one.name: one.id for one in study.cases()}
    if case is not None and case not in cases:
        raise ChatcodeError(f"there is no case {case[:30]!r}", "See the cases: chatcode cases")
    groups = [
        g.id for g in study.groups() if (g.label == group if case is None else g.case_id == cases[case])
    ]
    if not groups:
        raise ChatcodeError(f"there is no group {str(group)[:30]!r}", "See the groups: chatcode cases")
    what, name = ("group", group) if case is None else ("case", case)
    return _Scope(what, str(name), study.within(groups), {}, groups)


def _forget(study: Study, key: Key, scope: _Scope) -> dict[str, int]:
    """Let the key forget, and keep what is needed to know these entries again without their words."""
    from chatcode.anonymize import forgetting
    from chatcode.cli.joining import renew

    texts = {entry.id: entry.text for entry in study.entries(as_stored=True)}
    key.settle(texts)
    for group in study.groups():
        study.set_fingerprints(renew(study, key, group.id))
    values = forgetting.forget_entries(key, scope.entry_ids)
    if scope.group_ids:
        names = forgetting.forget_groups(key, scope.group_ids)
    else:
        names = forgetting.forget_people(key, scope.labels, texts)
    gone = set(scope.entry_ids)
    things = forgetting.forget_things(key, (text for one, text in texts.items() if one not in gone))
    key.save()
    return {"names": names, "values": values, "things": things}


def _copies(study: Study) -> list[str]:
    """Copies of the study that are known of: beside it, and those that were made elsewhere."""
    beside = {
        path.name
        for path in study.path.parent.glob(f"{study.path.name}.*")
        if path.is_file() and not path.name.endswith("-journal")
    }
    made = {
        str(line["details"]["file"])
        for line in study.log()
        if line["command"] == "backup" and line["details"]
    }
    return sorted(beside | made)


def _print(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(told)
        return
    rows = [
        {"what": name.replace("_", " "), "found": value}
        for name, value in told.items()
        if not isinstance(value, list)
    ]
    print_rows(rows, ("what", "found"), title="Purge")
