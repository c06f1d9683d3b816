"""The documentation names every command, and everything it points at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from chatcode.cli.app import app

ROOT = Path(__file__).parent.parent


def commands():
    for name, command in get_command(app).commands.items():
        if hasattr(command, "commands"):
            yield from ((f"{name} {sub}", one) for sub, one in command.commands.items())
        else:
            yield name, command


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=lambda value: str(value)[:20])
def test_every_command_has_help_an_example_and_a_line_in_the_documentation(name, command):
    assert command.help
    assert f"Example: chatcode {name}" in command.help
    assert f"`{name}`" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for parameter in command.params:
        if parameter.param_type_name == "option":
            assert getattr(parameter, "help", None), f"{name} {parameter.name}"


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
)
def test_every_link_and_picture_is_there(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((ROOT / page).parent / target).exists(), target


def test_the_readme_has_the_two_commands_and_the_makefile_makes_them():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("demo", "test"):
        assert f"make {target}" in (ROOT / "README.md").read_text(encoding="utf-8")
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
