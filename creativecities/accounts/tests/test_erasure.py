"""What is left of somebody who has gone: nothing that opens an account, and nothing that names them."""

import json
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from creativecities.accounts import actions, queries, rules
from creativecities.accounts.models import Invitation, Person
from creativecities.accounts.tests import people
from creativecities.core import backups, jobs, presence
from creativecities.core.models import Event, Mail, Presence, Stamp
from creativecities.core.refusal import Refusal

pytestmark = pytest.mark.django_db


def test_an_open_invitation_is_withdrawn_with_the_account(client: Any, ana: Person, accepted: list[Any]) -> None:
    invitation, path = people.invite("test", email="ana@example.org", by=ana)
    actions.erase(ana, by=ana)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.email, invitation.name) == ("revoked", "", "(erased)")
    answer = client.post(path)
    assert answer.status_code == 410
    assert "was withdrawn" in answer.text
    assert not accepted
    assert Person.objects.count() == 1
    assert Event.objects.get(kind="accounts.invitation.revoked").actor_name == "(erased)"


def test_an_accepted_invitation_stays_accepted(ana: Person, accepted: list[Any]) -> None:
    invitation, _path = people.invite("test", email="ana@example.org")
    actions.accept(invitation, by=people.ROBOT)
    actions.erase(ana, by=ana)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.email) == ("accepted", "")


@pytest.mark.parametrize("blank", ["", " "])
def test_an_invitation_to_no_address_opens_nothing(client: Any, accepted: list[Any], blank: str) -> None:
    invitation, path = people.invite("test")
    Invitation.objects.filter(pk=invitation.pk).update(email=blank)
    invitation.refresh_from_db()
    with pytest.raises(Refusal, match="withdrawn"):
        actions.accept(invitation, by=people.ROBOT)
    assert client.post(path).status_code == 410
    assert not Person.objects.exists()


def test_nobody_is_without_an_address_and_the_erased_keep_one_each(ana: Person, ben: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=ana.pk).update(email="")
    for person in (ana, ben):
        actions.erase(person, by=person)
    assert len(set(Person.objects.values_list("email", flat=True))) == 2


def test_the_history_of_a_joining_names_nobody_after_leaving(client: Any, accepted: list[Any]) -> None:
    _invitation, path = people.invite("test", name="Zoë Quill")
    client.post(path)
    assert Event.objects.get(kind="accounts.person.welcomed").actor_name == "Invitation"
    zoe = Person.objects.get()
    actions.erase(zoe, by=zoe)
    assert "Quill" not in str([*Event.objects.values(), *Invitation.objects.values(), *Person.objects.values()])


def moved(accepted: list[Any]) -> Person:
    """Somebody who joined by one address, confirmed a second, and uses a third."""
    invitation, _path = people.invite("test", email="first@example.org")
    person = actions.accept(invitation, by=people.ROBOT)
    person.email = "third@example.org"
    person.save()
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email="second@example.org", verified=True)
    EmailAddress.objects.create(user=person, email="claimed@example.org", verified=False)
    return person


def test_former_addresses_are_forgotten_with_their_mails(accepted: list[Any]) -> None:
    person = moved(accepted)
    for address in ("second@example.org", "third@example.org", "claimed@example.org"):
        people.invite("test", email=address)
    actions.erase(person, by=person)
    assert sorted(Invitation.objects.values_list("email", "state")) == [
        ("", "accepted"), ("", "revoked"), ("", "revoked"), ("claimed@example.org", "sent"),
    ]  # fmt: skip
    assert list(Mail.objects.values_list("to_address", flat=True)) == ["claimed@example.org"]


def test_a_former_address_that_is_somebody_elses_now_is_left_alone(accepted: list[Any]) -> None:
    person = moved(accepted)
    heir = people.person("Heir", email="first@example.org")
    people.invite("test", email=heir.email)
    assert queries.addresses(person) == {"second@example.org", "third@example.org"}
    actions.erase(person, by=person)
    assert Invitation.objects.get(email=heir.email).state == "sent"
    assert Mail.objects.filter(to_address=heir.email).exists()


