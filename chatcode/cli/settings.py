"""`chatcode settings`: what you prefer, kept on this computer and in no study."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from chatcode.cli import options
from chatcode.cli.output import print_json, print_rows, say
from chatcode.errors import ChatcodeError


def settings(
    coder: Annotated[str | None, typer.Option("--coder", help="Who you are when you code.")] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", help="Language of the codes' names: nl or en.")
    ] = None,
    theme: Annotated[
        str | None, typer.Option("--theme", help="dark, light, terminal-dark or terminal-light.")
    ] = None,
    key: Annotated[
        list[str] | None, typer.Option("--key", help="Another key for a command of review: undo=u.")
    ] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Forget every preference first.")] = False,
    as_json: options.JsonOption = False,
) -> None:
    """Show your preferences, or change them.

    Example: chatcode settings --coder K1 --key undo=u
    """
    from chatcode import settings as preferences
    from chatcode.codebook import Codebook
    from chatcode.review.keys import THEMES, keymap

    mine = preferences.Settings() if forget else preferences.load()
    if lang not in (None, "", *preferences.LANGUAGES):
        raise ChatcodeError(f"there is no language {lang!r}", "Choose --lang nl or --lang en.")
    if theme not in (None, "", *THEMES):
        raise ChatcodeError(f"there is no theme {theme!r}", f"Choose one of: {', '.join(THEMES)}.")
    keys = dict(mine.keys)
    for pair in key or ():
        command, found, pressed = pair.partition("=")
        if not found or not pressed:
            raise ChatcodeError(f"{pair[:20]!r} gives no command a key", "For instance: --key undo=u")
        keys[command] = pressed
    keymap(Codebook.load(), keys)
    changed = replace(
        mine,
        coder=mine.coder if coder is None else coder.strip(),
        language=mine.language if lang is None else lang,
        theme=mine.theme if theme is None else theme,
        keys=keys,
    )
    if forget or changed != mine:
        say(f"Kept in {preferences.save(changed)}.")
    rows = [
        {"preference": name, "value": getattr(changed, name) or None}
        for name in ("coder", "language", "theme")
    ]
    rows += [{"preference": f"key of {name}", "value": pressed} for name, pressed in sorted(keys.items())]
    if as_json:
        print_json({"rows": rows})
    else:
        print_rows(rows, ("preference", "value"))
