"""Peers over PostgreSQL, each as its documentation shows it, under one server.

/drf/     ModelSerializers over tables, related rows prefetched, page numbers
/ninja/   django-ninja over the same tables, page numbers
/stored/  a DRF view that sends the stored documents, by keyset

Runs in the virtual environment of bench.peers.environment, without newsdb.
"""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

from django.conf import settings

_at = urlsplit(os.environ["DATABASE_URL"])
settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="bench.peers.site",
    INSTALLED_APPS=["rest_framework", "bench.peers"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": _at.hostname,
            "PORT": _at.port,
            "USER": unquote(_at.username or ""),
            "PASSWORD": unquote(_at.password or ""),
            "NAME": _at.path[1:],
            "CONN_MAX_AGE": None,
        }
    },
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    },
)

import django  # noqa: E402

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from ninja import ModelSchema, NinjaAPI  # noqa: E402
from ninja.pagination import PageNumberPagination, paginate  # noqa: E402
from rest_framework import generics, serializers  # noqa: E402
from rest_framework.pagination import PageNumberPagination as Numbers  # noqa: E402
from rest_framework.views import APIView  # noqa: E402

from bench.peers.models import (  # noqa: E402
    Actor,
    Article,
    Claim,
    Event,
    Participation,
    Place,
)

PAGE = 100


def events():
    return (
        Event.objects.select_related("place", "article")
        .prefetch_related("participants__actor", "claims")
        .order_by("id")
    )


def serializer_of(of, **nested):
    meta = type("Meta", (), {"model": of, "fields": "__all__"})
    name = f"{of.__name__}Serializer"
    return type(name, (serializers.ModelSerializer,), {**nested, "Meta": meta})


ParticipationSerializer = serializer_of(Participation, actor=serializer_of(Actor)())
EventSerializer = serializer_of(
    Event,
    place=serializer_of(Place)(),
    article=serializer_of(Article)(),
    participants=ParticipationSerializer(many=True),
    claims=serializer_of(Claim)(many=True),
)


class Pages(Numbers):
    page_size = PAGE


class Events(generics.ListAPIView):
    serializer_class = EventSerializer
    pagination_class = Pages

    def get_queryset(self):
        return events()


class Stored(APIView):
    def get(self, request):
        after = int(request.query_params.get("after", 0))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT body FROM publishing_document WHERE kind = 'event'"
                " AND valid_to IS NULL AND NOT gone AND object_id > %s"
                f" ORDER BY object_id LIMIT {PAGE}",
                [after],
            )
            bodies = [body for (body,) in cursor.fetchall()]
        return HttpResponse(
            b'{"results":[' + ",".join(bodies).encode() + b"]}",
            content_type="application/json",
        )


class ActorOut(ModelSchema):
    class Meta:
        model = Actor
        fields = "__all__"


class PlaceOut(ModelSchema):
    class Meta:
        model = Place
        fields = "__all__"


class ArticleOut(ModelSchema):
    class Meta:
        model = Article
        fields = "__all__"


class ClaimOut(ModelSchema):
    class Meta:
        model = Claim
        exclude = ["event"]


class ParticipationOut(ModelSchema):
    actor: ActorOut

    class Meta:
        model = Participation
        fields = ["id", "role"]


class EventOut(ModelSchema):
    place: PlaceOut
    article: ArticleOut
    participants: list[ParticipationOut]
    claims: list[ClaimOut]

    class Meta:
        model = Event
        exclude = ["place", "article"]


ninja = NinjaAPI()


@ninja.get("/events/", response=list[EventOut])
@paginate(PageNumberPagination, page_size=PAGE)
def ninja_events(request):
    return events()


urlpatterns = [
    path("drf/events/", Events.as_view()),
    path("stored/events/", Stored.as_view()),
    path("ninja/", ninja.urls),
]
application = get_wsgi_application()
