"""`chatcode import`: read an export, pseudonymise it, and only then store it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID, uuid5

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, progress, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chatcode.anonymize.identities import Key
    from chatcode.domain import Export, Member, Tie
    from chatcode.study.store import Study


def import_(
    export: Annotated[Path, typer.Argument(help="What WhatsApp's Export chat wrote: .txt or .zip.")],
    group: Annotated[
        str | None, typer.Option(help="The label of the group in the study; not its real name.")
    ] = None,
    case: Annotated[str | None, typer.Option(help="The area that the group belongs to.")] = None,
    roles: Annotated[
        Path | None, typer.Option(help="Who has which role: a line per sender, name TAB roles.")
    ] = None,
    date_order: Annotated[
        str | None, typer.Option(help="Order of the date where the file leaves doubt: dmy, mdy or ymd.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would happen; write nothing.")
    ] = False,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    allow_shared: options.SharedOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Read an exported chat into the study, pseudonymised. The export itself is never copied.

    Example: chatcode import exports/noord.txt --group Noord --case Noord --roles noord.members.tsv
    """
    from chatcode.whatsapp import read_export

    known_roles = _roles(roles)
    with progress(f"Reading {export.name}", 1) as advance:
        read = read_export(export, date_order=date_order)
        advance(1)
    for line in _warnings(read):
        say(f"Note: {line}")
    if dry_run:
        joining = {} if group is None else _preview(read, group.strip(), study, key, passphrase_fd)
        _tell({**_found(export, read), **joining}, as_json)
        say("Nothing was written.")
        return
    if group is None or case is None:
        raise ChatcodeError(
            "an import needs a label for the group and its area", "Give --group LABEL and --case AREA."
        )
    for text, what in ((group, "--group"), (case, "--case")):
        if not text.strip():
            raise ChatcodeError(f"{what} is empty", "Give a label.")
        options.free_of_identifiers(text, what)
    with options.open_study(study) as opened:
        missing = opened.accountability().missing()
        if missing:
            say(f"Note: not told yet: {', '.join(missing)}. Tell it: chatcode init --update")
        opened_key = _key(opened, key, passphrase_fd, allow_shared)
        told = _import(opened, opened_key, export, read, group.strip(), case.strip(), known_roles)
        _tell({**_found(export, read), **told}, as_json)
        if told["unknown_roles"]:
            say(f"Note: {told['unknown_roles']} names of the roles file do not occur in this chat.")
        _narrate(told, group.strip())
    next_step("chatcode suggest", "let the codebook's cues propose codes")


def _preview(
    read: Export, label: str, study: Path | None, key: Path | None, descriptor: int | None
) -> dict[str, Any]:
    """What the export would add to a group that is there; nothing where the key is not given with it."""
    from chatcode.cli.joining import join

    if descriptor is None:
        say("Note: what it would add to the group is told with --passphrase-fd only.")
        return {}
    with options.open_study(study) as opened:
        group_id = next((group.id for group in opened.groups() if group.label == label), None)
        if group_id is None:
            return {}
        opened_key = options.open_key(opened, key, descriptor)
        kept = _kept(opened, opened_key, group_id, read)
        return {**join(opened, opened_key, group_id, label, kept.export).told(), **kept.told()}


