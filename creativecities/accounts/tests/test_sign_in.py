"""Signing in: by mail code, by password, with a second factor; nothing tells whether an address is known."""

from typing import Any
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from creativecities.accounts import rules
from creativecities.accounts.audiences import AUDIENCES
from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.core.models import Event, Mail

pytestmark = pytest.mark.django_db


def ask(client: Any, email: str, path: str = "/sign-in/") -> Any:
    return client.post(path, {"email": email}, follow=True)


def test_a_code_by_mail_signs_in_and_leads_to_the_desk_in_ones_own_language(client: Any, ana: Person) -> None:
    Person.objects.filter(pk=ana.pk).update(language="fr")
    page = ask(client, "Ana@Example.org")
    assert "Enter the code" in page.text
    mail = people.last_mail("ana@example.org")
    assert (mail.language, mail.kind, mail.to_person_id) == ("fr", "accounts.login_code", ana.pk)
    answer = client.post("/sign-in/code/", {"code": people.code_in(mail)})
    assert (answer.status_code, answer.url) == (302, "/fr/desk/")
    assert client.get("/account/").status_code == 200


def test_the_code_leaves_at_once_after_the_page_is_answered(
    client: Any, ana: Person, django_capture_on_commit_callbacks: Any, mailoutbox: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, ana.email)
    assert [mail.to for mail in mailoutbox] == [[ana.email]]
    assert people.code_in(people.last_mail(ana.email)) in mailoutbox[0].body


def test_the_first_code_confirms_the_address(client: Any, ana: Person) -> None:
    EmailAddress.objects.update(verified=False)
    ask(client, ana.email)
    client.post("/sign-in/code/", {"code": people.code_in(people.last_mail(ana.email))})
    assert EmailAddress.objects.get(user=ana).verified


def test_a_wrong_code_is_explained_and_three_end_the_try(client: Any, ana: Person) -> None:
    ask(client, ana.email)
    for _try in range(2):
        page = client.post("/sign-in/code/", {"code": "000000"})
        assert page.status_code == 200
        assert "That is not the code of the mail" in page.text
    page = client.post("/sign-in/code/", {"code": "000000"}, follow=True)
    assert "Too many wrong tries" in page.text
    assert client.post("/sign-in/code/", {"code": people.code_in(people.last_mail(ana.email))}).status_code == 302
    assert client.get("/account/").status_code == 302


def test_an_expired_code_leads_back_to_the_beginning(client: Any, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(client, ana.email)
    code = people.code_in(people.last_mail(ana.email))
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: 9e9)
    answer = client.post("/sign-in/code/", {"code": code})
    assert (answer.status_code, answer.url) == (302, "/sign-in/")


def test_too_many_passwords_for_one_address_are_a_429_page(client: Any, ana: Person) -> None:
    for _time in range(5):
        assert client.post("/sign-in/password/", {"login": ana.email, "password": "no"}).status_code == 200
    assert client.post("/sign-in/password/", {"login": ana.email, "password": "no"}).status_code == 429


def test_somebody_whose_account_is_closed_is_as_unknown_as_everybody(client: Any, ana: Person) -> None:
    Person.objects.update(is_active=False)
    ask(client, ana.email)
    assert people.last_mail(ana.email).kind == "accounts.unknown_account"


def test_there_is_no_open_sign_up(client: Any) -> None:
    page = client.post("/sign-in/closed/", {"email": "eva@example.org", "password1": "a long enough one"})
    assert page.status_code == 200
    assert not Person.objects.exists()


def test_a_password_is_optional_and_works(client: Any, sign_in: Any, ana: Person, new_client: Any) -> None:
    sign_in(ana)
    secret = "correct horse battery"
    client.post("/account/password/set/", {"password1": secret, "password2": secret})
    assert Event.objects.filter(kind="accounts.person.password_set", actor_id=ana.pk).count() == 1
    assert people.last_mail(ana.email).kind == "accounts.security"
    other = new_client()
    answer = other.post("/sign-in/password/", {"login": ana.email, "password": secret})
    assert (answer.status_code, answer.url) == (302, "/desk/")


def test_a_forgotten_password_is_replaced_by_a_code(client: Any, ana: Person) -> None:
    page = client.post("/sign-in/forgotten/", {"email": ana.email}, follow=True)
    assert page.redirect_chain[-1][0] == "/sign-in/forgotten/code/"
    client.post("/sign-in/forgotten/code/", {"code": people.code_in(people.last_mail(ana.email))})
    secret = "correct horse battery"
    client.post("/sign-in/forgotten/new/", {"password1": secret, "password2": secret})
    ana.refresh_from_db()
    assert ana.check_password(secret)


