"""What quotes an article holds it in place.

Django's foreign keys are checked at commit, so that an article could be deleted and
another text put under its id in one transaction. These are checked at once.
"""

from django.db import migrations

TABLES = ("sources_span", "actors_mention", "events_evidence", "curation_omission")

ALTER = """
    DO $$ DECLARE held record; BEGIN
        FOR held IN
            SELECT conname, conrelid::regclass AS owner FROM pg_constraint
            WHERE contype = 'f' AND confrelid = 'sources_article'::regclass
              AND conrelid::regclass::text IN ({tables})
        LOOP
            EXECUTE format(
                'ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I FOREIGN KEY '
                '(article_id) REFERENCES sources_article (id) {action}',
                held.owner, held.conname, held.conname);
        END LOOP;
    END $$;
"""
NAMES = ", ".join(f"'{table}'" for table in TABLES)
HOLD = "ON UPDATE RESTRICT ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED"


class Migration(migrations.Migration):
    dependencies = [
        ("curation", "0001_omissions"),
        ("events", "0001_events"),
        ("actors", "0001_actors"),
        ("sources", "0002_articles"),
    ]

    operations = [
        migrations.RunSQL(
            sql=ALTER.format(tables=NAMES, action=HOLD),
            reverse_sql=ALTER.format(
                tables=NAMES, action="DEFERRABLE INITIALLY DEFERRED"
            ),
        )
    ]