def _import(
    study: Study,
    key: Key,
    path: Path,
    export: Export,
    label: str,
    case: str,
    roles: Mapping[str, frozenset[str]],
) -> dict[str, Any]:
    """Pseudonymise and store; the key first, since a key that knows too much harms nothing."""
    from chatcode.anonymize.chat import names_of, pseudonymise
    from chatcode.anonymize.forgetting import forget_people, known_again
    from chatcode.anonymize.joining import known_names
    from chatcode.cli.joining import join, ties_of
    from chatcode.cli.names import Lists

    group_id = _group_id(study, label, case)
    fingerprint = key.file_fingerprint(path.read_bytes())
    if study.has_export(group_id, fingerprint):
        return _roles_only(study, key, export, group_id, label, roles)
    elsewhere = study.group_of_export(fingerprint)
    if elsewhere is not None:
        raise ChatcodeError(
            f"this file was imported before, as the group {elsewhere}",
            "It would count twice; nothing was changed.",
        )
    purged = study.purged_on(group_id)
    if purged is not None:
        raise ChatcodeError(
            f"the words of {label} were purged on {purged}: no further export of it is taken in",
            "Nothing was changed.",
        )
    kept = _kept(study, key, group_id, export)
    joined = join(study, key, group_id, label, kept.export)
    shared = {name: alias.stored for name, alias in joined.shared.items()}
    names = names_of(export.messages)
    forgotten = known_again(key, group_id, names)
    known = {**known_names(names, shared, key, group_id, study.persons()), **forgotten}
    with progress("Pseudonymising", len(joined.positions)) as advance:
        done = pseudonymise(
            export.messages,
            group_id=group_id,
            group_name=export.findings.group_name,
            roles=roles,
            key=key,
            known=known,
            positions={kept.places[place]: position for place, position in joined.positions.items()},
            shift=joined.shift,
            stored=study.entries(group_id, as_stored=True),
            progress=advance,
        )
    ties = ties_of(joined, key, study, group_id, export.messages, done.members)
    if forgotten:
        texts = {entry.id: entry.text for entry in done.entries}
        labels = {done.members[name].id: done.members[name].label for name in forgotten}
        forget_people(key, labels, texts)
    key.save()
    moments = [message.sent_at - joined.shift for message in export.messages]
    told = {**joined.told(), **_people(ties), **kept.told()}
    with study.transaction():
        study.set_key(key.id)
        if all(group.id != group_id for group in study.groups()):
            study.add_group(label, case, group_id)
        study.put_members(done.members.values(), _told(roles, done.members))
        study.set_fingerprints(joined.renewed)
        if joined.moved:
            study.place_entries(group_id, joined.moved)
        study.add_entries(done.entries, [joined.fingerprints[place] for place in joined.positions])
        for tie in ties:
            study.add_tie(tie)
        study.add_export(group_id, fingerprint, min(moments), max(moments), {**_findings(export), **told})
        study.record("import", group=label, case=case, **told)
    return {
        **told,
        "redacted_anew": Lists(study, key).bring_up_to_date() if joined.merged else 0,
        "members": study.member_count(group_id),
        "roles_changed": 0,
        "unknown_roles": _unknown(roles, export),
    }


@dataclass(frozen=True, slots=True)
class _Kept:
    """An export without the messages of people who objected; `places` are those of the entries that stay."""

    export: Export
    places: Sequence[int]
    left_out: int
    new: int

    def told(self) -> dict[str, int]:
        return {"left_out": self.left_out, "left_out_new": self.new}


def _kept(study: Study, key: Key, group_id: str, export: Export) -> _Kept:
    """Leave out what people who objected wrote; counted anew is only what no earlier export covered."""
    from chatcode.anonymize.objectors import kept_places, objecting

    messages = export.messages
    names = objecting(key, group_id, _senders(export), study.persons())
    places = kept_places(messages, names) if names else list(range(len(messages)))
    if not places:
        raise ChatcodeError("everybody who writes here has objected", "Nothing was imported.")
    covered = study.covered(group_id)
    staying = set(places)
    out = [message for place, message in enumerate(messages) if place not in staying]
    new = sum(not any(start <= one.sent_at <= end for start, end in covered) for one in out)
    return _Kept(replace(export, messages=[messages[p] for p in places]), places, len(out), new)


def _roles_only(
    study: Study,
    key: Key,
    export: Export,
    group_id: str,
    label: str,
    roles: Mapping[str, frozenset[str]],
) -> dict[str, Any]:
    """The very same file again: only what the roles file says can be new."""
    members = key.persons.enrol(group_id, _senders(export), roles) if roles else {}
    with study.transaction():
        changed = study.put_members(members.values(), _told(roles, members))
        if changed:
            study.record("roles", group=label, changed=changed)
    return {
        "added": 0,
        "members": study.member_count(group_id),
        "roles_changed": changed,
        "unknown_roles": _unknown(roles, export),
    }


def _told(roles: Mapping[str, frozenset[str]], members: Mapping[str, Member]) -> set[str]:
    """The ids of those of whom the researcher told the roles."""
    from chatcode.anonymize.persons import alias_of

    named = {alias_of(name) for name in roles}
    return {member.id for name, member in members.items() if alias_of(name) in named}


def _people(ties: Sequence[Tie]) -> dict[str, int]:
    return {
        "linked": sum(tie.verdict == "same" for tie in ties),
        "look_alike": sum(tie.verdict == "likely" for tie in ties),
    }


