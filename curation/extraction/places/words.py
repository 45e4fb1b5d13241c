"""English words around names of places, and what they say about them."""

from __future__ import annotations

from collections.abc import Mapping


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What a place is called after or before its name, and the place-kind codes it may then
# have: "Takhar province", "the village of Dehak", "Cook County".
TYPES: Mapping[str, tuple[str, ...]] = {
    "province": ("province", "district"),
    "provinces": ("province", "district"),
    "state": ("province", "country"),
    "states": ("province", "country"),
    "governorate": ("province", "district"),
    "oblast": ("province",),
    "prefecture": ("province", "district"),
    "canton": ("province", "district"),
    "emirate": ("province", "country"),
    "region": ("province", "region", "district"),
    "regions": ("province", "region", "district"),
    "county": ("district", "province"),
    "counties": ("district", "province"),
    "parish": ("district",),
    "district": ("district", "province"),
    "districts": ("district", "province"),
    "municipality": ("city", "village", "district"),
    "township": ("village", "city", "district"),
    "borough": ("district", "neighbourhood", "city"),
    "city": ("city", "village"),
    "cities": ("city", "village"),
    "town": ("city", "village"),
    "towns": ("city", "village"),
    "village": ("village", "city"),
    "villages": ("village", "city"),
    "suburb": ("city", "village", "neighbourhood"),
    "neighborhood": ("neighbourhood", "village", "city"),
    "neighbourhood": ("neighbourhood", "village", "city"),
    "peninsula": ("region",),
    "valley": ("region",),
    "island": ("region", "city", "village", "province"),
    "sea": ("sea",),
    "river": ("sea",),
}
# Built places: with a name before them one facility, not the town it is named after.
FACILITIES = _set(
    """
    airport airfield airbase base prison jail embassy consulate hospital mosque
    church cathedral temple university school stadium port harbour harbor bridge dam
    highway barracks palace square market station checkpoint camp bazaar courthouse
    museum
    """
)
# A name after these is where something is.
AT = _set(
    """
    in at near outside inside around across throughout within toward towards into
    from to through via between over along off
    """
)
# What may stand in lower case inside a name: "Isle of Man", "Rio de Janeiro".
JOINTS = _set(
    """
    of de del de la las los el al da do dos di du e i y and the
    """
)
AT_OR_OF = AT | {"of"}
# Who is called after the place they come from: "a Longview woman".
PEOPLE_OF = _set(
    """
    resident residents native natives man woman men women couple teen teenager boy girl
    family police officials authorities mayor council councilman firefighters
    businessman resident's suburb area
    """
)
# Of these, who is nearly always called after a town and hardly after a person.
CIVIC = _set("police resident residents native natives man woman officials authorities")
# After a name they begin something else: "in Springfield Friday evening".
DAYS = _set(
    """
    monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november
    december
    """
)
# How a part of a place is named: "northern Helmand" lies in Helmand.
PARTS = _set(
    """
    northern southern eastern western northeastern northwestern southeastern
    southwestern north-eastern north-western south-eastern south-western central
    north south east west upper lower downtown mainland greater
    """
)
# In the name of a body or of a building they say that it serves the place that it is
# named after and stands there; papers, teams, firms and treaties need not.
PUBLIC = _set(
    """
    department ministry police council courts centers administration army navy
    air force guard military board bureau agency commission authority legislature senate
    assembly parliament congress government sheriff fire district hall health office
    university college school schools hospital prison jail embassy consulate supreme
    public county city airport committee service treasury
    elementary middle academy institute center centre medical memorial regional clinic
    church theater theatre stadium arena park chamber association society foundation
    community station mall market festival fair club hotel officials municipal circuit
    superior pd ems
    """
)
# In the name of a body these say that it is the town's or county's own, whatever else a
# person or a firm may be called; a school or a hospital may be named after anybody.
OWN_BODIES = _set(
    """
    police sheriff fire county municipal mayor council board commissioners
    selectmen schools pd ems
    """
)
# With a capital letter after a name: a street that is called so.
STREETS = _set(
    """
    street st avenue ave road rd boulevard blvd drive lane court place highway hwy
    parkway expressway freeway turnpike way terrace circle creek
    """
)
# A town's name before these is a disease's: "Marburg virus".
ILLS = _set("virus disease fever syndrome flu strain ebolavirus influenza epidemic")
# "Washington" without "state" is the capital: the AP stylebook's rule for writers.
CITY_FIRST = frozenset({"washington"})
# The precision that a name of such a place has; docs/curation-format.md.
PRECISION: Mapping[str, str] = {
    "country": "country",
    "province": "province",
    "district": "district",
    "city": "city",
    "village": "locality",
    "neighbourhood": "locality",
    "facility": "vicinity",
    "region": "region",
    "sea": "region",
}
# Capitalised words that towns are called by as well, but that mean something else in
# nearly every text: months and days, titles, words of address, points of the compass.
NEVER = _set(
    """
    january february march april may june july august september october november
    december monday tuesday wednesday thursday friday saturday sunday christmas
    easter president prime minister general colonel captain major sergeant
    lieutenant senator secretary chairman director governor mayor judge doctor
    professor king queen prince mr mrs ms dr sir lord lady gen col capt maj sgt lt
    sen rep gov rev st the a an and north south east west northern southern eastern
    western central new old upper lower god allah internet english french german
    spanish islam muslim christian bible quran state federal national local public
    union republic democratic democrat republican man men police army navy of in on
    at for by to it he she we they you i this that there here yes no not also but
    however meanwhile earlier later
    """
)
