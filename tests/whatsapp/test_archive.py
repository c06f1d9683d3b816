from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from chatcode.errors import ExportError
from chatcode.whatsapp import read_export

CHAT = "31-01-2021 10:00 - Els: hoi\n31-01-2021 10:01 - Jan: dag\n"
OTHER = "31-01-2021 10:00 - Els: dit is het andere bestand\n"


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "members",
    [
        {"_chat.txt": CHAT},
        {"_chat.txt": CHAT, "WhatsApp-chat met Buurt.txt": OTHER, "00000001-PHOTO.jpg": b"\xff\xd8"},
        {"map/ander/_chat.txt": CHAT, "map/boodschappen.txt": "melk\n"},
        {"__MACOSX/._WhatsApp-chat met Buurt.txt": OTHER, "WhatsApp-chat met Buurt.txt": CHAT},
        {"._a.txt": OTHER, "a.txt": CHAT},
        {"notulen.txt": "1. opening\n2. rondvraag\n", "gesprek.TXT": CHAT, "z.txt": "31-01-2021\n"},
        {"../../_chat.txt": OTHER, "/etc/_chat.txt": OTHER, "C:\\_chat.txt": OTHER, "chat.txt": CHAT},
    ],
    ids=["apple", "apple before others", "nested", "macOS shadow", "dot file", "most headers", "climbing"],
)
def test_the_chat_is_found_in_an_archive(tmp_path: Path, members: dict[str, str | bytes]) -> None:
    export = read_export(zipped(tmp_path / "x.zip", members))
    assert [message.text for message in export.messages] == ["hoi", "dag"]
    assert export.findings.container == "zip"


def test_what_was_passed_over_is_reported(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {"../a.txt": CHAT, "b.txt": CHAT, "c.txt": OTHER}
    repairs = read_export(zipped(tmp_path / "x.zip", members)).findings.repairs
    assert repairs == (
        "members of the archive that point outside it passed over",
        "one of 2 texts in the archive taken",
    )


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("WhatsApp-chat met Buurt 3.txt", "Buurt 3"),
        ("WhatsApp Chat with Watch (2).txt", "Watch"),
        ("WhatsApp Chat - Watch.zip", "Watch"),
        ("Chat de WhatsApp con Barrio.txt", "Barrio"),
        ("export.txt", None),
    ],
)
def test_a_file_name_may_tell_the_group(tmp_path: Path, name: str, group: str | None) -> None:
    path = tmp_path / name
    if name.endswith(".zip"):
        zipped(path, {"_chat.txt": CHAT})
    else:
        path.write_text(CHAT, encoding="utf-8")
    assert read_export(path).findings.group_name == group


def refused(path: Path) -> str:
    with pytest.raises(ExportError) as caught:
        read_export(path)
    assert caught.value.message.startswith(path.name)
    assert "\n" not in caught.value.message
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({}, "no .txt in it"),
        ({"foto.jpg": b"\xff\xd8"}, "no .txt in it"),
        ({"../_chat.txt": CHAT}, "no .txt in it"),
        ({"_chat.txt": ""}, "empty"),
        ({"_chat.txt": "melk\n"}, "no WhatsApp export"),
    ],
    ids=["nothing", "no text", "only outside", "empty", "no chat"],
)
def test_an_archive_without_a_chat_is_refused(
    tmp_path: Path, members: dict[str, str | bytes], why: str
) -> None:
    assert why in refused(zipped(tmp_path / "x.zip", members))


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"_chat.txt": b"31-01-2021 10:00 - Els: hoi\n" + b"0" * (64 << 20)})
    assert path.stat().st_size < 100_000
    assert "unpacks" in refused(path)


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"_chat.txt": b"0" * (64 << 20)})
    data = bytearray(path.read_bytes())
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(data)
    assert "damaged" in refused(path)


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"_chat.txt": CHAT})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "password" in refused(path)


@pytest.mark.parametrize("keep", [10, 60, 90, 120])
def test_a_damaged_archive_is_refused(tmp_path: Path, keep: int) -> None:
    path = zipped(tmp_path / "x.zip", {"_chat.txt": CHAT * 20})
    path.write_bytes(path.read_bytes()[:keep])
    assert "damaged" in refused(path)


def test_a_wrong_checksum_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("_chat.txt", CHAT)
    path.write_bytes(path.read_bytes().replace(b"hoi", b"hee"))
    assert "damaged" in refused(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_inside_a_member_is_refused(tmp_path: Path, method: int) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("_chat.txt", CHAT * 50)
    assert len(read_export(path).messages) == 100
    data = bytearray(path.read_bytes())
    data[45:60] = b"\xff" * 15
    path.write_bytes(data)
    assert "damaged" in refused(path)


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("_chat.txt", CHAT)
    assert "no .txt in it" in refused(zipped(tmp_path / "x.zip", {"export.zip": inner.getvalue()}))


def test_a_path_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError):
        read_export(str(tmp_path / "a\0b"))
