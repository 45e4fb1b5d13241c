"""The habits of newspapers and scrapers that sources.structure goes by. Pure.

Each pattern holds for English texts at large; none names a single outlet's page.
Agencies are listed because they sign pictures in every newspaper.
"""

from __future__ import annotations

import datetime as dt
import re

OPENERS = "\"'“‘«(["

AGENCIES = (
    r"(?:AFP|AP|Associated Press|Reuters|Getty(?: Images)?|EPA(?:-EFE)?|EFE|DPA|dpa|"
    r"ANI|PTI|IANS|UPI|PA(?: Media| Wire)?|Anadolu(?: Agency)?|AA|Xinhua|TASS|Sputnik|"
    r"Bloomberg|Shutterstock|iStock|Alamy|Unsplash|Wikimedia(?: Commons)?|IRNA|Tasnim|"
    r"Kyodo|Yonhap|ANSA|NurPhoto|ZUMA(?: Press)?|Handout|File)"
)

# --- dates ---------------------------------------------------------------------

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"  # four columns each
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_WORDED = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}})"
)
_ISO = r"\d{4}-\d{2}-\d{2}"
_CLOCK = (
    r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?"
    r"(?:\s*(?:(?:[A-Z]{1,3}T|UTC|Z)\b|[+-]\d{2}:?\d{2}))?"
)
_DATE_LABEL = r"(?:date|(?:first\s+)?published|posted|pubdate|publish(?:ed)?_date)"

_NTH = r"(?:st|nd|rd|th)?"
_PARTS = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2})"
    rf"|(?P<month>[A-Z][a-z]{{2}})[a-z]*\.?\s+(?P<day>\d{{1,2}}){_NTH},?"
    r"\s+(?P<year>\d{4})"
    rf"|(?P<day2>\d{{1,2}}){_NTH}\s+(?P<month2>[A-Z][a-z]{{2}})[a-z]*\.?,?"
    r"\s+(?P<year2>\d{4})"
)


def find_day(words: str) -> dt.date | None:
    """The first date in `words` if it is written in full and exists, else None."""
    if (found := _PARTS.search(words)) is None:
        return None
    try:
        if found["iso"]:
            return dt.date.fromisoformat(found["iso"])
        month = MONTHS.index(found["month"] or found["month2"]) // 4 + 1
        year, day = found["year"] or found["year2"], found["day"] or found["day2"]
        return dt.date(int(year), month, int(day))
    except ValueError:
        return None


# Before the first word; the label may be missing, the capital letter may not.
GLUED_BEFORE = re.compile(
    rf"(?:(?i:{_DATE_LABEL})\s*[:=]?\s*)?{_ISO}(?:[T ]{_CLOCK})?\s*(?=[A-Z{OPENERS}])"
)
# Behind the last word a bare date may belong to the sentence: the label is required.
GLUED_AFTER = re.compile(
    rf"(?:^|(?<=\s)|(?<=[.!?”\"]))(?i:{_DATE_LABEL})\s*[:=]?\s*{_ISO}(?:[T ]{_CLOCK})?$"
)
DATE_LINE = re.compile(
    rf"\(?(?:(?i:{_DATE_LABEL}|(?:on\s+))\s*(?:on\s+)?[:|]?\s*)?"
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+)?"
    rf"(?:{_WORDED}|{_ISO})(?:[T,\s·|–-]*(?:at\s+)?{_CLOCK})?\)?"
)
CLOCK_LINE = re.compile(_CLOCK)
ENDS_IN_DATE = re.compile(rf"{_WORDED}\.?$")

# --- what scrapers leave behind ------------------------------------------------

INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u2060]+")
FIELD_NAME = re.compile(rf"[a-z]+(?:_[a-z]+)+:?\s*(?=[A-Z{OPENERS}])")
NOTICE = re.compile(
    r"(?:(?:[A-Z]{2,3}/[A-Z]{2,3}\s+)?All Content by\b[^.]*\blicensed under\b[^.]*"
    r"(?:\d\.\d[^.]*)?|(?:©|Copyright\b)[^.!?]{0,120}\bAll rights reserved)\.?$"
)

