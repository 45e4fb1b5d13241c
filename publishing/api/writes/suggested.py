"""What may be proposed, field by field: held to the code lists and to known keys."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

from actors.models import Actor
from curation.extraction import findings as f
from curation.format.problems import did_you_mean
from events.models import Claim, Event, Place
from sources.dates import Basis, Precision
from sources.models import Term

LONGEST_QUOTE = 20_000
_MODALITIES = [c for c, _ in Claim._meta.get_field("modality").choices or ()]
_POLARITIES = [c for c, _ in Claim._meta.get_field("polarity").choices or ()]
_STATEMENTS = [c for c, _ in Claim._meta.get_field("kind").choices or ()]
_QUANTIFIERS = [c for c, _ in Claim._meta.get_field("quantifier").choices or () if c]
_HAPPENED = [c for c, _ in Event._meta.get_field("modality").choices or ()]
KEYED: tuple[Any, ...] = (Actor, Place, Event)


class Known:
    """What the database knows of all words of one request: a query for each table."""

    def __init__(self, body: Any) -> None:
        words = set(_texts(body))
        self.keys = {
            model: set(
                model.objects.accepted()
                .filter(slug__in=words)
                .values_list("slug", flat=True)
            )
            for model in KEYED
        }
        self.codes: dict[str, list[str]] = {}
        terms = Term.objects.filter(active=True).values_list("list", "code")
        for code_list, code in terms:
            self.codes.setdefault(code_list, []).append(code)


def _texts(value: Any) -> Any:
    if isinstance(value, str) and len(value) <= 100:
        yield value
    elif isinstance(value, list | dict):
        inside = value.values() if isinstance(value, dict) else value
        for each in inside:
            yield from _texts(each)


class Strict(s.Serializer[Any]):
    """Refuses members that it does not know: a slip would else be lost in silence."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        there = f"There is no such member here; there are {', '.join(self.fields)}."
        errors = {name: [there] for name in sorted(unknown)}
        try:
            value = super().to_internal_value(data)
        except s.ValidationError as error:
            raise s.ValidationError({**error.detail, **errors}) from error  # type: ignore[dict-item]
        if errors:
            raise s.ValidationError(errors)
        return value


class Code(s.CharField):
    """A code of a list, such as “killed” of measure."""

    def __init__(self, code_list: str, **options: Any) -> None:
        super().__init__(
            max_length=80, help_text=f"A code of the list `{code_list}`.", **options
        )
        self.code_list = code_list

    def to_internal_value(self, data: Any) -> str:
        code: str = super().to_internal_value(data)
        known = self.context["known"].codes.get(self.code_list, [])
        if code not in known:
            raise s.ValidationError(
                f"“{code}” is no {self.code_list}. {did_you_mean(code, known)}".strip(),
                code=f"list:{self.code_list}",
            )
        return code


class Key(s.CharField):
    """The key of an accepted row."""

    def __init__(self, model: Any, **options: Any) -> None:
        name = model._meta.verbose_name
        super().__init__(
            max_length=100, help_text=f"The key of a known {name}.", **options
        )
        self.model = model

    def to_internal_value(self, data: Any) -> str:
        key: str = super().to_internal_value(data)
        if key not in self.context["known"].keys[self.model]:
            name = self.model._meta.verbose_name
            raise s.ValidationError(
                f"There is no accepted {name} with the key “{key}”."
            )
        return key


def _maybe(**more: Any) -> dict[str, Any]:
    return {"required": False, "allow_null": True, "default": None, **more}


class ActorFields(Strict):
    """Words that name an actor: a known one by its key, or a new one by its name."""

    name = s.CharField(max_length=200, help_text="The fullest name in the article.")
    actor = Key(Actor, **_maybe())
    actor_kind = Code("actor-kind", **_maybe())
    suggested_alias = Code("alias-kind", **_maybe())

    def made(self, values: dict[str, Any], cluster: int) -> f.Fields:
        return f.ActorMention(**values, cluster=cluster, how="name")


class PlaceFields(Strict):
    """Words that name a place: a known one by its key, or a new one."""

    name = s.CharField(max_length=200)
    place = Key(Place, **_maybe())
    kind = Code("place-kind", **_maybe())
    country = Code("country", **_maybe())
    admin1 = s.CharField(max_length=200, **_maybe())
    latitude = s.FloatField(min_value=-90, max_value=90, **_maybe())
    longitude = s.FloatField(min_value=-180, max_value=180, **_maybe())
    radius_m = s.IntegerField(min_value=1, max_value=2_147_483_647, **_maybe())
    precision = Code("place-precision", **_maybe())

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        point = [values.get(name) for name in ("latitude", "longitude", "radius_m")]
        if any(each is None for each in point) and point != [None] * 3:
            raise s.ValidationError(
                "latitude, longitude and radius_m come together or not at all."
            )
        return values

    def made(self, values: dict[str, Any], cluster: int) -> f.Fields:
        return f.PlaceMention(**values)


