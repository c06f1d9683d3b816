"""`chatcode sample`: draw what is coded where not everything can be, and say what it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chatcode.analysis.sampling import Sample, UnitKind
    from chatcode.study.samples import SampleSheet
    from chatcode.study.store import Study

_KINDS = ("conversation", "week")
_SHORT = 8
_DAYS = ("days", "days_low", "days_high", "actor_days", "actor_days_low", "actor_days_high")


def sample(
    share: Annotated[
        float | None,
        typer.Option("--share", min=0.0, max=1.0, help="Draw this share of every group and month."),
    ] = None,
    kind: Annotated[
        str, typer.Option("--unit", help="What is drawn whole: conversation or week.")
    ] = "conversation",
    coders: Annotated[
        list[str] | None, typer.Option("--coder", help="Who codes it; may be given several times.")
    ] = None,
    double: Annotated[
        float, typer.Option("--double", min=0.0, max=1.0, help="The share of it that every coder gets.")
    ] = 1.0,
    retest: Annotated[
        str | None, typer.Option("--retest", help="Draw from what this coder has coded, to be coded again.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same units.")] = 1,
    weights: Annotated[
        str | None, typer.Option("--weights", help="Print the units of this sample with their weights.")
    ] = None,
    estimates: Annotated[
        str | None, typer.Option("--estimates", help="Print what this sample says of all messages.")
    ] = None,
    by_month: Annotated[bool, typer.Option("--by-month", help="Estimates per month too.")] = False,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Draw whole conversations or weeks per group and month, in an order that mixes baseline and period.

    Without an option it lists the samples that were drawn.

    Example: chatcode sample --share 0.2 --unit week --coder K1 --coder K2
    """
    if kind not in _KINDS:
        raise ChatcodeError(f"no {kind!r} can be drawn", f"Choose --unit {' or --unit '.join(_KINDS)}.")
    asked = [share is not None, weights is not None, estimates is not None]
    if sum(asked) > 1:
        raise ChatcodeError("one thing at a time", "Of --share, --weights and --estimates say one.")
    if retest and share is None:
        raise ChatcodeError("how much is to be coded again?", f"For instance: --retest {retest} --share 0.1")
    with options.open_study(study) as opened:
        if share is not None:
            _draw(opened, share, kind, coders or [], double, retest, seed, as_json)  # type: ignore[arg-type] # checked above
        elif weights is not None:
            _weights(opened, opened.sample(weights), as_json)
        elif estimates is not None:
            _estimates(opened, opened.sample(estimates), by_month, as_json)
        else:
            _list(opened, as_json)


# ── drawing ───────────────────────────────────────────────────────────────────


def _draw(
    study: Study,
    share: float,
    kind: UnitKind,
    coders: Sequence[str],
    double: float,
    retest: str | None,
    seed: int,
    as_json: bool,
) -> None:
    from chatcode.analysis.sampling import draw, units_of

    units = units_of(
        study.entries(), groups=study.groups(), cases=study.cases(), members=study.members(), kind=kind
    )
    if retest:
        done = _reviewed(study, retest)
        units = [unit for unit in units if done.issuperset(unit.entry_ids)]
        coders = [retest]
    if not share or not units:
        raise ChatcodeError(
            "there is nothing to draw from" if share else "a share of nothing is no sample",
            f"{retest} has coded no whole {kind} yet." if retest else "For instance: --share 0.2",
        )
    names = [name.strip() for name in coders] or ["anybody"]
    if not all(names) or len(set(names)) < len(names):
        raise ChatcodeError("a coder stands there twice or without a name", "Give each coder once.")
    drawn = draw(units, share=share, coders=names, double=double, seed=seed)
    sample_id = _store(study, drawn, "retest" if retest else "coding", kind, share, seed)
    messages = sum(len(one.unit.entry_ids) for one in drawn.units)
    told = {
        "sample": sample_id,
        "units": len(drawn.units),
        "of_units": len(units),
        "messages": messages,
        "of_messages": sum(len(unit.entry_ids) for unit in units),
        "coders": {name: _size(drawn, places) for name, places in drawn.turns.items()},
    }
    if as_json:
        print_json(told)
    else:
        print_rows(
            [_size(drawn, places) | {"coder": n} for n, places in drawn.turns.items()],
            ("coder", "units", "messages"),
        )
    say(
        f"Drew {told['units']} of {told['of_units']} {kind}s: {messages} of {told['of_messages']} messages,"
        f" sample {sample_id[:_SHORT]}, seed {seed}. At least two of every group and month."
    )
    _next(sample_id, names[0], bool(retest))


