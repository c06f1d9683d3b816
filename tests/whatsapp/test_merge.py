from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatcode.domain import Message
from chatcode.whatsapp.merge import (
    Fingerprint,
    Merge,
    Stretch,
    clock_shift,
    content_of,
    link_aliases,
    merge,
)

START = datetime(2021, 1, 31, 10, 0)


def entry(minute: int, text: str, sender: str = "m1") -> Fingerprint:
    at = START + timedelta(minutes=minute)
    return Fingerprint(text.encode(), at, sender)


def chat(text: str, start: int = 0) -> list[Fingerprint]:
    """One entry a letter, a minute later at each blank."""
    found, minute = [], start
    for letter in text:
        if letter == " ":
            minute += 1
        else:
            found.append(entry(minute, letter))
    return found


def merged(stored: list[Fingerprint], new: list[Fingerprint]) -> list[Fingerprint]:
    result = merge(stored, new)
    return [(new if is_new else stored)[place] for is_new, place in result.order(len(stored))]


def test_the_same_export_again_adds_nothing() -> None:
    stored = chat("ab bb c")
    result = merge(stored, stored)
    assert (result.added, result.changed, result.agreement) == ((), (), 1.0)
    assert result.overlap == Stretch(stored[0].sent_at, stored[-1].sent_at)


def test_a_later_export_adds_only_what_is_new() -> None:
    assert merge(chat("a b c"), chat("b c d e", start=1)).added == ((2, 2), (2, 3))


def test_an_earlier_export_goes_in_front() -> None:
    stored, new = chat("c d", start=2), chat("a b c")
    assert merge(stored, new).added == ((-1, 0), (-1, 1))
    assert merged(stored, new) == chat("a b c d")


def test_two_equal_messages_in_a_minute_stay_two() -> None:
    assert merged(chat("aa b"), chat("aa b")) == chat("aa b")
    assert merged(chat("a b"), chat("aa b")) == chat("aa b")
    assert merged(chat("aa b"), chat("a b")) == chat("aa b")
    assert merged(chat("aaa"), chat("aa")) == chat("aaa")


def test_a_hole_is_filled_where_it_is() -> None:
    assert merged(chat("a b") + chat("e f", start=4), chat("b c d e", start=1)) == chat("a b c d e f")


def test_what_only_the_stored_export_has_stays() -> None:
    assert merged(chat("a bxc d"), chat("a bc d e")) == chat("a bxc d e")


def test_a_message_that_was_edited_or_deleted_since_is_not_doubled() -> None:
    result = merge(chat("a b c"), chat("a x c"))
    assert (result.changed, result.added) == (((1, 1),), ())


def test_the_last_message_may_have_been_edited_since_too() -> None:
    result = merge(chat("a b c"), chat("a b x d"))
    assert (result.changed, result.added) == (((2, 2),), ((2, 3),))


def test_where_the_numbers_differ_nothing_is_taken_for_changed() -> None:
    result = merge(chat("a b c"), chat("a xy c"))
    assert result.changed == ()
    assert result.added == ((1, 1), (1, 2))


def test_exports_apart_leave_a_gap() -> None:
    stored, new = chat("a b"), chat("c d", start=60)
    result = merge(stored, new)
    assert result.overlap is None
    assert result.gaps == (Stretch(stored[-1].sent_at, new[0].sent_at),)
    assert result.agreement == 1.0
    assert merge(new, stored).gaps == result.gaps
    assert merged(new, stored) == merged(stored, new) == stored + new


def test_a_hole_between_two_exports_is_no_disagreement() -> None:
    stored = chat("a b") + chat("e f", start=40)
    covered = [Stretch(stored[0].sent_at, stored[1].sent_at), Stretch(stored[2].sent_at, stored[3].sent_at)]
    new = chat("c d", start=20)
    result = merge(stored, new, covered)
    assert result.agreement == 1.0
    assert result.gaps == (Stretch(covered[0].end, new[0].sent_at), Stretch(new[1].sent_at, covered[1].start))
    assert merged(stored, new) == stored[:2] + new + stored[2:]


def later(entries: list[Fingerprint], minutes: int) -> list[Fingerprint]:
    return [
        Fingerprint(e.content, e.sent_at + timedelta(minutes=minutes), e.sender, e.words) for e in entries
    ]


@pytest.mark.parametrize("minutes", [60, -120, 345, 0])
def test_a_phone_in_another_time_zone_is_told_by_what_both_wrote(minutes: int) -> None:
    stored = [entry(n, str(n)) for n in range(20)]
    assert clock_shift(stored, later(stored, minutes)) == timedelta(minutes=minutes)


def test_what_no_time_zone_explains_is_no_shift() -> None:
    stored = [entry(n, str(n)) for n in range(20)]
    assert clock_shift(stored, later(stored, 7)) == timedelta(0)
    assert clock_shift(stored[:1], later(stored[:1], 60)) == timedelta(0)
    assert clock_shift(stored, later(stored[:10], 60) + later(stored[10:], 120)) == timedelta(0)
    assert clock_shift([], []) == timedelta(0)


def test_another_group_of_the_same_time_does_not_agree() -> None:
    result = merge(chat("a b c d"), chat("w x y z"))
    assert (result.agreement, result.overlap, result.gaps) == (0.0, None, ())


@pytest.mark.parametrize(("stored", "new"), [("", ""), ("a b", ""), ("", "a b")])
def test_nothing_merges_with_anything(stored: str, new: str) -> None:
    assert merged(chat(stored), chat(new)) == chat(stored or new)


