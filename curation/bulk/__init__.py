"""Changes of many rows at once: kept as a Batch, shown, undone as one."""

from curation.bulk.states import changed_rows, model_of
from curation.bulk.undoing import Undoing, check_undo, keep_batch, undo

__all__ = ["Undoing", "changed_rows", "check_undo", "keep_batch", "model_of", "undo"]
