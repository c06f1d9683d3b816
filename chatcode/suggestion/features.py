"""What the classifier sees of a message: its text, its neighbours' text, and a row of figures."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from chatcode.conversation import CLOSED_BY, GAP
from chatcode.domain import CODES, Message, Suggestions
from chatcode.suggestion.roles import Given, Roles

if TYPE_CHECKING:
    import numpy as np

_ROLES = ("beheerder", "professional", "deelnemer")
_NOTICE_SPAN = 4  # entries back in which somebody coming or leaving is looked for
_EMOJI_KINDS = {
    "laughing": "😂🤣😄😆😅😁😜😝",
    "loving": "❤🧡💛💚💙💜🥰😍😘💕♥",
    "applauding": "👍👏💪👌🙌🙏",
    "sad": "😢😭😞😩😪☹😔",
    "angry": "😡🤬😠🙄😤",
    "afraid": "😱😨😰😳",
    "festive": "🎉🥳🎈🌹🌺🕯",
}
_EMOJI_SETS = tuple((f"emoji: {kind}", frozenset(those)) for kind, those in _EMOJI_KINDS.items())
_SPAN = 7  # how many messages back the codes of earlier ones still tell something
FIGURES = (
    *(f"by a {role}" for role in _ROLES),
    *(f"after a {role}" for role in _ROLES),
    *(f"before a {role}" for role in _ROLES),
    "same writer as before", "same writer after", "opens a conversation", "ends a conversation",
    "place in the conversation", "time since the message before", "time to the message after",
    "question", "exclamation", "length", "long", "short", "emoji", "digits", "link", "media",
    *(f"emoji: {kind}" for kind in _EMOJI_KINDS), "capitals", "exclamations", "begins small", "full stop",
    "ends in a question", "quotes", *(f"hour {hour} to {hour + 4}" for hour in range(0, 24, 4)),
    "after a question", "report still open", "report answered", "question of another still open",
    "a professional spoke", "the writer reported",
    "speaks to a professional", "speaks to who runs the group", "a professional has been asked and is silent",
    "time since a professional was asked in vain", "the writer asked a professional in vain",
    "time since a professional wrote", "time since the writer wrote", "writes for the first time",
    "somebody joined just before", "somebody left just before",
    *(f"cue for {code}" for code in CODES),
    *(f"cue for {code} before" for code in CODES),
)  # fmt: skip
PROFESSIONAL, RUNS, NAMED = "xprof", "xbeheer", "xnaam"  # who is spoken to, by what they are
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf]")
_STANDINGS = (PROFESSIONAL, RUNS, NAMED)
_PLACEHOLDER = re.compile(
    r"@?\u2068?\[(?P<label>(?P<kind>[^\W\d_]+)-[\w-]+)\]\u2069?|@\u2068(?P<at>[^\u2069]{1,40})\u2069|@\d{6,}"
)
_NOBODY = frozenset({"deelnemer", "persoon", "naam", "lid", "beheerder"})

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
    conversation, else empty; `figures` has one row a message and the columns of `FIGURES`. `talks` numbers
    the conversations, `writers` the writers, per message; `minutes` counts from the first message.
    """

    places: tuple[int, ...]
    texts: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    figures: np.ndarray
    talks: np.ndarray
    writers: np.ndarray
    minutes: np.ndarray


def features(
    messages: Sequence[Message], given: Mapping[str, Given], cued: Sequence[Suggestions]
) -> Features:
    """Describe the messages of a group; `given` are roles by writer, `cued` what cues suggest per entry."""
    import numpy as np

    places = tuple(i for i, message in enumerate(messages) if message.kind == "message")
    roles = Roles(given)
    names = Names(roles)
    texts = tuple(names.opaque(messages[i].text) if messages[i].event != "deleted" else "" for i in places)
    rows = np.zeros((len(places), len(FIGURES)), dtype=np.float32)
    near_before, near_after = [], []
    talk, memory = _Talk(), _Memory()
    talks = np.zeros(len(places), dtype=np.int64)
    for row, place in enumerate(places):
        message = messages[place]
        previous = messages[places[row - 1]] if row else None
        following = messages[places[row + 1]] if row + 1 < len(places) else None
        joined_before = previous is not None and message.sent_at - previous.sent_at <= GAP
        joined_after = following is not None and following.sent_at - message.sent_at <= GAP
        near_before.append(texts[row - 1] if joined_before else "")
        near_after.append(texts[row + 1] if joined_after else "")
        talks[row] = talks[row - 1] + (not joined_before) if row else 0
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
        own = roles.of(message)
        figures |= memory.figures(message, texts[row])
        figures |= _of_notices(messages, place)
        figures |= {f"cue for {code}": 2 * p for code, p in cued[place].scores.items()}
        talk.add(message, own, cued[place].codes)
        memory.add(message, texts[row], own)
        for name, value in figures.items():
            rows[row, _COLUMN[name]] = value
    senders = [messages[place].sender for place in places]
    numbers = {sender: number for number, sender in enumerate(dict.fromkeys(senders))}
    moments = [messages[place].sent_at for place in places]
    return Features(
        places,
        texts,
        tuple(near_before),
        tuple(near_after),
        rows,
        talks,
        np.array([numbers[sender] for sender in senders], dtype=np.int64),
        np.array([(moment - moments[0]).total_seconds() / 60 for moment in moments]),
    )


_COLUMN = {name: column for column, name in enumerate(FIGURES)}


