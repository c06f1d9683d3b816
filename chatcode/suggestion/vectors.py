"""Messages as rows of figures, and log-odds of cues and classifier joined: what learning and use share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chatcode.domain import CODES, Suggestions
from chatcode.suggestion.features import FIGURES, Features

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

    from chatcode.suggestion.sentences import Sentences

PARTS = ("words", "parts", "near")  # words of the text, parts of its words, words of its neighbours
_WORD = r"(?u)\w+|[^\w\s]"
_NEAR_WEIGHT, _FIGURE_WEIGHT, _CUE_WEIGHT = 0.4, 0.15, 0.3  # the context must not drown the text
_SENTENCE_WEIGHT = 0.5  # of .3 to 1 the best on the six chats
_MISSED = 0.7  # a code without a cue is that much of its usual share


def least(part: str, messages: int) -> int:
    """In how many messages a term must stand: what one alone holds may be a person's, and many bring chance.

    Of 23,000 messages a third of the terms goes so, at .002 of mean average precision.
    """
    return 3 + messages // 4000 if part == "parts" else 2 + messages // 15000


def vectorizer(part: str, vocabulary: Sequence[str] | None = None, idf: np.ndarray | None = None) -> Any:  # noqa: ANN401
    """A TF-IDF vectorizer for one of `PARTS`: a new one, or one that knows its vocabulary."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    options: dict[str, Any] = {"sublinear_tf": True, "lowercase": False}
    if vocabulary is None:
        options["min_df"] = least(part, 0)
    else:
        options["vocabulary"] = {term: number for number, term in enumerate(vocabulary)}
    if part == "parts":
        options |= {"analyzer": "char", "ngram_range": (3, 5)}
    else:
        options |= {"token_pattern": _WORD, "ngram_range": (1, 2) if part == "words" else (1, 1)}
    made = TfidfVectorizer(**options)
    if idf is not None:
        made.idf_ = idf
    return made


def rows_of(vectorizers: Mapping[str, Any], seen: Features, sentences: Sentences | None = None) -> csr_matrix:
    """One row a message; with an encoder, sentences' vectors come last: the text's, and the one before."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack

    scale = np.array([_CUE_WEIGHT if name.startswith("cue") else _FIGURE_WEIGHT for name in FIGURES])
    near = vectorizers["near"].transform(seen.texts) * _NEAR_WEIGHT
    columns = [
        vectorizers["words"].transform(seen.texts),
        vectorizers["parts"].transform(seen.texts),
        _beside(near, seen.before, -1),
        _beside(near, seen.after, 1),
        csr_matrix(seen.figures * scale),
    ]
    if sentences is not None:
        embedded = sentences.embed(seen.texts)
        before = np.zeros_like(embedded)
        if len(embedded) > 1:
            same = seen.talks[1:] == seen.talks[:-1]
            before[1:][same] = embedded[:-1][same]
        columns += [csr_matrix(embedded * _SENTENCE_WEIGHT), csr_matrix(before * _SENTENCE_WEIGHT / 2)]
    return csr_matrix(hstack(columns), dtype=np.float32)


def _beside(near: csr_matrix, texts: Sequence[str], step: int) -> csr_matrix:
    """The rows of the neighbours: a message's own row stands a step away; an empty text has none."""
    import numpy as np
    from scipy.sparse import csr_matrix

    places = np.arange(len(texts)) + step
    there = np.array([bool(text) for text in texts], dtype=np.float32)
    return csr_matrix(near[np.clip(places, 0, len(texts) - 1)].multiply(there[:, None]))


def join(
    learned: np.ndarray, cued: Sequence[Suggestions], priors: np.ndarray, trust: np.ndarray
) -> np.ndarray:
    """Mix log-odds of classifier and cues; where no cue was met, a code is rarer than usual.

    `trust` is the share of the cues per code.
    """
    import numpy as np

    column = {code: number for number, code in enumerate(CODES)}
    rules = np.tile(priors * _MISSED, (len(cued), 1))
    for row, suggestions in enumerate(cued):
        for code, p in suggestions.scores.items():
            rules[row, column[code]] = p
    mixed: np.ndarray = (1 - trust) * learned + trust * logit(rules)
    return mixed


def logit(p: np.ndarray) -> np.ndarray:
    """Log-odds of probabilities, kept finite."""
    import numpy as np

    p = np.clip(p, 1e-3, 1 - 1e-3)
    odds: np.ndarray = np.log(p / (1 - p))
    return odds


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Probabilities of log-odds."""
    import numpy as np

    p: np.ndarray = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
    return p
