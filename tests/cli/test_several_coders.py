"""Several coders by the commands alone: copies handed out, brought together, compared, settled."""

from __future__ import annotations

import csv
import json

from chatcode.codebook import Codebook
from chatcode.domain import Choice, Decision
from chatcode.study.store import Study


def hand_out(shell, *coders):
    for coder in coders:
        shell.run("backup", "--study", "s.study", "--out", f"{coder}.study")


def code(shell, coder, rows, study=None, round_=1, mode="blind"):
    with Study.open(shell.folder / (study or f"{coder}.study")) as opened:
        decisions = [Decision(i, tuple(Choice(c) for c in codes.split()), mode=mode) for i, codes in rows]
        opened.confirm(decisions, coder=coder, round_=round_, codebook_hash=opened.codebook_text()[0])


def by_command(shell, coder, rows):
    """The same by a csv that the coder reads in, in a copy of the study; and a memo on a code."""
    lines = [f"{i},{codes}\n" for i, codes in rows]
    (shell.folder / f"{coder}.csv").write_text("message_id,codes\n" + "".join(lines), encoding="utf-8")
    shell.run("exchange", "--read", f"{coder}.csv", "--coder", coder, "--study", f"{coder}.study")
    shell.run("memo", "nauwer nemen", "--code", "8+", "--coder", coder, "--study", f"{coder}.study")


def study_with(shell, filled, messages):
    with Study.create(shell.folder / "s.study") as study, study.transaction():
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


def test_a_merge_names_every_kind_says_what_differs_and_what_to_do_next(shell, filled):
    ids = study_with(shell, filled, 12)
    hand_out(shell, "K1")
    code(shell, "K1", [(ids[0], "M")])
    shell.run(
        "status", "--skip", "practice", "--because", "coded before", "--by", "K1", "--study", "K1.study"
    )
    shell.run("memo", "too wide", "--code", "1+", "--coder", "K1", "--study", "K1.study")
    shell.run("sample", "--share", "0.5", "--coder", "K1", "--study", "K1.study")
    shell.run("evidence", "--case", "Noord", "-i", "4", "--day", "2021-01-05", "--source", "talk",
              "--text", "a round with flyers", "--by", "K1", "--study", "K1.study")  # fmt: skip
    newer = Codebook.load().text.replace("The writer brings something new", "The writer tells of it")
    (shell.folder / "newer.yaml").write_text(newer, encoding="utf-8")
    shell.run(
        "codebook", "use", "newer.yaml", "--reason", "1+ was too wide", "--by", "K1", "--study", "K1.study"
    )
    done = shell.run("merge", "K1.study", "--json")
    told = json.loads(done.stdout)
    assert {row["kind"]: row["new"] for row in told["kinds"] if row["new"]} == {
        "acts": 1, "codebooks": 1, "codebook changes": 1, "wider memos": 1, "steps passed over": 1,
        "samples": 1,
    }  # fmt: skip
    (differs,) = told["conflicts"]
    assert (differs["about"], len(differs["there"])) == ("codebook in use", 12)
    assert told["left_behind"] == [{"file": "K1.study", "what": "evidence", "count": 1}]
    assert "not taken over from K1.study, for it is led in one file only: evidence (1)" in done.stderr
    assert f"chatcode codebook use {differs['there']}" in done.stderr
    assert "Next: chatcode merge OTHER.study" in done.stderr
    # The change came along; this study has not taken it into use, so its own step is still open.
    assert "one codebook only" in shell.run("codebook", "diff", "--study", "s.study", code=1).stderr
    steps = json.loads(shell.run("status", "--study", "s.study", "--json").stdout)["training"]
    assert {one["step"]: one["state"] for one in steps}["codebook"] == "open"
    logged = json.loads(shell.run("log", "--study", "s.study", "--json").stdout)["rows"][-1]
    assert logged["details"]["samples"] == logged["details"]["acts"] == 1
    shell.run(
        "codebook",
        "use",
        differs["there"],
        "--reason",
        "that of K1 holds",
        "--by",
        "K2",
        "--study",
        "s.study",
    )
    again = json.loads(shell.run("merge", "K1.study", "--json").stdout)
    assert (again["conflicts"], again["backup"], sum(row["new"] for row in again["kinds"])) == ([], None, 0)


def test_another_study_is_refused_in_one_line(shell, filled):
    study_with(shell, filled, 3)
    shell.run("init", "other.study")
    refused = shell.run("merge", "other.study", code=1)
    assert refused.stderr.startswith("Error: other.study is another study than s.study\nHint: ")


