"""The read half of the API: current documents, as they are stored."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpResponsePermanentRedirect
from django.http.response import HttpResponseRedirectBase
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet

from publishing.api.formats import (
    JSON,
    answer,
    answer_one,
    asked_format,
    format_problems,
    tag_of,
)
from publishing.api.openapi import documented
from publishing.api.pagination import BY_DATE, BY_ID
from publishing.api.past import as_of, is_settled
from publishing.api.problems import Gone, refuse
from publishing.api.renderers import Body
from publishing.api.selection import Selection
from publishing.api.single import single_problems, text_of
from publishing.models import Document, Kind

if TYPE_CHECKING:
    import datetime as dt

    from django.http.response import HttpResponseBase
    from rest_framework.request import Request

YEAR = 31_536_000  # seconds


class OneForm(BaseContentNegotiation):
    """DRF renders JSON alone; publishing.api.formats has the other forms."""

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

    def list(self, request: Request) -> HttpResponseBase:
        """Published objects, page by page."""
        selection = Selection(self.kind, request, self.orderings)
        refuse(selection.problems() + format_problems(request, self.kind))
        form = asked_format(request, self.kind)
        if form != JSON:
            return _cacheable(answer(form, selection), request)
        return _cacheable(Response(selection.page()), request)

    def retrieve(self, request: Request, pk: str) -> HttpResponseBase:
        """One published object, by id or key."""
        refuse(
            single_problems(request, self.kind)
            + format_problems(request, self.kind, single=True)
        )
        document = self._find(pk, as_of(request.query_params))
        form = asked_format(request, self.kind, single=True)
        text = text_of(request, self.kind, document)
        tag = tag_of(form, document)
        if text != document.body:
            tag = f"{tag}-{sha256(text.encode()).hexdigest()[:16]}"
        etag = quote_etag(tag)
        asked = parse_etags(request.headers.get("If-None-Match", ""))
        # A proxy that compresses weakens the tag; for reading that is the same.
        asked = [tag.removeprefix("W/") for tag in asked]
        if etag in asked or "*" in asked:
            response: HttpResponseBase = Response(status=304)
        elif form != JSON:
            response = answer_one(form, request, document)
        else:
            response = Response(Body(text))
        response["ETag"] = etag
        return _cacheable(response, request)

    def _find(self, pk: str, moment: dt.datetime | None) -> Document:
        document = Document.objects.last_version(self.kind, pk, moment)
        if document is None:
            raise NotFound(f"There is no published {self.kind} “{pk}”.")
        if document.gone:
            raise Gone
        return document


def _cacheable(response: HttpResponseBase, request: Request) -> HttpResponseBase:
    """To be asked about again each time, but for the past, which stays as it is."""
    patch_vary_headers(response, ["Accept"])
    # Nothing in it is to be run; said here, the policy of pages is not put together.
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    response._csp_exempt = True  # type: ignore[attr-defined]
    moment = as_of(request.query_params)
    if moment and is_settled(moment):
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
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
