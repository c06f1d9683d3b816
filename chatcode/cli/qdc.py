"""`chatcode codebook take`: names and manuals that were changed in another program, into our codebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chatcode.analysis.definitions import Change
    from chatcode.codebook import Codebook
    from chatcode.exchange.refi.manuals import Reread

COLUMNS = ("code", "part", "recode", "old", "new")
_ENDINGS = (".qdc", ".qdpx")


def take(
    path: Annotated[Path, typer.Argument(help="A REFI-QDA codebook (.qdc), or a project (.qdpx).")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Write the codebook that it makes to this .yaml.")],
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Take over names and descriptions that were changed in MAXQDA or another program.

    The study's codebook is written with them; cues, keys, measures and remarks stay as they are. The
    study itself is not changed.

    Example: chatcode codebook take codes.qdc --out mybook.yaml
    """
    from chatcode.analysis.definitions import changes
    from chatcode.cli.door import send
    from chatcode.exchange.refi.rewording import reworded

    if out.suffix not in (".yaml", ".yml"):
        raise ChatcodeError(f"{out.name} is no name of a codebook", "Let it end in .yaml")
    with options.open_study(study) as opened:
        book = options.codebook_of(opened)
        found = reread(path, book)
        rows = rows_of(changes(book, found.codebook))
        if rows:
            text = reworded(book.text, found.codebook)
            # What stood in the codebook before is no leak of the new words.
            send(
                opened,
                {out: text.encode()},
                empty={out: book.text.encode()},
                key=key,
                descriptor=passphrase_fd,
                overwrite=overwrite,
            )
            opened.record("codebook take", file=path.name, differences=len(rows))
    if as_json:
        print_json({"old": book.hash, "lang": found.lang, "rows": rows, **unheld(found)})
    else:
        print_rows(rows, COLUMNS, title=f"Taken over from {path.name}")
    tell_unheld(path.name, found)
    if rows:
        say(f"Wrote {out.name} with {len(rows)} differences; the study uses its own codebook as before.")
        next_step(f"chatcode codebook check {out.name}", "then: chatcode codebook use, with a reason")
    else:
        say(f"{path.name} says the same as the study's codebook: nothing was written.")


def is_refi(name: str) -> bool:
    """Whether a codebook is meant that another program wrote."""
    return Path(name).suffix.lower() in _ENDINGS


def reread(path: Path, book: Codebook) -> Reread:
    """The codebook as a REFI-QDA file has it.

    Raises:
        ChatcodeError: there is no such file, or it is no codebook of ours.
    """
    from chatcode.exchange.refi.manuals import read_codebook

    if not is_refi(path.name):
        raise ChatcodeError(f"{path.name} is no REFI-QDA file", f"It ends in {' or '.join(_ENDINGS)}.")
    if not path.is_file():
        raise ChatcodeError(f"there is no file {path.name}", "Look at its name and folder.")
    return read_codebook(path.read_bytes(), path.name, book)


def rows_of(found: Sequence[Change]) -> list[dict[str, object]]:
    """Differences as rows."""
    return [
        {"code": one.code, "part": one.part, "recode": one.defines, "old": one.old, "new": one.new}
        for one in found
    ]


def unheld(found: Reread) -> Mapping[str, list[str]]:
    """What a file has that a codebook has no place for, or lacks."""
    return {
        "unknown": list(found.unknown),
        "missing": list(found.missing),
        "renamed": list(found.renamed),
    }


def tell_unheld(name: str, found: Reread) -> None:
    """Say what a file has that a codebook has no place for, or lacks."""
    if found.unknown:
        say(f"Note: {len(found.unknown)} codes of {name} stand for none of ours and are left out.")
    if found.missing:
        say(f"Note: {name} has no {' '.join(found.missing)}; in the codebook they stay.")
    if found.renamed:
        say(
            f"Note: {' '.join(found.renamed)} has another name in {name}; a codebook names the intervention,"
            " so change the name of the heading there."
        )
