"""Merged records in files and proposals: what names one means the one that stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from actors.models import Actor, Relation
from curation.coding.keys import accepted_by_key, by_key
from events.models import Event, Place
from tests.curation.merging_helper import join, part, public, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

CURATION = Path(__file__).parents[2] / "fixtures/curation"


@pytest.fixture
def pair():
    return [Actor.objects.get(slug=slug) for slug in ("isis-k", "islamic-state")]


def test_a_dump_leaves_out_what_was_merged_and_loads_as_it_is(pair, reviewer, tmp_path):
    before = public()
    done = join(*pair, reviewer)
    join(*Event.objects.published().order_by("slug")[:2], reviewer)
    join(*Place.objects.filter(children=None).order_by("slug")[:2], reviewer)
    rows, shown = stored(), public()
    call_command("dump_curation", str(tmp_path), verbosity=0)
    texts = "".join(path.read_text() for path in tmp_path.glob("*.yaml"))
    assert "\n  isis-k:\n" not in texts
    assert "actor: isis-k\n" not in texts
    assert "\n  islamic-state:\n" in texts
    call_command("load_curation", str(tmp_path), verbosity=0)
    assert stored() == rows
    assert public() == shown != before
    part(done, reviewer)
    assert stored() != rows


def test_a_file_that_names_what_was_merged_is_told_line_by_line(pair, reviewer):
    join(*pair, reviewer)
    rows = stored()
    with pytest.raises(CommandError) as caught:
        call_command("load_curation", str(CURATION), verbosity=0)
    told = str(caught.value)
    merged = "the actor “isis-k” was merged into “islamic-state”"
    assert f"{merged} (leave it out, or undo the merge first)" in told
    assert f"{merged} (write islamic-state)" in told
    assert all(":" in line for line in told.splitlines()[1:])
    relation = Relation.objects.filter(object=pair[1]).first()
    assert relation is not None
    assert stored() == rows


def test_a_key_means_the_record_that_stays(pair, reviewer):
    loser, into = pair
    assert by_key(Actor, "isis-k") == loser
    done = join(loser, into, reviewer)
    assert by_key(Actor, "isis-k") == into
    assert accepted_by_key(Actor, "isis-k") == into
    Actor.objects.filter(pk=into.pk).update(status="retracted")
    assert accepted_by_key(Actor, "isis-k") is None
    with pytest.raises(ValidationError, match="is retracted"):
        by_key(Actor, "isis-k")
    Actor.objects.filter(pk=into.pk).update(status="published")
    part(done, reviewer)
    assert by_key(Actor, "isis-k") == loser
    assert accepted_by_key(Actor, "nobody") is accepted_by_key(Actor, None) is None
