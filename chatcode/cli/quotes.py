"""`chatcode quotes`: examples that may be quoted, because many could have said it and a person signed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.domain import Entry, Layer
    from chatcode.study.store import Study

app = typer.Typer(
    help="Examples that may be quoted: drawn by chance, checked, signed for by a person.",
    no_args_is_help=True,
)

_CodeOption = Annotated[str, typer.Option("--code", help="The code that it is an example of.")]
_LeastOption = Annotated[
    int | None,
    typer.Option(
        "--least", min=2, help="More members than the study asks for must share what is told of the writer."
    ),
]
_ByOption = Annotated[str, typer.Option("--by", help="Who signs for it.")]
_PREFIX = 8


@app.command()
def draw(
    code: _CodeOption,
    case: Annotated[str | None, typer.Option(help="Only from this case.")] = None,
    n: Annotated[int, typer.Option("--n", min=1, help="How many.")] = 6,
    seed: Annotated[int, typer.Option(help="Another seed draws others; the same seed the same.")] = 1,
    least: _LeastOption = None,
    coder: options.CoderOption = None,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Draw coded messages by chance, over the months, with what speaks against quoting each.

    Example: chatcode quotes draw --code 1+ --seed 7
    """
    from chatcode.analysis import quoting
    from chatcode.study.purging import PURGED

    with options.open_study(study) as opened:
        layer = opened.layer(coder)
        _known_code(opened, code)
        cases = {one.name: one.id for one in opened.cases()}
        if case is not None and case not in cases:
            raise ChatcodeError(f"there is no case {case[:30]!r}", "See the cases: chatcode cases")
        case_id = cases[case] if case else None
        asked = _asked_for(opened, least)
        drawn = quoting.draw(layer, code, n=n, seed=seed, case_id=case_id, purged=PURGED)
        flags = quoting.flagger(layer.entries)
        rows = [_row(layer, entry, asked, flags(entry.text)) for entry in drawn]
        opened.record("quotes draw", code=code, n=len(rows), seed=seed, case=case)
    if as_json:
        print_json({"rows": rows})
    else:
        shown = ("message", "role", "place", "month", "sharing", "hits", "flags", "text")
        print_rows(rows, shown, title=f"Drawn: {code}")
    if rows:
        next_step(
            f"chatcode quotes add {rows[0]['message']} --code {code} --by NAME", "sign for one, or retell it"
        )


@app.command()
def add(
    message: Annotated[str, typer.Argument(help="The message's id, or its first eight signs.")],
    code: _CodeOption,
    by: _ByOption,
    verbatim: Annotated[
        bool, typer.Option("--verbatim", help="In the writer's words, streets masked.")
    ] = False,
    paraphrase: Annotated[
        Path | None, typer.Option(help="A file with your own words for it (- is standard input); else asked.")
    ] = None,
    approval: Annotated[
        str, typer.Option(help="Where the writer's written approval is kept, for words that one person said.")
    ] = "",
    least: _LeastOption = None,
    coder: options.CoderOption = None,
    study: options.StudyOption = None,
) -> None:
    """Sign for a quote: verbatim, or retold in your own words. It may then stand as example in the note.

    Example: chatcode quotes add 3f2a91c0 --code 1+ --by "M. de Vries" --verbatim
    """
    from chatcode.analysis import quoting
    from chatcode.domain import Quote

    if verbatim and paraphrase is not None:
        raise ChatcodeError("a quote is verbatim or retold, not both", "Give one of the two.")
    for text, what in ((by, "--by"), (approval, "--approval")):
        options.free_of_identifiers(text, what)
    if not by.strip():
        raise ChatcodeError("somebody must sign", "Say who: --by NAME")
    with options.open_study(study) as opened:
        layer = opened.layer(coder)
        _known_code(opened, code)
        entry = _coded(layer, message, code)
        asked = _asked_for(opened, least)
        known = quoting.setting(layer, entry, asked)
        if verbatim:
            _refuse(entry, known.sharing, asked, approval)
            text = quoting.masked(entry.text)
        else:
            text = options.free_of_identifiers(_retold(paraphrase), "the paraphrase")
            if text.casefold() in (entry.text.casefold(), quoting.masked(entry.text).casefold()):
                raise ChatcodeError("that is the message itself", "Retell it, or say --verbatim.")
        enough = known.sharing >= asked or bool(approval)
        flags = quoting.flagger(layer.entries)(entry.text)
        number = opened.add_quote(
            Quote(
                number=0,
                entry_id=entry.id,
                code=code,
                kind="verbatim" if verbatim else "paraphrase",
                text=text,
                # What only a few share is not told at all.
                role=known.role if enough else "",
                place=known.place,
                month=known.month,
                sharing=known.sharing,
                least=asked,
                flags=flags,
                approval=approval,
                by=by.strip(),
                at=datetime.now(UTC),
            )
        )
        opened.record("quotes add", number=number, code=code, verbatim=verbatim, sharing=known.sharing)
    told = ", ".join(filter(None, (known.role if enough else "", known.place, known.month))) or "nothing"
    say(f"Quote {number} is kept. Of the writer it tells: {told}; {known.sharing} people share that.")
    if flags:
        say(f"Look again, it holds: {', '.join(flags)}.")


