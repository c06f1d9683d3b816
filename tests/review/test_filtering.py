from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatcode.domain import CODES, ROLES, Filter
from chatcode.errors import ChatcodeError
from chatcode.review.filtering import describe, parse
from chatcode.review.session import Session

WORDS = st.lists(st.from_regex(r"[a-zé0-9]{2,8}", fullmatch=True), max_size=3).map(" ".join)
FILTERS = st.builds(
    Filter,
    code=st.sampled_from(["", "none", *CODES]),
    role=st.sampled_from(["", *ROLES]),
    group=st.sampled_from(["", "Noord", "Oud West"]),
    month=st.sampled_from(["", "2021-03"]),
    text=WORDS,
    suggested=st.sampled_from(["", *CODES]),
    at_least=st.one_of(st.none(), st.sampled_from([0.0, 0.25, 0.9, 1.0])),
    open=st.booleans(),
    flagged=st.booleans(),
    differs=st.booleans(),
)


@given(FILTERS)
def test_a_filter_is_told_as_it_can_be_typed(wanted):
    assert parse(describe(wanted), ["Noord", "Oud West"]) == wanted


@pytest.mark.parametrize(
    ("line", "said"),
    [("code:12+", "no code"), ("role:boss", "no role"), ("group:Zuid", "no group"), ("month:mei", "2021-03"),
     ("p>2", "between 0 and 1"), ("p>much", "between 0 and 1"), ("machine:x", "no code")],
)  # fmt: skip
def test_what_is_no_filter_is_refused(line, said):
    with pytest.raises(ChatcodeError, match=said.replace("+", r"\+")):
        parse(line, ["Noord"])


@pytest.mark.parametrize("line", ["p>0.5", "machine:M", "differs"])
def test_the_machine_is_asked_only_where_it_may_speak(line):
    with pytest.raises(ChatcodeError, match="not told"):
        parse(line, machine=False)


def test_every_part_of_a_filter_finds_its_messages(coded, codebook):
    study, ids = coded
    session = Session(study, codebook, coder="K1", way="assisted")
    session.toggle("6+")
    session.keep()
    session.no_code()
    session.toggle_flag()

    def found(**asked):
        return study.queue("K1", 1, Filter(**asked))

    assert found(code="6+") == [ids[1]]
    assert found(code="none") == [ids[2]]
    assert found(flagged=True) == [ids[3]]
    assert found(open=True) == ids[3:]
    assert found(text="BERICHT 5") == [ids[5]]
    assert found(role="beheerder") == [i for i in ids[1:] if int(i.split("-")[1]) % 3 == 0]
    assert found(month="2020-10") == ids[1:]
    assert found(month="2020-11") == []
    assert found(suggested="M") == [ids[2]]
    assert found(at_least=0.5) == [ids[2], ids[3]]
    assert found(differs=True) == [ids[1], ids[2]]
    assert found(group="Zuid") == []
    assert found(group="Noord", open=True, at_least=0.4) == [ids[3]]


def test_under_a_filter_the_coder_goes_from_match_to_match(coded, codebook):
    study, ids = coded
    session = Session(study, codebook, coder="K1", way="blind")
    for code in ("M", "1+", "M"):
        session.toggle(code)
        session.keep()
    assert session.set_filter(Filter(code="M"))
    assert session.entry.id == ids[1]
    assert session.next_open()
    assert session.entry.id == ids[3]
    session.keep()
    assert session.entry.id == ids[1]
    assert session.set_filter(Filter(text="not there")) is False


def test_a_filter_on_the_machine_is_not_taken_into_a_blind_round(coded, codebook):
    study, _ = coded
    Session(study, codebook, coder="K1", way="assisted").set_filter(Filter(at_least=0.5))
    assert Session(study, codebook, coder="K1", way="blind").filter == Filter()
    assert Session(study, codebook, coder="K1", way="assisted").filter == Filter(at_least=0.5)
