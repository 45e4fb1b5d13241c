from __future__ import annotations

from django.apps import AppConfig
from django.core import checks


class NewsdbConfig(AppConfig):
    name = "newsdb"
    label = "newsdb"

    def ready(self) -> None:
        from newsdb.database import check_databases
        from newsdb.theme import head_lists_once

        checks.register(check_databases, checks.Tags.database)
        head_lists_once()
