"""What the screen and the plain mode say, as text that is never read as markup."""

from __future__ import annotations

from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from chatcode.codebook import Codebook
from chatcode.domain import CODES, REPORT, Act, Draft, Entry, Link
from chatcode.review.keys import Keymap
from chatcode.review.session import STRONG, Session

# Two columns of codes fit beside each other in 64 columns, and in 80 without the machine.
_TITLE = 23
# A control character in a chat must not reach the terminal; a line's end and a tab may.
_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if code not in (9, 10)
}


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
    return text


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a line changes while the coder works: its codes, and whether it is at issue."""

    codes: str
    here: bool
    candidate: bool


def standing(session: Session, entry: Entry, *, candidate: bool = False) -> Standing:
    """How an entry of the conversation stands now."""
    here = session.entry is not None and entry.id == session.entry.id
    act = session.acts.get(entry.id)
    codes = margin(session.draft, decided=act is not None) if here else margin(act, decided=True)
    if (
        here
        and act is not None
        and (set(act.choices), set(act.links))
        == (
            set(session.draft.choices),
            set(session.draft.links),
        )
    ):
        codes = margin(act, decided=True)
    return Standing(codes, here, candidate)


def line(session: Session, entry: Entry, now: Standing) -> Table:
    """One entry of the conversation: its codes, minute, writer and text."""
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=1)
    grid.add_column(width=11)
    grid.add_column(width=5)
    grid.add_column(width=15)
    grid.add_column(ratio=1)
    style = "bold" if now.here else ("italic" if entry.kind == "system" else "")
    who = Text(session.label(entry.member_id) or "WhatsApp", style=style)
    member = session.members.get(entry.member_id or "")
    if member and member.roles & {"beheerder", "professional"}:
        who.stylize("underline")
    grid.add_row(
        Text("▶" if now.here else ("?" if now.candidate else " "), style="bold"),
        Text(now.codes, style="bold"),
        Text(f"{entry.sent_at:%H:%M}"),
        who,
        Text(visible(entry.text) + (" (edited)" if entry.edited else ""), style=style),
    )
    return grid


def codes_panel(session: Session, keys: Keymap) -> Table:
    """Every code with its key; what is on is told by its sign and a bracket, not by colour alone."""
    on = session.codes
    table = Table.grid(padding=(0, 2))
    cells: list[Text] = []
    for key, name in keys.codes.items():
        if name == REPORT:
            marks = "[M] " if REPORT in on else "    "
            title = session.codebook.name(REPORT, "en")
        else:
            signs = "".join(sign for sign in "+-" if f"{name}{sign}" in on)
            marks = f"[{signs}]".ljust(4) if signs else "    "
            title = session.codebook.name(f"{name}+", "en")
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(f"{key} ", style="bold")
        text.append(marks, style="bold reverse" if marks.strip() else "")
        text.append(f" {title if len(title) <= _TITLE else title[: _TITLE - 1] + '…'}")
        cells.append(text)
    half = (len(cells) + 1) // 2
    for left, right in zip(cells[:half], [*cells[half:], Text("")], strict=False):
        table.add_row(left, right)
    return table


def machine_panel(session: Session, keys: Keymap) -> Text:
    """What the machine suggests and why, when the coder may see it."""
    from chatcode.suggestion.suggester import describe

    if session.way == "blind":
        return Text("Blind: the machine keeps silent.")
    suggested = session.suggested
    if suggested is None:
        if session.way == "second-reader":
            return Text(
                "Second reader: your own codes first; the machine speaks only where it strongly differs."
            )
        return Text("No suggestion.")
    codes = session.objection or sorted(suggested.codes, key=CODES.index)
    text = Text()
    take_over, keep = keys.named("take_over"), keys.named("keep")
    # All codes come first: what `a` takes over must be on the screen, however little of the reasons is.
    if session.objection:
        text.append(f"The machine would add {' '.join(codes)}", style="bold")
        text.append(f"  ({take_over} take over · {keep} keep mine)\n")
    elif codes:
        text.append(f"The machine suggests {' '.join(codes)}", style="bold")
        text.append(f"  ({take_over} take over)\n")
    for code in codes:
        strength = "strong" if suggested.scores.get(code, 0) >= STRONG else "weak"
        text.append(f"{code:4}", style="bold")
        text.append(f"{strength}: ")
        reasons = (describe(reason, session.codebook) for reason in suggested.reasons.get(code, ()))
        text.append(visible("; ".join(reasons)))
        text.append("\n")
    return text if codes else Text("No suggestion.")


def links_line(session: Session, links: tuple[Link, ...]) -> str:
    """The links on the table in words."""
    entries = {entry.id: entry for entry in session.conversation}
    told = []
    for link in links:
        target = entries.get(link.target_id) or session.store.entry(link.target_id)
        told.append(f"{link.kind} → {target.sent_at:%d %b %H:%M} {visible(target.text[:30])}")
    return " · ".join(told)


def footer(keys: Keymap, message: str) -> Text:
    """The keys that matter most, always on the screen, and what was done last."""
    named = {name: keys.named(name) for name in keys.commands.values()}
    text = Text()
    text.append(f"{message}\n", style="bold")
    text.append(
        f"code key = seen · {named['opposite']} then key opposite · {named['link']} link"
        f" · {named['keep']} keep & next · {named['take_over']} take over · {named['none']} none"
        f" · {named['undo']} undo · {named['memo']} memo · {named['manual']} manual"
        f" · {named['skip']} skip · {named['help']} help · {named['quit']} quit"
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
