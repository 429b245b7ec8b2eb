"""Possible partners for one need, offer or idea: who is proposed and why, who is not, and who may read it."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.accounts.tests import people
from creativecities.core import days, freshness
from creativecities.exchange import states
from creativecities.exchange.compute.matching import Network
from creativecities.exchange.compute.partners import City as Known
from creativecities.exchange.compute.partners import Matter
from creativecities.exchange.models import Initiative, Need, Partner, Rating, Suggestion, Wanted
from creativecities.exchange.queries import matching, matters
from creativecities.exchange.tests.factories import initiative, need, reply, topic
from creativecities.network.models import City, Goal, Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db
WEIGHTS = {"topics": 3.0, "challenges": 1.0, "field": 1.0, "aims": 1.0, "meaning": 1.0, "reach": 2.0}


class TestArithmetic:
    """A need for water in music or film; cities 2 and 3 know of it, 4 struggles with it."""

    NETWORK = Network(
        [
            Known(1, "design", challenges={"work": 5}, vector=[1, 0]),
            Known(2, "music", expertise={"water": 5}, aims=frozenset({"O1", "6"}), vector=[0, 1]),
            Known(3, "design", expertise={"water": 2, "work": 5}, vector=[1, 0]),
            Known(4, "film", challenges={"water": 4, "work": 3}, vector=[1, 1]),
        ],
        WEIGHTS,
        excluded=[(1, 2)],
    )

    def parts(self, matter: Matter) -> dict[int, dict[str, float]]:
        found = self.NETWORK.for_matter(matter, 10)
        return {
            each.partner: {name: round(value, 2) for name, (value, _weight) in each.parts.items()} for each in found
        }

    def test_a_need_looks_for_who_knows_of_it(self):
        found = self.parts(Matter(1, wants=frozenset({"water", "unheard-of"}), fields=frozenset({"music", "film"})))
        assert {key: parts["topics"] for key, parts in found.items()} == {2: 1.0, 3: 0.4, 4: 0.0}
        assert {key: parts["challenges"] for key, parts in found.items()} == {2: 0.0, 3: 0.0, 4: 0.8}
        assert {key: parts["field"] for key, parts in found.items()} == {2: 1.0, 3: 0.0, 4: 1.0}

    def test_an_offer_looks_for_who_struggles_with_it(self):
        found = self.parts(Matter(1, gives=frozenset({"water", "work"})))
        assert {key: parts["topics"] for key, parts in found.items()} == {2: 0.0, 3: 0.0, 4: 0.7}
        assert {key: parts["field"] for key, parts in found.items()} == {2: 0.0, 3: 1.0, 4: 0.0}

    def test_what_a_matter_says_of_aims_and_meaning_counts_and_else_what_the_city_says(self):
        found = self.parts(Matter(1, aims=frozenset({"O1"}), vector=[0, 2]))
        assert found[2] | {"aims": 0.71, "meaning": 1.0} == found[2]
        assert found[3]["meaning"] == 0.0
        assert self.parts(Matter(1))[3]["meaning"] == 1.0

    def test_whom_the_pass_leaves_out_may_be_the_best_here_unless_told(self):
        assert next(iter(self.parts(Matter(1, wants=frozenset({"water"}), fields=frozenset({"music"}))))) == 2
        kept = self.NETWORK.for_matter(Matter(1), 10, besides=[2, 4, 99])
        assert [each.partner for each in kept] == [3]
        assert all("reach" not in each.parts for each in self.NETWORK.for_matter(Matter(1), 9, reach=False))

    def test_a_city_that_is_no_member_has_nobody(self):
        assert self.NETWORK.for_matter(Matter(99), 10) == []


@pytest.fixture
def city() -> City:
    topic("tourism", position=1)
    return member(name="Vila Nova", is_listed=True)


@pytest.fixture
def wise(city: City) -> City:
    """A city that knows much of tourism."""
    found = member(name="Vila Sábia", is_listed=True)
    Rating.objects.create(city=found, topic_id="tourism", kind="expertise", value=5, start=days.today())
    member(name="Vila Longe", is_listed=True, field="music", country__iso2="JP")
    freshness.forget()
    return found


@pytest.fixture
def posted(city: City, wise: City) -> Need:
    return need(city)


@pytest.fixture
def editor(client: Any, city: City) -> Any:
    return team.sign_in(client, team.member(city, "Ana Exemplo"))


def text_of(client: Any, path: str) -> str:
    freshness.forget()  # in a test nothing is ever committed
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def address(of: Need) -> str:
    return f"/exchange/{of.pk}/partners/"


class TestNeed:
    def test_its_team_reads_who_knows_of_it_and_why(self, editor: Any, posted: Need):
        assert address(posted) in text_of(editor, f"/exchange/{posted.pk}/")
        assert address(posted) in text_of(editor, "/cities/vila-nova/exchange/")
        text = text_of(editor, address(posted))
        assert text.index("Vila Sábia") < text.index("Vila Longe")
        assert "It knows much about: Tourism" in text
        assert "A bridge for the lamps" in text
        assert "The arithmetic" in text

    def test_to_an_offer_those_are_proposed_who_struggle(self, editor: Any, city: City, wise: City):
        Rating.objects.create(
            city=City.objects.get(slug="vila-longe"), topic_id="tourism", kind="challenge", value=5, start=days.today()
        )
        text = text_of(editor, address(need(city, kind="offer")))
        assert "It faces what you can help with: Tourism" in text
        assert "It knows much about" not in text

    def test_fields_that_are_named_count_instead_of_ones_own(self, editor: Any, city: City, wise: City):
        text = text_of(editor, address(need(city, fields="music")))
        assert "Of a field that is looked for: Music" in text
        assert "You share a field" not in text

    def test_who_has_replied_is_known_and_who_was_contacted_is_marked(self, editor: Any, posted: Need, wise: City):
        Suggestion.objects.create(city=posted.city, partner=wise, state=states.CONTACTED)
        text = text_of(editor, address(posted))
        assert '<span class="badge">contacted</span>' in text
        assert "We have contacted Vila Sábia" not in text
        reply(posted, wise)
        assert "Vila Sábia" not in text_of(editor, address(posted))

    @pytest.mark.parametrize("state", [states.REFUSED, states.DISMISSED])
    def test_whom_the_city_does_not_want_or_who_does_not_want_is_left_out(self, posted: Need, wise: City, state: str):
        Suggestion.objects.create(city=posted.city, partner=wise, state=state)
        assert wise.pk not in [each.partner for each in matters.for_need(posted, reach=True)[1]]

    def test_within_a_conflict_nobody_is_proposed(self, posted: Need, wise: City, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(matching, "_conflicts", [])
        matching.register_conflict(lambda: [(wise.pk, posted.city_id)])
        assert wise.pk not in [each.partner for each in matters.for_need(posted, reach=True)[1]]

    def test_what_is_noted_here_is_noted_for_the_city(self, editor: Any, posted: Need):
        sent = {"partner": "vila-sábia", "verb": "contact"}
        assert editor.post(f"{address(posted)}?reach=off", sent).url == f"{address(posted)}?reach=off"
        assert Suggestion.objects.get().state == states.CONTACTED

    def test_reach_can_be_switched_off(self, editor: Any, posted: Need):
        assert "It has few known ties so far" in text_of(editor, address(posted))
        assert "It has few known ties so far" not in text_of(editor, f"{address(posted)}?reach=off")

    def test_nobody_else_reads_it_and_what_is_closed_has_none(self, editor: Any, new_client: Any, posted: Need):
        text_of(editor, address(posted))
        for someone in (team.member(member(name="Vila Alheia")), team.officer(), people.person()):
            visitor = team.sign_in(new_client(), someone)
            visitor.get(address(posted))  # what is read once a process is read
            answers = []
            for pk in (posted.pk, posted.pk + 1):
                with CaptureQueriesContext(connection) as captured:
                    answer = visitor.get(f"/exchange/{pk}/partners/")
                answers.append((answer.status_code, len(captured)))
            assert answers[0] == answers[1]
            assert answers[0][0] == 404
            assert visitor.post(address(posted), {"partner": "vila-longe", "verb": "contact"}).status_code == 404
        assert new_client().get(address(posted)).status_code == 302
        Need.objects.update(state=states.CLOSED)
        assert editor.get(address(posted)).status_code == 404
        assert editor.get(f"/exchange/{10**30}/partners/").status_code == 404

    def test_a_city_that_left_is_told_why_there_is_nobody(self, editor: Any, posted: Need):
        Membership.objects.filter(city=posted.city).update(end="2025-01-01")
        text = text_of(editor, address(posted))
        assert "it is no longer" in text
        assert "We have contacted" not in text

    @pytest.mark.parametrize("more", [0, 20])
    def test_statements_do_not_grow(self, editor: Any, posted: Need, more: int):
        for number in range(more):
            member(name=f"Vila Mais {number}", is_listed=True)
        text_of(editor, address(posted))
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(address(posted)).status_code == 200
        assert len([each for each in captured if "core_generation" not in each["sql"]]) <= 10


class TestIdea:
    ADDRESS = "/initiatives/lamps/partners/"

    @pytest.fixture
    def idea(self, city: City, wise: City) -> Initiative:
        one = initiative("Lamps", lead=city, course="idea", state=states.DRAFT, fields="music")
        goal = Goal.objects.create(number=6, name_en="Water")
        one.goals.add(goal)
        initiative("Wells", lead=wise).goals.add(goal)
        return one

    def test_its_team_reads_who_serves_the_same_aims(self, editor: Any, idea: Initiative):
        assert self.ADDRESS in text_of(editor, "/initiatives/lamps/")
        text = text_of(editor, self.ADDRESS)
        assert "Both serve: SDG 6" in text
        assert "Of a field that is looked for: Music" in text

    def test_a_city_that_owns_it_too_finds_partners_of_its_own(self, new_client: Any, idea: Initiative, wise: City):
        part = {"lead": idea.lead, "state": states.CONFIRMED, "owns": True}
        Partner.objects.create(initiative=idea, city=wise, **part)
        text = text_of(team.sign_in(new_client(), team.member(wise)), self.ADDRESS)
        assert "Vila Longe" in text
        assert 'href="/cities/vila-nova/"' not in text
        assert re.search(r'class="eyebrow"><a [^>]+>Vila Sábia<', text)

    def test_who_takes_part_already_is_not_proposed(self, idea: Initiative, wise: City):
        Partner.objects.create(initiative=idea, city=wise, lead=idea.lead)
        assert wise.pk not in [each.partner for each in matters.for_idea(idea, idea.lead, reach=True)[1]]

    @pytest.mark.parametrize("columns", [{"course": "running"}, {"course": ""}, {"state": states.RETIRED}])
    def test_what_is_no_idea_any_more_has_none(self, editor: Any, idea: Initiative, columns: dict[str, str]):
        Initiative.objects.update(**columns)
        assert editor.get(self.ADDRESS).status_code == 404
        assert self.ADDRESS not in text_of(editor, "/initiatives/lamps/")

    def test_what_says_that_it_looks_for_partners_finds_who_knows_of_its_topics(self, editor: Any, idea: Initiative):
        Initiative.objects.update(course="running", state=states.PUBLISHED)
        today = days.today()
        sought = Wanted.objects.create(initiative=idea, number=2, opened_on=today, closes_on=today)
        sought.topics.add("tourism")
        assert self.ADDRESS in text_of(editor, "/initiatives/lamps/")
        assert "It knows much about: Tourism" in text_of(editor, self.ADDRESS)
        Wanted.objects.update(state="complete")
        freshness.forget()
        assert editor.get(self.ADDRESS).status_code == 404

    def test_nobody_else_reads_it(self, new_client: Any, idea: Initiative):
        Initiative.objects.filter(pk=idea.pk).update(state=states.PUBLISHED)
        for someone in (team.member(member(name="Vila Alheia")), team.officer(), people.person()):
            visitor = team.sign_in(new_client(), someone)
            assert visitor.get(self.ADDRESS).status_code == 404
            assert self.ADDRESS not in text_of(visitor, "/initiatives/lamps/")
        assert new_client().get(self.ADDRESS).status_code == 302
