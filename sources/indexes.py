"""Indexes by which the lists of the admin search."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models.functions import Upper


def words_index(name: str, *columns: str) -> GinIndex:
    """For `icontains` over these columns, alone or one or the other: by trigrams."""
    parts = (OpClass(Upper(column), name="gin_trgm_ops") for column in columns)
    return GinIndex(*parts, name=name)
