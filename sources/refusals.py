"""What the database refuses, in words for the one who tried."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import CheckConstraint, UniqueConstraint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db import DatabaseError
    from django.db.models import BaseConstraint

ALREADY_THERE = "23505"  # PostgreSQL's unique_violation
# SQLSTATE classes 22 (the data) and 23 (integrity), and RAISE without a code.
_REFUSALS = ("22", "23", "P0001")


def refusal_of(error: DatabaseError) -> str | None:
    """A sentence that names the broken rule; None when no rule was broken.

    None means that something else went wrong (connection, deadlock, a bug): let it
    rise. The rule's name is that of the constraint or trigger in the database.
    """
    state = getattr(error.__cause__, "sqlstate", None) or ""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None or not state.startswith(_REFUSALS):
        return None
    rule = diagnosis.constraint_name
    words = _words(rule) or _sentence(diagnosis.message_primary or "")
    if state == "23503":
        words = "Something else in the database still refers to this."
    return f"{words.rstrip('.')} (rule {rule})." if rule else words


@contextmanager
def refusing() -> Iterator[None]:
    """What the database refuses inside is a ValidationError that says it in words."""
    try:
        yield
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", None) == ALREADY_THERE:
            raise ValidationError(
                "Somebody else made the same at this very moment: look at the page "
                "again, then decide."
            ) from error
        if (words := refusal_of(error)) is None:
            raise
        raise ValidationError(words) from error


def _words(rule: str | None) -> str:
    constraint = _constraints().get(rule or "")
    if constraint is None:
        return ""
    message = str(constraint.violation_error_message)
    if message != str(constraint.default_violation_error_message):
        return message
    if isinstance(constraint, UniqueConstraint):
        return "There is already one like this."
    if isinstance(constraint, CheckConstraint):
        return f"{constraint.name.replace('_', ' ').capitalize()}."
    return ""


def _sentence(message: str) -> str:
    message = message.removeprefix("pgtrigger: ").strip()
    return f"{message[:1].upper()}{message[1:]}."


@cache
def _constraints() -> dict[str, BaseConstraint]:
    return {
        constraint.name: constraint
        for model in apps.get_models()
        for constraint in model._meta.constraints
    }
