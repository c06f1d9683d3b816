"""Copies of a study: made while it is in use, proved by opening, never over anything."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from chatcode.errors import ChatcodeError, StudyError
from chatcode.study.connection import study_id
from chatcode.study.health import problems
from chatcode.study.store import Study


def back_up(study: Study, now: datetime, target: Path | None = None) -> Path:
    """Copy a study to `target`, or beside it under the moment's name; the copy is opened and checked.

    Raises:
        ChatcodeError: the target is there already.
        StudyError: the copy does not hold together.
    """
    target = target or study.path.with_name(f"{study.path.name}.{now:%Y%m%d-%H%M%S}.bak")
    if target.exists():
        raise ChatcodeError(f"{target.name} is there already", "Nothing is overwritten: choose another name.")
    if not target.parent.is_dir():
        raise ChatcodeError(f"there is no folder for {target.name}", "Make the folder first.")
    found = problems(study)
    if found:
        raise StudyError(f"{study.path.name} is not sound: {found[0]}", "Restore an older backup.")
    try:
        study.copy_to(target)
        _prove(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target


def restore(backup: Path, path: Path, now: datetime) -> Path | None:
    """Put a backup in the place of a study; what was there is kept under another name, which is returned.

    Raises:
        ChatcodeError: there is no such backup, or it is one of another study.
        StudyError: the backup is no sound study; nothing is changed.
    """
    if not backup.is_file():
        raise ChatcodeError(f"there is no backup {backup.name}", "Look at its name and folder.")
    of = _prove(backup)
    aside = None
    if path.exists():
        if study_id(path) not in (None, of):
            raise ChatcodeError(
                f"{backup.name} is a backup of another study than {path.name}",
                "To put it elsewhere, name a file that is not there yet: --study OTHER.study",
            )
        aside = path.with_name(f"{path.name}.{now:%Y%m%d-%H%M%S}.before-restore")
        if aside.exists():
            raise ChatcodeError(f"{aside.name} is there already", "Wait a second and try again.")
        path.rename(aside)
    part = path.with_name(f"{path.name}.part")
    shutil.copyfile(backup, part)
    part.replace(path)
    return aside


def _prove(path: Path) -> str:
    """The id of the study in a copy that is sound."""
    with Study.open(path) as copy:
        found = problems(copy)
        of = copy.settings().id
    if found:
        raise StudyError(f"{path.name} is not sound: {found[0]}", "Take an older backup.")
    return of
