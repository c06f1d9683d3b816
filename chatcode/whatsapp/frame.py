"""An export as a table, for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from chatcode.domain import Export, Message

from .collector import collector_at_rest
from .entries import Entries

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


def to_frame(export: Export) -> pd.DataFrame:
    """Return one row per entry, in file order, with the fields of `Message` as columns.

    `sent_at` is datetime64[s] and `edited` is bool; the other columns hold the very objects of
    the messages (dtype object), so None stays None and targets stay tuples.
    """
    with collector_at_rest():
        return _frame(export.messages)


def _frame(messages: Sequence[Message]) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    def repeat(value: object, size: int) -> NDArray[np.object_]:
        column = np.empty(size, object)
        column.fill(value)
        return column

    entries = messages if isinstance(messages, Entries) else Entries.of(messages)
    columns = entries.columns(repeat)
    dtypes = {"sent_at": "datetime64[s]", "edited": "bool"}
    table = {}
    for field in fields(Message):
        values = getattr(columns, field.name)
        if field.name in dtypes:
            values = np.asarray(values, dtypes[field.name])
        elif not isinstance(values, np.ndarray):
            values = np.fromiter(values, object, len(values))
        table[field.name] = pd.Series(values, dtype=values.dtype, copy=False)
    return pd.DataFrame(table, copy=False)
