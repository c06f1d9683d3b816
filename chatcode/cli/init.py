"""`chatcode init`: start a study."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, say
from chatcode.errors import ChatcodeError, StudyError

if TYPE_CHECKING:
    from chatcode.domain import Accountability

_QUESTIONS = {
    "data_plan": "Where is the data-management plan?",
    "legal_basis": "What is the legal basis for processing?",
    "informed": "How were the members informed?",
    "retain_until": "Until which day are the data kept (bewaartermijn, YYYY-MM-DD)?",
}


def init(
    path: Annotated[
        Path | None,
        typer.Argument(help="The study file to make, NAME.study; with --update the one to change."),
    ] = None,
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
    retain_until: Annotated[
        datetime | None,
        typer.Option(formats=options.DAY, help="The last day for which the data are kept (bewaartermijn)."),
    ] = None,
    quotes_least: Annotated[
        int | None,
        typer.Option("--quotes-least", min=2, help="So many must share what a quote tells of its writer: 3."),
    ] = None,
    update: Annotated[
        bool,
        typer.Option("--update", help="Tell plan, basis, information and term of a study that is there."),
    ] = False,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    allow_shared: options.SharedOption = False,
) -> None:
    """Start a study in a new file, or with --update tell later what was not told then.

    What is not given is asked at a terminal.

    Example: chatcode init waterstad.study --period 2020-09-01 2021-09-01 --baseline 2019-09-01 2020-09-01
    """
    from chatcode.domain import Accountability
    from chatcode.study.store import Study

    given = Accountability(data_plan, legal_basis, informed, retain_until.date() if retain_until else None)
    given = replace(given, quotes_least=quotes_least or 0)
    if update:
        if period or baseline or interim or key or passphrase_fd is not None:
            raise ChatcodeError(
                "--update tells plan, basis, information, term and what quotes need",
                "Periods of a case: chatcode cases. The key: chatcode key.",
            )
        _update(options.find_study(path), given)
        return
    if path is None:
        raise ChatcodeError("a study needs a name", "For instance: chatcode init waterstad.study")
    if path.suffix != ".study":
        raise ChatcodeError(f"{path.name} does not end in .study", f"For instance: {path.name}.study")
    if language not in ("nl", "en"):
        raise ChatcodeError(f"there are no documents in {language!r}", "Choose --lang nl or --lang en.")
    during, before = options.period_of(period, "period"), options.period_of(baseline, "baseline")
    if during and before and during.start < before.end and before.start < during.end:
        raise ChatcodeError("period and baseline overlap", "A day counts for one of them only.")
    if path.exists():
        raise StudyError(
            f"{path.name} is there already",
            "Choose another name, or tell more of it with --update; nothing was changed.",
        )
    told = _asked(_checked(given))
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
        data_plan=told.data_plan,
        legal_basis=told.legal_basis,
        informed=told.informed,
    ) as study:
        study.tell(retain_until=told.retain_until, quotes_least=told.quotes_least)
        options.codebook_of(study)
        if made is not None:
            study.set_key(made.id)
        study.record("init", language=language)
    if made is None:
        say(f"Started {path.name}. The key that keeps names apart is made at the first import.")
    else:
        say(f"Started {path.name} with the key {made.path.name}: keep the two, and the passphrase, apart.")
    next_step("chatcode import EXPORT --group LABEL --case AREA", "read a chat that WhatsApp exported")


def _update(path: Path, given: Accountability) -> None:
    from chatcode.study.store import Study

    with Study.open(path) as study:
        told = _asked(_checked(given), study.accountability())
        changed = {field: value for field, value in asdict(told).items() if value and field != "left_out"}
        if not changed:
            raise ChatcodeError(
                "nothing was told",
                "Give --data-plan, --legal-basis, --informed, --retain-until or --quotes-least.",
            )
        with study.transaction():
            study.tell(**changed)
            study.record("init update", told=sorted(changed))
        missing = study.accountability().missing()
    say(f"Kept in {path.name}." + (f" Not told yet: {', '.join(missing)}." if missing else ""))


def _checked(told: Accountability) -> Accountability:
    """The same, when none of it holds a number, plate or address."""
    for text, what in (
        (told.data_plan, "--data-plan"),
        (told.legal_basis, "--legal-basis"),
        (told.informed, "--informed"),
    ):
        options.free_of_identifiers(text, what)
    return told


def _asked(given: Accountability, before: Accountability | None = None) -> Accountability:
    """What is missing, asked where there is a person; an empty answer leaves it for later."""
    if not options.can_ask():
        return given
    known = asdict(before) if before else {}
    answers = asdict(given)
    for field, question in _QUESTIONS.items():
        if not answers[field] and not known.get(field):
            answers[field] = _answer(field, question)
    from chatcode.domain import Accountability

    return Accountability(**answers)


def _answer(field: str, question: str) -> object:
    while True:
        said = typer.prompt(f"{question} (Enter: later)", default="", show_default=False, err=True).strip()
        if not said:
            return None if field == "retain_until" else ""
        try:
            if field == "retain_until":
                return datetime.strptime(said, options.DAY[0]).date()
            return options.free_of_identifiers(said, "that")
        except ValueError:
            say("Write the day as 2031-09-01.")
        except ChatcodeError as refused:
            say(f"{refused.message}. {refused.hint}")
