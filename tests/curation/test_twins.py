"""The same words coded twice for the same: told, with the way to what stands there."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from actors.models import Mention
from curation.models import Step
from events.models import Claim
from tests.factories.actors import ActorFactory
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db

TEXT = "Police said that 13 people were killed. Austin spoke later."
AGAIN = "Such a claim by this speaker rests on these words already."


@pytest.fixture
def article(reviewer):
    return ArticleFactory(text=TEXT)


@pytest.fixture
def code(client, reviewer, article):
    """Send a form of the desk about some words; its answer."""
    client.force_login(reviewer)
    url = reverse("admin:curation_desk", args=[article.pk])

    def sent(name, words, **fields):
        start = TEXT.index(words)
        passage = {"start": start, "end": start + len(words), "quote": words}
        asked = {name: "1", "token": str(uuid4()), **passage, **fields}
        answer = client.post(url, asked, headers={"Accept": "application/json"})
        assert answer.status_code == 200, answer.json()
        return answer.json()

    return sent


def claim(**fields):
    plain = {"kind": "occurrence", "statement": "It was so.", "voice": "narrator"}
    return {**plain, "modality": "asserted", "polarity": "positive", **fields}


def figure(group):
    counted = {"measure": "killed", "quantifier": "exact", "low": 13, "high": 13}
    return claim(kind="figure", group=group, **counted)


def test_a_claim_coded_twice_is_saved_and_told(code):
    first = code("claim", "Austin spoke later.", **claim())
    assert (AGAIN in first["said"], first["undo"]) == (False, False)
    there = Claim.objects.get()
    second = code("claim", "Austin spoke later.", **claim(statement="He spoke."))
    assert second["said"].endswith(AGAIN)
    assert second["undo"]
    assert second["link"] == {
        "href": reverse("admin:events_claim_change", args=[there.pk]),
        "words": "Look at that claim",
    }
    assert Claim.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("Austin spoke", {}),
        ("Austin spoke later.", {"kind": "time"}),
        ("Austin spoke later.", {"voice": "attributed", "speaker_text": "a man"}),
    ],
    ids=["other words", "another kind", "another speaker"],
)
def test_what_differs_is_no_twin(code, words, changed):
    code("claim", "Austin spoke later.", **claim())
    assert not code("claim", words, **claim(**changed))["undo"]


def test_a_claim_that_was_retracted_is_no_twin(code):
    code("claim", "Austin spoke later.", **claim())
    Claim.objects.update(status="rejected")
    assert not code("claim", "Austin spoke later.", **claim())["undo"]


def test_figures_of_several_groups_are_no_twins(code):
    code("claim", "13 people were killed", **figure("all"))
    assert not code("claim", "13 people were killed", **figure("civilians"))["undo"]
    assert code("claim", "13 people were killed", **figure("all"))["undo"]


def test_a_lost_connection_is_no_twin(code):
    token = str(uuid4())
    for _ in range(2):
        said = code("claim", "Austin spoke later.", token=token, **claim())
        assert not said["undo"]
    assert Claim.objects.count() == 1


def test_a_mention_coded_twice_stands_once(code):
    actor = ActorFactory(name="Austin", slug="austin", status="coded")
    chosen = {"actor": "austin", "actor_name": "Austin"}
    token = str(uuid4())
    for _ in range(2):
        assert (
            "Coded a mention"
            in code("mention", "Austin", token=token, **chosen)["said"]
        )
    there = Mention.objects.get(actor=actor)
    again = code("mention", "Austin", **chosen)
    assert "stands here already (coded): nothing was added." in again["said"]
    href = reverse("admin:actors_mention_change", args=[there.pk])
    assert again["link"]["href"] == href
    assert not again["undo"]
    assert Mention.objects.count() == Step.objects.count() == 1


def test_without_scripts_the_page_says_so_too(client, code, article):
    code("claim", "Austin spoke later.", **claim())
    there = Claim.objects.get()
    start = TEXT.index("Austin spoke later.")
    words = {"start": start, "end": len(TEXT), "quote": TEXT[start:]}
    url = reverse("admin:curation_desk", args=[article.pk])
    page = client.post(url, {"claim": "1", **words, **claim()}, follow=True)
    href = reverse("admin:events_claim_change", args=[there.pk])
    link = f'<a href="{href}">Look at that claim</a>'
    assert f"{AGAIN} {link}" in page.content.decode()
