"""What a person changed of a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from curation.models import Proposal


def edited(proposal: Proposal, fields: Mapping[str, Any], *names: str) -> list[str]:
    """Which of these fields a person changed."""
    return [each for each in names if fields.get(each) != proposal.fields.get(each)]


def refuse_dropped(names: list[str], row: Any) -> None:
    """Raise ValidationError: these edits would change a row that is known already."""
    if names:
        words = " and ".join(each.replace("_", " ") for each in names)
        raise ValidationError(
            f"“{row}” is known already: its {words} is changed on its own page, not "
            "here. Take that edit back, or choose another one."
        )
