"""Findings become proposals: once, and not again after a person decided."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from curation.deciding import accept, reject, undo
from curation.extraction.findings import ActorMention, Finding, Structure
from curation.extraction.parsing import Parser
from curation.extraction.reading import UnavailableError
from curation.knowledge import context, document_of
from curation.models import Proposal, Run, Sighting
from curation.proposing import Reader, propose, waiting
from sources.commands import written_to
from tests.factories.actors import ActorFactory
from tests.factories.sources import ArticleFactory, SpanFactory

pytestmark = pytest.mark.django_db

TEXT = "The police met Ada Roe. Ada Roe left."


class Names:
    """Finds every "Ada Roe"; what it is and calls it can be changed."""

    name = "names"
    version = "1"
    rule = "actor.name"
    words = "Ada Roe"

    def extract(self, reading):
        text = reading.document.text
        start = text.find(self.words)
        while start >= 0:
            span = reading.document.span(start, start + len(self.words))
            fields = ActorMention(self.words, None, 0, "name", "person")
            yield Finding(fields, (span,), self.rule, "a name")
            start = text.find(self.words, start + 1)


class Misquoting(Names):
    """Says that words stand where they do not."""

    def extract(self, reading):
        span = reading.document.span(0, 3)
        object.__setattr__(span, "text", "Ada")
        fields = ActorMention("Ada", None, 0, "name", "person")
        yield Finding(fields, (span,), self.rule, "a name")


@pytest.fixture
def article():
    article = ArticleFactory(text=TEXT)
    SpanFactory(article=article)
    return article


@pytest.fixture
def extractor():
    return Names()


def read(article, *extractors, again=False):
    reader = Reader(extractors, Parser())
    (outcome,) = propose([article.pk], reader=reader, again=again)
    return outcome


def test_reading_twice_changes_nothing(article, extractor):
    first = read(article, extractor)
    assert (first.found, first.new, first.skipped) == (2, 2, False)
    kept = list(Proposal.objects.values())
    for again in (False, True):
        assert read(article, extractor, again=again).skipped
    assert list(Proposal.objects.values()) == kept
    assert Run.objects.count() == 1
    assert Sighting.objects.count() == 2
    run = Run.objects.get()
    assert (run.extractor, run.version, run.found) == ("names", "1", 2)
    assert run.configuration["extractors"] == {"names": "1"}


def test_a_new_version_reads_again_and_keeps_what_stands(article, extractor):
    read(article, extractor)
    extractor.version = "2"
    assert waiting(Reader([extractor], Parser())).get() == article
    outcome = read(article, extractor)
    assert (outcome.found, outcome.new) == (2, 0)
    assert Run.objects.count() == 2
    extractor.version, extractor.words = "3", "police"
    assert read(article, extractor).new == 1
    assert [row.quote for row in Proposal.objects.current()] == ["police"]
    assert Proposal.objects.count() == 3  # nothing is lost


def test_a_new_name_is_read_with_when_asked_for(article, extractor):
    read(article, extractor)
    ActorFactory(name="Ada Roe", status="reviewed")
    assert read(article, extractor).skipped
    assert not read(article, extractor, again=True).skipped
    assert Run.objects.count() == 2


def test_context_follows_the_database():
    assert "Ada Roe" not in {actor.name for actor in context().actors}
    actor = ActorFactory(name="Ada Roe", status="reviewed")
    assert "Ada Roe" in {each.name for each in context().actors}
    actor.name = "Ada Doe"
    actor.save()
    assert "Ada Doe" in {each.name for each in context().actors}
    ActorFactory(name="Draft Roe", status="draft")
    assert "Draft Roe" not in {each.name for each in context().actors}


def test_rejected_words_are_not_proposed_again(article, extractor, curator):
    read(article, extractor)
    reject([Proposal.objects.first()], by=curator)
    extractor.version = "2"
    read(article, extractor)
    assert Proposal.objects.count() == 2
    # In another article neither, by the same rule …
    other = ArticleFactory(text=TEXT + " Again.")
    SpanFactory(article=other)
    assert read(other, extractor).new == 0
    # … but by another rule.
    extractor.rule, extractor.version = "actor.better", "3"
    assert read(other, extractor).new == 2


def test_words_that_were_accepted_somewhere_go_on_being_proposed(
    article, extractor, curator
):
    read(article, extractor)
    first, second = Proposal.objects.all()
    accept(second, by=curator)
    reject([first], by=curator)
    other = ArticleFactory(text=TEXT + " Again.")
    SpanFactory(article=other)
    assert read(other, extractor).new == 2


def test_a_decided_place_is_not_asked_again(article, extractor, curator):
    read(article, extractor)
    first = Proposal.objects.first()
    judgement = accept(first, by=curator)
    extractor.version = "2"
    read(article, extractor)
    assert Proposal.objects.current().undecided().count() == 1
    undo(judgement, by=curator)
    assert Proposal.objects.current().undecided().count() == 2


def test_a_misquotation_stops_the_reading(article):
    with pytest.raises(ValueError, match="“Ada” does not stand at 0–3"):
        read(article, Misquoting())
    assert not Run.objects.exists()
    assert not Proposal.objects.exists()


def test_parts_that_are_marked_need_no_decision(article):
    class Parts(Names):
        def extract(self, reading):
            text = reading.document
            for part, span in (
                ("body", text.span(0, len(TEXT))),
                ("quote", text.span(0, 3)),
                ("heading", text.span(0, 10)),
            ):
                yield Finding(Structure(part), (span,), "structure.x", "a part")

    read(article, Parts())
    assert Proposal.objects.get().fields == {"part": "heading"}


def test_documents_are_what_the_database_has(article):
    document = document_of(article)
    assert document.text == TEXT
    assert [(m.kind, m.start, m.end) for m in document.marks] == [
        ("body", 0, len(TEXT))
    ]
    assert document.published is None


def test_queries_do_not_grow_with_findings(extractor, django_assert_max_num_queries):
    for count in (1, 60):
        article = ArticleFactory(text=f"{count}. " + TEXT * count)
        SpanFactory(article=article)
        with django_assert_max_num_queries(26):
            assert read(article, extractor).new == 2 * count


# --- Commands -----------------------------------------------------------------


def out(*arguments, **options):
    stream = io.StringIO()
    call_command(*arguments, stdout=stream, verbosity=1, **options)
    return stream.getvalue()


def test_propose_reads_what_waits(article):
    assert "1 articles read, 0 as before" in out("propose")
    assert "0 articles read, 0 as before" in out("propose")
    assert "0 articles read, 1 as before" in out("propose", article=[article.pk])
    assert "0 articles read, 1 as before" in out("propose", again=True)
    with pytest.raises(CommandError, match="There is no article 999"):
        out("propose", article=[999])


def test_propose_can_be_tried(article):
    assert "Dry run, nothing was kept. 1 articles read" in out("propose", dry_run=True)
    assert not Run.objects.exists()


def test_loose_texts_are_read_and_not_stored(tmp_path):
    lines = tmp_path / "texts.jsonl"
    lines.write_text(
        json.dumps({"id": "a1", "text": "Reuters said.", "date": "2021-08-31"})
        + "\n\n"
        + json.dumps({"id": "a2", "text": "It rained 🌧 in Kabul."})
    )
    text = tmp_path / "b.txt"
    text.write_text("The police spoke.\n")
    found = tmp_path / "out.jsonl"
    out("propose", text=[lines, text], output=found)
    records = [json.loads(line) for line in found.read_text().splitlines()]
    assert {each["article"] for each in records} == {"a1", "a2", "b.txt"}
    texts = {"a1": "Reuters said.", "a2": "It rained 🌧 in Kabul."}
    texts["b.txt"] = "The police spoke.\n"
    for record in records:
        for span in record["spans"]:
            words = texts[record["article"]][span["start"] : span["end"]]
            assert words == span["text"]
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is no JSON"),
        ('{"id": "x"}', "has no `text`"),
        ('{"text": "x"}', "has no `id`"),
        ('{"id": "x", "text": "x", "date": "May"}', "has the date 'May'"),
        ('{"id": "x", "text": "x", "date": 7}', "has the date 7"),
        ("[]", "has no `text`"),
        ("[" * 100_000, "is no JSON"),
        ('{"id": "x", "text": "\\ud800"}', "half a character"),
        ('{"id": "\\udfff", "text": "x"}', "half a character"),
        ('{"id": ' + "7" * 5_000 + ', "text": "x"}', "is no JSON"),
        ('{"id": "' + "7" * 5_000 + '", "text": "x"}', "very long `id`"),
        ('{"id": NaN, "text": "x"}', "has no `id`"),
        ('{"id": true, "text": "x"}', "has no `id`"),
        ('{"id": "x", "text": "x", "title": 7}', "has a `title`"),
        ('{"id": "good", "text": "x"}', "has the id 'good' again"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, message):
    path = tmp_path / "t.jsonl"
    path.write_text(f'{{"id": "good", "text": "Good."}}\n{line}\n')
    with pytest.raises(CommandError, match=message) as caught:
        out("propose", text=[path])
    assert f"{path}:2" in str(caught.value)


def test_two_files_with_the_same_id_are_refused(tmp_path):
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text('{"id": "x", "text": "Good."}')
    with pytest.raises(CommandError, match=r"b.jsonl:1: has the id 'x' again"):
        out("propose", text=[tmp_path / "a.jsonl", tmp_path / "b.jsonl"])


def test_what_is_read_is_not_written_to(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Good.")
    (tmp_path / "link").symlink_to(path)
    for output in (path, tmp_path / "link"):
        with pytest.raises(CommandError, match="is read"):
            out("propose", text=[path], output=output)
    assert path.read_text() == "Good."


@pytest.mark.parametrize("option", [{"format": "jsonl"}, {"output": "x.jsonl"}])
def test_what_is_for_loose_texts_is_refused_without_them(option):
    with pytest.raises(CommandError, match="are for --text"):
        out("propose", **option)


def test_a_file_is_written_whole_or_left_as_it_was(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("before")
    path.chmod(0o640)
    with pytest.raises(UnicodeEncodeError), written_to(path) as stream:
        stream.write("half\ud800")
    assert path.read_text() == "before"
    with written_to(path) as stream:
        stream.write("whole")
    assert path.read_text() == "whole"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_person_decided_is_exported_for_ever(
    article, extractor, curator, tmp_path
):
    read(article, extractor)
    reject([Proposal.objects.first()], by=curator)
    extractor.version, extractor.words = "2", "police"
    read(article, extractor)
    path = tmp_path / "all.jsonl"
    out("export_proposals", output=path)
    records = [json.loads(line) for line in path.read_text().splitlines()]
    assert [(each["spans"][0]["text"], each["verdict"]) for each in records] == [
        ("police", None),
        ("Ada Roe", "rejected"),
    ]


def test_every_proposal_is_exported(article, extractor, curator, tmp_path):
    read(article, extractor)
    reject([Proposal.objects.first()], by=curator)
    path = tmp_path / "all.jsonl"
    out("export_proposals", output=path)
    records = [json.loads(line) for line in path.read_text().splitlines()]
    assert [each["verdict"] for each in records] == ["rejected", None]
    assert records[0]["article"] == str(article.pk)
    assert records[0]["spans"] == [
        {"start": 15, "end": 22, "text": "Ada Roe", "role": ""}
    ]
    out("export_proposals", output=path, articles=[999])
    assert path.read_text() == ""
    with pytest.raises(CommandError, match="cannot be written"):
        out("export_proposals", output=tmp_path / "no" / "folder")


class Away(Names):
    """Needs a server that is not there."""

    name = "away"

    def extract(self, reading):
        if self.words == "Ada Roe":
            raise UnavailableError("no server answers")
        return super().extract(reading)


def test_what_cannot_read_now_is_tried_again(article, extractor):
    away = Away()
    outcome = read(article, extractor, away)
    assert (outcome.found, outcome.missing) == (2, ("away: no server answers",))
    assert waiting(Reader([extractor, away], Parser())).exists()
    away.words = "police"
    outcome = read(article, extractor, away)
    assert (outcome.found, outcome.new, outcome.missing) == (1, 1, ())
    assert sorted(Run.objects.values_list("extractor", flat=True)) == ["away", "names"]
    assert Sighting.objects.count() == 3


def test_only_english_is_read(extractor):
    article = ArticleFactory(text=TEXT, language="de")
    assert not waiting(Reader([extractor], Parser())).exists()
    assert read(article, extractor, again=True).skipped
    article.language = "en-GB"
    article.save()
    assert read(article, extractor).new == 2
