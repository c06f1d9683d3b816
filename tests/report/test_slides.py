"""Slides: one intervention a page, facts and a question, no mark and no proposal."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from chatcode.codebook import Codebook
from chatcode.domain import Action, Beside
from chatcode.report.document import Heading, Listing
from chatcode.report.slides import render, slides

ON = date(2021, 5, 12)
LINES = [
    ("2020-10-01", "b", "4+"),
    ("2020-10-02", "d", "4-"),
    ("2020-11-01", "d", "M"),
    ("2020-11-02", "p", "1+", 2),
]


def deck(chat, **more):
    return slides(chat(LINES, **more), Codebook.load(), lang="en", study="s", on=ON)


def facts(document, number):
    places = [n for n, b in enumerate(document.blocks) if isinstance(b, Heading)]
    own = document.blocks[places[number - 1] : places[number]]
    return next(b for b in own if isinstance(b, Listing)).items


def test_every_intervention_has_a_page_and_the_last_asks_what_now(chat):
    page = render(deck(chat)).decode("utf-8")
    assert page.count('<section class="slide">') == page.count("</section>") == 13
    titles = re.findall(r"<h2>(.*?)</h2>", page)
    assert [title.partition(".")[0] for title in titles[:-1]] == [str(n) for n in range(1, 12)]
    assert titles[-1] == "What now?"


def test_the_facts_are_counts(chat):
    document = deck(chat)
    assert facts(document, 4) == (
        "seen on 1 day, in 1 of 12 months; in the time before on 0 days; against it on 1 day.",
    )
    assert "answered 1 of 1" in facts(document, 1)[0]


def test_where_too_little_is_reviewed_no_fact_is_given(chat):
    assert facts(deck(chat, open_=5), 4) == ("too little is reviewed to say",)


def test_what_was_agreed_stands_on_the_page_of_its_intervention(chat):
    action = Action(
        1,
        "Noord",
        4,
        "a standing text",
        "beheerder",
        date(2021, 6, 1),
        ON,
        "r",
        datetime(2021, 5, 12, tzinfo=UTC),
    )
    document = slides(
        chat(LINES), Codebook.load(), lang="en", study="s", on=ON, beside=Beside(actions=(action,))
    )
    told = [b for b in document.blocks if isinstance(b, Listing) and "a standing text" in b.items[0]]
    assert [b.items for b in told] == [("a standing text: beheerder, by 1 June 2021.",)]
