"""The form in which a proposal is changed: names, not keys; no field acts as a verb."""

from __future__ import annotations

import pytest

from curation.admin.desk_forms import FORMS
from curation.admin.desk_verbs import VERBS
from curation.admin.edit_form import EditForm
from curation.deciding import EDITABLE
from tests.factories.curation import ProposalFactory
from tests.factories.events import EventFactory, EvidenceFactory
from tests.factories.sources import TEXT, ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure():
    """A proposed figure, about no known event."""
    return ProposalFactory(
        article=ArticleFactory(text=TEXT),
        kind="figure",
        quote="13 people",
        fields={
            "measure": "killed",
            "group": "all",
            "low": 13,
            "high": 13,
            "quantifier": "exact",
            "part_of": None,
            "implicit": False,
            "counted": "people",
        },
    )


def filled(proposal, **changes):
    """The form as a browser sends it, but for the changes."""
    form = EditForm(proposal)
    fields = {
        name: form.get_initial_for_field(f, name) for name, f in form.fields.items()
    }
    return EditForm(
        proposal, {k: "" if v is None else v for k, v in fields.items()} | changes
    )


def edits(form):
    assert form.is_valid(), form.errors
    return form.edits()


def test_what_is_sent_unchanged_changes_nothing(figure):
    assert edits(filled(figure)) == {}


@pytest.mark.parametrize("typed", ["Attack in Kabul", "attack in kabul", "the-attack"])
def test_a_title_that_is_typed_is_that_event(figure, typed):
    EventFactory(slug="the-attack", title="Attack in Kabul", status="coded")
    assert edits(filled(figure, event_name=typed)) == {"event": "the-attack"}


def test_what_is_typed_counts_more_than_an_older_key(figure):
    EventFactory(slug="one", title="One", status="coded")
    EventFactory(slug="two", title="Two", status="coded")
    assert edits(filled(figure, event="one", event_name="Two")) == {"event": "two"}
    assert edits(filled(figure, event="one", event_name="")) == {}


@pytest.mark.parametrize("rows", [0, 2])
def test_a_name_of_nothing_and_one_of_several_are_refused(figure, rows):
    EventFactory.create_batch(rows, title="Attack", status="coded")
    form = filled(figure, event_name="Attack")
    assert not form.is_valid()
    assert "No event was chosen" in form.errors["event_name"][0]


def test_the_event_that_is_coded_before_is_offered(figure):
    first = EvidenceFactory(
        claim__event=EventFactory(title="Attack in Kabul", status="coded"),
        claim__status="coded",
        article=figure.article,
        quote="Kabul",
    )
    form = EditForm(figure)
    assert form["event_name"].value() == "Attack in Kabul"
    assert edits(filled(figure)) == {"event": first.claim.event.slug}


def test_fields_stand_in_the_order_of_reading(figure):
    names = [field.name for field in EditForm(figure).visible_fields()]
    assert names.index("low") < names.index("high") < names.index("event_name")
    assert names[-1] == "why"
    assert EditForm(figure)["low"].label == "At least"


def test_no_field_of_a_form_is_taken_for_what_is_to_be_done():
    """A form is told by the name of its verb: the first one that is sent."""
    forms = {name: form.base_fields.keys() for name, form in FORMS.items()}
    taken = {name: fields & VERBS.keys() for name, fields in forms.items()}
    assert not any(taken.values()), taken
    edited = {name for names in EDITABLE.values() for name in names}
    assert not edited & (VERBS.keys() - {"edit"})
