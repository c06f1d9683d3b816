"""Identifiers of a REFI-QDA file: the same for the same thing, in every export."""

from __future__ import annotations

from uuid import UUID, uuid5

# Chosen once for chatcode; what is derived from it must never change.
_CHATCODE = UUID("6d0c7e0a-3c0e-5b7e-9d53-51a6f0c2e9b4")


def guid(kind: str, *key: str) -> str:
    """The identifier of a thing of chatcode's own: `kind` and `key` say which."""
    return str(uuid5(_CHATCODE, "\x1f".join((kind, *key))))


def own(identifier: str, kind: str) -> str:
    """A thing's own id where it has the form of one, else the one that stands for it."""
    try:
        return str(UUID(identifier))
    except ValueError:
        return guid(kind, identifier)


def same(written: str) -> str:
    """An identifier as it is compared: braces and capitals are a matter of taste."""
    return written.strip().strip("{}").lower()
