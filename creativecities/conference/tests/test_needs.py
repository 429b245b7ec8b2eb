"""What delegates need: said by themselves or their team, read by few, deleted by rule and with the account."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import pytest

from creativecities.accounts import actions as accounts
from creativecities.accounts import queries as export
from creativecities.accounts.models import Invitation
from creativecities.conference import jobs
from creativecities.conference.actions import needs as acts
from creativecities.conference.models import Delegate, Delegation, Edition, Needs, SignUp
from creativecities.conference.rules import registration as rules
from creativecities.conference.tests import kit
from creativecities.core import days
from creativecities.core.models import Event, Mail
from creativecities.network.models import City
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
PAGE = "/conference/2031/delegation/kobe/"
FORM = [
    {"key": "bus", "kind": "yes-no", "label": {"en": "Comes by bus", "fr": "En bus"}, "guidance": {},
     "is_required": False, "roles": ["expert"], "keep_days": 5},
    {"key": "hotel", "kind": "line", "label": {"en": "Hotel"}, "guidance": {}, "is_required": True,
     "roles": ["expert"], "keep_days": 90},
    {"key": "car", "kind": "line", "label": {"en": "Car"}, "guidance": {}, "is_required": True,
     "roles": ["mayor"], "keep_days": 90},
]  # fmt: skip


@pytest.fixture
def edition() -> Edition:
    return kit.edition(settings=kit.settings() | {"form": FORM})


@pytest.fixture
def home() -> City:
    return team.city("Kobe")


@pytest.fixture
def dora(edition: Edition, home: City) -> Delegate:
    return kit.delegate(kit.delegation(edition, home), name="Dora Exemplo", email="dora@example.org")


def typed(**more: Any) -> dict[str, Any]:
    version = Delegation.objects.get().version
    return {"opened": version, "consent": "public", "diet": "No nuts", "answer_hotel": "Harbour", **more}


def test_the_team_writes_down_what_somebody_needs_and_the_secretariat_reads_it(
    dora: Delegate, edition: Edition, home: City, client: Any, new_client: Any
):
    ana = team.sign_in(client, team.member(home))
    page = f"{PAGE}{dora.code}/needs/"
    text = ana.get(page).content.decode()
    assert "Comes by bus" in text
    assert "Car</label>" not in text
    assert ana.post(page, typed(answer_hotel="")).status_code == 422
    day = edition.starts_on.isoformat() if edition.starts_on else ""
    assert ana.post(page, typed(days=[day], languages=["ja"], answer_bus="on")).url == PAGE
    dora.refresh_from_db()
    assert (dora.days, dora.languages, dora.consent) == ([day], ["ja"], "public")
    assert (dora.needs.diet, dora.needs.answers) == ("No nuts", {"bus": True, "hotel": "Harbour"})
    assert "No nuts" in ana.get(page).content.decode()
    late = ana.post(page, typed(opened=1, diet="Vegan"))
    assert (late.status_code, "Vegan" in late.content.decode()) == (409, True)
    stranger = team.sign_in(new_client(), team.member(team.city("Nara")))
    assert stranger.get(page).status_code == 404
    officer = team.sign_in(new_client(), team.officer())
    text = officer.get("/secretariat/conference/2031/delegations/kobe/").content.decode()
    assert "No nuts" in text
    assert "Harbour" in text
    assert "nuts" not in str([event.facts for event in Event.objects.all()])


def test_who_has_no_account_is_invited_to_their_own_entry_and_says_it_themselves(
    dora: Delegate, home: City, client: Any, new_client: Any
):
    ana = team.sign_in(client, team.member(home))
    assert ana.post(f"{PAGE}{dora.code}/invite/", {"language": "fr"}).url == PAGE
    own = new_client()
    assert own.post(urlsplit(Mail.objects.get(to_address="dora@example.org").link).path).status_code == 302
    dora.refresh_from_db()
    assert dora.person is not None
    mine = "/conference/2031/mine/entry/"
    assert "Dora Exemplo" in own.get(mine).content.decode()
    assert mine in own.get("/conference/2031/").content.decode()
    assert own.post(mine, typed(diet="Halal")).url == mine
    assert Needs.objects.get().person == dora.person
    assert own.get(PAGE).status_code == 404
    assert ana.post(f"{PAGE}{dora.code}/invite/", {"language": "fr"}).status_code == 409
    assert new_client().get(mine).status_code == 302
    assert ana.get(mine).status_code == 404


def test_a_link_opens_nothing_once_the_address_is_another_or_its_sender_has_left(dora: Delegate, home: City):
    ana = team.member(home)
    acts.invite(dora, language="en", by=ana)
    invitation = Invitation.objects.get()
    assert rules.stands(invitation)
    Delegate.objects.update(email="other@example.org")
    assert not rules.stands(invitation)
    Delegate.objects.update(email="dora@example.org")
    ana.mandates.update(end=days.today())
    assert not rules.stands(invitation)


def test_needs_and_answers_are_deleted_when_their_time_is_over_and_the_trail_says_how_many(dora: Delegate):
    Needs.objects.create(delegate=dora, diet="No nuts", answers={"bus": True, "hotel": "Harbour"})
    Delegate.objects.update(latin_name="DORA EXEMPLO")

    def after(over: int) -> int:
        last = days.today() - dt.timedelta(days=over)
        Edition.objects.update(starts_on=last, last_day=last)
        return jobs.forget_needs()

    assert after(5) == 0
    assert (after(6), after(6)) == (1, 0)
    assert (Needs.objects.get().answers, Needs.objects.get().diet) == ({"hotel": "Harbour"}, "No nuts")
    assert (after(31), after(31)) == (1, 0)
    dora.refresh_from_db()
    assert (Needs.objects.get().diet, dora.latin_name) == ("", "")
    assert (after(91), Needs.objects.count()) == (1, 0)
    told = Event.objects.filter(kind="conference.edition.needs_forgotten")
    assert [event.facts["number"] for event in told] == [1, 1, 1]


def test_an_account_that_is_deleted_is_in_no_delegation_any_more(dora: Delegate):
    person = team.member(team.city("Nara"), "Dora Exemplo", role="mayor")
    Delegate.objects.update(person=person, consent="public")
    Needs.objects.create(delegate=dora, person=person, diet="No nuts")
    text = str(export.everything_about(person))
    assert "No nuts" in text
    assert dora.code in text
    accounts.erase(person, by=person)
    dora.refresh_from_db()
    assert (dora.name, dora.email, dora.consent) == ("(erased)", "", "nobody")
    assert not Needs.objects.exists()


def test_who_deletes_their_account_before_the_conference_gives_up_place_badge_and_seat(dora: Delegate, home: City):
    ana, person = team.member(home), team.member(team.city("Nara"), "Dora Exemplo", role="mayor")
    Delegate.objects.update(person=person)
    voice = kit.delegate(dora.delegation, "interpreter", "Rui Exemplo", bound_to=dora, email="rui@example.org")
    session = kit.session(dora.delegation.edition, seats=1)
    for number, who in ((1, dora), (None, voice)):
        SignUp.objects.create(session=session, delegate=who, number=number)
    badge, taken = kit.badge(dora), Delegation.objects.get().taken
    accounts.erase(person, by=person)
    for each in (dora, voice, badge):
        each.refresh_from_db()
    assert (dora.state, dora.number, dora.name) == ("withdrawn", None, "(erased)")
    assert badge.revoked_at is not None
    assert Delegation.objects.get().taken == taken - 1
    assert session.signups.get().delegate == voice
    assert session.signups.get().number == 1
    assert voice.bound_to is None
    letter = Mail.objects.get(kind="conference.delegation.dropped_out")
    assert letter.to_address == ana.email
    assert "Exemplo" not in letter.subject + letter.body


def test_who_came_stays_counted_when_they_delete_their_account_later(dora: Delegate):
    person = team.member(team.city("Nara"), "Dora Exemplo", role="mayor")
    Delegate.objects.update(person=person)
    last = days.today() - dt.timedelta(days=1)
    Edition.objects.update(starts_on=last, last_day=last)
    accounts.erase(person, by=person)
    dora.refresh_from_db()
    assert (dora.state, dora.name) == ("confirmed", "(erased)")
    assert not Mail.objects.filter(kind="conference.delegation.dropped_out").exists()
