"""`chatcode table`: the marks ✓ = ~ X, people's first."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, say
from chatcode.domain import Mark
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.analysis.assessment import Cell
    from chatcode.codebook import Codebook
    from chatcode.study.store import Study

MARKS = ("✓", "=", "~", "X")
# ✓ is on no keyboard.
_TYPED = {"v": "✓", "V": "✓", "x": "X"}


def table(
    rate: Annotated[bool, typer.Option("--rate", help="Set your own marks, cell by cell.")] = False,
    marks: Annotated[
        Path | None,
        typer.Option(
            "--marks", help="Read your marks from a file: case, intervention, mark, reason per line."
        ),
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
        if marks:
            _take(opened, codebook, read_marks(marks, opened, by))
        if rate:
            _rate(opened, codebook, cells(layer, codebook, opened.marks(), **opened.beside().counted()), by)
        found = cells(layer, codebook, opened.marks(), **opened.beside().counted())
        if as_json:
            print_json({"rows": [_row(cell) for cell in found]})
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
    unrated = sum(cell.researcher is None for cell in found)
    if unrated:
        next_step("chatcode table --rate", f"{unrated} cells wait for the researcher's mark")
    else:
        next_step("chatcode note --out adviesnotitie.docx", "make the interim advisory note")


def _row(cell: Cell) -> dict[str, Any]:
    return asdict(cell)


def _show(
    study: Study,
    layer: Any,  # noqa: ANN401 a Layer, imported late
    codebook: Codebook,
    found: list[Cell],
    out: list[Path] | None,
    lang: str,
    key: Path | None,
    descriptor: int | None,
    overwrite: bool,
) -> None:
    from chatcode.cli.documents import deliver
    from chatcode.report.table import assessment_table

    deliver(
        study,
        assessment_table(found, codebook, lang=lang, layer=layer),
        empty=assessment_table([], codebook, lang=lang, layer=study.empty_layer()),
        out=out,
        key=key,
        descriptor=descriptor,
        overwrite=overwrite,
    )


# ── setting marks ─────────────────────────────────────────────────────────────


def read_marks(path: Path, study: Study, by: str) -> list[Mark]:
    """Marks from a file of lines `case TAB intervention TAB mark TAB reason [TAB flag]`.

    Raises:
        ChatcodeError: a line does not say which cell, which mark or why; nothing is stored.
    """
    cases = {case.name: case.id for case in study.cases()}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ChatcodeError(f"{path.name} cannot be read", "It should be a text file in UTF-8.") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{path.name}:{number}"
        parts = [part.strip() for part in line.split("\t")]
        if len(parts) not in (4, 5):
            raise ChatcodeError(
                f"{where}: {len(parts)} columns", "A line is: case TAB intervention TAB mark TAB reason."
            )
        case, intervention, mark, reason = parts[:4]
        if case not in cases:
            raise ChatcodeError(f"{where}: there is no case {case!r}", f"There are: {', '.join(cases)}.")
        found.append(
            Mark(
                cases[case],
                _intervention(intervention, where),
                "researcher",
                _mark(mark, where),
                _reason(reason, where),
                parts[4] if len(parts) == 5 and parts[4] else None,
                by,
                datetime.now(UTC),
            )
        )
    return found


def _take(study: Study, codebook: Codebook, marks: list[Mark]) -> None:
    with study.transaction():
        for mark in marks:
            study.add_mark(mark)
        study.record("table", marks=len(marks), codebook=codebook.hash[:12])
    say(f"Stored {len(marks)} marks with their reasons.")


def _rate(study: Study, codebook: Codebook, found: list[Cell], by: str) -> None:
    """Ask a mark and a reason for every cell that has none; each is stored as it is given."""
    cases = {case.name: case.id for case in study.cases()}
    waiting = [cell for cell in found if cell.researcher is None]
    say(f"{len(waiting)} cells to rate. Mark: v (✓), =, ~ or X; Enter skips; q stops. Each is saved at once.")
    for cell in waiting:
        say(f"\n{cell.case} · {cell.intervention} {codebook.name(f'{cell.intervention}+', 'en')}")
        for name in ("baseline", "period"):
            if name in cell.counts:
                told = cell.counts[name]
                say(
                    f"  {name:9} seen on {told['seen_days']} days in {told['months']:.1f} group-months"
                    f" ({told['share_of_months']:.0%} of months), opposite on {told['opposite_days']} days,"
                    f" {told['messages']} messages"
                )
                if told.get("occasions"):
                    tied = told["linked_messages"] or not told["seen_messages"]
                    answered = told["answered" if tied else "followed"]
                    how = "" if tied else ", by time: the coding ties none"
                    say(f"  {'':9} answered {answered} of {told['occasions']} occasions{how}")
        mark = _ask_mark()
        if mark == "q":
            break
        if not mark:
            continue
        reason = ""
        while not reason:
            reason = _ask("  Reason, in a sentence or two: ").strip()
            if not reason and not sys.stdin.isatty():
                raise ChatcodeError("a mark needs a reason", "Nothing was stored for this cell.")
        options.free_of_identifiers(reason, "the reason")
        _take(
            study,
            codebook,
            [
                Mark(
                    cases[cell.case],
                    cell.intervention,
                    "researcher",
                    mark,
                    reason,
                    None,
                    by,
                    datetime.now(UTC),
                )
            ],
        )


def _ask_mark() -> str:
    while True:
        typed = _ask("  Mark: ").strip()
        mark = _TYPED.get(typed, typed)
        if mark in ("", "q", *MARKS):
            return mark
        if not sys.stdin.isatty():
            raise ChatcodeError(f"{typed[:3]!r} is no mark", "Marks are v (✓), =, ~ and X.")
        say("  Marks are v (✓), =, ~ and X.")


def _ask(question: str) -> str:
    say(question)
    line = sys.stdin.readline()
    return line if line else "q"


def _intervention(text: str, where: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 11:
        raise ChatcodeError(f"{where}: there is no intervention {text[:4]!r}", "They are numbered 1 to 11.")
    return int(text)


def _mark(text: str, where: str) -> str:
    mark = _TYPED.get(text, text)
    if mark not in MARKS:
        raise ChatcodeError(f"{where}: {text[:4]!r} is no mark", "Marks are ✓ (or v), =, ~ and X.")
    return mark


def _reason(text: str, where: str) -> str:
    if not text:
        raise ChatcodeError(f"{where}: a mark needs a reason", "Write it in the fourth column.")
    return options.free_of_identifiers(text, f"{where}: the reason")
