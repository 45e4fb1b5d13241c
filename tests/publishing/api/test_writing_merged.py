"""What was merged is not written any more: the answer names what it is by now."""

from __future__ import annotations

import pytest

from tests.curation.merging_helper import MAKE, join
from tests.publishing.asking import Asking

pytestmark = pytest.mark.django_db


@pytest.fixture(params=MAKE, ids=lambda model: model._meta.model_name)
def joined(request, reviewer):
    """The path of a list, a row that was merged twice over, and what it is by now."""
    first, second, last = (MAKE[request.param]() for _ in range(3))
    join(first, second, reviewer)
    join(second, last, reviewer)
    return f"{request.param._meta.model_name}s/", first, last


@pytest.fixture
def ask(client, reviewer):
    return Asking(client, reviewer, "curate", "publish")


@pytest.mark.parametrize("by", ["pk", "slug"])
def test_a_change_and_a_move_name_what_it_was_merged_into(ask, joined, by):
    path, merged, last = joined
    address = f"{path}{getattr(merged, by)}/"
    answers = [
        ask("patch", address, {"row": {}}, if_match="*"),
        ask("patch", address, {"row": {}}),
        ask("post", f"{address}move/", {"to": "draft", "why": "back"}),
    ]
    url = f"http://testserver/api/v1/{path}{last.pk}/"
    for answer in answers:
        assert answer.status_code == 409, answer.content
        assert answer.headers["Content-Type"] == "application/problem+json"
        problem = answer.json()
        assert problem["merged_into"] == {"id": last.pk, "url": url}
        assert f"was merged into “{last}”" in problem["detail"]
    merged.refresh_from_db()
    assert merged.status in {"rejected", "retracted"}


def test_what_it_was_merged_into_can_be_changed_there(ask, joined):
    path, merged, last = joined
    refused = ask("patch", f"{path}{merged.pk}/", {"row": {}}, if_match="*")
    url = refused.json()["merged_into"]["url"]
    there = url.removeprefix("http://testserver")
    answer = ask("patch", there, {"row": {}, "why": "as told"}, if_match="*")
    assert answer.status_code == 200, answer.content
    assert answer.json()["id"] == last.pk
