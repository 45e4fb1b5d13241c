"""Names that are spelt alike; and what is beside the documents that there are."""

from django.db import migrations

from publishing.beside import fill_all

FUNCTIONS = r"""
    -- Without case, accents and doubled letters, on which spellings differ most.
    CREATE FUNCTION publishing_name_form(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(newsdb_fold($1), '([[:alpha:]])\1+', '\1', 'g');

    -- Documents of a kind, valid at a moment (null: now), one of whose names holds
    -- words like these; the likest first.
    CREATE FUNCTION publishing_alike(
        words text, of_kind text, moment timestamptz, most int
    )
    RETURNS TABLE (document_id bigint, object_id bigint, similarity real)
    LANGUAGE sql STABLE PARALLEL SAFE
    SET pg_trgm.word_similarity_threshold = 0.5
    AS $$
        SELECT d.id, d.object_id,
               max(word_similarity(publishing_name_form(words), n.folded)) AS similarity
        FROM publishing_nameform n JOIN publishing_document d ON d.id = n.document_id
        WHERE n.kind = of_kind AND publishing_name_form(words) <% n.folded
          AND NOT d.gone
          AND CASE WHEN moment IS NULL THEN d.valid_to IS NULL
              ELSE d.valid_from <= moment
                   AND coalesce(d.valid_to > moment, true) END
        GROUP BY d.id, d.object_id ORDER BY similarity DESC, d.id LIMIT most
    $$;
"""


def fill(apps, schema_editor):
    if apps.get_model("publishing", "Document").objects.exists():
        fill_all()


class Migration(migrations.Migration):
    dependencies = [("publishing", "0009_beside")]

    operations = [
        migrations.RunSQL(
            sql=FUNCTIONS,
            reverse_sql="""
                DROP FUNCTION publishing_alike;
                DROP FUNCTION publishing_name_form;
            """,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
