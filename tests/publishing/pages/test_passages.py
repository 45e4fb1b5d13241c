from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from publishing.pages.passages import CUTS, Over, blocks


def claim(start, end, name="x"):
    return Over(start, end, f"claim-{name}", "A statement.")


def mention(start, end):
    return Over(start, end, f"mention-{start}", "Taliban", "/actors/taliban/")


def html(text, overs, spans=()):
    return [str(block.html) for block in blocks(text, overs, spans)]


def test_paragraphs_are_lines_and_blank_ones_are_left_out():
    found = blocks("One.\n\n  \nTwo.", [], [])
    assert [(b.start, b.end, b.html) for b in found] == [
        (0, 4, "One."),
        (9, 13, "Two."),
    ]


def test_a_passage_is_marked_with_its_anchor():
    assert html("abc", [claim(1, 2)]) == [
        'a<mark class="passage" id="claim-x">b</mark>c'
    ]


def test_text_is_escaped():
    assert html("<b>&", [claim(0, 1)]) == [
        '<mark class="passage" id="claim-x">&lt;</mark>b&gt;&amp;'
    ]


def test_passages_nest():
    (found,) = html("abcd", [claim(1, 3, "in"), claim(0, 4, "out")])
    inner = '<mark class="passage" id="claim-in">bc</mark>'
    assert found == f'<mark class="passage" id="claim-out">a{inner}d</mark>'


def test_a_crossed_passage_has_one_anchor_and_one_class_on_all_its_pieces():
    (found,) = html("abcd", [claim(0, 3, "a"), claim(1, 4, "b")])
    assert found.count('id="claim-b"') == 1
    assert found.count('class="passage cut-1"') == 2
    assert '<mark class="passage" id="claim-a">' in found


def test_a_passage_over_two_paragraphs_is_cut_too():
    first, second = html("ab\ncd", [claim(1, 4)])
    assert first == 'a<mark class="passage cut-1" id="claim-x">b</mark>'
    assert second == '<mark class="passage cut-1">c</mark>d'


def test_the_parts_of_an_article_cut_no_passage():
    spans = [{"kind": "dateline", "start": 0, "end": 2}]
    assert html("abcd", [claim(0, 4)], spans) == [
        '<mark class="passage" id="claim-x">abcd</mark>'
    ]


def test_the_note_of_a_passage_is_named_where_its_anchor_is():
    passage = Over(1, 4, "claim-x", "A statement.", note=2)
    first, second = html("ab\ncd", [passage])
    assert first == 'a<mark class="passage note-2 cut-1" id="claim-x">b</mark>'
    assert second == '<mark class="passage cut-1">c</mark>d'


def test_only_so_many_cut_passages_get_a_class():
    text = "ab" * (CUTS + 5)
    overs = []
    for n in range(0, len(text) - 4, 4):
        overs += [claim(n, n + 3, f"{n}a"), claim(n + 1, n + 4, f"{n}b")]
    numbers = {int(n) for n in re.findall(r"cut-(\d+)", html(text, overs)[0])}
    assert max(numbers) <= CUTS


def test_links_do_not_nest():
    (found,) = html("abcd", [mention(0, 4), mention(1, 3)])
    assert found.count("<a ") == 1
    assert '<span class="mention" title="Taliban" id="mention-1">' in found


def test_a_paragraph_knows_its_kind_and_the_claims_that_begin_in_it():
    text = "Title\nBody of the text"
    spans = [
        {"kind": "body", "start": 0, "end": len(text)},
        {"kind": "title", "start": 0, "end": 5},
    ]
    title, body = blocks(text, [claim(0, 5, "t"), claim(6, 10, "b")], spans)
    assert (title.kind, title.anchors) == ("title", ["claim-t"])
    assert (body.kind, body.anchors) == ("body", ["claim-b"])


@st.composite
def _texts(draw):
    text = draw(st.text("ab<&\n é😀", min_size=1, max_size=40))
    place = st.integers(0, len(text) - 1)
    pairs = draw(st.lists(st.tuples(place, place, st.booleans()), max_size=10))
    overs = [
        mention(min(a, b), max(a, b) + 1)
        if link
        else claim(min(a, b), max(a, b) + 1, n)
        for n, (a, b, link) in enumerate(pairs)
    ]
    return text, overs


@given(_texts())
def test_marking_changes_no_word_and_sets_each_anchor_at_most_once(drawn):
    text, overs = drawn
    for block in blocks(text, overs, []):
        plain = unescape(re.sub(r"<[^>]+>", "", block.html))
        assert plain == text[block.start : block.end]
    everything = "".join(html(text, overs))
    anchors = re.findall(r'id="([^"]+)"', everything)
    assert len(anchors) == len(set(anchors))
