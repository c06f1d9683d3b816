"""A study with a short conversation, suggestions, and the bundled codebook."""

from __future__ import annotations

import pytest

from chatcode.codebook import Codebook
from chatcode.domain import Reason, Suggestions


@pytest.fixture(scope="session")
def codebook():
    return Codebook.load()


@pytest.fixture
def coded(study, filled, codebook):
    """The study and the ids of its entries; the machine strongly suggests M on the second message."""
    study.use_codebook(codebook.hash, codebook.text)
    ids = filled(study, messages=8)
    study.put_suggestions(
        {
            ids[0]: Suggestions(frozenset({"2+"}), {"2+": 0.95}, {"2+": (Reason("notice: added", ""),)}),
            ids[2]: Suggestions(
                frozenset({"M"}), {"M": 0.9, "8-": 0.3}, {"M": (Reason("x", "bericht", 0, 7),)}
            ),
            ids[3]: Suggestions(frozenset({"11+"}), {"11+": 0.5}, {"11+": (Reason("y", "3"),)}),
        },
        codebook_hash=codebook.hash,
        source="cues",
    )
    return study, ids


def codes(study, entry_id, coder="K1", round_=1):
    """The codes in force, or None where the message is open."""
    act = study.acts_in_force([entry_id], coder, round_).get(entry_id)
    return None if act is None else set(act.codes)


@pytest.fixture
def in_force():
    return codes
