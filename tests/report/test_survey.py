"""The document of the survey: the study's tables, and words that never say more than the figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chatcode.codebook import Codebook
from chatcode.report import docx, html, markdown, means, xlsx
from chatcode.report.document import Heading, MeansChart, Paragraph, Table
from chatcode.report.survey import own_words, survey_report, survey_section
from chatcode.report.terminal import show
from chatcode.report.words import Words
from chatcode.survey.figures import Count, Figures, Measure, Share, figures_from_published
from chatcode.survey.published import read_published

DATA = Path(__file__).parent.parent / "survey" / "data"
MARKS = {("Lombardijen", n): "✓" for n in (8, 11)} | {("Essenburgbuurt", 2): "✓", ("Essenburgbuurt", 3): "X"}
CODEBOOK = Codebook.load()


@pytest.fixture(scope="module")
def published():
    entries = [e for name in ("baseline", "followup") for e in read_published(DATA / f"{name}.csv")]
    figures = figures_from_published(entries, name="Rotterdam")
    return replace(
        figures,
        measures=tuple(
            replace(m, wanted="down" if "Onveilig" in m.id else "up", interventions=(2, 3, 8, 11))
            for m in figures.measures
        ),
    )


def changed(figures, indicator, area, **values):
    """The figures with one change that is otherwise."""
    return replace(
        figures,
        changes=tuple(
            replace(c, **values) if (c.indicator, c.area) == (indicator, area) else c for c in figures.changes
        ),
    )


def text(document):
    return " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def table(document, words):
    (found,) = (t for t in document.tables() if words in t.caption and "alle toetsen" not in t.caption)
    return found


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_format_can_write_it(published, lang):
    few = replace(published, cases={"Lombardijen": "Lombardijen"}, rows=published.rows[-8:])
    document = survey_report(few, lang=lang, codebook=CODEBOOK, marks=MARKS)
    for render in (html.render, docx.render, xlsx.render, markdown.render):
        assert len(render(document)) > 5000


def test_the_baseline_has_the_layout_of_the_study(published):
    found = table(survey_report(published, lang="nl"), "De voormeting: deelnemers en buurtgenoten (tabel 4)")
    assert [c.title for c in found.columns if c.title not in ("Indicator", "Gebied")] == [
        "E: n", "E: M", "E: SD", "C: n", "C: M", "C: SD", "p", "p zoals gedrukt",
    ]  # fmt: skip
    assert found.rows[0][:5] == ("Alertheid", "Lombardijen", 82, 2.91, 0.77)
    assert found.rows[0][-1] == "<0.001"


def test_where_welch_says_otherwise_a_sign_and_a_note_say_so(published):
    found = table(survey_report(published, lang="nl"), "Voor en na, per groep (tabel 6)")
    assert [row[:2] for row in found.rows if "†" in str(row[-1])] == [
        ("Rapportcijfer veiligheid", "Essenburgbuurt-E")
    ]
    assert any(note.startswith("†") and "0,051" in note for note in found.notes)


def test_a_printed_p_that_does_not_follow_is_marked(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("indicator,n1,m1,sd1,n2,m2,sd2,p\nA,66,3.17,0.76,54,2.37,0.76,.04\n", encoding="utf-8")
    document = survey_report(figures_from_published(read_published(path), name="t"), lang="en")
    assert "≠" in document.tables()[0].rows[0][-1]


def test_where_nothing_is_shown_nothing_is_claimed(published):
    document = survey_report(published, lang="nl", codebook=CODEBOOK, marks=MARKS)
    told = text(document)
    assert "in 0 van de 16 vergelijkingen" in told
    assert told.count("een verschil tussen beide veranderingen is niet aangetoond") == 16
    assert "gewenste richting. Ook" not in told
    synthesis = table(document, "Welke versterkte factor")
    assert {row[2].split(":")[0] for row in synthesis.rows} == {
        "geen verandering aangetoond", "alleen bij één groep",
    }  # fmt: skip
    assert "0 veranderingen gaan in de gewenste richting" in told


def test_a_change_is_laid_beside_what_was_strengthened_and_never_tied_to_it(published):
    figures = changed(published, "Sociale cohesie", "Essenburgbuurt", difference=0.6, p=0.001, p_holm=0.016)
    figures = changed(figures, "Alertheid", "Essenburgbuurt", difference=-0.6, p=0.001, p_holm=0.016)
    document = survey_report(figures, lang="nl", codebook=CODEBOOK, marks=MARKS)
    rows = {row[:2]: row[2:] for row in table(document, "Welke versterkte factor").rows}
    better, worse = rows["Sociale cohesie", "Essenburgbuurt"], rows["Alertheid", "Essenburgbuurt"]
    assert better == (
        "ten goede: 0,60 (p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}0,001)", "2. Werven van nieuwe deelnemers",
        "Kan samenhangen; dit onderzoek kan dat niet aantonen.",
    )  # fmt: skip
    assert worse[0].startswith("ten kwade")
    assert "geen teken verklaart het" in worse[2]


def test_a_change_without_a_strengthened_factor_says_so_and_what_is_not_marked_is_open(published):
    figures = changed(published, "Sociale cohesie", "Essenburgbuurt", difference=0.6, p=0.04, p_holm=0.6)
    for marks, reading in (
        ({("Essenburgbuurt", n): "=" for n in range(1, 12)}, "Geen versterkte factor die het verklaart."),
        ({("Essenburgbuurt", 2): "="}, "Geen waarvoor een teken is gezet; 3 nog zonder teken."),
    ):
        document = survey_report(figures, lang="nl", codebook=CODEBOOK, marks=marks)
        (row,) = (r for r in table(document, "Welke versterkte").rows if r[2].startswith("ten goede"))
        assert row[4].startswith(reading)
        assert "na correctie blijft zij niet staan" in row[4]


def test_without_marks_there_is_no_synthesis(published):
    document = survey_report(published, lang="nl", codebook=CODEBOOK, marks={})
    assert "nog geen tekens gezet" in text(document)
    assert not any("Welke versterkte" in t.caption for t in document.tables())


def test_the_chart_has_a_panel_per_indicator_and_area_and_says_it_in_words(published):
    document = survey_report(published, lang="nl")
    (chart,) = (block for block in document.blocks if isinstance(block, MeansChart))
    assert len(chart.panels) == 16
    assert [line.name for line in chart.panels[0].lines] == ["E", "C"]
    assert "Alertheid · Lombardijen. E: 2,91 → 2,93; C: 2,47 → 2,57." in chart.alt
    chart = replace(chart, panels=chart.panels[:2])
    drawn = means.svgs(chart, "nl")
    assert len(drawn) == 2
    assert all(one.startswith("<svg") and 'role="img"' in one and "<style" not in one for one in drawn)
    assert means.svgs(chart, "nl") == drawn
    assert means.png(chart, "nl", dpi=40) == means.png(chart, "nl", dpi=40)


def test_a_handful_of_people_is_shown_as_a_handful():
    figures = Figures(
        {"nl": "x", "en": "x"}, (Measure("m", {"nl": "m", "en": "m"}),), {"West": "West"},
        counts=(Count("West", "E", "before", 40, 50),),
        shares=(
            Share("Sex", "Woman", "West", "E", "before", 38, 40),
            Share("Sex", "Woman", "West", "C", "before", 20, 40),
            Share("Sex", "Man", "West", "C", "before", 20, 40),
        ),
    )  # fmt: skip
    found = table(survey_report(figures, lang="en"), "Sex")
    assert found.rows == (("West E before", 40, 0.95, "< 5"), ("West C before", 40, 0.5, 0.5))


def test_figures_without_both_groups_and_waves_say_what_they_cannot_tell(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("indicator,group,n1,m1,sd1,n2,m2,sd2\nA,E-vs-C,66,3.1,0.7,54,2.3,0.7\n", encoding="utf-8")
    document = survey_report(figures_from_published(read_published(path), name="t"), lang="en")
    assert "cannot be told from these figures" in text(document)


def test_a_section_for_another_document_has_changes_and_synthesis(published):
    blocks = survey_section(published, lang="nl", codebook=CODEBOOK, marks=MARKS)
    assert isinstance(blocks[0], Heading)
    assert [b.caption for b in blocks if isinstance(b, Table)] == [
        "Veranderden deelnemers anders dan hun buurtgenoten?",
        "Welke versterkte factor zou welke verandering kunnen verklaren",
    ]


def test_labels_of_published_figures_are_no_words_of_the_researchers_own(published):
    assert own_words(published) == []


def test_it_can_be_read_in_the_terminal(published):
    from io import StringIO

    from rich.console import Console

    stream = StringIO()
    show(survey_report(published, lang="nl"), Console(file=stream, width=140))
    assert "E 2,91 → 2,93" in stream.getvalue()


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0412, "0,041"), (0.0004, "<0,001"), (0.0006, "0,001"), (0, "<0,001"), (1, "1,000")],
)
def test_a_p_is_never_nought(value, shown):
    assert Words("nl").p(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(2.905, "2,90"), (-0.2, "−0,20"), (-0.001, "0,00")])
def test_a_mean_has_two_decimals_and_a_true_minus(value, shown):
    assert Words("nl").decimal(value) == shown
