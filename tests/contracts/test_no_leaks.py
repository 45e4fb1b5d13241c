"""No draft, proposal, rejected or retracted row leaves through any public address."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.urls import get_resolver

from publishing.changes import newest
from publishing.models import Document, Kind
from publishing.rendering import refresh
from sources.models import Curated, Status
from tests.rules import without

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

SECRET = "Zyxwv"
ROOMS = ["sources", "actors", "events", "curation", "publishing"]
# Which text of each curated model would show.
SHOWN = {
    "Outlet": "name",
    "Origin": "name",
    "Article": "title",
    "Actor": "name",
    "Alias": "name",
    "Relation": "title",
    "Mention": "note",
    "Place": "name",
    "Event": "title",
    "Participation": None,  # shows an actor and a role, both rows of their own
    "Claim": "statement",
}
CURATED = [
    model
    for model in apps.get_models()
    if issubclass(model, Curated) and model._meta.app_label in ROOMS
]


def public_addresses():
    """Every address outside the admin, each object's among them."""
    for prefix in ("outlets", "articles", "actors", "relations", "places", "events"):
        yield f"/api/v1/{prefix}/?limit=1000"
        yield f"/api/v1/{prefix}/?q={SECRET}"
    yield "/api/v1/claims/?limit=1000"
    yield f"/api/v1/claims/?q={SECRET}"
    yield f"/api/v1/actors/?alias={SECRET}"
    yield f"/api/v1/places/?name={SECRET}"
    yield "/"
    yield f"/?q={SECRET}"
    yield "/actors/"
    yield "/about/"
    yield "/api/v1/"
    yield "/api/v1/schema/"
    for since in (0, max(newest() - 1000, 0)):
        yield f"/api/v1/changes/?limit=1000&include=document&since={since}"
    yield "/api/v1/status/"
    for document in Document.objects.current().order_by("kind", "id"):
        if document.kind in {Kind.EVENT, Kind.ACTOR, Kind.CLAIM}:
            yield f"/{document.kind}s/{document.slug}/"
        elif document.kind == Kind.ARTICLE:
            yield f"/articles/{document.object_id}/"


@pytest.mark.parametrize("model", CURATED, ids=lambda model: model.__name__)
def test_every_curated_model_is_classified(model):
    assert model.__name__ in SHOWN, "say in SHOWN which of its texts would show"


@pytest.mark.parametrize("status", [s for s in Status if s != Status.PUBLISHED])
def test_nothing_unpublished_leaves_through_any_public_address(client, status):
    without("never_a_draft_again", *CURATED)
    for model in CURATED:
        field = SHOWN[model.__name__]
        pk = model.objects.order_by("-pk").values_list("pk", flat=True)[0]
        # A person may well write a secret into a draft; not through a claim's proof.
        values = {"status": status} | ({field: SECRET} if field else {})
        model.objects.filter(pk=pk).update(**values)
    refresh()
    leaks = [
        address
        for address in public_addresses()
        if SECRET in _answer(client, address).replace(f"q={SECRET}", "")
        and not address.endswith(SECRET)
    ]
    assert not leaks
    for address in (a for a in public_addresses() if a.endswith(SECRET)):
        answer = client.get(address)
        if address.startswith("/api/"):
            assert answer.json()["results"] == [], address


def _answer(client, address):
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def test_public_answers_read_no_table_but_the_documents(client):
    allowed = {
        "publishing_document",
        # Derived from bodies alone, as `verify` proves (publishing.beside).
        "publishing_posting",
        "publishing_magnitude",
        "publishing_area",
        "publishing_nameform",
        "publishing_stale",  # how much is waiting to be shown, never what
        "sources_term",  # code lists are public reference data
        "django_session",
        "auth_user",
    }
    ours = {
        table
        for table in connection.introspection.table_names()
        if table.partition("_")[0] in {*ROOMS, "pghistory"}
    }
    touched = set()

    def record(execute, sql, params, many, context):
        touched.update(table for table in ours if f'"{table}"' in sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        for address in list(public_addresses()):
            client.get(address)
    assert touched <= allowed, f"a public address reads {touched - allowed}"


def test_the_list_of_public_addresses_is_whole():
    """A new public address must be added to public_addresses above."""
    names = {
        str(pattern.pattern)
        for resolver in get_resolver().url_patterns
        if not str(resolver.pattern).lstrip("^").startswith(("admin", "api"))
        for pattern in getattr(resolver, "url_patterns", [resolver])
    }
    assert names == {
        "",
        "about/",
        "actors/",
        "actors/<str:key>/",
        "articles/<str:key>/",
        "claims/<str:key>/",
        "events/<str:key>/",
    }, "add the new address to public_addresses() and here"
