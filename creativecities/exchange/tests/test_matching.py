"""Matching, on cases small enough to be reckoned by hand, and on a network as large as it may become."""

import time
from collections import Counter

import numpy as np
import pytest

from creativecities.exchange.compute.matching import City, Network

WEIGHTS = {"topics": 3.0, "field": 1.0, "language": 1.0, "new": 1.0, "aims": 1.0, "reach": 2.0}


def best(network: Network, key: int = 1, **how) -> list[int]:
    return [each.partner for each in network.best(key, 10, **how)]


class TestScore:
    def test_each_signal_is_what_was_reckoned_by_hand(self):
        one = City(1, "design", frozenset({"pt"}), challenges={"work": 4, "water": 1}, aims=frozenset({"O1", "5"}))
        other = City(
            2, "music", frozenset({"pt", "en"}), expertise={"work": 5}, aims=frozenset({"5"}), is_developing=True
        )
        network = Network([one, other], WEIGHTS, complementary=[frozenset({"design", "music"})])
        found = network.best(1, 5)[0]
        signals = {name: round(value, 4) for name, (value, _weight) in found.parts.items()}
        assert signals == {
            "topics": 0.8,  # (4/5 × 5/5 + 1/5 × 0) / (4/5 + 1/5)
            "challenges": 0.0, "field": 0.6, "language": 1.0, "aims": 0.7071, "meaning": 0.0, "new": 1.0,
            "capacity": 1.0, "reach": 0.85,  # 0.5 without any tie, and 0.5 × 0.7
        }  # fmt: skip
        assert found.score == pytest.approx(3 * 0.8 + 0.6 + 1 + 0.7071 + 1 + 2 * 0.85, abs=1e-3)

    def test_who_knows_more_of_what_is_needed_comes_first(self):
        seeker = City(1, "design", challenges={"water": 5})
        beginner, master = City(2, "design", expertise={"water": 2}), City(3, "design", expertise={"water": 5})
        network = Network([seeker, beginner, master], WEIGHTS)
        assert best(network) == [3, 2]

    def test_reach_lifts_and_can_be_switched_off(self):
        busy = City(2, "design", partners=frozenset(range(10, 30)))
        far = City(3, "music", is_ldc=True)
        network = Network([City(1, "design"), busy, far], WEIGHTS)
        assert best(network) == [3, 2]
        assert best(network, reach=False) == [2, 3]
        assert "reach" not in network.best(1, 1, reach=False)[0].parts

    def test_partners_of_old_come_after_new_ones(self):
        network = Network([City(1, "design", partners=frozenset({2})), City(2, "design"), City(3, "design")], WEIGHTS)
        assert best(network) == [3, 2]

    def test_meaning_counts_where_it_is_known(self):
        cities = [
            City(1, "film", vector=[1, 0]),
            City(2, "film", vector=[0, 2]),
            City(3, "film", vector=[3, 0]),
            City(4, "film"),
        ]
        assert best(Network(cities, {"meaning": 1.0})) == [3, 2, 4]

    def test_who_is_excluded_is_never_suggested(self):
        network = Network([City(1, "a"), City(2, "a"), City(3, "a")], WEIGHTS, excluded=[(1, 2), (1, 99)])
        assert best(network) == [3]
        assert network.everybody(2)[1] == [3]
        assert best(network, 2) == [1, 3]

    def test_a_further_signal_counts_with_its_weight(self):
        both_there = np.zeros((3, 3), dtype=np.float32)
        both_there[0, 2] = 1
        network = Network([City(1, "a"), City(2, "a"), City(3, "a")], WEIGHTS | {"there": 1.0},
                          further={"there": lambda keys: both_there})  # fmt: skip
        assert best(network) == [3, 2]

    @pytest.mark.parametrize("cities", [[], [City(1, "design")]])
    def test_a_network_of_none_or_one_has_nobody_to_suggest(self, cities):
        network = Network(cities, WEIGHTS)
        assert all(not partners for partners in network.everybody(5).values())


def invented(number: int) -> list[City]:
    """Cities with facts spread by their number; the first tenth would please everybody most."""
    topics = [f"t{each}" for each in range(20)]
    return [
        City(
            key,
            field=f"f{key % 8}",
            languages=frozenset({f"l{key % 30}", "en"} if key % 3 else {f"l{key % 30}"}),
            challenges={topics[key % 20]: 5, topics[(key * 7) % 20]: 3},
            expertise=dict.fromkeys(topics, 5) if key < number / 10 else {topics[(key * 3) % 20]: 4},
            aims=frozenset({str(key % 17), f"O{key % 6}"}),
            is_developing=key % 2 == 0,
        )
        for key in range(number)
    ]


class TestEverybody:
    def test_all_are_served_and_nobody_is_suggested_to_death(self):
        network = Network(invented(405), WEIGHTS)
        given = network.everybody(5)
        load = Counter(partner for partners in given.values() for partner in partners)
        assert {len(set(partners)) for partners in given.values()} == {5}
        assert max(load.values()) == 10
        assert all(key not in partners for key, partners in given.items())

    def test_the_same_facts_give_the_same_suggestions(self):
        assert Network(invented(120), WEIGHTS).everybody(5) == Network(invented(120), WEIGHTS).everybody(5)

    def test_without_a_limit_the_pass_is_what_each_is_told_alone(self):
        network = Network(invented(60), WEIGHTS)
        given = network.everybody(3, most=60)
        assert all([each.partner for each in network.best(key, 3)] == partners for key, partners in given.items())

    def test_the_whole_network_is_served_in_time(self):
        begun = time.perf_counter()
        network = Network(invented(405), WEIGHTS)
        network.everybody(5)
        assert time.perf_counter() - begun < 2
        begun = time.perf_counter()
        network.best(7, 10)
        assert time.perf_counter() - begun < 0.05
