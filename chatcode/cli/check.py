"""`chatcode check`: whether the study is sound."""

from __future__ import annotations

from chatcode.cli import options
from chatcode.cli.output import print_json, print_lines, say
from chatcode.errors import CheckError


def check(study: options.StudyOption = None, as_json: options.JsonOption = False) -> None:
    """Check that the study holds together: file, references, links, and every coder's hash chain.

    Example: chatcode check
    """
    from chatcode.study.health import problems

    with options.open_study(study) as opened:
        found = problems(opened)
        name = opened.path.name
    if as_json:
        print_json({"rows": [{"problem": line} for line in found]})
    else:
        print_lines(found)
    if found:
        raise CheckError(f"{name}: {len(found)} problems found", "Restore a backup: chatcode restore --help")
    say(f"{name} is sound.")
