"""Loading: whole or not at all, twice is once, an edit is an edit."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, ActorIdentifier, Alias, Mention, Relation
from curation.format.problems import CurationError
from curation.loading import load
from curation.models import Omission
from curation.tables import TABLES
from events.models import (
    Attribution,
    Claim,
    Event,
    Evidence,
    Participation,
    Place,
    Support,
)
from sources.models import Article, Outlet, Status, Term
from sources.services import recorded
from tests.curation.sample import SHA256, TEXT, YAML, article, edited, load_text
from tests.factories.actors import ActorFactory, AliasFactory, MentionFactory
from tests.factories.curation import OmissionFactory
from tests.factories.events import (
    ClaimFactory,
    EventFactory,
    EvidenceFactory,
    ParticipationFactory,
    SupportFactory,
)

pytestmark = pytest.mark.django_db


def history() -> dict[str, int]:
    """Rows of history per model: what every write leaves behind."""
    models = [m for m in apps.get_models() if m.__name__.endswith("History")]
    return {m.__name__: m.objects.count() for m in models}


def grown(before: dict[str, int]) -> dict[str, int]:
    return {m: n - before[m] for m, n in history().items() if n != before[m]}


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    """A folder from which the sample was loaded."""
    article()
    load_text(tmp_path)
    return tmp_path


def test_everything_is_where_it_belongs(loaded: Path) -> None:
    row = Article.objects.get(sha256=SHA256)
    assert (row.outlet.slug, row.origin.slug, row.status) == (
        "daily", "wire", "published",
    )  # fmt: skip
    assert str(row.published_earliest) == "2021-09-01"
    assert Outlet.objects.get().reliability_id == "admiralty-reliability/B"
    assert sorted(
        ActorIdentifier.objects.values_list("actor__slug", "scheme", "value")
    ) == [
        ("isis-k", "external-id-scheme/ucdp", "1"),
        ("isis-k", "external-id-scheme/ucdp", "2"),
        ("isis-k", "external-id-scheme/wikidata", "Q1"),
    ]
    assert Place.objects.get(slug="kabul-airport").parent.slug == "kabul"
    assert Relation.objects.get().kind_id == "relation-kind/part_of"
    event = Event.objects.get()
    assert event.mode_id == "plover-mode/ASSAULT.suicide-attack"
    assert event.contexts == ["plover-context/terrorism", "plover-context/military"]
    assert event.place_precision_id == "place-precision/exact"
    claim = Claim.objects.get(slug="a-03")
    assert (claim.low, claim.high, claim.part_of.slug) == (151, None, "a-05")
    assert list(
        Attribution.objects.values_list(
            "claim__slug", "position", "actor__slug", "text"
        )
    ) == [("a-02", 1, "isis", "it is said"), ("a-02", 2, None, "somebody")]
    assert Evidence.objects.filter(claim__slug="a-01").count() == 2
    assert Omission.objects.get().quote == "Nobody knows more."


def test_event_that_no_type_fits(tmp_path: Path) -> None:
    article()
    load_text(
        tmp_path, edited(("type: ASSAULT\n    mode: suicide-attack", "type: null"))
    )
    event = Event.objects.get()
    assert (event.type_id, event.mode_id) == (None, None)


def test_supports_say_what_rests_on_which_claim(loaded: Path) -> None:
    supports = Support.objects.values_list(
        "claim__slug", "part", "participation__role", "stance"
    )
    assert sorted(supports, key=str) == sorted(
        [
            ("a-01", "occurrence", None, "supports"),
            ("a-02", "occurrence", None, "supports"),
            ("a-02", "date", None, "supports"),
            ("a-01", "place", None, "supports"),
            ("a-01", "participation", "role/claimant", "supports"),
            ("a-02", "participation", "role/accused", "supports"),
            ("a-06", "participation", "role/accused", "disputes"),
        ],
        key=str,
    )


def test_mentions_stand_outside_longer_ones(loaded: Path) -> None:
    mentions = Mention.objects.values_list("actor__slug", "start", "alias__name")
    assert sorted(mentions) == [
        ("isis", TEXT.index("ISIS is"), None),
        ("isis-k", 0, "ISIS-K"),
        ("isis-k", TEXT.rindex("ISIS-K"), "ISIS-K"),
        ("pentagon", TEXT.index("Pentagon"), None),
        ("taliban", TEXT.index("Taliban"), None),
    ]


def test_every_curated_row_gets_the_status_of_its_file(loaded: Path) -> None:
    for table in TABLES:
        if table.curated:
            statuses = set(table.model.objects.values_list("status", flat=True))
            assert statuses == {"published"}, table.name


def test_status_of_an_object_and_of_its_parts(tmp_path: Path) -> None:
    article()
    load_text(
        tmp_path,
        edited(
            ("status: published\n", ""),
            ("    name: Islamic", "    status: coded\n    name: Islamic"),
            (
                "kind: acronym}\n    ids: {w",
                "kind: acronym, status: reviewed}\n    ids: {w",
            ),
        ),
    )
    assert Actor.objects.get(slug="taliban").status == "draft"
    assert Actor.objects.get(slug="isis-k").status == "coded"
    assert Alias.objects.get().status == "reviewed"


def test_twice_changes_nothing(loaded: Path) -> None:
    before = history()
    summary = load_text(loaded)
    assert not summary.changed
    assert grown(before) == {}
    assert summary.total("same") > 40


def test_edited_bound_changes_one_claim(loaded: Path) -> None:
    before = history()
    summary = load_text(
        loaded,
        edited(
            ("figure: {measure: killed, group: us_service_members, low: 13, high: 13",
             "figure: {measure: killed, group: us_service_members, low: 13, high: 14"),
            ("quantifier: exact, text: 13 A", "quantifier: between, text: A"),
        ),
    )  # fmt: skip
    assert grown(before) == {"ClaimHistory": 1}
    [change] = summary.changes
    assert change.startswith("~ claims a-04: high 13 → 14")
    claim = Claim.objects.get(slug="a-04")
    assert (claim.low, claim.high) == (13, 14)
    context = claim.history.latest("pgh_id").pgh_context.metadata
    assert (context["by"], context["why"]) == ("load_curation", "a test")
    assert claim.history.earliest("pgh_id").high == 13


def test_dry_run_tells_and_keeps_nothing(tmp_path: Path) -> None:
    article()
    before = history()
    summary = load_text(tmp_path, dry_run=True)
    assert summary.total("new") > 30
    assert grown(before) == {}
    assert not Actor.objects.exists()


def test_one_problem_stops_all(tmp_path: Path) -> None:
    article()
    before = history()
    (tmp_path / "good.yaml").write_text("newsdb: 1\noutlets: {x: {name: X}}\n")
    (tmp_path / "bad.yaml").write_text(edited(("low: 164", "low: 163")))
    with pytest.raises(CurationError, match="bad.yaml:.*low 163 is not the sum"):
        load([tmp_path], by="test", why="a test")
    assert grown(before) == {}


def test_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CurationError, match="nowhere"):
        load([tmp_path / "nowhere"], by="test", why="a test")


def test_unknown_key_is_looked_up_in_the_database(tmp_path: Path) -> None:
    ActorFactory(slug="pentagon-spokesman")
    text = (
        "newsdb: 1\n"
        "relations: {r: {subject: pentagon-spokesmen, kind: part_of, object: x}}"
    )
    with pytest.raises(CurationError) as caught:
        load_text(tmp_path, text)
    [first, _second] = caught.value.problems
    assert first.suggestion == "did you mean “pentagon-spokesman”?"


def test_what_the_database_refuses_is_a_problem(tmp_path: Path) -> None:
    """A rule across the edge of the set: a circle through a row of the database."""
    load_text(
        tmp_path,
        "newsdb: 1\n"
        "actors: {a: {name: A, kind: faction}, b: {name: B, kind: faction}}\n"
        "relations: {r: {subject: a, kind: part_of, object: b}}",
    )
    with pytest.raises(CurationError, match="the database: .*circle"):
        load_text(
            tmp_path,
            "newsdb: 1\nrelations: {s: {subject: b, kind: part_of, object: a}}",
        )
    assert Relation.objects.count() == 1


class TestWithdrawing:
    """What is no longer in its object's file."""

    WITHOUT = (
        ("      taliban:\n        - {quote: Taliban}\n", ""),
        (", disputed_by: [a-06]", ""),
        (YAML[YAML.index("      - key: a-06") : YAML.index("    not_coded")], ""),
        ("      - {quote: Nobody knows more., why: says nothing}", "      []"),
        ("      - {actor: isis-k, role: claimant, claims: [a-01]}\n", ""),
        ("      - {name: ISIS-K, kind: acronym}\n", "      []\n"),
        ("ucdp: [1, 2]", "ucdp: [1]"),
        (", {text: somebody}", ""),
    )  # fmt: skip

    def test_published_rows_are_retracted(self, loaded: Path) -> None:
        summary = load_text(loaded, edited(*self.WITHOUT))
        gone = {"status": "retracted"}
        assert Claim.objects.get(**gone).slug == "a-06"
        assert Mention.objects.get(**gone).actor.slug == "taliban"
        assert Participation.objects.get(**gone).role_id == "role/claimant"
        assert Alias.objects.get(**gone).name == "ISIS-K"
        assert summary.total("withdrawn") == 4 + 5  # and parts, deleted
        claim = Claim.objects.get(**gone)
        assert claim.evidence.count() == 1, "a retracted claim keeps its proof"
        why = claim.history.latest("pgh_id").pgh_context.metadata["why"]
        assert why == "no longer in the file; a test"

    def test_parts_without_a_state_are_deleted(self, loaded: Path) -> None:
        load_text(loaded, edited(*self.WITHOUT))
        assert not Omission.objects.exists()
        assert ActorIdentifier.objects.count() == 2
        assert Attribution.objects.count() == 1
        assert Support.objects.count() == 5

    def test_it_comes_back_with_the_file(self, loaded: Path) -> None:
        load_text(loaded, edited(*self.WITHOUT))
        load_text(loaded)
        assert Claim.objects.get(slug="a-06").status == "published"
        assert not Alias.objects.filter(status="retracted").exists()
        assert not load_text(loaded).changed

    def test_loading_without_it_again_changes_nothing(self, loaded: Path) -> None:
        load_text(loaded, edited(*self.WITHOUT))
        before = history()
        assert not load_text(loaded, edited(*self.WITHOUT)).changed
        assert grown(before) == {}

    def test_drafts_are_deleted(self, tmp_path: Path) -> None:
        article()
        draft = edited(("status: published\n", "status: coded\n"))
        load_text(tmp_path, draft)
        load_text(
            tmp_path,
            edited(*self.WITHOUT).replace("status: published\n", "status: coded\n"),
        )
        assert not Claim.objects.filter(slug="a-06").exists()
        assert not Alias.objects.exists()
        assert Participation.objects.count() == 1
        assert Claim.history.rel.related_model.objects.filter(slug="a-06").count() == 2

    def test_draft_that_others_need_is_rejected(self, tmp_path: Path) -> None:
        article()
        load_text(tmp_path, edited(("status: published\n", "status: coded\n")))
        alias = Alias.objects.get()
        elsewhere = MentionFactory(actor=alias.actor, alias=alias)
        text = edited(*self.WITHOUT).replace("status: published\n", "status: coded\n")
        load_text(tmp_path, text)
        alias.refresh_from_db()
        assert alias.status == "rejected"
        elsewhere.refresh_from_db()
        assert elsewhere.alias == alias

    def test_what_is_in_no_file_is_left_alone(self, loaded: Path) -> None:
        alias = AliasFactory(status="published")
        claim = ClaimFactory(status="published")
        event = EventFactory(status="published")
        load_text(loaded, "newsdb: 1\nstatus: published\nactors: {}\n")
        for row in (alias, claim, event, Actor.objects.get(slug="isis")):
            row.refresh_from_db()
            assert row.status == ("draft" if row is alias.actor else "published")

    def test_what_others_added_beside_the_files_is_left(self, loaded: Path) -> None:
        here = Article.objects.get(sha256=SHA256)
        event = Event.objects.get()
        actor = Actor.objects.get(slug="isis")
        with recorded(by="somebody", why="by hand"):
            ours = [
                ClaimFactory(evidence__article=here, evidence__quote="attack"),
                MentionFactory(article=here, quote="August", status="published"),
                AliasFactory(actor=actor, status="published"),
                ParticipationFactory(event=event, status="coded"),
                OmissionFactory(article=here, quote="Kabul"),
            ]
            support = SupportFactory(claim=ours[0], event=event)
        before = history()
        summary = load_text(loaded)
        assert not summary.changed
        assert grown(before) == {}
        assert summary.total("left") == len(ours) + 1
        assert f"  claims {ours[0].slug}: not in the files, left" in summary.left
        for row in [*ours, support]:
            row.refresh_from_db()

    def test_claim_beside_the_files_may_be_referred_to(self, loaded: Path) -> None:
        here = Article.objects.get(sha256=SHA256)
        ClaimFactory(slug="mine", evidence__article=here, evidence__quote="attack")
        load_text(loaded, edited(("claims: [a-01, a-02]", "claims: [a-01, mine]")))
        assert Support.objects.filter(claim__slug="mine").exists()

    def test_what_is_left_costs_the_same_for_one_or_many(self, loaded: Path) -> None:
        here = Article.objects.get(sha256=SHA256)

        def queries() -> int:
            ClaimFactory(evidence__article=here, evidence__quote="attack")
            MentionFactory(article=here, quote="August")
            with CaptureQueriesContext(connection) as captured:
                load_text(loaded)
            return len(captured)

        assert queries() == queries()

    def test_parts_that_an_article_does_not_mention_stay(self, loaded: Path) -> None:
        text = (
            f"newsdb: 1\nstatus: published\narticles: [{{sha256: {SHA256}, title: T}}]"
        )
        summary = load_text(loaded, text)
        assert summary.changes == ["~ articles " + SHA256[:8] + ": title null → T"]

    def test_withdrawn_claim_cannot_be_referred_to(self, loaded: Path) -> None:
        claim = YAML[YAML.index("      - key: a-06") : YAML.index("    not_coded")]
        with pytest.raises(CurationError, match="the claim “a-06” is unknown"):
            load_text(loaded, edited((claim, "")))

    def test_claim_at_home_in_another_article_stays(self, tmp_path: Path) -> None:
        claim = ClaimFactory(status="published")  # of an article that came earlier
        here = article()
        EvidenceFactory(claim=claim, article=here, quote="attack")
        with recorded(by="load_curation", why="another file"):
            also = ClaimFactory(
                status="published", evidence__article=here, evidence__quote="attack"
            )
        load_text(tmp_path)
        for row in (claim, also):
            row.refresh_from_db()
        assert claim.status == "published"
        assert also.status == "retracted"


