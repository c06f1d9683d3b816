"""How long the review screen takes to stand, and from a key's handler to the repainted screen.

    python benchmarks/review.py [--sizes 1000 10000 100000 1000000] [--seed 20200901] [--keys 60]

For each size a study is made in a temporary folder: four groups, three years of messages, and the first
half of each group reviewed (a tenth where there are a million messages: making half a million acts takes
minutes and tells nothing more). Then the screen is started headless by Textual's Pilot, 132 by 36, and
keys are pressed as a coder would: a code, keep, skip, move, undo, flag.

- open: the study is opened and the session is made (the first query of the queue, progress, the filter)
- first screen: from the same start until the first message is drawn
- handler to repaint: from the moment that the screen does what the key says until the last repaint before
  the next key; the segments are rendered as for a terminal, which is all but the terminal's own time.
  p95 CPU is the same in processor time, which a busy machine hardly changes

The exit code is 1 where, up to 100,000 messages, the first screen takes over 0.5 s or the 95th percentile of
handler to repaint is over 50 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from chatcode.codebook import Codebook
from chatcode.domain import Choice, Decision, Entry, Member, Suggestions
from chatcode.review.app import ReviewApp
from chatcode.review.session import Session
from chatcode.study.store import Study

SEED = 20200901
GROUPS = ("Noord", "Oost", "Zuid", "West")
WORDS = (
    "melding", "verdachte", "auto", "bij de school", "ik bel 112", "dank", "voor de info", "is iemand thuis",
    "fiets weg", "hond los", "fijne avond", "allemaal", "let op", "witte bus", "gezien", "buurt", "👍", "😊",
)  # fmt: skip
KEYS = ("r", "enter", "space", "1", "enter", "down", "up", "x", "minus", "7", "enter", "backspace", "f", "f")
FIRST, REPAINT, UP_TO = 0.5, 0.050, 100_000


def make(path: Path, size: int, rng: random.Random, codebook: Codebook) -> None:
    """A study of that many messages in four groups, partly reviewed by K1, with suggestions on a fifth."""
    share = 0.1 if size > UP_TO else 0.5
    with Study.create(path) as study, study.transaction():
        study.use_codebook(codebook.hash, codebook.text)
        for group, label in enumerate(GROUPS):
            study.add_group(label, label, f"g{group}")
            members = [
                Member(f"{label}-{n}", "Deelnemer", group * 40 + n + 1, frozenset({"deelnemer"}))
                for n in range(40)
            ]
            study.put_members(members)
            entries = list(_entries(f"g{group}", members, size // len(GROUPS), rng))
            study.add_entries(entries, [b""] * len(entries))
            reviewed = entries[: int(len(entries) * share)]
            study.confirm(
                [Decision(e.id, (Choice("M"),) if rng.random() < 0.1 else ()) for e in reviewed],
                coder="K1",
                round_=1,
                codebook_hash=codebook.hash,
            )
        first = [entry.id for entry in study.entries("g0")[::5]]
        study.put_suggestions(
            {entry_id: Suggestions(frozenset({"11+"}), {"11+": rng.random()}) for entry_id in first},
            codebook_hash=codebook.hash,
            source="benchmark",
        )


def _entries(group: str, members: list[Member], count: int, rng: random.Random):  # noqa: ANN202 a generator
    at, years = datetime.combine(date(2018, 9, 1), datetime.min.time()), timedelta(days=3 * 365)
    # Seven of eight messages answer one another within minutes; then it is quiet.
    quiet = max(years / max(count, 1) * 8, timedelta(minutes=61))
    for position in range(count):
        at += quiet if rng.random() < 1 / 8 else timedelta(minutes=rng.expovariate(1 / 3))
        text = " ".join(rng.choices(WORDS, k=rng.randint(2, 25)))
        yield Entry(
            f"{rng.getrandbits(128):032x}", group, position, at.replace(microsecond=0), "message", text,
            member_id=rng.choice(members).id,
        )  # fmt: skip


class Timed(ReviewApp):
    """The screen with a clock: when a key's handler was entered, and when the screen was painted last."""

    entered = painted = began = worked = 0.0

    def _press(self, key: str) -> None:
        # An `on_key` of its own would be called beside the screen's, which then handles each key twice.
        self.entered, self.began = time.perf_counter(), time.process_time()
        super()._press(key)

    def _display(self, screen, renderable) -> None:  # noqa: ANN001 Textual's own types are private
        super()._display(screen, renderable)
        if renderable is not None and hasattr(renderable, "render_segments"):
            renderable.render_segments(self.console)
        self.painted, self.worked = time.perf_counter(), time.process_time()


async def measure(path: Path, codebook: Codebook, keys: int) -> dict[str, float]:
    """Seconds of one size."""
    start = time.perf_counter()
    study = Study.open(path)
    session = Session(study, codebook, coder="K1", way="second-reader", study="bench")
    opened = time.perf_counter() - start
    app = Timed(session)
    spent: list[float] = []
    worked: list[float] = []
    async with app.run_test(size=(132, 36)) as pilot:
        await pilot.pause()
        first = app.painted - start
        for place in range(keys):
            await pilot.press(KEYS[place % len(KEYS)])
            await pilot.pause()
            spent.append(app.painted - app.entered)
            worked.append(app.worked - app.began)
    study.close()
    return {
        "open": opened,
        "first": first,
        "median": median(spent),
        "p95": quantiles(spent, n=20)[-1],
        "worst": max(spent),
        "work": quantiles(worked, n=20)[-1],
    }


def main() -> int:
    """Print the table; 1 where what the screen promises does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--keys", type=int, default=60)
    given = parser.parse_args()
    codebook, late = Codebook.load(), []
    print(f"seed {given.seed}, {given.keys} keys a size, Python {sys.version.split()[0]}")
    print(" messages    made    open   first   median      p95    worst  p95 CPU     RSS")
    with tempfile.TemporaryDirectory() as folder:
        for size in given.sizes:
            path = Path(folder) / f"{size}.study"
            start = time.perf_counter()
            make(path, size, random.Random(given.seed), codebook)
            made = time.perf_counter() - start
            one = asyncio.run(measure(path, codebook, given.keys))
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"{size:>9} {made:>6.1f}s {one['open']:>6.2f}s {one['first']:>6.2f}s"
                + "".join(f" {one[name] * 1000:>5.0f} ms" for name in ("median", "p95", "worst", "work"))
                + f" {memory:>4} MB",
                flush=True,
            )
            if size <= UP_TO and (one["first"] > FIRST or one["p95"] > REPAINT):
                late.append(size)
            path.unlink()
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
