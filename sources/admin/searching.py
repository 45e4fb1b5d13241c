"""Search in lists: every word typed, in any of the columns searched."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Q, Value
from django.utils.text import smart_split, unescape_string_literal

from sources.expressions import among, folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


FEW = 10_000  # rows of another table, whose keys are named in the question


class WordSearch:
    """A mixin, before unfold's class."""

    search_fields: Sequence[str]
    model: type[Model]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Rows in which every word typed is found, in any of the columns searched."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(
            reduce(and_, (self.found_by(word) for word in _words(search_term)))
        ), False

    def found_by(self, word: str) -> Q:
        """Where one word is looked for, by the indexes of sources.indexes."""
        found = Q()
        for name in self.search_fields:
            relation, _, column = name.rpartition("__")
            if relation:
                found |= self._found_beside(relation, column, word)
            else:
                found |= _holds(column, word)
        return found

    def _found_beside(self, relation: str, column: str, word: str) -> Q:
        """Rows that point to one which holds the word.

        While few do, they are read first: with their keys, the database takes the
        indexes of both tables. Of a word that many hold, the list soon has a page full.
        """
        target: Any = self.model._meta.get_field(relation).related_model
        holding = target._default_manager.filter(_holds(column, word)).order_by()
        keys = list(holding.values_list("pk", flat=True)[: FEW + 1])
        if len(keys) > FEW:
            return _holds(f"{relation}__{column}", word)
        # The keys as one value: Django looks at each of a list.
        listed = Value(keys, output_field=ArrayField(BigIntegerField()))
        return Q(among(relation, listed))


def _holds(column: str, word: str) -> Q:
    if column.endswith("folded"):
        return Q(**{f"{column}__contains": folded(word)})
    return Q(**{f"{column}__icontains": word})


def _words(search_term: str) -> list[str]:
    return [
        unescape_string_literal(bit) if bit[0] in "\"'" and bit[0] == bit[-1] else bit
        for bit in smart_split(search_term)
    ]
