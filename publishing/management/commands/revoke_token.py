"""`manage.py revoke_token`: close a token of the API for ever."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.db.models import Q

from publishing.access.tokens import SHOWN, revoke_token
from publishing.models import Token
from sources.commands import ExampleCommand


class Command(ExampleCommand):
    help = (
        "Close a token of the API, at once and for ever. Another one can be made with\n"
        "the same name."
    )
    examples = (
        '  manage.py revoke_token feeds --why "moved to another machine"\n'
        '  manage.py revoke_token ndb_Qx81zPw3 --why "was in a log"'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "token", metavar="TOKEN", help="its name, or how it begins (ndb_…)"
        )
        parser.add_argument("--why", required=True, help="is kept with it")

    def handle(self, *, token: str, why: str, **_: Any) -> None:
        named = Q(name=token) | Q(start=token[:SHOWN])
        found = list(Token.objects.filter(named, revoked_at=None))
        if len(found) != 1:
            raise CommandError(
                f"There {'is no' if not found else 'are several'} “{token}”: "
                "manage.py list_tokens shows all names."
            )
        try:
            revoke_token(found[0], by="revoke_token", why=why)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"“{found[0].name}” opens nothing any more.")
