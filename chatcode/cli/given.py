"""What a command is given that names something of the study, or is kept in it as text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatcode.cli import options
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.study.store import Study

ByOption = Annotated[str, typer.Option(help="Who says so: a role or a coder's name.")]
CaseOption = Annotated[str | None, typer.Option(help="The case.")]


def case_id(study: Study, name: str, where: str = "") -> str:
    """The id of a case.

    Raises:
        ChatcodeError: there is no case of that name.
    """
    cases = {case.name: case.id for case in study.cases()}
    if name not in cases:
        raise ChatcodeError(
            f"{where}there is no case {name!r}", f"There are: {', '.join(cases) or 'none yet'}."
        )
    return cases[name]


def group_id(study: Study, label: str) -> str:
    """The id of a group.

    Raises:
        ChatcodeError: there is no group of that label.
    """
    groups = {group.label: group.id for group in study.groups()}
    if label not in groups:
        raise ChatcodeError(f"there is no group {label!r}", f"There are: {', '.join(groups) or 'none yet'}.")
    return groups[label]


def intervention(number: int | str, where: str = "") -> int:
    """The number of an intervention.

    Raises:
        ChatcodeError: there is none of that number.
    """
    from chatcode.domain import INTERVENTIONS

    text = str(number).strip()
    if not text.isdecimal() or int(text) not in INTERVENTIONS:
        raise ChatcodeError(f"{where}there is no intervention {text[:4]!r}", "They are numbered 1 to 11.")
    return int(text)


def text(given: str, what: str, *, needed: bool = True) -> str:
    """A text that is kept in the study and printed in documents.

    Raises:
        ChatcodeError: it is empty though it is needed, or holds what could identify somebody.
    """
    given = "\n".join(" ".join(line.split()) for line in given.strip().splitlines())
    if needed and not given:
        raise ChatcodeError(f"{what} is missing", "Nothing was stored.")
    return options.free_of_identifiers(given, what)


def day(given: str, where: str) -> date:
    """A day written as YYYY-MM-DD.

    Raises:
        ChatcodeError: it is none.
    """
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise ChatcodeError(f"{where} is no day", "Write days as 2021-05-01.") from None


def content(path: Path) -> bytes:
    """The bytes of a file that is read in.

    Raises:
        ChatcodeError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError:
        raise ChatcodeError(f"{path.name} cannot be read", "Look at its name and folder.") from None
