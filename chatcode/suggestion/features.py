"""What the classifier sees of a message: its text, its neighbours' text, and a row of figures."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatcode.conversation import CLOSED_BY, GAP
from chatcode.domain import CODES, Message, Suggestions

if TYPE_CHECKING:
    import numpy as np

RESIDENT = frozenset({"deelnemer"})
_ROLES = ("beheerder", "professional", "deelnemer")
_SPAN = 7  # how many messages back the codes of earlier ones still tell something
FIGURES = (
    *(f"by a {role}" for role in _ROLES),
    *(f"after a {role}" for role in _ROLES),
    *(f"before a {role}" for role in _ROLES),
    "same writer as before", "same writer after", "opens a conversation", "ends a conversation",
    "place in the conversation", "time since the message before", "time to the message after",
    "question", "exclamation", "length", "long", "short", "emoji", "digits", "link", "media", "night",
    "after a question", "report still open", "report answered", "question of another still open",
    "a professional spoke", "the writer reported",
    *(f"cue for {code}" for code in CODES),
    *(f"cue for {code} before" for code in CODES),
)  # fmt: skip
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf]")
_PLACEHOLDER = re.compile(r"@?\u2068?\[([^\W\d_]+)-[\w-]+\]\u2069?|@\u2068[^\u2069]{1,40}\u2069|@\d{6,}")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_NAME = re.compile(r"[^\W\d_]{3,}")
_DIGIT = re.compile(r"\d")
# Parts of a display name that say what somebody is, not who: they stay in the text.
_OFFICE = re.compile(
    r"agent|politie|handhav|gemeente|beheer|wijk|buurt|jongeren|straat|coach|toezicht|meester|netwerk|"
    r"regisseur|manager|bakker|winkel|school|kapper|dokter|"
    r"^(?:boa|gem|van|der|den|het|mevr|dhr|meneer|mevrouw|familie)$",
    re.IGNORECASE,
)
_LONG = 5  # names from this length on are no other word when written small


@dataclass(frozen=True, slots=True)
class Features:
    """The messages of one group, without its notices.

    `places` are their places among all entries; `before` and `after` are the neighbours' texts inside the
    conversation, else empty; `figures` has one row a message and the columns of `FIGURES`.
    """

    places: tuple[int, ...]
    texts: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    figures: np.ndarray


def features(
    messages: Sequence[Message], roles: Mapping[str, frozenset[str]], cued: Sequence[Suggestions]
) -> Features:
    """Describe the messages of a group; `roles` by sender, `cued` is what the cues suggest per entry."""
    import numpy as np

    places = tuple(i for i, message in enumerate(messages) if message.kind == "message")
    hide = _names(roles)
    texts = tuple(opaque(messages[i].text, hide) if messages[i].event != "deleted" else "" for i in places)
    rows = np.zeros((len(places), len(FIGURES)), dtype=np.float32)
    near_before, near_after = [], []
    talk = _Talk()
    for row, place in enumerate(places):
        message = messages[place]
        previous = messages[places[row - 1]] if row else None
        following = messages[places[row + 1]] if row + 1 < len(places) else None
        joined_before = previous is not None and message.sent_at - previous.sent_at <= GAP
        joined_after = following is not None and following.sent_at - message.sent_at <= GAP
        near_before.append(texts[row - 1] if joined_before else "")
        near_after.append(texts[row + 1] if joined_after else "")
        if not joined_before:
            talk = _Talk()
        figures = _of_text(message)
        figures |= _of_neighbours(
            message,
            previous if joined_before else None,
            following if joined_after else None,
            roles,
        )
        figures["time since the message before"] = _log_minutes(previous, message)
        figures["time to the message after"] = _log_minutes(message, following)
        figures |= talk.figures(message)
        figures |= {f"cue for {code}": 2 * p for code, p in cued[place].scores.items()}
        talk.add(message, roles_of(message.sender, roles), cued[place].codes)
        for name, value in figures.items():
            rows[row, _COLUMN[name]] = value
    return Features(places, texts, tuple(near_before), tuple(near_after), rows)


_COLUMN = {name: column for column, name in enumerate(FIGURES)}


def roles_of(sender: str | None, roles: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The roles of a sender; who is not named is a resident."""
    return roles.get(sender or "", RESIDENT)


