"""How pairs are measured: groups, hard negatives, made-up figures."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from curation.evaluation import pair_gva, pairs
from curation.evaluation.conflict_cases import CASES, figures_of
from curation.evaluation.gold import read_gold
from curation.evaluation.held_out import looked_at
from curation.evaluation.runner import Runner
from curation.extraction.context import Context
from curation.extraction.parsing import Parser

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def runner() -> Runner:
    return Runner((), Context(), Parser())  # pairing reads texts without findings too


def test_of_the_seeds_one_pair_is_found_and_no_figures_are_called_a_conflict(
    runner: Runner,
) -> None:
    gold = read_gold(ROOT / "fixtures/curation", ROOT / "fixtures/seeds")
    found = {
        (result.task, result.dataset): result for result in pairs.seeds(gold, runner)
    }
    articles = found[pair_gva.TASK, "seeds"].total
    assert (articles.right, articles.proposed, articles.wanted) == (1, 1, 1)
    assert found[pairs.CONFLICTS, "seeds"].value == 1
    assert found[pairs.CONFLICTS, "made up"].value == 1


def test_made_up_cases_hold_both_answers_and_every_figure_is_read() -> None:
    answers = [case.conflict for case in CASES]
    assert answers.count(True) >= 20
    assert answers.count(False) >= 20
    assert all(len(figures_of(case)) == len(case.figures) for case in CASES)


def test_what_is_found_together_is_joined_in_turn() -> None:
    groups = pair_gva.joined("abcde", [("a", "b"), ("d", "c"), ("b", "c")])
    assert groups["a"] == groups["d"] == frozenset("abcd")
    assert groups["e"] == frozenset("e")


STORY = (
    "{name} was hurt on {street} in {city}, police said. A neighbour of {name} heard "
    "shots near {street} at {time} and called for help. {name} is {age}.\n"
)
PEOPLE = [
    ("Ada Roe", "Elm Street", "Brock", "7:40", 31),
    ("Ben Ito", "Mill Lane", "Marlow", "9:15", 54),
    ("Cal Poe", "High Road", "Gannet", "2:30", 22),
]


def written(folder: Path) -> None:
    """Three incidents; the first has two articles."""
    rows: list[dict[str, Any]] = []
    for at, (name, street, city, clock, age) in enumerate(PEOPLE):
        text = STORY.format(name=name, street=street, city=city, time=clock, age=age)
        rows.append({"doc_id": f"{at}/x", "title": f"{name} hurt", "text": text})
    again = "Two days after {}, {}, was hurt on {} in {}, a man was held.\n"
    name, street, city, _, age = PEOPLE[0]
    text = again.format(name, age, street, city)
    rows.append({"doc_id": "0/y", "title": f"Man held, {name} is well", "text": text})
    for row in rows:
        row["date"] = "2016-05-04"
    with gzip.open(folder / "docs.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(f"{json.dumps(row)}\n" for row in rows)
    lines = [{"doc_id": row["doc_id"], "cluster": row["doc_id"][0]} for row in rows]
    (folder / "clusters_open30.jsonl").write_text("\n".join(map(json.dumps, lines)))
    places = [{"incident_id": str(at), "state": "Ohio"} for at in range(3)]
    (folder / "incidents.jsonl").write_text("\n".join(map(json.dumps, places)))


def test_gva_is_grouped_and_halved_by_incident(tmp_path: Path, runner: Runner) -> None:
    (tmp_path / "gva_incidents").mkdir()
    written(tmp_path / "gva_incidents")
    results = pairs.held_out(tmp_path, runner)
    by_name = {(result.task, result.dataset): result for result in results}
    grouped = by_name[f"{pair_gva.TASK}, pairwise", "gva"]
    assert (grouped.total.right, grouped.total.proposed, grouped.total.wanted) == (
        1,
        1,
        1,
    )
    assert by_name[f"{pair_gva.TASK}, B³", "gva"].value == 1
    hard = by_name[f"{pair_gva.TASK}, hard pairs", "gva"]
    assert hard.total.wanted == 1
    assert len(hard.documents) == 1 + 4  # both articles against two others
    unseen = by_name[f"{pair_gva.TASK}, B³", "gva, unseen half"]
    kept = [2, 1, 1]
    assert len(unseen.documents) == sum(
        number for at, number in enumerate(kept) if not looked_at(str(at))
    )


def test_a_missing_folder_gives_no_result(tmp_path: Path, runner: Runner) -> None:
    assert pairs.held_out(tmp_path, runner) == []
