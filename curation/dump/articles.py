"""Articles as the format writes them, with their mentions, claims and omissions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from actors.models import Actor, Alias, Mention, Relation
from curation.dump.mentions import Names, mention_entries
from curation.dump.values import Values, by, code, date, filled, slugs, status
from curation.existing import homes_of
from curation.format.mentions import ALL
from curation.merging.following import merged
from curation.models import Omission
from events.models import Attribution, Claim, Event, Evidence
from sources.models import Article, Origin, Outlet, Status
from sources.quotes import places_of


@dataclass(slots=True)
class _Rows:
    """All that articles are written from, grouped by what it belongs to."""

    articles: dict[int, Article]  # with those that claims quote besides their own
    mentions: dict[int, list[Mention]]
    claims: dict[int, list[Claim]]
    evidence: dict[int, list[Evidence]]
    attributions: dict[int, list[Attribution]]
    omissions: dict[int, list[Omission]]
    names: Names
    keys: dict[Any, dict[int, str]]  # model → primary key → slug


def article_entries(only: int | None = None) -> list[Values]:
    """Articles that somebody worked on, sorted by short key. One query per table."""
    articles = list(_worked_on(only))
    rows = _fetch(articles)
    entries = [_entry(article, rows) for article in articles]
    keys = [entry.get("key") for entry in entries]
    for entry in entries:
        if keys.count(entry.get("key")) > 1:
            entry.pop("key", None)  # two articles share it: their sha256 names them
    return sorted(entries, key=lambda entry: (entry.get("key", ""), entry["sha256"]))


def _worked_on(only: int | None) -> QuerySet[Article]:
    if only is not None:
        return Article.objects.filter(pk=only)
    touched: Any = ~Q(status=Status.DRAFT) | Q(outlet__isnull=False)
    touched |= Q(origin__isnull=False)
    for model in (Mention, Evidence, Omission):
        touched |= Exists(model.objects.filter(article=OuterRef("pk")))
    return Article.objects.filter(touched)


def _fetch(articles: list[Article]) -> _Rows:
    pks = [article.pk for article in articles]
    quoted = Evidence.objects.filter(article__in=pks).values("claim")
    evidence = list(
        Evidence.objects.filter(claim__in=quoted).order_by("article", "start", "end")
    )
    homes = homes_of(evidence)
    claims: dict[int, list[Claim]] = {}
    for claim in Claim.objects.filter(pk__in=homes).order_by("slug"):
        claims.setdefault(homes[claim.pk], []).append(claim)
    texts = Article.objects.filter(pk__in={*pks, *(e.article_id for e in evidence)})
    mentions = Mention.objects.filter(article__in=pks).order_by("start", "end", "pk")
    mentions = mentions.exclude(actor__in=merged("actor"))
    names: Names = {}
    for pk, slug, name in Actor.objects.values_list("pk", "slug", "name"):
        names[pk] = (slug, name, {})
    for alias in Alias.objects.filter(actor__mentions__article__in=pks).distinct():
        names[alias.actor_id][2][alias.pk] = alias.name
    attributions = Attribution.objects.filter(claim__in=homes).order_by("position")
    omissions = Omission.objects.filter(article__in=pks).order_by("start", "end")
    return _Rows(
        articles={article.pk: article for article in texts},
        mentions=by("article_id", mentions),
        claims=claims,
        evidence=by("claim_id", evidence),
        attributions=by("claim_id", attributions),
        omissions=by("article_id", omissions),
        names=names,
        keys={m: slugs(m) for m in (Outlet, Origin, Event, Relation, Claim)},
    )


def _entry(article: Article, rows: _Rows) -> Values:
    """The entry of one article. Parts that are empty are written, so as to be empty."""
    claims = rows.claims.get(article.pk, [])
    return {
        **filled(
            sha256=article.sha256,
            key=_short_key(claims),
            status=str(article.status),
            title=article.title,
        ),
        "outlet": rows.keys[Outlet].get(article.outlet_id or 0),
        "origin": rows.keys[Origin].get(article.origin_id or 0),
        "published": date(article, "published") or None,
        "mentions": mention_entries(article, rows.mentions[article.pk], rows.names),
        "claims": [_claim(claim, article, rows) for claim in claims],
        "not_coded": [
            _quote(row, article, rows) | {"why": row.reason}
            for row in rows.omissions[article.pk]
        ],
    }


def article_entry(article: Article) -> Values:
    """What the format says of an article itself, without what was coded in it."""
    said = filled(status=str(article.status), title=article.title)
    return {
        "sha256": article.sha256,
        **said,
        "outlet": slugs(Outlet, [article.outlet_id]).get(article.outlet_id or 0),
        "origin": slugs(Origin, [article.origin_id]).get(article.origin_id or 0),
        "published": date(article, "published") or None,
    }


def claim_entry(claim: Claim) -> tuple[str, Values]:
    """The sha256 of the article in whose file a claim stands, and its entry there."""
    evidence = list(claim.evidence.order_by("article", "start", "end"))
    texts = Article.objects.in_bulk({row.article_id for row in evidence})
    steps = list(claim.attributions.order_by("position"))
    named = (claim.speaker_id, *(step.actor_id for step in steps))
    actors = Actor.objects.filter(pk__in={pk for pk in named if pk is not None})
    rows = _Rows(
        articles=texts,
        mentions={},
        claims={},
        evidence=by("claim_id", evidence),
        attributions=by("claim_id", steps),
        omissions={},
        names={actor.pk: (actor.slug, actor.name, {}) for actor in actors},
        keys={
            Event: slugs(Event, [claim.event_id]),
            Relation: slugs(Relation, [claim.relation_id]),
            Claim: slugs(Claim, [claim.part_of_id]),
        },
    )
    home = texts[homes_of(evidence)[claim.pk]]
    return home.sha256, _claim(claim, home, rows) | {"status": str(claim.status)}


def mention_entry(mention: Mention) -> tuple[str, Values]:
    """The sha256 of the article of one mention, and its entry there."""
    article, actor = mention.article, mention.actor
    names = {actor.pk: (actor.slug, actor.name, _aliases(actor))}
    [entry] = mention_entries(article, [mention], names)[actor.slug]
    if entry.get("occurrences") == ALL:  # alone it stands for itself
        entry["occurrences"] = [1]
    return article.sha256, entry | {"status": str(mention.status)}


def _aliases(actor: Actor) -> dict[int, str]:
    return dict(actor.aliases.values_list("pk", "name"))


def _short_key(claims: list[Claim]) -> str | None:
    """What most keys of its claims begin with, before the last hyphen."""
    prefixes = Counter(claim.slug.rpartition("-")[0] for claim in claims)
    prefixes.pop("", None)
    return max(sorted(prefixes), key=lambda each: prefixes[each], default=None)


def _claim(claim: Claim, home: Article, rows: _Rows) -> Values:
    quotes = [_quote(row, home, rows) for row in rows.evidence[claim.pk]]
    one = len(quotes) == 1 and "article" not in quotes[0]
    return {
        **filled(
            key=claim.slug,
            status=status(claim, home.status),
            kind=claim.kind,
            statement=claim.statement,
            voice=claim.voice,
            speaker=_actor(claim.speaker_id, rows),
            speaker_text=claim.speaker_text,
            via=[_step(step, rows) for step in rows.attributions[claim.pk]],
            modality=claim.modality,
            polarity=claim.polarity,
            event=rows.keys[Event].get(claim.event_id or 0),
            relation=rows.keys[Relation].get(claim.relation_id or 0),
            figure=_figure(claim, rows),
        ),
        **(quotes[0] if one else {"quotes": quotes}),
        **filled(note=claim.note),
    }


def _actor(pk: int | None, rows: _Rows) -> str | None:
    return rows.names[pk][0] if pk else None


def _step(row: Attribution, rows: _Rows) -> Values:
    return filled(actor=_actor(row.actor_id, rows), text=row.text)


def _figure(claim: Claim, rows: _Rows) -> Values:
    if not claim.measure_id:
        return {}
    return {
        "measure": code(claim.measure_id),
        **filled(group=code(claim.group_id)),
        "low": claim.low,
        "high": claim.high,
        "quantifier": claim.quantifier,
        **filled(
            text=claim.figure_text,
            part_of=rows.keys[Claim].get(claim.part_of_id or 0),
        ),
    }


def _quote(row: Evidence | Omission, home: Article, rows: _Rows) -> Values:
    """A quote, with which occurrence it is where it stands more than once."""
    article = rows.articles[row.article_id]
    places = places_of(row.quote, article.text)
    values: Values = {"quote": row.quote}
    if len(places) > 1:
        values["occurrence"] = places.index(row.start) + 1
    if article.pk != home.pk:
        values["article"] = article.sha256
    return values
