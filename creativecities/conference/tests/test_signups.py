"""Seats: never more than there are, passed on to who waits; fewer only knowingly; one's own programme."""

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from creativecities.accounts import actions as accounts
from creativecities.accounts.tests import people
from creativecities.conference import jobs
from creativecities.conference.actions import programme as planning
from creativecities.conference.actions import signups as acts
from creativecities.conference.models import CalendarKey, Delegate, Edition, Favourite, Session, SignUp
from creativecities.conference.tests import kit
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
PAGE = "/conference/2031/programme/opening/"
MINE = "/conference/2031/mine/programme/"


@pytest.fixture
def one() -> Edition:
    made = kit.edition()
    kit.session(made, seats=2)
    return made


@pytest.fixture
def session(one: Edition) -> Session:
    kit.release(one, by=team.officer())
    return one.sessions.get()


def someone(of: Edition, name: str = "Ana Exemplo", **facts: Any) -> Delegate:
    """Comes with an account, from a city of their own."""
    sent = kit.delegation(of, team.city(f"City of {name}"))
    return kit.delegate(sent, name=name, person=people.person(name), **facts)


def signed(session: Session, name: str) -> Delegate:
    made = someone(session.edition, name)
    assert made.person
    acts.sign_up(session, made, by=made.person)
    return made


def numbers(session: Session) -> dict[str, int | None]:
    return dict(session.signups.values_list("delegate__name", "number"))


def test_who_comes_takes_a_seat_and_gives_it_back(client: Any, session: Session):
    ana = someone(session.edition)
    team.sign_in(client, ana.person)
    assert "0 of 2 seats are taken" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}sign-up/", {"delegate": ana.code}).status_code == 302
    assert numbers(session) == {"Ana Exemplo": 1}
    assert "has a seat" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}sign-up/", {"delegate": ana.code}).status_code == 409
    assert client.post(f"{PAGE}give-back/", {"delegate": ana.code}).status_code == 302
    assert client.post(f"{PAGE}give-back/", {"delegate": ana.code}).status_code == 409
    assert not numbers(session)
    assert client.post(f"{PAGE}sign-up/", {"delegate": "\0"}).status_code in (400, 404)


def test_who_waits_longest_moves_up_and_is_told(session: Session):
    first, _second = signed(session, "Ana"), signed(session, "Berta")
    waits, _later = signed(session, "Carla"), signed(session, "Dora")
    assert numbers(session) == {"Ana": 1, "Berta": 2, "Carla": None, "Dora": None}
    acts.give_back(session, first, by=first.person)
    assert numbers(session) == {"Carla": 1, "Berta": 2, "Dora": None}
    mail = Mail.objects.get(kind="conference.session.moved_up")
    assert waits.person
    assert mail.to_address == waits.person.email
    assert "Carla" not in mail.subject + mail.body


def test_a_team_signs_up_those_who_have_no_account_and_nobody_elses(client: Any, new_client: Any, session: Session):
    mayor = kit.delegate(kit.delegation(session.edition, team.city("Nara")), "mayor", "Carla Exemplo")
    team.sign_in(client, team.member(mayor.delegation.city))
    assert "Carla Exemplo" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}sign-up/", {"delegate": mayor.code}).status_code == 302
    other = team.sign_in(new_client(), someone(session.edition).person)
    assert "Carla Exemplo" not in other.get(PAGE).content.decode()
    for path in ("sign-up/", "give-back/"):
        assert other.post(PAGE + path, {"delegate": mayor.code}).status_code == 404
        assert new_client().post(PAGE + path, {"delegate": mayor.code}).status_code == 302
    assert numbers(session) == {"Carla Exemplo": 1}
    with pytest.raises(Refusal, match="One signs up oneself"):
        acts.give_back(session, mayor, by=people.person())
    assert "Carla" not in str(list(Event.objects.filter(kind__contains="session").values_list("subject_name", "facts")))


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"seats": None}, "one just comes"),
        ({"admits": "mayors"}, "mayor or deputy mayor on its day"),
        ({"starts_at": "2020-01-01T09:00Z"}, "has begun"),
        ({"state": "dropped"}, "does not take place"),
    ],
)
def test_there_is_no_seat_and_the_reason_is_said(session: Session, facts: dict[str, Any], why: str):
    Session.objects.update(**facts)
    kit.release(session.edition, by=team.officer("Bruno Exemplo"), note="Otherwise")
    with pytest.raises(Refusal, match=why):
        signed(session, "Ana")


def test_who_does_not_come_has_no_seat(session: Session):
    for state, number in (("nominated", 1), ("waiting", None)):
        made = someone(session.edition, state, state=state, number=number)
        with pytest.raises(Refusal, match="confirmed by name"):
            acts.sign_up(session, made, by=made.person)


