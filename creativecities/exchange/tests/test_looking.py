"""An initiative looks for partners until a day, is found by that, and ends by itself."""

import datetime as dt
import json
import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from creativecities.accounts.models import Person
from creativecities.core import days, desk, freshness
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange import actions, jobs, states
from creativecities.exchange.actions import wanted as acts
from creativecities.exchange.models import Initiative, Wanted
from creativecities.exchange.queries import found
from creativecities.exchange.queries import wanted as queries
from creativecities.exchange.tests.factories import initiative, topic
from creativecities.network.models import City, Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import FieldFactory, member

pytestmark = pytest.mark.django_db
PAGE, LIST, OF_CITY = "/initiatives/lamps-by-the-river/", "/initiatives/", "/cities/vila-lider/"
LOOKING = f"{PAGE}looking/"


def later(number: int) -> str:
    return (days.today() + dt.timedelta(days=number)).isoformat()


@pytest.fixture
def lead() -> City:
    return member(name="Vila Lider")


@pytest.fixture
def ana(lead: City) -> Person:
    return team.member(lead, "Ana Exemplo")


@pytest.fixture
def lamps(lead: City) -> Initiative:
    topic("tourism"), topic("youth", position=2)
    FieldFactory(slug="design")
    return initiative(lead=lead, fields="design")


@pytest.fixture
def editor(client: Any, ana: Person, lamps: Initiative) -> Any:
    return team.sign_in(client, ana)


@pytest.fixture
def visitor(new_client: Any) -> Any:
    return new_client()


def say(editor: Any, status: int = 302, **values: Any) -> str:
    typed = {"number": "2", "topics": ["tourism", "youth"], "closes_on": later(30), "opened": "0", **values}
    response = editor.post(LOOKING, typed)
    assert response.status_code == status, response.content.decode()
    freshness.forget()  # what a commit does
    return response.content.decode()


