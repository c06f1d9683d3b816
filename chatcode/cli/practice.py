"""`chatcode practice`: learn the codebook on a shipped chat, with an answer after each message."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, cast

import typer

from chatcode.bundled import practice_path
from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.codebook import Codebook
    from chatcode.domain import Store
    from chatcode.review.practice import Answer, PracticeSession
    from chatcode.study.store import Study

CHATS = ("D1", "D2", "D3", "D4", "D5", "D6")
# So many entries before the first message show what it answers.
_BEFORE = 15


def practice(
    coder: Annotated[
        str | None, typer.Option("--coder", help="Who practises: a short name; else that of your settings.")
    ] = None,
    chat: Annotated[
        str | None, typer.Option("--chat", help="D1 to D6; else the next one that you have not had.")
    ] = None,
    messages: Annotated[int, typer.Option("--messages", min=5, max=300, help="How many messages.")] = 30,
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line, for screen readers and pipes.")
    ] = False,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Code a synthetic chat of which the codes are known; after each message it tells what was missed.

    Of all this the study keeps only that it was done, and the score.

    Example: chatcode practice --coder K1
    """
    from chatcode import settings
    from chatcode.review.keys import keymap

    mine = settings.load()
    who = (mine.coder if coder is None else coder).strip()
    if not who:
        raise ChatcodeError("a coder needs a name", "For instance: --coder K1")
    if chat not in (None, *CHATS):
        raise ChatcodeError(f"there is no practice chat {chat!r}", f"Choose one of: {', '.join(CHATS)}.")
    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        keys = keymap(codebook, mine.keys)
        done = [one for one in opened.practices() if one.coder == who]
        chosen = chat or CHATS[len(done) % len(CHATS)]
        earlier = sum(one.messages for one in done if one.chat == chosen)
        with TemporaryDirectory(prefix="chatcode-practice-") as folder:
            session = _session(Path(folder), codebook, chosen, who, earlier, messages, mine.language or "en")
            say(
                f"Practice on {chosen}: synthetic, nobody in it exists. The codes are the starter codebook's."
            )
            if plain or not options.has_screen():
                from chatcode.review.plain import run_plain

                run_plain(session, sys.stdin, sys.stderr if as_json else sys.stdout)
            else:
                from chatcode.review.app import run_screen

                run_screen(session, keys, theme=mine.theme)
        _tell(session, as_json)
        if session.counted:
            opened.add_practice(who, chosen, len(session.counted), session.agreed, codebook.hash)
    next_step("chatcode status", "what comes next in learning the codebook")


def _tell(session: PracticeSession, as_json: bool) -> None:
    rows = [
        {
            "code": score.code,
            "name": session.codebook.name(score.code, session.lang),
            "both": score.both,
            "missed": score.missed,
            "too_many": score.too_many,
        }
        for score in session.scores()
    ]
    if as_json:
        print_json({"messages": len(session.counted), "agreed": session.agreed, "rows": rows})
    elif rows:
        print_rows(rows, ("code", "name", "both", "missed", "too_many"), title="Practice")
    say(
        f"{session.agreed} of {len(session.counted)} messages coded as the chat's own coders did"
        f" ({len(session.first) - len(session.counted)} where they were unsure are left out)."
    )


def _session(
    folder: Path, codebook: Codebook, chat: str, coder: str, earlier: int, messages: int, lang: str
) -> PracticeSession:
    """A store of its own for one stretch of the chat, which is taken away with its folder."""
    from chatcode.domain import Choice, Decision
    from chatcode.review.practice import PracticeSession
    from chatcode.review.sampled import Sampled
    from chatcode.study.store import Study

    made = Study.create(folder / "practice.study")
    answers = _fill(made, codebook, chat)
    queue = made.queue(coder, 1, most=-1)
    # After the end of the chat it begins anew.
    start = earlier % max(len(queue) - messages, 1)
    wanted = set(queue[start : start + messages])
    before = queue[max(start - _BEFORE, 0) : start]
    coded = [Decision(i, tuple(Choice(code) for code in sorted(answers[i].codes))) for i in before]
    made.confirm(coded, coder=coder, round_=1, codebook_hash=codebook.hash)
    store = cast("Store", Sampled(made, [made.some_entries(queue[start : start + messages])]))
    return PracticeSession(store, codebook, {i: answers[i] for i in wanted}, coder=coder, lang=lang)


def _fill(made: Study, codebook: Codebook, chat: str) -> dict[str, Answer]:
    """Put a shipped chat into the study, under labels as everywhere; how its messages were coded."""
    from chatcode.domain import Entry, Member
    from chatcode.review.practice import Answer
    from chatcode.whatsapp.reader import read_export

    folder = practice_path()
    read = read_export(folder / f"{chat}.txt").messages
    lines = (folder / f"{chat}.codes.jsonl").read_text(encoding="utf-8").splitlines()
    roles = dict(
        line.split("\t")[:2]
        for line in (folder / f"{chat}.members.tsv").read_text(encoding="utf-8").splitlines()
        if "\t" in line
    )
    titles = {"beheerder": "Beheerder", "professional": "Wijkagent"}
    members: dict[str, Member] = {}
    for name in dict.fromkeys(m.sender for m in read if m.sender):
        role = roles.get(name, "deelnemer").split(",")[0].strip()
        title = titles.get(role, "Deelnemer")
        number = sum(member.title == title for member in members.values()) + 1
        members[name] = Member(name, title, number, frozenset({role}))
    entries = [
        Entry(
            f"{chat}-{place}", "practice", place, m.sent_at, m.kind, m.text,
            member_id=members[m.sender].id if m.sender else None, event=m.event, edited=m.edited,
        )
        for place, m in enumerate(read)
    ]  # fmt: skip
    with made.transaction():
        made.use_codebook(codebook.hash, codebook.text)
        made.add_group(f"Practice {chat}", "Practice", "practice")
        made.put_members(members.values())
        made.add_entries(entries, [b""] * len(entries))
    answers = {}
    for entry, line in zip(entries, lines, strict=True):
        row = json.loads(line)
        answers[entry.id] = Answer(frozenset(row["codes"]), bool(row.get("unsure")))
    return answers
