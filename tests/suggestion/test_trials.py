from __future__ import annotations

import pytest

from chatcode.errors import ChatcodeError
from chatcode.suggestion.audit import kept_apart
from chatcode.suggestion.trials import Chat, conversations, folds_of, out_of_sample


@pytest.fixture(scope="module")
def talk(chat):
    """A chat of conversations of two messages; the second of each was reviewed."""

    def make(n, text="woord {i} en {i}a"):
        lines = []
        for i in range(n):
            lines += [f"A: {text.format(i=chr(97 + i % 26) * 3)}", "B: ja", "+90"]
        messages = chat(*lines)
        return Chat(messages, {}, [None if i % 2 else {"M"} for i in range(len(messages))])

    return make


def test_a_conversation_stays_in_one_fold_and_only_reviewed_messages_have_one(talk):
    chats = [talk(20), talk(12)]
    folds = folds_of(chats, "grouped")
    assert {f for some in folds for f in some if f is not None} == {0, 1, 2, 3, 4}
    for chat, some, blocks in zip(chats, folds, conversations(chats), strict=True):
        assert [f is None for f in some] == [codes is None for codes in chat.codings]
        dealt = {}
        for fold, block in zip(some, blocks, strict=True):
            if fold is not None:
                assert dealt.setdefault(block, fold) == fold


def test_conversations_with_the_same_longer_text_are_judged_together(talk):
    copied = talk(12, text="let op er loopt hier iemand rond")
    with pytest.raises(ChatcodeError, match="fewer than 5 conversations"):
        folds_of([copied], "grouped")
    [short] = folds_of([talk(12, text="let op")], "grouped")
    assert set(short) == {None, 0, 1, 2, 3, 4}


def test_by_time_what_is_judged_is_later_than_all_that_teaches(talk):
    chats = [talk(20), talk(10)]
    folds = folds_of(chats, "time")
    late = [
        m.sent_at
        for c, f in zip(chats, folds, strict=True)
        for m, x in zip(c.messages, f, strict=True)
        if x == 0
    ]
    early = [
        m.sent_at
        for c, f in zip(chats, folds, strict=True)
        for m, x, codes in zip(c.messages, f, c.codings, strict=True)
        if x is None and codes is not None
    ]
    assert early and late and max(early) < min(late)


def test_by_chat_every_chat_is_judged_by_the_others_and_one_alone_cannot(talk):
    folds = folds_of([talk(6), talk(6)], "chat")
    assert [{f for f in some if f is not None} for some in folds] == [{0}, {1}]
    with pytest.raises(ChatcodeError, match="one group only"):
        folds_of([talk(6)], "chat")


def test_a_message_is_never_judged_by_a_model_that_saw_its_coding(talk, bundled):
    # In each fold the only positive of the code is the one that is judged: who peeks would find it.
    chats = [talk(30)]
    codings = [None if codes is None else set() for codes in chats[0].codings]
    folds = folds_of(chats, "grouped")
    first = next(i for i, fold in enumerate(folds[0]) if fold == 2)
    codings[first] = {"9-"}
    [found] = out_of_sample([Chat(chats[0].messages, {}, codings)], folds, codebook=bundled)
    assert [one is None for one in found] == [fold is None for fold in folds[0]]
    assert found[first].scores.get("9-", 0) < 0.1


def test_the_share_kept_apart_is_stable_nested_and_as_large_as_asked():
    ids = [f"message-{i}" for i in range(4000)]
    small = {i for i in ids if kept_apart(i, 0.05, "study")}
    large = {i for i in ids if kept_apart(i, 0.2, "study")}
    assert small < large
    assert 0.04 < len(small) / len(ids) < 0.06
    assert small != {i for i in ids if kept_apart(i, 0.05, "other")}
    assert not any(kept_apart(i, 0.0, "study") for i in ids)
    assert all(kept_apart(i, 1.0, "study") for i in ids)
