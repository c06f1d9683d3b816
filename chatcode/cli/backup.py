"""`chatcode backup` and `chatcode restore`: copies that are proved, and nothing overwritten."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, say


def backup(
    study: options.StudyOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The copy; else beside the study, dated.")
    ] = None,
    as_json: options.JsonOption = False,
) -> None:
    """Copy the study and prove that the copy opens. The key file is not in it: keep that apart.

    Each coder works in a copy of their own, which `chatcode merge` brings together again.

    Example: chatcode backup --out /media/usb/waterstad.bak
    """
    from chatcode.study.backup import back_up

    with options.open_study(study) as opened:
        copy = back_up(opened, datetime.now(), out)  # noqa: DTZ005 the name is for the person at this clock
        opened.record("backup", file=copy.name)
    if as_json:
        print_json({"backup": str(copy)})
    if out and out.suffix == ".study":
        say(
            f"Copied to {copy.name}. A coder needs no key to work in it; a backup is whole with the key only."
        )
        next_step(f"chatcode review --study {copy.name} --coder NAME --way blind", "a coder's own copy")
    else:
        say(f"Copied to {copy.name}. Copy the key file too, to another place.")


def restore(
    copy: Annotated[Path, typer.Argument(help="The backup to put back.")],
    study: options.StudyOption = None,
) -> None:
    """Put a backup in the place of the study; what was there is kept under another name.

    Example: chatcode restore waterstad.study.20210902-101500.bak
    """
    from chatcode.study.backup import restore as put_back
    from chatcode.study.store import Study

    path = options.find_study(study)
    aside = put_back(copy, path, datetime.now())  # noqa: DTZ005 the name is for the person at this clock
    with Study.open(path) as opened:
        opened.record("restore", backup=copy.name)
    say(f"{path.name} is {copy.name} again." + (f" What was there is kept as {aside.name}." if aside else ""))