class Names:
    """Names of members, as they may stand in texts; each says what its bearer is, not who.

    A chat that was pseudonymised has placeholders instead (`[Wijkagent-1]`).
    """

    def __init__(self, roles: Roles) -> None:
        self._labels = {sender: _standing(given) for sender, given in roles.ever.items()}
        self._parts: dict[str, str] = {}
        for sender, standing in self._labels.items():
            for part in _NAME.findall(sender):
                if part[0].isupper() and not _OFFICE.search(part):
                    for form in (part, part.lower()) if len(part) >= _LONG else (part,):
                        known = self._parts.get(form, NAMED)
                        self._parts[form] = min(known, standing, key=_STANDINGS.index)
        forms = sorted(self._parts, key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b") if forms else None

    def opaque(self, text: str) -> str:
        """The text as the classifier may know it: no name, number, link or placeholder in particular."""
        if "[" in text or "@" in text:
            text = _PLACEHOLDER.sub(self._placeholder, text)
        if "://" in text or "www." in text:
            text = _LINK.sub(" xlink ", text)
        # The search for all names takes as long as all else; most messages hold none.
        if self._pattern and not self._parts.keys().isdisjoint(_NAME.findall(text)):
            text = self._pattern.sub(lambda found: self._parts[found[0]], text)
        return " ".join(_DIGIT.sub("0", text).lower().split())

    def _placeholder(self, found: re.Match[str]) -> str:
        if found["kind"] is None:
            return f" {self._labels.get(found['at'], NAMED)} "
        kind = found["kind"]
        if found["label"] in self._labels:
            return f" {self._labels[found['label']]} "
        if kind.lower() in _NOBODY:
            return f" {NAMED} "
        # Labels of people begin with a capital: what is no participant has an office (`[Wijkagent-1]`).
        return f" {PROFESSIONAL} " if kind[0].isupper() else f" x{kind} "


def _standing(roles: frozenset[str]) -> str:
    return PROFESSIONAL if "professional" in roles else RUNS if "beheerder" in roles else NAMED


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
        **({} if text.isascii() else _emoji_kinds(text)),
        "capitals": float(_shouted(text)),
        "exclamations": min(text.count("!"), 3) / 3,
        "begins small": float(text[:1].islower()),
        "full stop": float(text.rstrip().endswith(".")),
        "ends in a question": float(text.rstrip().endswith("?")),
        "quotes": float('"' in text or "'" in text),
        f"hour {message.sent_at.hour // 4 * 4} to {message.sent_at.hour // 4 * 4 + 4}": 1.0,
    }


def _emoji_kinds(text: str) -> dict[str, float]:
    found = set(text)
    return {kind: 1.0 for kind, those in _EMOJI_SETS if not found.isdisjoint(those)}


def _shouted(text: str) -> bool:
    capitals = sum(map(str.isupper, text))
    if capitals < 4:  # of more than five letters more than six tenths
        return False
    letters = sum(map(str.isalpha, text))
    return letters > 5 and capitals > 0.6 * letters


def _of_neighbours(
    message: Message,
    previous: Message | None,
    following: Message | None,
    roles: Roles,
) -> dict[str, float]:
    figures = {f"by a {role}": 1.0 for role in roles.of(message) if role in _ROLES}
    if previous is None:
        figures["opens a conversation"] = 1.0
    else:
        figures |= {f"after a {role}": 1.0 for role in roles.of(previous) if role in _ROLES}
        figures["same writer as before"] = float(previous.sender == message.sender)
        figures["after a question"] = float("?" in previous.text)
    if following is None:
        figures["ends a conversation"] = 1.0
    else:
        figures |= {f"before a {role}": 1.0 for role in roles.of(following) if role in _ROLES}
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


class _Memory:
    """What lasts beyond a conversation: who was asked and stays silent, how long somebody did not write."""

    def __init__(self) -> None:
        self._wrote: dict[str | None, datetime] = {}
        self._professional: datetime | None = None
        self._asked: datetime | None = None
        self._askers: dict[str | None, datetime] = {}

    def figures(self, message: Message, text: str) -> dict[str, float]:
        now, sender = message.sent_at, message.sender
        return {
            "speaks to a professional": float(PROFESSIONAL in text),
            "speaks to who runs the group": float(RUNS in text),
            "a professional has been asked and is silent": float(self._asked is not None),
            "time since a professional was asked in vain": _log_days(self._asked, now, 0.0),
            "the writer asked a professional in vain": float(sender in self._askers),
            "time since a professional wrote": _log_days(self._professional, now, 1.0),
            "time since the writer wrote": _log_days(self._wrote.get(sender), now, 1.0),
            "writes for the first time": float(sender not in self._wrote),
        }

    def add(self, message: Message, text: str, roles: frozenset[str]) -> None:
        self._wrote[message.sender] = message.sent_at
        if "professional" in roles:
            self._professional = message.sent_at
            self._asked = None
            self._askers.clear()
        elif PROFESSIONAL in text and "?" in text:
            self._asked = self._asked or message.sent_at
            self._askers[message.sender] = message.sent_at


def _log_days(earlier: datetime | None, now: datetime, never: float) -> float:
    if earlier is None:
        return never
    days = max(0.0, (now - earlier).total_seconds() / 86400)
    return min(1.0, math.log1p(days) / 4.2)


def _of_notices(messages: Sequence[Message], place: int) -> dict[str, float]:
    """Whether WhatsApp told shortly before that somebody came or went."""
    figures, now = {}, messages[place].sent_at
    for earlier in reversed(messages[max(0, place - _NOTICE_SPAN) : place]):
        if earlier.kind == "system" and now - earlier.sent_at <= GAP:
            if earlier.event in ("joined", "added"):
                figures["somebody joined just before"] = 1.0
            elif earlier.event in ("left", "removed"):
                figures["somebody left just before"] = 1.0
    return figures
