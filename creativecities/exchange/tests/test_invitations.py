"""Invitations: counted before they are sent, sent once, and seen by host and guests alone."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.accounts import actions as accounts
from creativecities.accounts.tests import people
from creativecities.core import desk, freshness
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.actions import invitations as acts
from creativecities.exchange.models import Initiative, Invitation, Invitee
from creativecities.exchange.queries import invitations as queries
from creativecities.exchange.tests.feast import FORM, accept, day, letter, sent, speaker, taken
from creativecities.network.models import City
from creativecities.network.tests import team
from creativecities.network.tests.factories import CountryFactory, RegionFactory, member

pytestmark = pytest.mark.django_db


def seen(answer: Any) -> str:
    """The mark of the cities whose number the page shows."""
    return answer.context["reach"].mark


def test_a_city_of_gastronomy_invites_the_cities_of_its_field(
    client: Any, new_client: Any, host: Any, feast: Initiative, guests: list[City]
):
    assert FORM in host.get("/initiatives/feast-of-the-river/").content.decode()
    typed = letter()
    shown = host.post(FORM, typed)
    assert "It reaches 4 cities" in shown.content.decode()
    assert "1 of them has nobody in its team yet." in shown.content.decode()
    assert not Invitation.objects.exists()
    answer = host.post(FORM, {**typed, "seen": seen(shown)}, follow=True)
    assert "4 cities are invited." in answer.content.decode()
    one = Invitation.objects.get()
    page = f"/exchange/invitations/{one.pk}/"
    mails = Mail.objects.filter(kind="exchange.invitation.invited")
    assert {mail.to_address for mail in mails} == {speaker(city).email for city in guests[:3]}
    assert all(mail.link.endswith(page) and "@" not in mail.body for mail in mails)
    guest = team.sign_in(new_client(), speaker(guests[0]))
    assert "Cook with us for three days." in guest.get(page).content.decode()
    said = {"city": "vila-um", "answer": "accept", "word": "Two cooks come."}
    assert guest.post(page, said).status_code == 302
    text = host.get(page).content.decode()
    assert "Two cooks come." in text
    assert "has not answered yet: 3 · comes: 1 · on the waiting list: 0 · does not come: 0" in text
    assert "@" not in text
    assert Mail.objects.filter(kind="exchange.invitation.accepted", to_person_id=speaker(feast.lead).pk).count() == 1
    part = feast.parts.get()
    assert (part.city, part.state, part.person_name) == (guests[0], states.CONFIRMED, "Pessoa de Vila Um")
    for city in (feast.lead, guests[0]):
        assert "Feast of the river" in client.get(f"/cities/{city.slug}/").content.decode()
    assert "Vila Um" in client.get("/initiatives/feast-of-the-river/").content.decode()
    assert client.get("/network.json").json()["tied"] == 2


def test_fields_and_regions_narrow_each_other_and_cities_are_added(feast: Initiative, guests: list[City]):
    africa = CountryFactory(iso2="NP", region=RegionFactory(slug="africa", name_en="Africa"))
    member(name="Vila Quente", field="gastronomy", country=africa)

    def names(**whom: Any) -> list[str]:
        found = queries.reach(feast, **{"fields": [], "regions": [], "cities": [], **whom})
        return [city.name for city in found.cities]

    assert names(fields=["gastronomy"], regions=["africa"]) == ["Vila Quente"]
    assert names(regions=["africa"], cities=["vila-longe"]) == ["Vila Longe", "Vila Quente"]
    assert "Vila Festiva" not in names(fields=["gastronomy"])
    assert names(fields=["music"]) == []


def test_a_city_is_not_invited_twice_but_again_after_a_withdrawal(host: Any, feast: Initiative, guests: list[City]):
    one = sent(feast, guests[0])
    shown = host.post(FORM, letter())
    assert "It reaches 3 cities" in shown.content.decode()
    assert "1 city was invited before" in shown.content.decode()
    acts.withdraw(one, reason="Rain.", by=speaker(feast.lead))
    assert "It reaches 4 cities" in host.post(FORM, letter()).content.decode()


def test_the_same_form_from_two_tabs_is_sent_once(host: Any, feast: Initiative, guests: list[City]):
    typed = letter()
    twice = {**typed, "seen": seen(host.post(FORM, typed))}
    host.post(FORM, twice)
    again = host.post(FORM, twice)
    assert again.status_code == 409
    assert "not sent twice" in again.content.decode()
    assert (Invitation.objects.count(), Invitee.objects.count()) == (1, 4)


def test_what_was_not_seen_is_not_sent(host: Any, feast: Initiative, guests: list[City]):
    typed = letter()
    mark = seen(host.post(FORM, typed))
    member(name="Vila Nova", field="gastronomy")
    answer = host.post(FORM, {**typed, "seen": mark})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "look at the number again" in text
    assert "It reaches 5 cities" in text
    assert "Cook with us for three days." in text
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"fields_": []}, 422),
        ({"places": "0"}, 422),
        ({"places": "1001"}, 422),
        ({"starts_on": "2020-01-01"}, 422),
        ({"ends_on": "2020-01-01"}, 422),
        ({"ends_on": "9999-12-31"}, 422),
        ({"answer_by": day(91)}, 422),
        ({"answer_by": day(-1)}, 422),
        ({"text": "x" * 100_000}, 422),
        ({"text": "\u200b\u202e"}, 422),
        ({"pays": "nobody"}, 422),
        ({"cities": "Vila Inexistente"}, 422),
        ({"fields_": ["music"]}, 422),
        ({"once": "no", "seen": "x"}, 422),
    ],
)
def test_what_is_wrong_comes_back(host: Any, guests: list[City], wrong: dict[str, Any], status: int):
    answer = host.post(FORM, letter(**wrong))
    assert answer.status_code == status
    assert "Cook with us" in answer.content.decode() or "text" in wrong
    assert not Invitation.objects.exists()


def test_who_reaches_nobody_is_told(host: Any, feast: Initiative):
    answer = host.post(FORM, letter())
    assert "This reaches no city." in answer.content.decode()
    assert host.post(FORM, letter(seen="forged")).status_code == 409
    assert not Invitation.objects.exists()


def test_markup_and_turns_of_direction_are_only_text(host: Any, feast: Initiative, guests: list[City]):
    typed = letter(text="<script>alert(1)</script> \u202eevil")
    host.post(FORM, {**typed, "seen": seen(host.post(FORM, typed))})
    text = host.get(f"/exchange/invitations/{Invitation.objects.get().pk}/").content.decode()
    assert "&lt;script&gt;" in text
    assert "\u202e" not in text


@pytest.mark.parametrize(
    "columns", [{"kind": "policy"}, {"state": "draft"}, {"course": "stopped"}, {"ends_on": dt.date(2020, 1, 1)}]
)
def test_only_what_one_can_come_to_invites(host: Any, feast: Initiative, guests: list[City], columns: dict[str, Any]):
    Initiative.objects.filter(pk=feast.pk).update(**columns)
    assert "notice warning" in host.get(FORM).content.decode()
    answer = host.post(FORM, letter(seen="x"))
    assert answer.status_code == 409
    assert "Cook with us for three days." in answer.content.decode()
    assert not Invitation.objects.exists()


def test_for_others_it_does_not_exist(client: Any, new_client: Any, feast: Initiative, guests: list[City]):
    one = sent(feast, guests[0])
    before = client.get("/initiatives/feast-of-the-river/").content
    for someone in (speaker(guests[1]), team.officer(), people.person()):
        visitor = team.sign_in(new_client(), someone)
        visitor.get(f"/exchange/invitations/{one.pk + 2}/")
        answers = []
        for pk in (one.pk, one.pk + 1):
            with CaptureQueriesContext(connection) as captured:
                answer = visitor.get(f"/exchange/invitations/{pk}/")
            answers.append((answer.status_code, len(captured)))
        assert answers[0] == answers[1]
        assert answers[0][0] == 404
        assert visitor.get(f"/cities/{guests[0].slug}/exchange/invitations/").status_code == 404
        for path in (f"/exchange/invitations/{one.pk}/withdraw/", FORM):
            assert visitor.get(path).status_code == visitor.post(path, {"reason": "x"}).status_code == 404
    assert client.get(f"/exchange/invitations/{one.pk}/").status_code == 302
    Invitation.objects.all().delete()
    assert client.get("/initiatives/feast-of-the-river/").content == before


def test_a_guest_sees_no_other_guest_and_withdraws_nothing(new_client: Any, feast: Initiative, guests: list[City]):
    one = sent(feast, *guests[:2], places=2)
    accept(one, guests[1], word="A secret dish.")
    feast.parts.all().delete()
    visitor = team.sign_in(new_client(), speaker(guests[0]))
    page = f"/exchange/invitations/{one.pk}/"
    text = visitor.get(page).content.decode()
    assert "A secret dish." not in text
    assert "Vila Dois" not in text
    assert visitor.post(page, {"city": guests[1].slug, "answer": "decline"}).status_code == 404
    assert visitor.post(f"{page}withdraw/", {"reason": "x"}).status_code == 404
    assert (taken(one), one.state) == (1, states.OPEN)


def test_the_host_answers_for_no_guest(host: Any, feast: Initiative, guests: list[City]):
    one = sent(feast, guests[0])
    for city in (guests[0].slug, feast.lead.slug, ""):
        said = {"city": city, "answer": "accept"}
        assert host.post(f"/exchange/invitations/{one.pk}/", said).status_code == 404
    with pytest.raises(Refusal):
        acts.accept(one.invitees.get(), word="", by=speaker(feast.lead))
    assert taken(one) == 0


def test_what_waits_stands_on_the_desk_and_among_the_invitations(
    new_client: Any, feast: Initiative, guests: list[City]
):
    one = sent(feast, *guests[:2], places=2)
    page = f"/exchange/invitations/{one.pk}/"
    freshness.forget()
    mine = speaker(guests[0])
    assert [due.url for due in desk.due(mine) if "invitations" in due.url] == [page]
    visitor = team.sign_in(new_client(), mine)
    assert page in visitor.get(f"/cities/{guests[0].slug}/exchange/invitations/").content.decode()
    accept(one, guests[0])
    freshness.forget()
    del mine._mandates
    assert not [due for due in desk.due(mine) if "invitations" in due.url]
    host = team.sign_in(new_client(), speaker(feast.lead))
    text = host.get(f"/cities/{feast.lead.slug}/exchange/invitations/").content.decode()
    assert page in text
    assert "comes: 1" in text


def test_events_name_no_city_and_a_deleted_account_leaves_no_name(feast: Initiative, guests: list[City]):
    one = sent(feast, guests[0])
    accept(one, guests[0], word="A secret dish.")
    facts = Event.objects.filter(kind__startswith="exchange.invit").values_list("subject_name", "facts")
    assert "Vila Um" not in str(list(facts))
    assert "secret" not in str(list(facts))
    someone = speaker(guests[0])
    accounts.erase(someone, by=someone)
    assert one.invitees.get().person_name == ""


def test_statements_do_not_grow_with_the_guests(host: Any, feast: Initiative, guests: list[City]):
    one = sent(feast, places=50)
    numbers = []
    for count in (3, 27):
        for _number in range(count):
            Invitee.objects.create(invitation=one, city=member(field="gastronomy"), host=feast.lead)
        for path in (f"/exchange/invitations/{one.pk}/", f"/cities/{feast.lead.slug}/exchange/invitations/"):
            host.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert host.get(path).status_code == 200
            numbers.append(len([each for each in captured if "exchange_" in each["sql"] or "network_" in each["sql"]]))
    assert numbers[:2] == numbers[2:]
    assert max(numbers) <= 7
