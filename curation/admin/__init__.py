"""The curator's desk: articles, read with all that rests on them."""

from curation.admin import articles, omissions, proposals

__all__ = ["articles", "omissions", "proposals"]
