from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pyrefiqda import RefiCodebook, RefiProject

from chatcode.codebook import Codebook
from chatcode.domain import CODES, Act, Case, Choice, Entry, Group, Link, Member, Memo, WiderMemo
from chatcode.errors import ChatcodeError
from chatcode.exchange.refi.check import opened, parsed, project_faults, schema_faults
from chatcode.exchange.refi.codes import code_guid, write_codebook
from chatcode.exchange.refi.guids import guid
from chatcode.exchange.refi.layout import plain, sources
from chatcode.exchange.refi.project import PROJECT_SPACE as SPACE
from chatcode.exchange.refi.project import Contents, lost, write_project
from chatcode.exchange.refi.reader import read_project

CODEBOOK = Codebook.load()
KIND = CODEBOOK.manual("7-").sub_reasons[0].id
TEXTS = (
    "Weer een wit busje bij de school 🚐🚐",
    "Ik bel 112 👮‍♂️ nu",
    "regel een\nregel twee\r\nregel drie\u2028slot",
    "",
    "👨‍👩‍👧‍👦🇳🇱👍🏽❤️1️⃣",
    "tab\there \u200e\u202fen\x07 \x0b ' \" <b> & ]]>",
    "é ñ 日本 שלום",
    "gewoon bericht",
)
GROUPS = [Group("g1", "Noord & West", "c"), Group("g2", "Oost", "c")]


