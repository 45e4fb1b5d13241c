"""What a score means: how often a rule was right where it was measured.

`precision.json` is written by `./manage.py evaluate --calibrate`: per rule, how many of
its findings were right and how many wrong on the sets that evaluate names. The score
is (right + 1) / (right + wrong + 2): a rule that was never measured stands at one half.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

UNMEASURED = 0.5
MEASURED = Path(__file__).with_name("precision.json")


@cache
def measured() -> Mapping[str, tuple[int, int]]:
    """Right and wrong findings by rule; empty before anything was measured."""
    if not MEASURED.exists():
        return {}
    table = json.loads(MEASURED.read_text())
    return {rule: (right, wrong) for rule, (right, wrong) in table.items()}


def score_of(rule: str) -> float:
    """The rule's score, 0 to 1, to three decimals."""
    right, wrong = measured().get(rule, (0, 0))
    return round((right + 1) / (right + wrong + 2), 3)
