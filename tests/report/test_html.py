"""A page that needs nothing else, and that a screen reader, a phone and a printer can read."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from chatcode.report import html
from chatcode.report.document import Document

from .specimen import CHART, DOCUMENT, TABLE


class Page(HTMLParser):
    """The tags of a page with their attributes, and the text it shows."""

    def __init__(self, data):
        super().__init__()
        self.tags, self.text, self.open = [], [], []
        self.feed(data.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "link", "use", "path"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag in ("path", "use"):
            return
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def data():
    return html.render(DOCUMENT)


@pytest.fixture(scope="module")
def page(data):
    return Page(data)


def test_what_is_opened_is_closed(page):
    assert page.open == []


def test_it_needs_nothing_else_and_runs_nothing(page, data):
    assert {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object"} == set()
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    links = [a.get("href") or a.get("src") or a.get("xlink:href") or "#" for _, a in page.tags]
    assert all(link.startswith("#") for link in links)
    assert b"url(http" not in data
    assert b"@import" not in data


def test_it_names_its_language_and_title(page):
    assert page.all("html")[0]["lang"] == "nl"
    assert page.text[page.text.index(DOCUMENT.title)] == "Buurtpreventie Oost & ’t Zand <2024>"
    assert Page(html.render(replace(DOCUMENT, lang="en"))).all("html")[0]["lang"] == "en"


def test_headings_go_down_without_a_gap(page):
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_table_has_its_caption_and_heads_in_both_directions(page):
    assert TABLE.caption in page.text
    scopes = [attrs["scope"] for attrs in page.all("th")]
    assert scopes.count("col") == len(TABLE.columns)
    assert scopes.count("row") == len(TABLE.rows)


def test_what_scrolls_can_be_reached_by_keyboard_and_has_a_name(page):
    regions = [attrs for attrs in page.all("div") if attrs.get("role") == "region"]
    assert [(attrs["tabindex"], attrs["aria-label"]) for attrs in regions] == [("0", TABLE.caption)]


def test_the_first_stop_leads_past_the_top(page):
    first = page.all("a")[0]
    assert first["href"] == f"#{page.all('main')[0]['id']}"


def test_cells_are_written_in_the_language(page):
    assert {"september 2020", "1 september 2020", "1.234", "50%", "=", "=1+1"} <= set(page.text)


def test_a_panel_is_a_picture_with_its_figures_in_words(page):
    drawings = page.all("svg")
    assert [drawing["role"] for drawing in drawings] == ["img"] * len(CHART.panels)
    assert drawings[0]["aria-label"] == "1. Terugkoppelen & <resultaat>: 24 boven de lijn, 8 eronder (dagen)"


def test_no_name_inside_the_page_stands_twice(page):
    names = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(names) == len(set(names))


def test_it_has_a_dress_for_the_dark_and_one_for_paper(data):
    assert b"prefers-color-scheme: dark" in data
    assert b"@media print" in data


def contrast(one, other):
    """Contrast of two colours by WCAG 2.2, from 1 to 21."""

    def light(colour):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_words_stand_out_from_the_ground_by_day_and_by_night(data):
    dresses = re.findall(r":root \{(.*?)\}", data.decode())[:2]
    assert len(dresses) == 2
    for dress in dresses:
        colours = {
            name: value if len(value) == 6 else "".join(sign * 2 for sign in value)
            for name, value in re.findall(r"--(\w+): #(\w+);", dress)
        }
        for ground in (colours["paper"], colours["soft"]):
            assert contrast(colours["ink"], ground) >= 4.5
        assert contrast(colours["accent"], colours["paper"]) >= 4.5


def test_the_same_document_gives_the_same_bytes(data):
    assert html.render(DOCUMENT) == data


def test_a_document_without_blocks_is_a_page_too():
    assert "Leeg" in Page(html.render(Document("Leeg", "en", "", ()))).text


def test_every_count_can_be_opened_and_is_not_in_the_way():
    page = Page(html.render(replace(DOCUMENT, blocks=(replace(TABLE, detail=True),))))
    assert [tag for tag, _ in page.tags if tag in ("details", "summary", "table")] == [
        "details", "summary", "table",
    ]  # fmt: skip
    assert "open" not in page.all("details")[0]
