"""Plural nouns for people who act or suffer together, by what they are."""

from __future__ import annotations

import re

from curation.extraction.lexicon.wordlist import word_set

FIGHTERS = word_set(
    """
    fighters militants insurgents terrorists rebels gunmen jihadists jihadis
    extremists guerrillas militiamen assailants attackers separatists hijackers
    kidnappers bandits mercenaries paramilitaries commanders leaders defectors
    bombers hostage-takers islamists recruits factions
    """
)
UNIFORMED = word_set(
    """
    soldiers troops policemen officers servicemen marines forces guards sailors
    airmen personnel personnels reservists conscripts commandos peacekeepers cops
    veterans
    police
    """
)
CIVILIANS = word_set(
    """
    civilians citizens refugees migrants residents villagers protesters
    protestors demonstrators prisoners inmates detainees hostages survivors
    evacuees families women children students workers journalists aid-workers
    activists spies informants insiders rivals allies opponents supporters
    families passengers nationals expatriates contractors diplomats interpreters
    translators lawmakers doctors teachers worshippers pilgrims minorities
    peasants farmers miners tourists officials
    """
)
PEOPLE = FIGHTERS | UNIFORMED | CIVILIANS

# Who speaks without a name: the sentence says "sources", not who they are.
SOURCES = word_set(
    """
    sources source officials official insiders insider witnesses witness eyewitnesses
    eyewitness experts analysts observers diplomats diplomat aides residents locals
    activists
    """
)

# Adjectives that say how many, how high or how new they are, not who they are.
DEGREES = word_set(
    """
    many several some few most other more new senior top high leading big bigger
    biggest large numerous young old former different various certain own enough
    additional further alleged suspected same armed dead wounded injured local fellow
    main key
    """
)
# Without a word that says whose they are, these are nobody in particular.
RELATIVE = word_set(
    """
    allies opponents supporters rivals forces families others leaders officials women
    children students workers teachers doctors contractors diplomats passengers
    nationals citizens farmers miners tourists lawmakers activists journalists
    veterans residents minorities officers
    """
)
COLLECTIVES = re.compile(
    r"\b(?:international|world|global) (?P<community>community)\b"
    r"|(?<=\bthe )(?P<side>opposition|resistance|insurgency|junta)\b(?! to\b)",
    re.IGNORECASE,
)
# Nouns that one article uses for the same people.
SAME_PEOPLE = {
    "inmates": "prisoners",
    "detainees": "prisoners",
    "protestors": "protesters",
    "demonstrators": "protesters",
    "policemen": "police",
    "cops": "police",
    "personnels": "personnel",
}
# Somebody without a name who is told by whose aide or brother he is.
CLOSE_TO = word_set(
    """
    aide adviser advisor bodyguard associate confidant lawyer driver courier brother
    sister son daughter wife husband widow father mother cousin nephew uncle
    """
)