def test_edited_contexts_are_told(loaded: Path) -> None:
    text = edited(("contexts: [terrorism, military]", "contexts: [terrorism]"))
    [change] = load_text(loaded, text).changes
    assert change.startswith("~ events attack: contexts ['plover-context/terrorism', ")


def test_public_cannot_become_draft_again(loaded: Path) -> None:
    with pytest.raises(CurationError) as caught:
        load_text(loaded, edited(("status: published\n", "")))
    [problem] = caught.value.problems
    assert "is public and cannot become draft again, nor can" in problem.what
    assert "status: published" in problem.suggestion


def test_id_moves_from_one_actor_to_another(loaded: Path) -> None:
    load_text(
        loaded,
        edited(
            ("wikidata: Q1, ", ""),
            ("isis: {name: ISIS,", "isis: {name: ISIS, ids: {wikidata: Q1},"),
        ),
    )
    assert ActorIdentifier.objects.get(value="Q1").actor.slug == "isis"


def test_id_of_somebody_in_no_file(tmp_path: Path) -> None:
    from tests.factories.actors import ActorIdentifierFactory

    ActorIdentifierFactory(value="Q7")
    text = "newsdb: 1\nactors: {a: {name: A, kind: faction, ids: {wikidata: Q7}}}"
    with pytest.raises(CurationError, match="wikidata:Q7 is the id of actor"):
        load_text(tmp_path, text)