def _next(sample_id: str, coder: str, retest: bool) -> None:
    name = "NAME" if coder == "anybody" else coder
    again = " --round 2" if retest else ""
    next_step(
        f"chatcode review --coder {name}{again} --way blind --sample {sample_id[:_SHORT]}",
        "code what was drawn, in the order in which it comes",
    )


def _reviewed(study: Study, coder: str) -> set[str]:
    if coder not in study.coders():
        raise ChatcodeError(
            f"no codings by {coder}", f"There are codings by: {', '.join(study.coders()) or 'nobody yet'}."
        )
    return set(study.layer_acts(coder))


def _size(drawn: Sample, places: Sequence[int]) -> dict[str, Any]:
    return {"units": len(places), "messages": sum(len(drawn.units[place].unit.entry_ids) for place in places)}


def _store(study: Study, drawn: Sample, purpose: str, kind: str, share: float, seed: int) -> str:
    from chatcode.study.samples import SampleUnit

    units = [
        SampleUnit(
            str(uuid4()), one.unit.group_id, one.unit.month, one.unit.phase, one.stratum_units, one.drawn,
            one.weight, one.unit.entry_ids,
        )
        for one in drawn.units
    ]  # fmt: skip
    with study.transaction():
        sample_id = study.add_sample(units, drawn.turns, purpose=purpose, kind=kind, share=share, seed=seed)
        study.record(
            "sample", sample=sample_id, purpose=purpose, unit=kind, share=share, seed=seed, units=len(units),
            coders=list(drawn.turns),
        )  # fmt: skip
    return sample_id


# ── looking ───────────────────────────────────────────────────────────────────


def _list(study: Study, as_json: bool) -> None:
    from chatcode.cli.drawings import sample_acts

    rows = []
    for sheet in study.samples():
        units = study.sample_units(sheet.id)
        messages = {i for unit in units for i in unit.entry_ids}
        rows.append(
            {
                "sample": sheet.id if as_json else sheet.id[:_SHORT],
                "purpose": sheet.purpose,
                "unit": sheet.kind,
                "share": sheet.share,
                "seed": sheet.seed,
                "units": len(units),
                "messages": len(messages),
                "coders": ", ".join(sheet.coders),
                "reviewed": len(messages & set(sample_acts(study, sheet))),
            }
        )
    if as_json:
        print_json({"rows": rows})
        return
    print_rows(
        rows, ("sample", "purpose", "unit", "share", "seed", "units", "messages", "coders", "reviewed"),
        title="Samples",
    )  # fmt: skip
    if not rows:
        next_step("chatcode sample --share 0.2 --coder NAME", "draw one, where not everything can be coded")


def _weights(study: Study, sheet: SampleSheet, as_json: bool) -> None:
    labels = {group.id: group.label for group in study.groups()}
    rows = [
        {
            "unit": unit.id if as_json else unit.id[:_SHORT],
            "group": labels[unit.group_id],
            "month": unit.month,
            "phase": unit.phase,
            "messages": len(unit.entry_ids),
            "drawn": unit.drawn,
            "of": unit.stratum_units,
            "weight": unit.weight,
        }
        for unit in study.sample_units(sheet.id)
    ]
    if as_json:
        print_json({"sample": sheet.id, "rows": rows})
    else:
        print_rows(rows, ("unit", "group", "month", "phase", "messages", "drawn", "of", "weight"))


def _estimates(study: Study, sheet: SampleSheet, by_month: bool, as_json: bool) -> None:
    from chatcode.cli.drawings import flat, sample_acts, sample_estimates

    if sheet.purpose == "retest":
        raise ChatcodeError(
            "a re-test says nothing of all messages", "It was drawn from what one coder had coded before."
        )
    found = sample_estimates(
        study, sheet, sample_acts(study, sheet), options.codebook_of(study), by_month=by_month
    )
    rows = [flat(one) for one in found]
    if as_json:
        print_json({"sample": sheet.id, "interval": "95 %, stratified clusters", "rows": rows})
    else:
        print_rows(
            [row for row in rows if row["seen"]],
            (
                "case", "phase", *(("month",) if by_month else ()), "code", "seen", "reviewed_share",
                "messages", "messages_low", "messages_high", "actor_messages", "actor_messages_low",
                "actor_messages_high", *(_DAYS if sheet.kind == "week" else ()),
            ),
            title="Estimated for all messages",
        )  # fmt: skip
    withheld = sorted({(one.case, one.phase) for one in found if one.messages is None})
    for case, phase in withheld:
        say(f"Note: nothing is estimated for {case} {phase}: less than 95 % of what was drawn is reviewed.")
    if sheet.kind == "conversation":
        say("Note: days are estimated from samples of weeks only; a day may hold more conversations.")
