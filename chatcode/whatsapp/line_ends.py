"""Line ends as evidence: iOS ends an entry with CR LF, a line inside an entry with LF alone."""

from __future__ import annotations

_EXCEPTIONS = 0.05  # share of CR LF that may be followed by something else than a header


def line_ends_tell(crlf: int, newlines: int, ends: int, heads: int) -> bool:
    """Whether headers after a bare line feed are text that somebody pasted.

    This holds only if nearly every CR LF is followed by a header; a file whose line ends were
    changed on its way, or that was joined from two, tells nothing.

    Args:
        crlf: CR LF in the file.
        newlines: LF in the file, with or without CR.
        ends: Headers after CR LF, or at the start of the file.
        heads: All headers.
    """
    if not crlf or crlf == newlines or ends == heads:
        return False
    return heads - ends < ends and crlf - ends <= 1 + _EXCEPTIONS * crlf
