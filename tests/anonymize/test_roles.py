import pytest

from chatcode.anonymize.roles import propose_roles, read_roles, title_of
from chatcode.errors import ChatcodeError


def test_a_file_of_roles_is_read_by_name(tmp_path):
    path = tmp_path / "rollen.tsv"
    path.write_text(
        "naam\trol\nRia Butter\tbeheerder\n\n# wie het weet\nWijkagent Ruud\tProfessional\n"
        "Marloes gem.\tbeheerder, professional\n",
        encoding="utf-8-sig",
    )
    assert read_roles(path) == {
        "Ria Butter": frozenset({"beheerder"}),
        "Wijkagent Ruud": frozenset({"professional"}),
        "Marloes gem.": frozenset({"beheerder", "professional"}),
    }


def test_an_unknown_role_is_named_with_its_line_and_without_the_person(tmp_path):
    path = tmp_path / "rollen.tsv"
    path.write_text("Ria Butter\tbeheerder\nTruus\tbaas\n", encoding="utf-8")
    with pytest.raises(ChatcodeError) as caught:
        read_roles(path)
    assert "line 2" in caught.value.message
    assert "baas" in caught.value.message
    assert "Truus" not in caught.value.message + caught.value.hint
    assert "deelnemer" in caught.value.hint


@pytest.mark.parametrize("content", [b"Ria Butter beheerder\n", b"\xff\xfe\x00R"])
def test_what_is_no_such_file_is_one_line(tmp_path, content):
    path = tmp_path / "rollen.tsv"
    path.write_bytes(content)
    with pytest.raises(ChatcodeError) as caught:
        read_roles(path)
    assert "Ria" not in caught.value.message


def test_a_missing_file_is_one_line(tmp_path):
    with pytest.raises(ChatcodeError, match=r"weg\.tsv"):
        read_roles(tmp_path / "weg.tsv")


@pytest.mark.parametrize(
    ("name", "roles", "title"),
    [
        ("Wijkagent Tom", {"professional"}, "Wijkagent"),
        ("Boa Patrick", {"professional"}, "Handhaver"),
        ("Soraya Handhaving", {"professional"}, "Handhaver"),
        ("Marloes de Wit (gem)", {"professional"}, "Gemeente"),
        ("Jairo jongerenwerk", {"professional"}, "Jongerenwerker"),
        ("Stadsmarinier Petra", {"professional"}, "Stadsmarinier"),
        ("Ingeborg (beheer)", {"beheerder"}, "Beheerder"),
        ("Ria Butter", {"deelnemer"}, "Deelnemer"),
        ("Boaz van Gemert", {"deelnemer"}, "Deelnemer"),
    ],
)
def test_a_display_name_proposes_roles_and_a_title(name, roles, title):
    assert propose_roles(name) == roles
    assert title_of(name, frozenset(roles)) == title


def test_the_function_shows_only_for_a_professional():
    assert title_of("Wijkagent Tom", frozenset({"deelnemer"})) == "Deelnemer"
    assert title_of("Peter-Jan H.", frozenset({"professional"})) == "Professional"
    assert title_of("Annelies", frozenset({"beheerder", "professional"})) == "Beheerder"
    assert title_of("Annelies gemeente", frozenset({"beheerder", "professional"})) == "Gemeente"
    assert title_of("Jo", frozenset({"onderzoeker"})) == "Onderzoeker"
