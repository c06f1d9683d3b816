"""Keys are pressed, and the database is read."""

from __future__ import annotations

import unicodedata

import pytest
from textual.widgets import Input, Static

from chatcode.review import view
from chatcode.review.app import ReviewApp
from chatcode.review.keys import keymap
from chatcode.review.screens import MemoScreen, Page
from chatcode.review.session import Session
from chatcode.study.store import Study


def app_of(study, codebook, way="blind"):
    return ReviewApp(Session(study, codebook, coder="K1", way=way, study="proef"))


def shown(app):
    """What stands on the screen, row by row."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


async def press(app, pilot, *keys):
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


async def test_keys_become_acts(coded, codebook, in_force):
    study, ids = coded
    app = app_of(study, codebook)
    async with app.run_test(size=(132, 36)) as pilot:
        await press(
            app, pilot, "r", "enter", "1", "0", "enter", "x", "equals_sign", "minus", "9", "escape", "enter"
        )
    assert in_force(study, ids[1]) == {"M"}
    assert in_force(study, ids[2]) == {"1+", "10+"}
    assert in_force(study, ids[3]) == set()
    assert in_force(study, ids[4]) == {"11+", "9-"}
    assert in_force(study, ids[5]) is None


async def test_the_kind_of_an_opposite_takes_one_more_key(coded, codebook):
    study, ids = coded
    kind = codebook.manual("7-").sub_reasons[1]
    app = app_of(study, codebook)
    async with app.run_test() as pilot:
        await press(app, pilot, "minus", "7", kind.key, "enter")
    (choice,) = study.acts_in_force(ids, "K1", 1)[ids[1]].choices
    assert (choice.code, choice.sub_reason) == ("7-", kind.id)


async def test_linking_takes_the_proposed_message_or_an_earlier_one(coded, codebook):
    study, ids = coded
    app = app_of(study, codebook)
    async with app.run_test() as pilot:
        await press(app, pilot, "r", "enter", "r", "enter")
        await press(app, pilot, "1", "l", "enter", "enter")
        await press(app, pilot, "1", "l", "up", "enter", "enter")
        await press(app, pilot, "1", "l", "escape", "enter")
    acts = study.acts_in_force(ids, "K1", 1)
    assert [link.target_id for link in acts[ids[3]].links] == [ids[2]]
    assert [link.target_id for link in acts[ids[4]].links] == [ids[1]]
    assert acts[ids[5]].links == ()


async def test_undo_goes_on_after_a_restart(coded, codebook, in_force):
    study, ids = coded
    app = app_of(study, codebook)
    async with app.run_test() as pilot:
        await press(app, pilot, "r", "enter", "4", "enter", "backspace")
    assert (in_force(study, ids[1]), in_force(study, ids[2])) == ({"M"}, None)
    path = study.path
    study.close()
    with Study.open(path) as again:
        app = app_of(again, codebook)
        async with app.run_test() as pilot:
            await press(app, pilot, "backspace")
        assert in_force(again, ids[1]) is None


async def test_the_second_reader_waits_for_the_coder(coded, codebook, in_force):
    study, ids = coded
    app = app_of(study, codebook, "second-reader")
    async with app.run_test(size=(132, 36)) as pilot:
        await press(app, pilot, "enter")
        assert "would add" not in "\n".join(shown(app))
        await press(app, pilot, "enter")
        assert "would add M" in "\n".join(shown(app))
        await press(app, pilot, "a")
    assert in_force(study, ids[2]) == {"M"}


async def test_help_manual_and_memo_lie_over_the_review_and_their_keys_are_theirs(coded, codebook, in_force):
    study, ids = coded
    app = app_of(study, codebook)
    async with app.run_test(size=(132, 36)) as pilot:
        await press(app, pilot, "question_mark")
        assert isinstance(app.screen, Page)
        await press(app, pilot, "x", "r", "escape", "d", "7")
        assert "7-" in "\n".join(shown(app))
        await press(app, pilot, "q", "t")
        assert isinstance(app.screen, MemoScreen)
        app.screen.query_one(Input).value = "twijfel"
        await press(app, pilot, "enter")
        assert app.is_running
    assert in_force(study, ids[1]) is None
    assert [memo.text for memo in study.memos(ids)[ids[1]]] == ["twijfel"]


async def test_a_crash_loses_no_key(coded, codebook):
    study, ids = coded
    app = app_of(study, codebook)
    async with app.run_test() as pilot:
        await press(app, pilot, "r", "8")
    assert {choice.code for choice in study.draft(ids[1], "K1", 1).choices} == {"M", "8+"}


@pytest.mark.parametrize("size", [(80, 24), (132, 36), (200, 60)])
async def test_every_part_is_on_the_screen(coded, codebook, size):
    study, _ = coded
    app = app_of(study, codebook)
    async with app.run_test(size=size) as pilot:
        await press(app, pilot, "minus", "1", "escape")
        rows = shown(app)
    text = "\n".join(rows)
    assert rows[0].startswith("0 / 8 reviewed · proef · Noord · October 2020 · coder K1")
    assert "▶ 1-" in text
    assert "bericht 1" in text
    for key in codebook.interventions.values():
        assert f"{key.key} " in text
    assert "[-]" in text
    assert "Enter keep & next" in text
    assert all(len(row) <= size[0] for row in rows)


async def test_chat_text_is_never_markup(study, filled, codebook):
    study.use_codebook(codebook.hash, codebook.text)
    ids = filled(study, messages=1)
    study.execute("UPDATE texts SET text = '[b]vet[/b] [/] [12:04] [red' WHERE entry_id = ?", (ids[1],))
    app = app_of(study, codebook)
    async with app.run_test(size=(132, 36)):
        assert "[b]vet[/b] [/] [12:04] [red" in "\n".join(shown(app))
        assert app.query_one("#footer", Static)


async def test_going_on_without_a_kind_is_one_key(coded, codebook):
    study, ids = coded
    app = app_of(study, codebook)
    async with app.run_test() as pilot:
        await press(app, pilot, "minus", "7", "enter", "minus", "7", "4", "enter")
    acts = study.acts_in_force(ids, "K1", 1)
    assert [(c.code, c.sub_reason) for c in acts[ids[1]].choices] == [("7-", None)]
    assert acts[ids[2]].codes == {"4+", "7-"}


async def test_a_link_is_taken_off_in_the_link_prompt(coded, codebook):
    study, ids = coded
    app = app_of(study, codebook)
    async with app.run_test() as pilot:
        await press(app, pilot, "r", "enter", "1", "l", "enter", "l", "x", "enter")
    act = study.acts_in_force(ids, "K1", 1)[ids[2]]
    assert (act.codes, act.links) == ({"1+"}, ())


async def test_a_coder_may_have_other_keys(coded, codebook, in_force):
    study, ids = coded
    session = Session(study, codebook, coder="K1", way="blind")
    app = ReviewApp(session, keymap(codebook, {"keep": "k", "undo": "u", "up": "i"}))
    async with app.run_test(size=(132, 36)) as pilot:
        await press(app, pilot, "enter")
        assert in_force(study, ids[1]) is None
        await press(app, pilot, "r", "k", "r", "k", "1", "l", "i", "k", "k", "x", "u")
        assert "k keep & next" in "\n".join(shown(app))
    acts = study.acts_in_force(ids, "K1", 1)
    assert acts[ids[3]].links[0].target_id == ids[1]
    assert ids[4] not in acts


async def test_a_message_longer_than_the_screen_can_be_read_to_its_end(study, filled, codebook):
    study.use_codebook(codebook.hash, codebook.text)
    ids = filled(study, messages=2)
    long = "\n".join(f"regel {n}" for n in range(40))
    study.execute("UPDATE texts SET text = ? WHERE entry_id = ?", (long, ids[1]))
    app = app_of(study, codebook)
    seen = set()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(app, pilot, *["pageup"] * 8)
        for _ in range(8):
            seen |= {n for n in range(40) if any(f"regel {n} " in row for row in shown(app))}
            await press(app, pilot, "pagedown")
    assert seen == set(range(40))


@pytest.mark.parametrize("text", ["\x1b[2Jweg", "a\x07b\x9b31m", "links\rrechts"])
async def test_a_chat_commands_no_terminal(study, filled, codebook, text):
    study.use_codebook(codebook.hash, codebook.text)
    ids = filled(study, messages=1)
    study.execute("UPDATE texts SET text = ? WHERE entry_id = ?", (text, ids[1]))
    app = app_of(study, codebook)
    async with app.run_test(size=(132, 36)):
        drawn = "\n".join(shown(app))
    assert not [char for char in drawn if char != "\n" and unicodedata.category(char) == "Cc"]
    assert "\N{REPLACEMENT CHARACTER}" in drawn


async def test_only_the_lines_that_changed_are_drawn(study, filled, codebook, monkeypatch):
    study.use_codebook(codebook.hash, codebook.text)
    with study.transaction():
        ids = filled(study, messages=100)
    app = app_of(study, codebook)
    drawn = []
    async with app.run_test(size=(132, 36)) as pilot:
        line = view.line
        monkeypatch.setattr(view, "line", lambda *given: drawn.append(given[1].id) or line(*given))
        await press(app, pilot, "r")
        assert drawn == [ids[1]]
        await press(app, pilot, "enter")
        assert drawn[1:] == [ids[1], ids[2]]


@pytest.mark.parametrize("way", ["blind", "assisted", "second-reader"])
async def test_the_way_of_working_is_in_sight_in_a_small_terminal(coded, codebook, way):
    study, _ = coded
    app = ReviewApp(Session(study, codebook, coder="Kodeur-1", way=way, study="waterstad-zuid"))
    async with app.run_test(size=(80, 24)):
        rows = shown(app)
    head = " ".join(row.strip() for row in rows[:2])
    assert "0 / 8 reviewed" in head
    assert f"round 1, {way}" in head
    assert "▶" in "\n".join(rows)
    assert "q quit" in "\n".join(rows)
