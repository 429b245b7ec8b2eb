"""What is near in meaning is found, and words answer alone where meanings cannot be told."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.core import freshness
from creativecities.search import actions, jobs
from creativecities.search.compute import engine, vectors
from creativecities.search.models import Index, Meaning, Passage
from creativecities.search.queries import find, meanings

from .conftest import Shelfful

HASH = "creativecities.search.tests.engines.Hash"


@pytest.fixture(autouse=True)
def engines(settings: Any, tmp_path: Path) -> None:
    settings.MEANING_ENGINE = HASH
    settings.MEANINGS_FILE = tmp_path / "meanings.npz"
    engine._loaded.clear()
    meanings.directions.cache_clear()


def _tell(seconds: float = 9) -> int:
    left = jobs.tell_meanings(seconds=seconds)
    freshness.forget()
    return left


def _tram(things: Shelfful) -> None:
    things.put("tram", "Vila Nova", "Lamps by the river. A tram with a reading room.")
    things.put("chair", "Vila Velha", "Chairs are made here.")
    things.index()


def test_another_word_for_the_same_finds_and_shows_the_passage(things: Shelfful):
    _tram(things)
    assert find("straßenbahn").count == 0
    assert not find("straßenbahn").has_meaning
    assert _tell() == 0
    found = find("straßenbahn reading room")
    assert found.has_meaning
    assert found.results[0].key == "tram"
    assert "meaning" in found.results[0].reasons
    assert found.results[0].passage.text == "A tram with a reading room."


def test_a_name_is_not_drowned_by_meaning(things: Shelfful):
    things.put("museum", "Museum of lamps", "Vila Nova, Vila Nova, Vila Nova.")
    things.put("vila", "Vila Nova", "Nothing else.")
    things.index()
    _tell()
    assert find("Vila Nova").results[0].key == "vila"
    assert find("Vila Nvoa").results[0].key == "vila"


def test_nobody_finds_by_meaning_what_they_may_not_open(things: Shelfful):
    _tram(things)
    _tell()
    before = find("straßenbahn room")
    things.put("secret", "Secret", "A tram and a room of its own.", audience="signed-in")
    things.index()
    _tell()
    assert find("straßenbahn room") == before
    members = find("straßenbahn room", audiences=["public", "signed-in"])
    assert "secret" in {result.key for result in members.results}


def test_only_new_texts_are_told_and_old_ones_forgotten(things: Shelfful, monkeypatch: pytest.MonkeyPatch):
    _tram(things)
    told: list[str] = []
    passages = engine.engine().passages
    monkeypatch.setattr(engine.engine(), "passages", lambda texts: told.extend(texts) or passages(texts))
    _tell()
    assert len(told) == 3
    things.put("chair", "Vila Velha", "Chairs are made here. Tables too.")
    things.put("tram", "Vila Nova", "A tram with a reading room.")
    things.index()
    _tell()
    assert told[3:] == ["Tables too."]
    assert Meaning.objects.count() == len(set(Passage.objects.values_list("text", flat=True))) == 3


def test_a_job_that_was_killed_goes_on_where_it_was(things: Shelfful, monkeypatch: pytest.MonkeyPatch):
    for number in range(6):
        things.put(f"lamp-{number}", f"Lamp {number}", f"It has {number} bulbs.")
    things.index()
    keep, kept = actions.keep_meanings, []

    def until_killed(index, rows, **more):
        if kept:
            raise KeyboardInterrupt
        kept.extend(rows)
        return keep(index, rows, **more)

    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    monkeypatch.setattr(actions, "keep_meanings", until_killed)
    with pytest.raises(KeyboardInterrupt):
        _tell()
    assert Meaning.objects.count() == 2
    monkeypatch.setattr(actions, "keep_meanings", keep)
    assert _tell() == 0
    assert Meaning.objects.count() == 6
    assert set(kept) <= set(Meaning.objects.values_list("pk", flat=True))


def test_a_turn_ends_in_time_and_says_what_is_left(things: Shelfful):
    _tram(things)
    assert _tell(seconds=0) == 3


def test_the_minute_asks_for_what_is_not_told(things: Shelfful, database_jobs: None):
    _tram(things)
    jobs.follow()
    jobs.follow()
    assert jobs.DBTaskResult.objects.filter(task_path=jobs.tell.module_path).count() == 1


def test_a_new_generation_answers_by_meaning_at_once(things: Shelfful, monkeypatch: pytest.MonkeyPatch):
    _tram(things)
    _tell()
    monkeypatch.setattr(jobs, "FORM", "another")
    things.index()
    assert _tell() == 0
    assert find("straßenbahn reading room").results[0].key == "tram"


def test_a_broken_engine_is_said_once_and_words_answer(
    things: Shelfful, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    _tram(things)
    _tell()
    said: list[str] = []
    monkeypatch.setattr(engine, "log", SimpleNamespace(warning=lambda text, **facts: said.append(facts["error"])))
    settings.MEANING_ENGINE = "creativecities.search.tests.engines.Broken"
    for _time in range(2):
        assert find("reading").results[0].key == "tram"
        assert not find("reading").has_meaning
        assert _tell() == 0
    assert said == ["ValueError: the file is not as it was delivered"]


def test_a_damaged_model_is_not_opened(tmp_path: Path):
    damaged = tmp_path / "e5-small-q4.bin"
    damaged.write_bytes(b"not a model")
    with pytest.raises(ValueError, match="not as it was delivered"):
        engine._as_delivered(damaged)


def test_shipped_meanings_are_taken_before_the_engine_is_asked(things: Shelfful, settings: Any):
    _tram(things)
    texts = list(Passage.objects.values_list("text", flat=True))
    rows = engine.engine().passages(texts)
    digests = [bytes.fromhex(vectors.digest("hash", text)) for text in texts]
    np.savez_compressed(
        settings.MEANINGS_FILE,
        engine=np.array("hash"),
        directions=np.zeros((0, 64), dtype=np.float32),
        digests=np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(len(texts), -1),
        rows=np.frombuffer(b"".join(vectors.packed(rows)), dtype=np.int8).reshape(len(texts), -1),
    )
    said: list[str] = []
    jobs.prepare(said.append)
    freshness.forget()
    assert said == ["Search by meaning: 3 passages ready."]
    assert find("straßenbahn reading room").results[0].key == "tram"


@pytest.mark.parametrize("number", [1, 3])
def test_few_statements(things: Shelfful, number: int):
    for key in range(number):
        things.put(f"lamp-{key}", f"Lamp {key}", "A lamp. A light.")
    things.index()
    _tell()
    find("lamp")
    with CaptureQueriesContext(
        connection,
    ) as statements:
        find("lamp light tram")
    assert len(statements) <= 4


@pytest.mark.parametrize("query", ["x" * 10_000, "\ud800 lamp", "a\0lamp", "😀 lamp", "\u202elamp\u200b"])
def test_bad_input_gets_a_clean_answer(things: Shelfful, query: str):
    things.put("lamp", "Lamp", "A lamp.")
    things.index()
    _tell()
    assert find(query).count in (0, 1)


def test_kept_rows_are_like_what_they_were():
    rows = vectors.unit(np.random.default_rng(1).normal(size=(50, 384)).astype(np.float32))
    again = vectors.unpacked(vectors.packed(rows))
    assert float((rows * again).sum(axis=1).min()) > 0.999


def test_without_the_directions_of_languages_the_same_text_is_the_same():
    chance = np.random.default_rng(1)
    meant = chance.normal(size=(40, 32)).astype(np.float32)
    languages = [meant + 3 * chance.normal(size=32).astype(np.float32) for _each in range(4)]
    directions = vectors.language_directions([np.stack(languages)], most=3)
    first, second = (vectors.unit(vectors.without(directions, rows)) for rows in languages[:2])
    assert (
        float((first * second).sum(axis=1).min())
        > 0.99
        > float((vectors.unit(languages[0]) * vectors.unit(languages[1])).sum(axis=1).mean())
    )


def test_without_an_index_there_is_nothing_to_tell(db: None):
    assert jobs.tell_meanings(seconds=1) == 0
    assert not Index.objects.exists()


def test_meaning_does_not_change_the_order_of_likely_names(things: Shelfful):
    things.put("cali", "Santiago de Cali", "Salsa.")
    things.put("cuba", "Santiago de Cuba", "De cali, de cali.")
    things.index()
    _tell()
    assert find("santaigo de cali").results[0].key == "cali"
