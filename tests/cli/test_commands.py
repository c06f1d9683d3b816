"""Each command as a process: exit code, data on stdout, narration on stderr."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from chatcode.bundled import sample_path
from chatcode.study.store import Study

WEST = sample_path() / "west.txt"


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def with_codes(table, name, group):
    """The rows of a csv with the codes of a sample's coder filled in."""
    coded = [json.loads(line) for line in (sample_path() / f"{name}.codes.jsonl").read_text().splitlines()]
    own = [row for row in table if row["group"] == group]
    for row, line in zip(own, coded, strict=True):
        row["codes"] = " ".join(line["codes"])
    return own


def write_csv(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_codings_made_elsewhere_come_in_by_csv_and_are_counted(shell):
    shell.start("noord", "west")
    shell.run("exchange", "--csv", "out.csv", key=True)
    table = rows_of((shell.folder / "out.csv").read_text(encoding="utf-8"))
    rows = with_codes(table, "noord", "Noord") + with_codes(table, "west", "West")
    write_csv(shell.folder / "in.csv", rows)
    told = json.loads(shell.run("exchange", "--read", "in.csv", "--coder", "K1", "--json").stdout)
    assert (told["read"], told["unchanged"], told["not_reviewed"]) == (len(rows), 0, 0)
    again = json.loads(shell.run("exchange", "--read", "in.csv", "--coder", "K1", "--json").stdout)
    assert (again["read"], again["unchanged"]) == (0, len(rows))

    report = json.loads(shell.run("report", "--json").stdout)["rows"]
    frame = pd.DataFrame(rows)
    frame = frame[frame.kind == "message"]
    frame = frame.assign(
        month=frame.sent_at.str[:7], day=frame.sent_at.str[:10], code=frame.codes.str.split()
    )
    coded = frame.explode("code").dropna(subset="code")
    messages = coded.groupby(["group", "month", "code"]).size().to_dict()
    days = coded.groupby(["group", "month", "code"]).day.nunique().to_dict()
    got = {(r["group"], r["month"], r["code"]): r for r in report}
    assert {k: r["messages"] for k, r in got.items() if r["messages"]} == messages
    assert {k: r["days"] for k, r in got.items() if r["days"]} == days
    assert all(r["reviewed_share"] in (1.0, None) for r in report)

    shell.run("exchange", "--csv", "back.csv", "--coder", "K1", key=True)
    back = rows_of((shell.folder / "back.csv").read_text(encoding="utf-8"))
    assert {r["message_id"]: set(r["codes"].split()) for r in back} == {
        r["message_id"]: set(r["codes"].split()) for r in rows
    }
    assert {r["coder"] for r in back} == {"K1"}


def test_half_reviewed_gives_no_proposal_and_says_so(shell):
    shell.start("west")
    shell.run("exchange", "--csv", "out.csv", key=True)
    table = with_codes(rows_of((shell.folder / "out.csv").read_text(encoding="utf-8")), "west", "West")
    write_csv(shell.folder / "in.csv", table[::2])
    shell.run("exchange", "--read", "in.csv", "--coder", "K1")
    (shell.folder / "marks.tsv").write_text("West\t11\t✓\tgenoeg gezien\n", encoding="utf-8")
    cells = json.loads(shell.run("table", "--marks", "marks.tsv", "--json").stdout)["rows"]
    eleven = next(c for c in cells if c["intervention"] == 11)
    assert (eleven["researcher"], eleven["proposed"], eleven["flag"]) == ("✓", None, "not_reviewed")
    assert "minder dan 95" in shell.run("report").stdout


def test_marks_can_be_set_at_the_prompt_and_the_proposal_comes_after(shell):
    shell.start("west")
    shell.run("exchange", "--csv", "out.csv", key=True)
    table = with_codes(rows_of((shell.folder / "out.csv").read_text(encoding="utf-8")), "west", "West")
    write_csv(shell.folder / "in.csv", table)
    shell.run("exchange", "--read", "in.csv", "--coder", "K1")
    before = json.loads(shell.run("table", "--json").stdout)["rows"]
    assert {cell["proposed"] for cell in before} == {None}
    told = shell.run("table", "--rate", "--by", "R", "--json", stdin="v\nDat deden zij al.\nq\n")
    assert "proposal" not in told.stderr.lower()
    cells = json.loads(told.stdout)["rows"]
    assert (cells[0]["researcher"], cells[0]["reason"]) == ("✓", "Dat deden zij al.")
    assert cells[0]["proposed"] is not None
    assert {cell["proposed"] for cell in cells[1:]} == {None}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Oost\t1\t✓\treden", "no case"),
        ("West\t12\t✓\treden", "no intervention"),
        ("West\t1\t?\treden", "no mark"),
        ("West\t1\t✓\t", "needs a reason"),
        ("West\t1", "columns"),
    ],
)
def test_a_wrong_line_of_marks_stores_nothing(shell, line, words):
    shell.start("west")
    (shell.folder / "marks.tsv").write_text(f"West\t2\t=\treden\n{line}\n", encoding="utf-8")
    done = shell.run("table", "--marks", "marks.tsv", code=1)
    assert "marks.tsv:2" in done.stderr
    assert words in done.stderr
    with Study.open(shell.folder / "s.study") as study:
        assert study.marks() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda row: {**row, "message_id": "x"}, "no such message"),
        (lambda row: {**row, "codes": "12+"}, "no code"),
        (lambda row: {**row, "links": f"feedback:{row['message_id']}"}, "earlier message"),
        (lambda row: {**row, "sub_reasons": "7-:x"}, "no such sub-reason"),
        (lambda row: {**row, "group": "Oost"}, "another group"),
    ],
)
def test_a_wrong_row_of_codings_stores_nothing(shell, change, words):
    shell.start("west")
    shell.run("exchange", "--csv", "out.csv", key=True)
    table = rows_of((shell.folder / "out.csv").read_text(encoding="utf-8"))
    write_csv(shell.folder / "in.csv", [*table[:5], change(table[5])])
    done = shell.run("exchange", "--read", "in.csv", "--coder", "K1", code=1)
    assert "in.csv:" in done.stderr
    assert words in done.stderr
    with Study.open(shell.folder / "s.study") as study:
        assert study.coders() == []


