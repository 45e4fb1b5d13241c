"""Keys: of new rows, and of rows that a person names."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import slugify

from curation.merging.following import stays
from sources.models import ACCEPTED

M = TypeVar("M", bound=Model)
LENGTH = 90  # leaves room for a number


def free_slug(model: type[Any], words: str) -> str:
    """A key made of `words` that no row of `model` has yet."""
    base = slug_of(model, words)
    taken = set(
        model.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    number = 2
    slug = base
    while slug in taken:
        slug = f"{base}-{number}"
        number += 1
    return slug


def slug_of(model: type[Any], words: str) -> str:
    """What `words` are as a key, whether a row has it or not."""
    return slugify(words)[:LENGTH].strip("-") or str(model._meta.model_name)


def by_key(model: type[M], key: str) -> M:
    """The accepted row with this key, or the one that it was merged into.

    Raises ValidationError that names it.
    """
    row = model._default_manager.filter(slug=key).first()
    if row is None:
        name = model._meta.verbose_name
        raise ValidationError(f"There is no {name} with the key “{key}”.")
    return standing(stays(row))


def accepted_by_key(model: type[M], key: str | None) -> M | None:
    """As by_key; None where there is no such row, or nobody stands behind it."""
    row = model._default_manager.filter(slug=key or "").first()
    if row is None:
        return None
    row = stays(row)
    return row if row.status in ACCEPTED else None  # type: ignore[attr-defined]


def standing(row: M) -> M:
    """The row, if somebody stands behind it. Raises ValidationError with its status."""
    status = row.status  # type: ignore[attr-defined]
    if status not in ACCEPTED:
        raise ValidationError(
            f"The {row._meta.verbose_name} “{row}” is {status}: move it to coded on "
            "its own page first, or name another one."
        )
    return row
