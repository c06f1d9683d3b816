"""Options that many commands share, and how a study and its key are found and opened."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatcode.cli.output import say
from chatcode.errors import ChatcodeError, StudyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chatcode.anonymize.identities import Key
    from chatcode.codebook import Codebook
    from chatcode.domain import Period
    from chatcode.study.store import Study

StudyOption = Annotated[
    Path | None,
    typer.Option(
        "--study", "-s", envvar="CHATCODE_STUDY", help="The study file; else the only *.study in this folder."
    ),
]
KeyOption = Annotated[
    Path | None, typer.Option("--key", help="The sealed key file; else the one beside the study.")
]
PassphraseOption = Annotated[
    int | None,
    typer.Option("--passphrase-fd", help="Read the key's passphrase from this open file descriptor."),
]
SharedOption = Annotated[
    bool, typer.Option("--allow-shared", help="Make the key even in a folder that others see.")
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask; for scripts.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the data as JSON.")]
CoderOption = Annotated[
    str | None, typer.Option("--coder", help="Whose codings count, where several people coded.")
]
LangOption = Annotated[
    str | None, typer.Option("--lang", help="Language of the document: nl or en; else the study's.")
]
OutOption = Annotated[
    list[Path] | None, typer.Option("--out", "-o", help="Write to this file; its ending says the format.")
]
SurveyOption = Annotated[
    bool, typer.Option("--survey", help="Add the survey: the figures that the study keeps of it.")
]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there already.")]

# Dates are given as days; typer's own default also takes moments.
DAY = ["%Y-%m-%d"]


def find_study(given: Path | None) -> Path:
    """The path of the study that is meant.

    Of copies of one study in a folder it is the one that has its key beside it: coders' copies have none.

    Raises:
        ChatcodeError: none was given, and the folder holds none or several.
    """
    if given:
        return given
    found = sorted(Path.cwd().glob("*.study"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise ChatcodeError("there is no study in this folder", "Start one: chatcode init NAME.study")
    led = [path for path in found if key_path(path, None).is_file()]
    if len(led) == 1 and _copies(found):
        say(f"Note: {led[0].name} is meant, for its key is here; the others are copies of it.")
        return led[0]
    raise ChatcodeError(
        f"there are {len(found)} studies in this folder",
        "Say which: --study NAME.study, or set CHATCODE_STUDY",
    )


def _copies(paths: Sequence[Path]) -> bool:
    """Whether all of these files are of one study."""
    from chatcode.study.connection import study_id

    ids = {study_id(path) for path in paths}
    return len(ids) == 1 and None not in ids


def open_study(given: Path | None) -> Study:
    """Open the study that is meant."""
    from chatcode.study.store import Study

    return Study.open(find_study(given))


def codebook_of(study: Study) -> Codebook:
    """The codebook that the study uses; the bundled one is taken into use where there is none yet."""
    from chatcode.codebook import Codebook

    kept = study.codebook_text()
    if kept:
        return Codebook.parse(kept[1], "the study's codebook")
    codebook = Codebook.load()
    study.use_codebook(codebook.hash, codebook.text)
    return codebook


def language_of(study: Study, given: str | None) -> str:
    """The language of a document: the one asked for, else the study's.

    Raises:
        ChatcodeError: there are no documents in that language.
    """
    language = given or study.settings().language
    if language not in ("nl", "en"):
        raise ChatcodeError(f"there are no documents in {language!r}", "Choose --lang nl or --lang en.")
    return language


def free_of_identifiers(text: str, what: str) -> str:
    """The text itself, when it holds nothing that has the form of a number, plate or address.

    What people type in is stored as it is and printed in documents, where the leak gate would
    stop it for ever: so it is refused where it comes in.

    Raises:
        ChatcodeError: it does; the text is not repeated.
    """
    from chatcode.anonymize.leaks import Gate

    if text and Gate().check(text.encode("utf-8"), ".txt"):
        raise ChatcodeError(
            f"{what} holds what looks like a number, plate or address of somebody",
            "Say it without; nothing was stored.",
        )
    return text


def period_of(days: tuple[datetime, datetime] | None, name: str) -> Period | None:
    """A period from two days given on the command line: the second does not count."""
    if days is None:
        return None
    from chatcode.domain import Period

    try:
        return Period(days[0].date(), days[1].date())
    except ValueError:
        raise ChatcodeError(
            f"--{name} ends before it starts", "Give the first day and the day after the last."
        ) from None


def has_screen() -> bool:
    """Whether a screen can be drawn here, and somebody presses keys."""
    # Windows sets no TERM; elsewhere a terminal without one can draw no screen.
    terminal = os.environ.get("TERM", "" if os.name == "nt" else "dumb")
    return sys.stdin.isatty() and sys.stdout.isatty() and terminal != "dumb"


# ── the key ───────────────────────────────────────────────────────────────────


def key_path(study: Path, given: Path | None) -> Path:
    """Where the key of a study lies."""
    return given or study.with_suffix(".key")


def refuse_shared(path: Path, allowed: bool) -> None:
    """Refuse to put a key where others see it.

    Raises:
        ChatcodeError: the folder is shared, and that was not allowed.
    """
    from chatcode.anonymize.place import shared_because

    why = None if allowed else shared_because(path.parent)
    if why is not None:
        raise ChatcodeError(
            f"no key is put in this folder: {why}",
            f"Give another place with --key PATH, or say --allow-shared. Meant was {path.name}.",
        )


def create_key(path: Path, descriptor: int | None, *, allow_shared: bool = False) -> Key:
    """Make a key file under a new passphrase, asked twice or read from a descriptor."""
    from chatcode.anonymize.identities import Key

    refuse_shared(path, allow_shared)
    return Key.create(path, _passphrase(descriptor, f"New passphrase for {path.name}", again=True))


def open_key(study: Study, given: Path | None, descriptor: int | None) -> Key:
    """Open the study's key.

    Raises:
        StudyError: it is missing, destroyed, another study's, or the passphrase is wrong.
    """
    from chatcode.anonymize.identities import Key

    path = key_path(study.path, given)
    destroyed = study.key_destroyed()
    if destroyed is not None:
        raise StudyError(
            f"the key of this study was destroyed on {destroyed}: no export joins it any more, and no name"
            " comes back",
            "Coding, counting and reporting go on without it.",
        )
    known = study.settings().key_id
    if known and path.is_file() and Key.header(path) != known:
        raise StudyError(
            f"{path.name} is the key of another study",
            "Give the right one with --key PATH; nothing was changed.",
        )
    if not path.is_file():
        raise StudyError(f"the key {path.name} is not there", "Give its place with --key PATH.")
    return Key.open(path, _passphrase(descriptor, f"Passphrase of {path.name}"))


def key_for_gate(study: Study, given: Path | None, descriptor: int | None) -> Key | None:
    """The key for the leak gate, or None where it cannot be opened without waiting: then it is said."""
    destroyed = study.key_destroyed()
    if destroyed is not None:
        say(f"Note: the key was destroyed on {destroyed}; the leak gate checks patterns only, no names.")
        return None
    path = key_path(study.path, given)
    if not path.is_file() and given is None:
        if study.settings().key_id:
            say(f"Note: without {path.name} the leak gate checks patterns only, no names.")
        return None
    if descriptor is None and not can_ask():
        say("Note: without a passphrase the leak gate checks patterns only, no names (--passphrase-fd).")
        return None
    return open_key(study, given, descriptor)


def _passphrase(descriptor: int | None, question: str, *, again: bool = False) -> str:
    if descriptor is not None:
        try:
            with os.fdopen(os.dup(descriptor), encoding="utf-8") as stream:
                return stream.readline().rstrip("\r\n")
        except (OSError, ValueError):
            raise ChatcodeError(
                f"no passphrase could be read from file descriptor {descriptor}",
                "For instance: --passphrase-fd 3 3<passphrase.txt",
            ) from None
    if not can_ask():
        raise ChatcodeError(
            "a passphrase is needed and there is no terminal to ask for it",
            "Give it with --passphrase-fd, for instance: --passphrase-fd 3 3<passphrase.txt",
        )
    from getpass import getpass

    first = getpass(f"{question}: ", stream=sys.stderr)
    if again and getpass("Once more: ", stream=sys.stderr) != first:
        raise ChatcodeError("the two passphrases differ", "Try again; nothing was made.")
    return first


def new_passphrase(descriptor: int | None, question: str) -> str:
    """A passphrase that is new: asked twice, or read from a descriptor."""
    return _passphrase(descriptor, question, again=True)


def confirm(word: str, what: str, *, yes: bool) -> None:
    """Go on only when somebody types this word, or said --yes.

    Raises:
        ChatcodeError: something else was typed, or there is nobody to ask.
    """
    if yes:
        return
    if not can_ask():
        raise ChatcodeError(f"{what}: this cannot be undone", "Say --yes where nobody can be asked.")
    say(f"{what}. This cannot be undone.")
    if typer.prompt(f"Type {word} to go on", default="", show_default=False, err=True).strip() != word:
        raise ChatcodeError("that was not typed", "Nothing was changed.")


def can_ask() -> bool:
    """Whether there is a person at a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()
