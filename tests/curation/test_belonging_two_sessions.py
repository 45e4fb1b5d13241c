"""One publishes all that belongs together while another changes a row of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from curation.belonging import carry_out, moving, plan_of
from curation.models import Batch
from tests.curation.belonging_helper import coded_by
from tests.rules import sessions

pytestmark = pytest.mark.django_db(transaction=True)
REJECT = "UPDATE events_place SET status = 'rejected' WHERE id = %s"


def closing(statement):
    try:
        return statement()
    finally:
        connection.close()


def test_a_row_that_is_rejected_meanwhile_stops_all_of_it(curator, reviewer):
    case = coded_by(curator)
    plan = plan_of(case.event, to="published", by=reviewer)

    def publish():
        return carry_out(
            *(case.event,),
            **{"to": "published", "by": reviewer, "why": "checked"},
            seen=plan.fingerprint,
        )

    with sessions() as (other, _), ThreadPoolExecutor(max_workers=1) as pool:
        other.execute(REJECT, [case.place.pk])
        waiting = pool.submit(closing, publish)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.7)
        other.commit()
        with pytest.raises(ValidationError, match="Kabul airport” is rejected"):
            waiting.result(timeout=10)
    assert case.now("place") == "rejected"
    assert case.now("event") == "coded"
    assert not Batch.objects.exists()


def test_rows_that_somebody_holds_are_not_waited_for_long(
    client, curator, reviewer, monkeypatch
):
    monkeypatch.setattr(moving, "PATIENCE", "100ms")
    case = coded_by(curator)
    client.force_login(reviewer)
    url = reverse("admin:curation_together", args=["event", case.event.pk, "publish"])
    seen = client.get(url).context["plan"].fingerprint
    with sessions() as (other, _):
        other.execute(REJECT, [case.place.pk])
        page = client.post(url, {"plan": seen, "why": "checked"})
        assert "Somebody is changing some of these rows" in page.content.decode()
    assert case.states() == {"coded"}
    assert client.post(url, {"plan": seen, "why": "checked"}).status_code == 302
    assert case.states() == {"published"}
