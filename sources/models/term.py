from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat

from sources.constraints import not_emptied, not_inside_itself


class Term(models.Model):
    """One entry of a code list (fixtures/reference): PLOVER type, role, country …

    The key is `list/code`, so that a column can be held to its list by a CHECK and
    a document can show the code without a join. Entries are switched off, never
    deleted: an old row keeps the meaning it was coded with.
    """

    id = models.CharField(primary_key=True, max_length=120)
    list = models.CharField(max_length=40, help_text="The code list it belongs to.")
    code = models.CharField(max_length=80, help_text="The code itself, as published.")
    name = models.CharField(max_length=120)
    meaning = models.TextField(blank=True, help_text="What decides that it applies.")
    source = models.TextField(blank=True, help_text="Who defines it.")
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text="The wider entry that contains it.",
    )
    mappings = models.JSONField(
        default=dict, blank=True, help_text="The same thing in other schemes."
    )
    position = models.PositiveIntegerField(help_text="Order within the list.")
    active = models.BooleanField(
        default=True, help_text="Switched off: kept for old rows, not offered for new."
    )

    class Meta:
        ordering = ("list", "position")
        constraints = [
            models.UniqueConstraint(
                "list", "code", name="sources_term_code_once_per_list"
            ),
            models.CheckConstraint(
                name="sources_term_id_is_list_and_code",
                condition=models.Q(id=Concat("list", Value("/"), "code")),
            ),
            models.CheckConstraint(
                # The key is cut at its first slash; codes may hold more of them.
                name="sources_term_list_has_no_slash",
                condition=~models.Q(list__contains="/"),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="switched_off_never_deleted", operation=pgtrigger.Delete
            ),
            pgtrigger.Protect(
                name="id_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__id__df=pgtrigger.F("new__id")),
            ),
            not_emptied(),
            not_inside_itself("sources_term", "parent_id"),
        ]

    def __str__(self) -> str:
        return self.name
