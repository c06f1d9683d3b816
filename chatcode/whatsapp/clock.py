"""The 12-hour clock: what the word beside an hour makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

PartOfDay = Literal["am", "pm", "noon", "midnight"]

# Words of the Unicode CLDR (short day periods), written as `_plain` leaves them.
_WORDS: dict[PartOfDay, str] = {
    "am": (
        "am a vorm vormittags ص صباحا صباحًا قظ öö ös̈ö sa πμ dop de fm fh pg pagi rano дп дпобед прпп "
        "上午 午前 오전 凌晨 清晨 早上 早晨 पूर्वाह्न ก่อนเที่ยง לפנה״צ לפנהצ बिहान सकाळ पूर्वा முற்பகல் "
        "e.paradites преди manhã gn nt ap AM"
    ),
    "pm": (
        "pm p nachm nachmittags م مساء مساءً بظ ös ch μμ odp du em eh ptg petang popoł пп слпоб "
        "下午 午後 오후 晚上 傍晚 अपराह्न หลังเที่ยง אחה״צ אחהצ अपरा பிற்பகல் ip PM"
    ),
    "noon": "中午 正午 noon",
    "midnight": "午夜 半夜 midnight",
}
_MEANING: dict[str, PartOfDay] = {
    word.casefold(): part for part, words in _WORDS.items() for word in words.split()
}
_EARLY_AFTERNOON = 6


def part_of_day(word: str) -> PartOfDay | None:
    """Return what a word beside an hour means; None where it is not known."""
    return _MEANING.get(_plain(word))


def parts_of_day(
    words: Sequence[str], hours: Sequence[tuple[int, int, str]]
) -> tuple[dict[str, PartOfDay], bool]:
    """Give each word of a file a meaning, and say whether one had to be inferred.

    Args:
        words: The distinct words, in order of appearance.
        hours: Per entry (day number, hour × 60 + minute as written, word), in file order.

    Two words that are not known are told apart by time itself: within a day the clock does not
    run back, so the reading with fewer backward steps holds.
    """
    known = {word: part for word in words if (part := part_of_day(word)) is not None}
    unknown = [word for word in words if word not in known]
    if not unknown:
        return known, False
    readings = []
    for first, second in (("am", "pm"), ("pm", "am")):
        reading = dict(known)
        for place, word in enumerate(unknown):
            reading[word] = first if place % 2 == 0 else second  # type: ignore[assignment]
        readings.append(reading)
    return min(readings, key=lambda reading: _steps_back(reading, hours)), True


def hour24(hour: int, part: PartOfDay | None) -> int:
    """Return the hour on the 24-hour clock; hours that already are on it stay."""
    if part is None or hour > 12:
        return hour
    if part == "am":
        return hour % 12
    if part == "pm":
        return hour % 12 + 12
    if part == "noon":
        return hour + 12 if hour < _EARLY_AFTERNOON else hour
    return hour % 12 if hour == 12 or hour < _EARLY_AFTERNOON else hour + 12


def _steps_back(reading: dict[str, PartOfDay], hours: Sequence[tuple[int, int, str]]) -> int:
    steps, before = 0, (-1, -1)
    for day, minute, word in hours:
        now = (day, hour24(minute // 60, reading.get(word)) * 60 + minute % 60)
        steps += now < before and now[0] == before[0]
        before = now
    return steps


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter not in " .\t\u00a0\u2009\u202f\u3000")
