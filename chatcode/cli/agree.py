"""`chatcode agree`: how far coders agree, and above all where they do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.coders import listed, several_coders
from chatcode.cli.output import next_step, print_json, print_lines, print_rows, progress, say
from chatcode.errors import ChatcodeError, CheckError

if TYPE_CHECKING:
    from chatcode.analysis.agreement import Agreement, Overall, Pair
    from chatcode.analysis.disagreement import Shared
    from chatcode.analysis.panel import Joint
    from chatcode.study.store import Study

_SPLITS = ("area", "period")
COLUMNS = (
    "code", "n", "both", "only_a", "only_b", "positive_agreement", "kappa", "alpha", "ac1", "low", "high",
    "verdict",
)  # fmt: skip
INTERVAL = "95 %, blocks of days drawn again; low and high bound alpha"
FORMULAS = (
    "kappa is Cohen's, alpha Krippendorff's (nominal), AC1 Gwet's; low and high bound alpha (95 %, days drawn"
    " again). AC1 is high for every rare code, also for one the coders never share; the verdict is of alpha's"
    " interval, by the conventions 0.80 and 0.667."
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Codings of the same messages, and how they are called."""

    names: tuple[str, ...]
    shared: Sequence[Shared]
    left_out: Mapping[str, int]
    round: int | None

    @property
    def pairs(self) -> list[Pair]:
        """What the first two have in common."""
        from chatcode.analysis.disagreement import pairs_within

        return pairs_within(self.shared, *self.names[:2])


