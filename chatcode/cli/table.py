"""`chatcode table`: the marks ✓ = ~ X, people's first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from chatcode.cli import given, options
from chatcode.cli.drawings import drawings, estimated
from chatcode.cli.output import next_step, print_json, say
from chatcode.cli.rating import MARKS, TYPED, look_again, rate
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.analysis.assessment import Cell
    from chatcode.codebook import Codebook
    from chatcode.domain import Layer, Mark
    from chatcode.study.store import Study

Stage = Literal["researcher", "administrator", "official", "final"]
STAGES: tuple[Stage, ...] = ("researcher", "administrator", "official", "final")
NO_AGREEMENT = "no agreement"
COLUMNS = ("case", "intervention", "name", "mark", "reason", "prose", "flag")
_NEEDED = ("case", "intervention", "mark", "reason")
_SEPARATE = frozenset({".csv", ".xlsx"})


def table(
    rating: Annotated[bool, typer.Option("--rate", help="Set your own marks, cell by cell.")] = False,
    second: Annotated[
        bool, typer.Option("--second", help="Look again at rated cells whose proposal differs.")
    ] = False,
    marks: Annotated[
        Path | None,
        typer.Option(
            "--marks",
            help="Read marks from a filled sheet (.xlsx, .csv), or lines case, intervention, mark, reason.",
        ),
    ] = None,
    sheet: Annotated[
        Path | None, typer.Option("--sheet", help="Write a sheet to fill in marks: .xlsx or .csv.")
    ] = None,
    stage: Annotated[
        str, typer.Option(help="Whose marks: researcher, administrator, official or final.")
    ] = "researcher",
    raters: Annotated[
        str | None,
        typer.Option(help="Who rates, separated by commas; nobody sees a proposal before all have rated."),
    ] = None,
    by: Annotated[str, typer.Option(help="Who sets the marks.")] = "researcher",
    out: options.OutOption = None,
    lang: options.LangOption = None,
    coder: options.CoderOption = None,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Show the table of marks per intervention and case, or set your own marks first.

    A proposal of the program is shown only for a cell that a researcher has rated.

    Example: chatcode table --rate
    """
    from chatcode.analysis.assessment import cells

    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        layer = opened.layer(coder)
        who = given.text(by, "--by")

        def now() -> list[Cell]:
            return cells(layer, codebook, opened.marks(), **opened.beside().counted())

        if raters is not None:
            _set_raters(opened, raters)
        if marks:
            _take(opened, codebook, read_marks(marks, opened, who, _stage(stage)))
        if rating:
            rate(opened, codebook, layer, now(), who)
        if second:
            look_again(opened, codebook, layer, now(), who)
        found = now()
        samples = drawings(opened, layer, codebook)
        if sheet:
            _write_sheet(
                opened, codebook, sheet, _stage(stage), who, options.language_of(opened, lang), key,
                passphrase_fd, overwrite,
            )  # fmt: skip
        elif as_json:
            print_json({"rows": [_row(cell) for cell in found]} | estimated(samples))
        else:
            _show(
                opened,
                layer,
                codebook,
                found,
                out,
                options.language_of(opened, lang),
                key,
                passphrase_fd,
                overwrite,
            )
    if samples:
        say("Note: nothing is proposed from a sample; what it says of all messages: chatcode report")
    unrated = sum(cell.researcher is None for cell in found)
    if unrated:
        next_step("chatcode table --rate", f"{unrated} cells wait for the researcher's mark")
    elif not any(cell.administrator or cell.final for cell in found):
        next_step("chatcode hearing send --help", "let those concerned reply")
    else:
        next_step("chatcode note --out adviesnotitie.docx", "make the interim advisory note")


def _row(cell: Cell) -> dict[str, Any]:
    return asdict(cell)


def _show(
    study: Study,
    layer: Layer,
    codebook: Codebook,
    found: list[Cell],
    out: list[Path] | None,
    lang: str,
    key: Path | None,
    descriptor: int | None,
    overwrite: bool,
) -> None:
    from chatcode.analysis.sensitivity import sensitivity
    from chatcode.cli.documents import deliver
    from chatcode.report.steps import Heard
    from chatcode.report.table import assessment_table

    beside = study.beside()
    # Only a file has the room, and only rated cells have a proposal that could change.
    moved = (
        sensitivity(layer, codebook, study.marks(), **beside.counted())
        if out and any(cell.proposed for cell in found)
        else []
    )
    deliver(
        study,
        assessment_table(
            found, codebook, lang=lang, layer=layer, beside=beside, moved=moved,
            heard=Heard(study.marks(), study.forms(), study.replies(), study.answers()), long=bool(out),
        ),
        empty=assessment_table([], codebook, lang=lang, layer=study.empty_layer()),
        out=out,
        key=key,
        descriptor=descriptor,
        overwrite=overwrite,
    )  # fmt: skip


def _set_raters(study: Study, names: str) -> None:
    found = [given.text(name, "--raters") for name in names.split(",") if name.strip()]
    with study.transaction():
        study.set_raters(found)
        study.record("table", raters=len(found))
    say(f"{' and '.join(found) or 'Nobody in particular'} rate; proposals wait for all of them.")


