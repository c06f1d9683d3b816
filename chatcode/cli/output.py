"""What commands print: data on stdout, narration on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

_quiet = False


def be_quiet(quiet: bool) -> None:
    """Silence the narration; errors are still told."""
    global _quiet  # noqa: PLW0603 one process is one command
    _quiet = quiet


def say(line: str) -> None:
    """Tell a person something, on stderr."""
    if not _quiet:
        print(line, file=sys.stderr)  # noqa: T201 the one place that narrates


def next_step(command: str, why: str) -> None:
    """Name the command that comes next."""
    say(f"Next: {command}    ({why})")


def print_json(data: Any) -> None:  # noqa: ANN401 whatever JSON takes
    """Print data as JSON on stdout."""
    print(json.dumps(data, ensure_ascii=False, indent=1))  # noqa: T201 the one place that prints data


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, title: str = "") -> None:
    """Print rows as a table where a person looks, as tab-separated lines elsewhere."""
    if not sys.stdout.isatty():
        print("\t".join(columns))  # noqa: T201 data
        for row in rows:
            print("\t".join(_cell(row.get(column)) for column in columns))  # noqa: T201 data
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None)
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*(Text(_cell(row.get(column))) for column in columns))
    Console().print(table)


def print_lines(lines: Sequence[str]) -> None:
    """Print lines of data on stdout."""
    for line in lines:
        print(line)  # noqa: T201 data


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value).replace("\t", " ").replace("\n", " ")


class Advance(Protocol):
    """What a progress bar offers to a long piece of work."""

    def __call__(self, done: int) -> None:
        """Say how many are done."""
        ...


@contextmanager
def progress(what: str, total: int) -> Iterator[Advance]:
    """Show how far a long piece of work is: on stderr, and only where a person looks."""
    if _quiet or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
