"""`import chatcode`: what scripts rely on, and that nothing is loaded before it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import chatcode
from chatcode.bundled import sample_path
from chatcode.domain import Choice, Decision

HEAVY = {
    "babel", "cryptography", "docx", "docxtpl", "jinja2", "lxml", "matplotlib", "nltk", "numpy", "pandas",
    "rich", "scipy", "sklearn", "sqlite3", "textual", "xlsxwriter", "yaml",
}  # fmt: skip


def loaded(code):
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*{{m.split('.')[0] for m in sys.modules}})"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stdout.split())


def test_importing_chatcode_loads_nothing_heavy():
    assert loaded("import chatcode") & HEAVY == set()


def test_the_command_line_loads_nothing_heavy_before_a_command_runs():
    assert loaded("import chatcode.cli.app") & (HEAVY - {"rich"}) == set()


def test_reading_an_export_needs_neither_pandas_nor_a_classifier():
    path = str(sample_path() / "noord.txt")
    assert (
        loaded(f"import chatcode; chatcode.read_export({path!r})") & {"pandas", "sklearn", "scipy"} == set()
    )


def test_every_name_of_the_facade_is_there():
    for name in chatcode.__all__:
        assert getattr(chatcode, name) is not None
    with pytest.raises(AttributeError):
        chatcode.nothing  # noqa: B018


def test_an_export_is_read_and_framed():
    export = chatcode.read_export(sample_path() / "west.txt")
    frame = chatcode.to_frame(export)
    assert list(frame.columns) == ["sent_at", "sender", "kind", "text", "event", "actor", "targets", "edited"]
    assert len(frame) == len(export.messages) == 387
    assert export.findings.date_order == "dmy"


def test_a_redactor_keeps_a_name_consistent_and_leaves_the_rest():
    redactor = chatcode.Redactor(["Jan de Vries", "Fatma Yıldız"])
    text = "jan belt 112, Fatma ook. Jan: 06-12345678"
    redacted = redactor.redact(text)
    assert "112" in redacted
    for leaked in ("jan", "Jan", "Fatma", "06-12345678"):
        assert leaked not in redacted
    assert [text[s.start : s.end] for s in redactor.spans(text)] == ["jan", "Fatma", "Jan", "06-12345678"]
    assert redactor.spans(text)[0].placeholder == redactor.spans(text)[2].placeholder


def test_suggestions_come_one_per_message_with_reasons():
    messages = chatcode.read_export(sample_path() / "noord.txt").messages[:40]
    suggested = chatcode.suggest(messages, {}, model=False)
    assert len(suggested) == 40
    assert any(one.codes for one in suggested)
    for one in suggested:
        assert set(one.codes) <= set(one.scores)
        assert all(one.reasons[code] for code in one.codes)


def test_a_study_is_read_as_frames(study, filled):
    ids = filled(study)
    study.confirm(
        [Decision(ids[1], (Choice("M"),)), Decision(ids[2])],
        coder="K1",
        round_=1,
        codebook_hash="test-codebook",
    )
    study.execute("UPDATE study SET codebook_hash = NULL")
    path = study.path
    study.close()
    with chatcode.Study.open(path) as opened:
        assert len(opened.messages()) == 7
        codings = opened.codings()
        assert codings.message_id.tolist() == ids[1:3]
        assert codings.code[0] == "M"
        assert codings.code.isna().tolist() == [False, True]
        months = opened.frequencies()
        assert months[(months.code == "M") & (months.month == "2020-10")].messages.tolist() == [1]
        assert len(opened.marks()) == 11
        assert opened.marks().proposed.isna().all()
