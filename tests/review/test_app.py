"""Keys are pressed, and the database is read."""

from __future__ import annotations

import unicodedata

import pytest
from textual import events
from textual.widgets import Input, Static

from chatcode.review import view
from chatcode.review.app import ReviewApp
from chatcode.review.keys import THEMES, keymap
from chatcode.review.pane import ConversationPane
from chatcode.review.screens import Ask, Choosing, Page
from chatcode.review.session import Session
from chatcode.study.store import Study

from .screen import app_of, press, shown


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
        assert "7+  " in "\n".join(shown(app))
        assert "bericht 1" in "\n".join(shown(app))
        await press(app, pilot, "pagedown")
        assert "7-  " in "\n".join(shown(app))
        await press(app, pilot, "escape", "t")
        assert isinstance(app.screen, Ask)
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


async def test_a_range_is_decided_at_one_go_and_undone_at_once(coded, codebook, in_force):
    study, ids = coded
    app = app_of(study, codebook)
    async with app.run_test(size=(132, 36)) as pilot:
        await press(app, pilot, "x", "v", "down", "down", "6", "enter")
        assert [in_force(study, i) for i in ids[1:6]] == [set(), {"6+"}, {"6+"}, {"6+"}, None]
        assert app.session.entry.id == ids[5]
        assert len({study.history(i)[0].batch for i in ids[2:5]}) == 1
        await press(app, pilot, "backspace")
        assert [in_force(study, i) for i in ids[1:6]] == [set(), None, None, None, None]
        await press(app, pilot, "v", "up", "escape", "x")
    assert (app.session.entry.id, app.session.counts.reviewed) == (ids[2], 1)


async def test_go_to_filter_and_flag_by_keys(coded, codebook, in_force):
    study, ids = coded
    app = app_of(study, codebook)
    async with app.run_test(size=(132, 36)) as pilot:
        await press(app, pilot, "g", "5", "enter", "f", "r", "enter")
        assert app.session.entry.id == ids[6]
        assert study.flagged(ids, "K1") == {ids[5]}
        await press(app, pilot, "slash", *"code:M", "enter")
        assert app.session.entry.id == ids[5]
        assert "filter code:M" in shown(app)[0]
        assert "⚑M" in "\n".join(shown(app))
        await press(app, pilot, "slash", *["backspace"] * 6, *"role:nobody", "enter")
        assert "there is no role" in "\n".join(shown(app))
    again = Session(study, codebook, coder="K1", way="blind")
    assert (again.filter.code, again.entry.id) == ("M", ids[5])


async def test_a_blind_coder_cannot_ask_what_the_machine_thinks(coded, codebook):
    study, _ = coded
    app = app_of(study, codebook)
    async with app.run_test(size=(132, 36)) as pilot:
        await press(app, pilot, "slash", *"p>0.5", "enter")
        assert "not told in this way" in "\n".join(shown(app))
        await press(app, pilot, "A")
        assert "--way assisted" in "\n".join(shown(app))


async def test_bulk_counts_first_and_takes_one_undo(coded, codebook, in_force):
    study, ids = coded
    app = app_of(study, codebook, "assisted")
    async with app.run_test(size=(132, 36)) as pilot:
        await press(app, pilot, "A", *"p>0.5", "enter")
        assert "2 open messages" in "\n".join(shown(app))
        await press(app, pilot, "n", "enter")
        assert study.acts_in_force(ids, "K1", 1) == {}
        await press(app, pilot, "A", *"rule x", "enter", "y", "enter")
        act = study.acts_in_force(ids, "K1", 1)[ids[2]]
        assert (act.codes, act.mode, act.shown) == ({"M"}, "bulk", ("M",))
        await press(app, pilot, "A", *"0.5", "enter", "y", "enter", "backspace")
        assert in_force(study, ids[3]) is None
        assert in_force(study, ids[2]) == {"M"}


async def test_the_queue_the_progress_and_the_thread_are_lists_to_go_by(coded, codebook):
    study, ids = coded
    app = app_of(study, codebook)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(app, pilot, "r", "enter", "1", "l", "enter", "enter", "o")
        assert "Nothing is tied" in "\n".join(shown(app))
        await press(app, pilot, "up", "o")
        assert "thread of this report" in "\n".join(shown(app))
        await press(app, pilot, "up", "enter")
        assert app.session.entry.id == ids[1]
        await press(app, pilot, "tab", "down", "down", "down", "enter")
        assert app.session.entry.id == ids[4]
        await press(app, pilot, "tab", "tab")
        assert "2 / 8" in "\n".join(shown(app))
        await press(app, pilot, "tab", "x")
        assert not isinstance(app.screen, Choosing)
    assert study.acts_in_force(ids, "K1", 1)[ids[4]].codes == frozenset()