def test_what_a_witness_wrote_goes_with_the_person(officer: Person, ben: Person) -> None:
    Authenticator.objects.create(user=ben, type=Authenticator.Type.TOTP, data={})
    actions.reset_second_factor(ben, witness_reason="Ben called from hospital", by=officer)
    actions.update_profile(officer, name="Ana N.", language="en", time_zone="UTC", rhythm="daily", by=officer)
    actions.erase(ben, by=ben)
    event = Event.objects.get(kind="accounts.person.second_factor_reset")
    assert (event.subject_name, event.facts, event.actor_name) == ("(erased)", {}, "Ana Novak")
    assert Event.objects.get(kind="accounts.person.changed").facts == {"fields": ["name", "rhythm"]}


def test_the_download_tells_what_others_did_to_me_and_of_invitations_to_me(
    sign_in: Any, officer: Person, ben: Person, accepted: list[Any]
) -> None:
    Authenticator.objects.create(user=ben, type=Authenticator.Type.TOTP, data={})
    actions.reset_second_factor(ben, witness_reason="Known by voice", by=officer)
    people.invite("test", email="BEN@example.org", purpose="Expert")
    people.invite("test", email="somebody@example.org", purpose="Another")
    records = json.loads(sign_in(ben).post("/account/data/download/").content)["records"]
    reset = next(row for row in records["core.event"] if row["kind"] == "accounts.person.second_factor_reset")
    assert reset["facts"] == {"reason": "Known by voice"}
    assert [row["purpose"] for row in records["accounts.invitation"]] == ["Expert"]


def test_nothing_says_any_more_which_form_they_had_open(ana: Person, ben: Person) -> None:
    for person in (ana, ben):
        presence.come("a form", person)
    assert queries.everything_about(ana)["records"]["core.presence"][0]["place"] == "a form"
    actions.erase(ana, by=ana)
    assert list(Presence.objects.values_list("person_id", flat=True)) == [ben.pk]


def as_in_the_backup(person: Person) -> None:
    """Put back what a backup from before the erasure holds."""
    Person.objects.filter(pk=person.pk).update(
        email="ana@example.org", name="Ana Novak", is_active=True, erased_at=None
    )


def test_whoever_left_is_forgotten_again_after_a_restore(
    ana: Person, ben: Person, django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(ana, by=ana)
    as_in_the_backup(ana)
    assert backups.settle() == 1
    ana.refresh_from_db()
    assert (ana.name, ana.is_active, ana.erased_at is None) == ("(erased)", False, False)
    assert Person.objects.get(pk=ben.pk).is_active
    assert backups.settle() == 0


def test_what_this_database_knows_is_in_the_ledger_before_it_is_replaced(
    ana: Person, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    actions.erase(ana, by=ana)
    assert not backups.forgotten()
    backups.note_all_forgotten()
    backups.note_all_forgotten()
    assert (tmp_path / "forgotten").read_text(encoding="ascii") == queries.erasure_mark(ana) + "\n"
    assert (tmp_path / "forgotten").stat().st_mode & 0o777 == 0o600


def test_no_rule_keeps_somebody_whom_a_restore_brought_back(
    ana: Person, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(rules, "_erasure_rules", [lambda person: Refusal("You are needed.", code="needed")])
    backups.note_forgotten([queries.erasure_mark(ana)])
    assert backups.settle() == 1


def test_a_restore_ends_every_session(client: Any, sign_in: Any, ana: Person) -> None:
    sign_in(ana)
    assert client.get("/account/").status_code == 200
    backups.settle()
    assert client.get("/account/").status_code == 302


def test_the_record_of_a_session_goes_with_it(client: Any, sign_in: Any, ana: Person) -> None:
    sign_in(ana)
    client.get("/account/")
    jobs.forget()
    assert UserSession.objects.filter(user=ana).count() == 1
    Session.objects.all().delete()
    Stamp.objects.all().delete()
    jobs.forget()
    assert not UserSession.objects.exists()
