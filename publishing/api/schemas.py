"""The shapes of the documents, for OpenAPI.

They describe what publishing.kinds builds; a contract test holds every document
against them, field by field, so that neither can change alone.
"""

from __future__ import annotations

from rest_framework import serializers as s

from publishing.models import Kind


def _text(help_text: str, *, null: bool = False) -> s.CharField:
    return s.CharField(help_text=help_text, allow_null=null)


def _whole(help_text: str, *, null: bool = False) -> s.IntegerField:
    return s.IntegerField(help_text=help_text, allow_null=null)


class Reference(s.Serializer[object]):
    """Another object in short: read it at its own address by id."""

    id = _whole("Permanent id.")
    slug = _text("Its key.")
    name = _text("Its name.")


class ClaimReference(s.Serializer[object]):
    """A claim that says so."""

    id = _whole("Id of the claim.")
    slug = _text("Key of the claim.")


class EventReference(s.Serializer[object]):
    id = _whole("Id of the event.")
    slug = _text("Key of the event.")
    title = _text("Title of the event.")


class ArticleReference(s.Serializer[object]):
    id = _whole("Id of the article.")
    sha256 = _text("Of its UTF-8 text.")
    title = _text("Its title.", null=True)


class ReportingArticle(ArticleReference):
    outlet = Reference(allow_null=True)


class RevisedArticle(s.Serializer[object]):
    id = _whole("Id of the earlier text.")
    sha256 = _text("Of the earlier text.")


class DateInterval(s.Serializer[object]):
    """A date as an interval. Unknown ends are null."""

    earliest = s.DateField(allow_null=True, help_text="The earliest day it can be.")
    latest = s.DateField(allow_null=True, help_text="The latest day it can be.")
    precision = _text("Named precision; see the code list date-precision.")
    basis = _text("stated, metadata, relative or inferred.", null=True)
    text = _text("The words in the text.", null=True)
    note = _text("How it was worked out.", null=True)


class EventDate(DateInterval):
    claims = ClaimReference(many=True, help_text="The claims that say so.")


class Passage(s.Serializer[object]):
    """Where the words stand: offsets in Unicode code points, end exclusive."""

    article = ArticleReference()
    start = _whole("First code point, counted from 0.")
    end = _whole("The code point after the last.")
    quote = _text("article.text[start:end], exactly.")
    prefix = _text("Up to 32 code points before it.")
    suffix = _text("Up to 32 code points after it.")


class Identifier(s.Serializer[object]):
    scheme = _text("Which database.")
    value = _text("What it is called there.")


class Name(s.Serializer[object]):
    name = _text("The name.")
    kind = _text("Kind of name.")


class Outlet(Reference):
    country = _text("ISO 3166-1 alpha-3.", null=True)
    reliability = _text("Admiralty letter A–E; null: cannot be judged.", null=True)
    url = _text("Its site.", null=True)


class SpanSchema(s.Serializer[object]):
    kind = _text("title, dateline, date, heading, body, caption or noise.")
    start = _whole("First code point, counted from 0.")
    end = _whole("The code point after the last.")


class MentionedActor(Reference):
    kind = _text("Kind of actor.")


class MentionSchema(s.Serializer[object]):
    start = _whole("First code point, counted from 0.")
    end = _whole("The code point after the last.")
    quote = _text("The words that name the actor.")
    actor = MentionedActor()


class Article(s.Serializer[object]):
    id = _whole("Permanent id.")
    title = _text("Its title.", null=True)
    outlet = Reference(allow_null=True, help_text="Who published it, if known.")
    origin = Reference(
        allow_null=True, help_text="The occasion or wire copy shared with others."
    )
    published = DateInterval()
    language = _text("BCP 47 tag.")
    url = _text("Where it was published.", null=True)
    sha256 = _text("Of the UTF-8 text.")
    revision = _whole("1 for the first text.")
    revises = RevisedArticle(allow_null=True)
    text = _text("Exactly as received.")
    spans = SpanSchema(many=True)
    mentions = MentionSchema(many=True)
    claims = ClaimReference(many=True, help_text="The claims it is evidence for.")


