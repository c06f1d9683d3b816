"""`chatcode exchange`: codings out to, and in from, other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, say
from chatcode.errors import ChatcodeError


def exchange(
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write messages and codings to this file.")
    ] = None,
    read: Annotated[Path | None, typer.Option("--read", help="Read codings from this csv file.")] = None,
    coder: options.CoderOption = None,
    round_: Annotated[
        int, typer.Option("--round", min=1, help="The pass that codings read in belong to.")
    ] = 1,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Write messages and codings as csv, or read codings that were made elsewhere.

    Example: chatcode exchange --read codings.csv --coder K1
    """
    if (csv is None) == (read is None):
        raise ChatcodeError("one of --csv FILE and --read FILE is needed", "See: chatcode exchange --help")
    if csv:
        _write(csv, study, coder, key, passphrase_fd, overwrite)
    elif read:
        if not coder:
            raise ChatcodeError("whose codings are these?", "Say so: --coder NAME")
        _read(read, study, coder, round_, as_json)


def _write(
    path: Path,
    study: Path | None,
    coder: str | None,
    key: Path | None,
    descriptor: int | None,
    overwrite: bool,
) -> None:
    from chatcode.cli.door import send
    from chatcode.exchange import tables

    with options.open_study(study) as opened:
        layer = opened.layer(coder)
        send(
            opened,
            {path: tables.write(layer)},
            empty={path: b""},
            key=key,
            descriptor=descriptor,
            overwrite=overwrite,
        )
        opened.record("exchange", file=path.name, entries=len(layer.entries), coder=layer.coder)
    say(f"Wrote {len(layer.entries)} entries to {path.name}: pseudonymised, and still personal data.")


def _read(path: Path, study: Path | None, coder: str, round_: int, as_json: bool) -> None:
    from chatcode.exchange import tables

    if not path.is_file():
        raise ChatcodeError(f"there is no file {path.name}", "Look at its name and folder.")
    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        entries = {entry.id: entry for entry in opened.entries()}
        found = tables.read(
            path.read_bytes(),
            path.name,
            entries=entries,
            groups=opened.groups(),
            in_force=opened.acts_in_force(list(entries), coder, round_),
            sub_reasons={
                code: frozenset(reason.id for reason in codebook.manual(code).sub_reasons)
                for code in codebook.codes
            },
        )
        with opened.transaction():
            if found.decisions:
                opened.confirm(found.decisions, coder=coder, round_=round_, codebook_hash=codebook.hash)
            opened.record("exchange", read=path.name, coder=coder, round=round_, acts=len(found.decisions))
    codes = sum(len(decision.choices) for decision in found.decisions)
    told = {
        "read": len(found.decisions),
        "codes": codes,
        "without_code": sum(not decision.choices for decision in found.decisions),
        "unchanged": found.unchanged,
        "not_reviewed": found.not_reviewed,
    }
    if as_json:
        print_json(told)
    say(
        f"Read {told['read']} reviewed messages of {coder}: {codes} codes, {told['without_code']} with none;"
        f" {told['unchanged']} were the same already, {told['not_reviewed']} are not reviewed."
    )
    next_step("chatcode report", "see the frequencies per month")
