"""The report of frequencies: conclusions first, every figure with what it rests on, nothing quoted."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime

import pytest

from chatcode.codebook import Codebook
from chatcode.domain import Entry, Layer, Link, Period
from chatcode.report.document import Box, Chart, Heading, Listing, Paragraph, Table
from chatcode.report.formats import RENDERERS
from chatcode.report.frequencies import frequency_report
from chatcode.report.words import own_words

CODEBOOK = Codebook.load()
EMPTY = Layer(coder="", cases=(), groups=(), members={}, entries=(), acts={}, coverage={})
TO_MAY = Period(date(2019, 9, 1), date(2021, 5, 1))
LINES = [
    ("2019-10-01", "d", "M"),
    ("2019-10-01", "b", "1+", 0),
    ("2020-09-09", "d", "M"),
    ("2020-09-09", "d", "M"),
    ("2020-09-09", "d", "1+", 2),
    ("2020-09-10", "p", "1+", 3),
    ("2020-10-01", "d", "5-:looks 7-"),
    ("2020-10-01", "b", "7+", 6),
    ("2020-10-02", "d", ""),
    ("2021-01-05", "d", "8+"),
]  # fmt: skip


def report(layer, lang="nl", **options):
    return frequency_report(layer, CODEBOOK, lang=lang, study="waterstad", **options)


def texts(part):
    """Every string of a document, in order."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple | list):
        for one in part:
            yield from texts(one)
    elif is_dataclass(part):
        for one in fields(part):
            yield from texts(getattr(part, one.name))


def table(document, sheet):
    """The rows of a table by its sheet, as dictionaries by column."""
    found = next(t for t in document.tables() if t.sheet == sheet)
    return [dict(zip((c.title for c in found.columns), row, strict=True)) for row in found.rows]


def points(document):
    return [point for block in document.blocks if isinstance(block, Listing) for point in block.items]


def notice(layer, day, event):
    sent_at = datetime.fromisoformat(f"{day}T10:00")
    entry = Entry(f"n{day}", "Noord", 500, sent_at, "system", "x", event=event, target_ids=("d",))
    return replace(layer, entries=[*layer.entries, entry])


def test_conclusions_come_before_any_table(chat):
    blocks = report(chat(LINES)).blocks
    assert blocks[0] == Heading("In het kort")
    first = next(n for n, block in enumerate(blocks) if isinstance(block, Table))
    assert any(isinstance(block, Listing) for block in blocks[:first])


def test_conclusions_say_what_was_seen_most_not_at_all_and_against_it(chat):
    told = points(report(chat(LINES)))
    assert "Op de meeste dagen gezien: 1. Terugkoppelen van acties en resultaat (1 dag);" in told[0]
    assert told[1].startswith("Niet in de app gezien van wie het hoort te doen: 2. Werven")
    assert "8. Duiding geven" in told[1]
    assert told[2].startswith("Het tegengestelde kwam op de meeste dagen voor bij: 5. Trainingen")
    assert told[3] == "Voorvallen: 2; met terugkoppeling van een beheerder of professional: 1."
    assert told[4] == "Nagekeken: 8 van de 8 berichten in de onderzoeksperiode."
    assert told[5] == "Dagen in beeld: 365 van de 365."


def test_what_is_not_reviewed_is_not_called_unseen_or_unanswered(chat):
    layer = chat(LINES)
    few = dict(list(layer.acts.items())[:5])
    told = points(report(replace(layer, acts=few)))
    assert told[0].startswith("Er is te weinig nagekeken om te zeggen wat niet te zien was")
    assert "Nagekeken: 3 van de 8 berichten in de onderzoeksperiode." in told
    assert not [point for point in told if point.startswith(("Niet in de app gezien", "Voorvallen:"))]


def test_a_period_that_no_export_covers_has_nothing_unseen(chat):
    early = [line for line in LINES if line[0] < "2020"]
    layer = replace(chat(early), coverage={"Noord": [Period(date(2019, 9, 1), date(2020, 9, 1))]})
    assert points(report(layer)) == [
        "Van de onderzoeksperiode is nog geen chatgeschiedenis ingelezen.",
        "Nagekeken: 0 van de 0 berichten in de onderzoeksperiode.",
        "Dagen in beeld: 0 van de 365.",
    ]


def test_it_claims_no_effect_and_ranks_nobody(chat):
    said = " ".join(texts(report(chat(LINES, cases=("West", "Noord")))))
    assert "Ze zeggen niet of de buurt veiliger is geworden" in said
    headings = [b.text for b in report(chat(LINES, cases=("West", "Noord"))).blocks if isinstance(b, Heading)]
    assert headings.index("Gebied West") < headings.index("Gebied Noord")


def test_it_says_pseudonymised_and_never_that_it_is_anonymous(chat):
    document = report(chat(LINES))
    assert "gepseudonimiseerd" in document.status
    assert "anoniem" not in " ".join(texts(document))


def test_it_holds_no_text_of_the_chat_and_no_member(chat):
    said = " ".join(texts(report(chat(LINES), long=True)))
    assert "Zwaluwnest" not in said
    assert "Deelnemer-01" not in said