class Relation(s.Serializer[object]):
    """Read as a sentence: subject, kind, object."""

    id = _whole("Permanent id.")
    slug = _text("Its key.")
    subject = Reference()
    kind = _text("Kind of relation.")
    object = Reference()
    title = _text("The office held.", null=True)
    disputed = s.BooleanField(help_text="Some claims say so, some otherwise.")
    denied = s.BooleanField(help_text="All claims about it say it is not so.")


class RelationClaim(ClaimReference):
    statement = _text("What is claimed.")
    modality = _text("How the speaker puts it.")
    polarity = _text("positive: it is so; negative: it is not.")
    speaker = Reference(allow_null=True)
    speaker_text = _text("The words that name the speaker.", null=True)


class RelationFull(Relation):
    start = DateInterval()
    end = DateInterval()
    note = _text("Coder's note.", null=True)
    claims = RelationClaim(many=True)


class Alias(Name):
    note = _text("Coder's note.", null=True)
    mentions = _whole("How often published articles use it.")
    first_mention = Passage(allow_null=True)


class Actor(Reference):
    kind = _text("Kind of actor.")
    country = _text("ISO 3166-1 alpha-3.", null=True)
    description = _text("One sentence.", null=True)
    outlet = Reference(allow_null=True)
    aliases = Alias(many=True)
    identifiers = Identifier(many=True)
    relations = Relation(many=True)


class Place(Reference):
    kind = _text("Kind of place.")
    parent = Reference(allow_null=True)
    country = _text("ISO 3166-1 alpha-3.", null=True)
    latitude = s.FloatField(allow_null=True, help_text="Degrees, WGS 84.")
    longitude = s.FloatField(allow_null=True, help_text="Degrees, WGS 84.")
    radius_m = _whole("Metres around the point that hold all of it.", null=True)
    names = Name(many=True)
    identifiers = Identifier(many=True)


class EventPlace(Reference):
    kind = _text("Kind of place.")
    country = _text("ISO 3166-1 alpha-3.", null=True)
    latitude = s.FloatField(allow_null=True, help_text="Degrees, WGS 84.")
    longitude = s.FloatField(allow_null=True, help_text="Degrees, WGS 84.")
    radius_m = _whole("Metres around the point that hold all of it.", null=True)
    precision = _text("How exactly the sources place the event.")
    text = _text("The words in the text.", null=True)
    claims = ClaimReference(many=True, help_text="The claims that say so.")


class ParticipantActor(Reference):
    kind = _text("Kind of actor.")
    country = _text("ISO 3166-1 alpha-3.", null=True)


class Participant(s.Serializer[object]):
    actor = ParticipantActor()
    role = _text("The actor's part in the event.")
    claims = ClaimReference(many=True, help_text="The claims that say so.")
    disputed_by = ClaimReference(many=True, help_text="The claims that say otherwise.")


class EstimateClaim(ClaimReference):
    low = _whole("At least so many.", null=True)
    high = _whole("At most so many.", null=True)
    quantifier = _text("How it is worded.")
    binds_low = s.BooleanField(help_text="It sets the estimate's low bound.")
    binds_high = s.BooleanField(help_text="It sets the estimate's high bound.")
    evidence = Passage(help_text="The sentence that says so.")


class Estimate(s.Serializer[object]):
    """What all published claims about one measure and group allow together."""

    measure = _text("What is counted.")
    group = _text("Who is counted; null for things and durations.", null=True)
    low = _whole("At least so many; null: open.", null=True)
    best = _whole("The one number left, if there is one.", null=True)
    high = _whole("At most so many; null: open.", null=True)
    verdict = _text("agree, compatible, conflicting or single_source.")
    origins = _whole("Independent voices among the claims.")
    claims = EstimateClaim(many=True)
    conflicts = s.ListField(
        child=s.ListField(child=s.IntegerField(), min_length=2, max_length=2),
        help_text="Pairs of claim ids that cannot both hold.",
    )


