"""What stands beside documents is seen by everybody and written by nobody."""

import importlib

from django.contrib.auth.management import create_permissions
from django.db import migrations

DERIVED = ("posting", "magnitude", "area", "nameform")

rules = importlib.import_module("publishing.migrations.0004_rules_cannot_be_ignored")


def _permissions(apps, *verbs):
    config = apps.get_app_config("publishing")
    # Permissions are made after all migrations; here they are needed now.
    module, config.models_module = getattr(config, "models_module", None), True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = module
    return apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="publishing",
        codename__in=[f"{verb}_{name}" for verb in verbs for name in DERIVED],
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
    dependencies = [("publishing", "0010_names_alike")]

    operations = [
        migrations.RunPython(give, take),
        migrations.RunSQL(sql=rules.NEVER, reverse_sql=migrations.RunSQL.noop),
    ]
