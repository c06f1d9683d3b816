from __future__ import annotations

import random

import pytest

from chatcode.codebook import Codebook
from chatcode.errors import ChatcodeError
from chatcode.suggestion.finding import Found, cue_line, find_cues, with_cues
from chatcode.suggestion.suggester import check_examples, cue_suggestions
from chatcode.suggestion.training import Chat

OTHER = ["tafel", "stoel", "gordijn", "kussen", "lamp", "vloerkleed", "raam", "plafond"]


def made(chat, told, *, n=120, role=None):
    """A chat in which every fourth message says `told` and was coded 3-; the others are about furniture."""
    draw = random.Random(3)
    lines, codings = [], []
    for i in range(n):
        yes = i % 4 == 0
        words = [draw.choice(OTHER), told if yes else draw.choice(OTHER), draw.choice(OTHER)]
        writer = "Agent" if yes and role else draw.choice(["Anna", "Bert"])
        lines.append(f"{writer}: {' '.join(words)}")
        codings.append({"3-"} if yes else set())
        if i % 6 == 5:
            lines.append("+90")
    messages = chat(*lines)
    return Chat(messages, {"Agent": role} if role else {}, codings)


def find(one, code="3-", codebook=None):
    ids = [f"e{i}" for i in range(len(one.messages))]
    return find_cues([one], [ids], code, codebook or Codebook.load())


def test_a_word_that_tells_a_code_is_found_with_its_figures_and_example_ids(chat, bundled):
    one = made(chat, "olifant")
    [found] = find(one)
    assert found.term == "olifant"
    assert (found.precision, found.coverage, found.hits, found.new) == (1.0, 1.0, 30, 30)
    assert found.weight == "strong"
    assert found.examples == ("e0", "e4", "e8")


def test_figures_are_out_of_fold_so_a_word_that_fits_by_chance_is_not_praised(chat):
    one = made(chat, "olifant")
    # A word in three messages with the code, all the hits there are, is not found again elsewhere.
    messages = list(one.messages)
    lucky = Chat(
        messages,
        {},
        [{"3-"} if i in (1, 17, 50, 2, 33, 61, 80, 90, 100, 111) else set() for i in range(len(messages))],
    )
    assert all(found.precision < 1 for found in find(lucky))


@pytest.mark.parametrize(
    "told",
    [
        "Willemien",
        "willemien",
        "Rotterdam",
        "[Deelnemer-07]",
        "0612345678",
        "https://a.nl/b",
        "Fazantstraat",
        "fazantstraat",
    ],
)
def test_a_name_place_number_link_or_placeholder_is_never_in_a_rule(chat, told):
    for found in find(made(chat, told)):
        assert set(found.term.split()) <= set(OTHER)


def test_words_that_only_bind_others_are_no_rule(chat):
    found = find(made(chat, "van de"))
    assert found
    assert all(set(one.term.split()) & set(OTHER) for one in found)


def test_what_the_codebook_finds_already_is_not_proposed(chat, bundled):
    one = made(chat, "olifant")
    text = with_cues(bundled, "3-", find(one))
    again = Codebook.parse(text, "new.yaml")
    assert find(one, codebook=again) == []


def test_too_few_messages_with_the_code_are_told(chat):
    with pytest.raises(ChatcodeError, match="0 messages have the code 9-"):
        find(made(chat, "olifant"), code="9-")


@pytest.mark.parametrize("code", ["M", "1+", "5-", "11-"])
def test_an_accepted_rule_stands_in_the_codebook_and_works_and_all_else_stays(bundled, chat, code):
    found = Found("roze olifant", frozenset({"beheerder"}), "medium", 0.6, 0.2, 9, 4, (), ())
    text = with_cues(bundled, code, [found, found])
    new = Codebook.parse(text, "new.yaml")
    assert check_examples(new) == check_examples(bundled)
    added = [
        cue
        for cue in new.manual(code).cues
        if cue not in bundled.manual(code).cues and cue.id.startswith("geleerd")
    ]
    assert [cue.any for cue in added] == [("roze olifant",)] * 2
    assert len({cue.id for cue in added}) == 2
    assert [line for line in text.split("\n") if "geleerd-" not in line] == bundled.text.split("\n")
    said = chat("Bas: daar gaat een roze olifant")
    assert code in cue_suggestions(said, {"Bas": "beheerder"}, new)[0].scores
    assert code not in cue_suggestions(said, {}, new)[0].scores


def test_a_rule_shows_no_message_only_its_own_words():
    found = Found("olifant", frozenset(), "weak", 0.3, 0.2, 9, 4, ("e1",), ())
    assert cue_line(found, "1+", set()) == (
        '- {id: geleerd-1p-olifant, any: ["olifant"], weight: weak, yes: ["olifant"]}'
    )


def test_who_says_it_is_part_of_the_rule_where_that_matters(chat):
    one = made(chat, "olifant", role="professional")
    extra = made(chat, "olifant")
    both = [one, Chat(extra.messages, {}, [set() for _ in extra.codings])]
    ids = [[f"{n}-{i}" for i in range(len(c.messages))] for n, c in enumerate(both)]
    [found] = find_cues(both, ids, "3-", Codebook.load())
    assert (found.term, found.role) == ("olifant", frozenset({"beheerder", "professional"}))
    assert found.precision == 1.0
