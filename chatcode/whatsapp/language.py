"""WhatsApp's own words in one language: what its notices and its stand-ins for media say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)  # one of a kind; hashing its phrases would take long
class Language:
    """The words of one language. All phrases are without direction marks and end dots.

    Attributes:
        code: ISO 639-1.
        you: How WhatsApp calls the person whose phone wrote the export.
        conjunctions: What stands before the last name of a list.
        others: Regular expression for "31 others" at the end of a list.
        tap: Regular expression for how the sentence starts that tells where to tap.
        notices: Pairs of event and template, the first that fits holds. A template is a regular
            expression with `<who>` (actor), `<whom>` (targets) and `<name>` (a quoted name; the
            last one of a template is the new name of a group).
        files: Verb phrases that follow a file's name, in round brackets.
        attached: Words that stand before a file's name, in angle brackets.
        omitted: Stand-ins for media that were left out.
        contacts: Stand-ins for a contact card that was left out.
        deleted: Regular expressions for a message that was deleted.
        edited: What stands in angle brackets after a message that was edited.
        locations: Words before a map link.
        live_locations: Stand-ins for a live location.
        polls: The words over a poll and before each answer.
        calls: Stand-ins for calls.
    """

    code: str
    you: tuple[str, ...]
    conjunctions: tuple[str, ...]
    others: str
    tap: str
    notices: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    attached: tuple[str, ...]
    omitted: tuple[str, ...]
    contacts: tuple[str, ...]
    deleted: tuple[str, ...]
    edited: tuple[str, ...]
    locations: tuple[str, ...]
    live_locations: tuple[str, ...]
    polls: tuple[tuple[str, str], ...]
    calls: tuple[str, ...]
