"""Charts: small multiples that are the same every time and readable without colour."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from chatcode.report import charts
from chatcode.report.document import Panel

from .specimen import CHART

BAR = re.compile(r"var\(--(seen|opposite), ")


@pytest.fixture(scope="module")
def drawn():
    return charts.svgs(CHART, "nl")


def bars(svg):
    """How many bars a drawing has above and below the line."""
    found = [match.group(1) for match in BAR.finditer(re.sub(r"<defs>.*?</defs>", "", svg, flags=re.DOTALL))]
    return found.count("seen"), len(re.findall(r"url\(#h", svg))


def test_there_is_a_drawing_per_panel_that_xml_understands(drawn):
    assert len(drawn) == len(CHART.panels)
    for svg in drawn:
        assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_month_with_something_seen_has_a_bar_and_the_opposite_is_hatched(drawn):
    assert bars(drawn[0]) == (22, 4)
    assert bars(drawn[1]) == (0, 0)


def test_text_stays_text_in_the_colour_and_type_of_the_page(drawn):
    words = re.findall(r"<text[^>]*>([^<]+)<", drawn[0])
    assert "jul 2020" in [word.strip() for word in words]
    assert "currentColor" in drawn[0]
    assert "DejaVu" not in drawn[0]
    assert "<style" not in drawn[0]


def test_no_moment_and_no_name_of_a_program_is_kept(drawn):
    assert "<metadata" not in drawn[0]
    assert not re.search(r"\d{4}-\d\d-\d\d", drawn[0])


def test_the_same_figures_give_the_same_signs(drawn):
    assert charts.svgs(CHART, "nl") == drawn
    assert charts.png(CHART, "nl", dpi=40) == charts.png(CHART, "nl", dpi=40)


def test_the_name_of_an_intervention_is_no_formula():
    panels = (Panel(r"Kosten $\frac$ delen", (1.0,) * 24, (0.0,) * 24),)
    assert charts.png(replace(CHART, panels=panels), "nl", dpi=40).startswith(b"\x89PNG")


def test_settings_of_the_users_own_drawings_change_nothing(drawn):
    from matplotlib import rc_context

    with rc_context({"axes.facecolor": "red", "font.size": 30, "savefig.bbox": "tight"}):
        assert charts.svgs(CHART, "nl") == drawn


def test_drawings_of_one_page_share_no_names(drawn):
    names = [set(re.findall(r' id="([^"]+)"', svg)) for svg in drawn]
    assert names[0] & names[1] == set()
    used = set(re.findall(r"""(?:url\(#|href="#)([\w.-]+)""", drawn[0]))
    assert used == names[0]


def test_the_picture_for_word_has_two_hundred_dots_an_inch():
    data = charts.png(CHART, "nl")
    width, _ = struct.unpack(">II", data[16:24])
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert width == round(3 * 3.15 * 200)


def test_the_key_tells_only_signs_that_are_there():
    told = charts.key(CHART, "nl")
    assert "gearceerd" in told
    assert "stippellijn" in told
    assert "×" in told
    whole = replace(CHART, baseline=0, panels=(Panel("x", (1,) * 24, (0,) * 24),))
    assert "stippellijn" not in charts.key(whole, "nl")
    assert "×" not in charts.key(whole, "nl")


@pytest.mark.parametrize("months", [1, 2, 7, 24])
def test_any_number_of_months_can_be_drawn(months):
    chart = replace(
        CHART, months=CHART.months[:months], baseline=0, panels=(Panel("x", (0,) * months, (5,) * months),)
    )
    assert bars(charts.svgs(chart, "en")[0]) == (0, months)


def test_a_chart_without_panels_is_an_empty_picture():
    assert charts.svgs(replace(CHART, panels=()), "nl") == ()
    assert charts.png(replace(CHART, panels=()), "nl", dpi=30).startswith(b"\x89PNG")
