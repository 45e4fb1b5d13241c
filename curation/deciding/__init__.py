"""What a person makes of proposals: accept, edit, reject, undo."""

from curation.deciding.decisions import accept, accept_all, precise_rules, reject, undo
from curation.deciding.making import EDITABLE

__all__ = ["EDITABLE", "accept", "accept_all", "precise_rules", "reject", "undo"]
