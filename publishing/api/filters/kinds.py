"""Which filters the lists of each kind have."""

from __future__ import annotations

from publishing.api.filters.actors import ActorTreeFilter, AliasFilter, LinkFilter
from publishing.api.filters.base import (
    FacetFilter,
    Filter,
    FoldedFilter,
    IdFilter,
    RecordTimeFilter,
    SlugFilter,
)
from publishing.api.filters.dates import (
    FromFilter,
    OverlapsFilter,
    ToFilter,
    WithinFilter,
)
from publishing.api.filters.near import NearFilter, WithinKmFilter
from publishing.api.filters.numbers import MagnitudeFilter, bounds_of_measures
from publishing.api.filters.words import WordsFilter
from publishing.models import Kind

Facet = FacetFilter

EVERYWHERE: dict[str, Filter] = {
    "id": IdFilter("One or several ids, separated by commas.", "12,15"),
    "slug": SlugFilter("The key of the object.", "kabul-airport-attack"),
    "q": WordsFilter(
        'Words in the texts: "exact phrase", or, -without; case and accents do not '
        "matter. Names also where they are spelt otherwise: Masood finds Massoud.",
        "Masood",
    ),
    "modified_since": RecordTimeFilter(
        "gte",
        "Record time: published in this form at or after that moment.",
        "2026-01-01T00:00:00Z",
    ),
    "modified_before": RecordTimeFilter(
        "lt",
        "Record time: published in this form before that moment.",
        "2026-02-01T00:00:00Z",
    ),
}

DATED: dict[str, Filter] = {
    "date_from": FromFilter(
        "Event time: may have been on or after that day. An object matches when its "
        "interval reaches there; one of wholly unknown date never does.",
        "2021-08-26",
    ),
    "date_to": ToFilter(
        "Event time: may have been on or before that day; see date_from.",
        "2021-08-31",
    ),
    "date_overlaps": OverlapsFilter(
        "Event time: may have been within FROM/TO, both days included; .. is open. As "
        "date_from and date_to together.",
        "2021-08-26/2021-08-31",
    ),
    "date_within": WithinFilter(
        "Event time: was certainly within FROM/TO, both days included; .. is open. "
        "Nothing matches whose interval reaches out of it or has an open end there.",
        "2021-08-01/2021-08-31",
    ),
    "date_precision": Facet(
        "date_precision",
        "How exactly the date is known.",
        "day",
        terms="date-precision",
    ),
}

PLACED: dict[str, Filter] = {
    "near": NearFilter(
        "latitude,longitude in degrees (WGS 84): may lie no farther from there than "
        "within_km. The distance is that to the point less the radius around it, so "
        "a province matches when any of it is near; what has no point never matches.",
        "34.56,69.21",
    ),
    "within_km": WithinKmFilter("Kilometres; goes with near.", "25"),
}

OUTLETS = EVERYWHERE | {
    "name": FoldedFilter("name", "Its name, whatever case and accents.", "trt world"),
    "country": Facet("country", "ISO 3166-1 alpha-3.", "TUR", terms="country"),
    "reliability": Facet(
        "reliability", "Admiralty letter.", "B", terms="admiralty-reliability"
    ),
}

ARTICLES = {
    **EVERYWHERE,
    **DATED,
    "outlet": Facet("outlet", "Id or key of the outlet.", "trt-world"),
    "origin": Facet(
        "origin", "Id or key of the origin it shares with others.", "ap-2021-09-01"
    ),
    "actor": Facet("actor", "Id or key of an actor it mentions.", "taliban"),
    "alias": AliasFilter("actor", "Any name of an actor it mentions.", "Daesh-K"),
    "claim": Facet("claim", "Id or key of a claim it is evidence for.", "003-01"),
    "language": Facet("language", "BCP 47 tag.", "en"),
    "sha256": SlugFilter("Of the UTF-8 text.", "3ab29a2d9b4e…"),
}

ACTORS = {
    **EVERYWHERE,
    "kind": Facet("kind", "Kind of actor.", "person", terms="actor-kind"),
    "country": Facet("country", "ISO 3166-1 alpha-3.", "AFG", terms="country"),
    "alias": FoldedFilter(
        "alias", "Any of its names, whatever case and accents.", "Daesh-K"
    ),
    "relation": Facet(
        "relation", "Has a relation of that kind.", "leads", terms="relation-kind"
    ),
    "related_to": Facet("related_to", "Has a relation with that actor.", "taliban"),
    "identifier": Facet("identifier", "What another database calls it.", "Q42418"),
}

RELATIONS = {
    **EVERYWHERE,
    "kind": Facet("kind", "Kind of relation.", "part_of", terms="relation-kind"),
    "actor": Facet("actor", "Id or key of either side.", "taliban"),
    "alias": AliasFilter("actor", "Any name of either side.", "Daesh-K"),
    "subject": Facet("subject", "Id or key of the subject.", "haqqani-network"),
    "object": Facet("object", "Id or key of the object.", "taliban"),
    "disputed": Facet(
        "disputed",
        "Some say so, some say otherwise.",
        "true",
        values=("true", "false"),
    ),
    "denied": Facet(
        "denied",
        "All who speak of it say it is not so.",
        "false",
        values=("true", "false"),
    ),
}

PLACES = {
    **EVERYWHERE,
    **PLACED,
    "kind": Facet("kind", "Kind of place.", "city", terms="place-kind"),
    "country": Facet("country", "ISO 3166-1 alpha-3.", "AFG", terms="country"),
    "parent": Facet("parent", "Id or key of the place around it.", "kabul"),
    "name": FoldedFilter(
        "name", "Any of its names, whatever case and accents.", "kabul"
    ),
    "identifier": Facet("identifier", "What another gazetteer calls it.", "1138958"),
}

