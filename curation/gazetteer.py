"""The gazetteer of the database, as extractors ask for it; curated places first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection

from curation.extraction.context import KnownPlace
from events.place_names import lookup_form
from sources.models import ACCEPTED

_COLUMNS = """e.id, e.name, e.kind, e.country, e.admin1, e.latitude, e.longitude,
    e.radius_m, e.population"""

# Curated places are few; they are matched under their own name and every other one.
# `newsdb_fold` keeps hyphens and dots, so both sides lose them here.
_PLACE_NAME = "translate(newsdb_fold(n.name), '-.''‘’ʿ', ' ')"
_CURATED = f"""
    SELECT n.form, p.slug, p.name, split_part(p.kind_id, '/', 2),
           split_part(p.country_id, '/', 2),
           (SELECT a.name FROM events_place a
            WHERE a.id = p.parent_id AND a.kind_id = 'place-kind/province'),
           p.latitude, p.longitude, p.radius_m, 0, p.slug
    FROM events_place p JOIN LATERAL (
        SELECT {_PLACE_NAME} AS form
        FROM (SELECT p.name UNION SELECT x.name FROM events_placename x
              WHERE x.place_id = p.id) AS n (name)
    ) AS n ON true
    WHERE p.status = ANY(%(accepted)s)
"""  # noqa: S608
_FIND = f"""
    SELECT * FROM ({_CURATED}) AS curated WHERE form = ANY(%(forms)s)
    UNION ALL
    SELECT n.folded, {_COLUMNS}, NULL
    FROM events_gazetteername n JOIN events_gazetteerentry e ON e.id = n.entry_id
    WHERE n.folded = ANY(%(forms)s)
"""  # noqa: S608
_NEAR = f"""
    SELECT n.folded, {_COLUMNS}, NULL
    FROM events_gazetteername n JOIN events_gazetteerentry e ON e.id = n.entry_id
    WHERE n.country = ANY(%(countries)s) AND n.folded %% %(form)s
    ORDER BY similarity(n.folded, %(form)s) DESC, e.population DESC LIMIT 20
"""  # noqa: S608


class DatabaseGazetteer:
    """One indexed query per call. Curated places have a `key`; they come first."""

    def find(self, names: Collection[str]) -> Mapping[str, list[KnownPlace]]:
        """The places of each of `names`, the curated and then the largest first."""
        forms = {name: lookup_form(name) for name in names}
        wanted = sorted({form for form in forms.values() if form})
        if not wanted:
            return {}
        found: dict[str, list[KnownPlace]] = defaultdict(list)
        for form, *row in self._rows(_FIND, {"forms": wanted}):
            found[form].append(_place(row))
        for places in found.values():
            places.sort(key=lambda each: (each.key is None, -each.population))
        return {name: found[form] for name, form in forms.items() if form in found}

    def near(self, name: str, countries: Collection[str]) -> list[KnownPlace]:
        """Places of these countries that are spelt alike, the likest first."""
        form, wanted = lookup_form(name), sorted(set(countries))
        if not form or not wanted:
            return []
        rows = self._rows(_NEAR, {"form": form, "countries": wanted})
        return list({row[1]: _place(row[1:]) for row in rows}.values())

    def _rows(self, query: str, values: dict[str, Any]) -> list[Any]:
        accepted = [str(status) for status in ACCEPTED]
        with connection.cursor() as cursor:
            cursor.execute(query, {"accepted": accepted, **values})
            return list(cursor.fetchall())


def _place(row: Any) -> KnownPlace:
    entry, name, kind, country, admin1, latitude, longitude, radius, people, key = row
    return KnownPlace(
        entry=f"place:{entry}" if key else entry,
        name=name,
        kind=kind,
        country=country or None,
        admin1=admin1 or None,
        latitude=latitude,
        longitude=longitude,
        radius_m=radius,
        population=people or 0,
        key=key,
    )
