"""What is wrong or unfinished in the data: one queue each, with why and the remedy.

A row leaves its queue when it is mended; nothing is ticked off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curation.belonging import unseen
from curation.problems import rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable


@dataclass(frozen=True, slots=True)
class Problem:
    """One queue: its rows, why they matter, and what to do about them.

    `because` is what the list says beside a row, of its columns. `actions` are those of
    the list of such rows that mend some of them at once.
    """

    key: str
    title: str
    why: str
    remedy: str
    rows: Callable[[], QuerySet[Any]]
    because: Callable[[], Combinable] | None = None
    actions: tuple[str, ...] = ()


PROBLEMS = (
    Problem(
        "without-speaker",
        "Claims without a speaker",
        "Somebody says it, but only words name them: the claim is not found under the "
        "actor, and two of their claims count as two voices.",
        "Choose the actor whom the words name. Words that name nobody in particular "
        "(“top sources”) may stay.",
        rows.without_speaker,
        rows.speaker_words,
        ("to_speaker",),
    ),
    Problem(
        "conflicts",
        "Events with conflicting figures",
        "Two accepted figures exclude each other, so the estimate has no number that "
        "all sources allow.",
        "Compare the sentences: a group, a part or a bound may be misread. A true "
        "disagreement stays, and is shown as one.",
        rows.with_conflict,
    ),
    Problem(
        "ambiguous-aliases",
        "Names that several actors have",
        "The machine cannot tell which of them an article means.",
        "Take the name away from the wrong actor; where both bear it, say in its note "
        "when which one is meant.",
        rows.ambiguous_aliases,
        rows.other_actors,
        ("reject",),
    ),
    Problem(
        "after-publication",
        "Events dated after their reports",
        "No article tells what has not happened yet: the date is wrong, or the event "
        "is planned.",
        "Correct the date or the article's date of publication, or mark the event as "
        "planned or predicted.",
        rows.dated_after_publication,
        rows.both_dates,
        ("to_date",),
    ),
    Problem(
        "copies",
        "Copies without an origin",
        "Two articles from one wire copy count as two sources while nothing says that "
        "they are one.",
        "Give both the same origin, or reject the proposed pair on the article's "
        "page of proposals.",
        rows.copies_without_origin,
        rows.copy_of,
        ("to_origin",),
    ),
    Problem(
        "without-coordinates",
        "Places without coordinates",
        "Their events are on no map.",
        "Look the place up in the gazetteer, or give it a point with its radius.",
        rows.without_coordinates,
    ),
    Problem(
        "stale-leases",
        "Articles left on a desk",
        "Somebody took the article and their time ran out: what they began may be half "
        "done.",
        "Ask them, or give the article to somebody else.",
        rows.stale_leases,
        rows.holder,
        ("to_curator",),
    ),
    Problem(
        "unseen-events",
        "Published events that the public does not see",
        "An event is public with a published claim in a published article: what cannot "
        "be followed to a sentence is not shown.",
        "Open the event and choose “Publish with what belongs to it”.",
        unseen.unseen_events,
        unseen.claim_states,
    ),
    Problem(
        "unseen-claims",
        "Published claims that the public does not see",
        "A claim is public with an article that holds its words.",
        "Open the claim and choose “Publish with what belongs to it”.",
        unseen.unseen_claims,
        unseen.article_state,
    ),
    Problem(
        "unseen-roles",
        "Published roles that the public does not see",
        "A role is public with its actor and a published claim that says so.",
        "Publish the actor, or the event with what belongs to it; where no claim says "
        "so, link one under the event’s “what date, place and roles rest on”.",
        unseen.unseen_roles,
        unseen.role_state,
    ),
    Problem(
        "unused-actors",
        "Actors that nothing refers to",
        "No article names them: they only make the lists longer, or a mention was "
        "linked to a double.",
        "Reject those that were entered by mistake; a reference list may stay.",
        rows.unused_actors,
        actions=("reject",),
    ),
    Problem(
        "without-claims",
        "Events without a claim",
        "Nothing proves that they happened; they cannot be published.",
        "Link the claims that are about the event, or reject it.",
        rows.without_claims,
        actions=("reject",),
    ),
    Problem(
        "unused-places",
        "Places that nothing refers to",
        "No event is there and no other place is inside: perhaps a double.",
        "Reject those that were entered by mistake.",
        rows.unused_places,
        actions=("reject",),
    ),
    Problem(
        "without-articles",
        "Origins without an article",
        "An origin says that articles repeat each other; of one without articles "
        "nobody can tell what it was for.",
        "Give the articles that belong to it this origin, or reject it.",
        rows.without_articles,
        actions=("reject",),
    ),
    Problem(
        "unread",
        "Articles that no machine has read",
        "Nothing is proposed about them, so they are coded wholly by hand.",
        "Start the worker (make run does), or ./manage.py propose; see Jobs for those "
        "that failed.",
        rows.unread,
    ),
)


def problem_of(key: str) -> Problem | None:
    return next((problem for problem in PROBLEMS if problem.key == key), None)
