from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatcode.domain import CODES, Link
from chatcode.suggestion.links import KINDS, SOURCES, TARGETS, Linkable, probabilities, propose_links, shipped

NOON = datetime(2021, 3, 1, 12)
PRO = frozenset({"professional"})


def chat(*lines):
    """`+minutes sender codes text` lines as messages m1, m2 …"""
    at, found = NOON, []
    for number, line in enumerate(lines, 1):
        wait, sender, codes, text = line.split(" ", 3)
        at += timedelta(minutes=int(wait))
        roles = PRO if sender.startswith("Wijkagent") else frozenset({"deelnemer"})
        codes = frozenset(codes.split(",")) - {"-"}
        found.append(Linkable(f"m{number}", at, sender, text, codes, roles))
    return found


def pairs(messages):
    return {(p.entry_id, p.link.kind): p.link.target_id for p in propose_links(messages)}


def test_feedback_goes_to_the_report_and_a_further_report_to_the_first():
    messages = chat(
        "0 Deelnemer-01 M Er staat iemand met een zaklamp in de tuin van nummer 8",
        "2 Deelnemer-02 M Ik zie hem ook, hij klimt over de schutting",
        "3 Deelnemer-01 1+ Politie gebeld",
        "4 Deelnemer-03 - spannend",
        "9 Deelnemer-02 1+ Ze zijn er",
    )
    assert pairs(messages) == {
        ("m2", "incident"): "m1",
        ("m3", "feedback"): "m1",
        ("m5", "feedback"): "m1",
    }


def test_a_new_report_weeks_later_about_something_else_stands_alone():
    messages = chat(
        "0 Deelnemer-01 M Er is een fiets gestolen bij het station",
        "30000 Deelnemer-02 M Lantaarn kapot in de Molenstraat",
    )
    assert pairs(messages) == {}


def test_of_two_reports_the_same_words_and_the_writer_decide():
    messages = chat(
        "0 Deelnemer-01 M Witte bestelbus rijdt rondjes door de Molenstraat",
        "400 Deelnemer-02 M Hond loopt los op het Kerkplein, zonder halsband",
        "70 Wijkagent-1 1+,10+ De bestelbus in de Molenstraat is van een schilder, collega's spraken hem",
    )
    assert pairs(messages)["m3", "feedback"] == "m1"


def test_the_same_placeholder_ties_messages_as_a_place_would():
    def answered(placeholder):
        return chat(
            "0 Deelnemer-01 M Auto rijdt rond, [kenteken-2]",
            "300 Deelnemer-02 M Auto staat al dagen fout, [kenteken-5]",
            f"200 Wijkagent-1 1+,10+ Gecontroleerd: {placeholder}, alles in orde",
        )

    assert pairs(answered("[kenteken-2]"))["m3", "feedback"] == "m1"
    assert pairs(answered("[kenteken-5]"))["m3", "feedback"] == "m2"


def test_a_correction_goes_to_what_was_said_wrong():
    messages = chat(
        "0 Deelnemer-01 M Er loopt een man met een tas",
        "2 Deelnemer-02 7- Zeker weer zo een",
        "3 Deelnemer-03 7+ Dat zeg je zo niet",
    )
    assert pairs(messages)["m3", "correction"] == "m2"


def test_what_the_coder_linked_is_not_doubted():
    messages = chat(
        "0 Deelnemer-01 M Fiets gestolen bij de school",
        "500 Deelnemer-02 M Rook boven de flat",
        "3 Deelnemer-03 1+ Gemeld",
        "2 Deelnemer-03 1+ Hij staat bij mij in de schuur",
    )
    own = [
        *messages[:2],
        Linkable(
            "m3",
            messages[2].sent_at,
            "Deelnemer-03",
            "Gemeld",
            frozenset({"1+"}),
            frozenset(),
            (Link("feedback", "m1"),),
        ),
        messages[3],
    ]
    before = {p.entry_id: p for p in propose_links(messages)}["m4"]
    after = {p.entry_id: p for p in propose_links(own)}["m4"]
    assert before.link.target_id == "m2"

    def chance(p, target):
        return dict([(p.link.target_id, p.probability), *p.others]).get(target, 0)

    assert chance(after, "m1") > chance(before, "m1")


some = st.lists(
    st.tuples(
        st.integers(0, 5000),
        st.sampled_from(["Deelnemer-01", "Deelnemer-02", "Wijkagent-1"]),
        st.frozensets(st.sampled_from(["M", "1+", "8+", "7-", "7+", "11+"]), max_size=3),
        st.sampled_from(
            ["ja", "man met rode jas in de Molenstraat", "[kenteken-1]?", "Deelnemer-01 bedankt"]
        ),
    ),
    max_size=40,
)


@given(some)
def test_a_proposal_goes_back_to_an_earlier_message_with_the_code_that_its_kind_asks(made):
    at, messages = NOON, []
    for i, (wait, sender, codes, text) in enumerate(made):
        at += timedelta(minutes=wait)
        messages.append(Linkable(f"m{i}", at, sender, text, codes))
    order = {m.id: i for i, m in enumerate(messages)}
    for proposal in propose_links(messages):
        source, target = (messages[order[i]] for i in (proposal.entry_id, proposal.link.target_id))
        assert order[target.id] < order[source.id]
        assert source.codes & SOURCES[proposal.link.kind]
        assert TARGETS[proposal.link.kind] in target.codes
        assert 0 < proposal.probability <= 1
        assert all(p <= proposal.probability for _, p in proposal.others)
        assert proposal.probability + sum(p for _, p in proposal.others) <= 1.01


def test_the_shipped_weights_are_there_for_every_kind():
    assert set(shipped()) == set(KINDS)
    assert probabilities([[1.0, 0.0], [1.0, 1.0]], [0.0, 0.0]) == pytest.approx([0.5, 0.5])
    assert {code for kind in KINDS for code in SOURCES[kind]} <= set(CODES)


def test_proposing_waits_for_no_heavy_library():
    """The review screen proposes at a key, and NLTK takes three seconds to load."""
    code = (
        "import sys; from datetime import datetime as d;"
        "from chatcode.suggestion.links import Linkable as L, propose_links;"
        "at = d(2021, 3, 1, 12);"
        "one, other = frozenset({'M'}), frozenset({'1+'});"
        "found = propose_links([L('a', at, 'x', 'auto bij school', one), L('b', at, 'y', 'weg', other)]);"
        "assert [p.link.target_id for p in found] == ['a'];"
        "print(*{'nltk', 'numpy', 'sklearn'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
