"""How coders learn the codebook: the steps before suggestions are used, and which were passed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from chatcode.cli.recoding import needing_recode

if TYPE_CHECKING:
    from chatcode.study.store import Study

# Fewer messages read by two coders say little of any code.
PILOT = 50


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whether it was taken, and the command that takes it."""

    name: str
    state: Literal["done", "skipped", "open"]
    command: str
    why: str


def steps(study: Study) -> list[Step]:
    """Practice, blind pilot, agree, discuss, codebook version, recode: in this order, before suggestions."""
    skipped = {one.step for one in study.skipped_steps()}
    pairs = study.blind_pairs()
    agreed = any(line["command"] == "agree" for line in study.log())
    talked = any(memo.kind in ("code", "method") for memo in study.wider_memos())
    used = study.codebook_text()
    # A change that came in with another coder's file is one of this study once it is taken into use.
    changed = any(used and change.new_hash == used[0] for change in study.codebook_changes())
    recode = len(needing_recode(study)) if changed else 0
    known = (
        ("practice", bool(study.practices()), "chatcode practice --coder NAME",
         "learn the codes on a synthetic chat, with an answer after each message"),
        ("pilot", pairs >= PILOT, "chatcode review --way blind --coder NAME",
         f"two coders read the same messages blind: {pairs} of at least {PILOT}"),
        ("agree", agreed, "chatcode agree --disagreements", "see where the two differ"),
        ("discuss", talked, 'chatcode memo "WHAT WAS DECIDED" --code CODE --coder NAME',
         "talk it over, and keep what was decided as a memo"),
        ("codebook", changed, "chatcode codebook use NEW.yaml --reason WHY --by NAME",
         "write what was decided into the codebook"),
        ("recode", changed and not recode, "chatcode review --recode --coder NAME",
         f"{recode} decisions are touched by a changed definition"),
    )  # fmt: skip
    return [
        Step(name, "done" if done else ("skipped" if name in skipped else "open"), command, why)
        for name, done, command, why in known
    ]


STEPS = ("practice", "pilot", "agree", "discuss", "codebook", "recode")
