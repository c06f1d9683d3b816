"""A filter as a coder types it: `code:1+ role:beheerder month:2021-03 p>0.7 open flagged word`."""

from __future__ import annotations

import re
from collections.abc import Collection

from chatcode.domain import CODES, ROLES, Filter
from chatcode.errors import ChatcodeError

HELP = "code:1+ · code:none · role: · group: · month:2021-03 · open · flagged · words of the text"
MACHINE_HELP = "machine:1+ · p>0.7 · differs"
_FLAGS = ("open", "flagged", "differs")
_TAKEN = re.compile(r"^(?:(code|role|group|month|machine|text):|p>)", re.IGNORECASE)


def parse(line: str, groups: Collection[str] = (), *, machine: bool = True) -> Filter:
    """Read a filter; an empty line asks nothing. A value with blanks stands in double quotes.

    Raises:
        ChatcodeError: a word of it cannot be understood, or asks the machine where it keeps silent.
    """
    asked: dict[str, object] = {}
    words: list[str] = []
    for part in re.findall(r'[^\s"]*"[^"]*"|\S+', line):
        found = _TAKEN.match(part)
        value = part[found.end() :].strip('"') if found else part.strip('"')
        if part.lower() in _FLAGS:
            asked[part.lower()] = True
        elif found is None or found[0].lower() == "text:":
            words.append(value)
        elif part.lower().startswith("p>"):
            asked["at_least"] = _probability(value)
        else:
            name = found[1].lower()
            asked["suggested" if name == "machine" else name] = _checked(name, value, groups)
    wanted = Filter(**asked, text=" ".join(words))  # type: ignore[arg-type] # each field was checked
    if wanted.asks_machine and not machine:
        raise ChatcodeError(
            "what the machine proposes is not told in this way of working",
            "That can be asked with --way assisted.",
        )
    return wanted


def _checked(name: str, value: str, groups: Collection[str]) -> str:
    if name in ("code", "machine"):
        code = next((c for c in CODES if c.lower() == value.lower()), "")
        if not code and not (name == "code" and value.lower() == "none"):
            raise ChatcodeError(f"there is no code {value[:12]!r}", "For instance: code:1+ or code:none")
        return code or "none"
    if name == "role":
        if value.lower() not in ROLES:
            raise ChatcodeError(f"there is no role {value[:12]!r}", f"The roles are {', '.join(ROLES)}.")
        return value.lower()
    if name == "group":
        label = next((g for g in groups if g.lower() == value.lower()), None)
        if label is None:
            raise ChatcodeError(f"there is no group {value[:20]!r}", f"The groups are {', '.join(groups)}.")
        return label
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
        raise ChatcodeError("a month is written as 2021-03", "For instance: month:2021-03")
    return value


def _probability(value: str) -> float:
    try:
        found = float(value.replace(",", ".").rstrip("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise ChatcodeError("a probability lies between 0 and 1", "For instance: p>0.8")
    return found


def describe(wanted: Filter) -> str:
    """The filter as it can be typed again."""
    told = [
        f"{name}:{_quoted(value)}"
        for name, value in (
            ("code", wanted.code),
            ("role", wanted.role),
            ("group", wanted.group),
            ("month", wanted.month),
            ("machine", wanted.suggested),
        )
        if value
    ]
    if wanted.at_least is not None:
        told.append(f"p>{wanted.at_least:g}")
    told += [name for name in _FLAGS if getattr(wanted, name)]
    if wanted.text:
        told.append(f"text:{_quoted(wanted.text)}")
    return " ".join(told)


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value
