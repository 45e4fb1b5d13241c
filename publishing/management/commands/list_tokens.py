"""`manage.py list_tokens`: who may use the API, how, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser

from publishing.models import Token
from sources.commands import ExampleCommand

if TYPE_CHECKING:
    import datetime as dt

HEAD = ("token", "name", "user", "scopes", "expires", "last used", "state")


class Command(ExampleCommand):
    help = "List the tokens of the API. Of a token itself only its beginning is known."
    examples = (
        "  manage.py list_tokens          those that open something\n"
        "  manage.py list_tokens --all    the revoked and expired ones too"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="revoked and expired too"
        )

    def handle(self, **options: Any) -> None:
        tokens = Token.objects.select_related("user").order_by("user__username", "name")
        live = set(Token.objects.live().values_list("pk", flat=True))
        shown = [t for t in tokens if options["all"] or t.pk in live]
        if not shown:
            self.stdout.write("There is none: manage.py make_token USER makes one.")
            return
        rows = [HEAD, *(_row(token, token.pk in live) for token in shown)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (c.ljust(width) for c, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())


def _row(token: Token, live: bool) -> tuple[str, ...]:
    return (
        f"{token.start}…",
        token.name,
        token.user.get_username(),
        ",".join(token.scopes),
        _day(token.expires_at),
        _day(token.last_used_at),
        "live" if live else _why_not(token),
    )


def _why_not(token: Token) -> str:
    if token.revoked_at:
        return f"revoked by {token.revoked_by}: {token.revoked_why}"
    return "expired" if token.user.is_active else "its user is not active"


def _day(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "never"
