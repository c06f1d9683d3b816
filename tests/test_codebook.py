from __future__ import annotations

import pytest

from chatcode.bundled import codebook_path
from chatcode.codebook import COMMAND_KEYS, SITUATIONS, Codebook
from chatcode.domain import CODES, ROLES
from chatcode.errors import CodebookError

TEXT = codebook_path().read_text(encoding="utf-8")
BOOK = Codebook.parse(TEXT, "interventions.yaml")


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def refused(old: str, new: str) -> str:
    """The refusal after `old`, which stands in the bundled codebook, is changed into `new`."""
    assert old in TEXT
    with pytest.raises(CodebookError) as caught:
        Codebook.parse(TEXT.replace(old, new, 1), "mybook.yaml")
    return caught.value.message


def test_the_bundled_codebook_has_m_and_eleven_interventions():
    assert tuple(BOOK.manuals) == CODES
    assert BOOK.report.key == "r"
    assert [i.key for i in BOOK.interventions.values()] == [*"1234567890", "="]


def test_kinds_of_measure_are_those_of_the_study():
    kinds = {number: i.measure for number, i in BOOK.interventions.items()}
    assert kinds == {
        1: "coverage", 2: "stock", 3: "outside", 4: "flow", 5: "outside", 6: "flow",
        7: "coverage", 8: "flow", 9: "flow", 10: "flow", 11: "flow",
    }  # fmt: skip
    assert {n: i.depends_on for n, i in BOOK.interventions.items() if i.depends_on} == {10: 9}


def test_every_intervention_has_actors_advice_and_opposites_by_kind():
    for intervention in BOOK.interventions.values():
        assert intervention.actors <= set(ROLES)
        assert set(SITUATIONS) - {"no_occasion"} <= set(intervention.advice)
        assert 2 <= len(intervention.opposite.sub_reasons) <= 4
        assert not intervention.seen.sub_reasons


def test_a_sub_reason_is_keyed_by_what_means_nothing_else():
    codes = {BOOK.report.key, *(i.key for i in BOOK.interventions.values())}
    for manual in BOOK.manuals.values():
        keys = [sub.key for sub in manual.sub_reasons]
        assert len(set(keys)) == len(keys)
        assert not set(keys) & (codes | COMMAND_KEYS)


def test_a_code_is_called_by_the_name_of_its_intervention():
    assert BOOK.name("M", "nl") == "Melding"
    assert BOOK.name("3+") == BOOK.name("3-") == BOOK.interventions[3].name["en"]
    assert BOOK.manual("7-").code == "7-"


def test_the_hash_covers_content_and_not_layout():
    remark = Codebook.parse("# my remark\n\n" + TEXT, "interventions.yaml")
    changed = Codebook.parse(TEXT.replace("nl: Melding", "nl: Bericht"), "interventions.yaml")
    assert remark.hash == BOOK.hash
    assert changed.hash != BOOK.hash
    assert len(BOOK.hash) >= 16


def test_what_a_study_stored_reads_back_the_same():
    again = Codebook.parse(BOOK.text, "study")
    assert (again.hash, again.manuals, again.interventions) == (BOOK.hash, BOOK.manuals, BOOK.interventions)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("key: r\n", "key: r\n  colour: red\n", "there is no field `colour`"),
        ("  key: r\n", "", "`key` is missing"),
        ("key: r\n", "key: r\n  key: m\n", "`key` stands here twice"),
        ("key: r\n", "key: q\n", "the key `q` is a command"),
        ('key: "2"', 'key: "1"', "the key `1` is already that of intervention 1"),
        ('key: "2"', "key: two", "`key` must be one character"),
        ("measure: stock", "measure: guess", "`measure` must be one of: flow, coverage, stock, outside"),
        ("depends_on: 9", "depends_on: nine", "`depends_on` must be a whole number"),
        ("depends_on: 9", "depends_on: 10", "`depends_on` must be the number of another intervention"),
        ("actors: [professional]", "actors: [burgemeester]", "`burgemeester` is no role"),
        ("weight: strong", "weight: heavy", "`weight` must be one of: strong, medium, weak"),
        ("{key: s, id: silence,", "{key: r, id: silence,", "the key `r` is already that of code M"),
        ("{key: w, id: pointless,", "{key: s, id: pointless,", "the key `s` stands here twice"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_its_reason(old, new, what):
    assert what in refused(old, new)


def test_a_refusal_names_file_line_and_code():
    line = line_of(TEXT, "{key: b, id: insult,")
    assert refused("{key: b, id: insult,", "{key: bb, id: insult,") == (
        f"mybook.yaml:{line}: code 7-: `key` must be one character"
    )


CUE = "        - id: welkom\n"


@pytest.mark.parametrize(
    ("cue", "what"),
    [
        ("{id: new, weight: weak, yes: [hoi]}", "the cue `new` has no words"),
        ("{id: new, any: [hoi], weight: weak}", "`yes` is missing"),
        ("{id: new, any: ['/(hoi/'], weight: weak, yes: [hoi]}", "is no regular expression"),
        ("{id: new, any: ['@nowhere'], weight: weak, yes: [hoi]}", "there is no list `@nowhere`"),
        ("{id: new, any: ['*'], weight: weak, yes: [hoi]}", "`*` holds a word without letters"),
        ("{id: groet, any: [hoi], weight: weak, yes: [hoi]}", "the id `groet` is used by another cue"),
        ("{id: new, any: [hoi], role: [buur], weight: weak, yes: [hoi]}", "`buur` is no role"),
        ("{id: new, any: [hoi], after: {code: M}, weight: weak, yes: [hoi]}", "`within` is missing"),
        ("{id: new, any: [hoi], after: {code: M, within: soon}, weight: weak, yes: [hoi]}", "must be a time"),
        ("{id: new, any: [hoi], after: {within: 1 h}, weight: weak, yes: [hoi]}", "needs either"),
        ("{id: new, any: [hoi], when: later, weight: weak, yes: [hoi]}", "there is no field `when`"),
        ("{id: new, any: {hoi: 1}, weight: weak, yes: [hoi]}", "`any` must be a list of texts"),
    ],
)
def test_a_cue_that_cannot_work_is_refused_with_its_code(cue, what):
    message = refused(CUE, f"        - {cue}\n{CUE}")
    assert what in message
    assert " code 2+: " in message or "used by another cue" in message


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "mybook.yaml:1: the codebook is empty"),
        ("words: [\n", "mybook.yaml:2: this is no valid YAML"),
        ("words:\n  *inbra*\n", "mybook.yaml:2: this is no valid YAML"),
        ("- a list", "mybook.yaml:1: expected fields"),
        ("words: {}\n", "mybook.yaml:1: `report` is missing"),
        ("key: \x00\n", "mybook.yaml:1: this is no valid YAML"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused(text, what):
    with pytest.raises(CodebookError) as caught:
        Codebook.parse(text, "mybook.yaml")
    assert caught.value.message.startswith(what)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(CodebookError, match=r"none\.yaml"):
        Codebook.load(tmp_path / "none.yaml")
