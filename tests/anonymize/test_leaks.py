import io
import zipfile

import pytest

from chatcode.anonymize.leaks import Gate, Leak

NAMES = [
    "Truus van Wateringen", "Mehmet Yıldırım", "Mark", "Wijkagent Tom", "Jan nr 14", "Marloes Gemeente",
    "+31 6 41872093",
]  # fmt: skip
VALUES = [
    "12-XKD-7", "06-51732806", "Vinkenstraat 38", "r.vanloon58@ziggo.example", "nr 14", "Buurtapp Molenwijk",
]  # fmt: skip


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate(NAMES, VALUES)


def docx(paragraphs: list[list[str]], author: str = "") -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.author = author
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for run in runs:
            paragraph.add_run(run)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(rows: list[list[object]], author: str = "") -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"author": author})
    sheet = book.add_worksheet("Tabel")
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "vraag Truus maar", "TRUUS", "truus", "mehmet yildirim", "Yıldırım", "truus VAN wateringen",
        "Jan nr 14", "tel 0641872093",
        "+31 6 41 87 20 93", "de auto 12xkd7", "12 XKD 7", "0651 732 806", "op Vinkenstraat 38",
        "r.vanloon58@ziggo.example",
        "Buurtapp Molenwijk", "Marloes",
    ],
)  # fmt: skip
def test_names_and_values_are_found_in_any_writing(gate, text):
    assert gate.check(text.encode(), ".txt")


@pytest.mark.parametrize(
    "text",
    [
        "Mark je fiets", "in de Vinkenstraat", "de wijkagent en de gemeente", "14 berichten, nr 14",
        "[Deelnemer-07] en [Wijkagent-1]",
        "[postcode 97xx] [kenteken-2] [bsn]", "4 maart 2021, 12:30", "38 van 140 (27 %)",
        "2021-03-04T12:30:00",
        "b1946ac9-2492-4d23-8a3f-0123456789ab",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "Tomaten", "van de der den", "12345678", "3,14 en 2.718281828459", "112, 0900-8844 en 14010",
        "1 200 300 berichten",
    ],
)  # fmt: skip
def test_words_figures_and_placeholders_are_no_leak(gate, text):
    assert gate.check(text.encode(), ".txt") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("bel 06-12345678", "telefoon"),
        ("mail iemand@voorbeeld.example", "e-mail"),
        ("NL91 ABNA 0417 1643 00", "rekening"),
        ("woont 3011 AB", "postcode"),
        ("bsn 123456782", "bsn"),
        ("auto 99-ZZX-1", "kenteken"),
    ],
)
def test_without_a_key_forms_are_looked_for(text, kind):
    assert Gate().check(text.encode(), ".md") == [Leak("line 1", kind)]


def test_a_leak_tells_place_and_kind_and_never_what(gate):
    leaks = gate.check(b"niets\nhier is Truus\n", ".txt")
    assert leaks == [Leak("line 2", "name")]
    assert "Truus" not in repr(leaks)


def test_what_the_same_document_of_an_empty_study_holds_is_no_leak(gate):
    empty = b"Verslag van Truus, de maker"
    assert gate.check(b"Verslag van Truus, de maker", ".txt", empty=empty) == []
    assert gate.check(b"Verslag van Truus en Mehmet", ".txt", empty=empty) == [Leak("line 1", "name")]


def test_labels_that_the_researcher_chose_are_allowed(gate):
    assert gate.check(b"Groep Molenwijk, codeur Marloes", ".txt", allowed=["Molenwijk", "Marloes"]) == []


def test_html_is_read_as_shown(gate):
    page = b"""<html><head><title>Verslag</title><style>.truus{color:red}</style>
    <script>var truus=1</script></head>
    <body><p id="truus">Alles goed</p><svg><path d="M 06 51 73 28 06 L 12"/>
    <text x="06123" y="45678">12</text></svg></body></html>"""
    assert gate.check(page, ".html") == []
    split = b"<p>vraag <b>Tru</b>us maar</p>"
    assert [leak.kind for leak in gate.check(split, ".html")] == ["name"]
    assert gate.check(b'<img alt="Truus bij de deur">', ".html") == [Leak("line 1, alt", "name")]
    assert gate.check(b"<!-- Truus -->", ".html")
    assert gate.check(b"<p>Y&#305;ld&#305;r&#305;m</p>", ".html")


