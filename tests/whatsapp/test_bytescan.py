"""The fast path and the plain path give the same, whatever the file."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rendering import ANDROID_NL, IPHONE_NL, LOOKS, Line, Look, render
from strategies import LOOK, chats

from chatcode.whatsapp import read_export, reader
from chatcode.whatsapp.bytescan import scan_bytes
from chatcode.whatsapp.formats import lock
from chatcode.whatsapp.scan import Scanned, scan


def both(text: str) -> tuple[Scanned | None, Scanned | None]:
    """The text by the plain and by the fast path."""
    style = lock(text)
    assert style is not None
    return scan(text, style, None, None), scan_bytes(text.encode(), style, None, None)


def assert_same(text: str) -> None:
    """The fast path takes the text on, and gives what the plain one gives."""
    plain, fast = both(text)
    assert plain is not None
    # Else nothing is compared.
    assert fast is not None
    assert list(fast.sent_at) == list(plain.sent_at)
    assert fast.rough == plain.rough
    assert (fast.date_order, fast.repairs) == (plain.date_order, plain.repairs)


def assert_same_if_taken(text: str) -> None:
    """The same for a text that was drawn: one that the fast path declines is no example."""
    assume(both(text)[1] is not None)
    assert_same(text)


@settings(max_examples=100, deadline=None)
@given(chats(), LOOK)
def test_rendered_chats_are_read_alike(lines: list[Line], look: Look) -> None:
    assert_same_if_taken(render(lines, look))


NOISE = st.sampled_from(
    [
        *(
            "\r\n",
            "\r",
            "\n",
            "\n\n",
            "\u200e",
            "\u200e\u200e",
            "\u200f",
            "\ufeff",
            "\u202f",
            "\u00a0",
            "🚓",
            "\x00",
        ),
        *(": ", ":", " - ", "[", "]", "1", "٣", '"', "<", ">", ")"),
        *("31-02-2021 10:00 - ", "13-01-2021 25:00 - ", "[13-01-2021 10:00:00] ", "\n13-01-2021 10:00 - "),
        "\n13-01-2021 10:00 - Piet:\n",
        "\r\n[13-01-2021 10:00:00] Jan: \u200eJan heeft Piet toegevoegd",
    ]
)


@settings(max_examples=150, deadline=None)
@given(chats(), LOOK, st.lists(st.tuples(st.integers(0, 2000), NOISE), max_size=12))
def test_damaged_chats_are_read_alike(lines: list[Line], look: Look, noise: list[tuple[int, str]]) -> None:
    text = render(lines, look)
    for place, what in noise:
        at = place % (len(text) + 1)
        text = text[:at] + what + text[at:]
    if lock(text) is not None:
        assert_same_if_taken(text)


@pytest.mark.parametrize(
    "rest",
    [
        "Els: 0:\r\n\n",
        "Els:\r\nhoi\r\n",
        ": zonder naam\n",
        "\u200e: zonder naam\n",
        f"{'x' * 46}: y\n",
        f"{'x' * 47}: y\n",
        f"{'x' * 48}: y\n",
        f"{'x' * 90}: y\n",
        f"{'x' * 90}\nEls: y\n",
        f"{'x' * 90}:\ny\n",
        'Els heeft het onderwerp gewijzigd van "een heel lange naam, zo lang: dat" naar "a: b"\n',
        "Els: a\rb\r\r\n",
    ],
)
@pytest.mark.parametrize("more", ["", "13-01-2011 00:01 - Jan: x\n" * 3])
def test_odd_entries_are_read_alike(rest: str, more: str) -> None:
    assert_same(f"13-01-2011 00:00 - {rest}{more}")


TEXTS = ["hoi 🚓", "twee\nregels", "<Media weggelaten>", "wacht \u200e<Dit bericht is bewerkt>", ""]


def long_chat(look: Look) -> str:
    lines: list[Line] = []
    for n in range(3_000):
        sender, text = f"Lid {n % 17}", TEXTS[n % len(TEXTS)]
        at = datetime(2020, 1, 1) + timedelta(hours=3 * n)
        lines.append(Line(at, sender, text) if n % 50 else Line(at, None, f"Jan {n} heeft de groep verlaten"))
    return render(lines, look)


# Digits of another script, and words for the part of the day, are for the plain path alone.
PLAIN_ONLY = {
    "Android ar", "Android es, comma", "Android es, part of the day", "Android ko", "Android zh", "iOS ar",
    "iOS zh, part of the day",
}  # fmt: skip


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_long_chats_are_read_alike(look: Look) -> None:
    text = long_chat(look)
    if look.name in PLAIN_ONLY:
        assert both(text)[1] is None
    else:
        assert_same(text)


@pytest.mark.parametrize("look", [ANDROID_NL, IPHONE_NL], ids=lambda look: look.name)
def test_the_usual_styles_take_the_fast_path(look: Look) -> None:
    _, fast = both(long_chat(look))
    assert fast is not None


def test_a_large_file_gives_the_same_export_as_a_small_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(b"\xef\xbb\xbf" + long_chat(IPHONE_NL).encode())
    plain = read_export(path)
    monkeypatch.setattr(reader, "_LARGE", 0)
    fast = read_export(path)
    assert list(fast.messages) == list(plain.messages)
    assert fast.findings == plain.findings
    assert fast.findings.encoding == "utf-8-sig"


def test_bad_bytes_in_a_large_file_are_mended_like_in_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(long_chat(ANDROID_NL).encode().replace(b"twee", b"tw\xffe", 1))
    monkeypatch.setattr(reader, "_LARGE", 0)
    export = read_export(path)
    assert export.findings.repairs == ("bytes that are no UTF-8 replaced in 1 line",)
    assert sum("\ufffd" in message.text for message in export.messages) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("IMG-20200101-WA0007.jpg (bestand bijgevoegd)\nkijk deze bus", "media"),
        ("POLL:\nWie komt er?\nOPTION: Ik (2 votes)", "poll"),
        ("twee\nregels", None),
    ],
)
def test_what_a_large_file_holds_does_not_hang_on_its_line_ends(
    text: str, event: str | None, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_LARGE", 0)
    lines = [f"{13 + n}-01-2020 10:00 - Els: {text if n == 5 else 'hoi'}\n" for n in range(15)]
    data = "".join(lines).replace("\n", end).encode()
    # Else this would compare the plain path with itself.
    assert reader._Text.fast(data, None) is not None
    (tmp_path / "chat.txt").write_bytes(data)
    messages = reader.read_export(tmp_path / "chat.txt").messages
    assert [m.event for m in messages] == [event if n == 5 else None for n in range(15)]
    assert messages[5].text == text
