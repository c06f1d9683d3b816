"""The one door out: nothing leaves a study as a file but past the leak gate."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from chatcode.cli.options import free_of_identifiers, key_for_gate, key_path
from chatcode.cli.output import say
from chatcode.errors import ChatcodeError, LeakError

if TYPE_CHECKING:
    from chatcode.anonymize.leaks import Gate, Leak
    from chatcode.study.store import Study

_BY_WORD = (".pdf", ".odt")
# A reason of fewer signs says nothing to who reads the log afterwards.
_LEAST_REASON = 10
_despite: str | None = None


def open_despite(reason: str | None) -> None:
    """Let what follows pass the gate for a reason that is kept, or for none.

    Raises:
        ChatcodeError: the reason says nothing, or holds a number, plate or address.
    """
    global _despite  # noqa: PLW0603 one process is one command
    _despite = None
    if reason is None:
        return
    if len(reason.split()) < 2 or len(reason.strip()) < _LEAST_REASON:
        raise ChatcodeError("the reason is too short to be one", "Say why, in a few words; no names.")
    _despite = free_of_identifiers(reason.strip(), "--despite-leaks")


def send(
    study: Study,
    files: Mapping[Path, bytes],
    *,
    empty: Mapping[Path, bytes],
    key: Path | None,
    descriptor: int | None,
    overwrite: bool,
    own_words: Iterable[str] = (),
    turned: Mapping[Path, Callable[[bytes], bytes]] | None = None,
) -> dict[Path, bytes]:
    """Write files when none of them holds what identifies a person; else write none.

    `empty` holds the same documents of an empty study: what they contain is the program's own
    words, which cannot be a leak; `own_words` are further ones, such as the names of months. What is
    `turned` is looked at as it comes, for .pdf and .odt a Word file, and written as what it is turned
    into. Returns what was written.

    Raises:
        ChatcodeError: a file is there already and may not be replaced.
        LeakError: a file holds a name, number or the like; it names place and kind only.
    """
    from chatcode.anonymize.leaks import Gate, Leak

    for path in files:
        if path.exists() and not overwrite:
            raise ChatcodeError(f"{path.name} is there already", "Choose another name, or say --overwrite.")
        if not path.parent.is_dir():
            raise ChatcodeError(f"there is no folder for {path.name}", "Make the folder first.")
    opened = key_for_gate(study, key, descriptor)
    gate = opened.gate() if opened else Gate()
    allowed = [
        *(case.name for case in study.cases()),
        *(group.label for group in study.groups()),
        *study.coders(),
        *(mark.by for mark in study.marks()),
        *study.signatories(),
        *(member.label for member in study.members().values()),
        *own_words,
    ]
    turned = turned or {}
    for path, data in files.items():
        suffix = ".docx" if path in turned and path.suffix in _BY_WORD else path.suffix
        leaks = gate.check(data, suffix, empty=empty.get(path), allowed=allowed)
        if gate.check(path.stem.encode(), ".txt", allowed=[*allowed, study.path.stem]):
            leaks = [*leaks, Leak("its own name", "name or number")]
        if leaks:
            _pass_or_stop(study, gate, path, leaks, allowed)
    _tell_doubts(study)
    made = {path: turned[path](data) if path in turned else data for path, data in files.items()}
    for path, data in made.items():
        _write(path, data)
    sealed = key_path(study.path, key)
    if sealed.is_file() and any(path.resolve().parent == sealed.resolve().parent for path in files):
        say("Note: the key lies in the same folder: hand over files, never the folder.")
    return made


def _pass_or_stop(
    study: Study, gate: Gate, path: Path, leaks: Sequence[Leak], allowed: Sequence[str]
) -> None:
    """Stop what leaks, unless there is a reason; then place, kind and reason are logged, never a value."""
    kinds = sorted({leak.kind for leak in leaks})
    told = f"{len(leaks)} leaks ({', '.join(kinds)}), the first at {leaks[0].place}"
    name = path.suffix if leaks[-1].place == "its own name" else path.name
    if _despite is None:
        raise LeakError(
            f"{name} was not written: {told}",
            "Nothing left the study. Take the names out: chatcode names. Is it none, and you can say why:"
            " chatcode --despite-leaks REASON ...",
        )
    if gate.check(_despite.encode(), ".txt", allowed=allowed):
        raise LeakError("the reason itself names somebody", "Say why without names; nothing was written.")
    study.record("leaks passed", file=name, leaks=len(leaks), kinds=kinds, reason=_despite)
    say(f"Note: {name} is written despite {told}; the reason is in the log.")


def _tell_doubts(study: Study) -> None:
    """Words in doubt do not stop a document: most are no names, and a count of codes holds no text."""
    doubtful = study.words_in_doubt()
    if doubtful is None and study.settings().key_id:
        say("Note: nobody went through the words that may be names yet: chatcode names")
    elif doubtful:
        say(f"Note: {doubtful} words may still be names: chatcode names")


def _write(path: Path, data: bytes) -> None:
    """Put the file in place in one step, so that nobody ever finds half of it."""
    part = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            part = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(path)
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        raise ChatcodeError(
            f"{path.name} cannot be written ({error.strerror})", "Look at the folder's rights."
        ) from None
