"""The objects of a set of files as rows of tables, ready to be compared and written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from actors.models import ActorIdentifier, Alias, Mention
from curation.format.entries import CurationSet, Entry
from curation.format.passages import Passages, actor_names
from curation.format.structure import day, ids_of
from curation.models import Omission
from curation.tables import SLUGGED, Key, Model
from events.models import (
    Attribution,
    EventIdentifier,
    Evidence,
    Participation,
    PlaceIdentifier,
    PlaceName,
    Polarity,
    Stance,
    Support,
    SupportedPart,
)
from sources.dates import Precision
from sources.models import Article

Values = dict[str, Any]
_STANCES = {"claims": Stance.SUPPORTS, "disputed_by": Stance.DISPUTES}


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the files want it: what names it, its columns, where it stands."""

    key: Key
    values: Values
    entry: Entry
    label: str
    pk: int | None = None


@dataclass(slots=True)
class Keys:
    """Primary keys, of rows that exist and of rows that are about to be written."""

    by_slug: dict[str, dict[str, int]] = field(default_factory=dict)
    articles: dict[str, int] = field(default_factory=dict)
    aliases: dict[tuple[int, str], int] = field(default_factory=dict)
    participations: dict[tuple[int, int, str], int] = field(default_factory=dict)

    def find(self, section: str, slug: str | None) -> int | None:
        return self.by_slug[section][slug] if slug else None


def term(code_list: str, code: str | None) -> str | None:
    return f"{code_list}/{code}" if code else None


def date_columns(prefix: str, date: Values | None) -> Values:
    """The six columns of a date."""
    date = date or {}
    columns: Values = {
        f"{prefix}_{end}": day(date.get(end)) for end in ("earliest", "latest")
    }
    columns[f"{prefix}_precision"] = date.get("precision") or Precision.UNKNOWN.value
    for name in ("basis", "text", "note"):
        columns[f"{prefix}_{name}"] = date.get(name) or ""
    return columns


def _texts(entry: Entry, *names: str) -> Values:
    return {name: entry.get(name) or "" for name in names}