def two_coders(shell, filled):
    """Sixty messages of one area, coded by two: M on every third, and a few apart."""
    ids = study_with(shell, filled, 60)
    code(shell, "K1", [(i, "M" if n % 3 == 0 else "") for n, i in enumerate(ids)], study="s.study")
    code(
        shell, "K2",
        [(i, "M" if n % 3 == 0 and n != 30 else "8+" if n in (1, 2) else "") for n, i in enumerate(ids)],
        study="s.study",
    )  # fmt: skip
    return ids


def test_agreement_has_its_fields_and_says_what_is_not_estimated(shell, filled):
    two_coders(shell, filled)
    told = json.loads(shell.run("agree", "--json").stdout)
    assert (told["a"], told["b"], told["round"], told["messages"]) == ("K1", "K2", 1, 60)
    rows = {row["code"]: row for row in told["rows"]}
    assert len(rows) == 23
    report = rows["M"]
    assert (report["n"], report["both"], report["only_a"], report["only_b"]) == (60, 19, 1, 0)
    assert report["positive_agreement"] == 38 / 39
    assert 0.95 < report["kappa"] < 1 and 0.95 < report["alpha"] < 1 and 0.95 < report["ac1"] < 1
    assert (rows["8+"]["note"], rows["8+"]["alpha"]) == ("too few", None)
    assert (rows["5-"]["note"], rows["5-"]["positive_agreement"]) == ("not used", None)
    assert [one["over"] for one in told["overall"]] == ["all messages", "messages coded by somebody"]
    assert told["mixed_up"] == [{"pattern": "– / 8+", "messages": 2}, {"pattern": "M / –", "messages": 1}]
    per = json.loads(shell.run("agree", "K2", "K1", "--by", "area", "--by", "period", "--json").stdout)
    assert [(one["area"], one["period"]) for one in per["strata"]] == [("Noord", "all")]
    assert next(row for row in per["rows"] if row["code"] == "M")["only_b"] == 1


def three_coders(shell, filled):
    """Sixty messages by two, of which a third coder read forty."""
    ids = two_coders(shell, filled)
    code(
        shell, "K3",
        [(i, "M" if n % 3 == 0 and n != 9 else "8+" if n == 1 else "") for n, i in enumerate(ids[:40])],
        study="s.study",
    )  # fmt: skip
    return ids


def test_of_three_coders_all_are_compared_at_once_and_each_two_beside_it(shell, filled):
    three_coders(shell, filled)
    done = shell.run("agree", "--json")
    told = json.loads(done.stdout)
    assert "K1, K2 and K3, round 1: 60 messages that two or more coded blind." in done.stderr
    assert (told["coders"], told["messages"]) == (["K1", "K2", "K3"], 60)
    assert told["coded"] == {"K1": 60, "K2": 60, "K3": 40}
    report = next(row for row in told["rows"] if row["code"] == "M")
    assert (report["n"], report["values"], report["uses"]) == (60, 160, 52)
    assert 0.9 < report["alpha"] < 1 and report["verdict"] == "no interval"
    assert [(one["a"], one["b"], one["messages"]) for one in told["pairs"]] == [
        ("K1", "K2", 60), ("K1", "K3", 40), ("K2", "K3", 40),
    ]  # fmt: skip
    # Each two say what they say alone, field by field.
    alone = json.loads(shell.run("agree", "K1", "K2", "--json").stdout)
    assert (told["pairs"][0]["rows"], told["pairs"][0]["mixed_up"]) == (alone["rows"], alone["mixed_up"])
    printed = shell.run("agree", "--by", "area").stdout.splitlines()
    assert printed[0].split("\t")[:4] == ["code", "n", "values", "uses"]
    assert any(line.startswith("Noord\tM\t60") for line in printed)
    assert any(line.startswith("K1\tK3\tM\t40\t13\t1\t0") for line in printed)
    shell.run("agree", "--min", "0.8")
    assert "alpha is below 0.99 for M" in shell.run("agree", "--min", "0.99", code=3).stderr


def test_what_three_coders_differ_on_is_told_with_everybodys_codes(shell, filled):
    ids = three_coders(shell, filled)
    done = shell.run("agree", "--disagreements", "--json")
    told = json.loads(done.stdout)
    assert told["coders"] == ["K1", "K2", "K3"]
    assert [(row["message_id"], row["pattern"], row["codes"]) for row in told["rows"]] == [
        (ids[1], "8+", {"K1": "–", "K2": "8+", "K3": "8+"}),
        (ids[2], "8+", {"K1": "–", "K2": "8+", "K3": "–"}),
        (ids[9], "M", {"K1": "M", "K2": "M", "K3": "–"}),
        (ids[30], "M", {"K1": "M", "K2": "–", "K3": "M"}),
    ]
    assert "Next: chatcode adjudicate    (" in done.stderr
    pair = shell.run("agree", "K1", "K3", "--disagreements")
    assert "only K1 / only K3: – / 8+" in pair.stdout
    assert "Next: chatcode adjudicate K1 K3" in pair.stderr


