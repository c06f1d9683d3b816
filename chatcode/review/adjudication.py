"""Settling disagreements one by one: both coders' codes side by side, a ruling with a memo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TextIO

from chatcode.analysis.settlement import Issue, as_coded, ruling
from chatcode.codebook import Codebook
from chatcode.domain import CODES, REPORT, Act, Choice, Decision, Entry, Link, Store
from chatcode.review.keys import keymap
from chatcode.review.view import manual_text, visible

_AROUND = 6
_INTRODUCTION = (
    "Type a or b where that coder is right in everything, or codes as in the review (`1 10`, `r`, `-7:i`), or"
    " x for no code; then the memo that says why. ? tells all answers."
)
_ANSWERS = (
    ("a  b", "this coder is right: codes, sub-reasons and links"),
    ("1 … 11, r", "these codes; with - before it the opposite; -7:i with the kind"),
    ("la  lb  l0", "behind codes: with the links of that coder, or without"),
    ("x", "no code"),
    ("c", "more of the conversation before and after"),
    ("d 7", "the manual of a code"),
    ("s  p", "skip; back to the one before"),
    ("u", "undo the last ruling of this sitting"),
    ("q", "quit; everything is saved already"),
)


class Adjudication:
    """One person, or several together, settling what two coders differ on.

    Every ruling is an act of the adjudicated layer with its memo, saved as it is made; the acts of
    the coders stay as they are.
    """

    def __init__(
        self, store: Store, codebook: Codebook, issues: Sequence[Issue], *, coder: str, round_: int
    ) -> None:
        self.store = store
        self.codebook = codebook
        self.issues = issues
        self.coder = coder
        self.round = round_
        self.place = 0
        self.ruled: list[str] = []
        self._members = store.members()
        self._groups = {group.id: group.label for group in store.groups()}
        self._codes = keymap(codebook).codes

    @property
    def issue(self) -> Issue | None:
        """What is on the table; None after the last."""
        return self.issues[self.place] if 0 <= self.place < len(self.issues) else None

    def label(self, entry: Entry) -> str:
        """Who wrote an entry."""
        member = self._members.get(entry.member_id or "")
        return member.label if member else "WhatsApp"

    def group(self, entry: Entry) -> str:
        """The group of an entry."""
        return self._groups[entry.group_id]

    def now(self) -> Act | None:
        """The ruling in force on what is on the table."""
        issue = self.issue
        return (
            self.store.acts_in_force([issue.entry.id], self.coder, self.round).get(issue.entry.id)
            if issue
            else None
        )

    def propose(self, words: Sequence[str]) -> tuple[Decision | None, str]:
        """Read an answer as a ruling; or None, and what is wrong with it or still to be said."""
        issue = self.issue
        if issue is None:
            return None, "nothing is on the table"
        sides = {"a": issue.first, "b": issue.second}
        if len(words) == 1 and words[0] in sides:
            return as_coded(sides[words[0]]), ""
        choices: list[Choice] = []
        links: Sequence[Link] | None = None
        for word in words:
            if word in ("la", "lb", "l0"):
                links = () if word == "l0" else sides[word[1]].links
            elif word != "x":
                choice = self._choice(word)
                if choice is None:
                    return None, f"{word[:12]!r} is no answer here; ? tells all answers"
                choices.append(choice)
        if "x" in words and choices:
            return None, "x is for no code at all"
        if not choices and "x" not in words:
            return None, "say codes, a, b, or x for no code"
        decision, open_ = ruling(issue, choices, links)
        hint = "; for instance -7:i" if open_.startswith("which kind") else "; la, lb or l0 behind the codes"
        return decision, f"say {open_}{hint}" if open_ else ""

    def _choice(self, word: str) -> Choice | None:
        opposite = word.startswith("-")
        name, _, kind = word.removeprefix("-").removesuffix("+").partition(":")
        numbers = {str(number) for number in self.codebook.interventions} | {REPORT}
        name = name if name in numbers else self._codes.get(name, "")
        code = REPORT if name == REPORT else f"{name}{'-' if opposite else '+'}"
        if code not in CODES or (opposite and name == REPORT):
            return None
        if not kind:
            return Choice(code)
        found = [r.id for r in self.codebook.manual(code).sub_reasons if kind in (r.key, r.id)]
        return Choice(code, found[0]) if found else None

    def rule(self, decision: Decision, memo: str) -> bool:
        """Store a ruling with its memo and go on; False where the memo is empty or could name somebody."""
        from chatcode.anonymize.leaks import Gate

        if not memo.strip() or Gate().check(memo.encode(), ".txt"):
            return False
        self.store.confirm([decision], coder=self.coder, round_=self.round, codebook_hash=self.codebook.hash)
        self.store.add_memo(decision.entry_id, self.coder, memo.strip())
        self.ruled.append(decision.entry_id)
        self.place += 1
        return True

    def undo(self) -> bool:
        """Take back the last ruling of this sitting and put it on the table; its memo stays."""
        if not self.ruled or not self.store.undo(self.coder, self.round):
            return False
        last = self.ruled.pop()
        self.place = next(i for i, issue in enumerate(self.issues) if issue.entry.id == last)
        return True


def run_plain(adjudication: Adjudication, source: TextIO, target: TextIO) -> None:
    """Settle line by line until all is settled, the input ends, or somebody quits."""
    _Plain(adjudication, source, target).run()


class _Plain:
    def __init__(self, adjudication: Adjudication, source: TextIO, target: TextIO) -> None:
        self.at = adjudication
        self._source = source
        self._target = target

    def run(self) -> None:
        self._tell(_INTRODUCTION)
        shown = -1
        while self.at.issue is not None:
            if shown != self.at.place:
                self._announce(self.at.issue, _AROUND)
                shown = self.at.place
            answer = self._ask("> ")
            if answer is None or answer == "q":
                return
            word, _, rest = answer.partition(" ")
            if word == "u":
                self._tell("Undone." if self.at.undo() else "Nothing of this sitting is left to undo.")
                shown = -1
            elif word == "c":
                self._announce(self.at.issue, 8 * _AROUND)
            elif word in ("s", "p"):
                self.at.place = max(0, self.at.place + (1 if word == "s" else -1))
            elif word == "d":
                self._manual(rest.strip())
            elif word == "?":
                for key, what in _ANSWERS:
                    self._tell(f"{key}: {what}")
            elif not self._rule(answer.split()):
                return
        self._tell("That was the last one; what was skipped comes back the next time.")

    def _rule(self, words: Sequence[str]) -> bool:
        """Take a ruling and its memo; False where the input ended."""
        decision, wrong = self.at.propose(words)
        if decision is None:
            self._tell(f"{wrong[:1].upper()}{wrong[1:]}.")
            return True
        self._tell(f"Ruling: {_coded(decision.choices)}{_linked(decision.links)}")
        memo = self._ask("memo> ")
        if memo is None:
            return False
        if self.at.rule(decision, memo):
            self._tell("Saved.")
        else:
            self._tell("Not saved: the memo is empty, or it holds what looks like a number or address.")
        return True

    def _announce(self, issue: Issue, around: int) -> None:
        entry = issue.entry
        self._tell("")
        self._tell(
            f"{self.at.place + 1} of {len(self.at.issues)} · {self.at.group(entry)}"
            f" · {entry.sent_at:%d %B %Y} · they differ in {issue.about}"
        )
        earlier: Mapping[str, Entry] = {}
        for one in self.at.store.window(entry.id, around, around // 2):
            mark = "->" if one.id == entry.id else "  "
            self._tell(f"{mark} {one.sent_at:%H:%M} {self.at.label(one)}: {visible(one.text)}")
            earlier = {**earlier, one.id: one}
        for side, act in (("a", issue.first), ("b", issue.second)):
            self._tell(f"{side}  {act.coder}: {_coded(act.choices)}{self._targets(act.links, earlier)}")
            for memo in self.at.store.memos([entry.id]).get(entry.id, ()):
                if memo.coder == act.coder:
                    self._tell(f"   memo: {visible(memo.text)}")
        now = self.at.now()
        if now:
            self._tell(f"ruled before: {_coded(now.choices)}{_linked(now.links)}")

    def _targets(self, links: Sequence[Link], near: Mapping[str, Entry]) -> str:
        told = []
        for link in links:
            target = near.get(link.target_id) or self.at.store.entry(link.target_id)
            told.append(f" · {link.kind} → {target.sent_at:%d %b %H:%M} {visible(target.text[:40])}")
        return "".join(told)

    def _manual(self, key: str) -> None:
        codes = keymap(self.at.codebook).codes
        name = key if key in {str(n) for n in self.at.codebook.interventions} else codes.get(key)
        self._tell(
            manual_text(self.at.codebook, name).plain
            if name
            else "The manual of which code? For instance: d 7"
        )

    def _tell(self, line: str) -> None:
        self._target.write(f"{line}\n")

    def _ask(self, prompt: str) -> str | None:
        self._target.write(prompt)
        self._target.flush()
        answer = self._source.readline()
        return answer.strip() if answer else None


def _coded(choices: Sequence[Choice]) -> str:
    ordered = sorted(choices, key=lambda choice: CODES.index(choice.code))
    return " ".join(c.code + (f":{c.sub_reason}" if c.sub_reason else "") for c in ordered) or "no code"


def _linked(links: Sequence[Link]) -> str:
    return f" · {len(links)} link{'s' if len(links) != 1 else ''}" if links else ""
