"""`chatcode adjudicate`: what coders differ on is settled, in a layer of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.coders import several_coders
from chatcode.cli.output import next_step, print_json, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chatcode.analysis.settlement import Issue, Settlement
    from chatcode.cli.coders import Coders
    from chatcode.codebook import Codebook
    from chatcode.domain import Decision
    from chatcode.study.store import Study


def adjudicate(
    coders: Annotated[
        list[str] | None, typer.Argument(help="Two coders or more; else all who have coded.")
    ] = None,
    layer: Annotated[
        str, typer.Option("--coder", help="The name of the adjudicated layer; no coder's own.")
    ] = "consensus",
    round_: Annotated[
        int | None, typer.Option("--round", min=1, help="The pass; else the last one that all have.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write what is to be settled to this csv.")
    ] = None,
    from_: Annotated[
        Path | None, typer.Option("--from", help="Read rulings from such a csv, filled in.")
    ] = None,
    with_single: Annotated[
        bool, typer.Option("--with-single", help="Also take over what only one of them coded, as such.")
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Line by line, also from a pipe.")] = False,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Settle what coders differ on, with a memo each; what they agree on is taken over.

    The adjudicated layer is the one that counts; the acts of the coders stay as they are.

    Example: chatcode adjudicate --out settle.csv
    """
    if out and from_:
        raise ChatcodeError("--out writes and --from reads", "Say one of them.")
    with options.open_study(study) as opened:
        who = several_coders(opened, coders or [], round_)
        if not (out or from_ or plain or (sys.stdin.isatty() and sys.stdout.isatty())):
            raise ChatcodeError(
                "there is no terminal to settle in",
                "Write a csv with --out FILE, fill it in, and read it with --from FILE.",
            )
        chosen = who.round
        layer = _layer(opened, layer, who.names)
        codebook = options.codebook_of(opened)
        # The file is looked at before anything is stored: a wrong row changes nothing.
        found = _settlement(opened, who, layer)
        rulings = _read(opened, from_, found, codebook, layer, chosen) if from_ else []
        taken = [*found.agreed, *(found.single if with_single else ())]
        _store(opened, taken, rulings, codebook, layer, chosen)
        ruled = {decision.entry_id for decision, _ in rulings}
        left = [issue for issue in found.issues if issue.entry.id not in ruled]
        say(
            f"{who.listed}, round {chosen}: {len(found.agreed)} agreed and taken over,"
            f" {len(ruled)} ruled on, {found.settled} settled before, {len(left)} to be settled."
        )
        if out:
            _write(opened, out, left, key, passphrase_fd, overwrite)
        elif not from_:
            ruled |= _sit(opened, left, codebook, layer, chosen, plain=plain, as_json=as_json)
            left = [issue for issue in left if issue.entry.id not in ruled]
    if found.single and not with_single:
        say(f"Note: {len(found.single)} were coded by one of them only; --with-single takes them over.")
    if as_json:
        print_json(_numbers(found, len(taken), len(ruled), len(left), layer))
    again = " ".join(["chatcode adjudicate", *(coders or []), *(["--round", str(round_)] if round_ else [])])
    if out:
        next_step(f"{again} --from {out.name}", "after filling in codes and memo")
    elif left:
        next_step(again, f"{len(left)} are still to be settled")
    else:
        next_step("chatcode report", "the adjudicated layer is the one that counts now")


def _store(
    study: Study,
    taken: Sequence[Decision],
    rulings: Sequence[tuple[Decision, str]],
    codebook: Codebook,
    layer: str,
    round_: int,
) -> None:
    with study.transaction():
        for decisions in (taken, [decision for decision, _ in rulings]):
            if decisions:
                study.confirm(decisions, coder=layer, round_=round_, codebook_hash=codebook.hash)
        for decision, memo in rulings:
            study.add_memo(decision.entry_id, layer, memo)
        if taken or rulings:
            study.record("adjudicate", taken_over=len(taken), ruled=len(rulings), coder=layer, round=round_)


