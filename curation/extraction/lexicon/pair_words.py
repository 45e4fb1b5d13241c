"""Words that say nothing about what an article is about. Pure data.

English function words (articles, pronouns, prepositions, conjunctions, auxiliaries,
common adverbs) and the verbs of saying that every report has.
"""

_STOP = """
    a about above across after again against all almost along already also although
    always am amid among an and another any anyone anything are around as at away back
    be became because become been before began behind being below between both but by
    came can cannot could did do does doing done down during each either else enough
    even ever every few for from further gave get give given go going got had has have
    having he her here hers herself him himself his how however i if in including
    indeed instead into is it its itself just last later least less let like made make
    many may me might more most much must my myself near nearly neither never next no
    nor not nothing now of off often on once one only onto or other others our out over
    own per perhaps put quite rather really same say saying says see seen several shall
    she should since so some someone something soon still such take taken than that the
    their them themselves then there these they this those though through thus till to
    together told too took toward towards under until up upon us very via was way we
    well went were what whatever when where whether which while who whole whom whose
    why will with within without would yet you your yours added said tell tells
    according reported reportedly spoke asked noted
    ain't aren't can't couldn't didn't doesn't don't hadn't hasn't haven't he'd he'll
    i'd i'll i'm i've isn't it'd it'll let's she'd she'll shouldn't they'd they'll
    they're they've wasn't we'd we'll we're we've weren't who'd won't wouldn't you'd
    you'll you're you've
"""
STOP_WORDS = frozenset(_STOP.split())

# Small numbers in words, so that "four killed" meets "4 killed". "One" is left out:
# it is a pronoun more often than a count.
_NUMBERS = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty
"""
NUMBER_WORDS = {word: str(n) for n, word in enumerate(_NUMBERS.split(), start=2)}

# Capitalised in English wherever they stand, and no names of anybody.
_CALENDAR = """
    monday tuesday wednesday thursday friday saturday sunday
    mon tue tues wed thu thur thurs fri sat sun
    january february march april may june july august september october november
    december jan feb mar apr jun jul aug sep sept oct nov dec
    am pm est edt cst cdt mst mdt pst pdt gmt utc mr mrs ms dr i
"""
CALENDAR = frozenset(_CALENDAR.split())

# What web pages put around an article: a sentence with one of these belongs to the
# page, and two articles of one site are not alike because of it. Regular expressions,
# matched without case.
PAGE_FURNITURE = (
    r"copyright|\(c\) (?:19|20)\d\d|©|(?:all )?rights reserved",
    r"(?:not|cannot) be (?:re)?published, (?:re)?broadcast|rewritten or redistributed",
    r"e-?mail notifications?|your notification|your inbox|\bnewsletters?\b",
    r"\bsubscri(?:be|ber|ption)s?\b|sign up (?:for|to|now|here)|log ?in to|sign in to",
    r"enable javascript|your browser|(?:hide|show) transcript|cop(?:y|ied) link",
    r"click here|tap here|read more|continue reading|watch the (?:report|video)",
    r"related (?:coverage|stories|articles|content|links)|story continues below",
    r"terms of (?:use|service)|privacy policy|cookie policy|advertisement\b(?!s)",
    r"follow (?:us|\w+ \w+|@?\w+) on (?:twitter|facebook|instagram)",
    r"like us on facebook|advertise with us",
    r"(?:join|leave|post|view) (?:the|a|your)? ?(?:comments?|conversation|discussion)",
    r"share (?:this|on facebook|on twitter|via)|download (?:the|our) (?:\w+ )?app\b",
    r"view full caption|hide caption|toggle caption|image \d+ of",
    r"material from .{0,40} contributed to this|contributed to this (?:report|story)",
)
