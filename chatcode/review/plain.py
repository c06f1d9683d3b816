"""The review line by line: for screen readers, pipes, and terminals that have no screen."""

from __future__ import annotations

from typing import TextIO

from chatcode.domain import CODES, REPORT
from chatcode.review.keys import Keymap, keymap
from chatcode.review.session import STRONG, Session
from chatcode.review.view import manual_text, visible

_INTRODUCTION = (
    "Type codes or their keys, with blanks between them, and Enter at the end: for instance `1 10`, `r`,"
    " `-7`. An empty line keeps what is on the table. ? tells all answers."
)
_ANSWERS = (
    ("1 … 11, r", "put that code on or off; with - before it the opposite; -7:i with the kind"),
    ("k or an empty line", "keep what is on the table, also if there is nothing, and go on"),
    ("a", "take over what the machine adds"),
    ("x", "no code"),
    (".", "the same codes as last time"),
    ("l", "link to the earlier message that is proposed; l2 the one before that; l0 none"),
    ("u", "undo"),
    ("t words", "memo"),
    ("d 7", "the manual of a code"),
    ("s  n  p", "skip; next or previous open message"),
    ("b", "look back: the conversation up to here"),
    ("y", "confirm WhatsApp's own lines of this group as a class"),
    ("q", "quit; everything is saved already"),
)


def run_plain(session: Session, source: TextIO, target: TextIO) -> None:
    """Review until the coder quits or the input ends; every decision is saved as it is made."""
    _Plain(session, source, target).run()


