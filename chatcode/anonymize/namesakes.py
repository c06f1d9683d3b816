"""Members who are called as a word of the language is: `mees heeft gebeld`, `een mees in de tuin`.

Whether they are meant is told by the words around, by the capital and by what `evidence` weighs; how much
each of these says was learned from messages in which either is meant (`benchmarks/weights.py`).
"""

from __future__ import annotations

from chatcode.anonymize.context import Reading
from chatcode.anonymize.lexicon import Lexicon
from chatcode.anonymize.weighing import form_of, formed, listed, odds, surroundings, weights, words_around

WEIGHTS = "namesakes"
_STEPS = (-3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
_LISTS = ("common", "both", "likely", "capital", "keep", "words", "things", "given")


def is_namesake(reading: Reading, place: int, score: float, lexicon: Lexicon) -> bool:
    """Is the member meant, and not the word? `score` is what is weighed of the sentence."""
    return odds(signs(reading, place, score, lexicon), weights(WEIGHTS)) > 0


def signs(reading: Reading, place: int, score: float, lexicon: Lexicon) -> set[str]:
    """Name what is around a word and how it is written, as the weights know it."""
    token = reading.tokens[place]
    before, after = words_around(reading.text, token.start, token.end)
    form = form_of(reading, place, place)
    found = surroundings(before, after) | formed(before, after, form)
    found |= {f"word {token.folded}", f"word {token.folded} {form}"}
    found |= {f"score {step}" for step in _STEPS if score >= step}
    found.update(f"list {name}" for name in listed(token.folded, _LISTS, lexicon))
    if reading.text.islower():
        found |= {"small", f"small {form}"}
    return found
