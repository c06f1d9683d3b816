"""`chatcode intake`: what was agreed or done already, per case and intervention, before the start."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from chatcode.cli import given, options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.codebook import Codebook
    from chatcode.domain import Intake
    from chatcode.study.store import Study

State = Literal["agreed", "practice", "not_agreed"]
STATES: tuple[State, ...] = ("agreed", "practice", "not_agreed")
# What people write in a sheet, in Dutch or English.
_WRITTEN: dict[str, State] = {
    "agreed": "agreed", "afgesproken": "agreed", "ja": "agreed",
    "practice": "practice", "already practice": "practice", "praktijk": "practice",
    "al praktijk": "practice", "deden we al": "practice",
    "not_agreed": "not_agreed", "not agreed": "not_agreed", "n.a.": "not_agreed",
    "niet afgesproken": "not_agreed", "n.v.t.": "not_agreed", "nvt": "not_agreed", "nee": "not_agreed",
}  # fmt: skip
COLUMNS = ("case", "intervention", "name", "state", "reason")


def intake(
    case: given.CaseOption = None,
    intervention: Annotated[int | None, typer.Option("--intervention", "-i", help="Its number.")] = None,
    state: Annotated[
        str | None, typer.Option(help="agreed, practice (done already) or not_agreed (or not applicable).")
    ] = None,
    reason: Annotated[str, typer.Option(help="What this rests on, in a sentence.")] = "",
    by: given.ByOption = "researcher",
    sheet: Annotated[
        Path | None, typer.Option(help="Write the whole sheet to this .xlsx or .csv, to be filled in.")
    ] = None,
    read: Annotated[Path | None, typer.Option(help="Read a sheet that was filled in.")] = None,
    lang: options.LangOption = None,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Enter what was agreed before the start, one cell or a whole sheet, or show it.

    Example: chatcode intake --case Noord -i 4 --state practice --reason "told at every welcome"
    """
    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        if read:
            _store(opened, _read(opened, read, by))
        elif state is not None or intervention is not None:
            if case is None or intervention is None or state is None:
                raise ChatcodeError(
                    "a case, an intervention and a state are needed",
                    "For instance: chatcode intake --case Noord -i 4 --state agreed",
                )
            _store(opened, [_one(opened, case, intervention, state, reason, by, "")])
        rows = _rows(opened, codebook, options.language_of(opened, lang))
        if sheet:
            _write(opened, sheet, rows, key, passphrase_fd, overwrite)
    if as_json:
        print_json({"rows": rows})
    elif not sheet:
        print_rows(rows, (*COLUMNS, "by", "entered"), title="Intake")
    unknown = sum(row["state"] is None for row in rows)
    if unknown:
        next_step("chatcode intake --sheet intake.xlsx", f"{unknown} cells are not entered yet")
    else:
        next_step("chatcode table --rate", "set the researcher's own marks")


def _one(
    study: Study, case: str, intervention: int | str, state: str, reason: str, by: str, where: str
) -> Intake:
    from chatcode.domain import Intake

    known = _WRITTEN.get(state.strip().lower())
    if known is None:
        raise ChatcodeError(f"{where}{state[:12]!r} is no state", f"States are {', '.join(STATES)}.")
    return Intake(
        given.case_id(study, case, where),
        given.intervention(intervention, where),
        known,
        given.text(reason, f"{where}the reason", needed=False),
        given.text(by, "--by"),
        datetime.now(UTC),
    )


def _read(study: Study, path: Path, by: str) -> list[Intake]:
    """The cells of a sheet that say something new."""
    from chatcode.exchange.sheets import read

    held = {(one.case_id, one.intervention): one for one in study.intake()}
    found = []
    for line in read(given.content(path), path.name, ("case", "intervention", "state")):
        if not line["state"]:
            continue
        one = _one(study, line["case"], line["intervention"], line["state"], line["reason"], by, line.where)
        before = held.get((one.case_id, one.intervention))
        if before is None or (before.state, before.reason) != (one.state, one.reason):
            found.append(one)
    return found


def _store(study: Study, found: list[Intake]) -> None:
    with study.transaction():
        for one in found:
            study.add_intake(one)
        study.record("intake", cells=len(found))
    say(f"Stored {len(found)} cells of the intake.")
    start = study.settings().period
    if found and start and datetime.now(UTC).date() >= start.start:
        say("Note: entered after the experiment began; the method appendix says so.")


def _rows(study: Study, codebook: Codebook, lang: str) -> list[dict[str, Any]]:
    from chatcode.domain import INTERVENTIONS

    held = {(one.case_id, one.intervention): one for one in study.intake()}
    rows = []
    for case in study.cases():
        for number in INTERVENTIONS:
            one = held.get((case.id, number))
            rows.append(
                {
                    "case": case.name,
                    "intervention": number,
                    "name": codebook.interventions[number].name[lang],
                    "state": one.state if one else None,
                    "reason": one.reason if one else None,
                    "by": one.by if one else None,
                    "entered": one.at.date().isoformat() if one else None,
                }
            )
    return rows


def _write(
    study: Study,
    path: Path,
    rows: list[dict[str, Any]],
    key: Path | None,
    descriptor: int | None,
    overwrite: bool,
) -> None:
    from chatcode.cli.door import send
    from chatcode.report.sheet import write

    blank = [{**row, "case": "", "reason": ""} for row in rows]
    made = [
        write(path.name, COLUMNS, told, {"state": STATES}, fill_in=("state", "reason"))
        for told in (rows, blank)
    ]
    send(
        study, {path: made[0]}, empty={path: made[1]}, key=key, descriptor=descriptor, overwrite=overwrite,
    )  # fmt: skip
    say(f"Wrote {path}. Fill in state and reason, then: chatcode intake --read {path}")
