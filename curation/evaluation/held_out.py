"""Public sets that no rule was written for, where they are and how they are halved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def looked_at(id: str) -> bool:  # noqa: A002  # what the sets call it
    """Whether a document is in the half of its set that authors of rules may read.

    The other half is never looked at: what is reached there is what users get.
    """
    return hashlib.sha256(id.encode()).digest()[0] % 2 == 0


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
