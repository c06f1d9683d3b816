"""The review line by line: for screen readers, pipes, and terminals that have no screen."""

from __future__ import annotations

from typing import TextIO

from chatcode.domain import CODES, REPORT, Choice
from chatcode.errors import ChatcodeError
from chatcode.review import bulk, filtering, memos, pace, places
from chatcode.review.keys import Keymap, keymap
from chatcode.review.session import Session
from chatcode.review.telling import Telling
from chatcode.review.view import link_words, manual_text, visible

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
    ("L", "take the link that is proposed, the first where there are two"),
    ("u", "undo"),
    ("v 5 6", "a range: this message and the four after it get that code, or several; one undo"),
    ("t words", "memo on this message; T code 1+ words, T case NAME words, T method words, T theory words"),
    ("f", "flag for the team's meeting, on or off"),
    ("e words", "note what an omitted photo or film was"),
    ("d 7", "the manual of a code"),
    ("s  n  p", "skip; next or previous open message"),
    ("g 2021-03-18", "go to a day, a month, a group, or a message by its number"),
    ("b", "look back: the conversation up to here; c more of it, before and after"),
    ("o", "the whole thread of a report: all that is tied to it"),
    ("/ code:1+", "only messages that are so; / alone shows all again"),
    ("queue  months", "the messages that come next; progress per group and month, and your pace"),
    ("A p>0.9", "count what the machine is sure of; A yes takes it over; one undo (assisted)"),
    ("y", "confirm WhatsApp's own lines of this group as a class"),
    ("q", "quit; everything is saved already"),
)


def run_plain(session: Session, source: TextIO, target: TextIO) -> None:
    """Review until the coder quits or the input ends; every decision is saved as it is made."""
    _Plain(session, source, target).run()


