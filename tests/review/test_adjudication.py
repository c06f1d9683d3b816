from __future__ import annotations

import io

import pytest

from chatcode.analysis.settlement import settlement
from chatcode.codebook import Codebook
from chatcode.domain import Choice, Decision, Link
from chatcode.review.adjudication import Adjudication
from chatcode.review.settling import run_plain
from chatcode.review.settling_screen import SettlingApp

CODEBOOK = Codebook.load()
KIND = CODEBOOK.manual("7-").sub_reasons[0]


def decide(study, coder, entry_id, *choices, links=()):
    study.confirm(
        [Decision(entry_id, tuple(choices), links)], coder=coder, round_=1, codebook_hash=CODEBOOK.hash
    )


@pytest.fixture
def apart(study, filled):
    ids = filled(study)
    study.use_codebook(CODEBOOK.hash, CODEBOOK.text)
    decide(study, "K1", ids[1], Choice("M"))
    decide(study, "K2", ids[1])
    decide(study, "K1", ids[2], Choice("1+"), links=(Link("feedback", ids[1]),))
    decide(study, "K2", ids[2], Choice("8+"))
    decide(study, "K1", ids[3])
    decide(study, "K2", ids[3], Choice("7-", KIND.id))
    return ids


def sitting(study, coders=("K1", "K2")):
    entries = study.entries()
    settled = study.acts_in_force([e.id for e in entries], "consensus", 1)
    issues = settlement(entries, [study.layer_acts(coder) for coder in coders], settled).issues
    return Adjudication(study, CODEBOOK, issues, coder="consensus", round_=1)


def sit(study, *lines, coders=("K1", "K2")):
    """Type these lines; what was shown."""
    shown = io.StringIO()
    run_plain(sitting(study, coders), io.StringIO("".join(f"{line}\n" for line in lines)), shown)
    return shown.getvalue()


def layer(study):
    return {i: (act.choices, act.links, act.mode) for i, act in study.layer_acts("consensus").items()}


def test_rulings_by_keys_become_acts_of_a_third_layer_with_their_memos(study, apart):
    raw = study.layer_acts("K1"), study.layer_acts("K2")
    shown = sit(
        study, "a", "er wordt iets gemeld", "1", "zegt hoe het afliep", f"-7:{KIND.key}", "dit hoort niet"
    )
    assert layer(study) == {
        apart[1]: ((Choice("M"),), (), "adjudicated"),
        apart[2]: ((Choice("1+"),), (Link("feedback", apart[1]),), "adjudicated"),
        apart[3]: ((Choice("7-", KIND.id),), (), "adjudicated"),
    }
    assert [memo.text for i in apart[1:4] for memo in study.memos([i])[i]] == [
        "er wordt iets gemeld", "zegt hoe het afliep", "dit hoort niet",
    ]  # fmt: skip
    assert (study.layer_acts("K1"), study.layer_acts("K2")) == raw
    assert "a  K1: M" in shown and "b  K2: no code" in shown and "That was the last one" in shown
    assert study.layer().coder == "consensus"


def test_three_coders_have_capitals_and_c_still_shows_more_of_the_conversation(study, apart):
    decide(study, "K3", apart[1], Choice("8-"))
    decide(study, "K3", apart[2], Choice("1+"))
    shown = sit(
        study, "c", "C", "wat K3 zegt", "1 lA", "met de link van K1", "C", "?", "b", "klopt",
        coders=("K1", "K2", "K3"),
    )  # fmt: skip
    assert layer(study) == {
        apart[1]: ((Choice("8-"),), (), "adjudicated"),
        apart[2]: ((Choice("1+"),), (Link("feedback", apart[1]),), "adjudicated"),
        apart[3]: ((Choice("7-", KIND.id),), (), "adjudicated"),
    }
    assert "Type A, B or C where that coder is right" in shown
    assert "A  K1: M" in shown and "B  K2: no code" in shown and "C  K3: 8-" in shown
    # On the third message K3 has decided nothing.
    assert "This coder did not decide this message." in shown
    assert "A  B  C: this coder is right" in shown and "lA, lB, lC or l0: behind codes" in shown


