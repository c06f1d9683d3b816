"""What the samples of a study say of all messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from chatcode.analysis.estimation import Drawing, Estimate, Total
    from chatcode.analysis.sampling import Drawn
    from chatcode.codebook import Codebook
    from chatcode.domain import Act, Layer
    from chatcode.study.samples import SampleSheet
    from chatcode.study.store import Study


def drawings(study: Study, layer: Layer, codebook: Codebook, *, until: date | None = None) -> list[Drawing]:
    """The samples drawn for coding, with estimates where a layer does not hold (nearly) everything.

    Where at least 95 % of all messages of an area is reviewed the count is exact, and nothing is estimated.
    What the layer lacks of a sample that was dealt out comes from the coders who got it. `until` leaves
    out the month of that day and what comes after it: a month is drawn from as a whole.
    """
    from chatcode.analysis.estimation import Drawing

    sheets = [sheet for sheet in study.samples() if sheet.purpose == "coding"]
    if not sheets:
        return []
    counted = _counted(layer)
    found = []
    for sheet in sheets:
        units = [
            one for one in drawn_units(study, sheet) if until is None or one.unit.month < f"{until:%Y-%m}"
        ]
        rows = tuple(
            one
            for one in _estimates(
                study,
                units,
                sheet.kind,
                {**sample_acts(study, sheet), **layer.acts},
                codebook,
                by_month=False,
            )
            if (one.case, one.phase) not in counted
        )
        if not rows:
            continue
        strata = {(one.unit.group_id, one.unit.month, one.unit.phase): one.stratum_units for one in units}
        found.append(
            Drawing(
                sheet.kind,
                sheet.share,
                sheet.seed,
                len(units),
                sum(strata.values()),
                sum(len(one.unit.entry_ids) for one in units),
                tuple(name for name in sheet.coders if name != "anybody") or (layer.coder,),
                rows,
            )
        )
    return found


def sample_acts(study: Study, sheet: SampleSheet) -> dict[str, Act]:
    """What counts of a sample: the adjudicated layer, else the coder who was named first."""
    names = [name for name in sheet.coders if name != "anybody"] or study.coders()
    settled = study.adjudicator()
    found: dict[str, Act] = {}
    for coder in [*reversed(names), *([settled] if settled else [])]:
        found |= study.layer_acts(coder)
    return found


def drawn_units(study: Study, sheet: SampleSheet) -> list[Drawn]:
    """The units of a sample with what they stand for."""
    from chatcode.analysis.sampling import Drawn, Unit

    return [
        Drawn(Unit(u.group_id, u.month, u.phase, u.entry_ids), u.stratum_units, u.drawn)
        for u in study.sample_units(sheet.id)
    ]


def sample_estimates(
    study: Study, sheet: SampleSheet, acts: Mapping[str, Act], codebook: Codebook, *, by_month: bool = False
) -> list[Estimate]:
    """What a sample says of all messages, per area, stretch and code."""
    return _estimates(study, drawn_units(study, sheet), sheet.kind, acts, codebook, by_month=by_month)


def _estimates(
    study: Study,
    units: Sequence[Drawn],
    kind: str,
    acts: Mapping[str, Act],
    codebook: Codebook,
    *,
    by_month: bool,
) -> list[Estimate]:
    from chatcode.analysis.estimation import estimates

    names = {case.id: case.name for case in study.cases()}
    return estimates(
        units,
        entries={entry.id: entry for entry in study.entries()},
        acts=acts,
        members=study.members(),
        case_of={group.id: names[group.case_id] for group in study.groups()},
        codebook=codebook,
        with_days=kind == "week",
        by_month=by_month,
    )


def _counted(layer: Layer) -> set[tuple[str, str]]:
    """The areas and stretches of which (nearly) everything is reviewed."""
    from collections import Counter

    from chatcode.analysis.disagreement import period_at
    from chatcode.analysis.frequency import ENOUGH_REVIEWED, counted_messages

    every: Counter[tuple[str, str]] = Counter()
    reviewed: Counter[tuple[str, str]] = Counter()
    for _, case, entry in counted_messages(layer):
        place = case.name, period_at(case, entry)
        every[place] += 1
        reviewed[place] += entry.id in layer.acts
    return {place for place, n in every.items() if reviewed[place] >= ENOUGH_REVIEWED * n}


def estimated(samples: Sequence[Drawing]) -> dict[str, Any]:
    """The estimates as data; nothing where no sample was drawn or everything is reviewed."""
    if not samples:
        return {}
    rows = [
        {"kind": one.kind, "share": one.share, "seed": one.seed} | flat(row)
        for one in samples
        for row in one.estimates
    ]
    return {"estimates": rows}


def flat(one: Estimate) -> dict[str, Any]:
    """An estimate as one row; each total with its bounds."""
    row: dict[str, Any] = {
        "case": one.case, "phase": one.phase, "month": one.month or None, "code": one.code,
        "units": one.units, "seen": one.seen, "reviewed_share": one.reviewed_share,
    }  # fmt: skip
    for name in ("messages", "actor_messages", "days", "actor_days"):
        total: Total | None = getattr(one, name)
        row[name] = total.value if total else None
        row[f"{name}_low"] = total.low if total else None
        row[f"{name}_high"] = total.high if total else None
    return row
