"""A person's own preferences, kept outside every study: who they are, their language, theme and keys."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chatcode.errors import ChatcodeError

LANGUAGES = ("nl", "en")
_TEXTS = ("coder", "language", "theme")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person prefers; an empty text leaves the choice to each command.

    `keys` gives commands of the review screen another key: command to key.
    """

    coder: str = ""
    language: str = ""
    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)


def settings_path() -> Path:
    """Where the preferences lie: CHATCODE_CONFIG, else the usual folder of the system."""
    given = os.environ.get("CHATCODE_CONFIG")
    if given:
        return Path(given)
    from platformdirs import user_config_path

    return user_config_path("chatcode", appauthor=False) / "config.toml"


def load(path: Path | None = None) -> Settings:
    """Read the preferences; where there is no file, nothing is preferred.

    Raises:
        ChatcodeError: the file cannot be read, or holds what is no preference.
    """
    path = path or settings_path()
    if not path.is_file():
        return Settings()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ChatcodeError(
            f"{path.name} cannot be read as preferences ({type(error).__name__})",
            f"Mend it or take it away: {path}",
        ) from None
    unknown = sorted(set(found) - {*_TEXTS, "keys"})
    keys = found.get("keys", {})
    texts = {name: found.get(name, "") for name in _TEXTS}
    if unknown:
        raise ChatcodeError(f"{path.name}: there is no preference {unknown[0]!r}", f"Mend it: {path}")
    if not isinstance(keys, dict) or not all(isinstance(t, str) for t in (*keys.values(), *texts.values())):
        raise ChatcodeError(f"{path.name}: every preference is a text in quotes", f"Mend it: {path}")
    if texts["language"] not in ("", *LANGUAGES):
        raise ChatcodeError(f"{path.name}: the language is nl or en", f"Mend it: {path}")
    return Settings(**texts, keys=keys)


def save(settings: Settings, path: Path | None = None) -> Path:
    """Write the preferences in place of those that were there; where they lie."""
    path = path or settings_path()
    # A JSON string that keeps its letters is a TOML string too.
    lines = [
        f"{name} = {json.dumps(getattr(settings, name), ensure_ascii=False)}"
        for name in _TEXTS
        if getattr(settings, name)
    ]
    if settings.keys:
        lines += ["", "[keys]"]
        lines += [
            f"{name} = {json.dumps(key, ensure_ascii=False)}" for name, key in sorted(settings.keys.items())
        ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise ChatcodeError(
            f"{path.name} cannot be written ({error.strerror})", f"Look at the rights of {path.parent}."
        ) from None
    return path