def _stage(text: str) -> Stage:
    for stage in STAGES:
        if text == stage:
            return stage
    raise ChatcodeError(f"there is no stage {text!r}", f"Stages are {', '.join(STAGES)}.")


# ── marks from a file ─────────────────────────────────────────────────────────


def read_marks(path: Path, study: Study, by: str, stage: Stage = "researcher") -> list[Mark]:
    """Marks from a sheet, or from lines `case TAB intervention TAB mark TAB reason [TAB flag]`.

    Rows of a sheet without a mark say nothing; marks that hold already are left out.

    Raises:
        ChatcodeError: a line does not say which cell, which mark or why; nothing is stored.
    """
    if path.suffix.lower() in _SEPARATE:
        return _read_sheet(path, study, by, stage)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ChatcodeError(f"{path.name} cannot be read", "It should be a text file in UTF-8.") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{path.name}:{number}: "
        parts = [part.strip() for part in line.split("\t")]
        if len(parts) not in (4, 5):
            raise ChatcodeError(
                f"{where}{len(parts)} columns", "A line is: case TAB intervention TAB mark TAB reason."
            )
        flag = parts[4] if len(parts) == 5 else ""
        found.append(_read(study, dict(zip(_NEEDED, parts, strict=False)) | {"flag": flag}, where, by, stage))
    return found


def _read_sheet(path: Path, study: Study, by: str, stage: Stage) -> list[Mark]:
    from chatcode.exchange.sheets import read

    own = {(m.case_id, m.intervention): m for m in study.marks() if m.stage == stage and m.by == by}
    found = []
    for line in read(given.content(path), path.name, _NEEDED):
        if not line["mark"]:
            continue
        mark = _read(study, line.cells, line.where, by, stage)
        before = own.get((mark.case_id, mark.intervention))
        said = (mark.mark, mark.reason, mark.prose, mark.flag)
        if before is None or (before.mark, before.reason, before.prose, before.flag) != said:
            found.append(mark)
    return found


def _read(study: Study, cells: dict[str, str], where: str, by: str, stage: Stage) -> Mark:
    from chatcode.domain import Mark

    case_id = given.case_id(study, cells["case"], where)
    intervention = given.intervention(cells["intervention"], where)
    typed = cells["mark"]
    unsettled = stage == "final" and typed.lower() in (NO_AGREEMENT, "geen overeenstemming")
    mark = "" if unsettled else TYPED.get(typed, typed)
    if not unsettled and mark not in MARKS:
        also = f", or {NO_AGREEMENT}" if stage == "final" else ""
        raise ChatcodeError(f"{where}{typed[:4]!r} is no mark", f"Marks are ✓ (or v), =, ~ and X{also}.")
    if not cells.get("reason"):
        raise ChatcodeError(f"{where}a mark needs a reason", "Write why, in a sentence or two.")
    flag = "no_agreement" if unsettled else cells.get("flag") or None
    return Mark(
        case_id,
        intervention,
        stage,
        mark,
        given.text(cells["reason"], f"{where}the reason"),
        given.text(flag, f"{where}the flag") if flag else None,
        by,
        datetime.now(UTC),
        given.text(cells.get("prose", ""), f"{where}the prose", needed=False),
    )


def _take(study: Study, codebook: Codebook, marks: Iterable[Mark]) -> None:
    found = list(marks)
    with study.transaction():
        for mark in found:
            study.add_mark(mark)
        study.record("table", marks=len(found), codebook=codebook.hash[:12])
    say(f"Stored {len(found)} marks with their reasons.")


def _write_sheet(
    study: Study,
    codebook: Codebook,
    path: Path,
    stage: Stage,
    by: str,
    lang: str,
    key: Path | None,
    descriptor: int | None,
    overwrite: bool,
) -> None:
    """A sheet for one person's marks: their own so far, nobody else's, and no proposal."""
    from chatcode.cli.door import send
    from chatcode.domain import INTERVENTIONS
    from chatcode.report.sheet import write

    own = {(m.case_id, m.intervention): m for m in study.marks() if m.stage == stage and m.by == by}
    rows = []
    for case in study.cases():
        for number in INTERVENTIONS:
            mark = own.get((case.id, number))
            told = NO_AGREEMENT if mark and mark.flag == "no_agreement" else mark.mark if mark else ""
            rows.append(
                {
                    "case": case.name,
                    "intervention": number,
                    "name": codebook.interventions[number].name[lang],
                    "mark": told,
                    "reason": mark.reason if mark else "",
                    "prose": mark.prose if mark else "",
                    "flag": mark.flag if mark and mark.flag != "no_agreement" else "",
                }
            )
    blank = [{**row, "case": "", "reason": "", "prose": "", "flag": ""} for row in rows]
    choices = {"mark": (*MARKS, NO_AGREEMENT) if stage == "final" else MARKS}
    made = [
        write(path.name, COLUMNS, told, choices, fill_in=("mark", "reason", "prose", "flag"))
        for told in (rows, blank)
    ]
    send(
        study, {path: made[0]}, empty={path: made[1]}, key=key, descriptor=descriptor, overwrite=overwrite,
    )  # fmt: skip
    say(f"Wrote {path}. Fill in mark and reason, then: chatcode table --stage {stage} --marks {path}")