class FigureFields(Strict):
    """A number of something, with bounds as docs/curation-format.md reads words."""

    measure = Code("measure")
    group = Code("group", **_maybe())
    low = s.IntegerField(min_value=0, max_value=2**63 - 1, **_maybe())
    high = s.IntegerField(min_value=0, max_value=2**63 - 1, **_maybe())
    quantifier = s.ChoiceField(_QUANTIFIERS)
    counted = s.CharField(max_length=200, required=False, default="", allow_blank=True)

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        low, high = values.get("low"), values.get("high")
        if low is not None and high is not None and low > high:
            raise s.ValidationError("low lies above high.")
        return values

    def made(self, values: dict[str, Any], cluster: int) -> f.Fields:
        return f.Figure(**values)


class SpeakerFields(Strict):
    """Who says it: a known actor, or the words that stand for one."""

    words = s.CharField(max_length=300)
    actor = Key(Actor, **_maybe())


class ClaimFields(Strict):
    """That somebody says what is quoted; without a speaker the article itself does."""

    statement = s.ChoiceField(_STATEMENTS, help_text="What sort of thing is claimed.")
    modality = s.ChoiceField(_MODALITIES)
    polarity = s.ChoiceField(_POLARITIES, default="positive")
    speaker = SpeakerFields(**_maybe())
    quoted = s.ChoiceField(["direct", "indirect", "mixed"], default="indirect")
    cue = s.CharField(max_length=200, required=False, default="", allow_blank=True)

    def made(self, values: dict[str, Any], cluster: int) -> f.Fields:
        said = values.pop("speaker")
        speaker = (
            f.Speaker(**said, how="named")
            if said
            else f.Speaker(words="", how="outlet")
        )
        return f.Claim(**values, attributed=bool(said), speaker=speaker)


class TakingPart(Strict):
    """Who took part: a known actor, or the words that stand for one."""

    role = Code("role")
    words = s.CharField(max_length=300)
    actor = Key(Actor, **_maybe())


class DateFields(Strict):
    """When; ends are null where open or unknown."""

    earliest = s.DateField(allow_null=True)
    latest = s.DateField(allow_null=True)
    precision = s.ChoiceField([str(each) for each in Precision])
    basis = s.ChoiceField([str(each) for each in Basis])
    note = s.CharField(max_length=500, required=False, default="", allow_blank=True)

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        ends = values["earliest"], values["latest"]
        if None not in ends and ends[0] > ends[1]:
            raise s.ValidationError("earliest lies after latest.")
        return values


class EventFields(Strict):
    """That something happened, or is said to."""

    title = s.CharField(max_length=200)
    modality = s.ChoiceField(_HAPPENED)
    type = Code("plover-type", **_maybe())
    mode = s.CharField(
        max_length=80, help_text="A mode of that type (list `plover-mode`).", **_maybe()
    )
    acled = Code("acled-sub-event", **_maybe())
    contexts = s.ListField(
        child=Code("plover-context"), required=False, default=list, max_length=20
    )
    participants = TakingPart(many=True, required=False, default=list)
    date = DateFields(**_maybe())
    place = PlaceFields(**_maybe())
    linked = Key(Event, **_maybe())

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        kind, mode = values.get("type"), values.get("mode")
        modes = self.context["known"].codes.get("plover-mode", [])
        if mode and f"{kind}.{mode}" not in modes:
            parts = (code.partition(".") for code in modes)
            known = ", ".join(sorted(own for of, _, own in parts if of == kind))
            wrong = f"“{mode}” is no mode of {kind}; its modes: {known}."
            raise s.ValidationError({"mode": wrong})
        return values

    def made(self, values: dict[str, Any], cluster: int) -> f.Fields:
        date, place = values.pop("date"), values.pop("place")
        parts = values.pop("participants")
        return f.Event(
            **{**values, "contexts": tuple(values["contexts"])},
            participants=tuple(f.Participant(**each) for each in parts),
            date=f.DateMention(**date) if date else None,
            place=f.PlaceMention(**place) if place else None,
        )


FIELDS: dict[str, type[Any]] = {
    "actor": ActorFields,
    "place": PlaceFields,
    "figure": FigureFields,
    "claim": ClaimFields,
    "event": EventFields,
}
