from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from sources.constraints import (
    filled_constraint,
    not_emptied,
    permanent,
    slug_constraint,
    term_constraint,
)
from sources.indexes import words_index
from sources.models import Curated, Identifier, Outlet, Term, tracked

PART_OF = "relation-kind/part_of"
PERSON = "actor-kind/person"


def folded(column: str) -> models.GeneratedField:
    """Lower case without accents, kept by the database: what names are searched by."""
    return models.GeneratedField(
        expression=Func(F(column), function="newsdb_fold"),
        output_field=models.TextField(),
        db_persist=True,
    )


@tracked(exclude=["folded"])
class Actor(Curated):
    """Somebody who acts, suffers or speaks: a state, an armed group, a person …"""

    slug = models.SlugField(
        max_length=100, unique=True, help_text="Its key; never changes."
    )
    name = models.CharField(max_length=200, help_text="The usual full name.")
    kind = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outlet = models.OneToOneField(
        Outlet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actor",
        help_text="For an actor that is an outlet: the outlet.",
    )
    description = models.TextField(
        blank=True, help_text="One sentence for those who meet the name first here."
    )
    folded = folded("name")

    class Meta(Curated.Meta):
        ordering = ("name", "id")
        indexes = [
            GinIndex(
                fields=["folded"],
                name="actors_actor_folded_trgm",
                opclasses=["gin_trgm_ops"],
            ),
            words_index("actors_actor_words", "slug"),
            models.Index("folded", name="actors_actor_same_name"),
        ]
        constraints = [
            *Curated.Meta.constraints,
            slug_constraint(),
            filled_constraint("name"),
            term_constraint("kind", "actor-kind"),
            term_constraint("country", "country"),
            models.CheckConstraint(
                name="actors_actor_outlet_only_for_outlets",
                condition=Q(outlet__isnull=True) | Q(kind_id="actor-kind/outlet"),
            ),
        ]
        triggers = [
            *permanent(),
            pgtrigger.Trigger(
                # The other side of Relation's part_of_is_sound.
                name="person_not_part_of_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("kind_id"),
                condition=pgtrigger.Q(new__kind=PERSON),
                func=f"""
                    -- Two sessions that each add half of what is wrong take turns.
                    PERFORM pg_advisory_xact_lock(
                        'public.actors_relation'::regclass::bigint);
                    IF EXISTS (
                        SELECT FROM public.actors_relation r
                        JOIN public.actors_actor other
                          ON other.id IN (r.subject_id, r.object_id)
                         AND other.id <> NEW.id
                        WHERE NEW.id IN (r.subject_id, r.object_id)
                          AND r.kind_id = '{PART_OF}'
                          AND r.status NOT IN ('rejected', 'retracted')
                          AND other.kind_id = '{PERSON}'
                    ) THEN
                        RAISE EXCEPTION 'a person is not part of a person (actor %)',
                            NEW.id USING ERRCODE = 'check_violation',
                            CONSTRAINT = 'actors_relation_person_part_of_person';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(exclude=["folded"])
class Alias(Curated):
    """A name of an actor. Several actors may share one ("ISIS")."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, help_text="As written, misspelt or not.")
    kind = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    folded = folded("name")

    class Meta(Curated.Meta):
        ordering = ("name", "id")
        verbose_name_plural = "aliases"
        indexes = [
            GinIndex(
                fields=["folded"],
                name="actors_alias_folded_trgm",
                opclasses=["gin_trgm_ops"],
            ),
            models.Index("folded", name="actors_alias_same_name"),
        ]
        constraints = [
            *Curated.Meta.constraints,
            term_constraint("kind", "alias-kind"),
            filled_constraint("name"),
            models.UniqueConstraint(
                "actor", "name", name="actors_alias_once_per_actor"
            ),
        ]
        triggers = [
            *permanent(keyed=False),
            pgtrigger.Trigger(
                # The other side of Mention's alias_is_of_actor.
                name="mentions_move_along",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("actor_id"),
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (
                        SELECT FROM public.actors_mention m
                        JOIN public.actors_alias a ON a.id = m.alias_id
                        WHERE a.id = NEW.id AND m.actor_id <> a.actor_id
                    ) THEN
                        RAISE EXCEPTION 'alias % still names another actor', NEW.id
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'actors_alias_mentions_move_along';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActorIdentifier(Identifier):
    """What another database calls an actor."""

    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="identifiers"
    )

    class Meta:
        ordering = ("scheme", "value")
        constraints = [
            term_constraint("scheme", "external-id-scheme"),
            models.UniqueConstraint(
                "scheme", "value", name="actors_actoridentifier_names_one_actor"
            ),
        ]
        triggers = [not_emptied()]
