"""Figures as plain data and back, for the study file and for JSON."""

from __future__ import annotations

import json
import math
import types
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from chatcode.survey.figures import Figures


def plain(value: Any) -> Any:  # noqa: ANN401 whatever JSON takes
    """Data in JSON's types: a figure that does not exist becomes null."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def to_json(figures: Figures) -> str:
    """Figures as JSON, the same for the same figures."""
    return json.dumps(plain(figures), ensure_ascii=False)


def from_json(text: str) -> Figures:
    """Figures from what `to_json` made of them; what a later version added gets its default."""
    found = _made(Figures, json.loads(text))
    assert isinstance(found, Figures)
    return found


def _made(kind: Any, value: Any) -> Any:  # noqa: ANN401 a type and a value of it
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        assert isinstance(kind, type)
        return kind(**{f.name: _made(hints[f.name], value[f.name]) for f in fields(kind) if f.name in value})
    if origin in (Union, types.UnionType):
        return None if value is None else _made(next(one for one in inner if one is not type(None)), value)
    if origin is tuple:
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_made(one, part) for one, part in zip(kinds, value, strict=True))
    if origin is not None and isinstance(value, Mapping):
        return {key: _made(inner[1], one) for key, one in value.items()}
    return math.nan if kind is float and value is None else value
