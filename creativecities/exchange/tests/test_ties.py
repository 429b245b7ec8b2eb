"""Ties and the figures of a network, against what was counted by hand."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.core import days, freshness
from creativecities.exchange import actions, states
from creativecities.exchange.compute import health as compute
from creativecities.exchange.compute.ties import Answer, Told, narrowed, ties
from creativecities.exchange.queries import ties as queries
from creativecities.exchange.tests.factories import initiative, year
from creativecities.exchange.tests.knit import DAY, MEMBERS, PARTS, city, health
from creativecities.network.models import City
from creativecities.network.tests import team
from creativecities.network.tests.factories import member


def said(found) -> list[str]:
    return [f"{tie.one.name}{tie.other.name}" for tie in found]


class TestTies:
    def test_both_ways_are_one_tie_and_the_strongest_comes_first(self):
        found = health().ties
        assert said(found) == ["AB", "AC", "BC", "CD", "DE"]
        assert [tie.weight for tie in found] == [2, 1, 1, 1, 1]
        assert [tie.is_confirmed for tie in found] == [True, False, False, False, False]

    def test_a_tie_begins_when_both_are_members(self):
        late = MEMBERS | {2: city("B", joined_on=dt.date(2017, 10, 30))}
        assert ties(PARTS, late, DAY, is_today=True)[0].since == dt.date(2017, 10, 30)
        assert health().ties[0].since == dt.date(2015, 1, 1)
        assert health().ties[-1].since is None

    @pytest.mark.parametrize(
        ("day", "there"), [("2014-12-31", []), ("2015-01-01", ["AB"]), ("2020-12-31", ["AB", "AC", "BC"])]
    )
    def test_of_an_earlier_day_only_what_had_begun(self, day, there):
        assert said(health(day=dt.date.fromisoformat(day), is_today=False).ties) == there

    def test_without_a_year_it_counts_in_the_present_only(self):
        assert "DE" not in said(health(is_today=False).ties)

    def test_who_is_no_member_has_no_tie(self):
        there = {key: each for key, each in MEMBERS.items() if each.name != "C"}
        assert said(ties(PARTS, there, DAY, is_today=True)) == ["AB", "DE"]

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"region": "africa"}, ["AB", "AC", "BC", "CD"]),
            ({"region": "africa~europe"}, ["CD"]),
            ({"region": "africa~africa"}, ["AB", "AC", "BC"]),
            ({"development": "developed~developing"}, ["AC", "BC", "CD", "DE"]),
            ({"group": "ldc"}, ["DE"]),
            ({"fields": "two"}, ["AC", "BC"]),
            ({"fields": "one", "city": "d"}, ["CD", "DE"]),
            ({"state": "confirmed"}, ["AB"]),
            ({"year": "2020"}, ["AC", "BC"]),
            ({"year": "unknown"}, ["DE"]),
            ({"city": "nobody"}, []),
        ],
    )
    def test_each_value_narrows(self, asked, found):
        assert said(narrowed(health().ties, asked)) == found


class TestAsOf:
    def told(self, state: str, *answers: tuple[str, str], public_on: str = "") -> Told:
        said = [Answer(dt.date.fromisoformat(on), before) for on, before in answers]
        return Told(PARTS[0], state, said, dt.date.fromisoformat(public_on) if public_on else None)

    @pytest.mark.parametrize(
        ("state", "answers", "then", "now"),
        [
            ("named", [], "named", "named"),
            ("confirmed", [("2024-06-01", "named")], "named", "confirmed"),
            ("confirmed", [("2024-06-01", "asked")], "", "confirmed"),
            ("declined", [("2024-06-01", "named")], "named", ""),
            ("declined", [("2024-05-01", "asked"), ("2024-06-01", "confirmed")], "confirmed", ""),
            ("asked", [], "", ""),
        ],
    )
    def test_a_part_stands_as_it_stood_on_the_day(self, state, answers, then, now):
        for day, wanted in ((dt.date(2024, 5, 31), then), (dt.date(2024, 6, 1), now)):
            part = self.told(state, *answers).as_of(day)
            assert (part.is_confirmed if part else None) == {"": None, "named": False, "confirmed": True}[wanted]

    def test_what_was_not_public_yet_tied_nobody(self):
        one = self.told("named", public_on="2024-06-01")
        assert one.as_of(dt.date(2024, 5, 31)) is None
        assert one.as_of(dt.date(2024, 6, 1)) == PARTS[0]


class TestHealth:
    def test_the_figures_are_those_counted_by_hand(self):
        found = health()
        assert [each.name for each in found.isolated] == ["F"]
        assert (found.tied, len(found.ties), found.confirmed, found.crossing) == (5, 5, 1, 2)
        assert found.between("region") == {"africa~africa": 3, "africa~europe": 1, "europe~europe": 1}
        assert found.between("development") == {"developed~developed": 1, "developed~developing": 4}
        assert compute.yearly(found.ties) == {2015: 1, 2020: 2, 2021: 1}
        assert [(each.name, number) for each, number in found.busiest(2)] == [("C", 3), ("A", 2)]

    def test_a_group_is_reached_as_far_as_its_members_are(self):
        found = health().balance(lambda each: (each.region, *each.groups))
        africa, europe, ldc = found["africa"], found["europe"], found["ldc"]
        assert (africa.members, africa.tied, africa.ends, africa.ties_per_city) == (3, 3, 7, 7 / 3)
        assert (europe.members, europe.isolated, europe.ties_per_city) == (3, 1, 1.0)
        assert (ldc.members, ldc.ends) == (1, 1)

    def test_a_bridge_is_what_cuts_off_more_than_one(self):
        cities, joints = health().bridges
        assert [(each.cities[0].name, [city.name for city in each.lost]) for each in cities] == [("C", ["D", "E"])]
        assert [([city.name for city in each.cities], len(each.lost)) for each in joints] == [(["C", "D"], 2)]
        assert health().groups == [5]

    def test_a_network_without_ties_has_its_figures_too(self):
        alone = compute.Health(tuple(MEMBERS.values()), ())
        assert (alone.tied, len(alone.isolated), alone.bridges, alone.groups) == (0, 6, ([], []), [])


@pytest.mark.django_db
class TestFromTheDatabase:
    def test_named_and_confirmed_tie_who_was_asked_or_declined_does_not(self):
        guests = {}
        for state in (states.NAMED, states.CONFIRMED, states.ASKED, states.DECLINED):
            guests[state] = member(name=state)
            initiative(f"With {state}", lead=member(), partners=(guests[state],), partner_state=state, **year(2020))
        freshness.forget()
        found = queries.health(days.today())
        assert {city.name for tie in found.ties for city in (tie.one, tie.other)} & set(guests) == {
            "named",
            "confirmed",
        }
        assert found.confirmed == 1

    @pytest.mark.parametrize("state", [states.DRAFT, states.RETIRED])
    def test_what_is_not_published_ties_nobody(self, state):
        initiative(lead=member(), partners=(member(),), state=state)
        freshness.forget()
        assert not queries.health(DAY).ties

    def test_what_has_only_an_end_counts_from_its_year(self):
        initiative(lead=member(), partners=(member(),), ends_on=year(2021)["ends_on"])
        freshness.forget()
        assert len(queries.health(dt.date(2022, 1, 1)).ties) == 1
        assert not queries.health(dt.date(2021, 1, 1)).ties

    def test_an_answer_given_today_leaves_the_days_before_as_they_were(self):
        one = initiative(lead=member(), partners=(member(name="Vila Parceira"),), **year(2020))
        guest, yesterday = team.member(City.objects.get(name="Vila Parceira")), days.today() - dt.timedelta(days=1)
        for act, now in ((actions.confirm, True), (actions.decline, None), (actions.confirm, True)):
            act(one.parts.get(), by=guest)
            freshness.forget()
            states_of = [[tie.is_confirmed for tie in queries.health(day).ties] for day in (yesterday, days.today())]
            assert states_of == [[False], [] if now is None else [now]]

    def test_what_a_city_records_counts_from_the_day_on_which_it_was_published_and_confirmed(self):
        lead, guest = member(), member()
        one = initiative(lead=lead, partners=(guest,), partner_state=states.ASKED, state=states.DRAFT, **year(2020))
        actions.publish(one, by=team.member(lead))
        actions.confirm(one.parts.get(), by=team.member(guest))
        freshness.forget()
        assert not queries.health(days.today() - dt.timedelta(days=1)).ties
        assert [tie.is_confirmed for tie in queries.health(days.today()).ties] == [True]

    @pytest.mark.parametrize("more", [0, 20])
    def test_statements_do_not_grow(self, more):
        for number in range(more + 1):
            one = initiative(f"Lamps {number}", lead=member(), partners=(member(),), **year(2020))
            actions.confirm(one.parts.get(), by=team.member(one.parts.get().city))
        freshness.forget()
        with CaptureQueriesContext(connection) as captured:
            queries.health(DAY)
        assert len([each for each in captured if "core_generation" not in each["sql"]]) == 3
