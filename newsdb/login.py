"""Logging in to the admin: who may not is told why, in words that help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from unfold.forms import AuthenticationForm

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

NO_STAFF = (
    "The account “%(username)s” may not enter the admin. Ask who looks after the users "
    "to tick “May enter the admin” on its page: its groups alone do not open the door."
)


class LoginForm(AuthenticationForm):  # type: ignore[misc] # unfold has no types
    """Name and password. Why an account may not enter is told once both are right."""

    error_messages: dict[str, Any] = {
        **AuthenticationForm.error_messages,
        "invalid_login": (
            "There is no account with this name and password. Capitals and small "
            "letters differ in both."
        ),
    }

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        if user.is_active and not getattr(user, "is_staff", False):
            raise ValidationError(
                NO_STAFF, code="no_staff", params={"username": user.get_username()}
            )
        super().confirm_login_allowed(user)
