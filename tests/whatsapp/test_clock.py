from __future__ import annotations

import pytest

from chatcode.whatsapp.clock import hour24, part_of_day, parts_of_day


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("AM", "am"),
        ("PM", "pm"),
        ("a.m.", "am"),
        ("p. m.", "pm"),
        ("p.\u00a0m.", "pm"),
        ("上午", "am"),
        ("下午", "pm"),
        ("오전", "am"),
        ("오후", "pm"),
        ("午後", "pm"),
        ("ص", "am"),
        ("م", "pm"),
        ("ÖÖ", "am"),
        ("ÖS", "pm"),
        ("π.μ.", "am"),
        ("अपराह्न", "pm"),
        ("中午", "noon"),
        ("凌晨", "am"),
        ("晚上", "pm"),
        ("klo", None),
        ("à", None),
        ("", None),
    ],
)
def test_words_for_parts_of_the_day(word: str, part: str | None) -> None:
    assert part_of_day(word) == part


@pytest.mark.parametrize(
    ("hour", "part", "expected"),
    [
        (12, "am", 0),
        (1, "am", 1),
        (11, "am", 11),
        (12, "pm", 12),
        (1, "pm", 13),
        (11, "pm", 23),
        (18, "pm", 18),
        (7, None, 7),
        (12, "noon", 12),
        (1, "noon", 13),
        (11, "noon", 11),
        (12, "midnight", 0),
    ],
)
def test_hours_on_the_24_hour_clock(hour: int, part: str | None, expected: int) -> None:
    assert hour24(hour, part) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("words", [("wx", "yz"), ("yz", "wx")])
def test_unknown_words_are_told_apart_by_time(words: tuple[str, str]) -> None:
    morning, evening = "wx", "yz"
    day = [
        (1, 9 * 60, morning),
        (1, 60, evening),
        (1, 5 * 60, evening),
        (2, 8 * 60, morning),
        (2, 7 * 60, evening),
    ]
    assert parts_of_day(words, day) == ({morning: "am", evening: "pm"}, True)


def test_known_words_need_no_inference() -> None:
    assert parts_of_day(["AM", "PM"], []) == ({"AM": "am", "PM": "pm"}, False)
