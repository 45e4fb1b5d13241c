"""Migrations say what the models say, and can be taken back."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

ROOMS = ["publishing", "curation", "events", "actors", "sources"]


@pytest.mark.django_db
def test_models_have_no_changes_without_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_every_migration_can_be_taken_back_and_applied_again():
    try:
        for room in ROOMS:
            call_command("migrate", room, "zero", verbosity=0)
        tables = connection.introspection.table_names()
        ours = [t for t in tables if t.partition("_")[0] in ROOMS]
        assert not ours
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT proname FROM pg_proc WHERE proname ~ '^(newsdb|publishing)_'"
            )
            assert not cursor.fetchall()
    finally:
        call_command("migrate", verbosity=0)