@pytest.mark.parametrize(
    ("change", "interim"),
    [
        (lambda layer: layer, False),
        (lambda layer: replace(layer, acts=dict(list(layer.acts.items())[:-2])), True),
        (
            lambda layer: replace(layer, coverage={"Noord": [Period(date(2019, 9, 1), date(2021, 5, 1))]}),
            True,
        ),
    ],
)
def test_it_is_interim_until_the_period_is_covered_and_reviewed(chat, change, interim):
    document = report(change(chat(LINES)))
    assert document.status.startswith("tussentijds – niet om uit te citeren") is interim


def test_figures_say_what_they_rest_on(chat):
    rows = table(report(chat(LINES)), "Noord basis")
    assert [(r["Tijdvak"], r["Eerste dag"], r["Laatste dag"]) for r in rows] == [
        ("Tijd ervoor", "2019-09-01", "2020-08-31"),
        ("Onderzoeksperiode", "2020-09-01", "2021-08-31"),
    ]
    assert [(r["Berichten"], r["Nagekeken"], r["Deel nagekeken"]) for r in rows] == [(2, 2, 1.0), (8, 8, 1.0)]
    assert [(r["Dagen"], r["Dagen in beeld"]) for r in rows] == [(366, 366), (365, 365)]


def test_codes_are_counted_before_and_in_the_period_actors_and_climate_apart(chat):
    rows = {row["Code"][:2]: row for row in table(report(chat(LINES)), "Noord")}
    feedback = rows["1+"]
    assert [feedback[f"Ervoor: {unit}"] for unit in ("berichten", "dagen", "voorvallen")] == [1, 1, 1]
    assert [feedback[f"Periode: {unit}"] for unit in ("berichten", "dagen", "voorvallen")] == [2, 2, 2]
    assert feedback["Periode: dagen, door wie het hoort te doen"] == 1
    assert feedback["Periode: dagen, door anderen (klimaat)"] == 1
    assert rows["M "]["Periode: berichten"] == 2
    assert rows["5-"]["Periode: voorvallen"] is None


def test_a_stretch_that_no_export_covers_has_no_counts_and_no_zeros(chat):
    layer = replace(chat(LINES), coverage={"Noord": [Period(date(2020, 9, 1), date(2021, 9, 1))]})
    document = report(layer)
    assert {row["Ervoor: berichten"] for row in table(document, "Noord")} == {None}
    assert {row["Gezien: ervoor"] for row in table(document, "Noord per maand")} == {None}


def test_kinds_of_the_opposite_are_shown_where_coders_chose_any(chat):
    (row, other) = table(report(chat(LINES)), "Noord soorten")
    assert (row["Soort"], row["Periode: berichten"]) == ("verdacht om uiterlijk of afkomst", 1)
    assert other["Soort"] == "geen soort gekozen"
    without = report(chat([("2020-10-01", "d", "5-")]))
    assert "Noord soorten" not in [t.sheet for t in without.tables()]


def test_an_answer_counts_by_whom_and_when(chat):
    rows = table(report(chat(LINES)), "Voorvallen")
    told = (
        "Teruggekoppeld tijdens",
        "Alleen later teruggekoppeld",
        "Alleen door anderen",
        "Niet teruggekoppeld",
    )
    assert [[row[name] for name in told] for row in rows] == [[1, 0, 0, 0], [0, 1, 1, 0]]


def test_reports_that_are_tied_together_are_one_incident(chat):
    layer = chat(LINES)
    second = layer.acts["Noord-3"]
    tied = replace(second, links=(Link("incident", "Noord-2"),))
    rows = table(report(replace(layer, acts={**layer.acts, "Noord-3": tied})), "Voorvallen")
    assert rows[1]["Voorvallen"] == 1
    assert rows[1]["Alleen later teruggekoppeld"] == 1


@pytest.mark.parametrize(("incidents", "share"), [(9, None), (10, 0.5)])
def test_no_percentage_is_given_over_fewer_than_ten(chat, incidents, share):
    lines = [(f"2020-10-{day:02}", "d", "M") for day in range(1, incidents + 1)]
    lines += [("2020-11-01", "b", "1+", place) for place in range(5)]
    assert table(report(chat(lines)), "Voorvallen")[1]["Aandeel teruggekoppeld"] == share


@pytest.mark.parametrize(("open_", "share"), [(0, 0.5), (20, None)])
def test_no_percentage_is_given_where_too_little_is_reviewed(chat, open_, share):
    lines = [(f"2020-10-{day:02}", "d", "M") for day in range(1, 11)]
    lines += [("2020-11-01", "b", "1+", place) for place in range(5)]
    assert table(report(chat(lines, open_=open_)), "Voorvallen")[1]["Aandeel teruggekoppeld"] == share


def test_corrections_are_told_with_their_occasions(chat):
    row = table(report(chat(LINES)), "Iets van gezegd")[1]
    assert (row["Onfatsoenlijke berichten"], row["Iets van gezegd"]) == (1, 1)