def test_the_same_file_twice_changes_nothing(shell):
    shell.start("west")
    before = (shell.folder / "s.study").read_bytes()
    done = shell.run("import", WEST, "--group", "West", "--case", "West", key=True)
    assert "imported before" in done.stderr
    assert (shell.folder / "s.study").read_bytes() == before


def test_a_dry_run_tells_and_writes_nothing(shell):
    found = json.loads(shell.run("import", WEST, "--dry-run", "--json").stdout)
    assert (found["messages"], found["date_order"]) == (365, "dmy")
    assert list(shell.folder.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"geen chat\n" * 50, b"\x89PNG\r\n\x1a\n" + bytes(500)])
def test_a_file_that_is_no_export_gets_one_line_and_changes_nothing(shell, content):
    shell.start("west")
    before = {p.name: p.read_bytes() for p in shell.folder.iterdir()}
    (shell.folder / "x.txt").write_bytes(content)
    done = shell.run("import", "x.txt", "--group", "X", "--case", "X", key=True, code=1)
    assert done.stderr.count("Error:") == 1
    assert "Traceback" not in done.stderr
    assert {p.name: p.read_bytes() for p in shell.folder.iterdir() if p.name != "x.txt"} == before


def test_a_passphrase_is_never_waited_for_and_a_wrong_one_changes_nothing(process):
    process.start("west")
    before = (process.folder / "s.study").read_bytes(), (process.folder / "s.key").read_bytes()
    done = process.run("import", sample_path() / "noord.txt", "--group", "N", "--case", "N", code=1)
    assert "--passphrase-fd" in done.stderr
    process.run(
        "import", sample_path() / "noord.txt", "--group", "N", "--case", "N", key="een-andere-zin", code=4
    )
    assert ((process.folder / "s.study").read_bytes(), (process.folder / "s.key").read_bytes()) == before


def test_a_key_of_another_study_is_refused(shell):
    shell.start("west")
    shell.run("init", "other.study")
    args = ("--group", "W", "--case", "W", "--study", "other.study")
    shell.run("import", WEST, *args, key=True)
    done = shell.run("import", sample_path() / "noord.txt", *args, "--key", "s.key", key=True, code=4)
    assert "another study" in done.stderr


