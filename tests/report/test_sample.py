"""The report of the shipped sample chats against a count that shares no code with it."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from chatcode.bundled import sample_path
from chatcode.codebook import Codebook
from chatcode.domain import Act, Case, Choice, Entry, Group, Layer, Member, Period
from chatcode.report.frequencies import frequency_report
from chatcode.whatsapp import read_export

CODEBOOK = Codebook.load()
PERIOD = Period(date(2020, 9, 1), date(2021, 9, 1))
BASELINE = Period(date(2019, 9, 1), date(2020, 9, 1))
NAMES = {"noord": "Noord", "west": "West"}


def read(name):
    """The sample's own files, without chatcode: roles by sender, and codes by place."""
    lines = (sample_path() / f"{name}.members.tsv").read_text(encoding="utf-8").splitlines()
    roles = {line.split("\t")[0]: line.split("\t")[1].split(", ") for line in lines}
    coded = (sample_path() / f"{name}.codes.jsonl").read_text(encoding="utf-8").splitlines()
    return roles, [json.loads(line)["codes"] for line in coded]


@pytest.fixture(scope="module")
def layer():
    entries, acts, members = [], {}, {}
    for name, label in NAMES.items():
        roles, coded = read(name)
        members |= {sender: Member(sender, "Deelnemer", 1, frozenset(held)) for sender, held in roles.items()}
        messages = read_export(sample_path() / f"{name}.txt").messages
        for place, (message, codes) in enumerate(zip(messages, coded, strict=True)):
            entry = Entry(
                f"{name}-{place}", label, place, message.sent_at, message.kind, "x",
                member_id=message.sender, event=message.event,
            )  # fmt: skip
            entries.append(entry)
            acts[entry.id] = Act(
                f"a{entry.id}", entry.id, "k", 1, "blind", tuple(map(Choice, codes)), (), (), "",
                entry.sent_at, "b",
            )  # fmt: skip
    return Layer(
        coder="k",
        cases=[Case(label, label, PERIOD, BASELINE) for label in NAMES.values()],
        groups=[Group(label, label, label) for label in NAMES.values()],
        members=members,
        entries=entries,
        acts=acts,
        coverage={label: [Period(BASELINE.start, PERIOD.end)] for label in NAMES.values()},
    )


@pytest.fixture(scope="module")
def counted():
    """One row a message and code, from the sample's .tsv: when, sender, text."""
    rows = []
    for name, label in NAMES.items():
        roles, coded = read(name)
        lines = (sample_path() / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
        for line, codes in zip(lines, coded, strict=True):
            when, sender = line.split("\t")[:2]
            for code in codes if sender else ():
                rows.append(
                    (label, when[:10], when[:4] >= "2021" or when[:7] >= "2020-09", code, roles[sender])
                )
    return pd.DataFrame(rows, columns=["area", "day", "later", "code", "roles"])


@pytest.mark.parametrize("area", NAMES.values())
def test_messages_and_days_are_those_of_an_independent_count(layer, counted, area):
    document = frequency_report(layer, CODEBOOK, lang="en", study="")
    table = next(t for t in document.tables() if t.sheet == area)
    heads = [column.title for column in table.columns]
    for row in table.rows:
        told = dict(zip(heads, row, strict=True))
        code = told["Code"].split()[0]
        own = counted[(counted.area == area) & (counted.code == code)]
        for name, part in (("Before", own[~own.later]), ("Period", own[own.later])):
            assert told[f"{name}: messages"] == len(part), (code, name)
            assert told[f"{name}: days"] == part.day.nunique(), (code, name)
        if code != "M":
            actors = CODEBOOK.interventions[int(code[:-1])].actors
            theirs = own[own.later & own.roles.map(lambda held, actors=actors: bool(actors & set(held)))]
            assert told["Period: days by those whose part it is"] == theirs.day.nunique(), code
