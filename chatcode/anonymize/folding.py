"""One spelling for one word: lower case, no accents, letters of other alphabets' Latin kin made plain."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart into a letter and an accent.
_KIN = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe",
        "ə": "e", "ĳ": "ij", "ɛ": "e", "ɔ": "o", "ŋ": "n", "ħ": "h", "ʻ": "", "ʼ": "", "’": "", "‘": "",
        "'": "", "´": "", "`": "",
    }
)  # fmt: skip


def fold(word: str) -> str:
    """Fold a word for comparing: `Yıldırım` and `yildirim`, `Wójcik` and `WOJCIK` become one."""
    return FOLDED[word]


class _Folded(dict[str, str]):
    """What words were folded into; half the time of `lru_cache`, and every word of every text is asked."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST:
            self.clear()
        self[word] = folded = _fold(word)
        return folded


_MOST = 65536
FOLDED = _Folded()


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    parts = unicodedata.normalize("NFKD", word.lower().translate(_KIN))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def word_set(words: str) -> frozenset[str]:
    """Make a set of the words of a text; word lists read better as text than as quoted items."""
    return frozenset(words.split())
