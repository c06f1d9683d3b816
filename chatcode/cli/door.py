"""The one door out: nothing leaves a study as a file but past the leak gate."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from chatcode.cli.options import key_for_gate, key_path
from chatcode.cli.output import say
from chatcode.errors import ChatcodeError, LeakError

if TYPE_CHECKING:
    from chatcode.study.store import Study

_BY_WORD = (".pdf", ".odt")


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
    from chatcode.anonymize.leaks import Gate

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
        if leaks:
            kinds = ", ".join(sorted({leak.kind for leak in leaks}))
            raise LeakError(
                f"{path.name} was not written: {len(leaks)} leaks ({kinds}), the first at {leaks[0].place}",
                "Nothing left the study. Look at the names that pseudonymising missed.",
            )
    made = {path: turned[path](data) if path in turned else data for path, data in files.items()}
    for path, data in made.items():
        _write(path, data)
    sealed = key_path(study.path, key)
    if sealed.is_file() and any(path.resolve().parent == sealed.resolve().parent for path in files):
        say("Note: the key lies in the same folder: hand over files, never the folder.")
    return made


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
