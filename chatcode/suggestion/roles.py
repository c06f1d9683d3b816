"""What the writers of a chat were when they wrote."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from chatcode.domain import Member, Message

RESIDENT = frozenset({"deelnemer"})
# "beheerder, professional", a collection of roles, or a member, whose roles may have days.
Given = str | Collection[str] | Member


class Roles:
    """Roles by writer; who is not named, or has none on a day, is a deelnemer."""

    def __init__(self, given: Mapping[str, Given]) -> None:
        self.ever: Mapping[str, frozenset[str]] = {sender: _set(one) for sender, one in given.items()}
        self._dated = {s: one for s, one in given.items() if isinstance(one, Member) and one.terms}

    def of(self, message: Message) -> frozenset[str]:
        """What the writer was on the day of the message."""
        sender = message.sender or ""
        if sender in self._dated:
            return self._dated[sender].roles_on(message.sent_at.date()) or RESIDENT
        return self.ever.get(sender, RESIDENT)


def _set(given: Given) -> frozenset[str]:
    if isinstance(given, Member):
        return given.roles or RESIDENT
    names = given.split(",") if isinstance(given, str) else given
    return frozenset(name.strip() for name in names if name.strip()) or RESIDENT
