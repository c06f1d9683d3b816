"""What the screen and the plain mode say, as text that is never read as markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from chatcode.codebook import Codebook
from chatcode.domain import CODES, REPORT, Act, Draft, Entry, Filter, Link, Suggestions
from chatcode.review.filtering import describe as describe_filter
from chatcode.review.keys import Keymap
from chatcode.review.session import STRONG, Session

# Two columns of codes fit beside each other in 64 columns, and in 80 without the machine.
_TITLE = 23
# So much of a message tells which it is.
_SAID = 160
# A control character in a chat must not reach the terminal; a line's end and a tab may.
_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if code not in (9, 10)
}
# Only its measure is used: how text wraps does not depend on a terminal.
_CONSOLE = Console(width=200, legacy_windows=False)


def visible(text: str) -> str:
    """The text of a chat without what a terminal would obey."""
    return text.translate(_CONTROLS)


def margin(act: Act | Draft | None, *, decided: bool) -> str:
    """The codes that stand beside a message: a dot where it was decided to have none."""
    if act is None:
        return ""
    codes = sorted((choice.code for choice in act.choices), key=CODES.index)
    text = " ".join(codes) or ("·" if decided else "")
    return text + (" →" if act.links else "")


def header(session: Session) -> Text:
    """Where the coder is, and how far."""
    entry, counts = session.entry, session.counts
    group = session.groups[entry.group_id].label if entry else "–"
    month = f"{entry.sent_at:%B %Y}" if entry else "–"
    text = Text(f"{counts.reviewed} / {counts.total} reviewed", style="bold")
    parts = [session.study, group, month, f"coder {session.coder}", f"round {session.round}, {session.way}"]
    text.append("".join(f" · {part}" for part in parts if part))
    if session.filter != Filter():
        text.append(f" · filter {describe_filter(session.filter)}", style="bold")
    return text


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a line changes while the coder works: its codes, and whether it is at issue."""

    codes: str
    here: bool
    candidate: bool
    marked: bool = False
    flagged: bool = False
    note: str = ""
    day: str = ""


def standing(
    session: Session, entry: Entry, *, candidate: bool = False, marked: bool = False, new_day: bool = False
) -> Standing:
    """How an entry of the conversation stands now."""
    here = session.entry is not None and entry.id == session.entry.id
    act = session.acts.get(entry.id)
    draft = session.draft
    as_decided = act is not None and (set(act.choices), set(act.links)) == (
        set(draft.choices),
        set(draft.links),
    )
    codes = margin(draft, decided=act is not None) if here and not as_decided else margin(act, decided=True)
    return Standing(
        codes,
        here,
        candidate,
        marked,
        entry.id in session.flags,
        " · ".join(note.text for note in session.media_notes.get(entry.id, ())),
        f"{entry.sent_at:%A %d %B %Y}" if new_day else "",
    )


def line(session: Session, entry: Entry, now: Standing, width: int) -> list[Text]:
    """One entry of the conversation, as rows of that width: its codes, minute, writer and text."""
    style = "bold" if now.here else ("italic" if entry.kind == "system" else "")
    # In 80 columns the text gets what the margin can spare.
    writer = 15 if width > 90 else 14
    margin_width = 11 if width > 90 else 8
    mark = "▶" if now.here else ("?" if now.candidate else ("│" if now.marked else " "))
    first = Text(no_wrap=True)
    first.append(mark, style="bold")
    first.append("⚑" if now.flagged else " ", style="bold")
    first.append(_fitted(now.codes, margin_width), style="bold")
    first.append(f" {entry.sent_at:%H:%M} ")
    who = _fitted(session.label(entry.member_id) or "WhatsApp", writer)
    member = session.members.get(entry.member_id or "")
    official = member is not None and bool(
        member.roles_on(entry.sent_at.date()) & {"beheerder", "professional"}
    )
    first.append(who.rstrip(), style=f"{style} underline" if official else style)
    first.append(" " * (len(who) - len(who.rstrip()) + 1))
    said = Text(visible(entry.text) + (" (edited)" if entry.edited else ""), style=style)
    if now.note:
        said.append(f" [{visible(now.note)}]", style="italic")
    rows = said.wrap(_CONSOLE, max(width - first.cell_len, 10), overflow="fold", tab_size=4) or [Text()]
    before = [first, *(Text(" " * first.cell_len) for _ in rows[1:])]
    told = [left + row for left, row in zip(before, rows, strict=True)]
    if now.day:
        told.insert(0, Text(f"── {now.day} ".ljust(width, "─"), style="dim"))
    return told


def _fitted(text: str, width: int) -> str:
    return (text if len(text) <= width else text[: width - 1] + "…").ljust(width)


def codes_panel(session: Session, keys: Keymap) -> Table:
    """Every code with its key; what is on is told by its sign and a bracket, not by colour alone."""
    on = session.codes
    table = Table.grid(padding=(0, 2))
    cells: list[Text] = []
    for key, name in keys.codes.items():
        if name == REPORT:
            marks = "[M] " if REPORT in on else "    "
            title = session.codebook.name(REPORT, session.lang)
        else:
            signs = "".join(sign for sign in "+-" if f"{name}{sign}" in on)
            marks = f"[{signs}]".ljust(4) if signs else "    "
            title = session.codebook.name(f"{name}+", session.lang)
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(f"{key} ", style="bold")
        text.append(marks, style="bold reverse" if marks.strip() else "")
        text.append(f" {title if len(title) <= _TITLE else title[: _TITLE - 1] + '…'}")
        cells.append(text)
    half = (len(cells) + 1) // 2
    for left, right in zip(cells[:half], [*cells[half:], Text("")], strict=False):
        table.add_row(left, right)
    return table


