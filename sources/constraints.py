"""Rules that several tables share, as database constraints and triggers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact, StartsWith

from sources.dates import LENGTHS, Basis, days_of


def date_constraints(prefix: str) -> list[models.BaseConstraint]:
    """The rules of sources.dates for the columns `<prefix>_earliest` … `_note`."""
    earliest, latest, precision, basis, note = (
        f"{prefix}_{part}"
        for part in ("earliest", "latest", "precision", "basis", "note")
    )
    fits = Q(**{precision: "unknown"})
    for name, (least, most) in LENGTHS.items():
        rule = Q(**{precision: name, f"{earliest}__isnull": False})
        rule &= Q(**{f"{latest}__gte": F(earliest) + dt.timedelta(days=least - 1)})
        if most is not None:
            rule &= Q(**{f"{latest}__lte": F(earliest) + dt.timedelta(days=most - 1)})
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
                "The precision does not fit the interval. It has both ends and its "
                f"days are, counting both: {_lengths()}. Else it is unknown."
            ),
        ),
        models.CheckConstraint(
            # PostgreSQL also knows infinity and years BC; Python and JSON do not.
            name=f"{named}_in_calendar",
            condition=(Q(**{f"{earliest}__isnull": True}) | _in_calendar(earliest))
            & (Q(**{f"{latest}__isnull": True}) | _in_calendar(latest)),
        ),
        models.CheckConstraint(
            name=f"{named}_basis_is_known",
            condition=Q(**{f"{basis}__in": ["", *Basis]}),
        ),
        models.CheckConstraint(
            name=f"{named}_has_basis",
            condition=absent | ~Q(**{basis: ""}),
            violation_error_message="A date needs its basis.",
        ),
        models.CheckConstraint(
            name=f"{named}_inferred_from",
            condition=~Q(**{basis: "inferred"}) | Q(**{f"{note}__regex": r"\S"}),
            violation_error_message="An inferred date needs a note: from what?",
        ),
    ]


def _lengths() -> str:
    return ", ".join(f"{name.replace('_', ' ')} {days_of(name)}" for name in LENGTHS)


def sha256_of(column: str) -> Func:
    """The SHA-256 of a text in UTF-8, in hexadecimal, as the database computes it."""
    octets = Func(F(column), Value("UTF8"), function="convert_to")
    digest = Func(octets, function="sha256")
    return Func(
        digest, Value("hex"), function="encode", output_field=models.CharField()
    )


def _in_calendar(column: str) -> Q:
    return Q(**{f"{column}__gte": dt.date.min, f"{column}__lte": dt.date.max})


def in_calendar(column: str) -> models.CheckConstraint:
    """A moment that Python and JSON know too: no infinity, no years BC."""
    first = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
    last = dt.datetime(9999, 12, 30, tzinfo=dt.UTC)
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{column}_in_calendar",
        condition=Q(**{f"{column}__gte": first, f"{column}__lte": last}),
    )


def json_constraint(column: str, kind: str) -> models.CheckConstraint:
    """`column` holds a JSON `kind`: object or array."""
    typed = Func(F(column), function="jsonb_typeof", output_field=models.TextField())
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{column}_is_{kind}",
        condition=Q(Exact(typed, Value(kind))),
    )


def slug_constraint() -> models.CheckConstraint:
    """A key is lower-case letters, digits and hyphens: it stands in addresses."""
    return models.CheckConstraint(
        name="%(app_label)s_%(class)s_slug_is_a_key",
        condition=Q(slug__regex=r"^[a-z0-9][a-z0-9-]*$"),
        violation_error_message="Lower-case letters, digits and hyphens only.",
    )


def filled_constraint(column: str) -> models.CheckConstraint:
    """`column` says something: not empty, not only white space."""
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{column}_not_blank",
        condition=Q(**{f"{column}__regex": r"\S"}),
        violation_error_message="This cannot be blank.",
    )


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
            violation_error_message="A passage starts before it ends.",
        )
    ]


def _quote_trigger(name: str, operation: Any) -> pgtrigger.Trigger:
    # substr counts characters of a UTF-8 database, that is Unicode code points; past
    # the end it gives less, so the length is compared as well. An article that is not
    # there (yet) refuses too: the foreign key is checked only at commit.
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(new="new_rows"),
        declare=[("bad", "record")],
        func=r"""
            SELECT n.article_id, n.start, n."end", n.quote INTO bad
            FROM new_rows n LEFT JOIN public.sources_article a ON a.id = n.article_id
            WHERE substr(a.text, n.start + 1, n."end" - n.start)
                  IS DISTINCT FROM n.quote
               OR char_length(n.quote) IS DISTINCT FROM n."end" - n.start
               OR n.quote !~ '\S'
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


def not_emptied() -> pgtrigger.Trigger:
    """TRUNCATE passes by all other rules, so it does not pass."""
    return pgtrigger.Trigger(
        name="not_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="""
            RAISE EXCEPTION 'table % is not emptied', TG_TABLE_NAME
                USING ERRCODE = 'check_violation',
                      CONSTRAINT = TG_TABLE_NAME || '_not_emptied';
        """,
    )


def permanent(*, keyed: bool = True) -> list[pgtrigger.Trigger]:
    """What was public once is retracted, never taken back or deleted; ids stay."""
    changed = pgtrigger.Q(old__id__df=pgtrigger.F("new__id"))
    if keyed:
        changed |= pgtrigger.Q(old__slug__df=pgtrigger.F("new__slug"))
    public = ["published", "retracted"]
    return [
        pgtrigger.Protect(
            name="stays_once_public",
            operation=pgtrigger.Delete,
            condition=pgtrigger.Q(old__status__in=public),
        ),
        pgtrigger.Protect(
            name="never_a_draft_again",
            operation=pgtrigger.UpdateOf("status"),
            condition=pgtrigger.Q(old__status__in=public)
            & ~pgtrigger.Q(new__status__in=public),
        ),
        pgtrigger.Protect(
            name="id_never_changes", operation=pgtrigger.Update, condition=changed
        ),
        not_emptied(),
    ]


def not_inside_itself(table: str, parent: str) -> pgtrigger.Trigger:
    """No row of `table` is above itself by way of the column `parent`.

    Sessions take turns, so that two of them cannot close a circle together (under
    READ COMMITTED, Django's isolation level).
    """
    return pgtrigger.Trigger(
        name="not_inside_itself",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(parent),
        func=f"""
            IF NEW.{parent} IS NULL THEN
                RETURN NEW;
            END IF;
            PERFORM pg_advisory_xact_lock('public.{table}'::regclass::bigint);
            IF EXISTS (
                WITH RECURSIVE above(id) AS (
                    SELECT NEW.{parent}
                    UNION
                    SELECT t.{parent} FROM public.{table} t
                    JOIN above ON t.id = above.id
                    WHERE t.{parent} IS NOT NULL AND t.id <> NEW.id
                )
                SELECT FROM above WHERE id = NEW.id
            ) THEN
                RAISE EXCEPTION 'row % of {table} would contain itself', NEW.id
                    USING ERRCODE = 'check_violation',
                          CONSTRAINT = '{table}_not_inside_itself';
            END IF;
            RETURN NEW;
        """,
    )
