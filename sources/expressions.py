"""Expressions of SQL that several rooms ask with."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, Func, Value


def among(column: str, array: Any) -> Func:
    """Whether `column` is one of the elements of `array`."""
    return Func(
        F(column),
        array,
        template="(%(expressions)s))",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


def folded(words: str) -> Func:
    """`words` as the folded columns keep names: lower case, without accents."""
    return Func(Value(words), function="newsdb_fold")
