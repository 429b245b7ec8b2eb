"""What a question finds, in which order, and what nobody may find."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.search.queries import find

from .conftest import Shelfful


def _keys(query: str, **more: object) -> list[str]:
    return [result.key for result in find(query, **more).results]


def test_a_name_comes_before_texts_that_speak_of_it(things: Shelfful):
    things.put("museum", "Museum of Lyon", "Lyon, Lyon and Lyon: all about Lyon.", boost=5)
    things.put("lyon", "Lyon", "A city of media arts.", names=["Лион"])
    things.put("lyonnaise", "Lyonnaise kitchen", "Lyon cooks.")
    things.index()
    assert _keys("lyon")[0] == "lyon"
    assert find("Лион").results[0].reasons == ("name", "words")
    assert _keys("lyo")[0] in ("lyon", "lyonnaise"), "a name that begins so comes first"


def test_all_words_are_looked_for_and_then_some(things: Shelfful):
    things.put("both", "One", "Jazz in old factories.")
    things.put("jazz", "Two", "Jazz by the lake.")
    things.index()
    assert _keys("jazz factories") == ["both"]
    some = find("jazz zeppelins")
    assert not some.has_all_words
    assert {result.key for result in some.results} == {"both", "jazz"}
    assert some.results[0].reasons == ("some-words",)


@pytest.mark.parametrize(("typed", "key"), [("krakkow", "krakow"), ("Боголта", "bogota"), ("경주시", "gyeongju")])
def test_a_misspelt_name_is_found_and_said(things: Shelfful, typed: str, key: str):
    things.put("krakow", "Kraków", "A city of literature.")
    things.put("bogota", "Bogotá", "A city of music.", names=["Богота"])
    things.put("gyeongju", "Gyeongju", "A city of crafts.", names=["경주"])
    things.index()
    found = find(typed)
    assert found.results[0].key == key
    assert found.results[0].reasons == ("similar-name",)
    assert list(found.similar) == [found.results[0].title]


def test_the_passage_is_the_sentence_that_matches_and_tells_its_language(things: Shelfful):
    things.put("one", "One", "First sentence. The tram has a reading room. Last sentence.", language="en")
    things.index()
    result = find("reading tram").results[0]
    assert result.passage.text == "The tram has a reading room."
    assert result.language == "en"
    assert result.path == "/things/one/"


def test_nobody_finds_or_counts_what_they_may_not_open(things: Shelfful):
    things.put("open", "Open lamp", "About lamps.", facets={"field": ["design"]})
    things.index()
    before = find("lamp"), find("Secrte lamp"), find("secret")
    things.put("secret", "Secret lamp", "About lamps.", facets={"field": ["secret-field"]}, audience="signed-in")
    things.index()
    assert (find("lamp"), find("Secrte lamp"), find("secret")) == before
    members = find("lamp", audiences=["public", "signed-in"])
    assert members.count == 2
    assert members.counts["field"] == {"design": 1, "secret-field": 1}


def test_a_facet_is_counted_without_its_own_choice(things: Shelfful):
    for key, field, region in (("a", "music", "africa"), ("b", "film", "africa"), ("c", "film", "europe")):
        things.put(key, f"Lamp {key}", facets={"field": [field], "region": [region]})
    things.index()
    found = find("lamp", facets={"field": ["film"]})
    assert found.count == 2
    assert found.counts["field"] == {"music": 1, "film": 2}
    assert found.counts["region"] == {"africa": 1, "europe": 1}
    assert find("lamp", facets={"field": ["film"], "region": ["africa"]}).count == 1
    assert find("lamp", facets={"field": ["no such"]}).count == 0


@pytest.mark.parametrize(
    "query",
    [
        "x" * 10_000, "wörd " * 2000, '"', "'", 'lamp" OR "', "NEAR(lamp b) AND *", "lamp*", "names:lamp", "^lamp",
        "-lamp", "{a}:b", "'; DROP TABLE search_words; --", "lamp' & !'b':*", "\\' | 'a'", "%_%", "a\0lamp",
        "\u202elamp\u200b", "()", "😀 lamp", "٣٤ lamp",
    ],
)  # fmt: skip
def test_bad_input_gets_a_clean_answer(things: Shelfful, query: str):
    things.put("lamp", "Lamp", "A lamp.")
    things.index()
    assert find(query).count in (0, 1)
    assert find("lamp").count == 1


def test_pages_follow_each_other(things: Shelfful):
    for number in range(30):
        things.put(f"lamp-{number}", f"Lamp {number}")
    things.index()
    first, second = _keys("lamp", limit=20), _keys("lamp", limit=20, offset=20)
    assert len(set(first + second)) == 30
    assert find("lamp", offset=900).results == []


def test_without_an_index_it_says_so(db: None):
    assert not find("lamp").is_ready


@pytest.mark.parametrize("number", [1, 3])
def test_few_statements(things: Shelfful, number: int):
    for key in range(number):
        things.put(f"lamp-{key}", f"Lamp {key}", "A lamp. A light.")
    things.index()
    find("lamp")
    with CaptureQueriesContext(
        connection,
    ) as statements:
        find("lamp light")
    assert len(statements) == 3
