"""`chatcode agree`: how far coders agree, and above all where they do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.coders import two_coders
from chatcode.cli.output import next_step, print_json, print_lines, print_rows, progress, say
from chatcode.errors import ChatcodeError, CheckError

if TYPE_CHECKING:
    from chatcode.analysis.agreement import Agreement, Overall, Pair
    from chatcode.analysis.disagreement import Disagreement
    from chatcode.domain import Entry
    from chatcode.study.store import Study

_SPLITS = ("area", "period")
_COLUMNS = (
    "code", "n", "both", "only_a", "only_b", "positive_agreement", "kappa", "alpha", "ac1", "low", "high",
    "verdict",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """Two codings of the same messages, and how they are called."""

    first: str
    second: str
    pairs: Sequence[Pair]
    left_out: Mapping[str, int]
    round: int | None


def agree(
    coders: Annotated[
        list[str] | None, typer.Argument(help="The two coders; needed where more have coded.")
    ] = None,
    round_: Annotated[
        int | None, typer.Option("--round", min=1, help="The pass; else the last one that both have.")
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
    """Compare two coders as they read before they talked: per code, overall, and where they differ.

    Only blind codes of messages that both reviewed are compared, as they were before they were settled.

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
            compared = _two_coders(opened, coders or [], round_)
        _tell(compared)
        if disagreements:
            _disagreements(opened, compared, context, as_json)
            return
        rows = _figures(compared, by or [], as_json)
        opened.record("agree", first=compared.first, second=compared.second, messages=len(compared.pairs))
    next_step(
        "chatcode agree --disagreements", "read the messages they differ on: that is what improves coding"
    )
    if minimum is not None:
        _check(rows, minimum)


# ── which codings ─────────────────────────────────────────────────────────────


def _two_coders(study: Study, named: Sequence[str], round_: int | None) -> Compared:
    first, second, chosen = two_coders(study, named, round_)
    return _compare(study, (first, first, chosen), (second, second, chosen), chosen)


def _retest(study: Study, coder: str) -> Compared:
    rounds = sorted(one for name, one in study.rounds() if name == coder)
    if len(rounds) < 2:
        raise ChatcodeError(
            f"{coder} has coded in one round only" if rounds else f"no codings by {coder}",
            f"Let earlier conversations come back: chatcode sample --retest {coder}",
        )
    earlier, later = rounds[-2:]
    return _compare(
        study, (f"{coder} round {earlier}", coder, earlier), (f"{coder} round {later}", coder, later), None
    )


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
    return Compared(coder, "machine", _pairs(study, codes_of(acts), found), {coder: left_out}, chosen)


def _compare(
    study: Study, first: tuple[str, str, int], second: tuple[str, str, int], round_: int | None
) -> Compared:
    from chatcode.analysis.disagreement import codes_of

    readings = {}
    left_out = {}
    for name, coder, one in (first, second):
        acts, left_out[name] = study.first_readings(coder, one)
        readings[name] = codes_of(acts)
    pairs = _pairs(study, readings[first[0]], readings[second[0]])
    return Compared(first[0], second[0], pairs, left_out, round_)


def _pairs(
    study: Study, first: Mapping[str, frozenset[str]], second: Mapping[str, frozenset[str]]
) -> list[Pair]:
    from chatcode.analysis.disagreement import pairs_of

    return pairs_of(
        study.entries(), first, second,
        members=study.members(), groups=study.groups(), cases=study.cases(),
    )  # fmt: skip


# ── what is told ──────────────────────────────────────────────────────────────


def _tell(compared: Compared) -> None:
    say(
        f"a = {compared.first}, b = {compared.second}"
        + (f", round {compared.round}" if compared.round else "")
        + f": {len(compared.pairs)} messages that both coded blind."
    )
    for name, count in compared.left_out.items():
        if count:
            say(f"Note: {count} messages of {name} are left out, coded with suggestions shown or in bulk.")
    if not compared.pairs:
        raise ChatcodeError(
            "there is no message that both coded blind",
            "Let both code the same messages: chatcode review --way blind --coder NAME",
        )


