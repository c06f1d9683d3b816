"""Single keys and lines from a plain terminal, or from a pipe."""

from __future__ import annotations

import sys

import typer

from chatcode.cli.output import print_lines


def has_terminal() -> bool:
    """Is there somebody to press keys and to read?"""
    return sys.stdin.isatty() and sys.stdout.isatty()


class Keyboard:
    """Reads single keys where there is a terminal; `plain` reads the first sign of each line instead."""

    def __init__(self, *, plain: bool) -> None:
        self._plain = plain or not has_terminal()

    def key(self) -> str:
        """The next key that is pressed; `q` where there is none any more."""
        if not self._plain:
            try:
                return typer.getchar()
            except EOFError:
                return "q"
        while line := sys.stdin.readline():
            if line.strip():
                return line.strip()[0]
        return "q"

    def line(self, question: str) -> str:
        """A line that is typed in answer to a question; nothing where there is none."""
        self.tell(question)
        return sys.stdin.readline()

    def tell(self, line: str) -> None:
        """Show a line."""
        print_lines([line])
        sys.stdout.flush()
