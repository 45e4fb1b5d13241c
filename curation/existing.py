"""What stands in the database already of all that a set of files speaks about.

One query per table, whatever the number of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model as DjangoModel
from django.db.models import Q, QuerySet

from actors.models import Actor, ActorIdentifier, Alias, Mention
from curation.format.entries import CurationSet, Entry
from curation.format.known import Known
from curation.format.references import references
from curation.format.structure import ids_of
from curation.merging.following import merged, stays_of_keys
from curation.merging.references import KINDS
from curation.models import Omission
from curation.tables import SLUGGED, TABLES, Key, Model
from events.models import (
    Attribution,
    Claim,
    Event,
    EventIdentifier,
    Evidence,
    Participation,
    Place,
    PlaceIdentifier,
    PlaceName,
    Support,
)
from sources.models import Article, Term

_KEYS = {table.model: table for table in TABLES}
_IDS: dict[str, tuple[Model, str]] = {
    "actors": (ActorIdentifier, "actor"),
    "places": (PlaceIdentifier, "place"),
    "events": (EventIdentifier, "event"),
}


# Who writes what stands in files, as the history names it.
LOADER = "load_curation"


@dataclass(slots=True)
class Existing:
    """Rows of the database by their key, and which of them the files speak for.

    `owned` are the rows (by primary key) that belong to an object of the files: one
    that files wrote and that is no longer in its object's file is withdrawn.
    """

    rows: dict[Model, dict[Key, Any]] = field(default_factory=dict)
    owned: dict[Model, set[int]] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
    withdrawn: set[int] = field(default_factory=set)  # claims that cannot be named

    def of(self, model: Model) -> Iterable[Any]:
        return self.rows.get(model, {}).values()

    def by_pk(self, model: Model | None) -> dict[int, Any]:
        return {row.pk: row for row in self.of(model)} if model else {}

    def slugs(self, model: Model) -> dict[int, str]:
        return {row.pk: row.slug for row in self.of(model)}


def fetch(found: CurationSet) -> Existing:
    """Read and lock what the files define or refer to."""
    existing = Existing()
    wanted = _wanted(found)
    shas = {*found.names("articles"), *_quoted_articles(found)}
    _take(existing, Article, Q(sha256__in=shas))
    for section, model in SLUGGED.items():
        if model is not Claim:
            _take(existing, model, Q(slug__in=wanted.get(section, ())))
    _fetch_claims(existing, found, wanted.get("claims", set()))
    _fetch_parts(existing, found)
    for section, (model, owner) in _IDS.items():
        _fetch_ids(existing, model, owner, found.of(section))
    existing.known = _known(existing)
    return existing


def _wanted(found: CurationSet) -> dict[str, set[str]]:
    wanted = {section: set(names) for section, names in found.declared.items()}
    for entries in found.entries.values():
        for entry in entries:
            for section, key, _where in references(entry):
                wanted.setdefault(section, set()).add(key)
    return wanted


def _quoted_articles(found: CurationSet) -> Iterator[str]:
    for claim in found.of("claims"):
        yield from (q["article"] for q in claim.items("quotes") if "article" in q)


def _take(existing: Existing, model: Model, condition: Q) -> None:
    rows: QuerySet[Any] = model._default_manager.filter(condition).order_by("pk")
    rows = rows.select_for_update(of=("self",))
    existing.rows[model] = {_KEYS[model].key_of(row): row for row in rows}


def _defined(existing: Existing, found: CurationSet, section: str) -> set[int]:
    """Primary keys of the rows that the files define (not those they refer to)."""
    names = set(found.names(section))
    model = Article if section == "articles" else SLUGGED[section]
    return {key.pk for (name,), key in existing.rows[model].items() if name in names}


def _articles_with(existing: Existing, found: CurationSet, part: str) -> set[int]:
    """Articles whose entry has the part; without it, the part stays as it is."""
    names = {a.key for a in found.of("articles") if a.data.get(part) is not None}
    rows = existing.rows[Article]
    return {rows[(name,)].pk for name in names if (name,) in rows}


def _fetch_claims(existing: Existing, found: CurationSet, wanted: set[str]) -> None:
    """Claims with what they consist of; owned are those at home in a given article."""
    here = _articles_with(existing, found, "claims")
    quoted_here = Evidence.objects.filter(article__in=here).values("claim")
    _take(existing, Claim, Q(slug__in=wanted) | Q(pk__in=quoted_here))
    claims = [row.pk for row in existing.of(Claim)]
    _take(existing, Evidence, Q(claim__in=claims))
    homes = homes_of(existing.of(Evidence))
    existing.owned[Claim] = {pk for pk in claims if homes.get(pk) in here}
    names = found.names("claims")
    missing = {c.pk for c in existing.of(Claim) if c.slug not in names}
    missing &= existing.owned[Claim]
    existing.withdrawn = written_by_files(Claim, missing)
    defined = _defined(existing, found, "claims")
    _take(existing, Attribution, Q(claim__in=defined))
    for model in (Evidence, Attribution):
        existing.owned[model] = {
            row.pk for row in existing.of(model) if row.claim_id in defined
        }


def homes_of(evidence: Iterable[Evidence]) -> dict[int, int]:
    """Claim → the article in whose file it stands: the first one that it quotes."""
    homes: dict[int, int] = {}
    for row in evidence:
        known = homes.get(row.claim_id, row.article_id)
        homes[row.claim_id] = min(known, row.article_id)
    return homes


def written_by_files(model: Model, pks: Iterable[int]) -> set[int]:
    """Those of the rows that load_curation added, says their history; one query.

    Of ids, which have no history, all count as the files'.
    """
    pks = set(pks)
    if not pks or not hasattr(model, "history"):
        return pks
    history: Any = model._meta.get_field("history").related_model
    added = history.objects.filter(
        pgh_obj__in=pks, pgh_label="insert", pgh_context__metadata__by=LOADER
    )
    return set(added.values_list("pgh_obj_id", flat=True))


def _fetch_parts(existing: Existing, found: CurationSet) -> None:
    """Rows without a key of their own, and which of them the files speak for."""
    actors = {row.pk for row in existing.of(Actor)}
    places = _defined(existing, found, "places")
    events = _defined(existing, found, "events")
    mentioned = _articles_with(existing, found, "mentions")
    read = _articles_with(existing, found, "not_coded")
    _take(existing, Alias, Q(actor__in=actors))  # of all: mentions may name them
    _take(existing, PlaceName, Q(place__in=places))
    # What stays with a merged actor is no file's: only undoing the merge brings it up.
    left = Q(actor__in=merged("actor"))
    _take(existing, Participation, Q(event__in=events) & ~left)
    supports = Q(event__in=events) & ~Q(participation__actor__in=merged("actor"))
    _take(existing, Support, supports)
    _take(existing, Mention, Q(article__in=mentioned) & ~left)
    _take(existing, Omission, Q(article__in=read))
    for model in (PlaceName, Participation, Support, Mention, Omission):
        existing.owned[model] = {row.pk for row in existing.of(model)}
    defined = _defined(existing, found, "actors")
    existing.owned[Alias] = {a.pk for a in existing.of(Alias) if a.actor_id in defined}


def _fetch_ids(
    existing: Existing, model: Model, owner: str, entries: list[Entry]
) -> None:
    """Ids of the objects defined, and whoever bears the ids that the files give."""
    values = {value for entry in entries for _scheme, value in ids_of(entry)}
    slugs = {entry.key for entry in entries}
    _take(existing, model, Q(**{f"{owner}__slug__in": slugs}) | Q(value__in=values))
    defined = {row.pk for row in existing.of(_OWNERS[model]) if row.slug in slugs}
    existing.owned[model] = {
        row.pk for row in existing.of(model) if getattr(row, f"{owner}_id") in defined
    }


_OWNERS: dict[Model, Model] = {
    ActorIdentifier: Actor,
    PlaceIdentifier: Place,
    EventIdentifier: Event,
}


def _known(existing: Existing) -> Known:
    """The facts that checking needs, as plain values."""
    terms = list(Term.objects.values_list("id", "active", "list", "code", "mappings"))
    known = Known(
        terms={pk: active for pk, active, *_ in terms},
        persons={
            code
            for _pk, _active, code_list, code, mappings in terms
            if code_list == "measure" and mappings.get("unit") == "persons"
        },
        texts={row.sha256: row.text for row in existing.of(Article)},
        suggest=_suggest,
    )
    for section, model in SLUGGED.items():
        known.keys[section] = {
            row.slug: row.status
            for row in existing.of(model)
            if not (model is Claim and row.pk in existing.withdrawn)
        }
    for actor in existing.of(Actor):
        known.names[actor.slug] = [actor.name]
    slugs = existing.slugs(Actor)
    for alias in existing.of(Alias):
        known.names[slugs[alias.actor_id]].append(alias.name)
    known.merged = {
        (f"{kind}s", key): into
        for kind in KINDS
        for key, into in stays_of_keys(kind, known.keys[f"{kind}s"])
    }
    _note_ids(existing, known)
    _note_codes(existing, known)
    return known


def _suggest(section: str) -> Iterable[str]:
    rows: QuerySet[Any] = SLUGGED[section]._default_manager.all()
    return list(rows.values_list("slug", flat=True))


def _note_ids(existing: Existing, known: Known) -> None:
    """Who bears which id. An owner that the files do not define goes by its number."""
    for section, (model, owner) in _IDS.items():
        slugs = existing.slugs(_OWNERS[model])
        known.ids[section] = {}
        for row in existing.of(model):
            pk = getattr(row, f"{owner}_id")
            name = f"{row.scheme_id.partition('/')[2]}:{row.value}"
            known.ids[section][name] = slugs.get(pk, f"{owner} {pk}")


def _note_codes(existing: Existing, known: Known) -> None:
    """The codes that each row, and each of its parts, bears."""
    for section, model in SLUGGED.items():
        for row in existing.of(model):
            known.borne[section, row.slug] = set(_codes(row))
    parts: list[tuple[str, Model, str]] = [
        ("actors", Alias, "actor_id"),
        ("places", PlaceName, "place_id"),
        ("events", Participation, "event_id"),
    ]
    parts += [(s, model, f"{owner}_id") for s, (model, owner) in _IDS.items()]
    for section, model, owner in parts:
        slugs = existing.slugs(SLUGGED[section])
        for row in existing.of(model):
            if slug := slugs.get(getattr(row, owner)):
                known.borne[section, slug] |= set(_codes(row))


def _codes(row: DjangoModel) -> Iterator[str]:
    for column in row._meta.concrete_fields:
        if column.related_model is Term and (code := getattr(row, column.attname)):
            yield code
    yield from getattr(row, "contexts", ())
