"""`q`: words in texts, and names also where they are spelt otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Q

from publishing.api.filters.base import Filter
from publishing.facets import FOLDED
from publishing.models import Kind

if TYPE_CHECKING:
    from publishing.api.filters.conditions import Conditions

# So many of the likest names are taken; the likeness is that of migration 0010.
MOST_ALIKE = 50
# In what these are about, an actor of such a name takes this part.
ACTORS_IN = {
    Kind.ARTICLE: "actor",
    Kind.RELATION: "actor",
    Kind.EVENT: "actor",
    Kind.CLAIM: "speaker",
}
_OPERATORS = re.compile(r'"|(^|\s)-|\bor\b', re.IGNORECASE)


class WordsFilter(Filter):
    """Documents with the words, or about somebody or something of such a name."""

    def narrow(self, conditions: Conditions, value: str) -> None:
        found = Q(search=query_of(value))
        if not _OPERATORS.search(value):
            found |= _named(conditions, value)
        conditions.of_log(found)
        conditions.words = value


def query_of(words: str) -> SearchQuery:
    return SearchQuery(words, config="newsdb", search_type="websearch")


def _named(conditions: Conditions, words: str) -> Q:
    if conditions.kind in FOLDED:
        return Q(pk__in=list(alike(conditions, words, conditions.kind)))
    actors = alike(conditions, words, Kind.ACTOR).values()
    part = ACTORS_IN[conditions.kind]
    tokens = [f"{part}:{object_id}" for object_id, _ in actors]
    return Q(facets__overlap=tokens) if tokens else Q()


def alike(
    conditions: Conditions, words: str, kind: Kind
) -> dict[int, tuple[int, float]]:
    """Documents with names like the words → object id and likeness, 0.5 to 1."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM publishing_alike(%s, %s, %s, %s)",
            [words, kind.value, conditions.moment, MOST_ALIKE],
        )
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}