def test_quote_from_another_article(tmp_path: Path) -> None:
    from tests.factories.sources import ArticleFactory

    article()
    other = ArticleFactory(text="Elsewhere: it happened.")
    old = "quote: ISIS is not ISIS-K\n"
    new = (
        "quotes: [{quote: ISIS is not ISIS-K}, "
        f"{{quote: it happened, article: {other.sha256}}}]\n"
    )
    load_text(tmp_path, edited((old, new)))
    found = Evidence.objects.filter(claim__slug="a-06")
    assert {row.article_id for row in found} == {
        other.pk, Article.objects.get(sha256=SHA256).pk,
    }  # fmt: skip
    assert not load_text(tmp_path, edited((old, new))).changed


def test_switched_off_code_may_stay(loaded: Path) -> None:
    Term.objects.filter(id="role/claimant").update(active=False)
    assert not load_text(loaded).changed


def claims(count: int) -> str:
    """The sample with `count` more claims, each with evidence, via and support."""
    more = "".join(
        f"""\
      - key: a-1{number:03}
        kind: occurrence
        statement: Number {number}.
        voice: attributed
        speaker: taliban
        via: [{{actor: isis}}]
        modality: asserted
        event: attack
        quote: The Taliban denied it.
"""
        for number in range(count)
    )
    keys = ", ".join(f"a-1{number:03}" for number in range(count))
    return edited(
        ("    not_coded:", f"{more}    not_coded:"),
        ("    claims: [a-01, a-02]\n", f"    claims: [a-01, a-02, {keys}]\n"),
    )


