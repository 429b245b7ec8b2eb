"""Mandates: opened, closed, handed over, offered by invitation, and ended when somebody leaves."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from creativecities.accounts import actions as accounts
from creativecities.accounts import rules as account_rules
from creativecities.accounts.models import Invitation, Person
from creativecities.accounts.tests import people
from creativecities.core import access
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.network.actions import mandates
from creativecities.network.models import City, Mandate, NationalCommission
from creativecities.network.queries import handover
from creativecities.network.queries import mandates as held
from creativecities.network.tests import factories
from creativecities.network.tests.factories import ROBOT

pytestmark = pytest.mark.django_db
START = dt.date(2026, 1, 1)


@pytest.fixture
def city() -> City:
    return factories.member()


@pytest.fixture
def officer() -> Person:
    return factories.holder("secretariat")


def give(role: str, **given: Any) -> Mandate:
    return mandates.open_mandate(**{"person": people.person(), "role": role, "start": START, "by": ROBOT, **given})


class TestOpening:
    def test_a_mandate_gives_its_role_and_is_told(self, city: City, officer: Person):
        person = people.person(language="fr")
        assert access.roles(person) == frozenset()
        mandate = give("focal-point", person=person, city=city, by=officer)
        assert {"focal-point", "city-team"} <= access.roles(person)
        mail = Mail.objects.get(to_person_id=person.pk)
        assert (mail.kind, mail.language) == ("network.mandate.opened", "fr")
        assert city.name in mail.body
        event = Event.objects.get(kind="network.mandate.opened")
        assert (event.subject_id, event.actor_id) == (str(mandate.pk), officer.pk)
        assert person.name not in str(event.facts)

    def test_coordinators_serve_two_years(self, city: City):
        field = factories.FieldFactory()
        assert give("coordinator", city=city, field=field).end == dt.date(2028, 1, 1)
        leap = give("deputy-coordinator", city=city, field=field, start=dt.date(2024, 2, 29))
        assert leap.end == dt.date(2026, 2, 28)

    def test_a_coordinator_comes_from_a_member_of_the_field(self, city: City):
        with pytest.raises(Refusal, match="no member in this field"):
            give("coordinator", city=city, field=factories.FieldFactory(slug="film"))

    @pytest.mark.parametrize("role", ["focal-point", "mayor"])
    def test_one_seat_is_held_by_one_person_at_a_time(self, city: City, role: str):
        give(role, city=city, start=dt.date(2020, 1, 1), end=dt.date(2024, 1, 1))
        give(role, city=city)
        with pytest.raises(Refusal, match="Somebody holds this mandate"):
            give(role, city=city)
        with pytest.raises(Refusal, match="Somebody holds this mandate"):
            give(role, city=city, start=dt.date(2023, 1, 1), end=dt.date(2025, 1, 1))
        give(role, city=factories.member(name="Outra"))
        assert Mandate.objects.filter(role=role).count() == 3

    def test_a_field_has_one_coordinator(self, city: City):
        give("coordinator", city=city, field=factories.FieldFactory())
        other = factories.member(name="Outra")
        with pytest.raises(Refusal, match="Somebody holds this mandate"):
            give("coordinator", city=other, field=factories.FieldFactory(), start=dt.date(2027, 1, 1))

    def test_several_alternative_contacts_but_each_once(self, city: City):
        person = people.person()
        give("alternative-contact", city=city, person=person)
        give("alternative-contact", city=city)
        with pytest.raises(Refusal, match="holds this mandate already"):
            give("alternative-contact", city=city, person=person)

    def test_the_body_fits_the_role(self, city: City):
        commission = NationalCommission.objects.create(country=city.country, name="Commission")
        bodies = {"city": city, "commission": commission, "field": factories.FieldFactory()}
        fitting = {
            "mayor": {"city"}, "focal-point": {"city"}, "coordinator": {"city", "field"}, "expert": {"field"},
            "commission-officer": {"commission"}, "secretariat": set(), "head-of-the-network": set(),
        }  # fmt: skip
        for role, wanted in fitting.items():
            for names in ({"city"}, {"commission"}, {"field"}, {"city", "field"}, set()):
                mandate = Mandate(role=role, **{name: bodies[name] for name in names})
                assert mandate.fits_body() == (names == wanted or (role == "expert" and names == set())), (role, names)
        with pytest.raises(Refusal, match="not held for such a body"):
            give("secretariat", city=city)

    def test_it_ends_after_it_begins(self, city: City):
        with pytest.raises(Refusal, match="cannot end before"):
            give("mayor", city=city, end=START)

    def test_a_team_opens_only_alternative_contacts_of_its_own_city(self, city: City):
        team, other = factories.holder("focal-point", city=city), factories.member(name="Outra")
        give("alternative-contact", city=city, by=team)
        for role, body in (("mayor", city), ("alternative-contact", other)):
            with pytest.raises(Refusal, match="Only the Secretariat opens"):
                give(role, city=body, by=team)
        with pytest.raises(Refusal, match="Only the Secretariat opens"):
            give("secretariat", by=team)

    def test_a_former_team_opens_nothing(self, city: City):
        past = people.person()
        Mandate.objects.create(
            person=past, role="focal-point", city=city, start=dt.date(2020, 1, 1), end=timezone.localdate()
        )
        with pytest.raises(Refusal, match="Only the Secretariat opens"):
            give("alternative-contact", city=city, by=past)


class TestClosing:
    def test_it_ends_and_the_role_with_it(self, city: City, officer: Person):
        mandate = give("focal-point", city=city)
        assert "focal-point" in access.roles(mandate.person)
        mandates.close_mandate(mandate, on=timezone.localdate(), by=officer)
        assert access.roles(mandate.person) == frozenset()
        assert Mail.objects.filter(kind="network.mandate.closed", to_person_id=mandate.person_id).count() == 1
        with pytest.raises(Refusal, match="ends by then already"):
            mandates.close_mandate(mandate, on=timezone.localdate(), by=officer)

    def test_a_team_closes_an_alternative_contact_but_not_a_focal_point(self, city: City):
        team = factories.holder("focal-point", city=city)
        mandates.close_mandate(give("alternative-contact", city=city), on=dt.date(2026, 6, 1), by=team)
        own = Mandate.objects.get(person=team)
        with pytest.raises(Refusal, match="Only the Secretariat opens and closes"):
            mandates.close_mandate(own, on=dt.date(2026, 6, 1), by=team)

    def test_it_does_not_end_before_it_began(self, city: City, officer: Person):
        mandate = give("mayor", city=city)
        with pytest.raises(Refusal, match="cannot end before"):
            mandates.close_mandate(mandate, on=START, by=officer)

    def test_the_last_officer_stays(self, officer: Person):
        mandate = Mandate.objects.get(person=officer)
        with pytest.raises(Refusal, match="only officer"):
            mandates.close_mandate(mandate, on=timezone.localdate(), by=officer)
        factories.holder("secretariat")
        mandates.close_mandate(mandate, on=timezone.localdate(), by=officer)
        mandate.refresh_from_db()
        assert mandate.end == timezone.localdate()

    def test_somebody_faster_is_said(self, city: City, officer: Person):
        mandate = give("mayor", city=city)
        Mandate.objects.filter(pk=mandate.pk).update(end=dt.date(2026, 3, 1))
        with pytest.raises(Refusal, match="Somebody was faster"):
            mandates.close_mandate(mandate, on=dt.date(2026, 6, 1), by=officer)


class TestHandingOver:
    @pytest.fixture
    def passed(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
        passed: list[tuple[int, int]] = []
        monkeypatch.setattr(handover, "_described", [])
        monkeypatch.setattr(handover, "_acts", [])
        handover.register_handover(
            lambda mandate: ["2 drafts"], lambda old, new, *, by: passed.append((old.person_id, new.person_id))
        )
        handover.register_handover(lambda mandate: [])
        return passed

    def test_one_follows_the_other_on_the_same_day(self, city: City, officer: Person, passed: list[tuple[int, int]]):
        old, to, today = give("focal-point", city=city), people.person(language="es"), timezone.localdate()
        assert "focal-point" not in access.roles(to)
        new = mandates.hand_over(old, to=to, on=today, by=officer)
        old.refresh_from_db()
        assert (old.end, new.start, new.end, new.city_id) == (today, today, None, city.pk)
        assert passed == [(old.person_id, to.pk)]
        assert "focal-point" in access.roles(to)
        kinds = dict(Mail.objects.exclude(kind="network.mandate.opened").values_list("to_person_id", "kind"))
        assert kinds == {old.person_id: "network.mandate.closed", to.pk: "network.mandate.handed-over"}
        assert "2 drafts" in Mail.objects.get(to_person_id=to.pk).body
        assert Event.objects.get(kind="network.mandate.handed_over").facts["from_person_id"] == old.person_id

    def test_the_term_of_a_coordinator_goes_on(self, city: City, officer: Person):
        old = give("coordinator", city=city, field=factories.FieldFactory())
        new = mandates.hand_over(old, to=people.person(), on=dt.date(2026, 6, 1), by=officer)
        assert (new.start, new.end) == (dt.date(2026, 6, 1), dt.date(2028, 1, 1))

    def test_it_goes_to_somebody_else_while_it_runs(self, city: City, officer: Person):
        mandate = give("mayor", city=city, end=dt.date(2026, 6, 1))
        with pytest.raises(Refusal, match="to somebody else"):
            mandates.hand_over(mandate, to=mandate.person, on=dt.date(2026, 3, 1), by=officer)
        with pytest.raises(Refusal, match="ends by then already"):
            mandates.hand_over(mandate, to=people.person(), on=dt.date(2026, 6, 1), by=officer)
        with pytest.raises(Refusal, match="Only the Secretariat"):
            mandates.hand_over(mandate, to=people.person(), on=dt.date(2026, 3, 1), by=mandate.person)


class TestInviting:
    def invite(self, city: City, by: Person, **given: Any) -> Invitation:
        values = {"email": "new@example.org", "name": "New One", "language": "fr", "by": by}
        return mandates.invite_focal_point(city, **{**values, **given})

    def test_the_mandate_opens_when_the_invitation_is_accepted(self, city: City, officer: Person):
        invitation = self.invite(city, officer)
        assert city.name in invitation.purpose
        assert not Mandate.objects.filter(city=city).exists()
        person = accounts.accept(invitation, by=ROBOT)
        mandate = Mandate.objects.get(city=city)
        assert (mandate.person, mandate.role, mandate.start) == (person, "focal-point", timezone.localdate())

    def test_a_taken_seat_needs_the_mandate_it_follows(self, city: City, officer: Person):
        old = give("focal-point", city=city)
        with pytest.raises(Refusal, match="Somebody holds this mandate"):
            self.invite(city, officer)
        invitation = self.invite(city, officer, succeeds=old)
        person = accounts.accept(invitation, by=ROBOT)
        old.refresh_from_db()
        assert old.end == timezone.localdate()
        assert Mandate.objects.on(timezone.localdate()).get(city=city).person == person

    def test_a_mandate_of_another_seat_is_not_followed(self, city: City, officer: Person):
        mayor = give("mayor", city=city)
        with pytest.raises(Refusal, match="is another one"):
            self.invite(city, officer, succeeds=mayor)

    def test_a_seat_taken_meanwhile_refuses_the_acceptance(self, city: City, officer: Person):
        invitation = self.invite(city, officer)
        give("focal-point", city=city)
        with pytest.raises(Refusal, match="Somebody holds this mandate"):
            accounts.accept(invitation, by=ROBOT)
        assert not Person.objects.filter(email="new@example.org").exists()
        invitation.refresh_from_db()
        assert invitation.state == "sent"

    def test_a_team_invites_alternative_contacts_only(self, city: City):
        team = factories.holder("focal-point", city=city)
        assert self.invite(city, team, role="alternative-contact").payload["role"] == "alternative-contact"
        for role in ("focal-point", "mayor"):
            with pytest.raises(Refusal, match="Only the Secretariat"):
                self.invite(city, team, role=role)
        with pytest.raises(Refusal, match="not held for such a body"):
            self.invite(city, team, role="secretariat")


class TestLeaving:
    def test_mandates_end_and_names_go(self, city: City, officer: Person):
        mandate = give("focal-point", city=city, note="prefers mornings")
        later = give("alternative-contact", city=city, person=mandate.person, start=timezone.localdate())
        city.portraits.update(author_id=mandate.person_id, author_name=mandate.person.name)
        accounts.erase(mandate.person, by=mandate.person)
        mandate.refresh_from_db()
        assert (mandate.end, mandate.note) == (timezone.localdate(), "")
        assert not Mandate.objects.filter(pk=later.pk).exists()
        assert city.portraits.get().author_name == ""

    def test_the_last_officer_cannot_leave(self, officer: Person):
        with pytest.raises(Refusal, match="only officer"):
            accounts.erase(officer, by=officer)
        factories.holder("secretariat")
        accounts.erase(officer, by=officer)
        assert Mandate.objects.get(person=officer).end == timezone.localdate()


def test_who_speaks_for_cities_is_told_once_and_nobody_else(city: City, django_assert_num_queries: Any):
    other = factories.member()
    ana = factories.holder("focal-point", city=city)
    Mandate.objects.create(person=ana, role="alternative-contact", city=other, start=START)
    bruno = factories.holder("mayors-representative", city=other)
    factories.holder("mayor", city=city)
    factories.holder("alternative-contact", city=city, end="2026-01-01")
    Person.objects.filter(pk=factories.holder("alternative-contact", city=city).pk).update(is_active=False)
    factories.holder("focal-point", city=factories.member())
    with django_assert_num_queries(1):
        assert held.speakers(city, other) == [ana, bruno]
    assert held.speakers(city) == [ana]


def test_the_secretariat_needs_a_second_factor_and_others_do_not(city: City, officer: Person):
    assert account_rules.second_factor_missing(officer)
    assert not account_rules.second_factor_missing(factories.holder("focal-point", city=city))


class TestTheFirstOfficer:
    def run(self, *arguments: str) -> str:
        out = io.StringIO()
        call_command("secretariat", *arguments, stdout=out)
        return out.getvalue()

    def test_the_command_opens_account_and_mandate_once(self):
        assert "1. Sign in at" in self.run("First@Example.org", "--name", "First")
        assert "open already" in self.run("first@example.org")
        mandate = Mandate.objects.get()
        assert (mandate.role, mandate.person.email, mandate.person.name) == (
            "secretariat",
            "first@example.org",
            "First",
        )
        assert Event.objects.get(kind="network.mandate.opened").actor_name == "Command line"

    def test_what_is_no_address_is_refused(self):
        with pytest.raises(CommandError, match="not an e-mail address"):
            self.run("first")
        assert not Person.objects.exists()
