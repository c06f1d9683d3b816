"""`chatcode names`: decide on words that may be names, and look whether any still show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, progress, say
from chatcode.cli.second_look import second_look
from chatcode.cli.terminal import Keyboard, has_terminal
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.anonymize.doubts import Doubt
    from chatcode.anonymize.identities import Key
    from chatcode.anonymize.rework import Original
    from chatcode.anonymize.verdicts import Verdict
    from chatcode.review.wordlist import Question
    from chatcode.study.store import Study

_NEAREST = 5


def names(
    show: Annotated[bool, typer.Option("--list", help="Print the doubtful words and ask nothing.")] = False,
    contexts: Annotated[
        bool, typer.Option("--contexts", help="With the words around them, which are not redacted.")
    ] = False,
    slips: Annotated[
        bool, typer.Option("--slips", help="Also words that look like slips of common words.")
    ] = False,
    deny: Annotated[
        Path | None, typer.Option(help="Take out the words of this file: one a line, # for comments.")
    ] = None,
    allow: Annotated[Path | None, typer.Option(help="Let the words of this file stay.")] = None,
    group: Annotated[
        str | None, typer.Option(help="Only for this group; without, a file holds for all groups.")
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back the decisions that were made last.")
    ] = False,
    sample: Annotated[
        bool, typer.Option("--sample", help="Look at a random 5 % of the messages for what still shows.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Draw a new sample.")] = False,
    seed: Annotated[int | None, typer.Option(help="The seed of the draw; else one is made up.")] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Read the keys line by line, for screen readers and pipes.")
    ] = False,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Go through the words that may be names: take them out, let them stay, or say who is meant.

    Every decision redacts the texts anew that hold the word; codings stay. The words come from the
    original texts, so the key is needed. With --sample it is not: there you judge what is stored.

    Example: chatcode names --list
    """
    with options.open_study(study) as opened:
        if not opened.groups():
            raise ChatcodeError("there are no messages yet", "Import a chat: chatcode import --help")
        if sample:
            second_look(opened, seed=seed, again=again, plain=plain, as_json=as_json)
            return
        chosen = _group(opened, group)
        opened_key = options.open_key(opened, key, passphrase_fd)
        lists = Lists(opened, opened_key)
        trained = any(model.size for model in opened.models())
        changed = lists.bring_up_to_date()
        if undo:
            say(f"Took back {lists.take_back()} decisions.")
        elif deny is not None or allow is not None:
            lists.read(deny, allow, chosen)
        elif show or as_json or not (plain or has_terminal()):
            _print(opened, lists.questions(chosen, slips=slips), contexts=contexts, as_json=as_json)
            return
        else:
            _ask(lists, lists.questions(chosen, slips=slips), plain=plain)
        changed += lists.bring_up_to_date()
        waiting = len(lists.questions(chosen, slips=slips))
        if chosen is None and not slips and opened.words_in_doubt() != waiting:
            opened.record("names", doubtful=waiting)
    _tell(changed, waiting, trained=trained, as_json=as_json)


def _tell(changed: int, waiting: int, *, trained: bool, as_json: bool) -> None:
    if as_json:
        print_json({"changed": changed, "doubtful": waiting})
    say(f"{changed} entries have a new text; {waiting} words are still in doubt.")
    if changed and trained:
        next_step("chatcode train --suggest", "models may hold words that are gone now, so they were emptied")
    elif changed:
        next_step("chatcode suggest", "the suggestions of these entries are to be made anew")
    else:
        next_step("chatcode names --sample", "look whether anything still shows")


def _group(study: Study, label: str | None) -> str | None:
    if label is None:
        return None
    found = next((group.id for group in study.groups() if group.label == label), None)
    if found is None:
        raise ChatcodeError(f"there is no group {label!r}", "See the groups: chatcode cases")
    return found


def _ask(lists: Lists, questions: Sequence[Question], *, plain: bool) -> None:
    from chatcode.review.wordlist import ask_words

    if not questions:
        say("No word is in doubt.")
        return
    try:
        made = ask_words(questions, lists, Keyboard(plain=plain))
    except BaseException:
        # Also who breaks off with ctrl-c has decided: the texts follow at once.
        lists.bring_up_to_date()
        raise
    say(f"{made} decisions, saved in {lists.key.path.name}.")


def _print(study: Study, questions: Sequence[Question], *, contexts: bool, as_json: bool) -> None:
    rows: list[dict[str, Any]] = [
        {
            "group": question.group,
            "form": question.doubt.form,
            "count": question.doubt.count,
            "state": question.doubt.state,
            "why": list(question.doubt.why) if as_json else " ".join(question.doubt.why),
            "score": question.doubt.score,
            **({"contexts": list(question.doubt.contexts)} if contexts and as_json else {}),
            **({"contexts": " | ".join(question.doubt.contexts)} if contexts and not as_json else {}),
        }
        for question in questions
    ]
    if as_json:
        print_json({"rows": rows})
        return
    columns = ("group", "form", "count", "state", "why", *(("contexts",) if contexts else ()))
    print_rows(rows, columns, title="Words that may be names, not redacted")
    messages = sum(study.kinds(one.id)["messages"] for one in study.groups())
    say(f"{len(rows)} words in doubt over {messages} messages.")
    next_step("chatcode names", "decide on them by single keys")


