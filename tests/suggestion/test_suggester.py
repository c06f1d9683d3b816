from __future__ import annotations

import pytest

from chatcode.domain import CODES, Member, Suggestions, Term
from chatcode.suggestion.features import FIGURES, features
from chatcode.suggestion.suggester import check_examples, describe, starter, suggest

ROLES = {"Wim": "professional", "Bea": "beheerder, professional", "Dora": "deelnemer"}


def ids(suggestions, code):
    return [reason.rule for reason in suggestions.reasons.get(code, ())]


def test_every_bundled_cue_does_what_its_examples_say(bundled):
    assert check_examples(bundled) == []


def test_every_code_has_a_cue(bundled):
    assert {cue.code for cue in bundled.cues} == set(CODES)


def test_an_example_that_comes_out_wrong_is_named(with_cue):
    codebook = with_cue("any: [koffie], no: [koffie]")
    line = next(cue.line for cue in codebook.cues if cue.id == "new")
    assert check_examples(codebook) == [
        f"test.yaml:{line}: code 6+: cue `new` does not find its `yes` example 1",
        f"test.yaml:{line}: code 6+: cue `new` finds its `no` example 1",
    ]


def test_examples_take_writer_and_context_as_met(with_cue):
    codebook = with_cue("any: [x], role: [professional], after: {code: M, within: 1 h}, unanswered: 24 h")
    assert check_examples(codebook) == []


def test_there_is_one_result_an_entry_in_order(bundled, chat):
    messages = chat("*: created", "Dora: Er is vannacht ingebroken bij de buren", "Wim: 👍", "*: left")
    found = suggest(messages, ROLES, codebook=bundled, model=False)
    assert len(found) == 4
    assert found[0].codes == frozenset()
    assert "M" in found[1].codes
    assert "11+" in found[2].codes
    assert found[3].codes == {"2-"}
    assert suggest([], ROLES, codebook=bundled) == []


@pytest.mark.parametrize(
    ("event", "code"), [("joined", "2+"), ("added", "2+"), ("left", "2-"), ("removed", "2-"), ("icon", None)]
)
def test_notices_of_members_are_their_own_layer(bundled, chat, event, code):
    found = suggest(chat(f"*: {event}"), {}, codebook=bundled, model=False)[0]
    assert found.codes == ({code} if code else set())
    if code:
        assert ids(found, code) == [f"notice: {event}"]
        assert describe(found.reasons[code][0], bundled) == f"WhatsApp notice: {event}"


def test_a_group_of_notices_alone_has_nothing_to_classify(bundled, chat):
    assert [one.codes for one in suggest(chat("*: joined", "*: left"), {}, codebook=bundled)] == [
        {"2+"},
        {"2-"},
    ]


def test_a_rule_that_asks_a_role_asks_the_role_of_the_day(with_cue, chat):
    codebook = with_cue("any: [spelregels], role: [beheerder]")
    lines = chat("Kim: de spelregels", "+2880", "Kim: de spelregels", "Bo: de spelregels")
    turn = lines[1].sent_at.date()
    terms = (Term("beheerder", since=turn), Term("deelnemer", until=turn))
    kim = Member("k", "Deelnemer", 7, frozenset({"beheerder", "deelnemer"}), terms)
    found = suggest(lines, {"Kim": kim}, codebook=codebook, model=False)
    assert ["new" in ids(one, "6+") for one in found] == [False, True, False]
    before = suggest(lines, {"Kim": "beheerder"}, codebook=codebook, model=False)
    assert ["new" in ids(one, "6+") for one in before] == [True, True, False]


def test_the_classifier_too_sees_the_role_of_the_day(chat):
    lines = chat("Kim: goedemorgen", "+2880", "Kim: goedemorgen")
    kim = Member(
        "k", "Wijkagent", 1, frozenset({"professional"}), (Term("professional", lines[1].sent_at.date()),)
    )
    seen = features(lines, {"Kim": kim}, [Suggestions()] * 2)
    assert seen.figures[:, FIGURES.index("by a professional")].tolist() == [0, 1]
    assert seen.figures[:, FIGURES.index("by a deelnemer")].tolist() == [1, 0]


def test_what_came_before_is_a_condition(with_cue, chat):
    codebook = with_cue("any: [genoteerd], after: {code: M, within: 30 min, by: other}")
    report = "Dora: Twee mannen voelen aan deuren in de Parkstraat"

    def seen(*lines: str) -> list[str]:
        return ids(suggest(chat(*lines), ROLES, codebook=codebook, model=False)[-1], "6+")

    assert "new" in seen(report, "Wim: genoteerd")
    assert "new" not in seen("Wim: genoteerd")
    assert "new" not in seen(report, "Dora: genoteerd")
    assert "new" not in seen(report, "+45", "Wim: genoteerd")


