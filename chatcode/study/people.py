"""Members, their roles, and who turned out to be one person, in the study file."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date
from uuid import uuid4

from chatcode.domain import Member, Term, Tie
from chatcode.errors import ChatcodeError
from chatcode.study.connection import Connection, moment

# Whether the writer of an entry `e` had a role on its day, under whichever id; the persons are read once, not
# for every entry.
HAD_ROLE = """EXISTS (WITH held AS MATERIALIZED (
    SELECT p.member_id, r.since, r.until FROM member_roles r
    JOIN persons q ON q.member_id = r.member_id JOIN persons p ON p.person_id = q.person_id WHERE r.role = ?)
    SELECT 1 FROM held h WHERE h.member_id = e.member_id
    AND (h.since = '' OR h.since <= substr(e.sent_at, 1, 10))
    AND (h.until = '' OR h.until > substr(e.sent_at, 1, 10)))"""
_TIE = "id, member_id, other_id, verdict, ground, share, votes"


class People(Connection):
    """The part of a study that holds who there are."""

    def members(self) -> dict[str, Member]:
        """All persons by id, with the roles that they have or had, those of their other ids included."""
        persons = self.persons()
        terms: dict[str, set[Term]] = {}
        proposed: dict[str, set[str]] = {}
        told: dict[str, set[str]] = {}
        for member_id, role, since, until, is_told in self.rows(
            "SELECT member_id, role, since, until, told FROM member_roles"
        ):
            person = persons.get(member_id, member_id)
            terms.setdefault(person, set()).add(Term(role, _day(since), _day(until)))
            (told if is_told else proposed).setdefault(person, set()).add(role)
        own = self.rows("SELECT id, title, number FROM members ORDER BY seq")
        also: dict[str, list[str]] = {}
        for member_id, title, number in own:
            if member_id in persons:
                label = Member(member_id, title, number, frozenset()).label
                also.setdefault(persons[member_id], []).append(label)
        return {
            row[0]: Member(
                id=row[0],
                title=row[1],
                number=row[2],
                roles=frozenset(term.role for term in terms.get(row[0], ())),
                terms=_dated(terms.get(row[0], set())),
                proposed=frozenset(proposed.get(row[0], set()) - told.get(row[0], set())),
                also=tuple(also.get(row[0], ())),
            )
            for row in own
            if row[0] not in persons
        }

    def labels(self) -> dict[str, str]:
        """The id of every label, of those too who are counted as somebody else."""
        return {
            Member(member_id, title, number, frozenset()).label: member_id
            for member_id, title, number in self.rows("SELECT id, title, number FROM members")
        }

    def put_members(self, members: Iterable[Member], told: Container[str] = ()) -> int:
        """Add members who are new, and give the roles to those whom the researcher told of.

        A role that only a display name proposes never takes the place of one that is there. How
        many were new or changed.
        """
        known = {row[0] for row in self.rows("SELECT id FROM members")}
        roles: dict[str, set[str]] = {}
        for member_id, role in self.rows("SELECT member_id, role FROM member_roles"):
            roles.setdefault(member_id, set()).add(role)
        changed = 0
        for member in {member.id: member for member in members}.values():
            is_told = member.id in told
            if member.id in known and (not is_told or frozenset(roles.get(member.id, ())) == member.roles):
                if is_told:
                    self.execute("UPDATE member_roles SET told = 1 WHERE member_id = ?", (member.id,))
                continue
            changed += 1
            if member.id not in known:
                self.execute(
                    "INSERT INTO members (id, title, number) VALUES (?, ?, ?)",
                    (member.id, member.title, member.number),
                )
            self.execute("DELETE FROM member_roles WHERE member_id = ?", (member.id,))
            self.execute_many(
                "INSERT INTO member_roles (member_id, role, told) VALUES (?, ?, ?)",
                (
                    (member.id, role, int(is_told or member.roles == {"deelnemer"}))
                    for role in sorted(member.roles)
                ),
            )
        return changed

    def set_role(self, member_id: str, role: str, since: date | None, until: date | None) -> None:
        """Give a person a role on these days, in place of what was known of that role."""
        with self.transaction():
            self.drop_role(member_id, role)
            self.execute(
                "INSERT INTO member_roles (member_id, role, since, until, told) VALUES (?, ?, ?, ?, 1)",
                (member_id, role, since.isoformat() if since else "", until.isoformat() if until else ""),
            )

    def drop_role(self, member_id: str, role: str) -> None:
        """Take a role from a person, whichever of their ids it came with."""
        persons = self.persons()
        ids = [member_id, *(own for own, person in persons.items() if person == member_id)]
        self.execute_many(
            "DELETE FROM member_roles WHERE member_id = ? AND role = ?", ((one, role) for one in ids)
        )

    def confirm_roles(self) -> int:
        """Take the roles that display names proposed for confirmed; how many."""
        waiting = self.number("SELECT count(*) FROM member_roles WHERE told = 0")
        self.execute("UPDATE member_roles SET told = 1")
        return waiting

    # ── one person under several names ──

    def persons(self) -> dict[str, str]:
        """Members who are counted as somebody else, with whom."""
        if self.row("SELECT 1 FROM ties LIMIT 1") is None:
            return {}
        return dict(self.rows("SELECT member_id, person_id FROM persons WHERE member_id <> person_id"))

    def ties(self) -> list[Tie]:
        """What holds of every pair that was compared, oldest first."""
        return [Tie(*row) for row in self.rows(f"SELECT {_TIE} FROM ties_in_force ORDER BY seq")]

    def add_tie(self, tie: Tie) -> None:
        """Keep a word on two members; an earlier one on the same pair stays and no longer holds.

        Raises:
            ChatcodeError: they are one person already.
        """
        member_id, other_id = tie.member_id, tie.other_id
        if tie.verdict == "same":
            persons = self.persons()
            member_id, other_id = persons.get(member_id, member_id), persons.get(other_id, other_id)
            if member_id == other_id:
                raise ChatcodeError("the two are one person already", "See: chatcode members")
        self.execute(
            f"INSERT INTO ties ({_TIE}, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (tie.id, member_id, other_id, tie.verdict, tie.ground, tie.share, tie.votes, moment()),
        )

    def undo_tie(self) -> Tie | None:
        """Take back the latest word of a person on two members that still stands; which it was."""
        row = self.row(
            f"SELECT {_TIE} FROM ties_standing WHERE verdict <> 'likely' ORDER BY seq DESC LIMIT 1"
        )
        if row is None:
            return None
        tie = Tie(*row)
        self.execute(
            f"INSERT INTO ties ({_TIE}, at, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                str(uuid4()), tie.member_id, tie.other_id, tie.verdict, tie.ground, tie.share, tie.votes,
                moment(), tie.id,
            ),
        )  # fmt: skip
        return tie


def _dated(terms: set[Term]) -> tuple[Term, ...]:
    """The terms of roles that are not had on every day."""
    always = {term.role for term in terms if term.since is None and term.until is None}
    return tuple(sorted((t for t in terms if t.role not in always), key=lambda t: (t.role, str(t.since))))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
