"""Nouns, adjectives, adverbs and prepositions that report, and words for speakers.

Chosen like the verbs (see claim_verbs). A value is the modality of the content.
"""

from __future__ import annotations

from collections.abc import Mapping

from curation.extraction.lexicon.claim_inflection import lookup
from curation.extraction.lexicon.wordlist import word_set

_THAT = """
    accusation acknowledgment admission agreement allegation announcement argument
    assertion assessment assurance assumption belief charge claim complaint conclusion
    concern confession confidence contention declaration doubt estimate expectation
    fear finding hope insistence notion opinion prediction proclamation promise
    realisation realization reassurance remark reminder report rumor rumour speculation
    statement suggestion suspicion testimony theory view vow warning
"""
# "X's claim that …", "the promise to …": what follows the noun is the content.
NOUN_THAT: Mapping[str, str] = {
    **dict.fromkeys(_THAT.split(), "asserted"),
    **dict.fromkeys(["hint", "implication", "insinuation", "suggestion"], "hinted"),
    **dict.fromkeys(["denial"], "denied"),
    **dict.fromkeys(["forecast", "prediction"], "predicted"),
    **dict.fromkeys(["rumor", "rumour", "speculation"], "reported"),
}
NOUN_TO: Mapping[str, str] = dict.fromkeys(
    word_set(
        """
    commitment pledge promise readiness refusal reluctance threat unwillingness
    vow willingness
    """
    ),
    "asserted",
)
NOUN_PREPOSITION: Mapping[str, frozenset[str]] = {
    "about": word_set(
        """
    comment complaint concern doubt fear joke misgiving pessimism optimism question
    remark reservation skepticism scepticism speech statement talk warning worry
    """
    ),
    "against": frozenset(["accusation", "allegation", "attack", "threat", "warning"]),
    "for": word_set(
        """
    appeal apology call condemnation contempt criticism demand disdain enthusiasm
    gratitude hope optimism plea praise proposal regret respect support
    """
    ),
    "of": word_set(
        """
    accusation admission allegation announcement assertion assessment chant
    condemnation criticism declaration defense defence denial denunciation
    description disapproval estimate fear hope mention opinion prediction promise
    statement warning
    """
    ),
    "on": word_set(
        """
    comment consensus opinion remark thought view
    """
    ),
    "over": word_set(
        """
    alarm anger concern dismay fear outrage unease worry
    """
    ),
}
ADJECTIVE_THAT: Mapping[str, str] = dict.fromkeys(
    word_set(
        """
    adamant afraid aware concerned confident convinced doubtful fearful glad
    hopeful optimistic pessimistic sceptical skeptical sure unsure worried
    """
    ),
    "asserted",
)
ADJECTIVE_PREPOSITION: Mapping[str, frozenset[str]] = {
    "about": word_set(
        """
    adamant ambivalent angry anxious bullish concerned confident enthusiastic
    nervous optimistic pessimistic sceptical skeptical upbeat worried
    """
    ),
    "of": word_set(
        """
    afraid contemptuous critical disdainful dismissive fearful proud sceptical
    skeptical supportive suspicious wary
    """
    ),
    "in": frozenset({"confident"}),
}
# Verbs that lend a noun its speaker: "X expressed concern that …".
LIGHT = lookup(
    word_set(
        """
    express float give have hold issue level make offer raise reiterate
    repeat share stoke utter voice
    """
    )
)
# Hearsay without a speaker. "apparently" and "seemingly" are the writer's own guess.
HEARSAY = frozenset(["allegedly", "purportedly", "reportedly", "supposedly"])
# Those who can speak: "the analyst", "a spokesman saying that …".
PEOPLE = word_set(
    """
    accountant activist actor actress adviser advisor aide ambassador analyst
    artist attorney author candidate captain chairman chairwoman chancellor
    chief clergyman cleric coach colonel columnist commander commentator
    commissioner congressman congresswoman consultant coordinator councillor
    dean defendant delegate deputy detective diplomat director doctor driver
    economist editor engineer envoy executive expert farmer father founder
    general governor guard head historian host imam insider investigator
    journalist judge justice king lawmaker lawyer leader lieutenant man mayor
    militant minister monitor mother mullah negotiator neighbor neighbour
    nominee nurse observer officer official organiser organizer owner pastor
    physician pilot player policeman politician pollster pope premier president
    priest prime prince princess producer professor prosecutor protester rebel
    reporter representative researcher resident scholar scientist secretary
    senator sergeant sheriff soldier source spokesman spokesperson spokeswoman
    strategist student superintendent survivor teacher technician treasurer
    veteran victim villager voter witness woman worker writer
    """
)
# What speaks without being a person: "a report says", "the poll showed".
PAPERS = word_set(
    """
    account ad affidavit agency analysis article biography blog book broadcaster
    bulletin channel column communique communiqué complaint data document editorial
    email essay evidence figure file filing headline indictment investigation
    lawsuit letter magazine media memo network newspaper note outlet paper piece
    poll post press publication record release report research review ruling sign
    site statement statistic station story study suit survey testimony text
    transcript tweet video website
    """
)
# Those who speak for the group that is named beside them: "the group's leadership".
COLLECTIVE = word_set(
    """
    administration army command government leadership management military ministry
    police
    """
)
# Verbs whose subject is not the one who speaks: "drew criticism", "rejected claims".
GETTING = lookup(
    word_set(
        """
    attract avoid bring cause counter deny deserve dismiss dispute draw earn
    elicit evoke face fuel generate get hear ignite invite meet prompt provoke
    raise rebut receive refute reject rekindle renew set spark stir suffer
    trigger win
    """
    )
)
