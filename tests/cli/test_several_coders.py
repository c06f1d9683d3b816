"""Several coders by the commands alone: copies handed out, brought together, compared, settled."""

from __future__ import annotations

import json

from chatcode.codebook import Codebook
from chatcode.study.store import Study


def hand_out(shell, *coders):
    for coder in coders:
        shell.run("backup", "--study", "s.study", "--out", f"{coder}.study")


def code(shell, coder, rows, study=None):
    path = shell.folder / f"{coder}.csv"
    path.write_text("message_id,codes\n" + "".join(f"{i},{c}\n" for i, c in rows), encoding="utf-8")
    return shell.run("exchange", "--read", path.name, "--coder", coder, "--study", study or f"{coder}.study")


def study_with(shell, filled, messages):
    with Study.create(shell.folder / "s.study") as study:
        ids = filled(study, messages=messages)[1:]
        codebook = Codebook.load()
        study.use_codebook(codebook.hash, codebook.text)
    return ids


def test_files_are_merged_with_a_report_and_a_backup_and_twice_is_nothing(shell, filled):
    ids = study_with(shell, filled, 12)
    hand_out(shell, "K1", "K2")
    code(shell, "K1", [(i, "M") for i in ids])
    code(shell, "K2", [(i, "") for i in ids[:5]])
    tried = json.loads(shell.run("merge", "K1.study", "K2.study", "--dry-run", "--json").stdout)
    assert [row["acts_new"] for row in tried["rows"]] == [12, 5]
    assert not list(shell.folder.glob("*.bak"))
    done = json.loads(shell.run("merge", "K1.study", "K2.study", "--json").stdout)
    assert done["rows"] == tried["rows"]
    assert (shell.folder / done["backup"]).is_file()
    again = shell.run("merge", "K1.study", "K2.study")
    assert "Nothing is new" in again.stderr
    assert len(list(shell.folder.glob("*.bak"))) == 1
    shell.run("check", "--study", "s.study")


def test_another_study_is_refused_in_one_line(shell, filled):
    study_with(shell, filled, 3)
    shell.run("init", "other.study")
    refused = shell.run("merge", "other.study", code=1)
    assert refused.stderr.startswith("Error: other.study is another study than s.study\nHint: ")
