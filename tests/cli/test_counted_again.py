"""Shipped chats, coded elsewhere and taken in by csv: every document's numbers, counted again by pandas."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
import yaml
from openpyxl import load_workbook

from chatcode.bundled import codebook_path

CHATS = codebook_path().parent / "starter"
PERIODS = {
    "D2": (("2020-01-01", "2021-01-01"), ("2021-01-01", "2022-01-01")),
    "D3": (("2021-07-01", "2022-07-01"), ("2022-07-01", "2023-07-01")),
}
# Of this month every second message is left unread.
HALF = ("D3", "2022-10")
ACTORS = {
    int(number): set(told["actors"])
    for number, told in yaml.safe_load(codebook_path().read_text(encoding="utf-8"))["interventions"].items()
}


@pytest.fixture(scope="module")
def made(tmp_path_factory, shell_in):
    """A study of two chats, its documents, and its messages as a frame that pandas alone counts."""
    shell = shell_in(tmp_path_factory.mktemp("counted"))
    shell.run("init", "s.study")
    for name, (baseline, period) in PERIODS.items():
        shell.run(
            "import", CHATS / f"{name}.txt", "--group", name, "--case", name,
            "--roles", CHATS / f"{name}.members.tsv", key=True,
        )  # fmt: skip
        shell.run("cases", "--case", name, "--period", *period, "--baseline", *baseline)
    shell.run("exchange", "--csv", "out.csv", key=True)
    rows = list(
        csv.DictReader(io.StringIO((shell.folder / "out.csv").read_text(encoding="utf-8"), newline=""))
    )
    unread = set()
    for name in PERIODS:
        coded = [json.loads(line) for line in (CHATS / f"{name}.codes.jsonl").read_text().splitlines()]
        own = [row for row in rows if row["group"] == name]
        for row, line in zip(own, coded, strict=True):
            row["codes"] = " ".join(line["codes"])
        month = [r for r in own if (name, r["sent_at"][:7]) == HALF and r["kind"] == "message"]
        unread |= {row["message_id"] for row in month[::2]}
    read = [row for row in rows if row["message_id"] not in unread]
    with (shell.folder / "in.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(read)
    shell.run("exchange", "--read", "in.csv", "--coder", "K1")
    shell.run("report", "--out", "r.xlsx", key=True)
    shell.run("method", "--package", "p.zip", key=True)
    found = {name: json.loads(shell.run(name, "--json").stdout) for name in ("report", "table", "note")}
    every = pd.DataFrame(rows)
    every = every[every.kind == "message"]
    every = every.assign(
        month=every.sent_at.str[:7], day=every.sent_at.str[:10], code=every.codes.str.split(),
        read=~every.message_id.isin(unread),
    )  # fmt: skip
    coded = every[every.read].explode("code").dropna(subset="code")
    # The eleven: what those whose part it is did; anybody may report.
    acting = [
        code == "M" or bool(set(role.split()) & ACTORS[int(code[:-1])])
        for code, role in zip(coded.code, coded.role, strict=True)
    ]
    return SimpleNamespace(folder=shell.folder, every=every, coded=coded.assign(acting=acting), **found)


def within(frame, name, stretch):
    first, end = PERIODS[name][stretch]
    return frame[(frame.group == name) & (frame.day >= first) & (frame.day < end)]


def counting(frame):
    """Only the days of baseline and period, which touch."""
    return pd.concat([within(frame, name, stretch) for name in PERIODS for stretch in (0, 1)])


def test_the_report_counts_what_pandas_counts(made):
    coded, every = counting(made.coded), counting(made.every)
    keys = ["group", "month", "code"]
    wanted = {
        "messages": coded.groupby(keys).size(),
        "days": coded.groupby(keys).day.nunique(),
        "actor_messages": coded[coded.acting].groupby(keys).size(),
        "actor_days": coded[coded.acting].groupby(keys).day.nunique(),
        "climate_messages": coded[~coded.acting].groupby(keys).size(),
        "climate_days": coded[~coded.acting].groupby(keys).day.nunique(),
    }
    rows = made.report["rows"]
    for name, counted in wanted.items():
        assert {tuple(r[k] for k in keys): r[name] for r in rows if r[name]} == counted.to_dict(), name
    shares = every.groupby(["group", "month"]).read.mean().to_dict()
    assert {
        (r["group"], r["month"]): r["reviewed_share"] for r in rows if r["reviewed_share"] is not None
    } == (pytest.approx(shares))
    assert shares[HALF] < 0.95


def test_workbook_and_package_hold_the_same_rows_as_the_report(made):
    rows = made.report["rows"]
    seen = {
        (r["group"], r["month"], r["code"]): (r["messages"], r["days"], r["incidents"], r["covered_days"])
        for r in rows
        if r["messages"] or r["notices"] or r["incidents"]
    }
    sheet = load_workbook(made.folder / "r.xlsx")["Per maand"]
    told = {}
    for line in sheet.iter_rows(min_row=2, values_only=True):
        if line[1] is None:
            break
        # A month is a real date in a workbook.
        told[line[1], f"{line[2]:%Y-%m}", line[3]] = (line[5], line[6], line[7], line[14])
    assert told == seen
    with zipfile.ZipFile(made.folder / "p.zip") as archive:
        packed = list(csv.DictReader(io.StringIO(archive.read("frequencies.csv").decode("utf-8"))))
    names = ("group", "month", "code", "messages", "days", "actor_days", "notices", "covered_days")
    assert [[r[n] for n in names] for r in packed] == [[str(r[n]) for n in names] for r in rows]


@pytest.mark.parametrize("name", PERIODS)
@pytest.mark.parametrize("number", range(1, 12))
def test_the_table_counts_what_pandas_counts_and_leaves_out_the_half_read_month(made, name, number):
    cell = next(c for c in made.table["rows"] if (c["case"], c["intervention"]) == (name, number))
    assert cell["proposed"] is None
    for stretch, place in (("baseline", 0), ("period", 1)):
        counts = cell["counts"][stretch]
        own = within(made.coded, name, place)
        own = own[[(name, month) != HALF for month in own.month]]
        seen = own[(own.code == f"{number}+") & own.acting]
        against = own[own.code == f"{number}-"]
        assert (counts["seen_days"], counts["seen_messages"]) == (seen.day.nunique(), len(seen))
        assert (counts["opposite_days"], counts["opposite_messages"]) == (against.day.nunique(), len(against))
        assert counts["messages"] == len(within(made.every, name, place))
        monthly = {month["month"]: month["seen_days"] for month in counts["monthly"]}
        assert HALF[1] not in monthly or name != HALF[0]
        by_month = seen.groupby("month").day.nunique().to_dict()
        assert {month: days for month, days in monthly.items() if days} == by_month


@pytest.mark.parametrize("number", range(1, 12))
def test_the_note_counts_what_pandas_counts(made, number):
    blocks = made.note["blocks"]
    table = next(b for b in blocks if b["kind"] == "table" and b["sheet"] == str(number))
    for row in table["rows"]:
        name, messages, days, months, _, others, against = row
        own = within(made.coded, name, 1)
        seen = own[(own.code == f"{number}+") & own.acting]
        climate = own[(own.code == f"{number}+") & ~own.acting]
        opposite = own[own.code == f"{number}-"]
        told = (messages, days, months, others, against)
        wanted = (len(seen), seen.day.nunique(), seen.month.nunique(), len(climate), opposite.day.nunique())
        # Where too little of the period is read, a nought is a dash.
        enough = within(made.every, name, 1).read.mean() >= 0.95
        assert told == (wanted if enough else tuple(n or None for n in wanted)), name


def test_the_half_read_month_has_no_rate_in_chart_or_table(made):
    charts = [b for b in made.note["blocks"] if b["kind"] == "chart"]
    place = charts[0]["months"].index(HALF[1])
    assert {panel["seen"][place] for panel in charts[0]["panels"]} == {None}
    assert date.fromisoformat(f"{HALF[1]}-01") >= date.fromisoformat(PERIODS[HALF[0]][1][0])
