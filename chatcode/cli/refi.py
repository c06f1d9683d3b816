"""The REFI-QDA part of `chatcode exchange`: projects out and in, the codebook out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from chatcode.cli import options
from chatcode.cli.coders import after_reading
from chatcode.cli.output import print_json, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.domain import Memo, WiderMemo
    from chatcode.exchange.refi.layout import LineEnds
    from chatcode.exchange.refi.project import Contents
    from chatcode.study.store import Study


def refi_files(
    study: Study, project: Path | None, codebook: Path | None, lang: str, line_endings: str, coder: str | None
) -> dict[Path, tuple[bytes, bytes]]:
    """The REFI-QDA files that were asked for, each with that of an empty study.

    Raises:
        ChatcodeError: what was made would not hold together by the standard; nothing is written.
    """
    from chatcode.exchange.refi.check import parsed, project_faults, schema_faults
    from chatcode.exchange.refi.codes import write_codebook
    from chatcode.exchange.refi.project import lost, write_project

    files: dict[Path, tuple[bytes, bytes]] = {}
    for path, ending in ((project, ".qdpx"), (codebook, ".qdc")):
        if path and path.suffix.lower() != ending:
            raise ChatcodeError(f"{path.name} does not end in {ending}", f"Other programs look for {ending}.")
    faults: list[str] = []
    if project:
        contents = contents_of(study, lang, coder)
        ends = cast("LineEnds", line_endings)
        data = write_project(contents, line_ends=ends)
        # With CR LF counted as one, places are those of the receiver and not those of the text.
        faults += project_faults(data, project.name) if ends != "crlf-as-one" else []
        files[project] = (data, write_project(_emptied(contents), line_ends=ends))
        say("What REFI-QDA has no place for stays in the study:")
        for line in lost(contents):
            say(f"  - {line}")
    if codebook:
        data = write_codebook(options.codebook_of(study), lang=lang)
        faults += schema_faults(parsed(data, codebook.name))
        files[codebook] = (data, data)
    if faults:
        raise ChatcodeError(
            f"what was made does not hold together: {faults[0]} ({len(faults)} faults)",
            "Nothing was written; report this.",
        )
    return files


def contents_of(study: Study, lang: str, coder: str | None = None) -> Contents:
    """All of a study that goes into a project; of one coder where one is named.

    Raises:
        ChatcodeError: there are no codings by that coder.
    """
    from chatcode.exchange.refi.project import Contents

    coders = study.coders()
    if coder and coder not in coders:
        raise ChatcodeError(
            f"no codings by {coder}", f"There are codings by: {', '.join(coders) or 'nobody yet'}."
        )
    entries = study.entries()
    ids = [entry.id for entry in entries]
    memos = {i: list(some) for i, some in study.memos(ids).items()}
    on_media = study.media_notes(ids)
    for entry_id, some in on_media.items():
        memos.setdefault(entry_id, []).extend(some)
    wider = study.wider_memos()
    if coder:
        coders = [coder]
        memos = {i: kept for i, some in memos.items() if (kept := [m for m in some if m.coder == coder])}
        wider = [memo for memo in wider if memo.coder == coder]
    return Contents(
        study_id=study.settings().id,
        name=study.path.stem,
        lang=lang,
        codebook=options.codebook_of(study),
        cases=study.cases(),
        groups=study.groups(),
        members=study.members(),
        entries=entries,
        acts={name: study.layer_acts(name) for name in coders},
        memos=memos,
        media=frozenset(memo.id for some in on_media.values() for memo in some),
        wider=wider,
    )


def _emptied(contents: Contents) -> Contents:
    """The same of a study in which nothing is: what a project of it says is the program's own."""
    return replace(
        contents, name="", cases=(), groups=(), members={}, entries=(), acts={}, memos={}, wider=()
    )


def read_refi(path: Path, study: Path | None, coder: str | None, round_: int, as_json: bool) -> None:
    """Read the codings and memos of a project; of one coder where one is named.

    Raises:
        ChatcodeError: it is no project of this study, or the coder is not in it; nothing is changed.
    """
    from chatcode.exchange.refi.reader import read_project

    if not path.is_file():
        raise ChatcodeError(f"there is no file {path.name}", "Look at its name and folder.")
    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        found = read_project(path.read_bytes(), path.name, contents_of(opened, opened.settings().language))
        coders = sorted(found.choices)
        if coder and coder not in coders:
            raise ChatcodeError(
                f"{path.name} has no codings by {coder}",
                f"There are codings by: {', '.join(coders) or 'nobody'}.",
            )
        told = found.notes
        mine = [memo for memo in told.memos if coder in (None, memo.coder)]
        wider = [memo for memo in told.wider if coder in (None, memo.coder)]
        for memo in _new(opened, mine, wider):
            options.free_of_identifiers(memo.text, f"a memo in {path.name}")
        rows: list[dict[str, Any]] = []
        with opened.transaction():
            for name in [coder] if coder else coders:
                ids = list(found.choices[name])
                # Codings go out as the last pass of their coder, and come back to it.
                passes = [one for who, one in opened.rounds() if who == name]
                before = opened.layer_acts(name) if passes else {}
                decisions, unchanged = found.decisions(name, {i: before[i] for i in ids if i in before})
                if decisions:
                    opened.confirm(
                        decisions, coder=name, round_=max([round_, *passes]), codebook_hash=codebook.hash
                    )
                rows.append({"coder": name, "read": len(decisions), "unchanged": unchanged})
            kept = {
                "memos": opened.put_memos([memo for memo in mine if memo.id not in told.media]),
                "media_notes": opened.put_media_notes([memo for memo in mine if memo.id in told.media]),
                "wider_memos": opened.put_wider_memos(wider),
            }
            opened.record("exchange", read=path.name, acts=sum(row["read"] for row in rows), **kept)
        several = len(opened.coders()) > 1 and not opened.adjudicator()
    if as_json:
        print_json({"rows": rows, **kept, "changed": told.changed, "not_recognised": dict(found.unknown)})
    for row in rows:
        say(f"{row['coder']}: {row['read']} messages read, {row['unchanged']} were the same already.")
    words = {
        "memos": "on messages",
        "media_notes": "on media",
        "wider_memos": "on codes, areas and the whole",
    }
    new = [f"{kept[name]} {where}" for name, where in words.items() if kept[name]]
    say(f"New memos: {', '.join(new)}." if new else "No new memo.")
    if told.changed:
        say(f"Note: {told.changed} memos were changed elsewhere: each version stays, as a memo of its own.")
    for what, count in found.unknown.items():
        say(f"Note: {count} {what} were left out.")
    after_reading(several)


def _new(study: Study, memos: list[Memo], wider: list[WiderMemo]) -> list[Memo | WiderMemo]:
    """Those that the study does not have, but for those on words that were purged: they do not come in."""
    ids = [memo.entry_id for memo in memos]
    known = {
        memo.id
        for per_entry in (study.memos(ids), study.media_notes(ids))
        for some in per_entry.values()
        for memo in some
    }
    known |= {memo.id for memo in study.wider_memos()}
    purged = study.purged_entries()
    return [
        *(memo for memo in memos if memo.id not in known and memo.entry_id not in purged),
        *(memo for memo in wider if memo.id not in known),
    ]
