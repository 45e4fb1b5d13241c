"""What each kind can be filtered by, derived from the documents themselves.

A facet is a token `name:value` beside the document. Because it is read out of the
body that is published, a filter can never know more than the document shows.
"""

from __future__ import annotations

from publishing.models import Kind

# Kind → facet → SQL/JSON paths into the body.
FACETS: dict[Kind, dict[str, tuple[str, ...]]] = {
    Kind.OUTLET: {
        "country": ("$.country",),
        "reliability": ("$.reliability",),
    },
    Kind.ARTICLE: {
        "outlet": ("$.outlet.id", "$.outlet.slug"),
        "origin": ("$.origin.id", "$.origin.slug"),
        "language": ("$.language",),
        "actor": ("$.mentions[*].actor.id", "$.mentions[*].actor.slug"),
        "date_precision": ("$.published.precision",),
        "claim": ("$.claims[*].id", "$.claims[*].slug"),
    },
    Kind.ACTOR: {
        "kind": ("$.kind",),
        "country": ("$.country",),
        "identifier": ("$.identifiers[*].value",),
        "relation": ("$.relations[*].kind",),
        "related_to": (
            "$.relations[*].subject.id",
            "$.relations[*].subject.slug",
            "$.relations[*].object.id",
            "$.relations[*].object.slug",
        ),
    },
    Kind.RELATION: {
        "kind": ("$.kind",),
        "subject": ("$.subject.id", "$.subject.slug"),
        "object": ("$.object.id", "$.object.slug"),
        "actor": (
            "$.subject.id",
            "$.subject.slug",
            "$.object.id",
            "$.object.slug",
        ),
        "disputed": ("$.disputed",),
        "denied": ("$.denied",),
    },
    Kind.PLACE: {
        "kind": ("$.kind",),
        "country": ("$.country",),
        "parent": ("$.parent.id", "$.parent.slug"),
        "identifier": ("$.identifiers[*].value",),
    },
    Kind.EVENT: {
        "actor": ("$.participants[*].actor.id", "$.participants[*].actor.slug"),
        "actor_country": ("$.participants[*].actor.country",),
        "role": ("$.participants[*].role",),
        "event_type": ("$.type",),
        "mode": ("$.mode",),
        "context": ("$.contexts[*]",),
        "acled_sub_event": ("$.acled_sub_event",),
        "modality": ("$.modality",),
        "country": ("$.place.country",),
        "place": ("$.place.id", "$.place.slug"),
        "place_precision": ("$.place.precision",),
        "date_precision": ("$.date.precision",),
        "measure": ("$.estimates[*].measure",),
        "group": ("$.estimates[*].group",),
        "verdict": ("$.estimates[*].verdict",),
        "article": ("$.articles[*].id", "$.articles[*].sha256"),
        "outlet": ("$.articles[*].outlet.id", "$.articles[*].outlet.slug"),
        "claim": ("$.claims[*].id", "$.claims[*].slug"),
        "identifier": ("$.identifiers[*].value",),
    },
    Kind.CLAIM: {
        "kind": ("$.kind",),
        "modality": ("$.modality",),
        "polarity": ("$.polarity",),
        "voice": ("$.voice",),
        "speaker": ("$.speaker.id", "$.speaker.slug"),
        "attributed_to": (
            "$.attributed_to[*].actor.id",
            "$.attributed_to[*].actor.slug",
        ),
        "event": ("$.event.id", "$.event.slug"),
        "relation": ("$.relation.id", "$.relation.slug"),
        "measure": ("$.measure",),
        "group": ("$.group",),
        "quantifier": ("$.quantifier",),
        "article": ("$.evidence[*].article.id", "$.evidence[*].article.sha256"),
    },
}

# Names, compared without case and accents.
FOLDED: dict[Kind, dict[str, tuple[str, ...]]] = {
    Kind.ACTOR: {"alias": ("$.name", "$.aliases[*].name")},
    Kind.PLACE: {"name": ("$.name", "$.names[*].name")},
    Kind.OUTLET: {"name": ("$.name",)},
}

# What `q` searches.
WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.OUTLET: ("$.name",),
    Kind.ARTICLE: ("$.title", "$.text"),
    Kind.ACTOR: ("$.name", "$.description", "$.aliases[*].name"),
    Kind.RELATION: ("$.subject.name", "$.object.name", "$.title", "$.note"),
    Kind.PLACE: ("$.name", "$.names[*].name"),
    Kind.EVENT: (
        "$.title",
        "$.summary",
        "$.participants[*].actor.name",
        "$.place.name",
        "$.estimates[*].claims[*].evidence.quote",
    ),
    Kind.CLAIM: (
        "$.statement",
        "$.speaker.name",
        "$.speaker_text",
        "$.evidence[*].quote",
    ),
}

# Where the dates are that `date_from` and `date_to` compare.
DATES: dict[Kind, str] = {Kind.ARTICLE: "published", Kind.EVENT: "date"}
