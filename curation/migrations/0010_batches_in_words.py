from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("curation", "0009_runs_by_date")]

    operations = [
        migrations.AlterModelOptions(
            name="batch",
            options={
                "ordering": ("-id",),
                "verbose_name": "change made at once",
                "verbose_name_plural": "changes made at once",
            },
        )
    ]
