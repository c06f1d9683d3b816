from __future__ import annotations

import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from rendering import ANDROID_NL, ANDROID_US, IPHONE_NL, IPHONE_US, MARK, Line, render

from chatcode.bundled import sample_path
from chatcode.domain import Export, Message
from chatcode.errors import ExportError
from chatcode.whatsapp import read_export


def read(tmp_path: Path, text: str | bytes, name: str = "chat.txt", **options: str) -> Export:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_export(path, **options)


def truth(name: str) -> list[list[str]]:
    text = (sample_path() / f"{name}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


@pytest.mark.parametrize(("name", "exact"), [("noord", "%Y-%m-%d %H:%M"), ("west", "%Y-%m-%d %H:%M:%S")])
def test_sample_is_read_as_its_truth(name: str, exact: str) -> None:
    export = read_export(sample_path() / f"{name}.txt")
    rows = truth(name)
    assert len(export.messages) == len(rows)
    for message, (sent_at, sender, text) in zip(export.messages, rows, strict=True):
        assert message.sent_at.strftime(exact) == sent_at[: len(message.sent_at.strftime(exact))]
        assert (message.sender or "") == sender
        assert message.kind == ("message" if sender else "system")
        if sender and message.event != "media":
            assert message.text == text.replace("\\n", "\n")


def test_sample_findings_tell_style_and_evidence() -> None:
    findings = read_export(sample_path() / "west.txt").findings
    assert findings.style == "[nn-nn-yyyy hh:mm:ss] "
    assert (findings.date_order, findings.date_evidence) == ("dmy", "hard")
    assert (findings.encoding, findings.container, findings.repairs) == ("utf-8", "txt", ())
    assert findings.group_name == "Preventie West"


LINES = [
    Line(datetime(2021, 1, 20, 18, 5, 7), "Els", "Goedenavond: allemaal"),
    Line(datetime(2021, 1, 20, 18, 5, 59), "+31 6 00112233", "twee\nregels\n\nen nog een"),
    Line(datetime(2021, 1, 21, 0, 0, 1), "~" + "\u00a0" + "Noor 🌺", "👩‍👩‍👧 é"),
    Line(datetime(2021, 2, 3, 12, 30, 0), "Els en Piet", ""),
]


@pytest.mark.parametrize("look", [ANDROID_NL, IPHONE_NL, ANDROID_US, IPHONE_US], ids=lambda look: look.name)
def test_time_sender_and_text_come_back(tmp_path: Path, look) -> None:
    export = read(tmp_path, render(LINES, look))
    expected = [
        Message(
            line.sent_at if look.seconds else line.sent_at.replace(second=0),
            line.sender,
            "message",
            line.text,
        )
        for line in LINES
    ]
    assert list(export.messages) == expected
    assert export.findings.date_order == look.order


@pytest.mark.parametrize("container", ["_chat.txt", "map/WhatsApp-chat met Buurt.txt"])
def test_zip_is_read_like_its_text(tmp_path: Path, container: str) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__MACOSX/._" + container, "01-01-2020 10:00 - Nee: nee")
        archive.writestr("IMG-1.jpg", b"\xff\xd8")
        archive.writestr("lijst.txt", "melk\nbrood\n")
        archive.writestr(container, render(LINES, IPHONE_NL))
    export = read_export(path)
    assert [message.text for message in export.messages] == [line.text for line in LINES]
    assert export.findings.container == "zip"


def test_notices_name_event_actor_and_targets(tmp_path: Path) -> None:
    at = datetime(2021, 3, 14, 9, 0)
    said = [
        ('Marga heeft de groep "Wijk: Noord" gemaakt', "created", "Marga", ()),
        ("Marga heeft Jan, Els en Piet en Ravi toegevoegd", "added", "Marga", ("Jan", "Els en Piet", "Ravi")),
        ("Je hebt +31 6 00112233 verwijderd", "removed", None, ("+31 6 00112233",)),
        ("Ravi is deelnemer geworden via de uitnodigingslink van deze groep", "joined", "Ravi", ()),
        ("Ravi heeft de groep verlaten", "left", "Ravi", ()),
        ("Jan is gewijzigd naar +31 6 00445566", "number_changed", "Jan", ("+31 6 00445566",)),
        ("Marga heeft de groepsafbeelding gewijzigd", "icon", "Marga", ()),
        ("Een regel die niemand kent", "other", None, ()),
    ]
    lines = [Line(at + timedelta(minutes=n), None, text) for n, (text, *_) in enumerate(said)]
    lines.append(Line(at + timedelta(hours=1), "Els en Piet", "Jan heeft de fiets verwijderd"))
    for look in (ANDROID_NL, IPHONE_NL):
        messages = read(tmp_path, render(lines, look)).messages
        notices = [(m.text.lstrip(MARK), m.event, m.actor, m.targets) for m in messages if m.kind == "system"]
        assert notices == [tuple(row) for row in said]
        assert all(message.sender is None for message in messages[:-1])
        assert (messages[-1].kind, messages[-1].sender, messages[-1].event) == (
            "message",
            "Els en Piet",
            None,
        )


def test_stand_ins_are_messages_with_an_event(tmp_path: Path) -> None:
    said = [
        ("<Media weggelaten>", "media", False),
        ("IMG-20210314-WA0001.jpg (bestand bijgevoegd)\nkijk dan", "media", False),
        ("Jan.vcf (bestand bijgevoegd)", "contact", False),
        ("Dit bericht is verwijderd", "deleted", False),
        ("Locatie: https://maps.google.com/?q=52.0,4.3", "location", False),
        ("Locatie: de schuur van Vlaar", None, False),
        ("morgen 8 uur" + f" {MARK}<Dit bericht is bewerkt>", None, True),
        ("POLL:\nWelke dag?\nOPTION: ma (2 votes)\nOPTION: di (0 votes)", "poll", False),
    ]
    lines = [Line(datetime(2021, 3, 14, 9, n), "Els", text) for n, (text, *_) in enumerate(said)]
    messages = read(tmp_path, render(lines, ANDROID_NL)).messages
    assert [(message.event, message.edited) for message in messages] == [row[1:] for row in said]
    assert {message.kind for message in messages} == {"message"}
    assert messages[6].text == "morgen 8 uur"


@pytest.mark.parametrize(
    ("days", "order", "evidence"),
    [
        (["31-01-2021", "01-02-2021"], "dmy", "hard"),
        (["01/31/2021", "02/01/2021"], "mdy", "hard"),
        (["05-02-2021", "01-03-2021"], "dmy", "order"),
        (["02/05/2021", "03/01/2021"], "mdy", "order"),
        (["01-02-2021", "01-02-2021"], "dmy", "prior"),
        (["2021-02-01"], "ymd", "hard"),
    ],
)
def test_day_and_month_are_told_by_the_whole_file(
    tmp_path: Path, days: list[str], order: str, evidence: str
) -> None:
    text = "".join(f"{day} 10:00 - Els: hoi\n" for day in days)
    findings = read(tmp_path, text).findings
    assert (findings.date_order, findings.date_evidence) == (order, evidence)


def test_date_order_can_be_given(tmp_path: Path) -> None:
    export = read(tmp_path, "01-02-2021 10:00 - Els: hoi\n", date_order="mdy")
    assert export.messages[0].sent_at == datetime(2021, 1, 2, 10, 0)
    assert export.findings.date_evidence == "given"
    with pytest.raises(ExportError, match=r"chat\.txt"):
        read(tmp_path, "31-01-2021 10:00 - Els: hoi\n", date_order="mdy")


def test_pasted_header_of_another_style_stays_text(tmp_path: Path) -> None:
    pasted = "kijk wat Jan schreef:\n[14-03-2021 09:00:00] Jan: hoi\n3/14/21, 9:00 AM - Jan: hi"
    lines = [Line(datetime(2021, 3, 14, 9, 0), "Els", pasted), Line(datetime(2021, 3, 14, 9, 1), "Jan", "ja")]
    assert [m.text for m in read(tmp_path, render(lines, ANDROID_NL)).messages] == [pasted, "ja"]


def test_pasted_header_of_the_same_style_is_told_by_its_line_end(tmp_path: Path) -> None:
    pasted = "kijk:\n[14-03-2021 09:00:00] Jan: hoi"
    lines = [Line(datetime(2021, 3, 14, 9, n), "Els", text) for n, text in enumerate(["a", pasted, "b"])]
    export = read(tmp_path, render(lines, IPHONE_NL))
    assert [message.text for message in export.messages] == ["a", pasted, "b"]
    assert "1" in export.findings.repairs[0]


@pytest.mark.parametrize("content", [b"", b"melk\nbrood\n", bytes(range(256)) * 40, b"PK\x03\x04 no archive"])
def test_what_is_no_export_gets_one_line(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ExportError) as caught:
        read(tmp_path, content, "lijst.txt")
    assert caught.value.message.startswith("lijst.txt: ")
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_missing_file_and_folder_get_one_line(tmp_path: Path) -> None:
    for path in (tmp_path / "weg.txt", tmp_path):
        with pytest.raises(ExportError, match=path.name):
            read_export(path)
