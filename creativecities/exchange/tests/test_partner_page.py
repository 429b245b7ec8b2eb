"""A partner city says for itself whether it takes part."""

from typing import Any

import pytest

from creativecities.accounts.tests import people
from creativecities.core import freshness
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange import actions, states
from creativecities.exchange.models import Initiative, Partner
from creativecities.exchange.tests.factories import initiative
from creativecities.network.models import Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db
ADDRESS = "/initiatives/lamps-by-the-river/partners/vila-parceira/"


@pytest.fixture
def lamps() -> Initiative:
    return initiative(lead=member(name="Vila Lider"), partners=(member(name="Vila Parceira"),))


@pytest.fixture
def part(lamps: Initiative) -> Partner:
    return lamps.parts.get()


@pytest.fixture
def editor(client: Any, part: Partner) -> Any:
    return team.sign_in(client, team.member(part.city, "Ana Exemplo"))


def test_a_team_confirms_and_everybody_sees_it(editor: Any, new_client: Any, part: Partner):
    assert ADDRESS in editor.get("/initiatives/lamps-by-the-river/").content.decode()
    assert "not confirmed by the city" in editor.get(ADDRESS).content.decode()
    answer = editor.post(ADDRESS, {"answer": "confirm"}, follow=True)
    assert "Saved; the lead city is told." in answer.content.decode()
    part.refresh_from_db()
    assert (part.state, part.person_name) == (states.CONFIRMED, "Ana Exemplo")
    assert "confirmed by the city" in new_client().get("/initiatives/lamps-by-the-river/").content.decode()
    assert Event.objects.get(kind="exchange.partner.confirmed").facts["city"] == "Vila Parceira"


def test_a_city_that_declines_is_no_longer_named_and_may_think_again(editor: Any, new_client: Any, part: Partner):
    editor.post(ADDRESS, {"answer": "decline"})
    for path in ("/initiatives/lamps-by-the-river/", "/initiatives.csv"):
        assert "Vila Parceira" not in new_client().get(path).content.decode()
    assert "Lamps" not in new_client().get("/cities/vila-parceira/").content.decode()
    editor.post(ADDRESS, {"answer": "confirm"})
    freshness.forget()  # what a commit does
    assert "Vila Parceira" in new_client().get("/initiatives.csv").content.decode()


def test_the_team_of_the_lead_city_is_told(editor: Any, lamps: Initiative):
    someone = team.member(lamps.lead, "Bruno Exemplo")
    editor.post(ADDRESS, {"answer": "confirm"})
    mail = Mail.objects.get(kind="exchange.partner.confirmed")
    assert (mail.to_person_id, mail.subject) == (someone.pk, "Vila Parceira confirmed its part in “Lamps by the river”")
    assert mail.link.endswith("/initiatives/lamps-by-the-river/")


def test_a_teammate_may_answer_too(client: Any, part: Partner):
    teammate = team.sign_in(client, team.member(part.city, role="alternative-contact"))
    assert teammate.get(ADDRESS).status_code == 200
    assert teammate.post(ADDRESS, {"answer": "confirm"}).status_code == 302


def test_nobody_else_answers(client: Any, new_client: Any, lamps: Initiative, part: Partner):
    others = [team.member(member(name="Vila Alheia")), team.member(lamps.lead), team.officer(), people.person()]
    for someone in others:
        visitor = team.sign_in(new_client(), someone)
        assert visitor.get(ADDRESS).status_code == 404
        assert visitor.post(ADDRESS, {"answer": "confirm"}).status_code == 404
        with pytest.raises(Refusal):
            actions.confirm(part, by=someone)
    assert client.get(ADDRESS).status_code == 302
    part.refresh_from_db()
    assert part.state == states.NAMED


@pytest.mark.parametrize(
    "path", ["/initiatives/nowhere/partners/vila-parceira/", "/initiatives/lamps-by-the-river/partners/x/"]
)
def test_what_is_not_there_is_missing(editor: Any, path: str):
    assert editor.get(path).status_code == 404


def test_it_takes_no_other_method_and_no_other_answer(editor: Any):
    assert editor.put(ADDRESS).status_code == 405
    assert editor.post(ADDRESS, {"answer": "perhaps"}).status_code == 422
    assert editor.post(ADDRESS).status_code == 422


def test_the_same_answer_twice_is_refused(editor: Any):
    editor.post(ADDRESS, {"answer": "confirm"})
    assert editor.post(ADDRESS, {"answer": "confirm"}).status_code == 409
    assert Event.objects.filter(kind="exchange.partner.confirmed").count() == 1


def test_a_city_that_left_the_network_can_only_decline(editor: Any, part: Partner):
    Membership.objects.filter(city=part.city).update(end="2025-01-01")
    assert "it is no longer" in editor.get(ADDRESS).content.decode()
    assert editor.post(ADDRESS, {"answer": "confirm"}).status_code == 409
    assert editor.post(ADDRESS, {"answer": "decline"}).status_code == 302


def test_what_was_retired_is_answered_by_nobody(editor: Any, lamps: Initiative, part: Partner):
    Initiative.objects.update(state=states.RETIRED)
    assert editor.get(ADDRESS).status_code == 404
    part.refresh_from_db()
    with pytest.raises(Refusal):
        actions.confirm(part, by=part.city.mandates.get().person)
