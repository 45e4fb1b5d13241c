"""Rows that programs send one by one or in bulk: the curation format without files."""

from curation.storing.current import MOVED, WRITTEN, as_sent, version_of
from curation.storing.saving import CREATED, Stored, store, store_each
from curation.storing.sheet import Fault, RowsRefusedError, Sent

__all__ = [
    "CREATED",
    "MOVED",
    "WRITTEN",
    "Fault",
    "RowsRefusedError",
    "Sent",
    "Stored",
    "as_sent",
    "store",
    "store_each",
    "version_of",
]
