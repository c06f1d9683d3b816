"""What the review screen asks and lists: places, filters, memos, the queue, progress, a report's thread."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime

from rich.text import Text
from textual.app import App

from chatcode.domain import Entry, Filter
from chatcode.errors import ChatcodeError
from chatcode.review import bulk, filtering, memos, pace, places, view
from chatcode.review.keys import Keymap
from chatcode.review.screens import ONWARD, Ask, Choosing
from chatcode.review.session import Session

_PAGE = 200
# So much of a message tells which it is.
_SNIPPET = 160


class Prompts(App[None]):
    """The part of the review screen that lies over the conversation for a moment."""

    session: Session
    keys: Keymap
    _message: str

    # ── one line to type ──

    def _ask(self, question: str, then: Callable[[str], None], value: str = "") -> None:
        async def answered(line: str | None) -> None:
            if line is not None:
                try:
                    then(line)
                except ChatcodeError as error:
                    self._message = f"{error.message}. {error.hint}"
            await self._redraw()

        self.push_screen(Ask(question, value), answered)

    def _do_memo(self) -> None:
        self._ask(
            "Memo on this message. Write no names. Enter keeps it, Esc leaves.",
            lambda line: self._noted(line, self.session.add_memo, "Memo kept."),
        )

    def _do_media(self) -> None:
        self._ask(
            "What was the omitted photo or film? Write no names. Enter keeps it, Esc leaves.",
            lambda line: self._noted(line, self.session.add_media_note, "Media note kept."),
        )

    def _noted(self, line: str, keep: Callable[[str], bool], told: str) -> None:
        if not line.strip():
            return
        if keep(line):
            self._say(told)
        else:
            self._message = "Not kept: it holds what looks like a number, plate or address of somebody."

    def _do_wider_memo(self) -> None:
        def kept(line: str) -> None:
            if line.strip():
                memo = memos.keep_wider(self.session, line)
                self._say(f"Memo on {' '.join((memo.kind, memo.about)).strip()} kept.")

        self._ask(f"Memo: {memos.HELP}. Write no names.", kept)

    def _do_go_to(self) -> None:
        def gone(line: str) -> None:
            if line.strip():
                self._message = "" if places.go_to(self.session, line) else "There is no message there."

        self._ask(f"Go to {places.HELP}.", gone)

    def _do_filter(self) -> None:
        machine = self.session.way == "assisted"

        def filtered(line: str) -> None:
            labels = [group.label for group in self.session.groups.values()]
            wanted = filtering.parse(line, labels, machine=machine)
            before = self.session.filter
            if not self.session.set_filter(wanted):
                self.session.set_filter(before)
                self._message = "No message is so; the filter stays as it was."
            elif wanted == Filter():
                self._message = "No filter: all messages come."
            else:
                self._message = f"Only {filtering.describe(wanted)}; an empty filter shows all again."

        told = filtering.HELP + (f" · {filtering.MACHINE_HELP}" if machine else "")
        self._ask(f"Show only: {told}. Empty: all.", filtered, filtering.describe(self.session.filter))

    def _do_bulk(self) -> None:
        if self.session.way != "assisted":
            self._message = "In bulk only where suggestions are shown: start with --way assisted."
            return

        def counted(line: str) -> None:
            offered = bulk.offer(self.session, line)
            if not offered.ids:
                self._message = f"No open message is so ({offered.asked})."
                return

            def agreed(answer: str) -> None:
                if answer.strip().lower() not in ("y", "yes"):
                    self._message = "Nothing was taken over."
                    return
                count = bulk.take_over_all(self.session, offered)
                self._say(f"{count} messages took over what the machine proposes; one undo takes all back.")

            self._ask(
                f"{len(offered.ids)} open messages ({offered.asked}) would take over all that the machine"
                " proposes for them, unread. Type y and Enter to do it; Esc leaves.",
                agreed,
            )

        self._ask(f"In bulk: {bulk.HELP}.", counted)

    # ── lists ──

    def _do_thread(self) -> None:
        entries = places.thread(self.session)
        if len(entries) < 2:
            link = self.keys.named("link")
            self._message = f"Nothing is tied to this message; {link} ties it to an earlier one."
            return
        rows = self._listed([entry.id for entry in entries])
        here = self.session.entry.id if self.session.entry else None
        self._choose(Choosing("The thread of this report. Enter goes there, Esc leaves.", rows, at=here))

    def _do_queue(self) -> None:
        session, here = self.session, self.session.entry
        if here is None:
            return

        def page(after: str, *, backward: bool = False, most: int = _PAGE) -> list[str]:
            return list(
                session.store.queue(
                    session.coder, session.round, session.filter, after=after, most=most, backward=backward
                )
            )

        before = page(here.id, backward=True, most=_PAGE // 4)
        rows = self._listed([*before, here.id, *page(here.id)])
        title = "The queue. Enter goes there, Tab shows progress, Esc leaves."
        self._choose(
            Choosing(title, rows, at=here.id, more=lambda last: self._listed(page(last))), self._do_progress
        )

    def _do_progress(self) -> None:
        session = self.session
        rows = []
        months = session.store.progress(session.coder, session.round)
        for month in months:
            label = session.groups[month.group_id].label
            done = month.reviewed * 20 // month.total
            text = Text(f"{label:20.20} {month.month}  {month.reviewed:>6} / {month.total:<6} ")
            text.append("█" * done + "░" * (20 - done) + f" {month.reviewed / month.total:4.0%}")
            rows.append((f"{label} {month.month}", text))
        here = session.entry
        at = f"{session.groups[here.group_id].label} {here.sent_at:%Y-%m}" if here else None
        title = "Progress per group and month. Enter goes there, Tab or Esc goes back."
        beneath = pace.told(session, months)
        self._choose(
            Choosing(title, rows, at=at, beneath=beneath), place=lambda row: places.go_to(session, row)
        )

    def _choose(
        self,
        screen: Choosing,
        onward: Callable[[], None] | None = None,
        *,
        place: Callable[[str], bool] | None = None,
    ) -> None:
        async def chosen(row: str | None) -> None:
            if row == ONWARD:
                if onward is not None:
                    onward()
            elif row is not None:
                (place or self.session.go)(row)
                self._message = ""
            await self._redraw()

        self.push_screen(screen, chosen)

    def _listed(self, ids: Sequence[str]) -> list[tuple[str, Text]]:
        session = self.session
        acts = session.store.acts_in_force(ids, session.coder, session.round)
        flags = session.store.flagged(ids, session.coder)
        return [
            (entry.id, self._row(entry, view.margin(acts.get(entry.id), decided=True), entry.id in flags))
            for entry in session.store.some_entries(ids)
        ]

    def _row(self, entry: Entry, codes: str, flagged: bool) -> Text:
        text = Text()
        text.append(f"{'⚑' if flagged else ' '}{codes:11.11}", style="bold")
        text.append(f" {entry.sent_at:%Y-%m-%d %H:%M} {self.session.label(entry.member_id):15.15} ")
        text.append(view.visible(entry.text[:_SNIPPET]).replace("\n", " "))
        # What the page, its border and the list's own take of the width.
        text.truncate(max(self.size.width * 9 // 10 - 12, 40), overflow="ellipsis")
        return text

    # ── for the screen itself ──

    def _say(self, what: str) -> None:
        self._message = f"{what}  (saved {datetime.now():%H:%M:%S})"  # noqa: DTZ005 the coder's own clock

    @abstractmethod
    async def _redraw(self) -> None:
        """Draw everything anew: the screen knows how."""
