"""`chatcode plan coding`: how many hours coding takes, everything or a sample, at each coder's own pace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, say

if TYPE_CHECKING:
    from chatcode.study.store import Study


_COLUMNS = ("what", "coder", "messages", "open", "seconds", "hours", "hours_quick", "hours_slow")


def coding(
    share: Annotated[
        float | None,
        typer.Option("--share", min=0.0, max=1.0, help="Also of a sample of this share, not drawn yet."),
    ] = None,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Tell how many hours are left for everything and for each sample, at each coder's own pace.

    Example: chatcode plan coding --share 0.2
    """
    with options.open_study(study) as opened:
        rows = _hours(opened, share)
    if as_json:
        print_json({"rows": rows})
    else:
        print_rows(rows, _COLUMNS, title="Hours at the coder's own pace")
    say("The pace is that of stretches of twenty decisions, breaks of over five minutes left out.")
    next_step("chatcode sample --share 0.2", "draw a sample, where everything is too much")


def _hours(study: Study, share: float | None) -> list[dict[str, Any]]:
    """A row for a census and for each sample, per coder; hours are of what is still open.

    `seconds` and `hours` are None for who has decided on fewer than twenty messages one by one.
    """
    from chatcode.analysis.workload import pace_of

    settled = study.adjudicator()
    coders = [coder for coder in study.coders() if coder != settled]
    if not coders:
        say("Note: nobody has coded yet, so there is no pace: code some fifty messages first.")
    rows = []
    for coder in coders:
        pace = pace_of(study.decision_moments(coder))
        for what, messages, left in _tasks(study, coder, share):
            quick: float | None
            told, quick, slow = pace.hours(left) if pace else (None, None, None)
            rows.append(
                {
                    "what": what,
                    "coder": coder,
                    "messages": messages,
                    "open": left,
                    "seconds": pace.seconds if pace else None,
                    "hours": told,
                    "hours_quick": quick,
                    "hours_slow": slow,
                    "decisions": pace.decisions if pace else 0,
                }
            )
        if pace is None:
            say(f"Note: {coder} has decided on too few messages one by one to tell a pace.")
    return rows


def _tasks(study: Study, coder: str, share: float | None) -> list[tuple[str, int, int]]:
    """What there is to do: its name, all messages of it, and those still open."""
    rounds = [one for name, one in study.rounds() if name == coder]
    everything = study.progress(coder, min(rounds))
    total = sum(month.total for month in everything)
    tasks = [("everything", total, total - sum(month.reviewed for month in everything))]
    if share is not None:
        tasks.append((f"a share of {share:g}", round(share * total), round(share * total)))
    for sheet in study.samples():
        mine = set(study.sample_turns(sheet.id, coder)) or set(study.sample_turns(sheet.id, "anybody"))
        ids = [i for unit in study.sample_units(sheet.id) if unit.id in mine for i in unit.entry_ids]
        if not ids:
            continue
        round_ = max(rounds) if sheet.purpose == "retest" and len(rounds) > 1 else min(rounds)
        fresh = sheet.purpose == "retest" and len(rounds) == 1
        done = {} if fresh else study.acts_in_force(ids, coder, round_)
        tasks.append((f"sample {sheet.id[:8]}", len(ids), len(ids) - len(done)))
    return tasks