@app.command("list")
def list_(
    out: options.OutOption = None,
    lang: options.LangOption = None,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """List the quotes that somebody signed for, or write them to a file.

    Example: chatcode quotes list --out quotes.md
    """
    from chatcode.cli.documents import deliver
    from chatcode.report.quotes import quotes_document

    with options.open_study(study) as opened:
        found = opened.quotes()
        if as_json:
            print_json({"rows": [{**asdict(quote), "at": quote.at.isoformat()} for quote in found]})
            return
        if not out:
            rows = [
                {
                    **asdict(quote),
                    "signed": f"{quote.by}, {quote.at:%Y-%m-%d}",
                    "flags": " ".join(quote.flags),
                }
                for quote in found
            ]
            shown = ("number", "code", "kind", "text", "role", "place", "month", "sharing", "flags", "signed")
            print_rows(rows, shown, title="Quotes")
            return
        codebook, language = options.codebook_of(opened), options.language_of(opened, lang)
        deliver(
            opened,
            quotes_document(found, codebook, lang=language, study=opened.path.stem),
            empty=quotes_document((), codebook, lang=language, study=""),
            out=out,
            key=key,
            descriptor=passphrase_fd,
            overwrite=overwrite,
        )
        opened.record("quotes list", files=len(out), quotes=len(found))


@app.command()
def withdraw(
    number: Annotated[int, typer.Argument(min=1, help="The quote's number.")],
    by: _ByOption,
    study: options.StudyOption = None,
) -> None:
    """Take a quote back: from now on it is in no document.

    Example: chatcode quotes withdraw 3 --by "M. de Vries"
    """
    if not options.free_of_identifiers(by, "--by").strip():
        raise ChatcodeError("somebody must sign", "Say who: --by NAME")
    with options.open_study(study) as opened, opened.transaction():
        opened.withdraw_quote(number, by.strip())
        opened.record("quotes withdraw", number=number)
    say(f"Quote {number} is withdrawn; documents handed out before still hold it.")


def _known_code(study: Study, code: str) -> None:
    if code not in options.codebook_of(study).codes:
        raise ChatcodeError(f"there is no code {code[:10]!r}", "See: chatcode codebook show")


def _asked_for(study: Study, least: int | None) -> int:
    """How many must share what is told: the study's number, or a higher one that was given."""
    settled = study.accountability().quotes_least
    if least is not None and least < settled:
        raise ChatcodeError(
            f"this study asks for {settled} people, not {least}",
            f"For all quotes alike: chatcode init --update --quotes-least {least}",
        )
    return least or settled


def _row(layer: Layer, entry: Entry, least: int, flags: tuple[str, ...]) -> dict[str, Any]:
    from chatcode.analysis import quoting

    return {
        "message": entry.id[:_PREFIX],
        **asdict(quoting.setting(layer, entry, least)),
        "hits": " ".join(quoting.hits(entry.text)),
        "flags": " ".join(flags),
        "text": quoting.masked(entry.text),
    }


def _coded(layer: Layer, message: str, code: str) -> Entry:
    """The message that is meant.

    Raises:
        ChatcodeError: there is none, or several, or it was not coded so, or nobody may quote it.
    """
    from chatcode.analysis.quoting import role_of
    from chatcode.study.purging import PURGED

    found = [entry for entry in layer.entries if entry.id.startswith(message)] if message else []
    if len(found) != 1:
        raise ChatcodeError(f"{len(found)} messages have such an id", "See: chatcode quotes draw")
    (entry,) = found
    act = layer.acts.get(entry.id)
    if act is None or code not in act.codes:
        raise ChatcodeError(f"this message is not coded {code}", "Only what a person coded is an example.")
    if entry.kind != "message" or entry.text == PURGED or role_of(layer, entry) in ("", "onderzoeker"):
        raise ChatcodeError("this message cannot be quoted", "It is a notice, purged, or of a researcher.")
    return entry


def _refuse(entry: Entry, sharing: int, least: int, approval: str) -> None:
    from chatcode.analysis import quoting

    kinds = quoting.hits(entry.text)
    if kinds:
        raise ChatcodeError(
            f"the message still holds what looks like a name or number ({', '.join(kinds)})",
            "Retell it: leave out --verbatim.",
        )
    if sharing < least and not approval:
        raise ChatcodeError(
            f"only {sharing} could have written this, whatever is left out; {least} are asked for",
            "Retell it, count it, or record the writer's written approval: --approval WHERE",
        )


def _retold(file: Path | None) -> str:
    if file is None:
        if not options.can_ask():
            raise ChatcodeError("in whose words?", "Say --verbatim, or --paraphrase FILE (- reads a pipe).")
        text: str = typer.prompt("In your own words", err=True)
    elif str(file) == "-":
        text = typer.get_text_stream("stdin").read()
    else:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise ChatcodeError(f"{file.name} cannot be read", "Save it as plain text.") from None
    text = " ".join(text.split())
    if not text:
        raise ChatcodeError("the paraphrase is empty", "Write what was said in your own words.")
    return text
