"""The views that write, and the views that read with writing beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers as s
from rest_framework.viewsets import ViewSet

from curation.storing import MOVED, WRITTEN
from publishing.api.answers import IF_NONE_MATCH, sent
from publishing.api.parsers import JSON, MERGE_PATCH
from publishing.api.schemas import WrongPart
from publishing.api.views import OneForm
from publishing.api.writes.articles import SubmitsArticles
from publishing.api.writes.base import LONGEST_WHY
from publishing.api.writes.bodies import singular
from publishing.api.writes.bulk import MODES, Bulk
from publishing.api.writes.described import (
    IF_MATCH,
    ROW_HEADERS,
    STATES,
    WRITE_HEADERS,
    problems,
)
from publishing.api.writes.drafts import Draft
from publishing.api.writes.proposals import Proposals
from publishing.api.writes.row_schemas import bulk_body, change_body, new_body
from publishing.api.writes.rows import MovesRows, WritesRows

if TYPE_CHECKING:
    from publishing.access.scopes import Door

ID = OpenApiParameter("id", str, OpenApiParameter.PATH, description="Its id or key.")


class RowState(s.Serializer[Any]):
    """A row as it stands, for those who write it."""

    id = s.IntegerField()
    status = s.ChoiceField(STATES)
    key = s.CharField(required=False)
    article = s.CharField(required=False, help_text="sha256; of claims and mentions.")
    etag = s.CharField(help_text="For If-Match.")
    row = s.DictField(
        help_text="As its kind is written: the schemas ActorRow, EventRow, and so on."
    )


class Move(s.Serializer[Any]):
    to = s.ChoiceField(STATES)
    why = s.CharField(
        max_length=LONGEST_WHY,
        required=False,
        help_text="Needed to reject and to retract.",
    )


class BulkResult(s.Serializer[Any]):
    row = s.IntegerField(help_text="Its place in what was sent, from 0.")
    result = s.ChoiceField(["created", "changed", "same", "refused"])
    id = s.IntegerField(required=False)
    key = s.CharField(required=False)
    errors = WrongPart(many=True, required=False)  # type: ignore[assignment]


class BulkResults(s.Serializer[Any]):
    mode = s.ChoiceField(MODES)
    created = s.IntegerField()
    changed = s.IntegerField()
    same = s.IntegerField()
    refused = s.IntegerField()
    results = BulkResult(many=True)


_MOVE = extend_schema(
    summary="Move to another state",
    description="As the actions of the admin: a curator codes, a reviewer reviews, "
    "publishes, rejects and retracts; nobody reviews their own coding.",
    parameters=[ID, *ROW_HEADERS],
    request=Move,
    responses={200: RowState, **problems(400, 404, 409, 412, 413, 415, 422)},
)


def described(kind: str, view: Any) -> Any:
    """Say of a view that writes rows of a kind what its bodies and answers are."""
    schemas = {"move": _MOVE}
    if issubclass(view, WritesRows):
        name = singular(kind)
        schemas["partial_update"] = extend_schema(
            summary=f"Change one {name}",
            description="Fields that are not sent stay; null is unknown. Of a list "
            "what is new is added and what differs changed; nothing is taken away.",
            parameters=[ID, IF_MATCH, *ROW_HEADERS],
            request={
                media_type: change_body(kind) for media_type in (JSON, MERGE_PATCH)
            },
            responses={
                200: RowState,
                **problems(400, 404, 409, 412, 413, 415, 422, 428),
            },
        )
        if not issubclass(view, SubmitsArticles):
            schemas["create"] = extend_schema(
                summary=f"Create one {name}",
                description="A draft, or coded. Without a key one is made.",
                parameters=[*ROW_HEADERS, sent("Location", 201)],
                request={JSON: new_body(kind)},
                responses={201: RowState, **problems(400, 409, 413, 415, 422)},
            )
    return extend_schema_view(**schemas)(view)


class RowViewSet(ViewSet):
    """Rows that are no documents of their own: they are written and moved."""

    lookup_value_regex = "[^/]+"
    content_negotiation_class = OneForm


class _Articles(SubmitsArticles, WritesRows):
    """Articles are submitted; what is said of them is changed like other rows."""

    doors: ClassVar[dict[str, Door]] = {**WritesRows.doors, **SubmitsArticles.doors}


def writable(kind: str, reading: type[Any] = RowViewSet) -> type[Any]:
    """The view of a kind that reads as `reading` does, and writes."""
    if kind == "articles":
        writing: type[Any] = _Articles
    else:
        writing = WritesRows if kind in WRITTEN else MovesRows
    view = type(f"{kind.title()}View", (writing, reading), {"rows": kind})
    view.__doc__ = reading.__doc__
    return described(kind, view)  # type: ignore[no-any-return]


# Kinds without documents.
ROW_VIEWS = {
    kind: writable(kind)
    for kind in ("origins", "mentions", "aliases", "participations")
    if kind in MOVED
}

_KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=list(MOVED))
_WRITTEN = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=list(WRITTEN))

DraftView: Any = extend_schema_view(
    get=extend_schema(
        summary="One row, published or not",
        parameters=[
            _KIND,
            ID,
            IF_NONE_MATCH,
            sent("ETag", 200, 304),
            sent("Cache-Control", 200, 304),
        ],
        responses={200: RowState, 304: None, **problems(400, 404, 409)},
    )
)(type("DraftView", (Draft,), {"content_negotiation_class": OneForm}))
BulkView: Any = extend_schema_view(
    post=extend_schema(
        summary="Many rows of one kind",
        description="A row is found by its key, else by its ids; what is not there is "
        "created. `all`: one fault stops everything; `each`: every row by itself.",
        parameters=[_WRITTEN, *WRITE_HEADERS],
        request={JSON: bulk_body()},
        responses={200: BulkResults, **problems(400, 404, 409, 413, 415, 422)},
    )
)(type("BulkView", (Bulk,), {"content_negotiation_class": OneForm}))
ProposalsView: Any = type(
    "ProposalsView", (Proposals,), {"content_negotiation_class": OneForm}
)
