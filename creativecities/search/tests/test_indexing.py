"""The index follows what slices give, and is never without an answer."""

import pytest

from creativecities.core import freshness
from creativecities.search import actions, jobs
from creativecities.search.models import Entry, Index
from creativecities.search.queries import find

from .conftest import Shelfful


def _form(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setattr(jobs, "FORM", form)


def test_only_what_changed_is_written(things: Shelfful):
    things.put("one", "Lamp")
    things.put("two", "Chair")
    assert things.index() == 2
    assert things.index() == 0
    kept = Entry.objects.get(key="two").pk
    things.put("one", "Lantern")
    assert things.index() == 1
    assert (find("lamp").count, find("lantern").count) == (0, 1)
    assert Entry.objects.get(key="two").pk == kept


def test_what_is_gone_is_found_no_longer(things: Shelfful):
    things.put("one", "Lamp")
    things.index()
    del things.documents["one"]
    things.index()
    assert find("lamp").count == 0
    assert not Entry.objects.exists()


def test_a_job_that_was_killed_goes_on_where_it_was(things: Shelfful, monkeypatch: pytest.MonkeyPatch):
    for number in range(10):
        things.put(f"lamp-{number}", f"Lamp {number}")
    write, written = actions.write, []

    def until_killed(index, documents, **more):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(documents)
        return write(index, documents, **more)

    monkeypatch.setattr(actions, "BATCH", 3)
    monkeypatch.setattr(actions, "write", until_killed)
    with pytest.raises(KeyboardInterrupt):
        things.index()
    half = Index.objects.get()
    assert (half.state, half.done) == (Index.BUILDING, 6)
    assert not find("lamp").is_ready, "half an index does not answer"
    monkeypatch.setattr(actions, "write", write)
    assert things.index() == 4
    assert find("lamp").count == 10
    assert Index.objects.get().state == Index.CURRENT


def test_the_old_index_answers_until_the_new_one_is_whole(things: Shelfful, monkeypatch: pytest.MonkeyPatch):
    things.put("one", "Lamp")
    things.index()
    seen = []
    take_over = actions.take_over

    def watched(index, **more):
        seen.append(find("lamp").count)
        return take_over(index, **more)

    monkeypatch.setattr(actions, "take_over", watched)
    _form(monkeypatch, "another")
    assert things.index() == 1
    assert seen == [1]
    assert find("lamp").count == 1
    assert Index.objects.get().form == "another"
    assert Entry.objects.count() == 1


def test_the_minute_asks_for_a_job_only_after_a_write(things: Shelfful, monkeypatch: pytest.MonkeyPatch):
    asked = []
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "bring_up_to_date", lambda: asked.append(1) or 0)
        jobs.follow()
    assert asked == [1], "there is no index yet"
    things.put("one", "Lamp")
    things.index()
    things.index()  # the first one wrote itself
    assert not jobs._is_behind()
    freshness.raise_generation()
    freshness.forget()
    assert jobs._is_behind()


def test_the_first_index_is_made_before_the_site_is_served(things: Shelfful):
    things.put("one", "Lamp")
    said: list[str] = []
    jobs.prepare(said.append)
    assert said == ["Search index: 1 documents written."]
    assert find("lamp").count == 1


def test_a_new_worker_sees_a_change_at_once(things: Shelfful):
    things.put("one", "Lamp")
    things.index()
    assert find("lamp").count == 1
    things.put("two", "Lamp too")
    things.index()
    assert find("lamp").count == 2
