"""WhatsApp's own words, one language a module; Dutch and English first, as they are commonest here."""

from __future__ import annotations

from ..language import Language
from .en import ENGLISH
from .nl import DUTCH

LANGUAGES = (DUTCH, ENGLISH)

_HEAD = 200_000


def guess_language(text: str) -> Language | None:
    """Guess the language of WhatsApp's words from the stand-ins that are commonest in a chat."""
    head = text[:_HEAD]
    counts = {language: sum(map(head.count, language.omitted + language.files)) for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: counts[language])
    return best if counts[best] else None


__all__ = ["LANGUAGES", "guess_language"]
