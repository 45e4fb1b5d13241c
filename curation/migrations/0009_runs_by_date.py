from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("curation", "0008_merged_is_left")]

    operations = [
        migrations.AddIndex(
            model_name="run",
            index=models.Index(models.F("started_at"), name="curation_run_began"),
        )
    ]