NOISE_LINES = {
    "separator": re.compile(r"[\W_]+"),
    "end-mark": re.compile(r"(?:END|ENDS|-30-)(?:\s+[\d:.]+\s*[AP]\.?M\.?.*)?"),
    "address": re.compile(r"(?:https?://|www\.)\S+"),
    "reference-number": re.compile(
        rf"(?!{_ISO}$)(?=.*\d)[A-Z0-9]{{1,8}}(?:[-/.][A-Z0-9]{{1,8}}){{2,}}"
    ),
    "picture-credit": re.compile(
        r"[\[(]?(?:(?i:image|photo(?:graph)?|picture|video)s?"
        r"(?:\s+(?i:credit|source|courtesy))?|(?i:credits?))"
        r"\s*(?::|by\b|courtesy\b|©)\s*[^.!?]{2,80}\.?[\])]?|©\s*[^.!?]{2,80}"
    ),
    "agency-credit": re.compile(
        rf"[\[(]?(?:[A-Z][\w.’' -]{{1,60}}[/|,]\s*)?{AGENCIES}"
        rf"(?:\s*[/|,&]\s*(?:{AGENCIES}|[A-Z][\w.’' -]{{1,40}}))*[\])]?"
    ),
    "invitation": re.compile(
        r"(?i:advertisements?|sponsored|loading\W*|share(?: this)?(?: article| story)?|"
        r"(?:also |must )?read(?: more| also| next)?\s*(?::.*|\W*)|"
        r"(?:related|recommended|trending)(?: \w+)?:?|"
        r"for immediate release|download(?: pdf| as pdf)?|print|comments?|"
        r"(?:click here|subscribe|sign up|follow us|download the app|watch live)\b.*)",
        re.DOTALL,
    ),
    "copyright": re.compile(r"(?:©|\(c\)|Copyright\b).*|All rights reserved\.?"),
}
BYLINE = re.compile(r"(?:By|BY|by)\s+[A-Z][\w.’'-]*(?:,?\s+(?:and\s+)?[\w.’'&-]+){0,9}")

# --- pictures ------------------------------------------------------------------

CAPTION_LABEL = re.compile(
    r"(?:(?i:(?:file |handout )?(?:photo|picture|image)|caption|pictured)\s*:\s*\S"
    r"|In this\b.{0,60}\b(?:photo|image|picture|handout)\b"
    r"|(?:FILE|File photo)\s*[-–—:]\s*\S)",
    re.DOTALL,
)
CAPTION_CREDIT = re.compile(
    rf"[\[(][^()\[\]]{{0,60}}(?<![\w]){AGENCIES}(?:\s+(?:Photo|photo|file))?[\])]\.?$"
    r"|[\[(](?i:photo|image|picture)(?: credit)?(?: by|:)\s[^()\[\]]{2,80}[\])]\.?$"
)
_SIDE = r"(?:left|right|cent(?:er|re))"
CAPTION_POSITION = re.compile(
    rf",\s(?:cent(?:er|re)|second|third|fourth|far|front|back|top|bottom)\s{_SIDE},"
    rf"|,\s(?:second|third|fourth) from (?:left|right)\b|[A-Z][\w’'-]+,\s{_SIDE},\s"
    rf"|\((?:L|R|C|{_SIDE}|second {_SIDE})\)|\b(?:from )?left to right\s*[:,]"
)
# A picture is described in the present tense; the story around it is told in the past.
SCENE = re.compile(
    r"\b(?:(?:is|are) (?:seen|pictured|shown)|"
    r"(?:stand|sit|walk|gather|hold|negotiate|speak|pose|wave|carry|arrive|attend|march|"
    r"mourn|pray|patrol|guard|inspect|board|kneel|queue|wait|greet|listen|embrace|ride|"
    r"cheer|chant|salute|raise|look on|shake hands|take part|make (?:his|her|their) way"
    r")"
    r"|(?:stands|sits|walks|gathers|holds|negotiates|speaks|poses|waves|carries|arrives|"
    r"attends|marches|mourns|prays|patrols|guards|inspects|boards|kneels|queues|waits|"
    r"greets|listens|embraces|rides|cheers|chants|salutes|raises|looks|shakes|rises|"
    r"addresses|visits|meets|drives|lies|burns|flies|displays|delivers))\b"
)
SPEECH = re.compile(
    r"[“”\"]|\b(?i:said|says|told|tells|added|adds|announced|according to)\b"
)

