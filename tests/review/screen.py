"""The review screen without a terminal: keys in, rows out."""

from __future__ import annotations

from chatcode.review.app import ReviewApp
from chatcode.review.session import Session


def app_of(study, codebook, way="blind"):
    """The screen of K1 on this study."""
    return ReviewApp(Session(study, codebook, coder="K1", way=way, study="proef"))


def shown(app):
    """What stands on the screen, row by row."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


async def press(app, pilot, *keys):
    """Press these keys, and wait until the screen has followed."""
    for key in keys:
        await pilot.press(key)
    await pilot.pause()
