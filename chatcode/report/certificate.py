"""The certificate that a key was destroyed: what was done, and what that does not reach."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from chatcode.report.words import Words


def certificate(
    *,
    lang: str,
    study_id: str,
    key_id: str,
    at: datetime,
    counts: Mapping[str, int] | None,
    members: int,
    groups: int,
    papers: int,
    found: bool,
) -> str:
    """Write the certificate as plain text: ids and counts, no name.

    `counts` is what the key held (`Key.counts`), None where it was not opened; `found` is False
    where its file was gone already.
    """
    w = Words(lang)
    lines = [
        w("Certificate: the key of a study was destroyed"),
        "",
        f"{w('Date')}: {w.day(at.date())}, {at:%H:%M}",
        f"{w('Study')}: {study_id}",
        f"{w('Key')}: {key_id}",
        f"{w('Groups')}: {w.number(groups)}",
        f"{w('Members in the study')}: {w.number(members)}",
    ]
    if counts is None:
        lines.append(w("The key was not opened, so what it held was not counted."))
    else:
        lines += [
            f"{w('People in the key')}: {w.number(counts['persons'])}",
            f"{w('Names of people in the key')}: {w.number(counts['aliases'])}",
            f"{w('Values taken out of messages')}: {w.number(counts['removed'])}",
        ]
    lines += [
        "",
        w("The key file was removed.") if found else w("The key file was gone already; that was recorded."),
        w(
            "From now on this study cannot say who a label stands for or what stood in the place of a "
            "placeholder, and no further export can be joined to its groups."
        ),
        w(
            "Not reached by this: copies of the key file in backups and on other media, and what is left on "
            "the disk itself. Whoever has such a copy and the passphrase can still open it."
        ),
        w("Key copies on paper made with this program: {n}. They must be destroyed apart.", n=papers),
        w(
            "The messages in the study stay pseudonymised (gepseudonimiseerd). Their content can still point "
            "to people."
        ),
        "",
    ]
    return "\n".join(lines)
