"""The read half of the API: current documents, as they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpResponsePermanentRedirect
from django.http.response import HttpResponseRedirectBase
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet

from publishing.api.filters import FILTERS
from publishing.api.openapi import documented
from publishing.api.pagination import BY_DATE, BY_ID, page_of, paging_problems
from publishing.api.problems import Gone, refuse
from publishing.api.renderers import Body
from publishing.models import Document, Kind

if TYPE_CHECKING:
    from rest_framework.request import Request


class OneForm(BaseContentNegotiation):
    """There is one form, JSON, whatever the Accept header prefers."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> Any:
        return renderers[0], renderers[0].media_type


class DocumentViewSet(ViewSet):
    """List and read the published objects of one kind."""

    kind: ClassVar[Kind]
    orderings: ClassVar[tuple[str, ...]] = BY_ID
    lookup_value_regex = "[^/]+"
    queryset = Document.objects.none()
    content_negotiation_class = OneForm

    def list(self, request: Request) -> Response:
        """Published objects, page by page."""
        filterset = FILTERS[self.kind](
            request.query_params, queryset=Document.objects.current().of(self.kind)
        )
        refuse(
            filterset.problems() + paging_problems(request.query_params, self.orderings)
        )
        return _cacheable(Response(page_of(filterset.qs, request, self.orderings)))

    def retrieve(self, request: Request, pk: str) -> Response:
        """One published object, by id or key."""
        document = self._find(pk)
        etag = quote_etag(document.sha256)
        asked = parse_etags(request.headers.get("If-None-Match", ""))
        # A proxy that compresses weakens the tag; for reading that is the same.
        asked = [tag.removeprefix("W/") for tag in asked]
        if etag in asked or "*" in asked:
            response = Response(status=304)
        else:
            response = Response(Body(document.body))
        response["ETag"] = etag
        return _cacheable(response)

    def _find(self, pk: str) -> Document:
        document = Document.objects.last_version(self.kind, pk)
        if document is None:
            raise NotFound(f"There is no published {self.kind} “{pk}”.")
        if document.gone:
            raise Gone
        return document


def _cacheable(response: Response) -> Response:
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


@documented
class OutletViewSet(DocumentViewSet):
    """Who publishes."""

    kind = Kind.OUTLET


@documented
class ArticleViewSet(DocumentViewSet):
    """Published texts exactly as received, with what they mention and prove."""

    kind = Kind.ARTICLE
    orderings = BY_DATE


@documented
class ActorViewSet(DocumentViewSet):
    """Who acts, suffers or speaks, under which names."""

    kind = Kind.ACTOR


@documented
class RelationViewSet(DocumentViewSet):
    """How actors stand to each other, and who says so or otherwise."""

    kind = Kind.RELATION


@documented
class PlaceViewSet(DocumentViewSet):
    """Where: every point with its radius."""

    kind = Kind.PLACE


@documented
class EventViewSet(DocumentViewSet):
    """What happened, where and when, and what the claims about it allow together."""

    kind = Kind.EVENT
    orderings = BY_DATE


@documented
class ClaimViewSet(DocumentViewSet):
    """Who says what, with the exact sentence."""

    kind = Kind.CLAIM


@extend_schema(exclude=True)
class UnknownAddress(APIView):
    """Whatever else is asked for below /api/v1/."""

    content_negotiation_class = OneForm

    def get(self, request: Request) -> Response | HttpResponseRedirectBase:
        if not request.path.endswith("/"):
            asked = request.META["QUERY_STRING"]
            return HttpResponsePermanentRedirect(
                f"{request.path}/{asked and f'?{asked}'}"
            )
        raise NotFound("There is nothing here. The addresses: /api/v1/docs/")


VIEWS: dict[str, Any] = {
    "outlets": OutletViewSet,
    "articles": ArticleViewSet,
    "actors": ActorViewSet,
    "relations": RelationViewSet,
    "places": PlaceViewSet,
    "events": EventViewSet,
    "claims": ClaimViewSet,
}
