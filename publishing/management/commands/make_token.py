"""`manage.py make_token`: a token for the API, shown once."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from publishing.access.tokens import DAYS, make_token
from publishing.models import Scope
from sources.commands import ExampleCommand

NEVER = "never"


class Command(ExampleCommand):
    help = (
        "Make a token for the API, for programs that act for a user.\n\n"
        "The token is printed once, alone on standard output, and stored nowhere:\n"
        "only its hash is kept. It can do what its scopes open and its user may."
    )
    examples = (
        "  manage.py make_token anna --name notebook --scopes read\n"
        "  manage.py make_token robot --scopes read,propose --expires 90d\n"
        "  manage.py make_token anna --name import --scopes curate,publish "
        "--expires 2027-06-30"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", metavar="USER", help="whose permissions it has")
        parser.add_argument(
            "--name", help="of the program that will use it (default: USER-api)"
        )
        parser.add_argument(
            "--scopes",
            default=str(Scope.READ),
            help=f"comma-separated, of {', '.join(Scope.values)} (default: read)",
        )
        parser.add_argument(
            "--expires",
            default=f"{DAYS}d",
            help="a day (YYYY-MM-DD), a number of days (90d), or never "
            f"(default: {DAYS}d)",
        )
        parser.add_argument(
            "--per-minute", type=int, help="requests a minute, if not the usual number"
        )

    def handle(self, *, user: str, scopes: str, expires: str, **options: Any) -> None:
        owner = get_user_model()._default_manager.filter(username=user).first()
        if owner is None:
            raise CommandError(f"There is no user “{user}”: add one in the admin.")
        try:
            token, secret = make_token(
                user=owner,
                name=options["name"] or f"{user}-api",
                scopes=[scope.strip() for scope in scopes.split(",") if scope.strip()],
                expires_at=_moment(expires),
                per_minute=options["per_minute"],
                by="make_token",
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        until = f"{token.expires_at:%Y-%m-%d}" if token.expires_at else "it is revoked"
        self.stderr.write(
            f"“{token.name}” of {user} may {', '.join(token.scopes)} until {until}. "
            "Keep what follows now: it is not shown again."
        )
        self.stdout.write(secret)


def _moment(expires: str) -> dt.datetime | None:
    """When that is; None for never. Raises CommandError."""
    if expires == NEVER:
        return None
    if days := re.fullmatch(r"([0-9]{1,5})d", expires):
        return timezone.now() + dt.timedelta(days=int(days[1]))
    try:
        day = dt.date.fromisoformat(expires)
    except ValueError:
        raise CommandError(
            f"--expires {expires}: write a day as YYYY-MM-DD, a number of days as 90d, "
            f"or {NEVER}."
        ) from None
    return dt.datetime.combine(day, dt.time.min, tzinfo=dt.UTC)
