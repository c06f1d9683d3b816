"""Bringing coders' files of one study together: by ids, chain by chain, nothing overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from chatcode.errors import ChatcodeError, StudyError
from chatcode.study.chats import pages
from chatcode.study.connection import marks_for
from chatcode.study.health import problems
from chatcode.study.store import Study

# What coders note beside their acts: rows with an id of their own, as far as the file has the table.
_NOTES = ("memos", "media_notes", "wider_memos", "flags", "practices")
# What must be the same of a message in both files: text may have been redacted anew, positions shift where
# an export was joined in, and fingerprints are worked out when they are needed.
_SAME = "id, group_id, sent_at, kind"

Chain = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Merged:
    """What one file brings of one coder: acts and memos that are new here, and that were here already.

    Flags, notes on media and practice done count among the memos.
    """

    file: str
    coder: str
    acts_new: int
    acts_known: int
    memos_new: int
    memos_known: int


def merge(study: Study, others: Sequence[Study], *, dry_run: bool = False) -> list[Merged]:
    """Take over what other files of the same study hold of each coder; all of it or nothing.

    A coder's acts form a chain. Where one file's chain goes on from the other's, the rest is
    added as it is, with its hashes; so merging again finds nothing new.

    Raises:
        ChatcodeError: a file is of another study, holds other messages, or a coder went on in
            both files; nothing is changed.
        StudyError: acts were changed outside chatcode, here or there; nothing is changed.
    """
    _sound(study)
    chains, known = _chains(study), {note for some in _notes(study).values() for note in some}
    found: list[Merged] = []
    taken: list[tuple[Study, Sequence[str], Sequence[tuple[str, str]]]] = []
    # What was said there is gone for good: no copy may bring it back by a note.
    purged = {row[0] for row in study.rows("SELECT id FROM entries WHERE purged_at IS NOT NULL")}
    for other in others:
        _same_study(study, other)
        _sound(other)
        theirs, notes = _chains(other), _notes(other, without=purged)
        for coder in sorted({*theirs, *notes}):
            chain = theirs.get(coder, [])
            ours = chains.setdefault(coder, [])
            new = _rest(ours, chain, coder, other.path.name)
            noted = notes.get(coder, [])
            fresh = [note for note in noted if note not in known]
            known.update(fresh)
            found.append(
                Merged(
                    other.path.name,
                    coder,
                    len(new),
                    len(chain) - len(new),
                    len(fresh),
                    len(noted) - len(fresh),
                )
            )
            ours += new
            taken.append((other, [act_id for act_id, _ in new], fresh))
    if dry_run or not any(one.acts_new or one.memos_new for one in found):
        return found
    with study.transaction():
        for other, act_ids, notes_new in taken:
            _take_acts(study, other, act_ids)
            _take_notes(study, other, notes_new)
        _sound(study)
    return found


# ── what is refused ───────────────────────────────────────────────────────────


def _same_study(study: Study, other: Study) -> None:
    name = other.path.name
    if other.path.resolve() == study.path.resolve():
        raise ChatcodeError(f"{name} is this very study", "Name the files of the other coders.")
    if other.settings().id != study.settings().id:
        raise ChatcodeError(
            f"{name} is another study than {study.path.name}",
            "Coders work in copies of one study file: chatcode backup --out NAME.study",
        )
    ours = set(study.rows(f"SELECT {_SAME} FROM entries"))
    strange = sum(row not in ours for row in other.rows(f"SELECT {_SAME} FROM entries"))
    if strange:
        raise ChatcodeError(
            f"{name} holds {strange} messages that {study.path.name} does not have, or has otherwise",
            "Import in one file only, and hand out copies of that.",
        )


def _sound(study: Study) -> None:
    found = problems(study)
    if found:
        raise StudyError(
            f"{study.path.name} is not sound: {found[0]}", "Nothing was merged; take a backup of it."
        )


def _rest(ours: Chain, theirs: Chain, coder: str, name: str) -> Chain:
    """What their chain of a coder has after ours; nothing where ours is the longer one."""
    shared = min(len(ours), len(theirs))
    if ours[:shared] != theirs[:shared]:
        if {act_id for act_id, _ in ours[:shared]} == {act_id for act_id, _ in theirs[:shared]}:
            raise StudyError(
                f"{name} is not sound: acts of {coder} differ from the same acts here",
                "Nothing was merged; one of the files was changed outside chatcode.",
            )
        raise ChatcodeError(
            f"{coder} has coded in both files since they were parted, so {name} cannot be merged",
            "One coder, one file: code what is missing in the file that goes on.",
        )
    return theirs[shared:]


# ── reading ───────────────────────────────────────────────────────────────────


def _chains(study: Study) -> dict[str, Chain]:
    found: dict[str, Chain] = {}
    for coder, act_id, chain in study.rows("SELECT coder, id, chain FROM acts ORDER BY seq"):
        found.setdefault(coder, []).append((act_id, chain))
    return found


def _notes(study: Study, *, without: Set[str] = frozenset()) -> Mapping[str, list[tuple[str, str]]]:
    """Per coder the notes as table and id, but for those on certain entries."""
    known = {row[0] for row in study.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    found: dict[str, list[tuple[str, str]]] = {}
    for table in _NOTES:
        if table not in known:
            continue
        on_entries = any(row[1] == "entry_id" for row in study.rows(f"PRAGMA table_info({table})"))
        about = "entry_id" if on_entries else "NULL"
        for coder, note_id, entry_id in study.rows(f"SELECT coder, id, {about} FROM {table} ORDER BY seq"):
            if entry_id not in without:
                found.setdefault(coder, []).append((table, note_id))
    return found


# ── taking over ───────────────────────────────────────────────────────────────


def _take_acts(study: Study, other: Study, act_ids: Sequence[str]) -> None:
    _copy(study, other, "codebooks", "SELECT {} FROM codebooks", (), ignore=True)
    for ids in pages(act_ids):
        listed = marks_for(ids)
        _copy(study, other, "acts", f"SELECT {{}} FROM acts WHERE id IN ({listed}) ORDER BY seq", ids)
        for table in ("act_codes", "act_links"):
            _copy(study, other, table, f"SELECT {{}} FROM {table} WHERE act_id IN ({listed})", ids)


def _take_notes(study: Study, other: Study, notes: Sequence[tuple[str, str]]) -> None:
    for table in _NOTES:
        for ids in pages([note_id for name, note_id in notes if name == table]):
            _copy(
                study,
                other,
                table,
                f"SELECT {{}} FROM {table} WHERE id IN ({marks_for(ids)}) ORDER BY seq",
                ids,
            )


def _copy(
    study: Study, other: Study, table: str, sql: str, values: Sequence[str], *, ignore: bool = False
) -> None:
    """Copy rows with all their columns but `seq`, which every file counts for itself."""
    columns = [row[1] for row in study.rows(f"PRAGMA table_info({table})") if row[1] != "seq"]
    named = ", ".join(columns)
    word = "INSERT OR IGNORE" if ignore else "INSERT"
    study.execute_many(
        f"{word} INTO {table} ({named}) VALUES ({marks_for(columns)})",
        other.rows(sql.format(named), values),
    )
