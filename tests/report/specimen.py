"""A document with every sort of block, for the renderers."""

from __future__ import annotations

from chatcode.report.document import (
    Box,
    Chart,
    Column,
    Document,
    Heading,
    Listing,
    Panel,
    Paragraph,
    Table,
)

MONTHS = tuple(f"{year}-{month:02}" for year in (2020, 2021) for month in range(1, 13))
CHART = Chart(
    caption="Dagen per maand",
    months=MONTHS,
    baseline=12,
    panels=(
        Panel("1. Terugkoppelen & <resultaat>", (3, 0, None) + (1,) * 21, (0,) * 20 + (2,) * 4),
        Panel("2. Werven", (0,) * 24, (0,) * 24),
    ),
    unit="dagen",
    alt="Twee kleine grafieken.",
)
TABLE = Table(
    caption="Codes | in ’t Zand",
    columns=(
        Column("Code"),
        Column("Maand", "month"),
        Column("Dag", "date"),
        Column("Dagen", "number"),
        Column("Deel", "share"),
    ),
    rows=(
        ("=", "2020-09", "2020-09-01", 1234, 0.5),
        ("=1+1", "2021-01", "2021-01-31", 0, None),
        ("https://example.org <b>", "2021-02", "2021-02-28", 2.25, 1.0),
    ),
    notes=("~ deels & *weinig*",),
    sheet="Noord/Oost [1]: een lange naam voor een blad",
)
DOCUMENT = Document(
    title="Buurtpreventie Oost & ’t Zand <2024>",
    lang="nl",
    status="tussentijds – niet om uit te citeren",
    blocks=(
        Heading("In het kort"),
        Paragraph("= geen formule, _geen_ cursief.", strong=True),
        Listing(("een", "twee"), numbered=True),
        Listing(("drie # vier",)),
        Heading("Noord", level=3),
        TABLE,
        CHART,
        Box("Let op", ("Eerste <regel>.", "Tweede regel.")),
    ),
)
