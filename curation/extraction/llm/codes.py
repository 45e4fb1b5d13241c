"""The codes an answer may use: those of fixtures/reference (a test compares them)."""

from __future__ import annotations

ACTOR_KINDS = (
    *("state", "government_body", "military", "armed_group", "faction"),
    *("political_movement", "international_organisation", "company", "outlet"),
    *("think_tank", "person", "population_group"),
)
STATEMENTS = (
    *("occurrence", "figure", "role", "relation", "time", "place", "cause"),
    *("intention", "attribute", "assessment"),
)
MODALITIES = ("asserted", "hinted", "reported", "hypothetical", "predicted", "denied")
POLARITIES = ("positive", "negative")
QUOTED = ("direct", "indirect", "mixed")  # how a claim is passed on
MEASURES = (
    *("killed", "injured", "captured", "arrested", "released", "abducted"),
    *("evacuated", "awaiting_evacuation", "displaced", "recruited", "unemployed"),
    *("deployed", "devices", "equipment", "meetings", "attacks"),
    *("duration_weeks", "duration_years"),
)
GROUPS = (
    *("all", "civilians", "afghans", "americans", "us_service_members"),
    *("us_evacuees", "militants", "commanders", "security_forces"),
    *("police_and_soldiers", "prisoners", "spies"),
)
EVENT_MODALITIES = (
    *("occurred", "ongoing", "planned", "predicted", "hypothetical", "denied"),
)
ROLES = (
    *("perpetrator", "initiator", "recipient", "target", "victim", "claimant"),
    *("accused", "mediator", "host", "informant", "speaker", "participant"),
    *("supporter", "beneficiary", "witness"),
)
# PLOVER's types, each with its modes.
MODES: dict[str, tuple[str, ...]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": (
        *("restrict", "arrest", "relations", "expel", "territory", "violence"),
    ),
    "PROTEST": (
        *("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    ),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        *("seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport"),
        *("withhold", "misinformation", "cyber"),
    ),
    "ASSAULT": (
        *("abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive"),
        *("firearms", "explosives", "suicide-attack", "aerial", "drone"),
        *("heavy-weapons", "crowd-control", "unconventional"),
    ),
}