def machine_panel(session: Session, keys: Keymap, width: int) -> Text:
    """What the machine suggests and why, when the coder may see it, and the links, in rows of that width.

    What a key takes over comes first: it must be on the screen, however little of the reasons is.
    """
    if session.feedback:
        return Text("\n".join(map(visible, session.feedback)))
    text = Text()
    codes = _suggested_codes(session)
    take_over, keep = keys.named("take_over"), keys.named("keep")
    if codes and session.objection:
        text.append(f"The machine would add {' '.join(codes)}", style="bold")
        text.append(f"  ({take_over} take over · {keep} keep mine)\n")
    elif codes:
        text.append(f"The machine suggests {' '.join(codes)}", style="bold")
        text.append(f"  ({take_over} take over)\n")
    ties = _ties(session, keys, width)
    text.append_text(ties)
    if codes:
        _append_reasons(text, session, codes)
    elif session.way == "blind":
        text.append("Blind: the machine keeps silent.\n")
    elif session.way == "assisted":
        text.append("No suggestion.\n")
    elif not ties:
        text.append(
            "Second reader: your own codes first; the machine speaks only where it strongly differs.\n"
        )
    text.rstrip()
    return text


def _suggested_codes(session: Session) -> Sequence[str]:
    suggested = session.suggested
    return session.objection or (sorted(suggested.codes, key=CODES.index) if suggested else ())


def _append_reasons(text: Text, session: Session, codes: Sequence[str]) -> None:
    suggested = session.suggested or Suggestions()
    for code in codes:
        strength = "strong" if suggested.scores.get(code, 0) >= STRONG else "weak"
        text.append(f"{code:4}", style="bold")
        text.append(f"{strength}: ")
        text.append(why(session, suggested, code))
        text.append("\n")


def why(session: Session, suggested: Suggestions, code: str) -> str:
    """Why the machine suggests a code; what two rules say in the same words is said once."""
    from chatcode.suggestion.suggester import describe

    told = (describe(reason, session.codebook) for reason in suggested.reasons.get(code, ()))
    return visible("; ".join(dict.fromkeys(told)))


def _ties(session: Session, keys: Keymap, width: int) -> Text:
    """A row for each link that is proposed, the one that the key takes first, then for each on the table."""
    text = Text()
    key = f" ({keys.named('take_link')} links)"
    for link, probability in session.proposals().items():
        row = Text(f"Proposed {chance(probability)}{key}: {link_words(session, link)}\n", style="italic")
        text.append_text(_one_row(row, width))
        key = ""
    for link in session.draft.links:
        text.append_text(_one_row(Text(f"Linked: {link_words(session, link)}\n"), width))
    return text


def _one_row(text: Text, width: int) -> Text:
    text.rstrip()
    text.truncate(width, overflow="ellipsis")
    return text.append("\n")


def chance(probability: float) -> str:
    """A probability as a share; nothing that the machine proposes is called certain."""
    return f"{min(probability, 0.99):.0%}"


def link_words(session: Session, link: Link) -> str:
    """A link in words: its kind and its target in one line."""
    found = (entry for entry in session.conversation if entry.id == link.target_id)
    target = next(found, None) or session.store.entry(link.target_id)
    said = visible(target.text[:_SAID]).replace("\n", " ")
    return f"{link.kind} → {target.sent_at:%d %b %H:%M} {session.label(target.member_id)}: {said}"


def footer(keys: Keymap, message: str) -> Text:
    """What was done last, and the keys that matter most, always on the screen."""
    named = {name: keys.named(name) for name in keys.commands.values()}
    text = Text()
    text.append(f"{message}\n", style="bold")
    text.append(
        f"code key = seen · {named['opposite']} then key opposite · {named['link']} link"
        f" · {named['keep']} keep & next · {named['take_over']} take over · {named['none']} none"
        f" · {named['undo']} undo · {named['range']} range · {named['memo']} memo · {named['manual']} manual"
        f" · {named['filter']} filter · {named['queue']} queue · {named['help']} help · {named['quit']} quit"
    )
    return text


def manual_text(codebook: Codebook, name: str) -> Text:
    """The manual of a report, or of both codes of an intervention."""
    codes = (name,) if name == "M" else (f"{name}+", f"{name}-")
    text = Text()
    for code in codes:
        manual = codebook.manual(code)
        text.append(f"{code}  {codebook.name(code, 'en')} · {codebook.name(code, 'nl')}", style="bold")
        text.append({"+": "  seen", "-": "  opposite effect"}.get(code[-1], "") + "\n", style="italic")
        for title, words in (("Include", manual.include), ("Exclude", manual.exclude)):
            if words:
                text.append(f"{title}: ", style="bold")
                text.append(f"{words}\n")
        for title, examples in (("Examples", manual.anchors), ("Doubtful", manual.boundary)):
            if examples:
                text.append(f"{title}:\n", style="bold")
                for example in examples:
                    text.append(f"  · {example}\n")
        if manual.sub_reasons:
            text.append("Kinds: ", style="bold")
            text.append(" · ".join(f"{r.key} {r.name['en']}" for r in manual.sub_reasons) + "\n")
        text.append("\n")
    return text
