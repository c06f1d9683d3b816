"""Settling disagreements one by one, and nothing of a screen: rulings, each with its memo."""

from __future__ import annotations

from collections.abc import Sequence

from chatcode.analysis.settlement import Issue, as_coded, ruling
from chatcode.codebook import Codebook
from chatcode.domain import CODES, REPORT, Act, Choice, Decision, Entry, Link, Store
from chatcode.review.keys import keymap


class Adjudication:
    """One person, or several together, settling what coders differ on.

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
        self.codes = keymap(codebook).codes
        # The letters of all coders: of three, some messages are decided by two.
        self.sides = sorted({"a", "b"}.union(*(issue.sides for issue in issues)))

    @property
    def links_answers(self) -> str:
        """The answers that say whose links hold."""
        return ", ".join(f"l{self.side(side)}" for side in self.sides) + " or l0"

    def side(self, letter: str) -> str:
        """How the letter of a coder is typed: in capitals where c and d are coders too."""
        return letter.upper() if len(self.sides) > 2 else letter

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
        sides = issue.sides
        if len(words) == 1 and words[0].lower() in self.sides:
            act = sides.get(words[0].lower())
            return (as_coded(act), "") if act else (None, "this coder did not decide this message")
        choices: list[Choice] = []
        links: Sequence[Link] | None = None
        for word in words:
            if word == "l0":
                links = ()
            elif len(word) == 2 and word[0] == "l" and word[1].lower() in sides:
                links = sides[word[1].lower()].links
            elif word != "x":
                choice = self._choice(word)
                if choice is None:
                    return None, f"{word[:12]!r} is no answer here; ? tells all answers"
                choices.append(choice)
        if "x" in words and choices:
            return None, "x is for no code at all"
        if not choices and "x" not in words:
            return None, f"say codes, {', '.join(map(self.side, self.sides))}, or x for no code"
        decision, open_ = ruling(issue, choices, links)
        hint = (
            "; for instance -7:i"
            if open_.startswith("which kind")
            else f"; {self.links_answers} behind the codes"
        )
        return decision, f"say {open_}{hint}" if open_ else ""

    def _choice(self, word: str) -> Choice | None:
        opposite = word.startswith("-")
        name, _, kind = word.removeprefix("-").removesuffix("+").partition(":")
        numbers = {str(number) for number in self.codebook.interventions} | {REPORT}
        name = name if name in numbers else self.codes.get(name, "")
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
