from __future__ import annotations

from typing import Any, ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Func
from django.db.models.functions import Greatest, Least, Substr

from actors.models.actor import Actor, Alias
from sources.constraints import permanent, quote_constraints, quote_triggers
from sources.indexes import words_index
from sources.models import Article, Curated, CuratedQuerySet, tracked


class MentionQuerySet(CuratedQuerySet):
    """Reads of mentions."""

    def with_form(self) -> Self:
        """With `form`: the words as the folded columns of names keep them."""
        return self.annotate(form=Func(F("quote"), function="newsdb_fold"))

    def in_context(self, around: int) -> Self:
        """With `before` and `after`: so many code points of the text on either side."""
        start, text = F("start"), "article__text"
        return self.annotate(
            before=Substr(text, Greatest(start - around, 0) + 1, Least(start, around)),
            after=Substr(text, F("end") + 1, around),
        )


@tracked()
class Mention(Curated):
    """The passage of an article that names an actor.

    Decided per mention: the same words may name another actor elsewhere.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="mentions"
    )
    start = models.PositiveIntegerField(help_text="First code point, from 0.")
    end = models.PositiveIntegerField(help_text="The code point after the last.")
    quote = models.CharField(max_length=300, help_text="The words, exactly.")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="mentions")
    alias = models.ForeignKey(
        Alias,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mentions",
        help_text="Which of the actor's names it is, if it is one.",
    )
    note = models.TextField(blank=True, help_text="Why this actor, if unclear.")

    objects: ClassVar[Any] = MentionQuerySet.as_manager()

    class Meta(Curated.Meta):
        ordering = ("article", "start", "id")
        indexes = [words_index("actors_mention_words", "quote")]
        constraints = [
            *Curated.Meta.constraints,
            *quote_constraints(),
            models.UniqueConstraint(
                "article", "start", "end", "actor", name="actors_mention_once"
            ),
        ]
        triggers = [
            *quote_triggers(),
            *permanent(keyed=False),
            pgtrigger.Trigger(
                name="alias_is_of_actor",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("actor_id", "alias_id"),
                condition=pgtrigger.Q(new__alias__isnull=False),
                func="""
                    -- Held, so that no other session moves the alias meanwhile.
                    PERFORM FROM public.actors_alias a
                        WHERE a.id = NEW.alias_id AND a.actor_id = NEW.actor_id
                        FOR KEY SHARE;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'alias % is not a name of actor %',
                            NEW.alias_id, NEW.actor_id
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'actors_mention_alias_is_of_actor';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.quote}” at {self.start}"