def test_the_director_reads_why_the_forum_is_closed_to_them(client: Any, one: Edition):
    Session.objects.update(admits="mayors", kind="mayors-forum")
    kit.release(one, by=team.officer())
    team.sign_in(client, someone(one).person)
    text = client.get(PAGE).content.decode()
    assert "disabled" in text
    assert text.count("for those who are mayor or deputy mayor on its day") == 2  # for all, and beside the button


def test_what_is_only_in_the_draft_takes_no_seat_away(session: Session):
    signed(session, "Ana")
    Session.objects.update(admits="mayors")
    assert jobs.turn_away() == 0
    signed(session, "Berta")
    assert numbers(session) == {"Ana": 1, "Berta": 2}
    kit.release(session.edition, by=team.officer("Bruno Exemplo"))
    assert jobs.turn_away() == 1
    assert not numbers(session)


def test_who_comes_in_again_when_the_session_is_held_keeps_the_seat(session: Session):
    ana = signed(session, "Ana")
    with pytest.raises(Refusal, match="Nothing was changed"):
        acts.turn_away(session, [ana], by=jobs.CALENDAR)
    assert numbers(session) == {"Ana": 1}


def test_a_seat_of_what_is_over_or_dropped_is_passed_on_to_nobody(session: Session):
    first, second = signed(session, "Ana"), signed(session, "Berta")
    signed(session, "Carla")
    signed(session, "Dora")
    Session.objects.update(state="dropped")
    acts.give_back(session, first, by=first.person)
    assert numbers(session) == {"Berta": 2, "Carla": None, "Dora": None}
    session.refresh_from_db()
    planning.plan_again(session, by=team.officer("Bruno Exemplo"))
    assert numbers(session) == {"Carla": 1, "Berta": 2, "Dora": None}
    Session.objects.update(starts_at="2020-01-01T09:00Z")
    acts.give_back(session, second, by=second.person)
    assert numbers(session) == {"Carla": 1, "Dora": None}
    assert Mail.objects.filter(kind="conference.session.moved_up").count() == 1


def test_who_does_not_come_in_any_more_does_not_move_up(session: Session):
    first = signed(session, "Ana")
    signed(session, "Berta")
    signed(session, "Carla")
    mayor = kit.mayor(kit.delegation(session.edition, team.city("Nara")), "Dora", person=people.person("Dora"))
    acts.sign_up(session, mayor, by=mayor.person)
    Session.objects.update(admits="mayors")
    kit.release(session.edition, by=team.officer("Bruno Exemplo"))
    acts.give_back(session, first, by=first.person)
    assert numbers(session) == {"Dora": 1, "Berta": 2, "Carla": None}


