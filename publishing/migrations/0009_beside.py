"""What lists are filtered by, beside the documents."""

import django.contrib.postgres.indexes
from django.db import migrations, models


FUNCTIONS = """
    CREATE FUNCTION publishing_distance_km(
        south float8, west float8, north float8, east float8
    ) RETURNS float8 LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN 12742.0176 * asin(sqrt(least(1,
        sind((north - south) / 2) ^ 2
        + cosd(south) * cosd(north) * sind((east - west) / 2) ^ 2)));

    -- How many degrees of longitude a distance may reach; all of them near a pole.
    CREATE FUNCTION publishing_degrees_wide(latitude float8, km float8)
    RETURNS float8 LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN abs(latitude) + km / 111.195 >= 89 THEN 180
           ELSE least(180, km / 111.195 / cosd(abs(latitude) + km / 111.195)) END;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0008_when_noted"),
    ]

    operations = [
        migrations.RunSQL(
            sql=FUNCTIONS,
            reverse_sql="""
                DROP FUNCTION publishing_distance_km;
                DROP FUNCTION publishing_degrees_wide;
            """,
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "document_id",
                    models.BigIntegerField(primary_key=True, serialize=False),
                ),
                ("latitude", models.FloatField()),
                ("longitude", models.FloatField()),
                ("radius_m", models.BigIntegerField()),
                ("south", models.FloatField()),
                ("west", models.FloatField()),
                ("north", models.FloatField()),
                ("east", models.FloatField()),
            ],
            options={"ordering": ("document_id",)},
        ),
        migrations.CreateModel(
            name="Magnitude",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "document_id",
                        "name",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("document_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("low", models.BigIntegerField(null=True)),
                ("high", models.BigIntegerField(null=True)),
            ],
            options={"ordering": ("document_id", "name")},
        ),
        migrations.CreateModel(
            name="NameForm",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "document_id",
                        "folded",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("document_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("folded", models.TextField()),
            ],
            options={"ordering": ("document_id", "folded")},
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "document_id",
                        "token",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("document_id", models.BigIntegerField()),
                ("token", models.TextField()),
                ("object_id", models.BigIntegerField()),
                ("date_earliest", models.DateField(null=True)),
                ("date_latest", models.DateField(null=True)),
            ],
            options={"ordering": ("token", "object_id")},
        ),
        migrations.RemoveIndex(
            model_name="document",
            name="publishing_document_facets",
        ),
        migrations.RemoveIndex(
            model_name="document",
            name="publishing_document_search",
        ),
        migrations.AddIndex(
            model_name="document",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["facets"], name="publishing_document_tokens"
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="publishing_document_words"
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                models.F("kind"),
                models.F("id"),
                condition=models.Q(("gone", False), ("valid_to__isnull", True)),
                name="publishing_document_latest",
            ),
        ),
        migrations.AddIndex(
            model_name="area",
            index=django.contrib.postgres.indexes.GistIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func(
                        models.Func(
                            models.F("west"), models.F("south"), function="point"
                        ),
                        models.Func(
                            models.F("east"), models.F("north"), function="point"
                        ),
                        function="box",
                        output_field=models.TextField(),
                    ),
                    name="box_ops",
                ),
                name="publishing_area_box",
            ),
        ),
        migrations.AddIndex(
            model_name="magnitude",
            index=models.Index(
                fields=["name", "low"],
                include=("document_id",),
                name="publishing_magnitude_low",
            ),
        ),
        migrations.AddIndex(
            model_name="magnitude",
            index=models.Index(
                fields=["name", "high"],
                include=("document_id",),
                name="publishing_magnitude_high",
            ),
        ),
        migrations.AddIndex(
            model_name="nameform",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["folded"],
                name="publishing_nameform_alike",
                opclasses=["gin_trgm_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(
                fields=["token", "date_earliest", "object_id"],
                include=("document_id", "date_latest"),
                name="publishing_posting_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(
                fields=("token", "object_id"),
                include=("document_id", "date_earliest", "date_latest"),
                name="publishing_posting_once",
            ),
        ),
        # The planner must know the rare tokens from the common ones.
        migrations.RunSQL(
            sql="ALTER TABLE publishing_posting ALTER token SET STATISTICS 2000",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
