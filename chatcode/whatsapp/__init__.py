"""Import: read what WhatsApp's "Export chat" writes."""

from __future__ import annotations

from .frame import to_frame
from .reader import read_export

__all__ = ["read_export", "to_frame"]
