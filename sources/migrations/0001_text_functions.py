"""Extensions, and the one function names are folded by."""

from django.contrib.postgres.operations import (
    BtreeGinExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(
            # unaccent() is only STABLE, since its dictionary could change; a
            # generated column needs IMMUTABLE, and ours names the dictionary.
            sql="""
                CREATE FUNCTION newsdb_fold(text) RETURNS text
                LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
                RETURN lower(public.unaccent('public.unaccent'::regdictionary, $1));
            """,
            reverse_sql="DROP FUNCTION newsdb_fold(text);",
        ),
        migrations.RunSQL(
            # Full text that stems nothing and knows no accents: names of all
            # languages stay findable as they are spelt.
            sql="""
                CREATE TEXT SEARCH CONFIGURATION newsdb (COPY = simple);
                ALTER TEXT SEARCH CONFIGURATION newsdb
                    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
            """,
            reverse_sql="DROP TEXT SEARCH CONFIGURATION newsdb;",
        ),
    ]
