from datetime import datetime

import pytest

from chatcode.anonymize.chat import pseudonymise
from chatcode.anonymize.doubts import doubts
from chatcode.anonymize.rework import original_of
from chatcode.anonymize.roster import Roster
from chatcode.anonymize.verdicts import Verdict, Verdicts
from chatcode.domain import Message

NOON = datetime(2021, 3, 4, 12, 0)
MEMBERS = ["Ingeborg Slagter", "Wesley", "Joke Prins"]
TEXTS = [
    "die brief lag bij ingebourgh op de mat",
    "xhobrak liep weer door de straat",
    "de poiltie staat er, en Zwirbelkamp is er ook bij",
    "net liep Xhobrak ook bij ons",
    "Ik kom even bij je zitten Joke",
    "gewoon een rustige avond in de wijk",
    "de hele straat is wakkker",
]


@pytest.fixture
def found(key, lexicon):
    messages = [
        Message(NOON, MEMBERS[place % len(MEMBERS)], "message", text) for place, text in enumerate(TEXTS)
    ]
    entries = pseudonymise(messages, group_id="g1", group_name=None, roles={}, key=key).entries

    def gather(*verdicts):
        originals = [original_of(key, entry) for entry in entries]
        roster = Roster(key.persons.aliases("g1"), lexicon)
        return {one.form: one for one in doubts(originals, roster, lexicon, Verdicts(verdicts, "g1"))}

    return gather


def test_a_word_in_no_list_is_in_doubt_and_plain_words_are_not(found):
    forms = found()
    assert "unknown" in forms["xhobrak"].why
    assert not forms.keys() & {"gewoon", "straat", "wakker", "politie", "brief", "avond"}


def test_the_likeliest_names_come_first_and_slips_of_common_words_last(found):
    forms = list(found())
    assert forms[-1] == "poiltie"
    assert found()["poiltie"].likely_slip
    scores = [one.score for one in found().values()]
    assert scores == sorted(scores, reverse=True)


def test_what_is_like_a_members_name_says_so(found):
    assert "member" in found()["ingebourgh"].why


def test_a_name_that_was_taken_out_and_is_a_word_too_can_be_given_back(found):
    joke = found()["joke"]
    assert (joke.state, joke.why) == ("taken out", ("word",))


def test_forms_are_counted_over_their_writings_with_their_contexts(found):
    form = found()["xhobrak"]
    assert form.count == 2
    assert form.contexts[0] == "»xhobrak« liep weer door de straat"


def test_what_was_decided_is_in_doubt_no_longer(found):
    said = Verdict("xhobrak", "allow", None, None, 1, "")
    assert "xhobrak" not in found(said)


def test_a_doubt_tells_no_word_in_its_repr(found):
    assert "xhobrak" not in repr(list(found().values()))
