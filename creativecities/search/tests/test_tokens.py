"""Words as the index holds them, and sentences as passages."""

import pytest

from creativecities.search.compute.documents import LONGEST_PASSAGE, passages
from creativecities.search.compute.snippets import LONGEST, snippet
from creativecities.search.compute.tokens import LONGEST_TOKEN, MOST_TOKENS, asked, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Łódź, Kraków", ["lodz", "krakow"]),
        ("神戸市", ["神户", "户市"]),
        ("부산국제영화제", ["부산", "산국", "국제", "제영", "영화", "화제"]),
        ("京", ["京"]),
        ("UNESCO創意城市2025", ["unesco", "创意", "意城", "城市", "2025"]),
        ("والموسيقى", ["موسيقي"]),
        ("للأطفال", ["اطفال"]),
        ("हिन्दी किताब", ["हिन्दी", "किताब"]),
        ("…!? 😀", []),
        ("x" * 99, ["x" * LONGEST_TOKEN]),
    ],
)
def test_words_of_every_script(text, found):
    assert tokens(text) == found


def test_a_part_of_a_word_without_blanks_is_found_within_it():
    assert set(tokens("北京")) < set(tokens("我爱北京天安门"))
    assert set(tokens("전주")) < set(tokens("전주에서"))


def test_the_article_does_not_hide_an_arabic_word():
    assert tokens("الموسيقى") == tokens("موسيقى") == tokens("بالموسيقى")


@pytest.mark.parametrize("query", ["", "   ", "!?…", "😀", "\0", "\u200b"])
def test_a_query_without_words_asks_nothing(query):
    assert asked(query) is None


def test_an_endless_query_is_cut():
    question = asked(" ".join(f"word{number}" for number in range(5000)))
    assert question is not None
    assert len(question.tokens) <= MOST_TOKENS


def test_a_text_falls_into_sentences_of_bounded_length():
    text = "One. Two! 三。四 " + "word " * 500
    found = passages(text)
    assert found[:3] == ["One.", "Two!", "三。"]
    assert max(map(len, found)) <= LONGEST_PASSAGE
    assert "".join("".join(found).split()) == "".join(text.split())


def _marked(text: str, query: str) -> str:
    question = asked(query)
    assert question is not None
    return snippet(text, question).html


def test_matches_are_marked_as_they_are_written():
    assert _marked("The Łódź Film School", "lodz film") == "The <mark>Łódź</mark> <mark>Film</mark> School"
    assert _marked("我爱北京天安门", "北京") == "我爱<mark>北京</mark>天安门"
    assert _marked("Musical music", "mus") == "<mark>Musical</mark> <mark>music</mark>"


def test_what_was_written_stays_text():
    assert _marked("<script>alert(1)</script> & jazz", "jazz") == (
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; <mark>jazz</mark>"
    )


def test_a_long_passage_is_cut_around_its_match():
    question = asked("needle")
    assert question is not None
    shown = snippet("hay " * 200 + "needle " + "hay " * 200, question)
    assert ("needle", True) in shown.parts
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")
    assert len(shown.text) <= LONGEST + 3
