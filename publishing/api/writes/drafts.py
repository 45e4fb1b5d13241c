"""Rows as they stand, whatever their state: for those who write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import APIView

from curation.storing import MOVED
from publishing.access.scopes import Door
from publishing.api.problems import refuse
from publishing.api.writes.states import State, find_row

if TYPE_CHECKING:
    from rest_framework.request import Request


class Draft(APIView):
    """GET …/drafts/{kind}/{id}/: one row with its ETag, published or not."""

    doors: ClassVar[dict[str, Door]] = {"get": Door.SEE_ROWS, "head": Door.SEE_ROWS}

    def get(self, request: Request, kind: str, id: str) -> Response:  # noqa: A002
        refuse(
            [
                {"parameter": name, "message": "There are no parameters here."}
                for name in sorted(request.query_params)
            ]
        )
        if kind not in MOVED:
            raise NotFound(f"No rows are called {kind}: {', '.join(MOVED)} are.")
        state = State(kind, find_row(kind, id))
        asked = parse_etags(request.headers.get("If-None-Match", ""))
        if state.etag in [tag.removeprefix("W/") for tag in asked]:
            response = Response(status=304)
        else:
            response = Response(state.shown())
        response["ETag"] = state.etag
        patch_cache_control(response, private=True, no_cache=True)
        return response
