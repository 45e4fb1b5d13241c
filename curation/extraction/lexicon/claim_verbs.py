"""Verbs that report what somebody says, thinks or wants, by how they are built.

General English, gathered from grammars of reporting verbs and checked on the training
part of PolNeAR: a verb stays in a list if what it governs there was an attribution in
about three of four places or more. The value is the modality a verb gives its content
when the content says nothing else: a code of the list claim modality.
"""

from __future__ import annotations

from collections.abc import Mapping

from curation.extraction.lexicon.wordlist import word_set

_H, _D, _P = "hinted", "denied", "predicted"


def _group(words: str, modality: str = "asserted") -> dict[str, str]:
    return dict.fromkeys(words.split(), modality)


# Somebody speaks or writes: "X said that …", "…", X said. Most can carry a quote.
SAY: Mapping[str, str] = {
    **_group(
        """
    acknowledge add admit advise affirm agree allege announce answer argue ask
    assert assess assure attest aver avow boast brag caution charge claim clarify
    comment complain concede conclude concur confess confide confirm contend
    continue convey counter declare decree demand detail disagree disclose discuss
    elaborate emphasise emphasize exclaim explain fret gripe grumble inform
    inquire insist instruct joke lament maintain mourn muse note notify object
    observe opine order pledge point posit post preach proclaim promise pronounce
    propose protest question quip reaffirm reason reassure recall recite reckon
    recommend recount reflect reiterate relate remark remind repeat reply report
    request respond restate retort retweet reveal rule say signal specify state
    stipulate stress submit suppose swear tell testify theorise theorize threaten
    tweet underline underscore urge vow warn whisper write
    """
    ),
    **_group("hint imply insinuate intimate speculate suggest", _H),
    **_group("deny dispute rebut refute", _D),
    **_group("forecast foretell predict project prophesy", _P),
}
# Those that can follow what was said: "…, X said". Verbs of deciding and asking for
# something are left out: what stands before them is mostly another clause.
_NOT_FINAL = word_set("accept decide decree demand detail discuss object order pledge")
FINAL: Mapping[str, str] = {
    **{verb: code for verb, code in SAY.items() if verb not in _NOT_FINAL},
    **_group("believe continue estimate fear find indicate show think"),
}
# Only with the words themselves: "…", he continued.
QUOTE: Mapping[str, str] = _group(
    """
    begin bellow blare blog chant chide chime chuckle conclude continue crow cry
    deadpan describe echo elaborate email finish gush greet holler howl interject
    intone laugh lead moan mutter mumble murmur offer open plead ponder pray quote read
    roar scoff scold scream shout shrug sigh sing snap sneer start sum text thunder
    vent volunteer wail weigh whine wonder yell
    """
)
# Somebody thinks, fears, hopes: "X believes that …".
THINK: Mapping[str, str] = {
    **_group(
        """
    believe calculate consider deem doubt estimate fear foresee hope judge realise
    realize recognise recognize suspect think understand wish wonder worry
    """
    ),
    **_group("anticipate expect", _P),
}
# A study, a poll, an inquiry: "the report shows that …".
SHOW: Mapping[str, str] = _group(
    """
    demonstrate establish find indicate learn reveal show
    """
)
# What somebody wants, promises, refuses: "X vowed to …", "X urged Y to …".
WILL: Mapping[str, str] = _group(
    """
    agree ask beg beseech call challenge claim command decline demand elect exhort
    expect forbid hope implore instruct intend offer opt order petition plan
    pledge prefer profess promise propose refuse request resolve say swear tell
    threaten urge vote vow warn wish
    """
)
# With an object: "X accused Y of …", "X announced a ceasefire".
OBJECT: Mapping[str, str] = {
    **_group(
        """
    accuse acknowledge affirm allege announce applaud assail bemoan berate blame
    blast call castigate censure characterise characterize chide cite commend
    condemn confirm congratulate credit criticise criticize decry deem demand
    denounce deplore deride describe disavow disclose discuss dub emphasise
    emphasize exclaim express fear hail label lambast lambaste lament laud liken
    list mention mock note oppose order outline point portray praise predict
    prefer proclaim propose question quote rebuke recall recommend reference
    reiterate report reprimand repudiate retweet reveal ridicule slam slate state
    stress tout underline upbraid urge voice vow
    """
    ),
    **_group("contradict deny dismiss dispute rebuff rebut refute reject", _D),
    **_group("imply insinuate suggest", _H),
    **_group("anticipate expect forecast foresee predict", _P),
}
# With "as": "X described it as …". The content is what is described, and as what.
AS: Mapping[str, str] = _group(
    """
    cast characterise characterize cite condemn criticise criticize decry defend
    denounce depict describe dismiss frame hail label list name paint perceive portray
    praise quote refer regard see tout view
    """
)
# With a preposition.
PREPOSITION: Mapping[str, Mapping[str, str]] = {
    "about": _group(
        """
    boast brag complain fret gush joke lie muse rant rave speak talk think tweet
    warn worry
    """
    ),
    "against": _group(
        "advise argue caution fulminate inveigh protest rail speak vote warn"
    ),
    "at": {**_group("balk rail scoff sneer"), "hint": _H},
    "for": _group(
        """
    advocate apologise apologize appeal argue ask blame blast call chide condemn
    criticise criticize hope plead praise pray press slam thank vouch
    """
    ),
    "from": _group("distance"),
    "in": _group("believe"),
    "of": {**_group("accuse boast brag complain dream speak talk tell warn")},
    "on": _group("blame call comment elaborate insist opine remark touch"),
    "to": {**_group("allude attribute confess liken object point refer")},
    "with": _group("agree concur disagree"),
}
# Passive and without a speaker: "is said to …", "is expected to …", "is seen as …".
IMPERSONAL: Mapping[str, str] = {
    **_group(
        "allege assume believe claim deem report rumour rumor say suppose tell think",
        "reported",
    ),
    **_group("anticipate estimate expect forecast predict project", _P),
    **_group("see view regard consider describe know perceive", "reported"),
}
# Passive with a preposition: "was accused of …". The speaker is mostly left out.
ACCUSED: Mapping[str, Mapping[str, str]] = {
    "for": _group("blame condemn criticise criticize praise", "reported"),
    "of": _group("accuse suspect", "reported"),
    "with": _group("charge", "reported"),
}
