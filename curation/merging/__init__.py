"""Two records that are one: planned, merged, undone, and followed ever after."""

from curation.merging.permissions import MAY_MERGE, may_merge
from curation.merging.plans import Plan, plan
from curation.merging.services import merge
from curation.merging.undoing import check_undo, unmerge

__all__ = [
    "MAY_MERGE",
    "Plan",
    "check_undo",
    "may_merge",
    "merge",
    "plan",
    "unmerge",
]
