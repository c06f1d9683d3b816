"""`chatcode status`: how far the study is, and what comes next."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import models, options
from chatcode.cli.output import next_step, print_json, print_lines, say
from chatcode.cli.training import STEPS, Step, steps
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.study.store import Study

_REMIND = 92  # days


def status(
    skip: Annotated[
        str | None, typer.Option("--skip", help=f"Pass over a step of the training: {', '.join(STEPS)}.")
    ] = None,
    because: Annotated[
        str, typer.Option("--because", help="Why it is passed over; the method says so.")
    ] = "",
    by: Annotated[str, typer.Option("--by", help="Who decides that.")] = "",
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Show how far the study is and which command comes next.

    Example: chatcode status
    """
    with options.open_study(study) as opened:
        if skip is not None:
            _skip(opened, skip, because.strip(), by.strip())
        known = _status(opened)
    command, why = known["next"]
    if as_json:
        print_json({**known, "next": command})
        return
    by = f" (by {known['suggested_by']})" if known["suggested_by"] else ""
    lines = [
        f"study      {known['study']}",
        f"period     {known['period'] or 'not set: everything counts'}",
        f"baseline   {known['baseline'] or 'none'}",
        f"codebook   {known['codebook']}",
        f"suggested  {known['suggested'] or 'not yet'}{by}",
        f"marks      {known['marks']}",
        f"leaks      {_leaks(known['second_look'])}",
        f"plan       {known['plan']['actions']} actions: {known['plan']['done']} done,"
        f" {known['plan']['due']} due within a fortnight, {known['plan']['missed']} past their day",
    ]
    lines += [
        f"group      {g['group']} (case {g['case']}): {g['messages']} messages, {g['notices']} notices"
        for g in known["groups"]
    ]
    lines += [
        f"coder      {c['coder']}, round {c['round']}: {c['reviewed']} of {c['messages']} messages"
        for c in known["coders"]
    ]
    print_lines(lines)
    if known["plan"]["missed"]:
        say("Note: actions have passed their day: chatcode plan show")
    told = {"done": "done", "skipped": "passed over", "open": "open"}
    print_lines([f"training   {step['step']}: {told[step['state']]}" for step in known["training"]])
    for line in known["stale"]:
        say(f"Note: {line}")
    next_step(command, why)


def _skip(study: Study, step: str, because: str, by: str) -> None:
    if step not in STEPS:
        raise ChatcodeError(f"there is no step {step!r}", f"The steps are {', '.join(STEPS)}.")
    if not because or not by:
        raise ChatcodeError(
            "a step is passed over by somebody, for a reason",
            f'For instance: chatcode status --skip {step} --because "one coder only" --by K1',
        )
    options.free_of_identifiers(because, "--because")
    study.skip_step(step, because, by)
    study.record("skip", step=step, by=by)


