"""Since when objects wait to be rendered, and which transaction noted them."""

import django.contrib.postgres.functions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0007_access")]

    operations = [
        migrations.AddField(
            model_name="stale",
            name="noted_at",
            field=models.DateTimeField(
                db_default=django.contrib.postgres.functions.TransactionNow(),
                db_index=True,
                help_text="When that began.",
            ),
        ),
    ]
