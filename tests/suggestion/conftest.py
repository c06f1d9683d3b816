from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest

from chatcode.bundled import codebook_path
from chatcode.codebook import Codebook
from chatcode.domain import Message

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

TEXT = codebook_path().read_text(encoding="utf-8")
NOON = datetime(2021, 3, 1, 12, 0)
WORDS = "words:\n"


def write(cue: str, code: str = "6+", words: str = "") -> Codebook:
    """The bundled codebook with one more cue, named `new`, and more word lists."""
    number, side = code[:-1], "seen" if code.endswith("+") else "opposite"
    start = TEXT.index(f"\n  {number}:\n")
    place = TEXT.index("cues:\n", TEXT.index(f"    {side}:\n", start)) + len("cues:\n")
    text = TEXT[:place] + f"        - {{id: new, yes: [x], weight: strong, {cue}}}\n" + TEXT[place:]
    return Codebook.parse(text.replace(WORDS, f"{WORDS}{words}", 1), "test.yaml")


@pytest.fixture(scope="session")
def with_cue():
    return write


@pytest.fixture(scope="session")
def bundled():
    return Codebook.load()


@pytest.fixture(scope="session")
def chat():
    """Messages from `sender: text` lines, two minutes apart; `+90` waits so many minutes."""

    def make(*lines: str) -> list[Message]:
        at, messages = NOON, []
        for line in lines:
            if line.startswith("+"):
                at += timedelta(minutes=int(line))
                continue
            sender, text = line.split(": ", 1)
            at += timedelta(minutes=2)
            if sender == "*":
                messages.append(Message(at, None, "system", text, event=text))
            else:
                messages.append(Message(at, sender, "message", text))
        return messages

    return make
