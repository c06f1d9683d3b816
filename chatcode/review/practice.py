"""Practice on a chat of which the codes are known: after each message it is told what was missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chatcode.codebook import Codebook
from chatcode.domain import CODES, Store
from chatcode.review.session import Session


@dataclass(frozen=True, slots=True)
class Answer:
    """How the chat's own coders coded a message; `unsure` where another careful coder might differ."""

    codes: frozenset[str]
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """How one code was used: by both, by the chat's coders alone (missed), by the coder alone (too many)."""

    code: str
    both: int
    missed: int
    too_many: int


class PracticeSession(Session):
    """A blind session that tells after each decision how it compares; nothing of it reaches a study.

    The store is one made for the practice. What counts is the first decision on a message.
    """

    def __init__(
        self,
        store: Store,
        codebook: Codebook,
        answers: Mapping[str, Answer],
        *,
        coder: str,
        lang: str = "en",
    ) -> None:
        self.answers = answers
        self.first: dict[str, frozenset[str]] = {}
        super().__init__(store, codebook, coder=coder, way="blind", study="practice", lang=lang)

    def keep(self) -> bool:
        """Decide and tell how it compares; where it differs, stay until the coder decides once more."""
        if self.entry is None:
            return False
        entry_id, mine, told_before = self.entry.id, self.codes, bool(self.feedback)
        if entry_id not in self.answers:
            return super().keep()
        self._decide(self.draft.choices, "blind", ())
        answer = self.answers[entry_id]
        self.first.setdefault(entry_id, mine)
        self.refresh()
        if mine == answer.codes or told_before:
            self.verdict = "Right." if mine == answer.codes else ""
            self.feedback = ()
            self._go_on()
            return False
        self.verdict = "The chat's own coders differ; once more goes on."
        self.feedback = tuple(self._compare(mine, answer))
        return True

    def go(self, entry_id: str | None) -> bool:
        """Put a message on the table; what was told of another goes."""
        if self.entry is not None and entry_id != self.entry.id:
            self.feedback = ()
        return super().go(entry_id)

    def _compare(self, mine: frozenset[str], answer: Answer) -> list[str]:
        told = [
            f"They coded {' '.join(_ordered(answer.codes)) or 'nothing'}"
            f" · missed {' '.join(_ordered(answer.codes - mine)) or 'nothing'}"
            f" · too many {' '.join(_ordered(mine - answer.codes)) or 'none'}"
        ]
        if answer.unsure:
            told.append("They were unsure themselves: another careful coder might differ.")
        for code in _ordered(answer.codes - mine):
            told.append(f"missed {code} {self._name(code)}: {self.codebook.manual(code).include}")
        for code in _ordered(mine - answer.codes):
            told.append(f"not {code} {self._name(code)}: leave out {self.codebook.manual(code).exclude}")
        return told

    def _name(self, code: str) -> str:
        return self.codebook.name(code, self.lang)

    # ── the summary ──

    @property
    def counted(self) -> list[str]:
        """The messages that count: decided, and of which the chat's coders were sure."""
        return [entry_id for entry_id in self.first if not self.answers[entry_id].unsure]

    @property
    def agreed(self) -> int:
        """How many of these were coded just as the chat's coders did."""
        return sum(self.first[entry_id] == self.answers[entry_id].codes for entry_id in self.counted)

    def scores(self) -> list[Score]:
        """Per code how it was used, for the codes that either used."""
        pairs = [(self.first[i], self.answers[i].codes) for i in self.counted]
        found = [
            Score(
                code,
                sum(code in mine and code in theirs for mine, theirs in pairs),
                sum(code not in mine and code in theirs for mine, theirs in pairs),
                sum(code in mine and code not in theirs for mine, theirs in pairs),
            )
            for code in CODES
        ]
        return [score for score in found if score.both or score.missed or score.too_many]


def _ordered(codes: frozenset[str]) -> list[str]:
    return sorted(codes, key=CODES.index)
