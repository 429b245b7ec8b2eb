"""A first second factor ends the sessions that never proved one; the present one stays."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from creativecities.accounts import adapter, queries
from creativecities.accounts.models import Person
from creativecities.core.models import Event

TOTP, WEBAUTHN = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN
ENDED = "accounts.person.sessions_ended"


def browser(person: Person, name: str) -> Client:
    client = Client(HTTP_USER_AGENT=name)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/account/").status_code == 200
    return client


@pytest.mark.django_db(transaction=True)
def test_an_app_ends_the_sessions_opened_before_it_and_keeps_this_one(ana: Person, ben: Person) -> None:
    here, there, stranger = browser(ana, "Here"), browser(ana, "There"), browser(ben, "Stranger")
    here.get("/account/second-factor/app/activate/")
    secret = here.session["mfa.totp.secret"]
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    assert here.post("/account/second-factor/app/activate/", {"code": code}).status_code == 302
    assert there.get("/account/").status_code == 302
    assert [client.get("/account/").status_code for client in (here, stranger)] == [200, 200]
    assert Event.objects.get(kind=ENDED).facts == {"number": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kinds", "left"),
    [([WEBAUTHN], ["Here"]), ([TOTP], ["Here"]), ([TOTP, WEBAUTHN], ["Here", "There"])],
)
def test_only_the_first_factor_of_any_kind_ends_sessions(
    ana: Person, rf: Any, kinds: list[str], left: list[str]
) -> None:
    here, _there = browser(ana, "Here"), browser(ana, "There")
    for kind in kinds:
        Authenticator.objects.create(user=ana, type=kind, data={})
    request = rf.post("/")
    request.user, request.session = ana, here.session
    adapter.proven_by_setting_up(request, ana)
    assert sorted(one.user_agent for one in queries.sessions(ana)) == left


@pytest.mark.django_db
def test_a_first_factor_without_other_sessions_ends_none(ana: Person, rf: Any) -> None:
    here = browser(ana, "Here")
    Authenticator.objects.create(user=ana, type=TOTP, data={})
    request = rf.post("/")
    request.user, request.session = ana, here.session
    adapter.proven_by_setting_up(request, ana)
    assert not Event.objects.filter(kind=ENDED).exists()
