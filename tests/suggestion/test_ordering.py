from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatcode.domain import Reason, Suggestions
from chatcode.suggestion.ordering import ORDERS, Open, cue_scores, put_in_order


def one(number, scores=(), codes=(), text="", cued=(), apart=False):
    text = text or f"een langere tekst met nummer {number}"
    return Open(f"m{number:03}", text, Suggestions(frozenset(codes), dict(scores)), dict(cued), apart)


messages = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(["M", "1+", "9-"]), st.floats(0.01, 0.99), max_size=3),
        st.booleans(),
        st.sampled_from(["", "dank je", "top"]),
    ),
    max_size=60,
)


@given(messages, st.sampled_from(ORDERS))
def test_every_order_holds_every_message_once_and_is_repeatable(made, order):
    some = [
        one(i, scores, {c for c, p in scores.items() if p > 0.5}, text, {"M": 0.8} if i % 3 else {}, apart)
        for i, (scores, apart, text) in enumerate(made)
    ]
    found = put_in_order(order, some, {"M": 9}, seed="s")
    assert sorted(found) == [m.id for m in some]
    assert found == put_in_order(order, some, {"M": 9}, seed="s")


def test_sequential_is_the_order_of_the_chat():
    some = [one(i, apart=i % 2 == 0) for i in range(9)]
    assert put_in_order("sequential", some, {}, seed="s") == [m.id for m in some]


def test_audit_takes_the_share_kept_apart_first_and_by_chance():
    some = [one(i, apart=i % 5 == 0) for i in range(100)]
    found = put_in_order("audit", some, {}, seed="s")
    first = found[:20]
    assert sorted(first) == [m.id for m in some if m.apart]
    assert first != sorted(first)
    assert first != put_in_order("audit", some, {}, seed="other")[:20]


def test_what_is_in_doubt_comes_first_and_the_rarest_code_before_the_others():
    some = [one(i, {"M": 0.02}) for i in range(50)]
    some[10] = one(10, {"M": 0.52}, {"M"})
    some[20] = one(20, {"1+": 0.5}, {"1+"})
    some[30] = one(30, {"M": 0.999}, {"M"}, cued={"M": 0.9})
    found = put_in_order("uncertain", some, {"M": 40, "1+": 5}, seed="s")
    assert found[:2] == ["m020", "m010"]
    assert found.index("m030") > 10


def test_a_code_hardly_seen_is_looked_for_where_it_is_likeliest():
    some = [one(i, {"9-": 0.01 * (i + 1)}) for i in range(30)]
    assert put_in_order("uncertain", some, {"9-": 1}, seed="s")[:2] == ["m029", "m028"]


def test_the_machine_never_picks_a_message_that_is_kept_apart():
    some = [
        one(i, {"M": 0.5 if i % 10 else 0.4}, {"M"} if i % 10 else (), apart=i % 10 == 0) for i in range(100)
    ]
    batch = put_in_order("uncertain", some, {"M": 50}, seed="s")[:20]
    apart = [i for i in batch if int(i[1:]) % 10 == 0]
    assert len(apart) == 4
    likelier = [one(int(m.id[1:]), {"M": 0.99}, {"M"}, apart=True) if m.apart else m for m in some]
    again = put_in_order("uncertain", likelier, {"M": 50}, seed="s")[:20]
    assert [i for i in again if int(i[1:]) % 10 == 0] == apart


def test_short_texts_that_are_alike_are_asked_once():
    some = [one(i, {"6+": 0.5}, {"6+"}, "Dank je!" if i % 2 else "dank je") for i in range(30)]
    some += [one(40, {"6+": 0.6}, {"6+"})]
    assert put_in_order("uncertain", some, {"6+": 50}, seed="s")[:2] == ["m000", "m040"]


def test_disagreement_puts_first_where_cues_and_model_are_widest_apart():
    some = [
        one(0, {"M": 0.9}, {"M"}, cued={"M": 0.8}),
        one(1, {"M": 0.3}, cued={"M": 0.8}),
        one(2, {"M": 0.05}, cued={"M": 0.9}),
        one(3, {"1+": 0.7}, {"1+"}),
    ]
    assert put_in_order("disagreement", some, {}, seed="s") == ["m002", "m003", "m001", "m000"]


def test_what_the_cues_say_is_read_from_the_reasons():
    suggested = Suggestions(
        frozenset({"M"}),
        {"M": 0.4, "1+": 0.2},
        {"M": (Reason("a", "x"), Reason("b", "y")), "1+": (Reason("model", "z"),)},
    )
    assert cue_scores(suggested, {"a": 0.5, "b": 0.8}) == {"M": pytest.approx(0.9)}
