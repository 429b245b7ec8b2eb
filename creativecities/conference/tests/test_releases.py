"""Releases: looked over, numbered, frozen; who is concerned is told once, with a calendar."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from creativecities.accounts.tests import people
from creativecities.conference import states
from creativecities.conference.actions import programme as planning
from creativecities.conference.models import Delegate, Edition, Release, Session
from creativecities.conference.queries import releases as queries
from creativecities.conference.tests import kit
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
DESK = "/secretariat/conference/2031/programme/release/"
PUBLIC = "/conference/2031/programme/"


@pytest.fixture
def one() -> Edition:
    return kit.edition(starts_on=dt.date(2031, 5, 4), last_day=dt.date(2031, 5, 7))


@pytest.fixture
def officer() -> Any:
    return team.officer()


def move(session: Session, hours: int, by: Any) -> None:
    session.refresh_from_db()
    assert session.starts_at
    to = session.starts_at + dt.timedelta(hours=hours)
    planning.move_session(session, room=session.room, starts_at=to, opened=session.version, by=by)


def test_what_is_read_is_released_and_the_draft_goes_on(client: Any, one: Edition, officer: Any):
    kit.session(one, title={"en": "Opening", "fr": "Ouverture"}, room=kit.room(one))
    desk = team.sign_in(client, officer)
    page = desk.get(DESK).content.decode()
    assert "New session:" in page
    assert "What release 1 would change" in page
    read = page.split('name="read" value="')[1].split('"')[0]
    assert "not released yet" in client.get(PUBLIC).content.decode()
    assert desk.post(DESK, {"read": read, "note": "The first."}).url == PUBLIC
    released = Release.objects.get()
    assert (released.number, released.note, released.person_name) == (1, "The first.", officer.name)
    assert [row["slug"] for row in released.listing["sessions"]] == ["opening"]
    session = Session.objects.get()
    move(session, 3, officer)
    text = client.get(PUBLIC).content.decode()
    assert "10:00</time>" in text  # nine in UTC is ten in Lisbon in May
    assert "13:00" not in text
    assert "Moved in time" in desk.get(DESK).content.decode()


def test_what_was_edited_since_it_was_read_is_not_released(client: Any, one: Edition, officer: Any):
    session = kit.session(one)
    desk = team.sign_in(client, officer)
    read = queries.draft(one).fingerprint
    move(session, 1, officer)
    answer = desk.post(DESK, {"read": read, "note": "Not lost"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "edited since you opened this page" in text
    assert "Not lost" in text
    again = text.split('name="read" value="')[1].split('"')[0]
    assert desk.post(DESK, {"read": again}).status_code == 302
    assert desk.post(DESK, {"read": again}).status_code == 409  # the second click
    assert "The draft says what is released already" in desk.get(DESK).content.decode()


def test_a_draft_of_an_edition_releases_nothing(one: Edition, officer: Any):
    kit.session(one)
    for state, why in ((states.DRAFT, "not announced"), (states.CANCELLED, "is cancelled")):
        Edition.objects.update(state=state)
        one.refresh_from_db()
        with pytest.raises(Refusal, match=why):
            kit.release(one, by=officer)
    with pytest.raises(Refusal, match="run by the Secretariat"):
        kit.release(one, by=team.member(team.city()))


def test_numbers_are_held_by_the_database(one: Edition, officer: Any):
    kit.session(one)
    kit.release(one, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(edition=one, number=1, listing={})


def test_speakers_are_told_once_with_their_sessions_for_the_calendar(one: Edition, officer: Any):
    sent, session = kit.delegation(one, team.city()), kit.session(one, room=kit.room(one))
    person = people.person("Ana Exemplo", language="fr")
    ana = kit.delegate(sent, person=person)
    guest = kit.delegate(sent, name="Bruno Exemplo", email="bruno@example.org")
    silent = kit.delegate(sent, "mayor", "Carla Exemplo")
    for speaker in (ana, guest, silent):
        planning.name_speaker(session, speaker, by=officer)
    kit.release(one, by=officer)
    mails = {mail.to_address: mail for mail in Mail.objects.filter(kind="conference.programme.released")}
    assert set(mails) == {person.email, "bruno@example.org"}
    assert mails[person.email].language == "fr"
    assert "Conférence des lampes" in mails[person.email].subject
    for mail in mails.values():
        assert f"UID:session-{session.guid}" in mail.calendar
        assert "SEQUENCE:1" in mail.calendar
        assert "LOCATION:Hall" in mail.calendar
        assert not {"Ana", "Bruno", "Carla"} & set((mail.subject + mail.body).replace(",", " ").split())
    kit.session(one, "other", hour=15)
    kit.release(one, by=officer)
    assert Mail.objects.filter(kind="conference.programme.released").count() == 2  # it does not concern them


def test_a_session_that_is_dropped_is_told_as_cancelled(one: Edition, officer: Any):
    sent, session = kit.delegation(one, team.city()), kit.session(one)
    kit.session(one, "other", hour=15)
    planning.name_speaker(session, kit.delegate(sent, person=people.person()), by=officer)
    kit.release(one, by=officer)
    planning.drop_session(session, by=officer)
    kit.release(one, by=officer)
    last = Mail.objects.filter(kind="conference.programme.released").last()
    assert last
    assert "STATUS:CANCELLED" in last.calendar
    assert "SEQUENCE:2" in last.calendar


def test_who_withdraws_is_neither_told_nor_named(client: Any, one: Edition, officer: Any):
    sent, session = kit.delegation(one, team.city()), kit.session(one)
    public = {"consent": Delegate.Consent.PUBLIC, "person": people.person()}
    planning.name_speaker(session, kit.delegate(sent, **public), by=officer)
    planning.name_speaker(session, kit.delegate(sent, name="Bruno Exemplo"), by=officer)
    kit.release(one, by=officer)
    text = client.get(f"{PUBLIC}opening/").content.decode()
    assert "Ana Exemplo" in text
    assert "Bruno" not in text  # who did not agree is there by the city alone
    assert text.count('href="/cities/kobe/"') == 2
    Delegate.objects.filter(name="Ana Exemplo").update(state=states.WITHDRAWN, number=None)
    assert "Ana Exemplo" not in client.get(f"{PUBLIC}opening/").content.decode()
    move(session, 1, officer)
    Mail.objects.all().delete()
    kit.release(one, by=officer)
    assert not Mail.objects.exists()


def test_changes_are_public_and_followed_by_a_feed(client: Any, one: Edition, officer: Any):
    session = kit.session(one)
    kit.release(one, by=officer)
    move(session, 2, officer)
    kit.release(one, by=officer, note="The hall is <b>free</b> later.")
    text = client.get(f"{PUBLIC}changes/").content.decode()
    assert text.index('id="r-2"') < text.index('id="r-1"')
    assert "Moved in time:" in text
    assert "10:00–11:00" in text
    assert "12:00–13:00" in text
    assert "&lt;b&gt;" in text
    feed = client.get("/conference/2031/programme.atom").content.decode()
    assert feed.count("<entry") == 2
    assert "changes/#r-2" in feed