def test_a_clock_that_was_put_back_does_not_disturb_the_order() -> None:
    whole = [entry(5, "a"), entry(6, "b"), entry(2, "c"), entry(3, "d"), entry(7, "e")]
    assert merged(whole[:4], whole[1:]) == whole


CHAT = st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc")), min_size=1, max_size=60)


@settings(max_examples=300, deadline=None)
@given(CHAT, st.data())
def test_two_windows_of_a_chat_give_the_chat(steps: list[tuple[int, str]], data: st.DataObject) -> None:
    """The windows end between two minutes: inside one, equal messages cannot be told apart."""
    whole, minute = [], 0
    for step, letter in steps:
        minute += step
        whole.append(entry(minute, letter))
    ends = [n for n in range(1, len(whole)) if whole[n - 1].sent_at != whole[n].sent_at]
    start, stop = sorted(data.draw(st.lists(st.sampled_from([0, *ends, len(whole)]), min_size=2, max_size=2)))
    first, second = whole[:stop], whole[start:]
    assert merged(first, first) == first
    if start < stop:
        assert merged(first, second) == whole
        assert merged(second, first) == whole


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from("abcd "), max_size=30), st.lists(st.sampled_from("abcd "), max_size=30))
def test_whatever_is_merged_nothing_is_lost_or_turned_round(stored: list[str], new: list[str]) -> None:
    old_chat, new_chat = chat("".join(stored)), chat("".join(new))
    result = merge(old_chat, new_chat)
    places = list(result.order(len(old_chat)))
    assert [place for is_new, place in places if not is_new] == list(range(len(old_chat)))
    shared = [place for _, place in (*result.same, *result.changed)]
    added = [place for is_new, place in places if is_new]
    assert sorted(shared + added) == list(range(len(new_chat)))
    assert all(old_chat[a].content == new_chat[b].content for a, b in result.same)
    assert list(result.same) == sorted(result.same)
    assert [b for _, b in result.same] == sorted({b for _, b in result.same})


def test_a_long_export_is_merged_fast() -> None:
    whole = [entry(n // 3, str(n % 5), f"m{n % 40}") for n in range(60_000)]
    result = merge(whole[:40_000], whole[20_000:])
    assert len(result.same) == 20_000
    assert [place for _, place in result.added] == list(range(20_000, 40_000))


def renamed(entries: list[Fingerprint], names: dict[str, str]) -> list[Fingerprint]:
    return [Fingerprint(e.content, e.sent_at, names.get(e.sender or "", e.sender), e.words) for e in entries]


def linked(stored: list[Fingerprint], new: list[Fingerprint]) -> list[tuple[str, str, int]]:
    return [(a.new, a.stored, a.votes) for a in link_aliases(stored, new, merge(stored, new))]


def test_names_are_linked_by_the_messages_they_share() -> None:
    stored = [entry(n, str(n), f"m{n % 3}") for n in range(30)]
    new = renamed(stored, {"m0": "+31 6 00112233", "m1": "Jan"})
    assert linked(stored, new) == [("+31 6 00112233", "m0", 10), ("Jan", "m1", 10)]


def test_one_shared_message_links_nobody() -> None:
    stored = [entry(0, "a", "m0"), entry(1, "b", "m1")]
    assert linked(stored, renamed(stored, {"m0": "Jan"})) == []


def test_names_that_share_with_several_are_linked_with_none() -> None:
    stored = [entry(n, str(n), f"m{n % 2}") for n in range(20)]
    assert linked(stored, [Fingerprint(e.content, e.sent_at, "Jan") for e in stored]) == []


def test_a_tenth_of_stray_messages_does_not_break_a_link() -> None:
    stored = [entry(n, str(n), "m0") for n in range(20)]
    new = renamed(stored, {"m0": "Jan"})
    new[3] = Fingerprint(new[3].content, new[3].sent_at, "Els")
    assert linked(stored, new) == [("Jan", "m0", 19)]


def test_media_and_notices_are_no_votes() -> None:
    stored = [Fingerprint(str(n).encode(), START, "m0", words=False) for n in range(9)]
    assert linked(stored, renamed(stored, {"m0": "Jan"})) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Message(START, "Jan", "message", "hoi"),
            Message(START.replace(second=31), "+31 6 00112233", "message", "\u200ehoi "),
        ),
        (
            Message(START, "Jan", "message", "caf\u00e9"),
            Message(START, "Jan", "message", "cafe\u0301"),
        ),
        (
            Message(START, "Jan", "message", "<Media weggelaten>", "media"),
            Message(START, "Jan", "message", "\u200eimage omitted", "media"),
        ),
        (
            Message(START, None, "system", "Je hebt Jan toegevoegd", "added", None, ("Jan",)),
            Message(START, None, "system", "\u200eEls heeft +31 6 00112233 toegevoegd", "added", "Els"),
        ),
    ],
)
def test_phones_write_one_entry_in_several_ways(one: Message, other: Message) -> None:
    assert content_of(one) == content_of(other)


@pytest.mark.parametrize(
    "other",
    [
        Message(START, "Jan", "message", "hoi!"),
        Message(START, "Jan", "message", "<Media weggelaten>", "media"),
        Message(START, None, "system", "hoi", "other"),
    ],
)
def test_different_entries_differ(other: Message) -> None:
    assert content_of(Message(START, "Jan", "message", "hoi")) != content_of(other)


def test_a_merge_shows_nothing_of_a_chat() -> None:
    assert "hoi" not in repr(merge([entry(0, "hoi")], [entry(0, "hoi")]))
    assert isinstance(merge([], []), Merge)
