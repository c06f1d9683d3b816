"""Doubtful words and drawn messages, one by one, by single keys: no screen, a plain terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from chatcode.review.view import visible

if TYPE_CHECKING:
    from chatcode.anonymize.doubts import Doubt
    from chatcode.domain import Entry

_WHY = {
    "member": "like a member's name",
    "lexicon": "in the list of names",
    "elsewhere": "taken out elsewhere",
    "unknown": "in no list",
    "capital": "capital inside a sentence",
    "typo": "like a slip of a common word",
    "word": "also a word of the language",
}
_STATE = {"kept": "stands", "taken out": "is taken out", "both": "stands here and there"}
_WORD_KEYS = (
    "y is a name: take it out   n no name: let it stay   Y, N the same for all groups\n"
    "m it is somebody you know   s skip   u undo   q quit; everything is saved already"
)
# What a second look may find, by key.
LEAKS: Mapping[str, str] = {
    "n": "name", "t": "telephone", "k": "plate", "a": "address", "d": "date of birth", "x": "other",
}  # fmt: skip
_LOOK_KEYS = (
    "o nothing shows   "
    + "   ".join(f"{key} {kind}" for key, kind in LEAKS.items())
    + "\nPress a kind once for each that shows, then o.   u undo   q quit; everything is saved already"
)


class Terminal(Protocol):
    """Where keys come from and words go to."""

    def key(self) -> str:
        """The next key that is pressed; `q` where there is none any more."""
        ...

    def line(self, question: str) -> str:
        """A line that is typed in answer to a question."""
        ...

    def tell(self, line: str) -> None:
        """Show a line."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """A doubtful form of one group."""

    group_id: str
    group: str
    doubt: Doubt


class WordList(Protocol):
    """What the questions ask of the lists: every decision is kept as soon as it is made."""

    def decide(self, question: Question, say: str, target: str | None, *, everywhere: bool) -> None:
        """Keep a decision."""
        ...

    def take_back(self) -> int:
        """Take back the decision that was made last; how many that were."""
        ...

    def known(self, question: Question) -> Sequence[tuple[str, str]]:
        """Label and names of people whose name is like the form, the likeliest first."""
        ...

    def who(self, label: str) -> str | None:
        """The id of a member or `persoon-12`, from what was typed; None where there is nobody."""
        ...


def ask_words(questions: Sequence[Question], words: WordList, terminal: Terminal) -> int:
    """Go through the doubtful words until the end or `q`; how many decisions stand."""
    terminal.tell(_WORD_KEYS)
    made: list[int] = []
    place = 0
    while place < len(questions) or made:
        if place == len(questions):
            terminal.tell("\nThat was the last word. u takes back what you decided last; any other key ends.")
            if terminal.key() != "u":
                break
            words.take_back()
            place = made.pop()
        question = questions[place]
        _show(question, place, len(questions), terminal)
        key = terminal.key()
        if key == "q":
            break
        if key in ("y", "Y", "n", "N"):
            words.decide(question, "deny" if key in "yY" else "allow", None, everywhere=key.isupper())
            made.append(place)
            place += 1
        elif key == "m":
            target = _somebody(question, words, terminal)
            if target is not None:
                words.decide(question, "deny", target, everywhere=False)
                made.append(place)
                place += 1
        elif key == "s":
            place += 1
        elif key == "u":
            if made:
                words.take_back()
                place = made.pop()
            else:
                terminal.tell("Nothing to undo here; earlier decisions: chatcode names --undo")
        else:
            terminal.tell(_WORD_KEYS)
    return len(made)


def _show(question: Question, place: int, total: int, terminal: Terminal) -> None:
    doubt = question.doubt
    why = ", ".join(_WHY[one] for one in doubt.why)
    times = "once" if doubt.count == 1 else f"{doubt.count} times"
    terminal.tell(
        f"\n{place + 1} of {total}  {question.group}:  {doubt.form}  ({times}; {_STATE[doubt.state]}; {why})"
    )
    for context in doubt.contexts:
        terminal.tell(f"   {visible(context)}")


def _somebody(question: Question, words: WordList, terminal: Terminal) -> str | None:
    known = words.known(question)
    for number, (label, names) in enumerate(known, start=1):
        terminal.tell(f"   {number}  {label}  {visible(names)}")
    typed = terminal.line("Who? A number of the list, or a label such as Deelnemer-07: ").strip()
    if typed.isdecimal() and 1 <= int(typed) <= len(known):
        typed = known[int(typed) - 1][0]
    target = words.who(typed) if typed else None
    if target is None:
        terminal.tell("Nobody of that label; nothing was decided.")
    return target


class Findings(Protocol):
    """What a second look keeps: counts as soon as they are told."""

    def add(self, entry: Entry, leaks: Mapping[str, int]) -> None:
        """Keep what a message shows."""
        ...

    def take_back(self) -> str | None:
        """Take back the finding that was kept last; the id of its message."""
        ...


def look_again(entries: Sequence[Entry], seen: int, findings: Findings, terminal: Terminal) -> None:
    """Show the drawn messages one by one, from the one after the first `seen`, until the end or `q`."""
    terminal.tell("What of these messages still tells who somebody is?\n" + _LOOK_KEYS)
    place = seen
    while place < len(entries):
        entry = entries[place]
        terminal.tell(f"\n{place + 1} of {len(entries)}  {visible(entry.text)}")
        leaks: dict[str, int] = {}
        while True:
            key = terminal.key()
            if key in LEAKS:
                leaks[LEAKS[key]] = leaks.get(LEAKS[key], 0) + 1
                terminal.tell("   " + ", ".join(f"{kind} {number}" for kind, number in leaks.items()))
                continue
            if key in ("o", "u", "q"):
                break
            terminal.tell(_LOOK_KEYS)
        if key == "q":
            return
        if key == "o":
            findings.add(entry, leaks)
            place += 1
        elif not leaks and findings.take_back() is not None:
            place -= 1
