"""Whether a folder is one that others see: no place for a key."""

from __future__ import annotations

import os
import stat
from pathlib import Path

# Folders that a sync program makes, by the names that it gives them; in lower case.
_SYNCED = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "mijn drive", "icloud drive",
    "icloud~drive", "com~apple~clouddocs", "mobile documents", "cloudstorage", "nextcloud", "owncloud",
    "surfdrive", "researchdrive", "research drive", "box", "box sync", "mega", "megasync", "pcloud",
    "pcloud drive", "pclouddrive", "proton drive", "stack", "syncthing", "sharepoint", "resilio sync",
)  # fmt: skip
# OneDrive adds the organisation: `OneDrive - Gemeente Waterstad`.
_SYNCED_BEGIN = ("onedrive - ", "onedrive-", "dropbox (", "googledrive-", "sharepoint - ", "surfdrive ")
# What sync programs leave in the top folder that they keep alike elsewhere.
_MARKERS = (".dropbox", ".stfolder", ".owncloudsync.log", ".nextcloudsync.log", ".sync_journal", ".megasync")
_EXPORTS = "exports"


def shared_because(folder: Path) -> str | None:
    """Say why a folder is shared with others, or None where nothing speaks for it.

    It is where a sync program copies it elsewhere, where chats are put down (`exports`), or where
    anybody on this computer may write and remove. A folder shared by a server looks like any other:
    that nobody can tell from here.
    """
    folder = folder.resolve()
    for part in (folder, *folder.parents):
        name = part.name.lower()
        if name in _SYNCED or name.startswith(_SYNCED_BEGIN):
            return "a cloud program copies it to other computers"
        if name == _EXPORTS:
            return "chats are put down and handed on in it"
        if any((part / marker).exists() for marker in _MARKERS):
            return "a program keeps it alike on other computers"
    if os.name == "posix" and folder.is_dir():
        mode = folder.stat().st_mode
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
            return "everybody on this computer may write in it"
    return None
