from __future__ import annotations

from datetime import datetime, timedelta

from chatcode.analysis.settlement import Issue, as_coded, ruling, settlement
from chatcode.domain import Act, Choice, Entry, Link

ENTRIES = [
    Entry(f"e{n}", "g", n, datetime(2020, 10, 1, 12) + timedelta(minutes=n), "message", "t") for n in range(6)
]
FEEDBACK = Link("feedback", "e0")


def act(entry_id, *codes, coder="K1", links=()):
    choices = [Choice(*code.split(":")) for code in codes]
    return Act(
        f"{coder}-{entry_id}", entry_id, coder, 1, "blind", tuple(choices), tuple(links), (), "h",
        datetime(2021, 9, 2), "b",
    )  # fmt: skip


def acts(coder, **coded):
    return {i: act(i, *codes.split(), coder=coder) for i, codes in coded.items()}


def issue(first, second, first_links=(), second_links=()):
    return Issue(
        ENTRIES[3],
        {
            "a": act("e3", *first.split(), links=first_links),
            "b": act("e3", *second.split(), coder="K2", links=second_links),
        },
    )


def test_what_is_alike_is_agreed_what_is_not_is_an_issue_and_the_rest_is_single_or_open():
    found = settlement(
        ENTRIES,
        [
            acts("K1", e0="M", e1="", e2="7-:insult", e4="M"),
            acts("K2", e0="M", e1="8+", e2="7-:privacy", e5=""),
        ],
        settled=(),
    )
    assert [d.entry_id for d in found.agreed] == ["e0"]
    assert [(one.entry.id, one.about) for one in found.issues] == [("e1", "codes"), ("e2", "sub-reasons")]
    assert [(d.entry_id, d.mode) for d in found.single] == [("e4", "bulk"), ("e5", "bulk")]
    assert (found.settled, set(found.every)) == (0, {"e0", "e1", "e2"})
    assert {decision.mode for decision in found.agreed} == {"adjudicated"}


def test_of_three_coders_those_who_decided_it_are_compared_and_each_keeps_a_letter():
    found = settlement(
        ENTRIES,
        [
            acts("K1", e0="M", e1="M", e4="M"),
            acts("K2", e0="M", e1="M", e2="8+"),
            acts("K3", e0="M", e1="", e2="8-"),
        ],
        settled=(),
    )
    assert [d.entry_id for d in found.agreed] == ["e0"]
    assert [(i.entry.id, {s: a.coder for s, a in i.sides.items()}) for i in found.issues] == [
        ("e1", {"a": "K1", "b": "K2", "c": "K3"}), ("e2", {"b": "K2", "c": "K3"}),
    ]  # fmt: skip
    assert [d.entry_id for d in found.single] == ["e4"]


def test_two_of_three_with_other_links_must_say_which():
    other = Link("feedback", "e1")
    sides = {
        "a": act("e3", "1+", links=(FEEDBACK,)), "b": act("e3", "1+", coder="K2", links=(FEEDBACK,)),
        "c": act("e3", "1+", coder="K3", links=(other,)),
    }  # fmt: skip
    decision, open_ = ruling(Issue(ENTRIES[3], sides), (Choice("1+"),))
    assert (decision, open_) == (None, "which feedback link")
    decision, _ = ruling(Issue(ENTRIES[3], {**sides, "c": act("e3", "8+", coder="K3")}), (Choice("1+"),))
    assert decision.links == (FEEDBACK,)


def test_what_is_settled_stays_settled():
    both = [acts("K1", e0="M", e1=""), acts("K2", e0="M", e1="8+")]
    found = settlement(ENTRIES, both, settled={"e0", "e1"})
    assert (found.agreed, found.issues, found.settled, set(found.every)) == ([], [], 2, {"e0", "e1"})


def test_other_links_are_an_issue_too():
    found = settlement(
        ENTRIES, [{"e3": act("e3", "1+", links=(FEEDBACK,))}, {"e3": act("e3", "1+", coder="K2")}], settled=()
    )
    assert [one.about for one in found.issues] == ["links"]


def test_a_coder_who_was_right_is_right_in_everything():
    decision = as_coded(act("e3", "1+", "7-:insult", links=(FEEDBACK,)))
    assert (decision.choices, decision.links, decision.mode) == (
        (Choice("1+"), Choice("7-", "insult")), (FEEDBACK,), "adjudicated",
    )  # fmt: skip


def test_codes_of_one_coder_bring_that_coders_sub_reasons_and_links():
    decision, open_ = ruling(issue("1+ 7-:insult", "8+", (FEEDBACK,)), (Choice("1+"), Choice("7-")))
    assert (decision.choices, decision.links, open_) == (
        (Choice("1+"), Choice("7-", "insult")),
        (FEEDBACK,),
        "",
    )


def test_codes_of_neither_take_what_one_or_both_gave_and_drop_links_without_their_code():
    both = issue("1+", "M 8+", (FEEDBACK,), (Link("incident", "e1"),))
    decision, _ = ruling(both, (Choice("M"), Choice("1+")))
    assert decision.links == (FEEDBACK, Link("incident", "e1"))
    decision, _ = ruling(both, (Choice("5+"),))
    assert decision.links == ()
    assert ruling(both, ())[0].choices == ()


def test_where_they_stand_against_each_other_it_must_be_said():
    kinds = issue("7-:insult", "7-:privacy")
    assert ruling(kinds, (Choice("7-"),)) == (None, "which kind of 7-")
    assert ruling(kinds, (Choice("7-", "privacy"),))[0].choices == (Choice("7-", "privacy"),)
    other = Link("feedback", "e1")
    links = issue("1+", "1+", (FEEDBACK,), (other,))
    assert ruling(links, (Choice("1+"),)) == (None, "which feedback link")
    assert ruling(links, (Choice("1+"),), (other,))[0].links == (other,)
    whether = issue("1+", "1+", (FEEDBACK,), ())
    assert ruling(whether, (Choice("1+"),)) == (None, "whether there is a feedback link")
    assert ruling(whether, (Choice("1+"),), ())[0].links == ()
