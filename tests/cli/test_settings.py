"""Preferences are one person's and stand in no study."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def mine(tmp_path):
    return {"CHATCODE_CONFIG": str(tmp_path / "config.toml")}


def test_preferences_are_kept_and_used_by_review(shell, mine):
    shell.run("settings", "--coder", "K7", "--lang", "nl", "--theme", "light", "--key", "undo=u", env=mine)
    rows = json.loads(shell.run("settings", "--json", env=mine).stdout)["rows"]
    assert {row["preference"]: row["value"] for row in rows} == {
        "coder": "K7", "language": "nl", "theme": "light", "key of undo": "u",
    }  # fmt: skip
    shell.start("noord")
    done = shell.run("review", "--plain", "--way", "blind", stdin="r k\nq\n", env=mine)
    assert "K7, round 1: 1 of" in done.stderr
    assert (
        "K8, round 1: 0 of"
        in shell.run("review", "--coder", "K8", "--plain", "--way", "blind", env=mine).stderr
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--key", "undo=x"], "taken"), (["--key", "undo=r"], "taken"), (["--key", "dance=z"], "no command"),
     (["--key", "undo=ctrl+u"], "no key"), (["--key", "undo"], "gives no command"),
     (["--theme", "pink"], "theme"), (["--lang", "fr"], "language")],
)  # fmt: skip
def test_what_clashes_is_refused_and_nothing_is_written(shell, mine, tmp_path, words, said):
    assert said in shell.run("settings", *words, env=mine, code=1).stderr
    assert not (tmp_path / "config.toml").exists()


def test_a_coder_needs_a_name_from_somewhere(shell, mine):
    shell.start("noord")
    assert "needs a name" in shell.run("review", "--plain", env=mine, code=1).stderr
    shell.run("settings", "--coder", "K1", env=mine)
    shell.run("settings", "--forget", env=mine)
    assert "needs a name" in shell.run("review", "--plain", env=mine, code=1).stderr
