"""The worker's jobs and the runs in the admin."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from curation.proposing import Reader
from curation.tasks import TASK, enqueue_waiting
from tests.factories.curation import RunFactory
from tests.factories.sources import ArticleFactory
from tests.newsdb.made_up_reader import made_up_reader

pytestmark = pytest.mark.django_db
JOBS = "admin:procrastinate_procrastinatejob_changelist"


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    monkeypatch.setattr(Reader, "default", staticmethod(made_up_reader))


def set_status(*path):
    with connection.cursor() as cursor:
        for status in path:
            cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def act(client, action):
    """Do it with all jobs; what the page says then."""
    pks = list(ProcrastinateJob.objects.values_list("pk", flat=True))
    answer = client.post(
        reverse(JOBS), {"action": action, "_selected_action": pks}, follow=True
    )
    return answer.status_code, answer.content.decode()


def test_a_job_is_told_with_its_article_and_what_happened(admin_client):
    article = ArticleFactory(title="Two hurt in a fire")
    enqueue_waiting()
    set_status("doing", "failed")

    assert "Two hurt in a fire" in page(admin_client, reverse(JOBS))
    (pk,) = ProcrastinateJob.objects.values_list("pk", flat=True)
    address = reverse("admin:procrastinate_procrastinatejob_change", args=[pk])
    shown = page(admin_client, address)
    for words in ("Read an article", "Two hurt in a fire", "deferred", "started"):
        assert words in shown
    assert reverse("admin:curation_desk", args=[article.pk]) in shown
    assert "_save" not in shown


def test_jobs_are_found_by_article_and_status(admin_client):
    first, second = ArticleFactory(title="One fire"), ArticleFactory(title="Two fires")
    enqueue_waiting()

    shown = page(admin_client, reverse(JOBS) + f"?q={second.pk}")
    assert "Two fires" in shown
    assert "One fire" not in shown
    assert "One fire" not in page(admin_client, reverse(JOBS) + "?status__exact=failed")
    assert "One fire" not in page(admin_client, reverse(JOBS) + "?q=fire")
    assert first.pk != second.pk


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [("retry", ("doing", "failed"), "todo"), ("cancel", (), "cancelled")],
)
def test_a_reviewer_retries_and_cancels(client, reviewer, action, before, after):
    ArticleFactory()
    enqueue_waiting()
    set_status(*before)
    client.force_login(reviewer)

    status, said = act(client, action)

    assert status == 200
    assert "1 job is" in said
    assert ProcrastinateJob.objects.get().status == after
    assert "Nothing is" in act(client, action)[1]


def test_a_curator_does_not_see_jobs(client, curator):
    client.force_login(curator)

    assert client.get(reverse(JOBS)).status_code == 403
    assert reverse(JOBS) not in page(client, reverse("admin:index"))


def test_who_may_only_look_is_offered_nothing_to_do(client):
    from django.contrib.auth.models import Permission

    user = User.objects.create_user("looker", is_staff=True)
    user.user_permissions.add(
        Permission.objects.get(codename="view_procrastinatejob"),
    )
    ArticleFactory()
    enqueue_waiting()
    client.force_login(user)

    assert "Try again" not in page(client, reverse(JOBS))
    act(client, "cancel")
    assert ProcrastinateJob.objects.get().status == "todo"


def test_the_first_page_tells_reviewers_of_failed_jobs(client, reviewer):
    ArticleFactory()
    enqueue_waiting()
    client.force_login(reviewer)
    assert "of the worker failed" not in page(client, reverse("admin:index"))

    set_status("doing", "failed")

    assert "1 job of the worker failed" in page(client, reverse("admin:index"))
    reviewer.groups.set([Group.objects.get(name="Curator")])
    assert "of the worker failed" not in page(client, reverse("admin:index"))


def test_a_list_of_thirty_jobs_asks_no_more_than_one_of_three(admin_client):
    ArticleFactory.create_batch(3)
    enqueue_waiting()
    page(admin_client, reverse(JOBS))
    with CaptureQueriesContext(connection) as few:
        page(admin_client, reverse(JOBS))
    ArticleFactory.create_batch(27)
    enqueue_waiting()
    with CaptureQueriesContext(connection) as many:
        page(admin_client, reverse(JOBS))
    assert len(many) <= len(few)


def test_runs_lead_to_what_was_proposed(client, curator):
    run = RunFactory()
    client.force_login(curator)

    shown = page(client, reverse("admin:curation_run_changelist"))

    assert reverse("admin:curation_desk", args=[run.article_id]) in shown
    assert run.extractor in shown
    address = reverse("admin:curation_run_change", args=[run.pk])
    assert "_save" not in page(client, address)
    found = reverse("admin:curation_run_changelist") + f"?q={run.article_id}"
    assert run.extractor in page(client, found)


@pytest.mark.parametrize(
    "args",
    [
        *(
            {"article_id": each}
            for each in ({"a": 1}, [1], "abc", 1.5, True, "", None, 2**70)
        ),
        *({}, [1], "x"),
    ],
)
def test_a_job_that_nobody_should_have_written_is_shown_and_cancelled(
    admin_client, args
):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('proposals', %s, %s) RETURNING id",
            [TASK, json.dumps(args)],
        )
        (pk,) = cursor.fetchone()

    assert "Read an article" in page(admin_client, reverse(JOBS))
    assert "Read an article" not in page(admin_client, reverse(JOBS) + "?q=1")
    address = reverse("admin:procrastinate_procrastinatejob_change", args=[pk])
    assert "Read an article" in page(admin_client, address)
    assert "1 job is cancelled" in act(admin_client, "cancel")[1]
