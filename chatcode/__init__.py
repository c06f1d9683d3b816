"""Code WhatsApp neighbourhood-watch chats for an intervention study.

What is here is for notebooks and scripts; the command `chatcode` does the same for people. Nothing
is loaded before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chatcode.anonymize.redactor import Redactor
    from chatcode.codebook import Codebook
    from chatcode.domain import Export, Message, Span, Suggestions
    from chatcode.errors import ChatcodeError
    from chatcode.notebook import Study
    from chatcode.suggestion.suggester import suggest
    from chatcode.suggestion.training import train
    from chatcode.whatsapp import read_export, to_frame

__all__ = [
    "ChatcodeError",
    "Codebook",
    "Export",
    "Message",
    "Redactor",
    "Span",
    "Study",
    "Suggestions",
    "read_export",
    "suggest",
    "to_frame",
    "train",
]

_HOMES = {
    "ChatcodeError": "chatcode.errors",
    "Codebook": "chatcode.codebook",
    "Export": "chatcode.domain",
    "Message": "chatcode.domain",
    "Redactor": "chatcode.anonymize.redactor",
    "Span": "chatcode.domain",
    "Study": "chatcode.notebook",
    "Suggestions": "chatcode.domain",
    "read_export": "chatcode.whatsapp",
    "suggest": "chatcode.suggestion.suggester",
    "to_frame": "chatcode.whatsapp",
    "train": "chatcode.suggestion.training",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 a module's attributes are of any type
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