class Rows:
    """Builds the rows. All keys must be known (see curation.loading)."""

    def __init__(self, found: CurationSet, passages: Passages, keys: Keys) -> None:
        self.found, self.passages, self.keys = found, passages, keys
        self.names = actor_names(found, passages.known)
        self.rows: dict[Model, list[Row]] = {}

    def build(self) -> dict[Model, list[Row]]:
        build = {
            "outlets": self._outlet,
            "origins": self._origin,
            "actors": self._actor,
            "places": self._place,
            "relations": self._relation,
            "events": self._event,
            "articles": self._article,
            "mentions": self._mention,
            "claims": self._claim,
            "not_coded": self._omission,
        }
        for section, build_one in build.items():
            for entry in self.found.of(section):
                build_one(entry)
        return self.rows

    def _add(
        self,
        model: Model,
        entry: Entry,
        key: Key,
        values: Values,
        label: str,
        pk: int | None = None,
    ) -> None:
        row = Row(key, values, entry, label, pk)
        self.rows.setdefault(model, []).append(row)

    def _slugged(self, entry: Entry, values: Values) -> int:
        """Add the row of an object that is named by its key."""
        pk = self.keys.by_slug[entry.section][entry.key]
        model = SLUGGED[entry.section]
        values["status"] = entry.status
        self._add(model, entry, (entry.key,), values, entry.key, pk)
        return pk

    def _outlet(self, entry: Entry) -> None:
        self._slugged(
            entry,
            {
                "name": entry.get("name"),
                "country_id": term("country", entry.get("country")),
                "reliability_id": term(
                    "admiralty-reliability", entry.get("reliability")
                ),
                **_texts(entry, "url", "note"),
            },
        )

    def _origin(self, entry: Entry) -> None:
        values = {
            "name": entry.get("name"),
            "kind_id": term("origin-kind", entry.get("kind")),
            **_texts(entry, "note"),
        }
        self._slugged(entry, values)

    def _actor(self, entry: Entry) -> None:
        values = {
            "name": entry.get("name"),
            "kind_id": term("actor-kind", entry.get("kind")),
            "country_id": term("country", entry.get("country")),
            "outlet_id": self.keys.find("outlets", entry.get("outlet")),
            **_texts(entry, "description"),
        }
        pk = self._slugged(entry, values)
        for alias in entry.items("aliases"):
            key = pk, alias["name"]
            columns = {
                "kind_id": term("alias-kind", alias["kind"]),
                "note": alias.get("note") or "",
                "status": alias.get("status") or entry.status,
            }
            label = f"{entry.key} “{alias['name']}”"
            self._add(Alias, entry, key, columns, label, self.keys.aliases[key])
        self._ids(ActorIdentifier, entry, {"actor_id": pk})

    def _place(self, entry: Entry) -> None:
        columns = ("latitude", "longitude", "radius_m")
        values = {
            "name": entry.get("name"),
            "kind_id": term("place-kind", entry.get("kind")),
            "parent_id": self.keys.find("places", entry.get("parent")),
            "country_id": term("country", entry.get("country")),
            **{name: entry.get(name) for name in columns},
        }
        pk = self._slugged(entry, values)
        for name in entry.items("names"):
            kind = {"kind_id": term("alias-kind", name["kind"])}
            label = f"{entry.key} “{name['name']}”"
            self._add(PlaceName, entry, (pk, name["name"]), kind, label)
        self._ids(PlaceIdentifier, entry, {"place_id": pk})

    def _ids(self, model: Model, entry: Entry, owner: Values) -> None:
        for scheme, value in ids_of(entry):
            key = term("external-id-scheme", scheme), value
            self._add(model, entry, key, owner, f"{entry.key} {scheme}:{value}")

    def _relation(self, entry: Entry) -> None:
        values = {
            "subject_id": self.keys.find("actors", entry.get("subject")),
            "kind_id": term("relation-kind", entry.get("kind")),
            "object_id": self.keys.find("actors", entry.get("object")),
            **date_columns("start", entry.get("start")),
            **date_columns("end", entry.get("end")),
            **_texts(entry, "title", "note"),
        }
        self._slugged(entry, values)

    def _event(self, entry: Entry) -> None:
        kind, mode = entry.get("type"), entry.get("mode")
        contexts = [f"plover-context/{code}" for code in entry.items("contexts")]
        values = {
            "type_id": term("plover-type", kind),
            "mode_id": term("plover-mode", mode and f"{kind}.{mode}"),
            "contexts": contexts,
            "acled_sub_event_id": term("acled-sub-event", entry.get("acled_sub_event")),
            "modality": entry.get("modality"),
            **date_columns("date", entry.get("date")),
            "place_id": self.keys.find("places", entry.get("place", "place")),
            "place_precision_id": term(
                "place-precision", entry.get("place", "precision")
            ),
            "place_text": entry.get("place", "text") or "",
            **_texts(entry, "title", "summary"),
        }
        pk = self._slugged(entry, values)
        self._ids(EventIdentifier, entry, {"event_id": pk})
        self._supports(entry, SupportedPart.OCCURRENCE, entry.data)
        self._supports(entry, SupportedPart.DATE, entry.get("date"))
        self._supports(entry, SupportedPart.PLACE, entry.get("place"))
        for participant in entry.items("participants"):
            self._participant(entry, pk, participant)

    def _participant(self, entry: Entry, event: int, participant: Values) -> None:
        actor = self.keys.by_slug["actors"][participant["actor"]]
        key = event, actor, f"role/{participant['role']}"
        status = {"status": participant.get("status") or entry.status}
        label = f"{entry.key} {participant['actor']} {participant['role']}"
        pk = self.keys.participations[key]
        self._add(Participation, entry, key, status, label, pk)
        self._supports(entry, SupportedPart.PARTICIPATION, participant, pk)

    def _supports(
        self,
        entry: Entry,
        part: SupportedPart,
        holder: Values | None,
        participation: int | None = None,
    ) -> None:
        event = self.keys.by_slug["events"][entry.key]
        for name, stance in _STANCES.items():
            for slug in (holder or {}).get(name) or ():
                claim = self.keys.by_slug["claims"][slug]
                key = claim, event, part.value, participation
                label = f"{entry.key} {part} by {slug}"
                self._add(Support, entry, key, {"stance": stance.value}, label)

    def _article(self, entry: Entry) -> None:
        """Only what the file says: the rest came with the article."""
        values: Values = {"status": entry.status}
        if "outlet" in entry.data:
            values["outlet_id"] = self.keys.find("outlets", entry.get("outlet"))
        if "origin" in entry.data:
            values["origin_id"] = self.keys.find("origins", entry.get("origin"))
        if "published" in entry.data:
            values |= date_columns("published", entry.get("published"))
        if entry.get("title"):
            values["title"] = entry.get("title")
        self._add(Article, entry, (entry.key,), values, _short(entry))

    def _mention(self, entry: Entry) -> None:
        actor = self.keys.by_slug["actors"][entry.key]
        name = entry.get("alias") or entry.get("quote")
        alias = None
        if name in self.names[entry.key][1:]:
            alias = self.keys.aliases[actor, name]
        for passage in self.passages.of[entry]:
            article = self.keys.articles[passage.sha256]
            values = {
                "quote": passage.quote,
                "alias_id": alias,
                "status": entry.status,
                **_texts(entry, "note"),
            }
            label = f"{_short(entry.article)} “{passage.quote}” at {passage.start}"
            key = article, passage.start, passage.end, actor
            self._add(Mention, entry, key, values, label)

    def _claim(self, entry: Entry) -> None:
        figure = entry.get("figure") or {}
        values = {
            "kind": entry.get("kind"),
            "statement": entry.get("statement"),
            "voice": entry.get("voice"),
            "speaker_id": self.keys.find("actors", entry.get("speaker")),
            "modality": entry.get("modality"),
            "polarity": entry.get("polarity") or Polarity.POSITIVE.value,
            "event_id": self.keys.find("events", entry.get("event")),
            "relation_id": self.keys.find("relations", entry.get("relation")),
            "measure_id": term("measure", figure.get("measure")),
            "group_id": term("group", figure.get("group")),
            "low": figure.get("low"),
            "high": figure.get("high"),
            "quantifier": figure.get("quantifier") or "",
            "figure_text": figure.get("text") or "",
            "part_of_id": self.keys.find("claims", figure.get("part_of")),
            **_texts(entry, "speaker_text", "note"),
        }
        pk = self._slugged(entry, values)
        for position, step in enumerate(entry.items("via"), start=1):
            columns = {
                "actor_id": self.keys.find("actors", step.get("actor")),
                "text": step.get("text") or "",
            }
            label = f"{entry.key} via {position}"
            self._add(Attribution, entry, (pk, position), columns, label)
        for key, quote in self._quotes(entry):
            label = f"{entry.key} at {key[1]}"
            self._add(Evidence, entry, (pk, *key), {"quote": quote}, label)

    def _omission(self, entry: Entry) -> None:
        for key, quote in self._quotes(entry):
            values = {"quote": quote, "reason": entry.get("why")}
            label = f"{_short(entry.article)} at {key[1]}"
            self._add(Omission, entry, key, values, label)

    def _quotes(self, entry: Entry) -> Iterator[tuple[Key, str]]:
        for passage in self.passages.of[entry]:
            article = self.keys.articles[passage.sha256]
            yield (article, passage.start, passage.end), passage.quote


def _short(article: Entry | None) -> str:
    """What people call an article: its short key, or the beginning of its sha256."""
    if article is None:
        return ""
    return str(article.get("key") or article.key[:8])
