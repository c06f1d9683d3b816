"""`chatcode evaluate`: how far suggestions can be trusted, judged on the coder's own codings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_lines, progress, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from chatcode.cli.coded import Coded
    from chatcode.codebook import Codebook
    from chatcode.domain import Act, Layer, Suggestions
    from chatcode.study.store import Study
    from chatcode.suggestion.confidence import Figure, Judged

_SCHEMES = {
    "grouped": "conversations kept whole, five parts, each judged by what the others taught",
    "time": "the first seven tenths taught, the rest was judged",
    "chat": "each group judged by what the other groups taught",
}
_FLATTERED = (
    "For messages in which suggestions were shown a coder leans towards them, so these figures flatter;"
    " only the share that is reviewed without suggestions carries a claim."
)


@dataclass(frozen=True, slots=True)
class _Case:
    """One reviewed message that was judged: its coding, what was suggested in each way, where it stands."""

    entry_id: str
    block: int
    codes: Collection[str]
    suggested: Mapping[str, Suggestions]


def evaluate(
    scheme: Annotated[
        str,
        typer.Option(
            help="grouped: by conversation; time: the first part teaches, the later is judged;"
            " chat: each group by the others."
        ),
    ] = "grouped",
    least: Annotated[
        int, typer.Option(min=1, help="Positives below which a code gets no figure but `too few examples`.")
    ] = 10,
    coder: options.CoderOption = None,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Judge suggestions on reviewed messages by models that did not see them, with intervals.

    Cues alone, the starter model and the prior stand beside it. Only the share of messages that is always
    reviewed without suggestions carries a claim of quality; it is shown apart.

    Example: chatcode evaluate
    """
    if scheme not in _SCHEMES:
        raise ChatcodeError(f"there is no scheme {scheme!r}", f"Choose one of: {', '.join(_SCHEMES)}.")
    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        layer = opened.layer(coder)
        cases = _judged_cases(opened, layer, codebook, scheme)
        readings = _blind(opened, layer)
        share = opened.audit_share()
        seed = opened.settings().id
    found = {"scheme": scheme, "coder": layer.coder, **_figures(cases, least)}
    found["claim"] = {"share": share, **_claim(cases, readings, share, seed, least)}
    if as_json:
        print_json(found)
    else:
        print_lines(_lines(found))
    say(f"Over {found['messages']} reviewed messages: {_SCHEMES[scheme]}. {_FLATTERED}")
    _say_claim(found["claim"], least)
    next_step("chatcode review --coder NAME --order uncertain", "code where the machine learns most")


def _judged_cases(study: Study, layer: Layer, codebook: Codebook, scheme: str) -> list[_Case]:
    from chatcode.cli.coded import coded_groups
    from chatcode.suggestion.suggester import starter
    from chatcode.suggestion.trials import Scheme, folds_of, out_of_sample

    groups = coded_groups(study, layer.acts)
    if not groups:
        raise ChatcodeError("nothing is reviewed yet", "Review first: chatcode review --coder NAME")
    chats = [one.chat for one in groups]
    folds = folds_of(chats, cast("Scheme", scheme))
    total = len({fold for some in folds for fold in some if fold is not None})
    with progress("Evaluating", total) as advance:
        learned = out_of_sample(chats, folds, codebook=codebook, start=starter(), advance=advance)
    return _cases(groups, learned, codebook)


def _cases(
    groups: Sequence[Coded], learned: Sequence[Sequence[Suggestions | None]], codebook: Codebook
) -> list[_Case]:
    from chatcode.suggestion.suggester import cue_suggestions, suggest
    from chatcode.suggestion.trials import conversations

    blocks = conversations([one.chat for one in groups])
    cases = []
    for one, some, numbers in zip(groups, learned, blocks, strict=True):
        chat = one.chat
        rules = cue_suggestions(chat.messages, chat.roles, codebook)
        started = suggest(chat.messages, chat.roles, codebook=codebook)
        for place, mine in enumerate(some):
            codes = chat.codings[place]
            if mine is not None and codes is not None:
                ways = {"model": mine, "rules": rules[place], "starter": started[place]}
                cases.append(_Case(one.entries[place].id, numbers[place], codes, ways))
    return cases


def _blind(study: Study, layer: Layer) -> dict[str, Act]:
    """How people read messages before the machine was heard: the adjudicated coding, or the first reading."""
    found: dict[str, Act] = {}
    for coder, round_ in study.rounds():
        if coder == layer.coder:
            # An earlier round comes first: what was heard in it is known in the next.
            found = study.first_readings(coder, round_)[0] | found
    return found | {i: act for i, act in layer.acts.items() if act.mode == "adjudicated"}


