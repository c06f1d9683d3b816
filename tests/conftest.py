"""Studies made by hand, for tests that read the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from chatcode.domain import Entry, Member, Period
from chatcode.study.store import Study

CODEBOOK = "test-codebook"


def fill(study: Study, *, messages: int = 6, label: str = "Noord", case: str = "Noord") -> list[str]:
    """Put one group of three members into a study: a notice, then messages two minutes apart; their ids."""
    group_id = f"group-{label}"
    study.use_codebook(CODEBOOK, "text")
    study.add_group(label, case, group_id)
    members = [
        Member(f"{label}-beheer", "Beheerder", len(study.members()) + 1, frozenset({"beheerder"})),
        Member(f"{label}-een", "Deelnemer", len(study.members()) + 1, frozenset({"deelnemer"})),
        Member(f"{label}-twee", "Deelnemer", len(study.members()) + 2, frozenset({"deelnemer"})),
    ]
    study.put_members(members)
    start = datetime(2020, 10, 1, 20, 0)
    entries = [
        Entry(
            f"{label}-0", group_id, 0, start, "system", "[Beheerder-1] heeft [Deelnemer-01] toegevoegd",
            event="added", actor_id=members[0].id, target_ids=(members[1].id,),
        ),
        *(
            Entry(
                f"{label}-{n}", group_id, n, start + timedelta(minutes=2 * n), "message", f"bericht {n}",
                member_id=members[n % 3].id,
            )
            for n in range(1, messages + 1)
        ),
    ]  # fmt: skip
    study.add_entries(entries, [f"{label}{n}".encode() for n in range(len(entries))])
    study.add_export(
        group_id, label.encode(), datetime(2020, 10, 1), datetime(2020, 10, 31), {"style": "test"}
    )
    return [entry.id for entry in entries]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """An empty study with a year of experiment and a year before it."""
    with Study.create(
        tmp_path / "test.study",
        period=Period(date(2020, 9, 1), date(2021, 9, 1)),
        baseline=Period(date(2019, 9, 1), date(2020, 9, 1)),
    ) as made:
        yield made


@pytest.fixture
def filled() -> Callable[..., list[str]]:
    """The function that puts a group into a study."""
    return fill
