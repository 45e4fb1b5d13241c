"""Words that show that a verb or noun of force is meant otherwise.

Ordinary news is full of them: sales explode, films bomb, teams beat rivals, agencies
release figures, and floods kill. General English lists; lemmas in lower case.
"""

from __future__ import annotations

from curation.extraction.lexicon.wordlist import word_set

# What nature, machines and illness do to people is no assault.
DISASTERS = word_set(
    """
    accident aftershock avalanche blizzard blaze cancer cholera cold collision crash
    cyclone derailment disease drought earthquake ebola eruption epidemic famine flood
    flooding floodwater flu frost heart heat heatwave hurricane illness infection
    influenza landslide lightning malaria monsoon mudslide outbreak pandemic pneumonia
    pollution quake rain rainstorm shipwreck smog stampede storm thunderstorm tornado
    tremor tsunami typhoon virus volcano wildfire
    """
)
# Of these it is said that they explode, bomb, are shot down or take a beating.
FIGURATIVE_SUBJECTS = word_set(
    """
    album audience business concert cost debt deficit demand economy film idea
    industry inflation joke market movie musical plan play popularity population price
    production profit proposal rate rating revenue sale sales share show song spending
    stock trade traffic use value
    """
)
# To destroy or burn these is police work or a gesture, and harms nobody.
NO_HARM = word_set(
    """
    airstrip chemical coca cocaine coffin contraband drug effigy flag heroin laboratory
    marijuana narcotic opium plantation poppy
    """
)
# Who attacks like this does so with words.
IN_WORDS = word_set("bitterly harshly sharply vehemently verbally")
# What is seized or captured without being taken from anybody.
PRIZES = word_set(
    """
    advantage age attention audience award beauty belt championship chance crown cup
    day emotion essence fear feeling gold heart image imagination initiative interest
    lead medal moment momentum mood opportunity photo photograph picture place point
    prize record scene seat share silver spirit spot story time title trophy victory
    vote win
    """
)
# A sentence with one of these tells of a game.
GAMES = word_set(
    """
    dribble equaliser equalizer goalkeeper goalless halftime half-time inning innings
    kickoff knockout medalist medallist midfield midfielder penalties playoff
    quarterback quarterfinal quarter-final referee rematch scoreline semifinal
    semi-final tiebreak tie-break wicket
    """
)
# Those one beats in a contest.
RIVALS = word_set(
    "champion challenger competitor contender opponent player rival side team"
)
# People who are let go; a bare "release" beside them is theirs.
HELD = word_set(
    """
    activist captive captives civilian convict crew detainee dissident hostage inmate
    internee journalist militant prisoner rebel sailor soldier suspect
    """
)
# Nouns for people that mean numbers when they are published.
NUMBERS = word_set("figure number")
