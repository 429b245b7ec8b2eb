"""Invitations: a link that is read without harm, works once, and says why it does not."""

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.core.signing import TimestampSigner
from django.utils import timezone

from creativecities.accounts import actions, rules
from creativecities.accounts.models import Invitation, Person
from creativecities.accounts.tests import people
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal

pytestmark = pytest.mark.django_db


def test_the_page_says_who_invites_to_what_and_until_when(client: Any, ana: Person, accepted: list[Any]) -> None:
    until = timezone.now() + dt.timedelta(days=3)
    _invitation, path = people.invite("test", by=ana, expires_at=until)
    page = client.get(path)
    assert page.status_code == 200
    for words in ("Focal point of Lviv", "Ana Novak invites", "new@example.org", "works once"):
        assert words in page.text
    assert 'name="robots"' in page.text


def test_the_mail_is_in_the_language_of_the_invited(accepted: list[Any]) -> None:
    invitation, path = people.invite("test", language="ar", purpose="منسقة")
    mail = people.last_mail("new@example.org")
    assert mail.language == "ar"
    assert path.startswith("/ar/invitations/")
    assert invitation.purpose in mail.body


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_the_link_changes_nothing(client: Any, accepted: list[Any], method: str) -> None:
    _invitation, path = people.invite("test")
    for _time in range(3):
        assert getattr(client, method)(path).status_code == 200
    assert not accepted
    assert not Person.objects.exists()


def test_accepting_opens_the_account_signs_in_and_runs_what_was_registered(client: Any, accepted: list[Any]) -> None:
    invitation, path = people.invite("test")
    answer = client.post(path)
    assert (answer.status_code, answer.url) == (302, "/desk/")
    ana = Person.objects.get()
    assert (ana.email, ana.name, ana.is_active) == ("new@example.org", "Ana Novak", True)
    assert EmailAddress.objects.get(user=ana).verified
    assert accepted == [({"city": 7}, ana, ana)]
    invitation.refresh_from_db()
    assert (invitation.state, invitation.person) == ("accepted", ana)
    assert client.get("/account/").status_code == 200
    assert Event.objects.filter(kind="accounts.invitation.accepted", actor_id=ana.pk).count() == 1


def test_it_works_once(client: Any, new_client: Any, accepted: list[Any]) -> None:
    _invitation, path = people.invite("test")
    client.post(path)
    for answer in (new_client().get(path), new_client().post(path)):
        assert answer.status_code == 410
        assert "has been used" in answer.text
        assert "Sign in" in answer.text
    assert len(accepted) == 1


def test_two_at_once_one_wins(accepted: list[Any]) -> None:
    invitation, _path = people.invite("test")
    stale = Invitation.objects.get(pk=invitation.pk)
    actions.accept(invitation, by=people.ROBOT)
    with pytest.raises(Refusal, match="used already"):
        actions.accept(stale, by=people.ROBOT)
    assert len(accepted) == 1


def test_an_expired_one_is_gone_and_says_whom_to_ask(client: Any, ana: Person, accepted: list[Any]) -> None:
    invitation, path = people.invite("test", by=ana)
    past = timezone.now() - dt.timedelta(days=1)
    Invitation.objects.filter(pk=invitation.pk).update(created_at=past - dt.timedelta(days=9), expires_at=past)
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 410
        assert "has expired" in answer.text
        assert "Ask Ana Novak" in answer.text
    assert not accepted


def test_a_withdrawn_one_is_gone(client: Any, accepted: list[Any]) -> None:
    invitation, path = people.invite("test")
    actions.revoke(invitation, by=people.ROBOT)
    answer = client.get(path)
    assert answer.status_code == 410
    assert "was withdrawn" in answer.text
    with pytest.raises(Refusal):
        actions.revoke(invitation, by=people.ROBOT)


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_a_forged_link_opens_nothing_and_says_so(client: Any, accepted: list[Any], prefix: str) -> None:
    invitation, _path = people.invite("test")
    signer = TimestampSigner(salt=Invitation.SALT)
    for token in (
        "1.abc",
        "1.abc:x:y",
        signer.sign(f"{invitation.pk}.guess"),
        signer.sign("99999999999999999999999.guess"),
        signer.sign("nothing"),
        TimestampSigner(salt="other").sign(f"{invitation.pk}.guess"),
    ):
        answer = client.get(f"{prefix}/invitations/{token}/")
        assert answer.status_code == 404
        assert 'class="brand"' in answer.text
        assert client.post(f"{prefix}/invitations/{token}/").status_code == 404
    assert not accepted


def test_other_methods_are_refused(client: Any, accepted: list[Any]) -> None:
    _invitation, path = people.invite("test")
    assert client.put(path).status_code == 405


def test_somebody_else_who_is_signed_in_is_warned_and_signed_out(
    sign_in: Any, ben: Person, accepted: list[Any]
) -> None:
    _invitation, path = people.invite("test")
    client = sign_in(ben)
    assert "You are signed in as Ben Okri" in client.get(path).text
    client.post(path)
    assert "new@example.org" in client.get("/account/").text


def test_an_invitation_opens_a_closed_account_again_but_never_passes_its_second_factor(
    client: Any, ana: Person, accepted: list[Any]
) -> None:
    totp.TOTP.activate(ana, totp.generate_totp_secret())
    Person.objects.update(is_active=False)
    _invitation, path = people.invite("test", email="ANA@example.org")
    answer = client.post(path)
    assert (answer.status_code, answer.url) == (302, "/sign-in/second-factor/")
    ana.refresh_from_db()
    assert ana.is_active
    assert Person.objects.count() == 1


def test_a_kind_nobody_registered_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no acceptance"):
        people.invite("unheard-of")


def test_what_fails_on_acceptance_leaves_the_invitation_open(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(invitation: Any, person: Any, *, by: Any) -> None:
        raise Refusal("The seat is taken.")

    monkeypatch.setitem(rules._acceptances, "test", refuse)
    invitation, path = people.invite("test")
    answer = client.post(path)
    assert answer.status_code == 409
    assert "The seat is taken." in answer.text
    invitation.refresh_from_db()
    assert invitation.state == "sent"
    assert not Person.objects.exists()
