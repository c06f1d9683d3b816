"""Tying a message to an earlier one: what it may belong to, what is proposed, and what the coder takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chatcode.domain import REPORT, Act, Entry, Link, LinkKind
from chatcode.review.proposed import likely_links
from chatcode.review.table import AROUND, TIED, Table

_ASKING = frozenset[str]().union(*TIED.values())


class Linking(Table):
    """The part of a session that ties the message on the table to earlier ones."""

    # ── by hand ──

    def candidates(self) -> list[Entry]:
        """Earlier messages that this one may be linked to, the likeliest first.

        Feedback goes to an earlier report and a correction to improper behaviour, the nearest
        first; a further report to the first of each incident, the latest incident first. All as
        the coder coded them.
        """
        if self.entry is None:
            return []
        answered = {REPORT} if self.codes & TIED["feedback"] else set()
        if self.codes & TIED["correction"]:
            answered.add("7-")
        before, acts = self.earlier()
        found: dict[str, Entry] = {}
        for entry in reversed(before):
            codes = acts[entry.id].codes if entry.id in acts else frozenset()
            if codes & answered:
                found.setdefault(entry.id, entry)
            elif REPORT in codes and REPORT in self.codes:
                first = self._first_report(entry, acts)
                found.setdefault(first.id, first)
        return list(found.values())

    def earlier(self) -> tuple[Sequence[Entry], Mapping[str, Act]]:
        """What was said before this message, as far as links are looked for, and how it was coded."""
        assert self.entry is not None
        before = self.store.window(self.entry.id, AROUND, 0)[:-1]
        return before, self.store.acts_in_force([e.id for e in before], self.coder, self.round)

    def _first_report(self, report: Entry, acts: Mapping[str, Act]) -> Entry:
        """Follow the ties of a report to the first of its incident, as far as it was read."""
        first, passed = report.id, set[str]()
        while first not in passed:
            passed.add(first)
            ties = [link.target_id for link in acts[first].links if link.kind == "incident"]
            first = next((i for i in ties if i in acts and REPORT in acts[i].codes), first)
        return report if first == report.id else self.store.entry(first)

    def link(self, target: Entry) -> None:
        """Tie this message to an earlier one; what kind of tie follows from the codes of both."""
        act = self.store.acts_in_force([target.id], self.coder, self.round)[target.id]
        kinds: list[LinkKind] = []
        if REPORT in act.codes:
            kinds += [kind for kind in ("incident", "feedback") if self.codes & TIED[kind]]
        if "7-" in act.codes and self.codes & TIED["correction"]:
            kinds.append("correction")
        others = [link for link in self.draft.links if link.kind not in kinds]
        self._save(replace(self.draft, links=(*others, *(Link(kind, target.id) for kind in kinds))))

    def unlink(self) -> None:
        """Take every tie of this message off the table."""
        self._save(replace(self.draft, links=()))

    # ── as proposed ──

    def proposals(self) -> Mapping[Link, float]:
        """The ties that the machine proposes, with their probabilities; none of a kind that has a tie.

        They lean on the coder's own codes and ties alone. Nothing for a blind coder, nor on a message
        of which the machine tells nothing.
        """
        if not self.codes & _ASKING:
            return {}
        if self._proposed is None or self._proposed[0] != self.codes:
            self._proposed = self.codes, {one.link: one.probability for one in likely_links(self)}
        done = {link.kind for link in self.draft.links}
        return {link: p for link, p in self._proposed[1].items() if link.kind not in done}

    def take_link(self) -> Link | None:
        """Tie the message as is proposed first; None where nothing is."""
        link = next(iter(self.proposals()), None)
        if link is not None:
            self._save(replace(self.draft, links=(*self.draft.links, link)))
        return link

    def offered(self) -> Mapping[Link, float]:
        """What was proposed for the codes on the table, taken or not."""
        return self._proposed[1] if self._proposed and self._proposed[0] == self.codes else {}
