"""A model: what was learned from codings, as data that suggests codes; nothing in it runs."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from chatcode.domain import CODES, Reason, Suggestions
from chatcode.errors import ChatcodeError
from chatcode.suggestion.features import FIGURES, Features
from chatcode.suggestion.net import Net, packed, unpacked
from chatcode.suggestion.surroundings import surroundings
from chatcode.suggestion.vectors import PARTS, join, logit, rows_of, sigmoid, vectorizer

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

    from chatcode.suggestion.sentences import Sentences

FORMAT = 4
_ARRAYS = (
    "weights",
    "intercept",
    "second",
    "second_intercept",
    "priors",
    "trust",
    "thresholds",
    "mass",
    "doubt",
)
MODEL_RULE = "model"
_LEAST = 0.01  # probabilities below it are not told
# Figures that tell a coder something, by how their names begin.
_TELLING = (
    "by a ", "after a ", "opens", "question", "report still", "report answered", "media", "emoji: ",
    "speaks to", "a professional has been", "the writer asked", "writes for the first", "somebody ",
)  # fmt: skip
_STANDINGS = (
    ("xprof", "a professional"),
    ("xbeheer", "an administrator"),
    ("xnaam", "a name"),
    ("xlink", "a link"),
)
_AROUND = "the messages around it and others of its writer"


@dataclass(frozen=True)
class Model:
    """What was learned: vocabularies, weights, calibration and thresholds.

    `weights` has a row per feature (words, parts of words, words before, words after, figures) and a column
    per code; `trust` is how much the cues weigh; `second` are the weights of the second look
    (`surroundings`), which counts for half. `mass` (a row per feature: the squares met), `doubt` (per code:
    the mean of p(1 - p)) and `heard` (messages) say how sure the weights are, for who goes on from them.
    `net` reads the messages in their order, where there is one; `calibration` joins its log-odds with the
    others. `card` says what it saw. Nothing in it runs.
    """

    card: Mapping[str, Any]
    vocabularies: Mapping[str, Sequence[str]] = field(repr=False)
    idf: Mapping[str, np.ndarray] = field(repr=False)
    weights: np.ndarray = field(repr=False)
    intercept: np.ndarray = field(repr=False)
    second: np.ndarray = field(repr=False)
    second_intercept: np.ndarray = field(repr=False)
    priors: np.ndarray = field(repr=False)
    trust: np.ndarray = field(repr=False)
    thresholds: np.ndarray = field(repr=False)
    mass: np.ndarray = field(repr=False)
    doubt: np.ndarray = field(repr=False)
    heard: float
    calibration: tuple[float, float, float, float]
    net: Net | None = field(default=None, repr=False)

    # ── use ───────────────────────────────────────────────────────────────────

    def suggest(self, seen: Features, cued: Sequence[Suggestions]) -> list[Suggestions]:
        """Join what was learned with what the cues say, per message of `seen`; `cued` is per message too."""
        import numpy as np

        rows = self.rows(seen)
        first = self.first(seen, cued, rows)
        chances = self._chances(first, seen)
        alone = self._calibrated(first, first) >= self.thresholds
        named = chances >= self.thresholds
        rounded = chances.astype(np.float64).round(4).tolist()
        return [
            self._one(rows, row, named[row].nonzero()[0].tolist(), rounded[row], alone[row], cues)
            for row, cues in enumerate(cued)
        ]

    def chances(self, seen: Features, cued: Sequence[Suggestions]) -> np.ndarray:
        """The probability of every code (column) for every message (row)."""
        return self._chances(self.first(seen, cued), seen)

    def first(
        self, seen: Features, cued: Sequence[Suggestions], rows: csr_matrix | None = None
    ) -> np.ndarray:
        """The log-odds of the first look, at each message by itself."""
        learned = (self.rows(seen) if rows is None else rows) @ self.weights + self.intercept
        return join(learned, cued, self.priors, self.trust)

    def rows(self, seen: Features) -> csr_matrix:
        """The feature rows of messages.

        Raises:
            ChatcodeError: its sentence embeddings are not here, or others than those it was made with.
        """
        rows = rows_of(self._vectorizers, seen, self.encoder)
        if rows.shape[1] != len(self.weights):
            raise ChatcodeError(
                "the model was trained with other sentence embeddings than are here",
                "Train again: chatcode train",
            )
        return rows

    @property
    def encoder(self) -> Sentences | None:
        """The encoder of sentences that it was made with; None for most models.

        Raises:
            ChatcodeError: it is not on this computer.
        """
        from chatcode.suggestion.sentences import sentences

        return sentences(self.card["sentences"]) if self.card.get("sentences") else None

    def _chances(self, first: np.ndarray, seen: Features) -> np.ndarray:
        looked = look_again(first, seen, self.second, self.second_intercept)
        return self._calibrated(looked, None if self.net is None else self.net.odds(seen))

    def _calibrated(self, logits: np.ndarray, read: np.ndarray | None) -> np.ndarray:
        """Log-odds, and those that the network read, as probabilities."""
        return calibrated(self.calibration, logits, self.priors, read)

    @cached_property
    def _vectorizers(self) -> dict[str, Any]:
        return {part: vectorizer(part, self.vocabularies[part], self.idf[part]) for part in PARTS}

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        """Per feature what to call it in a reason (empty: nothing a person can read), and its kind."""
        words = [(_readable(word), "word") for word in self.vocabularies["words"]]
        parts = [("", "")] * len(self.vocabularies["parts"])
        before = [(_readable(word), "before") for word in self.vocabularies["near"]]
        after = [("", "")] * len(self.vocabularies["near"])
        figures = [(_figure(name), "figure") for name in FIGURES]
        known = words + parts + before + after + figures
        # What a vector of a sentence tells nobody can read.
        return known + [("", "")] * (len(self.weights) - len(known))

    def _one(
        self,
        rows: csr_matrix,
        row: int,
        chosen: Sequence[int],
        chances: Sequence[float],
        alone: np.ndarray,
        cues: Suggestions,
    ) -> Suggestions:
        reasons = dict(cues.reasons)
        for column in chosen:
            if CODES[column] not in reasons:
                reasons[CODES[column]] = (self._reason(rows, row, column, bool(alone[column])),)
        scores = {code: p for code, p in zip(CODES, chances, strict=True) if p >= _LEAST}
        return Suggestions(frozenset(CODES[c] for c in chosen), scores, reasons)

    def _reason(self, rows: csr_matrix, row: int, column: int, alone: bool) -> Reason:
        """What spoke for a code: words and figures a coder can check; or its surroundings."""
        begin, end = rows.indptr[row], rows.indptr[row + 1]
        indices = rows.indices[begin:end]
        pull = rows.data[begin:end] * self.weights[indices, column]
        known, strongest = self._names, takewhile(lambda k: pull[k] > 0, (-pull).argsort())
        names = list(islice((known[indices[k]] for k in strongest if known[indices[k]][0]), 3))
        said = [f"“{name}”" if kind == "word" else name for name, kind in names if kind != "before"]
        said += [f"“{name}” in the message before" for name, kind in names if kind == "before"]
        if not alone:
            said.append(_AROUND)
        return Reason(MODEL_RULE, ", ".join(said))

    # ── keep ──────────────────────────────────────────────────────────────────

    def save(self, path: Path) -> None:
        """Write the model to a file (npz: arrays and a JSON text; no code)."""
        path.write_bytes(self.to_bytes())

    def to_bytes(self) -> bytes:
        """The model as the bytes of an npz file."""
        import numpy as np

        kept: dict[str, Any] = {
            name: getattr(self, name).astype(np.float16 if name == "weights" else np.float32)
            for name in _ARRAYS
        }
        for part in PARTS:
            kept[f"{part}.idf"] = self.idf[part].astype(np.float32)
            kept[part] = np.array("\n".join(self.vocabularies[part]))
        if self.net is not None:
            kept |= {f"net.{name}": array for name, array in packed(self.net).items()}
        kept["card"] = np.array(
            json.dumps({**self.card, "calibration": self.calibration, "heard": self.heard})
        )
        kept["format"] = np.array(FORMAT)
        out = io.BytesIO()
        np.savez_compressed(out, **kept)
        return out.getvalue()

    @classmethod
    def load(cls, path: Path) -> Model:
        """Read a model.

        Raises:
            ChatcodeError: the file is no model, or one of another version.
        """
        return cls.from_bytes(path.read_bytes(), path.name)

    @classmethod
    def from_bytes(cls, data: bytes, origin: str) -> Model:
        """Read a model from the bytes of its file; `origin` is what an error calls it."""
        import numpy as np

        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as kept:
                if int(kept["format"]) != FORMAT or len(FIGURES) != int(
                    json.loads(str(kept["card"]))["figures"]
                ):
                    raise ChatcodeError(f"{origin}: a model of another version", "train it again")
                return cls._read(kept)
        except (ValueError, KeyError, OSError, EOFError, BadZipFile) as error:
            raise ChatcodeError(f"{origin}: this is no model of chatcode", "train it again") from error

    @classmethod
    def _read(cls, kept: Mapping[str, np.ndarray]) -> Model:
        import numpy as np

        card = json.loads(str(kept["card"]))
        a, b, c, d = card.pop("calibration")
        net = {name.removeprefix("net."): kept[name] for name in kept if name.startswith("net.")}
        return cls(
            heard=card.pop("heard"),
            card=card,
            vocabularies={part: str(kept[part]).split("\n") for part in PARTS},
            idf={part: kept[f"{part}.idf"] for part in PARTS},
            calibration=(a, b, c, d),
            net=unpacked(net) if net else None,
            **{name: kept[name].astype(np.float32) for name in _ARRAYS},
        )


def calibrated(
    calibration: tuple[float, float, float, float],
    logits: np.ndarray,
    priors: np.ndarray,
    read: np.ndarray | None,
) -> np.ndarray:
    """Probabilities by the pooled logistic calibration (Platt 1999); `read` are the network's log-odds."""
    a, b, c, d = calibration
    return sigmoid(a * logits + b * logit(priors) + c + (0.0 if read is None else d * read))


def _figure(name: str) -> str:
    """A figure in a coder's words; a cue for another code in the message itself is no reason for this one."""
    if name.startswith("cue for ") and name.endswith(" before"):
        return f"after what looks like {name.removeprefix('cue for ').removesuffix(' before')}"
    return name if name.startswith(_TELLING) else ""


def look_again(first: np.ndarray, seen: Features, weights: np.ndarray, intercept: np.ndarray) -> np.ndarray:
    """Log-odds of both looks; a code without weights for the second keeps those of the first."""
    import numpy as np

    second = surroundings(first, seen) @ weights + intercept
    both: np.ndarray = np.where(weights.any(axis=0), (first + second) / 2, first)
    return both


def _readable(term: str) -> str:
    """A term that tells a coder something: with a word of three letters, or an emoji; else nothing."""
    for stands, what in _STANDINGS:
        term = term.replace(stands, what)
    return (
        term
        if any((len(part) > 2 and part.isalpha()) or ord(part[0]) > 0x2000 for part in term.split())
        else ""
    )
