"""A row as it stands now, in the words of the curation format, and its version."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

import orjson

from actors.models import Actor, Alias, Mention, Relation
from curation.dump.articles import article_entry, claim_entry, mention_entry
from curation.dump.events import event_entries
from curation.dump.things import (
    actor_entries,
    origin_entries,
    outlet_entries,
    place_entries,
    relation_entries,
)
from curation.dump.values import code
from curation.storing.sheet import ARTICLES, CLAIMS, MENTIONS, Sent
from events.models import Claim, Event, Participation, Place
from sources.models import Article, Origin, Outlet

if TYPE_CHECKING:
    from sources.models import Curated

# Names in addresses → what they name. The first ones are sections of the format, whose
# rows are written; of the others only the state is moved.
WRITTEN: Mapping[str, type[Curated]] = {
    "outlets": Outlet,
    "origins": Origin,
    ARTICLES: Article,
    "actors": Actor,
    "places": Place,
    "relations": Relation,
    "events": Event,
    CLAIMS: Claim,
    MENTIONS: Mention,
}
PARTS: Mapping[str, type[Curated]] = {
    "aliases": Alias,
    "participations": Participation,
}
MOVED: Mapping[str, type[Curated]] = {**WRITTEN, **PARTS}

_ENTRIES: Mapping[type[Any], Callable[[int], dict[str, Any]]] = {
    Outlet: outlet_entries,
    Origin: origin_entries,
    Actor: actor_entries,
    Place: place_entries,
    Relation: relation_entries,
    Event: event_entries,
}


def as_sent(section: str, row: Any) -> Sent:
    """The row as a program would send it. Raises DumpError for what has no words."""
    key = getattr(row, "slug", "")
    article = ""
    if section == ARTICLES:
        fields = article_entry(row)
        key = fields.pop("sha256")
    elif section == CLAIMS:
        article, fields = claim_entry(row)
        del fields["key"]
    elif section == MENTIONS:
        article, fields = mention_entry(row)
        key = row.actor.slug
    elif section in PARTS:
        fields = _part(row)
    else:
        [fields] = _ENTRIES[type(row)](row.pk).values()
    return Sent(section, key, cast("dict[str, Any]", _plain(fields)), article)


def version_of(row: Any, sent: Sent) -> str:
    """Changes exactly when what is said of the row does, or its state."""
    said = [row._meta.label, row.pk, sent.key, sent.article, sent.fields]
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _part(row: Any) -> dict[str, Any]:
    """A row that is written with its owner."""
    if isinstance(row, Alias):
        said = {"actor": row.actor.slug, "name": row.name, "kind": code(row.kind_id)}
        return {**said, "note": row.note, "status": row.status}
    return {
        "event": row.event.slug,
        "actor": row.actor.slug,
        "role": code(row.role_id),
        "status": row.status,
    }


def _plain(value: Any) -> Any:
    """As JSON has it: days are texts."""
    return orjson.loads(orjson.dumps(value))
