"""`chatcode key`: the sealed file that knows who is who, from its state to its end."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import print_json, print_rows, say
from chatcode.errors import ChatcodeError, StudyError

if TYPE_CHECKING:
    from chatcode.study.store import Study

app = typer.Typer(
    help="The sealed file that knows who is who: look, seal anew, copy on paper, destroy.",
    no_args_is_help=True,
)

_NewOption = Annotated[
    int | None, typer.Option("--new-passphrase-fd", help="Read the new passphrase from this descriptor.")
]


@app.command()
def show(
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    open_: Annotated[
        bool, typer.Option("--open", help="Ask the passphrase, and count what is in it.")
    ] = False,
    as_json: options.JsonOption = False,
) -> None:
    """Show the state of the key: where, whose, since when; with the passphrase also how much it holds.

    Example: chatcode key show
    """
    with options.open_study(study) as opened:
        found = _state(opened, options.key_path(opened.path, key))
        if open_ or passphrase_fd is not None:
            found |= options.open_key(opened, key, passphrase_fd).counts()
    if as_json:
        print_json(found)
    else:
        rows = [{"what": name.replace("_", " "), "found": value} for name, value in found.items()]
        print_rows(rows, ("what", "found"), title="Key")
    for line in _warnings(found):
        say(f"Note: {line}")


@app.command()
def passphrase(
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    new_passphrase_fd: _NewOption = None,
) -> None:
    """Seal the key under another passphrase; what it holds stays the same.

    Example: chatcode key passphrase
    """
    with options.open_study(study) as opened:
        found = options.open_key(opened, key, passphrase_fd)
        found.change_passphrase(
            options.new_passphrase(new_passphrase_fd, f"New passphrase for {found.path.name}")
        )
        opened.record("key passphrase")
    say(f"{found.path.name} opens with the new passphrase only.")
    say("Backups and paper copies made before still open with the old one: replace or destroy them.")


@app.command()
def paper(
    out: Annotated[Path, typer.Option("--out", "-o", help="The text file to print; it is removed by you.")],
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    allow_shared: options.SharedOption = False,
) -> None:
    """Write the key as lines of letters to print: typed or pasted back they give the same file.

    Example: chatcode key paper --out key-on-paper.txt
    """
    from chatcode.anonymize import seal
    from chatcode.anonymize.paper import pages, to_paper

    if out.exists():
        raise ChatcodeError(f"{out.name} is there already", "Nothing is overwritten: choose another name.")
    if not out.parent.is_dir():
        raise ChatcodeError(f"there is no folder for {out.name}", "Make the folder first.")
    options.refuse_shared(out, allow_shared)
    with options.open_study(study) as opened:
        path = _file_of(opened, key)
        data = seal.read(path)
        text = to_paper(data, seal.parse(data, path.name)[0].key_id)
        seal.put(out, text.encode("ascii"))
        opened.record("key paper")
    say(f"Wrote {out.name}: about {pages(text)} pages. It is still sealed; the passphrase is not on it.")
    say("Print it, keep it apart from the passphrase, and remove the file. It holds the key as it is today.")


@app.command("restore-paper")
def restore_paper(
    text: Annotated[Path, typer.Argument(help="The lines, typed or pasted into a text file.")],
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    allow_shared: options.SharedOption = False,
) -> None:
    """Make the key file again from its lines on paper.

    Example: chatcode key restore-paper key-on-paper.txt
    """
    from chatcode.anonymize import seal
    from chatcode.anonymize.paper import from_paper

    try:
        lines = text.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise ChatcodeError(f"{text.name} cannot be read", "Save it as plain text.") from None
    data = from_paper(lines, text.name)
    header, _ = seal.parse(data, text.name)
    with options.open_study(study) as opened:
        destroyed = opened.key_destroyed()
        if destroyed is not None:
            raise StudyError(f"the key of this study was destroyed on {destroyed}", "Nothing was made.")
        path = options.key_path(opened.path, key)
        if path.exists():
            raise ChatcodeError(f"{path.name} is there already", "Nothing is overwritten: --key PATH.")
        if opened.settings().key_id not in (None, header.key_id):
            raise StudyError("this paper is of another study's key", "Nothing was made.")
        options.refuse_shared(path, allow_shared)
        seal.put(path, data)
        opened.record("key restore-paper")
    say(f"Made {path.name}. It opens with the passphrase that it had when the paper was made.")


@app.command()
def destroy(
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    certificate: Annotated[
        Path | None, typer.Option(help="Where the certificate goes; else beside the study, dated.")
    ] = None,
    gone: Annotated[
        bool, typer.Option("--gone", help="The key file is lost: record that there is none any more.")
    ] = False,
    yes: options.YesOption = False,
) -> None:
    """Destroy the key for good and write a certificate; the study goes on without names.

    With --passphrase-fd the certificate counts what the key held.

    Example: chatcode key destroy --passphrase-fd 3 3<passphrase.txt
    """
    from chatcode.anonymize import seal
    from chatcode.cli.door import send
    from chatcode.report.certificate import certificate as written

    with options.open_study(study) as opened:
        at = datetime.now()  # noqa: DTZ005 the certificate is for the person at this clock
        known = opened.settings().key_id
        path, counts = options.key_path(opened.path, key), None
        destroyed = opened.key_destroyed()
        if destroyed is not None:
            raise StudyError(f"the key was destroyed on {destroyed} already", "Nothing was changed.")
        if known is None:
            raise StudyError("this study has no key yet", "There is nothing to destroy.")
        if not gone:
            path = _file_of(opened, key)
            if passphrase_fd is not None:
                counts = options.open_key(opened, key, passphrase_fd).counts()
        elif path.exists():
            raise ChatcodeError(f"{path.name} is there", "Leave out --gone to destroy it.")
        target = certificate or opened.path.with_name(f"{opened.path.stem}.key-destroyed-{at:%Y%m%d}.txt")
        if target.exists() or not target.parent.is_dir():
            raise ChatcodeError(
                f"{target.name} cannot be made: it is there already, or its folder is not",
                "Give another place with --certificate PATH.",
            )
        options.confirm(opened.path.stem, f"The key {path.name} will be destroyed", yes=yes)
        text = written(
            lang=opened.settings().language,
            study_id=opened.settings().id,
            key_id=known,
            at=at,
            counts=counts,
            members=len(opened.members()),
            groups=len(opened.groups()),
            papers=sum(line["command"] == "key paper" for line in opened.log()),
            found=not gone,
        ).encode()
        # Removed inside the transaction: where that fails the study does not say that it was done.
        with opened.transaction():
            opened.end_key()
            opened.record("key destroy", key=known, gone=gone)
            if not gone:
                _remove(path, seal)
        send(opened, {target: text}, empty={target: text}, key=None, descriptor=None, overwrite=False)
    say(f"The key is destroyed; {target.name} says so. Coding, counting and reporting go on.")
    say("No export joins the study any more, no name comes back, and the leak gate checks patterns only.")
    say("Destroy its copies too: backups, other media, paper.")


def _remove(path: Path, seal: Any) -> None:  # noqa: ANN401 the module, imported late
    try:
        path.unlink()
    except OSError as problem:
        raise StudyError(
            f"{path.name} cannot be removed ({problem.strerror})", "Nothing was changed."
        ) from None
    seal.sync_folder(path.parent)


def _file_of(study: Study, given: Path | None) -> Path:
    """The path of the key file that is there and is this study's."""
    from chatcode.anonymize import seal

    destroyed = study.key_destroyed()
    if destroyed is not None:
        raise StudyError(f"the key of this study was destroyed on {destroyed}", "There is none to use.")
    path, known = options.key_path(study.path, given), study.settings().key_id
    if known is None:
        raise StudyError("this study has no key yet", "The first import makes it.")
    if seal.read_header(path).key_id != known:
        raise StudyError(f"{path.name} is the key of another study", "Give the right one with --key PATH.")
    return path


