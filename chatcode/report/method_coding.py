"""Who coded how much and how, what suggestions did, and how far coders agreed: for the appendix on method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chatcode.analysis.acceptance import acceptance
from chatcode.domain import Layer
from chatcode.report.document import Block, Column, Heading, Listing, Paragraph, Table
from chatcode.report.told import Told
from chatcode.report.words import Words

if TYPE_CHECKING:
    from chatcode.analysis.agreement import Overall


def coding(told: Told, layer: Layer, w: Words) -> Iterator[Block]:
    """Who coded how much, in which way and when."""
    modes = {
        "blind": w("without suggestions"),
        "assisted": w("with suggestions shown"),
        "bulk": w("several at once"),
        "adjudicated": w("settled between coders"),
    }
    yield Heading(w("Coders and coding"))
    yield Table(
        caption=w("Who coded how much, and how"),
        columns=(
            Column(w("Coder")),
            Column(w("Round"), "number"),
            Column(w("How")),
            Column(w("Messages"), "number"),
            Column(w("WhatsApp's lines"), "number"),
            Column(w("First day"), "date"),
            Column(w("Last day"), "date"),
        ),
        rows=tuple(
            (
                one["coder"], one["round"], modes.get(one["mode"], one["mode"]), one["messages"],
                one["notices"], one["first"], one["last"],
            )
            for one in told.work
        ),
        notes=(
            w("What counts: the codings of {coder}.", coder=layer.coder or "–"),
            w("Every decision is kept with its moment and its codebook; none is ever changed."),
        ),
        sheet=w("Coders"),
    )  # fmt: skip
    counted: dict[str, int] = {}
    for line in told.log:
        counted[line["command"]] = counted.get(line["command"], 0) + 1
    named = {
        "practice": w("Training: practice on coded chats, {n} times.", n=counted.get("practice", 0)),
        "sample": w("Sampling: samples drawn, {n}.", n=counted.get("sample", 0)),
    }
    yield Listing(
        tuple(
            told_of if counted.get(command) else missing
            for (command, told_of), missing in zip(
                named.items(),
                (
                    w("Training: no practice is on record."),
                    w("Sampling: no sample is on record; every message of the exports was to be reviewed."),
                ),
                strict=True,
            )
        )
    )


def suggestions(told: Told, layer: Layer, w: Words) -> Iterator[Block]:
    """Whether the machine was heard, and what coders made of it."""
    yield Heading(w("Use of suggestions"))
    found = acceptance(layer.acts.values())
    assisted = sum(act.mode in ("assisted", "bulk") for act in layer.acts.values())
    if told.suggestions is None:
        yield Paragraph(w("No suggestions were made."))
    else:
        yield Paragraph(
            w(
                "A program made suggestions from the codebook's cues and a trained model. Of {n} "
                "decisions that "
                "count, {assisted} were made with suggestions in sight. Nothing counts but what a coder "
                "confirmed.",
                n=w.number(len(layer.acts)),
                assisted=w.number(assisted),
            )
        )
    if found or not layer.cases:
        yield Table(
            caption=w("What became of suggestions that were shown"),
            columns=(
                Column(w("Code")),
                Column(w("Shown"), "number"),
                Column(w("Kept"), "number"),
                Column(w("Added by the coder"), "number"),
            ),
            rows=tuple((one.code, one.shown, one.kept, one.added) for one in found),
            sheet=w("Suggestions"),
        )
    proposed, taken = told.links
    if proposed or not layer.cases:
        yield Paragraph(
            w(
                "Beside the decisions that count {proposed} links to an earlier message were proposed; "
                "coders took {taken} of them. They lean on the coder's own codes and were shown to no blind "
                "coder.",
                proposed=w.number(proposed),
                taken=w.number(taken),
            )
        )


def agreement(told: Told, w: Words) -> Iterator[Block]:
    """How far coders agreed before they talked, pair by pair and all at once."""
    yield Heading(w("Agreement between coders"))
    if not told.agreed:
        yield Paragraph(
            w(
                "No two coders have read the same messages independently: nothing can be said of how "
                "another coder "
                "would have decided."
            )
        )
    for all_ in told.jointly:
        yield Table(
            caption=w("{coders}, all at once, before they talked", coders=", ".join(all_.names)),
            columns=(
                Column(w("Code")),
                Column(w("Messages read by two or more"), "number"),
                Column(w("Readings"), "number"),
                Column(w("Readings with the code"), "number"),
                Column("alpha"),
                Column(w("Interval of alpha (95%)")),
            ),
            rows=tuple(
                (row.code, row.n, row.values, row.uses, _two(row.alpha), _interval(row.low, row.high))
                for row in all_.codes
            ),
            notes=(
                *_over_sets(all_.overall, w),
                w("Where a code was used fewer than five times by each coder no coefficient is given."),
            ),
            sheet=w("Agreement of all"),
        )
    for one in told.agreed:
        yield Table(
            caption=w("{first} and {second}, before they talked", first=one.first, second=one.second),
            columns=(
                Column(w("Code")),
                Column(w("Messages read by both"), "number"),
                Column(w("Used by both"), "number"),
                Column(w("Only by the first"), "number"),
                Column(w("Only by the second"), "number"),
                Column("kappa"),
                Column("alpha"),
                Column("AC1"),
                Column(w("Interval of alpha (95%)")),
            ),
            rows=tuple(
                (
                    row.code, row.n, row.both, row.only_a, row.only_b, _two(row.kappa), _two(row.alpha),
                    _two(row.ac1), _interval(row.low, row.high),
                )
                for row in one.codes
            ),
            notes=(
                *_over_sets(one.overall, w),
                w("Where a code was used fewer than ten times no coefficient is given."),
            ),
            sheet=w("Agreement"),
        )  # fmt: skip


def _over_sets(overall: Sequence[Overall], w: Words) -> Iterator[str]:
    over = {"all messages": w("all messages"), "messages coded by somebody": w("messages coded by somebody")}
    for one in overall:
        yield w(
            "Over whole code sets ({over}): alpha {alpha}.", over=over[one.over], alpha=_two(one.alpha) or "–"
        )


def _interval(low: float | None, high: float | None) -> str | None:
    return f"{_two(low)} – {_two(high)}" if low is not None else None


def _two(value: float | None) -> str | None:
    return None if value is None else f"{value:.2f}"
