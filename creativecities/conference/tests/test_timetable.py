"""The timetable of meetings: no limit is ever passed, nobody is left out who need not be, and what stands stays."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creativecities.conference.compute import placing, timetable
from creativecities.conference.compute.timetable import Meeting, Pair, Slot, Task, Team, Timetable, Wish

pytestmark = pytest.mark.apart

LANGUAGES = ("en", "fr")
some = st.frozensets


@pytest.fixture
def two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small ones worked out as large ones are."""
    monkeypatch.setattr(placing, "AT_ONCE", 0)


@st.composite
def tasks(draw: Any, teams: int = 5, slots: int = 4) -> Task:
    times = [
        Slot(key, draw(st.integers(0, 2)), draw(st.integers(0, 1)), draw(st.sampled_from((False, False, True))))
        for key in range(1, draw(st.integers(1, slots)) + 1)
    ]
    keys = st.sampled_from([each.key for each in times])
    sent = [
        Team(
            key, draw(some(keys)), draw(st.sampled_from((1, 1, 1, 2))), draw(some(st.sampled_from(LANGUAGES))),
            draw(some(st.sampled_from(LANGUAGES))), draw(some(keys)),
        )
        for key in range(1, draw(st.integers(2, teams)) + 1)
    ]  # fmt: skip
    pairs = [(one.key, other.key) for one in sent for other in sent if one.key < other.key]
    asked = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=5))
    back = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=2))
    wishes = [Wish(*two, weight=draw(st.sampled_from((0.5, 1.0)))) for two in asked]
    wishes += [Wish(two[1], two[0]) for two in back]
    suggested = {two: 0.5 for two in draw(st.lists(st.sampled_from(pairs), max_size=2))}
    present = [
        Meeting(two, draw(keys), draw(st.integers(1, 2)), draw(st.booleans()))
        for two in draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3))
    ]
    return Task(times, sent, wishes, suggested, draw(st.integers(1, 2)), present)


def is_sound(task: Task, placed: dict[Pair, int]) -> bool:
    """Told anew, without the code that plans: whether these meetings may be held together."""
    at, used = Counter((key, slot) for two, slot in placed.items() for key in two), Counter(placed.values())
    spoken = Counter((task.interpreter(two, slot), slot) for two, slot in placed.items())
    limits = {each.key: each.tables for each in task.slots if not each.is_pause}
    teams = {each.key: each for each in task.teams}
    return (
        all(number <= limits.get(slot, 0) for slot, number in used.items())
        and all(slot in teams[key].free and number <= teams[key].parallel for (key, slot), number in at.items())
        and all(number <= voices(task, who, slot) for (who, slot), number in spoken.items() if who is not None)
        and all(sum(number <= 0 for number in run) or not run for run in unrested(task, at))
    )


def voices(task: Task, who: int, slot: int) -> int:
    return 1 if who else next(each.interpreters for each in task.slots if each.key == slot)


def unrested(task: Task, at: Counter[Any]) -> Iterator[list[int]]:
    """How often each team could still rest in each run of slots that is longer than it may be busy; never 0 may be."""
    runs: list[list[int]] = [[]]
    for slot in task.slots:
        if slot.is_pause:
            runs.append([])
        else:
            runs[-1].append(slot.key)
    for team in task.teams:
        for run in runs:
            for begin in range(len(run) - task.in_row):
                window = run[begin : begin + task.in_row + 1]
                yield [sum(at[team.key, slot] for slot in window) - task.in_row * team.parallel]


def every_way(task: Task) -> Iterator[dict[Pair, int]]:
    """All sets of meetings that could be held."""
    pairs = list(task.open)

    def extended(placed: dict[Pair, int], rest: list[Pair]) -> Iterator[dict[Pair, int]]:
        if not rest:
            yield placed
            return
        yield from extended(placed, rest[1:])
        for slot in task.open[rest[0]]:
            more = {**placed, rest[0]: slot}
            if is_sound(task, more):
                yield from extended(more, rest[1:])

    return extended({}, pairs)


def times(found: Timetable) -> dict[Pair, int]:
    assert len({each.pair for each in found.meetings}) == len(found.meetings)
    return {each.pair: each.slot for each in found.meetings}


def assert_stands(task: Task, found: Timetable) -> None:
    assert is_sound(task, times(found))
    places = [(each.slot, each.table) for each in found.meetings]
    assert len(set(places)) == len(places)
    assert all(1 <= table <= task.tables[slot] for slot, table in places)
    wished = {timetable.pair(each.of, each.whom) for each in task.wishes if each.of != each.whom}
    assert set(found.waiting) == wished - set(times(found))
    assert found.value <= found.bound + 1e-4
    assert {each.before for each in found.changes} - {None} == set(task.present)
    assert {each.after for each in found.changes} - {None} == set(found.meetings)