def _state(study: Study, path: Path) -> dict[str, Any]:
    """What is known without the passphrase."""
    from chatcode.anonymize import seal
    from chatcode.anonymize.place import shared_because

    destroyed, known = study.key_destroyed(), study.settings().key_id
    found: dict[str, Any] = {"path": str(path), "there": path.is_file()}
    if destroyed is not None:
        found["destroyed"] = destroyed.isoformat()
    if path.is_file():
        header = seal.read_header(path)
        mode = stat.S_IMODE(path.stat().st_mode)
        found |= {
            "key_id": header.key_id,
            "fits": None if known is None else header.key_id == known,
            "made": header.made or None,
            "sealed": seal.sealed_at(path).isoformat(timespec="seconds"),
            "permissions": f"{mode:04o}",
            "shared_folder": shared_because(path.parent),
        }
    else:
        found |= {"key_id": known, "fits": None}
    return found


def _warnings(found: dict[str, Any]) -> list[str]:
    lines = []
    if "destroyed" in found:
        lines.append("the key was destroyed: no export joins the study any more, and no name comes back")
    elif not found["there"]:
        if found["key_id"] is None:
            lines.append("this study has no key yet; the first import makes it")
        else:
            lines.append(
                "the key is not there: give its place with --key PATH, or chatcode key restore-paper"
            )
    elif found["fits"] is False:
        lines.append("this is the key of another study")
    if found.get("shared_folder"):
        lines.append(f"the key lies in a folder that others see: {found['shared_folder']}")
    if os.name == "posix" and int(found.get("permissions", "0"), 8) & 0o077:
        lines.append(f"others on this computer may read the key: chmod 600 {Path(found['path']).name}")
    return lines
