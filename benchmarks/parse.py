"""Time the reading of a large export, beside other parsers and beside the floor.

    python benchmarks/parse.py [--messages 1000000] [--seed 20200901] [--runs 3] [--style android|ios|both]

Makes its own export (nothing in it is real), then reads it in a process of its own per parser and
run, and prints the median of seconds and of peak memory:

- floor: read the file, decode it, split it into lines; nothing can be done for less
- chatcode frame: file to DataFrame with every column walked once
- chatcode walk: file to Message objects, every field of every one looked at
- whatstk: file to DataFrame, if the package is installed
- whatsapp-chat-parser: file to objects, if node and the package are there (NODE_PATH)
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

SEED = 20200901
WORDS = (
    "de het een en van in op te dat die is voor met niet zijn er maar om ook als dan wie weet hoe laat fiets straat "
    "buren politie gebeld gezien net langs auto wit bus deur dicht gaat iemand mee kijken dank jullie wel goed bezig "
    "vanavond half elf hond uitlaten licht kapot poort achterom jongens scooter kenteken camera beelden één café"
).split()
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
                text = " ".join(rng.choices(WORDS, k=rng.randrange(1, 22)))
                if dice < 0.22:
                    text += " " + rng.choice(EMOJI)
                if dice > 0.94:
                    text += "\n" + " ".join(rng.choices(WORDS, k=rng.randrange(1, 12)))
                if dice > 0.995:
                    text += " \u200e<Dit bericht is bewerkt>"
            file.write(f"{head}{sender}: {text}{end}")
