from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatcode.errors import ChatcodeError
from chatcode.settings import Settings, load, save, settings_path

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@given(st.builds(Settings, TEXT, st.sampled_from(["", "nl", "en"]), TEXT, st.dictionaries(
    st.sampled_from(["undo", "keep", "take_over"]), TEXT)))  # fmt: skip
def test_what_is_saved_is_read_back(tmp_path_factory, mine):
    path = tmp_path_factory.getbasetemp() / "mine" / "config.toml"
    save(mine, path)
    assert load(path) == mine


def test_without_a_file_nothing_is_preferred(tmp_path):
    assert load(tmp_path / "none.toml") == Settings()


def test_the_place_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("CHATCODE_CONFIG", str(tmp_path / "a.toml"))
    assert settings_path() == tmp_path / "a.toml"
    monkeypatch.delenv("CHATCODE_CONFIG")
    assert settings_path().name == "config.toml"


@pytest.mark.parametrize(
    "text", ["coder = ", "colour = 'red'", "keys = 'x'", "coder = 3", "language = 'fr'", "[keys]\nundo = 1"]
)
def test_what_is_no_preference_is_told_and_left_alone(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ChatcodeError, match=r"config\.toml"):
        load(path)
    assert path.read_text() == text
