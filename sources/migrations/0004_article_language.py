from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0003_lists_by_index'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='article',
            index=models.Index(models.F('language'), name='sources_article_language'),
        ),
    ]
