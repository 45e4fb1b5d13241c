"""The curator's desk: articles, read with all that rests on them."""

from curation.admin import (
    articles,
    batches,
    desk,
    jobs,
    omissions,
    problems,
    proposals,
    queue,
    runs,
    work,
)

__all__ = [
    "articles",
    "batches",
    "desk",
    "jobs",
    "omissions",
    "problems",
    "proposals",
    "queue",
    "runs",
    "work",
]
