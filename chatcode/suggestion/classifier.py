"""Learning a classifier per code from codings; thresholds come from messages that were not learned from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chatcode.domain import CODES, Suggestions
from chatcode.suggestion.features import FIGURES, Features
from chatcode.suggestion.model import Model
from chatcode.suggestion.vectors import PARTS, join, logit, rows_of, sigmoid, vectorizer

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

_STRENGTH = 10.0  # inverse regularisation of the logistic regressions
_LEAST = 3  # positives below which a code is not learned
_GUARDED = 5  # positives below which a code keeps the threshold of one half
_PSEUDO_ERRORS = 3
_TRUST = 15.0  # positives at which the cues' share has fallen to a quarter


@dataclass(frozen=True, slots=True)
class Lesson:
    """Messages with their codings: features, what the cues say, and a row of booleans per message.

    `known` says which rows were reviewed; the others are context only. `folds` numbers the rows: rows of
    one number are judged together, by what was learned from the others. Minus one: always learned from.
    """

    seen: Features
    cued: Sequence[Suggestions]
    codings: np.ndarray
    known: np.ndarray
    folds: np.ndarray


def fit(lessons: Sequence[Lesson], *, card: Mapping[str, Any], start: Model | None = None) -> Model:
    """Learn from codings; calibration and thresholds come from messages that were not learned from."""
    import numpy as np

    known = np.concatenate([lesson.known for lesson in lessons])
    gold = np.vstack([lesson.codings for lesson in lessons])[known]
    folds = np.concatenate([lesson.folds for lesson in lessons])[known]
    cued = [s for lesson in lessons for s, k in zip(lesson.cued, lesson.known, strict=True) if k]
    judged = folds >= 0
    vectorizers = _learn_words([lesson.seen for lesson in lessons])
    rows = _stack(
        [
            rows_of(vectorizers, lesson.seen, start.learned(lesson.seen) if start else None)
            for lesson in lessons
        ]
    )[known]
    out = np.zeros(gold.shape, dtype=np.float64)
    for number in np.unique(folds[judged]):
        test, train = folds == number, folds != number
        weights, intercept = _regress(rows[train], gold[train])
        priors, trust = _priors(gold[train]), _trust(gold[train])
        tested = [s for s, t in zip(cued, test, strict=True) if t]
        out[test] = join(rows[test] @ weights + intercept, tested, priors, trust)
    weights, intercept = _regress(rows, gold)
    priors = _priors(gold[judged] if judged.any() else gold)
    calibration = _calibrate(out[judged], gold[judged], priors)
    a, b, c = calibration
    chances = sigmoid(a * out[judged] + b * logit(priors) + c)
    return Model(
        card={**card, "messages": int(known.sum()), "figures": len(FIGURES)},
        vocabularies={part: vectorizers[part].get_feature_names_out().tolist() for part in PARTS},
        idf={part: vectorizers[part].idf_ for part in PARTS},
        weights=weights,
        intercept=intercept,
        priors=priors,
        trust=_trust(gold),
        thresholds=_thresholds(chances, gold[judged]),
        calibration=calibration,
        start=start,
    )


def _learn_words(seen: Sequence[Features]) -> dict[str, Any]:
    texts = [text for one in seen for text in one.texts]
    return {part: vectorizer(part).fit(texts) for part in PARTS}


def _stack(rows: Sequence[csr_matrix]) -> csr_matrix:
    from scipy.sparse import csr_matrix, vstack

    return csr_matrix(vstack(rows))


def _regress(rows: csr_matrix, gold: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows = rows.astype(np.float64)  # what liblinear works in
    weights = np.zeros((rows.shape[1], gold.shape[1]), dtype=np.float32)
    intercept = logit(_priors(gold)).astype(np.float32)
    for column in range(gold.shape[1]):
        if _LEAST <= gold[:, column].sum() < len(gold):
            # The dual form: many more features than messages; ten times as fast, the same weights.
            regression = LogisticRegression(
                C=_STRENGTH, solver="liblinear", dual=True, random_state=0, max_iter=2000
            )
            found = regression.fit(rows, gold[:, column])
            weights[:, column], intercept[column] = found.coef_[0], found.intercept_[0]
    return weights, intercept


def _priors(gold: np.ndarray) -> np.ndarray:
    priors: np.ndarray = (gold.sum(axis=0) + 0.5) / (len(gold) + 5.0)
    return priors


def _trust(gold: np.ndarray) -> np.ndarray:
    """The share of the cues: all of it for a code hardly seen, less the more often it was coded."""
    import numpy as np

    positives = gold.sum(axis=0)
    share: np.ndarray = np.where(positives < _LEAST, 1.0, 0.5 * _TRUST / (_TRUST + positives) + 0.05)
    return share


def _calibrate(logits: np.ndarray, gold: np.ndarray, priors: np.ndarray) -> tuple[float, float, float]:
    """One calibration for all codes, so that rare codes are calibrated too."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    if not len(gold) or not gold.any() or gold.all():
        return 1.0, 0.0, 0.0
    both = np.column_stack([logits.ravel(), np.tile(logit(priors), len(logits))])
    found = LogisticRegression(C=1e4).fit(both, gold.ravel())
    return float(found.coef_[0][0]), float(found.coef_[0][1]), float(found.intercept_[0])


def _thresholds(chances: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """Per code the threshold of the best F1 out of fold, guarded against floods of a code that is rare.

    A code with few positives keeps one half; no threshold gives more than twice the seen number; three
    pseudo-errors keep a lucky handful from setting it.
    """
    import numpy as np

    found = np.full(len(CODES), 0.5, dtype=np.float32)
    for column in range(gold.shape[1] if len(gold) else 0):
        positives = gold[:, column].sum()
        if positives < _GUARDED:
            continue
        order = np.argsort(-chances[:, column], kind="stable")
        given = np.arange(1, len(order) + 1)
        f1 = 2 * np.cumsum(gold[order, column]) / (given + positives + _PSEUDO_ERRORS)
        f1[given > 2 * positives] = 0
        best = int(f1.argmax())
        following = chances[order[min(best + 1, len(order) - 1)], column]
        found[column] = (chances[order[best], column] + following) / 2
    return found
