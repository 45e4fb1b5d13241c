"""Changes of many rows at once: kept as a Batch, shown, undone as one."""

from curation.bulk.states import changed_number, changed_rows, models_of
from curation.bulk.undoing import Undoing, check_undo, keep_batch, undo

__all__ = [
    "Undoing",
    "changed_number",
    "changed_rows",
    "check_undo",
    "keep_batch",
    "models_of",
    "undo",
]