# --- titles, headings, datelines -----------------------------------------------

TWO_SENTENCES = re.compile(rf"[a-z]{{4,}}[.!?]\s+[A-Z{OPENERS}]")
ABBREVIATED = re.compile(r"\b(?:[A-Z]\.){2,}$|\.\.\.$")
HEADING_START = re.compile(rf"[A-Z0-9{OPENERS}]")
# A question that speaks to somebody is talk, not a heading.
TALK = re.compile(r"(?:And|But|So|With|Then)\b|.*\b(?:I|you|your|we|me|us|our)\b")
RUNS_ON = (",", ";", "-", "–", "—", "...", "…")
# A list item, a question or answer, a speaker of a transcript.
LABELLED = re.compile(
    r"[-•*▪►·]\s|\(?[0-9a-zA-Z][.)]\s|Q\b[.:)]?\s|A[.:)]\s|[A-Z][A-Z .’'-]{2,40}:\s"
)

_NO_PLACE = (
    r"(?!(?i:the|a|an|this|that|it|he|she|we|they|you|i|yes|no|not|mr|mrs|ms|dr|gen|col|"
    r"lt|maj|capt|sgt|sen|rep|prof|st|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|hello|"
    r"hi|thanks?|thank|good|okay|ok|please|today|yesterday|now|then|but|and|so|analysis|"
    r"opinion|explainer|editorial|watch|video|live|exclusive|breaking|updated?|note|news|"
    r"question|answer|q|background|summary|factbox|fact|correction|photos?|president|"
    r"secretary|minister|chairman|moderator|speaker|operator|read|why|what|who|how|when|"
    r"where|never|always|maybe|perhaps|again)\b)"
)
_NAME = r"[A-Z][\w’'-]+"
_PLACE = rf"{_NO_PLACE}{_NAME}(?:\s{_NAME}){{0,2}}"
_WHEN = rf"(?:,?\s+(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?)?"
_WHERE = rf"{_PLACE}(?:[,/]\s?{_NAME}\.?(?:\s{_NAME})?){{0,2}}{_WHEN}"
_CAPITALS = rf"{_NO_PLACE}[A-Z][A-Z.’'-]*[A-Z]{{2,}}(?:[ ,/]+{_NAME}\.?){{0,4}}{_WHEN}"
_NEXT = rf"(?=[A-Z0-9{OPENERS}])"

# A whole line before the story: the place and, in brackets, the date.
PLACE_LINE = re.compile(rf"(?:{_WHERE}|{_CAPITALS})\s*\([^()]*\d[^()]*\)")
DATELINES = {
    "dateline-agency": re.compile(
        rf"(?:(?:{_WHERE}|{_CAPITALS})\s*)?"
        rf"[\[(](?:{AGENCIES}|{_NAME}(?:\s{_NAME}){{0,2}})[\])]"
        rf"\s*(?:[-–—]{{1,2}}|:)\s*{_NEXT}"
    ),
    "dateline-capitals": re.compile(rf"{_CAPITALS}\s*[-–—]{{1,2}}\s+{_NEXT}"),
    "dateline-dash": re.compile(rf"{_WHERE}\s+(?:[–—]|--?)\s+{_NEXT}"),
}
# Ordinary sentences begin like these too; only behind a title do they tell a place.
DATELINES_BEHIND_TITLE = {
    "dateline-colon": re.compile(rf"(?:{_WHERE}|{_CAPITALS}):\s*{_NEXT}"),
    # One or two words and a stop, then a real sentence (not one more short cry).
    "dateline-stop": re.compile(
        rf"{_NO_PLACE}[A-Z][\w’'-]{{2,}}(?:\s[A-Z])?[\w’'-]+\.\s+{_NEXT}"
        r"(?=\S+(?:\s+[^\s.!?]+){5})"
    ),
}
