"""No session can switch the rules off by a setting.

django-pgtrigger lets any session name triggers to ignore (`pgtrigger.ignore`), without
a privilege. Nothing here uses that, so the answer is always no. Whatever migration
creates triggers later creates that function again; `verify` says when it did, and this
migration's statement then belongs after it.
"""

from django.db import migrations

NEVER = """
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME)
    RETURNS BOOLEAN LANGUAGE sql IMMUTABLE RETURN FALSE;
"""
AS_BEFORE = """
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME)
    RETURNS BOOLEAN LANGUAGE plpgsql AS $$
    BEGIN
        RETURN trigger_name = ANY (CURRENT_SETTING('pgtrigger.ignore')::TEXT[]);
    EXCEPTION WHEN OTHERS THEN RETURN FALSE;
    END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0003_stale_triggers"),
        ("curation", "0002_quotes_hold_articles"),
        ("events", "0001_events"),
        ("actors", "0001_actors"),
        ("sources", "0002_articles"),
    ]

    operations = [migrations.RunSQL(sql=NEVER, reverse_sql=AS_BEFORE)]
