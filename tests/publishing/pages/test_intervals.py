from __future__ import annotations

import pytest

from publishing.pages.documents import Names
from publishing.pages.intervals import one_for_each_article, picture

NAMES = Names({("verdict", "compatible"): ("Compatible", "")})


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "newsdb.urls"


def claim(pk, low, high, *, article=1, binds_low=False, binds_high=False):
    return {
        "id": pk,
        "slug": f"c-{pk}",
        "low": low,
        "high": high,
        "quantifier": "exact",
        "binds_low": binds_low,
        "binds_high": binds_high,
        "evidence": {
            "article": {"id": article, "sha256": "f" * 64, "title": None},
            "start": 0,
            "end": 3,
            "quote": "up to 170 died",
            "prefix": "",
            "suffix": "",
        },
    }


def estimate(claims, low, high, verdict="compatible", conflicts=()):
    return {
        "measure": "killed",
        "group": "all",
        "low": low,
        "best": None,
        "high": high,
        "verdict": verdict,
        "origins": 2,
        "claims": claims,
        "conflicts": list(conflicts),
    }


def drawn(shown, **more):
    return picture(shown, names=NAMES, claims={}, articles={}, **more)


def test_each_bar_leads_to_its_sentence_and_its_claim():
    found = drawn(estimate([claim(7, None, 170)], None, 170))
    (bar,) = found.bars
    assert bar.href == "/articles/1/#claim-c-7"
    assert (bar.said, bar.bounds) == ("“up to 170 died”", "up to 170")
    assert 'href="/articles/1/#claim-c-7"' in found.drawn
    assert 'href="/claims/c-7/"' in found.drawn


def test_open_ends_stay_open():
    low, high = drawn(
        estimate([claim(1, 101, None), claim(2, None, 170)], 101, 170)
    ).bars
    assert (low.low, low.high) == (101, None)
    assert (high.low, high.high) == (None, 170)


def test_an_exact_figure_is_a_point_and_a_boundless_one_says_so():
    exact, about = drawn(
        estimate([claim(1, 13, 13), claim(2, None, None)], 13, 13)
    ).bars
    assert exact.is_point
    assert not about.is_point
    assert about.bounds == "no exact number"


def test_the_claims_that_decide_an_end_say_so():
    claims = [claim(1, 164, None, binds_low=True), claim(2, None, 170, binds_high=True)]
    found = drawn(estimate(claims, 164, 170))
    assert 'class="iv-band"' in found.drawn
    assert [bar.part for bar in found.bars] == [
        "decides the lower end",
        "decides the upper end",
    ]


def test_a_conflict_has_no_band_and_names_its_pairs():
    claims = [claim(1, 151, None), claim(2, None, 100)]
    found = drawn(estimate(claims, 100, 151, "conflicting", [[1, 2]]))
    assert 'class="iv-band"' not in found.drawn
    assert [(a.bounds, b.bounds) for a, b in found.conflicts] == [
        ("at least 151", "up to 100")
    ]
    assert [bar.part for bar in found.bars] == ["in conflict", "in conflict"]
    assert found.bounds == "disputed, 100 to 151"


def test_the_words_of_a_claim_document_and_another_group_are_shown():
    document = {"group": "americans", "figure_text": "13 Americans"}
    (bar,) = picture(
        estimate([claim(1, 13, 13)], 13, None),
        names=NAMES,
        claims={1: document},
        articles={1: {"id": 1, "title": "News", "outlet": {"name": "TRT"}}},
    ).bars
    assert (bar.said, bar.group, bar.label) == (
        "“13 Americans”",
        "americans",
        "TRT: News",
    )


def test_one_claim_stands_for_each_article_the_one_that_says_most():
    claims = [
        claim(1, 40, None, article=1),
        claim(2, 101, None, article=1),
        claim(3, 13, 13, article=1),
        claim(4, None, 170, article=2, binds_high=True),
    ]
    documents = {n: {"group": "all"} for n in (1, 2, 4)} | {3: {"group": "americans"}}
    shown = estimate(claims, 101, 170)
    assert one_for_each_article(shown, documents) == [2, 4]
    assert len(drawn(shown, only=[2, 4]).bars) == 2
