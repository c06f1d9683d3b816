"""Chats at random, for tests of what must hold for every chat."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st
from rendering import LOOKS, Line

from chatcode.whatsapp.content import cut_edited

_ODD = '\u200d\u200c\u200f\u2028\u0085\u00a0\u202f\u2011é\u0301ñ👍🏽👩🇳🇱שלוםمرحبا中文\t:<>[]()-./,"“”«»'
_LETTERS = st.characters(
    codec="utf-8", exclude_characters="\r\n\u200e\ufeff", exclude_categories=["Cs", "Cc"]
)

WORDS = st.text(
    st.one_of(st.sampled_from("abcdefghij klmno :"), st.sampled_from(_ODD), _LETTERS), max_size=30
)
TEXTS = st.one_of(
    WORDS,
    st.lists(WORDS, min_size=2, max_size=4).map("\n".join),
    st.sampled_from(
        ["<Media weggelaten>", "Dit bericht is verwijderd", "IMG-1.jpg (bestand bijgevoegd)\nkijk", "null",
         "Locatie: https://maps.google.com/?q=1,2", "https://a.nl/x: y", "POLL:\nWie?\nOPTION: ik (1 vote)"]
    ),
).filter(lambda text: not cut_edited(text)[1])  # fmt: skip

# A name has no colon before a blank, no quotation mark (then it may be a notice), and no blank at its ends.
NAMES = st.one_of(
    st.sampled_from(
        ["Els", "Els en Piet", "+31 6 00112233", "~\u00a0Noor 🌺", "Jan (nr 3)", "a:b", "Zoë-Ann", "محمد"]
    ),
    st.integers(40, 60).map("x".__mul__),
    st.sampled_from(
        ["Jan van der Berg van de bakker", "Een naam die langer is dan wie er ook spreekt in een groep"]
    ),
    st.text(st.sampled_from("abcXYZ 123 éü😀.'&"), min_size=1, max_size=12).map(str.strip).filter(bool),
)
LOOK = st.sampled_from(LOOKS)
STEPS = st.integers(0, 60 * 60 * 24 * 9)


@st.composite
def chats(draw: st.DrawFn) -> list[Line]:
    """Entries of a chat in order of time, with days above twelve so that the order of dates is plain."""
    at = datetime(draw(st.integers(2011, 2035)), 1, 1) + timedelta(seconds=draw(st.integers(0, 40_000_000)))
    lines = [Line(at.replace(day=draw(st.integers(13, 28))), draw(NAMES), draw(TEXTS))]
    for _ in range(draw(st.integers(0, 12))):
        at = lines[-1].sent_at + timedelta(seconds=draw(STEPS))
        lines.append(Line(at, draw(NAMES), draw(TEXTS)))
    return lines
