"""`chatcode note`: the interim advisory note."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from chatcode.cli import options
from chatcode.cli.output import print_json, say
from chatcode.errors import ChatcodeError


def note(
    out: options.OutOption = None,
    template: Annotated[
        Path | None, typer.Option(help="A Word template of your own; else the one that comes with chatcode.")
    ] = None,
    save_template: Annotated[
        Path | None, typer.Option(help="Save chatcode's own template here, to be edited in Word.")
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=options.DAY, help="Look only at messages before this day; else at all of them."),
    ] = None,
    made_on: Annotated[
        datetime | None, typer.Option(formats=options.DAY, help="The day to print; else today.")
    ] = None,
    lang: options.LangOption = None,
    coder: options.CoderOption = None,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Make the interim advisory note: what goes well, three priorities, advice per intervention.

    Example: chatcode note --out adviesnotitie.docx
    """
    from chatcode.analysis.assessment import cells
    from chatcode.analysis.frequency import frequencies
    from chatcode.cli.documents import as_data, deliver
    from chatcode.report import docx
    from chatcode.report.note import interim_note

    if save_template:
        _save_template(save_template, overwrite)
        return
    own = _template(template)
    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        layer, nobody = opened.layer(coder), opened.empty_layer()
        language = options.language_of(opened, lang)
        day = made_on.date() if made_on else date.today()  # noqa: DTZ011 the day where the evaluator is
        document = interim_note(
            layer,
            frequencies(layer, codebook),
            cells(layer, codebook, opened.marks(), **opened.beside().counted()),
            codebook,
            lang=language,
            study=opened.path.stem,
            made_on=day,
            until=until.date() if until else None,
            told=opened.accountability(),
        )
        if as_json:
            print_json(as_data(document))
            return
        deliver(
            opened,
            document,
            empty=interim_note(nobody, [], [], codebook, lang=language, study="", made_on=day),
            out=out,
            key=key,
            descriptor=passphrase_fd,
            overwrite=overwrite,
            more={".docx": lambda content: docx.render(content, own)},
        )
        if out:
            opened.record("note", files=len(out), coder=layer.coder, lang=language)
    if out:
        say("An interim note: read it, fill in who and when, and only then hand it over.")


def _template(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError:
        raise ChatcodeError(f"{path.name} cannot be read", "Look at its name and folder.") from None


def _save_template(path: Path, overwrite: bool) -> None:
    from chatcode.report.docx import own_template

    if path.exists() and not overwrite:
        raise ChatcodeError(f"{path.name} is there already", "Choose another name, or say --overwrite.")
    path.write_bytes(own_template())
    say(f"Saved {path}. Edit it in Word, then: chatcode note --template {path} --out NOTE.docx")
