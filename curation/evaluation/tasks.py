"""All tasks, and how they are run together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path

from curation.evaluation.gold import Gold
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Counts, Result

TASKS = ("actors", "claims", "figures", "dates", "places", "events", "pairs")
Said = Callable[[str], None]


def evaluate(
    *,
    tasks: Iterable[str],
    gold: Gold,
    data: Path | None,
    runner: Runner,
    say: Said = lambda step: None,
) -> list[Result]:
    """Every result of these tasks: on the gold, then on the held-out sets in `data`."""
    results: list[Result] = []
    for name in tasks:
        module = import_module(f"curation.evaluation.{name}")
        say(f"{name}: the coded articles")
        results += module.seeds(gold, runner)
        if data is not None and data.is_dir():
            say(f"{name}: held-out sets")
            results += module.held_out(data, runner)
    note = "spans of findings that are the text at their offsets, of all documents read"
    results.append(
        Result("verbatim", "all", "accuracy", [runner.verbatim], 1.0, note=note)
    )
    return results


def by_rule(results: Iterable[Result]) -> Mapping[str, Counts]:
    """Right and proposed findings of each rule, over all sets, by name."""
    table: dict[str, Counts] = {}
    for result in results:
        for rule, counts in result.rules.items():
            table[rule] = table.get(rule, Counts()) + counts
    return dict(sorted(table.items()))
