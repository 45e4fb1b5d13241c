"""Whoever adds to the log, in whatever way, takes the lock that keeps its order."""

import importlib

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

rules = importlib.import_module("publishing.migrations.0004_rules_cannot_be_ignored")


class Migration(migrations.Migration):
    dependencies = [("publishing", "0011_who_sees_beside")]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="one_after_the_other",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    PERFORM pg_advisory_xact_lock(TG_RELID::bigint);\n                    RETURN NULL;\n                ",
                    hash="4283bdba77c732a377f0081064f25260daa65f3b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_one_after_the_other_d8cd0",
                    table="publishing_document",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(sql=rules.NEVER, reverse_sql=migrations.RunSQL.noop),
    ]