class Lists:
    """The allow and deny lists in the key, and the study whose texts follow them.

    A decision is in the key file before the next question; the texts follow at the end, or at the
    next `names` where the program was cut off.
    """

    def __init__(self, study: Study, key: Key) -> None:
        self.study = study
        self.key = key
        members = {member_id: label for label, member_id in study.labels().items()}
        persons = study.persons()
        self._labels = {one: members[persons.get(one, one)] for one in members}

    def bring_up_to_date(self) -> int:
        """Redact anew what a decision changes; how many entries that were."""
        from chatcode.anonymize.rework import rework

        entries = {group.id: self.study.entries(group.id, as_stored=True) for group in self.study.groups()}
        texts = {entry.id: entry.text for one in entries.values() for entry in one}
        settled = self.key.settle(texts)
        changed: dict[str, str] = {}
        for group_id, found in entries.items():
            changed |= rework(self.key, group_id, found, self._labels)
        if changed:
            # The key first: it then knows both versions, whichever the study turns out to hold.
            self.key.save()
            with self.study.transaction():
                self.study.renew_texts(changed)
                self.study.record("names", entries=len(changed))
            self.key.settle(changed)
        if changed or settled:
            self.key.save()
        return len(changed)

    def read(self, deny: Path | None, allow: Path | None, group_id: str | None) -> None:
        """Take over the words of files; nothing where one of them has a line that cannot be read."""
        batch = self.key.next_batch()
        verdicts = [
            self._verdict(form, say_, group_id, target, batch)
            for path, say_ in ((deny, "deny"), (allow, "allow"))
            if path is not None
            for form, target in self._forms(path, targets=say_ == "deny")
        ]
        self.key.decide(verdicts)
        self.key.save()
        self._record(verdicts)
        say(f"Took over {len(verdicts)} words.")

    def questions(self, group_id: str | None, *, slips: bool) -> list[Question]:
        """The words in doubt, group by group, the likeliest names first."""
        from chatcode.review.wordlist import Question

        groups = [one for one in self.study.groups() if group_id in (None, one.id)]
        found: list[Question] = []
        with progress("Looking for doubtful words", len(groups)) as advance:
            for done, group in enumerate(groups, start=1):
                found += [
                    Question(group.id, group.label, doubt)
                    for doubt in self._doubts(group.id)
                    if slips or not doubt.likely_slip
                ]
                advance(done)
        return found

    def _doubts(self, group_id: str) -> list[Doubt]:
        from chatcode.anonymize.doubts import doubts
        from chatcode.anonymize.lexicon import load
        from chatcode.anonymize.rework import original_of
        from chatcode.anonymize.roster import Roster
        from chatcode.anonymize.verdicts import Verdicts

        originals: list[Original] = [
            original_of(self.key, entry)
            for entry in self.study.entries(group_id, as_stored=True)
            if entry.kind == "message"
        ]
        roster = Roster(self.key.persons.aliases(group_id), load())
        return doubts(originals, roster, load(), Verdicts(self.key.verdicts, group_id))

    # ── what the questions ask ──

    def decide(self, question: Question, say: str, target: str | None, *, everywhere: bool) -> None:
        """Keep a decision in the key file."""
        scope = None if everywhere else question.group_id
        verdict = self._verdict(question.doubt.form, say, scope, target, self.key.next_batch())
        self.key.decide([verdict])
        self.key.save()
        self._record([verdict])

    def take_back(self) -> int:
        """Take back the decisions that were made last; how many that were."""
        taken = self.key.take_back()
        if taken:
            self.key.save()
            self.study.record("names", taken_back=taken)
        return taken

    def known(self, question: Question) -> list[tuple[str, str]]:
        """Label and names of the group's people whose name is most like the form."""
        from rapidfuzz import fuzz

        from chatcode.anonymize.verdicts import form_of

        people: dict[str, list[str]] = {}
        for name, person_id in self.key.persons.aliases(question.group_id).items():
            people.setdefault(person_id, []).append(name)
        form = question.doubt.form
        nearest = {
            one: max(fuzz.ratio(form, word) for name in said for word in form_of(name).split() or [""])
            for one, said in people.items()
        }
        ranked = sorted(nearest, key=lambda one: -nearest[one])[:_NEAREST]
        return [(self._labels[one], " · ".join(people[one])) for one in ranked if one in self._labels]

    def who(self, label: str) -> str | None:
        """The id of the member of a label, or `persoon-12` itself where there is one."""
        label = label.strip().strip("[]")
        kind, _, number = label.partition("-")
        if kind == "persoon" and number.isdecimal() and self.key.has_number(kind, int(number)):
            return label
        return self.study.labels().get(label)

    def _forms(self, path: Path, *, targets: bool) -> list[tuple[str, str | None]]:
        from chatcode.anonymize.verdicts import read_forms

        try:
            lines = read_forms(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            raise ChatcodeError(
                f"the list cannot be read: {path.name}", "Save it as text (UTF-8), one word a line."
            ) from None
        found: list[tuple[str, str | None]] = []
        for number, form, label in lines:
            target = self.who(label) if label else None
            if label and (target is None or not targets):
                raise ChatcodeError(
                    f"{path.name}, line {number}: nobody of that label",
                    "After = stands a label such as Deelnemer-07 or persoon-12, in a list to deny only.",
                )
            found.append((form, target))
        return found

    def _verdict(self, form: str, say: str, group_id: str | None, target: str | None, batch: int) -> Verdict:
        from chatcode.anonymize.verdicts import Verdict
        from chatcode.study.connection import moment

        return Verdict(form, "deny" if say == "deny" else "allow", group_id, target, batch, moment())

    def _record(self, verdicts: Sequence[Verdict]) -> None:
        counts: Mapping[str, int] = {
            "denied": sum(one.say == "deny" for one in verdicts),
            "allowed": sum(one.say == "allow" for one in verdicts),
        }
        self.study.record("names", **{kind: number for kind, number in counts.items() if number})