def _layer(study: Study, name: str, coders: Sequence[str]) -> str:
    name, there = name.strip(), study.adjudicator()
    if there and there != name:
        raise ChatcodeError(f"the adjudicated layer is that of {there}", f"Say: --coder {there}")
    if not name or name in coders or (not there and name in study.coders()):
        raise ChatcodeError(
            f"{name or 'nobody'} cannot be the name of the adjudicated layer: it would mix with own codings",
            "Choose a name that nobody codes under, for instance: --coder consensus",
        )
    return name


def _settlement(study: Study, who: Coders, layer: str) -> Settlement:
    from chatcode.analysis.settlement import settlement

    entries = study.entries()
    ids = [entry.id for entry in entries]
    return settlement(
        entries,
        [study.acts_in_force(ids, name, who.round) for name in who.names],
        study.acts_in_force(ids, layer, who.round),
    )


def _read(
    study: Study, path: Path, found: Settlement, codebook: Codebook, layer: str, round_: int
) -> list[tuple[Decision, str]]:
    from chatcode.exchange import settling

    if not path.is_file():
        raise ChatcodeError(f"there is no file {path.name}", "Look at its name and folder.")
    ruled = settling.read(
        path.read_bytes(),
        path.name,
        issues=found.every,
        settled=study.acts_in_force(list(found.every), layer, round_),
        entries={entry.id: entry for entry in study.entries()},
        sub_reasons={
            code: frozenset(reason.id for reason in codebook.manual(code).sub_reasons)
            for code in codebook.codes
        },
    )
    for _, memo in ruled.rulings:
        options.free_of_identifiers(memo, f"a memo of {path.name}")
    agreed = {decision.entry_id for decision in found.agreed}
    if any(decision.entry_id in agreed for decision, _ in ruled.rulings):
        say("Note: some rulings are on messages that the coders had coded alike.")
    say(
        f"{path.name}: {len(ruled.rulings)} rulings, {ruled.unchanged} the same already,"
        f" {ruled.left_open} left open."
    )
    return list(ruled.rulings)


def _write(
    study: Study,
    path: Path,
    left: Sequence[Issue],
    key: Path | None,
    descriptor: int | None,
    overwrite: bool,
) -> None:
    from chatcode.cli.door import send
    from chatcode.exchange import settling

    data = settling.write(left, entries=study.entries(), groups=study.groups(), members=study.members())
    empty = settling.write((), entries=(), groups=(), members={})
    send(study, {path: data}, empty={path: empty}, key=key, descriptor=descriptor, overwrite=overwrite)
    say(f"Wrote {len(left)} messages to {path.name}: pseudonymised, and still personal data.")


def _sit(
    study: Study,
    left: Sequence[Issue],
    codebook: Codebook,
    layer: str,
    round_: int,
    *,
    plain: bool,
    as_json: bool,
) -> set[str]:
    from chatcode.review.adjudication import Adjudication

    sitting = Adjudication(study, codebook, left, coder=layer, round_=round_)
    if not left:
        return set()
    if plain or not options.has_screen():
        from chatcode.review.settling import run_plain

        # With --json what is said is narration, so that stdout is data alone.
        run_plain(sitting, sys.stdin, sys.stderr if as_json else sys.stdout)
    else:
        from chatcode.review.settling_screen import run_screen

        run_screen(sitting)
    if sitting.ruled:
        study.record("adjudicate", taken_over=0, ruled=len(sitting.ruled), coder=layer, round=round_)
    return set(sitting.ruled)


def _numbers(found: Settlement, taken: int, ruled: int, left: int, layer: str) -> dict[str, Any]:
    return {
        "coder": layer,
        "taken_over": taken,
        "ruled": ruled,
        "settled_before": found.settled,
        "left": left,
        "coded_by_one": len(found.single),
    }
