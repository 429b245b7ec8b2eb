"""Words of a question that name something put forward what has it, and never leave out the rest."""

from typing import Any

import pytest

from creativecities.core import freshness
from creativecities.search import jobs
from creativecities.search.compute import engine
from creativecities.search.compute.cues import Cue, root, spoken, written
from creativecities.search.models import Index
from creativecities.search.queries import find, meanings, providers

from .conftest import Shelfful

KNOWN = written(
    [
        Cue("land", ("KR",), ["Corea", "coreano", "coréen", "корейский", "كوريا", "한국", "韓国"], 0.5),
        Cue("land", ("NL", "BE"), ["Low Countries"], 0.5),
        Cue("land", ("TH",), ["タイ"], 0.5),
        Cue("land", ("ID",), ["인도네시아"], 0.5),
        Cue("land", ("IN",), ["인도", "indienne"], 0.5),
    ]
)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Alfareras de Corea", {"KR"}),
        ("villes coréennes", {"KR"}),
        ("في كورية والكورية", {"KR"}),
        ("корейских гончаров", {"KR"}),
        ("한국의 도자기", {"KR"}),
        ("韓国の町", {"KR"}),
        ("film in the LOW countries", {"NL", "BE"}),
        ("low", set()),
        ("タイの町", {"TH"}),
        ("タイル", set()),
        ("인도네시아의 직물", {"ID"}),
        ("musique indienne", {"IN"}),
        ("indie music", set()),
        ("😀 ' OR 1=1 --", set()),
    ],
)
def test_a_name_is_known_in_its_endings_and_not_within_other_words(question: str, values: set[str]):
    assert set(spoken(question, KNOWN).get("land", ())) == values


def test_a_root_says_that_something_was_taken_off():
    assert (root("coreana"), root("corea"), root("корейских")) == ("corea-", "corea", "корейск-")


@pytest.fixture
def towns(things: Shelfful, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Shelfful:
    settings.MEANING_ENGINE = "creativecities.search.tests.engines.Hash"
    settings.MEANINGS_FILE = tmp_path / "none.npz"
    engine._loaded.clear()
    meanings.directions.cache_clear()
    monkeypatch.setattr(providers, "_cues", [lambda: [Cue("land", ("KR",), ["Korea"], 0.5)]])
    things.put("one", "Vila Nova", "Pots and jars.", facets={"land": ["PT"]}, gist="pots")
    things.put("two", "Vila Velha", "Pots and lamps.", facets={"land": ["KR"]}, gist="pots")
    things.index()
    jobs.tell_meanings(seconds=9)
    freshness.forget()
    return things


@pytest.mark.usefixtures("towns")
def test_what_the_question_names_comes_first_and_the_rest_is_found_too():
    assert [one.key for one in find("pots and bowls").results] == ["one", "two"]
    assert [one.key for one in find("korean pots").results] == ["two", "one"]


def test_workers_learn_new_names_with_the_index(towns: Shelfful, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(providers, "_cues", [lambda: [Cue("land", ("KR",), ["Hanguk"], 0.5)]])
    before = Index.objects.get().written_at
    towns.index()
    assert Index.objects.get().written_at > before
    assert [one.key for one in find("pots in hanguk").results] == ["two", "one"]
    told = Index.objects.get().written_at
    towns.index()
    assert Index.objects.get().written_at == told
