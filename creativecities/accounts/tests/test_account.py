"""My account: settings, sessions, my data, leaving. Each page answers the six questions."""

import datetime as dt
import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.utils import timezone

from creativecities.accounts import actions, jobs, queries, rules
from creativecities.accounts.models import Invitation, Person
from creativecities.accounts.tests import people
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal

pytestmark = pytest.mark.django_db

PAGES = ["/account/", "/account/sessions/", "/account/data/", "/account/delete/"]
PROFILE = {"name": " Ana  Nováková ", "language": "ar", "time_zone": "Europe/Kyiv", "rhythm": "weekly"}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_each_page_works_for_its_owner(sign_in: Any, ana: Person, path: str, prefix: str) -> None:
    page = sign_in(ana).get(prefix + path)
    assert page.status_code == 200
    assert ("rtl" in page.text) == bool(prefix)


@pytest.mark.parametrize("path", [*PAGES, "/account/data/download/"])
def test_signed_out_leads_to_signing_in(client: Any, db: None, path: str) -> None:
    answer = client.post(path) if "download" in path else client.get(path)
    assert answer.status_code == 302
    assert answer.url == f"/sign-in/?next={path}"


@pytest.mark.parametrize("path", [*PAGES, "/account/data/download/"])
def test_other_methods_are_refused(sign_in: Any, ana: Person, path: str) -> None:
    client = sign_in(ana)
    answer = client.delete(path)
    assert answer.status_code == 405
    assert answer["Allow"]
    assert client.get("/account/data/download/").status_code == 405


def test_a_visitor_without_a_session_costs_no_statement(client: Any, db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/sign-in/").status_code == 200


def test_changing_the_profile(sign_in: Any, ana: Person) -> None:
    client = sign_in(ana)
    answer = client.post("/account/", PROFILE)
    assert (answer.status_code, answer.url) == (302, "/ar/account/")
    ana.refresh_from_db()
    assert (ana.name, ana.language, ana.time_zone, ana.rhythm) == ("Ana Nováková", "ar", "Europe/Kyiv", "weekly")
    event = Event.objects.get(kind="accounts.person.changed")
    assert event.facts == {"fields": ["language", "name", "rhythm", "time_zone"]}


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 121}, {"language": "xx"}, {"time_zone": "Mars/Base"}, {"rhythm": "hourly"}],
)
def test_a_wrong_profile_is_explained_and_changes_nothing(sign_in: Any, ana: Person, wrong: dict[str, str]) -> None:
    page = sign_in(ana).post("/account/", {**PROFILE, **wrong})
    assert page.status_code == 200
    assert "error-list" in page.text
    ana.refresh_from_db()
    assert (ana.name, ana.language) == ("Ana Novak", "en")


def test_times_are_shown_in_ones_own_time_zone(sign_in: Any, ana: Person) -> None:
    client = sign_in(ana)
    Person.objects.update(time_zone="Asia/Tokyo")
    client.get("/account/sessions/")
    UserSession.objects.update(created_at=dt.datetime(2026, 11, 21, 20, 30, tzinfo=dt.UTC))
    assert "Nov. 22, 2026, 5:30 a.m." in client.get("/account/sessions/").text


def two_browsers(ana: Person, new_client: Any) -> tuple[Any, Any]:
    here, there = new_client(HTTP_USER_AGENT="Here"), new_client(HTTP_USER_AGENT="There")
    for client in (here, there):
        client.force_login(ana, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get("/account/").status_code == 200
    return here, there


def test_sessions_are_listed_and_one_can_be_ended(ana: Person, new_client: Any) -> None:
    here, there = two_browsers(ana, new_client)
    page = here.get("/account/sessions/")
    assert "There" in page.text  # its user agent
    assert "This one" in page.text
    other = UserSession.objects.get(user_agent="There")
    assert here.post("/account/sessions/", {"session": other.pk}).status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit Version/18 Safari/604", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari/537 Edg/140", "Edge, Windows"),
        ("curl/8", "curl/8"),
        ("", ""),
    ],
)
def test_browsers_are_called_by_their_names(user_agent: str, name: str) -> None:
    assert queries.browser(user_agent) == name


def test_all_others_can_be_ended_at_once(ana: Person, new_client: Any) -> None:
    here, there = two_browsers(ana, new_client)
    here.post("/account/sessions/", {"session": "others"})
    assert there.get("/account/").status_code == 302
    assert [one.user_agent for one in queries.sessions(ana)] == ["Here"]
    assert Event.objects.get(kind="accounts.person.sessions_ended").facts == {"number": 1}


@pytest.mark.parametrize("session", ["0", "99999999999999999999999", "x", ""])
def test_the_sessions_of_others_cannot_be_ended(ana: Person, ben: Person, new_client: Any, session: str) -> None:
    here, _there = two_browsers(ana, new_client)
    stranger = new_client(HTTP_USER_AGENT="Stranger")
    stranger.force_login(ben, backend="allauth.account.auth_backends.AuthenticationBackend")
    stranger.get("/account/")
    for wanted in (session, str(UserSession.objects.get(user_agent="Stranger").pk)):
        here.post("/account/sessions/", {"session": wanted})
    assert UserSession.objects.count() == 3


def test_the_list_costs_the_same_with_one_and_three_sessions(
    ana: Person, new_client: Any, django_assert_num_queries: Any
) -> None:
    for number in (1, 3):
        clients = [new_client(HTTP_USER_AGENT=f"B{one}") for one in range(number)]
        for client in clients:
            client.force_login(ana, backend="allauth.account.auth_backends.AuthenticationBackend")
            client.get("/account/")
        with django_assert_num_queries(3):
            clients[0].get("/account/sessions/")


