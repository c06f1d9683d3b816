from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from chatcode.analysis.definitions import changes
from chatcode.codebook import Codebook
from chatcode.errors import ChatcodeError, CodebookError
from chatcode.exchange.refi.check import parsed, schema_faults
from chatcode.exchange.refi.codes import code_guid, write_codebook
from chatcode.exchange.refi.guids import guid
from chatcode.exchange.refi.layout import writable
from chatcode.exchange.refi.manuals import read_codebook
from chatcode.exchange.refi.project import Contents, write_project
from chatcode.exchange.refi.rewording import reworded

BOOK = Codebook.load()
KIND = BOOK.manual("7-").sub_reasons[0]


def changed(lang, change):
    """The .qdc of the bundled codebook after `change` was made to its root."""
    root = etree.fromstring(write_codebook(BOOK, lang=lang))
    change(root)
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    assert schema_faults(parsed(data, "x")) == []
    return data


def code(root, identifier):
    (found,) = (one for one in root.iter("{*}Code") if one.get("guid") == identifier)
    return found


def describe(root, identifier, text):
    code(root, identifier).find("{*}Description").text = text


def differences(data):
    found = read_codebook(data, "x.qdc", BOOK)
    return [(one.code, one.part) for one in changes(BOOK, found.codebook)]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_codebook_that_nobody_changed_comes_back_without_a_difference(lang):
    found = read_codebook(write_codebook(BOOK, lang=lang), "x.qdc", BOOK)
    assert changes(BOOK, found.codebook) == []
    assert (found.lang, found.unknown, found.missing, found.renamed) == (lang, (), (), ())
    assert reworded(BOOK.text, found.codebook) == BOOK.text


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_each_part_that_was_rewritten_elsewhere_is_found_in_the_language_of_the_file(lang):
    titles = {
        "nl": ("Wel", "Niet", "Typisch", "Twijfel"),
        "en": ("Include", "Exclude", "Typical", "Doubtful"),
    }
    include, exclude, typical, doubtful = titles[lang]

    def change(root):
        describe(
            root, code_guid("8+"),
            f"{include}: Somebody greets\r\nor says goodbye.\r\n{exclude}: Thanks.\n\n"
            f"{typical}: Hoi allemaal\n{typical}: Dag\n{doubtful}: A wave: counts.",
        )  # fmt: skip
        code(root, guid("intervention", "4")).set("name", "4 Opletten")
        describe(root, guid("intervention", "4"), "Wie het weet kijkt uit.")
        kind = code(root, code_guid("7-", KIND.id))
        kind.set("name", kind.get("name").rpartition(": ")[0] + ": schelden & smalen")

    found = read_codebook(changed(lang, change), "x.qdc", BOOK)
    manual, fourth = found.codebook.manual("8+"), found.codebook.interventions[4]
    assert manual.include == "Somebody greets or says goodbye."
    assert (manual.exclude, manual.anchors) == ("Thanks.", ("Hoi allemaal", "Dag"))
    assert manual.boundary == ("A wave: counts.",)
    assert (fourth.name[lang], fourth.mechanism[lang]) == ("Opletten", "Wie het weet kijkt uit.")
    other = {"nl": "en", "en": "nl"}[lang]
    assert fourth.name[other] == BOOK.interventions[4].name[other]
    assert found.codebook.manual("7-").sub_reasons[0].name[lang] == "schelden & smalen"
    assert found.codebook.manual("8+").cues == BOOK.manual("8+").cues
    assert {(one.code, one.part) for one in changes(BOOK, found.codebook)} == {
        ("8+", "include"), ("8+", "exclude"), ("8+", "anchors"), ("8+", "boundary"), ("7-", "sub_reasons"),
        ("4+", "name"), ("4-", "name"), ("4+", "mechanism"), ("4-", "mechanism"),
    }  # fmt: skip


def test_a_description_without_titles_is_what_the_code_takes_in():
    data = changed("nl", lambda root: describe(root, code_guid("9+"), "Gewoon een omschrijving."))
    found = read_codebook(data, "x.qdc", BOOK)
    assert found.codebook.manual("9+").include == "Gewoon een omschrijving."
    assert differences(data) == [("9+", "include")]