def test_a_seat_is_held_once_by_the_database(session: Session):
    ana = signed(session, "Ana")
    berta = someone(session.edition, "Berta")
    for wrong in ({"delegate": ana, "number": 2}, {"delegate": berta, "number": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SignUp.objects.create(session=session, **wrong)


@pytest.mark.django_db(transaction=True)
def test_many_who_click_at_once_get_no_more_seats_than_there_are():
    made = kit.edition()
    session = kit.session(made, seats=3)
    crowd, failed = [someone(made, f"Person {at}") for at in range(8)], []
    start = threading.Barrier(8)

    def click(delegate: Delegate) -> None:
        start.wait()
        try:
            acts.sign_up(Session.objects.get(pk=session.pk), delegate, by=delegate.person)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=[each]) for each in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failed
    taken = list(session.signups.values_list("number", flat=True))
    assert sorted(each for each in taken if each) == [1, 2, 3]
    assert taken.count(None) == 5


def test_fewer_seats_send_the_last_ones_back_only_knowingly(client: Any, session: Session):
    for name in ("Ana", "Berta", "Carla"):
        signed(session, name)
    desk = team.sign_in(client, team.officer("Bruno Exemplo"))
    page = "/secretariat/conference/2031/programme/sessions/opening/"
    wall = {
        f"{each}_at": f"{session.edition.starts_on}T{hour}" for each, hour in (("starts", "10:00"), ("ends", "11:00"))
    }
    typed = {"opened": 1, "title_en": "Opening", "kind": "plenary", "language": "en", "admits": "everybody", **wall}
    answer = desk.post(page, {**typed, "seats": 1})
    assert answer.status_code == 409
    assert "1 person who has a seat would stand over" in answer.content.decode()
    assert numbers(session) == {"Ana": 1, "Berta": 2, "Carla": None}
    assert desk.post(page, {**typed, "seats": 1, "stand_over": "on"}).status_code == 302
    assert numbers(session) == {"Ana": 1, "Berta": None, "Carla": None}
    assert Mail.objects.filter(kind="conference.session.stood_over").count() == 1
    assert desk.post(page, {**typed, "opened": 2, "seats": 2}).status_code == 302
    assert numbers(session) == {"Ana": 1, "Berta": 2, "Carla": None}  # who stood over comes first


def test_a_room_that_shrinks_takes_seats_along_knowingly(session: Session):
    room, officer = kit.room(session.edition, capacity=5), team.officer("Bruno Exemplo")
    Session.objects.update(room=room)
    for name in ("Ana", "Berta"):
        signed(session, name)
    small = {"name": room.name, "capacity": 1}
    with pytest.raises(Refusal, match="would stand over"):
        planning.edit_room(room, small, opened=1, by=officer)
    room.refresh_from_db()
    assert room.capacity == 5
    planning.edit_room(room, small, opened=1, stand_over=True, by=officer)
    session.refresh_from_db()
    assert session.seats == 1
    assert numbers(session) == {"Ana": 1, "Berta": None}


def test_who_has_a_seat_is_told_when_it_moves_and_what_is_at_the_same_time_now(one: Edition, session: Session):
    officer = team.officer("Bruno Exemplo")
    other = kit.session(one, "other", hour=15, seats=5)
    kit.release(one, by=officer)
    ana = signed(session, "Ana")
    acts.sign_up(other, ana, by=ana.person)
    session.refresh_from_db()
    Mail.objects.all().delete()
    planning.move_session(session, room=None, starts_at=other.starts_at, opened=session.version, by=officer)
    kit.release(one, by=officer)
    mail = Mail.objects.get()
    assert "Moved in time: Opening" in mail.body
    assert "“Opening” and “Other” are at the same time now." in mail.body


def test_ones_own_programme_holds_what_one_speaks_in_has_a_seat_in_and_marks(
    client: Any, new_client: Any, one: Edition, session: Session
):
    talk, marked = kit.session(one, "talk", hour=9), kit.session(one, "walk", day=1)
    kit.session(one, "nothing-of-mine", day=2)
    ana = signed(session, "Ana")
    planning.name_speaker(talk, ana, by=team.officer("Bruno Exemplo"))
    kit.release(one, by=team.officer("Carla Exemplo"))
    team.sign_in(client, ana.person)
    assert client.post("/conference/2031/programme/walk/mark/").status_code == 302
    text = client.get(MINE).content.decode()
    assert "You have a seat. At the same time: Talk" in text
    assert "You speak. At the same time: Opening" in text
    assert "You have marked it." in text
    assert "nothing-of-mine" not in text
    assert "Nothing is in it yet" in team.sign_in(new_client(), people.person()).get(MINE).content.decode()
    assert new_client().get(MINE).status_code == 302
    assert client.post("/conference/2031/programme/walk/mark/", {"not": "1"}).status_code == 302
    assert not Favourite.objects.filter(session=marked).exists()


def test_a_calendar_is_read_at_a_secret_address_until_it_is_withdrawn(client: Any, new_client: Any, session: Session):
    ana = signed(session, "Ana")
    team.sign_in(client, ana.person)
    assert client.post(f"{MINE}calendar/").status_code == 302
    address = f"{MINE}{CalendarKey.objects.get().key}.ics"
    assert address in client.get(MINE).content.decode()
    assert f"UID:session-{session.guid}" in new_client().get(address).content.decode()
    client.post(f"{MINE}calendar/")
    assert new_client().get(address).status_code == 404
    address = f"{MINE}{CalendarKey.objects.get().key}.ics"
    client.post(f"{MINE}calendar/", {"revoke": "1"})
    assert new_client().get(address).status_code == 404
    assert new_client().get(f"{MINE}nothing.ics").status_code == 404
    assert client.post(f"{MINE}calendar/", {"revoke": "1"}).status_code == 409


def test_a_deleted_account_leaves_no_marks(client: Any, session: Session):
    ana = people.person("Ana")
    team.sign_in(client, ana)
    client.post(f"{PAGE}mark/")
    client.post(f"{MINE}calendar/")
    accounts.erase(ana, by=ana)
    assert not Favourite.objects.exists()
    assert not CalendarKey.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_session_asks_the_same_whoever_has_a_seat(
    client: Any, session: Session, number: int, django_assert_num_queries: Any
):
    sent = kit.delegation(session.edition, team.city())
    for at in range(number):
        made = kit.delegate(sent, "expert", f"Person {at}")
        acts.sign_up(session, made, by=team.member(sent.city, role="alternative-contact"))
    team.sign_in(client, team.member(sent.city))
    client.get(PAGE)
    with django_assert_num_queries(15):
        client.get(PAGE)
