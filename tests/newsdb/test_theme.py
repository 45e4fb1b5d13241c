"""What newsdb changes of the admin's theme."""

from __future__ import annotations

import pytest
from django.urls import reverse
from unfold.templatetags import unfold_list

from tests.factories.sources import OutletFactory


@pytest.mark.django_db
def test_the_heads_of_a_list_are_worked_out_once(admin_client, monkeypatch):
    OutletFactory.create_batch(5)
    asked, label = [], unfold_list.label_for_field

    def counting(name, *args, **kwargs):
        asked.append(name)
        return label(name, *args, **kwargs)

    monkeypatch.setattr(unfold_list, "label_for_field", counting)
    page = admin_client.get(reverse("admin:sources_outlet_changelist"))
    assert len(page.context["cl"].result_list) == 5
    assert len(asked) == len(set(asked)) > 2
