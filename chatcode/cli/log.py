"""`chatcode log`: what was done to the study."""

from __future__ import annotations

from chatcode.cli import options
from chatcode.cli.output import print_json, print_rows


def log(study: options.StudyOption = None, as_json: options.JsonOption = False) -> None:
    """Print what was done to the study, oldest first: counts and labels, never text.

    Example: chatcode log --json
    """
    with options.open_study(study) as opened:
        rows = opened.log()
    if as_json:
        print_json({"rows": rows})
        return
    told = [
        {**row, "details": ", ".join(f"{name} {value}" for name, value in row["details"].items())}
        for row in rows
    ]
    print_rows(told, ("at", "command", "details"), title="Log")
