"""Verbs and nouns that tell of events, by the name of their sense.

Verbs that need a certain object stand in PERSON_VERBS (people), PLACE_VERBS (places)
or THING_VERBS; a verb with a particle or a fixed object in PHRASES.
"""

from __future__ import annotations


def _words(table: dict[str, str]) -> dict[str, str]:
    return {word: sense for sense, words in table.items() for word in words.split()}


VERBS = _words(
    {
        "killing": "kill slay murder lynch behead massacre slaughter",
        "wounding": "wound injure maim",
        "assassination": "assassinate",
        "execution": "execute",
        # "machinegunne" is what the lemmatizer makes of "machinegunned".
        "shooting": "shoot machine-gun machinegun machinegunne gun strafe",
        "bombing": "bomb dynamite detonate explode",
        "shelling": "shell mortar bombard",
        "attack": "attack ambush raid storm assault assail sabotage",
        "fighting": "clash fight battle combat skirmish",
        "defeat": "defeat rout repel",
        "overthrow": "oust topple overthrow depose",
        "beating": "beat stab",
        "torture": "torture",
        "rape": "rape",
        "kidnapping": "kidnap abduct hijack",
        "arson": "torch",
        "destruction": "destroy demolish",
        "robbery": "rob loot plunder burglarize",
        "arrest": "arrest detain imprison apprehend jail",
        "deportation": "deport",
        "ban": "ban outlaw",
        "resignation": "resign",
        "evacuation": "evacuate",
        "cooperation": "cooperate coordinate collaborate",
        "talks": "negotiate confer",
        "conviction": "convict",
        "accusation": "accuse blame indict",
        "condemnation": "condemn denounce criticize criticise",
        "riot": "riot",
        "protest": "demonstrate protest",
        "surrender": "surrender",
        "withdrawal": "withdraw",
        "deployment": "deploy",
    }
)

PERSON_VERBS = _words(
    {
        "release": "release free",
        "arrest": "capture seize",
        "talks": "meet",
        "deportation": "expel",
        "killing": "eliminate",
        "attack": "target",
        "training": "train",
        "change of sides": "join",
    }
)
PLACE_VERBS = _words(
    {
        "takeover": "seize capture occupy overrun retake recapture",
        "visit": "visit",
        "attack": "invade",
    }
)
THING_VERBS = _words(
    {
        "seizure": "seize confiscate capture",
        "robbery": "steal",
        "attack": "damage",
        "arson": "burn",
        "agreement": "sign",
    }
)

# (verb, particle or head of the object or of the prepositional phrase)
PHRASES: dict[tuple[str, str], str] = {
    ("blow", "up"): "bombing",
    ("go", "off"): "bombing",
    ("set", "off"): "bombing",
    **{
        (verb, thing): "bombing"
        for verb in ("place", "plant", "leave", "hide", "detonate", "activate")
        for thing in ("bomb", "explosive", "device", "charge", "dynamite", "grenade")
    },
    ("throw", "bomb"): "bombing",
    ("hurl", "bomb"): "bombing",
    ("throw", "grenade"): "bombing",
    ("hurl", "grenade"): "bombing",
    ("throw", "explosive"): "bombing",
    ("hurl", "explosive"): "bombing",
    ("throw", "dynamite"): "bombing",
    ("hurl", "dynamite"): "bombing",
    ("throw", "stick"): "bombing",
    ("hurl", "stick"): "bombing",
    ("throw", "charge"): "bombing",
    ("hurl", "charge"): "bombing",
    ("throw", "device"): "bombing",
    ("hurl", "device"): "bombing",
    ("fire", "rocket"): "shelling",
    ("launch", "rocket"): "shelling",
    ("fire", "missile"): "shelling",
    ("fire", "grenade"): "shelling",
    ("fire", "mortar"): "shelling",
    ("riddle", "with bullets"): "shooting",
    ("open", "fire"): "shooting",
    ("fire", "at"): "shooting",
    ("fire", "on"): "shooting",
    ("fire", "upon"): "shooting",
    ("gun", "down"): "shooting",
    ("mow", "down"): "shooting",
    ("set", "fire"): "arson",
    ("set", "on fire"): "arson",
    ("set", "ablaze"): "arson",
    ("burn", "down"): "arson",
    ("take", "hostage"): "kidnapping",
    ("hold", "hostage"): "kidnapping",
    ("take", "captive"): "kidnapping",
    ("hold", "captive"): "kidnapping",
    ("take", "over"): "takeover",
    ("take", "control"): "takeover",
    ("take", "life"): "killing",
    ("claim", "life"): "killing",
    ("cost", "life"): "killing",
    ("seize", "control"): "takeover",
    ("seize", "power"): "takeover",
    ("take", "power"): "takeover",
    ("come", "to power"): "takeover",
    ("hold", "up"): "robbery",
    ("round", "up"): "arrest",
    ("take", "into custody"): "arrest",
    ("pull", "out"): "withdrawal",
    ("lay", "down"): "surrender",
    ("step", "down"): "resignation",
    ("end", "war"): "end of war",
    ("end", "presence"): "withdrawal",
    ("work", "with"): "cooperation",
    ("work", "together"): "cooperation",
    ("work", "closely"): "cooperation",
    ("share", "information"): "shared information",
    ("share", "intelligence"): "shared information",
    ("provide", "information"): "shared information",
    ("provide", "intelligence"): "shared information",
    ("provide", "aid"): "aid",
    ("provide", "assistance"): "aid",
    ("send", "aid"): "aid",
    ("deliver", "aid"): "aid",
    ("take", "help"): "aid",
    ("receive", "aid"): "aid",
    ("recognize", "government"): "recognition",
    ("recognise", "government"): "recognition",
    ("establish", "relation"): "recognition",
    ("impose", "sanction"): "sanctions",
    ("impose", "curfew"): "curfew",
    ("impose", "ban"): "ban",
    ("declare", "war"): "threat",
    ("announce", "war"): "threat",
    ("declare", "campaign"): "threat",
    ("threaten", "attack"): "threat",
    ("threaten", "kill"): "threat",
    ("vow", "revenge"): "threat",
    ("declare", "ceasefire"): "ceasefire",
    ("announce", "ceasefire"): "ceasefire",
    ("declare", "truce"): "ceasefire",
    ("declare", "emergency"): "martial law",
    ("impose", "law"): "martial law",
    ("declare", "law"): "martial law",
    ("send", "troop"): "deployment",
    ("defect", "to"): "change of sides",
}