def test_codes_for_a_forgotten_password_are_few(client: Any, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1_000_000, 2_000_000, 61))
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: next(clock))
    for _time in range(10):
        assert client.post("/sign-in/forgotten/", {"email": ana.email}).status_code == 302
        client.cookies.clear()
    assert client.post("/sign-in/forgotten/", {"email": ana.email}).status_code == 429


def test_a_new_address_holds_after_its_code(sign_in: Any, ana: Person) -> None:
    client = sign_in(ana)
    page = client.post("/account/address/", {"email": "new@example.org", "action_add": "1"}, follow=True)
    assert "new@example.org" in page.text
    client.post("/account/address/code/", {"code": people.code_in(people.last_mail("new@example.org"))})
    ana.refresh_from_db()
    assert ana.email == "new@example.org"
    assert people.last_mail("ana@example.org").kind == "accounts.security"


def needs_factor(monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    monkeypatch.setattr(rules, "_second_factor_rules", [lambda one: one.pk == person.pk])


@pytest.mark.django_db(transaction=True)
def test_who_needs_a_second_factor_sets_one_up_before_anything_else(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_factor(monkeypatch, ana)
    client = Client()  # not the strict one: the library notes on the first GET that the recovery codes were seen
    client.force_login(ana, backend="allauth.account.auth_backends.AuthenticationBackend")
    for path, target in (
        ("/account/", "/account/second-factor/"),
        ("/fr/account/", "/fr/account/second-factor/"),
        ("/about/", "/account/second-factor/"),
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.get("Location")) == (302, target)
    assert client.get("/account/second-factor/").status_code == 200
    page = client.get("/account/second-factor/app/activate/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    answer = client.post("/account/second-factor/app/activate/", {"code": code})
    assert "Each opens your account once" in client.get(answer.url).text
    assert client.get("/account/").status_code == 200
    assert people.last_mail(ana.email).kind == "accounts.security"
    assert Event.objects.filter(kind="accounts.person.app_added").exists()


def test_with_a_second_factor_the_mail_code_alone_does_not_sign_in(client: Any, ana: Person) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(ana, secret)
    ask(client, ana.email)
    answer = client.post("/sign-in/code/", {"code": people.code_in(people.last_mail(ana.email))})
    assert (answer.status_code, answer.url) == (302, "/sign-in/second-factor/")
    assert client.get("/account/").status_code == 302
    assert "That is not the code of the moment" in client.post("/sign-in/second-factor/", {"code": "000000"}).text
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    answer = client.post("/sign-in/second-factor/", {"code": code})
    assert (answer.status_code, answer.url) == (302, "/desk/")


@pytest.mark.parametrize("name", ["mfa_index", "mfa_list_webauthn", "account_email", "account_set_password"])
@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_librarys_pages_wear_our_clothes(sign_in: Any, ana: Person, name: str, code: str) -> None:
    client = sign_in(ana)
    prefix = "" if code == "en" else f"/{code}"
    page = client.get(prefix + reverse(name))
    assert page.status_code == 200
    assert 'class="brand"' in page.text


@pytest.mark.parametrize("name", sorted(name for name, who in AUDIENCES.items() if who == "signed-in"))
def test_the_librarys_pages_lead_whoever_is_signed_out_to_the_page_that_sends_a_code(client: Any, name: str) -> None:
    path = reverse(name, args=[1] if name in ("mfa_remove_webauthn", "mfa_edit_webauthn") else [])
    answer = client.get(path)
    door, _mark, onward = answer.url.partition("?next=")
    assert (answer.status_code, door, unquote(onward)) == (302, "/sign-in/", path)
    assert f'href="/sign-in/password/?next={path}"' in client.get(answer.url).text


@pytest.mark.parametrize("name", ["mfa_authenticate", "mfa_login_webauthn", "account_confirm_password_reset_code"])
def test_a_step_of_signing_in_that_nobody_is_at_leads_to_the_beginning(client: Any, name: str) -> None:
    assert client.get(reverse(name)).url == "/sign-in/"


def test_the_page_for_an_organisations_directory_appears_only_if_configured(client: Any, settings: Any) -> None:
    assert "Sign in with Ministry" not in client.get("/sign-in/").text
    app = {"provider_id": "organisation", "name": "Ministry", "client_id": "x", "secret": "y",
           "settings": {"server_url": "https://id.example.org"}}  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    assert "Sign in with Ministry" in client.get("/sign-in/").text


def test_no_mail_is_held_back(client: Any, ana: Person) -> None:
    ask(client, ana.email)
    assert not Mail.objects.filter(state=Mail.HELD).exists()
