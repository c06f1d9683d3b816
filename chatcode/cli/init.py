"""`chatcode init`: start a study."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, say
from chatcode.errors import ChatcodeError, StudyError


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
    allow_shared: options.SharedOption = False,
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
    for text, what in ((data_plan, "--data-plan"), (legal_basis, "--legal-basis"), (informed, "--informed")):
        options.free_of_identifiers(text, what)
    if path.exists():
        raise StudyError(f"{path.name} is there already", "Choose another name; nothing was changed.")
    # The key comes first: without its passphrase there is to be no half-made study.
    made = None
    if passphrase_fd is not None or key is not None:
        made = options.create_key(options.key_path(path, key), passphrase_fd, allow_shared=allow_shared)
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
        if made is not None:
            study.set_key(made.id)
        study.record("init", language=language)
    if made is None:
        say(f"Started {path.name}. The key that keeps names apart is made at the first import.")
    else:
        say(f"Started {path.name} with the key {made.path.name}: keep the two, and the passphrase, apart.")
    next_step("chatcode import EXPORT --group LABEL --case AREA", "read a chat that WhatsApp exported")
