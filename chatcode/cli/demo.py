"""`chatcode demo`: the whole road on two synthetic chats."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatcode.bundled import sample_path
from chatcode.cli import import_, init, note, report, suggest, table
from chatcode.cli.output import next_step, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.domain import Decision, Entry, LinkKind

CODER = "voorbeeldcodeur"
# The chats are synthetic: this passphrase protects nobody.
PASSPHRASE = "voorbeeld-zonder-geheim"  # noqa: S105
GROUPS = {"noord": "Noord", "west": "West"}

# What a researcher answers for, of chats in which nobody exists.
_TOLD = {
    "nl": ("niet nodig: verzonnen chats", "niemand in te lichten: verzonnen chats"),
    "en": ("none needed: synthetic", "nobody to inform: synthetic"),
}


def demo(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")] = Path("chatcode-demo"),
    lang: Annotated[str, typer.Option("--lang", help="Language of the documents: nl or en.")] = "nl",
) -> None:
    """Do the whole road on two synthetic chats, into a folder of its own, in under a minute.

    Example: chatcode demo
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ChatcodeError(f"{folder} is there already", "Name another folder: chatcode demo OTHER")
    folder.mkdir(parents=True, exist_ok=True)
    sample, study = sample_path(), folder / "waterstad.study"
    say("The chats of this demo are synthetic: nobody in them exists.")
    init.init(
        study,
        period=(datetime(2020, 9, 1), datetime(2021, 9, 1)),
        baseline=(datetime(2019, 9, 1), datetime(2020, 9, 1)),
        interim=datetime(2021, 5, 1),
        language=lang,
        data_plan=_TOLD[lang][0],
        legal_basis=_TOLD[lang][0],
        informed=_TOLD[lang][1],
        retain_until=datetime(2099, 12, 31),
    )
    for name, label in GROUPS.items():
        with _passphrase() as descriptor:
            import_.import_(
                sample / f"{name}.txt",
                group=label,
                case=label,
                roles=sample / f"{name}.members.tsv",
                study=study,
                passphrase_fd=descriptor,
                # Nobody in it exists, so anybody may see it.
                allow_shared=True,
            )
    suggest.suggest(study=study)
    _take_codings(study, sample)
    table.table(marks=sample / "marks.tsv", by="voorbeeldonderzoeker", study=study)
    with _passphrase() as descriptor:
        report.report(
            out=[folder / f"rapport{ending}" for ending in (".html", ".xlsx", ".md")],
            study=study,
            passphrase_fd=descriptor,
        )
    with _passphrase() as descriptor:
        table.table(out=[folder / "tabel.html", folder / "tabel.xlsx"], study=study, passphrase_fd=descriptor)
    with _passphrase() as descriptor:
        note.note(
            out=[folder / f"adviesnotitie{ending}" for ending in (".docx", ".html", ".md")],
            study=study,
            passphrase_fd=descriptor,
        )
    say(
        f"\nEverything is in {folder}/. The key's passphrase is {PASSPHRASE}: no secret, since the chats"
        " are synthetic."
    )
    next_step(f"chatcode review --coder IK --study {study}", "try the screen yourself")


def _take_codings(path: Path, sample: Path) -> None:
    """Take in how a prepared coder coded the sample; these are no suggestions and no model's work."""
    from chatcode.cli.options import codebook_of
    from chatcode.study.store import Study

    with Study.open(path) as study:
        codebook = codebook_of(study)
        labels = {group.label: group.id for group in study.groups()}
        for name, label in GROUPS.items():
            coded = (sample / f"{name}.codes.jsonl").read_text(encoding="utf-8").splitlines()
            entries = study.entries(labels[label])
            decisions = [
                _decision(entry, json.loads(line), entries)
                for entry, line in zip(entries, coded, strict=True)
            ]
            study.confirm(decisions, coder=CODER, round_=1, codebook_hash=codebook.hash)
            study.record("demo", group=label, coder=CODER, acts=len(decisions))
    say(f"Took in the codings of a prepared coder ({CODER}), made by hand for this sample.")


def _decision(entry: Entry, row: dict[str, object], entries: list[Entry]) -> Decision:
    from chatcode.domain import Choice, Decision, Link

    codes = [str(code) for code in row["codes"]]  # type: ignore[attr-defined] # JSON's list
    link = row.get("link")
    links = tuple(Link(kind, entries[link - 1].id) for kind in _kinds(codes)) if isinstance(link, int) else ()
    return Decision(entry.id, tuple(Choice(code) for code in codes), links)


def _kinds(codes: list[str]) -> Iterator[LinkKind]:
    """What a link of the sample means follows from the codes of its message."""
    if "M" in codes:
        yield "incident"
    if {"1+", "8+", "10+"} & set(codes):
        yield "feedback"
    if "7+" in codes:
        yield "correction"


@contextmanager
def _passphrase() -> Iterator[int]:
    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE.encode() + b"\n")
    os.close(writing)
    try:
        yield reading
    finally:
        os.close(reading)
