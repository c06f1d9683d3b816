"""`chatcode codebook`: look at the codebook, check one, compare two, and use another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_lines, print_rows, say
from chatcode.cli.qdc import COLUMNS, is_refi, reread, rows_of, take, tell_unheld, unheld
from chatcode.cli.suggest_rules import suggest_rules
from chatcode.errors import ChatcodeError, CheckError

if TYPE_CHECKING:
    from chatcode.codebook import Codebook
    from chatcode.exchange.refi.manuals import Reread
    from chatcode.study.finding import Noted
    from chatcode.study.store import Study

app = typer.Typer(help="Look at the codebook, and check one that you changed.", no_args_is_help=True)

_PathArgument = Annotated[Path | None, typer.Argument(help="A codebook in YAML; else the bundled one.")]


@app.command()
def check(path: _PathArgument = None, as_json: options.JsonOption = False) -> None:
    """Check that a codebook holds together and that every cue does what its examples say.

    Example: chatcode codebook check mybook.yaml
    """
    from chatcode.codebook import Codebook
    from chatcode.suggestion.suggester import check_examples

    codebook = Codebook.load(path)
    found = check_examples(codebook)
    if as_json:
        print_json({"hash": codebook.hash, "rows": [{"problem": line} for line in found]})
    else:
        print_lines(found)
    if found:
        raise CheckError(f"{len(found)} examples come out wrong", "Mend the cue or the example.")
    cues = sum(1 for _ in codebook.cues)
    say(f"The codebook is sound: {len(codebook.codes)} codes, {cues} cues, every example as told.")


@app.command()
def show(
    path: _PathArgument = None,
    lang: Annotated[str, typer.Option("--lang", help="nl or en.")] = "en",
    as_json: options.JsonOption = False,
) -> None:
    """List the codes with their names and keys.

    Example: chatcode codebook show --lang nl
    """
    from chatcode.codebook import Codebook

    codebook = Codebook.load(path)
    keys = {"M": codebook.report.key}
    for number, one in codebook.interventions.items():
        keys[f"{number}+"], keys[f"{number}-"] = one.key, f"- {one.key}"
    rows = [
        {
            "code": code,
            "name": codebook.name(code, lang),
            "key": keys[code],
            "include": codebook.manual(code).include,
        }
        for code in codebook.codes
    ]
    if as_json:
        print_json({"hash": codebook.hash, "rows": rows})
    else:
        print_rows(rows, ("code", "key", "name"), title="Codebook")


@app.command()
def diff(
    old: Annotated[
        str | None, typer.Argument(help="A file, the hash of one that was in use, `bundled` or `study`.")
    ] = None,
    new: Annotated[str | None, typer.Argument(help="The same; else the study's own.")] = None,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Tell what differs between two codebooks, and which codes then take in other messages.

    Without arguments: what the study's last change of codebook changed. A REFI-QDA file (.qdc, .qdpx)
    is read beside the other codebook: its names and descriptions, in its own language; given alone, it
    stands beside the study's own.

    Example: chatcode codebook diff bundled mybook.yaml
    """
    from chatcode.analysis.definitions import changes

    if old is not None and is_refi(old) and new is None:
        old, new = "study", old
    before, after, read = _two(old, new, study)
    rows = rows_of(changes(before, after))
    if as_json:
        print_json({"old": before.hash, "new": after.hash, "rows": rows, **(unheld(read) if read else {})})
    else:
        print_rows(rows, COLUMNS, title=f"{before.hash} → {after.hash}")
    if read:
        tell_unheld(read.codebook.origin, read)
    touched = sorted({str(row["code"]) for row in rows if row["recode"]}, key=after.codes.index)
    say(f"{len(rows)} differences; other messages may belong to: {' '.join(touched) or 'no code'}.")
    if read and rows and after is read.codebook:
        next_step(
            f"chatcode codebook take {after.origin} --out mybook.yaml", "take them over into a codebook"
        )


