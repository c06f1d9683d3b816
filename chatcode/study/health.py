"""What may be wrong with a study file."""

from __future__ import annotations

from chatcode.study.store import Study


def problems(study: Study) -> list[str]:
    """Everything found amiss, one line each; an empty list is a sound study."""
    found = [
        f"the file is damaged: {line}" for (line,) in study.rows("PRAGMA integrity_check(20)") if line != "ok"
    ]
    found += [f"a row of {row[0]} points at nothing" for row in study.rows("PRAGMA foreign_key_check")]
    found += [
        f"acts of {coder} were changed outside chatcode (hash chain broken)"
        for coder in study.broken_chains()
    ]
    found += [
        f"group {label} has no entries"
        for (label,) in study.rows(
            "SELECT label FROM groups g WHERE NOT EXISTS (SELECT 1 FROM entries e WHERE e.group_id = g.id)"
        )
    ]
    stray = study.number(
        "SELECT count(*) FROM entries e LEFT JOIN texts t ON t.entry_id = e.id AND t.version = e.version"
        " WHERE t.entry_id IS NULL"
    )
    if stray:
        found.append(f"{stray} entries have no text")
    crossed = study.number(
        "SELECT count(*) FROM act_links k JOIN acts a ON a.id = k.act_id JOIN entries s ON s.id = a.entry_id"
        " JOIN entries t ON t.id = k.target_id WHERE t.group_id <> s.group_id OR t.position >= s.position"
    )
    if crossed:
        found.append(f"{crossed} links point at another group or at a later message")
    return found
