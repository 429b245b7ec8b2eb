"""The plan of who reads what: no conflict and no limit is ever passed, and nothing better is possible."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from creativecities.calls.compute.assigning import EMPTY, File, Plan, Reader, Task, best, greedy

FIELDS, LANGUAGES, REGIONS = ("design", "music"), ("en", "fr"), ("east", "west", "south")
some = st.frozensets


def files_of(number: int, draw: Any) -> list[File]:
    return [
        File(key, draw(st.sampled_from(FIELDS)), draw(st.sampled_from(LANGUAGES))) for key in range(number)
    ]  # fmt: skip


@st.composite
def tasks(draw: Any) -> Task:
    files = files_of(draw(st.integers(1, 5)), draw)
    readers = [
        Reader(
            100 + number, draw(st.sampled_from(("expert", "member-city"))),
            draw(some(st.sampled_from(FIELDS), min_size=1)), draw(some(st.sampled_from(LANGUAGES), min_size=1)),
            draw(st.sampled_from(REGIONS)), draw(st.integers(0, 3)), draw(st.sampled_from((None, 1, 2))),
        )
        for number in range(draw(st.integers(0, 7)))
    ]  # fmt: skip
    pairs = [(file.key, reader.key) for file in files for reader in readers]
    several = st.lists(st.sampled_from(pairs), unique=True, max_size=8) if pairs else st.just([])
    wanted = {"expert": draw(st.integers(0, 3)), "member-city": draw(st.integers(0, 2))}
    return Task(files, readers, wanted, draw(several), draw(several), draw(several))


def assert_sound(task: Task, plan: Plan) -> None:
    files, readers = ({each.key: each for each in some} for some in (task.files, task.readers))
    kept, load, places = set(task.kept), Counter(task.load), Counter[Any]()
    for file, reader in plan.pairs:
        assert (file, reader) not in {*task.conflicts, *task.given_back} | kept
        assert files[file].language in readers[reader].languages
        assert readers[reader].group == "expert" or files[file].field in readers[reader].fields
        load[reader] += 1
        places[file, readers[reader].group] += 1
    for key, reader in readers.items():
        assert load[key] <= max(reader.most, task.load[key])
    for file in task.files:
        for group in task.wanted:
            lacking = sum(each.missing for each in plan.short if (each.file, each.group) == (file.key, group))
            assert places[file.key, group] + lacking == task.missing(file, group)
    for file in task.files:
        given = [readers[reader] for key, reader in plan.pairs if key == file.key]
        there = [each.body for each in (*given, *task.kept_by_file.get(file.key, ())) if each.body is not None]
        new = [each.body for each in given if each.body is not None]
        assert all(there.count(body) == 1 for body in new)


@given(tasks())
def test_no_conflict_is_ever_assigned_and_every_limit_is_kept_in_both_ways(task: Task):
    for way in (best, greedy):
        assert_sound(task, way(task))


@given(tasks())
def test_the_best_plan_reaches_its_bound_and_is_never_worse_than_the_simple_one(task: Task):
    plan, simple = best(task), greedy(task)
    assert plan.gap <= 1e-3
    assert plan.value >= simple.value - 1e-6 * abs(simple.value) - 1e-4


def reader(key: int, **facts: Any) -> Reader:
    given = {
        "group": "expert", "fields": frozenset({"design"}), "languages": frozenset({"en"}), "region": "east", "most": 9
    }  # fmt: skip
    return Reader(key, **{**given, **facts})


def test_a_place_that_stays_empty_says_what_stands_against_each_reviewer():
    task = Task(
        [File(1, "design", "en"), File(2, "design", "en")],
        [reader(10), reader(11, languages=frozenset({"fr"})), reader(12, most=1), reader(13)],
        {"expert": 3}, conflicts=[(1, 10)], given_back=[(1, 13)],
    )  # fmt: skip
    plan = best(task)
    assert {each.file: (each.missing, each.causes) for each in plan.short} == {
        1: (2, {"conflict": 1, "language": 1, "given-back": 1}), 2: (1, {"language": 1, "full": 1}),
    }  # fmt: skip
    assert plan.value < -2 * EMPTY


def test_field_regions_and_fair_loads_decide_in_this_order():
    file = File(1, "design", "en")
    others = [reader(10, fields=frozenset({"music"}), region="west"), reader(11), reader(12)]
    assert set(best(Task([file], others, {"expert": 1})).pairs) <= {(1, 11), (1, 12)}
    spread = [reader(10), reader(11), reader(12, region="west")]
    assert (1, 12) in best(Task([file], spread, {"expert": 2})).pairs
    many = [File(key, "design", "en") for key in range(6)]
    load = Counter(key for _file, key in best(Task(many, [reader(10), reader(11), reader(12)], {"expert": 1})).pairs)
    assert set(load.values()) == {2}


def test_a_run_beside_what_is_kept_fills_only_what_is_missing():
    file, readers = File(1, "design", "en"), [reader(10), reader(11), reader(12)]
    plan = best(Task([file], readers, {"expert": 2}, kept=[(1, 10)]))
    assert len(plan.pairs) == 1
    assert (1, 10) not in plan.pairs
    assert best(Task([file], readers, {"expert": 1}, kept=[(1, 10)])).pairs == {}
