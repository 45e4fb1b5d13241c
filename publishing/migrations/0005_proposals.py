"""Who may see and decide proposals; and rules still cannot be ignored (see 0004)."""

import importlib

from django.contrib.auth.management import create_permissions
from django.db import migrations

SEEN = {  # nobody types these in
    "curation": ("run", "proposal", "sighting", "judgement", "articledigest"),
    "events": ("gazetteerentry", "gazetteername"),
}
MORE = {
    "Reader": [],
    "Curator": ["decide_proposal"],
    "Reviewer": ["decide_proposal", "decide_all_proposals"],
}

rules = importlib.import_module("publishing.migrations.0004_rules_cannot_be_ignored")


def _permissions(apps):
    """By group, the new permissions."""
    for app in SEEN:
        config = apps.get_app_config(app)
        # Permissions are made after all migrations; here they are needed now.
        module, config.models_module = getattr(config, "models_module", None), True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = module
    Permission = apps.get_model("auth", "Permission")
    seen = [f"view_{name}" for names in SEEN.values() for name in names]
    of = Permission.objects.filter(content_type__app_label__in=SEEN)
    return {group: of.filter(codename__in=seen + more) for group, more in MORE.items()}


def _writing(apps):
    Permission = apps.get_model("auth", "Permission")
    names = [
        f"{verb}_{name}"
        for names in SEEN.values()
        for name in names
        for verb in ("add", "change", "delete")
    ]
    return Permission.objects.filter(
        content_type__app_label__in=SEEN, codename__in=names
    )


def give(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, permissions in _permissions(apps).items():
        group, _ = Group.objects.get_or_create(name=name)
        # 0002 lets curators write all tables that it finds; on a new database it finds
        # these too.
        group.permissions.remove(*_writing(apps))
        group.permissions.add(*permissions)


def take(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, permissions in _permissions(apps).items():
        for group in Group.objects.filter(name=name):
            group.permissions.remove(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0004_rules_cannot_be_ignored"),
        ("curation", "0004_proposals_hold_articles"),
        ("events", "0002_gazetteer"),
    ]

    operations = [
        migrations.RunPython(give, take),
        migrations.RunSQL(sql=rules.NEVER, reverse_sql=migrations.RunSQL.noop),
    ]
