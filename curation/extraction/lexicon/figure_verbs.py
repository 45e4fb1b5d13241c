"""What happens to the people whom a figure counts: English verbs, nouns and states.

Lemmas in lower case, by the codes of fixtures/reference/measure.yaml. `DONE_TO` verbs
do it to their object, `UNDERGONE` verbs happen to their subject.
"""

from __future__ import annotations

from curation.extraction.lexicon.wordlist import word_set

_DONE_TO: dict[str, str] = {
    "killed": """
        kill murder assassinate massacre slay execute slaughter behead decapitate lynch
        butcher exterminate martyr liquidate
    """,
    "injured": "injure wound hurt maim hospitalize hospitalise",
    "captured": "capture",
    "arrested": "arrest detain apprehend imprison jail incarcerate",
    "released": "release free liberate",
    "abducted": "abduct kidnap",
    "evacuated": "evacuate airlift",
    "displaced": "displace uproot evict",
    "recruited": "recruit enlist conscript",
    "unemployed": "dismiss sack",
    "deployed": "deploy station redeploy mobilize mobilise",
}
_UNDERGONE: dict[str, str] = {
    "killed": "die perish drown succumb",
    "displaced": "flee",
}
# "the death of 12 people", "12 deaths"
_NOUNS: dict[str, str] = {
    "killed": """
        death killing murder assassination massacre slaying execution slaughter homicide
        fatality
    """,
    "injured": "injury wounding injuring",
    "captured": "capture",
    "arrested": "arrest detention apprehension imprisonment",
    "released": "release liberation freeing",
    "abducted": "abduction kidnapping kidnaping",
    "evacuated": "evacuation airlift",
    "displaced": "displacement",
    "recruited": "recruitment",
    "deployed": "deployment",
}
# "12 dead", "three people wounded", "two wounded soldiers"
_STATES: dict[str, str] = {
    "killed": "dead killed slain deceased murdered",
    "injured": "wounded injured hurt",
    "captured": "captured",
    "arrested": "arrested detained jailed",
    "abducted": "kidnapped abducted kidnaped",
    "displaced": "displaced homeless",
    "unemployed": "unemployed jobless",
    "released": "freed released",
    "evacuated": "evacuated",
}


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {word: code for code, words in table.items() for word in words.split()}


DONE_TO = _by_word(_DONE_TO)
UNDERGONE = _by_word(_UNDERGONE)
NOUNS = _by_word(_NOUNS)
STATES = _by_word(_STATES)
# "killed" is also a verb with an object: what follows decides.
VERB_STATES = frozenset(STATES) - {"dead", "homeless", "unemployed", "jobless"}
# Things are found, seized and released as well: here only nouns for people count.
ONLY_PERSONS = word_set(
    """
    captured arrested released abducted evacuated recruited unemployed deployed
    """
)
# Verbs with a particle or an object that together say it.
PHRASES: dict[tuple[str, str], str] = {
    ("gun", "down"): "killed",
    ("shoot", "dead"): "killed",
    ("mow", "down"): "killed",
    ("cut", "down"): "killed",
    ("round", "up"): "arrested",
    ("lay", "off"): "unemployed",
    ("fly", "out"): "evacuated",
    ("set", "free"): "released",
    ("take", "prisoner"): "captured",
    ("take", "hostage"): "abducted",
    ("hold", "hostage"): "abducted",
    ("take", "custody"): "arrested",
    ("shoot", "death"): "killed",
    ("stab", "death"): "killed",
    ("beat", "death"): "killed",
    ("burn", "death"): "killed",
    ("hack", "death"): "killed",
    ("put", "death"): "killed",
    ("crush", "death"): "killed",
}
# … and that together say something else: "freed up two managers".
NO_PHRASES = frozenset((("free", "up"),))
# "12 people lost their lives", "lost their jobs"
LOSSES = {
    "life": "killed",
    "job": "unemployed",
    "work": "unemployed",
    "home": "displaced",
    "freedom": "arrested",
}
COST = word_set("claim cost take lose")  # … 12 lives
LEAVE = word_set("leave")  # … 12 people dead
# "are believed to have been killed", "were reported wounded"
RAISING = word_set(
    """
    believe report say think fear confirm know presume estimate seem appear find
    suspect consider feel list declare pronounce allege claim
    """
)
BECOME = word_set("become be remain end get")
