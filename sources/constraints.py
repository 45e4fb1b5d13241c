"""Rules that several tables share, as database constraints and triggers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.lookups import StartsWith

from sources.dates import LENGTHS


def date_constraints(prefix: str) -> list[models.BaseConstraint]:
    """The rules of sources.dates for the columns `<prefix>_earliest` … `_note`."""
    earliest, latest, precision, basis, note = (
        f"{prefix}_{part}"
        for part in ("earliest", "latest", "precision", "basis", "note")
    )
    fits = Q(**{precision: "unknown"})
    for name, (least, most) in LENGTHS.items():
        rule = Q(**{precision: name, f"{earliest}__isnull": False})
        rule &= Q(**{f"{latest}__gte": F(earliest) + timedelta(days=least - 1)})
        if most is not None:
            rule &= Q(**{f"{latest}__lte": F(earliest) + timedelta(days=most - 1)})
        # A CHECK passes on NULL; an absent end must fail a named precision.
        fits |= rule & Q(**{f"{latest}__isnull": False})
    named = f"%(app_label)s_%(class)s_{prefix}"
    absent = Q(**{f"{earliest}__isnull": True, f"{latest}__isnull": True})
    return [
        models.CheckConstraint(
            name=f"{named}_earliest_before_latest",
            condition=Q(**{f"{latest}__gte": F(earliest)})
            | Q(**{f"{earliest}__isnull": True})
            | Q(**{f"{latest}__isnull": True}),
            violation_error_message="The earliest day lies after the latest.",
        ),
        models.CheckConstraint(
            name=f"{named}_precision_fits",
            condition=fits,
            violation_error_message=(
                "The precision does not fit the length of the interval "
                "(see docs/curation-format.md, Dates)."
            ),
        ),
        models.CheckConstraint(
            name=f"{named}_has_basis",
            condition=absent | ~Q(**{basis: ""}),
            violation_error_message="A date needs its basis.",
        ),
        models.CheckConstraint(
            name=f"{named}_inferred_from",
            condition=~Q(**{basis: "inferred"}) | ~Q(**{note: ""}),
            violation_error_message="An inferred date needs a note: from what?",
        ),
    ]


def term_constraint(column: str, code_list: str) -> models.CheckConstraint:
    """`column` may hold entries of `code_list` only (the key carries the list)."""
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{column}_from_its_list",
        condition=Q(**{f"{column}__isnull": True})
        | Q(StartsWith(F(column), Value(f"{code_list}/"))),
        violation_error_message=f"Choose an entry of the code list {code_list}.",
    )


def choice_constraint(column: str, values: list[str]) -> models.CheckConstraint:
    """`column` holds one of `values`, whoever writes."""
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{column}_is_known",
        condition=Q(**{f"{column}__in": values}),
    )


def quote_constraints() -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            name="%(app_label)s_%(class)s_start_before_end",
            condition=Q(start__gte=0, end__gt=F("start")),
            violation_error_message="A passage starts at 0 or later and before its end.",
        )
    ]


def _quote_trigger(name: str, operation: Any) -> pgtrigger.Trigger:
    # substr counts characters of a UTF-8 database, that is Unicode code points.
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(new="new_rows"),
        declare=[("bad", "record")],
        func="""
            SELECT n.article_id, n.start, n."end", n.quote INTO bad
            FROM new_rows n JOIN sources_article a ON a.id = n.article_id
            WHERE substr(a.text, n.start + 1, n."end" - n.start)
                  IS DISTINCT FROM n.quote
            LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION
                    'quote is not the text of article % at %–%: %',
                    bad.article_id, bad.start, bad."end", bad.quote
                    USING ERRCODE = 'check_violation',
                          CONSTRAINT = TG_TABLE_NAME || '_quote_is_text';
            END IF;
            RETURN NULL;
        """,
    )


def quote_triggers() -> list[pgtrigger.Trigger]:
    """`text[start:end] == quote` for every row, set-wise, on insert and update."""
    return [
        _quote_trigger("quote_is_text_on_insert", pgtrigger.Insert),
        _quote_trigger("quote_is_text_on_update", pgtrigger.Update),
    ]


def stays_once_public() -> pgtrigger.Protect:
    """What was public once is retracted, never deleted."""
    return pgtrigger.Protect(
        name="stays_once_public",
        operation=pgtrigger.Delete,
        condition=pgtrigger.Q(old__status__in=["published", "retracted"]),
    )
