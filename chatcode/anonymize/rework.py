"""Redact stored texts again after a decision, from the originals that the key can put back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chatcode.anonymize.identities import Base, Key, Removed
from chatcode.anonymize.redactor import Scrubber, replace
from chatcode.anonymize.verdicts import Verdicts
from chatcode.domain import Entry, Span


@dataclass(frozen=True, slots=True, repr=False)
class Original:
    """An entry as it was written, with what the program by itself took out of it.

    A citizen number is kept nowhere: its placeholder stands in the text, shielded by a span.
    """

    entry: Entry
    text: str
    spans: tuple[Span, ...]
    found: tuple[Span, ...]


def original_of(key: Key, entry: Entry) -> Original:
    """Put an entry's original together again: `spans` are in force, `found` are those before decisions."""
    parts: list[str] = []
    spans: list[Span] = []
    place = length = 0
    for removed in sorted(key.removed.get(entry.id, ()), key=lambda one: one.start):
        parts += (entry.text[place : removed.start], removed.original)
        length += removed.start - place
        placeholder = entry.text[removed.start : removed.end]
        spans.append(Span(length, length + len(removed.original), removed.kind, placeholder, "kept"))
        length += len(removed.original)
        place = removed.end
    parts.append(entry.text[place:])
    text = "".join(parts)
    base = key.base.get(entry.id)
    found = [Span(*one, "kept") for one in base] if base is not None else spans
    return Original(entry, text, tuple(spans), tuple(found))


def widen(key: Key, entries: Iterable[Entry], scrubber: Scrubber) -> None:
    """Note in the key what a scrubber that knows more names takes out of entries beside what is out.

    The key is changed in memory only; `rework` then gives the texts.
    """
    for entry in entries:
        original = original_of(key, entry)
        spans = scrubber.spans(original.text, original.found)
        if len(spans) > len(original.found):
            key.base[entry.id] = [(one.start, one.end, one.kind, one.placeholder) for one in spans]


def rework(key: Key, group_id: str, entries: Iterable[Entry], labels: Mapping[str, str]) -> dict[str, str]:
    """Give the entries of a group whose text has to change, each with its new text.

    The key keeps what the new texts leave out as pending, and the spans as they were before any
    decision; it is changed in memory only. `labels` are those of members by id. System lines name
    people by WhatsApp's own word: there nothing is allowed back.
    """
    verdicts = Verdicts(key.verdicts, group_id)

    def placeholder(form: str, target: str | None) -> str:
        if target is None:
            return f"[persoon-{key.number('persoon', f'{group_id} {form}')}]"
        return f"[{labels.get(target, target)}]"

    changed: dict[str, str] = {}
    for entry in entries:
        if not verdicts and entry.id not in key.base:
            continue
        original = original_of(key, entry)
        spans = verdicts.apply(original.text, original.found, placeholder)
        if entry.kind == "system":
            spans = _joined(original.found, spans)
        text = replace(original.text, spans)
        if text == entry.text:
            continue
        changed[entry.id] = text
        base: Base = [(span.start, span.end, span.kind, span.placeholder) for span in original.found]
        key.base[entry.id] = base
        key.keep_pending(entry.id, text, removed_of(original.text, spans))
    return changed


def removed_of(text: str, spans: Iterable[Span]) -> list[Removed]:
    """What spans take out of a text, with the places of their placeholders in the text that is left."""
    removed: list[Removed] = []
    shift = 0
    for span in spans:
        start = span.start + shift
        removed.append(Removed(start, start + len(span.placeholder), span.kind, text[span.start : span.end]))
        shift += len(span.placeholder) - (span.end - span.start)
    return removed


def _joined(first: Iterable[Span], second: Iterable[Span]) -> list[Span]:
    """Both; where two overlap the first goes before."""
    spans = list(first)
    for span in second:
        if all(span.end <= other.start or span.start >= other.end for other in spans):
            spans.append(span)
    return sorted(spans)
