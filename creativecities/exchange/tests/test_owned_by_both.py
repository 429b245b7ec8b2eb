"""A collaboration that began with a reply belongs to both cities: either team writes, publishes and retires it."""

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from creativecities.accounts.models import Person
from creativecities.core import presence
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange import actions, states
from creativecities.exchange.actions import replies as acts
from creativecities.exchange.models import Initiative, Need, Partner
from creativecities.exchange.queries.written import written
from creativecities.exchange.tests.factories import initiative, need, reply
from creativecities.network.models import City, Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db
PAGE = "/initiatives/a-bridge-for-the-lamps/"
EDIT = f"{PAGE}edit/"


@pytest.fixture
def lead() -> City:
    return member(name="Vila Lider")


@pytest.fixture
def partner() -> City:
    return member(name="Vila Parceira")


@pytest.fixture
def ana(lead: City) -> Person:
    return team.member(lead, "Ana Exemplo")


@pytest.fixture
def bruno(partner: City) -> Person:
    return team.member(partner, "Bruno Exemplo")


@pytest.fixture
def posted(lead: City) -> Need:
    return need(lead)


@pytest.fixture
def bridge(posted: Need, partner: City, ana: Person) -> Initiative:
    return acts.accept(reply(posted, partner), by=ana)


@pytest.fixture
def other(client: Any, bruno: Person, bridge: Initiative) -> Any:
    return team.sign_in(client, bruno)


def typed(one: Initiative, **values: Any) -> dict[str, Any]:
    now = written(one)
    return {**now, "evidence": "", "opened": one.version, **values}


def told(kind: str) -> list[str]:
    return sorted(Person.objects.get(pk=mail.to_person_id).name for mail in Mail.objects.filter(kind=kind))


def test_only_the_team_of_the_lead_is_offered_to_invite(
    other: Any, new_client: Any, bridge: Initiative, bruno: Person, ana: Person
):
    actions.publish(bridge, by=bruno)
    page = f"/initiatives/{bridge.slug}/"
    assert f"{page}invite/" not in other.get(page).content.decode()
    assert f"{page}invite/" in team.sign_in(new_client(), ana).get(page).content.decode()


def test_the_partners_team_writes_publishes_and_retires_it_and_the_lead_is_told(
    other: Any, bridge: Initiative, bruno: Person
):
    text = other.get("/cities/vila-parceira/edit/initiatives/").content.decode()
    assert "Lead city: <bdi>Vila Lider" in text
    assert EDIT in text
    page = other.get(EDIT).content.decode()
    assert 'href="/cities/vila-parceira/edit/team/"' in page
    assert "/cities/vila-lider/edit/" not in page
    assert "its team writes and publishes this too" in page
    assert EDIT in other.get(PAGE).content.decode()
    assert other.post(EDIT, typed(bridge, summary="A bridge of light.")).status_code == 302
    assert other.get(f"{PAGE}versions/2/").status_code == 200
    assert bridge.versions.get(number=2).person_name == "Bruno Exemplo"
    assert other.post(f"{PAGE}publish/").status_code == 302
    assert told("exchange.initiative.published") == ["Ana Exemplo"]
    assert other.post(f"{PAGE}retire/").url == "/cities/vila-parceira/edit/initiatives/"
    assert told("exchange.initiative.retired") == ["Ana Exemplo"]
    assert bruno.email not in "".join(Mail.objects.values_list("body", flat=True))


def test_the_lead_publishes_it_and_the_partner_is_told(bridge: Initiative, ana: Person, bruno: Person):
    actions.publish(bridge, by=ana)
    assert told("exchange.initiative.published") == ["Bruno Exemplo"]


def test_one_that_a_city_owns_alone_tells_nobody(lead: City, ana: Person, bruno: Person, partner: City):
    alone = initiative(lead=lead, partners=(partner,), partner_state=states.CONFIRMED, state=states.DRAFT)
    actions.publish(alone, by=ana)
    assert not Mail.objects.exists()


def test_a_partner_that_was_only_named_reads_and_does_not_write(client: Any, lead: City, partner: City, bruno: Person):
    initiative("A bridge for the lamps", lead=lead, partners=(partner,), partner_state=states.CONFIRMED, state="draft")
    visitor = team.sign_in(client, bruno)
    text = visitor.get(PAGE).content.decode()
    assert "A draft: only the teams of its cities see this page." in text
    assert EDIT not in text
    assert "A bridge" not in visitor.get("/cities/vila-parceira/edit/initiatives/").content.decode()
    for path in (EDIT, f"{PAGE}versions/"):
        assert visitor.get(path).status_code == 404
    for verb in ("publish", "retire"):
        assert visitor.post(f"{PAGE}{verb}/").status_code == 404
    with pytest.raises(Refusal) as refused:
        actions.save_initiative(Initiative.objects.get(), values={"summary": "Mine."}, opened=1, by=bruno)
    assert refused.value.status == 403


def test_one_that_takes_its_part_back_owns_nothing_until_it_comes_again(other: Any, bridge: Initiative, bruno: Person):
    part = bridge.parts.get()
    actions.decline(part, by=bruno)
    assert other.get(EDIT).status_code == other.get(PAGE).status_code == 404
    actions.publish(bridge, by=Person.objects.get(name="Ana Exemplo"))
    assert told("exchange.initiative.published") == []
    actions.confirm(part, by=bruno)
    assert other.get(EDIT).status_code == 200