def agree(
    coders: Annotated[
        list[str] | None, typer.Argument(help="Two coders or more; else all who have coded.")
    ] = None,
    round_: Annotated[
        int | None, typer.Option("--round", min=1, help="The pass; else the last one that all have.")
    ] = None,
    disagreements: Annotated[
        bool, typer.Option("--disagreements", help="The messages they differ on, in context.")
    ] = False,
    context: Annotated[
        int, typer.Option("--context", min=0, max=50, help="Entries before and after each of these.")
    ] = 3,
    by: Annotated[
        list[str] | None, typer.Option("--by", help="Also per area or per period; may be given twice.")
    ] = None,
    retest: Annotated[
        str | None, typer.Option("--retest", help="Compare this coder's last two passes instead.")
    ] = None,
    machine: Annotated[
        str | None, typer.Option("--machine", help="Compare this coder's blind codes with the suggestions.")
    ] = None,
    minimum: Annotated[
        float | None, typer.Option("--min", help="End with 3 where alpha of a code is below this.")
    ] = None,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Compare coders as they read before they talked: per code, overall, and where they differ.

    Only blind codes of messages that two or more reviewed are compared, as they were before they were
    settled. With more than two coders alpha is over all of them, and each two are compared beside it.

    Example: chatcode agree --disagreements
    """
    for split in by or ():
        if split not in _SPLITS:
            raise ChatcodeError(f"there is no split by {split!r}", f"Choose: {' or '.join(_SPLITS)}.")
    with options.open_study(study) as opened:
        if retest:
            compared = _retest(opened, retest)
        elif machine:
            compared = _machine(opened, machine, round_)
        else:
            compared = _coders(opened, coders or [], round_)
        _tell(compared)
        if disagreements:
            from chatcode.cli.in_context import show_disagreements

            show_disagreements(opened, compared.names, compared.shared, context, as_json)
            return
        strata = strata_of(compared.shared, by or [])
        if len(compared.names) > 2:
            from chatcode.cli.panel import tell_panel

            rows = tell_panel(compared, strata, as_json)
        else:
            rows = _figures(compared, strata, as_json)
        opened.record("agree", coders=list(compared.names), messages=len(compared.shared))
    next_step(
        "chatcode agree --disagreements", "read the messages they differ on: that is what improves coding"
    )
    if minimum is not None:
        _check(rows, minimum)


# ── which codings ─────────────────────────────────────────────────────────────


def _coders(study: Study, named: Sequence[str], round_: int | None) -> Compared:
    chosen = several_coders(study, named, round_)
    return _compare(study, {name: (name, chosen.round) for name in chosen.names}, chosen.round)


def _retest(study: Study, coder: str) -> Compared:
    rounds = sorted(one for name, one in study.rounds() if name == coder)
    if len(rounds) < 2:
        raise ChatcodeError(
            f"{coder} has coded in one round only" if rounds else f"no codings by {coder}",
            f"Let earlier conversations come back: chatcode sample --retest {coder}",
        )
    earlier, later = rounds[-2:]
    return _compare(study, {f"{coder} round {one}": (coder, one) for one in (earlier, later)}, None)


def _machine(study: Study, coder: str, round_: int | None) -> Compared:
    from chatcode.analysis.disagreement import codes_of

    rounds = sorted(one for name, one in study.rounds() if name == coder)
    if not rounds or (round_ and round_ not in rounds):
        raise ChatcodeError(f"no codings by {coder}" + (f" in round {round_}" if round_ else ""))
    run = study.suggestion_run()
    if run is None:
        raise ChatcodeError("there are no suggestions to compare with", "Make them: chatcode suggest")
    chosen = round_ or rounds[-1]
    acts, left_out = study.first_readings(coder, chosen)
    # Of what the machine suggests nothing for, no row is stored.
    suggested = {i: one.codes for i, one in study.suggestions(list(acts)).items()}
    found = {i: suggested.get(i, frozenset()) for i in acts}
    say(f"Note: the machine is the latest run of suggestions ({run['source']}), proposals and no codings.")
    readings = {coder: codes_of(acts), "machine": found}
    return Compared(tuple(readings), _shared(study, readings), {coder: left_out}, chosen)


def _compare(study: Study, passes: Mapping[str, tuple[str, int]], round_: int | None) -> Compared:
    """Codings beside each other: by what each is called, the coder and the round."""
    from chatcode.analysis.disagreement import codes_of

    readings = {}
    left_out = {}
    for name, (coder, one) in passes.items():
        acts, left_out[name] = study.first_readings(coder, one)
        readings[name] = codes_of(acts)
    return Compared(tuple(passes), _shared(study, readings), left_out, round_)


def _shared(study: Study, readings: Mapping[str, Mapping[str, frozenset[str]]]) -> list[Shared]:
    from chatcode.analysis.disagreement import shared_of

    return shared_of(
        study.entries(), readings, members=study.members(), groups=study.groups(), cases=study.cases()
    )


# ── what is told ──────────────────────────────────────────────────────────────


def _tell(compared: Compared) -> None:
    two = len(compared.names) == 2
    who = "a = {}, b = {}".format(*compared.names) if two else listed(compared.names)
    say(
        who
        + (f", round {compared.round}" if compared.round else "")
        + f": {len(compared.shared)} messages that {'both' if two else 'two or more'} coded blind."
    )
    for name, count in compared.left_out.items():
        if count:
            say(f"Note: {count} messages of {name} are left out, coded with suggestions shown or in bulk.")
    if not compared.shared:
        raise ChatcodeError(
            f"there is no message that {'both' if two else 'two of them'} coded blind",
            "Let them code the same messages: chatcode review --way blind --coder NAME",
        )


def strata_of(shared: Sequence[Shared], by: Sequence[str]) -> list[tuple[dict[str, str], list[Shared]]]:
    """The messages per area, per period, or per both; nothing where no split is asked."""
    keys: dict[str, Callable[[Shared], str]] = {
        "area": lambda one: one.case,
        "period": lambda one: one.period or "all",
    }
    found: dict[tuple[str, ...], list[Shared]] = {}
    for one in shared if by else ():
        found.setdefault(tuple(keys[split](one) for split in by), []).append(one)
    return [(dict(zip(by, key, strict=True)), found[key]) for key in sorted(found)]


def _figures(
    compared: Compared, strata: Sequence[tuple[dict[str, str], list[Shared]]], as_json: bool
) -> list[dict[str, Any]]:
    from chatcode.analysis.agreement import agreement, overall
    from chatcode.analysis.disagreement import mixed_up, pairs_within

    first, second = compared.names
    per_stratum = []
    with progress("Drawing blocks of days again", 1 + len(strata)) as advance:
        codes, whole = agreement(compared.pairs), overall(compared.pairs)
        advance(1)
        for done, (name, shared) in enumerate(strata, 2):
            pairs = pairs_within(shared, first, second)
            per_stratum.append((name, agreement(pairs), overall(pairs)))
            advance(done)
    mixed = mixed_up(compared.pairs)
    rows = [row_of(one) for one in codes]
    if as_json:
        print_json(
            {
                "a": first,
                "b": second,
                "round": compared.round,
                "messages": len(compared.shared),
                "left_out": dict(compared.left_out),
                "interval": INTERVAL,
                "rows": rows,
                "overall": [asdict(one) for one in whole],
                "strata": [
                    {**name, "rows": [row_of(one) for one in few], "overall": [asdict(one) for one in all_]}
                    for name, few, all_ in per_stratum
                ],
                "mixed_up": [{"pattern": words, "messages": count} for words, count in mixed],
            }
        )
        return rows
    print_figures(f"{first} and {second}", codes, whole, COLUMNS)
    for name, few, all_ in per_stratum:
        print_figures(" · ".join(name.values()), few, all_, COLUMNS, name)
    print_rows(
        [{"only a / only b": words, "messages": count} for words, count in mixed[:15]],
        ("only a / only b", "messages"),
        title="Mixed up most",
    )
    say(FORMULAS)
    return rows


def row_of(one: Agreement | Joint) -> dict[str, Any]:
    """The figures of a code as a row, with what they allow to say."""
    return {**asdict(one), "verdict": one.verdict}


def print_figures(
    title: str,
    codes: Sequence[Agreement | Joint],
    whole: Sequence[Overall],
    columns: Sequence[str],
    of: Mapping[str, str] | None = None,
) -> None:
    """Print the codes that were used with their figures, then the overall alpha and what was not used.

    `of` says of what part they are, in columns of its own: a title is lost where lines are piped.
    """
    part = of or {}
    before = f"{' · '.join(part.values())}: " if part else ""
    rows = [{**part, **row_of(one)} for one in codes]
    print_rows(
        [
            row | (dict.fromkeys({"kappa", "alpha", "ac1"} & row.keys(), row["note"]) if row["note"] else {})
            for row in rows
            if row["positive_agreement"] is not None
        ],
        (*part, *columns),
        title=title,
    )
    print_lines(
        [
            f"{before}alpha, MASI, {one.over}: {one.note or f'{one.alpha:.2f}'}"
            + (f" ({one.low:.2f} to {one.high:.2f})" if one.low is not None else "")
            + f", n {one.n}"
            for one in whole
        ]
    )
    unused = [row["code"] for row in rows if row["positive_agreement"] is None]
    if unused:
        print_lines([f"{before}not used: {' '.join(unused)}"])


def _check(rows: Sequence[Mapping[str, Any]], minimum: float) -> None:
    below = [row["code"] for row in rows if row["alpha"] is not None and row["alpha"] < minimum]
    if below:
        raise CheckError(
            f"alpha is below {minimum:g} for {' '.join(below)}", "Talk the disagreements over, and code anew."
        )
    if all(row["alpha"] is None for row in rows):
        raise CheckError(
            f"no code is used often enough to say whether alpha is {minimum:g}", "Code more messages twice."
        )