def test_members_who_came_and_went_are_told_by_stretch_and_month(chat):
    layer = notice(notice(chat(LINES), "2020-10-05", "added"), "2020-11-05", "left")
    document = report(layer)
    assert [row["Saldo"] for row in table(document, "Leden")] == [0, 0]
    assert [(row["Maand"], row["Saldo"]) for row in table(document, "Leden per maand")] == [
        ("2020-10", 1),
        ("2020-11", -1),
    ]
    assert "Leden: 1 erbij en 1 eraf" in " ".join(points(document))


def test_a_month_reviewed_too_little_is_named_and_gives_no_figure(chat):
    document = report(chat(LINES, open_=3))
    (box,) = [b for b in document.blocks if isinstance(b, Box) and b.title == "Te weinig nagekeken"]
    assert box.paragraphs[1] == "Noord aug 2021"
    remarks = {row["Maand"]: row["Opmerking"] for row in table(document, "Maanden")}
    assert remarks["2021-08"] == "te weinig nagekeken: telt niet mee in gemiddelden"
    assert remarks["2020-09"] == ""
    assert remarks["2021-07"] == "geen berichten"
    (chart,) = [block for block in document.blocks if isinstance(block, Chart)]
    assert [panel.seen[chart.months.index("2021-08")] for panel in chart.panels] == [None] * 11


def test_the_chart_tells_the_time_before_from_the_period(chat):
    (chart,) = [block for block in report(chat(LINES)).blocks if isinstance(block, Chart)]
    assert (len(chart.months), chart.baseline, chart.months[chart.baseline]) == (24, 12, "2020-09")
    feedback, training = chart.panels[0], chart.panels[4]
    assert sum(feedback.seen) == 2
    assert sum(training.opposite) == 1


def test_what_exports_cannot_show_is_said(chat):
    boxes = {block.title: block for block in report(chat(LINES)).blocks if isinstance(block, Box)}
    told = boxes["Wat een export niet laat zien"].paragraphs[0]
    for missing in ("Duimpjes", "op welk bericht iemand antwoordt", "foto", "stil vertrekken"):
        assert missing in told


def test_the_long_report_has_every_month_and_code_that_was_seen(chat):
    rows = table(report(chat(LINES), long=True), "Per maand")
    assert {(row["Maand"], row["Code"]): row["Berichten"] for row in rows}["2020-09", "M"] == 2
    assert "Per maand" not in [t.sheet for t in report(chat(LINES)).tables()]


def test_every_figure_of_the_table_is_the_sum_of_the_months(chat):
    document = report(chat(LINES, cases=("Noord", "West")), long=True)
    months = table(document, "Per maand")
    for area in ("Noord", "West"):
        for row in table(document, area):
            code = row["Code"].split()[0]
            own = [m["Berichten"] for m in months if m["Gebied"] == area and m["Code"] == code]
            assert row["Ervoor: berichten"] + row["Periode: berichten"] == sum(own)


def test_an_area_without_period_counts_every_covered_day(chat):
    layer = chat(LINES)
    document = report(replace(layer, cases=[replace(layer.cases[0], period=None, baseline=None)]))
    rows = {row["Code"][:2]: row for row in table(document, "Noord")}
    assert rows["1+"]["Periode: berichten"] == 3


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("ending", sorted(RENDERERS))
def test_it_can_be_written_in_every_format_and_the_same_each_time(chat, lang, ending):
    layer = chat(LINES, cases=("Noord", "West"), open_=3)
    written = RENDERERS[ending](report(layer, lang, long=True))
    assert written == RENDERERS[ending](report(layer, lang, long=True))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_an_empty_study_has_a_report_that_knows_the_words_of_any_other(chat, lang):
    document = frequency_report(EMPTY, CODEBOOK, lang=lang, study="", long=True)
    said = " ".join(texts(document))
    for intervention in CODEBOOK.interventions.values():
        assert intervention.name[lang] in said
        assert all(sub.name[lang] in said for sub in intervention.opposite.sub_reasons)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("lines", [LINES, LINES[:1], [("2020-10-01", "d", "M"), ("2020-10-02", "b", "1+")]])
@pytest.mark.parametrize("open_", [0, 3])
def test_whatever_a_report_says_an_empty_one_says_too(chat, lang, lines, open_):
    def words(document):
        return set(re.findall(r"[^\W\d_]+", " ".join(texts(document)).casefold()))

    layer = notice(notice(chat(lines, open_=open_), "2020-10-05", "added"), "2020-11-05", "left")
    document = frequency_report(layer, CODEBOOK, lang=lang, study="", long=True)
    empty = frequency_report(EMPTY, CODEBOOK, lang=lang, study="", long=True)
    months = set(re.findall(r"[^\W\d_]+", " ".join(own_words()).casefold()))
    labels = {"noord", "anna"}
    assert words(document) - words(empty) - months - labels == set()


def test_an_empty_study_says_that_there_is_nothing_to_count():
    document = frequency_report(EMPTY, CODEBOOK, lang="nl", study="")
    assert Paragraph("Er is nog niets te tellen.") in document.blocks
