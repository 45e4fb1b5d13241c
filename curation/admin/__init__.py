"""The curator's desk: articles, read with all that rests on them."""

from curation.admin import (
    articles,
    batches,
    belonging,
    desk,
    jobs,
    merges,
    merging,
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
    "belonging",
    "desk",
    "jobs",
    "merges",
    "merging",
    "omissions",
    "problems",
    "proposals",
    "queue",
    "runs",
    "work",
]
