"""Who may use the API, and what is remembered of their requests."""

from __future__ import annotations

from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sources.constraints import (
    filled_constraint,
    in_calendar,
    json_constraint,
    not_emptied,
)


class Scope(models.TextChoices):
    """What a token is for; publishing.access.scopes says which doors each opens."""

    READ = "read"
    PROPOSE = "propose"
    CURATE = "curate"
    PUBLISH = "publish"


class TokenQuerySet(models.QuerySet[Any]):
    def live(self) -> Self:
        """Those that open doors: neither revoked nor expired, of an active user."""
        unexpired = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        return self.filter(unexpired, revoked_at=None, user__is_active=True)


class Token(models.Model):
    """What a program shows to act for a user, within some scopes, until a day.

    The secret itself is shown once and stored nowhere: `digest` is the SHA-256 of it,
    which is enough because the secret is random (256 bits). A token never changes; it
    is revoked, and another one is made.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens"
    )
    name = models.CharField(
        max_length=50, help_text="Of the program or machine that uses it."
    )
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope))
    start = models.CharField(
        max_length=12, help_text="How the secret begins, to recognise it by."
    )
    digest = models.CharField(max_length=64, unique=True, help_text="Of the secret.")
    per_minute = models.PositiveIntegerField(
        "requests a minute",
        null=True,
        blank=True,
        help_text="Empty: as many as the installation allows any token.",
    )
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=150)
    expires_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty: never; then revoke it when it is done."
    )
    last_used_at = models.DateTimeField(
        null=True, blank=True, help_text="Exact to some minutes."
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=150, blank=True)
    revoked_why = models.TextField(blank=True)
    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = "API token"
        verbose_name_plural = "API tokens"
        permissions = [
            ("make_token", "Can make API tokens for oneself"),
            ("propose", "Can propose through the API"),
            ("manage_token", "Can make and revoke the tokens of others"),
        ]
        constraints = [
            filled_constraint("name"),
            filled_constraint("made_by"),
            in_calendar("made_at"),
            models.UniqueConstraint(
                "name",
                name="publishing_token_name_once",
                condition=Q(revoked_at=None),
                violation_error_message="Another token that is not revoked has that "
                "name: choose another name, or revoke that one.",
            ),
            models.CheckConstraint(
                name="publishing_token_digest_is_sha256",
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="publishing_token_scopes_are_known",
                condition=Q(scopes__contained_by=Scope.values, scopes__len__gte=1),
            ),
            models.CheckConstraint(
                name="publishing_token_allows_some_requests",
                condition=Q(per_minute=None) | Q(per_minute__gte=1),
                violation_error_message="Allow at least one request a minute.",
            ),
            models.CheckConstraint(
                name="publishing_token_expires_later",
                condition=Q(expires_at=None) | Q(expires_at__gt=F("made_at")),
                violation_error_message="It would be expired already.",
            ),
            models.CheckConstraint(
                name="publishing_token_revoked_by_somebody_for_a_reason",
                condition=Q(revoked_at=None, revoked_by="", revoked_why="")
                | Q(
                    revoked_at__isnull=False,  # a CHECK passes on NULL
                    revoked_at__gte=F("made_at"),
                    revoked_by__regex=r"\S",
                    revoked_why__regex=r"\S",
                ),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="as_made",
                exclude=["last_used_at", "revoked_at", "revoked_by", "revoked_why"],
            ),
            pgtrigger.Protect(
                name="revoked_for_ever",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__revoked_at__isnull=False),
            ),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            not_emptied(),
        ]

    def __str__(self) -> str:
        return self.name

    def is_live(self) -> bool:
        """As TokenQuerySet.live, for one token."""
        over = self.expires_at is not None and self.expires_at <= timezone.now()
        return self.revoked_at is None and not over and self.user.is_active


class Quota(models.Model):
    """How many requests a token has made in the minute that it is in.

    Not logged by the database: after a crash every token begins a new minute.
    """

    token = models.OneToOneField(
        Token, on_delete=models.CASCADE, primary_key=True, related_name="quota"
    )
    minute = models.BigIntegerField(help_text="Minutes since 1970.")
    used = models.PositiveIntegerField()

    class Meta:
        ordering = ("token",)

    def __str__(self) -> str:
        return f"{self.token_id}: {self.used}"


class KeptAnswer(models.Model):
    """What a write was answered, for the one who asks again with the same key.

    Written in the transaction of the write itself, so that the answer stands exactly
    when what it says was done.
    """

    token = models.ForeignKey(
        Token, on_delete=models.CASCADE, related_name="kept_answers"
    )
    key = models.CharField(max_length=255, help_text="The Idempotency-Key.")
    request = models.CharField(
        max_length=64, help_text="SHA-256 of method, address, conditions and body."
    )
    at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index("token", "at", name="publishing_keptanswer_age")]
        constraints = [
            filled_constraint("key"),
            in_calendar("at"),
            json_constraint("headers", "object"),
            models.UniqueConstraint(
                "token", "key", name="publishing_keptanswer_once_per_key"
            ),
            models.CheckConstraint(
                name="publishing_keptanswer_request_is_sha256",
                condition=Q(request__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="publishing_keptanswer_of_what_was_done",
                condition=Q(status__gte=200, status__lt=300),
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"
