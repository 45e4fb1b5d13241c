"""How figures are measured, and what is made of them for an incident report."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from curation.evaluation import figures
from curation.evaluation.gold import GoldArticle, GoldClaim
from curation.evaluation.incidents import incident_count
from curation.evaluation.runner import Runner
from curation.extraction.context import Context
from curation.extraction.dates import Dates
from curation.extraction.documents import Document
from curation.extraction.figures import Figures
from curation.extraction.parsing import Parser

TEXT = "Twelve people were killed. Police arrested 3 men."


@pytest.fixture(scope="module")
def runner() -> Runner:
    return Runner((Dates(), Figures()), Context(), Parser())


def gold(*coded: dict[str, Any]) -> Any:
    claims = [
        GoldClaim(f"a-{n}", {"figure": {"quantifier": "exact", **figure}}, ((0, 49),))
        for n, figure in enumerate(coded)
    ]
    article = GoldArticle(Document.of_text("a", TEXT), "a", {}, claims=claims)
    return SimpleNamespace(articles=[article])


KILLED = {"measure": "killed", "low": 12, "high": 12, "text": "Twelve people"}
ARRESTED = {"measure": "arrested", "low": 3, "high": 3, "text": "3 men"}


@pytest.mark.parametrize(
    ("coded", "right", "wanted"),
    [
        ((KILLED, ARRESTED), 2, 2),
        ((KILLED, {**ARRESTED, "low": 4}), 1, 2),
        ((KILLED, {**ARRESTED, "measure": "captured"}), 1, 2),
        ((KILLED, {**ARRESTED, "text": "Police"}), 1, 2),
        ((KILLED, {**ARRESTED, "quantifier": "sum"}), 1, 1),
        ((KILLED, KILLED), 1, 2),
    ],
)
def test_a_figure_is_right_when_measure_bounds_and_words_are(
    coded: tuple[dict[str, Any], ...], right: int, wanted: int, runner: Runner
) -> None:
    (result,) = figures.seeds(gold(*coded), runner)
    total = result.total
    assert (total.right, total.proposed, total.wanted) == (right, 2, wanted)
    assert sum(counts.proposed for counts in result.rules.values()) == 2


COUNTS = [
    ("Forces killed three insurgents. The three insurgents were killed.", 3, 0),
    ("Forces killed an insurgent and detained two others.", 1, 2),
    ("Forces captured a leader. They detained one additional suspect.", 0, 2),
    ("Forces captured a leader. Multiple insurgents were detained.", 0, 4),
    ("Forces detained insurgents.", 0, 2),
    ("Forces killed several insurgents.", 3, 0),
    ("Forces detained a few insurgents.", 0, 3),
    ("He fired at the force. He was engaged and killed.", 1, 0),
    ("Insurgents killed two soldiers and four civilians.", 0, 0),
    ("No civilians were killed.", 0, 0),
]


@pytest.mark.parametrize(("text", "killed", "captured"), COUNTS)
def test_the_least_numbers_of_an_incident(
    text: str, killed: int, captured: int, runner: Runner
) -> None:
    document = Document.of_text(text, text)
    found = runner.findings(document)
    told = [incident_count(found, document, each) for each in ("killed", "captured")]
    assert told == [killed, captured]


@pytest.mark.parametrize(
    ("text", "killed", "captured"),
    [
        # Who is told of beside a figure without a number of his own.
        ("Forces killed the leader and two fighters.", 3, 0),
        ("Forces killed Taliban leader Omar Gul and two fighters.", 3, 0),
        ("Omar Gul and two fighters were killed.", 3, 0),
        ("He was killed along with one fighter.", 2, 0),
        ("Forces detained the leader along with several of his men.", 0, 4),
        ("Forces searched for Omar Gul and two fighters were killed.", 2, 0),
        ("Forces killed his father and one fighter.", 1, 0),
        # "About ten" is at least ten in the codebook.
        ("Approximately 10 insurgents were killed.", 10, 0),
        # The enemy's dead beside others, and others alone.
        ("Two attackers were killed and three policemen were wounded.", 2, 0),
        ("Two bombers were killed along with one civilian.", 2, 0),
        ("Afghan policemen were killed.", 0, 0),
        ("ISAF service members were killed.", 0, 0),
        # What a sentence before dates to another time, and what it does not.
        ("In June 2011, troops came. They killed more than 30 men.", 0, 0),
        ("In June 2011, troops came. On May 5, 2011 they killed two men.", 2, 0),
        ("Since June 2011 troops have detained 125 insurgents.", 0, 0),
        ("Two insurgents were killed Nov. 5-6, 2011.", 2, 0),
    ],
)
def test_who_is_counted_and_who_is_not(
    text: str, killed: int, captured: int, runner: Runner
) -> None:
    document = Document.of_text(text, f"It was calm.\n\n{text}")
    found = runner.findings(document)
    told = [incident_count(found, document, each) for each in ("killed", "captured")]
    assert told == [killed, captured]


def test_press_releases_are_counted_by_halves(tmp_path: Path, runner: Runner) -> None:
    folder = tmp_path / "isaf_press_releases"
    folder.mkdir()
    with (folder / "isaf_open_dev.jsonl").open("w") as lines:
        for number, (text, killed, captured) in enumerate(COUNTS):
            coded = {"min_killed": killed, "min_captured": captured}
            record = {"id": f"isaf-{number}", "text": text, "gold": coded}
            lines.write(json.dumps(record) + "\n")
    found = {(r.task, r.dataset): r.total for r in figures.held_out(tmp_path, runner)}
    assert found["killed, all", "ISAF"].right == len(COUNTS)
    assert found["captured, all", "ISAF"].right == len(COUNTS)
    # Those with a number or "several" killed.
    assert found["killed, where stated", "ISAF"].wanted == 2
    assert found["killed, all", "ISAF, unseen half"].wanted < len(COUNTS)
    assert figures.held_out(tmp_path / "nowhere", runner) == []


def test_of_an_incident_no_more_are_killed_than_were(
    tmp_path: Path, runner: Runner
) -> None:
    folder = tmp_path / "gva_incidents"
    folder.mkdir()
    texts = {
        "1/a": "Two people were killed and three were wounded.",
        "1/b": "Four people were killed at the house.",
        "1/c": "Nine people were killed in two shootings.",  # several incidents
    }
    incident = {
        "incident_id": "1",
        "num_killed": 2,
        "num_injured": 3,
        "date": "May 1, 2014",
    }
    (folder / "incidents.jsonl").write_text(json.dumps(incident) + "\n")
    clusters = [json.dumps({"doc_id": doc, "cluster": "1"}) for doc in texts]
    (folder / "clusters_open30.jsonl").write_text("\n".join(clusters))
    with gzip.open(folder / "docs.jsonl.gz", "wt") as lines:
        for doc, text in texts.items():
            lines.write(json.dumps({"doc_id": doc, "text": text}) + "\n")
    whole, _ = figures.held_out(tmp_path, runner)
    assert (whole.total.right, whole.total.proposed) == (2, 3)
