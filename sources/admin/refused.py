"""What the database refuses, as the admin tells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from sources.refusals import refusal_of

if TYPE_CHECKING:
    from django.db import DatabaseError

# What Django says where `force_update` finds no row (Model.save_base).
_GONE = "Forced update did not affect any rows."
_WITH_RULE = re.compile(r"(?P<words>.*) \(rule (?P<rule>\w+)\)\.", re.DOTALL)


def told(error: DatabaseError | ValidationError) -> str | None:
    """The refusal in words; None when no rule was broken (see refusal_of).

    A rule without words of its own is told by its name: once, not in brackets again.
    """
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if str(error) == _GONE:
        return "It was deleted meanwhile, so it was not saved: enter it anew."
    refusal = refusal_of(error)
    found = _WITH_RULE.fullmatch(refusal or "")
    if found and found["words"].lower() == found["rule"].replace("_", " ").lower():
        return f"{found['words']}."
    return refusal