def _figures(cases: Sequence[_Case], least: int) -> dict[str, Any]:
    from chatcode.suggestion.confidence import judge_with_intervals

    def judged(way: str, draws: int) -> Judged:
        return judge_with_intervals(
            [case.codes for case in cases],
            [case.suggested[way] for case in cases],
            [case.block for case in cases],
            least=least,
            draws=draws,
        )

    model, rules, starter = judged("model", 1000), judged("rules", 0), judged("starter", 0)
    rows = []
    for row, by_rules, by_starter in zip(model.rows, rules.rows, starter.rows, strict=True):
        rows.append(
            {
                "code": row.code,
                "n": row.n,
                **_with_interval("precision", row.precision),
                **_with_interval("recall", row.recall),
                **_with_interval("f1", row.f1),
                **_with_interval("ap", row.ap),
                "suggested": row.suggested,
                "prior": round(row.prior, 4),
                "rules_f1": _number(by_rules.f1),
                "rules_ap": _number(by_rules.ap),
                "starter_f1": _number(by_starter.f1),
                "starter_ap": _number(by_starter.ap),
                "note": "" if row.n >= least else "too few examples",
            }
        )
    return {
        "messages": model.messages,
        "conversations": model.conversations,
        "least": least,
        "rows": rows,
        **_overall(model),
        "rules": _overall(rules),
        "starter": _overall(starter),
    }


def _claim(
    cases: Sequence[_Case], readings: Mapping[str, Act], share: float, seed: str, least: int
) -> dict[str, Any]:
    from chatcode.suggestion.audit import kept_apart

    apart = [
        _Case(case.entry_id, case.block, readings[case.entry_id].codes, case.suggested)
        for case in cases
        if case.entry_id in readings and kept_apart(case.entry_id, share, seed)
    ]
    return _figures(apart, least)


def _overall(judged: Judged) -> dict[str, Any]:
    return {
        **_with_interval("micro_f1", judged.micro_f1),
        **_with_interval("macro_f1", judged.macro_f1),
        **_with_interval("macro_ap", judged.macro_ap),
    }


def _with_interval(name: str, figure: Figure) -> dict[str, float | None]:
    low, high = figure.interval or (None, None)
    return {
        name: _number(figure),
        f"{name}_low": None if low is None else round(low, 4),
        f"{name}_high": None if high is None else round(high, 4),
    }


def _number(figure: Figure) -> float | None:
    return None if figure.value is None else round(figure.value, 4)


def _lines(found: Mapping[str, Any]) -> list[str]:
    lines = [
        f"Over all {found['messages']} reviewed messages ({found['conversations']} conversations)",
        *_table(found),
    ]
    claim = found["claim"]
    if claim["messages"]:
        lines += [
            "",
            f"Over the {claim['messages']} messages reviewed without suggestions (the audit share)",
            *_table(claim),
        ]
    return lines


def _table(found: Mapping[str, Any]) -> list[str]:
    lines = [
        f"{'code':5}{'n':>5} {'precision':>17} {'recall':>17} {'F1':>17} {'AP':>17} {'cues F1':>8}"
        f" {'starter F1':>11} {'prior':>6}"
    ]
    for row in found["rows"]:
        if row["note"]:
            lines.append(f"{row['code']:5}{row['n']:5} {row['note']:>17}")
            continue
        names = ("precision", "recall", "f1", "ap")
        cells = " ".join(f"{_cell(row, name):>17}" for name in names)
        lines.append(
            f"{row['code']:5}{row['n']:5} {cells} {row['rules_f1']:8.2f} {row['starter_f1']:11.2f}"
            f" {row['prior']:6.2f}"
        )
    for name, what in (("micro_f1", "micro F1"), ("macro_f1", "macro F1"), ("macro_ap", "macro AP")):
        beside = "  ".join(f"{way} {_cell(found[way], name)}" for way in ("rules", "starter"))
        lines.append(f"{what}  {_cell(found, name)}   (beside it: {beside})")
    return lines


def _cell(row: Mapping[str, Any], name: str) -> str:
    if row[name] is None:
        return "–"
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return f"{row[name]:.2f}" if low is None else f"{row[name]:.2f} ({low:.2f}–{high:.2f})"


def _say_claim(claim: Mapping[str, Any], least: int) -> None:
    known = [row["code"] for row in claim["rows"] if not row["note"]]
    about = f"Claim: {claim['messages']} messages of the {claim['share']:.0%} reviewed without suggestions"
    if not known:
        say(f"{about}: too few examples ({least} or more of a code are needed). No claim can be made yet.")
    else:
        say(f"{about}: figures for {', '.join(known)}; too few examples of the other codes.")
