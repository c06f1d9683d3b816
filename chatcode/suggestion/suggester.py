"""Suggestions: what the cues propose for every message of a group, each with its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Literal

from chatcode.bundled import starter_path
from chatcode.codebook import Codebook, Context, Cue
from chatcode.conversation import Conversation, Turn
from chatcode.domain import Message, Reason, Suggestions
from chatcode.suggestion.cues import Cues, Hit
from chatcode.suggestion.features import features
from chatcode.suggestion.model import MODEL_RULE, Model
from chatcode.suggestion.roles import Given, Roles

NOTICE_CODES = {"joined": "2+", "added": "2+", "left": "2-", "removed": "2-"}
NOTICE = "notice: "
LIKELY = 0.5  # a code is suggested from this probability on
_MOST = 0.97  # however many cues agree, they never make sure
_NONE = Suggestions()


def suggest(
    messages: Sequence[Message],
    roles: Mapping[str, Given],
    *,
    codebook: Codebook | None = None,
    model: Model | Literal[False] | None = None,
) -> list[Suggestions]:
    """Suggest codes for the entries of one group, one result per entry in the same order.

    `roles` gives what a sender is ("beheerder, professional", a collection, or a member whose roles have
    days); who is absent is a deelnemer. `model` None takes the starter model, False the cues alone. Notices
    get `2+` or `2-` by their event, whenever they were sent: what is the starting size of a group is for the
    count of members to tell. Raw and pseudonymised text are taken alike.
    """
    cued = cue_suggestions(messages, roles, codebook or Codebook.load())
    model = starter() if model is None else model
    if model is False or not messages:
        return cued
    seen = features(messages, roles, cued)
    if not seen.places:
        return cued  # notices only
    learned = model.suggest(seen, [cued[place] for place in seen.places])
    for place, suggestions in zip(seen.places, learned, strict=True):
        cued[place] = suggestions
    return cued


def cue_suggestions(
    messages: Sequence[Message], roles: Mapping[str, Given], codebook: Codebook
) -> list[Suggestions]:
    """What the cues alone suggest, one result per entry."""
    return _Suggesting(messages, Roles(roles), Cues(codebook)).all()


@cache
def starter() -> Model:
    """The model that is shipped: learned from synthetic chats, so that a new study does not start blank."""
    return Model.load(starter_path())


class _Suggesting:
    """One pass over the entries of a group: later messages look back on what was found in earlier ones."""

    def __init__(self, messages: Sequence[Message], roles: Roles, cues: Cues) -> None:
        self._messages, self._roles, self._cues = messages, roles, cues
        self._conversation = Conversation()

    def all(self) -> list[Suggestions]:
        return [self._one(i, message) for i, message in enumerate(self._messages)]

    def _one(self, index: int, message: Message) -> Suggestions:
        if message.kind == "system":
            code = NOTICE_CODES.get(message.event or "")
            if code is None:
                return _NONE
            notice = Reason(f"{NOTICE}{message.event}", message.text)
            return Suggestions(frozenset({code}), {code: _MOST}, {code: (notice,)})
        scan = self._cues.scan("" if message.event == "deleted" else message.text)
        sender_roles = self._roles.of(message)
        found: dict[str, list[tuple[Cue, Reason]]] = {}
        for cue, hit in self._cues.found(scan, sender_roles, message.event == "media"):
            reason = self._reason(index, message, cue, hit)
            if reason is not None:
                found.setdefault(cue.code, []).append((cue, reason))
        result = _joined(found) if found else _NONE
        asks = bool(scan.questions)
        self._conversation.add(Turn(index, message.sent_at, message.sender, sender_roles, result.codes, asks))
        return result

    def _reason(self, index: int, message: Message, cue: Cue, hit: Hit) -> Reason | None:
        back = 0
        if cue.after:
            turn = self._earlier(message, cue.after)
            if turn is None:
                return None
            back = index - turn.index
        if cue.not_after and self._earlier(message, cue.not_after) is not None:
            return None
        if cue.unanswered and not self._unanswered(index, cue.unanswered):
            return None
        return Reason(cue.id, hit.words, hit.start, hit.end, back)

    def _earlier(self, message: Message, context: Context) -> Turn | None:
        return self._conversation.latest(
            message.sent_at,
            message.sender,
            within=context.within,
            code=context.code,
            by=context.by,
            roles=context.role,
            still_open=context.open,
        )

    def _unanswered(self, index: int, minutes: int) -> bool:
        asked = self._messages[index]
        until = asked.sent_at + timedelta(minutes=minutes)
        for later in self._messages[index + 1 :]:
            if later.sent_at > until:
                return True
            if later.kind == "message" and later.sender != asked.sender:
                return False
        return self._messages[-1].sent_at >= until


def _joined(found: Mapping[str, Sequence[tuple[Cue, Reason]]]) -> Suggestions:
    """Cues err apart from each other, so the chance that a code is wrong is that all of them are."""
    scores, reasons = {}, {}
    for code, pairs in found.items():
        wrong = 1.0
        for cue, _ in pairs:
            wrong *= 1 - cue.weight
        scores[code] = min(1 - wrong, _MOST)
        strongest = sorted(pairs, key=lambda pair: -pair[0].weight)
        reasons[code] = tuple(reason for _, reason in strongest)
    return Suggestions(frozenset(c for c, p in scores.items() if p >= LIKELY), scores, reasons)


def check_examples(codebook: Codebook) -> list[str]:
    """Run every cue on its own `yes` and `no` messages; one line per example that comes out wrong.

    Only words, question, length and emoji are tried: writer and context are taken as met.
    """
    cues, problems = Cues(codebook), []
    for cue in codebook.cues:
        for wanted, examples in ((True, cue.yes), (False, cue.no)):
            for number, text in enumerate(examples, 1):
                hits = {c.id for c, _ in cues.found(cues.scan(text), None, bool(cue.media))}
                if (cue.id in hits) != wanted:
                    which = f"`{'yes' if wanted else 'no'}` example {number}"
                    verb = "does not find its" if wanted else "finds its"
                    problems.append(
                        f"{codebook.origin}:{cue.line}: code {cue.code}: cue `{cue.id}` {verb} {which}"
                    )
    return problems


def describe(reason: Reason, codebook: Codebook) -> str:
    """Say in one line why a code is suggested, for a coder."""
    if reason.rule.startswith(NOTICE):
        return f"WhatsApp notice: {reason.rule.removeprefix(NOTICE)}"
    if reason.rule == MODEL_RULE:
        return (
            f"like messages coded so before: {reason.words}"
            if reason.words
            else "like messages coded so before"
        )
    cue = next((cue for cue in codebook.cues if cue.id == reason.rule), None)
    parts = [f"cue “{reason.words}”" if reason.words else f"cue {reason.rule}"]
    if cue is None:
        return parts[0]
    if cue.role:
        parts.append("by a " + " or ".join(sorted(cue.role)))
    if cue.after:
        what = codebook.name(cue.after.code).lower() if cue.after.code else "question"
        sign = f" ({cue.after.code})" if cue.after.code and cue.after.code != "M" else ""
        answer = " without an answer" if cue.after.open else ""
        parts.append(f"{_back(reason.context)} after a {what}{sign}{answer}")
    if cue.unanswered:
        parts.append("nobody answered")
    return ", ".join(parts)


def _back(steps: int) -> str:
    return "right" if steps == 1 else f"{steps} messages"
