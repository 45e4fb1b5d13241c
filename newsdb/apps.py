from __future__ import annotations

from django.apps import AppConfig
from django.core import checks


class NewsdbConfig(AppConfig):
    name = "newsdb"
    label = "newsdb"

    def ready(self) -> None:
        from newsdb.database import check_databases

        checks.register(check_databases, checks.Tags.database)
