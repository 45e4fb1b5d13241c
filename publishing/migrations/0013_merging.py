"""Where merged objects went: their documents, what notes them, and who sees merges.

Rules still cannot be ignored (see 0004).
"""

import importlib

import django.db.models.functions.comparison
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

SEEN = ("merge", "mergemove")
NOTED = ("actor", "event", "place")

rules = importlib.import_module("publishing.migrations.0004_rules_cannot_be_ignored")
stale = importlib.import_module("publishing.migrations.0003_stale_triggers")

note = "".join(
    stale.TRIGGER.format(
        table="curation_merge",
        kind=kind,
        column=f"{kind}_id",
        operation=operation,
        tables=tables,
    )
    for kind in NOTED
    for operation, tables in stale.TRANSITION.items()
)
forget = "".join(
    f"DROP TRIGGER publishing_stale_{kind}_id_{operation} ON curation_merge;"
    for kind in NOTED
    for operation in stale.TRANSITION
)


def _permissions(apps, *verbs):
    config = apps.get_app_config("curation")
    # Permissions are made after all migrations; here they are needed now.
    module, config.models_module = getattr(config, "models_module", None), True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = module
    return apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="curation",
        codename__in=[f"{verb}_{name}" for verb in verbs for name in SEEN],
    )


def give(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    seen = _permissions(apps, "view")
    written = _permissions(apps, "add", "change", "delete")
    for name in ("Reader", "Curator", "Reviewer"):
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.remove(*written)  # 0002 gives them on a new database
        group.permissions.add(*seen)


def take(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for group in Group.objects.filter(name__in=["Reader", "Curator", "Reviewer"]):
        group.permissions.remove(*_permissions(apps, "view"))


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0012_order_of_the_log"),
        ("curation", "0008_merged_is_left"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="document",
            name="publishing_document_body_iff_not_gone",
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body", ""), ("gone", True)),
                    models.Q(("gone", False), models.Q(("body", ""), _negated=True)),
                    models.Q(
                        ("gone", True),
                        django.db.models.functions.comparison.Coalesce(
                            models.Func(
                                models.F("body"),
                                output_field=models.BooleanField(),
                                template="(CASE WHEN %(expressions)s IS JSON OBJECT"
                                " THEN json_typeof(%(expressions)s::json ->"
                                " 'merged_into') = 'object' END)",
                            ),
                            False,
                        ),
                    ),
                    _connector="OR",
                ),
                name="publishing_document_body_iff_not_gone",
            ),
        ),
        *(
            migrations.AddIndex(
                model_name="document",
                index=models.Index(
                    *(models.F("kind"), models.F(column)),
                    name=name,
                    condition=models.Q(
                        ("gone", True), models.Q(("body", ""), _negated=True)
                    ),
                ),
            )
            for column, name in (
                ("slug", "publishing_document_merged"),
                ("object_id", "publishing_document_merged_id"),
            )
        ),
        migrations.RunSQL(sql=note, reverse_sql=forget),
        migrations.RunPython(give, take),
        migrations.RunSQL(sql=rules.NEVER, reverse_sql=migrations.RunSQL.noop),
    ]