def contents(texts=TEXTS, **more):
    entries = [
        Entry(
            str(uuid4()), GROUPS[n % 2].id, n, datetime(2020, 10 + n // 5, 1 + n % 5, 20, n), "message", text,
            member_id=f"m{n % 3}",
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip
    made = Contents(
        study_id="study", name="proef", lang="nl", codebook=CODEBOOK,
        cases=[Case("c", "Stad", None, None)], groups=GROUPS,
        members={
            f"m{n}": Member(f"m{n}", "Deelnemer", n, frozenset(roles))
            for n, roles in enumerate(({"professional"}, {"deelnemer", "beheerder"}, {"deelnemer"}))
        },
        entries=entries, acts={},
    )  # fmt: skip
    return replace(made, **more)


def act(entry, coder, *choices, links=()):
    return Act(
        str(uuid4()), entry.id, coder, 1, "blind", tuple(choices), tuple(links), (), "h",
        datetime(2021, 9, 2, 10, 11, 12, 345000, UTC), "b",
    )  # fmt: skip


@pytest.fixture
def coded():
    """Two coders and a settled layer over messages with emoji; memos, links, a sub-reason, no code."""
    made = contents()
    e = made.entries
    acts = {
        "K1": [
            act(e[0], "K1", Choice("M")),
            act(e[2], "K1", Choice("1+"), Choice("7-", KIND), links=(Link("feedback", e[0].id),)),
            act(e[3], "K1"),
            act(e[4], "K1", Choice("6+")),
        ],
        "K2": [act(e[0], "K2", Choice("M"), Choice("8-")), act(e[1], "K2", Choice("1+"))],
        "consensus": [act(e[0], "consensus", Choice("M"))],
    }
    memos = {
        e[0].id: [
            Memo(str(uuid4()), e[0].id, "K1", "let op 🚐\ntwee regels", datetime(2021, 9, 3, tzinfo=UTC))
        ],
        e[5].id: [Memo(str(uuid4()), e[5].id, "K2", "vreemd teken", datetime(2021, 9, 4, tzinfo=UTC))],
    }
    return replace(
        made, acts={coder: {a.entry_id: a for a in some} for coder, some in acts.items()}, memos=memos
    )


def without(data, change):
    """The same project after `change` was made to its document and its texts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            for changed, text in change(name, old.read(name)):
                new.writestr(changed, text)
    return stream.getvalue()


def edited(data, change):
    """The same project after `change` was made to the root of its document."""

    def made(name, content):
        if not name.endswith(".qde"):
            return [(name, content)]
        root = etree.fromstring(content)
        change(root)
        return [(name, etree.tostring(root, encoding="UTF-8", xml_declaration=True))]

    return without(data, made)


def user_of(root, coder):
    return root.find(f"{{*}}Users/{{*}}User[@name='{coder}']").get("guid")


def in_document(pattern, words):
    return lambda name, data: [
        (name, re.sub(pattern, words, data.decode()).encode() if name.endswith(".qde") else data)
    ]


def same_codings(found, made):
    for coder, acts in made.acts.items():
        assert {i: set(choices) for i, choices in found.choices[coder].items()} == {
            i: set(a.choices) for i, a in acts.items()
        }
    assert set(found.choices) == set(made.acts)


# ── what is written ──


@pytest.mark.parametrize("line_ends", ["lf", "crlf"])
def test_a_project_with_emoji_holds_to_the_schema_and_to_all_that_schemas_cannot_say(coded, line_ends):
    assert project_faults(write_project(coded, line_ends=line_ends), "x") == []


@pytest.mark.parametrize("line_ends", ["lf", "crlf"])
def test_every_message_is_hit_in_code_points_and_in_utf_16(coded, line_ends):
    root, inside = opened(write_project(coded, line_ends=line_ends), "x")
    texts = {entry.id: plain(entry.text) for entry in coded.entries}
    hit = {}
    for source in root.iter("{*}TextSource"):
        text = inside[source.get("plainTextPath").removeprefix("internal://")].decode()
        units = text.encode("utf-16-le")
        for selection in source.iter("{*}PlainTextSelection"):
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            hit[selection.get("guid")] = text[start:end]
            assert units[2 * start : 2 * end].decode("utf-16-le") == text[start:end]
    assert hit == texts
    # The signs themselves would drift: this is what the names are for.
    assert any(len(entry.text) != len(entry.text.encode("utf-16-le")) // 2 for entry in coded.entries)


def test_one_text_per_group_and_month_without_mark_or_carriage_return(coded):
    data = write_project(coded)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert names[0] == "project.qde" and all(
            re.fullmatch(r"sources/[0-9a-f-]{36}\.txt", n) for n in names[1:]
        )
        texts = [archive.read(name) for name in names[1:]]
        assert archive.read("project.qde").startswith(b"<?xml")
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_DEFLATED}
    assert len(texts) == 4
    assert all(not text.startswith(b"\xef\xbb\xbf") and b"\r" not in text for text in texts)
    root, _ = opened(data, "x")
    assert {s.get("name") for s in root.iter("{*}TextSource")} == {
        "Noord & West 2020-10", "Noord & West 2020-11", "Oost 2020-10", "Oost 2020-11",
    }  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=40))
def test_any_text_becomes_one_line_of_signs_that_count_as_one(text):
    made = plain(text)
    assert made and len(made.splitlines()) == 1
    assert len(made) == len(made.encode("utf-16-le")) // 2
    etree.Element("a", name=made)
    assert plain(made) == made


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=8))
def test_any_chat_makes_a_project_that_holds_together_and_comes_back(texts):
    made = contents(texts)
    first = made.entries[0]
    made = replace(made, acts={"K1": {first.id: act(first, "K1", Choice("M"))}})
    data = write_project(made)
    assert project_faults(data, "x") == []
    same_codings(read_project(data, "x", made), made)


def test_the_same_study_gives_the_same_file_and_the_same_codes_in_another_study(coded):
    assert write_project(coded) == write_project(coded)
    other, _ = opened(write_project(replace(contents(), study_id="other")), "x")
    assert {c.get("guid") for c in other.iter("{*}Code")} >= {code_guid(code) for code in CODES}


def test_an_emoji_is_written_in_one_word_so_that_none_is_a_name():
    assert (
        plain("🌹 🎃 😂 🏽")
        == ":emojiRose: :emojiJackOLantern: :emojiFaceWithTearsOfJoy: :emojiModifierFitzpatrickType4:"
    )
    assert plain("\U0010fffd") == ":emojiU1114109:"


def test_members_are_cases_with_their_roles_and_their_messages(coded):
    root, _ = opened(write_project(coded), "x")
    cases = {case.get("name"): case for case in root.iter("{*}Case")}
    assert set(cases) == {"Deelnemer-00", "Deelnemer-01", "Deelnemer-02"}
    assert cases["Deelnemer-01"].find("{*}VariableValue/{*}TextValue").text == "beheerder, deelnemer"
    assert len(list(cases["Deelnemer-01"].iter("{*}SelectionRef"))) == 3


def test_an_empty_study_is_a_project_too():
    made = contents(())
    data = write_project(replace(made, members={}, groups=(), cases=()))
    assert project_faults(data, "x") == []
    assert list(opened(data, "x")[0].iter("{*}Cases")) == []


def test_what_has_no_place_is_said(coded):
    told = " ".join(lost(coded))
    assert "suggestions" in told and "sub-reasons" in told and "who made a link" in told
    assert re.search(r"\b1\d emoji", told)
    assert "sub-reasons" not in " ".join(lost(contents(["gewoon"])))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_codebook_is_a_file_of_its_own(lang, tmp_path):
    data = write_codebook(CODEBOOK, lang=lang)
    assert schema_faults(parsed(data, "x")) == []
    path = tmp_path / "codes.qdc"
    path.write_bytes(data)
    loaded = RefiCodebook.load(path)
    names = {code.guid for top in loaded.codes.code for code in [top, *top.code]}
    assert names >= {code_guid(code) for code in CODES}
    assert {len(one.member_code) for one in loaded.sets.set} == {11}


@pytest.fixture
def noted(coded):
    """The same with memos of every kind, by coders who coded and by one who did not; one area has no chat."""
    at = datetime(2021, 9, 5, 8, 30, 15, 250000, tzinfo=UTC)
    about = (
        ("code", "7-"), ("code", "M"), ("code", "4"), ("case", "Stad"), ("case", "Leeg & stil"),
        ("method", ""), ("theory", ""),
    )  # fmt: skip
    wider = [
        WiderMemo(str(uuid4()), kind, on, who, f"over <{on}> & meer 🚐\nregel twee", at, hash_)
        for (kind, on), who, hash_ in zip(about, ("K1", "K2", "K3") * 3, ("a1b2c3", None) * 4, strict=False)
    ]
    media = Memo(str(uuid4()), coded.entries[4].id, "K3", "een foto van een busje", at)
    return replace(
        coded,
        cases=[*coded.cases, Case("leeg", "Leeg & stil", None, None)],
        memos={**coded.memos, media.entry_id: [media]},
        media=frozenset({media.id}),
        wider=wider,
    )


def emptied(made):
    """The study as another coder has it: the same chats, none of the memos."""
    return replace(made, memos={}, media=frozenset(), wider=())


def by_id(some):
    return sorted(some, key=lambda one: one.id)


def every_memo(made):
    return by_id(memo for some in made.memos.values() for memo in some)


def test_memos_on_codes_areas_and_the_whole_hang_where_they_belong(noted):
    data = write_project(noted)
    assert project_faults(data, "x") == []
    root, _ = opened(data, "x")
    hung = {}
    for reference in (*root.iter("{*}NoteRef"), *root.iter("{*}MemberNote")):
        hung[reference.get("targetGUID")] = reference.getparent().get("name")
    places = [hung[memo.id] for memo in noted.wider]
    assert places[0].startswith("7 ") and places[0].endswith("tegengesteld")
    assert places[1].startswith("M ") and places[2].startswith("4 ")
    assert places[3:] == ["Stad", "Leeg & stil", "proef", "proef"]


@pytest.mark.parametrize("line_ends", ["lf", "crlf", "crlf-as-one"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_memos_of_every_kind_come_back_equal_into_the_study_and_into_one_that_lacks_them(
    noted, line_ends, lang
):
    data = write_project(replace(noted, lang=lang), line_ends=line_ends)
    for study in (noted, emptied(noted)):
        found = read_project(data, "x", study)
        assert by_id(found.notes.memos) == every_memo(noted)
        assert found.notes.media == noted.media
        assert by_id(found.notes.wider) == by_id(noted.wider)
        assert (found.notes.changed, found.unknown) == (0, {})


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(max_size=60))
def test_any_memo_is_recognised_as_the_one_that_the_study_has(text):
    made = contents(["gewoon bericht"])
    at, entry = datetime(2021, 9, 5, tzinfo=UTC), made.entries[0]
    made = replace(
        made,
        memos={entry.id: [Memo(str(uuid4()), entry.id, "K1", text, at)]},
        wider=[WiderMemo(str(uuid4()), "method", "", "K1", text, at)],
    )
    data = write_project(made)
    assert project_faults(data, "x") == []
    found = read_project(data, "x", made)
    assert (found.notes.memos, found.notes.wider) == (made.memos[entry.id], made.wider)
    assert (found.notes.changed, found.unknown) == (0, {})


def test_a_program_that_drops_where_memos_hang_still_has_their_names(noted):
    def drop(root):
        for one in (*root.iter("{*}NoteRef"), *root.iter("{*}Sets")):
            one.getparent().remove(one)

    found = read_project(edited(write_project(noted), drop), "x", emptied(noted))
    assert by_id(found.notes.wider) == by_id(noted.wider)
    # What was on a message hangs on nothing any more, and its name does not say on which.
    assert found.notes.memos == []
    assert found.unknown == {"memos of nobody, or on nothing of ours": len(every_memo(noted))}


def test_a_memo_that_was_changed_elsewhere_stays_beside_what_it_was(noted):
    memo, wider = every_memo(noted)[0], noted.wider[0]

    def change(root):
        for note in root.iter("{*}Note"):
            if note.get("guid") in (memo.id, wider.id):
                note.find("{*}PlainTextContent").text = "anders"
                note.set("modifyingUser", user_of(root, "K2"))
                note.set("modifiedDateTime", "2021-10-01T12:00:00Z")

    data = edited(write_project(noted), change)
    found = read_project(data, "x", noted)
    assert found.notes.changed == 2
    (other,) = [one for one in found.notes.memos if one.text == "anders"]
    assert (other.entry_id, other.coder, other.at) == (
        memo.entry_id, "K2", datetime(2021, 10, 1, 12, tzinfo=UTC),
    )  # fmt: skip
    assert other.id != memo.id
    (beside,) = [one for one in found.notes.wider if one.text == "anders"]
    assert (beside.kind, beside.about, beside.coder) == (wider.kind, wider.about, "K2")
    # Reading it again gives the same identifiers, so that nothing comes in twice.
    assert read_project(data, "x", noted).notes == found.notes


@pytest.mark.parametrize(
    ("holder", "reference", "place"),
    [
        (f"Code[@guid='{code_guid('5+')}']", "NoteRef", ("code", "5+")),
        (f"Code[@guid='{guid('intervention', '5')}']", "NoteRef", ("code", "5")),
        ("Set[@name='Stad']", "MemberNote", ("case", "Stad")),
    ],
)
def test_a_memo_that_somebody_wrote_on_a_code_or_an_area_elsewhere_comes_in(noted, holder, reference, place):
    identifier = str(uuid4())

    def add(root, hang=True):
        note = etree.SubElement(
            root.find("{*}Notes"), f"{{{SPACE}}}Note", guid=identifier, name="vrij",
            creatingUser=user_of(root, "K2"), creationDateTime="2021-10-02T08:00:00Z",
        )  # fmt: skip
        etree.SubElement(note, f"{{{SPACE}}}PlainTextContent").text = "elders bedacht"
        if hang:
            (found,) = root.xpath(f".//x:{holder}", namespaces={"x": SPACE})
            etree.SubElement(found, f"{{{SPACE}}}{reference}", targetGUID=identifier)

    found = read_project(edited(write_project(noted), add), "x", noted)
    (new,) = [one for one in found.notes.wider if one.text == "elders bedacht"]
    assert (new.id, new.kind, new.about, new.coder) == (identifier, *place, "K2")
    loose = read_project(edited(write_project(noted), lambda root: add(root, hang=False)), "x", noted)
    assert loose.unknown == {"memos of nobody, or on nothing of ours": 1}


# ── another reader ──


def test_another_program_reads_the_same_codings_memos_and_places(coded, tmp_path):
    path = tmp_path / "study.qdpx"
    path.write_bytes(write_project(coded))
    project = RefiProject.load(path, extract_dir=str(tmp_path / "out"))
    users = {user.guid: user.name for user in project.users.user}
    assert set(users.values()) == {"K1", "K2", "consensus"}
    found = {}
    for source in project.sources.text_source:
        text_path = RefiProject.resolve_source_path(source.plain_text_path, tmp_path / "out")
        text = text_path.read_text(encoding="utf-8")
        for selection in source.plain_text_selection:
            assert text[selection.start_position : selection.end_position] == selection.name
            for coding in selection.coding:
                found.setdefault((users[coding.creating_user], selection.guid), set()).add(
                    coding.code_ref.target_guid
                )
    assert found == {
        (coder, i): {code_guid(c.code, c.sub_reason) for c in a.choices} or {code_guid("none")}
        for coder, acts in coded.acts.items()
        for i, a in acts.items()
    }
    assert {note.guid for note in project.notes.note} == {m.id for some in coded.memos.values() for m in some}


def test_another_program_reads_memos_of_every_kind(noted, tmp_path):
    path = tmp_path / "study.qdpx"
    path.write_bytes(write_project(noted))
    project = RefiProject.load(path, extract_dir=str(tmp_path / "out"))
    users = {user.guid: user.name for user in project.users.user}
    assert {
        (note.guid, users[note.creating_user], note.plain_text_content) for note in project.notes.note
    } == {(memo.id, memo.coder, memo.text) for memo in (*every_memo(noted), *noted.wider)}
    assert {one.target_guid for one in project.note_ref} == {memo.id for memo in noted.wider[5:]}
    on_areas = {one.target_guid for group in project.sets.set for one in group.member_note}
    assert on_areas == {memo.id for memo in noted.wider[3:5]}


# ── read back ──


@pytest.mark.parametrize("line_ends", ["lf", "crlf", "crlf-as-one"])
def test_codings_memos_links_and_ids_come_back_equal(coded, line_ends):
    found = read_project(write_project(coded, line_ends=line_ends), "x", coded)
    same_codings(found, coded)
    assert sorted(found.notes.memos, key=lambda m: m.id) == sorted(
        (m for some in coded.memos.values() for m in some), key=lambda m: m.id
    )
    assert found.unknown == {}
    for coder, acts in coded.acts.items():
        decisions, unchanged = found.decisions(coder, acts)
        assert (decisions, unchanged) == ([], len(acts))


def test_what_was_coded_elsewhere_comes_in(coded):
    data = write_project(coded)
    was, now = code_guid("6+"), code_guid("5+")
    found = read_project(
        without(data, in_document(rf'CodeRef targetGUID="{was}"', f'CodeRef targetGUID="{now}"')), "x", coded
    )
    decisions, unchanged = found.decisions("K1", coded.acts["K1"])
    assert [(d.entry_id, d.choices) for d in decisions] == [(coded.entries[4].id, (Choice("5+"),))]
    assert unchanged == 3


def test_a_program_that_renews_identifiers_and_counts_crlf_is_understood(coded):
    def renewed(name, data):
        text = data.decode()
        if name.endswith(".qde"):
            for entry in coded.entries:
                text = text.replace(entry.id, str(uuid4()))
        return [(name.upper() if "/" in name else "Anders.QDE", text.encode())]

    for line_ends in ("crlf", "crlf-as-one"):
        found = read_project(without(write_project(coded, line_ends=line_ends), renewed), "x", coded)
        same_codings(found, coded)
        assert found.decisions("K1", coded.acts["K1"])[0] == []


def test_identifiers_in_braces_and_capitals_are_the_same(coded):
    data = without(
        write_project(coded),
        in_document(
            r'(guid|targetGUID|creatingUser|originGUID)="([0-9a-f-]{36})"',
            lambda m: f'{m.group(1)}="{{{m.group(2).upper()}}}"',
        ),
    )
    found = read_project(data, "x", coded)
    same_codings(found, coded)
    assert found.decisions("K1", coded.acts["K1"])[0] == []


def test_a_stretch_that_somebody_marked_anew_lies_on_its_message(coded):
    entry = coded.entries[6]
    place = next(
        p
        for source in sources(coded.entries, groups=coded.groups, members=coded.members)
        for p in source.places
        if p.entry == entry
    )
    user = re.search(rb'<User guid="([^"]+)" name="K2"', zipped(coded)).group(1).decode()
    marked = (
        f'<PlainTextSelection guid="{uuid4()}" name="{place.entry.text[2:5]}"'
        f' startPosition="{place.start + 2}" endPosition="{place.start + 5}">'
        f'<Coding guid="{uuid4()}" creatingUser="{user}">'
        f'<CodeRef targetGUID="{code_guid("9+")}"/></Coding></PlainTextSelection>'
    )
    old = re.compile(
        rf'<PlainTextSelection guid="{entry.id}"(?:[^>]*?/>|.*?</PlainTextSelection>)',
        re.S,
    )
    data = without(write_project(coded), in_document(old, marked))
    assert read_project(data, "x", coded).choices["K2"][entry.id] == (Choice("9+"),)


def zipped(made):
    with zipfile.ZipFile(io.BytesIO(write_project(made))) as archive:
        return archive.read("project.qde")


def test_codes_and_coders_of_others_are_counted_not_guessed(coded):
    data = without(
        write_project(coded),
        in_document(rf'CodeRef targetGUID="{code_guid("6+")}"', f'CodeRef targetGUID="{uuid4()}"'),
    )
    found = read_project(data, "x", coded)
    assert found.unknown == {"codings with other codes": 1}
    assert coded.entries[4].id not in found.choices["K1"]


def test_links_that_a_program_dropped_stay_as_they_are(coded):
    data = without(write_project(coded), in_document(re.compile("<Links>.*</Links>", re.S), ""))
    found = read_project(data, "x", coded)
    assert found.decisions("K1", coded.acts["K1"])[0] == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda name, data: [(name, data)] if name.endswith("qde") else [], "text of a source is not there"),
        (
            lambda name, data: [(name, data if name.endswith("qde") else data.replace(b"2020", b"2021"))],
            "is not that of this study",
        ),
        (lambda name, data: [(f"x/{name}", data)], "no project files"),
        (
            lambda name, data: [(name, data), ("b.qde", b"")] if name.endswith("qde") else [],
            "2 project files",
        ),
        (in_document("</Project>", ""), "this is no XML"),
        (in_document("<Project ", "<!DOCTYPE a [<!ENTITY b 'c'>]><Project "), "document type"),
    ],
)
def test_a_file_that_cannot_be_read_for_sure_is_refused(coded, change, words):
    with pytest.raises(ChatcodeError, match=words):
        read_project(without(write_project(coded), change), "x.qdpx", coded)


def test_no_zip_and_another_study_are_refused(coded):
    with pytest.raises(ChatcodeError, match=r"is no \.qdpx"):
        read_project(b"niets", "x", coded)
    with pytest.raises(ChatcodeError, match="no text of this study"):
        read_project(
            write_project(coded),
            "x",
            replace(coded, study_id="other", groups=[Group("g1", "A", "c"), Group("g2", "B", "c")]),
        )


@pytest.mark.parametrize(
    ("pattern", "words", "fault"),
    [
        (
            rf'CodeRef targetGUID="{code_guid("6+")}"',
            f'CodeRef targetGUID="{guid("intervention", "6")}"',
            "only a heading",
        ),
        (r'endPosition="\d+"', 'endPosition="9999"', "outside its text"),
        (r'name="gewoon bericht"', 'name="ander bericht"', "another text"),
        (r"<Users>.*</Users>", "", "names no User"),
        (r'<Code guid="[^"]+"', '<Code guid="0f0e2d5c-6a54-4c35-8f0b-1b6e4f6a9d11"', "identifier stands"),
        (r"<Notes>.*</Notes>", "", "NoteRef names no Note"),
    ],
)
def test_the_checks_find_what_the_schema_does_not(coded, pattern, words, fault):
    data = without(write_project(coded), in_document(re.compile(pattern, re.S), words))
    assert any(fault in found for found in project_faults(data, "x"))
