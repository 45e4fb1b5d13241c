"""The curator's desk: articles, read with all that rests on them."""

from curation.admin import articles, jobs, omissions, proposals, runs, work

__all__ = ["articles", "jobs", "omissions", "proposals", "runs", "work"]