class Event(EventReference):
    summary = _text("In a few sentences.", null=True)
    type = _text("PLOVER type.", null=True)
    mode = _text("PLOVER mode, as TYPE.mode.", null=True)
    contexts = s.ListField(child=s.CharField(), help_text="PLOVER contexts.")
    acled_sub_event = _text("ACLED sub-event.", null=True)
    modality = _text("Whether it happened.")
    date = EventDate()
    place = EventPlace(allow_null=True)
    participants = Participant(many=True)
    estimates = Estimate(many=True)
    articles = ReportingArticle(many=True)
    claims = ClaimReference(many=True)
    identifiers = Identifier(many=True)


class AttributionLink(s.Serializer[object]):
    actor = Reference(allow_null=True)
    text = _text("The words that say so.", null=True)


class ClaimRelation(s.Serializer[object]):
    id = _whole("Id of the relation.")
    slug = _text("Key of the relation.")
    kind = _text("Kind of relation.")


class Claim(s.Serializer[object]):
    id = _whole("Permanent id.")
    slug = _text("Its key.")
    kind = _text("What sort of thing is claimed.")
    statement = _text("What is claimed, in one plain sentence.")
    modality = _text("How the speaker puts it.")
    polarity = _text("positive: it is so; negative: it is not.")
    voice = _text("narrator or attributed.")
    speaker = Reference(allow_null=True)
    speaker_text = _text("The words that name the speaker.", null=True)
    attributed_to = AttributionLink(
        many=True, help_text="Who passes it on, outermost first."
    )
    event = EventReference(allow_null=True)
    relation = ClaimRelation(allow_null=True)
    measure = _text("What is counted.", null=True)
    group = _text("Who is counted.", null=True)
    low = _whole("At least so many; null: open.", null=True)
    high = _whole("At most so many; null: open.", null=True)
    quantifier = _text("How it is worded.", null=True)
    figure_text = _text("The words of the figure.", null=True)
    part_of = ClaimReference(allow_null=True)
    note = _text("Coder's note.", null=True)
    evidence = Passage(many=True)


class NearestPassage(s.Serializer[object]):
    """What stands in the article, where a quote does not."""

    start = _whole("First code point, from 0.")
    end = _whole("The code point after the last.")
    quote = _text("The words there.")


class WrongPart(s.Serializer[object]):
    """One thing that is wrong: a parameter, a header, or a place in the body."""

    parameter = s.CharField(required=False, help_text="The parameter.")
    header = s.CharField(required=False, help_text="The header.")
    pointer = s.CharField(required=False, help_text="A JSON pointer into the body.")
    message = _text("What is wrong with it.")
    allowed = s.ListField(child=s.JSONField(), required=False)
    nearest = NearestPassage(required=False)


class WrittenInstead(s.Serializer[object]):
    """The row that another one was merged into."""

    id = _whole("Its id.")
    url = s.URLField(help_text="Where it is written.")


class Problem(s.Serializer[object]):
    """An error, as RFC 9457 has it."""

    type = _text("A URI for the type of problem.")
    title = _text("The HTTP status in words.")
    status = _whole("The HTTP status.")
    detail = _text("What is wrong, and what to do.")
    instance = _text("The address that was asked for.")
    scopes = s.ListField(
        child=s.CharField(), required=False, help_text="On 403: any of them would do."
    )
    current = s.JSONField(required=False, help_text="On 409 and 412: the row as it is.")
    merged_into = WrittenInstead(
        required=False, help_text="On 409: the row is that one by now; write there."
    )
    errors = WrongPart(many=True, required=False)  # type: ignore[assignment]
    vars()["violated-policies"] = s.ListField(
        child=s.CharField(), required=False, help_text="On 429: which limits."
    )


SCHEMAS: dict[Kind, type[s.Serializer[object]]] = {
    Kind.OUTLET: Outlet,
    Kind.ARTICLE: Article,
    Kind.ACTOR: Actor,
    Kind.RELATION: RelationFull,
    Kind.PLACE: Place,
    Kind.EVENT: Event,
    Kind.CLAIM: Claim,
}
