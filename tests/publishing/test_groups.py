"""What the three groups may do, as a matrix; and the migration both ways."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User

pytestmark = pytest.mark.django_db

NOT_EDITED = {
    "sources.term",
    "events.gazetteerentry",
    "events.gazetteername",
    "curation.run",
    "curation.proposal",
    "curation.sighting",
    "curation.judgement",
    "curation.articledigest",
    "curation.step",
    "curation.batch",
    "curation.merge",
    "curation.mergemove",
    "curation.lease",
    "curation.visit",
    "publishing.document",
    "publishing.estimate",
    "publishing.stale",
    "publishing.token",
    "publishing.quota",
    "publishing.keptanswer",
    "publishing.posting",
    "publishing.magnitude",
    "publishing.area",
    "publishing.nameform",
}
groups = importlib.import_module("publishing.migrations.0002_groups")


def models():
    return [
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_label in groups.APPS
        and not hasattr(model, "pgh_tracked_model")
    ]


def member(group):
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def may(user, verb, label):
    app, _, model = label.partition(".")
    return user.has_perm(f"{app}.{verb}_{model}")


@pytest.mark.parametrize("group", ["Reader", "Curator", "Reviewer"])
def test_everybody_sees_everything(group):
    user = member(group)
    assert not [label for label in models() if not may(user, "view", label)]


@pytest.mark.parametrize("verb", ["add", "change"])
@pytest.mark.parametrize(
    ("group", "edits"), [("Reader", False), ("Curator", True), ("Reviewer", True)]
)
def test_who_edits_what(group, edits, verb):
    user = member(group)
    allowed = {label for label in models() if may(user, verb, label)}
    assert allowed == (set(models()) - NOT_EDITED if edits else set())


@pytest.mark.parametrize("group", ["Reader", "Curator", "Reviewer"])
def test_nobody_deletes_what_has_a_state(group):
    user = member(group)
    deleted = {label for label in models() if may(user, "delete", label)}
    curated = {
        label
        for label in models()
        if any(f.name == "status" for f in apps.get_model(label)._meta.fields)
    }
    assert not deleted & (curated | NOT_EDITED)
    assert bool(deleted) == (group != "Reader")


@pytest.mark.parametrize(
    ("group", "verbs"),
    [
        ("Reader", set()),
        ("Curator", {"code"}),
        ("Reviewer", {"code", "review", "publish"}),
    ],
)
def test_who_moves_rows(group, verbs):
    user = member(group)
    moves = {v for v in ("code", "review", "publish") if user.has_perm(f"sources.{v}")}
    assert moves == verbs


def test_no_group_writes_history():
    permissions = Group.objects.get(name="Reviewer").permissions
    assert not permissions.filter(codename__endswith="history").exists()


def test_the_groups_go_with_the_migration_and_come_back():
    groups.remove_groups(apps, None)
    assert not Group.objects.filter(name__in=["Reader", "Curator", "Reviewer"]).exists()
    groups.create_groups(apps, None)
    assert Group.objects.get(name="Curator").permissions.exists()


@pytest.mark.parametrize(
    ("group", "decides", "all_at_once"),
    [
        ("Reader", False, False),
        ("Curator", True, False),
        ("Reviewer", True, True),
    ],
)
def test_who_decides_proposals(group, decides, all_at_once):
    user = member(group)
    assert user.has_perm("curation.decide_proposal") is decides
    assert user.has_perm("curation.decide_all_proposals") is all_at_once
    deciding = importlib.import_module("publishing.migrations.0005_proposals")
    deciding.take(apps, None)
    user = User.objects.get(pk=user.pk)  # permissions are kept on the object
    assert not user.has_perm("curation.decide_proposal")
    deciding.give(apps, None)
    user = User.objects.get(pk=user.pk)
    assert user.has_perm("curation.decide_proposal") is decides