def test_an_import_that_is_killed_leaves_the_study_as_it_was_and_can_be_run_again(shell):
    shell.start("west")
    before = (shell.folder / "s.study").read_bytes()
    for delay in (0.2, 0.45, 0.6, 0.75):
        reading, writing = os.pipe()
        os.write(writing, b"een-lange-zin-voor-de-test\n")
        os.close(writing)
        process = subprocess.Popen(
            [
                sys.executable, "-m", "chatcode", "import", str(sample_path() / "noord.txt"),
                "--group", "Noord", "--case", "Noord", "--passphrase-fd", str(reading),
            ],
            cwd=shell.folder, pass_fds=[reading], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(reading)
        with Study.open(shell.folder / "s.study") as study:
            assert len(study.groups()) in (1, 2)
            if len(study.groups()) == 1:
                assert (shell.folder / "s.study").read_bytes() == before
    shell.run("import", sample_path() / "noord.txt", "--group", "Noord", "--case", "Noord", key=True)
    shell.run("check")
    assert not [p for p in shell.folder.iterdir() if p.suffix not in (".study", ".key")]


def test_status_names_the_next_step_and_speaks_json(shell):
    assert "no study" in shell.run("status", code=1).stderr
    shell.run("init", "s.study")
    assert json.loads(shell.run("status", "--json").stdout)["next"].startswith("chatcode import")
    shell.run("import", WEST, "--group", "West", "--case", "West", key=True)
    assert json.loads(shell.run("status", "--json").stdout)["next"].startswith("chatcode practice")
    shell.run("suggest")
    assert "chatcode review" in shell.run("status").stderr


def test_review_line_by_line_saves_what_is_said(shell):
    shell.start("west")
    shell.run("review", "--coder", "K1", "--plain", stdin="r k\n11 k\nx\n")
    with Study.open(shell.folder / "s.study") as study:
        acts = study.layer("K1").acts.values()
        assert sorted(sorted(act.codes) for act in acts) == [[], ["11+"], ["M"]]


def test_two_coders_must_be_told_apart(shell):
    shell.start("west")
    for coder in ("K1", "K2"):
        shell.run("review", "--coder", coder, "--plain", stdin="k\n")
    assert "K1, K2" in shell.run("report", "--json", code=1).stderr
    assert json.loads(shell.run("report", "--json", "--coder", "K2").stdout)["coder"] == "K2"


def test_nothing_is_overwritten_unless_told(shell):
    shell.start("west")
    shell.run("report", "--out", "r.md", key=True)
    assert "there already" in shell.run("report", "--out", "r.md", key=True, code=1).stderr
    shell.run("report", "--out", "r.md", "--overwrite", key=True)
    assert "no such format" in shell.run("report", "--out", "r.rtf", key=True, code=1).stderr


def test_without_the_passphrase_the_gate_says_that_it_checks_patterns_only(shell):
    shell.start("west")
    assert "patterns only" in shell.run("report", "--out", "r.md").stderr


def test_a_name_that_got_through_is_stopped_at_the_door(shell):
    shell.start("west")
    with Study.open(shell.folder / "s.study") as study:
        study.execute(
            "UPDATE texts SET text = 'Ruud Hollander belde net' WHERE rowid IS NOT NULL"
        ) if False else None
        first = next(e for e in study.entries() if e.kind == "message")
        study.execute("UPDATE texts SET text = ? WHERE entry_id = ?", ("Ruud Hollander belde net", first.id))
    done = shell.run("exchange", "--csv", "out.csv", key=True, code=3)
    assert "Hollander" not in done.stderr
    assert not (shell.folder / "out.csv").exists()


def test_check_finds_what_was_changed_behind_the_programs_back(shell):
    shell.start("west")
    shell.run("check")
    with Study.open(shell.folder / "s.study") as study:
        study.execute("PRAGMA foreign_keys = OFF")
        study.execute("DELETE FROM texts WHERE entry_id IN (SELECT id FROM entries LIMIT 2)")
    done = shell.run("check", code=3)
    assert "2 entries have no text" in done.stdout


def test_backup_and_restore(shell):
    shell.start("west")
    shell.run("backup", "--out", "copy.bak")
    shell.run("review", "--coder", "K1", "--plain", stdin="k\n")
    shell.run("restore", "copy.bak")
    with Study.open(shell.folder / "s.study") as study:
        assert study.coders() == []
    assert len(list(shell.folder.glob("*.before-restore"))) == 1


def test_a_mistyped_command_and_a_missing_option_end_with_2(process):
    assert "revew" in process.run("revew", code=2).stderr
    assert "--round" in process.run("review", "--round", "0", code=2).stderr
    assert "--until" in process.run("note", "--until", code=2).stderr


def test_a_fault_of_the_program_tells_no_text(process):
    process.start("west")
    with Study.open(process.folder / "s.study") as study:
        study.execute("UPDATE entries SET sent_at = 'Ruud Hollander' WHERE kind = 'message'")
    done = process.run("report", "--json", code=1)
    assert "Hollander" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_the_codebook_can_be_checked_and_a_mistake_names_its_line(shell):
    shell.run("codebook", "check")
    bad = shell.folder / "bad.yaml"
    text = (sample_path().parent.parent / "codebooks" / "interventions.yaml").read_text(encoding="utf-8")
    bad.write_text(text.replace("measure: flow", "measure: often", 1), encoding="utf-8")
    done = shell.run("codebook", "check", "bad.yaml", code=1)
    line = 1 + text[: text.index("measure: flow")].count("\n")
    assert f"bad.yaml:{line}" in done.stderr


def test_an_interrupted_command_ends_with_130_and_a_clean_study(shell):
    shell.start("west")
    process = subprocess.Popen(
        [sys.executable, "-m", "chatcode", "review", "--coder", "K1", "--plain"],
        cwd=shell.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert "Type codes" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in told
    shell.run("check")


def test_what_people_type_in_is_refused_where_it_holds_a_number(shell):
    done = shell.run("init", "s.study", "--data-plan", "bel 06-12345678", code=1)
    assert "--data-plan" in done.stderr
    assert "06-12345678" not in done.stderr
    assert list(shell.folder.iterdir()) == []
    shell.start("west")
    shell.run(
        "import", sample_path() / "noord.txt", "--group", "bel 06-12345678", "--case", "N", key=True, code=1
    )
    (shell.folder / "marks.tsv").write_text("West\t2\t=\tzegt jan@voorbeeld.nl\n", encoding="utf-8")
    assert "marks.tsv:1" in shell.run("table", "--marks", "marks.tsv", code=1).stderr


def test_a_file_is_not_counted_twice_under_another_label(shell):
    shell.start("west")
    done = shell.run("import", WEST, "--group", "Anders", "--case", "Anders", key=True, code=1)
    assert "as the group West" in done.stderr
    with Study.open(shell.folder / "s.study") as study:
        assert [group.label for group in study.groups()] == ["West"]


def test_names_of_the_roles_file_that_do_not_occur_are_counted(shell):
    shell.start()
    (shell.folder / "roles.tsv").write_text(
        "Niemand Hier\tbeheerder\nRuud Hollander\tbeheerder\n", encoding="utf-8"
    )
    done = shell.run("import", WEST, "--group", "W", "--case", "W", "--roles", "roles.tsv", key=True)
    assert "1 names of the roles file" in done.stderr
    shell.run("init", "zonder.study")
    done = shell.run("import", WEST, "--group", "W", "--case", "W", "--study", "zonder.study", key=True)
    assert "roles file" not in done.stderr


def test_a_backup_of_another_study_is_not_put_back(shell):
    shell.start("west")
    shell.run("init", "other.study")
    shell.run("backup", "--study", "other.study", "--out", "other.bak")
    before = (shell.folder / "s.study").read_bytes()
    assert "another study" in shell.run("restore", "other.bak", "--study", "s.study", code=1).stderr
    assert "no backup" in shell.run("restore", "nope.bak", "--study", "s.study", code=1).stderr
    assert "no folder" in shell.run("backup", "--study", "s.study", "--out", "nodir/b.bak", code=1).stderr
    assert (shell.folder / "s.study").read_bytes() == before


def test_an_init_without_its_passphrase_leaves_nothing(shell):
    shell.run("init", "s.study", "--key", "k.key", code=1)
    assert list(shell.folder.iterdir()) == []
    shell.run("init", "s.study", key=True)
    assert sorted(path.name for path in shell.folder.iterdir()) == ["s.key", "s.study"]