def day(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let it be some days later."""
    then = days.today() + dt.timedelta(days=number)
    monkeypatch.setattr(days, "today", lambda: then)


def count(visitor: Any, query: str = "looking=yes") -> int:
    return json.loads(visitor.get(f"/initiatives.json?{query}").content)["count"]


def test_everybody_reads_it_and_finds_it_by_that(editor: Any, visitor: Any):
    before = visitor.get(LIST).content.decode()
    assert "Looking for partners" not in before
    say(editor)
    text = visitor.get(PAGE).content.decode()
    for said in ("2 partner cities wanted", "Tourism", "Youth", "?topic=youth", "Write to Vila Lider"):
        assert said in text, said
    for path in (LIST, f"{LIST}?looking=yes", f"{LIST}?topic=youth", OF_CITY):
        assert "<strong>Looking for partners</strong>" in visitor.get(path).content.decode(), path
    assert (count(visitor), count(visitor, "topic=youth"), count(visitor, "looking=no")) == (1, 1, 0)
    row = json.loads(visitor.get("/initiatives.json").content)["results"][0]
    assert (row["partners_wanted"], row["partners_wanted_until"]) == (2, later(30))
    assert row["partner_topics"] == ["tourism", "youth"]
    assert later(30) in visitor.get("/initiatives.csv").content.decode()
    assert "Looking for partners" not in visitor.get(f"{OF_CITY}?as_of=2025-01-01").content.decode()
    assert Event.objects.get(kind="exchange.wanted.looking").actor_name == "Ana Exemplo"


def test_after_its_last_day_it_ends_by_itself(editor: Any, visitor: Any, monkeypatch: pytest.MonkeyPatch):
    say(editor)
    day(monkeypatch, 30)
    assert count(visitor) == 1
    day(monkeypatch, 1)
    assert count(visitor) == 0
    for path in (PAGE, LIST, OF_CITY):
        assert "Looking for partners" not in visitor.get(path).content.decode()
    assert "The last day has passed" in editor.get(LOOKING).content.decode()
    say(editor, opened="1")
    assert count(visitor) == 1


def test_its_teams_are_told_a_week_before_and_once(editor: Any, ana: Person, monkeypatch: pytest.MonkeyPatch):
    Person.objects.update(rhythm="never")
    say(editor)
    assert jobs.remind_of_last_days() == 0
    assert not [due for due in desk.due(ana) if due.url == LOOKING]
    day(monkeypatch, 23)
    assert (jobs.remind_of_last_days(), jobs.remind_of_last_days()) == (1, 0)
    mail = Mail.objects.get()
    assert (mail.to_person_id, mail.link.endswith(LOOKING)) == (ana.pk, True)
    assert "looks for partners until" in mail.subject
    assert [due.due_at.date().isoformat() for due in desk.due(ana) if due.url == LOOKING] == [later(7)]
    say(editor, opened="1", closes_on=later(60))
    day(monkeypatch, 53)
    assert jobs.remind_of_last_days() == 1
    assert Mail.objects.count() == 2


@pytest.mark.parametrize(("until", "told"), [(0, 0), (1, 1), (3, 1)])
def test_who_closes_it_soon_is_told_the_day_after_at_the_earliest(
    editor: Any, monkeypatch: pytest.MonkeyPatch, until: int, told: int
):
    say(editor, closes_on=later(until))
    assert jobs.remind_of_last_days() == 0
    day(monkeypatch, 1)
    assert jobs.remind_of_last_days() == told


def test_when_it_is_complete_nobody_else_is_looked_for(editor: Any, visitor: Any, monkeypatch: pytest.MonkeyPatch):
    say(editor)
    assert editor.post(f"{PAGE}complete/").status_code == 302
    freshness.forget()
    assert count(visitor) == 0
    assert "Partnership complete" in visitor.get(PAGE).content.decode()
    assert "Looking for partners" not in visitor.get(LIST).content.decode()
    assert editor.post(f"{PAGE}complete/").status_code == 409
    day(monkeypatch, 25)
    assert jobs.remind_of_last_days() == 0
    say(editor, opened="2")
    assert count(visitor) == 1


def test_what_does_not_look_for_partners_is_not_completed(editor: Any):
    assert editor.post(f"{PAGE}complete/").status_code == 409
    assert not Wanted.objects.exists()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"closes_on": later(-1)}, "Choose a day between today and a year from today."),
        ({"closes_on": later(400)}, "Choose a day between today and a year from today."),
        ({"closes_on": "2026-02-30"}, "Enter a valid date."),
        ({"number": "0"}, "greater than or equal to 1"),
        ({"number": "21"}, "less than or equal to 20"),
        ({"topics": []}, "This field is required."),
        ({"topics": ["nothing"]}, "Select a valid choice."),
    ],
)
def test_bad_input_is_named_and_nothing_is_lost(editor: Any, values: dict[str, Any], said: str):
    text = say(editor, 422, **values)
    assert said in text
    assert 'value="youth"' in text
    assert not Wanted.objects.exists()


def test_the_action_and_the_database_refuse_a_day_in_the_past_too(lamps: Initiative, ana: Person):
    values = {"number": 1, "topics": ["tourism"], "opened": 0, "by": ana}
    with pytest.raises(Refusal) as refused:
        acts.look_for_partners(lamps, closes_on=days.today() - dt.timedelta(days=1), **values)
    assert refused.value.code == "last-day"
    acts.look_for_partners(lamps, closes_on=days.today(), **values)
    for wrong in ({"closes_on": "2020-01-01"}, {"number": 0}, {"state": "perhaps"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Wanted.objects.update(**wrong)


def test_of_two_that_change_it_the_later_sees_what_the_other_said(editor: Any, lamps: Initiative, ana: Person):
    say(editor)
    text = say(editor, 409, number="5")
    for said in ("Two people wrote here", "Ana Exemplo", 'value="5"', 'name="opened" value="1"'):
        assert said in text, said
    assert Wanted.objects.get().number == 2
    assert "does not exist" in say(editor, 400, opened="99")
    editor.post(f"{PAGE}complete/")
    say(editor, 409, opened="1")
    assert Wanted.objects.get().state == states.COMPLETE


@pytest.mark.django_db(transaction=True)
def test_of_two_that_begin_at_once_one_wins():
    one, tourism = initiative(lead=(city := member())), topic()
    someone, start, outcomes = team.member(city), threading.Barrier(2), []

    def run() -> None:
        start.wait()
        try:
            acts.look_for_partners(one, number=1, topics=[tourism.pk], closes_on=days.today(), opened=0, by=someone)
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["conflict", "done"]
    assert Wanted.objects.get().version == 1


@pytest.mark.django_db(transaction=True)
def test_who_says_complete_while_another_renews_is_not_overwritten(monkeypatch: pytest.MonkeyPatch):
    one, last = initiative(lead=member(name="Vila Lider")), days.today() + dt.timedelta(days=30)
    ana = team.member(one.lead, "Ana Exemplo")
    acts.look_for_partners(one, number=1, topics=[], closes_on=last, opened=0, by=ana)

    def complete() -> None:
        acts.complete_partnership(one, by=ana)
        connection.close()

    other, hold = threading.Thread(target=complete), acts._hold

    def held(*args: Any) -> Wanted:
        found = hold(*args)
        other.start()
        other.join(0.5)  # it waits for what is held here
        return found

    monkeypatch.setattr(acts, "_hold", held)
    acts.look_for_partners(one, number=2, topics=[], closes_on=last, opened=1, by=ana)
    other.join(20)
    wanted = Wanted.objects.get()
    assert (wanted.state, wanted.number, wanted.version) == (states.COMPLETE, 2, 3)


def test_only_the_teams_that_own_it_say_so(editor: Any, new_client: Any, lamps: Initiative):
    guest = member(name="Vila Parceira")
    lamps.parts.create(city=guest, lead=lamps.lead, state=states.CONFIRMED)
    for someone in (team.member(guest), team.officer()):
        stranger = team.sign_in(new_client(), someone)
        assert stranger.get(LOOKING).status_code == 404
        assert stranger.post(f"{PAGE}complete/").status_code == 404
        with pytest.raises(Refusal) as refused:
            acts.look_for_partners(lamps, number=1, topics=[], closes_on=days.today(), opened=0, by=someone)
        assert refused.value.status == 403
    lamps.parts.update(owns=True)
    owner = team.sign_in(new_client(), guest.mandates.get().person)
    say(owner)


def test_what_nobody_reads_looks_for_nobody(editor: Any, visitor: Any, lamps: Initiative, ana: Person):
    say(editor)
    actions.retire(lamps, by=ana)
    freshness.forget()
    assert count(visitor) == 0
    assert "Publish it first" in editor.get(LOOKING).content.decode()
    say(editor, 409, opened="1")
    assert jobs.remind_of_last_days() == 0


def test_a_city_that_left_the_network_looks_for_nobody(editor: Any, visitor: Any, lead: City):
    say(editor)
    Membership.objects.filter(city=lead).update(end="2025-01-01")
    freshness.forget()
    assert count(visitor) == 0
    assert "Looking for partners" not in visitor.get(PAGE).content.decode()
    say(editor, 409, opened="1")
    editor.post(f"{PAGE}complete/")
    assert Wanted.objects.get().state == states.COMPLETE


@pytest.mark.parametrize("number", [3, 60])
def test_the_list_costs_the_same_at_any_length(visitor: Any, lead: City, number: int):
    tourism = topic()
    FieldFactory(slug="design")
    for each in range(number):
        one = initiative(f"Lamps {each}", lead=lead, fields="design")
        today = days.today()
        wanted = Wanted.objects.create(initiative=one, number=1, opened_on=today, closes_on=today)
        wanted.topics.add(tourism)
    visitor.get(f"{LIST}?looking=yes")
    freshness.forget()
    with CaptureQueriesContext(connection) as statements:
        visitor.get(f"{LIST}?looking=yes")
    found = [one["sql"][:60] for one in statements if "exchange_" in one["sql"]]
    assert len(found) == 8, found  # catalogue 3, partners wanted 2, topics, translations, the page itself


def test_searches_that_end_cost_the_desk_the_same_at_any_number_and_are_not_due_for_ever(lead: City, ana: Person):
    numbers = []
    for more in (1, 4):
        for number in range(more):
            one = initiative(f"Lamps {more} {number}", lead=lead)
            opened = days.today() - dt.timedelta(days=30)
            Wanted.objects.create(initiative=one, number=1, opened_on=opened, closes_on=days.today())
        freshness.forget()
        with CaptureQueriesContext(connection) as done:
            due = list(queries.due_for(ana))
        numbers.append((len(done), len(due)))
    assert (numbers[0][1], numbers[1][1]) == (1, 5)
    assert numbers[1][0] <= numbers[0][0]  # what a person holds is read the first time
    long_ago = days.today() - dt.timedelta(days=800)
    Wanted.objects.update(opened_on=long_ago, closes_on=long_ago)
    freshness.forget()
    assert not list(queries.due_for(ana))


def test_an_earlier_day_does_not_tell_who_looks_today(editor: Any, visitor: Any, lamps: Initiative):
    Initiative.objects.update(starts_on="2018-01-01")
    say(editor)
    (row,) = visitor.get("/initiatives.json").json()["results"]
    assert row["partners_wanted"]
    (row,) = visitor.get("/initiatives.json?as_of=2019-01-01").json()["results"]
    assert not row["partners_wanted"]
    assert visitor.get("/initiatives.json?looking=yes").json()["count"] == 1
    assert visitor.get("/initiatives.json?looking=yes&as_of=2019-01-01").json()["count"] == 0
    assert "looking=yes" not in visitor.get("/initiatives/?as_of=2019-01-01").content.decode()


def test_what_has_no_year_is_not_shown_of_an_earlier_day(lamps: Initiative):
    earlier = days.today() - dt.timedelta(days=400)
    assert [len(found.of_city(lamps.lead_id, day=day, most=9)) for day in (earlier, dt.date.max)] == [0, 1]
    Initiative.objects.update(ends_on=earlier)
    assert len(found.of_city(lamps.lead_id, day=earlier, most=9)) == 1


def test_who_deletes_their_account_is_forgotten(editor: Any, ana: Person):
    from creativecities.accounts import actions as accounts

    say(editor)
    accounts.erase(ana, by=ana)
    assert Wanted.objects.get().person_name == ""
