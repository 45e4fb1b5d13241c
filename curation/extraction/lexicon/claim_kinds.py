"""Words that show what kind of thing a claim says (code list claim-kind)."""

from __future__ import annotations

from curation.extraction.lexicon.claim_inflection import lookup
from curation.extraction.lexicon.wordlist import word_set

# Somebody wants, promises or plans something.
INTENT = frozenset(
    lookup(
        word_set(
            """
    aim agree aspire demand hope intend plan pledge promise propose pursue refuse
    resolve seek strive threaten urge vow want wish
    """
        )
    )
)
INTENT_NOUNS = word_set(
    """
    aim ambition commitment demand desire goal hope intention objective plan pledge
    priority promise purpose threat vow
    """
)
# One thing brings about another.
CAUSING = frozenset(
    lookup(word_set("cause force lead motivate prompt provoke relate result trigger"))
)
BECAUSE = word_set("because consequently due hence since therefore thus")
# How two actors stand to each other.
RELATION_NOUNS = word_set(
    """
    affiliate ally alliance arm backer branch brother chairman chairwoman chief
    commander co-founder deputy director enemy enmity faction foe founder head
    leader member minister offshoot opponent partner partnership president relation
    relations relationship rival son spokesman spokesperson spokeswoman subsidiary
    supporter tie ties wing
    """
)
RELATION_VERBS = frozenset(
    lookup(
        word_set(
            """
    affiliate back belong chair control dominate fund head join lead oppose
    sponsor support
    """
        )
    )
)
# Opinions: a need, a judgement, a probability.
JUDGING = word_set(
    """
    bad best better big challenge clear crucial danger dangerous difficult
    difficulty easy easier excellent extraordinary failure fair false good great
    hard harder ideal impossible important inevitable key mistake necessary obvious
    only perfect possible problem question real right serious significant simple
    strange strong terrible threat true unacceptable unclear unfair unlikely urgent
    useful vital weak worse worst wrong
    """
)
JUDGING_VERBS = frozenset(
    lookup(
        word_set(
            """
    depend deserve fail matter need remain require risk seem appear
    """
        )
    )
)
# Persons and things that are counted in news of conflict.
HARM = frozenset(
    lookup(
        word_set(
            """
    kill injure wound murder arrest detain capture abduct kidnap displace
    evacuate release rescue hurt
    """
        )
    )
) | word_set(
    """
    dead casualties deaths injured wounded victims
    """
)
COUNTED = word_set("dozens scores hundreds thousands")
