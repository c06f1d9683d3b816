"""Which two coders are meant, and in which round: asked by several commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.study.store import Study


def two_coders(study: Study, named: Sequence[str], round_: int | None) -> tuple[str, str, int]:
    """The two coders that were named, else the only two; and the round, else the last that both have.

    Raises:
        ChatcodeError: one of them has not coded, there are not two, or they share no such round.
    """
    settled = study.adjudicator()
    rounds: dict[str, set[int]] = {}
    for coder, one in study.rounds():
        if coder != settled:
            rounds.setdefault(coder, set()).add(one)
    coders = list(named) or sorted(rounds)
    unknown = [coder for coder in coders if coder not in rounds]
    if unknown:
        raise ChatcodeError(
            f"no codings by {unknown[0]}",
            f"There are codings by: {', '.join(sorted(rounds)) or 'nobody yet'}.",
        )
    if len(coders) != 2 or len(set(coders)) != 2:
        raise ChatcodeError(
            f"two coders are compared, and here are {len(set(coders))}: {', '.join(coders) or 'nobody'}",
            "Name two. The file of another coder comes in by: chatcode merge OTHER.study",
        )
    first, second = coders
    shared = rounds[first] & rounds[second]
    if not shared or (round_ and round_ not in shared):
        raise ChatcodeError(
            f"{first} and {second} have no {f'round {round_}' if round_ else 'round'} in common",
            f"Rounds of {first}: {_listed(rounds[first])}; of {second}: {_listed(rounds[second])}.",
        )
    return first, second, round_ or max(shared)


def _listed(rounds: set[int]) -> str:
    return ", ".join(str(one) for one in sorted(rounds))
