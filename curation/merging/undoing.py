"""Undoing a merge: everything stands again as it stood before, or nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from curation.bulk.checking import told
from curation.merging.permissions import verb_of
from curation.merging.services import change, held, is_so
from curation.models import Merge, MergeMove
from sources.models import Curated, Status
from sources.refusals import refusing
from sources.services import recorded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model

_NAMED = 10  # rows that a refusal names


def unmerge(*, merge: Merge, by: AbstractUser, why: str) -> Merge:
    """Undo a merge: what moved goes back, and the merged record stands as it stood.

    What was added to the other one since stays there; where it was reviewed before the
    merge, it waits for its review. Raises ValidationError that names what is in the
    way, and changes nothing; PermissionDenied when `by` may not.
    """
    if not why.strip():
        raise ValidationError("Say in words why you undo it.")
    with recorded(by=by, why=why), refusing():
        done: Merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        held(done.loser), held(done.into)
        check_undo(done, by=by)
        done.undone_at, done.undone_why = timezone.now(), why
        done.undone_by = by  # type: ignore[assignment]  # whichever user model is set
        done.save(update_fields=["undone_at", "undone_by", "undone_why"])
        for move in done.moves.all():
            _set_back(move)
        connection.check_constraints()  # also those deferred to the commit
    return done


def check_undo(merge: Merge, *, by: AbstractUser) -> None:
    """Raise what unmerge() would raise."""
    if merge.undone_at is not None:
        raise ValidationError(
            f"{merge} was undone already, by {merge.undone_by} on "
            f"{merge.undone_at:%Y-%m-%d}."
        )
    _check_allowed(merge, by=by)
    if problems := list(_in_the_way(merge)):
        raise ValidationError(
            [
                *problems,
                "Nothing is undone: set that right first, or part them by hand.",
            ]
        )


def _check_allowed(merge: Merge, *, by: AbstractUser) -> None:
    """What it takes to undo a merge is what it would take to make it now."""
    before = merge.moves.get(model=merge.loser._meta.label, after__has_key="status")
    verb = verb_of(before.before["status"], merge.into.status) or "publish"
    if not by.has_perm(f"sources.{verb}"):
        raise PermissionDenied(
            f"{by} may not undo this merge: it takes the permission to {verb} such "
            "records."
        )


def _in_the_way(merge: Merge) -> Iterator[str]:
    """What was changed since, and would be lost or wrong if the merge were undone."""
    later = Merge.objects.standing().of(merge.into).first()
    if later is not None:
        yield (
            f"“{merge.into}” was merged into “{later.into}” since: undo that merge "
            "first."
        )
        return
    for move in merge.moves.all():
        if move.before:
            yield from _changed_since(move)


def _changed_since(move: MergeMove) -> Iterator[str]:
    model = apps.get_model(move.model)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT moved.id FROM unnest(%s::bigint[]) AS moved(id)
            WHERE NOT EXISTS (SELECT FROM {model._meta.db_table} t
                              WHERE t.id = moved.id AND {is_so(move.after)})
            ORDER BY moved.id
            """,
            [move.rows, *move.after.values()],
        )
        changed = [pk for (pk,) in cursor.fetchall()]
    named = changed[:_NAMED]
    rows = model._default_manager.in_bulk(named)
    for pk in named:
        yield _told(model, pk, rows.get(pk))
    if more := len(changed) - len(named):
        yield f"… and {more:,} more {model._meta.verbose_name_plural} were changed."


def _told(model: type[Model], pk: int, row: Any) -> str:
    """What became of one row since, and by whom where that is known."""
    name = model._meta.verbose_name
    kept = getattr(model, "history", None)
    if kept is None:
        return (
            f"The {name} “{row}” was changed or removed since."
            if row
            else (f"The {name} {pk} was removed since.")
        )
    states = kept.field.model.objects.select_related("pgh_context")
    return told(row, states.filter(pgh_obj_id=pk).latest("pgh_id"))


def _set_back(move: MergeMove) -> None:
    if move.before:
        if change(move, move.after, move.before) != len(move.rows):
            raise ValidationError(
                "Somebody is changing what would go back at this very moment: look at "
                "the merge again."
            )
        return
    model: Any = apps.get_model(move.model)
    made = model._default_manager.filter(pk__in=move.rows)
    if not issubclass(model, Curated):
        made.delete()
        return
    # What was public is retracted, never taken away.
    public = made.filter(status=Status.PUBLISHED)
    public.update(status=Status.RETRACTED)
    made.exclude(status=Status.RETRACTED).update(status=Status.REJECTED)
