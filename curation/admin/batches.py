"""What was changed of many rows at once: looked at, and undone as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from curation.admin.undoing import UndoableAdmin
from curation.bulk import (
    Undoing,
    changed_number,
    changed_rows,
    check_undo,
    keep_batch,
    models_of,
    undo,
)
from curation.models import Batch
from sources.admin.bulk_page import kept_by, refused
from sources.admin.history import fields_changed
from sources.numbers import number_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model
    from django.http import HttpRequest

PER_PAGE = 50


def _kept(*, by: AbstractUser, what: str, why: str, rows: int) -> str:
    batch = keep_batch(by=by, what=what, why=why, rows=rows)
    return reverse("admin:curation_batch_change", args=[batch.pk])


kept_by(_kept)


@admin.register(Batch)
class BatchAdmin(UndoableAdmin):
    """Changes of many rows at once, each with a page to look at it and undo it."""

    list_display = ("what", "by", "at", "why", "undone")
    list_filter = ("by",)
    list_select_related = ("by", "undone_by", "undone_by__by")
    search_fields = ("what", "why")
    search_help_text = "What was done, or the reason"
    template = "curation/admin/batch.html"

    @admin.display(description="undone")
    def undone(self, row: Batch) -> str:
        later = getattr(row, "undone_by", None)
        return f"by {later.by}" if later else "—"

    def undo(self, row: Batch, *, by: AbstractUser, why: str) -> tuple[Batch, str]:
        done = undo(row, by=by, why=why)
        what = "it is" if done.rows == 1 else f"{done.rows:,} rows are"
        return done, f"{what} set back. This page shows it."

    def shown(self, request: HttpRequest, row: Batch) -> dict[str, Any]:
        return _rows(row, page_number(request)) | _undoable(row, by=request.user)  # type: ignore[arg-type]


def page_number(request: HttpRequest) -> int:
    """The page asked for, from 1; the first for anything that is no number."""
    return number_of(request.GET.get("p", "1"), digits=6) or 1


def _rows(batch: Batch, page: int) -> dict[str, Any]:
    """One page of rows with what changed in each, table after table."""
    try:
        tables = models_of(batch)
    except ValidationError:
        return {"rows": []}
    start = (page - 1) * PER_PAGE
    rows: list[dict[str, Any]] = []
    before = 0  # rows of the tables before this one
    for model in tables:
        number = changed_number(batch, model) if len(tables) > 1 else 0
        first, most = max(start - before, 0), PER_PAGE + 1 - len(rows)
        if most > 0 and (len(tables) == 1 or first < number):
            rows += _rows_of(batch, model, start=first, most=most)
        before += number
    more, rows = len(rows) > PER_PAGE, rows[:PER_PAGE]
    return {
        "rows": rows,
        "kinds": len(tables) > 1,
        "first": start + 1,
        "last": start + len(rows),
        "earlier": page - 1,
        "later": page + 1 if more else 0,
    }


def _rows_of(
    batch: Batch, model: type[Model], *, start: int, most: int
) -> list[dict[str, Any]]:
    """Rows of one table with what changed in each."""
    pairs = changed_rows(batch, model, start=start, most=most)
    names = _names(model, [after.pgh_obj_id for _, after in pairs])
    meta = model._meta
    address = f"admin:{meta.app_label}_{meta.model_name}_change"
    return [
        {
            "kind": meta.verbose_name,
            "name": names.get(after.pgh_obj_id, "a row that was removed since"),
            "href": reverse(address, args=[after.pgh_obj_id]),
            "gone": after.pgh_obj_id not in names,
            "changes": changes,
        }
        for (_, after), changes in zip(pairs, fields_changed(pairs), strict=True)
    ]


def _names(model: Any, keys: list[int]) -> dict[int, str]:
    registered = admin.site._registry[model]
    joined = registered.list_select_related
    rows = model._default_manager.filter(pk__in=keys)
    if isinstance(joined, (list, tuple)):
        rows = rows.select_related(*joined)
    return {row.pk: str(row) for row in rows}


def _undoable(batch: Batch, *, by: AbstractUser) -> dict[str, Any]:
    """What undoing would do, or what stands in its way."""
    try:
        undoing: Undoing | None = check_undo(batch, by=by)
        return {"undoing": undoing, "barred": []}
    except (ValidationError, PermissionDenied) as error:
        return {"undoing": None, "barred": refused(error)}
