"""Import: read what WhatsApp's "Export chat" writes."""

from __future__ import annotations

from .reader import read_export

__all__ = ["read_export"]
