"""What a coder notes beside the codes: memos, what a photo was, and flags for the team."""

from __future__ import annotations

from chatcode.review.table import Table


class Notes(Table):
    """The part of a session that keeps notes on the message on the table."""

    def add_memo(self, text: str) -> bool:
        """Keep a memo; False where it is empty or holds what identifies somebody."""
        if self.entry is None or not sayable(text):
            return False
        self.store.add_memo(self.entry.id, self.coder, text.strip())
        self._memos = self.store.memos([self.entry.id]).get(self.entry.id, ())
        return True

    def add_media_note(self, text: str) -> bool:
        """Keep what the omitted photo or film of this message was; False as with `add_memo`."""
        if self.entry is None or not sayable(text):
            return False
        self.store.add_media_note(self.entry.id, self.coder, text.strip())
        self.refresh()
        return True

    def toggle_flag(self) -> bool:
        """Raise this message's flag for the team's meeting, or lower it; True where it is up now."""
        if self.entry is None:
            return False
        up = self.entry.id not in self.flags
        self.store.flag(self.entry.id, self.coder, raised=up)
        self.refresh()
        return up


def sayable(text: str) -> bool:
    """Whether a note holds something, and nothing of the form of a number, plate or address."""
    from chatcode.anonymize.leaks import Gate

    return bool(text.strip()) and not Gate().check(text.encode(), ".txt")