def test_both_are_shown_with_their_links_and_the_conversation(study, apart):
    shown = sit(study, "s", "q")
    assert "2 of 3" in shown and "they differ in codes" in shown
    assert "feedback → 01 Oct 20:02 bericht 1" in shown
    assert "-> 20:04" in shown


def test_no_ruling_without_a_memo_or_with_one_that_could_name_somebody(study, apart):
    shown = sit(study, "a", "", "a", "bel 0612345678", "x", "toch geen melding")
    assert shown.count("Not saved") == 2
    assert layer(study) == {apart[1]: ((), (), "adjudicated")}


def test_undo_takes_back_this_sitting_only_and_puts_it_on_the_table_again(study, apart):
    shown = sit(study, "a", "eerst dit", "u", "u", "b", "toch dat", "q")
    assert "Undone." in shown and "Nothing of this sitting" in shown
    assert layer(study) == {apart[1]: ((), (), "adjudicated")}
    assert "1 of 2" in sit(study, "u", "q")
    assert layer(study) == {apart[1]: ((), (), "adjudicated")}


def test_what_was_skipped_comes_back_and_what_was_ruled_does_not(study, apart):
    sit(study, "s", "b", "uitleg", "q")
    assert set(layer(study)) == {apart[2]}
    shown = sit(study, "q")
    assert "1 of 2" in shown


def test_answers_that_are_none_are_told_and_change_nothing(study, apart):
    shown = sit(study, "zz", "x 1", "la", "d 7", "d zz", "?", "c", "p", "12")
    assert "'zz' is no answer here" in shown
    assert "X is for no code at all" in shown and "Say codes, a, b, or x" in shown
    assert "Include:" in shown and "The manual of which code?" in shown
    assert layer(study) == {}


def test_links_are_chosen_behind_the_codes(study, apart):
    sit(study, "s", "1 l0", "zonder band", "q")
    assert layer(study)[apart[2]][1] == ()
    shown = sit(study, "x", "niets", "x", "niets")
    assert "Ruling: no code" in shown


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_on_the_screen_the_same_answers_do_the_same(study, apart, size):
    app = SettlingApp(sitting(study))

    def shown():
        strips = app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    async def answer(pilot, words):
        for sign in words:
            await pilot.press({" ": "space", "-": "minus", ":": "colon"}.get(sign, sign))
        await pilot.press("enter")
        await pilot.pause()

    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        first = shown()
        assert "1 of 3" in first and "a  K1: M" in first and "b  K2: no code" in first
        assert "-> 20:02 Deelnemer-02: bericht 1" in first or "bericht 1" in first
        await answer(pilot, "a")
        assert "Ruling: M" in shown()
        await answer(pilot, "dit is een melding")
        assert "2 of 3" in shown() and "Saved." in shown()
        await answer(pilot, "u")
        assert "1 of 3" in shown() and "Undone." in shown()
        await answer(pilot, "x")
        await answer(pilot, "toch niet")
        await answer(pilot, "q")
    assert layer(study) == {apart[1]: ((), (), "adjudicated")}
    assert [memo.text for memo in study.memos([apart[1]])[apart[1]]] == ["dit is een melding", "toch niet"]


async def test_on_a_small_screen_three_coders_are_all_in_sight(study, apart):
    decide(study, "K3", apart[1], Choice("8-"))
    app = SettlingApp(sitting(study, ("K1", "K2", "K3")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        shown = "\n".join("".join(segment.text for segment in strip) for strip in strips)
        for words in ("A  K1: M", "B  K2: no code", "C  K3: 8-", "bericht 1", "Type A, B or C"):
            assert words in shown
        for words in ("C", "zegt K3", "q"):
            for sign in words:
                await pilot.press({" ": "space"}.get(sign, sign))
            await pilot.press("enter")
            await pilot.pause()
    assert layer(study) == {apart[1]: ((Choice("8-"),), (), "adjudicated")}
