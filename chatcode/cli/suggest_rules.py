"""`chatcode codebook suggest-rules`: new cues found in the codings, for the researcher to take or leave."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_lines, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.codebook import Codebook
    from chatcode.study.store import Study
    from chatcode.suggestion.finding import Found


def suggest_rules(
    code: Annotated[str, typer.Argument(help="The code, such as 1+.")],
    accept: Annotated[
        list[int] | None,
        typer.Option("--accept", help="Take over the rule with this number; may be repeated."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the codebook with the accepted rules here.")
    ] = None,
    texts: Annotated[
        bool, typer.Option("--texts", help="Show the example messages themselves, pseudonymised.")
    ] = False,
    coder: options.CoderOption = None,
    overwrite: options.OverwriteOption = False,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Propose readable rules for a code from the reviewed messages; you accept, edit or drop them.

    Precision and coverage are measured on conversations that a rule was not found in. Names, places,
    numbers and placeholders never come into a rule.

    Example: chatcode codebook suggest-rules 1+
    """
    from chatcode.domain import CODES

    if code not in CODES:
        raise ChatcodeError(f"there is no code {code!r}", f"Choose one of: {', '.join(CODES)}.")
    if bool(accept) != bool(out):
        raise ChatcodeError("--accept and --out belong together", "For instance: --accept 1 --out new.yaml")
    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        found = _find(opened, codebook, coder, code)
        rows = [_row(number, one, code) for number, one in enumerate(found, 1)]
        if texts:
            for row in rows:
                row["texts"] = [opened.entry(i).text for i in row["examples"]]
                row["wrong_texts"] = [opened.entry(i).text for i in row["wrong"]]
        if accept and out:
            chosen = _chosen(found, accept)
            _write(opened, codebook, code, chosen, out, key, passphrase_fd, overwrite=overwrite)
    if as_json:
        print_json({"code": code, "rows": rows})
    else:
        print_rows(rows, ("k", "rule", "role", "weight", "precision", "coverage", "hits", "new"), title=code)
        for row in rows if texts else ():
            print_lines([f"{row['k']}  + {_line(text)}" for text in row["texts"]])
            print_lines([f"{row['k']}  − {_line(text)}" for text in row["wrong_texts"]])
    if not rows:
        say("Nothing stands out that the cues of the codebook do not find already.")
    elif out:
        say(
            f"{len(accept or ())} rules were added; look at them in {out.name}, change or drop what you want."
        )
        next_step(f"chatcode codebook check {out}", "then: chatcode codebook use")
    else:
        say("Measured on conversations that the rule was not found in; `new` is what no cue finds yet.")
        next_step(f"chatcode codebook suggest-rules {code} --accept 1 --out new.yaml", "take over a rule")


def _find(study: Study, codebook: Codebook, coder: str | None, code: str) -> list[Found]:
    from chatcode.cli.coded import coded_groups
    from chatcode.suggestion.finding import find_cues

    groups = coded_groups(study, study.layer(coder).acts)
    ids = [[entry.id for entry in one.entries] for one in groups]
    return find_cues([one.chat for one in groups], ids, code, codebook)


def _row(number: int, one: Found, code: str) -> dict[str, Any]:
    from chatcode.suggestion.finding import cue_line

    return {
        "k": number,
        "rule": one.term,
        "role": ", ".join(sorted(one.role)),
        "weight": one.weight,
        "precision": round(one.precision, 3),
        "coverage": round(one.coverage, 3),
        "hits": one.hits,
        "new": one.new,
        "examples": list(one.examples),
        "wrong": list(one.wrong),
        "yaml": cue_line(one, code, set()),
    }


def _chosen(found: list[Found], numbers: list[int]) -> list[Found]:
    for number in numbers:
        if not 1 <= number <= len(found):
            raise ChatcodeError(
                f"there is no rule number {number}", f"There are {len(found)}; nothing was written."
            )
    return [found[number - 1] for number in dict.fromkeys(numbers)]


def _write(
    study: Study,
    codebook: Codebook,
    code: str,
    chosen: list[Found],
    out: Path,
    key: Path | None,
    descriptor: int | None,
    *,
    overwrite: bool,
) -> None:
    """Write the codebook through the door; what stood in it before is no leak of the new rules."""
    from chatcode.cli import door
    from chatcode.suggestion.finding import with_cues

    if out.suffix not in (".yaml", ".yml"):
        raise ChatcodeError(f"{out.name} is no name of a codebook", "Let it end in .yaml")
    made = with_cues(codebook, code, chosen)
    door.send(
        study,
        {out: made.encode()},
        empty={out: codebook.text.encode()},
        key=key,
        descriptor=descriptor,
        overwrite=overwrite,
    )
    study.record("suggest-rules", code=code, rules=len(chosen))


def _line(text: str) -> str:
    return " ".join(text.split())
