"""Booths of the fair: asked for by cities, chosen and placed by the Secretariat, seen by everybody."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from creativecities.conference import jobs, states
from creativecities.conference.actions import delegations
from creativecities.conference.actions import fair as acts
from creativecities.conference.compute.plan import Plan, plan
from creativecities.conference.models import Booth, Edition
from creativecities.conference.tests import kit
from creativecities.core import days, freshness
from creativecities.core.desk import due
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange import states as exchange
from creativecities.exchange.models import Partner
from creativecities.exchange.tests.factories import initiative
from creativecities.network.models import City, Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db
FAIR, LEAD = "/conference/2031/fair/", "/secretariat/conference/2031/fair/"


@pytest.fixture
def edition() -> Edition:
    return with_fair()


def with_fair(rows: tuple[int, ...] = (2, 1), **facts: Any) -> Edition:
    said = kit.settings() | {"fair": {"rows": list(rows), "apply_by": ""}}
    return kit.edition(settings=said, **facts)


@pytest.fixture
def home() -> City:
    return team.city()


def asked(edition: Edition, city: City, **facts: Any) -> Booth:
    given = {"initiative": None, "text": "Lamps to touch", "language": "en", "needs": "", **facts}
    return Booth.objects.create(edition=edition, city=city, **given)


def chosen(edition: Edition, city: City, number: int = 1, **facts: Any) -> Booth:
    return asked(edition, city, state=states.CHOSEN, number=number, **facts)


def form(**more: Any) -> dict[str, Any]:
    return {"initiative": "", "text": "Lamps to touch", "language": "en", "needs": "", **more}


def page_of(city: City) -> str:
    return f"/cities/{city.slug}/conference/2031/booths/"


def test_a_team_asks_for_a_booth_for_what_it_does_with_others(client: Any, edition: Edition, home: City):
    one = initiative("Lamps", lead=member(name="Vila Nova"), partners=(home,), partner_state=exchange.CONFIRMED)
    hidden = initiative("Secrets", lead=home, state=exchange.DRAFT)
    team.sign_in(client, team.member(home))
    assert page_of(home) in client.get(FAIR).content.decode()
    shown = client.get(page_of(home)).content.decode()
    assert "Lamps" in shown
    assert "Secrets" not in shown
    assert client.post(page_of(home), form(initiative=hidden.pk)).status_code == 422
    assert client.post(page_of(home), form(initiative=one.pk)).status_code == 302
    booth = Booth.objects.get()
    assert (booth.initiative, booth.state, booth.city) == (one, states.APPLIED, home)
    assert "applied for" in client.get(page_of(home)).content.decode()
    assert client.post(page_of(home), form(initiative=one.pk)).status_code == 422  # no longer offered
    assert Event.objects.filter(kind="conference.booth.applied").count() == 1


def test_an_application_is_nobody_elses_business(client: Any, new_client: Any, edition: Edition, home: City):
    booth = asked(edition, home)
    other = team.sign_in(new_client(), team.member(member(name="Vila Outra")))
    for visitor in (client, other):
        assert visitor.get(f"{FAIR}{booth.code}/").status_code == 404
        assert booth.code not in visitor.get(FAIR).content.decode()
    assert other.get(page_of(home)).status_code == 404
    assert other.post(f"{page_of(home)}{booth.code}/withdraw/").status_code == 404
    assert other.get(f"{LEAD}{booth.code}/").status_code == 404


def test_the_secretariat_draws_the_plan_chooses_and_places(client: Any, home: City):
    edition = kit.edition()
    assert "not planned yet" in client.get(FAIR).content.decode()
    assert FAIR not in client.get("/conference/2031/").content.decode()
    team.sign_in(client, team.officer())
    assert client.post(LEAD, {"rows": "6 x", "apply_by": "", "opened": 1}).status_code == 422
    assert client.post(LEAD, {"rows": "2, 1", "apply_by": "", "opened": 1}).status_code == 302
    assert client.post(LEAD, {"rows": "9", "apply_by": "", "opened": 1}).status_code == 409
    edition.refresh_from_db()
    assert plan(edition.settings).keys == ["A1", "A2", "B1"]
    booth = asked(edition, home)
    page = f"{LEAD}{booth.code}/"
    assert client.post(page, {"verb": "place", "place": "A1"}).status_code == 409
    assert client.post(page, {"verb": "choose"}).status_code == 302
    assert '?place=B1#place"' in client.get(page).content.decode()
    assert '<option value="B1" selected' in client.get(f"{page}?place=B1").content.decode()
    assert client.post(page, {"verb": "place", "place": "B1"}).status_code == 302
    assert client.post(page, {"verb": "place", "place": "Z9"}).status_code == 422
    assert client.get(LEAD).status_code == 200


def test_everybody_sees_where_a_booth_stands_and_the_record_it_shows(client: Any, edition: Edition, home: City):
    one = initiative("Lamps of <b>two</b> rivers", slug="lamps", lead=home, partners=(member(name="Vila Nova"),))
    one.parts.update(state=exchange.CONFIRMED)
    booth = chosen(edition, home, initiative=one, place="A2", needs="A quiet corner")
    assert FAIR in client.get("/conference/2031/").content.decode()
    listed = client.get(FAIR).content.decode()
    assert f"{FAIR}{booth.code}/" in listed
    assert "Lamps of &lt;b&gt;two&lt;/b&gt; rivers" in listed
    shown = client.get(f"{FAIR}{booth.code}/").content.decode()
    assert "Vila Nova" in shown
    assert "A night of lamps on the water." in shown
    assert "A quiet corner" not in shown
    one.state = exchange.RETIRED
    one.save()
    freshness.forget()
    again = client.get(f"{FAIR}{booth.code}/").content.decode()
    assert "Lamps to touch" in again
    assert "A night of lamps" not in again


def test_the_page_of_the_fair_takes_as_many_statements_whatever_its_size(
    client: Any, edition: Edition, django_assert_max_num_queries: Callable[[int], Any]
):
    for number in range(1, 4):
        city = member(name=f"Vila {number}")
        chosen(edition, city, number, initiative=initiative(f"Lamps {number}", lead=city))
    with django_assert_max_num_queries(5):
        assert client.get(FAIR).content.decode().count("Lamps ") == 3


def test_no_more_booths_are_chosen_than_there_are_places(edition: Edition, home: City):
    officer = team.officer()
    for number in range(3):
        acts.choose(asked(edition, member(name=f"Vila {number}")), by=officer)
    last = asked(edition, home)
    with pytest.raises(Refusal, match="All 3 places"):
        acts.choose(last, by=officer)
    freed = Booth.objects.filter(state=states.CHOSEN).first()
    assert freed
    acts.decline(freed, reason="The hall is wet there.", by=officer)
    acts.choose(last, by=officer)
    last.refresh_from_db()
    assert last.number == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Booth.objects.filter(pk=last.pk).update(number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booth.objects.filter(pk=last.pk).update(number=None)


def test_two_booths_never_stand_on_one_place_and_a_placed_one_keeps_it(edition: Edition, home: City):
    officer = team.officer()
    one, other = chosen(edition, home), chosen(edition, member(name="Vila Nova"), 2)
    acts.place(one, "B1", by=officer)
    with pytest.raises(Refusal, match="Another booth"):
        acts.place(other, "B1", by=officer)
    with pytest.raises(Refusal, match="B1"):
        acts.draw_plan(edition, Plan((3,), None), opened=1, by=officer)
    with pytest.raises(Refusal, match="2 booths"):
        acts.draw_plan(edition, Plan((1,), None), opened=1, by=officer)
    acts.withdraw(one, by=team.member(home))
    acts.place(other, "B1", by=officer)
    acts.place(other, "", by=officer)
    assert set(Booth.objects.values_list("place", flat=True)) == {""}


def test_a_city_is_told_what_became_of_its_booth_and_nobody_elses_address(edition: Edition, home: City):
    speaker, officer = team.member(home), team.officer()
    first = asked(edition, home)
    acts.choose(first, by=officer)
    acts.place(first, "A1", by=officer)
    acts.decline(first, reason="Too loud", by=officer)
    told = Mail.objects.filter(kind__startswith="conference.booth.")
    assert {each.kind.rpartition(".")[2] for each in told} == {"chosen", "placed", "declined"}
    assert {each.to_address for each in told} == {speaker.email}
    assert not any(officer.email in each.body or "Too loud" in each.body for each in told)


def test_a_booth_is_refused_with_its_reason(edition: Edition, home: City):
    speaker = team.member(home)

    def why(by: Any = speaker, city: City = home, to: Edition = edition, **facts: Any) -> str:
        given = {"initiative": None, "text": "x", "language": "en", "needs": "", **facts}
        with pytest.raises(Refusal) as refused:
            acts.apply(to, city, by=by, **given)
        return refused.value.code

    assert why(by=team.officer()) == "not-the-team"
    assert why(initiative=initiative("Theirs")) == "not-its-own"
    assert why(to=kit.edition("2032", number=32)) == "no-fair"
    assert why(to=with_fair(slug="2029", number=29, starts_in=-1)) == "closed"
    closed = with_fair(slug="2028", number=28)
    closed.settings["fair"]["apply_by"] = (days.today() - dt.timedelta(days=1)).isoformat()
    assert why(to=closed) == "closed"
    asked(edition, home)
    assert why() == "there-already"
    Membership.objects.filter(city=home).update(end=days.today())
    assert why() == "not-a-member"


def test_a_city_that_has_left_can_still_withdraw_its_booth(client: Any, edition: Edition, home: City):
    booth = chosen(edition, home, place="A1")
    team.sign_in(client, team.member(home))
    Membership.objects.filter(city=home).update(end=days.today())
    assert client.post(f"{page_of(home)}{booth.code}/withdraw/").status_code == 302
    assert client.post(f"{page_of(home)}{booth.code}/withdraw/").status_code == 409
    assert client.post(page_of(home), form()).status_code == 409


def test_a_city_that_does_not_come_leaves_its_booth_and_a_shared_one_to_who_does(edition: Edition, home: City):
    partner = team.city("Nara")
    kit.delegation(edition, partner)
    together = initiative(lead=home, slug="together")
    Partner.objects.create(initiative=together, city=partner, lead=home, state=exchange.CONFIRMED)
    own, alone = chosen(edition, home), chosen(edition, home, 2, initiative=initiative(lead=home), place="A1")
    shared = chosen(edition, home, 3, initiative=together)
    delegations.decline(edition, home, reason="", by=team.member(home))
    states_of = dict(Booth.objects.values_list("pk", "state"))
    assert [states_of[each.pk] for each in (own, alone, shared)] == ["withdrawn", "withdrawn", "chosen"]
    assert Booth.objects.exclude(place="").count() == 0


def test_a_city_that_has_left_the_network_has_no_booth_any_more(edition: Edition, home: City):
    booth = chosen(edition, home)
    assert jobs.give_up_what_the_network_has_left() == 0
    Membership.objects.filter(city=home).update(end=days.today())
    assert (jobs.give_up_what_the_network_has_left(), jobs.give_up_what_the_network_has_left()) == (1, 0)
    booth.refresh_from_db()
    assert (booth.state, booth.number) == ("withdrawn", None)


def test_the_desk_of_the_secretariat_says_what_waits(edition: Edition, home: City):
    officer = team.officer()
    asked(edition, home)
    assert [each.url for each in due(officer) if "fair" in each.url] == [LEAD]
    assert not [each for each in due(team.member(home)) if "fair" in each.url]
    Booth.objects.update(state=states.DECLINED)
    assert not [each for each in due(officer) if "fair" in each.url]


@pytest.mark.parametrize("wrong", [{"text": "\u202e\u202e"}, {"text": ""}, {"language": "xx"}, {"text": "x" * 1001}])
def test_what_is_wrong_comes_back_with_what_was_typed(
    client: Any, edition: Edition, home: City, wrong: dict[str, str]
):  # fmt: skip
    team.sign_in(client, team.member(home))
    back = client.post(page_of(home), form(needs="Two plugs", **wrong))
    assert back.status_code == 422
    assert "Two plugs" in back.content.decode()
    assert not Booth.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_two_officers_at_once_do_not_give_the_last_place_twice() -> None:
    edition, officer = with_fair((1,)), team.officer()
    two = [asked(edition, member(name=f"Vila {number}")) for number in range(2)]

    def give(booth: Booth) -> bool:
        try:
            acts.choose(booth, by=officer)
        except Refusal:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(give, two)) == [False, True]
    assert Booth.objects.filter(state=states.CHOSEN).count() == 1
