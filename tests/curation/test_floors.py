"""The extractors are not worse than what was reached, less a tenth.

The floors are written by `./manage.py evaluate --floors`; see docs/quality.md. The
held-out sets are read where they are there.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from curation.evaluation import tasks
from curation.evaluation.gold import read_actors, read_gold
from curation.evaluation.report import name_of
from curation.evaluation.runner import Runner
from curation.extraction.context import Context
from curation.extraction.parsing import Parser
from curation.extraction.registry import rules
from curation.gazetteer import DatabaseGazetteer

# In good time: behind the tests that empty all tables there would be no code lists.
pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
FLOORS = json.loads((ROOT / "curation/evaluation/floors.json").read_text())
# Sets that are read in `make test`; the others take minutes and are left to evaluate.
QUICK = ("actors", "claims", "dates", "figures", "events")


@pytest.fixture(scope="module")
def runner(put_back, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        put_back()
        call_command("load_gazetteer", verbosity=0)
        known = Context(
            tuple(read_actors(ROOT / "fixtures/starter")), DatabaseGazetteer()
        )
        yield Runner(rules(), known, Parser())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def gold():
    return read_gold(ROOT / "fixtures/curation", ROOT / "fixtures/seeds")


def held(results):
    """Each result with its floor; a result without one is new."""
    missing = [r for r in results if name_of(r) not in FLOORS]
    assert not missing, "write the floors anew: manage.py evaluate --floors"
    low = {
        name_of(r): (round(r.value, 3), FLOORS[name_of(r)])
        for r in results
        if r.value < FLOORS[name_of(r)]
    }
    assert not low, low


@pytest.mark.parametrize("task", tasks.TASKS)
def test_the_coded_articles_are_read_as_well_as_before(task, gold, runner):
    results = tasks.evaluate(tasks=[task], gold=gold, data=None, runner=runner)
    assert len(results) > 1
    held(results)


@pytest.mark.skipif(not DATA.is_dir(), reason="the held-out sets are not beside us")
@pytest.mark.parametrize("task", QUICK)
def test_held_out_sets_are_read_as_well_as_before(task, gold, runner):
    results = tasks.evaluate(tasks=[task], gold=gold, data=DATA, runner=runner)
    held(results)
    assert runner.verbatim.right == runner.verbatim.wanted


def test_every_floor_is_of_a_task_that_exists(gold):
    named = {floor.split(" | ")[1] for floor in FLOORS}
    assert {"seeds", "PolNeAR dev", "re3d"} <= named