class _Plain(Telling):
    def __init__(self, session: Session, source: TextIO, target: TextIO) -> None:
        super().__init__(session, target)
        self.keys: Keymap = keymap(session.codebook)
        self._offered: bulk.Offer | None = None
        self._source = source

    def run(self) -> None:
        self._tell(_INTRODUCTION)
        while self.session.entry is not None:
            self._announce()
            self._tell_proposals()
            self._target.write("> ")
            self._target.flush()
            answer = self._source.readline()
            if not answer or answer.strip() == "q":
                return
            self._answer(answer.strip())

    def _answer(self, answer: str) -> None:
        word, _, rest = answer.partition(" ")
        if answer.startswith("/"):
            word, rest = "/", answer[1:]
        with_words = {
            "t": self._memo,
            "T": self._wider_memo,
            "e": self._media,
            "d": self._manual,
            "g": self._go_to,
            "/": self._filter,
            "v": self._range,
            "A": self._bulk,
        }
        if word in with_words:
            try:
                with_words[word](rest.strip())
            except ChatcodeError as error:
                self._tell(f"{error.message}. {error.hint}")
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
            "c": self._context,
            "f": self._flag,
            "L": self._take_link,
            "o": self._thread,
            "queue": self._queue,
            "months": self._months,
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
        self._tell(self.session.verdict or "Saved.")
        self._tell_end()
        for line in self.session.feedback:
            self._tell(line)
        if objects and not self.session.feedback:
            self._tell_machine()
            self._tell("a takes that over, k keeps yours.")

    def _take_over(self) -> None:
        took = self.session.take_over()
        self._tell("Saved, with what the machine added." if took else "Nothing to take over here.")
        self._tell_end()

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
        self._tell(f"{bulk.confirm_notices(self.session)} WhatsApp notices confirmed as a class.")

    def _help(self) -> None:
        for key, what in _ANSWERS:
            self._tell(f"{key}: {what}")

    def _code(self, word: str) -> bool:
        opposite = word.startswith("-")
        name, _, kind = word.removeprefix("-").removesuffix("+").partition(":")
        code = self._named(word)
        if code is None:
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
            told = ", ".join(f"{reason.key} {reason.name[self.session.lang]}" for reason in kinds)
            self._tell(f"Which kind? {told}. For instance: -{name}:{kinds[0].key}")
        self._tell_table()
        return True

    def _named(self, word: str) -> str | None:
        """The code of an answer such as `1`, `r`, `-7` or `-7:i`."""
        opposite = word.startswith("-")
        name = word.removeprefix("-").removesuffix("+").partition(":")[0]
        number = name if name in _numbers(self.session) else self.keys.codes.get(name, "")
        code = REPORT if number == REPORT else f"{number}{'-' if opposite else '+'}"
        return None if code not in CODES or (code == REPORT and opposite) else code

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

    def _take_link(self) -> None:
        link = self.session.take_link()
        self._tell(
            f"Linked as proposed: {link_words(self.session, link)}" if link else "No link is proposed here."
        )

    def _memo(self, text: str) -> None:
        self._noted(self.session.add_memo(text), "Memo")

    def _media(self, text: str) -> None:
        self._noted(self.session.add_media_note(text), "Media note")

    def _noted(self, kept: bool, what: str) -> None:
        self._tell(
            f"{what} kept." if kept else "Not kept: empty, or it holds what looks like a number or address."
        )

    def _wider_memo(self, line: str) -> None:
        memo = memos.keep_wider(self.session, line)
        self._tell(f"Memo on {' '.join((memo.kind, memo.about)).strip()} kept.")

    def _flag(self) -> None:
        self._tell("Flagged." if self.session.toggle_flag() else "No flag any more.")

    def _go_to(self, line: str) -> None:
        if not places.go_to(self.session, line):
            self._tell("There is no message there.")
        self._told = ""

    def _filter(self, line: str) -> None:
        session = self.session
        labels = [group.label for group in session.groups.values()]
        wanted = filtering.parse(line, labels, machine=session.way == "assisted")
        before = session.filter
        if session.set_filter(wanted):
            self._tell(f"Only {filtering.describe(wanted)}." if line else "No filter: all messages come.")
        else:
            session.set_filter(before)
            self._tell("No message is so; the filter stays as it was.")

    def _range(self, line: str) -> None:
        count, _, codes = line.partition(" ")
        if not count.isdecimal() or int(count) < 1 or self.session.entry is None:
            self._tell("How many messages, and which codes? For instance: v 5 6")
            return
        named = [self._named(word) for word in codes.split()]
        choices = [Choice(code) for code in named if code is not None]
        if len(choices) < len(named):
            self._tell("One of these is no code here; nothing was stored.")
            return
        session, anchor = self.session, self.session.entry
        later = session.store.queue(session.coder, session.round, after=anchor.id, most=int(count) - 1)
        here = [e.id for e in session.store.some_entries(later) if e.group_id == anchor.group_id]
        session.go(here[-1] if here else anchor.id)
        done = bulk.code_range(session, anchor.id, choices)
        told = " ".join(choice.code for choice in choices) or "no code"
        session.next_open()
        self._tell(f"Saved: {told} on {done} messages; u takes all back.")
        self._tell_end()

    def _bulk(self, line: str) -> None:
        if line == "yes" and self._offered is not None:
            count = bulk.take_over_all(self.session, self._offered)
            self._offered = None
            self._tell(f"Saved: {count} messages took over what the machine proposes; u takes all back.")
            self._tell_end()
            return
        self._offered = bulk.offer(self.session, line)
        self._tell(
            f"{len(self._offered.ids)} open messages ({self._offered.asked}) would take over all that the"
            " machine proposes for them, unread. A yes does it."
        )

    def _context(self) -> None:
        self.session.widen()
        self._tell_entries(self.session.conversation)

    def _thread(self) -> None:
        found = places.thread(self.session)
        if len(found) < 2:
            self._tell("Nothing is tied to this message.")
        else:
            self._tell_entries(found)

    def _queue(self) -> None:
        session = self.session
        after = session.entry.id if session.entry else None
        ids = session.store.queue(session.coder, session.round, session.filter, after=after, most=10)
        self._tell_entries(session.store.some_entries(ids))

    def _months(self) -> None:
        months = self.session.store.progress(self.session.coder, self.session.round)
        for month in months:
            label = self.session.groups[month.group_id].label
            self._tell(f"{label} {month.month}: reviewed {month.reviewed} of {month.total}")
        self._tell(pace.told(self.session, months))

    def _manual(self, key: str) -> None:
        name = (
            key if key in {str(n) for n in self.session.codebook.interventions} else self.keys.codes.get(key)
        )
        if name is None:
            self._tell("The manual of which code? For instance: d 7")
            return
        self._tell(manual_text(self.session.codebook, name).plain)


def _numbers(session: Session) -> frozenset[str]:
    return frozenset(str(number) for number in session.codebook.interventions)