def test_other_spaces_and_dropped_descriptions_are_no_difference():
    def pad(root):
        for one in root.iter("{*}Description"):
            one.text = one.text.replace("\n", "  \r\n ")

    def drop(root):
        for one in list(root.iter("{*}Description")):
            one.getparent().remove(one)

    assert differences(changed("nl", pad)) == differences(changed("nl", drop)) == []


def test_a_program_that_renews_identifiers_and_capitals_is_understood_by_name():
    def renew(root):
        for number, one in enumerate(root.iter("{*}Code")):
            one.set("guid", f"{{{guid('anew', str(number)).upper()}}}")

    found = read_codebook(changed("en", renew), "x.qdc", BOOK)
    assert (changes(BOOK, found.codebook), found.unknown, found.missing) == ([], (), ())


def test_codes_of_others_missing_ones_and_names_without_a_place_are_said():
    def change(root):
        code(root, code_guid("9-")).getparent().remove(code(root, code_guid("9-")))
        code(root, code_guid("5+")).set("name", "Feestje")
        top = root.find("{*}Codes")
        etree.SubElement(
            top, top.tag.replace("Codes", "Code"), guid=guid("x"), name="Sfeer", isCodable="true"
        )

    found = read_codebook(changed("nl", change), "x.qdc", BOOK)
    assert (found.unknown, found.missing, found.renamed) == (("Sfeer",), ("9-",), ("5+",))
    assert changes(BOOK, found.codebook) == []


def test_the_codebook_within_a_project_is_read_too():
    made = Contents("study", "proef", "nl", BOOK, (), (), {}, (), {})
    assert differences(write_project(made)) == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html/>", "holds no codebook"),
        (b"geen xml", "no XML"),
        (
            b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
            b'<Code guid="6d0c7e0a-3c0e-5b7e-9d53-51a6f0c2e9b4" name="x" isCodable="true"/>'
            b"</Codes></CodeBook>",
            "holds none of the codes",
        ),
    ],
)
def test_what_is_no_codebook_of_ours_is_refused(data, words):
    with pytest.raises(ChatcodeError, match=words):
        read_codebook(data, "x.qdc", BOOK)


# ── taken over ──


def test_what_is_taken_over_changes_those_words_and_no_other_line():
    def change(root):
        describe(
            root,
            code_guid("8+"),
            'Wel: Iemand groet, zegt "dag" of\n zwaait: alles.\nTypisch: a\nTypisch: b\nTypisch: c',
        )
        code(root, guid("intervention", "4")).set("name", "4 Opletten: altijd")
        kind = code(root, code_guid("7-", KIND.id))
        kind.set("name", kind.get("name").rpartition(": ")[0] + ": smalen")

    wanted = read_codebook(changed("nl", change), "x.qdc", BOOK).codebook
    text = reworded(BOOK.text, wanted)
    made = Codebook.parse(text, "new")
    assert changes(wanted, made) == []
    assert made.manual("8+").include == 'Iemand groet, zegt "dag" of zwaait: alles.'
    assert made.manual("8+").anchors == ("a", "b", "c")
    kept = [line for line in BOOK.text.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in text.splitlines() if line.lstrip().startswith("#")] == kept
    assert [cue.id for cue in made.cues] == [cue.id for cue in BOOK.cues]
    gone = set(BOOK.text.splitlines()) - set(text.splitlines())
    assert 3 < len(gone) < 12


# What a file can say: XML holds no control characters, and blanks are of no account.
words = st.text(max_size=25).map(lambda text: " ".join(writable(text).split())).filter(bool)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words, st.lists(words, min_size=2, max_size=4))
def test_any_words_can_be_taken_over(name, anchors):
    fourth = BOOK.interventions[4]
    seen = replace(fourth.seen, include=name, anchors=tuple(anchors))
    fourth = replace(fourth, name={**fourth.name, "nl": name}, seen=seen)
    wanted = replace(BOOK, interventions={**BOOK.interventions, 4: fourth})
    assert changes(wanted, Codebook.parse(reworded(BOOK.text, wanted), "new")) == []


def test_a_codebook_that_would_not_hold_together_is_refused():
    manual = replace(BOOK.report.seen, anchors=("maar een",))
    wanted = replace(BOOK, origin="x.qdc", report=replace(BOOK.report, seen=manual))
    with pytest.raises(CodebookError, match="needs at least 2"):
        reworded(BOOK.text, wanted)
