"""The ISAF press releases: one incident each, coded by an expert."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from curation.evaluation.held_out import json_lines
from curation.extraction.documents import Document, Interval
from sources.dates import Basis, Precision


def releases(data: Path) -> list[dict[str, Any]]:
    """The records with their gold; none where the set is missing."""
    path = data / "isaf_press_releases" / "isaf_open_dev.jsonl"
    return list(json_lines(path)) if path.exists() else []


def release(record: Mapping[str, Any], *, year_given: bool) -> Document:
    """A release as a document; `year_given`: with its year of publication."""
    if not year_given:
        return Document.of_text(record["id"], record["text"])
    year = int(record["gold"]["start_date"][:4])
    published = Interval(
        dt.date(year, 1, 1), dt.date(year, 12, 31), Precision.YEAR, Basis.METADATA
    )
    return Document.of_text(
        f"{record['id']} of {year}", record["text"], published=published
    )