NOUNS = _words(
    {
        "killing": "killing murder slaying homicide death",
        "assassination": "assassination",
        "execution": "execution",
        "massacre": "massacre slaughter bloodbath",
        "shooting": "shooting shootout strafing machinegunning",
        "bombing": "bombing explosion blast detonation carbombing",
        "air strike": "airstrike airstrikes bombardment",
        "shelling": "shelling",
        "attack": "attack ambush raid assault attempt strike sabotage",
        "fighting": "clash fighting battle firefight skirmish combat fight gunbattle",
        "offensive": "offensive incursion counteroffensive",
        "overthrow": "overthrow ouster",
        "beating": "beating stabbing",
        "torture": "torture",
        "rape": "rape",
        "kidnapping": "kidnapping abduction hijacking kidnaping",
        "arson": "arson",
        "destruction": "destruction",
        "robbery": "robbery holdup heist looting theft",
        "takeover": "takeover occupation coup capture",
        "seizure": "seizure",
        "arrest": "arrest detention",
        "deportation": "deportation",
        "release": "release",
        "withdrawal": "withdrawal pullout departure",
        "surrender": "surrender",
        "resignation": "resignation",
        "ceasefire": "ceasefire truce",
        "evacuation": "evacuation",
        "cooperation": "cooperation coordination collaboration",
        "talks": "talk meeting summit negotiation",
        "visit": "visit",
        "agreement": "agreement deal accord treaty pact",
        "sanctions": "sanction",
        "curfew": "curfew",
        "protest": "protest demonstration rally march",
        "riot": "riot",
        "deployment": "deployment",
    }
)

# Nouns for a doer that tell of the deed where its victim is named.
DOER_NOUNS = _words(
    {
        "killing": "killer murderer slayer",
        "assassination": "assassin",
        "kidnapping": "kidnapper kidnaper abductor",
    }
)

# (modifier, noun): compounds and adjectives that say more than the noun
COMPOUNDS: dict[tuple[str, str], str] = {
    **{
        ("suicide", noun): "suicide bombing"
        for noun in ("attack", "bombing", "bomb", "blast", "explosion", "strike")
    },
    **{
        (word, noun): "bombing"
        for word in ("bomb", "dynamite", "explosive", "grenade", "ied", "mine")
        for noun in ("attack", "explosion", "blast", "strike", "attempt")
    },
    **{("air", noun): "air strike" for noun in ("strike", "raid", "attack")},
    **{("aerial", noun): "air strike" for noun in ("bombing", "attack", "strike")},
    **{("drone", noun): "drone strike" for noun in ("strike", "attack")},
    **{(weapon, "attack"): "shelling" for weapon in ("rocket", "mortar", "missile")},
    ("missile", "strike"): "shelling",
    ("gun", "battle"): "fighting",
    ("arson", "attack"): "arson",
    ("terrorist", "act"): "attack",
    ("terrorist", "action"): "attack",
    ("gun", "attack"): "shooting",
    ("armed", "robbery"): "robbery",
    ("armed", "clash"): "fighting",
    ("general", "strike"): "work stoppage",
    ("labor", "strike"): "work stoppage",
    ("transport", "strike"): "work stoppage",
    ("armed", "strike"): "work stoppage",
    ("news", "conference"): "news conference",
    ("press", "conference"): "news conference",
    ("news", "briefing"): "news conference",
    ("press", "briefing"): "news conference",
}
COMPOUND_NOUNS = frozenset(noun for _, noun in COMPOUNDS) | {"bomb", "bombing"}

_SUPPORT_WORDS = """
carry commit conduct do execute hold launch make mount perpetrate perform stage suffer
undertake wage witness cause occur happen take erupt break begin start continue resume
last kill injure wound leave claim hit rock shake destroy damage sign reach convene host
attend be
"""
# "stag" is what the lemmatizer makes of "staged".
_DOES_WORDS = """
carry commit conduct do execute hold launch make mount perpetrate perform stage stag
undertake wage sign attend call organize organise plan mastermind order direct lead
participate
"""
# Verbs that only say that the thing named by a noun took place.
SUPPORT = frozenset(_SUPPORT_WORDS.split())
# Verbs whose subject did what their object names.
DOES = frozenset(_DOES_WORDS.split())
