"""Write entries as an export, in any header style: the opposite of what is tested."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

NARROW = "\u202f"
MARK = "\u200e"


@dataclass(frozen=True)
class Line:
    """An entry to be written; `sender` None is a line of WhatsApp's own."""

    sent_at: datetime
    sender: str | None
    text: str


@dataclass(frozen=True)
class Look:
    """A header style: a function from a time to the header, and the line ends."""

    name: str
    header: Callable[[datetime], str]
    seconds: bool = False
    apple: bool = False
    order: str = "dmy"


def render(lines: Iterable[Line], look: Look, group: str = "Buurt") -> str:
    """Write an export. On an iPhone the group's name stands before WhatsApp's own words."""
    end = "\r\n" if look.apple else "\n"
    written = []
    for line in lines:
        head = look.header(line.sent_at)
        if line.sender is not None:
            written.append(f"{head}{line.sender}: {line.text}")
        elif look.apple:
            written.append(f"{head}{group}: {MARK}{line.text}")
        else:
            written.append(f"{head}{line.text}")
    return "".join(text + end for text in written)


def _plain(pattern: str) -> Callable[[datetime], str]:
    """Fill in the numbers of a time; `%-d` of strftime does not exist everywhere."""

    def header(at: datetime) -> str:
        late = at.hour >= 12
        numbers = {"d": at.day, "m": at.month, "y": at.year, "h": at.hour, "i": at.hour % 12 or 12}
        padded = {
            "dd": at.day,
            "mm": at.month,
            "yy": at.year % 100,
            "hh": at.hour,
            "n": at.minute,
            "s": at.second,
        }
        padded["ii"] = numbers["i"]
        return pattern.format(
            **numbers,
            **{name: f"{number:02d}" for name, number in padded.items()},
            **{name: words[late] for name, words in PARTS.items()},
        )

    return header


PARTS = {
    "P": ("AM", "PM"),
    "p": ("am", "pm"),
    "dot": ("a.m.", "p.m."),
    "gap": ("a.\u00a0m.", "p.\u00a0m."),
    "zh": ("上午", "下午"),
    "ko": ("오전", "오후"),
    "ar": ("ص", "م"),
}

ANDROID_NL = Look("Android nl", _plain("{dd}-{mm}-{y} {hh}:{n} - "))
IPHONE_NL = Look("iOS nl", _plain("[{dd}-{mm}-{y} {hh}:{n}:{s}] "), seconds=True, apple=True)
ANDROID_US = Look("Android en-US", _plain("{m}/{d}/{yy}, {i}:{n}" + NARROW + "{P} - "), order="mdy")
IPHONE_US = Look("iOS en-US", _plain("[{m}/{d}/{yy}, {i}:{n}:{s}" + NARROW + "{P}] "), True, True, "mdy")
