"""The package for reviewers: counts without any text, from which the table can be worked out again."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from chatcode.analysis.assessment import Cell, Held
from chatcode.analysis.proposal import CONVENTIONS, Constants
from chatcode.domain import Case, Mark
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.analysis.frequency import Frequency
    from chatcode.codebook import Codebook

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 100_000_000
_FLAGS = frozenset(
    {
        "decline", "no_occasion", "too_little", "not_agreed", "depends", "ask", "not_reviewed", "not_linked",
        "no_agreement",
    }
)  # fmt: skip
_CELLS = (
    "case", "intervention", "measure", "basis", "intake", "researcher", "administrator", "official", "final",
    "flag", "proposed", "ground", "counts",
)  # fmt: skip
README = """Counts of a chatcode study, without any text of messages and without any person.

cells.csv        one row per area and intervention: the marks that people gave, the proposal that the
                 conventions make of the counts, and `counts`, all that it is worked out from, as JSON
                 (empty proposal: nobody has rated the cell, or the counts do not decide)
monthly.csv      the same counts month by month
frequencies.csv  every group, month and code: messages, days, incidents, covered days, share reviewed
conventions.csv  the constants of the proposal
codebook.yaml    the codebook in use

To work the table out again:  chatcode method --recompute THIS.zip
Without chatcode: the rule is described in its docs/counting.md; `counts` holds every number it needs.
"""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A cell of a package: the proposal in it, and what comes out when it is worked out again."""

    case: str
    intervention: int
    proposed: str | None
    again: str | None

    @property
    def same(self) -> bool:
        """Whether both are the same."""
        return self.proposed == self.again


def write(
    cells: Sequence[Cell],
    frequencies: Iterable[Frequency],
    codebook: Codebook,
    constants: Constants = CONVENTIONS,
) -> bytes:
    """The package as the bytes of a zip; the same study gives the same bytes."""
    files = {
        "README.txt": README,
        "cells.csv": _csv(_CELLS, [_cell(cell) for cell in cells]),
        "monthly.csv": _monthly(cells),
        "frequencies.csv": _rows([_rounded(asdict(row)) for row in frequencies]),
        "conventions.csv": _rows(
            [{"name": name, "value": value} for name, value in asdict(constants).items()]
        ),
        "codebook.yaml": codebook.text,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def recompute(data: bytes, name: str) -> list[Recomputed]:
    """Work the proposals of a package out again from its counts, conventions and marks.

    Raises:
        ChatcodeError: it is no package, or something in it is not as it should be.
    """
    from chatcode.codebook import Codebook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
                raise ValueError("too large")
            texts = {
                n: archive.read(n).decode("utf-8") for n in ("cells.csv", "conventions.csv", "codebook.yaml")
            }
        rows = list(csv.DictReader(io.StringIO(texts["cells.csv"], newline="")))
        constants = Constants(
            **{r["name"]: float(r["value"]) for r in csv.DictReader(io.StringIO(texts["conventions.csv"]))}
        )
        counts = [json.loads(row["counts"]) for row in rows]
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise ChatcodeError(
            f"{name} is no package of counts", "Give the .zip of method --package."
        ) from error
    codebook = Codebook.parse(texts["codebook.yaml"], f"the codebook of {name}")
    held = Held.of(_marks(rows))
    found = []
    for row, told in zip(rows, counts, strict=True):
        case, number = Case(row["case"], row["case"], None, None), int(row["intervention"])
        proposal = held.proposal(case, codebook.interventions[number], told, constants)
        again = proposal.mark if proposal else None
        found.append(Recomputed(row["case"], number, row["proposed"] or None, again))
    return found


def _marks(rows: Iterable[Mapping[str, str]]) -> list[Mark]:
    """The marks that proposals wait for, and lean on; a package does not say why they were given."""
    at = datetime(2000, 1, 1, tzinfo=UTC)
    return [
        Mark(row["case"], int(row["intervention"]), stage, row[stage], "in the package", None, "package", at)
        for row in rows
        for stage in ("researcher", "final")
        if row[stage] or (stage == "researcher" and row["flag"])
    ]


def _cell(cell: Cell) -> dict[str, Any]:
    counts = cell.counts
    return {
        **asdict(cell),
        "measure": counts["measure"],
        "basis": counts["basis"],
        "intake": counts["intake"],
        # A flag that people made up is text of theirs.
        "flag": cell.flag if cell.flag in _FLAGS else None,
        "counts": json.dumps(_rounded(counts), ensure_ascii=False, sort_keys=True),
    }


def _rounded(value: Any) -> Any:  # noqa: ANN401 whatever JSON takes
    """Sixteen digits after a nought read as a telephone number, and say no more than eight."""
    if isinstance(value, float):
        return round(value, 8)
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list) else value


def _monthly(cells: Iterable[Cell]) -> str:
    return _rows(
        [
            {"case": cell.case, "intervention": cell.intervention, "stretch": stretch, **_rounded(month)}
            for cell in cells
            for stretch in ("baseline", "period")
            for month in cell.counts.get(stretch, {}).get("monthly", ())
        ]
    )


def _rows(rows: Sequence[Mapping[str, Any]]) -> str:
    return _csv(list(dict.fromkeys(name for row in rows for name in row)), rows)


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, fieldnames=list(columns), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
