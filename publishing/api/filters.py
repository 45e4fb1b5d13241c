"""Filters: every one reads the facets beside the documents, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters as filters
from django.contrib.postgres.search import SearchQuery
from django.db.models import Func, Q, QuerySet, TextField, Value

from publishing.models import Document, Kind
from sources.models import Term

if TYPE_CHECKING:
    from collections.abc import Iterable

# What a list takes beside its filters (publishing.api.pagination).
PAGING = ("cursor", "format", "limit", "ordering")


class FacetFilter(filters.CharFilter):
    """Objects that bear one of the comma-separated values.

    With `terms` (a code list) or `values` the values are held to that list.
    """

    def __init__(
        self,
        facet: str,
        help_text: str,
        *,
        terms: str | None = None,
        values: Iterable[str] | None = None,
    ) -> None:
        super().__init__(label=help_text, help_text=help_text)
        self.facet = facet
        self.terms = terms
        self.values = list(values) if values is not None else None

    def allowed(self) -> list[str] | None:
        """The values there are, null where any text may be asked for."""
        if self.terms:
            codes = Term.objects.filter(list=self.terms).values_list("code", flat=True)
            return list(codes)
        return self.values

    def unknown(self, value: str) -> list[str]:
        """The values asked for that are not of the list."""
        allowed = self.allowed() if value else None
        return [v for v in _parts(value) if allowed is not None and v not in allowed]

    def filter(self, queryset: QuerySet[Document], value: str) -> QuerySet[Document]:
        if not value:
            return queryset
        tokens = [f"{self.facet}:{part}" for part in _parts(value)]
        return queryset.filter(facets__overlap=tokens)


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",")]


class FoldedFilter(filters.CharFilter):
    """Objects with that name, whatever its case and accents."""

    def __init__(self, facet: str, help_text: str) -> None:
        super().__init__(label=help_text, help_text=help_text)
        self.facet = facet

    def filter(self, queryset: QuerySet[Document], value: str) -> QuerySet[Document]:
        return queryset.filter(_bears_name(self.facet, value)) if value else queryset


def _bears_name(facet: str, name: str) -> Q:
    token = Func(
        Value(f"{facet}:"),
        Func(Value(name), function="newsdb_fold"),
        function="concat",
        output_field=TextField(),
    )
    tokens = Func(token, function="ARRAY", template="%(function)s[%(expressions)s]")
    return Q(facets__contains=tokens)


class AliasFilter(filters.CharFilter):
    """Objects in which an actor of that name takes the part `facet`."""

    def __init__(self, facet: str, help_text: str) -> None:
        super().__init__(label=help_text, help_text=help_text)
        self.facet = facet

    def filter(self, queryset: QuerySet[Document], value: str) -> QuerySet[Document]:
        if not value:
            return queryset
        actors = Document.objects.current().of(Kind.ACTOR)
        named = actors.filter(_bears_name("alias", value))
        tokens = [
            f"{self.facet}:{pk}" for pk in named.values_list("object_id", flat=True)
        ]
        return queryset.filter(facets__overlap=tokens) if tokens else queryset.none()


class SearchFilter(filters.CharFilter):
    def filter(self, queryset: QuerySet[Document], value: str) -> QuerySet[Document]:
        if not value:
            return queryset
        query = SearchQuery(value, config="newsdb", search_type="websearch")
        return queryset.filter(search=query)


class DocumentFilterSet(filters.FilterSet):
    """What every list can be filtered by."""

    id = filters.BaseInFilter(
        field_name="object_id",
        lookup_expr="in",
        help_text="One or several ids, separated by commas.",
    )
    slug = filters.CharFilter(help_text="The key of the object.")
    q = SearchFilter(
        help_text='Words in the object\'s texts; "exact phrase", or, -without.'
    )
    modified_since = filters.IsoDateTimeFilter(
        field_name="valid_from",
        lookup_expr="gte",
        help_text="Record time: published in this form at or after that moment.",
    )

    class Meta:
        model = Document
        fields: tuple[str, ...] = ()

    def problems(self) -> list[dict[str, Any]]:
        """Everything that is wrong with the parameters, for BadParameters."""
        given = self.data or {}
        known = [*self.filters, *PAGING]
        problems: list[dict[str, Any]] = [
            {
                "parameter": name,
                "message": f"There is no filter “{name}” here.",
                "allowed": sorted(known),
            }
            for name in sorted(set(given) - set(known))
        ]
        problems += [
            {"parameter": name, "message": " ".join(messages)}
            for name, messages in self.errors.items()
        ]
        for name, field in self.filters.items():
            if isinstance(field, FacetFilter) and (
                unknown := field.unknown(given.get(name, ""))
            ):
                problems.append(
                    {
                        "parameter": name,
                        "message": f"Not one of the values: {', '.join(unknown)}.",
                        "allowed": field.allowed(),
                    }
                )
        return problems


class DatedFilterSet(DocumentFilterSet):
    """Dates are intervals: an object matches when its interval overlaps the one asked.

    Objects of wholly unknown date never match; a half-open date reaches as far as it
    may.
    """

    date_from = filters.DateFilter(
        method="overlaps_from",
        help_text="Event time: may have been on or after that day (YYYY-MM-DD).",
    )
    date_to = filters.DateFilter(
        method="overlaps_to",
        help_text="Event time: may have been on or before that day (YYYY-MM-DD).",
    )
    date_precision = FacetFilter(
        "date_precision", "How exactly the date is known.", terms="date-precision"
    )

    def overlaps_from(self, queryset: Any, name: str, day: Any) -> Any:
        return queryset.filter(
            Q(date_latest__gte=day)
            | Q(date_latest__isnull=True, date_earliest__isnull=False)
        )

    def overlaps_to(self, queryset: Any, name: str, day: Any) -> Any:
        return queryset.filter(
            Q(date_earliest__lte=day)
            | Q(date_earliest__isnull=True, date_latest__isnull=False)
        )


class OutletFilterSet(DocumentFilterSet):
    name = FoldedFilter("name", "Its name, whatever case and accents.")
    country = FacetFilter("country", "ISO 3166-1 alpha-3.", terms="country")
    reliability = FacetFilter(
        "reliability", "Admiralty letter.", terms="admiralty-reliability"
    )


class ArticleFilterSet(DatedFilterSet):
    outlet = FacetFilter("outlet", "Id or key of the outlet.")
    origin = FacetFilter("origin", "Id or key of the origin it shares with others.")
    actor = FacetFilter("actor", "Id or key of an actor it mentions.")
    alias = AliasFilter("actor", "Any name of an actor it mentions.")
    claim = FacetFilter("claim", "Id or key of a claim it is evidence for.")
    language = FacetFilter("language", "BCP 47 tag.")
    sha256 = filters.CharFilter(field_name="slug", help_text="Of the UTF-8 text.")


class ActorFilterSet(DocumentFilterSet):
    kind = FacetFilter("kind", "Kind of actor.", terms="actor-kind")
    country = FacetFilter("country", "ISO 3166-1 alpha-3.", terms="country")
    alias = FoldedFilter("alias", "Any of its names, whatever case and accents.")
    relation = FacetFilter(
        "relation", "Has a relation of that kind.", terms="relation-kind"
    )
    related_to = FacetFilter("related_to", "Has a relation with that actor.")
    identifier = FacetFilter("identifier", "What another database calls it.")


class RelationFilterSet(DocumentFilterSet):
    kind = FacetFilter("kind", "Kind of relation.", terms="relation-kind")
    actor = FacetFilter("actor", "Id or key of either side.")
    alias = AliasFilter("actor", "Any name of either side.")
    subject = FacetFilter("subject", "Id or key of the subject.")
    object = FacetFilter("object", "Id or key of the object.")
    disputed = FacetFilter(
        "disputed", "Some say so, some say otherwise.", values=("true", "false")
    )
    denied = FacetFilter(
        "denied", "All who speak of it say it is not so.", values=("true", "false")
    )


class PlaceFilterSet(DocumentFilterSet):
    kind = FacetFilter("kind", "Kind of place.", terms="place-kind")
    country = FacetFilter("country", "ISO 3166-1 alpha-3.", terms="country")
    parent = FacetFilter("parent", "Id or key of the place around it.")
    name = FoldedFilter("name", "Any of its names, whatever case and accents.")
    identifier = FacetFilter("identifier", "What another gazetteer calls it.")


class EventFilterSet(DatedFilterSet):
    actor = FacetFilter("actor", "Id or key of a participant.")
    alias = AliasFilter("actor", "Any name of a participant.")
    actor_country = FacetFilter(
        "actor_country", "Country of a participant.", terms="country"
    )
    role = FacetFilter("role", "Some actor has that role.", terms="role")
    event_type = FacetFilter("event_type", "PLOVER type.", terms="plover-type")
    mode = FacetFilter("mode", "PLOVER mode (TYPE.mode).", terms="plover-mode")
    context = FacetFilter("context", "PLOVER context.", terms="plover-context")
    acled_sub_event = FacetFilter(
        "acled_sub_event", "ACLED sub-event.", terms="acled-sub-event"
    )
    modality = FacetFilter("modality", "Whether it happened.", terms="event-modality")
    country = FacetFilter("country", "Where: ISO 3166-1 alpha-3.", terms="country")
    place = FacetFilter("place", "Id or key of the place.")
    place_precision = FacetFilter(
        "place_precision", "How exactly it is placed.", terms="place-precision"
    )
    measure = FacetFilter("measure", "Has figures of that measure.", terms="measure")
    group = FacetFilter("group", "Has figures of that group.", terms="group")
    verdict = FacetFilter("verdict", "An estimate has that verdict.", terms="verdict")
    article = FacetFilter("article", "Id or sha256 of an article that reports it.")
    outlet = FacetFilter("outlet", "Id or key of an outlet that reports it.")
    claim = FacetFilter("claim", "Id or key of a claim about it.")
    identifier = FacetFilter("identifier", "What another database calls it.")


class ClaimFilterSet(DocumentFilterSet):
    kind = FacetFilter("kind", "What sort of thing is claimed.", terms="claim-kind")
    modality = FacetFilter(
        "modality", "How the speaker puts it.", terms="claim-modality"
    )
    polarity = FacetFilter("polarity", "So, or not so.", terms="claim-polarity")
    voice = FacetFilter(
        "voice", "The article says it, or says who says it.", terms="claim-voice"
    )
    speaker = FacetFilter("speaker", "Id or key of who says it.")
    alias = AliasFilter("speaker", "Any name of who says it.")
    attributed_to = FacetFilter("attributed_to", "Id or key of who passes it on.")
    event = FacetFilter("event", "Id or key of the event it is about.")
    relation = FacetFilter("relation", "Id or key of the relation it is about.")
    article = FacetFilter("article", "Id or sha256 of an article it is quoted from.")
    measure = FacetFilter("measure", "What is counted.", terms="measure")
    group = FacetFilter("group", "Who is counted.", terms="group")
    quantifier = FacetFilter("quantifier", "How it is worded.", terms="quantifier")


FILTERS: dict[Kind, type[DocumentFilterSet]] = {
    Kind.OUTLET: OutletFilterSet,
    Kind.ARTICLE: ArticleFilterSet,
    Kind.ACTOR: ActorFilterSet,
    Kind.RELATION: RelationFilterSet,
    Kind.PLACE: PlaceFilterSet,
    Kind.EVENT: EventFilterSet,
    Kind.CLAIM: ClaimFilterSet,
}
