"""`python -m chatcode`."""

from chatcode.cli.app import run

run()