class _Plain:
    def __init__(self, session: Session, source: TextIO, target: TextIO) -> None:
        self.session = session
        self.keys: Keymap = keymap(session.codebook)
        self._source = source
        self._target = target
        self._told = ""

    def run(self) -> None:
        self._tell(_INTRODUCTION)
        while self.session.entry is not None:
            self._announce()
            self._target.write("> ")
            self._target.flush()
            answer = self._source.readline()
            if not answer or answer.strip() == "q":
                return
            self._answer(answer.strip())

    def _tell(self, line: str) -> None:
        self._target.write(f"{line}\n")

    def _announce(self) -> None:
        session = self.session
        entry, counts = session.entry, session.counts
        assert entry is not None
        if self._told == entry.id:
            return
        self._told = entry.id
        group = session.groups[entry.group_id].label
        self._tell(f"\n{group}, {entry.sent_at:%d %B %Y %H:%M}, reviewed {counts.reviewed} of {counts.total}")
        act = session.act
        decided = f" (decided: {self._codes(act.codes) or 'no code'})" if act else ""
        self._tell(f"{session.label(entry.member_id)}: {visible(entry.text)}{decided}")
        for memo in session.memos:
            self._tell(f"memo {memo.coder}: {visible(memo.text)}")
        if session.way == "assisted":
            self._tell_machine()

    def _tell_machine(self) -> None:
        from chatcode.suggestion.suggester import describe

        suggested = self.session.suggested
        codes = self.session.objection or (sorted(suggested.codes, key=CODES.index) if suggested else ())
        if suggested is None or not codes:
            self._tell("The machine suggests nothing.")
            return
        for code in codes:
            strength = "strong" if suggested.scores.get(code, 0) >= STRONG else "weak"
            why = "; ".join(describe(r, self.session.codebook) for r in suggested.reasons.get(code, ()))
            self._tell(
                f"The machine would add {code} {self.session.codebook.name(code, 'en')}"
                f" ({strength}: {visible(why)})"
            )

    def _codes(self, codes: frozenset[str]) -> str:
        return " ".join(sorted(codes, key=CODES.index))

    def _answer(self, answer: str) -> None:
        word, _, rest = answer.partition(" ")
        if word in ("t", "d"):
            (self._memo if word == "t" else self._manual)(rest.strip())
            return
        for one in answer.split() or ["k"]:
            if not self._one(one):
                self._tell(f"{one[:12]!r} is no answer here; ? tells all answers.")
                return

    def _one(self, word: str) -> bool:
        simple = {
            "k": self._keep,
            "x": self._none,
            "a": self._take_over,
            ".": self._same,
            "u": self._undo,
            "s": self._next,
            "n": self._next,
            "p": self._previous,
            "y": self._notices,
            "b": self._look_back,
            "?": self._help,
        }
        if word in simple:
            simple[word]()
            return True
        if word == "l0":
            self.session.unlink()
            self._tell("No link.")
            return True
        if word[0] == "l" and (word[1:].isdecimal() or word == "l"):
            self._link(int(word[1:] or 1))
            return True
        return self._code(word)

    def _keep(self) -> None:
        self._saved(self.session.keep())

    def _none(self) -> None:
        self._saved(self.session.no_code())

    def _saved(self, objects: bool) -> None:
        self._tell("Saved.")
        self._tell_end()
        if objects:
            self._tell_machine()
            self._tell("a takes that over, k keeps yours.")

    def _take_over(self) -> None:
        took = self.session.take_over()
        self._tell("Saved, with what the machine added." if took else "Nothing to take over here.")
        self._tell_end()

    def _tell_end(self) -> None:
        if self.session.finished and not self.session.objection:
            self._tell("All messages are reviewed; q ends.")

    def _same(self) -> None:
        if self.session.same_again():
            self._tell_table()
        else:
            self._tell("Nothing was decided yet since you came in.")

    def _undo(self) -> None:
        count = self.session.undo()
        self._told = ""
        self._tell(f"Undone ({count})." if count else "Nothing left to undo.")

    def _next(self) -> None:
        if not self.session.next_open():
            self._tell("No other message is open.")

    def _previous(self) -> None:
        if not self.session.previous_open():
            self._tell("No message before this one is open.")

    def _notices(self) -> None:
        self._tell(f"{self.session.confirm_notices()} WhatsApp notices confirmed as a class.")

    def _help(self) -> None:
        for key, what in _ANSWERS:
            self._tell(f"{key}: {what}")

    def _code(self, word: str) -> bool:
        opposite = word.startswith("-")
        name, _, kind = word.removeprefix("-").removesuffix("+").partition(":")
        number = name if name in _numbers(self.session) else self.keys.codes.get(name, "")
        code = REPORT if number == REPORT else f"{number}{'-' if opposite else '+'}"
        if code not in CODES or (code == REPORT and opposite):
            return False
        kinds = self.session.codebook.manual(code).sub_reasons if opposite else ()
        chosen = next((reason for reason in kinds if reason.key == kind), None)
        # With its kind the code is put on, or its kind is changed; without, it goes on or off.
        on = (
            code in self.session.codes if chosen and code in self.session.codes else self.session.toggle(code)
        )
        if on and chosen:
            self.session.set_sub_reason(code, chosen.id)
        elif on and kinds:
            told = ", ".join(f"{reason.key} {reason.name['en']}" for reason in kinds)
            self._tell(f"Which kind? {told}. For instance: -{name}:{kinds[0].key}")
        self._tell_table()
        return True

    def _tell_table(self) -> None:
        self._tell(f"On the table: {self._codes(self.session.codes) or 'nothing'}.")

    def _link(self, place: int) -> None:
        found = self.session.candidates()
        if not 1 <= place <= len(found):
            self._tell("Nothing to link to: give this message its code first, and the earlier one its own.")
            return
        target = found[place - 1]
        self.session.link(target)
        self._tell(
            f"Linked to {target.sent_at:%d %B %H:%M} {self.session.label(target.member_id)}:"
            f" {visible(target.text)}"
        )

    def _memo(self, text: str) -> None:
        kept = self.session.add_memo(text)
        self._tell(
            "Memo kept." if kept else "Not kept: empty, or it holds what looks like a number or address."
        )

    def _manual(self, key: str) -> None:
        name = (
            key if key in {str(n) for n in self.session.codebook.interventions} else self.keys.codes.get(key)
        )
        if name is None:
            self._tell("The manual of which code? For instance: d 7")
            return
        self._tell(manual_text(self.session.codebook, name).plain)

    def _look_back(self) -> None:
        for entry in self.session.conversation:
            act = self.session.acts.get(entry.id)
            codes = f" [{self._codes(act.codes) or 'no code'}]" if act else ""
            who = self.session.label(entry.member_id) or "WhatsApp"
            self._tell(f"{entry.sent_at:%H:%M} {who}: {visible(entry.text)}{codes}")
            if self.session.entry is not None and entry.id == self.session.entry.id:
                return


def _numbers(session: Session) -> frozenset[str]:
    return frozenset(str(number) for number in session.codebook.interventions)
