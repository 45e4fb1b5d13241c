"""Search in lists: every word typed, in any of the columns searched."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from django.db.models import Func, Q, Value
from django.utils.text import smart_split, unescape_string_literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest


class WordSearch:
    """A mixin, before unfold's class."""

    search_fields: Sequence[str]

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
        """Where one word is looked for; `folded` columns have a trigram index."""
        plain = Q()
        for name in self.search_fields:
            if name.endswith("folded"):
                plain |= Q(**{f"{name}__contains": folded(word)})
            else:
                plain |= Q(**{f"{name}__icontains": word})
        return plain


def folded(word: str) -> Func:
    """`word` as the folded columns keep names: lower case, without accents."""
    return Func(Value(word), function="newsdb_fold")


def _words(search_term: str) -> list[str]:
    return [
        unescape_string_literal(bit) if bit[0] in "\"'" and bit[0] == bit[-1] else bit
        for bit in smart_split(search_term)
    ]