def test_the_reason_counts_back_to_what_came_before(with_cue, chat):
    codebook = with_cue("any: [genoteerd], after: {code: M, within: 30 min}")
    messages = chat("Dora: Twee mannen voelen aan deuren", "*: joined", "Bea: oei", "Wim: genoteerd")
    reasons = suggest(messages, ROLES, codebook=codebook, model=False)[-1].reasons["6+"]
    reason = next(reason for reason in reasons if reason.rule == "new")
    assert reason.context == 3
    assert describe(reason, codebook) == "cue “genoteerd”, 3 messages after a report"


def test_not_after_is_the_contrary(with_cue, chat):
    codebook = with_cue("any: [genoteerd], not_after: {question: true, within: 30 min, open: true}")

    def seen(*lines: str) -> list[str]:
        return ids(suggest(chat(*lines), ROLES, codebook=codebook, model=False)[-1], "6+")

    assert "new" in seen("Dora: dag", "Wim: genoteerd")
    assert "new" not in seen("Dora: wie komt er?", "Wim: genoteerd")
    assert "new" in seen("Dora: wie komt er?", "Bea: ik", "Wim: genoteerd")


def test_unanswered_looks_ahead(with_cue, chat):
    codebook = with_cue("any: [nieuws], unanswered: 2 h")

    def seen(*lines: str) -> list[str]:
        return ids(suggest(chat(*lines), ROLES, codebook=codebook, model=False)[0], "6+")

    assert "new" in seen("Dora: al nieuws?", "+300", "Wim: ja")
    assert "new" not in seen("Dora: al nieuws?", "Wim: ja", "+300", "Wim: dag")
    assert "new" not in seen("Dora: al nieuws?"), "the chat ends before anybody could answer"


def test_a_role_may_be_text_or_a_collection_and_may_be_absent(with_cue, chat):
    codebook = with_cue("any: [genoteerd], role: [professional]")
    messages = chat("Wim: genoteerd")
    for roles in ({"Wim": "beheerder, professional"}, {"Wim": ["professional"]}, {"Wim": {"professional"}}):
        assert ids(suggest(messages, roles, codebook=codebook, model=False)[0], "6+") == ["new"]
    for roles in ({}, {"Wim": ""}, {"Wim": []}):
        assert ids(suggest(messages, roles, codebook=codebook, model=False)[0], "6+") == []


def test_cues_that_agree_make_a_code_more_likely_but_never_sure(with_cue, chat):
    codebook = with_cue("any: [hulde]")
    one = suggest(chat("Dora: hulde aan de buren hoor"), ROLES, codebook=codebook, model=False)[0]
    assert ids(one, "6+") == ["new", "lof"], "the strongest first"
    assert 0.8 < one.scores["6+"] < 1


def test_a_weak_cue_alone_suggests_nothing(with_cue, chat):
    codebook = with_cue("any: [zeldzaam]")
    text = codebook.text.replace("weight: strong, any: [zeldzaam]", "weight: weak, any: [zeldzaam]")
    weak = type(codebook).parse(text, "test.yaml")
    found = suggest(chat("Dora: zeldzaam"), ROLES, codebook=weak, model=False)[0]
    assert found.codes == set()
    assert found.scores == {"6+": 0.25}


def test_a_deleted_message_has_no_words(bundled, chat):
    from dataclasses import replace

    message = replace(chat("Dora: Er is ingebroken bij nummer 3")[0], event="deleted")
    assert suggest([message], ROLES, codebook=bundled, model=False)[0].scores == {}


def test_placeholders_are_no_obstacle(bundled, chat):
    messages = chat("Deelnemer-02: [Deelnemer-07] heeft 112 gebeld, politie is onderweg")
    assert "1+" in suggest(messages, {}, codebook=bundled, model=False)[0].codes


def test_the_starter_gives_every_code_a_reason(bundled, chat):
    messages = chat(
        "*: added",
        "Dora: Er loopt een man langs de auto's in de Kerkstraat, voelt aan portieren",
        "Jan: 112 gebeld?",
        "Dora: ja, ze zijn onderweg",
        "Wim: Collega's zijn ter plaatse, man is aangehouden. Het gaat om een bekende",
        "Jan: 👍",
        "Dora: Wat een topbuurt, complimenten!",
    )
    found = suggest(messages, ROLES, codebook=bundled)
    assert "M" in found[1].codes
    assert "1+" in found[4].codes
    assert sum(bool(one.codes) for one in found) >= 5
    for one in found:
        assert set(one.codes) <= set(one.reasons)
        assert all(describe(reason, bundled) for reasons in one.reasons.values() for reason in reasons)
        assert all(0 <= p <= 1 for p in one.scores.values())


def test_the_same_messages_get_the_same_suggestions(bundled, chat):
    messages = chat("Dora: Er brandt een container", "Wim: brandweer is onderweg", "Jan: top")
    assert suggest(messages, ROLES, codebook=bundled) == suggest(messages, ROLES, codebook=bundled)


def test_the_starter_is_data_of_synthetic_chats():
    model = starter()
    assert model.card["chats"] == 6
