"""`chatcode codebook`: look at the codebook and check one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chatcode.cli import options
from chatcode.cli.output import print_json, print_lines, print_rows, say
from chatcode.cli.suggest_rules import suggest_rules
from chatcode.errors import CheckError

app = typer.Typer(help="Look at the codebook, and check one that you changed.", no_args_is_help=True)

_PathArgument = Annotated[Path | None, typer.Argument(help="A codebook in YAML; else the bundled one.")]


@app.command()
def check(path: _PathArgument = None, as_json: options.JsonOption = False) -> None:
    """Check that a codebook holds together and that every cue does what its examples say.

    Example: chatcode codebook check mybook.yaml
    """
    from chatcode.codebook import Codebook
    from chatcode.suggestion.suggester import check_examples

    codebook = Codebook.load(path)
    found = check_examples(codebook)
    if as_json:
        print_json({"hash": codebook.hash, "rows": [{"problem": line} for line in found]})
    else:
        print_lines(found)
    if found:
        raise CheckError(f"{len(found)} examples come out wrong", "Mend the cue or the example.")
    cues = sum(1 for _ in codebook.cues)
    say(f"The codebook is sound: {len(codebook.codes)} codes, {cues} cues, every example as told.")


@app.command()
def show(
    path: _PathArgument = None,
    lang: Annotated[str, typer.Option("--lang", help="nl or en.")] = "en",
    as_json: options.JsonOption = False,
) -> None:
    """List the codes with their names and keys.

    Example: chatcode codebook show --lang nl
    """
    from chatcode.codebook import Codebook

    codebook = Codebook.load(path)
    keys = {"M": codebook.report.key}
    for number, one in codebook.interventions.items():
        keys[f"{number}+"], keys[f"{number}-"] = one.key, f"- {one.key}"
    rows = [
        {
            "code": code,
            "name": codebook.name(code, lang),
            "key": keys[code],
            "include": codebook.manual(code).include,
        }
        for code in codebook.codes
    ]
    if as_json:
        print_json({"hash": codebook.hash, "rows": rows})
    else:
        print_rows(rows, ("code", "key", "name"), title="Codebook")


@app.command()
def use(
    path: Annotated[Path, typer.Argument(help="The codebook that the study is to use from now on.")],
    study: options.StudyOption = None,
) -> None:
    """Let the study use this codebook; what was coded under another one stays as it is.

    Example: chatcode codebook use mybook.yaml
    """
    from chatcode.codebook import Codebook

    codebook = Codebook.load(path)
    with options.open_study(study) as opened:
        opened.use_codebook(codebook.hash, codebook.text)
        opened.record("codebook", hash=codebook.hash[:12])
    say(f"The study uses {path.name} now. Suggest anew: chatcode suggest")


app.command("suggest-rules")(suggest_rules)
