"""What a person makes of proposals: accept, edit, reject, undo."""

from curation.deciding.decisions import (
    accept,
    accept_all,
    accept_together,
    precise_rules,
    reject,
    undo,
)
from curation.deciding.making import EDITABLE, NEEDED

__all__ = [
    "EDITABLE",
    "NEEDED",
    "accept",
    "accept_all",
    "accept_together",
    "precise_rules",
    "reject",
    "undo",
]
