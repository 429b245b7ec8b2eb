"""What the tests of this slice share."""

from collections.abc import Callable
from typing import Any

import pytest

from creativecities.accounts import rules
from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.core import access


@pytest.fixture
def ana(db: None) -> Person:
    return people.person("Ana Novak", email="ana@example.org")


@pytest.fixture
def ben(db: None) -> Person:
    return people.person("Ben Okri", email="ben@example.org")


@pytest.fixture
def officer(ana: Person, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Ana belongs to the Secretariat."""
    monkeypatch.setitem(access._audiences, "secretariat", lambda person: person.pk == ana.pk)
    return ana


@pytest.fixture(autouse=True)
def no_second_factor_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody needs a second factor unless a test says so."""
    monkeypatch.setattr(rules, "_second_factor_rules", [])


@pytest.fixture
def accepted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Registers the kind `test` of invitations; fills with what was accepted."""
    calls: list[tuple[Any, ...]] = []

    def accept(invitation: Any, person: Any, *, by: Any) -> None:
        calls.append((invitation.payload, person, by))

    monkeypatch.setitem(rules._acceptances, "test", accept)
    return calls


@pytest.fixture
def sign_in(client: Any) -> Callable[[Person], Any]:
    """The strict client, signed in as somebody."""

    def signed_in(person: Person) -> Any:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
