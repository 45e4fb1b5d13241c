"""The read half of the API: current documents, as they are stored."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseRedirectBase
from django.urls import reverse
from django.utils.http import parse_etags, quote_etag
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException, NotFound
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet

from publishing.api.auth import door_of, opens_to_all
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
from publishing.api.renderers import rendered
from publishing.api.selection import Selection
from publishing.api.single import single_problems, text_of
from publishing.models import Document, Kind

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from rest_framework.request import Request

    from publishing.models import Version

# To be asked about again each time, but for the past, which stays as it is: a year.
FRESH = "public, max-age=0, must-revalidate"
SETTLED = "public, max-age=31536000, immutable"


NOTHING = "There is nothing here. The addresses: /api/v1/docs/."


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

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Reads that are open to everybody go straight to list and retrieve.

        DRF would authenticate, negotiate and parse what these do not look at, which
        takes longer than the answer. Their errors, and all other requests, are its own.
        """
        method = request.method or ""
        self.action = self.action_map.get(method.lower(), "")
        if method not in {"GET", "HEAD"} or not opens_to_all(door_of(self, method)):
            return super().dispatch(request, *args, **kwargs)
        try:
            handler = getattr(self, self.action)
            return handler(request, *args, **kwargs)  # type: ignore[no-any-return]
        except (APIException, Http404, PermissionDenied, ValidationError) as error:
            self.headers = self.default_response_headers
            self.request = self.initialize_request(request, *args, **kwargs)
            answer = self.handle_exception(error)
            return self.finalize_response(self.request, answer, *args, **kwargs)

    def list(self, request: HttpRequest) -> HttpResponseBase:
        """Published objects, page by page."""
        selection = Selection(self.kind, request, self.orderings)
        refuse(selection.problems() + format_problems(request, self.kind))
        form = asked_format(request, self.kind)
        if form != JSON:
            return _cacheable(answer(form, selection), request)
        return _cacheable(_json(rendered(selection.page())), request)

    def retrieve(self, request: HttpRequest, pk: str) -> HttpResponseBase:
        """One published object, by id or key."""
        refuse(
            single_problems(request, self.kind)
            + format_problems(request, self.kind, single=True)
        )
        document = self._find(pk, as_of(request.GET))
        if document.merged_into:
            return _cacheable(_moved(request, self.kind, document.merged_into), request)
        form = asked_format(request, self.kind, single=True)
        text = text_of(request, self.kind, document)
        tag = tag_of(form, document)
        if text != document.body:
            tag = f"{tag}-{sha256(text.encode()).hexdigest()[:16]}"
        etag = quote_etag(tag)
        if _has_it(request, etag):
            response = HttpResponse(status=304)
            del response["Content-Type"]
        elif form != JSON:
            response = answer_one(form, request, document)
        else:
            response = _json(text.encode())
        response["ETag"] = etag
        return _cacheable(response, request)

    def _find(self, pk: str, moment: dt.datetime | None) -> Version:
        document = Document.objects.last_version(self.kind, pk, moment)
        if document is None:
            raise NotFound(f"There is no published {self.kind} “{pk}”.")
        if document.gone and not document.merged_into:
            raise Gone
        return document


def _json(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type=JSON.media_type)


def _has_it(request: HttpRequest, etag: str) -> bool:
    """Whether the client holds what bears that tag (If-None-Match)."""
    given = request.META.get("HTTP_IF_NONE_MATCH")
    if not given:
        return False
    # A proxy that compresses weakens the tag; for reading that is the same.
    asked = [tag.removeprefix("W/") for tag in parse_etags(given)]
    return etag in asked or "*" in asked


def _moved(request: HttpRequest, kind: Kind, into: dict[str, Any]) -> HttpResponse:
    """301 to the object that a merged one became, asked for in the same way."""
    address = request.build_absolute_uri(reverse(f"{kind}s-detail", args=[into["id"]]))
    asked = request.META["QUERY_STRING"]
    return HttpResponsePermanentRedirect(f"{address}{asked and f'?{asked}'}")


def _cacheable(response: HttpResponseBase, request: HttpRequest) -> HttpResponseBase:
    response["Vary"] = "Accept"
    # Nothing in it is to be run; said here, the policy of pages is not put together.
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    moment = as_of(request.GET)
    settled = moment is not None and is_settled(moment)
    response["Cache-Control"] = SETTLED if settled else FRESH
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
    """Whatever else is asked for below /api/."""

    content_negotiation_class = OneForm

    def get(self, request: Request) -> Response | HttpResponseRedirectBase:
        if not request.path.endswith("/"):
            asked = request.META["QUERY_STRING"]
            return HttpResponsePermanentRedirect(
                f"{request.path}/{asked and f'?{asked}'}"
            )
        raise NotFound(NOTHING)

    def http_method_not_allowed(self, request: Any, *_: Any, **__: Any) -> Response:
        slash = "" if request.path.endswith("/") else " They end with a slash."
        raise NotFound(f"{NOTHING}{slash}")


# What is asked for most comes first: addresses are tried in this order.
VIEWS: dict[str, Any] = {
    "events": EventViewSet,
    "claims": ClaimViewSet,
    "actors": ActorViewSet,
    "articles": ArticleViewSet,
    "places": PlaceViewSet,
    "relations": RelationViewSet,
    "outlets": OutletViewSet,
}
