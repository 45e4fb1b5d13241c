from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from django.core.management.base import CommandError
from drf_spectacular.generators import SchemaGenerator

from publishing.api.compatibility import broken
from sources.commands import ExampleCommand

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

COMMITTED = Path(settings.BASE_DIR) / "docs" / "openapi.json"


def described() -> dict[str, Any]:
    """The OpenAPI document of the API as it is."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    document = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    # Written and read again: what compares equal is what a client reads.
    plain: dict[str, Any] = orjson.loads(orjson.dumps(document, default=str))
    return plain


class Command(ExampleCommand):
    help = (
        "Write the OpenAPI document that clients build on to docs/openapi.json. A "
        "change that would break them is refused unless the major version moves "
        "(VERSION in SPECTACULAR_SETTINGS)."
    )
    examples = """\
  manage.py openapi            after a change of the API
  manage.py openapi --check    say whether the file is up to date, write nothing"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; exit 1 if it differs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        new = described()
        old = orjson.loads(COMMITTED.read_bytes()) if COMMITTED.exists() else None
        if old == new:
            self.stdout.write(f"{COMMITTED.name} is up to date.")
            return
        if old and (breaks := broken(old, new)):
            raise CommandError(
                "This would break clients:\n"
                + "\n".join(f"  {each}" for each in breaks)
                + "\nKeep what they use, or move the major version."
            )
        if options["check"]:
            raise CommandError(
                f"{COMMITTED.name} is not up to date: run ./manage.py openapi"
            )
        content = orjson.dumps(new, option=orjson.OPT_INDENT_2)
        COMMITTED.write_bytes(content + b"\n")
        self.stdout.write(f"{COMMITTED.name}: {len(new['paths'])} addresses.")
