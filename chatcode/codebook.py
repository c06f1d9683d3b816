"""The codebook: eleven interventions and the report, read from a file that a researcher writes.

The form of the file is explained at its own top (`codebooks/interventions.yaml`). Everything in it is
checked here, so that a mistake is answered with file, line and code and never with a wrong suggestion.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from chatcode.bundled import codebook_path
from chatcode.domain import CODES, INTERVENTIONS, REPORT, ROLES
from chatcode.errors import CodebookError

if TYPE_CHECKING:
    from chatcode.form import Form

Measure = Literal["flow", "coverage", "stock", "outside"]
By = Literal["other", "same", "anyone"]
Emoji = Literal["some", "only", "none"]
Texts = Mapping[str, str]

LANGUAGES = ("nl", "en")
WEIGHTS = {"strong": 0.8, "medium": 0.5, "weak": 0.25}
SITUATIONS = ("seen_well", "seen_little", "not_seen", "opposite", "no_occasion")
# Keys that the review screen gives to commands; a code or sub-reason on one of them could not be keyed.
COMMAND_KEYS = frozenset("lLaxvtTdnpgcofeAqy.-/? ")

_MEASURES: dict[str, Measure] = {
    "flow": "flow",
    "coverage": "coverage",
    "stock": "stock",
    "outside": "outside",
}
_EMOJI: dict[str, Emoji] = {"some": "some", "only": "only", "none": "none"}
_BY: dict[str, By] = {"other": "other", "same": "same", "anyone": "anyone"}
_CODES = {code: code for code in CODES}


@dataclass(frozen=True, slots=True)
class Context:
    """What a cue asks of the messages before: a code or a question, how recent, and by whom.

    `within` is in minutes and stays inside the conversation. `open` asks that it has had no answer
    yet: for a question no reply, for a code none of the codes in `closed_by`.
    """

    code: str | None
    question: bool
    within: int
    by: By
    role: frozenset[str]
    open: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A rule of the codebook that suggests a code, with messages that show what it should do.

    Terms are kept as written: a word (by its stem), `begin*`, `*inside*`, `=exact`, `@list`, several
    words (a phrase with up to two words between; joined by `_`: none), `/regular expression/`.
    `weight` is the share of hits that is expected to be right.
    """

    id: str
    code: str
    line: int
    weight: float
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    role: frozenset[str] = frozenset()
    question: bool | None = None
    min_words: int = 0
    max_words: int | None = None
    media: bool | None = None
    emoji: Emoji | None = None
    after: Context | None = None
    not_after: Context | None = None
    unanswered: int | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubReason:
    """One kind of opposite effect, chosen with one more key."""

    key: str
    id: str
    name: Texts


@dataclass(frozen=True, slots=True)
class Manual:
    """How one code is used: what it takes in, what it leaves out, typical and doubtful messages."""

    code: str
    include: str
    exclude: str
    anchors: tuple[str, ...]
    boundary: tuple[str, ...]
    sub_reasons: tuple[SubReason, ...] = ()
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The auxiliary code M: a report of something in the neighbourhood; no intervention."""

    key: str
    name: Texts
    seen: Manual


@dataclass(frozen=True, slots=True)
class Intervention:
    """One of the eleven: its name, why it should work, who carries it out and how it is measured."""

    number: int
    key: str
    name: Texts
    mechanism: Texts
    actors: frozenset[str]
    measure: Measure
    depends_on: int | None
    seen: Manual
    opposite: Manual
    advice: Mapping[str, Texts]


@dataclass(frozen=True)
class Codebook:
    """The codes of a study, with manual, cues, measures and advice.

    `hash` covers the content, not comments or layout; `words` are the lists that cues call by `@name`.
    """

    text: str = field(repr=False)
    origin: str
    hash: str
    report: Report
    interventions: Mapping[int, Intervention]
    words: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)

    @classmethod
    def load(cls, path: Path | str | None = None) -> Codebook:
        """Read a codebook from a file; without a path the bundled eleven interventions.

        Raises:
            CodebookError: the file cannot be read, or its content does not hold together.
        """
        path = codebook_path() if path is None else Path(path)
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CodebookError(f"{path.name}: cannot be read as a codebook", str(error)) from error
        return cls.parse(text, path.name)

    @classmethod
    def parse(cls, text: str, origin: str) -> Codebook:
        """Read a codebook from its text; `origin` is the file name that errors show.

        Raises:
            CodebookError: names `origin`, line and code of the first mistake.
        """
        return _read(text, origin)

    @cached_property
    def manuals(self) -> Mapping[str, Manual]:
        """The manual of every code, M first."""
        both = (m for i in self.interventions.values() for m in (i.seen, i.opposite))
        return {manual.code: manual for manual in (self.report.seen, *both)}

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes: M, then 1+, 1-, … 11-."""
        return CODES

    @property
    def cues(self) -> Iterator[Cue]:
        """The cues of all codes in file order."""
        return (cue for manual in self.manuals.values() for cue in manual.cues)

    def manual(self, code: str) -> Manual:
        """The manual of a code; KeyError where there is no such code."""
        return self.manuals[code]

    def name(self, code: str, lang: str = "en") -> str:
        """What a code is called: the name of M or of the code's intervention."""
        return self.report.name[lang] if code == REPORT else self.interventions[int(code[:-1])].name[lang]


