import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatcode.anonymize.verdicts import Verdict, Verdicts, form_of, read_forms
from chatcode.domain import Span


def verdict(form, say, *, group="g1", target=None, undone=False):
    return Verdict(form, say, group, target, 1, "2021-03-04", undone)


def shown(form, target):
    return f"[{target or form.upper()}]"


def after(text, *verdicts, spans=()):
    from chatcode.anonymize.redactor import replace

    return replace(text, Verdicts(verdicts, "g1").apply(text, list(spans), shown))


def person(text, words, placeholder="[persoon-1]"):
    start = text.index(words)
    return Span(start, start + len(words), "persoon", placeholder, "kept")


@pytest.mark.parametrize("text", ["vraag Bolle maar", "BOLLE kijk", "bolle's fiets", "(bolle)", "@bolle"])
def test_a_denied_word_goes_in_any_writing(text):
    assert "[BOLLE]" in after(text, verdict("bolle", "deny"))


def test_a_denied_word_inside_another_stays():
    assert after("een bollebozen en bol", verdict("bolle", "deny")) == "een bollebozen en bol"


def test_a_denied_name_of_two_words_goes_as_one_where_they_stand_together():
    two = verdict("de lange", "deny")
    assert after("mevrouw De Lange, de ene lange", two) == "mevrouw [DE LANGE], de ene lange"


def test_a_denied_word_beside_a_name_that_was_found_becomes_one_with_it():
    text = "met Jan Bolle erbij"
    assert after(text, verdict("jan bolle", "deny"), spans=[person(text, "Jan")]) == "met [JAN BOLLE] erbij"


def test_what_was_taken_out_as_something_else_is_covered_to_the_end():
    text = "op Bollestraat bolle 3"
    found = Span(3, 14, "straat", "[straat-1]", "kept")
    assert (
        after(text, verdict("bollestraat bolle", "deny"), spans=[found])
        == "op [straat-1][BOLLESTRAAT BOLLE] 3"
    )


def test_an_allowed_word_comes_back_where_it_stood_alone_only():
    text = "een grijs jack en Jack Visser"
    spans = [person(text, "jack"), person(text, "Jack Visser")]
    assert after(text, verdict("jack", "allow"), spans=spans) == "een grijs jack en [persoon-1]"


def test_a_mention_is_never_allowed_back():
    text = "@\u2068Jack\u2069 kom je"
    found = Span(0, 7, "persoon", "[Deelnemer-01]", "kept")
    assert after(text, verdict("jack", "allow"), spans=[found]) == "[Deelnemer-01] kom je"


def test_who_is_meant_shows_in_the_placeholder():
    text = "wes en Wes"
    merged = verdict("wes", "deny", target="Deelnemer-07")
    assert after(text, merged, spans=[person(text, "wes")]) == "[Deelnemer-07] en [Deelnemer-07]"


def test_deny_wins_over_allow_and_other_groups_have_no_say():
    lists = [
        verdict("roos", "allow"),
        verdict("roos", "deny", group=None),
        verdict("mark", "allow", group=None),
        verdict("storm", "deny", group="g2"),
    ]
    verdicts = Verdicts(lists, "g1")
    assert [verdicts.of(form) for form in ("roos", "mark", "storm")] == ["deny", "allow", None]


def test_the_last_decision_on_a_form_counts_and_one_taken_back_does_not():
    assert Verdicts([verdict("roos", "deny"), verdict("roos", "allow")], "g1").of("roos") == "allow"
    assert Verdicts([verdict("roos", "deny", undone=True)], "g1").of("roos") is None


def test_a_decision_tells_no_word_in_its_repr():
    assert "bolle" not in repr(verdict("bolle", "deny"))


def test_a_list_has_one_form_a_line_with_comments_and_labels():
    text = "# weg ermee\nBolle\n\nde  Lange # van hiernaast\nWes = Deelnemer-07\n"
    assert read_forms(text) == [(2, "bolle", ""), (4, "de lange", ""), (5, "wes", "Deelnemer-07")]


WORDS = st.sampled_from(["bolle", "Jan", "de", "jack", "huis", "Bolle-Jan", "jan.", "@jack", "x"])


@given(st.lists(WORDS, max_size=12), st.sets(st.sampled_from(["bolle", "jan", "jan bolle", "jack"])))
def test_no_denied_form_survives_and_spans_stay_apart(words, denied):
    text = " ".join(words)
    verdicts = Verdicts([verdict(form, "deny") for form in denied], "g1")
    spans = verdicts.apply(text, [], shown)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    rest, place = "", 0
    for span in spans:
        rest += text[place : span.start] + "\x00"
        place = span.end
    left = form_of((rest + text[place:]).replace("\x00", " x "))
    assert not any(f" {form} " in f" {left} " for form in denied)