async def test_what_a_photo_was_and_memos_on_more_than_a_message(coded, codebook):
    study, ids = coded
    app = app_of(study, codebook)
    async with app.run_test(size=(132, 36)) as pilot:
        await press(app, pilot, "e", *"poster", "enter", "T", *"code 1+ too broad", "enter")
        assert "[poster]" in "\n".join(shown(app))
        await press(app, pilot, "T", *"case Noord quiet", "enter", "T", *"nonsense", "enter")
        assert "say first what the memo is about" in "\n".join(shown(app))
        await press(app, pilot, "T", *"method 0612345678", "enter")
    assert [note.text for note in study.media_notes(ids)[ids[1]]] == ["poster"]
    told = [(m.kind, m.about, m.text) for m in study.wider_memos()]
    assert told == [("code", "1+", "too broad"), ("case", "Noord", "quiet")]


async def test_more_context_and_a_hint_when_a_conversation_ends(study, filled, codebook):
    study.use_codebook(codebook.hash, codebook.text)
    ids = filled(study, messages=4)
    study.execute("UPDATE entries SET sent_at = '2020-10-03T09:00:00' WHERE position > 2")
    now = [0.0]
    app = ReviewApp(Session(study, codebook, coder="K1", way="blind"), clock=lambda: now[0])
    async with app.run_test(size=(132, 36)) as pilot:
        assert "bericht 3" not in "\n".join(shown(app))
        await press(app, pilot, "c")
        drawn = "\n".join(shown(app))
        assert "bericht 4" in drawn
        assert "Saturday 03 October 2020" in drawn
        now[0] = 3600.0
        await press(app, pilot, "x")
        assert "a short break" in "\n".join(shown(app))
    assert [entry.id for entry in app.session.conversation] == ids


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_forty_messages_are_coded_by_keys_and_the_database_tells_the_same(
    study, filled, codebook, in_force, size
):
    study.use_codebook(codebook.hash, codebook.text)
    with study.transaction():
        ids = filled(study, messages=40)
    app = app_of(study, codebook)
    async with app.run_test(size=size) as pilot:
        for _ in range(10):
            await press(app, pilot, "r", "enter", "1", "l", "enter", "enter", "x", "minus", "9", "enter")
        await press(app, pilot, "backspace", "backspace")
    assert [in_force(study, i) for i in ids[1:5]] == [{"M"}, {"1+"}, set(), {"9-"}]
    links = {i: act.links for i, act in study.acts_in_force(ids, "K1", 1).items()}
    assert [links[i][0].target_id for i in ids[2::4]] == ids[1::4]
    assert (app.session.counts.reviewed, in_force(study, ids[40])) == (38, None)
    assert study.broken_chains() == []


@pytest.mark.parametrize("theme", sorted(THEMES))
async def test_every_theme_is_there(coded, codebook, theme):
    study, _ = coded
    app = ReviewApp(Session(study, codebook, coder="K1", way="blind"), theme=theme)
    async with app.run_test(size=(80, 24)):
        assert "bericht 1" in "\n".join(shown(app))


async def test_without_colour_everything_is_told_by_signs(coded, codebook, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    study, _ = coded
    app = app_of(study, codebook)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(app, pilot, "minus", "7", "f")
        drawn = "\n".join(shown(app))
    assert "[-]" in drawn
    assert "▶⚑7-" in drawn
    assert app.no_color


async def test_letters_typed_before_the_line_stands_there_are_not_lost(coded, codebook):
    study, ids = coded
    app = app_of(study, codebook)
    async with app.run_test(size=(132, 36)) as pilot:
        for key in ("t", *"poster"):
            # As a terminal does it: without waiting for the screen.
            app.post_message(events.Key(key, key))
        await pilot.pause(0.3)
        await press(app, pilot, "s", "enter")
    assert [memo.text for memo in study.memos(ids)[ids[1]]] == ["posters"]
    assert study.acts_in_force(ids, "K1", 1) == {}


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_bar_tells_where_in_a_long_conversation_one_is_and_lays_nothing_out_anew(
    study, filled, codebook, size, monkeypatch
):
    study.use_codebook(codebook.hash, codebook.text)
    with study.transaction():
        ids = filled(study, messages=101)
    study.execute("UPDATE entries SET sent_at = '2020-10-03T09:00:00' WHERE position > 100")
    app = app_of(study, codebook)

    def bar():
        return [place for place, row in enumerate(shown(app)) if "▐" in row]

    async with app.run_test(size=size) as pilot:
        laid_out = []
        monkeypatch.setattr(ConversationPane, "on_resize", lambda _: laid_out.append(1))
        begin = bar()
        await press(app, pilot, "g", *"100", "enter")
        end = bar()
        assert begin
        assert end
        assert begin[0] < end[0]
        assert app.query_one(ConversationPane).allow_vertical_scroll
        await press(app, pilot, "x")
        assert (app.session.entry.id, bar()) == (ids[101], [])
        await press(app, pilot, "p")
        assert bar() == end
    assert laid_out == []
    assert list(study.acts_in_force(ids, "K1", 1)) == [ids[100]]


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_no_row_is_made_before_its_width_is_known(coded, codebook, size, monkeypatch):
    study, _ = coded
    widths = []
    line = view.line
    monkeypatch.setattr(view, "line", lambda *given: widths.append(given[3]) or line(*given))
    app = app_of(study, codebook)
    async with app.run_test(size=size):
        assert not app.query_one("#manual").display
        assert set(widths) == {app.query_one(ConversationPane).scrollable_content_region.width - 1}
