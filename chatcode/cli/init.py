"""`chatcode init`: start a study."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, say
from chatcode.errors import ChatcodeError


def init(
    path: Annotated[Path, typer.Argument(help="The study file to make, NAME.study.")],
    period: Annotated[
        tuple[datetime, datetime] | None,
        typer.Option(formats=options.DAY, help="First day of the experiment and the day after its last."),
    ] = None,
    baseline: Annotated[
        tuple[datetime, datetime] | None,
        typer.Option(formats=options.DAY, help="The same for the time before, to compare with."),
    ] = None,
    interim: Annotated[
        datetime | None, typer.Option(formats=options.DAY, help="Day of the interim meeting.")
    ] = None,
    language: Annotated[str, typer.Option("--lang", help="Language of the documents: nl or en.")] = "nl",
    data_plan: Annotated[str, typer.Option(help="Where the data-management plan is.")] = "",
    legal_basis: Annotated[str, typer.Option(help="The legal basis for processing.")] = "",
    informed: Annotated[str, typer.Option(help="How the members were informed.")] = "",
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
) -> None:
    """Start a study in a new file.

    Example: chatcode init waterstad.study --period 2020-09-01 2021-09-01 --baseline 2019-09-01 2020-09-01
    """
    from chatcode.study.store import Study

    if path.suffix != ".study":
        raise ChatcodeError(f"{path.name} does not end in .study", f"For instance: {path.name}.study")
    if language not in ("nl", "en"):
        raise ChatcodeError(f"there are no documents in {language!r}", "Choose --lang nl or --lang en.")
    during, before = options.period_of(period, "period"), options.period_of(baseline, "baseline")
    if during and before and during.start < before.end and before.start < during.end:
        raise ChatcodeError("period and baseline overlap", "A day counts for one of them only.")
    with Study.create(
        path,
        period=during,
        baseline=before,
        interim=interim.date() if interim else None,
        language=language,
        data_plan=data_plan,
        legal_basis=legal_basis,
        informed=informed,
    ) as study:
        options.codebook_of(study)
        study.record("init", language=language)
    say(f"Started {path.name}. The key that keeps names apart is made at the first import.")
    if passphrase_fd is not None or key is not None:
        _make_key(path, key, passphrase_fd)
    next_step("chatcode import EXPORT --group LABEL --case AREA", "read a chat that WhatsApp exported")


def _make_key(path: Path, given: Path | None, descriptor: int | None) -> None:
    from chatcode.study.store import Study

    made = options.create_key(options.key_path(path, given), descriptor)
    with Study.open(path) as study:
        study.set_key(made.id)
    say(f"Made the key {made.path.name}. Keep it and its passphrase apart from the study.")