EVENTS = {
    **EVERYWHERE,
    **DATED,
    **PLACED,
    "actor": Facet("actor", "Id or key of a participant.", "isis-k"),
    "actor_tree": ActorTreeFilter(
        "Id or key of an actor: a participant is that actor or was inside it at the "
        "date of the event, at any depth (part_of, member_of, leads, "
        "holds_office_in). Who may have been inside counts: disputed relations, and "
        "dates as far as they may reach; what every claim denies does not. One or "
        "several, separated by commas.",
        "taliban",
    ),
    "alias": AliasFilter("actor", "Any name of a participant.", "Daesh-K"),
    "actor_country": Facet(
        "actor_country", "Country of a participant.", "USA", terms="country"
    ),
    "role": Facet("role", "Some actor has that role.", "victim", terms="role"),
    "event_type": Facet("event_type", "PLOVER type.", "ASSAULT", terms="plover-type"),
    "mode": Facet(
        "mode",
        "PLOVER mode (TYPE.mode).",
        "ASSAULT.suicide-attack",
        terms="plover-mode",
    ),
    "context": Facet("context", "PLOVER context.", "terrorism", terms="plover-context"),
    "acled_sub_event": Facet(
        "acled_sub_event", "ACLED sub-event.", "Suicide bomb", terms="acled-sub-event"
    ),
    "modality": Facet(
        "modality", "Whether it happened.", "occurred", terms="event-modality"
    ),
    "country": Facet("country", "Where: ISO 3166-1 alpha-3.", "AFG", terms="country"),
    "place": Facet("place", "Id or key of the place.", "kabul-airport"),
    "place_precision": Facet(
        "place_precision", "How exactly it is placed.", "city", terms="place-precision"
    ),
    "measure": Facet(
        "measure", "Has figures of that measure.", "killed", terms="measure"
    ),
    "group": Facet("group", "Has figures of that group.", "civilians", terms="group"),
    "verdict": Facet(
        "verdict",
        "An estimate of the event has that verdict: what its sources allow together.",
        "conflicting",
        terms="verdict",
    ),
    "origins__gte": MagnitudeFilter(
        "origins",
        "low >=",
        "Some estimate rests on at least so many origins: voices that are independent "
        "of each other. Two rewrites of one agency report are one.",
        "2",
    ),
    **bounds_of_measures(),
    "article": Facet("article", "Id or sha256 of an article that reports it.", "3"),
    "outlet": Facet("outlet", "Id or key of an outlet that reports it.", "trt-world"),
    "reported_by": Facet(
        "outlet", "Id or key of an outlet that reports it; as outlet.", "trt-world"
    ),
    "said_by": LinkFilter(
        "claim",
        Kind.CLAIM,
        "speaker",
        "Id or key of an actor who says something about it: the speaker of a claim "
        "about it. One or several, separated by commas.",
        "mark-milley",
    ),
    "claim": Facet("claim", "Id or key of a claim about it.", "003-01"),
    "identifier": Facet("identifier", "What another database calls it.", "AFG54321"),
}

CLAIMS = {
    **EVERYWHERE,
    "kind": Facet(
        "kind", "What sort of thing is claimed.", "figure", terms="claim-kind"
    ),
    "modality": Facet(
        "modality", "How the speaker puts it.", "hinted", terms="claim-modality"
    ),
    "polarity": Facet("polarity", "So, or not so.", "negative", terms="claim-polarity"),
    "voice": Facet(
        "voice",
        "The article says it, or says who says it.",
        "attributed",
        terms="claim-voice",
    ),
    "speaker": Facet("speaker", "Id or key of who says it.", "mark-milley"),
    "said_by": Facet("speaker", "Id or key of who says it; as speaker.", "mark-milley"),
    "alias": AliasFilter("speaker", "Any name of who says it.", "Milley"),
    "attributed_to": Facet(
        "attributed_to", "Id or key of who passes it on.", "abdul-sayed"
    ),
    "reported_by": LinkFilter(
        "article",
        Kind.ARTICLE,
        "outlet",
        "Id or key of an outlet: an article of it is evidence for the claim. One or "
        "several, separated by commas.",
        "trt-world",
    ),
    "hearsay_max": MagnitudeFilter(
        "hearsay",
        "high <=",
        "At most so many pass it on between the speaker and the article "
        "(attributed_to): 0 is the speaker's own word to it.",
        "0",
    ),
    "event": Facet(
        "event", "Id or key of the event it is about.", "kabul-airport-attack"
    ),
    "relation": Facet(
        "relation", "Id or key of the relation it is about.", "haqqani-part-of-taliban"
    ),
    "article": Facet("article", "Id or sha256 of an article it is quoted from.", "3"),
    "measure": Facet("measure", "What is counted.", "killed", terms="measure"),
    "group": Facet("group", "Who is counted.", "all", terms="group"),
    "quantifier": Facet(
        "quantifier", "How it is worded.", "more_than", terms="quantifier"
    ),
}

FILTERS: dict[Kind, dict[str, Filter]] = {
    Kind.OUTLET: OUTLETS,
    Kind.ARTICLE: ARTICLES,
    Kind.ACTOR: ACTORS,
    Kind.RELATION: RELATIONS,
    Kind.PLACE: PLACES,
    Kind.EVENT: EVENTS,
    Kind.CLAIM: CLAIMS,
}
