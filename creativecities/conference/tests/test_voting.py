"""Counting: whoever counts the same ballots gets the same result."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creativecities.conference.compute import voting

pytestmark = pytest.mark.apart
BIDS = ["amber", "birch", "cedar", "delta"]
ranked = st.lists(st.lists(st.sampled_from(BIDS), unique=True, max_size=4), max_size=30)
methods = st.sampled_from(voting.METHODS)


def fitting(method: str, ballots: list[list[str]]) -> list[list[str]]:
    return [ballot[:1] if method == voting.PLURALITY else ballot for ballot in ballots]


@given(methods, ranked, st.randoms(use_true_random=False), st.text(max_size=8))
def test_the_order_of_ballots_and_bids_does_not_matter(
    method: str, ballots: list[list[str]], chance: random.Random, seed: str
):
    ballots = fitting(method, ballots)
    again, bids = ballots[:], BIDS[:]
    chance.shuffle(again)
    chance.shuffle(bids)
    assert voting.count(method, ballots, BIDS, seed) == voting.count(method, again, bids, seed)


@given(methods, ranked)
def test_a_majority_of_first_preferences_always_wins(method: str, ballots: list[list[str]]):
    ballots = fitting(method, ballots)
    firsts = [["amber"]] * (len(ballots) + 1)
    assert "amber" in voting.count(method, ballots + firsts, BIDS, "s").leaders


@given(methods, ranked)
def test_no_vote_is_lost_and_none_made(method: str, ballots: list[list[str]]):
    ballots = fitting(method, ballots)
    found = voting.count(method, ballots, BIDS, "s")
    cast = [ballot for ballot in ballots if ballot]
    assert found.abstentions == len(ballots) - len(cast)
    expected = sum(map(len, cast)) if method == voting.APPROVAL else len(cast)
    assert sum(found.rounds[0].values()) == expected
    for before, after in zip(found.rounds, found.rounds[1:], strict=False):
        assert len(after) == len(before) - 1
        assert sum(after.values()) <= sum(before.values())


@given(ranked, st.sampled_from(BIDS))
def test_one_more_first_preference_never_makes_a_plurality_winner_lose(ballots: list[list[str]], bid: str):
    ballots = fitting(voting.PLURALITY, ballots)
    before = voting.count(voting.PLURALITY, ballots, BIDS, "s").leaders
    after = voting.count(voting.PLURALITY, [*ballots, [bid]], BIDS, "s").leaders
    assert bid not in before or after == [bid]


def test_instant_run_off_passes_votes_on():
    ballots = [["amber"]] * 4 + [["birch", "cedar"]] * 3 + [["cedar", "birch"]] * 2
    found = voting.count(voting.RANKING, ballots, ["amber", "birch", "cedar"], "s")
    assert found.rounds == [{"amber": 4, "birch": 3, "cedar": 2}, {"amber": 4, "birch": 5}]
    assert found.leaders == ["birch"]


def test_of_two_last_ones_the_earlier_rounds_decide_then_the_seed():
    ballots = [["amber"]] * 5 + [["birch"]] * 2 + [["cedar"]] * 2
    outcomes = {
        tuple(voting.count(voting.RANKING, ballots, ["amber", "birch", "cedar"], str(seed)).rounds[-1])
        for seed in range(20)
    }
    assert outcomes == {("amber", "birch", "cedar")}  # amber has the majority at once
    ballots = [["amber"]] * 3 + [["birch"]] * 2 + [["cedar"]] * 2
    outcomes = {
        tuple(voting.count(voting.RANKING, ballots, ["amber", "birch", "cedar"], str(seed)).rounds[1])
        for seed in range(20)
    }
    assert outcomes == {("amber", "birch"), ("amber", "cedar")}


@pytest.mark.parametrize("method", voting.METHODS)
def test_a_tie_stays_one_and_no_ballot_gives_no_leader(method: str):
    assert voting.count(method, [["amber"], ["birch"]], ["amber", "birch"], "s").leaders == ["amber", "birch"]
    assert voting.count(method, [[], []], ["amber", "birch"], "s").leaders == []


def test_a_ballot_names_bids_that_stand_each_once():
    assert voting.fault(voting.RANKING, ["amber", "birch"], BIDS) == ""
    assert voting.fault(voting.RANKING, ["amber", "amber"], BIDS) == "twice"
    assert voting.fault(voting.APPROVAL, ["elsewhere"], BIDS) == "unknown"
    assert voting.fault(voting.PLURALITY, ["amber", "birch"], BIDS) == "too-many"
    assert voting.fault(voting.PLURALITY, [], BIDS) == ""


def test_the_lot_falls_by_the_seed_alone():
    assert voting.draw("seed", BIDS) == voting.draw("seed", reversed(BIDS))
    assert {voting.draw(str(seed), BIDS) for seed in range(60)} == set(BIDS)


def test_the_fingerprint_changes_with_any_ballot():
    one = voting.digest({"b": ["amber"], "a": []})
    assert one == voting.digest({"a": [], "b": ["amber"]})
    assert one != voting.digest({"a": ["amber"], "b": []})


def test_the_quorum_is_a_part_of_the_members():
    assert voting.has_quorum(5, 10, 50)
    assert not voting.has_quorum(4, 10, 50)
    assert not voting.has_quorum(0, 0, 0)