@app.command()
def use(
    name: Annotated[
        str,
        typer.Argument(
            metavar="CODEBOOK", help="A file, `bundled`, or the hash of one that the study keeps."
        ),
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why; kept in the logbook.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who decides that.")] = "",
    memo: Annotated[
        str | None, typer.Option("--memo", help="The memo that led to it, by the id in the logbook.")
    ] = None,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Let the study use this codebook; what was coded under another one stays as it is.

    Decisions that a changed definition touches are listed; `review --recode` brings them back.

    Example: chatcode codebook use mybook.yaml --reason "1+ asks for an outcome" --by K1
    """
    from chatcode.cli.recoding import needing_recode

    # A file that is no codebook is told before the study is asked for.
    read = _from_file(name) if _is_file(name) or Path(name).suffix else None
    with options.open_study(study) as opened:
        codebook = read or _named(opened, name)
        kept = opened.codebook_text()
        led = _memo(opened, memo) if memo else None
        why = reason.strip() or (led.text if led else "")
        who = by.strip() or (led.by if led else "")
        options.free_of_identifiers(why, "--reason")
        options.free_of_identifiers(who, "--by")
        if why and not who:
            raise ChatcodeError("who changes the codebook?", "Say so: --by NAME")
        with opened.transaction():
            opened.use_codebook(codebook.hash, codebook.text)
            if kept and kept[0] != codebook.hash:
                opened.add_codebook_change(kept[0], codebook.hash, why, who, led.id if led else None)
            opened.record("codebook", hash=codebook.hash[:12])
        touched = needing_recode(opened, codebook)
        labels = {group.id: group.label for group in opened.groups()}
        places = {e.id: e for e in opened.some_entries([reading.entry_id for reading, _ in touched])}
    rows = [
        {
            "message_id": reading.entry_id,
            "group": labels[places[reading.entry_id].group_id],
            "sent_at": places[reading.entry_id].sent_at.isoformat(timespec="minutes"),
            "coder": reading.coder,
            "round": reading.round,
            "codes": " ".join(sorted(reading.codes)),
            "touched_by": " ".join(sorted(codes)),
        }
        for reading, codes in touched
    ]
    if as_json:
        print_json({"hash": codebook.hash, "rows": rows})
    elif rows:
        print_rows(rows, tuple(rows[0]), title="To recode")
    say(f"The study uses {Path(name).name} now. Suggest anew: chatcode suggest")
    if not why and kept and kept[0] != codebook.hash:
        say("Note: no reason was given (--reason, --memo); the account of the method lacks it.")
    if rows:
        say(f"{len(rows)} decisions are touched by a changed definition; they stay until they are recoded.")
        coder, round_ = str(rows[0]["coder"]), rows[0]["round"]
        next_step(
            f"chatcode review --recode --coder {coder}" + (f" --round {round_}" if round_ != 1 else ""),
            "decide these under the new definition",
        )


app.command("suggest-rules")(suggest_rules)
app.command("take")(take)


# ── which codebook ────────────────────────────────────────────────────────────


def _two(old: str | None, new: str | None, path: Path | None) -> tuple[Codebook, Codebook, Reread | None]:
    """The two codebooks, and what is to be said of one that another program wrote."""
    if old is not None and new is not None and is_refi(old) and is_refi(new):
        raise ChatcodeError(
            "two REFI-QDA files are not compared", "Compare each with a codebook: chatcode codebook diff FILE"
        )
    files = [one for one in (old, new) if one is not None and not is_refi(one)]
    if None not in (old, new) and all(map(_is_file, files)):
        known = [_from_file(one) for one in files]
    else:
        with options.open_study(path) as study:
            known = [_named(study, one) for one in files]
            if old is None:
                known = [_former(study)]
            if new is None:
                known.append(options.codebook_of(study))
    if len(known) == 2:
        return known[0], known[1], None
    (book,) = known
    if old is not None and is_refi(old):
        read = reread(Path(old), book)
        return read.codebook, book, read
    read = reread(Path(str(new)), book)
    return book, read.codebook, read


def _is_file(name: str) -> bool:
    return name != "study" and (name == "bundled" or Path(name).is_file())


def _from_file(name: str) -> Codebook:
    from chatcode.codebook import Codebook

    return Codebook.load() if name == "bundled" else Codebook.load(Path(name))


def _named(study: Study, name: str) -> Codebook:
    from chatcode.codebook import Codebook

    if name == "study":
        return options.codebook_of(study)
    if _is_file(name):
        return _from_file(name)
    texts = {known: text for known, text in study.codebook_texts().items() if known.startswith(name)}
    if len(texts) != 1:
        raise ChatcodeError(
            f"there is no codebook {name[:40]!r}",
            "Give a file, `bundled`, `study`, or the first letters of the hash of one that was in use.",
        )
    return Codebook.parse(next(iter(texts.values())), "an earlier codebook")


def _former(study: Study) -> Codebook:
    changes, used = study.codebook_changes(), study.codebook_text()
    # What another coder's file took into use, this study may not have.
    history = [c.old_hash for c in changes if c.old_hash and used and c.new_hash == used[0]]
    if not history:
        raise ChatcodeError(
            "the study has had one codebook only", "Name two: chatcode codebook diff bundled mybook.yaml"
        )
    return _named(study, history[-1])


def _memo(study: Study, memo_id: str) -> Noted:
    found = [one for one in study.logbook() if one.kind != "codebook" and one.id.startswith(memo_id)]
    if len(found) != 1:
        raise ChatcodeError(
            f"{len(found) or 'no'} memos have an id that begins so", "See the ids: chatcode memo"
        )
    return found[0]