def _findings(export: Export) -> dict[str, Any]:
    findings = export.findings
    return {
        "encoding": findings.encoding,
        "style": findings.style,
        "date_order": findings.date_order,
        "date_evidence": findings.date_evidence,
        "container": findings.container,
        "repairs": list(findings.repairs),
    }


def _group_id(study: Study, label: str, case: str) -> str:
    """The id of the group of this label, which follows from study and label.

    So an import that was cut off finds the same people in the key when it is run again.
    """
    cases = {one.id: one.name for one in study.cases()}
    for group in study.groups():
        if group.label == label:
            if cases[group.case_id] != case:
                raise ChatcodeError(
                    f"the group {label} belongs to the case {cases[group.case_id]}", f"Not to {case}."
                )
            return group.id
    return str(uuid5(UUID(study.settings().id), label))


def _key(study: Study, given: Path | None, descriptor: int | None, allow_shared: bool) -> Key:
    path = options.key_path(study.path, given)
    if study.settings().key_id is None and not path.is_file():
        key = options.create_key(path, descriptor, allow_shared=allow_shared)
        say(f"Made the key {path.name}. Keep it and its passphrase apart from the study.")
        return key
    return options.open_key(study, given, descriptor)


def _roles(path: Path | None) -> Mapping[str, frozenset[str]]:
    if path is None:
        return {}
    from chatcode.anonymize.roles import read_roles

    return read_roles(path)


def _unknown(roles: Mapping[str, frozenset[str]], export: Export) -> int:
    """How many names of the roles file do not occur in the chat: most likely they were typed otherwise."""
    from chatcode.anonymize.persons import alias_of

    people = {m.sender for m in export.messages} | {m.actor for m in export.messages}
    people |= {target for m in export.messages for target in m.targets}
    return len({alias_of(name) for name in roles} - {alias_of(name) for name in people if name})


def _senders(export: Export) -> list[str]:
    return list(dict.fromkeys(m.sender for m in export.messages if m.sender is not None))


def _found(path: Path, export: Export) -> dict[str, Any]:
    messages = export.messages
    findings = export.findings
    return {
        "file": path.name,
        "style": findings.style,
        "encoding": findings.encoding,
        "date_order": findings.date_order,
        "date_evidence": findings.date_evidence,
        "from": min(m.sent_at for m in messages).date().isoformat(),
        "to": max(m.sent_at for m in messages).date().isoformat(),
        "messages": sum(m.kind == "message" for m in messages),
        "notices": dict(Counter(m.event or "other" for m in messages if m.kind == "system")),
        "members": len(_senders(export)),
        "repairs": list(findings.repairs),
    }


def _warnings(export: Export) -> list[str]:
    lines = list(export.findings.repairs)
    if export.findings.date_evidence == "prior":
        lines.append(
            f"nothing in the file proves the order of its dates; {export.findings.date_order} is assumed"
            " (--date-order)"
        )
    return lines


def _narrate(told: Mapping[str, Any], group: str) -> None:
    if "already" not in told:
        say("This file was imported before: no entry was added.")
        return
    say(f"Added {told['added']} entries; {group} has {told['members']} members now.")
    if told["already"]:
        say(f"{told['already']} entries were there already.")
    if told["overlap"]:
        say(f"Shared with what was there: {told['overlap']['from']} to {told['overlap']['to']}.")
    if told["redacted_anew"]:
        say(f"{told['redacted_anew']} texts lost a name that this export made known; suggest again.")
    if told["changed_since"]:
        say(
            f"{told['changed_since']} entries differ from the earlier export, edited or deleted since;"
            " they stay as they were read first."
        )
    if told["clock_minutes"]:
        say(f"Its clock runs {told['clock_minutes']} minutes ahead; its times were set to the earlier clock.")
    for gap in told["gaps"]:
        say(f"Note: a gap, of which no export tells: {gap['from']} to {gap['to']}.")
    if told["left_out"]:
        say(f"{told['left_out']} messages of people who objected were left out.")
    if told["linked"]:
        say(f"{told['linked']} names turned out to be people known already: chatcode members")
    if told["look_alike"]:
        say(f"{told['look_alike']} names are like those of others; say who they are: chatcode members likely")


def _tell(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    rows = [
        {
            "what": name.replace("_", " "),
            "found": ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value,
        }
        for name, value in found.items()
        if value not in ([], {})
    ]
    print_rows(rows, ("what", "found"))
