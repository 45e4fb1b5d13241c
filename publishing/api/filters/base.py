"""What a filter is, and the kinds of filter that every list has."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import BooleanField, Expression, Func, Q, TextField, Value
from django.utils.dateparse import parse_datetime

from publishing.api.filters.postings import Said
from sources.expressions import folded
from sources.models import Term
from sources.numbers import is_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from publishing.api.filters.conditions import Conditions

TEXT = {"type": "string", "minLength": 1}
# One of several values: commas part them, and spaces around them count for nothing.
VALUE = {"type": "string", "pattern": "^[^,]*[^, ][^,]*$"}
WHOLE = {"type": "integer", "format": "int64", "minimum": 0}
MOST = 2**63 - 1


class RefusedError(ValueError):
    """A value that a filter cannot use; `allowed` are those it can, if they are few."""

    def __init__(self, message: str, allowed: Iterable[str] | None = None) -> None:
        super().__init__(message)
        self.allowed = list(allowed) if allowed is not None else None


class InSql(Expression):
    """A condition said in SQL, on columns of the one table that a list reads.

    Cheaper than the same put together by the ORM, which a list would feel.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, sql: str, *values: Any) -> None:
        super().__init__()
        self.sql, self.values = sql, values

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return self.sql, self.values


class Filter:
    """A parameter of lists: what it means, an example, and the condition it makes."""

    schema: ClassVar[dict[str, Any]] = TEXT
    # What of the documents it compares, and the code list of the values, if any.
    facet: str = ""
    terms: str | None = None

    def __init__(self, help_text: str, example: str) -> None:
        self.help_text = help_text
        self.example = example

    def described(self) -> str:
        """Its meaning, for OpenAPI."""
        return self.help_text

    def read(self, text: str, given: Mapping[str, str]) -> Any:
        """The value in `text`, beside the other parameters; raises RefusedError."""
        return text

    def narrow(self, conditions: Conditions, value: Any) -> None:
        """Add what the value read asks for."""
        raise NotImplementedError


class FacetFilter(Filter):
    """Objects that bear one of the comma-separated values.

    With `terms` (a code list) or `values` the values are held to that list.
    """

    schema: ClassVar[dict[str, Any]] = {"type": "array", "items": VALUE, "minItems": 1}

    def __init__(
        self,
        facet: str,
        help_text: str,
        example: str,
        *,
        terms: str | None = None,
        values: Iterable[str] | None = None,
    ) -> None:
        super().__init__(help_text, example)
        self.facet = facet
        self.terms = terms
        self.values = list(values) if values is not None else None
        # Values of the list that were asked for: it is not read again for them.
        self._seen: set[str] = set()

    def described(self) -> str:
        text = f"{self.help_text} One or several, separated by commas."
        return f"{text} Codes of the list `{self.terms}`." if self.terms else text

    def read(self, text: str, given: Mapping[str, str]) -> list[str]:
        parts = [part.strip(" ") for part in text.split(",")]
        if not all(parts):
            raise RefusedError("A value is missing before or after a comma.")
        if (self.terms or self.values) and not self._seen.issuperset(parts):
            allowed = self._allowed() or []
            if unknown := [part for part in parts if part not in allowed]:
                named = ", ".join(unknown)
                raise RefusedError(f"Not one of the values: {named}.", allowed)
            self._seen.update(parts)
        return parts

    def _allowed(self) -> list[str] | None:
        if self.terms:
            codes = Term.objects.filter(list=self.terms).values_list("code", flat=True)
            return list(codes)
        return self.values

    def narrow(self, conditions: Conditions, value: list[str]) -> None:
        conditions.bears(self.facet, value)


class IdFilter(Filter):
    schema: ClassVar[dict[str, Any]] = {
        "type": "array",
        "items": WHOLE,
        "minItems": 1,
    }

    def read(self, text: str, given: Mapping[str, str]) -> list[int]:
        return [whole(part.strip()) for part in text.split(",")]

    def narrow(self, conditions: Conditions, value: list[int]) -> None:
        named = conditions.stays_of_kind([str(each) for each in value])
        ids = [int(each) for each in named]
        conditions.holds(Said("object_id = ANY (%s::bigint[])", [ids]))


class SlugFilter(Filter):
    def narrow(self, conditions: Conditions, value: str) -> None:
        stays = conditions.stays_of_kind([value])[1:]
        conditions.of_log(Q(slug=value) | Q(object_id__in=stays))


class FoldedFilter(Filter):
    """Objects with that name, whatever its case and accents."""

    def __init__(self, facet: str, help_text: str, example: str) -> None:
        super().__init__(help_text, example)
        self.facet = facet

    def narrow(self, conditions: Conditions, value: str) -> None:
        conditions.of_log(bears_name(self.facet, value))


def bears_name(facet: str, name: str) -> Q:
    """Whether a document of the log has that name under that facet."""
    token = Func(
        Value(f"{facet}:"),
        folded(name),
        function="concat",
        output_field=TextField(),
    )
    tokens = Func(token, function="ARRAY", template="%(function)s[%(expressions)s]")
    return Q(facets__contains=tokens)


class RecordTimeFilter(Filter):
    """When the present form was published: nothing of when anything happened."""

    schema: ClassVar[dict[str, Any]] = {"type": "string", "format": "date-time"}

    def __init__(self, lookup: str, help_text: str, example: str) -> None:
        super().__init__(help_text, example)
        self.lookup = lookup

    def read(self, text: str, given: Mapping[str, str]) -> dt.datetime:
        return moment(text)

    def narrow(self, conditions: Conditions, value: dt.datetime) -> None:
        conditions.of_log(Q(**{f"valid_from__{self.lookup}": value}))


def moment(text: str) -> dt.datetime:
    """An ISO 8601 time, in UTC if it names no zone; raises RefusedError."""
    try:
        # A plus sign in a query means a space.
        found = parse_datetime(text.replace(" ", "+") if "T" in text else text)
        found = found or dt.datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(
            dt.UTC
        )
    except (ValueError, OverflowError):
        message = f"“{text}” is no time; write 2026-01-31T12:00:00Z."
        raise RefusedError(message) from None


def whole(text: str) -> int:
    """A whole number from 0; raises RefusedError."""
    if not (is_number(text, digits=19) and int(text) <= MOST):
        raise RefusedError(f"“{text}” is no whole number from 0.")
    return int(text)
