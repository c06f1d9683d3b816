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
    "hi": ("पूर्वाह्न", "अपराह्न"),
    "el": ("π.μ.", "μ.μ."),
}


def _in_arabic(pattern: str) -> Callable[[datetime], str]:
    """Arabic-Indic digits, with a right-to-left mark before each part of the date."""
    header = _plain(pattern)
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    return lambda at: header(at).translate(digits)


ANDROID_NL = Look("Android nl", _plain("{dd}-{mm}-{y} {hh}:{n} - "))
IPHONE_NL = Look("iOS nl", _plain("[{dd}-{mm}-{y} {hh}:{n}:{s}] "), seconds=True, apple=True)
ANDROID_US = Look("Android en-US", _plain("{m}/{d}/{yy}, {i}:{n}" + NARROW + "{P} - "), order="mdy")
IPHONE_US = Look("iOS en-US", _plain("[{m}/{d}/{yy}, {i}:{n}:{s}" + NARROW + "{P}] "), True, True, "mdy")

LOOKS = [
    ANDROID_NL,
    IPHONE_NL,
    ANDROID_US,
    IPHONE_US,
    Look("iOS nl, comma", _plain("[{dd}-{mm}-{y}, {hh}:{n}:{s}] "), True, True),
    Look("iOS nl, two-digit year", _plain("[{dd}-{mm}-{yy} {hh}:{n}:{s}] "), True, True),
    Look("iOS nl before 2018", _plain("{dd}-{mm}-{yy} {hh}:{n}:{s}: "), True, True),
    Look("iOS en before 2018", _plain("{m}/{d}/{yy}, {i}:{n}:{s} {P}: "), True, True, "mdy"),
    Look("iOS en-US, 24 hours", _plain("[{m}/{d}/{yy}, {hh}:{n}:{s}] "), True, True, "mdy"),
    Look("iOS en-US, padded", _plain("[{mm}-{dd}-{y}, {hh}:{n}:{s}] "), True, True, "mdy"),
    Look("iOS de, 12 hours", _plain("[{dd}.{mm}.{yy}, {i}:{n}:{s} {P}] "), True, True),
    Look("iOS en-ZA", _plain("[{y}/{mm}/{dd}, {hh}:{n}:{s}] "), True, True, "ymd"),
    Look("iOS es", _plain("[{dd}/{mm}/{yy} {i}:{n}:{s} {dot}] "), True, True),
    Look("iOS tr", _plain("[{d}.{mm}.{y} {hh}:{n}:{s}] "), True, True),
    Look("iOS zh", _plain("[{y}/{m}/{d} {hh}:{n}:{s}] "), True, True, "ymd"),
    Look("iOS zh, part of the day", _plain("[{y}/{m}/{d} {zh}{i}:{n}:{s}] "), True, True, "ymd"),
    Look("iOS de", _plain("[{dd}.{mm}.{yy}, {hh}:{n}:{s}] "), True, True),
    Look("iOS en-GB, narrow blank", _plain("[{dd}/{mm}/{y}, {i}:{n}:{s}" + NARROW + "{P}] "), True, True),
    Look("Android en-US, blank", _plain("{m}/{d}/{yy}, {i}:{n} {P} - "), order="mdy"),
    Look("Android en-GB, 12 hours", _plain("{dd}/{mm}/{y}, {i}:{n} {p} - ")),
    Look("Android en-GB, narrow blank", _plain("{dd}/{mm}/{y}, {i}:{n}" + NARROW + "{p} - ")),
    Look("Android en-CA", _plain("{y}-{mm}-{dd}, {i}:{n} {dot} - "), order="ymd"),
    Look("Android en-ZA", _plain("{y}/{mm}/{dd}, {i}:{n} {p} - "), order="ymd"),
    Look("Android de", _plain("{dd}.{mm}.{yy}, {hh}:{n} - ")),
    Look("Android fr", _plain("{dd}/{mm}/{y} à {hh}:{n} - ")),
    Look("Android fr-CA", _plain("{y}-{mm}-{dd} {hh} h {n} - "), order="ymd"),
    Look("Android es", _plain("{d}/{m}/{yy} {h}:{n} - ")),
    Look("Android es, part of the day", _plain("{d}/{m}/{y} {i}:{n} {gap} - ")),
    Look("Android es, comma", _plain("{d}/{m}/{yy}, {i}:{n} {gap} - ")),
    Look("Android pt-BR", _plain("{dd}/{mm}/{y} {hh}:{n} - ")),
    Look("Android fi", _plain("{d}.{m}.{y} klo {h}.{n} - ")),
    Look("Android id", _plain("{dd}/{mm}/{yy} {hh}.{n} - ")),
    Look("Android tr", _plain("{d}.{mm}.{y} {hh}:{n} - ")),
    Look("Android zh", _plain("{y}/{m}/{d} {zh}{i}:{n} - "), order="ymd"),
    Look("Android zh, years and days", _plain("{y}年{m}月{d}日 {hh}:{n} - "), order="ymd"),
    Look("Android ko", _plain("{y}. {m}. {d}. {ko} {i}:{n} - "), order="ymd"),
    Look("Android hu", _plain("{y}. {mm}. {dd}. {h}:{n} - "), order="ymd"),
    Look("Android bg", _plain("{d}.{mm}.{y} г., {h}:{n} - ")),
    Look("Android ar", _in_arabic("\u200f{d}\u200f/{m}\u200f/{y}، {i}:{n} {ar} - ")),
    Look("iOS ar", _in_arabic("[{d}\u200f/{m}\u200f/{y}، {i}:{n}:{s}" + NARROW + "{ar}] "), True, True),
    Look("Android he", _plain("{d}.{m}.{y}, {h}:{n} - ")),
    Look("Android hi", _plain("{dd}/{mm}/{yy}, {i}:{n} {hi} - ")),
    Look("Android el", _plain("{d}/{m}/{yy}, {i}:{n} {el} - ")),
    Look("dash between date and time", _plain("{dd}.{mm}.{y} - {hh}:{n}:{s}; "), True, True),
]
