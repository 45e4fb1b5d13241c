"""What every curated row has: a state, a history, and who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import models

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Status(models.TextChoices):
    """Where a row stands between a first note and the public."""

    DRAFT = "draft"
    CODED = "coded"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    REJECTED = "rejected"
    RETRACTED = "retracted"


# A person stands behind these; drafts, rejected and retracted rows count nowhere.
ACCEPTED = (Status.CODED, Status.REVIEWED, Status.PUBLISHED)


class CuratedQuerySet(models.QuerySet[Any]):
    """Reads of curated rows. `objects` itself is never filtered."""

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def accepted(self) -> Self:
        return self.filter(status__in=ACCEPTED)

    def standing(self) -> Self:
        """All but what was rejected or retracted; drafts too."""
        return self.exclude(status__in=(Status.REJECTED, Status.RETRACTED))


class Curated(models.Model):
    """A row that people decide on. Only `published` rows ever become public."""

    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        db_index=True,
        help_text="Changed by the actions of the list, never by typing.",
    )
    objects = CuratedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known",
                condition=models.Q(status__in=Status.values),
            )
        ]

    def unique_error_message(
        self, model_class: type[models.Model], unique_check: Sequence[str]
    ) -> ValidationError:
        """Of a key that another row has: which one."""
        if tuple(unique_check) != ("slug",):
            return super().unique_error_message(model_class, unique_check)
        other = model_class._default_manager.get(slug=getattr(self, "slug", None))
        return ValidationError(
            "“%(other)s” already has this key. Is it the same? Else take another key.",
            code="unique",
            params={"other": other},
        )


def tracked(**options: Any) -> Callable[[type[models.Model]], type[models.Model]]:
    """Keep every state of a row: who, when, why and what stood before.

    Statement-level triggers, so that COPY, bulk and raw SQL are seen as well.
    The history of `Claim` is the model `ClaimHistory`, reached by `claim.history`.
    """

    def decorate(model: type[models.Model]) -> type[models.Model]:
        return pghistory.track(  # type: ignore[no-any-return]
            pghistory.InsertEvent(level=pghistory.Statement),
            pghistory.UpdateEvent(level=pghistory.Statement),
            pghistory.DeleteEvent(level=pghistory.Statement),
            append_only=True,
            model_name=f"{model.__name__}History",
            obj_field=pghistory.ObjForeignKey(
                related_name="history", related_query_name="history"
            ),
            **options,
        )(model)

    return decorate


def history_of(model: type[models.Model]) -> Any:
    """The model of the states that are kept of a tracked one."""
    return model.history.field.model  # type: ignore[attr-defined]


def history_table(model: type[models.Model]) -> str:
    return str(history_of(model)._meta.db_table)