def test_who_has_not_that_round_is_left_out_and_said(shell, filled):
    ids = three_coders(shell, filled)
    for coder in ("K1", "K2"):
        code(shell, coder, [(i, "M") for i in ids[:5]], "s.study", round_=2)
    assert json.loads(shell.run("agree", "--json").stdout)["round"] == 1
    second = shell.run("agree", "--round", "2", "--json")
    assert json.loads(second.stdout)["a"] == "K1"
    assert "Note: K3 did not code in round 2: left out." in second.stderr
    refused = shell.run("agree", "K1", "K3", "--round", "2", code=1)
    assert "K1 and K3 have no round 2 in common" in refused.stderr
    assert "rounds of K1: 1, 2; rounds of K3: 1." in refused.stderr


def unsettled(shell):
    return [line for line in json.loads(shell.run("status", "--json").stdout)["stale"] if "settled" in line]


def test_three_coders_are_settled_at_once(shell, filled):
    ids = three_coders(shell, filled)
    assert unsettled(shell)[0].startswith("60 messages of two coders or more are not settled, and until then")
    assert "chatcode adjudicate; or say" in shell.run("report", code=1).stderr
    written = json.loads(shell.run("adjudicate", "--out", "settle.csv", "--json").stdout)
    assert (written["taken_over"], written["left"]) == (56, 4)
    assert unsettled(shell)[0].startswith("4 messages of two coders or more are not settled, and what counts")
    with (shell.folder / "settle.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["message_id"] for row in rows] == [ids[1], ids[2], ids[9], ids[30]]
    for row, side in zip(rows, "cbac", strict=True):
        row |= {"codes": side, "memo": "besproken"}
    with (shell.folder / "settle.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    done = json.loads(shell.run("adjudicate", "--from", "settle.csv", "--json").stdout)
    assert (done["ruled"], done["left"]) == (4, 0)
    assert unsettled(shell) == []
    with Study.open(shell.folder / "s.study") as study:
        settled = {i: act.codes for i, act in study.layer_acts("consensus").items()}
    assert [settled[i] for i in (ids[1], ids[2], ids[9], ids[30])] == [{"8+"}, {"8+"}, {"M"}, {"M"}]
    assert len(settled) == 60


def test_a_minimum_is_a_check(shell, filled):
    two_coders(shell, filled)
    shell.run("agree", "--min", "0.8")
    low = shell.run("agree", "--min", "0.99", code=3)
    assert "alpha is below 0.99 for M" in low.stderr


def test_disagreements_come_in_context_and_are_the_product(shell, filled):
    ids = two_coders(shell, filled)
    told = json.loads(shell.run("agree", "--disagreements", "--context", "1", "--json").stdout)
    assert [(row["message_id"], row["a"], row["b"]) for row in told["rows"]] == [
        (ids[1], "–", "8+"), (ids[2], "–", "8+"), (ids[30], "M", "–"),
    ]  # fmt: skip
    assert told["rows"][0]["before"][0]["text"] == "bericht 1"
    printed = shell.run("agree", "--disagreements").stdout
    assert "only K1 / only K2: – / 8+" in printed
    assert "bericht 31" in printed


def test_a_coder_is_compared_with_an_earlier_self_and_with_the_machine(shell, filled):
    ids = two_coders(shell, filled)
    alone = shell.run("agree", "--retest", "K1", code=1)
    assert "one round only" in alone.stderr
    code(shell, "K1", [(i, "M" if n % 3 == 0 else "") for n, i in enumerate(ids[:45])], "s.study", round_=2)
    told = json.loads(shell.run("agree", "--retest", "K1", "--json").stdout)
    assert (told["a"], told["b"], told["messages"]) == ("K1 round 1", "K1 round 2", 45)
    assert next(row for row in told["rows"] if row["code"] == "M")["alpha"] == 1.0
    assert "there are no suggestions" in shell.run("agree", "--machine", "K1", code=1).stderr
    shell.run("suggest", "--cues-only", "--study", "s.study")
    told = json.loads(shell.run("agree", "--machine", "K1", "--round", "1", "--json").stdout)
    assert (told["b"], told["messages"]) == ("machine", 60)


def test_of_copies_in_one_folder_the_study_with_its_key_is_meant(shell, filled):
    study_with(shell, filled, 3)
    (shell.folder / "s.key").write_bytes(b"sealed")
    hand_out(shell, "K1")
    handed = shell.run("backup", "--out", "K2.study")
    assert "Note: s.study is meant" in handed.stderr
    assert "Next: chatcode review --study K2.study --coder NAME --way blind" in handed.stderr
    shell.run("init", "other.study")
    assert "there are 4 studies" in shell.run("backup", code=1).stderr
    assert "there is no file weg.study" in shell.run("merge", "weg.study", code=1).stderr


def test_one_coder_or_an_unknown_one_is_said_in_one_line(shell, filled):
    ids = study_with(shell, filled, 5)
    assert "here are 0: nobody" in shell.run("adjudicate", code=1).stderr
    assert "here are 0: nobody" in shell.run("agree", code=1).stderr
    code(shell, "K1", [(i, "M") for i in ids], study="s.study")
    assert "here are 1: K1" in shell.run("agree", code=1).stderr
    assert "named twice" in shell.run("agree", "K1", "K1", code=1).stderr
    assert "no codings by K3" in shell.run("agree", "K1", "K3", code=1).stderr


def test_a_thousand_messages_of_two_files_are_merged_and_settled_without_losing_a_row(shell, filled):
    ids = study_with(shell, filled, 1000)
    hand_out(shell, "K1", "K2")
    firsts = [(i, "M" if n % 10 == 0 else "8+" if n % 10 == 1 else "") for n, i in enumerate(ids)]
    seconds = [(i, "8+" if n % 50 == 0 else codes) for n, (i, codes) in enumerate(firsts)]
    for coder, rows in (("K1", firsts), ("K2", seconds)):
        by_command(shell, coder, rows)
    merged = json.loads(shell.run("merge", "K1.study", "K2.study", "--json").stdout)
    assert [(row["coder"], row["acts_new"], row["memos_new"]) for row in merged["rows"]] == [
        ("K1", 1000, 1), ("K2", 1000, 1),
    ]  # fmt: skip
    for study in ("K1.study", "K2.study"):
        (shell.folder / study).unlink()
    asked = shell.run("adjudicate", code=1)
    assert "there is no terminal to settle in" in asked.stderr
    written = json.loads(shell.run("adjudicate", "--out", "settle.csv", "--json").stdout)
    assert (written["taken_over"], written["left"]) == (980, 20)
    with (shell.folder / "settle.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["message_id"] for row in rows] == ids[::50]
    for n, row in enumerate(rows):
        row |= {"codes": "b" if n % 2 else "a", "memo": f"besproken {n}"}
    with (shell.folder / "ruled.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    told = json.loads(shell.run("adjudicate", "--from", "ruled.csv", "--json").stdout)
    assert (told["taken_over"], told["ruled"], told["settled_before"], told["left"]) == (0, 20, 980, 0)
    again = json.loads(shell.run("adjudicate", "--from", "ruled.csv", "--json").stdout)
    assert (again["ruled"], again["settled_before"]) == (0, 1000)
    with Study.open(shell.folder / "s.study") as study:
        first, second, settled = (study.layer_acts(coder) for coder in ("K1", "K2", "consensus"))
        assert [(i, " ".join(first[i].codes)) for i in ids] == firsts
        assert [(i, " ".join(second[i].codes)) for i in ids] == seconds
        expected = [seconds[n][1] if n % 100 == 50 else codes for n, (_, codes) in enumerate(firsts)]
        assert [" ".join(settled[i].codes) for i in ids] == expected
        assert len(study.memos(ids)) == 20
        assert {memo.coder for memo in study.wider_memos()} == {"K1", "K2"}
        assert {act.mode for act in settled.values()} == {"adjudicated"}
        assert len(study.rows("SELECT 1 FROM acts")) == 3000
    # What counts is the settled layer, and agreement is still that of before the discussion.
    report = json.loads(shell.run("report", "--json").stdout)
    assert report["coder"] == "consensus"
    assert json.loads(shell.run("agree", "--json").stdout)["messages"] == 1000


def test_a_layer_needs_a_name_of_its_own_and_a_wrong_row_changes_nothing(shell, filled):
    ids = two_coders(shell, filled)
    assert "would mix" in shell.run("adjudicate", "--coder", "K1", "--plain", code=1).stderr
    (shell.folder / "bad.csv").write_text(f"message_id,codes,memo\n{ids[1]},99+,want\n", encoding="utf-8")
    assert "bad.csv:2: there is no code" in shell.run("adjudicate", "--from", "bad.csv", code=1).stderr
    with Study.open(shell.folder / "s.study") as study:
        assert study.adjudicator() is None
    done = shell.run("adjudicate", "--plain", "--json", stdin="b\nverwijst door\nq\n")
    assert json.loads(done.stdout)["ruled"] == 1 and "a  K1: no code" in done.stderr
    assert "that of consensus" in shell.run("adjudicate", "--coder", "J", "--plain", code=1).stderr
    with Study.open(shell.folder / "s.study") as study:
        assert study.layer_acts("consensus")[ids[1]].codes == {"8+"}
        assert len(study.layer_acts("consensus")) == 58
