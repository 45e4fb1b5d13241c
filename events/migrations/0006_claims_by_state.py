from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0005_messages_in_words")]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                models.F("status"), models.F("id"), name="events_claim_by_state"
            ),
        )
    ]
