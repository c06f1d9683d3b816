from __future__ import annotations

import csv
import io

import pytest

from chatcode.analysis.settlement import settlement
from chatcode.domain import Choice, Decision, Link
from chatcode.errors import ChatcodeError
from chatcode.exchange import settling

KINDS = {"7-": frozenset({"insult", "privacy"})}


def decide(study, coder, entry_id, *choices, links=()):
    study.confirm(
        [Decision(entry_id, tuple(choices), links)], coder=coder, round_=1, codebook_hash="test-codebook"
    )


@pytest.fixture
def apart(study, filled):
    """Two coders who differ on three messages and agree on one."""
    ids = filled(study)
    decide(study, "K1", ids[1], Choice("M"))
    decide(study, "K2", ids[1], Choice("M"))
    decide(study, "K1", ids[2], Choice("1+"), links=(Link("feedback", ids[1]),))
    decide(study, "K2", ids[2])
    decide(study, "K1", ids[3], Choice("7-", "insult"))
    decide(study, "K2", ids[3], Choice("7-", "privacy"))
    decide(study, "K1", ids[4])
    decide(study, "K2", ids[4], Choice("8+"))
    return ids


def settled_of(study):
    return study.acts_in_force([e.id for e in study.entries()], "consensus", 1)


def found(study, coders=("K1", "K2")):
    entries = study.entries()
    return settlement(entries, [study.layer_acts(coder) for coder in coders], settled_of(study))


def sheet(study):
    data = settling.write(
        found(study).issues, entries=study.entries(), groups=study.groups(), members=study.members()
    )
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def read(study, rows, delimiter=","):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return settling.read(
        stream.getvalue().encode(), "s.csv", issues=found(study).every, settled=settled_of(study),
        entries={entry.id: entry for entry in study.entries()}, sub_reasons=KINDS,
    )  # fmt: skip


def test_the_sheet_holds_both_codings_and_what_was_said_around(study, apart):
    rows = sheet(study)
    assert [(row["message_id"], row["about"]) for row in rows] == [
        (apart[2], "codes"), (apart[3], "sub-reasons"), (apart[4], "codes"),
    ]  # fmt: skip
    first = rows[0]
    assert (first["coder_a"], first["codes_a"], first["links_a"]) == ("K1", "1+", f"feedback:{apart[1]}")
    assert (first["coder_b"], first["codes_b"], first["memo"]) == ("K2", "", "")
    assert "bericht 1" in first["before"] and "bericht 3" in first["after"]
    assert rows[1]["sub_reasons_b"] == "7-:privacy"


def test_an_empty_sheet_rules_nothing(study, apart):
    ruled = read(study, sheet(study))
    assert (ruled.rulings, ruled.unchanged, ruled.left_open) == ((), 0, 3)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_rulings_are_codes_or_a_coder_with_a_memo(study, apart, delimiter):
    rows = sheet(study)
    rows[0] |= {"codes": "a", "memo": "terugkoppeling"}
    rows[1] |= {"codes": "7-", "sub_reasons": "7-:privacy", "memo": "kenteken"}
    rows[2] |= {"codes": "none", "memo": "geen code"}
    ruled = read(study, rows, delimiter)
    assert [(d.choices, d.links, memo) for d, memo in ruled.rulings] == [
        ((Choice("1+"),), (Link("feedback", apart[1]),), "terugkoppeling"),
        ((Choice("7-", "privacy"),), (), "kenteken"),
        ((), (), "geen code"),
    ]
    study.confirm([d for d, _ in ruled.rulings], coder="consensus", round_=1, codebook_hash="test-codebook")
    again = read(study, rows)
    assert (again.rulings, again.unchanged) == ((), 3)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"codes": "a"}, "no memo"),
        ({"memo": "want"}, "no codes"),
        ({"codes": "99+", "memo": "want"}, "there is no code '99\\+'"),
        ({"codes": "7-", "memo": "want"}, "say which kind of 7-"),
        ({"codes": "7-", "sub_reasons": "7-:foo", "memo": "want"}, "no such sub-reason"),
        ({"message_id": "x", "codes": "a", "memo": "want"}, "no message that two"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(study, apart, change, words):
    rows = sheet(study)
    rows[1] |= change
    before = len(rows[0]["before"].splitlines()) + len(rows[0]["after"].splitlines())
    with pytest.raises(ChatcodeError, match=words) as told:
        read(study, rows)
    assert told.value.message.startswith("s.csv:")
    assert int(told.value.message.split(":")[1]) > before


def test_a_third_coder_has_columns_and_a_letter_of_their_own(study, apart):
    decide(study, "K3", apart[1])
    decide(study, "K3", apart[4], Choice("8-"))
    issues = found(study, ("K1", "K2", "K3"))
    data = settling.write(
        issues.issues, entries=study.entries(), groups=study.groups(), members=study.members()
    )
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert [(row["message_id"], row["coder_c"], row["codes_c"]) for row in rows] == [
        (apart[1], "K3", ""), (apart[2], "", ""), (apart[3], "", ""), (apart[4], "K3", "8-"),
    ]  # fmt: skip
    rows[3] |= {"codes": "C", "memo": "gebruikt de app verkeerd"}
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    ruled = settling.read(
        stream.getvalue().encode(), "s.csv", issues=issues.every, settled={},
        entries={entry.id: entry for entry in study.entries()}, sub_reasons=KINDS,
    )  # fmt: skip
    assert [(d.entry_id, d.choices) for d, _ in ruled.rulings] == [(apart[4], (Choice("8-"),))]


def test_a_message_twice_is_refused(study, apart):
    rows = sheet(study)
    with pytest.raises(ChatcodeError, match="stands twice"):
        read(study, [*rows, rows[0]])
