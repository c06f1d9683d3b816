"""Time the reading of a large export, beside other parsers and beside the floor.

    python benchmarks/parse.py [--messages 1000000] [--seed 20200901] [--runs 3] [--style android|ios|both]

It makes its own export (nothing in it is real), then reads it in a process of its own per parser
and run, the parsers taking turns, and prints the median of the seconds and the highest peak of
memory:

- floor: read the file, decode it, split it into lines; nothing can be done for less
- frame: file to DataFrame, a checksum over every column included
- walk: file to Message objects, every field of every one looked at
- whatstk: file to DataFrame; needs whatstk in this Python, or --whatstk PYTHON that has it
- node: whatsapp-chat-parser, file to objects; needs node, and the package in NODE_PATH

The clock starts before the parser is imported, for a user waits for that too. On a machine with
other work the seconds of the processor tell more than those of the clock.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

SEED = 20200901
WORDS = (
    "de het een en van in op te dat die is voor met niet zijn er maar om ook als dan wie weet hoe laat "
    "fiets straat buren politie gebeld gezien net langs auto wit bus deur dicht gaat iemand mee kijken "
    "dank jullie wel goed bezig vanavond half elf hond uitlaten licht kapot poort achterom jongens "
    "scooter kenteken camera beelden één café"
)
EMOJI = ("👍", "🙏🏽", "😂", "👀", "🚓", "👨‍👩‍👧")
NOTICES = (
    "{a} heeft {b} toegevoegd",
    "{b} is deelnemer geworden via de uitnodigingslink van deze groep",
    "{b} heeft de groep verlaten",
    "Je hebt {b} verwijderd",
    "{a} heeft de groepsafbeelding gewijzigd",
)
STAND_INS = {
    "android": ("<Media weggelaten>", "Dit bericht is verwijderd"),
    "ios": ("\u200eafbeelding weggelaten", "\u200evideo weggelaten", "\u200eDit bericht is verwijderd."),
}


def make(path: Path, style: str, messages: int, seed: int) -> None:
    """Write an export of so many entries in the Dutch style of a platform."""
    rng = random.Random(seed)
    words = WORDS.split()
    members = [f"Lid {n} straat {n % 7}" for n in range(1, 81)] + [f"+31 6 00{n:06d}" for n in range(20)]
    ios = style == "ios"
    end = "\r\n" if ios else "\n"
    at = datetime(2015, 1, 1, 8)
    with path.open("w", encoding="utf-8", newline="") as file:
        for _ in range(messages):
            at += timedelta(seconds=rng.expovariate(1 / 290))
            head = at.strftime("[%d-%m-%Y %H:%M:%S] " if ios else "%d-%m-%Y %H:%M - ")
            sender, dice = rng.choice(members), rng.random()
            if dice < 0.02:
                notice = rng.choice(NOTICES).format(a=sender, b=rng.choice(members))
                file.write(f"{head}Buurt: \u200e{notice}{end}" if ios else f"{head}{notice}{end}")
                continue
            if dice < 0.07:
                text = rng.choice(STAND_INS[style])
                head = "\u200e" + head if ios else head
            else:
                text = " ".join(rng.choices(words, k=rng.randrange(1, 22)))
                if dice < 0.22:
                    text += " " + rng.choice(EMOJI)
                if dice > 0.94:
                    text += "\n" + " ".join(rng.choices(words, k=rng.randrange(1, 12)))
                if dice > 0.995:
                    text += " \u200e<Dit bericht is bewerkt>"
            file.write(f"{head}{sender}: {text}{end}")


_CLOCK = """
import json, resource, sys, time
start = time.perf_counter()
path = sys.argv[1]
{work}
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([seconds, time.process_time(), peak, entries]))
"""

PYTHON = {
    "floor": """
with open(path, "rb") as file:
    entries = len(file.read().decode().splitlines())
""",
    "frame": """
from chatcode.whatsapp import read_export, to_frame
frame = to_frame(read_export(path))
entries, total = len(frame), int(frame.sent_at.astype("int64").sum()) + int(frame.edited.sum())
for name in ("sender", "kind", "text", "event", "actor", "targets"):
    total += sum(len(value) for value in frame[name] if value is not None)
