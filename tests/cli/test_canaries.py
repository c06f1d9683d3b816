"""Names, numbers and plates planted in an export are in no byte of any file that the program writes."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile

import pytest

from chatcode.anonymize.identities import Key
from chatcode.cli.app import _crash_file
from chatcode.cli.options import codebook_of
from chatcode.domain import Choice, Decision
from chatcode.study.store import Study

GROUP = "Buurtapp Klaverweide"
MEMBERS = {
    "Ria Zwirbelkamp": "deelnemer",
    "Klaas Quirrelbosch": "beheerder",
    "Wijkagent Xandrien Vlootmeer": "professional",
    "+31 6 51732806": "deelnemer",
    "Fatima Öztürkoglu": "deelnemer",
}
# What must be found nowhere, in lower case.
CANARIES = (
    "zwirbelkamp", "quirrelbosch", "vlootmeer", "xandrien", "öztürkoglu", "klaverweide", "brummelstra",
    "51732806", "5173 2806", "612345678", "06-12345678", "0612345678", "12-xkd-7", "12xkd7", "9-kbb-12",
    "nl91abna0417164300", "nl91 abna 0417 1643 00", "ria@zwirbelpost.nl", "zwirbelpost", "zwirbelsite",
    "123456782", "molenlaan 127", "3078 xk", "3078xk", "zwirbelinsta", "14-03-1961",
)  # fmt: skip
SAID = (
    ("Klaas Quirrelbosch", "Welkom allemaal, met vragen kun je bij Klaas Quirrelbosch terecht"),
    ("Ria Zwirbelkamp", "Verdachte witte bus met kenteken 12-XKD-7 voor Molenlaan 127"),
    ("Fatima Öztürkoglu", "Ik zie die 12xkd7 ook, en een 9-KBB-12 erachter. Ria, heb jij gebeld?"),
    ("Wijkagent Xandrien Vlootmeer", "Dank, wij gaan kijken. Bel mij op 06-12345678 of +31 6 51732806"),
    ("+31 6 51732806", "Mail mij op ria@zwirbelpost.nl of kijk op https://www.zwirbelsite.nl/foto?id=9"),
    ("Ria Zwirbelkamp", "Mevrouw Brummelstra van Molenlaan 127, 3078 XK, is haar tas kwijt"),
    ("Klaas Quirrelbosch", "Geld terug op NL91 ABNA 0417 1643 00 graag, of NL91ABNA0417164300"),
    ("Fatima Öztürkoglu", "Mijn bsn is 123456782 en geboren op 14-03-1961, insta: @zwirbelinsta"),
    ("Wijkagent Xandrien Vlootmeer", "@Ria Zwirbelkamp de bus is gecontroleerd, er was niets aan de hand"),
    ("Ria Zwirbelkamp", "Top, dank je wel Xandrien! Groeten aan Klaas en mevr. Brummelstra"),
)


def chat(months=range(9, 11)):
    lines = [
        f'01-09-2020 09:00 - Klaas Quirrelbosch heeft de groep "{GROUP}" gemaakt',
        "01-09-2020 09:01 - Klaas Quirrelbosch heeft Ria Zwirbelkamp toegevoegd",
        "02-09-2020 09:01 - Fatima Öztürkoglu neemt nu deel via de uitnodigingslink van de groep",
    ]
    for month in months:
        for day in (3, 10, 17, 24):
            for minute, (who, said) in enumerate(SAID):
                lines.append(f"{day:02d}-{month:02d}-2020 20:{minute:02d} - {who}: {said}")
    lines.append("30-10-2020 12:00 - Fatima Öztürkoglu heeft de groep verlaten")
    return "\n".join(lines) + "\n"


def found_in(data, name=""):
    """The canaries in some bytes: plain, in UTF-16, across mark-up, and inside zips and what they hold."""
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as inside:
            parts = [(part, inside.read(part)) for part in inside.namelist()]
        return {hit for part, more in parts for hit in found_in(more, part) | found_in(part.encode())}
    text = data.decode("utf-8", "replace").lower()
    bare = re.sub(r"<[^>]*>", "", text)
    wide = data.decode("utf-16-le", "replace").lower()
    return {one for one in CANARIES if one in text or one in bare or one in wide or one in name.lower()}


def test_the_search_finds_a_canary_wherever_it_is():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as outer:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as more:
            more.writestr("a.xml", "<t>Zwirbel</t><t>kamp</t>")
        outer.writestr("b.zip", inner.getvalue())
        outer.writestr("c.txt", "12-XKD-7".encode("utf-16-le"))
    assert found_in(packed.getvalue()) == {"zwirbelkamp", "12-xkd-7"}


def test_every_canary_is_in_the_export():
    text = (chat() + GROUP).lower()
    assert [one for one in CANARIES if one not in text] == ["5173 2806", "612345678", "0612345678", "3078xk"]


@pytest.fixture
def road(empty):
    """The whole road on a chat with canaries; what every command said is kept."""
    shell, told = empty, []
    source = shell.folder / "bron"
    source.mkdir()
    export = source / f"WhatsApp-chat met {GROUP}.txt"
    export.write_text(chat(), encoding="utf-8")
    (source / "rollen.tsv").write_text("".join(f"{n}\t{r}\n" for n, r in MEMBERS.items()), encoding="utf-8")
    (source / "bezwaar.txt").write_text("Gerda Vlootmeer\n", encoding="utf-8")

    def run(*words, **more):
        done = shell.run(*words, **more)
        told.append(done.stderr)
        # The name of the file is what the user typed.
        told.append(done.stdout.replace(export.name, ""))
        return done

    run("init", "s.study", "--period", "2020-09-01", "2021-01-01", "--informed", "brief", key=True)
    run("objectors", "add", "--file", source / "bezwaar.txt", key=True)
    where = ("--group", "Noord", "--case", "Noord", "--roles", source / "rollen.tsv")
    run("import", export, *where, "--json", key=True)
    run("suggest")
    with Study.open(shell.folder / "s.study") as study:
        said = [entry for entry in study.entries() if entry.kind == "message"]
        study.confirm(
            [Decision(entry.id, (Choice("M"), Choice("8+"))) for entry in said],
            coder="K1", round_=1, codebook_hash=codebook_of(study).hash,
        )  # fmt: skip
    run("review", "--coder", "K2", "--plain", stdin="r k\nm zag ik ook\n11 k\nx\n")
    return shell, run, told


def test_no_canary_is_in_any_file_that_is_written_nor_in_what_is_said(road):
    shell, run, told = road
    for words in (
        ("status",), ("status", "--json"), ("members",), ("members", "--json"), ("cases",), ("log", "--json"),
        ("check",), ("key", "show"), ("report", "--coder", "K1"), ("agree", "--json"), ("backup",),
        ("note", "--coder", "K1", "--json"), ("table", "--coder", "K1", "--json"),
    ):  # fmt: skip
        run(*words)
    run("init", "s.study", "--update", "--quotes-least", "2")
    quotable = json.loads(
        run("quotes", "draw", "--code", "M", "--n", "40", "--coder", "K1", "--json").stdout
    )["rows"]
    row = next(row for row in quotable if not row["hits"] and row["sharing"] >= 2)
    signed = ("--code", "M", "--by", "M", "--verbatim", "--coder", "K1")
    run("quotes", "add", row["message"], *signed)
    out = shell.folder / "uit"
    out.mkdir()
    for words in (
        ("report", "--out", out / "r.html", "--out", out / "r.xlsx", "--out", out / "r.md"),
        ("table", "--out", out / "t.html", "--out", out / "t.xlsx", "--out", out / "t.md"),
        ("note", "--out", out / "n.docx", "--out", out / "n.html", "--out", out / "n.md"),
        ("exchange", "--csv", out / "c.csv"),
        ("exchange", "--refi", out / "p.qdpx"),
    ):
        run(*words, "--coder", "K1", key=True)
    run("quotes", "list", "--out", out / "q.md", key=True)
    run("exchange", "--qdc", out / "b.qdc", key=True)
    run("purge", "--member", "Beheerder-1", "--yes", key=True)
    run("key", "paper", "--out", out / "papier.txt")
    run("key", "destroy", "--yes", key=True)
    written = [path for path in shell.folder.rglob("*") if path.is_file() and path.parent.name != "bron"]
    assert len(written) > 15
    leaks = {path.name: hits for path in written if (hits := found_in(path.read_bytes(), path.name))}
    assert leaks == {}
    assert found_in("\n".join(told).encode()) == set()


def test_the_key_holds_it_sealed_and_no_error_repeats_it(road):
    shell, _, _ = road
    assert found_in((shell.folder / "s.key").read_bytes()) == set()
    key = Key.open(shell.folder / "s.key", "een-lange-zin-voor-de-test")
    assert key.counts()["aliases"] == len(MEMBERS)
    assert all(span.original != "123456782" for spans in key.removed.values() for span in spans)
    (shell.folder / "bron" / "kapot.zip").write_bytes(b"PK\x03\x04 Ria Zwirbelkamp")
    for words in (
        ("import", "bron/weg.txt", "--group", "Noord", "--case", "Noord"),
        ("import", "bron/rollen.tsv", "--group", "Noord", "--case", "Noord"),
        ("import", "bron/kapot.zip", "--group", "Noord", "--case", "Noord"),
        ("purge", "--member", "Deelnemer-99", "--yes"),
    ):
        done = shell.run(*words, key=True, code=1)
        assert done.stderr.count("Error:") == 1
        assert found_in((done.stderr + done.stdout).encode()) == set()


def test_a_crash_file_holds_places_in_the_code_only(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def fails(text):
        raise ValueError(f"cannot read {text}")

    try:
        fails("Ria Zwirbelkamp 12-XKD-7")
    except ValueError as error:
        said = _crash_file(error)
    (path,) = tmp_path.iterdir()
    assert found_in(path.read_bytes(), path.name) | found_in(said.encode()) == set()
    assert "ValueError" in path.read_text(encoding="utf-8")
