"""The list of articles by what their claims wait for."""

import pytest
from django.contrib import admin
from django.db import connection
from django.urls import reverse

from sources.models import Article, Status
from tests.factories.events import ClaimFactory
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db


def test_articles_are_found_by_the_state_of_their_claims(admin_client):
    both, coded, published = ArticleFactory.create_batch(3)
    for article, state in (
        (both, Status.DRAFT),
        (both, Status.CODED),
        (coded, Status.CODED),
        (published, Status.PUBLISHED),
    ):
        ClaimFactory(status=state, evidence__article=article)
    ArticleFactory()
    address = reverse("admin:sources_article_changelist")
    for state, wanted in (("draft", {both}), ("coded", {both, coded})):
        page = admin_client.get(address, {"claims": state})
        assert set(page.context["cl"].result_list) == wanted


def test_claims_that_wait_are_found_without_looking_at_the_claims(rf, admin_user):
    request = rf.get("/", {"claims": "draft"})
    request.user = admin_user
    model_admin = admin.site._registry[Article]
    rows = model_admin.get_changelist_instance(request).paginator._keys
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        # What other tests took back swells the indexes, each by another measure.
        cursor.execute("REINDEX TABLE events_claim")
        for kind in ("seqscan", "bitmapscan", "nestloop"):
            cursor.execute(f"SET LOCAL enable_{kind} = off")
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using events_claim_by_state" in plan, plan
