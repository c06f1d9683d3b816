from __future__ import annotations

import pytest

from chatcode.domain import Choice, Filter, Link, Suggestions
from chatcode.errors import ChatcodeError
from chatcode.review import bulk
from chatcode.review.places import go_to, thread
from chatcode.review.session import Session


def test_a_range_decides_each_message_and_keeps_ties_that_its_codes_ask_for(coded, codebook):
    study, ids = coded
    session = Session(study, codebook, coder="K1", way="blind")
    session.toggle("M")
    session.keep()
    session.toggle("1+")
    session.link(session.candidates()[0])
    session.keep()
    session.go(ids[4])
    assert bulk.code_range(session, ids[2], [Choice("1+"), Choice("6+")]) == 3
    acts = study.acts_in_force(ids, "K1", 1)
    assert acts[ids[2]].links == (Link("feedback", ids[1]),)
    assert [acts[i].codes for i in ids[2:5]] == [{"1+", "6+"}] * 3
    assert {acts[i].mode for i in ids[2:5]} == {"blind"}
    assert session.counts.reviewed == 4
    session.undo()
    assert session.counts.reviewed == 2
    assert study.acts_in_force(ids, "K1", 1)[ids[2]].codes == {"1+"}


def test_a_range_backwards_is_the_same_range(coded, codebook):
    study, ids = coded
    session = Session(study, codebook, coder="K1", way="blind")
    assert [entry.id for entry in bulk.marked(session, ids[3])] == ids[1:4]


def test_what_the_machine_was_heard_on_is_not_blind_in_a_range_either(coded, codebook):
    study, ids = coded
    session = Session(study, codebook, coder="K1", way="second-reader")
    session.keep()
    session.keep()
    session.go(ids[3])
    bulk.code_range(session, ids[1], [Choice("6+")])
    assert [study.acts_in_force(ids, "K1", 1)[i].mode for i in ids[1:4]] == ["blind", "assisted", "blind"]


def test_a_range_stays_in_its_group(coded, filled, codebook):
    study, ids = coded
    others = filled(study, label="Zuid", case="Zuid")
    study.use_codebook(codebook.hash, codebook.text)
    session = Session(study, codebook, coder="K1", way="blind")
    session.go(others[1])
    with pytest.raises(ChatcodeError, match="one group"):
        bulk.code_range(session, ids[1], [])


def test_bulk_takes_open_messages_whole_or_not_at_all(coded, codebook):
    study, ids = coded
    study.put_suggestions(
        {
            ids[1]: Suggestions(frozenset({"M", "9-"}), {"M": 0.95, "9-": 0.4}),
            ids[2]: Suggestions(frozenset({"M"}), {"M": 0.95, "2+": 0.1}),
            ids[3]: Suggestions(frozenset({"M"}), {"M": 0.95}),
            ids[4]: Suggestions(frozenset(), {"M": 0.2}),
        },
        codebook_hash=codebook.hash,
        source="cues",
    )
    session = Session(study, codebook, coder="K1", way="assisted")
    session.go(ids[3])
    session.no_code()
    assert bulk.offer(session, "p>0.9").ids == (ids[2],)
    assert bulk.offer(session, "0,3").ids == (ids[1], ids[2])
    session.set_filter(Filter(month="2021-01"))
    assert bulk.offer(session, "0.3").ids == ()


@pytest.mark.parametrize("line", ["", "p>0", "rule", "all", "1.5"])
def test_bulk_asks_for_a_probability_or_a_rule(coded, codebook, line):
    study, _ = coded
    with pytest.raises(ChatcodeError, match="probability or rule"):
        bulk.offer(Session(study, codebook, coder="K1", way="assisted"), line)


@pytest.mark.parametrize("way", ["blind", "second-reader"])
def test_no_bulk_where_the_coder_decides_first(coded, codebook, way):
    study, _ = coded
    with pytest.raises(ChatcodeError, match="suggestions are shown"):
        bulk.offer(Session(study, codebook, coder="K1", way=way), "p>0.9")


@pytest.mark.parametrize(
    ("line", "place"),
    [("3", 3), ("2020-10", 1), ("2020-10-01", 1), ("1-10-2020 20:07", 4), ("Noord", 1), ("noord 2020-10", 1),
     ("Noord-5", 5), ("99", None), ("2021-01-01", None)],
)  # fmt: skip
def test_places_to_go_to(coded, codebook, line, place):
    study, ids = coded
    session = Session(study, codebook, coder="K1", way="blind")
    session.go(ids[8])
    if line == "Noord-5":
        line = ids[5]
    assert go_to(session, line) is (place is not None)
    assert session.entry.id == ids[place or 8]


def test_what_names_no_place_is_refused(coded, codebook):
    study, _ = coded
    with pytest.raises(ChatcodeError, match="no place"):
        go_to(Session(study, codebook, coder="K1"), "somewhere")


def test_the_thread_of_a_report_is_everything_tied_to_it(coded, codebook):
    study, ids = coded
    session = Session(study, codebook, coder="K1", way="blind")
    session.toggle("M")
    session.keep()
    session.toggle("1+")
    session.link(session.candidates()[0])
    session.keep()
    session.no_code()
    session.toggle("M")
    session.link(session.candidates()[0])
    session.keep()
    session.toggle("10+")
    session.link(next(e for e in session.candidates() if e.id == ids[4]))
    session.keep()
    for start in (1, 2, 4, 5):
        session.go(ids[start])
        assert [entry.id for entry in thread(session)] == [ids[i] for i in (1, 2, 4, 5)]
    session.go(ids[3])
    assert [entry.id for entry in thread(session)] == [ids[3]]


def test_a_range_holds_no_more_than_can_have_been_read(study, filled, codebook):
    study.use_codebook(codebook.hash, codebook.text)
    with study.transaction():
        ids = filled(study, messages=bulk.MOST + 1)
    session = Session(study, codebook, coder="K1", way="blind")
    session.go(ids[bulk.MOST])
    assert len(bulk.marked(session, ids[1])) == bulk.MOST
    session.go(ids[bulk.MOST + 1])
    with pytest.raises(ChatcodeError, match="at most"):
        bulk.marked(session, ids[1])
