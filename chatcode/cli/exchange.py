"""`chatcode exchange`: codings out to, and in from, other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatcode.cli import options
from chatcode.cli.coders import after_reading
from chatcode.cli.output import next_step, print_json, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.study.store import Study


def exchange(
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write messages and codings to this file, a row a message.")
    ] = None,
    long: Annotated[
        Path | None, typer.Option("--long", help="Write csv with a row for each coding of each coder.")
    ] = None,
    wide: Annotated[
        Path | None, typer.Option("--wide", help="Write csv with a column of 0 and 1 for each code.")
    ] = None,
    refi: Annotated[
        Path | None,
        typer.Option("--refi", help="Write a REFI-QDA project (.qdpx) for MAXQDA, NVivo and others."),
    ] = None,
    qdc: Annotated[Path | None, typer.Option("--qdc", help="Write the codebook as REFI-QDA (.qdc).")] = None,
    read: Annotated[
        Path | None, typer.Option("--read", help="Read codings from this csv or .qdpx file.")
    ] = None,
    coder: options.CoderOption = None,
    round_: Annotated[
        int, typer.Option("--round", min=1, help="The pass that codings read in belong to.")
    ] = 1,
    line_endings: Annotated[
        str,
        typer.Option(
            "--line-endings",
            help="Of the texts in a project: lf; or crlf, counted as two places, or crlf-as-one.",
        ),
    ] = "lf",
    lang: options.LangOption = None,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Write messages and codings as csv or for MAXQDA and others, or read codings that were made elsewhere.

    Example: chatcode exchange --refi study.qdpx
    """
    written = [path for path in (csv, long, wide, refi, qdc) if path]
    if written and read:
        raise ChatcodeError(
            "files are written or read, not both at once", "Say --read in a command of its own."
        )
    if not written and not read:
        raise ChatcodeError(
            "say what to write, or what to --read", "For instance: --csv FILE, --refi FILE or --read FILE"
        )
    if read:
        if read.suffix.lower() == ".qdpx":
            from chatcode.cli.refi import read_refi

            read_refi(read, study, coder, round_, as_json)
        elif read.suffix.lower() == ".qdc":
            raise ChatcodeError(
                f"{read.name} is a codebook and holds no codings",
                f"See it: chatcode codebook diff {read.name}",
            )
        elif not coder:
            raise ChatcodeError("whose codings are these?", "Say so: --coder NAME")
        else:
            _read(read, study, coder, round_, as_json)
        return
    if line_endings not in ("lf", "crlf", "crlf-as-one"):
        raise ChatcodeError(f"there are no line endings {line_endings!r}", "Choose lf, crlf or crlf-as-one.")
    with options.open_study(study) as opened:
        files = _tables(opened, csv, long, wide, coder)
        if refi or qdc:
            from chatcode.cli.refi import refi_files

            files |= refi_files(opened, refi, qdc, options.language_of(opened, lang), line_endings, coder)
        _send(opened, files, key, passphrase_fd, overwrite, as_json)


def _tables(
    study: Study, csv: Path | None, long: Path | None, wide: Path | None, coder: str | None
) -> dict[Path, tuple[bytes, bytes]]:
    """The csv files that were asked for, each with that of an empty study."""
    from chatcode.exchange import forms, tables

    files: dict[Path, tuple[bytes, bytes]] = {}
    if csv or wide:
        layer = study.layer(coder)
        if csv:
            files[csv] = (tables.write(layer), b"")
        if wide:
            files[wide] = (forms.write_wide(layer), b"")
    if long:
        coders = [coder] if coder else study.coders()
        acts = {name: study.layer_acts(name) for name in coders}
        files[long] = (
            forms.write_long(study.entries(), acts, groups=study.groups(), members=study.members()),
            b"",
        )
    return files


def _send(
    study: Study,
    files: dict[Path, tuple[bytes, bytes]],
    key: Path | None,
    descriptor: int | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    from chatcode.cli.door import send

    send(
        study,
        {path: data for path, (data, _) in files.items()},
        empty={path: empty for path, (_, empty) in files.items()},
        key=key,
        descriptor=descriptor,
        overwrite=overwrite,
    )
    entries = sum(sum(study.kinds(group.id).values()) for group in study.groups())
    rows = []
    for path in files:
        study.record("exchange", file=path.name, entries=entries)
        is_codebook = path.suffix.lower() == ".qdc"
        rows.append({"file": path.name, "entries": None if is_codebook else entries})
        if is_codebook:
            say(f"Wrote the codebook to {path.name}.")
        else:
            say(f"Wrote {entries} entries to {path.name}: pseudonymised, and still personal data.")
    if as_json:
        print_json({"rows": rows})
    first = next(iter(files))
    if first.suffix.lower() == ".qdc":
        next_step(f"chatcode codebook diff {first.name}", "after it was changed elsewhere")
    else:
        who = "" if first.suffix.lower() == ".qdpx" else " --coder NAME"
        next_step(f"chatcode exchange --read {first.name}{who}", "after coding in another program")


def _read(path: Path, study: Path | None, coder: str, round_: int, as_json: bool) -> None:
    from chatcode.exchange import tables
    from chatcode.exchange.forms import as_usual

    if not path.is_file():
        raise ChatcodeError(f"there is no file {path.name}", "Look at its name and folder.")
    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        entries = {entry.id: entry for entry in opened.entries()}
        found = tables.read(
            as_usual(path.read_bytes(), path.name, coder),
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
        several = len(opened.coders()) > 1 and not opened.adjudicator()
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
    after_reading(several)
