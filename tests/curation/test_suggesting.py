"""What a claim's form is filled with, from what a machine has read."""

from __future__ import annotations

import pytest

from curation.suggesting import suggest_claim
from tests.factories.curation import ProposalFactory, RunFactory, SightingFactory
from tests.factories.events import FigureFactory
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db

TEXT = (
    "ISIS-K claimed responsibility for the attack on the airport, in which up to 170 "
    "people were killed.\n\nThe police said 90 people were killed."
)


@pytest.fixture
def article():
    return ArticleFactory(text=TEXT)


@pytest.fixture
def attributed(article):
    """Makes a proposed claim: these words, said by him."""
    run = RunFactory(article=article)

    def make(quote, speaker):
        fields = {
            "attributed": True,
            "statement": "occurrence",
            "modality": "asserted",
            "polarity": "positive",
            "quoted": "indirect",
            "cue": "said",
            "speaker": {"actor": None, "words": speaker, "how": "named"},
            "via": [],
        }
        row = ProposalFactory(article=article, kind="claim", quote=quote, fields=fields)
        SightingFactory(run=run, proposal=row)

    return make


def suggested(article, words):
    start = TEXT.index(words)
    return suggest_claim(article, start, start + len(words))


def test_a_figure_is_said_by_who_says_the_words_around_it(article, attributed):
    attributed("90 people were killed", "The police")
    found = suggested(article, "The police said 90 people were killed.")
    assert (found["kind"], found["low"]) == ("figure", 90)
    assert (found["voice"], found["speaker_text"]) == ("attributed", "The police")


def test_a_figure_is_not_said_by_who_speaks_elsewhere_in_its_sentence(
    article, attributed
):
    attributed("responsibility for the attack on the airport", "ISIS-K")
    sentence = TEXT.partition("\n")[0]
    found = suggested(article, sentence)
    assert (found["kind"], found["high"], found["voice"]) == ("figure", 170, "narrator")
    words = suggested(article, "responsibility for the attack on the airport")
    assert words["speaker_text"] == "ISIS-K"


def test_a_number_of_nothing_that_is_counted_opens_no_figure():
    text = "He spoke of potential work between the two."
    found = suggest_claim(ArticleFactory(text=text), 0, len(text))
    assert found["kind"] == "occurrence"
    assert (found["low"], found["high"]) == (2, 2)


def test_a_figure_that_is_coded_is_there_to_be_chosen(article):
    FigureFactory(
        evidence__article=article,
        evidence__quote="up to 170 people",
        low=None,
        high=170,
        quantifier="up_to",
        status="coded",
    )
    found = suggested(article, "up to 170 people")
    assert (found["kind"], found["high"]) == ("occurrence", 170)
    assert found["quantifier"] == "up_to"