def test_when_the_lead_leaves_the_network_the_partner_goes_on(
    other: Any, bridge: Initiative, lead: City, partner: City, ana: Person, bruno: Person
):
    Membership.objects.filter(city=lead).update(end="2025-01-01")
    with pytest.raises(Refusal) as refused:
        actions.publish(bridge, by=ana)
    assert refused.value.code == "not-a-member"
    assert other.post(EDIT, typed(bridge, summary="A bridge of light.")).status_code == 302
    assert other.post(f"{PAGE}publish/").status_code == 302
    Membership.objects.filter(city=partner).update(end="2025-01-01")
    actions.retire(bridge, by=bruno)
    with pytest.raises(Refusal):
        actions.publish(bridge, by=bruno)


def test_the_two_teams_see_each_other_in_the_form(bridge: Initiative, ana: Person, bruno: Person):
    place = f"exchange.initiative/{bridge.pk}"
    for person in (ana, bruno):
        assert presence.place_on(presence.ticket(place, person), person) == place
    assert presence.place_on(presence.ticket(place, stranger := team.officer()), stranger) is None
    presence.come(place, ana)
    assert [one.name for one in presence.come(place, bruno)] == ["Ana Exemplo"]


def test_of_two_teams_that_write_at_once_the_later_sees_both_texts(other: Any, bridge: Initiative, ana: Person):
    opened = typed(bridge, summary="Mine entirely.")
    actions.save_initiative(bridge, values={"summary": "Theirs entirely."}, opened=1, by=ana)
    answer = other.post(EDIT, opened)
    assert answer.status_code == 409
    for said in ("Two people wrote here", "Ana Exemplo", "Theirs", "Mine entirely."):
        assert said in answer.content.decode()


def test_what_a_need_says_can_be_edited_without_loss(client: Any, lead: City, partner: City, ana: Person):
    long = "A bridge of light. " * 210
    one = acts.accept(reply(need(lead, text=long.strip()), partner), by=ana)
    assert one.summary == long.strip()
    editor = team.sign_in(client, ana)
    assert editor.post(EDIT, typed(one, title="The bridge")).status_code == 302
    one.refresh_from_db()
    assert (one.title, one.summary) == ("The bridge", long.strip())


class TestASecondReply:
    def test_joins_the_same_collaboration(
        self, new_client: Any, posted: Need, bridge: Initiative, ana: Person, bruno: Person
    ):
        third = member(name="Vila Longe")
        clara = team.member(third, "Clara Exemplo")
        assert acts.accept(reply(posted, third), by=ana) == bridge
        assert Initiative.objects.count() == 1
        assert set(bridge.parts.values_list("city__slug", "state", "owns")) == {
            ("vila-parceira", "confirmed", True), ("vila-longe", "confirmed", True),
        }  # fmt: skip
        newest = bridge.versions.first()
        assert (newest.number, newest.values["partners"]) == (2, ["vila-longe", "vila-parceira"])
        assert team.sign_in(new_client(), clara).get(EDIT).status_code == 200
        mail = Mail.objects.get(kind="exchange.partner.confirmed")
        assert (mail.to_person_id, mail.subject) == (
            bruno.pk, "Vila Longe confirmed its part in “A bridge for the lamps”",
        )  # fmt: skip

    def test_is_not_undone_by_a_form_opened_before(self, other: Any, posted: Need, bridge: Initiative, ana: Person):
        opened = typed(bridge, summary="Mine entirely.")
        acts.accept(reply(posted, member(name="Vila Longe")), by=ana)
        answer = other.post(EDIT, opened)
        assert answer.status_code == 409
        assert "vila-longe" in answer.content.decode()
        assert bridge.parts.count() == 2

    @pytest.mark.parametrize("state", [states.ASKED, states.DECLINED, states.CONFIRMED])
    def test_of_a_city_that_was_asked_before_makes_it_an_owner(
        self, posted: Need, bridge: Initiative, lead: City, ana: Person, state: str
    ):
        third = member(name="Vila Longe")
        Partner.objects.create(initiative=bridge, city=third, lead=lead, state=state)
        acts.accept(reply(posted, third), by=ana)
        part = bridge.parts.get(city=third)
        assert (part.state, part.owns) == (states.CONFIRMED, True)


def test_nobody_owns_what_they_have_not_spoken_for(lead: City, partner: City):
    one = initiative(lead=lead, partners=(partner,))
    with pytest.raises(IntegrityError), transaction.atomic():
        one.parts.update(owns=True)


@pytest.mark.django_db(transaction=True)
def test_two_replies_accepted_at_once_begin_one_collaboration():
    posted = need(member())
    ana = team.member(posted.city)
    answers = [reply(posted, member()) for _number in range(2)]
    start, faults = threading.Barrier(2), []

    def run(answer: Any) -> None:
        start.wait()
        try:
            acts.accept(answer, by=ana)
        except Exception as fault:  # whatever it is, the assertion below shows it
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(answer,)) for answer in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not faults
    one = Initiative.objects.get()
    assert one.parts.owning().count() == one.replies.count() == 2