def test_the_download_holds_what_is_kept_about_me_and_nothing_of_others(
    sign_in: Any, ana: Person, ben: Person, accepted: list[Any]
) -> None:
    people.invite("test", by=ana, email="secret@example.org")
    actions.update_profile(ana, name="Ana N.", language="en", time_zone="UTC", rhythm="daily", by=ana)
    actions.update_profile(ben, name="Ben O.", language="en", time_zone="UTC", rhythm="daily", by=ben)
    answer = sign_in(ana).post("/account/data/download/")
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    mine = json.loads(answer.content)
    assert mine["person"]["email"] == "ana@example.org"
    assert "password" not in mine["person"]
    assert [row["kind"] for row in mine["records"]["core.event"]] == [
        "accounts.invitation.sent", "accounts.person.changed", "accounts.person.exported",
    ]  # fmt: skip
    assert mine["sign_in"]["addresses"] == [{"email": "ana@example.org", "verified": True, "primary": True}]
    text = answer.text
    assert "secret@example.org" not in text
    assert "Ben" not in text


def ask_to_leave(client: Any, person: Person) -> str:
    assert client.post("/account/delete/").status_code == 302
    assert "for good" in client.get("/account/delete/").text
    return people.code_in(people.last_mail(person.email))


def test_leaving_erases_the_person_and_keeps_what_was_decided(
    sign_in: Any, ana: Person, accepted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[Any] = []
    monkeypatch.setattr(rules, "_erasures", [lambda person, *, by: forgotten.append(person.pk)])
    people.invite("test", by=ana)
    people.invite("test", email=ana.email, name=ana.name)
    client = sign_in(ana)
    client.get("/account/")
    code = ask_to_leave(client, ana)
    answer = client.post("/account/delete/", {"code": code})
    assert (answer.status_code, answer.url) == (302, "/sign-in/")
    assert client.get("/account/").status_code == 302
    ana.refresh_from_db()
    assert (ana.name, ana.email, ana.is_active) == ("(erased)", f"erased-{ana.pk}@erased.invalid", False)
    assert ana.erased_at is not None
    assert forgotten == [ana.pk]
    assert not EmailAddress.objects.filter(user=ana).exists()
    assert not UserSession.objects.exists()
    assert not Mail.objects.filter(to_address="ana@example.org").exists()
    rows = [*Event.objects.values(), *Mail.objects.values(), *Invitation.objects.values(), *Person.objects.values()]
    assert "ana@example.org" not in str(rows)
    assert "Novak" not in str([row for row in Event.objects.values()])
    assert Event.objects.filter(kind="accounts.person.erased", actor_id=ana.pk, actor_name="(erased)").count() == 1


def test_a_wrong_code_does_not_delete_and_five_use_it_up(sign_in: Any, ana: Person) -> None:
    client = sign_in(ana)
    code = ask_to_leave(client, ana)
    wrong = "000000" if code != "000000" else "111111"
    for _try in range(5):
        page = client.post("/account/delete/", {"code": wrong})
        assert "not the code of the mail" in page.text
    page = client.post("/account/delete/", {"code": code})
    assert "no longer valid" in page.text
    ana.refresh_from_db()
    assert ana.is_active


def test_codes_to_confirm_are_limited(sign_in: Any, ana: Person) -> None:
    client = sign_in(ana)
    answers = [client.post("/account/delete/").status_code for _time in range(11)]
    assert answers == [302] * 10 + [429]


def test_an_old_code_does_not_delete(sign_in: Any, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_in(ana)
    code = ask_to_leave(client, ana)
    monkeypatch.setattr("creativecities.accounts.forms.time.time", lambda: 9e9)
    assert "no longer valid" in client.post("/account/delete/", {"code": code}).text
    assert "no longer valid" in client.post("/account/delete/", {"code": code}).text
    ana.refresh_from_db()
    assert ana.is_active


def test_leaving_is_refused_with_its_reason(sign_in: Any, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = Refusal("You are the last officer.", remedy="Appoint another one first.")
    monkeypatch.setattr(rules, "_erasure_rules", [lambda person: refusal if person.pk == ana.pk else None])
    client = sign_in(ana)
    for path in ("/account/data/", "/account/delete/"):
        assert "You are the last officer. Appoint another one first." in client.get(path).text
    assert client.post("/account/delete/", {"code": "123456"}).status_code == 409
    with pytest.raises(Refusal):
        actions.erase(ana, by=ana)
    ana.refresh_from_db()
    assert ana.is_active


def test_the_same_address_can_come_back_as_a_new_person(ana: Person) -> None:
    actions.erase(ana, by=ana)
    again = actions.welcome("ana@example.org", "Ana Novak", by=people.ROBOT)
    assert again.pk != ana.pk


def test_welcome_finds_people_whatever_the_capitals(ana: Person) -> None:
    assert actions.welcome(" ANA@example.org ", "Somebody", by=people.ROBOT) == ana
    assert Event.objects.latest("pk").kind == "accounts.person.recognised"


def test_codes_are_forgotten_after_a_day_and_other_mails_kept(ana: Person) -> None:
    for _time in range(2):
        actions.send_code(ana, by=ana)
        actions.security_changed(ana, "account/email/password_set", to=ana.email, by=ana)
    Mail.objects.update(created_at=timezone.now() - dt.timedelta(days=2))
    actions.send_code(ana, by=ana)
    assert jobs.forget_codes() == 2
    assert jobs.forget_codes() == 0
    assert Mail.objects.filter(kind="accounts.code").count() == 1
    assert Mail.objects.filter(kind="accounts.security").count() == 2
