"""Postings stand in lists by date under one number instead of two columns."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0013_merging")]

    operations = [
        migrations.RemoveIndex(
            model_name="posting", name="publishing_posting_dates"
        ),
        migrations.AddField(
            model_name="posting",
            name="by_date",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("date_earliest"),
                    models.F("object_id"),
                    template="((date_earliest - DATE '0001-01-01')::bigint << 41) | object_id",
                ),
                help_text="Its place in lists by date, as place_by_date says it.",
                output_field=models.BigIntegerField(null=True),
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(
                fields=["token", "by_date", "object_id"],
                include=("document_id", "date_earliest", "date_latest"),
                name="publishing_posting_by_date",
            ),
        ),
    ]
