"""What every test can use: code lists in the database, the seeds, people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.test import override_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import User
    from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).resolve().parent.parent
OUR_APPS = ("sources", "actors", "events", "curation", "publishing")

# Whoever needs no strong password and no hashed file names need not wait for them.
QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    },
}


@pytest.fixture(scope="session", autouse=True)
def quick_settings() -> Iterator[None]:
    with override_settings(**QUICK):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database with the code lists in it."""
    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0)


@pytest.fixture(scope="session")
def stored_terms(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list:
    """The code lists as rows, to put them back quickly."""
    from sources.models import Term

    with django_db_blocker.unblock():
        return list(Term.objects.all())


@pytest.fixture(autouse=True)
def code_lists(request: pytest.FixtureRequest) -> None:
    """Put the code lists back where a transactional test before emptied all tables."""
    if not _uses_database(request):
        return
    terms = request.getfixturevalue("stored_terms")
    request.getfixturevalue("_django_db_helper")

    from sources.models import Term

    if not Term.objects.exists():
        Term.objects.bulk_create(terms)


def _uses_database(request: pytest.FixtureRequest) -> bool:
    wanted = {"db", "transactional_db", "live_server", "_django_db_helper"}
    marked = request.node.get_closest_marker("django_db") is not None
    return marked or not wanted.isdisjoint(request.fixturenames)


@pytest.fixture(scope="session")
def seed_folder() -> Path:
    """The folder of the five seed articles."""
    return ROOT / "fixtures" / "seeds"


@pytest.fixture(scope="session")
def seeds(seed_folder: Path) -> dict[str, str]:
    """The texts of the five seed articles by their number, "000" to "004"."""
    return {
        path.name[:3]: path.read_bytes().decode()
        for path in sorted(seed_folder.glob("*.txt"))
    }


def _person(name: str, verbs: tuple[str, ...]) -> User:
    from django.contrib.auth.models import Permission, User
    from django.db.models import Q

    may = Q(codename__regex="^(add|change|view)_")
    may |= Q(content_type__app_label="sources", codename__in=verbs)
    user = User.objects.create_user(name, password="secret", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(may, content_type__app_label__in=OUR_APPS)
    )
    return user


@pytest.fixture
def curator(db: None) -> User:
    """Who codes: edits everything, but neither reviews nor publishes."""
    return _person("curator", ("code",))


@pytest.fixture
def reviewer(db: None) -> User:
    """Who also reviews, publishes and retracts."""
    return _person("reviewer", ("code", "review", "publish"))
