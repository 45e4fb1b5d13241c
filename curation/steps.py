"""Steps on the desk: each thing that somebody did there, once; and back again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from curation.deciding import undo
from curation.deciding.decisions import transaction_time
from curation.deciding.undoing import keys_of, take_back_coded
from curation.models import Judgement, Step, Verdict
from sources.refusals import refusing
from sources.services import recorded

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model

    from sources.models import Article

DECISION = Judgement._meta.label
LONGEST = 300  # characters of what a step says


def take_step(
    article: Article,
    act: Callable[[], Iterable[Model]],
    *,
    token: UUID,
    what: str,
    by: AbstractUser,
) -> Step:
    """Do `act`, which answers the rows it added, and write down that it was done.

    The same token again does nothing and answers the step of the first time: a page
    that lost the connection asks twice. Raises what `act` raises, and nothing is done;
    database refusals as ValidationError.
    """
    with refusing(), recorded(by=by, why=what):
        _turns_with(by)
        before: Step | None = Step.objects.filter(token=token).first()
        if before is not None:
            if (before.by_id, before.article_id) != (by.pk, article.pk):
                raise ValidationError("This is a step of somebody else, or elsewhere.")
            return before
        made = [[row._meta.label, row.pk] for row in act()]
        connection.check_constraints()  # also those deferred to the commit
        step: Step = Step.objects.create(
            token=token,
            article=article,
            by=by,  # type: ignore[misc]  # whichever user model is set
            at=transaction_time(),  # that of the rows in the history, too
            what=what[:LONGEST],
            made=made,
        )
        return step


def undo_last(article: Article, *, by: AbstractUser) -> Step:
    """Take back the last step of `by` on this article that still stands.

    Raises ValidationError when there is none, or when it cannot be taken back.
    """
    with transaction.atomic():
        _turns_with(by)
        last = Step.objects.standing().filter(article=article, by=by).first()
        if last is None:
            raise ValidationError("There is nothing of yours left to undo here.")
        return undo_step(last, by=by)


def undo_step(step: Step, *, by: AbstractUser) -> Step:
    """Take back one step of one's own: its decisions are open again, its rows gone.

    Raises ValidationError when somebody built on it since (see deciding.undoing).
    """
    if step.by_id != by.pk:
        raise PermissionDenied(f"“{step}” is a step of {step.by}, not of {by}.")
    with refusing(), recorded(by=by, why=f"undone: {step}"):
        held: Step = Step.objects.select_for_update().get(pk=step.pk)
        if held.undone_at:
            raise ValidationError(f"“{held}” is undone already.")
        decisions = [pk for label, pk in held.made if label == DECISION]
        for judgement in _standing(decisions):
            undo(judgement, by=by, why=f"undone: {held}"[:LONGEST])
        coded = [pair for pair in held.made if pair[0] != DECISION]
        take_back_coded(keys_of(coded, of=held), at=held.at, by=by)
        connection.check_constraints()
        Step.objects.filter(pk=held.pk).update(undone_at=timezone.now())
        held.refresh_from_db()
        return held


def _standing(decisions: list[int]) -> Iterable[Any]:
    """Those judgements that were not undone elsewhere meanwhile, the last first."""
    rows = Judgement.objects.filter(pk__in=decisions).select_related(
        "proposal__article", "by"
    )
    undone = {"superseded_by__verdict": Verdict.UNDONE}
    return rows.exclude(**undone).order_by("-pk")


def _turns_with(by: AbstractUser) -> None:
    """Two requests of one person take turns, in the order in which they arrive."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock('public.curation_step'::regclass::int, %s)",
            [by.pk % 2**31],
        )
