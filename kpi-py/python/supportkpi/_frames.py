"""What counts as a data frame, for type checkers; no library of data frames is imported."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import Field
from typing import Any, ClassVar, Protocol


class ArrowStream(Protocol):
    """Whatever hands out its rows as Arrow record batches."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A capsule with a stream of Arrow's C interface."""


class LazyFrame(Protocol):
    """A query of Polars that has not run yet."""

    def collect_schema(self) -> object:
        """The columns that it will have."""

    def collect(self) -> ArrowStream:
        """Runs it."""
        ...


class Row(Protocol):
    """A dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


Rows = Iterable[Mapping[str, Any]] | Iterable[Row] | str | os.PathLike[str] | ArrowStream | LazyFrame
"""A table: rows as dicts or dataclasses, the JSON text of such rows, a data frame, or a Parquet file's path."""