def _figures(compared: Compared, by: Sequence[str], as_json: bool) -> list[dict[str, Any]]:
    from chatcode.analysis.agreement import agreement, overall
    from chatcode.analysis.disagreement import mixed_up

    strata = _strata(compared.pairs, by)
    per_stratum = []
    with progress("Drawing blocks of days again", 1 + len(strata)) as advance:
        codes, whole = agreement(compared.pairs), overall(compared.pairs)
        advance(1)
        for done, (name, pairs) in enumerate(strata, 2):
            per_stratum.append((name, agreement(pairs), overall(pairs)))
            advance(done)
    mixed = mixed_up(compared.pairs)
    rows = [_row(one) for one in codes]
    if as_json:
        print_json(
            {
                "a": compared.first,
                "b": compared.second,
                "round": compared.round,
                "messages": len(compared.pairs),
                "left_out": dict(compared.left_out),
                "interval": "95 %, blocks of days drawn again; low and high bound alpha",
                "rows": rows,
                "overall": [asdict(one) for one in whole],
                "strata": [
                    {**name, "rows": [_row(one) for one in few], "overall": [asdict(one) for one in all_]}
                    for name, few, all_ in per_stratum
                ],
                "mixed_up": [{"pattern": words, "messages": count} for words, count in mixed],
            }
        )
        return rows
    _print(f"{compared.first} and {compared.second}", codes, whole)
    for name, few, all_ in per_stratum:
        _print(" · ".join(name.values()), few, all_)
    print_rows(
        [{"only a / only b": words, "messages": count} for words, count in mixed[:15]],
        ("only a / only b", "messages"),
        title="Mixed up most",
    )
    return rows


def _strata(pairs: Sequence[Pair], by: Sequence[str]) -> list[tuple[dict[str, str], list[Pair]]]:
    keys: dict[str, Callable[[Pair], str]] = {"area": lambda p: p.case, "period": lambda p: p.period or "all"}
    found: dict[tuple[str, ...], list[Pair]] = {}
    for pair in pairs if by else ():
        found.setdefault(tuple(keys[split](pair) for split in by), []).append(pair)
    return [(dict(zip(by, key, strict=True)), found[key]) for key in sorted(found)]


def _row(one: Agreement) -> dict[str, Any]:
    return {**asdict(one), "verdict": one.verdict}


def _print(title: str, codes: Sequence[Agreement], whole: Sequence[Overall]) -> None:
    rows = [
        _row(one) | (dict.fromkeys(("kappa", "alpha", "ac1"), one.note) if one.note else {})
        for one in codes
        if one.both + one.only_a + one.only_b
    ]
    unused = [one.code for one in codes if not one.both + one.only_a + one.only_b]
    print_rows(rows, _COLUMNS, title=title)
    print_lines(
        [
            f"alpha, MASI, {one.over}: {one.note or f'{one.alpha:.2f}'}"
            + (f" ({one.low:.2f} to {one.high:.2f})" if one.low is not None else "")
            + f", n {one.n}"
            for one in whole
        ]
    )
    if unused:
        print_lines([f"not used: {' '.join(unused)}"])
    say(
        "kappa is Cohen's, alpha Krippendorff's (nominal), AC1 Gwet's; low and high bound alpha (95 %, days"
        " drawn again). AC1 is high for every rare code, also for one the coders never share; the verdict"
        " is of alpha's interval, by the conventions 0.80 and 0.667."
    )


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


# ── the disagreements ─────────────────────────────────────────────────────────


def _disagreements(study: Study, compared: Compared, context: int, as_json: bool) -> None:
    from chatcode.analysis.disagreement import disagreements

    found = disagreements(compared.pairs, study.entries(), around=context)
    labels = {group.id: group.label for group in study.groups()}
    names = {member.id: member.label for member in study.members().values()}
    told = [_told(one, labels, names) for one in found]
    if as_json:
        print_json({"a": compared.first, "b": compared.second, "rows": told})
    else:
        _show(compared, told)
    say(f"{len(found)} of {len(compared.pairs)} messages have other codes.")
    next_step("chatcode adjudicate", "settle them, with a memo each")


def _told(one: Disagreement, labels: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    from chatcode.analysis.disagreement import written

    def said(entry: Entry) -> dict[str, str]:
        return {
            "sent_at": entry.sent_at.isoformat(sep=" "),
            "member": names.get(entry.member_id or "", "WhatsApp"),
            "text": entry.text,
        }

    return {
        "message_id": one.pair.entry.id,
        "area": one.pair.case,
        "group": labels[one.pair.entry.group_id],
        **said(one.pair.entry),
        "a": written(one.pair.first),
        "b": written(one.pair.second),
        "pattern": one.pattern,
        "before": [said(entry) for entry in one.before],
        "after": [said(entry) for entry in one.after],
    }


def _show(compared: Compared, told: Sequence[Mapping[str, Any]]) -> None:
    last = ""
    for one in told:
        if one["pattern"] != last:
            last = one["pattern"]
            print_lines([f"== only {compared.first} / only {compared.second}: {last}", ""])
        print_lines(
            [
                *(_line("  ", entry) for entry in one["before"]),
                f"{_line('->', one)}   [{one['group']}, {one['sent_at'][:10]}]",
                f"   {compared.first}: {one['a']}   {compared.second}: {one['b']}",
                *(_line("  ", entry) for entry in one["after"]),
                "",
            ]
        )


def _line(mark: str, entry: Mapping[str, str]) -> str:
    from chatcode.review.view import visible

    text = " / ".join(visible(entry["text"]).splitlines())
    return f"{mark} {entry['sent_at'][11:16]} {entry['member']}: {text}"
