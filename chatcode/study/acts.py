"""Acts of coders in the study file: append-only, undone by new acts, chained per coder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from chatcode.domain import Act, Choice, Decision, Draft, Link
from chatcode.study.chats import Chats, pages
from chatcode.study.connection import marks_for, moment

_ACT = (
    "a.id, a.entry_id, a.coder, a.round, a.mode, a.shown, a.codebook_hash, a.at, a.batch, a.supersedes,"
    " a.undoes, a.reviewed"
)


class Acts(Chats):
    """The part of a study that holds what coders decided."""

    def confirm(
        self, decisions: Sequence[Decision], *, coder: str, round_: int, codebook_hash: str
    ) -> list[Act]:
        """Store decisions as acts of one batch in one transaction and drop their drafts."""
        batch, at = str(uuid4()), moment()
        with self.transaction():
            before: dict[str, str] = {
                entry_id: act.id
                for entry_id, act in self._in_force([d.entry_id for d in decisions], coder, round_).items()
            }
            acts = []
            for decision in decisions:
                act = Act(
                    id=str(uuid4()),
                    entry_id=decision.entry_id,
                    coder=coder,
                    round=round_,
                    mode=decision.mode,
                    choices=tuple(sorted(decision.choices, key=_choice_key)),
                    links=tuple(sorted(decision.links)),
                    shown=decision.shown,
                    codebook_hash=codebook_hash,
                    at=datetime.fromisoformat(at),
                    batch=batch,
                    supersedes=before.get(decision.entry_id),
                )
                before[decision.entry_id] = act.id
                acts.append(act)
            self._insert(acts, coder)
            self.execute_many(
                "INSERT INTO proposed_links (act_id, kind, target_id, probability) VALUES (?, ?, ?, ?)",
                (
                    (act.id, link.kind, link.target_id, probability)
                    for act, decision in zip(acts, decisions, strict=True)
                    for link, probability in decision.proposed.items()
                ),
            )
            self.execute_many(
                "DELETE FROM drafts WHERE entry_id = ? AND coder = ? AND round = ?",
                ((act.entry_id, coder, round_) for act in acts),
            )
        return acts

    def undo(self, coder: str, round_: int) -> list[Act]:
        """Take back the coder's latest batch that still stands; the acts written, or none.

        Undoing writes acts that restore what was in force before, so nothing is ever lost;
        the next undo takes the batch before that one.
        """
        with self.transaction():
            # A plus keeps SQLite from the index on undoes, which has every act that undoes nothing.
            standing = self.row(
                "SELECT batch FROM acts a WHERE coder = ? AND round = ? AND +undoes IS NULL"
                " AND NOT EXISTS (SELECT 1 FROM acts u WHERE u.undoes = a.id) ORDER BY seq DESC LIMIT 1",
                (coder, round_),
            )
            if standing is None:
                return []
            undone = self._acts(
                f"SELECT {_ACT} FROM acts a WHERE batch = ? AND +undoes IS NULL ORDER BY seq DESC",
                standing,
            )
            in_force = {
                entry_id: act.id
                for entry_id, act in self._in_force([a.entry_id for a in undone], coder, round_).items()
            }
            former = self._by_id([a.supersedes for a in undone if a.supersedes])
            batch, at = str(uuid4()), datetime.fromisoformat(moment())
            acts = []
            for act in undone:
                was = former.get(act.supersedes or "")
                back = Act(
                    id=str(uuid4()),
                    entry_id=act.entry_id,
                    coder=coder,
                    round=round_,
                    mode=was.mode if was else act.mode,
                    choices=was.choices if was else (),
                    links=was.links if was else (),
                    shown=was.shown if was else (),
                    codebook_hash=was.codebook_hash if was else act.codebook_hash,
                    at=at,
                    batch=batch,
                    supersedes=in_force[act.entry_id],
                    undoes=act.id,
                    reviewed=bool(was and was.reviewed),
                )
                in_force[act.entry_id] = back.id
                acts.append(back)
            self._insert(acts, coder)
        return acts

    def acts_in_force(self, entry_ids: Sequence[str], coder: str, round_: int) -> dict[str, Act]:
        """The coder's act in force per entry; entries that are open are absent."""
        return {
            entry_id: act
            for entry_id, act in self._in_force(entry_ids, coder, round_).items()
            if act.reviewed
        }

    def coders(self) -> list[str]:
        """Everybody who has an act in force, by name."""
        return [
            row[0]
            for row in self.rows("SELECT DISTINCT coder FROM acts_in_force WHERE reviewed = 1 ORDER BY coder")
        ]

    def rounds(self) -> list[tuple[str, int]]:
        """Every coder with every round in which acts of theirs are in force."""
        return [
            (row[0], row[1])
            for row in self.rows(
                "SELECT DISTINCT coder, round FROM acts_in_force WHERE reviewed = 1 ORDER BY coder, round"
            )
        ]

    def layer_acts(self, coder: str) -> dict[str, Act]:
        """A coder's acts in force by entry; where a message was reviewed in several rounds, the last."""
        acts = self._acts(
            f"SELECT {_ACT} FROM acts_in_force a WHERE coder = ? AND reviewed = 1 ORDER BY round, seq",
            (coder,),
        )
        return {act.entry_id: act for act in acts}

    def acts_of(self, coder: str, round_: int) -> list[Act]:
        """All acts of a coder in a round, oldest first."""
        return self._acts(
            f"SELECT {_ACT} FROM acts a WHERE coder = ? AND round = ? ORDER BY seq", (coder, round_)
        )

    def history(self, entry_id: str) -> list[Act]:
        """All acts on an entry, oldest first."""
        return self._acts(f"SELECT {_ACT} FROM acts a WHERE entry_id = ? ORDER BY seq", (entry_id,))

    def proposed_links(self, act_ids: Sequence[str]) -> dict[str, dict[Link, float]]:
        """Per act the links that the machine had proposed when it was made; acts without are absent."""
        found: dict[str, dict[Link, float]] = {}
        for ids in pages(act_ids):
            for act_id, kind, target, probability in self.rows(
                "SELECT act_id, kind, target_id, probability FROM proposed_links"
                f" WHERE act_id IN ({marks_for(ids)})",
                ids,
            ):
                found.setdefault(act_id, {})[Link(kind, target)] = probability
        return found

    # ── drafts ──

    def draft(self, entry_id: str, coder: str, round_: int) -> Draft | None:
        """What the coder had keyed on the message."""
        found = self.row(
            "SELECT choices, links FROM drafts WHERE entry_id = ? AND coder = ? AND round = ?",
            (entry_id, coder, round_),
        )
        if found is None:
            return None
        return Draft(
            entry_id,
            tuple(Choice(*choice) for choice in json.loads(found[0])),
            tuple(Link(*link) for link in json.loads(found[1])),
        )

    def save_draft(self, draft: Draft, coder: str, round_: int) -> None:
        """Keep what the coder has keyed so far; an empty draft is dropped."""
        if not draft.choices and not draft.links:
            self.execute(
                "DELETE FROM drafts WHERE entry_id = ? AND coder = ? AND round = ?",
                (draft.entry_id, coder, round_),
            )
            return
        self.execute(
            "INSERT OR REPLACE INTO drafts (entry_id, coder, round, choices, links, saved_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                draft.entry_id,
                coder,
                round_,
                json.dumps([[c.code, c.sub_reason] for c in draft.choices]),
                json.dumps([[k.kind, k.target_id] for k in draft.links]),
                moment(),
            ),
        )

    # ── the chain ──

    def broken_chains(self) -> list[str]:
        """Coders whose acts were changed or taken away behind the program's back.

        The chain makes a silent edit visible, not impossible: who rewrites the whole chain
        leaves no trace here.
        """
        last: dict[str, bytes] = {}
        broken: set[str] = set()
        chains = dict(self.rows("SELECT id, chain FROM acts"))
        for act in self._acts(f"SELECT {_ACT} FROM acts a ORDER BY seq", ()):
            if chains[act.id] != _link(last.get(act.coder, b""), act):
                broken.add(act.coder)
            last[act.coder] = chains[act.id]
        return sorted(broken)

    # ── inside ──

    def _insert(self, acts: Iterable[Act], coder: str) -> None:
        found = self.row("SELECT chain FROM acts WHERE coder = ? ORDER BY seq DESC LIMIT 1", (coder,))
        chain: bytes = found[0] if found else b""
        for act in acts:
            chain = _link(chain, act)
            self.execute(
                "INSERT INTO acts (id, entry_id, coder, round, mode, shown, codebook_hash, at, batch,"
                " reviewed, supersedes, undoes, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    act.id,
                    act.entry_id,
                    act.coder,
                    act.round,
                    act.mode,
                    json.dumps(act.shown),
                    act.codebook_hash,
                    act.at.isoformat(timespec="milliseconds"),
                    act.batch,
                    int(act.reviewed),
                    act.supersedes,
                    act.undoes,
                    chain,
                ),
            )
            self.execute_many(
                "INSERT INTO act_codes (act_id, code, sub_reason) VALUES (?, ?, ?)",
                ((act.id, choice.code, choice.sub_reason) for choice in act.choices),
            )
            self.execute_many(
                "INSERT INTO act_links (act_id, kind, target_id) VALUES (?, ?, ?)",
                ((act.id, link.kind, link.target_id) for link in act.links),
            )

    def _in_force(self, entry_ids: Sequence[str], coder: str, round_: int) -> Mapping[str, Act]:
        acts: list[Act] = []
        for ids in pages(entry_ids):
            acts += self._acts(
                f"SELECT {_ACT} FROM acts_in_force a WHERE coder = ? AND round = ?"
                f" AND entry_id IN ({marks_for(ids)})",
                (coder, round_, *ids),
            )
        return {act.entry_id: act for act in acts}

    def _by_id(self, act_ids: Sequence[str]) -> Mapping[str, Act]:
        acts: list[Act] = []
        for ids in pages(act_ids):
            acts += self._acts(f"SELECT {_ACT} FROM acts a WHERE id IN ({marks_for(ids)})", ids)
        return {act.id: act for act in acts}

    def _acts(self, sql: str, values: Sequence[Any]) -> list[Act]:
        rows = self.rows(sql, values)
        choices: dict[str, list[Choice]] = {}
        links: dict[str, list[Link]] = {}
        for ids in pages([row[0] for row in rows]):
            listed = marks_for(ids)
            for act_id, code, sub_reason in self.rows(
                f"SELECT act_id, code, sub_reason FROM act_codes WHERE act_id IN ({listed})",
                ids,
            ):
                choices.setdefault(act_id, []).append(Choice(code, sub_reason))
            for act_id, kind, target in self.rows(
                f"SELECT act_id, kind, target_id FROM act_links WHERE act_id IN ({listed})",
                ids,
            ):
                links.setdefault(act_id, []).append(Link(kind, target))
        return [
            Act(
                id=r[0],
                entry_id=r[1],
                coder=r[2],
                round=r[3],
                mode=r[4],
                choices=tuple(sorted(choices.get(r[0], ()), key=_choice_key)),
                links=tuple(sorted(links.get(r[0], ()))),
                shown=tuple(json.loads(r[5])),
                codebook_hash=r[6],
                at=datetime.fromisoformat(r[7]),
                batch=r[8],
                supersedes=r[9],
                undoes=r[10],
                reviewed=bool(r[11]),
            )
            for r in rows
        ]


def _choice_key(choice: Choice) -> tuple[str, str]:
    return choice.code, choice.sub_reason or ""


def _link(before: bytes, act: Act) -> bytes:
    """The hash of an act and of all acts of its coder before it."""
    content = json.dumps(
        [
            act.id,
            act.entry_id,
            act.coder,
            act.round,
            act.mode,
            list(act.shown),
            act.codebook_hash,
            act.at.isoformat(timespec="milliseconds"),
            act.batch,
            act.reviewed,
            act.supersedes,
            act.undoes,
            [[c.code, c.sub_reason] for c in act.choices],
            [[k.kind, k.target_id] for k in act.links],
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return sha256(before + content.encode()).digest()
