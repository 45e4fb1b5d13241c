"""When a new visit begins."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from curation.models import Visit
from curation.visits import AWAY, note_visit

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)


def seen(user, ago):
    """As if the first page had been opened that long ago."""
    at = timezone.now() - ago
    Visit.objects.filter(user=user).update(seen_at=at)
    return at


def test_the_first_visit_has_none_before_it(curator):
    assert note_visit(by=curator).before is None


def test_who_comes_back_soon_is_still_here(curator):
    note_visit(by=curator)
    seen(curator, AWAY - MINUTE)
    visit = note_visit(by=curator)
    assert visit.before is None
    assert timezone.now() - visit.seen_at < MINUTE


def test_who_was_away_begins_a_new_visit(curator):
    note_visit(by=curator)
    left = seen(curator, AWAY)
    assert note_visit(by=curator).before == left
    assert note_visit(by=curator).before == left


def test_each_has_visits_of_their_own(curator, reviewer):
    note_visit(by=curator)
    seen(curator, 2 * AWAY)
    assert note_visit(by=reviewer).before is None
    assert note_visit(by=curator).before is not None