def test_queries_do_not_grow_with_the_files(tmp_path: Path) -> None:
    article()
    load_text(tmp_path)
    counts = []
    for count in (2, 20):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            summary = load_text(tmp_path, claims(count))
        counts.append(len(queries))
        assert summary.total("new") >= count
    assert counts[0] == counts[1]
    with CaptureQueriesContext(connection) as queries:
        load_text(tmp_path, claims(20))
    assert len(queries) < 60
    edit = claims(20).replace("statement: Number", "statement: Nr.")
    with CaptureQueriesContext(connection) as many:
        load_text(tmp_path, edit)
    with CaptureQueriesContext(connection) as one:
        load_text(tmp_path, edit.replace("statement: Nr. 7.", "statement: Seven."))
    assert len(many) == len(one)


# --- States ---------------------------------------------------------------------


@pytest.mark.parametrize("start", Status)
def test_files_state_what_moves_lead_to(tmp_path: Path, start: Status) -> None:
    """What was public once stays published or retracted; all else is open."""
    once_public = {"published", "retracted"}
    for to in ("draft", "coded", "reviewed", "published", "rejected", "retracted"):
        row = ActorFactory(slug=f"one-{to}", name="One", status=start)
        file = tmp_path / f"{to}.yaml"
        file.write_text(
            f"newsdb: 1\nactors:\n  {row.slug}:\n"
            f"    status: {to}\n    name: One\n    kind: {row.kind_id[11:]}\n"
        )
        allowed = start not in once_public or to in once_public
        if allowed:
            load([file], by="test", why="test")
        else:
            with pytest.raises(CurationError, match="cannot become"):
                load([file], by="test", why="test")
        row.refresh_from_db()
        assert row.status == (to if allowed else start), f"{start} → {to}"


REVIEWED = ("status: published\n", "status: reviewed\n")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("flat\n", "a flat denial\n"), id="a column"),
        pytest.param(("wikidata: Q1", "wikidata: Q2"), id="a part"),
    ],
)
def test_what_was_reviewed_is_not_changed_in_silence(tmp_path: Path, change) -> None:
    article()
    load_text(tmp_path, edited(REVIEWED))
    before = history()
    with pytest.raises(CurationError, match="was reviewed, and this changes") as no:
        load_text(tmp_path, edited(REVIEWED, change))
    assert len(no.value.problems) == 1
    assert "write status: coded" in str(no.value)
    assert grown(before) == {}
    load_text(tmp_path, edited(("status: published\n", "status: coded\n"), change))
    assert set(Claim.objects.values_list("status", flat=True)) == {"coded"}


def test_what_was_reviewed_is_loaded_again_and_published(tmp_path: Path) -> None:
    article()
    load_text(tmp_path, edited(REVIEWED))
    before = history()
    load_text(tmp_path, edited(REVIEWED))
    assert grown(before) == {}
    load_text(tmp_path)
    assert set(Claim.objects.values_list("status", flat=True)) == {"published"}