# ── reading ───────────────────────────────────────────────────────────────────


def _read(text: str, origin: str) -> Codebook:
    from chatcode.form import Form  # brings PyYAML

    top = Form.read(text, origin)
    reading = _Reading(_words(top.form("words")) if top.has("words") else {})
    report = reading.report(top.form("report", f"code {REPORT}"))
    listed = top.form("interventions")
    interventions = {n: reading.intervention(listed, n) for n in INTERVENTIONS}
    listed.finish()
    top.finish()
    reading.finish()
    digest = hashlib.sha256(json.dumps(top.plain(), ensure_ascii=False).encode()).hexdigest()
    return Codebook(text, origin, digest[:16], report, interventions, reading.words)


def _words(form: Form) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in form.fields:
        found[name] = form.texts(name, 1)
        if not re.fullmatch("[a-z]+", name):
            form.refuse_field(name, f"the list `{name}` needs a name of small letters")
        for term in found[name]:
            if re.search("[ _@/]", term) or not term.strip("*="):
                form.refuse_field(name, f"`{term}` in the list `{name}` must be one word")
    return found


def _languages(form: Form, name: str) -> Texts:
    inner = form.form(name)
    found = {lang: inner.text(lang) for lang in LANGUAGES}
    inner.finish()
    return found


def _roles(form: Form, least: int = 0, name: str = "role") -> frozenset[str]:
    found = form.texts(name, least)
    for role in found:
        if role not in ROLES:
            form.refuse_field(name, f"`{role}` is no role; the roles are {', '.join(ROLES)}")
    return frozenset(found)


def _key(form: Form) -> str:
    key = form.text("key")
    if len(key) != 1 or not key.isprintable():
        form.refuse_field("key", "`key` must be one character")
    if key in COMMAND_KEYS:
        form.refuse_field("key", f"the key `{key}` is a command of the review screen")
    return key


