"""A lost second factor is taken away by a witness."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from creativecities.accounts import actions
from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal

pytestmark = pytest.mark.django_db
REASON = {"witness_reason": "I called the number we have on file."}


@pytest.fixture
def locked_out(ben: Person) -> Person:
    TOTP.activate(ben, generate_totp_secret())
    return ben


def path(person: Person) -> str:
    return f"/secretariat/people/{person.pk}/second-factor/"


def test_a_witness_takes_it_away(sign_in: Any, officer: Person, locked_out: Person, new_client: Any) -> None:
    lost = new_client()
    lost.force_login(locked_out, backend="allauth.account.auth_backends.AuthenticationBackend")
    lost.get("/account/")
    client = sign_in(officer)
    page = client.get(path(locked_out))
    assert page.status_code == 200
    assert "stop working" in page.text
    assert client.post(path(locked_out), REASON).status_code == 302
    assert not Authenticator.objects.exists()
    assert lost.get("/account/").status_code == 302
    event = Event.objects.get(kind="accounts.person.second_factor_reset")
    assert (event.actor_id, event.subject_id, event.facts["reason"]) == (
        officer.pk, str(locked_out.pk), REASON["witness_reason"],
    )  # fmt: skip
    mail = people.last_mail(locked_out.email)
    assert mail.kind == "accounts.second_factor_reset"
    assert officer.name in mail.body


def test_without_a_reason_nothing_happens(sign_in: Any, officer: Person, locked_out: Person) -> None:
    page = sign_in(officer).post(path(locked_out), {"witness_reason": "no"})
    assert page.status_code == 200
    assert "error-list" in page.text
    assert Authenticator.objects.exists()


def test_nobody_witnesses_for_themselves(sign_in: Any, officer: Person) -> None:
    TOTP.activate(officer, generate_totp_secret())
    client = sign_in(officer)
    assert "You cannot witness for yourself" in client.get(path(officer)).text
    assert client.post(path(officer), REASON).status_code == 403
    with pytest.raises(Refusal):
        actions.reset_second_factor(officer, witness_reason="because I say so", by=officer)
    assert Authenticator.objects.exists()


def test_without_a_second_factor_there_is_nothing_to_take(sign_in: Any, officer: Person, ben: Person) -> None:
    assert sign_in(officer).post(path(ben), REASON).status_code == 409


def test_the_page_does_not_exist_for_others(sign_in: Any, officer: Person, locked_out: Person, client: Any) -> None:
    assert client.get(path(officer)).status_code == 302
    assert sign_in(locked_out).get(path(officer)).status_code == 404
    assert sign_in(locked_out).post(path(officer), REASON).status_code == 404
    with pytest.raises(Refusal):
        actions.reset_second_factor(officer, witness_reason="because I say so", by=locked_out)


def test_bad_ids_and_methods(sign_in: Any, officer: Person) -> None:
    client = sign_in(officer)
    for pk in ("0", "999999", "99999999999999999999999999"):
        assert client.get(f"/secretariat/people/{pk}/second-factor/").status_code == 404
    assert client.get("/secretariat/people/x/second-factor/").status_code == 404
    assert client.put(path(officer)).status_code == 405


def test_people_see_themselves_and_the_secretariat_sees_all(officer: Person, ben: Person) -> None:
    assert set(Person.objects.visible_to(officer)) == {officer, ben}
    assert set(Person.objects.visible_to(ben)) == {ben}
