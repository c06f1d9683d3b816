"""What is said while disagreements are settled, line by line or on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from chatcode.domain import CODES, Choice, Decision, Entry, Link
from chatcode.review.adjudication import Adjudication
from chatcode.review.view import manual_text, visible

_AROUND, _FAR = 6, 48
_ANSWERS = (
    ("{sides}", "this coder is right: codes, sub-reasons and links"),
    ("1 … 11, r", "these codes; with - before it the opposite; -7:i with the kind"),
    ("{links}", "behind codes: with the links of that coder, or without"),
    ("x", "no code"),
    ("c", "more of the conversation before and after"),
    ("d 7", "the manual of a code"),
    ("s  p", "skip; back to the one before"),
    ("u", "undo the last ruling of this sitting"),
    ("q", "quit; everything is saved already"),
)
_LAST = "That was the last one; what was skipped comes back the next time."


class Dialogue:
    """Answers in, words out: an answer is a ruling or a wish, and a ruling waits for its memo."""

    def __init__(self, at: Adjudication) -> None:
        self.at = at
        self.waiting: Decision | None = None
        self.ended = at.issue is None
        self._around = _AROUND

    @property
    def introduction(self) -> str:
        """What can be answered, in two lines."""
        *letters, last = map(self.at.side, self.at.sides)
        return (
            f"Type {', '.join(letters)} or {last} where that coder is right in everything, or codes as in the"
            " review (`1 10`, `r`, `-7:i`), or x for no code; then the memo that says why. ? tells all"
            " answers."
        )

    @property
    def prompt(self) -> str:
        """What is asked now."""
        return "memo> " if self.waiting else "> "

    def answer(self, line: str) -> list[str]:
        """Take an answer; what is to be said to it."""
        if self.waiting is not None:
            return self._memo(self.waiting, line)
        word, _, rest = line.strip().partition(" ")
        self._around = _FAR if word == "c" else _AROUND
        if word == "q":
            self.ended = True
            return []
        if word == "u":
            return ["Undone." if self.at.undo() else "Nothing of this sitting is left to undo."]
        if word in ("s", "p"):
            self.at.place = max(0, self.at.place + (1 if word == "s" else -1))
            return self._end()
        if word == "d":
            return self._manual(rest.strip())
        if word == "?":
            sides = "  ".join(map(self.at.side, self.at.sides))
            return [
                f"{key.format(sides=sides, links=self.at.links_answers)}: {what}" for key, what in _ANSWERS
            ]
        return [] if word == "c" else self._ruling(line.split())

    def _ruling(self, words: Sequence[str]) -> list[str]:
        decision, wrong = self.at.propose(words)
        if decision is None:
            return [f"{wrong[:1].upper()}{wrong[1:]}."]
        self.waiting = decision
        return [f"Ruling: {_coded(decision.choices)}{_linked(decision.links)}"]

    def _memo(self, decision: Decision, memo: str) -> list[str]:
        self.waiting = None
        if not self.at.rule(decision, memo):
            return ["Not saved: the memo is empty, or it holds what looks like a number or address."]
        return ["Saved.", *self._end()]

    def _end(self) -> list[str]:
        self.ended = self.at.issue is None
        return [_LAST] if self.ended else []

    def _manual(self, key: str) -> list[str]:
        numbers = {str(number) for number in self.at.codebook.interventions}
        name = key if key in numbers else self.at.codes.get(key)
        if name is None:
            return ["The manual of which code? For instance: d 7"]
        return [manual_text(self.at.codebook, name).plain]

    # ── what is on the table ──

    def heading(self) -> str:
        """Which one this is, where, and what it is about."""
        issue = self.at.issue
        if issue is None:
            return "Nothing is left on the table."
        return (
            f"{self.at.place + 1} of {len(self.at.issues)} · {self.at.group(issue.entry)}"
            f" · {issue.entry.sent_at:%d %B %Y} · they differ in {issue.about}"
        )

    def conversation(self) -> list[str]:
        """The message with what was said around it."""
        issue = self.at.issue
        if issue is None:
            return []
        return [
            f"{'->' if one.id == issue.entry.id else '  '} {one.sent_at:%H:%M} {self.at.label(one)}:"
            f" {visible(one.text)}"
            for one in self.at.store.window(issue.entry.id, self._around, self._around // 2)
        ]

    def sides(self) -> list[str]:
        """All codings with their links and memos, and the ruling where there is one."""
        issue = self.at.issue
        if issue is None:
            return []
        memos = self.at.store.memos([issue.entry.id]).get(issue.entry.id, ())
        told = []
        for side, act in issue.sides.items():
            told.append(f"{self.at.side(side)}  {act.coder}: {_coded(act.choices)}{self._targets(act.links)}")
            told += [f"   memo: {visible(memo.text)}" for memo in memos if memo.coder == act.coder]
        now = self.at.now()
        return [*told, f"ruled before: {_coded(now.choices)}{_linked(now.links)}"] if now else told

    def _targets(self, links: Sequence[Link]) -> str:
        targets: list[tuple[Link, Entry]] = [(link, self.at.store.entry(link.target_id)) for link in links]
        return "".join(
            f" · {link.kind} → {target.sent_at:%d %b %H:%M} {visible(target.text[:40])}"
            for link, target in targets
        )


def run_plain(at: Adjudication, source: TextIO, target: TextIO) -> None:
    """Settle line by line until all is settled, the input ends, or somebody quits."""
    dialogue = Dialogue(at)
    target.write(f"{dialogue.introduction}\n")
    shown: list[str] = []
    while not dialogue.ended:
        page = ["", dialogue.heading(), *dialogue.conversation(), *dialogue.sides()]
        if page != shown and dialogue.waiting is None:
            target.writelines(f"{line}\n" for line in page)
            shown = page
        target.write(dialogue.prompt)
        target.flush()
        answer = source.readline()
        if not answer:
            target.write("\n")
            return
        target.writelines(f"{line}\n" for line in dialogue.answer(answer))


def _coded(choices: Sequence[Choice]) -> str:
    ordered = sorted(choices, key=lambda choice: CODES.index(choice.code))
    return " ".join(c.code + (f":{c.sub_reason}" if c.sub_reason else "") for c in ordered) or "no code"


def _linked(links: Sequence[Link]) -> str:
    return f" · {len(links)} link{'s' if len(links) != 1 else ''}" if links else ""
