"""The order of the log, which publishing_document:one_after_the_other keeps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from publishing.changes import changes_after, newest
from publishing.rendering import refresh
from sources.models import Outlet
from sources.services import recorded
from tests.factories.sources import OutletFactory
from tests.rules import sessions

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 20

ADD = """
    INSERT INTO publishing_document
        (kind, object_id, slug, version, valid_from, gone, sha256, body, facets)
    VALUES ('outlet', %s, %s, 1, now(), false,
            encode(sha256('{}'), 'hex'), '{}', '{}')
"""


def test_who_adds_by_sql_waits_for_who_adds_before():
    """Past all Python: else the second, quicker one would stand behind a position that
    was given out."""
    with sessions() as (slow, quick):
        slow.execute(ADD, [901, "slow"])
        with ThreadPoolExecutor(max_workers=1) as pool:
            waiting = pool.submit(quick.execute, ADD, [902, "quick"])
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
            assert newest() == 0
            slow.commit()
            waiting.result(timeout=PATIENCE)
            quick.commit()
    found = changes_after(0, limit=9).found
    assert [each.slug for each in found] == ["slow", "quick"]


def test_who_adds_by_sql_waits_for_who_renders():
    outlet = OutletFactory(status="published")
    refresh()
    with sessions() as (_, other), ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            with recorded(by="test", why="an edit"):
                Outlet.objects.filter(pk=outlet.pk).update(name="New")
            waiting = pool.submit(other.execute, ADD, [901, "raw"])
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
        waiting.result(timeout=PATIENCE)
        other.commit()
    assert [each.slug for each in changes_after(0, limit=9).found] == [
        *(outlet.slug, outlet.slug, "raw")
    ]
