"""As 0002: what runs and proposals quote holds an article in place."""

import importlib

from django.db import migrations

before = importlib.import_module("curation.migrations.0002_quotes_hold_articles")
NAMES = "'curation_run', 'curation_proposal'"
LET_GO = "DEFERRABLE INITIALLY DEFERRED"


class Migration(migrations.Migration):
    dependencies = [("curation", "0003_proposals")]

    operations = [
        migrations.RunSQL(
            sql=before.ALTER.format(tables=NAMES, action=before.HOLD),
            reverse_sql=before.ALTER.format(tables=NAMES, action=LET_GO),
        )
    ]
