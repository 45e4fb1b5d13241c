"""How far the public side is: for monitors, and for clients that wait for a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.cache import patch_cache_control
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as s
from rest_framework.response import Response
from rest_framework.views import APIView

from publishing.api.answers import sent
from publishing.api.problems import MEDIA_TYPE, refuse
from publishing.api.schemas import Problem
from publishing.api.views import OneForm
from publishing.models import Document, Stale
from publishing.tasks import worker_lives

if TYPE_CHECKING:
    from rest_framework.request import Request

FRESH_SECONDS = 5


class LastChange(s.Serializer[object]):
    cursor = s.CharField(help_text="For `since` of /changes/: what comes after it.")
    valid_from = s.DateTimeField(help_text="When it became public.")


class Rendering(s.Serializer[object]):
    """Changes made and not yet shown. A small one is shown as it is made."""

    waiting = s.IntegerField(help_text="Objects changed and not yet looked at.")
    lag_seconds = s.FloatField(help_text="For how long the first of them waits.")
    queue = s.ChoiceField(
        [("alive", "alive"), ("absent", "absent")],
        help_text="absent: there is no worker, so who changes much waits for it.",
    )


class Status(s.Serializer[object]):
    version = s.CharField(help_text="Of this API.")
    time = s.DateTimeField(help_text="Of the answer.")
    last_change = LastChange(allow_null=True)
    documents = s.DictField(
        child=s.IntegerField(), help_text="Public objects of each kind."
    )
    rendering = Rendering()


class StatusView(APIView):
    """How it stands."""

    content_negotiation_class = OneForm

    @extend_schema(
        operation_id="status_retrieve",
        tags=["status"],
        parameters=[sent("Cache-Control", 200)],
        responses={200: Status, (400, MEDIA_TYPE): Problem},
    )
    def get(self, request: Request) -> Response:
        """What there is, what changed last, and what is still to be shown."""
        refuse(
            [
                {"parameter": name, "message": "There are no parameters here."}
                for name in sorted(request.query_params)
            ]
        )
        response = Response(_status())
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
        return response


def _status() -> dict[str, Any]:
    return {
        "version": settings.SPECTACULAR_SETTINGS["VERSION"],
        "time": timezone.now(),
        "last_change": _last_change(),
        # Of a million it takes a while, and monitors ask often.
        "documents": cache.get_or_set(
            "documents-counted", Document.objects.counted, FRESH_SECONDS
        ),
        "rendering": {
            **Stale.objects.backlog(),
            "queue": "alive" if worker_lives() else "absent",
        },
    }


def _last_change() -> dict[str, Any] | None:
    last = Document.objects.order_by("-id").values_list("id", "valid_from").first()
    return last and {"cursor": str(last[0]), "valid_from": last[1]}