def opaque(text: str, hide: re.Pattern[str] | None = None) -> str:
    """The text as the classifier may know it: no name, number, link or placeholder in particular."""
    text = _PLACEHOLDER.sub(lambda found: f" x{(found[1] or 'naam').lower()} ", text)
    text = re.sub(r"x(?:deelnemer|beheerder|wijkagent|professional|naam|persoon)\b", "xnaam", text)
    text = _LINK.sub(" xlink ", text)
    if hide:
        text = hide.sub("xnaam", text)
    return _DIGIT.sub("0", text).lower()


def _names(roles: Mapping[str, frozenset[str]]) -> re.Pattern[str] | None:
    """Names of senders as they may stand in texts; a chat that was pseudonymised has none left."""
    found = {
        part
        for sender in roles
        for part in _NAME.findall(sender)
        if part[0].isupper() and not _OFFICE.search(part)
    }
    forms = sorted(found | {part.lower() for part in found if len(part) >= _LONG})
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b") if forms else None


def _log_minutes(earlier: Message | None, later: Message | None) -> float:
    if earlier is None or later is None:
        return 1.0
    minutes = max(0.0, (later.sent_at - earlier.sent_at).total_seconds() / 60)
    return math.log1p(min(minutes, 1440)) / 7.3


def _of_text(message: Message) -> dict[str, float]:
    text = message.text
    words = len(text.split())
    return {
        "question": float("?" in text),
        "exclamation": float("!" in text),
        "length": math.log1p(words) / 4,
        "long": float(words > 25),
        "short": float(words < 4),
        "emoji": float(bool(_EMOJI.search(text))),
        "digits": float(bool(_DIGIT.search(text))),
        "link": float(bool(_LINK.search(text))),
        "media": float(message.event == "media"),
        "night": float(message.sent_at.hour >= 22 or message.sent_at.hour < 7),
    }


def _of_neighbours(
    message: Message,
    previous: Message | None,
    following: Message | None,
    roles: Mapping[str, frozenset[str]],
) -> dict[str, float]:
    figures = {f"by a {role}": 1.0 for role in roles_of(message.sender, roles) if role in _ROLES}
    if previous is None:
        figures["opens a conversation"] = 1.0
    else:
        figures |= {f"after a {role}": 1.0 for role in roles_of(previous.sender, roles) if role in _ROLES}
        figures["same writer as before"] = float(previous.sender == message.sender)
        figures["after a question"] = float("?" in previous.text)
    if following is None:
        figures["ends a conversation"] = 1.0
    else:
        figures |= {f"before a {role}": 1.0 for role in roles_of(following.sender, roles) if role in _ROLES}
        figures["same writer after"] = float(following.sender == message.sender)
    return figures


class _Talk:
    """The state of a conversation: what stands open, who spoke, which cues were met."""

    def __init__(self) -> None:
        self._length = 0
        self._recent: list[frozenset[str]] = []
        self._reported: bool | None = None  # None: no report; else whether it was answered
        self._reporters: set[str | None] = set()
        self._asker: str | None = None
        self._professional = False

    def figures(self, message: Message) -> dict[str, float]:
        figures = {
            "place in the conversation": math.log1p(self._length) / 2,
            "report still open": float(self._reported is False),
            "report answered": float(self._reported is True),
            "question of another still open": float(self._asker not in (None, message.sender)),
            "a professional spoke": float(self._professional),
            "the writer reported": float(message.sender in self._reporters),
        }
        for back, codes in enumerate(reversed(self._recent), 1):
            for code in codes:
                name = f"cue for {code} before"
                figures[name] = max(figures.get(name, 0.0), 1 - back / (_SPAN + 3))
        return figures

    def add(self, message: Message, roles: frozenset[str], codes: frozenset[str]) -> None:
        self._length += 1
        self._recent = [*self._recent[-_SPAN + 1 :], codes]
        if "M" in codes:
            self._reported = False
            self._reporters.add(message.sender)
        elif codes & CLOSED_BY["M"] and self._reported is False:
            self._reported = True
        if "?" in message.text:
            self._asker = message.sender
        elif message.sender != self._asker:
            self._asker = None
        self._professional |= "professional" in roles
