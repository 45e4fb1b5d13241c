"""How dates are measured: which coded dates are wanted, and when one is right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from curation.evaluation import dates
from curation.evaluation.gold import GoldArticle, GoldClaim
from curation.evaluation.incidents_days import incident_date
from curation.evaluation.runner import Runner
from curation.extraction.context import Context
from curation.extraction.dates import Dates
from curation.extraction.documents import Document
from curation.extraction.parsing import Parser

ROOT = Path(__file__).parents[2]
TEXT = "The market was attacked on Monday. Talks began after the attack of May 2019."
PUBLISHED = {
    "earliest": "2021-09-01",
    "latest": "2021-09-02",
    "precision": "few_days",
    "basis": "inferred",
    "note": "from the text",
}


@pytest.fixture(scope="module")
def runner() -> Runner:
    return Runner((Dates(),), Context(), Parser())


def gold(*, day: str) -> Any:
    attack = {"text": "on Monday", "basis": "relative", "claims": ["a-1"]}
    talks = {"text": "after the attack of May 2019", "basis": "stated"}
    events = {
        "attack": {"date": {**attack, "earliest": day, "latest": day}},
        "talks": {
            "date": {
                **talks,
                "earliest": "2019-05-01",
                "latest": "2021-09-02",
                "claims": ["a-2"],
            }
        },
    }
    article = GoldArticle(
        Document.of_text("a", TEXT),
        "a",
        {"published": PUBLISHED},
        claims=[GoldClaim("a-1", {}, ((0, 34),)), GoldClaim("a-2", {}, ((35, 77),))],
    )
    return SimpleNamespace(articles=[article], events=events)


def test_a_date_is_right_when_both_days_are(runner: Runner) -> None:
    (right,) = dates.seeds(gold(day="2021-08-30"), runner)
    assert (right.total.right, right.total.wanted) == (1, 1)
    assert list(right.rules) == ["date.weekday-published"]
    (wrong,) = dates.seeds(gold(day="2021-08-23"), runner)
    assert (wrong.total.right, wrong.total.wanted) == (0, 1)


RELEASES = [
    # The year stands in the text; only in what is known beside it; nowhere.
    (
        "KABUL, Afghanistan (Jan. 22, 2013) - Troops seized arms yesterday.",
        "2013-01-21",
    ),
    ("KABUL, Afghanistan (Jan. 22) - Troops seized arms today.", "2012-01-22"),
]


def test_the_year_of_publication_is_given_in_the_rows_that_say_so(
    tmp_path: Path, runner: Runner
) -> None:
    folder = tmp_path / "isaf_press_releases"
    folder.mkdir()
    with (folder / "isaf_open_dev.jsonl").open("w") as lines:
        for number, (text, day) in enumerate(RELEASES):
            record = {"id": str(number), "text": text, "gold": {"start_date": day}}
            lines.write(json.dumps(record) + "\n")
    found = {
        result.dataset: result.total for result in dates.held_out(tmp_path, runner)
    }
    assert (found["ISAF"].right, found["ISAF"].wanted) == (1, 2)
    assert found["ISAF (year given)"].right == 2
    assert dates.held_out(tmp_path / "nowhere", runner) == []


def days_of(text: str, runner: Runner) -> Iterator[str]:
    document = Document.of_text(text, text)
    yield str(incident_date(runner.findings(document), document))


HEAD = "KABUL, Afghanistan (Jan. 22, 2013) - "


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (HEAD + "Forces killed two men Sunday.", "2013-01-20"),
        (HEAD + "Forces confirmed today the arrest of a man Sunday.", "2013-01-20"),
        (HEAD + "A man behind the Jan. 3 attack was killed yesterday.", "2013-01-21"),
        (HEAD + "Forces killed two men.", "2013-01-22"),
        (HEAD + "Forces killed two men over the weekend.", "2013-01-19"),
        ("KABUL - Jan. 22, 2013 - Forces killed two men yesterday.", "2013-01-21"),
        (
            HEAD + "Two men died.\n\nKABUL (Jan. 29, 2013) - More is known.",
            "2013-01-22",
        ),
        ("Forces killed two men.", "None"),
    ],
)
def test_the_day_of_an_incident(text: str, day: str, runner: Runner) -> None:
    assert next(days_of(text, runner)) == day
