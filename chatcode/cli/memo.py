"""`chatcode memo`: what coders think, on a message, a code, a case, the method or the theory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.domain import MemoKind
    from chatcode.study.finding import Noted
    from chatcode.study.store import Study

KINDS = ("message", "media", "code", "case", "method", "theory", "codebook")


def memo(
    text: Annotated[
        str | None, typer.Argument(help="The memo, without names; without it the logbook is listed.")
    ] = None,
    message: Annotated[str | None, typer.Option("--message", help="On the message with this id.")] = None,
    code: Annotated[str | None, typer.Option("--code", help="On this code.")] = None,
    case: Annotated[str | None, typer.Option("--case", help="On this case.")] = None,
    method: Annotated[bool, typer.Option("--method", help="On the method.")] = False,
    theory: Annotated[bool, typer.Option("--theory", help="On the theory.")] = False,
    coder: Annotated[
        str | None, typer.Option("--coder", help="Who writes it, or whose memos are listed.")
    ] = None,
    out: options.OutOption = None,
    lang: options.LangOption = None,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Keep a memo, or list the logbook by date; --out writes it as .md or .html.

    Example: chatcode memo "1+ asks for an outcome, not for thanks alone" --code 1+ --coder K1
    """
    on = [name for name, given in _on(message, code, case, method, theory).items() if given]
    with options.open_study(study) as opened:
        if text is not None:
            _keep(opened, text, on, message, code, case, coder)
        noted = [
            one
            for one in opened.logbook()
            if text is not None or _listed(one, on, message, code, case, coder)
        ]
        if out:
            _write(opened, noted, out, lang, key, passphrase_fd, overwrite)
    rows = [
        {
            "id": one.id[:8],
            "at": one.at.isoformat(timespec="minutes"),
            "kind": one.kind,
            "about": one.about,
            "by": one.by,
            "text": one.text,
            "message_id": one.entry_id,
        }
        for one in noted
    ]
    if as_json:
        print_json({"rows": rows})
    elif not out:
        print_rows(rows, ("id", "at", "kind", "about", "by", "text"), title="Logbook")
    next_step("chatcode codebook use NEW.yaml --memo ID --by NAME", "where a memo asks for another codebook")


def _on(
    message: str | None, code: str | None, case: str | None, method: bool, theory: bool
) -> dict[MemoKind | str, bool]:
    return {
        "message": message is not None,
        "code": code is not None,
        "case": case is not None,
        "method": method,
        "theory": theory,
    }


def _keep(
    study: Study,
    text: str,
    on: list[MemoKind | str],
    message: str | None,
    code: str | None,
    case: str | None,
    coder: str | None,
) -> None:
    from chatcode import settings
    from chatcode.domain import CODES

    who = (settings.load().coder if coder is None else coder).strip()
    if not who:
        raise ChatcodeError("who writes the memo?", "For instance: --coder K1")
    if len(on) != 1:
        raise ChatcodeError(
            "a memo is on one thing", "Give one of --message ID, --code, --case, --method, --theory."
        )
    if not text.strip():
        raise ChatcodeError("the memo is empty", "Write what is to be remembered.")
    options.free_of_identifiers(text, "the memo")
    options.free_of_identifiers(who, "--coder")
    if message is not None:
        try:
            study.add_memo(study.entry(message).id, who, text.strip())
        except KeyError:
            raise ChatcodeError("there is no message with this id", "Find it: chatcode find WORDS") from None
    elif code is not None:
        if code not in CODES:
            raise ChatcodeError(f"there is no code {code[:12]!r}", "See the codes: chatcode codebook show")
        study.add_wider_memo("code", code, who, text.strip())
    elif case is not None:
        names = [one.name for one in study.cases()]
        if case not in names:
            raise ChatcodeError(f"there is no case {case[:20]!r}", f"The cases are {', '.join(names)}.")
        study.add_wider_memo("case", case, who, text.strip())
    else:
        study.add_wider_memo("method" if on[0] == "method" else "theory", "", who, text.strip())
    say("Memo kept.")


def _listed(
    one: Noted,
    on: list[MemoKind | str],
    message: str | None,
    code: str | None,
    case: str | None,
    coder: str | None,
) -> bool:
    """Whether a line of the logbook is of what was asked for; without a question every line is."""
    if coder is not None and one.by != coder:
        return False
    if on and one.kind not in on and not (message is not None and one.kind == "media"):
        return False
    return (
        (message is None or one.entry_id == message)
        and (code is None or one.about == code)
        and (case is None or one.about == case)
    )


def _write(
    study: Study,
    noted: list[Noted],
    out: list[Path],
    lang: str | None,
    key: Path | None,
    descriptor: int | None,
    overwrite: bool,
) -> None:
    from chatcode.cli.documents import deliver
    from chatcode.report.logbook import Line, logbook

    language = options.language_of(study, lang)
    lines = [Line(one.at.date(), one.kind, one.about, one.by, one.text) for one in noted]
    deliver(
        study,
        logbook(lines, language),
        empty=logbook([], language),
        out=out,
        key=key,
        descriptor=descriptor,
        overwrite=overwrite,
    )
