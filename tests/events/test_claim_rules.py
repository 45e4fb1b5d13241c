"""Attempts to break the rules of claims with raw SQL."""

from __future__ import annotations

import pytest

from events.bounds import Quantifier, check_bounds
from tests.factories.actors import ActorFactory
from tests.factories.events import (
    AttributionFactory,
    ClaimFactory,
    EvidenceFactory,
    FigureFactory,
)
from tests.rules import (
    allowed,
    copy,
    insert,
    insert_like,
    refused,
    row_of,
    sql,
    update,
)

pytestmark = pytest.mark.django_db

# Both ends of a figure, where they are in order.
ENDS = [
    (low, high)
    for low in (None, 0, 5, 13)
    for high in (None, 0, 5, 13)
    if low is None or high is None or low <= high
]

# --- Claims -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "column", "value"),
    [
        ("events_claim_kind_is_known", "kind", "cause"),
        ("events_claim_voice_is_known", "voice", "narrator"),
        ("events_claim_modality_is_known", "modality", "hinted"),
        ("events_claim_polarity_is_known", "polarity", "negative"),
    ],
)
def test_words_are_known(rule, column, value):
    claim = ClaimFactory()
    with refused(rule):
        update(claim, **{column: "other"})
    with allowed():
        update(claim, **{column: value})


@pytest.mark.parametrize(
    ("rule", "column", "value"),
    [
        ("events_claim_measure_from_its_list", "measure_id", "measure/injured"),
        ("events_claim_group_from_its_list", "group_id", "group/civilians"),
    ],
)
def test_figures_use_the_code_lists(rule, column, value):
    figure = FigureFactory()
    with refused(rule):
        update(figure, **{column: "role/host"})
    with allowed():
        update(figure, **{column: value})


def test_quantifiers_are_known():
    # That rule refuses unknown quantifiers as well, by another name.
    sql("ALTER TABLE events_claim DROP CONSTRAINT events_claim_bounds_fit_quantifier")
    figure = FigureFactory()
    with refused("events_claim_quantifier_is_known"):
        update(figure, quantifier="role/host")
    with allowed():
        update(figure, quantifier="about")


def test_bounds_are_in_order_and_not_negative():
    figure = FigureFactory(quantifier="sum")
    with refused("events_claim_low_before_high"):
        update(figure, low=14, high=13)
    with refused("events_claim_no_negative_numbers"):
        update(figure, low=-1)
    with refused("events_claim_no_negative_numbers"):
        update(figure, low=None, high=-1)
    for low, high in [(0, 0), (None, 5), (5, None), (None, None), (0, 2**62)]:
        with allowed():
            update(figure, low=low, high=high)


@pytest.mark.parametrize("quantifier", [*Quantifier, "unheard"])
@pytest.mark.parametrize(("low", "high"), ENDS)
def test_bounds_fit_their_quantifier_as_the_reader_says(quantifier, low, high):
    figure = FigureFactory()
    bounds = {"low": low, "high": high, "quantifier": quantifier}
    fits = not check_bounds(low, high, quantifier)
    with allowed() if fits else refused("events_claim_bounds_fit_quantifier"):
        update(figure, **bounds)
    with allowed() if fits else refused("events_claim_bounds_fit_quantifier"):
        proof = EvidenceFactory()
        pk = insert_like(figure, slug="another", **bounds)
        insert_like(proof, claim_id=pk)


@pytest.mark.parametrize(
    "change",
    [
        {"low": 13},
        {"high": 13},
        {"measure_id": "measure/killed"},
        {"group_id": "group/all"},
        {"quantifier": "about"},
        {"kind": "figure"},
        {"kind": "figure", "measure_id": "measure/killed"},
        {"kind": "figure", "quantifier": "about"},
    ],
)
def test_figures_have_measures_and_only_figures(change):
    claim = ClaimFactory()
    with refused("events_claim_figure_iff_kind_figure"):
        update(claim, **change)
    whole = {"kind": "figure", "measure_id": "measure/killed", "quantifier": "about"}
    with allowed():
        update(claim, **whole)
    with refused("events_claim_figure_iff_kind_figure"):
        update(claim, kind="occurrence")


def test_only_a_figure_is_part_of_another():
    claim, figure, part = ClaimFactory(), FigureFactory(), FigureFactory()
    with refused("events_claim_figure_iff_kind_figure"):
        update(claim, part_of_id=figure.pk)
    with allowed():
        update(part, part_of_id=figure.pk)


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_a_figure_is_not_part_of_itself(steps):
    """The trigger events_claim:not_inside_itself."""
    figures = [FigureFactory()]
    for _ in range(steps - 1):
        figures.append(FigureFactory(part_of=figures[-1]))
    with refused("events_claim_not_inside_itself"):
        update(figures[0], part_of_id=figures[-1].pk)
    with allowed():
        update(figures[0], part_of_id=FigureFactory().pk)


def test_figures_do_not_arrive_as_parts_of_each_other():
    row = row_of(FigureFactory())
    there = row | {"id": 900_001, "slug": "there", "part_of_id": 900_002}
    back = row | {"id": 900_002, "slug": "back", "part_of_id": 900_001}
    with refused("events_claim_not_inside_itself"):
        copy("events_claim", there, back)
    with refused("events_claim_not_inside_itself"):
        insert("events_claim", **there)
        insert("events_claim", **back)
    with refused("events_claim_not_inside_itself"):
        insert("events_claim", **there | {"part_of_id": 900_001})


def test_an_attributed_claim_has_a_speaker():
    claim = ClaimFactory()
    with refused("events_claim_attributed_has_speaker"):
        update(claim, voice="attributed")
    with allowed():
        update(claim, voice="attributed", speaker_text="Top sources")
    with allowed():
        update(claim, speaker_text="", speaker_id=ActorFactory().pk)


def test_a_chain_of_attribution_names_somebody_at_each_place():
    link = AttributionFactory(position=1)
    with refused("events_attribution_names_somebody"):
        update(link, actor_id=None)
    with refused("events_attribution_one_per_position"):
        insert_like(link)
    with allowed():
        update(link, actor_id=None, text="an analyst")
        insert_like(link, position=2)
