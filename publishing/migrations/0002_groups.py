"""The three groups that people are put into: Reader, Curator, Reviewer."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

APPS = ("sources", "actors", "events", "curation", "publishing")

# Derived or loaded from files: looked at, never typed in.
NOT_EDITED = {"term", "document", "estimate", "stale"}

# Parts that have no state of their own cannot be rejected: they are removed (and stay
# in the history of the row that they were part of).
PARTS = {
    "span",
    "actoridentifier",
    "placename",
    "placeidentifier",
    "eventidentifier",
    "evidence",
    "attribution",
    "support",
    "omission",
}


def _models(apps):
    """The models of our rooms, without the tables that keep history."""
    return [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not any(field.name == "pgh_id" for field in model._meta.fields)
    ]


def _codenames(apps):
    """By group, the permissions as (app, codename)."""
    reader, curator = set(), set()
    for model in _models(apps):
        app, name = model._meta.app_label, model._meta.model_name
        reader.add((app, f"view_{name}"))
        if name not in NOT_EDITED:
            curator |= {(app, f"add_{name}"), (app, f"change_{name}")}
        if name in PARTS:
            curator.add((app, f"delete_{name}"))
    curator |= reader | {("sources", "code")}
    reviewer = curator | {("sources", "review"), ("sources", "publish")}
    return {"Reader": reader, "Curator": curator, "Reviewer": reviewer}


def create_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for app in APPS:
        # Permissions are made after all migrations; here they are needed now.
        config = apps.get_app_config(app)
        module, config.models_module = getattr(config, "models_module", None), True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = module
    keys = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type").filter(
            content_type__app_label__in=APPS
        )
    }
    for name, codenames in _codenames(apps).items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(keys[codename] for codename in codenames))


def remove_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name__in=["Reader", "Curator", "Reviewer"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sources", "0002_articles"),
        ("actors", "0001_actors"),
        ("events", "0001_events"),
        ("curation", "0001_omissions"),
        ("publishing", "0001_documents"),
    ]

    operations = [migrations.RunPython(create_groups, remove_groups)]