def test_word_is_read_over_its_runs_and_its_properties(gate):
    assert gate.check(docx([["Alles goed"], ["12 van 40"]]), ".docx") == []
    leaks = gate.check(docx([["vraag Tru", "us maar"]]), ".docx")
    assert [leak.kind for leak in leaks] == ["name"]
    assert "document.xml" in leaks[0].place
    assert gate.check(docx([["Alles goed"]], author="Truus"), ".docx")


def test_excel_is_read_cell_by_cell_with_its_properties(gate):
    assert gate.check(xlsx([["maand", "n"], ["2021-03", 14], ["nr", 651732806]]), ".xlsx")
    assert gate.check(xlsx([["maand", "n"], ["2021-03", 14], [6, 5173], [2806, 0.5]]), ".xlsx") == []
    assert [leak.kind for leak in gate.check(xlsx([["Truus"]]), ".xlsx")] == ["name"]
    assert gate.check(xlsx([["goed"]], author="Mehmet Yildirim"), ".xlsx")


def test_archives_are_read_to_the_bottom_with_the_names_of_their_files(gate):
    inner = zipped({"tabel.csv": b"a,b\n1,Truus\n"})
    assert gate.check(zipped({"a.txt": b"goed", "pakket.zip": inner}), ".zip") == [
        Leak("pakket.zip/tabel.csv, line 2", "name")
    ]
    assert gate.check(zipped({"verslag Truus.txt": b"goed"}), ".zip")


def test_canaries_in_every_kind_of_document_are_found(gate):
    canaries = ["Truus", "Yildirim", "06-51732806", "12-XKD-7", "Vinkenstraat 38"]
    for canary in canaries:
        for data, suffix in (
            (f"x;{canary};y".encode(), ".csv"),
            (f'{{"tekst": "{canary}"}}'.encode(), ".json"),
            (f"| {canary} |".encode(), ".md"),
            (f"<td>{canary}</td>".encode(), ".html"),
            (docx([[canary]]), ".docx"),
            (xlsx([[canary]]), ".xlsx"),
        ):
            assert gate.check(data, suffix), (canary, suffix)


def test_no_value_is_held_back_in_a_place(gate):
    leaks = gate.check(zipped({"Truus.csv": b"Mehmet Yildirim"}), ".zip")
    assert leaks
    assert not any(
        "Truus" in leak.place for leak in leaks if leak.kind == "name" and "file name" in leak.place
    )


def test_a_word_that_somebody_let_stay_is_no_leak_and_the_whole_name_still_is():
    spared = Gate(["Bilal Zwirbel"], spared=["bilal"])
    assert spared.check(b"een fles Bilal", ".txt") == []
    assert spared.check(b"vraag Bilal Zwirbel", ".txt")
    assert spared.check(b"vraag Zwirbel", ".txt")


def test_the_gate_of_a_key_follows_its_lists(key):
    from chatcode.anonymize.verdicts import Verdict

    key.persons.enrol("g1", ["Bilal Zwirbel"], {})
    key.persons.enrol("g2", ["Bilal Wiersma"], {})
    assert key.gate().check(b"een fles Bilal", ".txt")
    key.decide([Verdict("bilal", "allow", "g1", None, 1, "")])
    assert key.gate().check(b"een fles Bilal", ".txt"), "in the other group it is somebody's name still"
    key.decide([Verdict("bilal", "allow", None, None, 2, "")])
    assert key.gate().check(b"een fles Bilal", ".txt") == []
    key.decide([Verdict("xhobrak", "deny", "g1", None, 3, "")])
    assert key.gate().check(b"xhobrak was er", ".txt")
    key.take_back()
    assert key.gate().check(b"xhobrak was er", ".txt") == []