@settings(max_examples=40)
@given(tasks())
def test_a_small_timetable_is_the_best_of_all_there_are(task: Task) -> None:
    found = placing.best(task)
    assert_stands(task, found)
    best = max(timetable.value(task, placed) for placed in every_way(task))
    assert found.value == pytest.approx(best, abs=1e-3)
    assert found.value == pytest.approx(found.bound, abs=1e-2)
    assert best <= placing.bound(task) + 1e-4


@settings(max_examples=40)
@given(tasks(teams=9, slots=6))
def test_two_slots_at_a_time_pass_no_limit_and_leave_nobody_without_who_need_not_be(task: Task) -> None:
    exact = placing.best(task)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "AT_ONCE", 0)
        found = placing.best(task)
    assert_stands(task, found)
    assert len(found.without) == len(exact.without)


@settings(max_examples=40)
@given(st.integers(2, 9), st.data())
def test_in_one_slot_as_many_have_a_meeting_as_a_greatest_matching_joins(number: int, data: Any) -> None:
    pairs = [(one, other) for one in range(1, number + 1) for other in range(one + 1, number + 1)]
    wished = data.draw(st.lists(st.sampled_from(pairs), unique=True))
    teams = [Team(key, frozenset({1})) for key in range(1, number + 1)]
    found = placing.best(Task([Slot(1, number)], teams, [Wish(*two) for two in wished]))
    assert len(found.meetings) == len(nx.max_weight_matching(nx.Graph(wished), maxcardinality=True))


def test_with_time_enough_nobody_who_wishes_or_is_wished_is_left_without() -> None:
    graph = nx.gnm_random_graph(30, 45, seed=7)
    slots = range(1, 31)
    teams = [Team(key + 1, frozenset(slots)) for key in graph]
    wishes = [Wish(one + 1, other + 1) for one, other in graph.edges]
    found = placing.best(Task([Slot(each, 9) for each in slots], teams, wishes, in_row=30))
    assert {key - 1 for key in found.without} == set(nx.isolates(graph))
    assert not found.waiting


def fair(*, tables: int = 1, slots: int = 2, teams: int = 3, wishes: Any = ((1, 2), (1, 3)), **facts: Any) -> Task:
    """Delegations that are always free, in slots that follow each other."""
    keys = range(1, slots + 1)
    given = {"in_row": 9, **facts}
    return Task(
        [Slot(key, tables) for key in keys], [Team(key, frozenset(keys)) for key in range(1, teams + 1)],
        [Wish(*each) for each in wishes], **given,
    )  # fmt: skip


def among(task: Task, key: int, **facts: Any) -> Task:
    """The same with one delegation otherwise."""
    return replace(task, teams=[replace(each, **facts) if each.key == key else each for each in task.teams])


def test_a_first_meeting_comes_before_a_wish_of_both_and_that_before_a_wish_of_one() -> None:
    both = ((1, 2), (2, 1), (1, 3), (2, 3))
    assert set(times(placing.best(fair(slots=1, wishes=both)))) == {(1, 2)}
    two = placing.best(fair(slots=2, teams=4, wishes=(*both, (3, 4))))
    assert set(times(two)) == {(1, 2), (3, 4)}


def test_what_is_suggested_fills_what_nobody_wishes() -> None:
    found = placing.best(fair(teams=4, tables=2, slots=1, wishes=[(1, 2)], suggestions={(3, 4): 0.1}))
    assert set(times(found)) == {(1, 2), (3, 4)}


def test_nobody_meets_more_often_in_a_row_than_is_said_unless_there_is_a_pause() -> None:
    task = fair(slots=3, teams=4, wishes=((1, 2), (1, 3), (1, 4)), in_row=2)
    found = placing.best(task)
    assert len(found.meetings) == 2
    assert set(found.waiting.values()) == {timetable.NO_REST}
    rested = replace(task, slots=[*task.slots[:2], Slot(9, 0, is_pause=True), task.slots[2]])
    assert len(placing.best(rested).meetings) == 3


def test_who_comes_with_more_people_sits_at_more_tables() -> None:
    task = among(fair(slots=1, tables=2), 1, parallel=2)
    assert len(placing.best(task).meetings) == 2


def test_without_a_common_language_somebody_interprets_or_there_is_no_meeting() -> None:
    task = among(among(fair(wishes=[(1, 2)]), 1, languages=frozenset({"ar"})), 2, languages=frozenset({"en"}))
    assert placing.best(task).waiting == {(1, 2): timetable.NO_INTERPRETER}
    own = among(task, 1, interpreted=frozenset({"en"}), interpreting=frozenset({2}))
    assert times(placing.best(own)) == {(1, 2): 2}
    house = replace(task, slots=[replace(each, interpreters=1) if each.key == 1 else each for each in task.slots])
    assert times(placing.best(house)) == {(1, 2): 1}


