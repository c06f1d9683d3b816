"""Memos on more than a message as a coder types them: `code 1+ words`, `method words`."""

from __future__ import annotations

from chatcode.domain import CODES, MemoKind, WiderMemo
from chatcode.errors import ChatcodeError
from chatcode.review.notes import sayable
from chatcode.review.session import Session

HELP = "code 1+ words · case NAME words · method words · theory words"
_ALONE: dict[str, MemoKind] = {"method": "method", "theory": "theory"}


def keep_wider(session: Session, line: str) -> WiderMemo:
    """Keep the memo of such a line.

    Raises:
        ChatcodeError: it names no kind, code or case, is empty, or holds what identifies somebody.
    """
    word, _, rest = line.strip().partition(" ")
    kind = word.lower().rstrip(":")
    if kind in _ALONE:
        return _keep(session, _ALONE[kind], "", rest)
    if kind == "code":
        name, _, words = rest.strip().partition(" ")
        code = next((c for c in CODES if c.lower() == name.lower().rstrip(":")), None)
        if code is None:
            raise ChatcodeError("a memo on a code names the code", "For instance: code 1+ too broad")
        return _keep(session, "code", code, words)
    if kind == "case":
        rest = rest.strip()
        # A case may have a name of several words; the longest that fits is meant.
        names = sorted((case.name for case in session.store.cases()), key=len, reverse=True)
        name = next((n for n in names if rest.lower().startswith(n.lower())), "")
        if not name:
            raise ChatcodeError("a memo on a case names the case", f"The cases are {', '.join(names)}.")
        return _keep(session, "case", name, rest[len(name) :].lstrip(" :"))
    raise ChatcodeError("say first what the memo is about", f"Type {HELP}.")


def _keep(session: Session, kind: MemoKind, about: str, text: str) -> WiderMemo:
    if not sayable(text):
        raise ChatcodeError(
            "not kept: it is empty, or holds what looks like a number, plate or address of somebody",
            "Say it without.",
        )
    return session.store.add_wider_memo(kind, about, session.coder, text.strip())
