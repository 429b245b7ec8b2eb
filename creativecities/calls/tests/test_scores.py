"""What reviews come to: groups apart, each review by its own rubric, and nothing where there is nothing to say."""

import doctest
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creativecities.calls.compute import scores
from creativecities.calls.compute.scores import Handed

KEYS = ("quality", "relevance")


def rubric(*weights: int, groups: tuple[str, ...] = ("expert", "member-city"), **plan: Any) -> Any:
    criteria = [{"key": key, "weight": weight, "groups": groups} for key, weight in zip(KEYS, weights, strict=False)]
    default = {"scale": 5, "expert_reviews": 2, "member_city_reviews": 2, "quorum": 3, "disagreement": 2}
    return {"criteria": criteria, "evaluation": default | plan}


def handed(group: str, *points: int, version: int = 1, **more: Any) -> Handed:
    return Handed(group, version, dict(zip(KEYS, points, strict=False)), **more)


def of(reviews: list[Handed], definition: Any = None, **versions: Any) -> Any:
    now = definition or rubric(3, 1)
    return scores.result(reviews, {1: now, 2: now, **versions}, now)


reviews = st.builds(
    handed, st.sampled_from(["expert", "member-city"]), st.integers(1, 5), st.integers(1, 5), abstains=st.booleans()
)


@given(st.lists(reviews, max_size=8), st.integers(0, 9), st.integers(0, 9))
def test_means_lie_between_the_lowest_and_the_highest_points(found: list[Handed], first: int, second: int):
    for group in of(found, rubric(first, second)).groups:
        mine = [each for each in found if each.group == group.group and not each.abstains]
        assert group.reviews == len(mine)
        assert (group.total is None) == (not mine or not first + second)
        if group.total:
            given_points = [value for each in mine for value in each.points.values()]
            assert min(given_points) - 1e-9 <= group.total.mean <= max(given_points) + 1e-9
            assert 0 <= group.total.deviation <= group.total.width + 1e-9


@given(st.lists(reviews, max_size=8), st.lists(reviews, max_size=8))
def test_what_one_group_says_changes_nothing_of_what_the_other_says(found: list[Handed], others: list[Handed]):
    experts = [each for each in found if each.group == "expert"]
    cities = [each for each in others if each.group == "member-city"]
    alone, beside = of(experts).groups[0], of(experts + cities).groups[0]
    assert alone == beside


@given(st.lists(reviews, max_size=8), st.integers(1, 50))
def test_weights_count_relative_to_each_other(found: list[Handed], factor: int):
    for one, many in zip(of(found).groups, of(found, rubric(3 * factor, factor)).groups, strict=True):
        assert (one.total is None) == (many.total is None)
        if one.total and many.total:
            assert one.total.mean == pytest.approx(many.total.mean)


@given(st.dictionaries(st.text(max_size=3), st.none() | st.floats(1, 5), max_size=9))
def test_places_follow_the_means_and_a_tie_shares_its_place(means: dict[str, float | None]):
    rows = scores.ranked(means)
    assert {key for _place, key, _mean in rows} == {key for key, mean in means.items() if mean is not None}
    for place, _key, mean in rows:
        assert place == 1 + sum(scores.shown(other) > scores.shown(mean) for _p, _k, other in rows)


def test_what_reads_alike_shares_a_place():
    assert [place for place, *_rest in scores.ranked({"a": 2.13, "b": 2.125, "c": 2.12})] == [1, 1, 3]


def test_weights_that_sum_to_nothing_give_no_mean_and_no_fault():
    [experts, _cities] = of([handed("expert", 4, 2)], rubric(0, 0)).groups
    assert experts.total is None
    assert [each.spread.mean for each in experts.versions[0].criteria] == [4, 2]


def test_two_who_are_as_far_apart_as_the_call_says_disagree():
    near = [handed("expert", 3, 3), handed("expert", 4, 3)]
    far = [handed("expert", 3, 5), handed("expert", 3, 3)]
    assert (of(near).disagrees, of(far).disagrees) == (False, True)
    assert of(far, rubric(3, 1, disagreement=3)).disagrees is False
    assert of([handed("expert", 1, 1), handed("member-city", 5, 5)]).disagrees is False  # groups are not compared


def test_who_abstains_is_not_missing_from_the_answers_but_counts_for_no_quorum():
    found = of([handed("expert", 3, 3), handed("expert", abstains=True), handed("member-city", 3, 3)])
    assert [(each.reviews, each.abstained, each.missing) for each in found.groups] == [(1, 1, 1), (1, 0, 1)]
    assert found.has_quorum is False
    assert of([handed("expert", 3, 3)] * 3).has_quorum is True


def test_each_review_counts_by_the_rubric_it_was_written_for():
    old, new = rubric(1, 0), rubric(0, 1)
    found = [handed("expert", 5, 1), handed("expert", 5, 1, version=2)]
    [experts, _cities] = scores.result(found, {1: old, 2: new}, new).groups
    assert experts.total is not None
    assert experts.total.values == (5, 1)
    assert [(each.version, each.reviews) for each in experts.versions] == [(1, 1), (2, 1)]


def test_the_examples_of_the_module_hold():
    assert doctest.testmod(scores).failed == 0
