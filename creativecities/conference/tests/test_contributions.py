"""Selected cases stand in sessions, are released with the programme, move, and go when their city does not come."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from creativecities.conference import states
from creativecities.conference.actions import cases, contributions, delegations, signups
from creativecities.conference.actions import programme as plans
from creativecities.conference.models import Case, Contribution, Delegate, Session, Speaker
from creativecities.conference.tests import kit, proposed
from creativecities.core import freshness
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange import states as exchange
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
DESK = "/secretariat/conference/2031/"


def selected() -> tuple[Case, Session, Delegate, Any]:
    """A selected case, a session of an hour, somebody of its city who comes, and an officer."""
    edition, city = proposed.called(), team.city()
    case = proposed.case(edition, city, by=team.member(city))
    Case.objects.update(state=states.SELECTED)
    case.refresh_from_db()
    sent = kit.delegation(edition, city)
    return case, kit.session(edition, "light", room=kit.room(edition)), kit.delegate(sent), team.officer()


def place(case: Case, session: Session, *speakers: Delegate, by: Any, **facts: Any) -> Any:
    case.refresh_from_db()
    given = {"position": 1, "minutes": 20, "opened": case.version, **facts}
    return contributions.place(case, session=session, speakers=speakers, by=by, **given)


def why(*args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refusal) as refused:
        place(*args, **kwargs)
    return refused.value.code


def test_a_selected_case_stands_in_a_session_and_is_read_once_it_is_released(client: Any, new_client: Any):
    case, _session, ana, officer = selected()
    team.sign_in(client, officer)
    page = f"{DESK}cases/{case.code}/session/"
    assert page in client.get(f"{DESK}cases/{case.code}/").content.decode()
    assert "Ana Exemplo" in client.get(page).content.decode()
    form = {"opened": str(case.version), "session": "light", "position": "1", "minutes": "20", "speakers": [ana.code]}
    too_long = client.post(page, form | {"minutes": "61"})
    assert too_long.status_code == 409
    assert "lasts 60 minutes" in too_long.content.decode()
    assert client.post(page, form).status_code == 302
    assert client.post(page, form | {"minutes": "10"}).status_code == 409  # opened before it was saved
    assert Speaker.objects.get().delegate == ana
    assert page in client.get(f"{DESK}programme/sessions/light/").content.decode()
    visitor = new_client()
    assert case.city.name not in visitor.get("/conference/2031/").content.decode()
    kit.release(case.edition, by=officer)
    freshness.forget()
    text = visitor.get("/conference/2031/programme/light/").content.decode()
    assert f'href="/initiatives/{case.initiative.slug}/"' in text
    assert "20 minutes" in text
    title = f"{case.initiative.title} ({case.city.name})"
    assert visitor.get("/conference/2031/programme.json").json()["results"][0]["cases"] == [title]
    assert title in visitor.get("/conference/2031/schedule.xml").content.decode()
    case.initiative.state = exchange.RETIRED
    case.initiative.save()
    freshness.forget()
    text = visitor.get("/conference/2031/programme/light/").content.decode()
    assert case.initiative.title not in text
    for name in ("programme.json", "programme.csv", "schedule.xml", "schedule.json"):
        told = visitor.get(f"/conference/2031/{name}").content.decode()
        assert case.city.name in told
        assert case.initiative.title not in told


def test_a_session_with_cases_takes_as_many_statements_with_one_as_with_three(
    client: Any, django_assert_max_num_queries: Any
):
    case, session, _ana, officer = selected()
    for number in range(3):
        city = team.city(f"Nara {number}")
        other = proposed.case(case.edition, city, by=team.member(city))
        Case.objects.update(state=states.SELECTED)
        other.refresh_from_db()
        place(other, session, by=officer, minutes=10, position=number + 1)
    kit.release(case.edition, by=officer)
    client.get("/conference/2031/programme/light/")
    with django_assert_max_num_queries(5):
        assert client.get("/conference/2031/programme/light/").content.decode().count("10 minutes") == 3


def test_who_speaks_goes_along_when_a_case_moves_and_leaves_with_it():
    case, session, ana, officer = selected()
    later = kit.session(case.edition, "later", hour=11)
    place(case, session, ana, by=officer)
    assert place(case, later, ana, by=officer).kind == "conference.contribution.moved"
    assert list(Speaker.objects.values_list("session__slug", "delegate")) == [("later", ana.pk)]
    plans.name_speaker(session, ana, by=officer)
    place(case, session, ana, by=officer)  # who is named there already speaks for it as well
    assert Speaker.objects.get().contribution
    place(case, later, ana, by=officer)
    assert [each.session for each in Speaker.objects.filter(contribution=None)] == [session]
    place(case, session, ana, by=officer)
    case.refresh_from_db()
    contributions.take_off(case, opened=case.version, by=officer)
    assert not Contribution.objects.exists()
    assert list(Speaker.objects.values_list("session__slug", "contribution")) == [("light", None)]  # named before
    case.refresh_from_db()
    with pytest.raises(Refusal):
        contributions.take_off(case, opened=case.version, by=officer)


def test_a_case_is_placed_by_who_plans_with_people_of_its_city_in_a_session_of_the_draft():
    case, session, ana, officer = selected()
    other = kit.delegate(kit.delegation(case.edition, team.city("Nara")), name="Outra Pessoa")
    interpreter = kit.delegate(ana.delegation, "interpreter", "Ivo Exemplo")
    assert why(case, session, by=team.member(team.city("Otsu"))) == "secretariat-only"
    assert why(case, session, other, by=officer) == "of-another-city"
    assert why(case, session, interpreter, by=officer) == "no-right-to-speak"
    assert why(case, session, by=officer, opened=0) == "forged-version"
    assert why(case, kit.session(kit.edition("2032", number=32), "there"), by=officer) == "not-planned"
    place(case, session, ana, by=officer)
    assert why(case, session, ana, by=officer) == "unchanged"
    Case.objects.update(state=states.WAITING)
    assert why(case, session, ana, by=officer, minutes=5) == "not-selected"
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.update(minutes=0)


def test_a_city_that_does_not_come_takes_its_cases_off_and_the_secretariat_is_told():
    case, session, ana, officer = selected()
    place(case, session, ana, by=officer)
    focal = case.city.mandates.get(role="focal-point").person
    delegations.decline(case.edition, case.city, reason="The river is high", by=focal)
    case.refresh_from_db()
    assert case.state == states.WITHDRAWN
    assert not Contribution.objects.exists()
    assert not Speaker.objects.exists()
    mail = Mail.objects.get(kind="conference.case.withdrawn")
    assert mail.to_address == officer.email
    assert "Light" in mail.body
    assert ana.name not in mail.body


def test_what_is_turned_down_after_all_leaves_the_programme():
    case, session, ana, officer = selected()
    place(case, session, ana, by=officer)
    case.refresh_from_db()
    cases.decide(case, "turn_down", reason="The room is gone", opened=case.version, by=officer)
    assert not Contribution.objects.exists()
    assert not Speaker.objects.exists()


def test_a_case_is_placed_in_the_session_as_it_is_now():
    case, session, ana, officer = selected()
    Session.objects.update(state=states.DROPPED)  # in another window, since the page was opened
    assert why(case, session, ana, by=officer) == "not-planned"


def test_a_city_that_does_not_come_gives_up_its_cases_before_its_seats(monkeypatch: pytest.MonkeyPatch):
    """As who plans takes a case first and then its session: otherwise each could wait for the other."""
    case, _session, _ana, _officer = selected()
    seen = []
    vacate = signups.vacate
    monkeypatch.setattr(
        signups, "vacate", lambda *a, **k: (seen.append(Case.objects.get().state), vacate(*a, **k))
    )  # fmt: skip
    focal = case.city.mandates.get(role="focal-point").person
    delegations.decline(case.edition, case.city, reason="The river is high", by=focal)
    assert seen == [states.WITHDRAWN]
