"""What every test can use: code lists in the database, the seeds, people."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.contrib.auth.models import User
    from pytest_django import DjangoDbBlocker

CODE_LISTS: list[Any] = []  # as rows, to put them back quickly

# Machines are shared: how long an example takes says nothing.
settings.register_profile("newsdb", deadline=None)
settings.load_profile("newsdb")

ROOT = Path(__file__).resolve().parent.parent

# Whoever needs no strong password and no hashed file names need not wait for them.
QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STATIC_ROOT": None,
    "ADDRESS_RATE": 0,  # all tests ask from one address
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    },
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a module that could not work: see `seeded`."""
    uses: dict[Path, set[str]] = defaultdict(set)
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        mark = item.get_closest_marker("django_db")
        if mark and mark.kwargs.get("transaction"):
            fixtures.add("transactional_db")
        uses[item.path] |= fixtures & {"seeded", "transactional_db", "live_server"}
    if wrong := sorted(
        str(path) for path, used in uses.items() if "seeded" in used and len(used) > 1
    ):
        raise pytest.UsageError(
            "The seeds of a module stand in a transaction of its own: move the tests "
            f"with transactions or a live server out of {', '.join(wrong)}."
        )


@pytest.fixture(scope="session", autouse=True)
def quick_settings() -> Iterator[None]:
    with override_settings(**QUICK):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The test database with the code lists in it.

    At the end a thread of the live server may still serve a browser's open connection:
    its session would keep the database from being dropped.
    """
    from django.db import connection

    from sources.models import Term

    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0)
        CODE_LISTS.extend(Term.objects.all())
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )


@pytest.fixture(scope="session")
def stored_groups(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> dict[str, set[tuple[str, str]]]:
    """What each group may do, as the migrations leave it: (app, codename)."""
    from django.contrib.auth.models import Group

    with django_db_blocker.unblock():
        return {
            group.name: set(
                group.permissions.values_list("content_type__app_label", "codename")
            )
            for group in Group.objects.all()
        }


@pytest.fixture(scope="session")
def put_back(stored_groups: dict[str, set[tuple[str, str]]]) -> Callable[[], None]:
    """Puts groups back where a transactional test emptied all tables."""
    from django.contrib.auth.models import Group

    def restore() -> None:
        if not Group.objects.exists():
            _restore_groups(stored_groups)

    return restore


def _restore_groups(stored: dict[str, set[tuple[str, str]]]) -> None:
    from django.contrib.auth.models import Group, Permission

    keys = Permission.objects.values_list("content_type__app_label", "codename", "pk")
    ids = {(app, codename): pk for app, codename, pk in keys}
    for name, permissions in stored.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([ids[key] for key in permissions])


@pytest.fixture(autouse=True)
def code_lists(request: pytest.FixtureRequest) -> None:
    """Code lists and groups, for every test of the database."""
    if _uses_database(request):
        restore = request.getfixturevalue("put_back")
        request.getfixturevalue("_django_db_helper")
        restore()


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


def _member(group: str) -> User:
    from django.contrib.auth.models import Group, User

    user = User.objects.create_user(group.lower(), password="secret", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def curator(code_lists: None, db: None) -> User:
    """Who codes: edits everything, but neither reviews nor publishes."""
    return _member("Curator")


@pytest.fixture
def reviewer(code_lists: None, db: None) -> User:
    """Who also reviews, publishes and retracts."""
    return _member("Reviewer")


@pytest.fixture(scope="module")
def seeded(
    put_back: Callable[[], None],
    django_db_blocker: DjangoDbBlocker,
    seed_folder: Path,
) -> Iterator[None]:
    """The seeds, their curation and their documents, for all tests of a module.

    What a test changes is undone after it, the seeds after the module. They stand in
    a transaction that is open all the while: no test of such a module has others.
    """
    from django.db import connection, transaction

    from publishing.rendering import refresh

    with django_db_blocker.unblock(), transaction.atomic():
        put_back()
        call_command("import_articles", str(seed_folder), verbosity=0)
        call_command("load_curation", str(ROOT / "fixtures/curation"), verbosity=0)
        refresh()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def emptying_passes_the_rules() -> Iterator[None]:
    """Transactional tests end by emptying all tables, which the rules refuse.

    Only here, and only for that statement, the triggers are off. The queue's tables,
    which Django does not manage, are emptied with the others. The code lists are put
    back at once: tests with sessions of their own see only what is committed.
    """
    from django.db import connection

    from sources.models import Term

    operations = type(connection.ops)
    execute = operations.execute_sql_flush

    def past_the_rules(self: object, statements: list[str]) -> None:
        off = "SET session_replication_role = replica;"
        on = "SET session_replication_role = DEFAULT;"
        queue = "TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE;"
        execute(self, [off, *statements, queue])
        Term.objects.bulk_create(CODE_LISTS)
        execute(self, [on])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", past_the_rules)
        yield