""",
    "walk": """
from chatcode.whatsapp import read_export
entries = total = 0
for m in read_export(path).messages:
    entries += 1
    total += m.sent_at.minute + len(m.sender or "") + len(m.kind) + len(m.text) + len(m.event or "")
    total += len(m.actor or "") + len(m.targets) + m.edited
""",
    "whatstk": """
from whatstk import WhatsAppChat
entries = len(WhatsAppChat.from_source(filepath=path, max_size=None).df)
""",
}

NODE = """
const start = process.hrtime.bigint();
const { parseString } = require("whatsapp-chat-parser");
const text = require("fs").readFileSync(process.argv[1], "utf8");
const messages = parseString(text, { daysFirst: true });
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const use = process.resourceUsage();
const cpu = (use.userCPUTime + use.systemCPUTime) / 1e6;
console.log(JSON.stringify([seconds, cpu, use.maxRSS / 1024, messages.length]));
"""


class Result(NamedTuple):
    """What one run took: seconds on the clock and of the processor, peak in MB; and what it found."""

    seconds: float
    cpu: float
    peak: float
    entries: int


def commands(whatstk: str) -> dict[str, list[str]]:
    """One command per parser; the path of the export is its last argument."""
    pythons = dict.fromkeys(PYTHON, sys.executable) | {"whatstk": whatstk}
    found = {name: [pythons[name], "-c", _CLOCK.format(work=work)] for name, work in PYTHON.items()}
    if (node := shutil.which("node")) is not None:
        found["node"] = [node, "--max-old-space-size=8192", "-e", NODE]
    return found


def measure(command: list[str], path: Path) -> Result | str:
    """Run one parser once; or say why it could not."""
    try:
        done = subprocess.run([*command, str(path)], capture_output=True, text=True, timeout=900, check=False)
    except subprocess.TimeoutExpired:
        return "took over 15 minutes"
    if done.returncode:
        return done.stderr.strip().splitlines()[-1][:90] if done.stderr.strip() else f"exit {done.returncode}"
    return Result(*json.loads(done.stdout))


def compare(path: Path, parsers: dict[str, list[str]], runs: int) -> None:
    """Let the parsers take turns and print what each took."""
    results: dict[str, list[Result]] = {name: [] for name in parsers}
    failed: dict[str, str] = {}
    for _ in range(runs):
        for name, command in parsers.items():
            if name in failed or (name == "whatstk" and results[name]):
                continue  # one run of the slow one is enough
            result = measure(command, path)
            if isinstance(result, str):
                failed[name] = result
            else:
                results[name].append(result)
    floor = statistics.median(row.seconds for row in results["floor"])
    floor_cpu = statistics.median(row.cpu for row in results["floor"])
    print(f"  {'':8} {'clock':>7} {'x floor':>8} {'cpu':>8} {'x floor':>8} {'peak MB':>8} {'entries':>10}")
    for name, rows in results.items():
        if not rows:
            print(f"  {name:8} {failed[name]}")
            continue
        seconds = statistics.median(row.seconds for row in rows)
        cpu = statistics.median(row.cpu for row in rows)
        peak, entries = max(row.peak for row in rows), rows[0].entries
        print(
            f"  {name:8} {seconds:7.2f} {seconds / floor:8.1f} {cpu:8.2f} {cpu / floor_cpu:8.1f}"
            f" {peak:8.0f} {entries:10,}"
        )


def main() -> None:
    """Parse the arguments, make the exports, print the comparison."""
    parser = argparse.ArgumentParser(description="Time the reading of a large export.")
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--style", choices=["android", "ios", "both"], default="both")
    parser.add_argument(
        "--whatstk", default=sys.executable, metavar="PYTHON", help="a Python that has whatstk"
    )
    given = parser.parse_args()
    for style in ["android", "ios"] if given.style == "both" else [given.style]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{style}.txt"
            make(path, style, given.messages, given.seed)
            size = path.stat().st_size / 1e6
            print(f"{style}: {given.messages:,} messages, {size:.0f} MB, seed {given.seed}")
            compare(path, commands(given.whatstk), given.runs)


if __name__ == "__main__":
    main()