def _status(study: Study) -> dict[str, Any]:
    from chatcode.analysis.residual import residual

    settings, codebook, run = study.settings(), study.codebook_text(), study.suggestion_run()
    cases = {case.id: case.name for case in study.cases()}
    groups: list[dict[str, Any]] = [
        {"group": g.label, "case": cases[g.case_id], **study.kinds(g.id)} for g in study.groups()
    ]
    coders = []
    for coder, round_ in study.rounds():
        months = study.progress(coder, round_)
        coders.append(
            {
                "coder": coder,
                "round": round_,
                "reviewed": sum(m.reviewed for m in months),
                "messages": sum(m.total for m in months),
            }
        )
    stale = []
    if run and codebook and run["codebook_hash"] != codebook[0]:
        stale.append("the suggestions were made with another codebook: chatcode suggest")
    stale += models.stale(study, codebook[0] if codebook else None)
    entries = sum(g["messages"] + g["notices"] for g in groups)
    if run and run["entries"] != entries:
        stale.append("there are entries without suggestions: chatcode suggest")
    if run and any(line["command"] == "members role" and line["at"] > run["at"] for line in study.log()):
        stale.append("roles changed after the suggestions were made, which lean on them: chatcode suggest")
    stale += _unsettled(study)
    waiting = sum(tie.verdict == "likely" for tie in study.ties())
    if waiting:
        stale.append(f"{waiting} pairs of members look like one person: chatcode members likely")
    proposed = sum(bool(member.proposed) for member in study.members().values())
    if proposed:
        stale.append(f"{proposed} members have a role by their display name only: chatcode members")
    told = study.accountability()
    if told.missing():
        stale.append(f"not told yet: {', '.join(told.missing())}: chatcode init --update")
    stale += _term(told.retain_until)
    destroyed = study.key_destroyed()
    if destroyed is not None:
        stale.append(f"the key was destroyed on {destroyed}: no export joins the study any more")
    renewed = study.renewed_since_suggested()
    if run and renewed:
        stale.append(f"{renewed} entries were redacted anew after they got suggestions: chatcode suggest")
    training = steps(study)
    if run:
        early = [step.name for step in training if step.state == "open"]
        if early:
            stale.append(f"suggestions were made before these steps of the training: {', '.join(early)}")
    return {
        "study": study.path.name,
        "period": _days(settings.period),
        "baseline": _days(settings.baseline),
        "codebook": codebook[0][:12] if codebook else None,
        "suggested": run["at"] if run else None,
        "suggested_by": run["source"] if run else None,
        "groups": groups,
        "coders": coders,
        "marks": len(study.marks()),
        "retain_until": told.retain_until.isoformat() if told.retain_until else None,
        "second_look": asdict(looked) if (looked := residual(study.look())) else None,
        "plan": _plan(study),
        "training": [{"step": step.name, "state": step.state} for step in training],
        "stale": stale,
        "next": ("chatcode suggest", "redo the suggestions of the texts that changed")
        if run and renewed
        else _next(groups, run, coders, study, training),
    }


def _unsettled(study: Study) -> list[str]:
    """What two coders decided and nobody settled, where it matters whose codings count."""
    settled = study.adjudicator()
    coders = [name for name in study.coders() if name != settled]
    waiting = study.unsettled() if len(coders) > 1 else 0
    if not waiting:
        return []
    counts = f"what counts is {settled}" if settled else "until then it is --coder that says whose count"
    return [f"{waiting} messages of two coders or more are not settled, and {counts}: chatcode adjudicate"]


def _term(retain_until: date | None) -> list[str]:
    """A reminder from three months before the data should be gone."""
    if retain_until is None:
        return []
    left = (retain_until - date.today()).days  # noqa: DTZ011 the day where the researcher is
    if left < 0:
        return [
            f"the data were to be kept until {retain_until} and no longer: chatcode purge, chatcode key"
            " destroy, and remove the files and their backups"
        ]
    return [f"the data are kept until {retain_until}: {left} days left"] if left <= _REMIND else []


def _leaks(look: dict[str, Any] | None) -> str:
    if look is None:
        return "not looked at: chatcode names --sample"
    return (
        f"{look['rate']:.1f} of 100 messages still show something"
        f" ({look['low']:.1f} to {look['high']:.1f}, 95 %; {look['seen']} looked at)"
    )


def _plan(study: Study) -> dict[str, int]:
    """How many actions were agreed, and how they stand today."""
    today = date.today()  # noqa: DTZ011 the day where the evaluator is
    standing = [action.standing(today) for action in study.actions()]
    return {
        "actions": len(standing),
        "done": standing.count("done") + standing.count("late"),
        "due": standing.count("due"),
        "missed": standing.count("missed"),
    }


def _next(
    groups: list[Any], run: object, coders: list[Any], study: Study, training: list[Step]
) -> tuple[str, str]:
    if not groups:
        return "chatcode import EXPORT --group LABEL --case AREA", "read a chat that WhatsApp exported"
    waits = next((step for step in training if step.state == "open"), None)
    if run is None and waits is not None:
        return waits.command, f"{waits.why}; or pass it over: chatcode status --skip {waits.name}"
    if run is None:
        return "chatcode suggest", "let the codebook's cues propose codes"
    if not coders or all(c["reviewed"] < c["messages"] for c in coders):
        name = coders[0]["coder"] if coders else "NAME"
        return f"chatcode review --coder {name}", "confirm codes, message by message"
    if not study.marks():
        return "chatcode table --rate", "set the researcher's own marks"
    return "chatcode note --out adviesnotitie.docx", "make the interim advisory note"


def _days(period: Any) -> str | None:  # noqa: ANN401 a Period or None, imported late
    return f"{period.start} – {period.end}" if period else None