def test_who_waits_is_told_why() -> None:
    assert placing.best(fair(slots=1)).waiting.popitem()[1] == timetable.FULL
    tables = fair(slots=1, teams=4, wishes=((1, 2), (3, 4)))
    assert placing.best(tables).waiting.popitem()[1] == timetable.NO_TABLE
    never = among(fair(wishes=[(1, 2)]), 1, free=frozenset({1}))
    assert placing.best(among(never, 2, free=frozenset({2}))).waiting == {(1, 2): timetable.NO_SLOT}
    assert placing.best(fair(wishes=[(1, 8)])).waiting == {(1, 8): timetable.GONE}


def announced(task: Task) -> Task:
    found = placing.best(task)
    return replace(task, present=[replace(each, is_announced=True) for each in found.meetings])


def kinds(found: Timetable) -> Counter[str]:
    return Counter(each.kind for each in found.changes)


WISHES = ((1, 2), (3, 4), (1, 3), (2, 4), (5, 6), (1, 5), (2, 6))


@pytest.mark.usefixtures("two_at_a_time")
def test_without_a_change_everything_stays_where_it_is() -> None:
    task = announced(fair(tables=3, slots=4, teams=6, wishes=WISHES))
    found = placing.best(task)
    assert kinds(found) == {timetable.KEPT: len(WISHES)}
    assert found.meetings == sorted(task.present, key=lambda each: (each.slot, each.pair))


@pytest.mark.usefixtures("two_at_a_time")
def test_a_delegation_that_leaves_takes_its_own_meetings_along_and_no_other() -> None:
    task = announced(fair(tables=3, slots=4, teams=6, wishes=WISHES))
    found = placing.best(replace(task, teams=[each for each in task.teams if each.key != 1]))
    assert kinds(found) == {timetable.KEPT: 4, timetable.CANCELLED: 3}
    assert {each.reason for each in found.changes if each.kind == timetable.CANCELLED} == {timetable.GONE}


@pytest.mark.usefixtures("two_at_a_time")
def test_a_table_fewer_moves_one_meeting_and_a_slot_that_goes_moves_its_own() -> None:
    task = announced(fair(tables=3, slots=5, teams=6, wishes=WISHES))
    fullest, number = Counter(each.slot for each in task.present).most_common(1)[0]
    fewer = [replace(each, tables=number - 1) if each.key == fullest else each for each in task.slots]
    assert kinds(placing.best(replace(task, slots=fewer))) == {timetable.KEPT: len(WISHES) - 1, timetable.MOVED: 1}
    gone = [each for each in task.slots if each.key != fullest]
    assert kinds(placing.best(replace(task, slots=gone)))[timetable.KEPT] == len(WISHES) - number


def test_what_was_announced_stays_before_what_was_only_planned() -> None:
    task = fair(slots=1, teams=4, wishes=((1, 2), (2, 1), (3, 4)))
    present = [Meeting((1, 2), 1, 1), Meeting((3, 4), 1, 2, is_announced=True)]
    found = placing.best(replace(task, present=present))
    assert set(times(found)) == {(3, 4)}
    assert {each.kind for each in found.changes} == {timetable.CANCELLED, timetable.MOVED}


def test_somebody_new_is_given_a_first_meeting_though_one_that_was_announced_has_to_move() -> None:
    task = announced(fair(slots=2, teams=2, wishes=[(1, 2)], tables=2))
    (only,) = task.present
    comes = Team(3, frozenset({only.slot}))
    found = placing.best(replace(task, teams=[*task.teams, comes], wishes=[*task.wishes, Wish(3, 1)]))
    assert kinds(found) == {timetable.MOVED: 1, timetable.NEW: 1}
    assert not found.without


def test_a_wish_that_was_taken_back_takes_its_meeting_along() -> None:
    task = announced(fair(wishes=[(1, 2)]))
    (change,) = placing.best(replace(task, wishes=[])).changes
    assert (change.kind, change.reason) == (timetable.CANCELLED, timetable.WITHDRAWN)


def test_the_same_is_planned_in_whatever_order_it_is_asked() -> None:
    task = fair(tables=2, slots=4, teams=6, wishes=WISHES)
    turned = replace(task, teams=task.teams[::-1], wishes=task.wishes[::-1])
    assert placing.best(task).meetings == placing.best(turned).meetings == placing.best(task).meetings
