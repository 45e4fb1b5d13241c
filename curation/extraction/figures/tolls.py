"""Tolls: "the death toll rose to 12", where no noun says what is counted."""

from __future__ import annotations

import re

_TOLL = re.compile(
    r"\b(?:toll|number of (?:the )?(?:dead|deaths|people killed|killed|fatalities)"
    r"|body count)\b[^.;]{0,60}?\b(?:to|at|of|is|was|reached|hit|passed|exceed\w*"
    r"|topp?\w*|surpass\w*|least) $",
    re.IGNORECASE,
)
_HURT_TOLL = re.compile(r"\b(?:injur|wound)\w*\b", re.IGNORECASE)


def toll(text: str, start: int) -> str | None:
    """The measure of "the death toll rose to …" before the character `start`."""
    before = text[max(0, start - 110) : start]
    found = _TOLL.search(before)
    if found is None:
        return None
    return "injured" if _HURT_TOLL.search(found[0]) else "killed"
