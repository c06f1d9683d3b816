"""The key of a study: who is who and what was taken out of texts, kept in one sealed file."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from chatcode.anonymize import seal
from chatcode.anonymize.leaks import Gate
from chatcode.anonymize.names import phone_of
from chatcode.anonymize.objectors import Objector
from chatcode.anonymize.persons import Person, Persons, alias_of
from chatcode.anonymize.verdicts import Verdict, form_of
from chatcode.errors import StudyError

_VERSION = 1

# Spans of an original before any decision: start, end, kind, placeholder.
Base = list[tuple[int, int, str, str]]

# Stands in the place of a value that was forgotten: no value begins so.
_FORGOTTEN = "\0"
# The kind of a span whose original was forgotten: what is kept of it is its own placeholder.
FORGOTTEN = "gewist"
# Kinds whose originals are names, dates or words that any document may hold.
_SAID_BY_OTHERS = frozenset({"persoon", "geboortedatum", "straat"})


@dataclass(frozen=True, slots=True)
class Removed:
    """What a placeholder stands for; `start` and `end` are its place in the stored text."""

    start: int
    end: int
    kind: str
    original: str

    def __repr__(self) -> str:
        return f"Removed({self.start}, {self.end}, {self.kind})"


class Key:
    """The sealed key file of a study, opened.

    Everything is changed in memory only, until `save`.
    """

    def __init__(self, path: Path, lock: seal.Lock, content: Mapping[str, object]) -> None:
        self.path = path
        self.id = lock.header.key_id
        self._lock = lock
        table = json.loads(json.dumps(content))
        self._secret = bytes.fromhex(table["secret"])
        self.persons = Persons(
            Person(
                row["id"],
                row["title"],
                row["number"],
                [(g, n) for g, n in row["aliases"]],
                list(row["phones"]),
            )
            for row in table["persons"]
        )
        self._things: dict[str, dict[str, int]] = table["things"]
        self.removed: dict[str, list[Removed]] = {
            entry: [Removed(*span) for span in spans] for entry, spans in table["removed"].items()
        }
        self.group_names: dict[str, str] = table["groups"]
        self.deny: list[str] = table["deny"]
        self.objectors = [Objector(*row) for row in table.get("objectors", ())]
        # Keys made before decisions were kept have none of these.
        self.verdicts = [Verdict(*row) for row in table.get("verdicts", ())]
        self.base: dict[str, Base] = {
            entry: [(start, end, kind, shown) for start, end, kind, shown in spans]
            for entry, spans in table.get("base", {}).items()
        }
        self.pending: dict[str, tuple[str, list[Removed]]] = {
            entry: (digest, [Removed(*span) for span in spans])
            for entry, (digest, spans) in table.get("pending", {}).items()
        }

    def __repr__(self) -> str:
        return f"Key({self.id})"

    # ── the file ──────────────────────────────────────────────────────────────

    @classmethod
    def create(cls, path: Path, passphrase: str) -> Key:
        """Make a new key file.

        Raises:
            StudyError: when a file of that name exists, or cannot be written.
            ChatcodeError: when the passphrase is too weak.
        """
        seal.check_strength(passphrase)
        if path.exists():
            raise StudyError(
                f"a file {path.name} exists already", "choose another name, or use the key that is there"
            )
        content = {
            "version": _VERSION,
            "secret": secrets.token_hex(32),
            "persons": [],
            "things": {},
            "removed": {},
            "groups": {},
            "deny": [],
            "objectors": [],
        }
        key = cls(path, seal.new_lock(str(uuid.uuid4()), passphrase, _now()), content)
        key.save()
        return key

    @classmethod
    def open(cls, path: Path, passphrase: str) -> Key:
        """Open a key file.

        Raises:
            StudyError: when it is missing, damaged, no key file, newer than this program, or when
                the passphrase is wrong.
        """
        lock, data = seal.unseal(path, passphrase)
        try:
            content = json.loads(data)
            if content["id"] != lock.header.key_id:
                raise ValueError
            if content["version"] > _VERSION:
                raise StudyError(f"the key file is of a newer chatcode: {path.name}", "update chatcode")
            return cls(path, lock, content)
        except (ValueError, KeyError, TypeError):
            raise StudyError(f"the key file is damaged: {path.name}", "restore it from a back-up") from None

    @staticmethod
    def header(path: Path) -> str:
        """Return the id of a key file without its passphrase.

        Raises:
            StudyError: when it is missing or no key file.
        """
        return seal.read_header(path).key_id

    def save(self) -> None:
        """Seal everything and put it in place of the file in one step.

        Raises:
            StudyError: when the file cannot be written; the file that was there is then untouched.
        """
        content = {
            "version": _VERSION,
            "id": self.id,
            "secret": self._secret.hex(),
            "persons": [
                {
                    "id": person.id,
                    "title": person.title,
                    "number": person.number,
                    "aliases": person.aliases,
                    "phones": person.phones,
                }
                for person in self.persons.values()
            ],
            "things": self._things,
            "removed": {
                entry: [(span.start, span.end, span.kind, span.original) for span in spans]
                for entry, spans in self.removed.items()
            },
            "groups": self.group_names,
            "deny": self.deny,
            "objectors": [(one.group_id, one.name, one.mark, one.person_id) for one in self.objectors],
            "verdicts": [astuple(verdict) for verdict in self.verdicts],
            "base": self.base,
            "pending": {
                entry: (digest, [(span.start, span.end, span.kind, span.original) for span in spans])
                for entry, (digest, spans) in self.pending.items()
            },
        }
        seal.write_sealed(self.path, self._lock, json.dumps(content, ensure_ascii=False).encode("utf-8"))

    def change_passphrase(self, passphrase: str) -> None:
        """Seal the file under another passphrase, at once.

        Raises:
            ChatcodeError: when the passphrase is too weak.
            StudyError: when the file cannot be written.
        """
        self._lock = seal.new_lock(self.id, passphrase, self._lock.header.made)
        self.save()

    def counts(self) -> dict[str, int]:
        """How much it holds: people, names of them, and values that were taken out of texts."""
        return {
            "persons": len(self.persons),
            "aliases": sum(len(person.aliases) for person in self.persons.values()),
            "removed": sum(len(spans) for spans in self.removed.values()),
            "objectors": len(self.objectors),
        }

    # ── fingerprints ──────────────────────────────────────────────────────────

    def fingerprint(self, content: str) -> bytes:
        """Return 32 bytes that tell the same words again in a later export, and nothing else.

        HMAC-SHA-256 under the key's own 256-bit secret.
        """
        return self._mac(b"entry", content.encode("utf-8", "surrogatepass"))

    def file_fingerprint(self, data: bytes) -> bytes:
        """Return 32 bytes that tell the same file again."""
        return self._mac(b"file", data)

    def mark(self, name: str) -> str:
        """Return a keyed hash by which a display name, or a number however written, is known again."""
        alias = alias_of(name)
        return self._mac(
            b"person", (phone_of(alias) or alias.casefold()).encode("utf-8", "surrogatepass")
        ).hex()

    def _mac(self, *parts: bytes) -> bytes:
        """Each part is preceded by its length, so that no two lists of parts run together alike."""
        mac = hmac.new(self._secret, digestmod=hashlib.sha256)
        for part in parts:
            mac.update(len(part).to_bytes(8, "big"))
            mac.update(part)
        return mac.digest()

    # ── things ────────────────────────────────────────────────────────────────

    def number(self, kind: str, value: str) -> int:
        """Return the number of a thing of this kind, the same for the same normalised value."""
        table = self._things.setdefault(kind, {})
        return table.setdefault(value, len(table) + 1)

    def has_number(self, kind: str, number: int) -> bool:
        """Tell whether a thing of this kind has that number."""
        return number in self._things.get(kind, {}).values()

    def keep_removed(self, entry_id: str, spans: Sequence[Removed]) -> None:
        """Keep what was taken out of an entry; a BSN is never kept, not even here."""
        kept = [span for span in spans if span.kind != "bsn"]
        if kept:
            self.removed[entry_id] = kept

    def keep_pending(self, entry_id: str, text: str, spans: Sequence[Removed]) -> None:
        """Keep what the new text of an entry leaves out, until that text is known to be stored."""
        kept = [span for span in spans if span.kind != "bsn"]
        self.pending[entry_id] = (_digest(text), kept)

    def settle(self, texts: Mapping[str, str]) -> bool:
        """Take over what is pending for the entries that have their new text; drop it for the others.

        `texts` are those that the study holds now. Returns whether there was anything.
        """
        waiting = self.pending.keys() & texts.keys()
        for entry_id in waiting:
            digest, spans = self.pending.pop(entry_id)
            if digest == _digest(texts[entry_id]):
                self.removed.pop(entry_id, None)
                self.keep_removed(entry_id, spans)
        return bool(waiting)

    def decide(self, verdicts: Sequence[Verdict]) -> None:
        """Add decisions to the allow and deny lists."""
        self.verdicts += verdicts

    def next_batch(self) -> int:
        """Return the number of the next decisions that are made at one go."""
        return max((verdict.batch for verdict in self.verdicts), default=0) + 1

    def take_back(self) -> int:
        """Take back the decisions that were made last and still stand; how many that were."""
        last = max((verdict.batch for verdict in self.verdicts if not verdict.undone), default=0)
        taken = [place for place, one in enumerate(self.verdicts) if one.batch == last and not one.undone]
        for place in taken:
            self.verdicts[place] = replace(self.verdicts[place], undone=True)
        return len(taken)

    def restore(self, entry_id: str, text: str) -> str:
        """Put the originals back into a stored text."""
        for span in sorted(self.removed.get(entry_id, ()), key=lambda span: span.start, reverse=True):
            text = text[: span.start] + span.original + text[span.end :]
        return text

    def drop_things(self, used: Mapping[str, Collection[int]]) -> int:
        """Forget the values whose numbers are not in use; how many. No number is given out twice."""
        dropped = 0
        for kind, table in self._things.items():
            kept = used.get(kind, ())
            for value, number in list(table.items()):
                if number not in kept and not value.startswith(_FORGOTTEN):
                    del table[value]
                    table[f"{_FORGOTTEN}{number}"] = number
                    dropped += 1
        return dropped

    def gate(self) -> Gate:
        """Return the leak gate that knows everybody and everything of this key."""
        names = {name for _, name in self.persons.names} | set(self.deny)
        names |= {one.name for one in self.objectors if one.name}
        last = {(one.form, one.group_id): one.say for one in self.verdicts if not one.undone}
        names |= {form for (form, _), say in last.items() if say == "deny"}
        removed = [span for spans in self.removed.values() for span in spans if span.kind != FORGOTTEN]
        persons = {span.original for span in removed if span.kind == "persoon"}
        values = {span.original for span in removed if span.kind not in _SAID_BY_OTHERS}
        values |= set(self.group_names.values()) | set(self.persons.phones)
        return Gate(names, values, others=persons, spared=self._spared(last))

    def _spared(self, last: Mapping[tuple[str, str | None], str]) -> set[str]:
        """The forms that somebody let stay wherever people are called so: the gate lets them pass too."""
        denied = {form for (form, _), say in last.items() if say == "deny"}
        return {
            form
            for (form, group_id), say in last.items()
            if say == "allow"
            and form not in denied
            and (
                group_id is None
                or {group for group, alias in self.persons.names if form in form_of(alias).split()}
                <= {group_id}
            )
        }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
