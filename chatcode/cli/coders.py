"""Which coders are meant, and in which round: asked by several commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatcode.cli.output import next_step, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.study.store import Study


@dataclass(frozen=True, slots=True)
class Coders:
    """Two coders or more, and the round in which they are looked at."""

    names: tuple[str, ...]
    round: int

    @property
    def listed(self) -> str:
        """Their names in a sentence."""
        return listed(self.names)


def several_coders(study: Study, named: Sequence[str], round_: int | None) -> Coders:
    """The coders that were named, else all who coded; and the round, else the last that all have.

    Where nobody was named and no round is common to all, it is the last one that two or more have;
    who is left out is said.

    Raises:
        ChatcodeError: one of them has not coded, there is one only, or they share no such round.
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
    if len(set(coders)) < len(coders):
        raise ChatcodeError("a coder is named twice", "Name each once.")
    if len(coders) < 2:
        raise ChatcodeError(
            f"two coders or more are compared, and here are {len(coders)}: {', '.join(coders) or 'nobody'}",
            "The file of another coder comes in by: chatcode merge OTHER.study",
        )
    shared = set.intersection(*(rounds[coder] for coder in coders))
    if round_ in shared or (shared and not round_):
        return Coders(tuple(coders), round_ or max(shared))
    if not named:
        found = _most(rounds, round_)
        if found:
            left = [coder for coder in coders if coder not in found.names]
            say(f"Note: {listed(left)} did not code in round {found.round}: left out.")
            return found
    raise ChatcodeError(
        f"{listed(coders)} have no {f'round {round_}' if round_ else 'round'} in common",
        "Here are " + "; ".join(f"rounds of {coder}: {_numbers(rounds[coder])}" for coder in coders) + ".",
    )


def _most(rounds: Mapping[str, set[int]], round_: int | None) -> Coders | None:
    """The last round that two coders or more have, or this one, with who have it."""
    for one in [round_] if round_ else sorted(set.union(*rounds.values()), reverse=True):
        names = tuple(sorted(coder for coder, some in rounds.items() if one in some))
        if len(names) > 1:
            return Coders(names, one)
    return None


def after_reading(several: bool) -> None:
    """Name the command that comes after codings came in: whose count is not known where several coded."""
    if several:
        next_step("chatcode agree", "see where the coders differ, and settle it: then their codings count")
    else:
        next_step("chatcode report", "see the frequencies per month")


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: K1, K2 and K3."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _numbers(rounds: set[int]) -> str:
    return ", ".join(str(one) for one in sorted(rounds))
