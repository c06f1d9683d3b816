"""What stands around a word that people are called too, and says that here it is no person."""

from __future__ import annotations

from chatcode.anonymize import cues
from chatcode.anonymize.context import Reading


def blooms(reading: Reading, end: int) -> bool:
    """`iris staat al in bloei`: no member does."""
    if "bloei" not in reading.text:
        return False
    words = [token.folded for token in reading.tokens if token.start > end][:5]
    return "bloei" in words and not {"staat", "staan", "stond", "komt", "komen"}.isdisjoint(words[:1])


def has_article(reading: Reading, place: int, *, small: bool = True) -> bool:
    """`in het riet`: a word (in lower case, if `small`) after an article that no name has."""
    if place == 0 or reading.gap(place - 1) != " " or reading.tokens[place - 1].folded not in cues.NEUTER:
        return False
    return reading.tokens[place].text.islower() or not small


def is_thing(reading: Reading, end: int) -> bool:
    """`Dirk is vandaag dicht`, `Margriet kost 4,99`: a shop or a ware, whoever it is called after."""
    if reading.text[end : end + 1] != " ":
        return False
    after = [token for token in reading.tokens if token.start > end][:7]
    words = [token.folded for token in after]
    if not words or words[0] in cues.LIKE_THINGS:
        return bool(words)
    if words[0] in {"heeft", "had"}:
        return not cues.OFFERS.isdisjoint(words[1:4])
    if words[0] not in {"is", "was", "zijn"}:
        return False
    step = next((step for step, word in enumerate(words) if step and word not in cues.MEANWHILE), 0)
    if words[step] not in cues.CLOSED:
        return False
    goes_on = reading.text[after[step].end :].startswith(" ") and step + 1 < len(words)
    return not goes_on or words[step + 1] in cues.MEANWHILE
