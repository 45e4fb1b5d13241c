"""`q`: words in texts, and names also where they are spelt otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Q

from publishing.api.filters.base import Filter, InSql
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
# Of the words without doubled letters: one or two are the beginning of many names.
LEAST_LETTERS = 3
_DOUBLED = re.compile(r"(.)\1+")
_OPERATORS = re.compile(r'"|(^|\s)-|\bor\b', re.IGNORECASE)


class WordsFilter(Filter):
    """Documents with the words, or about somebody or something of such a name."""

    def narrow(self, conditions: Conditions, value: str) -> None:
        found = Q(search=query_of(value))
        if may_be_name(value):
            found |= _named(conditions, value)
        conditions.of_log(found)
        conditions.words = value


def may_be_name(words: str) -> bool:
    """Whether they are plain words, and enough of them to be like some names only."""
    letters = _DOUBLED.sub(r"\1", words.strip())
    return len(letters) >= LEAST_LETTERS and not _OPERATORS.search(words)


def query_of(words: str) -> SearchQuery:
    return SearchQuery(words, config="newsdb", search_type="websearch")


def _named(conditions: Conditions, words: str) -> Q:
    """In one query with the rest: PostgreSQL looks the names up before it begins."""
    part = ACTORS_IN.get(conditions.kind)
    kind = Kind.ACTOR if part else conditions.kind
    found = "FROM publishing_alike(%s, %s, %s, %s) AS alike"
    asked = (words, kind.value, conditions.moment, MOST_ALIKE)
    if part:
        tokens = f"SELECT '{part}:' || alike.object_id {found}"
        return Q(InSql(f"facets && ARRAY({tokens})", *asked))
    return Q(InSql(f"id = ANY (ARRAY(SELECT alike.document_id {found}))", *asked))


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