class _Reading:
    """What must hold over the whole file while it is read: keys and cue ids are used once."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self.words = words
        self._keys: dict[str, str] = {}
        self._cue_ids: set[str] = set()
        self._sub_keys: list[tuple[Form, str]] = []

    def finish(self) -> None:
        """A sub-reason may be left out, so its key must not mean a code."""
        for form, key in self._sub_keys:
            if key in self._keys:
                form.refuse_field("key", f"the key `{key}` is already that of {self._keys[key]}")

    def report(self, form: Form) -> Report:
        found = Report(self._own_key(form), _languages(form, "name"), self._manual(form.form("seen"), REPORT))
        form.finish()
        return found

    def intervention(self, listed: Form, number: int) -> Intervention:
        form = listed.form(str(number), f"intervention {number}")
        depends_on = form.number("depends_on")
        if depends_on is not None and (depends_on not in INTERVENTIONS or depends_on == number):
            form.refuse_field("depends_on", "`depends_on` must be the number of another intervention")
        found = Intervention(
            number=number,
            key=self._own_key(form),
            name=_languages(form, "name"),
            mechanism=_languages(form, "mechanism"),
            actors=_roles(form, 1, "actors"),
            measure=form.choice("measure", _MEASURES),
            depends_on=depends_on,
            seen=self._manual(form.form("seen", f"code {number}+"), f"{number}+"),
            opposite=self._manual(form.form("opposite", f"code {number}-"), f"{number}-"),
            advice=self._advice(form.form("advice")),
        )
        form.finish()
        return found

    def _own_key(self, form: Form) -> str:
        key = _key(form)
        if key in self._keys:
            form.refuse_field("key", f"the key `{key}` is already that of {self._keys[key]}")
        self._keys[key] = form.where
        return key

    def _advice(self, form: Form) -> dict[str, Texts]:
        found = {s: _languages(form, s) for s in SITUATIONS if s != "no_occasion" or form.has(s)}
        form.finish()
        return found

    def _manual(self, form: Form, code: str) -> Manual:
        subs = form.forms("sub_reasons")
        if subs and not code.endswith("-"):
            form.refuse_field("sub_reasons", "only an opposite code has sub-reasons")
        found = Manual(
            code=code,
            include=form.text("include"),
            exclude=form.text("exclude"),
            anchors=form.texts("anchors", 2),
            boundary=form.texts("boundary", 1),
            sub_reasons=self._sub_reasons(subs),
            cues=tuple(self._cue(cue, code) for cue in form.forms("cues")),
        )
        form.finish()
        return found

    def _sub_reasons(self, forms: list[Form]) -> tuple[SubReason, ...]:
        found: list[SubReason] = []
        for form in forms:
            sub = SubReason(_key(form), form.text("id"), _languages(form, "name"))
            form.finish()
            for name in ("key", "id"):
                if getattr(sub, name) in [getattr(other, name) for other in found]:
                    form.refuse_field(name, f"the {name} `{getattr(sub, name)}` stands here twice")
            self._sub_keys.append((form, sub.key))
            found.append(sub)
        return tuple(found)

    def _cue(self, form: Form, code: str) -> Cue:
        cue = Cue(
            id=form.text("id"),
            code=code,
            line=form.line,
            weight=form.choice("weight", WEIGHTS),
            any=self._terms(form, "any"),
            all=self._terms(form, "all"),
            without=self._terms(form, "not"),
            not_before=self._terms(form, "not_before"),
            role=_roles(form),
            question=form.flag("question"),
            min_words=form.number("min_words") or 0,
            max_words=form.number("max_words"),
            media=form.flag("media"),
            emoji=form.choice("emoji", _EMOJI) if form.has("emoji") else None,
            after=_context(form, "after"),
            not_after=_context(form, "not_after"),
            unanswered=form.minutes("unanswered") if form.has("unanswered") else None,
            yes=form.texts("yes", 1),
            no=form.texts("no"),
        )
        form.finish()
        if cue.id in self._cue_ids:
            form.refuse_field("id", f"the id `{cue.id}` is used by another cue")
        self._cue_ids.add(cue.id)
        if not (cue.any or cue.all or cue.media or cue.emoji in ("some", "only")):
            form.refuse(f"the cue `{cue.id}` has no words: give it `any` or `all`")
        return cue

    def _terms(self, form: Form, name: str) -> tuple[str, ...]:
        terms = form.texts(name)
        for term in terms:
            if is_regex(term):
                try:
                    re.compile(term[1:-1], re.IGNORECASE)
                except re.error as error:
                    form.refuse_field(name, f"`{term}` is no regular expression: {error}")
                continue
            for word in re.split("[ _]+", term):
                if word.startswith("@") and word[1:] not in self.words:
                    form.refuse_field(name, f"there is no list `{word}` under `words`")
                if not word.strip("*=@"):
                    form.refuse_field(name, f"`{term}` holds a word without letters")
        return terms


def is_regex(term: str) -> bool:
    """Whether a term of a cue is a `/regular expression/`."""
    return len(term) > 2 and term.startswith("/") and term.endswith("/")


def _context(form: Form, name: str) -> Context | None:
    if not form.has(name):
        return None
    inner = form.form(name)
    if inner.has("code") == inner.has("question"):
        inner.refuse(f"`{name}` needs either `code` or `question: true`")
    found = Context(
        code=inner.choice("code", _CODES) if inner.has("code") else None,
        question=bool(inner.flag("question")),
        within=inner.minutes("within"),
        by=inner.choice("by", _BY) if inner.has("by") else "other",
        role=_roles(inner),
        open=bool(inner.flag("open")),
    )
    inner.finish()
    return found
