"""Make the pictures of the README from the synthetic demo: python docs/make_pictures.py."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from chatcode.codebook import Codebook
from chatcode.review.app import ReviewApp
from chatcode.review.session import Session
from chatcode.study.store import Study

DOCS = Path(__file__).parent


async def screen(study: Study) -> None:
    """Code some messages as a coder would, until the machine differs, and take the screen."""
    app = ReviewApp(Session(study, Codebook.load(), coder="K1", study="waterstad"))
    async with app.run_test(size=(120, 34)) as pilot:
        keys = {"M": "r", "1+": "1", "8+": "8", "4+": "4", "10+": "0", "11+": "equals_sign"}
        session = app.session
        while not (session.objection and len(session.conversation) > 5):
            assert session.entry is not None
            suggested = study.suggestions([session.entry.id]).get(session.entry.id)
            if session.objection:
                await pilot.press("enter")
                continue
            # Leave the last message of a conversation bare, so that the machine has something to say.
            bare = session.entry.id == session.conversation[-1].id
            for code in sorted(suggested.codes if suggested and not bare else ()):
                if code in keys:
                    await pilot.press(keys[code])
            await pilot.press("enter")
            await pilot.pause()
        (DOCS / "review.svg").write_text(app.export_screenshot(title="chatcode review"), encoding="utf-8")


def report(page: Path) -> None:
    """Photograph the top of the report in a browser without a window."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("chromium is needed for the picture of the report")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--hide-scrollbars",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                f"--user-data-dir={profile}",
                f"--screenshot={DOCS / 'report.png'}",
                "--window-size=1160,1400",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


def main() -> None:
    """Make a demo in a folder of its own and both pictures of it."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "demo"
        subprocess.run([sys.executable, "-m", "chatcode", "demo", str(made)], check=True, capture_output=True)
        with Study.open(made / "waterstad.study") as study:
            asyncio.run(screen(study))
        report(made / "rapport.html")


if __name__ == "__main__":
    main()
