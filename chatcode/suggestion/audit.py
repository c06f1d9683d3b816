"""The share of messages in which no suggestion is shown, so that suggestions can be judged honestly."""

from __future__ import annotations

from hashlib import sha256


def kept_apart(entry_id: str, share: float, seed: str) -> bool:
    """Whether a message belongs to the share that is reviewed without any suggestion.

    It hangs on the message and the study alone (`seed`: the study's id), never on what a machine
    thinks of it; the same for every coder and order, and a larger share holds a smaller one.
    """
    number = int.from_bytes(sha256(f"{seed} {entry_id}".encode()).digest()[:8])
    return number < share * 2**64
