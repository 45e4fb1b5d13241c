"""Attempts to break the rules of roles and what they rest on with raw SQL."""

from __future__ import annotations

import pytest

from tests.factories.events import (
    EventFactory,
    ParticipationFactory,
    SupportFactory,
)
from tests.factories.sources import term
from tests.rules import (
    allowed,
    delete,
    insert_like,
    refused,
    update,
)

pytestmark = pytest.mark.django_db


def test_a_role_is_held_once():
    participation = ParticipationFactory()
    with refused("events_participation_once"):
        insert_like(participation)
    with allowed():
        insert_like(participation, role_id=term("role/claimant").pk)


def test_supports_say_what_they_support():
    support = SupportFactory()
    with refused("events_support_part_is_known"):
        update(support, part="title")
    with refused("events_support_stance_is_known"):
        update(support, stance="doubts")
    with refused("events_support_once"):
        insert_like(support)  # nulls are not distinct here
    with allowed():
        insert_like(support, part="date", stance="disputes")


def test_a_support_of_a_role_names_it_and_only_that_one():
    support, role = SupportFactory(), ParticipationFactory()
    with refused("events_support_participation_iff_part"):
        update(support, part="participation")
    with refused("events_support_participation_iff_part"):
        update(support, participation_id=role.pk, event_id=role.event_id)
    with allowed():
        update(
            support,
            part="participation",
            participation_id=role.pk,
            event_id=role.event_id,
        )


def test_a_support_names_a_role_in_its_own_event():
    """The trigger events_support:participation_is_in_event."""
    role = ParticipationFactory()
    support = SupportFactory(event=role.event, part="participation", participation=role)
    with refused("events_support_participation_is_in_event"):
        update(support, event_id=EventFactory().pk)
    with refused("events_support_participation_is_in_event"):
        update(support, participation_id=ParticipationFactory().pk)
    with refused("events_support_participation_is_in_event"):
        insert_like(support, event_id=EventFactory().pk)
    with allowed():
        other = ParticipationFactory(event=role.event)
        update(support, participation_id=other.pk)


def test_a_role_moves_to_another_event_only_with_its_supports():
    """The trigger events_participation:supports_move_along, checked at commit."""
    role, other = ParticipationFactory(), EventFactory()
    support = SupportFactory(event=role.event, part="participation", participation=role)
    with refused("events_participation_supports_move_along"):
        update(role, event_id=other.pk)
    with allowed():
        update(role, event_id=other.pk)
        update(support, event_id=other.pk)
    with allowed():
        delete(support)
        update(role, event_id=role.event_id)
