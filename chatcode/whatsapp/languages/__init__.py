"""WhatsApp's own words, one language a module; Dutch and English first, as they are commonest here."""

from __future__ import annotations

from ..language import Language
from .de import GERMAN
from .en import ENGLISH
from .es import SPANISH
from .fr import FRENCH
from .it import ITALIAN
from .nl import DUTCH
from .pt import PORTUGUESE
from .tr import TURKISH

LANGUAGES = (DUTCH, ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE, ITALIAN, TURKISH)

_HEAD = 200_000


def guess_language(text: str) -> Language | None:
    """Guess the language of WhatsApp's words from the stand-ins that are commonest in a chat."""
    head = text[:_HEAD]
    counts = {language: sum(map(head.count, language.omitted + language.files)) for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: counts[language])
    return best if counts[best] else None


__all__ = ["LANGUAGES", "guess_language"]
