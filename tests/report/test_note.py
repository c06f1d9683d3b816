"""The interim note: for an administrator, in counts and people's marks, without a word of the chat."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from chatcode.analysis.assessment import Cell
from chatcode.analysis.frequency import frequencies
from chatcode.codebook import Codebook
from chatcode.domain import Choice, Decision, Layer
from chatcode.report.document import Chart, Heading, Listing, Paragraph
from chatcode.report.note import interim_note

CODEBOOK = Codebook.load()
EMPTY = Layer(coder="", cases=(), groups=(), members={}, entries=(), acts={}, coverage={})
MADE_ON = date(2021, 10, 1)
MONTHS = [f"2020-{m:02}" for m in (9, 10, 11, 12)] + [f"2021-{m:02}" for m in range(1, 9)]


def note(layer, found=(), *, lang="nl", study="waterstad", until=None):
    return interim_note(
        layer, frequencies(layer, CODEBOOK), found, CODEBOOK,
        lang=lang, study=study, made_on=MADE_ON, until=until,
    )  # fmt: skip


def empty_note(lang):
    return interim_note(EMPTY, [], [], CODEBOOK, lang=lang, study="", made_on=MADE_ON)


def cell(intervention, mark, flag=None, case="Noord", proposed=None):
    return Cell(case, intervention, proposed, mark, None, None, flag, "een reden", {})


def monthly(codes, writer="b", months=MONTHS, day="03"):
    return [(f"{month}-{day}", writer, codes) for month in months]


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


def words(document):
    return set(re.findall(r"[^\W\d_]+", " ".join(texts(document.blocks)).casefold()))


def section(document, title):
    """The blocks under a heading, up to the next of its level."""
    blocks = list(document.blocks)
    start = next(i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.text == title)
    found = []
    for block in blocks[start + 1 :]:
        if isinstance(block, Heading) and block.level <= blocks[start].level:
            break
        found.append(block)
    return found


def priorities(document):
    blocks = section(document, "Drie punten om mee verder te gaan")
    return [block.text.partition(": ")[2] for block in blocks if isinstance(block, Heading)]


def name(number):
    return CODEBOOK.interventions[number].name["nl"]


BUSY = [
    *monthly("4+"),
    *monthly("11-", "d", day="09"),
    ("2020-10-01", "d", "M 1-:silence"),
    ("2020-10-02", "d", "M"),
    ("2020-10-02", "p", "1+", 25),
    ("2020-10-04", "d", "7-"),
]


def test_its_standing_is_interim_and_not_for_citation(chat):
    assert note(chat(BUSY)).status == "tussentijds – niet om uit te citeren · waterstad · 1 oktober 2021"


def test_page_one_goes_from_what_this_is_to_what_goes_well_to_three_priorities(chat):
    heads = [
        block.text for block in note(chat(BUSY)).blocks if isinstance(block, Heading) and block.level == 2
    ]
    assert heads[:2] == ["Wat goed gaat", "Drie punten om mee verder te gaan"]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("cases", [("Noord",), ("Noord", "West")])
@pytest.mark.parametrize("rated", [False, True])
@pytest.mark.parametrize("until", [None, date(2021, 3, 1)])
def test_the_empty_note_holds_every_word_of_any_other(chat, lang, cases, rated, until):
    found = [cell(n, "✓=~X"[n % 4], "not_agreed" if n == 5 else None) for n in range(1, 12)] if rated else []
    layer = chat(BUSY, cases=cases)
    known = words(empty_note(lang)) | {"noord", "west", "anna"}
    assert words(note(layer, found, lang=lang, until=until)) <= known


def test_it_holds_no_word_of_the_chat_and_no_member(chat):
    told = " ".join(texts(note(chat(BUSY))))
    assert "Zwaluwnest" not in told
    assert "Wijkagent-1" not in told
    assert "Deelnemer-01" not in told


def test_it_says_pseudonymised_and_never_anonymous(chat):
    told = " ".join(texts(note(chat(BUSY)))).casefold()
    assert "gepseudonimiseerd" in told
    assert "anoniem" not in told


def test_what_people_judged_well_is_told_as_their_judgement(chat):
    document = note(chat(BUSY), [cell(3, "✓"), cell(8, "="), cell(9, "~")])
    listing = next(block for block in section(document, "Wat goed gaat") if isinstance(block, Listing))
    assert f"{name(3)}: uitgevoerd en versterkt." in listing.items
    assert f"{name(8)}: voortgezet zoals u al deed." in listing.items
    assert not any(name(9) in item for item in listing.items)


def test_what_nobody_judged_is_told_in_days_and_never_as_a_mark(chat):
    document = note(chat(BUSY), [cell(n, None) for n in range(1, 12)])
    told = " ".join(texts(section(document, "Wat goed gaat")))
    assert f"{name(4)}: gezien op 12 dagen, in 12 maanden." in told
    assert not {"✓", "~", "X"} & set(" ".join(texts(document)).split())


def test_a_proposal_never_shows(chat):
    layer = chat(BUSY)
    with_one, without = [cell(4, "~", proposed="✓")], [cell(4, "~")]
    assert note(layer, with_one) == note(layer, without)


def test_what_goes_against_comes_before_what_is_absent(chat):
    found = priorities(note(chat(BUSY)))
    assert len(found) == 3
    assert found[0] == name(11)


def test_every_priority_has_its_advice_and_a_line_for_who_and_when(chat):
    blocks = section(note(chat(BUSY)), "Drie punten om mee verder te gaan")
    told = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert CODEBOOK.interventions[11].advice["opposite"]["nl"] in told
    assert sum(text.startswith("Wie: …") and "Wanneer: …" in text for text in told) == 3


def test_what_rests_on_another_priority_waits_for_it(chat):
    layer = chat(monthly("4+ 1+ 2+ 3+ 5+ 6+ 7+ 8+ 11+"))
    found = priorities(note(layer, [cell(9, "X"), cell(10, "X", "depends")]))
    assert name(9) in found
    assert name(10) not in found


def test_a_judged_x_is_not_called_unseen_where_a_trace_was_seen(chat):
    document = note(chat(monthly("4+", months=MONTHS[:1])), [cell(4, "X")])
    blocks = section(document, "Drie punten om mee verder te gaan")
    told = " ".join(texts(blocks))
    assert "volgens de onderzoeker is dit niet echt gedaan" in told
    everything = " ".join(texts(document))
    assert CODEBOOK.interventions[4].advice["not_seen"]["nl"] not in everything
    assert everything.count(CODEBOOK.interventions[4].advice["seen_little"]["nl"]) == 2


def test_areas_stand_in_the_order_of_the_study(chat):
    document = note(chat(BUSY, cases=("Zuid", "Noord")))
    table = next(t for t in document.tables() if name(4) in t.caption)
    assert [row[0] for row in table.rows] == ["Zuid", "Noord"]


def test_what_goes_against_is_told_by_its_kinds(chat):
    told = " ".join(texts(section(note(chat(BUSY)), f"1. {name(1)}")))
    assert "Wat ertegenin ging: één bericht op één dag. Waarvan: niets meer gehoord (1)." in told


def test_open_reports_are_a_count(chat):
    told = " ".join(texts(section(note(chat(BUSY)), "Wat wij zagen, per interventie")))
    assert "meldingen over 2 voorvallen. Bij 1 daarvan" in told


def test_a_share_is_given_from_ten_messages_on(chat):
    few = note(chat([("2020-10-01", "b", "4+")] * 9)).tables()[-1]
    many = note(chat([("2020-10-01", "b", "4+")] * 10)).tables()[-1]
    assert few.rows[0][2:5] == (9, 9, None)
    assert many.rows[0][2:5] == (10, 10, 1.0)


def test_too_little_reviewed_gets_no_advice_and_no_chart_bar(chat):
    document = note(chat(monthly("4+", months=["2021-08"]), open_=20))
    assert priorities(document) == []
    assert "Er is te weinig nagekeken om hierover te adviseren." in list(texts(document))
    chart = next(block for block in document.blocks if isinstance(block, Chart))
    assert chart.panels[3].seen[chart.months.index("2021-08")] is None


def test_until_leaves_out_what_came_later(chat):
    document = note(chat(monthly("4+")), until=date(2020, 11, 1))
    table = next(t for t in document.tables() if name(4) in t.caption)
    assert table.rows[0][1:4] == (2, 2, 2)
    chart = next(block for block in document.blocks if isinstance(block, Chart))
    assert chart.months[-1] == "2020-10"
    assert "De notitie gaat over berichten tot en met 31 oktober 2020." in list(texts(document))


def test_the_method_names_period_time_before_and_coder(chat):
    told = " ".join(texts(section(note(chat(BUSY)), "Hoe deze notitie is gemaakt")))
    assert "Periode: 1 september 2020 tot en met 31 augustus 2021." in told
    assert "1 september 2019 tot en met 31 augustus 2020" in told
    assert "Codeur: anna." in told


def test_the_administrator_has_room_to_answer(chat):
    told = list(texts(section(note(chat(BUSY)), "Uw reactie")))
    assert sum(set(text) == {"…"} for text in told) >= 3


def test_a_study_in_a_file_gives_the_same_counts(study, filled):
    ids = filled(study)
    decisions = [Decision(entry_id, (Choice("4+"),)) for entry_id in ids[1:]]
    study.confirm(decisions, coder="anna", round_=1, codebook_hash="test-codebook")
    document = note(study.layer("anna"))
    table = next(t for t in document.tables() if name(4) in t.caption)
    # Two of the six messages are the administrator's, the others are climate.
    assert table.rows[0][1:6] == (2, 1, 1, None, 4)


def test_the_empty_note_as_a_page_holds_the_words_of_a_chart_too(chat):
    from chatcode.report import html

    def page(document):
        text = re.sub(r"<style.*?</style>|<[^>]*>", " ", html.render(document).decode(), flags=re.DOTALL)
        return set(re.findall(r"[^\W\d_]+", text.casefold()))

    assert page(note(chat(BUSY))) <= page(empty_note("nl")) | {"noord", "anna", "waterstad"}


def test_a_coding_that_ties_no_answer_says_nothing_of_what_was_answered(chat):
    reports = monthly("M", months=MONTHS[:6])
    document = note(chat([*reports, *monthly("1+", months=MONTHS[:6])]))
    told = " ".join(texts(document.blocks))
    assert "niet aan meldingen gekoppeld" in told
    assert "terugkwam:" not in told


@pytest.mark.parametrize(("open_", "shown"), [(0, 0), (20, None)])
def test_nothing_among_messages_that_were_not_reviewed_is_no_nought(chat, open_, shown):
    document = note(chat(monthly("4+", months=["2021-08"]), open_=open_))
    seen = next(t for t in document.tables() if t.sheet == "6")
    assert seen.rows[0][1:4] == (shown, shown, shown)
