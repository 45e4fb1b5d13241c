"""The lists' search: what is found, and that indexes are there to find it by."""

import pytest
from django.contrib import admin
from django.db import connection
from django.urls import reverse

from events.models import Claim, Event, Participation
from sources.admin import searching
from sources.models import Article
from tests.factories.actors import ActorFactory
from tests.factories.events import ClaimFactory, EventFactory, ParticipationFactory
from tests.factories.sources import ArticleFactory, OutletFactory

pytestmark = pytest.mark.django_db


def found(client, model, words):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    page = client.get(reverse(name), {"q": words})
    return set(page.context["cl"].result_list)


@pytest.mark.parametrize("few", [0, 1_000])
def test_words_beside_the_row_are_found_however_many_rows_have_them(
    admin_client, monkeypatch, few
):
    monkeypatch.setattr(searching, "FEW", few)
    event = EventFactory(title="Attack at Kabul airport")
    claim = ClaimFactory(event=event)
    ClaimFactory(event=EventFactory(title="Protest in Herat"))
    assert found(admin_client, Claim, "kabul attack") == {claim}
    part = ParticipationFactory(event=event, actor=ActorFactory(name="Ünal Öz"))
    ParticipationFactory(event=event)
    assert found(admin_client, Participation, "unal airport") == {part}
    article = ArticleFactory(outlet=OutletFactory(name="Daily Kabul"))
    assert found(admin_client, Article, "daily kabul") == {article}


@pytest.mark.parametrize("model", [Event, Claim, Article])
def test_the_search_of_the_largest_lists_can_take_an_index(model, rf, admin_user):
    rows = model.objects.order_by()
    model_admin = admin.site._registry[model]
    request = rf.get("/")
    request.user = admin_user
    asked, _ = model_admin.get_search_results(request, rows, "kabul")
    sql, values = asked.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert f"{model._meta.db_table}_words" in plan, plan


@pytest.mark.parametrize(
    ("model", "index"),
    [(Event, "events_event_latest_first"), (Claim, "events_claim_natural")],
)
def test_the_largest_lists_are_read_in_the_order_of_an_index(
    model, index, rf, admin_user
):
    model_admin = admin.site._registry[model]
    request = rf.get("/")
    request.user = admin_user
    rows = model_admin.get_changelist_instance(request).queryset[:50]
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        for kind in ("seqscan", "sort", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{kind} = off")
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan, plan
